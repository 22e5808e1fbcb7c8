"""Voting on paper: a workbook per person goes out, comes back, and is the vote of that person alone."""

import time

import pytest

from dxassess.assessment.model import Answer, State
from dxassess.errors import (
    InvitationUsed,
    RoleUnknown,
    SeatUnknown,
    VoteNotOpen,
    VoteOver,
)
from dxassess.exchange.paper_code import code_of, is_code
from dxassess.exchange.workbook.values import Upload
from dxassess.storage import Token
from dxassess.text import Words
from dxassess.usecases import (
    enter_papers,
    hand_out,
    hand_out_again,
    invite_person,
    join,
    participants_of,
    read_papers,
    remove_person,
    start_round,
    turnout_of,
)
from dxassess.usecases.ballot import ballot_of, cast, standing_of
from dxassess.usecases.invitations import move_device
from tests.exchange.papers import filled, opened
from tests.usecases.conftest import TODAY, new_house
from tests.usecases.gathering import gathered

JA = Words("ja")
PEOPLE = [("it", "佐藤"), ("management", "鈴木")]


@pytest.fixture
def room(any_house):
    """A named round, its vote open, one person of IT on a device; on a database of each kind."""
    return gathered(any_house, "it")


@pytest.fixture
def quick(house):
    """The same on SQLite alone."""
    return gathered(house, "it")


def out(room, people=PEOPLE):
    return hand_out(room.house.store, room.held, people, JA)


def fill(file, **levels):
    """A file with these answers: `_1_1=2` puts level 2 into the row of 1-1; a mapping puts several cells."""
    cells = {code.strip("_").replace("_", "-"): said for code, said in levels.items()}
    said = {code: each if isinstance(each, dict) else {"answer": each} for code, each in cells.items()}
    return Upload(file.name, filled(file.content, said))


def read(room, *files):
    return read_papers(room.house.store, room.held, files)


def enter(room, *files):
    return enter_papers(room.house.store, room.held, files, "山田")


def codes(found):
    """Of the only ballot, what is new, what was given before, and what is in already."""
    (ballot,) = found.ballots
    return ballot.codes["new"], ballot.codes["given"], ballot.codes["same"]


def tag(file):
    """The token on a ballot."""
    said = [cell.value for sheet in opened(file.content).worksheets for row in sheet for cell in row]
    (line,) = [value for value in said if isinstance(value, str) and is_code(value)]
    return code_of(line).tag


def votes(room, ballot="first"):
    """By name and item, every vote, once the round is closed."""
    closed = room.close()
    people = {person.id: person.name for person in room.house.store.respondents(closed.id)}
    return {
        (people[vote.respondent], vote.answer.indicator): vote.answer
        for vote in room.house.store.answers(closed.id, ballot)
    }


def test_each_person_gets_a_ballot_of_their_own(room):
    files = out(room)
    assert [file.name for file in files] == [
        "投票用紙_IT部門_佐藤_投票の回.xlsx",
        "投票用紙_経営_鈴木_投票の回.xlsx",
    ]
    assert len({tag(file) for file in files}) == 2
    assert [person.name for person in participants_of(room.house.store, room.held)[1:]] == ["佐藤", "鈴木"]
    with pytest.raises(RoleUnknown):
        out(room, [("nobody", "佐藤")])


def test_what_was_filled_in_is_the_vote_of_that_person(room):
    sato, suzuki = out(room)
    sato = fill(
        sato,
        _1={"answer": 3, "target": 2, "evidence": "規程"},
        _2={"answer": "-", "reason": "親会社が担っている"},
    )
    suzuki = fill(suzuki, _1={"answer": "?"}, _1_1={"comment": "後で"})
    before = read(room, sato, suzuki)
    assert before.changes == 4
    assert [ballot.respondent.name for ballot in before.ballots] == ["佐藤", "鈴木"]
    assert not any(each.answers for each in turnout_of(room.house.store, room.held))
    assert enter(room, sato, suzuki) == before
    (it,) = [each for each in turnout_of(room.house.store, room.held) if each.role == "it"]
    assert (it.people, it.started, it.answers) == (2, 1, 2)
    assert votes(room) == {
        ("佐藤", "tiny.1"): Answer("tiny.1", State.ANSWERED, 3, 2, evidence="規程"),
        ("佐藤", "tiny.2"): Answer("tiny.2", State.NOT_APPLICABLE, reason="parent-company"),
        ("鈴木", "tiny.1"): Answer("tiny.1", State.CANNOT_SAY),
        ("鈴木", "tiny.1-1"): Answer("tiny.1-1", comment="後で"),
    }


def test_the_same_file_a_second_time_changes_nothing(room):
    sato = fill(out(room)[0], _1=3, _1_1=1)
    enter(room, sato)
    pulse = room.house.store.pulse()
    again = enter(room, sato)
    assert (again.changes, codes(again)) == (0, ((), (), ("1", "1-1")))
    assert room.house.store.pulse() == pulse


def test_a_corrected_ballot_changes_what_it_changes_and_blank_takes_nothing_away(room):
    blank = out(room)[0]
    enter(room, fill(blank, _1=3, _1_1={"answer": 1, "comment": "a"}))
    corrected = fill(blank, _1_1=2, _2=0)
    assert codes(read(room, corrected)) == (("2",), ("1-1",), ())
    enter(room, corrected)
    assert codes(read(room, corrected)) == ((), (), ("1-1", "2"))
    held = votes(room)
    assert held["佐藤", "tiny.1"].level == 3
    assert held["佐藤", "tiny.1-1"] == Answer("tiny.1-1", State.ANSWERED, 2, comment="a")
    assert held["佐藤", "tiny.2"].level == 0


def test_what_is_shown_as_changed_is_changed_even_by_an_earlier_file(quick):
    blank = out(quick)[0]
    first, second = fill(blank, _1=1), fill(blank, _1=2)
    for file in (first, second, first):
        assert read(quick, file).changes == 1
        assert enter(quick, file).changes == 1
        assert read(quick, file).changes == 0
    assert votes(quick)["佐藤", "tiny.1"].level == 1


def test_copies_of_a_blank_ballot_never_tell_what_was_said(room):
    """Whatever is tried, right or wrong: the same list, the same reply, and another try tells no more."""
    blank = out(room)[0]
    enter(room, fill(blank, _1=3, _1_1=1))
    seen = set()
    for level in range(4):
        tried = fill(blank, _1=level, _2=0)
        seen.add((codes(read(room, tried)), codes(read(room, fill(blank, _1=level)))))
    assert seen == {((("2",), ("1",), ()), ((), ("1",), ()))}
    after = set()
    for level in (3, 2):
        file = fill(blank, _1=level)
        before = room.house.store.pulse()
        after.add((codes(enter(room, file)), codes(read(room, file)), room.house.store.pulse() > before))
    assert after == {(((), ("1",), ()), ((), (), ("1",)), True)}


def test_no_device_is_let_in_by_what_can_be_made_of_a_blank_ballot(room):
    blank = out(room)[0]
    enter(room, fill(blank, _1=3))
    made = Token.read(tag(blank)).paper_seat.clear
    for attempt in (ballot_of, standing_of, move_device):
        with pytest.raises(SeatUnknown):
            attempt(room.house.app, made)
    with pytest.raises(SeatUnknown):
        cast(room.house.app, made, "tiny.1", {"state": "answered", "level": 0}, None, "k")


def test_forty_are_entered_and_the_bad_ones_named(quick):
    files = out(quick, [("it", f"人{n:02d}") for n in range(42)])
    good = [fill(file, _1=n % 4, _2=1) for n, file in enumerate(files[:40])]
    bad = fill(files[40], _1=9)
    began = time.monotonic()
    found = enter(quick, *good[:10], bad, *good[10:], Upload("x.xlsx", b"PK"))
    assert time.monotonic() - began < 10
    assert len(found.ballots) == 40
    assert [(each.file, each.cell) for each in found.problems] == [(bad.name, "E8"), ("x.xlsx", "")]
    assert len(votes(quick)) == 80


def test_two_ballots_of_one_person_are_both_left_out(quick):
    blank = out(quick)[0]
    found = enter(quick, fill(blank, _1=1), Upload("写し.xlsx", fill(blank, _1=2).content))
    assert (found.ballots, [each.code for each in found.problems]) == ((), ["paper.twice"] * 2)
    assert votes(quick) == {}


# --- when


def test_a_ballot_is_taken_only_while_its_vote_is_open(room):
    store, house = room.house.store, room.house
    early = start_round(house.app, store, room.edition.id, "次の回", TODAY, None, "山田")
    (ahead,) = hand_out(store, early, PEOPLE[:1], JA)
    for ask in (read_papers, enter_papers):
        with pytest.raises(VoteNotOpen):
            ask(store, early, [ahead])
    sato = fill(out(room)[0], _1=1)
    room.reveal()
    for ask in (read_papers, enter_papers):
        with pytest.raises(VoteOver):
            ask(store, room.held, [sato])
    with pytest.raises(VoteOver):
        out(room)
    room.second("1-1")
    assert [each.code for each in read(room, sato).problems] == ["paper.other_vote"]
    room.close()
    with pytest.raises(VoteOver):
        read(room, sato)


def test_the_second_vote_has_ballots_of_its_own_that_ask_what_it_asks(room):
    first = out(room)[0]
    enter(room, fill(first, _1=1, _1_1=1))
    room.reveal()
    room.second("1-1")
    who = next(each.id for each in participants_of(room.house.store, room.held) if each.name == "佐藤")
    second = hand_out_again(room.house.store, room.held, who, "it", "佐藤", JA)
    sheet = opened(second.content).worksheets[0]
    assert [cell.value for cell in sheet["A"] if cell.value in ("1", "1-1", "2", "2-1")] == ["1-1"]
    enter(room, fill(second, _1_1=3))
    assert [each.code for each in read(room, fill(first, _1=2)).problems] == ["paper.other_vote"]
    held = votes(room, "second")
    assert held == {("佐藤", "tiny.1-1"): Answer("tiny.1-1", State.ANSWERED, 3)}


def test_what_the_first_vote_said_is_not_compared_with_the_second(quick):
    first = fill(out(quick)[0], _1=2)
    enter(quick, first)
    quick.reveal()
    quick.second()
    assert codes(enter(quick, with_code(first, vote="second"))) == (("1",), (), ())
    assert votes(quick, "second")["佐藤", "tiny.1"].level == 2


def test_what_the_second_vote_does_not_ask_is_refused_by_its_cell(quick):
    quick.reveal()
    quick.second("1", "1-1")
    sato = fill(out(quick)[0], _1_1=3)
    cut = opened(sato.content)
    row = next(cell.row for cell in cut.worksheets[0]["A"] if cell.value == "1-1")
    cut.worksheets[0].cell(row, 1).value = "2"
    cut.worksheets[0].cell(row, 2).value = None
    import io

    raw = io.BytesIO()
    cut.save(raw)
    (problem,) = read(quick, Upload("a.xlsx", raw.getvalue())).problems
    assert (problem.code, problem.values["indicator"]) == ("paper.not_asked", "2")


def test_a_vote_that_ends_while_ballots_are_entered_leaves_each_ballot_whole(quick, monkeypatch):
    files = [fill(file, _1=1, _1_1=2, _2=3) for file in out(quick, [("it", f"人{n}") for n in range(4)])]
    store, sent = quick.house.store, []

    class Ending:
        """The store, with somebody who reveals after the second ballot."""

        def __getattr__(self, name):
            return getattr(store, name)

        def enter(self, *given):
            if len(sent) == 2:
                quick.reveal()
            sent.append(store.enter(*given))

    with pytest.raises(VoteOver):
        enter_papers(Ending(), quick.held, files)
    assert {name for name, _ in votes(quick)} == {"人0", "人1"}
    assert len(quick.house.store.answers(quick.held.id, "first")) == 6


# --- whose


def test_a_ballot_of_another_organisation_or_round_is_not_taken(room):
    other = gathered(new_house(room.house.app, "乙社"), "it")
    theirs = fill(out(other)[0], _1=1)
    assert [each.code for each in enter(room, theirs).problems] == ["paper.other_organisation"]
    forged = with_code(theirs, **{"organisation": room.house.store.organisation_id, "round": room.held.id})
    assert [each.code for each in enter(room, forged).problems] == ["paper.tag_unknown"]
    again = gathered(room.house, "it")
    sato = fill(out(again)[0], _1=1)
    assert [each.code for each in enter(room, sato).problems] == ["paper.other_round"]
    forged = with_code(sato, round=room.held.id)
    assert [each.code for each in enter(room, forged).problems] == ["paper.other_round"]
    assert votes(room) == {}


def with_code(file, **said):
    """A ballot whose code says something else."""
    import io

    book = opened(file.content)
    for row in book.worksheets[0]:
        for cell in row:
            if isinstance(cell.value, str) and is_code(cell.value):
                for name, value in said.items():
                    old = getattr(code_of(cell.value), name)
                    cell.value = cell.value.replace(f"{name}={old}", f"{name}={value}")
    raw = io.BytesIO()
    book.save(raw)
    return Upload(file.name, raw.getvalue())


@pytest.mark.parametrize("made_up", ["x", "A" * 64, "あ" * 64])
def test_a_guessed_tag_is_nobodys(quick, made_up):
    sato = with_code(fill(out(quick)[0], _1=1), tag=made_up)
    assert [each.code for each in enter(quick, sato).problems] == ["paper.tag_unknown"]


def test_an_open_link_makes_no_ballot(quick):
    sato = with_code(fill(out(quick)[0], _1=1), tag=quick.link)
    assert [each.code for each in enter(quick, sato).problems] == ["paper.tag_unknown"]


def test_who_votes_on_a_device_has_no_second_vote_on_paper(room):
    sato = fill(out(room)[0], _1=1)
    seat = join(room.house.app, tag(sato)).clear
    room.vote(seat, "1", 2)
    found = enter(room, sato)
    assert (found.ballots, [each.code for each in found.problems]) == ((), ["paper.tag_used"])
    assert votes(room)["佐藤", "tiny.1"].level == 2


def test_who_voted_on_paper_has_no_second_vote_on_a_device(quick):
    sato = fill(out(quick)[0], _1=1)
    enter(quick, sato)
    with pytest.raises(InvitationUsed):
        join(quick.house.app, tag(sato))


def test_a_ballot_that_was_replaced_or_whose_person_was_taken_out_is_not_taken(room):
    store = room.house.store
    sato, suzuki = (fill(file, _1=1) for file in out(room))
    enter(room, suzuki)
    people = {each.name: each.id for each in participants_of(store, room.held)}
    newer = fill(hand_out_again(store, room.held, people["佐藤"], "it", "佐藤", JA), _1=2)
    remove_person(store, room.held, people["鈴木"])
    found = enter(room, sato, newer, suzuki)
    assert [each.file for each in found.problems] == [sato.name, suzuki.name] or len(found.problems) == 2
    assert {each.code for each in found.problems} == {"paper.tag_ended"}
    assert {key: answer.level for key, answer in votes(room).items() if answer.level is not None} == {
        ("佐藤", "tiny.1"): 2
    }


# --- before the reveal


def test_nobody_is_told_what_a_ballot_says(room):
    """The same is said whatever was voted, of a ballot that can be taken and of one that cannot."""
    blank = out(room)[0]
    enter(room, fill(blank, _1={"answer": 0, "comment": "秘密"}))
    said = {
        repr(read(room, fill(blank, _1={"answer": level, "comment": f"秘密{level}"}, _2=level)))
        for level in (1, 2, 3)
    }
    assert len(said) == 1
    assert "秘密" not in said.pop()
    unread = {repr(read(room, fill(blank, _1=f"{level}点"))) for level in range(4)}
    assert len(unread) == 1
    assert "点" not in JA.told(read(room, fill(blank, _1="3点")).problems[0])


def test_a_forged_ballot_finds_out_nothing_about_a_vote_on_a_device(quick):
    """Who has somebody's link could try out levels until nothing changes."""
    invited = invite_person(quick.house.store, quick.held, "it", "高橋")
    seat = join(quick.house.app, invited.token.clear).clear
    quick.vote(seat, "1", 2)
    blank = with_code(out(quick)[0], tag=invited.token.clear)
    assert len({repr(read(quick, fill(blank, _1=level))) for level in range(4)}) == 1


def test_no_token_and_no_vote_is_in_the_log(quick):
    sato = fill(out(quick)[0], _1={"answer": 3, "comment": "秘密"})
    enter(quick, sato)
    logged = repr(quick.house.store.events())
    assert "paper_entered" in logged
    assert "秘密" not in logged
    assert tag(sato) not in logged
    assert Token(tag(sato)).paper_seat.clear not in logged


def test_an_anonymous_ballot_is_known_by_its_role_alone(house):
    room = gathered(house, "it", named=False, minimum=3)
    (file,) = out(room, [("it", "佐藤")])
    assert file.name == "投票用紙_IT部門_投票の回.xlsx"
    found = enter(room, fill(file, _1=1))
    assert [(each.respondent.role, each.respondent.name) for each in found.ballots] == [("it", "")]
    assert "佐藤" not in repr(room.house.store.events())
