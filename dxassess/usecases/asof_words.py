"""What was recorded, in words, the same on the page and in its file."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from dxassess.assessment.action import Action
from dxassess.assessment.kpi import Kpi
from dxassess.assessment.model import Answer, Round, State
from dxassess.catalogue.model import Edition, Indicator
from dxassess.text import Words

Editions = Mapping[str, Edition]


def state_said(held: Round, words: Words) -> str:
    """Whether a round was open or closed."""
    return words("rounds.state_closed" if held.closed else "rounds.state_open")


def called(item: Indicator, words: Words) -> str:
    """Number and name of an indicator; the official form numbers only those with levels."""
    return words.of(item.title) if item.measure else f"{item.code} {words.of(item.title)}"


def level_said(item: Indicator, answer: Answer | None, words: Words) -> str:
    """What was said of today: a level or an amount, or which of the three other states."""
    if answer is None or answer.state is not State.ANSWERED:
        return words(f"answering.state_{answer.state if answer else State.OPEN}")
    return words.level(answer.level) if answer.level is not None else _amount_said(item, answer.amount, words)


def target_said(item: Indicator, answer: Answer | None, words: Words) -> str:
    """What was aimed at; a dash where nothing was."""
    if answer is None or answer.target is not None:
        return words.level(answer.target if answer else None)
    return _amount_said(item, answer.target_amount, words)


def _amount_said(item: Indicator, amount: Decimal | str | None, words: Words) -> str:
    """With its unit, or the words of a choice; a dash where there is none."""
    if amount is None or item.measure is None:
        return words.level(None)
    if isinstance(amount, str):
        return next((words.of(choice) for choice in item.measure.choices if choice.id == amount), amount)
    return words("effects.amount", amount=words.level(amount), unit=words.of(item.measure.unit))


def kpi_amount(kpi: Kpi, amount: Decimal | None, words: Words) -> str:
    """An amount of a KPI with its unit; a dash where there is none."""
    if amount is None:
        return words.level(None)
    unit = words(f"effects.unit_{kpi.kind}") if kpi.adds_up else kpi.unit
    return words("effects.amount", amount=words.level(amount), unit=unit)


def action_said(
    action: Action, name: str, titles: Mapping[str, str], editions: Editions, words: Words
) -> str:
    """A field of an action; a dash where nothing is said. `titles`: those of all actions of that day, by id."""
    value = getattr(action, name)
    if value is None or value in ("", {}, frozenset()):
        return words.level(None)
    if name == "lifts":
        return words("common.comma").join(
            words("action.lift_line", code=_code(action, one, editions), lift=words.level(lift))
            for one, lift in action.lifts.items()
        )
    if name in ("needs", "excludes"):
        return words("common.comma").join(sorted(titles.get(one, one) for one in value))
    said = {
        "effects": lambda: words("action.effects_n", n=len(value)),
        "status": lambda: words(f"action.status_{value}"),
        "effort": lambda: words("action.days", amount=words.level(value)),
        "one_off": lambda: words("action.yen", amount=words.number(value, 0)),
        "yearly": lambda: words("action.yen", amount=words.number(value, 0)),
        **dict.fromkeys(("start", "due", "finished"), lambda: words.date(value)),
    }
    return said.get(name, lambda: str(value))()


def _code(action: Action, indicator: str, editions: Editions) -> str:
    """The number of an indicator; its id where the edition no longer has it."""
    edition = editions.get(action.edition)
    return edition.indicators[indicator].code if edition and indicator in edition.indicators else indicator
