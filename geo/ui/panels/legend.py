"""The list of layers: what each looks like, how far it has come, and whether it is shown."""

import streamlit as st

from geo import text
from geo.maps import live
from geo.maps.keys import KEY, layer_swatch
from geo.maps.payload import has_place, status_words
from geo.model import Atlas, Layer
from geo.ui import state
from geo.ui.plain import plain
from geo.vocab import Worldview


def legend(atlas: Atlas) -> None:
    """Draw the switches, the key and the choice of boundaries."""
    for layer in atlas.layers:
        st.checkbox(_label(layer, atlas), key=state.layer_key(layer.id))
    _without_place(atlas)
    with st.container(key="key", gap=None):
        st.markdown("  \n".join(f"{_picture(name)} {text.message(words)}" for name, words in KEY))
    st.selectbox(
        text.message("Boundaries"),
        live.worldviews(),
        format_func=_view_label,
        key=state.WORLDVIEW,
    )


def _label(layer: Layer, atlas: Atlas) -> str:
    words = status_words(layer, atlas)
    title = f"**{plain(layer.title)}**"
    return f"{_picture(layer_swatch(layer, atlas))} {title}" + (
        f" · {plain(words)}" if words else ""
    )


def _picture(name: str) -> str:
    # A path without a slash before it holds under a base path as well.
    return f"![](atlas/swatch/{name}.svg)"


def _without_place(atlas: Atlas) -> None:
    """List what is shown and has no place on the map, so that it can be opened all the same."""
    view = state.chosen_view(atlas)
    missing = [one for one in view.shown(atlas) if one.is_thing and not has_place(one, atlas)]
    if not missing:
        return
    label = text.message("{n} without a place on the map").format(n=len(missing))
    with st.expander(label, key="without-place"):
        for feature in missing:
            st.button(
                plain(feature.properties.name),
                key=f"open:{feature.id}",
                type="tertiary",
                on_click=state.choose_feature,
                args=(feature.id,),
            )


def _view_label(view: Worldview) -> str:
    return text.message(view.label)
