"""What is shown as a table; a row that is chosen is chosen on the map, and the other way about."""

from collections.abc import Mapping

import pyarrow as pa
import streamlit as st

from geo import live, text
from geo.model import Atlas
from geo.pages.table import COLUMNS, row
from geo.ui import state
from geo.view import View

KEY = "table"
_IDS = "table-ids"
#: Widths of the columns, pixels.
_WIDTHS = (270, 150, 140, 150, 90, 210, 110, 110, 150)
#: Heights, pixels.
ROW, HEAD = 35, 38


def table(view: View, atlas: Atlas) -> None:
    """Draw the table of the things that are shown."""
    ids = tuple(one.id for one in view.shown(atlas) if one.is_thing)
    st.session_state[_IDS] = ids
    chosen = [ids.index(view.feature)] if view.feature in ids else []
    st.session_state[KEY] = {"selection": {"rows": chosen, "columns": [], "cells": []}}
    columns = {
        name: st.column_config.Column(label, width=width)
        for name, (label, width) in _columns(view.lang).items()
    }
    st.dataframe(
        _rows(atlas, ids, view.lang),
        hide_index=True,
        column_config=columns,
        height=min(HEAD + ROW * max(len(ids), 1), 640),
        placeholder="",
        on_select=_chosen,
        selection_mode="single-row",
        key=KEY,
    )


@live.remembered
def _rows(atlas: Atlas, ids: tuple[str, ...], lang: str) -> pa.Table:
    """Give a row for each thing, as Streamlit sends it; every cell is text as a reader reads it."""
    cells = _cells(atlas, lang)
    return pa.table(
        {name: pa.array([cells[id_][name] for id_ in ids], pa.string()) for name in COLUMNS}
    )


@live.remembered
def _cells(atlas: Atlas, lang: str) -> Mapping[str, Mapping[str, str | None]]:
    things = [one for one in atlas.features.values() if one.is_thing]
    return {one.id: row(one, atlas, lang) for one in things}


def _columns(lang: str) -> Mapping[str, tuple[str, int]]:
    return {
        name: (text.message(label, lang), width)
        for (name, label), width in zip(COLUMNS.items(), _WIDTHS, strict=True)
    }


def _chosen() -> None:
    rows = st.session_state[KEY]["selection"]["rows"]
    ids = st.session_state[_IDS]
    state.choose_feature(ids[rows[0]] if rows and rows[0] < len(ids) else None)
