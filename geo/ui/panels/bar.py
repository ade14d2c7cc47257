"""The slim bar: what the map is, the search, the downloads and the way to the other pages."""

import streamlit as st

from geo import text
from geo.model import Atlas
from geo.ui import state
from geo.ui.panels.search import search_box
from geo.view import View

TITLE = "Pakistan–China digital infrastructure: what is built, proposed or only claimed"
PAGES = {
    state.Page.MAP: text.mark("Map"),
    state.Page.SOURCES: text.mark("Sources"),
    state.Page.METHOD: text.mark("Data & method"),
    state.Page.BRIEFING: text.mark("Briefing"),
}


def headline(view: View) -> None:
    """Say what the map is."""
    st.title(text.message(TITLE, view.lang), anchor=False)


def search(today: Atlas) -> None:
    """Draw the search."""
    with st.container(key="search-box", width=220):
        search_box(today)


def pages(view: View) -> None:
    """Draw the way to each page; the one that is open is marked."""
    here = state.current_page()
    with st.container(key="pages", horizontal=True, gap=None, width="content"):
        for page, label in PAGES.items():
            st.button(
                text.message(label, view.lang),
                key=f"page:{page}" if page is not here else f"page:{page}:here",
                type="tertiary",
                on_click=state.open_page,
                args=(page,),
            )
        # A path without a slash before it holds under a base path as well.
        st.markdown(f"[{text.message('About', view.lang)}](about)")
