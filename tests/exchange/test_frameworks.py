"""Score sheets of other frameworks, three levels deep and on scales of their own, against fractions worked out by hand."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from fractions import Fraction
from pathlib import Path

import pytest

from dxassess.catalogue.model import Edition
from dxassess.exchange.scoresheet import as_json, parse_sheet
from tests.framework import Node, edition


def scored(of: Edition, levels: Mapping[str, str]) -> dict[str, str | None]:
    rows = "".join(f"{code},{level}\n" for code, level in levels.items())
    found = as_json(of, parse_sheet(f"indicator,current\n{rows}".encode(), of, "a.csv"))
    return {node["id"]: node["current"]["exact"] for node in found["nodes"]}  # type: ignore[attr-defined]


def practice(code: str) -> Node:
    """A practice of OWASP SAMM 2: at each of three maturity levels two streams, whose mean is added up."""
    levels = [
        Node(f"{code}.{n}".lower(), "mean", {f"{code}-A-{n}": "1", f"{code}-B-{n}": "1"}) for n in (1, 2, 3)
    ]
    return Node(code.lower(), "sum", levels)


def answers(code: str, *pairs: str) -> dict[str, str]:
    return {
        f"{code}-{stream}-{n}": level
        for n, pair in enumerate(pairs, start=1)
        for stream, level in zip("AB", pair.split(), strict=True)
    }


def test_owasp_samm_adds_up_the_means_of_two_streams_on_a_scale_of_quarters(tmp_path: Path) -> None:
    root = Node(
        "samm",
        "mean",
        [
            Node("governance", "mean", [practice("SM"), practice("PC"), practice("EG")]),
            Node("design", "mean", [practice("TA"), practice("SR"), practice("SA")]),
        ],
    )
    levels = {
        **answers("SM", "1 0.5", "0.25 0", "0 0"),  # 3/4 + 1/8 + 0 = 7/8
        **answers("PC", "1 1", "1 1", "1 1"),  # 3
        **answers("EG", "0.5 0.5", "0.25 0.25", "0 0"),  # 3/4
        **answers("TA", "1 1", "0.5 1", "0 0.25"),  # 1 + 3/4 + 1/8 = 15/8
        **answers("SR", "- -", "0.25 ?", "0 0"),  # nothing + 1/4 + 0
        **answers("SA", "- -", "- -", "? ?"),  # nothing at all
    }

    found = scored(edition(tmp_path, ("0", "0.25", "0.5", "1"), root), levels)

    assert [found[code] for code in ("sm", "pc", "eg", "ta", "sr", "sa")] == [
        "7/8", "3", "3/4", "15/8", "1/4", None
    ]  # fmt: skip
    assert (found["governance"], found["design"]) == ("37/24", "17/16")
    assert Fraction(str(found["samm"])) == (Fraction(37, 24) + Fraction(17, 16)) / 2


def test_iso_33020_is_as_capable_as_its_weakest_attribute(tmp_path: Path) -> None:
    processes = [
        Node(name, "min", {f"{name}-{n}": "1" for n in ("1.1", "2.1", "2.2")}) for name in ("mea", "agr")
    ]
    of = edition(tmp_path, ("0", "15", "50", "85"), Node("all", "min", processes, over="items"))

    found = scored(of, {"mea-1.1": "85", "mea-2.1": "50", "mea-2.2": "-", "agr-1.1": "85", "agr-2.1": "?"})

    assert (found["mea"], found["agr"], found["all"]) == ("50", "85", "50")


def test_weights_of_three_levels_are_taken_as_they_are_written(tmp_path: Path) -> None:
    controls = [
        Node("c1", "weighted_mean", {"1.1": "0.1", "1.2": "0.25", "1.10": "3"}, weight="2"),
        Node("c2", "weighted_mean", {"2.1": "0.333", "2.2": "1.5"}, weight="0.5"),
    ]
    root = Node(
        "cis",
        "weighted_mean",
        [
            Node("basic", "weighted_mean", controls, weight="3"),
            Node("more", "mean", {"3.1": "9", "3.2": "1"}),
        ],
    )
    levels = {"1.1": "1", "1.2": "0.5", "1.10": "0.25", "2.1": "0.75", "2.2": "?", "3.1": "0.5", "3.2": "0"}

    found = scored(edition(tmp_path, ("0", "0.25", "0.5", "0.75", "1"), root), levels)

    first = (Fraction(1, 10) + Fraction(1, 8) + Fraction(3, 4)) / Fraction("3.35")
    basic = (2 * first + Fraction(1, 2) * Fraction(3, 4)) / Fraction("2.5")
    assert (found["c1"], found["c2"], found["more"]) == (str(first), "3/4", "1/4")
    assert found["basic"] == str(basic)
    assert found["cis"] == str((3 * basic + Fraction(1, 4)) / 4)


def test_a_scale_may_go_below_zero_and_weights_reach_through_the_sections(tmp_path: Path) -> None:
    root = Node(
        "balance",
        "weighted_mean",
        [Node("left", "sum", {"a": "1", "b": "2.5"}), Node("right", "min", {"c": "0.001", "d": "7"})],
        over="items",
    )

    found = scored(
        edition(tmp_path, ("-2", "-0.5", "0", "0.1", "10"), root),
        {"a": "-2", "b": "0.1", "c": "10", "d": "-0.5"},
    )

    assert (found["left"], found["right"]) == ("-19/10", "-1/2")
    assert found["balance"] == str(
        (-2 + Fraction("0.25") + Fraction("0.01") - Fraction("3.5")) / Fraction("10.501")
    )


@pytest.mark.parametrize("seed", range(25))
def test_any_tree_agrees_with_a_second_reckoning(seed: int, tmp_path: Path) -> None:
    draw = random.Random(seed)
    root = random_node(draw, "n", 3)
    scale = draw.choice([("0", "1"), ("1", "2", "3", "4"), ("-1", "0.5", "0.75", "12"), ("0", "0.333", "1")])
    levels = {code: draw.choice([*scale, *scale, "?", "-", ""]) for code, _ in root.items()}

    found = scored(edition(tmp_path, scale, root), levels)

    assert {node: found[node] for node in reckoned(root, levels)} == reckoned(root, levels)


def random_node(draw: random.Random, name: str, deep: int) -> Node:
    below: Sequence[Node] | Mapping[str, str]
    if deep and draw.random() < 0.8:
        below = [random_node(draw, f"{name}{n}", deep - 1) for n in range(draw.randint(1, 3))]
    else:
        weights = ("1", "2", "0.1", "0.75", "3.3333")
        below = {f"{name}-{n}": draw.choice(weights) for n in range(draw.randint(1, 4))}
    aggregate = draw.choice(["mean", "weighted_mean", "sum", "min"])
    return Node(name, aggregate, below, draw.choice(["children", "items"]), draw.choice(["1", "4", "0.2"]))


def reckoned(root: Node, levels: Mapping[str, str]) -> dict[str, str | None]:
    """Every section's value once more: from the cells themselves, by recursion."""
    values: dict[str, Fraction | None] = {}

    def of(node: Node) -> list[tuple[Fraction, Fraction]]:
        if isinstance(node.below, Mapping):
            leaves = [
                (Fraction(levels[code]), Fraction(weight))
                for code, weight in node.below.items()
                if levels[code] not in ("", "?", "-")
            ]
            parts = leaves
        else:
            leaves = [leaf for child in node.below for leaf in of(child)]
            known = [(values[child.id], Fraction(child.weight)) for child in node.below]
            parts = (
                leaves if node.over == "items" else [(value, w) for value, w in known if value is not None]
            )
        numbers = [value for value, _ in parts]
        made = {
            "mean": lambda: sum(numbers) / Fraction(len(numbers)),
            "weighted_mean": lambda: sum(value * w for value, w in parts) / sum(w for _, w in parts),
            "sum": lambda: sum(numbers),
            "min": lambda: min(numbers),
        }
        values[node.id] = Fraction(made[node.aggregate]()) if parts else None
        return leaves

    of(root)
    return {node: None if value is None else str(value) for node, value in values.items()}
