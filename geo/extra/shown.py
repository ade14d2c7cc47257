"""Features of a brought layer as a page shows them: text, and nothing that is more than text."""

import json
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

import numpy as np
import shapely

from geo.export.geojson import json_text
from geo.extra import records
from geo.extra.layer import SOURCE_MEMBERS, Layer
from geo.extra.records import Record

#: Sources of one feature that are shown.
_SOURCES = 50
#: Names of the members of a claim that give its source a title, an address and words.
_TITLES, _ADDRESSES, _WORDS = ("source_title", "source"), ("source_url", "url"), ("quote", "says")


def found(record: Record) -> dict[str, Any]:
    """Give what a list of findings needs: number, name, and a point on the feature or None."""
    return {"id": record.id, "name": record.name, "spot": record.spot()}


def record(record: Record) -> dict[str, Any]:
    """
    Give everything a file says of a feature.

    Returns
    -------
    record
        `rows` are pairs of texts, in the order of the file, without members that hold nothing and
        without those in which it states its sources; each of `sources` has `title`, `url`
        (http or https) and `quote`, None where the file gives none.
    """
    return {
        **found(record),
        "rows": [
            [name, as_text(value)]
            for name, value in record.properties.items()
            if value is not None and name not in SOURCE_MEMBERS
        ],
        "sources": list(_sources(record.properties)),
    }


def as_text(value: Any) -> str:  # noqa: ANN401 - any JSON value
    """Write a value as a reader sees it: text as it stands, all else as JSON."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _sources(properties: Mapping[str, Any]) -> Iterator[dict[str, str | None]]:
    """Give the sources that a feature states, each once."""
    claims = properties.get("claims")
    if isinstance(claims, str) and claims.startswith("["):
        try:
            claims = json.loads(claims)
        except (ValueError, RecursionError):
            claims = None  # then it is shown as nothing, and `export` holds it as it stands
    stated = [properties, *(claims if isinstance(claims, list) else ())]
    told = [_source(one) for one in stated[: _SOURCES + 1] if isinstance(one, dict)]
    yield from {tuple(one.items()): one for one in told if any(one.values())}.values()


def _source(stated: Mapping[str, Any]) -> dict[str, str | None]:
    url = _first(stated, _ADDRESSES)
    return {
        "title": _first(stated, _TITLES),
        "url": url if url is not None and _is_address(url) else None,
        "quote": _first(stated, _WORDS),
    }


def _first(stated: Mapping[str, Any], names: tuple[str, ...]) -> str | None:
    texts = (stated.get(name) for name in names)
    return next((text for text in texts if isinstance(text, str) and text.strip()), None)


def _is_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname)


def collection(layer: Layer) -> str:
    """Write the whole of a layer as GeoJSON to be drawn: numbers, names and places, no more."""
    lines: list[str] = []
    for some in records.batches(layer.records):
        placed = [(id_, name, wkb) for id_, name, _, wkb in some if wkb is not None]
        wkb = np.array([one for _, _, one in placed], dtype=object)
        texts = shapely.to_geojson(shapely.from_wkb(wkb))
        lines += (
            f'{{"type":"Feature","id":{id_},'
            f'"properties":{json_text({"name": name} if name else {})},"geometry":{geometry}}}'
            for (id_, name, _), geometry in zip(placed, texts, strict=True)
        )
    return '{"type":"FeatureCollection","features":[\n' + ",\n".join(lines) + "\n]}\n"
