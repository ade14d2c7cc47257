"""The layers that a reader brought: switches, how far reading has come, what is wrong, and a search."""

from functools import cache
from pathlib import Path

import streamlit as st

from geo import text
from geo.extra import Layer, records, shelf, shown
from geo.ui import own
from geo.ui.plain import apart, link, plain

_STYLE = Path(__file__).parent.parent / "own.css"
#: Between two looks at how far reading has come, seconds.
_PAUSE = 1.0
#: What a search lists of each layer.
_FOUND = 5


def own_layers(lang: str, seen: own.Seen) -> None:
    """
    Draw the group of brought layers, where there are any.

    Parameters
    ----------
    seen
        What there was of them when the map was drawn, before this list.
    """
    if not own.is_any():
        return
    brought = shelf()
    st.html(f"<style>{_style()}</style>")
    with st.container(key="own", gap="small"):
        st.markdown(f"**{text.message('Your layers', lang)}**")
        for layer in own.layers():
            st.session_state[own.switch(layer.id)] = own.is_on(layer.id)
            st.checkbox(
                _label(layer, lang),
                key=own.switch(layer.id),
                disabled=not layer.is_ready,
                on_change=own.switched,
                args=(layer.id,),
            )
        if brought.waiting or own.seen() != seen:
            _progress(seen, lang)
        for fault in brought.faults:
            st.warning(apart(fault.words))


@st.fragment(run_every=_PAUSE)
def _progress(seen: own.Seen, lang: str) -> None:
    """Say how far reading and tiling have come, and draw the page anew when a layer is there."""
    if own.seen() != seen:
        st.rerun()
    for file, share in shelf().waiting.items():
        words = text.message("{file}: getting ready, {share} %", lang)
        told = words.format(file=apart(file), share=text.number(int(share * 100), lang))
        st.progress(min(max(share, 0.0), 1.0), text=told)


@cache
def _style() -> str:
    return _STYLE.read_text("utf-8")


def _label(layer: Layer, lang: str) -> str:
    return f"{apart(layer.title)}\n{plain(layer.words(lang))}"  # a line each, as in `legend`


def own_found(words: str, lang: str) -> list[tuple[str, str]]:
    """
    Search the whole of every brought layer.

    Returns
    -------
    found
        Keys of records, "roads/17", each with a line of Markdown.
    """
    return [
        (
            f"{layer.id}/{one.id}",
            f"**{apart(_name(one, lang))}** · {apart(layer.title)}",
        )
        for layer in (own.layers() if own.is_any() else ())
        if layer.is_ready
        for one in records.find(layer.records, words, most=_FOUND)
    ]


def _name(record: records.Record, lang: str) -> str:
    return record.name or text.message("Feature {n}", lang).format(n=record.id)


def record_panel(lang: str) -> None:
    """Draw everything the file says of the feature whose record is open."""
    layer_id, _, number = (own.record() or "").partition("/")
    layer = shelf().layer(layer_id)
    found = records.one(layer.records, int(number)) if layer and number else None
    if layer is None or found is None:
        return
    told = shown.record(found)
    close = text.message("Close", lang)
    st.button(close, key="own-close", type="tertiary", on_click=own.close_record)
    st.markdown(f"### {apart(_name(found, lang))}")
    st.markdown(f"{apart(layer.title)} · **{text.message('Your layer: not checked here', lang)}**")
    for name, value in told["rows"]:
        st.markdown(f"{apart(name)}: **{apart(value)}**" if value.strip() else apart(name))
    if not told["sources"]:
        st.text(text.message("No source stated.", lang))
        return
    st.text(text.message("Sources as the file states them, not checked here", lang))
    for source in told["sources"]:
        line = link(source["title"] or source["url"] or "–", source["url"])
        st.markdown(f"- {line}" + (f": “{plain(source['quote'])}”" if source["quote"] else ""))
