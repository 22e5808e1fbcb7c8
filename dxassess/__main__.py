"""`python -m dxassess` starts the program. In a fresh clone it installs it first, into `.venv` beside this package.

Until that is done nothing but the standard library is there, so only that is imported here, and the sentences stand here
instead of in `text/`. Python 3.6 can read this file, to say that 3.11 is needed.
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - the Python that starts this may be older than the one the program needs
    sys.exit(
        "dxassess needs Python 3.11 or newer; this is {0}.{1} ({2}).\n"
        "Start it with a newer one, for example: python3.12 -m dxassess\n"
        "dxassess には Python 3.11 以上が必要です。いまの Python は {0}.{1}（{2}）です。\n"
        "新しい Python で起動してください。例: python3.12 -m dxassess".format(
            *sys.version_info[:2], sys.executable
        )
    )

import hashlib
import os
import re
import shutil
import sqlite3
import subprocess
import tomllib
import venv
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib import metadata
from pathlib import Path
from typing import NoReturn

MADE_FROM = ("pyproject.toml", "constraints.txt")
SIGNS_OF_NO_NETWORK = re.compile(
    r"Failed to establish a new connection|NewConnectionError|NameResolutionError|Failed to resolve|ConnectTimeout"
    r"|Network is unreachable|ProxyError|Read timed out|from versions: none"
)
SENTENCES = {
    "installing": (
        "Installing into {folder}: once, about a minute. The full output goes to {log}.",
        "{folder} に必要なものを入れています。初回だけ、1 分ほどかかります。詳しい出力は {log} にあります。",
    ),
    "no_pip": (
        "{python} has no pip, so nothing could be installed. "
        "Install it (Debian, Ubuntu: sudo apt-get install python3-pip; elsewhere: {python} -m ensurepip) and start again.",
        "{python} に pip がないため、何も入れていません。pip を入れてから（Debian・Ubuntu: sudo apt-get install "
        "python3-pip、ほか: {python} -m ensurepip）、もう一度起動してください。",
    ),
    "offline": (
        "The package index cannot be reached, so the installation is not complete. "
        "Connect to the network (behind a proxy, set HTTPS_PROXY) and start again. Details: {log}",
        "パッケージの配布元につながらないため、インストールは終わっていません。ネットワークにつないで"
        "（プロキシがあれば HTTPS_PROXY を設定して）、もう一度起動してください。詳細: {log}",
    ),
    "failed": (
        "pip stopped with the lines above, so the installation is not complete. Details: {log}\n"
        "Once the cause is gone, start again: it goes on from here.",
        "上の行のところで pip が止まり、インストールは終わっていません。詳細: {log}\n"
        "原因を取り除いてからもう一度起動すると、続きから始まります。",
    ),
    "no_folder": (
        "{folder} cannot be written ({reason}). Make the folder of the clone writable and start again.",
        "{folder} に書き込めません（{reason}）。クローンしたフォルダーを書き込み可能にして、もう一度起動してください。",
    ),
}


def checkout() -> Path | None:
    """The folder of the clone this package lies in; None where a built wheel is installed."""
    root = Path(__file__).resolve().parent.parent
    return root if all((root / name).is_file() for name in MADE_FROM) else None


def satisfied(root: Path, extra: str = "") -> bool:
    """Whether the running Python already has everything that pyproject.toml asks for, new enough; `extra` included."""
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
    asked = project["dependencies"] + project["optional-dependencies"].get(extra, [])
    return all(_new_enough(requirement) for requirement in asked)


def _new_enough(requirement: str) -> bool:
    """`requirement` is `name[extras]>=1.2…`, as every line of pyproject.toml is."""
    name, _, lowest = re.split(r"(\[.*\])?>=", requirement.partition(",")[0])
    try:
        return _numbers(metadata.version(name)) >= _numbers(lowest)
    except metadata.PackageNotFoundError:
        return False


def _numbers(version: str) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", version)]


def install(root: Path, extra: str = "") -> Path:
    """Fills `.venv` with the pinned versions and gives its Python; immediate when that is done already.

    It is done again when pyproject.toml, constraints.txt or the place of the clone changes. Ends the program with a
    sentence when it cannot be done.
    """
    folder = root / ".venv"
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    stamps = [folder / f"installed-{name}.txt" for name in {"program", extra or "program"}]
    wanted = _fingerprint(root)
    if _stamped(python, stamps, wanted):
        return python
    try:
        with _alone(root):
            if not _stamped(python, stamps, wanted):
                if folder.exists() and not _made_by_this_version(folder, python):
                    shutil.rmtree(folder)
                _fill(root, folder, python, f".[{extra}]" if extra else ".")
                for stamp in stamps:
                    stamp.write_text(wanted, "utf-8")
    except (OSError, sqlite3.OperationalError) as error:
        refuse("no_folder", folder=folder, reason=error)
    return python


def _fingerprint(root: Path) -> str:
    content = b"".join((root / name).read_bytes() for name in MADE_FROM)
    return hashlib.sha256(os.fsencode(root) + content).hexdigest()


def _made_by_this_version(folder: Path, python: Path) -> bool:
    """Pip of one Python version cannot be trusted to fill the environment of another; nor can a Python that is gone."""
    record = folder / "pyvenv.cfg"
    version = r"version(_info)? = {}\.{}\.".format(*sys.version_info)
    return python.exists() and record.is_file() and bool(re.search(version, record.read_text("utf-8")))


def _stamped(python: Path, stamps: Sequence[Path], wanted: str) -> bool:
    return python.exists() and all(stamp.is_file() and stamp.read_text("utf-8") == wanted for stamp in stamps)


@contextmanager
def _alone(root: Path) -> Iterator[None]:
    """Waits until no other process installs in `root`. A lock of SQLite ends with its process, however that ends."""
    lock = sqlite3.connect(root / ".venv.sqlite", timeout=1800, isolation_level=None)
    try:
        lock.execute("BEGIN EXCLUSIVE")
        yield
    finally:
        lock.close()


def _fill(root: Path, folder: Path, python: Path, target: str) -> None:
    log = folder / "install.log"
    if not python.exists():
        venv.EnvBuilder(symlinks=os.name != "nt", with_pip=False).create(folder)
    say("installing", folder=folder, log=log)
    pip = pip_for(python)
    if pip is None:
        refuse("no_pip", python=sys.executable)
    if _run([*pip, "install", "-c", "constraints.txt", "-e", target], root, log):
        refuse("offline" if SIGNS_OF_NO_NETWORK.search(log.read_text("utf-8")) else "failed", log=log)


def _run(command: Sequence[str], root: Path, log: Path) -> int:
    """Runs pip in `root`, keeps its output in `log`, shows the last lines when it fails; gives its exit code."""
    # The build of the package itself obeys the pins too; newer pip reads the second variable, older pip the first.
    pins = {"PIP_CONSTRAINT": "constraints.txt", "PIP_BUILD_CONSTRAINT": "constraints.txt"}
    quiet = {"PIP_USER": "0", "PIP_NO_INPUT": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PYTHONUTF8": "1"}
    environment = os.environ | pins | quiet
    pip = subprocess.Popen(
        command, cwd=root, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8"
    )
    last: deque[str] = deque(maxlen=12)
    with pip, log.open("w", encoding="utf-8") as kept:
        for line in pip.stdout or ():
            kept.write(line)
            last.append(line)
            _show_progress(line)
    if pip.returncode:
        print(*last, sep="", file=sys.stderr)
    return pip.returncode


def pip_for(python: Path) -> list[str] | None:
    """A command that installs for `python`: the pip of the Python that runs this, else one that ensurepip unpacks there."""
    for host in dict.fromkeys((sys.executable, getattr(sys, "_base_executable", sys.executable))):
        pip = [host, "-m", "pip", "--python", str(python)]
        if _works([*pip, "--version"]):
            return pip
    pip = [str(python), "-m", "pip"]
    return pip if _works([*pip, "--version"]) or _works([str(python), "-m", "ensurepip"]) else None


def _works(command: Sequence[str]) -> bool:
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def _show_progress(line: str) -> None:
    if sys.stderr.isatty():
        width = shutil.get_terminal_size().columns - 1
        print(f"\r{line.strip()[:width]:<{width}}", end="\r", file=sys.stderr, flush=True)


def say(sentence: str, **values: object) -> None:
    """Prints a sentence of this file in both languages: nobody has chosen one yet."""
    for words in SENTENCES[sentence]:
        print(words.format(**values), file=sys.stderr, flush=True)


def refuse(sentence: str, **values: object) -> NoReturn:
    """Says the sentence and ends the program with exit code 1."""
    say(sentence, **values)
    sys.exit(1)


def hand_over(python: Path, module: str, arguments: Sequence[str]) -> int:
    """Goes on as `python -m module arguments`; gives its exit code where the system cannot replace a process."""
    command = [str(python), "-m", module, *arguments]
    if os.name != "nt":
        os.execv(python, command)
    with subprocess.Popen(command) as running:
        while True:
            try:
                return running.wait()
            except KeyboardInterrupt:  # the child got it as well and ends by itself
                continue


def main() -> int:
    """Installs if that is needed, then does what `dxassess` does with the same arguments."""
    root = checkout()
    if root and not satisfied(root):
        try:
            python = install(root)
        except KeyboardInterrupt:
            return 130
        if Path(sys.prefix).resolve() != root / ".venv":
            return hand_over(python, "dxassess", sys.argv[1:])
    from dxassess import cli

    return cli.main()


if __name__ == "__main__":
    sys.exit(main())
