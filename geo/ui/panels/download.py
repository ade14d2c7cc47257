"""GeoJSON of what is shown."""

import streamlit as st

from geo import store, text
from geo.model import Atlas, Layer
from geo.view import View

_NAME = "digital-silk-road"


def download(view: View, atlas: Atlas) -> None:
    """Offer what is shown as one GeoJSON file."""
    st.download_button(
        text.message("GeoJSON ↓", view.lang),
        data=lambda: geojson(view, atlas),
        file_name=f"{_NAME}.geojson",
        mime="application/geo+json",
        help=text.message("What is shown, with every claim and source", view.lang),
        on_click="ignore",
        key="download",
    )


def geojson(view: View, atlas: Atlas) -> str:
    """Write what is shown as one collection, in the form of the layer files."""
    titles = [layer.title for layer in atlas.layers if layer.id in view.shown_layers(atlas)]
    return store.canonical(
        Layer(
            id=_NAME.replace("-", "_"),
            title=text.message("Digital Silk Road map", view.lang),
            description="; ".join([*titles, text.boundary_note(view.worldview, view.lang)]),
            order=0,
            visible=True,
            features=view.shown(atlas),
        )
    )
