"""The languages of the page, each in its own words, and whether anybody has passed them."""

import streamlit as st

from geo import catalogs, text
from geo.ui import state
from geo.view import LANGUAGE_NAMES


def languages(lang: str) -> None:
    """Draw the way to each language; the one that is spoken is marked."""
    with st.container(key="languages", horizontal=True, gap="small"):
        for one, name in LANGUAGE_NAMES.items():
            st.button(
                name,
                key=f"language:{one}",
                type="tertiary",
                disabled=one == lang,
                on_click=state.choose_language,
                args=(one,),
            )
    if catalogs.is_draft(lang):
        st.caption(text.message("Draft translation: no reviewer has passed it yet.", lang))
