"""The first screen: a bar, a list that is legend and switches at once, and the map."""

from pathlib import Path

import streamlit as st

from geo import text
from geo.maps import live
from geo.ui import state
from geo.ui.panels.download import download
from geo.ui.panels.legend import legend
from geo.ui.panels.map import map_panel
from geo.ui.plain import plain

TITLE = "Pakistan–China digital infrastructure: what is built, proposed or only claimed"
_STYLE = Path(__file__).parent.parent / "page.css"


def first_screen() -> None:
    """Draw the page."""
    st.set_page_config(page_title=text.message(TITLE), page_icon=None, layout="wide")
    st.html(_STYLE)
    atlas = live.atlas()
    notices = state.adopt_address(atlas)
    bar = st.container(key="bar", horizontal=True, vertical_alignment="center")
    bar.title(text.message(TITLE), anchor=False)
    for notice in notices:
        st.warning(plain(notice))
    with st.container(key="body", horizontal=True, gap=None):
        with st.container(key="list", width=296, gap="small"):
            legend(atlas)
        view = state.chosen_view(atlas)
        with bar:
            download(view, atlas)
        with st.container(key="map", gap=None):
            map_panel(atlas, view)
