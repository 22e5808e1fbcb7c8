"""What to warn of at start: an SQLite with a known fault, a file on a network share."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

NEEDED = (3, 37, 0)
FIXED = (3, 51, 3)
FIXED_LINES = {(3, 50): 7, (3, 44): 6}
NETWORK = frozenset(
    [
        "nfs",
        "nfs4",
        "cifs",
        "smb",
        "smb2",
        "smb3",
        "smbfs",
        "9p",
        "afs",
        "afpfs",
        "ncpfs",
        "ceph",
        "glusterfs",
        "lustre",
        "beegfs",
        "davfs",
        "fuse.sshfs",
        "fuse.rclone",
        "fuse.s3fs",
    ]
)
_DRIVE_REMOTE = 4


def cautions(path: Path) -> tuple[str, ...]:
    """Codes of what to warn of: `sqlite_old`, `network_share`."""
    found = []
    if sqlite_has_log_fault(sqlite3.sqlite_version_info):
        found.append("sqlite_old")
    if on_network_share(path):
        found.append("network_share")
    return tuple(found)


def sqlite_has_log_fault(version: tuple[int, ...]) -> bool:
    """SQLite 3.7.0–3.51.2 may corrupt a file when two checkpoints race a writer; 3.50.7 and 3.44.6 carry the fix too."""
    fixed_from = FIXED_LINES.get((version[0], version[1]))
    if fixed_from is not None and version[2] >= fixed_from:
        return False
    return version < FIXED


def on_network_share(path: Path) -> bool:
    """Whether the folder of `path` lies on another machine, where the write-ahead log is not safe.

    Known on Linux (table of mounts) and Windows (UNC names, mapped drives); False where it cannot be told.
    """
    if os.name == "nt":
        return _windows_share(path)
    try:
        mounts = Path("/proc/self/mounts").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False
    return file_system(path, mounts) in NETWORK


def file_system(path: Path, mounts: str) -> str:
    """Kind of file system `path` lies on, by a table in the form of /proc/mounts; "" when none covers it."""
    best, kind = -1, ""
    for line in mounts.splitlines():
        fields = line.split(" ")
        if len(fields) < 3:
            continue
        folder = Path(fields[1].replace("\\040", " ").replace("\\011", "\t").replace("\\134", "\\"))
        if path.is_relative_to(folder) and len(folder.parts) >= best:
            best, kind = len(folder.parts), fields[2]
    return kind


def _windows_share(path: Path) -> bool:
    if path.drive.startswith("\\\\"):
        return True
    import ctypes

    windll = getattr(ctypes, "windll", None)
    return windll is not None and windll.kernel32.GetDriveTypeW(f"{path.drive}\\") == _DRIVE_REMOTE
