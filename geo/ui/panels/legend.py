"""The list of layers: what each looks like, how far it has come, and whether it is shown."""

from collections.abc import Mapping
from functools import cache

import streamlit as st

from geo import live, render, text
from geo.maps.keys import KEY, layer_swatch, swatch_address
from geo.maps.payload import status_words
from geo.model import Atlas, Layer
from geo.ui import own, state
from geo.ui.panels.filters import counts, filters
from geo.ui.panels.languages import languages
from geo.ui.panels.own import own_layers
from geo.ui.plain import plain
from geo.view import View


def legend(view: View, known: Atlas, today: Atlas, seen: own.Seen) -> None:
    """
    Draw the switches, what they show, the filters and the key.

    Parameters
    ----------
    known, today
        What was known on the view's day, and what is known today.
    seen
        What there was of brought layers when the map was drawn.
    """
    for id_, label in _labels(known, view.lang).items():
        st.checkbox(label, key=state.layer_key(id_))
    own_layers(view.lang, seen)
    counts(view, known, today)
    filters(view, today)
    st.html(_key(view.lang))
    languages(view.lang)


def swatches(atlas: Atlas) -> str:
    """Write the styles that put a layer's picture beside its switch."""
    pictures = {one.id: name for one in atlas.layers if (name := layer_swatch(one, atlas))}
    return render.render("swatches.css.jinja", pictures=pictures, address=swatch_address)


@live.remembered
def _labels(atlas: Atlas, lang: str) -> Mapping[str, str]:
    return {layer.id: _label(layer, atlas, lang) for layer in atlas.layers}


def _label(layer: Layer, atlas: Atlas, lang: str) -> str:
    words = status_words(layer, atlas, lang)
    if not layer.features:
        words = text.message("not yet in our sources", lang)
    # A line each, told apart by the style sheet: Markdown in a label is read out with its marks.
    return "\n".join(plain(line) for line in (text.titled(layer, lang), words) if line)


@cache
def _key(lang: str) -> str:
    rows = [(swatch_address(name), text.message(meaning, lang)) for name, meaning in KEY]
    return render.render("key.html.jinja", rows=rows)
