"""The schemas editors use say what the loader says."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from dxassess.catalogue.model import (
    Benchmarks,
    Crosswalk,
    EditionHead,
    Indicator,
    Measure,
    PublishedAverage,
    Role,
    Scale,
    Section,
    Suggestion,
    Threshold,
)
from dxassess.catalogue.schema import SCHEMAS, schema_text, write_schemas
from dxassess.catalogue.values import Value

INDICATORS = Path(__file__).parents[2] / "indicators"


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_schema_is_as_the_model_says(name: str) -> None:
    kept = (INDICATORS / name).read_text(encoding="utf-8")

    assert kept == schema_text(SCHEMAS[name]), "run: python -m dxassess.catalogue.schema indicators"


def test_a_schema_names_every_field_and_refuses_others(tmp_path: Path) -> None:
    write_schemas(tmp_path)

    schema = json.loads((tmp_path / "indicator.schema.json").read_text(encoding="utf-8"))

    assert {"id", "title", "levels", "measure"} <= schema["properties"].keys()
    assert schema["additionalProperties"] is False
    assert set(schema["required"]) == {"id", "code", "kind", "wording", "title", "question"}


def test_every_file_of_the_catalogue_names_a_schema_that_is_there() -> None:
    for path in INDICATORS.glob("*/*.yaml"):
        first = path.read_text(encoding="utf-8").splitlines()[0]
        named = first.removeprefix("# yaml-language-server: $schema=")
        assert (path.parent / named).resolve().is_file(), f"{path.name}: {first}"


@pytest.mark.parametrize(
    "model",
    [
        Indicator,
        EditionHead,
        Benchmarks,
        Section,
        Scale,
        Measure,
        Suggestion,
        Threshold,
        PublishedAverage,
        Crosswalk,
        Role,
    ],
)
def test_the_readme_explains_every_field(model: type[Value]) -> None:
    readme = (INDICATORS / "README.md").read_text(encoding="utf-8")

    for field in model.model_fields:
        assert re.search(rf"[`{{ ]{field}[`,}}]", readme), field
