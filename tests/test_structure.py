"""The house itself: who imports whom, where arithmetic may stand, how large things may grow."""

from __future__ import annotations

import ast
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "dxassess"
UI = PACKAGE / "ui"
PARTS = sorted([*(UI / "pages").glob("*.py"), *UI.glob("*_parts.py")])
MODULES = sorted([*PACKAGE.rglob("*.py"), ROOT / "app.py"])
LONGEST_FUNCTION, LONGEST_MODULE = 40, 300

CALLS_THAT_COMPUTE = {
    *("sum", "round", "rounded", "mean", "fmean", "median", "abs", "divmod", "pow", "min", "max", "Fraction"),
    *("Decimal", "score", "aggregated", "distance", "fiscal_quarter"),
}
SQL = ("select ", "insert into", "update ", "delete from", "pragma ", "begin immediate")


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def is_text(node: ast.expr) -> bool:
    """A string put together, or a part of one."""
    if isinstance(node, ast.BinOp):
        return isinstance(node.op, ast.Add) and is_text(node.left) and is_text(node.right)
    if isinstance(node, ast.IfExp):
        return is_text(node.body) and is_text(node.orelse)
    if isinstance(node, ast.Call):
        return isinstance(node.func, ast.Attribute) and node.func.attr == "join"
    return isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str))


def is_named_text(node: ast.BinOp) -> bool:
    """Text added to a name that holds text: `rows + "</table>"`."""
    left, right = node.left, node.right
    return isinstance(node.op, ast.Add) and any(
        is_text(one) and (is_text(other) or isinstance(other, ast.Name | ast.BinOp))
        for one, other in ((left, right), (right, left))
    )


def computed(module: ast.Module) -> Iterator[str]:
    """What in a module computes: operators on anything but texts and types, calls that compute, and SQL."""
    for node in ast.walk(module):
        if (
            isinstance(node, ast.BinOp) and not isinstance(node.op, ast.BitOr) and not is_named_text(node)
        ) or (isinstance(node, ast.AugAssign) and not is_text(node.value)):
            yield f"line {node.lineno}: {ast.unparse(node)}"
        elif isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if name in CALLS_THAT_COMPUTE and (node.args or node.keywords):
                yield f"line {node.lineno}: {ast.unparse(node)}"
        elif is_sql(node):
            yield f"line {ast.unparse(node)}"


def is_sql(node: ast.AST) -> bool:
    """A text that begins like a statement to a database."""
    said = node.value if isinstance(node, ast.Constant) else None
    return isinstance(said, str) and said.lower().lstrip().startswith(SQL)


def functions(module: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in ast.walk(module) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    program = Path(sys.executable).with_name("lint-imports")
    found = str(program) if program.exists() else shutil.which("lint-imports")
    assert found, "lint-imports is not installed beside this Python"
    command = [found, "--config", str(folder / "pyproject.toml"), "--no-cache"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def test_there_are_pages_to_look_at() -> None:
    assert len(PARTS) >= 10
    assert len(MODULES) >= 90


def test_a_module_imports_only_from_layers_below_it_and_each_library_has_one_home() -> None:
    done = lint_imports(ROOT)
    assert done.returncode == 0, done.stdout[-3000:]
    assert "0 broken" in done.stdout


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the package that may be spoiled."""
    folder = tmp_path_factory.mktemp("copy")
    shutil.copytree(PACKAGE, folder / "dxassess", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


@pytest.mark.parametrize(
    ("module", "stray", "broken"),
    [
        ("assessment/scoring.py", "import dxassess.storage", "A module imports only from layers below it"),
        ("storage/store.py", "import dxassess.exchange.cells", "A module imports only from layers below it"),
        ("helpers.py", "import json", "A module imports only from layers below it"),
        ("usecases/rounds.py", "import streamlit", "Only ui imports streamlit"),
        ("ui/components.py", "import sqlalchemy", "Only storage imports SQLAlchemy and Alembic"),
        ("catalogue/load.py", "import yaml", "Only yamlfile imports PyYAML"),
        ("figures/trend.py", "import pandas", "Only tables imports pandas"),
        ("usecases/demo.py", "import xlsxwriter", "Only exchange imports xlsxwriter"),
        ("exchange/workbook/parts.py", "import pydantic", "needs nothing but the standard library"),
    ],
)
def test_a_stray_import_is_noticed(copy: Path, module: str, stray: str, broken: str) -> None:
    path = copy / "dxassess" / module
    before = path.read_text(encoding="utf-8") if path.exists() else None
    path.write_text(f"{before or ''}\n{stray}\n", encoding="utf-8")
    try:
        done = lint_imports(copy)
    finally:
        path.unlink() if before is None else path.write_text(before, encoding="utf-8")
    assert done.returncode != 0
    assert f"{broken} BROKEN" in done.stdout or (stray == "import json" and "helpers" in done.stdout)


@pytest.mark.parametrize("path", PARTS, ids=lambda path: str(path.relative_to(UI)))
def test_pages_contain_no_arithmetic_and_no_sql(path: Path) -> None:
    assert list(computed(tree(path))) == []


@pytest.mark.parametrize(
    "line",
    [
        "share = 100 * done // items",
        "total += 1",
        "missing = 3 - value",
        "mean = sum(levels) / len(levels)",
        "shown = round(value, 1)",
        "best = max(levels)",
        'rows = read("SELECT * FROM answers")',
        'text = "a" + str(3 * n)',
        'text = "%s" % name',
    ],
)
def test_arithmetic_in_a_page_is_noticed(line: str) -> None:
    assert list(computed(ast.parse(line)))


@pytest.mark.parametrize(
    "line",
    [
        'text = "<p>" + "".join(lines) + "</p>"',
        "def page(here: Here | None) -> str | None: ...",
        "last = points[-1]",
        'st.html(f"<b>{plain(title)}</b>" + "".join(rows) + more + "</div>")',
    ],
)
def test_putting_texts_together_is_no_arithmetic(line: str) -> None:
    assert list(computed(ast.parse(line))) == []


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_functions_and_modules_stay_small_enough_to_read(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_MODULE
    long = {
        function.name: function.end_lineno - function.lineno + 1
        for function in functions(tree(path))
        if function.end_lineno and function.end_lineno - function.lineno >= LONGEST_FUNCTION
    }
    assert long == {}


def test_nothing_public_goes_without_a_word_of_what_it_is() -> None:
    bare = [
        f"{path.relative_to(ROOT)}: {node.name}"
        for path in MODULES
        for node in tree(path).body
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
        and not node.name.startswith("_")
        and not ast.get_docstring(node)
    ]
    assert bare == []


def test_no_folder_of_pages_lies_beside_the_entry() -> None:
    """It would wake Streamlit's old multipage mode."""
    assert not (ROOT / "pages").exists()


def test_every_page_is_registered_and_every_registered_page_exists() -> None:
    from dxassess.ui.shell import PAGE_NAMES

    assert {path.stem for path in (UI / "pages").glob("*.py")} == set(PAGE_NAMES)


def test_nothing_is_left_for_later() -> None:
    words = ("TO" + "DO", "FIX" + "ME", "XX" + "X", "NotImplementedError", "no-untyped-def")
    found = [
        f"{path.relative_to(ROOT)}: {word}"
        for path in MODULES
        for word in words
        if word in path.read_text(encoding="utf-8")
    ]
    assert found == []
