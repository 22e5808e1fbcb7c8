"""What a page draws, as plain data: enough to draw the same page again with plain Streamlit calls and nothing behind them."""

from __future__ import annotations

import json
from typing import Any

from streamlit.proto.Block_pb2 import Block
from streamlit.proto.Element_pb2 import Element

from tests.protocol.tab import Drawn, Tab

Node = dict[str, Any]
ROOTS = ("main", "sidebar", "event")


def record(tab: Tab) -> Node:
    """The open page as a tree: nodes by the name of their root; widgets carry the user's key."""
    return {name: _children(tab, (place,)) for place, name in enumerate(ROOTS)}


def _children(tab: Tab, path: tuple[int, ...]) -> list[Node]:
    below = sorted(known for known in tab.drawn if len(known) == len(path) + 1 and known[:-1] == path)
    return [_node(tab, place, tab.drawn[place]) for place in below]


def _node(tab: Tab, path: tuple[int, ...], drawn: Drawn) -> Node:
    what = drawn.what
    kind = str(what.WhichOneof("type"))
    node: Node = {"kind": kind, "fragment": bool(drawn.fragment)}
    if isinstance(what, Block):
        return node | _block(what, kind) | {"children": _children(tab, path)}
    return node | _element(what, kind)


def _block(block: Block, kind: str) -> Node:
    if kind == "column":
        return {"weight": block.column.weight}
    if kind in ("expandable", "popover"):
        body = getattr(block, kind)
        return {"label": body.label, "expanded": kind == "expandable" and body.expanded}
    if kind == "flex_container":
        horizontal = block.flex_container.direction == Block.FlexContainer.HORIZONTAL
        return {"horizontal": horizontal, "border": block.flex_container.border}
    return {}


def _element(element: Element, kind: str) -> Node:
    body = getattr(element, kind)
    if kind == "html":
        return {"body": body.body}
    if kind == "page_link":
        return {"label": body.label, "page": body.page, "query": body.query_string}
    if kind == "plotly_chart":
        return {"figure": json.loads(body.spec), "config": json.loads(body.config), "key": _key(body.id)}
    if kind == "empty":
        return {}
    return {"key": _key(body.id), "label": body.label, "disabled": body.disabled} | _widget(kind, body)


def _widget(kind: str, body: Any) -> Node:
    if kind == "button":
        return {"type": body.type}
    if kind == "download_button":
        return {}
    if kind == "checkbox":
        return {"value": body.default}
    hidden = {"label_visibility": {1: "hidden", 2: "collapsed"}.get(body.label_visibility.value, "visible")}
    if kind == "radio":
        return hidden | {
            "options": list(body.options),
            "captions": list(body.captions),
            "index": _index(body),
        }
    if kind == "selectbox":
        return hidden | {
            "options": list(body.options),
            "placeholder": body.placeholder,
            "index": _index(body),
        }
    if kind == "button_group":
        options = [option.content for option in body.options]
        return hidden | {
            "options": options,
            "default": next((options[place] for place in body.default), None),
        }
    if kind == "date_input":
        return hidden | {"value": [day.replace("/", "-") for day in body.default]}
    if kind == "text_input":
        return hidden | {"value": body.default}
    if kind == "text_area":
        return hidden | {"value": body.default, "placeholder": body.placeholder, "max_chars": body.max_chars}
    raise NotImplementedError(kind)


def _index(body: Any) -> int | None:
    return int(body.default) if body.HasField("default") else None


def _key(id_: str) -> str | None:
    found = id_.split("-", 2)[2] if id_.count("-") >= 2 else "None"
    return None if found == "None" else found
