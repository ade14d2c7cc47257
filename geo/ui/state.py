"""What the reader has chosen: in the page's address, and between reruns in the session."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

import streamlit as st

from geo import live
from geo.model import Atlas
from geo.ui import own
from geo.view import LANGUAGES, View, read_query, write_query
from geo.vocab import Worldview


class Page(StrEnum):
    """A page of the app; the bar leads to each."""

    MAP = "map"
    SOURCES = "sources"
    METHOD = "method"
    BRIEFING = "briefing"


class Tab(StrEnum):
    """What stands on the map's page."""

    MAP = "map"
    TABLE = "table"


_Named = TypeVar("_Named", bound=StrEnum)

#: Parameters of the address: of the map's script, of the page, and of what stands on the map's page.
MAP_PARAMETER, PAGE_PARAMETER, TAB_PARAMETER = "at", "page", "tab"

#: Parameter of the view that is written wherever it differs from what the browser asks for.
LANG = "lang"

#: Names of widgets in the session.
WORLDVIEW, SEARCH, AS_OF = "worldview", "search", "as-of"
STATUS, EVIDENCE, SOURCE = "only:status", "only:evidence", "only:source"
DISAGREE = "only:disagree"
#: Whether the filters are open, and the list of what has no place, and whether map or table is.
FILTERS, WITHOUT_PLACE, TABS = "filters", "without-place", "tabs"

#: Other names in the session: of the view and the page as they are, of what was last written to
#: the address, of what was wrong with it, and of the words whose result was taken.
_VIEW, _PAGE, _WRITTEN, _NOTICES, _FOUND = "view", "page", "written", "notices", "found"
_TAB = "tab"


def layer_key(layer_id: str) -> str:
    """Name of a layer's switch in the session."""
    return f"layer:{layer_id}"


def is_fresh() -> bool:
    """Whether the page has just been opened: nothing of it was drawn yet."""
    return _VIEW not in st.session_state


def adopt_address(atlas: Atlas) -> list[str]:
    """
    Take page and view of the address, where it is not the one this session wrote there itself.

    Parameters
    ----------
    atlas
        All that is known today; what a link names need not have been known on its day.

    Returns
    -------
    notices
        What was wrong with the address.
    """
    query = _own_query()
    if st.session_state.get(_WRITTEN) == query:
        _bring_back(atlas)
        return list(st.session_state.get(_NOTICES, ()))
    view, notices = read_query(query, atlas)
    view = _as_allowed(view, query, atlas, notices)
    if LANG not in query:
        view = replace(view, lang=browser_language())
    st.session_state[_PAGE] = _named(query, PAGE_PARAMETER, Page, notices) or _first_page(view)
    st.session_state[_TAB] = _named(query, TAB_PARAMETER, Tab, notices) or Tab.MAP
    st.session_state.pop(TABS, None)
    st.session_state[FILTERS] = has_filters(view)
    st.session_state[_VIEW] = view
    st.session_state[_NOTICES] = notices
    st.session_state[_FOUND] = None
    own.adopt(query, notices)
    _set_widgets(view, atlas)
    return notices


def _named(
    query: Mapping[str, str], name: str, known: type[_Named], notices: list[str]
) -> _Named | None:
    wanted = query.get(name)
    if wanted is None or wanted in set(known):
        return known(wanted) if wanted else None
    notices.append(
        f"The link’s {name}={wanted!r} is not known and is ignored. Known: {', '.join(known)}."
    )
    return None


def _as_allowed(view: View, query: Mapping[str, str], atlas: Atlas, notices: list[str]) -> View:
    """Take from a view what this deployment, or the time that was searched, does not allow."""
    allowed = live.worldviews()
    if view.worldview not in allowed:
        if WORLDVIEW in query:
            notices.append(f"The boundary view {view.worldview.label!r} is not shown here.")
        view = replace(view, worldview=allowed[0])
    if view.as_of is not None and (why := live.beyond(view.as_of, atlas)):
        notices.append(f"The link’s {why}, and is ignored.")
        view = replace(view, as_of=None)
    return view


def browser_language() -> str:
    """Give the language that the reader's browser asks for, where we speak it; else English."""
    wanted = (st.context.locale or "en").partition("-")[0].lower()
    return wanted if wanted in LANGUAGES else "en"


def choose_language(lang: str) -> None:
    """Speak another language from now on; for callbacks only."""
    st.session_state[_VIEW] = replace(current_view(), lang=lang)


def current_page() -> Page:
    """Give the page that is open."""
    return Page(st.session_state[_PAGE])


def current_view() -> View:
    """Give the view as it is."""
    view: View = st.session_state[_VIEW]
    return view


def chosen_view(atlas: Atlas) -> View:
    """
    Give the view the page's widgets and the map speak of.

    Parameters
    ----------
    atlas
        All that is known today.
    """
    # Streamlit forgets widgets that are not drawn, as those of closed filters are not.
    told = _values(current_view(), atlas) | dict(st.session_state.items())
    day = told[AS_OF]
    view = replace(
        current_view(),
        layers=tuple(layer.id for layer in atlas.layers if told[layer_key(layer.id)]),
        worldview=Worldview(told[WORLDVIEW]),
        status=tuple(told[STATUS] or ()),
        evidence=tuple(told[EVIDENCE] or ()),
        source=told[SOURCE],
        disagree=bool(told[DISAGREE]),
        as_of=day.isoformat() if day else None,
        search=told[SEARCH] or "",
    )
    known = {one.id for one in view.shown(live.atlas(view.as_of))}
    if view.feature not in known:
        view = replace(view, feature=None)
    st.session_state[_VIEW] = view
    return view


def choose_feature(feature_id: str | None) -> None:
    """Remember which feature is chosen."""
    own.close_record()
    st.session_state[_VIEW] = replace(current_view(), feature=feature_id)


def open_feature(feature_id: str, atlas: Atlas) -> None:
    """
    Choose a feature wherever it is: on the map, its layer on, and nothing that would hide it.

    For callbacks only: it sets widgets.
    """
    own.close_record()
    view = replace(current_view(), feature=feature_id)
    layer = atlas.layer_of[feature_id].id
    shown = view.shown_layers(atlas)
    view = view if layer in shown else replace(view, layers=(*shown, layer))
    if feature_id not in {one.id for one in view.shown(live.atlas(view.as_of))}:
        view = _without_filters(view)
    st.session_state[_VIEW] = view
    st.session_state[_PAGE] = Page.MAP
    _set_widgets(view, atlas)


def open_record(key: str) -> None:
    """Open the record of a feature of a brought layer, "roads/17", in place of what is chosen."""
    st.session_state[_VIEW] = replace(current_view(), feature=None)
    st.session_state[_PAGE] = Page.MAP
    own.open_record(key)


def open_source(source_id: str | None) -> None:
    """Open the page of a source, or the list of all of them; for callbacks only."""
    st.session_state[_PAGE] = Page.SOURCES
    st.session_state[_VIEW] = replace(current_view(), source=source_id)
    st.session_state[SOURCE] = source_id


def show_source_on_map(source_id: str, atlas: Atlas) -> None:
    """Show what a source speaks of, in whatever layers that is; for callbacks only."""
    layers = {
        atlas.layer_of[feature.id].id
        for feature in atlas.features.values()
        if any(claim.source == source_id for claim in feature.properties.claims)
    }
    view = replace(
        _without_filters(current_view()),
        source=source_id,
        layers=tuple(layer.id for layer in atlas.layers if layer.id in layers),
    )
    st.session_state[_VIEW] = view
    st.session_state[_PAGE] = Page.MAP
    _set_widgets(view, atlas)


def open_page(page: Page) -> None:
    """Go to a page; for callbacks only."""
    if Page.SOURCES in (page, current_page()):
        open_source(None)  # the page of a source is no filter of the map
    st.session_state[_PAGE] = page


def take_off_filters(atlas: Atlas) -> None:
    """Show everything of the layers that are on; for callbacks only."""
    view = _without_filters(current_view())
    st.session_state[_VIEW] = view
    _set_widgets(view, atlas)


def back_to_today(atlas: Atlas) -> None:
    """Show what is known today; for callbacks only."""
    view = replace(current_view(), as_of=None)
    st.session_state[_VIEW] = view
    _set_widgets(view, atlas)


def current_tab() -> Tab:
    """Say whether the map or the table is open."""
    return Tab(st.session_state[_TAB])


def open_tab(tab: Tab) -> None:
    """Remember whether the map or the table is open."""
    st.session_state[_TAB] = tab


def has_filters(view: View) -> bool:
    """Whether anything is chosen that stands among the filters, which are then open."""
    return bool(n_filters(view) or view.as_of or view.worldview is not live.worldviews()[0])


def n_filters(view: View) -> int:
    """Count the filters that may hide things; the day is told apart, in a notice."""
    return sum(map(bool, (view.status, view.evidence, view.source, view.disagree)))


def found_one() -> None:
    """Remember that a result of the search was taken, so that its list closes."""
    st.session_state[_FOUND] = st.session_state[SEARCH]


def remember_search(words: str, atlas: Atlas) -> None:
    """Keep the words in the view and in the address."""
    if words != current_view().search:
        st.session_state[_VIEW] = replace(current_view(), search=words)
        write_address(current_view(), atlas)


def is_searching(words: str) -> bool:
    """Whether the results of a search are wanted: until one is taken, or none is."""
    return bool(words.strip()) and st.session_state.get(_FOUND) != words


def write_address(view: View, atlas: Atlas) -> None:
    """Put page and view into the page's address, beside what the map's script keeps there."""
    query = write_query(view, atlas) | own.query()
    allowed = live.worldviews()
    if view.worldview is allowed[0]:
        query.pop(WORLDVIEW, None)
    query.pop(LANG, None)
    if view.lang != browser_language():
        query[LANG] = view.lang
    page = current_page()
    if page is not _first_page(view):
        query[PAGE_PARAMETER] = page.value
    if page is Page.MAP and current_tab() is not Tab.MAP:
        query[TAB_PARAMETER] = current_tab().value
    if query != _own_query():
        at = st.query_params.get(MAP_PARAMETER)
        st.query_params.from_dict(query | ({MAP_PARAMETER: at} if at else {}))
    st.session_state[_WRITTEN] = query


def _first_page(view: View) -> Page:
    """Give the page of an address that names none: a source's own where one is named."""
    return Page.SOURCES if view.source else Page.MAP


def _without_filters(view: View) -> View:
    return replace(view, status=(), evidence=(), source=None, disagree=False, as_of=None)


def _set_widgets(view: View, atlas: Atlas) -> None:
    st.session_state.update(_values(view, atlas))


def _bring_back(atlas: Atlas) -> None:
    """Give widgets their values again that Streamlit forgot because another page was open."""
    for name, value in _values(current_view(), atlas).items():
        if name not in st.session_state:
            st.session_state[name] = value


def _values(view: View, atlas: Atlas) -> dict[str, Any]:
    """Give the value of each widget that stands for a part of the view."""
    shown = view.shown_layers(atlas)
    return {
        **{layer_key(layer.id): layer.id in shown for layer in atlas.layers},
        WORLDVIEW: view.worldview,
        STATUS: list(view.status),
        EVIDENCE: list(view.evidence),
        SOURCE: view.source,
        DISAGREE: view.disagree,
        AS_OF: date.fromisoformat(view.as_of) if view.as_of else None,
        SEARCH: view.search,
    }


def _own_query() -> dict[str, str]:
    return {name: value for name, value in st.query_params.items() if name != MAP_PARAMETER}
