"""The search box: any name in any of three scripts, and the way to what it finds."""

import streamlit as st

from geo import text
from geo.card import card
from geo.maps.payload import has_place
from geo.model import Atlas, Feature
from geo.search import search
from geo.ui import state
from geo.ui.panels.own import own_found
from geo.ui.plain import plain
from geo.view import View

#: Results in the list; more words narrow it.
SHOWN = 8
_TAKEN = "taken"


@st.fragment
def search_box(today: Atlas) -> None:
    """
    Draw the box and, under it, what is found; typing reruns nothing else.

    Parameters
    ----------
    today
        All that is known today: a search finds what was not known on the day that is shown.
    """
    view = state.current_view()
    words = st.text_input(
        text.message("Search", view.lang),
        key=state.SEARCH,
        type="search",
        placeholder=text.message("Search a name", view.lang),
        label_visibility="collapsed",
        max_chars=100,
        autocomplete="off",
        # A pause, so that the way back does not lead through every letter.
        live="500ms",
    )
    state.remember_search(words or "", today)
    if st.session_state.pop(_TAKEN, None):
        st.rerun()
    if not state.is_searching(words or ""):
        return
    found = search(today, words or "")
    with st.container(key="found", gap=None):
        for feature in found[:SHOWN]:
            st.button(
                _line(feature, today, view),
                key=f"found:{feature.id}",
                type="tertiary",
                on_click=_take,
                args=(feature.id, today),
            )
        more = len(found) - SHOWN
        if more > 0:
            st.text(text.message("and {n} more", view.lang).format(n=more))
        brought = own_found(words or "", view.lang)
        for key, line in brought:
            st.button(
                line, key=f"own-found:{key}", type="tertiary", on_click=_take_record, args=(key,)
            )
        if not found and not brought:
            st.text(text.message("Nothing has that name", view.lang))


def _take(feature_id: str, today: Atlas) -> None:
    state.found_one()
    state.open_feature(feature_id, today)
    st.session_state[_TAKEN] = True


def _take_record(key: str) -> None:
    state.found_one()
    state.open_record(key)
    st.session_state[_TAKEN] = True


def _line(feature: Feature, atlas: Atlas, view: View) -> str:
    told = card(feature, atlas, view.lang)
    words = [told.status.label if told.status else told.kind]
    if not has_place(feature, atlas):
        words.append(text.message("not on the map", view.lang))
    return f"**{plain(text.named(feature, view.lang))}** · {plain(', '.join(words))}"
