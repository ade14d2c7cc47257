"""The page of one feature: what a phone on a slow line, a footnote and a search engine open."""

import tempfile
from functools import partial
from pathlib import Path
from typing import Any

from markupsafe import Markup

from geo import __version__, extras, text
from geo.card import card
from geo.cite import citation
from geo.export import geojson
from geo.export.extract import Extract
from geo.maps.picture import LEAST, SCREEN, SMALL, Detail, drawable, picture
from geo.model import Atlas, Feature
from geo.pages import content, sources
from geo.pages.links import SERVED, Links
from geo.pages.page import page
from geo.public import public_url
from geo.store import Store
from geo.vocab import Kind, Worldview

#: A page holds no more bytes than this, with its style and its picture.
MOST_BYTES = 30_000
_PICTURE = (360, 240)
_DESCRIPTION = 160


def resolve(atlas: Atlas, name: str) -> str | None:
    """
    Find the page that an id leads to: its own, its whole's, or that of its present name.

    Returns
    -------
    feature_id
        None if no feature has or had the name.
    """
    feature = atlas.features.get(name) or next(
        (one for one in atlas.features.values() if name in one.formerly), None
    )
    return (feature.properties.part_of or feature.id) if feature else None


def family(feature: Feature, atlas: Atlas) -> tuple[Feature, ...]:
    """Give a feature with its parts and, for a route, the waypoints of its layer."""
    waypoints = [
        one
        for one in atlas.layer_of[feature.id].features
        if feature.properties.whole and one.properties.kind is Kind.WAYPOINT
    ]
    return (feature, *atlas.parts.get(feature.id, ()), *waypoints)


def feature_page(
    feature: Feature,
    atlas: Atlas,
    store: Store,
    worldview: Worldview,
    lang: str = "en",
    *,
    links: Links = SERVED,
) -> str:
    """
    Write the page of a feature as HTML: no script, nothing from elsewhere.

    Parameters
    ----------
    feature
        A thing or a waypoint; parts are told on the page of their whole.
    store
        Where the base map is.
    worldview
        Whose boundaries the picture shows.

    Returns
    -------
    html
        At most `MOST_BYTES`, or as near as its sources let it: where all words would not fit, a
        source that only repeats a value is named with the place of its sentence; where that is
        not enough, the picture is drawn more coarsely, at last without rivers and towns.
    """
    given = _content(feature, atlas, worldview, lang, links)
    for detail, brief in ((SCREEN, False), (SCREEN, True), (SMALL, True), (LEAST, True)):
        drawn = _picture(feature, atlas, store, worldview, lang=lang, detail=detail)
        written = _render(given | {"picture": drawn}, lang, links, brief=brief)
        if len(written.encode()) <= MOST_BYTES:
            break
    return written


def _picture(
    feature: Feature,
    atlas: Atlas,
    store: Store,
    worldview: Worldview,
    *,
    lang: str,
    detail: Detail,
) -> Markup | None:
    members = family(feature, atlas)
    if not drawable(members, atlas, store):
        return None
    width, height = _PICTURE
    drawn = picture(
        atlas, members, store, worldview, width=width, height=height, lang=lang, detail=detail
    )
    return Markup(drawn)  # noqa: S704 - from our own environment


def missing_page(lang: str = "en", links: Links = SERVED, up: str = "../") -> str:
    """
    Write the page that says that there is none; it repeats nothing it was asked for.

    Parameters
    ----------
    up
        The way from the page to the folder that holds them all.
    """
    return page("missing.html.jinja", lang, links, name=None, up=up)


def feature_geojson(
    feature: Feature, atlas: Atlas, worldview: Worldview, as_of: str | None = None
) -> bytes:
    """Write a feature with its parts, every claim and every source as GeoJSON."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "feature.geojson"
        geojson.write(Extract(atlas, family(feature, atlas), worldview, as_of), path)
        return path.read_bytes()


def _render(given: dict[str, Any], lang: str, links: Links, *, brief: bool) -> str:
    name = f"f/{given['card'].id}"
    return page("feature.html.jinja", lang, links, name=name, brief=brief, **given)


def _content(
    feature: Feature, atlas: Atlas, worldview: Worldview, lang: str, links: Links
) -> dict[str, Any]:
    told = card(feature, atlas, lang)
    numbers = sources.order(feature)
    topics = content.topics(feature, atlas, numbers, lang)
    url = public_url(f"f/{feature.id}{links.ending}")
    listed = sources.listed(numbers, atlas, lang)
    located = feature.properties.location_source
    return {
        "card": told,
        "aliases": text.listed(feature.properties.aliases, lang),
        "figures": content.figures(topics, feature),
        "disputed": [topic for topic in topics if topic.disagree],
        "undisputed": [topic for topic in topics if not topic.disagree],
        "history": content.history(feature, numbers, lang),
        "parts": content.parts(feature, atlas, lang),
        "picture": None,
        "briefs": extras.sets_type() and links.is_served,
        "located": numbers[located] if located else None,
        "location_ref": feature.properties.location_ref,
        "n_claims": len(feature.properties.claims),
        "lead": listed[0] if listed else None,
        "sources": listed,
        "usual": sources.usual(listed) if listed else None,
        "citation": citation(feature, atlas, __version__, url=url, lang=lang),
        "changes": _changes(feature, atlas, lang),
        "sentence": partial(text.sentence, lang=lang),
        "description": _description(feature, atlas, lang),
        "note": text.boundary_note(worldview, lang),
        "attribution": text.attribution(),
        "version": __version__,
        "searched": text.searched(atlas, lang),
    }


def _changes(feature: Feature, atlas: Atlas, lang: str) -> list[tuple[str, str, list[str]]]:
    """Give what published versions changed in a feature: version, day, and sentences in English."""
    ids = {feature.id, *feature.formerly}
    told = [
        (
            one.version,
            text.day(one.date, lang),
            [each.words for each in one.changes if each.about in ids],
        )
        for one in atlas.versions
    ]
    return [one for one in told if one[2]]


def _description(feature: Feature, atlas: Atlas, lang: str) -> str:
    """Say in one or two lines what a preview of a link shows: status, then the words."""
    told = card(feature, atlas, lang)
    status = f"{told.status.label}. " if told.status else ""
    said = told.words and (f"“{told.words.quote}”" if told.words.quote else told.words.says)
    by = f" ({told.source.publisher}, {told.source.date})" if told.source and said else ""
    whole = f"{status}{said or told.summary or ''}{by}"
    return whole if len(whole) <= _DESCRIPTION else f"{whole[: _DESCRIPTION - 1]}…"
