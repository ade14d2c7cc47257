"""What is shown as a table; a row that is chosen is chosen on the map, and the other way about."""

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from geo import evidence, text
from geo.card import card
from geo.maps.payload import has_place
from geo.model import Atlas, Feature
from geo.ui import state
from geo.view import View

KEY = "table"
_IDS = "table-ids"
#: What says how large a thing is; the first that is known is shown.
_SIZES = ("published_length_km", "area_acres", "area_ha", "floor_area_m2", "aerial_length_km")
_ROW, _HEAD = 35, 38


def table(view: View, atlas: Atlas) -> None:
    """Draw the table of the things that are shown."""
    rows = frame(view, atlas)
    st.session_state[_IDS] = list(rows.index)
    chosen = [rows.index.get_loc(view.feature)] if view.feature in rows.index else []
    st.session_state[KEY] = {"selection": {"rows": chosen, "columns": [], "cells": []}}
    columns = {
        name: st.column_config.Column(label, width=width)
        for name, (label, width) in _columns(view.lang).items()
    }
    st.dataframe(
        rows,
        hide_index=True,
        column_config=columns,
        height=min(_HEAD + _ROW * max(len(rows), 1), 640),
        placeholder="",
        on_select=_chosen,
        selection_mode="single-row",
        key=KEY,
    )


def frame(view: View, atlas: Atlas) -> pd.DataFrame:
    """Give a row for each thing that is shown, by id; every cell is text as a reader reads it."""
    things = [one for one in view.shown(atlas) if one.is_thing]
    columns = list(_columns(view.lang))
    rows = [_row(one, atlas, view.lang) for one in things]
    return pd.DataFrame(rows, columns=columns, index=[one.id for one in things])


def _columns(lang: str) -> Mapping[str, tuple[str, int]]:
    labels: dict[str, tuple[str, int]] = {
        "name": (text.mark("Name"), 270),
        "layer": (text.mark("Layer"), 150),
        "kind": (text.mark("Kind"), 140),
        "status": (text.mark("Status"), 150),
        "since": (text.mark("Since"), 90),
        "evidence": (text.mark("Evidence"), 210),
        "size": (text.mark("Length or area"), 110),
        "latest": (text.mark("Latest report"), 110),
        "place": (text.mark("Place"), 150),
    }
    return {name: (text.message(label, lang), width) for name, (label, width) in labels.items()}


def _row(feature: Feature, atlas: Atlas, lang: str) -> Mapping[str, str | None]:
    told = card(feature, atlas, lang)
    claim = evidence.status_claim(feature)
    return {
        "name": text.named(feature, lang),
        "layer": text.titled(atlas.layer_of[feature.id], lang),
        "kind": told.kind,
        "status": told.status.label if told.status else None,
        "since": sortable(claim.since, lang) if claim and told.status else None,
        "evidence": told.evidence.label if told.evidence else None,
        "size": _size(feature, lang),
        "latest": sortable(evidence.newest_date(feature, atlas.sources), lang),
        "place": _place(feature, atlas, lang),
    }


def sortable(edtf: str | None, lang: str = "en") -> str | None:
    """
    Write a date so that texts sort as their days do, no surer than it is.

    Examples
    --------
    >>> sortable("2023-05-24/2023-05-28"), sortable("2024-08"), sortable("2019~"), sortable(None)
    ('2023-05-24/28', '2024-08', 'about 2019', None)
    """
    if edtf is None:
        return None
    begin, _, end = edtf.partition("/")
    if end and begin[:8] == end[:8] and len(begin) == len(end):
        return f"{begin}/{end[8:]}"
    plain = edtf.rstrip("~?%")
    if edtf != plain and "/" not in edtf:
        about, unsure = text.message("about", lang), text.message("uncertain", lang)
        return f"{about} {plain}" if edtf.endswith("~") else f"{plain} ({unsure})"
    return edtf


def _size(feature: Feature, lang: str) -> str | None:
    for property_ in _SIZES:
        claim = evidence.stated_claim(feature, property_)
        if claim is not None:
            return text.claim_value(claim, lang)
    return None


def _place(feature: Feature, atlas: Atlas, lang: str) -> str:
    if not has_place(feature, atlas):
        return text.message("not on the map", lang)
    method = feature.properties.location_method
    return text.message(method.label if method else text.mark("drawn in parts"), lang)


def _chosen() -> None:
    rows = st.session_state[KEY]["selection"]["rows"]
    ids = st.session_state[_IDS]
    state.choose_feature(ids[rows[0]] if rows and rows[0] < len(ids) else None)
