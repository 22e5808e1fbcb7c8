"""Every error a person may meet has its sentence, in both languages."""

import inspect
import re
from collections.abc import Iterator
from datetime import datetime
from string import Formatter
from zoneinfo import ZoneInfo

import pytest

from dxassess import errors
from dxassess.errors import DxAssessError, Problem, ProblemsError
from dxassess.text import LANGUAGES, Words, sentences

NOT_RAISED = {DxAssessError, ProblemsError}
COUNT = {"count"}


def _below(kind: type[DxAssessError]) -> Iterator[type[DxAssessError]]:
    for child in kind.__subclasses__():
        if child.__module__.startswith(errors.__name__):
            yield child
            yield from _below(child)


CONCRETE = sorted(
    {kind for kind in _below(DxAssessError) if not kind.__subclasses__() and kind not in NOT_RAISED},
    key=lambda kind: kind.__name__,
)


def _values(kind: type[DxAssessError]) -> set[str]:
    """The values a class says it carries, from its docstring."""
    named = re.search(r"values: ([a-z, ]+)\.", inspect.getdoc(kind) or "")
    values = set(re.split(r",\s*", named[1])) if named else set()
    return values | COUNT if issubclass(kind, ProblemsError) else values


@pytest.mark.parametrize("kind", CONCRETE, ids=lambda kind: kind.__name__)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sentence_is_filled_with_the_values_its_error_carries(kind, language):
    key = f"error.{kind.__name__}"
    wanted = {name for _, name, _, _ in Formatter().parse(sentences()[key][language]) if name}
    assert wanted == _values(kind)


@pytest.mark.parametrize("kind", CONCRETE, ids=lambda kind: kind.__name__)
@pytest.mark.parametrize("language", LANGUAGES)
def test_an_error_is_told_without_its_class_name_and_with_a_next_step(kind, language):
    values = {name: f"<{name}>" for name in _values(kind) - COUNT}
    error = kind([Problem("x", "f")], **values) if issubclass(kind, ProblemsError) else kind(**values)
    sentence = Words(language)(f"error.{kind.__name__}", **error.values)
    assert kind.__name__ not in sentence
    assert sentence.rstrip().endswith("。" if language == "ja" else ".")
    assert sentence.count("。" if language == "ja" else ". ") + (language == "en") >= 2
    assert not re.search("無効|不正|エラー|invalid|illegal|error", sentence, re.IGNORECASE)


def test_there_is_no_sentence_without_an_error():
    told = {key.removeprefix("error.") for key in sentences() if key.startswith("error.")}
    assert told == {kind.__name__ for kind in CONCRETE}


def test_a_moment_is_told_as_a_day_and_a_time():
    closed = errors.RoundClosed(
        title="Q3", by="A", when=datetime(2026, 11, 22, 5, 2, tzinfo=ZoneInfo("Asia/Tokyo"))
    )
    assert "22 November 2026 05:02" in Words("en").error(closed)
    assert "2026年11月22日 05:02" in Words("ja").error(closed)


def test_there_are_errors():
    assert len(CONCRETE) > 30
