"""What the sample company does between its quarterly rounds, as told in `demo_between.yaml`: a trial of another edition, and a pulse."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from functools import cache, partial
from pathlib import Path

from dxassess.assessment.model import AGREED, Answer, Round, fiscal_quarter
from dxassess.catalogue.model import Edition
from dxassess.catalogue.narrow import is_pulse, pulse
from dxassess.storage import Store
from dxassess.usecases.demo_plan import Step
from dxassess.usecases.demo_story import Story, Told, agreed
from dxassess.usecases.demo_story import story as rounds
from dxassess.yamlfile import read_yaml


def between_steps(
    on: Callable[[date], Store], edition: Edition, trial: Edition | None, last: date
) -> Iterator[Step]:
    """The trial, where its edition is at hand, and the pulse: what to do on which day, with the store `on` gives for it.

    `edition` is that of the quarterly rounds, `last` the day of the newest. Nothing is begun once that one is there; what is cut short
    is finished. A `trial` without the items that are told is left out.
    """
    told = story()
    years = date.fromisoformat(rounds()["held_on"][-1]).year - last.year
    if trial is not None and set(told["trial"]["levels"]) <= set(trial.by_code):
        yield _step(on, told["trial"], trial, edition, years)
    yield _step(on, told["pulse"], pulse(edition, list(told["pulse"]["levels"])), edition, years)


def between_answers(told: Story, asked: Edition) -> Iterator[Answer]:
    """What the room agreed on in the trial or the pulse, item by item."""
    for code, (level, target) in told["levels"].items():
        item = {
            "levels": [level],
            "target": {1: target},
            "evidence": {1: told["evidence"].get(code, "")},
            "comment": {1: told["comment"].get(code, "")},
        }
        yield agreed(Told(asked.by_code[code], item, 1), asked.head.suggestion)


def quarterly(store: Store, edition: Edition) -> list[Round]:
    """The rounds that ask all of the story's edition, in the order held."""
    return [held for held in store.rounds() if held.edition == edition.id and not is_part(store, held)]


def is_part(store: Store, held: Round) -> bool:
    """Whether a round is a pulse."""
    return is_pulse(store.edition(held.edition_hash))


@cache
def story() -> Story:
    """`demo_between.yaml` as it stands. RuntimeError when it cannot be read."""
    document, problems = read_yaml(Path(__file__).with_name("demo_between.yaml"))
    if document is None:
        raise RuntimeError(problems)
    data: Story = document.data
    return data


def _step(on: Callable[[date], Store], told: Story, asked: Edition, edition: Edition, years: int) -> Step:
    day = date.fromisoformat(told["day"])
    day = day.replace(year=day.year - years)
    return day, partial(_hold, on(day), told, asked, edition, day)


def _hold(store: Store, told: Story, asked: Edition, edition: Edition, day: date) -> None:
    known = quarterly(store, edition)
    held = _held(store, asked, day)
    if held is None and len(known) == len(rounds()["held_on"]) - 1:
        previous = known[-1].id if is_pulse(asked) else None
        quarter = fiscal_quarter(day, store.organisation.first_month)
        held = store.start_round(told["title"], asked, day, quarter, previous, rounds()["host"])
    if held is None or held.closed or held.reopened:
        return
    voice = store.agreed(held.id).id
    entries = [
        (voice, AGREED, answer, f"demo.{day}.{answer.indicator}") for answer in between_answers(told, asked)
    ]
    store.append_many(held.id, entries)
    store.close_round(held.id, held.version, rounds()["host"])


def _held(store: Store, asked: Edition, day: date) -> Round | None:
    """The round of this story that is there already."""
    return next(
        (
            held
            for held in store.rounds()
            if (held.edition, held.held_on) == (asked.id, day) and is_part(store, held) is is_pulse(asked)
        ),
        None,
    )
