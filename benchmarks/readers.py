"""
Many readers at once, each a WebSocket that speaks Streamlit's protocol, as fast as they are answered.

The page they read is ours, or a twin: the same widgets and table, with an empty map. The twin's
widgets are read off our page, so that it stays one.
"""

import asyncio
import json
import re
import time
from dataclasses import dataclass
from pathlib import Path

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetStates
from streamlit.testing.v1 import AppTest
from websockets.asyncio.client import ClientConnection, connect

ROOT = Path(__file__).parents[1]
#: What all readers look at: the table, which is not drawn before its tab is opened.
QUERY = "tab=table"
#: The switch each of them turns on and off.
SWITCH = "layer:technology_parks"
_PATIENCE = 60

_TWIN = """
import folium, json
import pandas as pd
import streamlit as st
from streamlit_folium import st_folium

WIDGETS = json.loads({widgets!r})
COLUMNS = json.loads({columns!r})
ROWS = json.loads({rows!r})

def done():
    pass

st.title("A map")
for kind, key, label, value in WIDGETS:
    if kind == "checkbox":
        st.checkbox(label, value=value, key=key)
    elif kind == "text_input":
        st.text_input(label, key=key)
    elif kind == "download_button":
        st.download_button(label, "nothing", key=key)
    else:
        st.button(label, key=key, on_click=done)
on_map, in_table = st.tabs(["Map", "Table"], default="Table", key="tabs", on_change="rerun")
with on_map:
    m = folium.Map((33.5, 69.5), zoom_start=5, tiles=None, max_zoom=12)
    m.default_js = [("leaflet", "../../app/static/leaflet.js")]
    m.default_css = []
    st_folium(m, key="map", height=700, use_container_width=True, returned_objects=["last_active_drawing"])
with in_table:
    st.dataframe(
        pd.DataFrame(ROWS, columns=COLUMNS), hide_index=True, height=640, key="table",
        on_select=done, selection_mode="single-row",
    )
"""


@dataclass(frozen=True)
class Reading:
    """What some readers got: reruns a second of all together, bytes of one rerun, and faults."""

    reruns_per_s: float
    bytes_per_rerun: float
    errors: int


def twin() -> str:
    """Write a page with our widgets, our table and an empty map."""
    app = AppTest.from_file(str(ROOT / "geo/ui/page.py"), default_timeout=60)
    app.query_params["tab"] = "table"
    app.run()
    kinds = {"checkbox", "text_input", "button", "download_button"}
    found = [one for one in _leaves(app.main) if one.type in kinds]
    widgets = [
        (one.type, one.key, one.label, bool(one.value) if one.type == "checkbox" else None)
        for one in found
    ]
    rows = app.dataframe[0].value
    return _TWIN.format(
        widgets=json.dumps(widgets),
        columns=json.dumps(list(rows.columns)),
        rows=json.dumps(rows.to_numpy().tolist()),
    )


def _leaves(block):  # noqa: ANN001, ANN202 - of Streamlit's tests, which give no types
    for child in block.children.values():
        if hasattr(child, "children"):
            yield from _leaves(child)
        else:
            yield child


def read(url: str, n: int, seconds: float) -> Reading:
    """Have `n` readers turn a switch for some seconds; what has begun by then is ended."""
    return asyncio.run(_read(url, n, seconds))


async def _read(url: str, n: int, seconds: float) -> Reading:
    readers = [Reader(url) for _ in range(n)]
    opened = await asyncio.gather(*(one.open() for one in readers), return_exceptions=True)
    begin = time.perf_counter()
    until = begin + seconds
    turned = await asyncio.gather(
        *(one.turn(until) for one in readers if one.ready), return_exceptions=True
    )
    lasted = time.perf_counter() - begin
    await asyncio.gather(*(one.close() for one in readers))
    raised = [one for one in (*opened, *turned) if isinstance(one, BaseException)]
    for one in raised[:3]:
        print(f"    a reader failed: {one!r}")
    reruns = sum(one.reruns for one in readers)
    return Reading(
        reruns / lasted,
        sum(one.received for one in readers) / max(reruns, 1),
        len(raised) + sum(one.errors for one in readers),
    )


class Reader:
    """One reader of a page."""

    def __init__(self, url: str) -> None:
        self.url = re.sub("^http", "ws", url) + "_stcore/stream"
        self.socket: ClientConnection | None = None
        self.switch = ""
        self.reruns = self.received = self.errors = 0
        self.ready = self.on = False

    async def open(self) -> None:
        """Open the page and wait until it is whole."""
        socket = await connect(self.url, subprotocols=["streamlit"], max_size=None)
        self.socket = socket
        await self._ask(socket, WidgetStates())
        if not self.switch:
            message = "the page has no switch"
            raise LookupError(message)
        self.received, self.ready = 0, True

    async def turn(self, until: float) -> None:
        """Turn the switch on and off as often as there is time for."""
        while self.socket is not None and time.perf_counter() < until:
            self.on = not self.on
            states = WidgetStates()
            states.widgets.add(id=self.switch, bool_value=self.on)
            await self._ask(self.socket, states)
            self.reruns += 1

    async def close(self) -> None:
        """Leave."""
        if self.socket is not None:
            await self.socket.close()

    async def _ask(self, socket: ClientConnection, states: WidgetStates) -> None:
        asked = BackMsg()
        asked.rerun_script.query_string = QUERY
        asked.rerun_script.widget_states.CopyFrom(states)
        await socket.send(asked.SerializeToString())
        while True:
            data = await asyncio.wait_for(socket.recv(decode=False), _PATIENCE)
            self.received += len(data)
            message = ForwardMsg.FromString(data)
            element = message.delta.new_element
            kind = element.WhichOneof("type")
            self.errors += kind == "exception"
            if kind == "checkbox" and element.checkbox.id.endswith(SWITCH):
                self.switch = element.checkbox.id
            if message.WhichOneof("type") == "script_finished":
                self.errors += message.script_finished != ForwardMsg.FINISHED_SUCCESSFULLY
                return
