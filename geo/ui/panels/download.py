"""What is shown as a file: GeoJSON first, every other format beside it."""

import streamlit as st

from geo import store, text
from geo.export import FORMATS, export_bytes
from geo.model import Atlas, Layer
from geo.ui.panels.filters import as_known
from geo.view import View

_NAME = "digital-silk-road"


def downloads(view: View, atlas: Atlas) -> None:
    """Offer what is shown as GeoJSON, and beside it in every other format."""
    download(view, atlas)
    place = st.popover(text.message("Other formats", view.lang), key="formats", on_change="rerun")
    if not place.open:
        return  # what nobody looks at is not sent
    with place:
        st.text(text.message("What is shown, with every claim and source", view.lang))
        for name in FORMATS:
            if name != "geojson":
                format_button(view, atlas, name, key=f"shown:{name}")


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


def format_button(view: View, atlas: Atlas, name: str, *, key: str) -> None:
    """Offer what is shown in a format."""
    format_ = FORMATS[name]
    features = view.shown(atlas)
    st.download_button(
        f"{format_.title} ↓",
        data=lambda: export_bytes(atlas, features, name, worldview=view.worldview),
        file_name=format_.file_name,
        mime=format_.media_type,
        help=text.message(format_.purpose, view.lang),
        on_click="ignore",
        disabled=not features,
        type="tertiary",
        key=key,
    )


def geojson(view: View, atlas: Atlas) -> str:
    """Write what is shown as one collection, in the form of the layer files."""
    titles = [layer.title for layer in atlas.layers if layer.id in view.shown_layers(atlas)]
    known = [as_known(view.as_of, view.lang)] if view.as_of else []
    return store.canonical(
        Layer(
            id=_NAME.replace("-", "_"),
            title=text.message("Digital Silk Road map", view.lang),
            description="; ".join([*titles, *known, text.boundary_note(view.worldview, view.lang)]),
            order=0,
            visible=True,
            features=view.shown(atlas),
        )
    )
