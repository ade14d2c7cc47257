"""Layers the reader brought: which are on, and whose record is open; in the address like the rest."""

import re
from collections.abc import Mapping

import streamlit as st

from geo.extra import Layer, shelf
from geo.maps import Own

#: Parameters of the address: the layers that are on, where not all are, and the open record.
OWN, RECORD = "own", "record"
#: Names in the session, of the same; None is all of them, and no record.
_WANTED, _RECORD = "own-wanted", "own-record"
_KEY = re.compile(r"(?P<layer>[a-z0-9_]{1,60})/(?P<number>\d{1,15})", re.ASCII)
#: What the map's script puts before the key of a record.
_PREFIX = "own/"

Seen = tuple[object, ...]


def is_any() -> bool:
    """Whether any file was brought, read or not."""
    return bool(shelf().files)


def layers() -> tuple[Layer, ...]:
    """Give the layers that can be listed by now."""
    shelf().start()
    return shelf().layers


def seen() -> Seen:
    """Give what a page shows of brought layers, but for how far reading has come."""
    if not is_any():
        return ()
    ready = tuple((layer.id, layer.is_ready) for layer in layers())
    return (ready, shelf().faults, bool(shelf().waiting))


def switch(layer_id: str) -> str:
    """Name of a layer's switch in the session."""
    return f"own:{layer_id}"


def adopt(query: Mapping[str, str], notices: list[str]) -> None:
    """Take what an address says of brought layers."""
    asked = query.get(OWN)
    st.session_state[_WANTED] = None if asked is None else _parts(asked)
    st.session_state[_RECORD] = None
    for name in [name for name in st.session_state if str(name).startswith(switch(""))]:
        del st.session_state[name]
    record = query.get(RECORD)
    if record and _KEY.fullmatch(record):
        open_record(record)
    elif record:
        notices.append(f"The link’s record={record!r} is not known and is ignored.")


def _parts(asked: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name in asked.split(",") if name))


def notices() -> list[str]:
    """Name what an address asked for and nobody brought, as soon as that is known."""
    known = [layer.id for layer in layers()] if is_any() else []
    if is_any() and shelf().waiting:
        return []
    choice = f" Known: {', '.join(known)}." if known else ""
    asked = {OWN: _wanted() or (), RECORD: _named_by_record()}
    return [
        f"The link’s {name}={one!r} is not known and is ignored.{choice}"
        for name, some in asked.items()
        for one in some
        if one not in known
    ]


def _named_by_record() -> tuple[str, ...]:
    open_ = record()
    return (open_.partition("/")[0],) if open_ else ()


def query() -> dict[str, str]:
    """Give the parameters of the address."""
    if not is_any():
        return {}
    wanted, open_ = _wanted(), record()
    if wanted is not None and not shelf().waiting:
        wanted = tuple(layer.id for layer in layers() if layer.id in wanted)
    named = {} if wanted is None else {OWN: ",".join(wanted)}
    return named | ({RECORD: open_} if open_ else {})


def shown() -> Own | None:
    """Give what the map is to draw; None where nothing was brought."""
    if not is_any():
        return None
    on = tuple(layer.id for layer in layers() if layer.is_ready and is_on(layer.id))
    open_ = record()
    return Own(on, open_ if open_ and open_.partition("/")[0] in on else None)


def is_on(layer_id: str) -> bool:
    """Whether a layer's switch is on."""
    wanted = _wanted()
    return wanted is None or layer_id in wanted


def switched(layer_id: str) -> None:
    """Take what a switch says; for callbacks only."""
    _turn(layer_id, on=bool(st.session_state[switch(layer_id)]))


def _turn(layer_id: str, *, on: bool) -> None:
    known = [layer.id for layer in layers()]
    wanted = _wanted()
    kept = [one for one in (known if wanted is None else wanted) if one != layer_id]
    chosen = (*kept, layer_id) if on else tuple(kept)
    is_all = set(chosen) == set(known) and not shelf().waiting
    st.session_state[_WANTED] = None if is_all else chosen
    st.session_state[switch(layer_id)] = on
    open_ = record()
    if not on and open_ and open_.partition("/")[0] == layer_id:
        close_record()


def record() -> str | None:
    """Give layer and number of the feature whose record is open, "roads/17"."""
    found: str | None = st.session_state.get(_RECORD)
    return found


def open_record(key: str) -> None:
    """Open a record, its layer on; for callbacks, and before anything is drawn."""
    layer_id = key.partition("/")[0]
    if not is_on(layer_id):
        _turn(layer_id, on=True)
    st.session_state[_RECORD] = key


def close_record() -> None:
    """Close the record that is open."""
    st.session_state[_RECORD] = None


def chosen_on_map(id_: str | None) -> str | None:
    """Give the key of a record that was chosen on the map; None where it is none of a brought layer."""
    key = (id_ or "").removeprefix(_PREFIX)
    return key if id_ and id_ != key and _KEY.fullmatch(key) else None


def _wanted() -> tuple[str, ...] | None:
    found: tuple[str, ...] | None = st.session_state.get(_WANTED)
    return found
