"""`python -m dxassess` in a fresh clone: when it installs, what it says when it cannot, and what it may import."""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from dxassess import __main__ as start

ROOT = Path(__file__).resolve().parent.parent
SOURCE = (ROOT / "dxassess" / "__main__.py").read_text("utf-8")
PIN = re.compile(r"[a-z0-9][a-z0-9.-]*==[0-9][\w.]*( ; [a-z].*)?")
PROJECT = """
[project]
dependencies = ["pyyaml>=6.0.2", "streamlit[performance]>=1.67,<2"]
[project.optional-dependencies]
test = ["pytest>=9"]
old = ["pytest>=999"]
"""


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A clone with nothing installed, and only what is needed to start."""
    (tmp_path / "dxassess").mkdir()
    for name in ("__init__.py", "__main__.py"):
        shutil.copy(ROOT / "dxassess" / name, tmp_path / "dxassess" / name)
    (tmp_path / "pyproject.toml").write_text(PROJECT + "none = ['no-such-thing>=1']\n", "utf-8")
    (tmp_path / "constraints.txt").write_text("", "utf-8")
    return tmp_path


def started_in(clone: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """What `python -m dxassess` says there, from a Python that has no packages."""
    bare = [sys._base_executable, "-I", "-S", "-c"]  # type: ignore[attr-defined]
    program = "import runpy, sys; sys.path.insert(0, '.'); runpy.run_module('dxassess', run_name='__main__')"
    surroundings = {
        "PATH": os.environ["PATH"],
        "PYTHONUTF8": "1",
        "PIP_CONFIG_FILE": os.devnull,
        "PIP_RETRIES": "0",
    }
    return subprocess.run(
        [*bare, program], cwd=clone, env=os.environ | surroundings | environment,
        capture_output=True, encoding="utf-8", check=False, timeout=120,
    )  # fmt: skip


def test_an_old_python_can_read_the_file_far_enough_to_say_what_is_needed() -> None:
    ast.parse(SOURCE, feature_version=(3, 6))
    first, second = ast.parse(SOURCE).body[1:3]
    assert isinstance(first, ast.Import)
    assert isinstance(second, ast.If)
    assert "3.11" in ast.unparse(second)


def test_only_the_standard_library_is_imported_before_anything_is_installed() -> None:
    modules = {
        name.split(".")[0]
        for node in ast.walk(ast.parse(SOURCE))
        for name in ([each.name for each in node.names] if isinstance(node, ast.Import) else [])
        + ([node.module or ""] if isinstance(node, ast.ImportFrom) else [])
    }
    assert modules - set(sys.stdlib_module_names) == {"dxassess"}


def test_every_pin_is_a_name_and_a_version_and_every_dependency_has_one() -> None:
    pins = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    asked = project["project"]["dependencies"] + project["project"]["optional-dependencies"]["test"]
    names = {
        re.split(r"[\[>]", requirement)[0] for requirement in asked + project["build-system"]["requires"]
    }
    assert [pin for pin in pins if not PIN.fullmatch(pin)] == []
    assert names - {pin.partition("==")[0] for pin in pins} == set()


@pytest.mark.parametrize(("extra", "enough"), [("", True), ("test", True), ("old", False)])
def test_an_environment_suffices_when_all_that_is_asked_is_there_and_new_enough(
    tmp_path: Path, extra: str, enough: bool
) -> None:
    (tmp_path / "pyproject.toml").write_text(PROJECT, "utf-8")
    assert start.satisfied(tmp_path, extra) is enough


def test_what_is_installed_is_not_installed_again_until_a_pin_changes(
    clone: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled: list[str] = []

    def fill(root: Path, folder: Path, python: Path, target: str) -> None:
        python.parent.mkdir(parents=True, exist_ok=True)
        python.touch()
        filled.append(target)

    monkeypatch.setattr(start, "_fill", fill)
    start.install(clone, "test")
    start.install(clone)
    start.install(clone, "test")
    assert filled == [".[test]"]
    (clone / "constraints.txt").write_text("click==8.5.1\n", "utf-8")
    start.install(clone)
    start.install(clone)
    assert filled == [".[test]", "."]


def test_without_a_network_it_says_so_and_does_not_take_itself_for_installed(clone: Path) -> None:
    said = started_in(clone, PIP_INDEX_URL="http://127.0.0.1:9/simple", PIP_FIND_LINKS="")
    assert said.returncode == 1
    assert "The package index cannot be reached" in said.stderr
    assert "パッケージの配布元につながらない" in said.stderr
    assert "Traceback" not in said.stderr
    assert not list((clone / ".venv").glob("installed-*"))


def test_without_pip_it_says_how_to_get_one(clone: Path, tmp_path: Path) -> None:
    shadows = tmp_path / "shadows"
    for name in ("pip", "ensurepip"):
        (shadows / name).mkdir(parents=True)
        (shadows / name / "__init__.py").touch()
    said = started_in(clone, PYTHONPATH=str(shadows))
    assert said.returncode == 1
    assert "has no pip" in said.stderr
    assert "pip がない" in said.stderr
    assert "Traceback" not in said.stderr


def test_a_clone_that_cannot_be_written_is_named(clone: Path) -> None:
    (clone / ".venv").write_text("a file where the folder should be", "utf-8")
    said = started_in(clone)
    assert said.returncode == 1
    assert f"{clone / '.venv'} cannot be written" in said.stderr
    assert "Traceback" not in said.stderr
