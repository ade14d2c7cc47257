"""The map, in a fragment of its own: a click on it reruns nothing else."""

from dataclasses import replace

import streamlit as st
from streamlit_folium import st_folium

from geo import maps
from geo.model import Atlas
from geo.ui import state
from geo.view import View

_KEY = "atlas"
#: What the frame is told to be high; the style sheet gives it the height that is free.
_HEIGHT = 700


@st.fragment
def map_panel(atlas: Atlas, view: View) -> None:
    """Draw the map, and take the feature a reader chooses on it."""
    now = replace(view, feature=state.chosen_view(atlas).feature)
    state.write_address(now, atlas)
    st_folium(
        maps.folium_map(now.lang),
        key=_KEY,
        height=_HEIGHT,
        use_container_width=True,
        # Alone, and with a time in it: a count would come back once without a click.
        returned_objects=["last_active_drawing"],
        feature_group_to_add=maps.shown(now, atlas),
        on_change=_chosen,
    )


def _chosen() -> None:
    chosen = (st.session_state.get(_KEY) or {}).get("last_active_drawing")
    if chosen:
        state.choose_feature(chosen.get("id"))
