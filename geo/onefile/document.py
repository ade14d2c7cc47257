"""The page: what its script is given, and the skeleton it fills."""

import base64
from collections.abc import Mapping
from typing import Any, Final

from markupsafe import Markup

from geo import live, render, text
from geo.maps import assets, payload
from geo.maps.element import HOME, LEAFLET
from geo.maps.keys import KEY, layer_swatch
from geo.maps.safejson import safe_json
from geo.model import Atlas, Feature
from geo.onefile import packed
from geo.onefile.states import states
from geo.onefile.words import LANGUAGES, MESSAGES, TITLE
from geo.pages import sources
from geo.pages.table import COLUMNS
from geo.store import Store
from geo.view import View, write_query
from geo.vocab import Evidence, Status, Term

_OF_SOURCE: Final = {"title", "publisher", "date", "url", "read", "facts", "lang"}
_SCRIPTS: Final = (*assets.NAMES, assets.FILE)


def page(
    atlas: Atlas, view: View, store: Store, *, relief: bool = False, beside: bool = False
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
    relief
        Whether land is shaded, which takes as many bytes as all else compressed.
    beside
        Whether the pages of the features stand beside the file, as on a server.
    """
    lang = view.lang
    title = text.message(TITLE, lang)
    return render.render(
        "page.html.jinja",
        _=text.translator(lang),
        lang=lang,
        title=title,
        note=text.boundary_note(view.worldview, lang),
        styles=Markup(assets.file_styles()),  # noqa: S704 - ours and Leaflet's
        # A test holds that neither ours nor Leaflet's can end the element it stands in.
        scripts=[Markup(assets.asset(name)) for name in _SCRIPTS],  # noqa: S704
        data={
            "given": _data(_given(atlas, view, beside=beside)),
            "told": _data(packed.pack(states(atlas, lang))),
            "ground": _data(_ground(store, relief=relief)),
        },
    )


def _given(atlas: Atlas, view: View, *, beside: bool) -> dict[str, Any]:
    """Give what the script is told once: choices to offer, names, sources and its own words."""
    lang = view.lang
    numbers = {id_: number for number, id_ in enumerate(atlas.sources)}
    first, last = live.days(atlas)
    cited = {
        claim.source for feature in atlas.features.values() for claim in feature.properties.claims
    }
    wholes = [one for one in atlas.features.values() if one.properties.part_of is None]
    things = [one.properties for one in wholes if one.is_thing]
    return {
        "home": HOME,
        "leaflet": dict(LEAFLET),
        "lang": lang,
        "beside": beside,
        "view": {**write_query(view, atlas), "worldview": view.worldview.value},
        "first": first.isoformat(),
        "last": last.isoformat(),
        "layers": [payload.layer_title(layer) for layer in atlas.layers],
        "order": [one.id for one in wholes],
        "layer_of": {one.id: atlas.layer_of[one.id].id for one in wholes},
        "names": {one.id: _names(one) for one in wholes},
        "formerly": {old: one.id for one in atlas.features.values() for old in one.formerly},
        "sources": [
            {**one.model_dump(exclude_none=True, include=_OF_SOURCE), "used": id_ in cited}
            for id_, one in zip(numbers, sources.listed(numbers, atlas, lang), strict=True)
        ],
        "source_ids": list(numbers),
        "statuses": _terms(Status, {one.status for one in things}, lang),
        "evidence": _terms(Evidence, {one.evidence for one in things}, lang),
        "worldviews": [[one, text.message(one.label, lang)] for one in live.worldviews()],
        "languages": LANGUAGES,
        "columns": [[name, text.message(label, lang)] for name, label in COLUMNS.items()],
        "swatches": {layer.id: _picture(layer_swatch(layer, atlas)) for layer in atlas.layers},
        "key": [[_picture(name), text.message(words, lang)] for name, words in KEY],
        "searched": text.day(atlas.searched_to, lang),
        "constant": payload.constant(lang),
        "words": text.messages(MESSAGES, lang),
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


def _picture(name: str) -> str:
    return _address("image/svg+xml", render.swatch_of(name).encode())


def _address(media_type: str, content: bytes) -> str:
    return f"data:{media_type};base64,{base64.b64encode(content).decode()}"


def _data(value: object) -> Markup:
    return Markup(safe_json(value))  # noqa: S704 - safe by its own construction
