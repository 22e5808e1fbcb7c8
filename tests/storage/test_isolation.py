"""F56 in the database: an id of another organisation is exactly as good as one that does not exist."""

import ast
import inspect
import json
import pkgutil
import uuid
from datetime import date, timedelta
from decimal import Decimal
from importlib import import_module
from pathlib import Path

import pytest
from sqlalchemy import Delete, Insert, Select, Table, Update, select
from sqlalchemy.sql.elements import BinaryExpression
from sqlalchemy.sql.operators import eq
from sqlalchemy.sql.visitors import iterate

import dxassess.storage
from dxassess.assessment.action import Action, PlanNode
from dxassess.assessment.kpi import Kpi, Reading
from dxassess.assessment.model import Answer, FiscalQuarter, State
from dxassess.assessment.recognition import Sides
from dxassess.assessment.rhythm import PlannedRound
from dxassess.assessment.waves import Candidate
from dxassess.catalogue.model import edition_from_text
from dxassess.errors import DxAssessError
from dxassess.storage import Store, Token
from dxassess.storage.schema import respondents, rounds
from dxassess.storage.scope import TENANT
from tests.conftest import DAY, new_voice, seated

ITEM = "tiny.1"
FAR = date(2027, 1, 1)
NOT_ABOUT_IDS = {
    "one_moment",
    "organisation",
    "organisation_id",
    "update_organisation",
    "rounds",
    "events",
    "rebuild_current",
    "pulse",
    "own_roles",
    "add_role",
    "actions",
    "set_plan_node",
    "candidates",
    "wave_notes",
    "add_wave_note",
    "kpis",
    "readings",
    "hourly_rate",
    "set_hourly_rate",
    "as_of",
    "planned_rounds",
}


def ids_of(voice, edition):
    """What one organisation has that another might name."""
    voice.store.set_plan_node(edition, PlanNode(ITEM, importance=5), "x")
    record = voice.say(ITEM, 1)
    (seat,) = seated(voice, 1)
    token = Token.new(voice.store.organisation_id)
    action = voice.store.keep_action(Action("x", edition.id), edition, "x").id
    voice.store.add_note(action, "x", "x")
    invitation = voice.store.invite(voice.round.id, token, None, "x")
    kpi = voice.store.keep_kpi(Kpi("x"), "x")
    voice.store.record_readings([Reading(kpi.id, DAY, Decimal(1))], "x")
    voice.store.set_hourly_rate(3_000, "x")
    return {
        "kpi": kpi.id,
        "seat": seat,
        "token": token,
        "invitation": invitation.id,
        "role": voice.store.add_role("経理", None, "x").id,
        "round": voice.round.id,
        "respondent": record.respondent,
        "sequence": record.sequence,
        "hash": edition.hash,
        "version": voice.round.version,
        "planned": edition.id,
        "candidate": voice.store.keep_candidate(Candidate("x"), "x").id,
        "planned_round": voice.store.keep_planned(PlannedRound("x", edition.id, FAR), "x").id,
        "action": action,
    }


def missing_ids():
    return {
        "kpi": uuid.uuid4().hex,
        "seat": Token.new(uuid.uuid4().hex),
        "token": Token.new(uuid.uuid4().hex),
        "invitation": uuid.uuid4().hex,
        "role": "own-999",
        "round": uuid.uuid4().hex,
        "respondent": uuid.uuid4().hex,
        "sequence": 10**9,
        "hash": "0" * 64,
        "version": 1,
        "planned": "no-such-edition",
        "action": uuid.uuid4().hex,
        "candidate": uuid.uuid4().hex,
        "planned_round": uuid.uuid4().hex,
    }


def _append(store, ids, round_id):
    answer = Answer(ITEM, State.ANSWERED, level=1)
    return store.append(round_id, ids["respondent"], answer, key=uuid.uuid4().hex, based_on=None)


def _append_many(store, ids, round_id):
    answer = Answer(ITEM, State.ANSWERED, level=1)
    return store.append_many(round_id, [(ids["respondent"], "agreed", answer, uuid.uuid4().hex)])


def own_token(store):
    return Token.new(store.organisation_id)


def _decide(store, round_id):
    words = {"reason": "", "dissent": (), "idea": "", "by": "x"}
    return store.decide(round_id, Answer(ITEM), based_on=None, key=uuid.uuid4().hex, **words)


def _linked(store, ids, edition, **change):
    return store.keep_action(Action("x", edition.id, **change), edition, "x")


def _start_planned(store, edition, planned, previous):
    return store.start_planned(planned, 1, edition, DAY, FiscalQuarter(2026, 3), previous, "x")


def _own_planned(store, edition):
    """A planned round of one's own, on a day nothing is planned for."""
    day = FAR + timedelta(days=len(store.planned_rounds()) + 1)
    return store.keep_planned(PlannedRound("x", edition.id, day), "x").id


CASES = {
    "keep_planned": [
        lambda store, ids, mine, edition: store.keep_planned(
            PlannedRound("x", edition.id, DAY, id=ids["planned_round"], version=1), "x"
        )
    ],
    "drop_planned": [lambda store, ids, mine, edition: store.drop_planned(ids["planned_round"], 1, "x")],
    "settle_planned": [
        lambda store, ids, mine, edition: store.settle_planned(
            ids["planned_round"], 1, store.rounds()[0].id, "x"
        ),
        lambda store, ids, mine, edition: store.settle_planned(
            _own_planned(store, edition), 1, ids["round"], "x"
        ),
    ],
    "start_planned": [
        lambda store, ids, mine, edition: _start_planned(store, edition, ids["planned_round"], None),
        lambda store, ids, mine, edition: _start_planned(
            store, edition, _own_planned(store, edition), ids["round"]
        ),
    ],
    "keep_candidate": [
        lambda store, ids, mine, edition: store.keep_candidate(
            Candidate("x", id=ids["candidate"], version=1), "x"
        )
    ],
    "keep_candidates": [
        lambda store, ids, mine, edition: store.keep_candidates(
            [Candidate("x"), Candidate("x", id=ids["candidate"], version=1)], "x"
        )
    ],
    "withdraw_candidate": [
        lambda store, ids, mine, edition: store.withdraw_candidate(ids["candidate"], 1, "x")
    ],
    "keep_kpi": [lambda store, ids, mine, edition: store.keep_kpi(Kpi("x", id=ids["kpi"], version=1), "x")],
    "record_readings": [
        lambda store, ids, mine, edition: store.record_readings([Reading(ids["kpi"], DAY, Decimal(1))], "x")
    ],
    "plan_nodes": [lambda store, ids, mine, edition: store.plan_nodes(ids["planned"])],
    "keep_action": [
        lambda store, ids, mine, edition: _linked(store, ids, edition, id=ids["action"], version=1),
        lambda store, ids, mine, edition: _linked(store, ids, edition, needs=frozenset({ids["action"]})),
        lambda store, ids, mine, edition: _linked(store, ids, edition, excludes=frozenset({ids["action"]})),
    ],
    "keep_actions": [
        lambda store, ids, mine, edition: store.keep_actions(
            [Action("x", edition.id, id="new"), Action("y", edition.id, id=ids["action"], version=1)],
            edition,
            "x",
        ),
    ],
    "action_versions": [lambda store, ids, mine, edition: store.action_versions(ids["action"])],
    "notes": [lambda store, ids, mine, edition: store.notes(ids["action"])],
    "add_note": [lambda store, ids, mine, edition: store.add_note(ids["action"], "x", "y")],
    "start_round": [
        lambda store, ids, mine, edition: store.start_round(
            "x", edition, date(2026, 1, 1), FiscalQuarter(2026, 1), ids["round"], "x"
        )
    ],
    "round": [lambda store, ids, mine, edition: store.round(ids["round"])],
    "edition": [lambda store, ids, mine, edition: store.edition(ids["hash"])],
    "agreed": [lambda store, ids, mine, edition: store.agreed(ids["round"])],
    "voice": [lambda store, ids, mine, edition: store.voice(ids["round"])],
    "voices": [
        lambda store, ids, mine, edition: store.voices(ids["round"]),
        lambda store, ids, mine, edition: store.voices(mine, ids["round"]),
    ],
    "add_respondent": [lambda store, ids, mine, edition: store.add_respondent(ids["round"], "it")],
    "respondents": [lambda store, ids, mine, edition: store.respondents(ids["round"])],
    "append": [
        lambda store, ids, mine, edition: _append(store, ids, ids["round"]),
        lambda store, ids, mine, edition: _append(store, ids, mine),
    ],
    "append_many": [
        lambda store, ids, mine, edition: _append_many(store, ids, ids["round"]),
        lambda store, ids, mine, edition: _append_many(store, ids, mine),
    ],
    "answers": [
        lambda store, ids, mine, edition: store.answers(ids["round"]),
        lambda store, ids, mine, edition: store.answers(mine, respondent=ids["respondent"]),
    ],
    "answer": [
        lambda store, ids, mine, edition: store.answer(ids["round"], ids["respondent"], ITEM),
        lambda store, ids, mine, edition: store.answer(mine, ids["respondent"], ITEM),
    ],
    "recorded": [lambda store, ids, mine, edition: store.recorded(ids["sequence"])],
    "history": [lambda store, ids, mine, edition: store.history(ids["round"], ITEM)],
    "histograms": [lambda store, ids, mine, edition: store.histograms(ids["round"])],
    "close_round": [lambda store, ids, mine, edition: store.close_round(ids["round"], ids["version"], "x")],
    "reopen_round": [
        lambda store, ids, mine, edition: store.reopen_round(ids["round"], ids["version"], "x", "y")
    ],
    "correct_round": [
        lambda store, ids, mine, edition: store.correct_round(ids["round"], ids["version"], "x", DAY, "y")
    ],
    "events_of": [
        lambda store, ids, mine, edition: store.events_of(ids["round"], "round_started"),
        lambda store, ids, mine, edition: store.events_of(ids["round"], "round_reopened"),
    ],
    "open_workshop": [lambda store, ids, mine, edition: store.open_workshop(ids["round"], "x")],
    "workshop": [lambda store, ids, mine, edition: store.workshop(ids["round"])],
    "step": [lambda store, ids, mine, edition: store.step(ids["round"], 1, "talk", "x")],
    "remember_board": [lambda store, ids, mine, edition: store.remember_board(ids["round"], minutes=5)],
    "turnout": [lambda store, ids, mine, edition: store.turnout(ids["round"])],
    "add_participant": [lambda store, ids, mine, edition: store.add_participant(ids["round"], "it", "x")],
    "invite": [
        lambda store, ids, mine, edition: store.invite(ids["round"], own_token(store), None, "x"),
        lambda store, ids, mine, edition: store.invite(mine, own_token(store), ids["respondent"], "x"),
        lambda store, ids, mine, edition: store.invite(mine, own_token(store), ids["invitation"], "x"),
    ],
    "invitations": [lambda store, ids, mine, edition: store.invitations(ids["round"])],
    "participants": [lambda store, ids, mine, edition: store.participants(ids["round"])],
    "revoke": [lambda store, ids, mine, edition: store.revoke(ids["invitation"], "x")],
    "invited": [lambda store, ids, mine, edition: store.invited(ids["token"])],
    "invited_to": [lambda store, ids, mine, edition: store.invited_to(ids["token"])],
    "stands": [lambda store, ids, mine, edition: store.stands(ids["seat"])],
    "join": [lambda store, ids, mine, edition: store.join(ids["token"], own_token(store), "it", "x")],
    "another_device": [lambda store, ids, mine, edition: store.another_device(ids["seat"], own_token(store))],
    "take_role": [lambda store, ids, mine, edition: store.take_role(ids["seat"], "it")],
    "remove_participant": [
        lambda store, ids, mine, edition: store.remove_participant(ids["round"], ids["respondent"], "x"),
        lambda store, ids, mine, edition: store.remove_participant(mine, ids["respondent"], "x"),
    ],
    "ballot": [lambda store, ids, mine, edition: store.ballot(ids["seat"])],
    "cast": [
        lambda store, ids, mine, edition: store.cast(ids["seat"], ITEM, None, "k", lambda *_: Answer(ITEM))
    ],
    "enter": [lambda store, ids, mine, edition: store.enter(ids["token"], [(Answer(ITEM), "k")], "f", "x")],
    "revealed": [lambda store, ids, mine, edition: store.revealed(ids["round"])],
    "comments": [lambda store, ids, mine, edition: store.comments(ids["round"])],
    "evidenced": [lambda store, ids, mine, edition: store.evidenced(ids["round"])],
    "flags": [lambda store, ids, mine, edition: store.flags(ids["round"], Sides())],
    "decide": [lambda store, ids, mine, edition: _decide(store, ids["round"])],
    "decisions": [lambda store, ids, mine, edition: store.decisions(ids["round"])],
    "hide_role": [lambda store, ids, mine, edition: store.hide_role(ids["role"], "x")],
    "verify": [lambda store, ids, mine, edition: store.verify(ids["round"])],
}


def test_every_public_method_of_the_store_has_a_case():
    public = {name for name, _ in inspect.getmembers(Store) if not name.startswith("_")}
    assert public == CASES.keys() | NOT_ABOUT_IDS


def outcome(case, store, ids, mine, edition):
    """What came back, with the ids themselves taken out."""
    named = {str(value) for value in ids.values()}
    try:
        return "returned", case(store, ids, mine, edition)
    except DxAssessError as error:
        return type(error), {k: "id" if str(v) in named else v for k, v in error.values.items()}


@pytest.mark.parametrize("method", CASES)
@pytest.mark.parametrize("closed", [False, True], ids=["open", "closed"])
def test_an_id_of_another_organisation_is_as_good_as_none(database, tiny, method, closed):
    other = new_voice(database, other_edition(tiny), "乙社")
    theirs = ids_of(other, other.edition)
    if closed:
        theirs["version"] = other.close().version
        other.store.answers(theirs["round"])
    own = new_voice(database, tiny, "甲社")
    own.store.edition(tiny.hash)
    before = untouched(other.store)
    for case in CASES[method]:
        foreign = outcome(case, own.store, theirs | only_theirs(theirs, method), own.round.id, tiny)
        absent = outcome(case, own.store, missing_ids(), own.round.id, tiny)
        assert foreign == absent
        assert foreign[0] != "returned" or foreign[1] in ((), None)
    assert untouched(other.store) == before


def other_edition(tiny):
    """The same edition in another revision: a text the first organisation never stored."""
    values = json.loads(tiny.text)
    values["head"]["revision"] += 1
    return edition_from_text(json.dumps(values))


def only_theirs(theirs, method):
    """Sequence numbers are each organisation's own: only one beyond one's own is another's."""
    return {"sequence": 10**9 + 1} if method == "recorded" else {}


def untouched(store):
    ledger = store.kpis(), store.readings(), store.hourly_rate()
    rounds = store.rounds(), store.planned_rounds()
    return store.organisation, rounds, store.events(), store.answers(store.rounds()[0].id), ledger


def test_sequence_numbers_of_two_organisations_do_not_meet(database, tiny):
    first, second = new_voice(database, tiny, "甲社"), new_voice(database, tiny, "乙社")
    a, b = first.say(ITEM, 1), second.say(ITEM, 3)
    assert a.sequence == b.sequence
    assert first.store.recorded(a.sequence) == a
    assert second.store.recorded(b.sequence) == b


def test_the_same_key_in_two_organisations_is_two_answers(database, tiny):
    first, second = new_voice(database, tiny, "甲社"), new_voice(database, tiny, "乙社")
    assert first.say(ITEM, 1, key="k").answer.level == 1
    assert second.say(ITEM, 3, key="k").answer.level == 3


STATEMENTS = {
    f"{module.name}.{name}": value
    for module in pkgutil.iter_modules(dxassess.storage.__path__)
    if not module.ispkg
    for name, value in vars(import_module(f"dxassess.storage.{module.name}")).items()
    if isinstance(value, Select | Update | Delete | Insert)
}
ABOUT_ALL_ORGANISATIONS = {"directory._NEWEST", "directory._LAST_ACTIVE", "directory._NAMED"}
DOORS = {"content.py", "database.py", "directory.py", "migrate.py", "postgresql.py", "scope.py", "sqlite.py"}


def unbound(statement):
    """Tables of a statement whose rows need not be the asking organisation's."""
    asked = {found for found in iterate(statement) if isinstance(found, Table)}
    equal = [
        found for found in iterate(statement) if isinstance(found, BinaryExpression) and found.operator is eq
    ]
    pairs = [(found.left, found.right) for found in equal] + [(found.right, found.left) for found in equal]
    bound = {
        one.table
        for one, other in pairs
        if getattr(one, "name", "") == "organisation" and getattr(other, "key", "") == "tenant"
    }
    for _ in asked:
        bound |= {
            one.table
            for one, other in pairs
            if getattr(one, "name", "") == getattr(other, "name", "") == "organisation"
            and getattr(other, "table", None) in bound
        }
    if isinstance(statement, Insert):
        asked.discard(statement.table)
    return {table.name for table in asked - bound}


def test_every_query_names_the_organisation_for_every_table_it_reads_or_writes():
    assert len(STATEMENTS) > 70
    loose = {name: unbound(statement) for name, statement in STATEMENTS.items()}
    assert {name for name, tables in loose.items() if tables} == ABOUT_ALL_ORGANISATIONS
    assert all(loose[name] == {"organisations"} for name in ABOUT_ALL_ORGANISATIONS)


def test_a_query_that_forgets_the_organisation_is_noticed():
    forgets = select(rounds).join(respondents, respondents.c.round == rounds.c.round)
    assert unbound(forgets.where(rounds.c.organisation == TENANT)) == {"respondents"}
    joined = select(rounds).join(respondents, respondents.c.organisation == rounds.c.organisation)
    assert unbound(joined.where(rounds.c.organisation == TENANT)) == set()
    assert unbound(select(rounds).where(rounds.c.organisation != TENANT)) == {"rounds"}


def test_queries_stand_where_they_can_be_looked_at_and_are_not_made_up_on_the_way():
    """So that the check of all of them misses none: in functions only the doors say anything of their own."""
    made = set()
    for path in Path(dxassess.storage.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.Lambda):
                calls = [found.func for found in ast.walk(node) if isinstance(found, ast.Call)]
                names = {getattr(call, "id", "") for call in calls}
                if names & {"select", "update", "delete", "insert", "text"}:
                    made.add(path.name)
    assert made <= DOORS
