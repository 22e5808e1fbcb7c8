"""A browser tab without a browser: it speaks Streamlit's websocket protocol the way its front end does.

A tab keeps what a front end keeps (drawn elements, the state of every widget, the messages it may be sent by reference)
and hands all of it back with every click. One tab belongs to one asyncio task.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from urllib.parse import urlencode

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Block_pb2 import Block
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

PATIENCE = 30.0
STATUS = 'role="status"'
NO_TOKEN = "PLACEHOLDER_AUTH_TOKEN"
WIDGETS = (
    "radio",
    "button_group",
    "checkbox",
    "selectbox",
    "text_input",
    "text_area",
    "number_input",
    "button",
)


@dataclass(slots=True)
class Drawn:
    """An element or a block at its place, and the run that drew it."""

    what: Element | Block
    run: str
    fragment: str


@dataclass(slots=True)
class Run:
    """What a click or a visit cost: seconds until the script had finished, messages and bytes that came.

    `told` is the seconds until the page said what became of a click (the line with the role of a status); 0 where none did.
    """

    seconds: float
    messages: int
    size: int
    told: float = 0.0


@dataclass
class Tab:
    """One tab on the program at `host:port`. `connect` and `open` before anything else."""

    port: int
    host: str = "127.0.0.1"
    page: str = ""
    query: str = ""
    cookie: str = ""
    drawn: dict[tuple[int, ...], Drawn] = field(default_factory=dict)
    states: dict[str, WidgetState] = field(default_factory=dict)
    session: str = ""
    page_hash: str = ""
    _socket: ClientConnection | None = None
    _cache: dict[str, ForwardMsg] = field(default_factory=dict)
    _run: str = ""
    _last_fragments: tuple[str, ...] = ()
    _repeats: set[str] = field(default_factory=set)
    _is_asked: bool = False
    _begun: bool = False
    _sent: float = 0.0
    _fragment: str = ""

    # -- connection

    async def connect(self, *, resume: bool = False) -> None:
        """Open the websocket; `resume` asks for the session this tab had before."""
        wanted = ["streamlit", NO_TOKEN, *([self.session] if resume and self.session else [])]
        self._socket = await connect(
            f"ws://{self.host}:{self.port}/_stcore/stream",
            subprotocols=wanted,  # type: ignore[arg-type]
            origin=f"http://{self.host}:{self.port}",  # type: ignore[arg-type]
            additional_headers={"Cookie": self.cookie} if self.cookie else None,
            compression=None,
            max_size=None,
            ping_interval=None,
        )

    async def close(self) -> None:
        """Leave as a closed tab does."""
        if self._socket is not None:
            await self._socket.close()
            self._socket = None

    def drop(self) -> None:
        """Lose the connection without a word; everything on the screen stays."""
        if self._socket is not None:
            self._socket.transport.abort()
            self._socket = None

    async def reconnect(self, *, resume: bool = True) -> Run | None:
        """Come back as the front end does: it runs the script again only where it has reason to.

        The reasons are a run that was asked for and did not finish, a fragment as the last run, or a fragment that repeats itself.
        """
        await self.connect(resume=resume)
        if self._is_asked or self._last_fragments or self._repeats:
            return await self.rerun()
        return None

    # -- what a person does

    async def open(self, page: str = "", **query: str) -> Run:
        """Visit a page of the program."""
        self.page, self.query, self.page_hash = page, urlencode(query), ""
        self.drawn.clear()
        self.states.clear()
        if self._socket is None:
            await self.connect()
        return await self.rerun()

    async def pick(self, key: str, option: int | str | None) -> Run:
        """Choose in a radio, a segmented control or a selectbox: by place, by the option's text, or nothing."""
        return await self._act(key, self._choice(key, option))

    async def pick_and_drop(self, key: str, option: int | str | None) -> None:
        """Choose, and lose the connection before anything comes back."""
        state = self._choice(key, option)
        fragment = self._at(key).fragment
        self.states[state.id] = state
        self._is_asked = True
        with suppress(ConnectionClosed):
            await self._send(fragment)
        self.drop()

    def _choice(self, key: str, option: int | str | None) -> WidgetState:
        element = self.widget(key)
        kind = element.WhichOneof("type")
        found = getattr(element, kind)
        texts = [text.content for text in found.options] if kind == "button_group" else list(found.options)
        text = texts[option] if isinstance(option, int) else option
        state = WidgetState(id=found.id)
        if kind == "button_group":
            state.string_array_value.data.extend([] if text is None else [text])
        elif text is not None:
            state.string_value = text
        return state

    async def tick(self, key: str, on: bool = True) -> Run:
        """Tick or clear a checkbox."""
        return await self._act(key, WidgetState(id=self.id_of(key), bool_value=on))

    async def type(self, key: str, text: str) -> Run:
        """Fill a text field and leave it."""
        return await self._act(key, WidgetState(id=self.id_of(key), string_value=text))

    async def press(self, key: str) -> Run:
        """Press a button."""
        return await self._act(key, WidgetState(id=self.id_of(key), trigger_value=True))

    async def _act(self, key: str, state: WidgetState) -> Run:
        fragment = self._at(key).fragment
        self.states[state.id] = state
        await self._send(fragment)
        if state.WhichOneof("value") == "trigger_value":
            del self.states[state.id]
        return await self._finished()

    # -- what a person sees

    def widget(self, key: str) -> Element:
        """The widget with a user key."""
        found = self._at(key).what
        assert isinstance(found, Element)
        return found

    def has(self, key: str) -> bool:
        """Whether a widget with this key is on the page."""
        return any(id_.endswith(f"-{key}") for id_, _ in self._widgets())

    def id_of(self, key: str) -> str:
        """The protocol's id of a widget."""
        element = self.widget(key)
        return str(getattr(element, element.WhichOneof("type")).id)

    def value(self, key: str) -> str | bool | None:
        """What a widget shows: the text of the choice, of the field, or whether it is ticked."""
        state = self.states[self.id_of(key)]
        kind = state.WhichOneof("value")
        if kind is None:
            return None
        if kind == "string_array_value":
            return next(iter(state.string_array_value.data), None)
        return getattr(state, kind)  # type: ignore[no-any-return]

    def chosen(self, key: str) -> int | None:
        """The place of the choice a radio or segmented control shows."""
        element = self.widget(key)
        kind = element.WhichOneof("type")
        options = getattr(element, kind).options
        texts = [text.content for text in options] if kind == "button_group" else list(options)
        value = self.value(key)
        return texts.index(value) if value in texts else None

    def html(self) -> str:
        """All HTML of the page, in order."""
        bodies = (found.what for _, found in sorted(self.drawn.items()) if isinstance(found.what, Element))
        return "\n".join(body.html.body for body in bodies if body.WhichOneof("type") == "html")

    def kinds(self) -> dict[str, int]:
        """How many of each kind of element and block are on the page."""
        counted: dict[str, int] = {}
        for found in self.drawn.values():
            kind = str(found.what.WhichOneof("type"))
            counted[kind] = counted.get(kind, 0) + 1
        return counted

    # -- protocol

    async def rerun(self, fragment: str = "", *, forget: bool = False) -> Run:
        """Run the script, or one fragment of it, with the widgets as they are.

        `forget`: and lose their states at once, as a front end does that is back after a connection which took the
        elements of a run with it, but not its end.
        """
        await self._send(fragment)
        if forget:
            self.states.clear()
        return await self._finished()

    async def _send(self, fragment: str) -> None:
        assert self._socket is not None
        state = ClientState(
            query_string=self.query,
            page_script_hash=self.page_hash,
            page_name="" if self.page_hash else self.page,
            fragment_id=fragment,
            cached_message_hashes=list(self._cache),
        )
        state.widget_states.widgets.extend(self.states.values())
        state.context_info.timezone = "Asia/Tokyo"
        state.context_info.locale = "ja-JP"
        state.context_info.url = f"http://{self.host}:{self.port}/{self.page}"
        message = BackMsg(rerun_script=state).SerializeToString()
        self._sent, self._begun, self._fragment = time.perf_counter(), False, fragment
        await self._socket.send(message)

    async def _finished(self) -> Run:
        assert self._socket is not None
        messages = size = 0
        told = 0.0
        while True:
            data = await self._socket.recv(decode=False)
            messages, size = messages + 1, size + len(data)
            message = ForwardMsg.FromString(data)
            if not told and STATUS in message.delta.new_element.html.body:
                told = time.perf_counter() - self._sent
            if self._take(message):
                self._is_asked = False
                return Run(time.perf_counter() - self._sent, messages, size, told)

    def _take(self, message: ForwardMsg) -> bool:
        """Take in one message; True when it ends the run that was asked for."""
        path = tuple(message.metadata.delta_path)
        kind = message.WhichOneof("type")
        if kind == "ref_hash":
            message = self._cache[message.ref_hash]
            kind = "delta"
        elif message.metadata.cacheable:
            self._cache[message.hash] = message
        if kind == "delta":
            self._draw(path, message)
        elif kind == "new_session":
            self._begin(message)
        elif kind == "page_info_changed":
            self.query = message.page_info_changed.query_string
        elif kind == "navigation":
            self.page_hash = message.navigation.page_script_hash
        elif kind == "auto_rerun":
            self._repeats.add(message.auto_rerun.fragment_id)
        elif kind == "script_finished":
            return self._end(message)
        return False

    def _begin(self, message: ForwardMsg) -> None:
        run = message.metadata.run
        self._run, self._last_fragments = run.script_run_id, tuple(run.fragment_ids)
        self._begun = bool(self._fragment) or not run.fragment_ids
        if not run.fragment_ids:
            self._repeats.clear()
        self.session = message.new_session.initialize.session_id
        self.page_hash = message.new_session.page_script_hash or self.page_hash

    def _draw(self, path: tuple[int, ...], message: ForwardMsg) -> None:
        delta = message.delta
        what = delta.new_element if delta.WhichOneof("type") == "new_element" else delta.add_block
        self.drawn[path] = Drawn(what, self._run, delta.fragment_id)
        if isinstance(what, Element):
            self._adopt(what)

    def _adopt(self, element: Element) -> None:
        """A widget shows its default until it is touched, or what the server sets."""
        kind = element.WhichOneof("type")
        if kind not in WIDGETS or kind == "button":
            return
        widget = getattr(element, kind)
        if widget.set_value:
            self.states[widget.id] = _set_state(kind, widget)
        elif widget.id not in self.states:
            self.states[widget.id] = _default_state(kind, widget)

    def _end(self, message: ForwardMsg) -> bool:
        status = message.script_finished
        assert status != ForwardMsg.FINISHED_WITH_COMPILE_ERROR, "the script did not compile"
        if status == ForwardMsg.FINISHED_EARLY_FOR_RERUN or message.metadata.run.script_run_id != self._run:
            return False
        fragments = set(message.metadata.run.fragment_ids)
        self.drawn = {
            path: found
            for path, found in self.drawn.items()
            if found.run == self._run or (fragments and found.fragment not in fragments)
        }
        alive = {id_ for id_, _ in self._widgets()}
        self.states = {id_: state for id_, state in self.states.items() if id_ in alive}
        return self._begun

    def _widgets(self) -> Iterator[tuple[str, Drawn]]:
        for found in self.drawn.values():
            if isinstance(found.what, Element) and (kind := found.what.WhichOneof("type")) in WIDGETS:
                yield getattr(found.what, kind).id, found

    def _at(self, key: str) -> Drawn:
        found = [drawn for id_, drawn in self._widgets() if id_.endswith(f"-{key}")]
        assert len(found) == 1, f"{len(found)} widgets with key {key}"
        return found[0]


def _default_state(kind: str, widget: object) -> WidgetState:
    state = WidgetState(id=widget.id)  # type: ignore[attr-defined]
    if kind == "checkbox":
        state.bool_value = widget.default  # type: ignore[attr-defined]
    elif kind == "button_group":
        chosen = [widget.options[place].content for place in widget.default]  # type: ignore[attr-defined]
        state.string_array_value.data.extend(chosen)
    elif kind == "number_input":
        state.double_value = widget.default  # type: ignore[attr-defined]
    elif widget.HasField("default"):  # type: ignore[attr-defined]
        default = widget.default  # type: ignore[attr-defined]
        state.string_value = default if isinstance(default, str) else widget.options[default]  # type: ignore[attr-defined]
    return state


def _set_state(kind: str, widget: object) -> WidgetState:
    state = WidgetState(id=widget.id)  # type: ignore[attr-defined]
    if kind == "checkbox":
        state.bool_value = widget.value  # type: ignore[attr-defined]
    elif kind == "button_group":
        state.string_array_value.data.extend(widget.raw_values)  # type: ignore[attr-defined]
    elif kind == "number_input":
        state.double_value = widget.value  # type: ignore[attr-defined]
    else:
        name = "raw_value" if kind in ("radio", "selectbox") else "value"
        if widget.HasField(name):  # type: ignore[attr-defined]
            state.string_value = getattr(widget, name)
    return state
