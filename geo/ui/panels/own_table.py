"""The table of a layer that a reader brought: all of it, a page at a time, and the way to take it along."""

from collections.abc import Mapping
from types import MappingProxyType

import pandas as pd
import streamlit as st

from geo import text
from geo.extra import Layer, records
from geo.extra.shown import as_text
from geo.ui import own, state
from geo.ui.panels.table import HEAD, ROW

_ROWS = 100
_OF, _TABLE, _IDS = "table-of", "own-table", "own-table-ids"
#: Formats of a whole layer, by their names in addresses.
_FORMS: Mapping[str, str] = MappingProxyType(
    {
        "geojson": "GeoJSON",
        "gpkg": "GeoPackage",
        "fgb": "FlatGeobuf",
        "csv": "CSV",
        "geojsonseq": "GeoJSONSeq",
    }
)


def chosen_layer(lang: str) -> Layer | None:
    """Let the reader choose whose table is shown; None is that of the map's own things."""
    found = {layer.id: layer for layer in own.layers()} if own.is_any() else {}
    if not found:
        return None
    if st.session_state.get(_OF) not in found:
        st.session_state[_OF] = ""
    ours = text.message("What the map shows, with its sources", lang)
    with st.container(key="own-choice", width=420):
        chosen = st.selectbox(
            text.message("Table of", lang),
            ["", *found],
            format_func=lambda id_: found[id_].title if id_ else ours,
            key=_OF,
        )
    return found.get(chosen)


def own_table(layer: Layer, lang: str) -> None:
    """Draw a page of a layer's table, and links to the whole of it."""
    finding, paging = f"own-find:{layer.id}", f"own-page:{layer.id}"
    with st.container(key="own-bar", horizontal=True, vertical_alignment="bottom"):
        words = st.text_input(
            text.message("Search this layer", lang),
            key=finding,
            type="search",
            max_chars=100,
            autocomplete="off",
            width=260,
            on_change=st.session_state.pop,
            args=(paging, None),
        )
        page = int(st.session_state.get(paging, 1))
        found = records.find(layer.records, words or "", most=_ROWS + 1, skip=(page - 1) * _ROWS)
        last = page + (len(found) > _ROWS) if words else -(-layer.n // _ROWS)
        st.number_input(
            text.message("Page", lang),
            min_value=1,
            max_value=max(last, page),
            key=paging,
            width=140,
        )
    _rows(layer, found[:_ROWS])
    links = " · ".join(
        f"[{title}](extra/{layer.id}/export.{form})" for form, title in _FORMS.items()
    )
    with st.container(key="own-foot", horizontal=True):
        st.text(_counted(page, len(found), layer, lang, is_part=bool(words)))
        st.markdown(f"{text.message('The whole layer', lang)}: {links}")


def _counted(page: int, n_found: int, layer: Layer, lang: str, *, is_part: bool) -> str:
    """Say which rows are shown, of how many where that is known without reading them all."""
    if not n_found:
        return text.message("Nothing is found", lang)
    first = (page - 1) * _ROWS + 1
    last = first + min(n_found, _ROWS) - 1
    values = {name: text.number(n, lang) for name, n in (("first", first), ("last", last))}
    if is_part:
        words = text.message("{first} to {last} of those found", lang)
        return words.format(**values)
    words = text.message("{first} to {last} of {n}", lang)
    return words.format(**values, n=text.number(layer.n, lang))


def _rows(layer: Layer, found: list[records.Record]) -> None:
    keys = [f"{layer.id}/{one.id}" for one in found]
    st.session_state[_IDS] = keys
    open_ = own.record()
    rows = [keys.index(open_)] if open_ in keys else []
    st.session_state[_TABLE] = {"selection": {"rows": rows, "columns": [], "cells": []}}
    st.dataframe(
        _frame(layer, found),
        hide_index=True,
        height=min(HEAD + ROW * max(len(found), 1), 560),
        placeholder="",
        on_select=_chosen,
        selection_mode="single-row",
        key=_TABLE,
    )


def _frame(layer: Layer, found: list[records.Record]) -> pd.DataFrame:
    """Give the rows of a page; every cell is text as a reader reads it."""
    cells = [
        [
            "" if (value := one.properties.get(name)) is None else as_text(value)
            for name in layer.fields
        ]
        for one in found
    ]
    return pd.DataFrame(cells, columns=list(layer.fields), dtype=object)


def _chosen() -> None:
    rows = st.session_state[_TABLE]["selection"]["rows"]
    keys = st.session_state[_IDS]
    if rows and rows[0] < len(keys):
        state.open_record(keys[rows[0]])
    else:
        own.close_record()
