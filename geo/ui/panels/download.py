"""What is shown as a file: GeoJSON first, every other format beside it."""

from typing import Literal

import streamlit as st

from geo import live, onefile, store, text
from geo.export import FORMATS, export_bytes
from geo.model import Atlas
from geo.view import View

_WHAT = text.mark("What is shown, with every claim and source")


def downloads(view: View, atlas: Atlas) -> None:
    """Offer what is shown as GeoJSON, and beside it in every other format."""
    _button(view, atlas, "geojson", key="download", told=_WHAT)
    place = st.popover(text.message("Other formats", view.lang), key="formats", on_change="rerun")
    if not place.open:
        return  # what nobody looks at is not sent
    with place:
        st.text(text.message(_WHAT, view.lang))
        for name in FORMATS:
            if name != "geojson":
                format_button(view, atlas, name, key=f"shown:{name}")
        st.download_button(
            f"{text.message('Map as one file', view.lang)} ↓",
            data=lambda: onefile.page(live.atlas(), view, store.find()),
            file_name=onefile.file_name(view.lang),
            mime="text/html",
            help=text.message("a page that opens without a network, with every day", view.lang),
            on_click="ignore",
            type="tertiary",
            key="shown:map",
        )


def format_button(view: View, atlas: Atlas, name: str, *, key: str) -> None:
    """Offer what is shown in a format."""
    _button(view, atlas, name, key=key, told=FORMATS[name].purpose, type_="tertiary")


def _button(
    view: View,
    atlas: Atlas,
    name: str,
    *,
    key: str,
    told: str,
    type_: Literal["secondary", "tertiary"] = "secondary",
) -> None:
    format_ = FORMATS[name]
    features = view.shown(atlas)
    st.download_button(
        f"{format_.title} ↓",
        data=lambda: content(view, atlas, name),
        file_name=format_.file_name,
        mime=format_.media_type,
        help=text.message(told, view.lang),
        on_click="ignore",
        disabled=not features,
        type=type_,
        key=key,
    )


def content(view: View, atlas: Atlas, name: str) -> bytes:
    """Write what is shown in a format, as `geo export` does with the same options."""
    return export_bytes(atlas, view.shown(atlas), name, worldview=view.worldview, as_of=view.as_of)
