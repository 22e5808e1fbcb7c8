"""What the tests need from the machine besides Python packages: a Chromium, a PostgreSQL server's programs, Japanese fonts.

`DXASSESS_TEST_CHROMIUM` (a file) and `DXASSESS_TEST_POSTGRES_BIN` (a folder with initdb) name them; otherwise they are
looked for, and installed where that is possible without asking.
"""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
from ctypes.util import find_library
from pathlib import Path

CHROMIUM = "DXASSESS_TEST_CHROMIUM"
POSTGRES = "DXASSESS_TEST_POSTGRES_BIN"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
SERVER_FOLDERS = (
    ("/usr/lib/postgresql", "*/bin"),
    ("/usr", "pgsql-*/bin"),
    ("/opt/homebrew/opt", "postgresql*/bin"),
    ("/usr/local/opt", "postgresql*/bin"),
    ("/Applications/Postgres.app/Contents/Versions", "*/bin"),
    ("C:/Program Files/PostgreSQL", "*/bin"),
)
INITDB = "initdb.exe" if os.name == "nt" else "initdb"
OWN_BROWSER = """
from playwright.sync_api import sync_playwright
with sync_playwright() as browsers:
    print(browsers.chromium.executable_path)
"""
NO_BROWSER = f"""No Chromium was found or could be installed, so the browser tests will fail.
  Install Chromium or Chrome, or name its program in {CHROMIUM}."""
NO_SERVER = f"""No PostgreSQL server programs (initdb) were found, so the tests on PostgreSQL will fail.
  Install them (Debian, Ubuntu: sudo apt-get install postgresql; Fedora: sudo dnf install postgresql-server;
  macOS: brew install postgresql@17; Windows: winget install PostgreSQL.PostgreSQL.17)
  or name their folder in {POSTGRES}."""


NO_SMALL_DISK = """No small disk can be mounted here (unshare, mount: util-linux, and user namespaces or the right to mount),
  so the tests of a full disk use a limit on the size of files instead."""


def prepare() -> None:
    """Finds or installs everything, sets the two variables for the tests, and says what is still missing."""
    if shutil.which("apt-get") and (packages := _missing_packages()):
        _apt_install(packages)
    browser = chromium() or _playwright_chromium()
    server = postgres_bin()
    for variable, found, sentence in ((CHROMIUM, browser, NO_BROWSER), (POSTGRES, server, NO_SERVER)):
        if found:
            os.environ[variable] = str(found)
        else:
            print(sentence, file=sys.stderr)
    if sys.platform == "linux" and not small_disk_command(Path(os.devnull)):
        print(NO_SMALL_DISK, file=sys.stderr)


def small_disk_command(folder: Path) -> list[str]:
    """What to put before a command so that it finds an empty disk of one megabyte at `folder`; [] where nobody lets us.

    Nobody else sees that disk, and it is gone when the command ends.
    """
    if sys.platform != "linux":
        return []
    mount = 'mount -t tmpfs -o size=1m,mode=0777 tmpfs "$0" && exec "$@"'
    for owner in (["--mount"], ["--map-root-user", "--mount"]):
        command = ["unshare", *owner, "sh", "-c", mount]
        if _runs(*command, "/mnt", "true"):
            return [*command, str(folder)]
    return []


def chromium() -> Path | None:
    """The browser that is named or installed on the system and starts."""
    named = os.environ.get(CHROMIUM)
    found = [named] if named else [path for name in BROWSERS if (path := shutil.which(name))]
    return next((Path(path) for path in found if _runs(path, "--version")), None)


def postgres_bin() -> Path | None:
    """The folder with initdb and pg_ctl: named, on the PATH, or the newest of the usual places."""
    named = os.environ.get(POSTGRES)
    if named:
        return Path(named) if (Path(named) / INITDB).is_file() else None
    on_path = shutil.which("initdb")
    if on_path:
        return Path(on_path).resolve().parent
    folders = [found for start, pattern in SERVER_FOLDERS for found in Path(start).glob(pattern)]
    return max((folder for folder in folders if (folder / INITDB).is_file()), key=_version, default=None)


def _version(path: Path) -> list[int]:
    return [int(digits) for part in path.parts if (digits := "".join(filter(str.isdigit, part)))]


def _missing_packages() -> list[str]:
    """Debian packages for what is not there. Ubuntu's chromium is only a pointer to a snap: not asked for."""
    missing = [] if postgres_bin() else ["postgresql"]
    if not _has_japanese_fonts():
        missing += ["fonts-noto-cjk", "fontconfig"]
    if not find_library("atomic"):  # Playwright's driver does not start without it
        missing += ["libatomic1"]
    if platform.freedesktop_os_release().get("ID") == "debian" and not chromium():
        missing += ["chromium"]
    return missing


def _has_japanese_fonts() -> bool:
    listing = shutil.which("fc-list")
    return bool(listing) and bool(
        subprocess.run([listing, ":lang=ja"], capture_output=True, check=False).stdout
    )


def _apt_install(packages: list[str]) -> None:
    print("Installing with apt-get (some minutes):", *packages, flush=True)
    as_root = [] if os.geteuid() == 0 else ["sudo"] if sys.stdin.isatty() else ["sudo", "-n"]
    apt = [*as_root, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]
    if _succeeds([*apt, "update"]):
        _succeeds([*apt, "install", "-y", "--no-install-recommends", *packages])


def _playwright_chromium() -> Path | None:
    """Playwright's own build of the browser, downloaded once into the user's cache."""
    asked = subprocess.run([sys.executable, "-c", OWN_BROWSER], capture_output=True, text=True, check=False)
    found = asked.stdout.strip()
    if not found:
        return None
    if not Path(found).exists():
        with_libraries = ["--with-deps"] if sys.platform == "linux" and os.geteuid() == 0 else []
        _succeeds([sys.executable, "-m", "playwright", "install", *with_libraries, "chromium"])
    return Path(found) if _runs(found, "--version") else None


def _runs(*command: str) -> bool:
    try:
        return subprocess.run(command, capture_output=True, timeout=60, check=False).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def _succeeds(command: list[str]) -> bool:
    try:
        return subprocess.run(command, stdout=subprocess.DEVNULL, check=False).returncode == 0
    except OSError:
        return False
