"""A disk of one megabyte that can be full, for the scenes of F5 (`on_small_disk.py` in `faults` and `ui`).

`faults/test_small_disk.py` runs them in a process that has mounted such a disk; alone they are not collected.
"""

from __future__ import annotations

import os
import resource
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

SMALL_DISK = "DXASSESS_TEST_SMALL_DISK"
FILE_LIMIT = "DXASSESS_TEST_FILE_LIMIT"
MEGABYTE = 2**20
PAGE = 4096


@contextmanager
def small_disk() -> Iterator[Path]:
    """Its folder, empty before and after."""
    folder = Path(os.environ[SMALL_DISK])
    with _file_limit(MEGABYTE) if os.environ.get(FILE_LIMIT) else nullcontext():
        yield folder
    for left in folder.iterdir():
        shutil.rmtree(left) if left.is_dir() else left.unlink()


@contextmanager
def full(disk: Path) -> Iterator[None]:
    """Nothing more fits on the disk. Where none could be mounted, no file of this process may grow beyond a page."""
    if os.environ.get(FILE_LIMIT):
        with _file_limit(PAGE):
            yield
        return
    filler = disk / "filler"
    with filler.open("wb", buffering=0) as file:
        size = 65536
        while size:
            try:
                file.write(b"x" * size)
            except OSError:
                size //= 2
    yield
    filler.unlink()


@contextmanager
def _file_limit(size: int) -> Iterator[None]:
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
