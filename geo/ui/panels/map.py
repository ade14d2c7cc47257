"""Map, table and evidence, in a fragment of their own: a choice in one reruns nothing else."""

import streamlit as st
from streamlit_folium import st_folium

from geo import live, maps, text
from geo.model import Atlas
from geo.ui import own, state
from geo.ui.panels.evidence import evidence_panel
from geo.ui.panels.own import record_panel
from geo.ui.panels.own_table import chosen_layer, own_table
from geo.ui.panels.table import table
from geo.view import View

_KEY = "atlas"
#: What the frame is told to be high; the style sheet gives it the height that is free.
_HEIGHT = 700


@st.fragment
def map_panel(today: Atlas) -> None:
    """Draw the map and the table beside it, and the evidence of what is chosen on either."""
    view = state.chosen_view(today)  # a rerun of this part alone may have chosen another feature
    known = live.atlas(view.as_of)
    with st.container(key="beside", horizontal=True, gap=None):
        with st.container(key="views", gap=None):
            labels = _tab_labels(view.lang)
            on_map, in_table = st.tabs(list(labels.values()), key=state.TABS, on_change="rerun")
            state.open_tab(state.Tab.TABLE if in_table.open else state.Tab.MAP)
            state.write_address(view, today)
            with on_map:
                _map(view, known)
            with in_table:
                if in_table.open:
                    layer = chosen_layer(view.lang)
                    own_table(layer, view.lang) if layer else table(view, known)
        if view.feature is not None:
            with st.container(key="panel", width=360):
                evidence_panel(known.features[view.feature], known, view)
        elif in_table.open and own.record():
            with st.container(key="panel", width=360):
                record_panel(view.lang)


def _tab_labels(lang: str) -> dict[state.Tab, str]:
    """Give the words on the tabs, after having opened the one of the address."""
    labels = {
        state.Tab.MAP: text.message("Map", lang),
        state.Tab.TABLE: text.message("Table", lang),
    }
    st.session_state.setdefault(state.TABS, labels[state.current_tab()])
    return labels


def _map(view: View, known: Atlas) -> None:
    st_folium(
        maps.folium_map(view.lang),
        key=_KEY,
        height=_HEIGHT,
        use_container_width=True,
        # Alone, and with a time in it: a count would come back once without a click.
        returned_objects=["last_active_drawing"],
        render=False,  # the map does so itself, once
        feature_group_to_add=maps.shown(view, known, own.shown()),
        on_change=_chosen,
    )


def _chosen() -> None:
    chosen = (st.session_state.get(_KEY) or {}).get("last_active_drawing")
    if not chosen:
        return
    record = own.chosen_on_map(chosen.get("id"))
    if record:
        state.open_record(record)
    else:
        state.choose_feature(chosen.get("id"))
