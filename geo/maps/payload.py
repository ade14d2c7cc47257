"""What the map's script is given: features with their looks and words, and the base map."""

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from babel import Locale

from geo import __version__, extras, live, symbology, text
from geo.card import card
from geo.cite import citation
from geo.model import Atlas, Feature, Layer
from geo.public import public_url
from geo.store import Store
from geo.vocab import Kind, LocationMethod, Status, Worldview

#: Properties that say how far a thing has come.
_STATUS = ("status", "status_claimed")
#: What the map's script itself says; `{…}` is filled in there.
MESSAGES: Mapping[str, str] = {
    "hint": "Click anything to read the sentence it comes from",
    "draft": "draft translation",
    "in_our_words": "In our words",
    "inferred": "Our inference",
    "attributed": "The article credits {whom}",
    "read_sentence": "Read this sentence in the article",
    "open_source": "Open the source",
    "copy": "Copy quote",
    "copied": "Copied",
    "older": "Look for older copies",
    "same_statement": "Same statement",
    "disagree": "sources disagree",
    "elsewhere": "Elsewhere",
    "not_published": "Not published",
    "point": "Point",
    "line": "Line",
    "close": "Close",
    "about": "On",
    "status_from": "Status",
    "evidence": "All evidence",
    "cite": "Cite",
    "geojson": "GeoJSON",
    "page": "Page",
    "brief": "Brief (PDF)",
    "fingers": "Use two fingers to move the map",
    "failed": "The map’s data could not be loaded. Reload the page to try again.",
    "beyond": "Outside the base map: no land or sea is drawn here.",
}


def features(atlas: Atlas, lang: str = "en") -> dict[str, Any]:
    """Give everything the script draws and says, but for the base map."""
    return {
        "layers": [
            {**layer_title(layer, lang), **layer_standing(layer, atlas, lang)}
            for layer in atlas.layers
        ],
        "features": [drawn(feature, atlas, lang) for feature in atlas.features.values()],
        "cards": {
            feature.id: told(feature, atlas, lang)
            for feature in atlas.features.values()
            if feature.properties.part_of is None
        },
        **constant(lang),
    }


def constant(lang: str = "en") -> dict[str, Any]:
    """Give what the script is told whatever the day: its own words, and the looks of boundaries."""
    said = text.messages(MESSAGES, lang)
    if not extras.sets_type():
        del said["brief"]  # a link that leads nowhere is none
    return {
        "boundaries": {
            name: symbol.model_dump(mode="json") for name, symbol in symbology.BOUNDARIES.items()
        },
        "messages": said,
        "notes": {view.value: text.boundary_note(view, lang) for view in live.worldviews()},
        "attribution": text.attribution(),
    }


def layer_title(layer: Layer, lang: str = "en") -> dict[str, Any]:
    """Give what names a layer."""
    return {
        "id": layer.id,
        "title": text.titled(layer, lang),
        "short": _short(text.titled(layer, lang)),
        "visible": layer.visible,
        "titles": _titles(layer),
    }


def layer_standing(layer: Layer, atlas: Atlas, lang: str = "en") -> dict[str, Any]:
    """Give what stands for a layer, and how far its things have come."""
    lead = lead_thing(layer, atlas)
    return {"lead": lead.id if lead else None, "words": status_words(layer, atlas, lang)}


def lead_thing(layer: Layer, atlas: Atlas) -> Feature | None:
    """Choose what stands for a layer: on the map, furthest along, by kind."""
    things = [feature for feature in layer.features if feature.is_thing]
    return min(things, key=lambda one: _standing(one, atlas), default=None)


def status_words(layer: Layer, atlas: Atlas, lang: str = "en") -> str:
    """Say how far the things of a layer have come: those on the map, else all."""
    things = [feature for feature in layer.features if feature.is_thing]
    placed = [feature for feature in things if has_place(feature, atlas)]
    found = {feature.properties.status for feature in placed or things}
    words = [text.message(status.label, lang) for status in Status if status in found]
    return text.listed((word[0].lower() + word[1:] for word in words), lang)


def has_place(feature: Feature, atlas: Atlas) -> bool:
    """Whether a thing or any part of it is on the map."""
    return any(one.geometry is not None for one in (feature, *atlas.parts.get(feature.id, ())))


def _standing(feature: Feature, atlas: Atlas) -> tuple[bool, int, int]:
    statuses: list[Status | None] = [*Status, None]
    return (
        not has_place(feature, atlas),
        statuses.index(feature.properties.status),
        list(Kind).index(feature.properties.kind),
    )


def basemap(store: Store) -> dict[str, Any]:
    """Give what every worldview shares: land, water, places, names and where the relief lies."""
    provinces = _read(store, "provinces")
    manifest = json.loads((store.basemap / "manifest.json").read_text(encoding="utf-8"))
    return {
        "bounds": manifest["bounds"],
        "relief_bounds": manifest["relief"]["bounds"],
        "land": _read(store, "land"),
        "water": _read(store, "water"),
        "places": _collection([*_read(store, "places")["features"], *_points(provinces)]),
    }


def boundaries(store: Store, worldview: Worldview) -> dict[str, Any]:
    """
    Give the boundary lines of one worldview and of no other.

    Each line has the class this view gives it; how others see it is not told.
    """
    if worldview is Worldview.NONE:
        return _collection([])
    lines = [*_read(store, "boundaries")["features"], *_read(store, "provinces")["features"]]
    return _collection(
        {
            "type": "Feature",
            "properties": {"class": line["properties"][worldview.value]},
            "geometry": line["geometry"],
        }
        for line in lines
        if line["properties"].get(worldview.value, "hidden") != "hidden"
    )


def told(feature: Feature, atlas: Atlas, lang: str = "en") -> dict[str, Any]:
    """Give the words of a popup."""
    words = card(feature, atlas, lang).model_dump(mode="json", exclude_none=True)
    if "words" in words and words["words"]["about"] in {
        text.label_of(one, lang) for one in _STATUS
    }:
        del words["words"]["about"]  # the status stands right above
    url = public_url(f"f/{feature.id}")
    return words | {"cite": citation(feature, atlas, __version__, url=url, lang=lang)}


def drawn(feature: Feature, atlas: Atlas, lang: str = "en") -> dict[str, Any]:
    """Give a feature as it is drawn."""
    properties = feature.properties
    found: dict[str, Any] = {
        "id": feature.id,
        "layer": atlas.layer_of[feature.id].id,
        "name": text.named(feature, lang),
        "whole": properties.part_of,
        "waypoint": properties.kind is Kind.WAYPOINT or None,
        "geometry": feature.geometry.model_dump(mode="json", include={"type", "coordinates"})
        if feature.geometry
        else None,
        "symbol": symbology.symbol(feature, atlas).model_dump(mode="json", exclude_defaults=True)
        if feature.geometry
        else None,
        "accuracy_m": properties.accuracy_m,
    }
    if feature.geometry is not None and properties.part_of is not None:
        words = card(feature, atlas, lang)
        found |= {"words": words.geometry, "note": words.location_note}
    if properties.location_method is LocationMethod.SCHEMATIC:
        whole = atlas.features.get(properties.part_of or "", feature)
        found |= {
            "caption": _caption(properties.caption or whole.properties.caption, lang),
            "end": _far_end(feature, atlas, lang),
            "end_named": (properties.to in atlas.features) or None,
        }
    return {name: value for name, value in found.items() if value is not None}


def _far_end(feature: Feature, atlas: Atlas, lang: str) -> str | None:
    """Name what a diagram's line leads to: its `to`, else the last country it joins."""
    to = atlas.features.get(feature.properties.to or "")
    if to is not None:
        return text.named(to, lang)
    if not feature.properties.connects:
        return None
    code = feature.properties.connects[-1]
    return str(Locale.parse(lang).territories.get(code, code))


def _short(title: str) -> str:
    """Shorten a title to the name in its brackets, for a chip: "OFC-1"."""
    return re.split("[（(]", title.rstrip("）)"))[-1]


def _caption(words: str | None, lang: str) -> str | None:
    return text.message(words, lang) if words else None


def _titles(layer: Layer) -> dict[str, str]:
    titles = {"ur": layer.title_ur, "zh": layer.title_zh}
    return {lang: title for lang, title in titles.items() if title}


def _read(store: Store, name: str) -> dict[str, Any]:
    path = store.basemap / f"{name}.geojson"
    read: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return read


def _points(collection: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [one for one in collection["features"] if one["geometry"]["type"] == "Point"]


def _collection(features_: Iterable[Any]) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": list(features_)}
