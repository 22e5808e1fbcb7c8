"""`python -m tests` installs what the tests need and runs every check; `python -m tests ARGUMENTS` runs pytest alone with them.

In a fresh clone the packages go into `.venv`, the same one the program uses. Only the standard library is imported here.
"""

import os
import subprocess
import sys
import time
from pathlib import Path

from dxassess.__main__ import hand_over, install, satisfied
from tests import machine

ROOT = Path(__file__).resolve().parent.parent
LINT_IMPORTS = "import sys; from importlinter.cli import lint_imports_command as check; sys.exit(check())"
PYTEST = ["-m", "pytest"]
CHECKS = {
    "ruff check": ["-m", "ruff", "check"],
    "ruff format": ["-m", "ruff", "format", "--check"],
    "mypy": ["-m", "mypy"],
    "lint-imports": ["-c", LINT_IMPORTS],
    "pytest": PYTEST,
}


def main(arguments: list[str]) -> int:
    """Gives 0 when every check passed."""
    if not satisfied(ROOT, "test"):
        python = install(ROOT, "test")
        if Path(sys.prefix).resolve() != ROOT / ".venv":
            return hand_over(python, "tests", arguments)
    machine.prepare()
    if arguments:
        return _run([*PYTEST, *arguments])
    results = {name: _timed(name, command) for name, command in CHECKS.items()}
    print()
    for name, (code, seconds) in results.items():
        print(f"{name:<14}{'failed' if code else 'passed'}{seconds:>8.1f} s")
    failed = sum(code != 0 for code, _ in results.values())
    print(f"checks: {len(results) - failed} passed, {failed} failed")
    return 1 if failed else 0


def _timed(name: str, command: list[str]) -> tuple[int, float]:
    print(f"\n--- {name}", flush=True)
    begun = time.monotonic()
    return _run(command), time.monotonic() - begun


def _run(command: list[str]) -> int:
    return subprocess.run([sys.executable, *command], cwd=ROOT, env=os.environ, check=False).returncode


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
