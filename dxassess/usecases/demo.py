"""The sample company: one fictional manufacturer with five closed quarterly rounds, a pulse and a trial round.

The story stands in `demo.yaml`; everything said follows from it alone, the same every time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime, time
from decimal import Decimal
from functools import partial
from zoneinfo import ZoneInfo

from dxassess.assessment.model import AGREED, Answer, Organisation, Round, State, fiscal_quarter
from dxassess.catalogue.model import Edition, Indicator
from dxassess.errors import EditionUnknown, SampleNeedsOwnDatabase
from dxassess.storage import Database, Store
from dxassess.usecases.demo_between import between_steps, quarterly
from dxassess.usecases.demo_plan import Plan, Step, is_whole, plan_steps
from dxassess.usecases.demo_story import Person, Said, Story, agreed, chapter, people, story
from dxassess.usecases.demo_votes import discussed, first_votes, second_votes

ROUNDS = 5
MANY = 10_000
AFTERNOON = time(16, 30)


def fill_demo(
    database: Database, edition: Edition, today: date | None = None, trial: Edition | None = None
) -> Organisation:
    """The sample company with its five closed rounds, its pulse, its plan and what it measures; with `trial`, an edition, also the
    round that tries it. Made if missing, finished if an earlier try was cut short.

    Everything is written in the order of its days, as a company would have written it. With `today`, the story moves back by whole years
    until none of its rounds lies ahead. Raises EditionUnknown when the edition is not the story's, SampleNeedsOwnDatabase where other
    organisations are kept, and the StorageErrors.
    """
    told = story()
    if edition.id != told["edition"]:
        raise EditionUnknown(edition=edition.id, known=[told["edition"]])
    found = _sample(database)
    if found is None and database.organisations(limit=1):
        raise SampleNeedsOwnDatabase(place=database.place)
    days = _days(told, today)
    zone = ZoneInfo(told["company"].get("timezone", "Asia/Tokyo"))
    began = _afternoon(days[0], zone)
    organisation = found or database.create_organisation(**told["company"], sample=True, now=began)

    def on(day: date) -> Store:
        return database.store(organisation.id, _afternoon(day, zone))

    steps = [
        *_rounds(on, edition, days),
        *between_steps(on, edition, trial, days[-1]),
        *_plan(on, edition, days[-1], today or date.max),
    ]
    for _, step in sorted(steps, key=lambda each: each[0]):
        step()
    return organisation


def demo_answers(edition: Edition, number: int) -> Iterator[Said]:
    """Everything said in round `number` (1–5): the votes of both ballots, then what the company agreed on."""
    firsts = {told: first_votes(told) for told in chapter(edition, number)}
    for votes in firsts.values():
        yield from votes
    for told in discussed(firsts):
        yield from second_votes(told, firsts[told])
    for told in firsts:
        if told.state is not State.OPEN:
            yield Said(None, AGREED, agreed(told, edition.head.suggestion))
    for code, measure in story()["measures"].items():
        if measure["values"][number - 1] is not None or "comment" in measure:
            yield Said(None, AGREED, _measured(edition.by_code[code], measure, number))


def _measured(indicator: Indicator, measure: Story, number: int) -> Answer:
    amount = _amount(measure["values"][number - 1])
    return Answer(
        indicator.id,
        State.OPEN if amount is None else State.ANSWERED,
        amount=amount,
        target_amount=_amount(measure.get("target")),
        evidence=measure.get("evidence", ""),
        comment=measure.get("comment", ""),
    )


def _amount(value: str | float | None) -> Decimal | str | None:
    return value if value is None or isinstance(value, str) else Decimal(str(value))


def _sample(database: Database) -> Organisation | None:
    found = database.organisations(limit=MANY)
    return next((organisation for organisation in found if organisation.sample), None)


def _days(told: Story, today: date | None) -> tuple[date, ...]:
    days = tuple(date.fromisoformat(day) for day in told["held_on"])
    while today is not None and days[-1] > today:
        days = tuple(day.replace(year=day.year - 1) for day in days)
    return days


def _rounds(on: Callable[[date], Store], edition: Edition, days: Sequence[date]) -> Iterator[Step]:
    """Each round as if written on its day; none where people began one of their own."""
    if len(quarterly(on(days[0]), edition)) <= ROUNDS:
        for number, day in enumerate(days, start=1):
            yield day, partial(_hold, on, edition, number, day)


def _hold(on: Callable[[date], Store], edition: Edition, number: int, day: date) -> None:
    store = on(day)
    rounds = quarterly(store, edition)
    previous = rounds[number - 2].id if number > 1 else None
    held = rounds[number - 1] if number <= len(rounds) else _start(store, edition, number, day, previous)
    if not held.closed and not held.reopened:
        _answer_and_close(store, edition, held, number)


def _plan(on: Callable[[date], Store], edition: Edition, last: date, today: date) -> Iterator[Step]:
    """What the company plans and measures; who has come to look around and added to it finds it as it was left."""
    told = Plan(edition, last, today)
    if not is_whole(on(last), told):
        yield from plan_steps(on, told)


def _afternoon(day: date, zone: ZoneInfo) -> Callable[[], datetime]:
    """A clock that stands still in the afternoon of a day, and never in a moment to come."""
    afternoon = datetime.combine(day, AFTERNOON, zone).astimezone(UTC)
    return lambda: min(afternoon, datetime.now(UTC))


def _start(store: Store, edition: Edition, number: int, day: date, previous: str | None) -> Round:
    told = story()
    quarter = fiscal_quarter(day, store.organisation.first_month)
    return store.start_round(
        told["title"].format(number=number), edition, day, quarter, previous, told["host"]
    )


def _answer_and_close(store: Store, edition: Edition, held: Round, number: int) -> None:
    voices = _voices(store, held)
    entries = [
        (voices[said.person], said.ballot, said.answer, _key(said, number))
        for said in demo_answers(edition, number)
    ]
    store.append_many(held.id, entries)
    _decide(store, edition, held, number)
    store.close_round(held.id, held.version, story()["host"])


def _decide(store: Store, edition: Edition, held: Round, number: int) -> None:
    """What the room wrote down beside the levels it had talked about: reason, dissent, idea for action."""
    agreed = {found.answer.indicator: found for found in store.answers(held.id, ballot=AGREED)}
    for told in chapter(edition, number):
        if told.dissent or told.words("idea"):
            found = agreed[told.indicator.id]
            store.decide(
                held.id,
                found.answer,
                based_on=found.sequence,
                key=f"demo.{number}.decision.{told.indicator.id}",
                reason=told.words("comment"),
                dissent=told.dissent,
                idea=told.words("idea"),
                by=story()["host"],
            )


def _voices(store: Store, held: Round) -> dict[Person | None, str]:
    known = {Person(one.role, one.name): one.id for one in store.respondents(held.id)}
    voices: dict[Person | None, str] = {None: store.agreed(held.id).id}
    for person in people():
        voices[person] = known.get(person) or store.add_respondent(held.id, person.role, person.name).id
    return voices


def _key(said: Said, number: int) -> str:
    name = said.person.name if said.person else ""
    return f"demo.{number}.{said.ballot}.{said.answer.indicator}.{name}"
