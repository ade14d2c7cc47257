"""The page: what its script is given, and the skeleton it fills."""

import base64
from collections.abc import Mapping, Sequence
from typing import Any, Final

from markupsafe import Markup

from geo import live, render, text
from geo.extra import Layer
from geo.maps import assets, payload
from geo.maps.element import HOME, LEAFLET
from geo.maps.keys import KEY, layer_swatch, swatch_address
from geo.maps.safejson import safe_json
from geo.model import Atlas, Feature
from geo.onefile import brought, packed
from geo.onefile.states import first_sight, states
from geo.onefile.still import still
from geo.onefile.words import TITLE, words
from geo.pages import sources
from geo.pages.table import COLUMNS
from geo.store import Store
from geo.view import LANGUAGE_NAMES, View, write_query
from geo.vocab import Evidence, Status, Term

_OF_SOURCE: Final = {"title", "publisher", "date", "url", "read", "facts", "lang"}


def page(
    atlas: Atlas,
    view: View,
    store: Store,
    *,
    languages: Sequence[str] = (),
    elsewhere: Mapping[str, str] | None = None,
    relief: bool = False,
    pages: str | None = None,
    own: Sequence[Layer] = (),
) -> str:
    """
    Write the map as one HTML file with everything in it.

    Parameters
    ----------
    atlas
        As it is known today; the file holds what was known on every day before as well.
    view
        What is shown when it is opened without a link of its own.
    store
        Where the base map is; the file holds the boundary views this deployment may show
        (`geo.live.worldviews`) and of the others nothing.
    languages
        Languages in the file beside the view's; each adds a quarter to its size.
    elsewhere
        Addresses of this page in languages that are not in it.
    relief
        Whether land is shaded, which takes as many bytes as all else compressed.
    pages
        What the names of the features' pages end in, which stand in `f/` beside the file with the
        features as GeoJSON; None where there are none.
    own
        Small layers that a reader brought, shown apart from ours.
    """
    lang = view.lang
    within = tuple(dict.fromkeys((lang, *languages)))
    given = _given(atlas, view, pages) | {
        "languages": dict.fromkeys(within) | dict(elsewhere or {}),
        "in": {
            one: _in(one, atlas) | ({"own": brought.words(own, one)} if own else {})
            for one in within
        },
    }
    told = {one: states(atlas, one) for one in within}
    title = text.message(TITLE, lang)
    scripts = (*assets.NAMES, *(assets.OWN_IN_FILE if own else ()), assets.FILE)
    return render.render(
        "page.html.jinja",
        _=text.translator(lang),
        lang=lang,
        title=title,
        styles=Markup(assets.file_styles()),  # noqa: S704 - ours and Leaflet's
        still=still(atlas, view, store, title),
        # A test holds that neither ours nor Leaflet's can end the element it stands in.
        scripts=[Markup(assets.asset(name)) for name in scripts],  # noqa: S704
        begin=Markup(assets.asset(assets.BEGIN)),  # noqa: S704 - as above
        first={
            "given": _data(given),
            "sight": _data(packed.pack({one: first_sight(told[one]) for one in within})),
        },
        rest={
            "told": _data(packed.pack(told)),
            "ground": _data(_ground(store, relief=relief)),
            **({"own": _data(brought.data(own))} if own else {}),
        },
    )


def _given(atlas: Atlas, view: View, pages: str | None) -> dict[str, Any]:
    """Give what the script is told once, whatever the language."""
    first, last = live.days(atlas)
    wholes = [one for one in atlas.features.values() if one.properties.part_of is None]
    return {
        "home": HOME,
        "leaflet": dict(LEAFLET),
        "lang": view.lang,
        "pages": pages,
        "view": {**write_query(view, atlas), "worldview": view.worldview.value},
        "first": first.isoformat(),
        "last": last.isoformat(),
        "order": [one.id for one in wholes],
        "layer_of": {one.id: atlas.layer_of[one.id].id for one in wholes},
        "names": {one.id: _names(one) for one in wholes},
        "formerly": {old: one.id for one in atlas.features.values() for old in one.formerly},
        "source_ids": list(atlas.sources),
        "swatches": {
            layer.id: swatch_address(name)
            for layer in atlas.layers
            if (name := layer_swatch(layer, atlas))
        },
        "own_names": LANGUAGE_NAMES,
    }


def _in(lang: str, atlas: Atlas) -> dict[str, Any]:
    """Give what the script is told once in a language: choices to offer, sources, its own words."""
    numbers = {id_: number for number, id_ in enumerate(atlas.sources)}
    cited = {
        claim.source for feature in atlas.features.values() for claim in feature.properties.claims
    }
    things = [one.properties for one in atlas.features.values() if one.is_thing]
    return {
        "layers": [payload.layer_title(layer, lang) for layer in atlas.layers],
        "sources": [
            {**one.model_dump(exclude_none=True, include=_OF_SOURCE), "used": id_ in cited}
            for id_, one in zip(numbers, sources.listed(numbers, atlas, lang), strict=True)
        ],
        "statuses": _terms(Status, {one.status for one in things}, lang),
        "evidence": _terms(Evidence, {one.evidence for one in things}, lang),
        "worldviews": [[one, text.message(one.label, lang)] for one in live.worldviews()],
        "columns": [[name, text.message(label, lang)] for name, label in COLUMNS.items()],
        "key": [[swatch_address(name), text.message(words, lang)] for name, words in KEY],
        "searched": text.day(atlas.searched_to, lang),
        "constant": payload.constant(lang),
        "words": words(lang),
    }


def _names(feature: Feature) -> list[str]:
    properties = feature.properties
    names = [properties.name_ur, properties.name_zh, *properties.aliases]
    return [properties.name, feature.id, *feature.formerly, *(name for name in names if name)]


def _terms(vocabulary: type[Term], used: set[Any], lang: str) -> list[list[str]]:
    return [[one, text.message(one.label, lang)] for one in vocabulary if one in used]


def _ground(store: Store, *, relief: bool) -> Mapping[str, Any]:
    base = payload.basemap(store)
    lines = {
        view.value: packed.steps(payload.boundaries(store, view)) for view in live.worldviews()
    }
    shaded = (store.basemap / "relief.webp").read_bytes() if relief else None
    return {
        **base,
        "land": packed.steps(base["land"]),
        "water": packed.steps(base["water"]),
        "boundaries": packed.pack(lines),
        "relief": _address("image/webp", shaded) if shaded else None,
    }


def _address(media_type: str, content: bytes) -> str:
    return f"data:{media_type};base64,{base64.b64encode(content).decode()}"


def _data(value: object) -> Markup:
    return Markup(safe_json(value))  # noqa: S704 - safe by its own construction
