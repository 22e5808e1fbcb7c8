"""From what was understood to a folder that loads; from a corrected workbook to the next revision."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dxassess.catalogue.compare import mismatches
from dxassess.catalogue.compose import About, composed
from dxassess.catalogue.form import Both, Item, Step, Understood
from dxassess.catalogue.likeness import alike, proposals
from dxassess.catalogue.load import load_edition
from dxassess.catalogue.model import Bilingual, Crosswalk, Edition
from dxassess.catalogue.revise import differences, revised, same_words, with_numbers_kept
from dxassess.catalogue.write import files_of, mended, write_edition
from dxassess.exchange.form_sheet import clean

TINY = Path(__file__).parents[1] / "data" / "tiny"
STEPS = tuple(Step(value) for value in range(4))
TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cf", "Cs", "Zl", "Zp", "Cn", "Co"]), min_size=1, max_size=60).filter(str.strip)  # fmt: skip


@pytest.fixture(scope="module")
def tiny() -> Edition:
    return load_edition(TINY)


def item(code: str, title: str = "", **more: object) -> Item:
    fixed: dict[str, object] = {
        "sheet": "表",
        "row": 2,
        "code": code,
        "printed": code,
        "numbering": "printed",
        "kind": "scored",
        "part": "",
        "parent": "",
        "title": Both(title or f"項目{code}", title or f"項目{code}"),
        "question": Both(f"{title or code}をしていますか。", f"{title or code}をしていますか。"),
        "path": ("庭",),
    }
    return Item(**{**fixed, **more})  # type: ignore[arg-type]


def found(*items: Item, **more: object) -> Understood:
    fixed: dict[str, object] = {
        "file": "form.xlsx",
        "digest": "a" * 64,
        "title": "庭",
        "tables": (),
        "items": items,
        "steps": STEPS,
        "scale_from": "asked",
        "left": (),
        "notes": (),
        "sheets": ("表",),
    }
    return Understood(**{**fixed, **more})  # type: ignore[arg-type]


def made(tiny: Edition, *items: Item, official: bool = False, **more: object) -> Edition:
    return composed(found(*items, **more), About("niwa", "庭の診断", official=official), tiny)


def test_a_composed_edition_is_written_and_loads_as_itself(tiny: Edition, tmp_path: Path) -> None:
    edition = made(
        tiny,
        item("1", "土", levels={0: "なし", 1: "少し", 2: "かなり", 3: "すべて"}),
        item("1-1", "堆肥", parent="1", part="sub", levels={0: "なし"}),
        item("q1", "水の量", kind="quantitative", unit="L", path=("数",)),
    )
    place = write_edition(edition, tmp_path)
    assert load_edition(place, "niwa") == edition
    assert sorted(path.name for path in tmp_path.iterdir()) == ["niwa"]
    assert edition.by_code["1-1"].levels[1].ja == "レベル 1（様式に説明がありません）"
    assert edition.by_code["1-1"].wording.levels == "own"


def test_words_are_official_only_where_somebody_says_so(tiny: Edition) -> None:
    own, official = made(tiny, item("1")), made(tiny, item("1"), official=True)
    assert (own.head.status, own.by_code["1"].wording.question) == ("own", "own")
    assert (official.head.status, official.by_code["1"].wording.question) == ("current", "official")
    assert official.scale.names == "own"
    assert "公式の様式であるとは確かめていません" in own.head.notice.ja
    assert "同じ文" in own.head.notice.ja


def test_sections_become_a_tree_and_groups_keep_subs_beside_their_keys(tiny: Edition) -> None:
    edition = made(
        tiny,
        item("1", path=("経営", "土", "深さ")),
        item("1-1", path=("経営", "土", "広さ"), parent="1"),
        item("2", path=("経営",)),
        item("3", path=("現場", "水")),
        item("4", path=()),
    )
    names = [section.title.ja for section in edition.groups]
    assert names == ["そのほか", "経営", "土", "水"]
    assert edition.head.averages[0] == "all"
    assert [each.code for each in edition.scored] == ["4", "2", "1", "1-1", "3"]


def test_a_sub_in_another_first_section_than_its_key_stands_alone(tiny: Edition) -> None:
    edition = made(tiny, item("1", path=("a",)), item("1-1", path=("b",), parent="1"))
    assert [each.kind for each in edition.scored] == ["key", "key"]


@settings(max_examples=15)
@given(
    st.lists(st.tuples(TEXT, TEXT, st.lists(TEXT, max_size=3)), min_size=1, max_size=8), st.integers(2, 11)
)
def test_whatever_the_texts_the_folder_loads_as_the_edition(
    tiny: Edition,
    tmp_path_factory: pytest.TempPathFactory,
    texts: list[tuple[str, str, list[str]]],
    steps: int,
) -> None:
    items = [
        item(
            str(n),
            clean(title),
            question=Both(clean(question), clean(question)),
            path=tuple(map(clean, path)),
        )
        for n, (title, question, path) in enumerate(texts)
    ]
    edition = made(tiny, *items, steps=tuple(Step(n) for n in range(steps)))
    place = write_edition(edition, tmp_path_factory.mktemp("own"))
    assert load_edition(place, "niwa") == edition


def test_the_same_workbook_again_changes_nothing(tiny: Edition) -> None:
    before = made(tiny, item("1"), item("2"))
    again = revised(made(tiny, item("1"), item("2"), digest="b" * 64, file="other.xlsx"), before)
    assert same_words(again, before)
    assert (again.revision, differences(before, again)) == (1, ())


def test_a_corrected_workbook_is_the_next_revision_and_what_is_gone_is_withdrawn(
    tiny: Edition, tmp_path: Path
) -> None:
    before = made(tiny, item("1", "土"), item("2", "水"), item("3", "道具"))
    after = revised(
        made(tiny, item("1", "土づくり"), item("3", "道具", path=("人",)), item("4", "日当たり")), before
    )
    told = [(each.code, each.what) for each in differences(before, after)]
    assert told == [
        ("1", "renamed"),
        ("1", "reworded"),
        ("4", "added"),
        ("3", "moved"),
        ("2", "gone"),
    ]
    assert (after.revision, after.by_code["2"].withdrawn) == (2, True)
    assert load_edition(write_edition(after, tmp_path), "niwa") == after
    back = revised(made(tiny, item("1", "土づくり"), item("2", "水")), after)
    assert ("2", "back") in [(each.code, each.what) for each in differences(after, back)]


def test_another_scale_is_told_and_withdrawn_items_still_load(tiny: Edition, tmp_path: Path) -> None:
    levels = {0: "なし", 1: "少し", 2: "かなり", 3: "すべて"}
    before = made(tiny, item("1", levels=levels), item("2", levels=levels))
    after = revised(made(tiny, item("1", levels={0: "a", 1: "b"}), steps=STEPS[:2]), before)
    assert differences(before, after)[0].what == "scale"
    assert load_edition(write_edition(after, tmp_path), "niwa") == after


def test_what_people_added_by_hand_stays_as_long_as_the_words_it_belongs_to(tiny: Edition) -> None:
    before = made(tiny, item("1", "土"), item("2", "水"))
    pair = Crosswalk(
        to="tiny.1", relation="overlaps", levels="changed", basis="own", reason=Bilingual(ja="似", en="alike")
    )
    by_hand = {
        "title": Bilingual(ja="土", en="Soil"),
        "crosswalk": (pair,),
        "evidence": (Bilingual(ja="写真", en="A photo"),),
    }
    one = before.indicators["niwa.1"].model_copy(update=by_hand)
    before = Edition(head=before.head, indicators={**before.indicators, "niwa.1": one})
    same = revised(made(tiny, item("1", "土"), item("2", "水")), before)
    assert same.indicators["niwa.1"] == one
    renamed = revised(made(tiny, item("1", "土壌"), item("2", "水")), before)
    assert renamed.by_code["1"].title.en == "土壌"
    assert renamed.by_code["1"].crosswalk == (pair,)


def test_counted_items_keep_their_numbers_by_their_names(tiny: Edition) -> None:
    before = made(tiny, *(item(str(n), name, numbering="counted") for n, name in enumerate(("水やりの当番", "土", "道具"), start=1)))  # fmt: skip
    corrected = found(*(item(str(n), name, numbering="counted") for n, name in enumerate(("肥料", "道具", "水やり当番"), start=1)))  # fmt: skip
    kept = with_numbers_kept(corrected, before)
    assert [(each.code, each.title.ja) for each in kept.items] == [("4", "肥料"), ("3", "道具"), ("1", "水やり当番")]  # fmt: skip


def test_an_interrupted_exchange_is_mended(tiny: Edition, tmp_path: Path) -> None:
    place = write_edition(made(tiny, item("1")), tmp_path)
    place.rename(tmp_path / ".old-niwa")
    mended(tmp_path)
    assert load_edition(place, "niwa").id == "niwa"
    mended(tmp_path / "nowhere")


def test_a_folder_that_cannot_be_loaded_is_never_put_in_place(
    tiny: Edition, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = made(tiny, item("1"))
    write_edition(before, tmp_path)
    monkeypatch.setattr("dxassess.catalogue.write.files_of", lambda edition: {"edition.yaml": "id: x\n"})
    with pytest.raises(Exception, match="CatalogueProblems"):
        write_edition(made(tiny, item("2")), tmp_path)
    assert load_edition(tmp_path / "niwa", "niwa") == before
    assert [path.name for path in tmp_path.iterdir()] == ["niwa"]


def test_files_say_what_a_person_would_write(tiny: Edition) -> None:
    files = files_of(made(tiny, item("4-1", "体\n制")))
    assert sorted(files) == ["4-1.yaml", "edition.yaml"]
    assert 'title: {ja: "体\\n制", en: "体\\n制"}' in files["4-1.yaml"]


def test_counterparts_are_proposed_by_name_and_question_with_a_reason(tiny: Edition) -> None:
    mine = made(tiny, item("1", tiny.by_code["1"].title.ja), item("2", "まったく別のことば"))
    (first, *_) = proposals(mine, [tiny])
    assert (first.code, first.to.id) == ("1", "tiny.1")
    assert first.reason.ja.startswith("庭の診断とちいさな診断のどちらも、名称は「学び」です。")
    assert "庭の診断 and Tiny" in first.reason.en
    assert (first.crosswalk.levels, first.crosswalk.basis) == ("changed", "own")
    assert proposals(mine, [mine]) == ()


@given(st.text(max_size=30), st.text(max_size=30))
def test_likeness_is_a_share_the_same_either_way(one: str, other: str) -> None:
    assert 0 <= alike(one, other) == alike(other, one) <= 1
    assert alike(one, one) == 1


def test_a_shipped_edition_is_laid_beside_a_file(tiny: Edition) -> None:
    same = [item(each.code, each.title.ja) for each in tiny.scored]
    measured = [item(f"q{n}", each.title.ja, kind="quantitative") for n, each in enumerate(tiny.measured)]
    assert mismatches(tiny, found(*same, *measured)) == ()
    wide = [item(each.code, f" {each.title.ja} ") for each in tiny.scored]
    assert mismatches(tiny, found(*wide, *measured)) == ()
    first, *rest = same
    other = found(*rest[::-1], item("9", "余分"), *measured[1:])
    told = {(each.code, each.what) for each in mismatches(tiny, other)}
    assert {(first.code, "missing"), ("9", "extra"), (tiny.measured[0].code, "missing")} <= told
    assert "order" in {what for _, what in told}
    renamed = mismatches(tiny, found(item("1", "別の名"), *rest, *measured))
    assert [(each.code, each.what, each.file) for each in renamed] == [("1", "renamed", "別の名")]


def test_every_kind_of_difference_is_told(tiny: Edition) -> None:
    before = made(tiny, item("1", "土"), item("1-1", "堆肥", parent="1"), item("2", "水"), item("q1", kind="quantitative", unit="L"))  # fmt: skip
    after = revised(
        made(
            tiny,
            item("2", "水", guidance="量を見ます。"),
            item("1", "土", question=Both("土をしていますか。", "Is the soil cared for?")),
            item("1-1", "堆肥", kind="quantitative"),
            item("q1", kind="quantitative", unit="kg"),
            official=True,
        ),
        before,
    )
    told = {(each.code, each.what): (each.before, each.after) for each in differences(before, after)}
    assert set(told) == {("", "whose"), ("", "order"), ("2", "guidance"), ("1", "reworded"), ("1-1", "kind"), ("q1", "unit")}  # fmt: skip
    assert told[("1", "reworded")] == ("土をしていますか。", "Is the soil cared for?")
    assert after.revision == 2
