"""Page "Data & method": what the map rests on in numbers, how it decides, and files to take."""

import re
from collections.abc import Iterable

import streamlit as st

from geo import live, store, text
from geo.export import FORMATS
from geo.model import Atlas
from geo.pages import boundaries
from geo.report import Placed, Report, report
from geo.ui.panels.answers import answers_section
from geo.ui.panels.bars import Bar, bars
from geo.ui.panels.buttons import feature_button
from geo.ui.panels.download import format_button
from geo.ui.plain import plain
from geo.view import View
from geo.vocab import Evidence, LocationMethod, Status, Term

_LINES = re.compile(r"^## Lines to copy\n(.*?)^## ", re.MULTILINE | re.DOTALL)


def method_page(view: View, known: Atlas, today: Atlas) -> None:
    """Draw the page."""
    lang = view.lang
    with st.container(key="document"):
        st.header(text.message("Data & method", lang), anchor=False)
        answers = st.container(key="answers")
        found = report(known, lang)
        _numbers(found, known, lang)
        _places(found, lang)
        _oldest(found, known, today, lang)
        _decided(lang)
        _boundaries(lang)
        _files(view, known, lang)
        with answers:  # reckoned last, so that nothing waits for it
            answers_section(view)


def _numbers(found: Report, atlas: Atlas, lang: str) -> None:
    words = text.message(
        "{things} things, {unplaced} of them without a place; {claims} claims, {quoted} of them "
        "with the article’s own words; {sources} sources in {stories} stories; {searched}.",
        lang,
    )
    st.text(
        words.format(
            things=found.things,
            unplaced=found.unplaced,
            claims=found.claims,
            quoted=found.quoted_claims,
            sources=found.sources,
            stories=found.stories,
            searched=text.searched(atlas, lang),
        )
    )
    single = text.message(
        "One article alone speaks for {pct} % of the things. Sources disagree openly in {n} cases.",
        lang,
    )
    st.text(
        single.format(pct=text.number(found.single_article_pct, lang), n=found.open_disagreements)
    )
    head = text.message("Evidence", lang)
    rows = [
        Bar(text.message(one.label, lang), n, text.message(one.meaning, lang))
        for one, n in found.things_by_evidence.items()
    ]
    heads = [head, text.message("Things", lang)]
    bars(text.message("Things by the evidence for their status", lang), heads, rows)
    used = [Bar(text.message(one.label, lang), n) for one, n in found.claims_by_evidence.items()]
    heads = [head, text.message("Claims", lang)]
    bars(text.message("Claims in use by their evidence", lang), heads, used)
    unfit = [
        Bar(text.message(one.label, lang), n) for one, n in found.disagreements_by_kind.items()
    ]
    heads = [text.message("Kind", lang), text.message("Cases", lang)]
    bars(text.message("Disagreements, open and settled", lang), heads, unfit)


def _places(found: Report, lang: str) -> None:
    rows = [
        Bar(
            text.sentence(text.message(one.method.label, lang)).removesuffix("."),
            one.features,
            text.message(one.method.meaning, lang),
            _error(one, lang),
        )
        for one in found.placed
    ]
    heads = [
        text.message("How it was made", lang),
        text.message("Geometries", lang),
        text.message("Likely error: median, largest", lang),
    ]
    bars(text.message("Places and lines", lang), heads, rows)


def _error(placed: Placed, lang: str) -> str:
    if placed.error_m is None:
        return text.message("a diagram has none", lang)
    return text.listed((text.distance(error, lang) for error in placed.error_m), lang)


def _oldest(found: Report, known: Atlas, today: Atlas, lang: str) -> None:
    st.subheader(text.message("Oldest evidence", lang), anchor=False)
    st.text(
        text.message("Things whose newest report is oldest; they may have changed since.", lang)
    )
    for one in found.oldest:
        with st.container(horizontal=True, vertical_alignment="center", key=f"aged-{one.feature}"):
            feature_button(known.features[one.feature], f"aged:{one.feature}", today)
            st.text(text.day(one.newest, lang))


def _decided(lang: str) -> None:
    st.subheader(text.message("How a status is decided", lang), anchor=False)
    st.text(
        text.message(
            "The first four need a document of an official body or an operator, or two separate "
            "stories. What fewer say is “only claimed”, and the article’s own word is kept beside "
            "it. A proposal may rest on its proposer’s own release.",
            lang,
        )
    )
    _meanings(Status, lang)
    st.subheader(text.message("How well a value is supported", lang), anchor=False)
    st.text(
        text.message(
            "Worked out by program from the stories behind a value, never entered by hand. Texts "
            "that retell one release or one report are one story.",
            lang,
        )
    )
    _meanings(Evidence, lang)
    st.subheader(text.message("What a place or a line is", lang), anchor=False)
    st.text(
        text.message(
            "A place that is unknown is not drawn; the thing is listed all the same. A likely "
            "error is our estimate.",
            lang,
        )
    )
    _meanings(LocationMethod, lang)


def _boundaries(lang: str) -> None:
    st.subheader(text.message("Boundaries", lang), anchor=False)
    for words in boundaries.paragraphs(lang):
        st.text(words)
    _meanings(live.worldviews(), lang)
    st.text(text.message("What the law asks", lang))
    st.markdown("\n".join(f"- {plain(one)}" for one in boundaries.laws(lang)))
    st.text(text.message(boundaries.CLEARANCE, lang))


def _meanings(terms: Iterable[Term], lang: str) -> None:
    lines = [
        f"- **{plain(text.message(one.label, lang))}**: {plain(text.message(one.meaning, lang))}"
        for one in terms
    ]
    st.markdown("\n".join(lines))


def _files(view: View, known: Atlas, lang: str) -> None:
    st.subheader(text.message("Files", lang), anchor=False)
    everything = View(
        layers=tuple(layer.id for layer in known.layers),
        worldview=view.worldview,
        lang=lang,
        as_of=view.as_of,
    )
    scope = st.segmented_control(
        text.message("What the files hold", lang),
        ["shown", "everything"],
        default="everything",
        required=True,
        format_func=lambda one: text.message(
            "What the map shows" if one == "shown" else "Everything", lang
        ),
        key="files",
    )
    chosen = view if scope == "shown" else everything
    for name, format_ in FORMATS.items():
        with st.container(horizontal=True, vertical_alignment="center", key=f"file-{name}"):
            format_button(chosen, known, name, key=f"{scope}:{name}")
            st.text(text.message(format_.purpose, lang))
    found = _LINES.search(store.document("docs/formats.md"))
    if found:
        with st.expander(text.message("Lines to copy", lang), key="lines"):
            st.markdown(found[1])
    st.text(text.boundary_note(view.worldview, lang))
