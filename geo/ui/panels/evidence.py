"""Everything the sources say of the chosen feature, beside the map."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path

import streamlit as st

from geo import __version__, disagreements, extras, text
from geo.card import Card, card
from geo.cite import citation
from geo.disagreements import Disagreement
from geo.model import Atlas, Claim, Feature
from geo.pages import content, sources
from geo.pages.content import Entry, Said, Topic
from geo.pages.links import Links, served
from geo.pages.sources import Listed
from geo.public import public_url
from geo.ui import state
from geo.ui.plain import link, plain
from geo.view import View
from geo.vocab import DisagreementKind, Rank

KEY = "evidence"
_STYLE = Path(__file__).parent.parent / "evidence.css"
#: A feature with no more topics than this shows all of them open.
_FEW = 6
#: Letters of a value in the heading of its topic.
_HEADING = 48


def evidence_panel(feature: Feature, atlas: Atlas, view: View) -> None:
    """Draw the panel of a feature that is chosen."""
    lang = view.lang
    told = card(feature, atlas, lang)
    numbers = sources.order(feature)
    listed = sources.listed(numbers, atlas, lang)
    topics = content.topics(feature, atlas, numbers, lang)
    with st.container(key=KEY, gap="small"):
        st.html(_STYLE)
        links = served(lang, view.as_of)
        _head(told, links, lang)
        history = content.history(feature, numbers, lang)
        if len(history) > 1:
            _titled("History", (_step(step, listed) for step in history), lang, key="history")
        _disagreements(feature, atlas, lang)
        _claims(feature, topics, listed, lang)
        _titled("Not known from any source", map(plain, told.unknown), lang, key="unknown")
        _place(feature, told, atlas, lang)
        _sources(feature, listed, links, lang)
        st.markdown(_heading(text.mark("Cite"), lang))
        url = public_url(f"f/{feature.id}")
        st.code(
            citation(feature, atlas, __version__, url=url, lang=lang),
            language=None,
            wrap_lines=True,
        )


def _head(told: Card, links: Links, lang: str) -> None:
    """Name it, say how far it has come and how well that is known, and lead on."""
    with st.container(key=f"{KEY}-head", horizontal=True, vertical_alignment="top"):
        st.markdown(f":small[:gray[{plain(told.kind)}]]  \n**{plain(told.name)}**")
        st.button(
            text.message("Close", lang),
            key=f"{KEY}-close",
            type="tertiary",
            on_click=state.choose_feature,
            args=(None,),
        )
    lines = []
    if told.status:
        known = (told.status.since, told.status.latest, told.status.silence)
        rest = " · ".join(plain(words) for words in known if words)
        lines.append(f"**{plain(told.status.label)}** · {rest}")
    if told.evidence:
        lines.append(plain(told.evidence.label))
    if told.summary:
        lines.append(plain(told.summary))
    # Paths without a slash before them hold under a base path as well.
    page = f"f/{told.id}"
    sentence = text.message(
        "Read this sentence in the article"
        if told.words and told.words.quote
        else "Open the source",
        lang,
    )
    ways = [
        *([link(sentence, told.source.url)] if told.source and told.source.url else []),
        f"[{text.message('Page', lang)}]({page}{links.ending})",
        f"[GeoJSON]({page}.geojson{links.of_day})",
        *([_brief(told.id, links, lang)] if extras.sets_type() else []),
    ]
    st.markdown("\n\n".join([*lines, " · ".join(ways)]))


def _brief(feature_id: str, links: Links, lang: str) -> str:
    return f"[{text.message('Brief (PDF)', lang)}](brief/{feature_id}.pdf{links.ending})"


def _disagreements(feature: Feature, atlas: Atlas, lang: str) -> None:
    """Say where sources do not fit together; what is settled, and what counts once, is closed."""
    found = disagreements.of_feature(feature, atlas, lang)
    against = [one for one in found if one.kind is not DisagreementKind.STORY]
    retold = [one for one in found if one.kind is DisagreementKind.STORY]
    unsettled = [one for one in against if one.is_open]
    settled = [one for one in against if not one.is_open]
    if against:
        count = text.message("{n} open, {settled} settled", lang)
        badge = count.format(n=len(unsettled), settled=len(settled))
        title = f"{_heading(text.mark('Where sources disagree'), lang)} :orange-badge[{badge}]"
        st.markdown("\n\n".join([title, _differences(unsettled, lang)]))
    for words, ones in (
        (text.mark("Settled: why the map takes one value"), settled),
        (text.mark("Told more than once, counted once"), retold),
    ):
        if ones:
            label = f"{text.message(words, lang)} ({len(ones)})"
            key = f"{feature.id}-{'settled' if ones is settled else 'retold'}"
            _section(label, key, partial(_differences, ones, lang))


def _differences(ones: Iterable[Disagreement], lang: str) -> str:
    return _listing(_difference(one, lang) for one in ones)


def _difference(one: Disagreement, lang: str) -> str:
    if one.kind is DisagreementKind.STORY:
        return plain(one.explanation)
    why = one.reason if one.is_open else one.resolution
    label = text.message("Open" if one.is_open else "Settled", lang)
    return f"{plain(one.explanation)} :gray[{label}{f': {plain(why)}' if why else ''}]"


def _claims(
    feature: Feature, topics: tuple[Topic, ...], listed: tuple[Listed, ...], lang: str
) -> None:
    """Draw an expander a property; its cards are sent when it is opened."""
    words = text.message("{n} claims, by property; the value the map states comes first.", lang)
    words = words.format(n=len(feature.properties.claims))
    st.markdown(f"{_heading(text.mark('What the sources say'), lang)}\n\n:small[:gray[{words}]]")
    for number, topic in enumerate(topics):
        opened = number == 0 or len(topics) <= _FEW
        _section(
            _topic(topic, lang),
            f"{feature.id}:{topic.property}",
            partial(_topic_cards, topic, listed, lang),
            expanded=opened,
        )


def _topic_cards(topic: Topic, listed: tuple[Listed, ...], lang: str) -> str:
    return "\n\n".join(_said(one, listed, lang) for one in topic.said)


def _topic(topic: Topic, lang: str) -> str:
    first = topic.said[0]
    value = first.value if first.rank is Rank.PREFERRED else text.message("no value chosen", lang)
    if len(value) > _HEADING:
        value = f"{value[: _HEADING - 1].rstrip()}…"
    n = sum(len(one.entries) for one in topic.said)
    count = f" :gray[({n})]" if n > 1 else ""
    badge = topic.inconsistent or (
        text.message("sources disagree", lang) if topic.disagree else None
    )
    return f"**{plain(topic.label)}** · {plain(value)}{count}" + (
        f" :orange-badge[{plain(badge)}]" if badge else ""
    )


def _said(said: Said, listed: tuple[Listed, ...], lang: str) -> str:
    """Write a value and a card for each who says so."""
    chosen = said.rank is Rank.PREFERRED
    value = f"**{plain(said.value)}**" if chosen else plain(said.value)
    after = f" ({plain(said.period)})" if said.period else ""
    not_chosen = text.message("not chosen", lang)
    state_words = "" if chosen else f" :orange-badge[{plain(said.state or not_chosen)}]"
    reason = f" {plain(said.reason)}" if said.reason else ""
    cards = "\n\n".join(
        "\n".join(f"> {line}  " for line in _entry(one, listed, lang)) for one in said.entries
    )
    return f"{value}{after}{state_words}{reason}\n\n{cards}"


def _entry(entry: Entry, listed: tuple[Listed, ...], lang: str) -> Iterator[str]:
    """Give the lines of a claim's card."""
    source, claim = listed[entry.n - 1], entry.claim
    if claim.quote:
        yield _in_context(claim)
    elif claim.says:
        yield f":gray[{text.message('In our words', lang)}:] {plain(claim.says)}"
    as_of = entry.as_of and text.message("as of {date}", lang).format(date=entry.as_of)
    where = (claim.locator if not claim.quote else None, as_of)
    by = link(f"{entry.by}, {entry.date}", entry.url or source.url)
    yield " · ".join([by, *(plain(words) for words in where if words)])
    if source.facts:
        facts = text.listed((words for _, words in source.facts), lang)
        yield f":small[:gray[{plain(facts)}]]"
    if claim.attributed_to:
        words = text.message("The article credits {whom}.", lang).format(whom=claim.attributed_to)
        yield f":small[{plain(words)}]"
    if claim.inferred:
        label = text.message("Our inference", lang)
        yield f":small[:violet-badge[{label}] {plain(claim.inferred)}]"
    if entry.copied_from:
        words = f"{text.message('Copied from', lang)} {listed[entry.copied_from - 1].publisher}"
        yield f":small[{plain(words)}]"
    if entry.settled_by:
        words = f"{text.message('Settled by', lang)} {listed[entry.settled_by - 1].publisher}"
        yield f":small[{plain(words)}]"
    if entry.reason:
        yield f":small[{text.message('Not chosen', lang)}: {plain(entry.reason)}]"


def _in_context(claim: Claim) -> str:
    """Write a quote between the dimmed words around it."""
    before, after = claim.prefix or "", claim.suffix or ""
    return "".join(
        [
            f":gray[…{plain(before)}]" if before.strip() else "",
            " " if before[-1:].isspace() else "",
            f"“{plain(claim.quote or '')}”",
            " " if after[:1].isspace() else "",
            f":gray[{plain(after)}…]" if after.strip() else "",
        ]
    )


def _step(step: content.Step, listed: tuple[Listed, ...]) -> str:
    by = listed[step.n - 1].publisher
    return f"**{plain(step.date)}** {plain(step.words)} :small[:gray[{plain(by)}]]"


def _place(feature: Feature, told: Card, atlas: Atlas, lang: str) -> None:
    """Say what the drawn geometry is, for a route part by part."""
    words = [
        text.sentence(told.geometry, lang),
        *([told.location_note] if told.location_note else []),
    ]
    st.markdown(
        f"{_heading(text.mark('What is drawn'), lang)}\n\n"
        + "  \n".join(plain(one) for one in words)
    )
    if parts := content.parts(feature, atlas, lang):
        label = text.message("Part by part", lang)
        _section(
            label, f"{feature.id}-parts", lambda: "\n\n".join(_group(one, lang) for one in parts)
        )


def _group(group: content.Parts, lang: str) -> str:
    lines = [f"{plain(text.sentence(group.geometry, lang))} {plain(group.meaning)}"]
    for part in group.parts:
        told = ": ".join([part.name, *(["; ".join(part.words)] if part.words else [])])
        lines.append(f"- {plain(told)}" + (f". {plain(part.note)}" if part.note else ""))
    return "\n".join(lines) + (f"\n\n{plain(group.note)}" if group.note else "")


def _sources(feature: Feature, listed: tuple[Listed, ...], links: Links, lang: str) -> None:
    label = text.message("Sources ({n})", lang).format(n=len(listed))
    _section(
        label,
        f"{feature.id}-sources",
        lambda: "\n".join(
            f"1. {link(one.title or text.message('title unknown', lang), one.url)}, "
            f"[{plain(one.publisher)}](s/{one.id}{links.ending}), {plain(one.date)} "
            f":small[:gray[{plain('; '.join(one.about(None)))}]]"
            for one in listed
        ),
    )


def _section(label: str, key: str, body: Callable[[], str], *, expanded: bool = False) -> None:
    """Draw an expander; closed, it sends nothing but its heading."""
    section = st.expander(label, expanded=expanded, key=f"{KEY}:{key}", on_change="rerun")
    if section.open:
        section.markdown(body())


def _titled(title: str, lines: Iterable[str], lang: str, *, key: str) -> None:
    told = _listing(lines)
    if told:
        with st.container(key=f"{KEY}-{key}", gap=None):
            st.markdown(f"{_heading(title, lang)}\n\n{told}")


def _heading(title: str, lang: str) -> str:
    return f"**{text.message(title, lang)}**"


def _listing(lines: Iterable[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)
