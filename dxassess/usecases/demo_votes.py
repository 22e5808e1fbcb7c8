"""How the people of the sample company vote: alone first, and again on what the room has talked about.

Before the talk the management stands above the rest, most of all where the story says so (`gap`); the talk brings
nearly all of them to the level the room agrees on.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from math import floor
from statistics import mean

from dxassess.assessment.model import Answer, State
from dxassess.catalogue.model import Level
from dxassess.usecases.demo_story import Person, Said, Told, people, share, story

DISCUSSED_AT_MOST = 14
TOP = 5
_USUAL_GAP = (0.45, 0.4, 0.35, 0.25, 0.15)
_STRICTNESS = (0.4, 0.4, 0.35, 0.35, 0.3)
_SPREAD = (2.0, 1.8, 1.6, 1.35, 1.1)


def first_votes(told: Told) -> list[Said]:
    """What everybody says of one indicator alone, with the words of the highest and the lowest vote."""
    levels = {person: level for role in story()["people"] for person, level in _role_votes(told, role)}
    words = dict(_spoken(told, levels))
    votes = []
    for person, level in levels.items():
        state = State.ANSWERED if person in words else _state(told, person)
        if state is not State.OPEN:
            answer = replace(_vote(told, person, level, state), comment=words.get(person, ""))
            votes.append(Said(person, "first", answer))
    return votes


def second_votes(told: Told, firsts: Sequence[Said]) -> Iterator[Said]:
    """After the talk most come to the agreed level; who stood far off stays one level away, and a few do not move."""
    agreed = told.believed
    for said in firsts:
        if said.answer.level is None or said.person is None:
            continue
        apart = int(said.answer.level) - agreed
        stays = abs(apart) == 1 and share("stays", told.code, said.person.name, apart) < 0.2
        kept = apart if stays else (apart > 1) - (apart < -1)
        comment = told.words("moved") if said.answer.comment and apart > kept else ""
        yield Said(said.person, "second", replace(said.answer, level=agreed + kept, comment=comment))


def discussed(firsts: Mapping[Told, Sequence[Said]]) -> list[Told]:
    """What the room talked about: votes two levels apart, the top far from the rest; as many items as time allowed."""
    apart = {told: _apart(votes) for told, votes in firsts.items() if told.level is not None}
    wide = (told for told, (width, split) in apart.items() if width >= 2 or split >= 0.8)
    chosen = sorted(wide, key=lambda told: apart[told][1], reverse=True)[:DISCUSSED_AT_MOST]
    return [told for told in firsts if told in chosen]


def _apart(votes: Sequence[Said]) -> tuple[Level, float]:
    """Highest minus lowest vote, and the mean of the management minus the mean of the rest."""
    levels: dict[bool, list[Level]] = {True: [], False: []}
    for said in votes:
        if said.person and said.answer.level is not None:
            levels[said.person.role == "management"].append(said.answer.level)
    given = levels[True] + levels[False]
    return max(given) - min(given), mean(levels[True]) - mean(levels[False])


def _role_votes(told: Told, role: str) -> Iterator[tuple[Person, int]]:
    """The votes of one role, spread evenly around where it leans; who is strict changes little over the rounds."""
    code, number = told.code, told.number
    lean = _lean(told, role) + 0.3 * (share("lean", code, number, role) - 0.5)
    spread = _SPREAD[number - 1] * (0.7 + 0.6 * share(code, number, role))
    ranked = sorted(_role(role), key=lambda person: share(person.name) + share(code, person.name, number))
    for place, person in enumerate(ranked):
        offset = lean + spread * ((place + 0.5) / len(ranked) - 0.5)
        yield person, min(max(floor(told.believed + offset + 0.5), 0), TOP)


def _role(role: str) -> list[Person]:
    return [person for person in people() if person.role == role]


def _above(told: Told) -> str:
    return str(told.item.get("above", "management"))


def _below(told: Told) -> str:
    return str(told.item.get("below", "business"))


def _lean(told: Told, role: str) -> float:
    if role == _above(told):
        return float(told.item.get("gap", _USUAL_GAP[told.number - 1]))
    return -_STRICTNESS[told.number - 1] if role == _below(told) else 0.0


def _spoken(told: Told, levels: dict[Person, int]) -> Iterator[tuple[Person, str]]:
    """Who explains the highest and the lowest vote, and the words; the one above is made the highest in `levels`."""
    if told.words("high"):
        speaker = max((person for person in levels if person.role == _above(told)), key=levels.__getitem__)
        levels[speaker] = max(*levels.values(), told.believed + 1)
        yield speaker, told.words("high")
    if told.words("low"):
        speaker = min((person for person in levels if person.role == _below(told)), key=levels.__getitem__)
        yield speaker, told.words("low")


def _state(told: Told, person: Person) -> State:
    chance = share("state", told.code, told.number, person.name)
    if told.state is State.NOT_APPLICABLE and person.role != "it":
        return State.NOT_APPLICABLE if chance < 0.8 else State.ANSWERED
    if told.state is State.CANNOT_SAY:
        return State.CANNOT_SAY if chance < 0.5 else State.ANSWERED
    if person.role in told.item.get("unsure", ()):
        return State.CANNOT_SAY if chance < 0.25 else State.ANSWERED
    return State.OPEN if chance < 0.012 else State.ANSWERED


def _vote(told: Told, person: Person, level: int, state: State) -> Answer:
    answer = Answer(told.indicator.id, state)
    if state is State.NOT_APPLICABLE:
        return replace(answer, reason=story()["not_applicable"])
    if state is State.CANNOT_SAY:
        return answer
    return replace(answer, level=level, target=_wished(told, person, level))


def _wished(told: Told, person: Person, level: int) -> int | None:
    """The target somebody wishes for: about the agreed one, a little higher in the management; never below the vote."""
    if told.target is None:
        return None
    chance = share("target", told.code, told.number, person.name)
    step = int(chance < 0.5) if person.role == "management" else -int(chance < 0.3)
    return min(max(told.target + step, level), TOP)
