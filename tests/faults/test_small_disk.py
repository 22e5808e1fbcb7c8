"""F5: a disk of one megabyte, mounted for one process alone. What happens on it stands in the two `on_small_disk.py`."""

import os
import re
import subprocess
import sys
from pathlib import Path

from tests.machine import small_disk_command
from tests.small_disk import FILE_LIMIT, SMALL_DISK

ROOT = Path(__file__).parents[2]
SCENES = ("tests/faults/on_small_disk.py", "tests/ui/on_small_disk.py")


def test_on_a_disk_of_one_megabyte_nothing_is_lost_and_everybody_is_told(tmp_path):
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = small_disk_command(folder)
    own = {SMALL_DISK: str(folder), **({} if mounted else {FILE_LIMIT: "1"})}
    options = ["-q", "-p", "no:cacheprovider", "--basetemp", str(tmp_path / "scenes"), *SCENES]
    done = subprocess.run(
        [*mounted, sys.executable, "-m", "pytest", *options],
        cwd=ROOT,
        env={**os.environ, **own},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-5000:] + done.stderr[-2000:]
    assert re.search(r"\b6 passed", done.stdout)
