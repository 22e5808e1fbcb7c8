"""The noise of a change: what is told from few raters, from people and from histograms, and how often chance passes for a change."""

from __future__ import annotations

from fractions import Fraction
from time import perf_counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dxassess.assessment.resampling import Noise, Voices, resampled
from dxassess.assessment.strata import Rater

TREE = {
    "id": "all",
    "over": "items",
    "sections": [
        {"id": "a", "items": ["1", "2"]},
        {"id": "b", "items": ["3"]},
    ],
}
IDS = ("t.1", "t.2", "t.3")


@pytest.fixture(scope="session")
def edition(framework):
    return framework(TREE)


def people(*sheets, role="it", prefix="p"):
    """One rater per sheet: levels of items 1, 2, 3 in turn, None for none."""
    raters = tuple(
        Rater(
            f"{prefix}{number}" if prefix else "",
            role,
            {one: Fraction(level) for one, level in zip(IDS, sheet, strict=False) if level is not None},
        )
        for number, sheet in enumerate(sheets)
    )
    return Voices(len(raters), raters)


def histograms(votes, n, hidden=False):
    """An anonymous round: by code and group how often each level was given."""
    return Voices(n, None, {f"t.{code}": groups for code, groups in votes.items()}, hidden)


def item(edition, before, after, code="1"):
    return resampled(edition, before, after, ["all"]).items[f"t.{code}"]


def test_where_all_votes_rose_by_one_level_the_change_is_more_than_noise(edition):
    before, after = people(*[[1]] * 5), people(*[[2]] * 5, prefix="q")
    found = item(edition, before, after)
    assert (found.votes, found.means, found.low, found.high) == ((5, 5), (1, 2), 1, 1)
    assert found.verdict(Fraction(1)) == "beyond"


def test_a_change_smaller_than_what_other_raters_would_give_is_noise(edition):
    before, after = people([0], [3], [5], [1]), people([5], [1], [2], [3], prefix="q")
    found = item(edition, before, after)
    assert found.low < 0 < found.high
    assert found.verdict(Fraction(1)) == "within"


def test_votes_that_moved_the_other_way_are_told_and_nothing_is_said_of_what_did_not_change(edition):
    found = item(edition, people(*[[3]] * 4), people(*[[1]] * 4, prefix="q"))
    assert found.verdict(Fraction(1)) == "against"
    assert found.verdict(Fraction(-1)) == "beyond"
    assert found.verdict(Fraction(0)) == "still"
    assert found.verdict(None) == "unsaid"


def test_the_same_people_drawn_together_show_a_common_move_that_other_people_would_hide(edition):
    levels = [0, 1, 2, 3, 4, 4]
    before, after = people(*[[level] for level in levels]), [[level + 1] for level in levels]
    together = resampled(edition, before, people(*after), ["all"])
    apart = resampled(edition, before, people(*after, prefix="q"), ["all"])
    assert (together.paired, apart.paired) == (6, 0)
    assert together.items["t.1"].verdict(Fraction(1)) == "beyond"
    assert apart.items["t.1"].verdict(Fraction(1)) == "within"
    assert together.single
    assert apart.single


@pytest.mark.parametrize("n", [0, 1, 2])
def test_with_fewer_than_three_raters_nothing_is_said(edition, n):
    few, many = people(*[[1]] * n), people(*[[3]] * 9, prefix="q")
    for before, after in ((few, many), (many, few)):
        found = resampled(edition, before, after, ["all"])
        assert found.why == found.sections["all"].why == ("few" if n else "no_votes")
        assert found.items["t.1"].verdict(Fraction(2)) == "unsaid"


def test_an_item_few_rated_is_unsaid_while_the_others_are_told(edition):
    before = people([1, 1], [1, 1], [1, None], [1, None])
    after = people([2, 2, 2], [2, 2, 2], [2, 2, 2], prefix="q")
    found = resampled(edition, before, after, ["all", "a", "b"])
    assert [found.items[one].why for one in IDS] == [None, "few", "no_votes"]
    assert found.why is None
    assert found.sections["b"].why == "no_votes"
    assert found.sections["all"].means == (1, 2)
    assert found.sections["all"].verdict(Fraction(1)) == "beyond"


def test_items_of_which_nothing_can_be_said_do_not_make_a_section_sure(edition):
    """Three people, each on an item of their own: every item has one vote, and their mean would look beyond all noise."""
    before = people([1, None, None], [None, 1, None], [None, None, 1])
    after = people([2, None, None], [None, 2, None], [None, None, 2], prefix="q")
    found = resampled(edition, before, after, ["all"])
    assert {noise.why for noise in found.items.values()} == {"few"}
    assert (found.sections["all"].why, found.sections["all"].verdict(Fraction(1))) == ("few", "unsaid")


def test_hidden_votes_stay_hidden(edition):
    seen, hidden = people(*[[1]] * 4), histograms({}, 2, hidden=True)
    assert resampled(edition, seen, hidden, ["all"]).why == "hidden"
    partly = histograms({"1": {"it": (0, 4, 0, 0, 0, 0)}}, 4)
    found = resampled(edition, people(*[[2, 2]] * 4), partly, ["all"])
    assert [found.items[one].why for one in IDS] == [None, "hidden", "hidden"]


def test_a_histogram_of_one_vote_among_others_is_taken_as_it_is(edition):
    before = histograms({"1": {"it": (0, 3, 0, 0, 0, 0), "dx": (0, 0, 1, 0, 0, 0)}}, 4)
    found = item(edition, before, histograms({"1": {"it": (0, 0, 0, 4, 0, 0)}}, 4))
    assert (found.low, found.high) == (1.75, 1.75)


SPREAD = {"it": (2, 2, 2, 2, 0, 0)}
HIGH = {"it": (0, 0, 0, 0, 4, 0)}
HIGHER = {"it": (0, 1, 2, 2, 2, 1)}


def test_an_average_of_histograms_is_told_only_where_its_narrowest_and_its_widest_interval_agree(edition):
    before = histograms(dict.fromkeys("123", SPREAD), 8)
    after = histograms(dict.fromkeys("123", HIGHER), 8)
    found = resampled(edition, before, after, ["all", "b"])
    whole, single = found.sections["all"], found.sections["b"]
    assert not found.single
    low, high = whole.widest
    assert low < whole.low < whole.high < high
    assert single.widest == pytest.approx((single.low, single.high), abs=0.35)


def test_between_narrowest_and_widest_nothing_is_said():
    noise = Noise((9, 9), (Fraction(1), Fraction(2)), 0.1, 0.9, (-0.2, 1.2))
    assert noise.verdict(Fraction(1)) == "unsaid"
    assert Noise((9, 9), low=-0.1, high=0.9, widest=(-0.2, 1.2)).verdict(Fraction(1)) == "within"
    assert Noise((9, 9), low=0.1, high=0.9, widest=(0.05, 1.2)).verdict(Fraction(1)) == "beyond"


def test_a_named_round_beside_an_anonymous_one_is_drawn_by_people_and_the_other_by_votes(edition):
    before = people([1, 1, 1], [2, 1, 1], [1, 2, 2], [2, 2, 2])
    found = resampled(edition, before, histograms(dict.fromkeys("123", HIGH), 4), ["all"])
    assert (found.single, found.paired, found.why) == (False, 0, None)
    assert found.sections["all"].verdict(Fraction(1)) == "beyond"


@pytest.mark.parametrize(
    ("aggregate", "means"), [("sum", (3, 6)), ("min", (1, 2)), ("weighted_mean", (1, 2))]
)
def test_a_section_is_put_together_as_the_edition_says(framework, aggregate, means):
    tree = {
        "id": "all",
        "aggregate": aggregate,
        "sections": [
            {"id": "a", "items": ["1"]},
            {"id": "b", "items": ["2"], "weight": 2},
            {"id": "c", "items": ["3"]},
            {"id": "d", "items": ["4"]},
        ],
    }
    edition = framework(tree)
    found = resampled(edition, people(*[[1, 1, 1]] * 4), people(*[[2, 2, 2]] * 4), ["all"]).sections["all"]
    assert found.means == means
    assert (found.low, found.high) == (means[1] - means[0],) * 2


def test_the_same_votes_give_the_same_limits_and_answers_to_unknown_items_are_passed_over(edition):
    before, after = people([0], [3], [5], [1]), people([5], [1], [2], [3])
    strange = Rater("p9", "it", {"t.9": Fraction(5)})
    odd = Voices(before.people, (*before.raters, strange))
    assert resampled(edition, before, after, ["all"]) == resampled(edition, before, after, ["all"])
    assert item(edition, odd, after).votes == (4, 4)


@given(
    st.lists(st.lists(st.one_of(st.none(), st.integers(0, 5)), min_size=3, max_size=3), max_size=6),
    st.lists(st.lists(st.one_of(st.none(), st.integers(0, 5)), min_size=3, max_size=3), max_size=6),
)
@settings(max_examples=30, deadline=None)
def test_means_are_exact_and_the_interval_lies_between_all_differences(edition, before, after):
    found = resampled(edition, people(*before), people(*after), ["all"])
    for place, one in enumerate(IDS):
        noise = found.items[one]
        if noise.low is None:
            assert noise.why
            continue
        sides = [[sheet[place] for sheet in side if sheet[place] is not None] for side in (before, after)]
        assert noise.means == tuple(Fraction(sum(side), len(side)) for side in sides)
        assert (
            min(sides[1]) - max(sides[0]) - 1e-9
            <= noise.low
            <= noise.high
            <= max(sides[1]) - min(sides[0]) + 1e-9
        )


def test_chance_alone_passes_for_a_change_in_about_one_case_of_twenty(edition):
    """Two rounds of nine raters in three roles from one population. Drawing all of a role instead of n − 1 gives about twice as many."""
    generator = np.random.default_rng(7)
    said = 0
    for _ in range(300):
        sides = [
            [
                Rater("", role, dict(zip(IDS, map(Fraction, map(int, levels)), strict=True)))
                for role in ("it", "dx", "ceo")
                for levels in generator.choice(6, (3, 3), p=(0.05, 0.2, 0.35, 0.25, 0.1, 0.05))
            ]
            for _ in range(2)
        ]
        found = resampled(edition, *(Voices(9, tuple(side)) for side in sides), [])
        said += sum(found.items[one].verdict(Fraction(1)) in ("beyond", "against") for one in IDS)
    assert 0.03 < said / 900 < 0.09


def test_57_items_and_40_raters_take_a_fraction_of_a_second(framework):
    codes = [str(number) for number in range(57)]
    edition = framework(
        {
            "id": "all",
            "over": "items",
            "sections": [{"id": "a", "items": codes[:30]}, {"id": "b", "items": codes[30:]}],
        }
    )
    sides = [
        tuple(
            Rater(
                f"p{n}",
                "it" if n % 2 else "dx",
                {f"t.{code}": Fraction((n * 7 + int(code) * shift) % 6) for code in codes},
            )
            for n in range(40)
        )
        for shift in (1, 5)
    ]
    start = perf_counter()
    found = resampled(edition, Voices(40, sides[0]), Voices(40, sides[1]), ["all", "a", "b"])
    assert perf_counter() - start < 2  # 0.03 s on an idle machine
    assert (found.paired, found.sections["all"].votes) == (40, (40, 40))
