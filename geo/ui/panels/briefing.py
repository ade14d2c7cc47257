"""Page "Briefing": what the map shows, or things by name, as pages to hand on."""

from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import streamlit as st

from geo import extras, store, text
from geo.briefing import pdf
from geo.briefing.forms import FORMS
from geo.briefing.make import make
from geo.briefing.model import Briefing, Length, Paper
from geo.errors import GeoError
from geo.model import Atlas
from geo.ui.plain import plain
from geo.view import LANGUAGE_NAMES, View

_MADE = "briefing-made"
#: So many pages are shown; a file holds all.
_PAGES = 4
_LENGTHS = {Length.BRIEF: text.mark("Two pages"), Length.FULL: text.mark("Everything")}
_PAPERS = {Paper.A4: text.mark("A4"), Paper.LETTER: text.mark("US Letter")}


@dataclass(frozen=True)
class _Order:
    """What is to be made."""

    view: View
    features: tuple[str, ...]
    length: Length
    paper: Paper


@dataclass(frozen=True)
class _Made:
    """A briefing, what it was made for, and its first pages as pictures."""

    order: _Order
    briefing: Briefing
    pages: tuple[bytes, ...]


def briefing_page(view: View, known: Atlas) -> None:
    """Draw the page."""
    lang = view.lang
    with st.container(key="document"):
        st.header(text.message("Briefing", lang), anchor=False)
        st.text(
            text.message(
                "A map, the key points and a table, with a footnote to a source for every "
                "statement: to print, to restyle in Word, or to cite from.",
                lang,
            )
        )
        if not extras.sets_type():
            st.info(text.message("Briefings are not set up on this server.", lang))
            return
        order = _order(view, known)
        made: _Made | None = st.session_state.get(_MADE)
        if st.button(text.message("Make the briefing", lang), key="briefing-make", type="primary"):
            made = st.session_state[_MADE] = _make(order, known, lang)
        if made is None:
            return
        if made.order != order:
            st.info(text.message("Something else is chosen now: make the briefing again.", lang))
            return
        _show(made, known, lang)


def _order(view: View, known: Atlas) -> _Order:
    """Ask what is wanted; the view of the map unless told otherwise."""
    lang = view.lang
    things = {one.id: one for layer in known.layers for one in layer.features if one.is_thing}
    with st.container(key="briefing-choice", gap="small"):
        named = st.multiselect(
            text.message("On", lang),
            list(things),
            default=[view.feature] if view.feature in things else [],
            format_func=lambda one: text.named(things[one], lang),
            placeholder=text.message("all that the map shows", lang),
            key="briefing-on",
        )
        with st.container(key="briefing-how", horizontal=True, gap="medium"):
            length = _one(text.message("Length", lang), _LENGTHS, "briefing-length", lang)
            paper = _one(text.message("Paper", lang), _PAPERS, "briefing-paper", lang)
            tongue = st.selectbox(
                text.message("Language", lang),
                list(LANGUAGE_NAMES),
                index=list(LANGUAGE_NAMES).index(lang),
                format_func=LANGUAGE_NAMES.__getitem__,
                key="briefing-language",
                width=160,
            )
    return _Order(
        replace(view, lang=tongue, feature=None, search=""),
        tuple(named),
        Length(length),
        Paper(paper),
    )


def _one(label: str, choices: dict[Any, str], key: str, lang: str) -> Any:  # noqa: ANN401 - a choice
    first, *_ = choices
    return st.segmented_control(
        label,
        list(choices),
        default=first,
        required=True,
        format_func=lambda one: text.message(choices[one], lang),
        key=key,
    )


def _make(order: _Order, known: Atlas, lang: str) -> _Made | None:
    with st.status(text.message("Gathering claims", lang)) as status:
        try:
            briefing = make(
                known,
                order.view,
                store.find(),
                features=order.features,
                length=order.length,
                paper=order.paper,
                report=lambda words: status.update(label=words),
            )
            status.update(label=text.message("Setting pages", lang))
            pages = pdf.pictures(briefing, order.paper, most=_PAGES)
        except GeoError as error:
            status.update(label=text.message("No briefing was made", lang), state="error")
            st.text(str(error))
            return None
        done = text.counted(
            "Made, with {n} note", "Made, with {n} notes", len(briefing.notes), lang
        )
        status.update(label=done, state="complete")
    return _Made(order, briefing, tuple(pages))


def _show(made: _Made, known: Atlas, lang: str) -> None:
    """Offer the files, and show the first pages."""
    name = made.order.features[0] if len(made.order.features) == 1 else "briefing"
    with st.container(key="briefing-files", horizontal=True, gap="small"):
        for ending, form in FORMS.items():
            st.download_button(
                f"{form.label} ↓",
                data=partial(form.write, made.briefing, made.order.paper, known),
                file_name=f"{name}.{ending}",
                mime=form.media_type,
                on_click="ignore",
                type="primary" if ending == "pdf" else "secondary",
                key=f"briefing:{ending}",
            )
    with st.container(key="briefing-pages"):
        for n, page in enumerate(made.pages, 1):
            caption = text.message("Page {n}", lang).format(n=n)
            title = plain(made.briefing.title)
            st.image(page, caption=f"{title} · {caption}", width="stretch")
