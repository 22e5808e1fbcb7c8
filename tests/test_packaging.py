"""The wheel, as somebody gets it who has no clone: what is in it, and whether it starts in an empty environment."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import venv
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from dxassess import __version__
from dxassess.__main__ import pip_for

ROOT = Path(__file__).resolve().parent.parent
KEPT = {".py", ".yaml", ".json", ".css", ".js", ".mako", ".woff2", ".txt"}
START_SECONDS = 30
FIRST_PAGE = """
from streamlit.testing.v1 import AppTest
from dxassess.settings import shipped
page = AppTest.from_file(str(shipped("app.py")), default_timeout=30).run()
assert not page.exception, page.exception
assert page.text_input, "the first page asks for the name of the organisation"
"""


@dataclass(frozen=True)
class Installed:
    """An environment with nothing but the wheel, a home of its own, and no clone in sight."""

    scripts: Path
    home: Path

    def command(self, name: str, *arguments: str) -> list[str]:
        return [str(self.scripts / name), *arguments]

    @property
    def surroundings(self) -> dict[str, str]:
        kept = {
            name: value for name, value in os.environ.items() if not name.startswith(("DXASSESS_", "PYTHON"))
        }
        home = str(self.home)
        return kept | {"HOME": home, "XDG_DATA_HOME": home, "LOCALAPPDATA": home}

    def run(self, name: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            self.command(name, *arguments), cwd=self.home, env=self.surroundings,
            capture_output=True, encoding="utf-8", check=False, timeout=120,
        )  # fmt: skip


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run(build, check=True, capture_output=True, cwd=folder)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    folder = tmp_path_factory.mktemp("elsewhere")
    venv.EnvBuilder(symlinks=os.name != "nt", with_pip=False).create(folder / "environment")
    scripts = folder / "environment" / ("Scripts" if os.name == "nt" else "bin")
    home = folder / "home"
    home.mkdir()
    pip = pip_for(scripts / ("python.exe" if os.name == "nt" else "python"))
    assert pip is not None
    install = [*pip, "install", "--quiet", "-c", str(ROOT / "constraints.txt"), str(wheel)]
    subprocess.run(install, check=True, cwd=folder)
    return Installed(scripts, home)


@pytest.fixture
def server(installed: Installed) -> Iterator[str]:
    """The address of the program started from the wheel."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    start = installed.command("dxassess", "--no-browser", "--port", str(port))
    with subprocess.Popen(start, cwd=installed.home, env=installed.surroundings) as running:
        try:
            yield f"http://127.0.0.1:{port}"
        finally:
            running.terminate()


def answer_of(address: str) -> bytes:
    """What the address answers, once it does."""
    give_up = time.monotonic() + START_SECONDS
    while True:
        try:
            with urlopen(address, timeout=5) as answer:
                return answer.read()
        except URLError:
            assert time.monotonic() < give_up, f"{address} did not answer within {START_SECONDS} s"
            time.sleep(0.1)


def test_the_wheel_carries_the_package_the_indicators_and_the_entry(wheel: Path) -> None:
    homes = {ROOT / "dxassess": "dxassess", ROOT / "indicators": "dxassess/_shipped/indicators"}
    expected = {
        f"{home}/{path.relative_to(folder).as_posix()}"
        for folder, home in homes.items()
        for path in folder.rglob("*")
        if path.suffix in KEPT
    } | {"dxassess/_shipped/app.py"}
    with zipfile.ZipFile(wheel) as archive:
        found = {name for name in archive.namelist() if ".dist-info/" not in name}
    assert "dxassess/_shipped/indicators/dx2019/edition.yaml" in expected
    assert expected == {name for name in found if Path(name).suffix in KEPT}
    assert all(name.startswith("dxassess/") for name in found)


def test_an_installed_wheel_says_its_version(installed: Installed) -> None:
    said = installed.run("dxassess", "--version")
    assert (said.returncode, said.stdout.split()[-1]) == (0, __version__)


def test_python_m_dxassess_of_an_installed_wheel_starts_without_installing_anything(
    installed: Installed,
) -> None:
    said = installed.run("python", "-m", "dxassess", "--version")
    assert (said.returncode, said.stderr, said.stdout.split()[-1]) == (0, "", __version__)


def test_an_installed_wheel_finds_the_indicators_it_carries(installed: Installed) -> None:
    said = installed.run("dxassess", "check")
    assert (said.returncode, said.stderr) == (0, "")
    for found in ("backoffice", "dgc3", "dx2019"):
        assert f"{found}：" in said.stdout or f"{found}:" in said.stdout


def test_an_installed_wheel_opens_its_first_page(installed: Installed) -> None:
    said = installed.run("python", "-c", FIRST_PAGE)
    assert said.returncode == 0, said.stderr


def test_an_installed_wheel_starts_and_answers(installed: Installed, server: str) -> None:
    assert answer_of(f"{server}/_stcore/health") == b"ok"
    assert b"<html" in answer_of(server)
    assert list(installed.home.rglob("dxassess.sqlite")), "the database lies in the user's data folder"
