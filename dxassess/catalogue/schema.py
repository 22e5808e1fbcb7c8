"""JSON schemas for editors, made from the model. `python -m dxassess.catalogue.schema indicators` writes them."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from dxassess.catalogue.cases import Cases
from dxassess.catalogue.model import Benchmarks, EditionHead, Indicator
from dxassess.catalogue.values import Value

SCHEMAS: dict[str, type[Value]] = {
    "indicator.schema.json": Indicator,
    "edition.schema.json": EditionHead,
    "benchmarks.schema.json": Benchmarks,
    "cases.schema.json": Cases,
}


def schema_text(model: type[Value]) -> str:
    """The JSON schema of a file that describes `model`, as it is kept in the repository."""
    schema: dict[str, Any] = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **_without_titles(model.model_json_schema()),
    }
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def write_schemas(folder: Path) -> None:
    """Write the schemas of all kinds of files into `folder`."""
    for name, model in SCHEMAS.items():
        (folder / name).write_text(schema_text(model), encoding="utf-8", newline="\n")


def _without_titles(schema: dict[str, Any]) -> dict[str, Any]:
    """Pydantic titles every field with its own name; that says nothing. A field called `title` stays."""
    return {
        key: _inner(value) for key, value in schema.items() if not (key == "title" and isinstance(value, str))
    }


def _inner(value: Any) -> Any:
    if isinstance(value, dict):
        return _without_titles(value)
    if isinstance(value, list):
        return [_without_titles(entry) if isinstance(entry, dict) else entry for entry in value]
    return value


if __name__ == "__main__":
    write_schemas(Path(sys.argv[1]))
