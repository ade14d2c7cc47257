"""The page: a bar, and under it the map with its list, or one of the pages the bar leads to."""

import time
from pathlib import Path

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from geo import live, text
from geo.model import Atlas
from geo.ui import own, state
from geo.ui.panels.bar import TITLE, headline, pages, search
from geo.ui.panels.briefing import briefing_page
from geo.ui.panels.download import downloads
from geo.ui.panels.filters import day_notice
from geo.ui.panels.legend import legend, swatches
from geo.ui.panels.map import map_panel
from geo.ui.panels.method import method_page
from geo.ui.panels.sources import sources_page
from geo.ui.plain import plain
from geo.view import RIGHT_TO_LEFT

#: By how much the map goes before what stands around it when a page is opened, seconds. Streamlit
#: fetches the code of each kind of element when it first draws one, and React shows what was waited
#: for no sooner than 300 ms after anything else began to wait: together, the map would be last.
_HEAD_START = 0.3
_STYLE = Path(__file__).parent.parent / "page.css"
_RIGHT_TO_LEFT = Path(__file__).parent.parent / "right-to-left.css"


def first_screen() -> None:
    """Draw the page."""
    fresh = state.is_fresh()
    if fresh:  # once is enough for a reader's browser
        st.set_page_config(page_title=text.message(TITLE), page_icon=None, layout="wide")
    today = live.atlas()
    notices = state.adopt_address(today)
    view = state.chosen_view(today)
    known = live.atlas(view.as_of)
    st.html(_styles(known, view.lang))
    page = state.current_page()
    # Each in a place that is there without them too: what moved would be drawn anew, the map with it.
    over = st.container(key="bar", horizontal=True, vertical_alignment="center")
    told = st.container(key="notices", gap=None)
    with over:
        headline(view)
    seen = own.seen()
    beside = _map(today) if page is state.Page.MAP else None
    if beside is not None and fresh:
        time.sleep(_HEAD_START)
    with over:
        search(today)
        downloads(view, known)
        pages(view)
    with told:
        for notice in [*notices, *own.notices()]:
            st.warning(plain(notice))
        day_notice(view, today)
    state.write_address(view, today)
    if beside is not None:
        with beside:
            legend(view, known, today, seen)
    elif page is state.Page.SOURCES:
        sources_page(view, known, today)
    elif page is state.Page.BRIEFING:
        briefing_page(view, known)
    else:
        method_page(view, known, today)


@live.remembered
def _styles(atlas: Atlas, lang: str) -> str:
    """Give all styles in one, which is then long enough for Streamlit to send it to a reader once."""
    turned = _RIGHT_TO_LEFT.read_text("utf-8") if lang in RIGHT_TO_LEFT else ""
    return f"<style>{_STYLE.read_text('utf-8')}{turned}</style>{swatches(atlas)}"


def _map(today: Atlas) -> DeltaGenerator:
    """Draw the map before all that stands around it, which it need not wait for; gives its list's place."""
    with st.container(key="body", horizontal=True, gap=None):
        beside = st.container(key="list", width=304, gap="small")
        map_panel(today)
    return beside
