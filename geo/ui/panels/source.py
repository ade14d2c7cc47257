"""A source: what it is, what it retells, how much of it is on the map, and every claim from it."""

import os
from functools import lru_cache
from itertools import groupby
from pathlib import Path

import streamlit as st

from geo import evidence, store, text
from geo.coverage import coverage, reading_order
from geo.errors import GeoError
from geo.model import Atlas, Claim, Source
from geo.pages.links import served
from geo.pages.source import kin, share
from geo.pages.sources import facts
from geo.ui import state
from geo.ui.panels.bars import Bar, bars
from geo.ui.panels.buttons import feature_button, source_button
from geo.ui.plain import link, plain
from geo.vocab import Rank

#: Letters of an article shown on either side of a quote, where its text is at hand.
_AROUND = 160


def one_source(source: Source, known: Atlas, today: Atlas, lang: str) -> None:
    """Draw the page of a source."""
    st.button(
        text.message("← All sources", lang),
        key="all-sources",
        type="tertiary",
        on_click=state.open_source,
        args=(None,),
    )
    title = source.title or text.message("title unknown", lang)
    st.header(plain(title), anchor=False)
    st.markdown("  \n".join(_about(source, lang)))
    _facts(source, lang)
    _ways(source, today, lang)
    _kin(source, known, lang)
    if source.sentences:
        _coverage(source, known, lang)
    _claims(source, known, today, lang)


def _about(source: Source, lang: str) -> list[str]:
    first = [source.author, source.publisher, text.source_date(source, lang)]
    lines = [" · ".join(plain(words) for words in first if words)]
    lines.append(
        f"{plain(text.message(source.kind.label, lang))} · {plain(text.read_state(source, lang))}"
    )
    notes = [source.published_note, source.title_note, source.url_note, source.note]
    lines += [f":gray[{plain(text.sentence(note))}]" for note in notes if note]
    if source.credit:
        lines.append(plain(source.credit))
    return lines


def _facts(source: Source, lang: str) -> None:
    found = facts(source, lang)
    if not found:
        return
    st.subheader(text.message("Four facts to check", lang), anchor=False)
    st.markdown("\n".join(f"- {'✓' if is_so else '–'} {plain(words)}" for is_so, words in found))


def _ways(source: Source, today: Atlas, lang: str) -> None:
    with st.container(horizontal=True, key="source-ways"):
        if source.url:
            st.link_button(text.message("Open the source", lang), source.url)
        captures = evidence.captures_url(source)
        if captures:
            st.link_button(text.message("Look for older copies", lang), captures)
        # A path without a slash before it holds under a base path as well.
        ending = served(lang, state.current_view().as_of).ending
        st.link_button(text.message("Page", lang), f"s/{source.id}{ending}")
        st.button(
            text.message("Show on the map what it speaks of", lang),
            key="source-on-map",
            on_click=state.show_source_on_map,
            args=(source.id, today),
        )


def _kin(source: Source, atlas: Atlas, lang: str) -> None:
    """List what it retells and what retells it."""
    groups = kin(source, atlas, lang)
    if not (groups or source.release_by):
        return
    st.subheader(text.message("What it retells, and what retells it", lang), anchor=False)
    if source.release_by:
        words = text.message("It retells a release of {body}.", lang)
        st.markdown(plain(words.format(body=source.release_by)))
    for number, group in enumerate(groups):
        st.text(group.label)
        for one in group.sources:
            line = f"{text.source_line(one, lang)}: {one.title or one.id}"
            source_button(one, line, f"kin:{number}:{one.id}")


def _coverage(source: Source, atlas: Atlas, lang: str) -> None:
    st.subheader(text.message("How much of it is on the map", lang), anchor=False)
    found = coverage(source, atlas, _text_of(source))
    st.text(share(found, lang))
    rows = [Bar(text.message("On the map or in its list", lang), found.mapped)]
    rows += [
        Bar(text.message(reason.label, lang), number) for reason, number in found.left_out.items()
    ]
    heads = [text.message("What became of them", lang), text.message("Sentences", lang)]
    bars(text.message("Sentences of the article", lang), heads, rows)


def _claims(source: Source, known: Atlas, today: Atlas, lang: str) -> None:
    words = _text_of(source)
    ordered = reading_order(source, known, words)
    heading = text.message("What it says, in reading order: {n} claims", lang)
    st.subheader(heading.format(n=len(ordered)), anchor=False)
    for number, (feature, said) in enumerate(groupby(ordered, key=lambda one: one[0])):
        with st.container(border=True, key=f"said-{number}", gap=None):
            feature_button(feature, f"said:{number}", today)
            lines = [_claim(claim, source, words, lang) for _, claim in said]
            st.markdown("\n".join(f"- {line}" for line in lines))


def _claim(claim: Claim, source: Source, words: str | None, lang: str) -> str:
    states = f"{text.label_of(claim.property, lang)}: {text.claim_value(claim, lang)}"
    told = [f"**{plain(states)}**"]
    if claim.rank is not Rank.PREFERRED:
        told.append(f":gray[{plain(text.message(claim.rank.label, lang).lower())}]")
    if claim.quote:
        told.append(_quoted(claim, words))
        where = text.message("Read it in the article", lang)
        told.append(link(where, evidence.sentence_url(source, claim)))
    elif claim.says:
        said = text.message("In our words", lang)
        told.append(f"{said}: {plain(claim.says)}")
    if claim.locator:
        told.append(f":gray[{plain(claim.locator)}]")
    if claim.inferred:
        told.append(f":gray[{text.message('Our inference', lang)}: {plain(claim.inferred)}]")
    if claim.reason:
        told.append(f":gray[{plain(claim.reason)}]")
    return " · ".join(told)


def _quoted(claim: Claim, words: str | None) -> str:
    """Give a quote between its prefix and suffix, or in its passage where the text is at hand."""
    before, after = claim.prefix or "", claim.suffix or ""
    at = next(evidence.positions(words, claim), None) if words else None
    if words and at is not None:
        end = at + len(claim.quote or "")
        before = words[max(0, at - _AROUND) : at].partition(" ")[2]
        after = words[end : end + _AROUND].rpartition(" ")[0]
    told = f"“{plain(claim.quote or '')}”"
    if before.strip():
        told = f":gray[…{plain(before)}]{' ' * before[-1].isspace()}{told}"
    if after.strip():
        told = f"{told}{' ' * after[0].isspace()}:gray[{plain(after)}…]"
    return told


def _text_of(source: Source) -> str | None:
    """Give the full text of an article, where the operator has put it into a folder."""
    folder = os.environ.get("GEO_TEXTS")
    if not folder or source.text_sha256 is None:
        return None
    return _texts(folder).get(source.text_sha256)


@lru_cache(maxsize=1)
def _texts(folder: str) -> dict[str, str]:
    try:
        return store.read_texts(Path(folder))
    except GeoError:  # the page is for readers; `geo check --texts` tells the operator
        return {}
