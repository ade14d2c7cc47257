"""More filters: by status, evidence, source and disagreement, the day, and the boundaries."""

from collections.abc import Sequence

import streamlit as st

from geo import live, text
from geo.maps.payload import has_place
from geo.model import Atlas, Source
from geo.ui import state
from geo.ui.panels.buttons import feature_button
from geo.view import View
from geo.vocab import Evidence, Status, Term, Worldview

#: Letters of a source in the list to choose from.
_SOURCE = 90


def counts(view: View, atlas: Atlas, today: Atlas) -> None:
    """Say how many things are shown, list those without a place, and let go of the filters."""
    things = [one for one in view.shown(atlas) if one.is_thing]
    unplaced = [one for one in things if not has_place(one, atlas)]
    told = counted(len(things), len(unplaced), view.lang)
    with st.container(key="counts", gap=None):
        if unplaced:
            place = st.expander(told, key=state.WITHOUT_PLACE, on_change="rerun")
            with place:
                for feature in unplaced if place.open else ():  # what nobody looks at is not sent
                    feature_button(feature, f"open:{feature.id}", today)
        else:
            st.text(told)
        filters_on = state.n_filters(view)
        if filters_on:
            st.button(
                text.message("Take off the filters ({n})", view.lang).format(n=filters_on),
                key="take-off",
                type="tertiary",
                on_click=state.take_off_filters,
                args=(today,),
            )


def counted(n_things: int, n_unplaced: int, lang: str = "en") -> str:
    """
    Say how many things are shown.

    Examples
    --------
    >>> counted(12, 4), counted(1, 0), counted(0, 0)
    ('12 things shown, 4 without a place', '1 thing shown', 'Nothing is shown')
    """
    if not n_things:
        return text.message("Nothing is shown", lang)
    shown = text.counted("{n} thing shown", "{n} things shown", n_things, lang)
    if not n_unplaced:
        return shown
    return f"{shown}, {text.message('{n} without a place', lang).format(n=n_unplaced)}"


def filters(view: View, today: Atlas) -> None:
    """
    Draw the filters.

    Parameters
    ----------
    today
        All that is known today: a choice of what was known on no day would offer less and less.
    """
    lang = view.lang
    place = st.expander(text.message("More filters", lang), key=state.FILTERS, on_change="rerun")
    if not place.open:
        return  # what nobody looks at is not sent
    with place:
        things = [one.properties for one in today.features.values() if one.is_thing]
        statuses = {one.status for one in things} | set(view.status)
        classes = {one.evidence for one in things} | set(view.evidence)
        _terms(text.mark("Status"), state.STATUS, [one for one in Status if one in statuses], lang)
        _terms(
            text.mark("Evidence"), state.EVIDENCE, [one for one in Evidence if one in classes], lang
        )
        st.selectbox(
            text.message("Source", lang),
            [source.id for source in cited(today)],
            format_func=lambda id_: source_name(today.sources[id_], lang),
            placeholder=text.message("Any source", lang),
            key=state.SOURCE,
        )
        st.toggle(text.message("Only where sources disagree", lang), key=state.DISAGREE)
        first, last = live.days(today)
        st.date_input(
            text.message("As known on", lang),
            min_value=first,
            max_value=last,
            format="YYYY-MM-DD",
            help=text.message(
                "Everything is shown as it was known on that day. Empty: today, with sources "
                "searched to {date}.",
                lang,
            ).format(date=text.day(today.searched_to, lang)),
            key=state.AS_OF,
        )
        st.selectbox(
            text.message("Boundaries", lang),
            live.worldviews(),
            format_func=lambda one: _label(one, lang),
            key=state.WORLDVIEW,
        )


def day_notice(view: View, today: Atlas) -> None:
    """Say that the page shows another day than today, and lead back."""
    if view.as_of is None:
        return
    with st.container(key="day", horizontal=True, vertical_alignment="center", gap="small"):
        st.text(text.as_known(view.as_of, view.lang))
        st.button(
            text.message("Show what is known today", view.lang),
            key="today",
            type="tertiary",
            on_click=state.back_to_today,
            args=(today,),
        )


def cited(atlas: Atlas) -> list[Source]:
    """Sources of which some feature speaks, by publisher and title."""
    ids = {
        claim.source for feature in atlas.features.values() for claim in feature.properties.claims
    }
    found = [source for source in atlas.sources.values() if source.id in ids]
    return sorted(found, key=lambda one: (one.publisher.casefold(), one.title or "", one.id))


def source_name(source: Source, lang: str = "en") -> str:
    """Name a source in one line: publisher, date, and the beginning of its title."""
    words = f"{text.source_line(source, lang)}: {source.title}"
    named = words if source.title else text.source_line(source, lang)
    return named if len(named) <= _SOURCE else f"{named[: _SOURCE - 1].rstrip()}…"


def _terms(label: str, key: str, terms: Sequence[Term], lang: str) -> None:
    st.pills(
        text.message(label, lang),
        terms,
        selection_mode="multi",
        format_func=lambda one: _label(one, lang),
        key=key,
    )


def _label(term: Term | Worldview, lang: str) -> str:
    return text.message(term.label, lang)
