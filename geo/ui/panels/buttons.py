"""Buttons that lead to a feature or to a source."""

import streamlit as st

from geo import text
from geo.model import Atlas, Feature, Source
from geo.ui import state
from geo.ui.plain import plain


def feature_button(feature: Feature, key: str, today: Atlas) -> None:
    """Draw a feature's name as a button that opens it on the map."""
    st.button(
        plain(text.named(feature, state.current_view().lang)),
        key=key,
        type="tertiary",
        on_click=state.open_feature,
        args=(feature.id, today),
    )


def source_button(source: Source, words: str, key: str) -> None:
    """Draw words as a button that opens a source."""
    st.button(plain(words), key=key, type="tertiary", on_click=state.open_source, args=(source.id,))
