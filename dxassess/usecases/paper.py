"""Voting on paper: a workbook per person goes out, and all of them come back at once.

A paper ballot is a personal link in another form: its tag is the token, it is good for one seat, and who opened the link on a
device votes there. The seat a paper takes is made of its token, so that the same paper, corrected, finds it again. What is
compared and shown is that seat's alone; before the reveal nobody is told a value (ADR 10).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dxassess.assessment.model import Answer, Ballot, Recorded, Respondent, Round
from dxassess.assessment.paper import PaperDifferences, PaperSummary, differences
from dxassess.assessment.voting import open_ballot
from dxassess.errors import (
    InvitationEnded,
    InvitationUnknown,
    InvitationUsed,
    Problem,
    SeatEnded,
    SeatUnknown,
    VoteNotOpen,
    VoteOver,
)
from dxassess.exchange.workbook.values import Upload
from dxassess.storage import Store, Token
from dxassess.text import Words
from dxassess.usecases.application import edition_of
from dxassess.usecases.invitations import Invited, invite_again, invite_person
from dxassess.usecases.roles import role_choices

if (
    TYPE_CHECKING
):  # what writes and reads workbooks is imported when somebody votes on paper, not at every start
    from dxassess.exchange.paper_reader import Untaken

__all__ = ["PapersRead", "Upload", "bundle", "enter_papers", "hand_out", "hand_out_again", "read_papers"]


@dataclass(frozen=True, slots=True)
class PapersRead:
    """What came back: per ballot which items it would change (or has changed), without a value; and what is wrong with the others."""

    ballots: tuple[PaperSummary, ...]
    problems: tuple[Problem, ...]

    @property
    def changes(self) -> int:
        """How many answers would be written."""
        return sum(ballot.changes for ballot in self.ballots)


def hand_out(
    store: Store, held: Round, people: Sequence[tuple[str, str]], words: Words, by: str = ""
) -> tuple[Upload, ...]:
    """A ballot for each (role, name) as a file, in the order given; `bundle` makes one zip of them. Each is made this once.

    Before the vote is opened they are for the first vote. VoteOver between votes and after the last; as `invite_person`.
    """
    from dxassess.exchange.paper_files import distinct

    desk = _Desk(store, held, words)
    files = (desk.file(invite_person(store, held, role, name, by), role, name) for role, name in people)
    return tuple(distinct(files))


def hand_out_again(
    store: Store, held: Round, respondent: str, role: str, name: str, words: Words, by: str = ""
) -> Upload:
    """A new ballot for somebody who lost theirs, or for the second vote; the earlier ballot or link no longer counts.

    VoteOver between votes and after the last; as `invite_again`.
    """
    desk = _Desk(store, held, words)
    return desk.file(invite_again(store, held, respondent, by), role, name)


def bundle(files: Sequence[Upload]) -> bytes:
    """All ballots as one zip."""
    from dxassess.exchange.paper_files import bundled

    return bundled(files)


class _Desk:
    """Makes the ballots of the vote that is open, or of the first before any is."""

    def __init__(self, store: Store, held: Round, words: Words) -> None:
        workshop = store.workshop(held.id)
        ballot: Ballot | None = "first" if workshop is None else open_ballot(workshop)
        if ballot is None:
            raise VoteOver
        self._vote: Ballot = ballot
        self._asked = None if workshop is None or ballot == "first" else workshop.asked
        self._edition = edition_of(store, held)
        self._organisation = store.organisation
        self._roles = {role.id: words.of(role) for role in role_choices(store, self._edition)}
        self._held = held
        self._words = words

    def file(self, invited: Invited, role: str, name: str) -> Upload:
        """The ballot of one person."""
        from dxassess.exchange.paper_files import file_name
        from dxassess.exchange.paper_sheet import Paper, ballot_workbook

        said = self._roles[role]
        kept = name if self._held.named else ""
        tag = invited.token.clear
        paper = Paper(self._edition, self._organisation, self._held, self._vote, said, kept, tag, self._asked)
        called = file_name(self._words("paper.title"), said, kept, self._held.title)
        return Upload(called, ballot_workbook(paper, self._words))


def read_papers(store: Store, held: Round, files: Sequence[Upload]) -> PapersRead:
    """What the ballots in `files` would change; nothing is written. VoteNotOpen before the vote, VoteOver when none is open."""
    box = _Box(store, held)
    found, problems = box.compared(files)
    return PapersRead(tuple(each.without_values for each in found), problems)


def enter_papers(store: Store, held: Round, files: Sequence[Upload], by: str = "") -> PapersRead:
    """Keep what the ballots in `files` say, each ballot whole; those with a problem are left out. Gives what was changed.

    Interrupted and repeated it ends equal: what is kept already is not written again. VoteOver when the vote ends meanwhile:
    then some ballots are in, each whole. VoteNotOpen, and the StorageErrors.
    """
    box = _Box(store, held)
    found, problems = box.compared(files)
    for each in found:
        if each.without_values.changes:
            box.enter(each, by)
    return PapersRead(tuple(each.without_values for each in found), problems)


class _Box:
    """Takes the ballots of the vote that is open, and knows what the seats of these ballots said before."""

    def __init__(self, store: Store, held: Round) -> None:
        workshop = store.workshop(held.id)
        if workshop is None:
            raise VoteNotOpen
        ballot = open_ballot(workshop)
        if ballot is None:
            raise VoteOver
        self._store = store
        self._held = held
        self._vote: Ballot = ballot
        self._asked = workshop.asked if ballot == "second" else None
        self._edition = edition_of(store, held)
        self._tokens: dict[str, Token] = {}
        self._before: dict[str, Mapping[str, Recorded]] = {}

    def compared(self, files: Sequence[Upload]) -> tuple[list[PaperDifferences], tuple[Problem, ...]]:
        """The ballots with what they would change, and the problems without what stands in the cells."""
        from dxassess.exchange.paper_reader import Expected, read_ballots, without_values

        wanted = Expected(self._store.organisation_id, self._held.id, self._vote, self._whose, self._asked)
        ballots, problems = read_ballots(files, self._edition, wanted)
        entered = {
            event.detail.get("file") for event in self._store.events_of(self._held.id, "paper_entered")
        }
        found = [
            differences(self._edition, each, self._said_before(each.respondent.id), each.digest in entered)
            for each in ballots
        ]
        return found, tuple(map(without_values, problems))

    def enter(self, found: PaperDifferences, by: str) -> None:
        """Keep what a ballot says, in one piece."""
        ballot, who = found.ballot, found.ballot.respondent.id
        standing = self._before.get(who, {})
        votes = []
        for said in found.answers:
            before = standing.get(said.indicator)
            votes.append((said, ballot.key(said.indicator, before.sequence if before else None)))
        self._store.enter(self._tokens[who], votes, ballot.digest, by)

    def _said_before(self, who: str) -> dict[str, Answer]:
        return {indicator: found.answer for indicator, found in self._before.get(who, {}).items()}

    def _whose(self, tag: str) -> Respondent | Untaken:
        """The person a tag was given to. The id says no more than that it is the same tag."""
        token = Token.read(tag)
        if token is None:
            return "tag_unknown"
        who = token.digest[:32]
        try:
            held_on, role, name = self._seated(token, who) or self._invited(token)
        except InvitationUnknown:
            return "tag_unknown"
        except (InvitationEnded, SeatEnded):
            return "tag_ended"
        except InvitationUsed:
            return "tag_used"
        if held_on != self._held.id:
            return "other_round"
        self._tokens[who] = token
        return Respondent(who, role, name) if role else "tag_unknown"

    def _seated(self, token: Token, who: str) -> tuple[str, str, str] | None:
        """Round, role and name of the seat this paper took before; None when it took none. SeatEnded."""
        try:
            sheet = self._store.ballot(token.paper_seat)
        except SeatUnknown:
            return None
        own = {each.answer.indicator: each for each in sheet.votes if each.ballot == self._vote}
        self._before[who] = own
        return sheet.seat.round, sheet.seat.role, sheet.seat.name

    def _invited(self, token: Token) -> tuple[str, str, str]:
        """The same of the invitation. InvitationUnknown, InvitationEnded, InvitationUsed."""
        held, _, role, name, _ = self._store.invited(token)
        return held.id, role or "", name
