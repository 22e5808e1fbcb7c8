"""A workbook becomes an edition of the running program, at once and without harm to what was answered before."""

from __future__ import annotations

from pathlib import Path

import pytest

from dxassess.catalogue.model import Edition
from dxassess.errors.form import (
    CrosswalkRefused,
    FormIdMissing,
    FormIdOff,
    FormIdShipped,
    FormNotUnderstood,
    FormNotWritten,
    FormSeenOtherwise,
    FormTitleMissing,
)
from dxassess.text import Words
from dxassess.usecases.catalogues import (
    About,
    Plan,
    Upload,
    compared,
    lender,
    opened,
    planned,
    shelf_of,
    understood,
    written,
)
from dxassess.usecases.counterparts import accepted, accepted_pairs, pairs_of, proposed_table
from dxassess.usecases.shelf import Shelf
from tests.exchange.forms import GARDEN, book, like_2019, put, read, saved


@pytest.fixture
def shelf(tiny: Edition, tmp_path: Path) -> Shelf:
    return Shelf({"tiny": tiny}, tmp_path / "own")


def plan_of(shelf: Shelf, rows: object = GARDEN, **about: object) -> Plan:
    found = read(like_2019(rows))  # type: ignore[arg-type]
    return planned(shelf, found, About(**{"id": "niwa", "title": "庭", **about}), lender(shelf))  # type: ignore[arg-type]


def test_a_workbook_is_at_hand_as_soon_as_it_is_written(shelf: Shelf) -> None:
    other = Shelf(shelf.shipped, shelf.folder)
    assert list(other) == ["tiny"]
    edition = written(shelf, plan_of(shelf))
    assert (edition.id, edition.revision, len(edition.scored)) == ("niwa", 1, 6)
    assert (shelf["niwa"], other["niwa"]) == (edition, edition)
    assert (list(other.own), other.problems, len(other)) == (["niwa"], (), 2)


def test_the_same_workbook_again_writes_nothing(shelf: Shelf) -> None:
    edition = written(shelf, plan_of(shelf))
    again = plan_of(shelf)
    assert (again.differs, again.words_differ, again.differences) == (False, False, ())
    assert written(shelf, again) is edition


def test_a_corrected_workbook_is_the_next_revision(shelf: Shelf) -> None:
    written(shelf, plan_of(shelf))
    plan = plan_of(
        shelf, [*GARDEN[:3], (4, "3-1", None, None, None, "水やり当番", "当番を決めていますか。", "定性")]
    )
    assert {each.what for each in plan.differences} == {"renamed", "reworded", "gone"}
    assert written(shelf, plan).revision == 2
    assert shelf["niwa"].by_code["3-2"].withdrawn


def test_what_changed_since_it_was_shown_is_not_written_over(shelf: Shelf) -> None:
    plan = plan_of(shelf)
    written(shelf, plan_of(shelf, GARDEN[:2]))
    with pytest.raises(FormSeenOtherwise):
        written(shelf, plan)
    assert len(shelf["niwa"].scored) == 2


@pytest.mark.parametrize(
    ("about", "error"),
    [
        ({"id": ""}, FormIdMissing),
        ({"id": "tiny"}, FormIdShipped),
        ({"id": "../x"}, FormIdOff),
        ({"id": "Form"}, FormIdOff),
        ({"id": "a.b"}, FormIdOff),
        ({"id": "con"}, FormIdOff),
        ({"id": "x" * 31}, FormIdOff),
        ({"title": " "}, FormTitleMissing),
        ({"title": "あ" * 101}, FormTitleMissing),
    ],
)
def test_an_id_or_a_title_that_cannot_be_is_refused(shelf: Shelf, about: dict[str, str], error: type) -> None:
    with pytest.raises(error):
        plan_of(shelf, **about)


def test_a_file_with_problems_is_never_half_imported(shelf: Shelf) -> None:
    made = book("x")
    put(made["x"], [["氏名", "電話"], ["佐藤", "1"]])
    with pytest.raises(FormNotUnderstood):
        planned(shelf, read(made), About("niwa", "庭"), lender(shelf))
    with pytest.raises(FormNotUnderstood):
        compared(shelf, "tiny", read(made))


def test_a_file_that_is_no_workbook_is_refused_with_the_reason() -> None:
    with pytest.raises(FormNotUnderstood) as refused:
        opened(Upload("../../etc/x\u202e.xlsx", b"hello"))
    assert refused.value.problems[0].code == "workbook.only_text"
    assert "\u202e" not in Words("ja").error(refused.value)
    found = understood(opened(Upload("form.xlsx", saved(like_2019()))))
    assert len(found.items) == len(GARDEN)


def test_the_longest_id_and_number_go_together(shelf: Shelf) -> None:
    rows = [(1, "9" * 28, "庭", None, None, "土", "土をしていますか。", "定性"), (2, "8" * 29, "庭", None, None, "水", "水は。", "定性")]  # fmt: skip
    edition = written(shelf, plan_of(shelf, rows, id="x" * 30))
    assert [each.code for each in edition.scored] == ["9" * 28, "n1"]


def test_a_folder_that_cannot_be_written_is_said(shelf: Shelf, tmp_path: Path) -> None:
    (tmp_path / "own").write_text("a file in the way")
    with pytest.raises(FormNotWritten):
        written(Shelf(shelf.shipped, tmp_path / "own"), plan_of(shelf))


def test_a_broken_edition_is_named_and_keeps_no_other_from_working(shelf: Shelf) -> None:
    written(shelf, plan_of(shelf))
    assert shelf.folder
    (shelf.folder / "broken").mkdir()
    (shelf.folder / "broken" / "edition.yaml").write_text("id: broken\n")
    (shelf.folder / "empty").mkdir()
    fresh = Shelf(shelf.shipped, shelf.folder)
    assert sorted(fresh) == ["niwa", "tiny"]
    assert fresh.problems
    assert all(Words("ja").problem(problem) for problem in fresh.problems)


def test_an_imported_edition_called_like_a_shipped_one_is_left_out(shelf: Shelf, tiny: Edition) -> None:
    written(shelf, plan_of(shelf))
    fresh = Shelf({"niwa": tiny, **shelf.shipped}, shelf.folder)
    assert fresh["niwa"] == tiny
    assert [problem.code for problem in fresh.problems] == ["edition_shipped"]


def test_a_round_keeps_the_words_people_saw(house, shelf) -> None:
    from dataclasses import replace

    from dxassess.usecases import start_round
    from dxassess.usecases.application import edition_of
    from tests.usecases.conftest import TODAY

    app = replace(house.app, editions=shelf)
    assert shelf_of(app) is shelf
    assert shelf_of(house.app).own == {}
    written(shelf, plan_of(shelf))
    held = start_round(app, house.store, "niwa", "回", TODAY, None)
    written(
        shelf, plan_of(shelf, [*GARDEN[:2], (3, 3, None, "水", None, "散水", "散水をしていますか。", "定性")])
    )
    assert edition_of(house.store, held).by_code["3"].title.ja == "水やり"
    assert app.edition("niwa").by_code["3"].title.ja == "散水"


def test_counterparts_go_out_as_a_table_and_come_back_accepted(shelf: Shelf, tiny: Edition) -> None:
    rows = [(1, 1, "人", None, None, tiny.by_code["1"].title.ja, "問いです。", "定性")]
    plan = plan_of(shelf, rows)
    pairs = pairs_of(shelf, plan.edition)
    assert pairs[0].to == "tiny.1"
    words = Words("ja")
    from dxassess.usecases.catalogues import counterparts

    raw = proposed_table(plan.edition, counterparts(shelf, plan.edition), words)
    assert accepted(plan.edition, shelf, "c.csv", raw, words) == {}
    lines = raw.decode("utf-8-sig").splitlines()
    yes = "\r\n".join([lines[0], "○" + lines[1]]).encode("utf-8-sig")
    kept = accepted(plan.edition, shelf, "c.csv", yes, words)
    assert [each.to for each in kept["1"]] == ["tiny.1"]
    both = planned(shelf, plan.found, About("niwa", "庭"), lender(shelf), kept)
    edition = written(shelf, both)
    assert edition.by_code["1"].crosswalk[0].levels == "changed"
    again = plan_of(shelf, rows)
    assert not again.differs
    assert pairs_of(shelf, again.edition)[0].accepted
    dropped = planned(shelf, again.found, About("niwa", "庭"), lender(shelf), {})
    assert (dropped.differs, dropped.words_differ, dropped.edition.revision) == (True, False, 1)


def test_a_person_changes_and_drops_proposals_on_the_page(shelf: Shelf, tiny: Edition) -> None:
    plan = plan_of(shelf, [(1, 1, "人", None, None, tiny.by_code["1"].title.ja, "問いです。", "定性")])
    pairs = pairs_of(shelf, plan.edition)
    assert accepted_pairs(pairs, {}, "ja") == {}
    changed = {0: {"accept": True, "relation": "narrower", "reason": "当社の考え\u200b"}}
    (kept,) = accepted_pairs(pairs, changed, "ja")["1"]
    assert (kept.relation, kept.reason.ja, kept.levels) == ("narrower", "当社の考え", "changed")


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("たぶん,niwa.1,,tiny.1,,overlaps,理由,", "accept_unknown"),
        ("1,niwa.9,,tiny.1,,overlaps,理由,", "counterpart_number"),
        ("1,niwa.1,,tiny.9,,overlaps,理由,", "counterpart_unknown"),
        ("1,niwa.1,,tiny.1,,near,理由,", "relation_unknown"),
        ("1,niwa.1,,tiny.1,,overlaps,,", "reason_missing"),
    ],
)
def test_a_row_of_counterparts_that_cannot_be_read_leaves_all_as_it_was(shelf: Shelf, row: str, code: str) -> None:  # fmt: skip
    plan = plan_of(shelf)
    head = "採用（1）,指標,名称,対応する指標,対応する指標の名称,関係,理由,理由（英語）"
    with pytest.raises(CrosswalkRefused) as refused:
        accepted(plan.edition, shelf, "c.csv", f"{head}\n{row}\n".encode(), Words("ja"))
    assert [problem.code for problem in refused.value.problems] == [f"csv.{code}"]


def test_roles_and_reasons_are_lent_by_the_official_edition(shelf: Shelf, tiny: Edition) -> None:
    assert lender(shelf) is tiny
    assert plan_of(shelf).edition.head.roles == tiny.head.roles


def test_a_folder_that_may_not_be_read_is_named_and_the_shipped_editions_stay(
    shelf: Shelf, monkeypatch
) -> None:
    written(shelf, plan_of(shelf))

    def refuse(_: Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("dxassess.usecases.shelf.mended", refuse)
    fresh = Shelf(shelf.shipped, shelf.folder)
    assert sorted(fresh) == ["tiny"]
    assert [problem.code for problem in fresh.problems] == ["folder_unreadable"]
