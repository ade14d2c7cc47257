"""The page: a bar, and under it the map with its list, or one of the pages the bar leads to."""

from pathlib import Path

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from geo import live, text
from geo.model import Atlas
from geo.ui import state
from geo.ui.panels.bar import TITLE, bar, pages
from geo.ui.panels.download import downloads
from geo.ui.panels.filters import day_notice
from geo.ui.panels.legend import legend
from geo.ui.panels.map import map_panel
from geo.ui.panels.method import method_page
from geo.ui.panels.sources import sources_page
from geo.ui.plain import plain

_STYLE = Path(__file__).parent.parent / "page.css"


def first_screen() -> None:
    """Draw the page."""
    st.set_page_config(page_title=text.message(TITLE), page_icon=None, layout="wide")
    st.html(_STYLE)
    today = live.atlas()
    notices = state.adopt_address(today)
    page = state.current_page()
    # Each in a place that is there without them too: what moved would be drawn anew, the map with it.
    over = st.container(key="bar", horizontal=True, vertical_alignment="center")
    told = st.container(key="notices", gap=None)
    day = st.container(key="day", horizontal=True, vertical_alignment="center", gap="small")
    view = state.chosen_view(today)
    known = live.atlas(view.as_of)
    beside = _map(today) if page is state.Page.MAP else None
    with over:
        bar(today)
        downloads(view, known)
        pages(view)
    with told:
        for notice in notices:
            st.warning(plain(notice))
    with day:
        day_notice(view, today)
    state.write_address(view, today)
    if beside is not None:
        with beside:
            legend(view, known, today)
    elif page is state.Page.SOURCES:
        sources_page(view, known, today)
    else:
        method_page(view, known, today)


def _map(today: Atlas) -> DeltaGenerator:
    """Draw the map before all that stands around it, which it need not wait for; gives its list's place."""
    with st.container(key="body", horizontal=True, gap=None):
        beside = st.container(key="list", width=296, gap="small")
        with st.container(key="map", gap=None):
            map_panel(today)
    return beside
