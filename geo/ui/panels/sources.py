"""Page "Sources": what the map rests on, source by source, and where sources do not fit together."""

from collections import Counter

import pandas as pd
import streamlit as st

from geo import text
from geo.coverage import claims_of
from geo.disagreements import Disagreement
from geo.model import Atlas, Source
from geo.pages.sources import FACTS
from geo.report import report
from geo.search import fold
from geo.ui import state
from geo.ui.panels.buttons import feature_button, source_button
from geo.ui.panels.source import one_source
from geo.ui.plain import plain
from geo.view import View
from geo.vocab import DisagreementKind, SourceKind

_TABLE, _IDS = "source-table", "source-ids"
_ROW, _HEAD, _HIGHEST = 35, 38, 700


def sources_page(view: View, known: Atlas, today: Atlas) -> None:
    """Draw the list of sources, or the one that is opened."""
    lang = view.lang
    with st.container(key="document"):
        if view.source is not None:
            if view.source in known.sources:
                one_source(known.sources[view.source], known, today, lang)
            else:
                st.text(text.message("This source had not appeared on that day.", lang))
            return
        st.header(text.message("Sources", lang), anchor=False)
        numbers = report(known, lang)
        words = text.message(
            "{sources} sources tell {stories} stories. Texts of one release or one report are one "
            "story and count once. There are no grades: four facts about each article can be "
            "checked. Choose a row to open a source.",
            lang,
        )
        st.text(words.format(sources=numbers.sources, stories=numbers.stories))
        all_sources, told, unfit = st.tabs(
            [
                text.message("All sources", lang),
                text.message("Stories told more than once", lang),
                text.message("Where sources disagree ({n} open)", lang).format(
                    n=numbers.open_disagreements
                ),
            ],
            key="source-tabs",
        )
        with all_sources:
            _all(known, lang)
        with told:
            _stories(known, lang)
        with unfit:
            _disagreements(numbers.disagreements, known, today, lang)


def frame(sources: list[Source], atlas: Atlas, lang: str = "en") -> pd.DataFrame:
    """Give a row for each source, by id, texts of one story beside each other."""
    n_texts = Counter(source.story for source in atlas.sources.values())
    rows = []
    for source in sources:
        claims = list(claims_of(source, atlas))
        facts = {
            text.message(yes, lang): getattr(source.facts, name) if source.facts else None
            for name, (yes, _) in FACTS.items()
        }
        rows.append(
            {
                text.message("Publisher", lang): source.publisher,
                text.message("Title", lang): source.title,
                text.message("Date", lang): source.published or text.message("undated", lang),
                text.message("Kind", lang): text.message(source.kind.label, lang),
                **facts,
                text.message("Claims", lang): len(claims),
                text.message("Things", lang): len({feature.id for feature, _ in claims}),
                text.message("Texts of its story", lang): n_texts[source.story],
                text.message("What was read", lang): text.read_state(source, lang),
            }
        )
    return pd.DataFrame(rows, index=[one.id for one in sources])


def by_story(atlas: Atlas) -> list[Source]:
    """Put texts of one story beside each other: first those of the five, then the most used."""
    told = {id_: len(list(claims_of(source, atlas))) for id_, source in atlas.sources.items()}
    rank: dict[str, tuple[bool, int]] = {}
    for source in atlas.sources.values():
        is_seed, n_claims = rank.get(source.story, (False, 0))
        rank[source.story] = (is_seed or source.seed, n_claims + told[source.id])

    def place(source: Source) -> tuple[bool, int, str, bool, str]:
        is_seed, n_claims = rank[source.story]
        return (not is_seed, -n_claims, source.story, not source.seed, source.id)

    return sorted(atlas.sources.values(), key=place)


def _all(atlas: Atlas, lang: str) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom", key="source-filters"):
        words = st.text_input(
            text.message("Publisher or title", lang), key="source-words", type="search", width=260
        )
        kinds = st.pills(
            text.message("Kind", lang),
            [kind for kind in SourceKind if any(s.kind is kind for s in atlas.sources.values())],
            selection_mode="multi",
            format_func=lambda one: text.message(one.label, lang),
            key="source-kinds",
        )
        wanted = st.pills(
            text.message("Only where", lang),
            list(FACTS),
            selection_mode="multi",
            format_func=lambda name: text.message(FACTS[name][0], lang),
            key="source-facts",
        )
        seeds = st.toggle(text.message("The five articles", lang), key="source-seeds")
    found = [
        source
        for source in by_story(atlas)
        if fold(words or "") in fold(f"{source.publisher} {source.title or ''} {source.id}")
        and (not kinds or source.kind in kinds)
        and all(source.facts is not None and getattr(source.facts, name) for name in wanted)
        and (source.seed or not seeds)
    ]
    st.session_state[_IDS] = [one.id for one in found]
    st.text(text.message("{n} sources", lang).format(n=len(found)))
    st.dataframe(
        frame(found, atlas, lang),
        hide_index=True,
        height=min(_HEAD + _ROW * max(len(found), 1), _HIGHEST),
        placeholder="",
        column_config={text.message("Title", lang): st.column_config.Column(width=320)},
        on_select=_opened,
        selection_mode="single-row",
        key=_TABLE,
    )


def _opened() -> None:
    rows = st.session_state[_TABLE]["selection"]["rows"]
    ids = st.session_state[_IDS]
    if rows and rows[0] < len(ids):
        state.open_source(ids[rows[0]])


def _stories(atlas: Atlas, lang: str) -> None:
    """List the stories that several texts tell: as evidence each is one."""
    told: dict[str, list[Source]] = {}
    for source in atlas.sources.values():
        told.setdefault(source.story, []).append(source)
    for story, sources in sorted(told.items(), key=lambda one: (-len(one[1]), one[0])):
        if len(sources) < 2:  # noqa: PLR2004 - told more than once
            continue
        release = next((one.release_by for one in sources if one.release_by), None)
        with st.container(border=True, key=f"story-{story}", gap=None):
            words = text.message("{n} texts, counted once", lang).format(n=len(sources))
            by = text.message("a release of {body}", lang).format(body=release) if release else ""
            st.markdown(f"**{plain(words)}**" + (f" · {plain(by)}" if by else ""))
            for source in sources:
                line = f"{text.source_line(source, lang)}: {source.title or source.id}"
                source_button(source, line, f"story:{source.id}")


def _disagreements(found: tuple[Disagreement, ...], known: Atlas, today: Atlas, lang: str) -> None:
    kinds = st.pills(
        text.message("Kind of disagreement", lang),
        [kind for kind in DisagreementKind if any(one.kind is kind for one in found)],
        selection_mode="multi",
        format_func=lambda one: text.message(one.label, lang),
        key="disagreement-kinds",
    )
    for label, is_open in ((text.mark("Open"), True), (text.mark("Settled"), False)):
        listed = [
            (number, one)
            for number, one in enumerate(found)
            if one.is_open is is_open and (not kinds or one.kind in kinds)
        ]
        st.subheader(f"{text.message(label, lang)}: {len(listed)}", anchor=False)
        for number, one in listed:
            _disagreement(one, number, known, today, lang)


def _disagreement(one: Disagreement, number: int, known: Atlas, today: Atlas, lang: str) -> None:
    with st.container(border=True, key=f"disagreement-{number}", gap=None):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            feature_button(known.features[one.feature], f"unfit:{number}", today)
            st.markdown(f":small[:gray[{plain(text.message(one.kind.label, lang))}]]")
        lines = [plain(one.explanation)]
        if one.resolution:
            settled = text.message("Settled", lang)
            lines.append(f"**{settled}:** {plain(one.resolution)}")
        elif one.reason:
            why = text.message("Why the other is not used", lang)
            lines.append(f":gray[{why}: {plain(one.reason)}]")
        st.markdown("  \n".join(lines))
        settler = known.sources.get(one.settled_by or "")
        if settler is not None:
            by = text.message("Settled by {source}", lang)
            source_button(
                settler, by.format(source=text.source_line(settler, lang)), f"settler:{number}"
            )
