"""The languages of the page, each in its own words, and whether anybody has passed them."""

from collections.abc import Mapping
from types import MappingProxyType

import streamlit as st

from geo import catalogs, text
from geo.ui import state

#: Each language as its readers call it, right to left where they write so.
NAMES: Mapping[str, str] = MappingProxyType({"en": "English", "ur": "اردو", "zh": "中文"})
RIGHT_TO_LEFT = frozenset({"ur"})


def languages(lang: str) -> None:
    """Draw the way to each language; the one that is spoken is marked."""
    with st.container(key="languages", horizontal=True, gap="small"):
        for one, name in NAMES.items():
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
