"""A bare Streamlit app: it draws the recorded pages with plain calls, keeps nothing, and asks nobody."""

import json
import os
from pathlib import Path
from typing import Any

import streamlit as st

Node = dict[str, Any]


@st.cache_resource(show_spinner=False)
def recorded() -> dict[str, dict[str, list[Node]]]:
    """Every page by the name of its address."""
    folder = Path(os.environ["BARE_PAGES"])
    return {path.stem: json.loads(path.read_text("utf-8")) for path in sorted(folder.glob("*.json"))}


def draw(nodes: list[Node]) -> None:
    """Draw nodes where we are; the container of a fragment as a fragment."""
    for node in nodes:
        if node["fragment"]:
            draw_fragment(node["children"])
        else:
            draw_node(node)


@st.fragment
def draw_fragment(nodes: list[Node]) -> None:
    """What runs alone on a click."""
    for node in nodes:
        draw_node(node)


def draw_node(node: Node) -> None:
    """One element, or a block with what is in it."""
    if "children" in node:
        draw_block(node)
    else:
        ELEMENTS[node["kind"]](node)


def draw_block(node: Node) -> None:
    """A container, columns, an expander, a popover."""
    children = node["children"]
    if children and children[0]["kind"] == "column":
        for place, column in zip(st.columns([child["weight"] for child in children]), children, strict=True):
            with place:
                for child in column["children"]:
                    draw_node(child)
        return
    with BLOCKS[node["kind"]](node):
        for child in children:
            draw_node(child)


def draw_page_link(node: Node) -> None:
    """A link to one of our own pages."""
    st.page_link(PAGES.get(node["page"], PAGES[""]), label=node["label"], query_params=dict(QUERY))


BLOCKS = {
    "flex_container": lambda node: st.container(horizontal=node["horizontal"], border=node["border"]),
    "expandable": lambda node: st.expander(node["label"], expanded=node["expanded"]),
    "popover": lambda node: st.popover(node["label"]),
    "transparent": lambda node: st.container(),
}
ELEMENTS = {
    "html": lambda node: st.html(node["body"]),
    "empty": lambda node: st.empty(),
    "page_link": draw_page_link,
    "plotly_chart": lambda node: st.plotly_chart(
        node["figure"], key=node["key"], theme=None, config=node["config"]
    ),
    "button": lambda node: st.button(
        node["label"], key=node["key"], type=node["type"], disabled=node["disabled"]
    ),
    "checkbox": lambda node: st.checkbox(
        node["label"], value=node["value"], key=node["key"], disabled=node["disabled"]
    ),
    "radio": lambda node: st.radio(
        node["label"],
        node["options"],
        index=node["index"],
        captions=node["captions"] or None,
        key=node["key"],
        disabled=node["disabled"],
        label_visibility=node["label_visibility"],
        width="stretch",
    ),
    "selectbox": lambda node: st.selectbox(
        node["label"],
        node["options"],
        index=node["index"],
        placeholder=node["placeholder"],
        key=node["key"],
        disabled=node["disabled"],
        label_visibility=node["label_visibility"],
    ),
    "button_group": lambda node: st.segmented_control(
        node["label"],
        node["options"],
        default=node["default"],
        key=node["key"],
        disabled=node["disabled"],
        label_visibility=node["label_visibility"],
    ),
    "date_input": lambda node: st.date_input(
        node["label"],
        value=next(iter(node["value"]), None),
        key=node["key"],
        disabled=node["disabled"],
        label_visibility=node["label_visibility"],
    ),
    "download_button": lambda node: st.download_button(
        node["label"], data=b"", key=node["key"], disabled=node["disabled"]
    ),
    "text_input": lambda node: st.text_input(
        node["label"], value=node["value"], key=node["key"], label_visibility=node["label_visibility"]
    ),
    "text_area": lambda node: st.text_area(
        node["label"],
        value=node["value"],
        height=100,
        max_chars=node["max_chars"] or None,
        placeholder=node["placeholder"],
        key=node["key"],
        disabled=node["disabled"],
        label_visibility=node["label_visibility"],
    ),
}
QUERY = {"org": "0" * 32}


def page(name: str) -> st.Page:
    """One recorded page; the first recorded one is the default."""

    def shown() -> None:
        draw(recorded()[name]["event"])
        draw(recorded()[name]["main"])

    return st.Page(shown, title=name, url_path=name, default=name == next(iter(recorded())))


PAGES = {name: page(name) for name in recorded()}
PAGES[""] = next(iter(PAGES.values()))
chosen = st.navigation(list({id(known): known for known in PAGES.values()}.values()), position="hidden")
with st.sidebar:
    draw(recorded()[chosen.title]["sidebar"])
chosen.run()
