"""Features: a page of those that fit, and one by its id."""

import json
from datetime import UTC, datetime

from geo.export.geojson import json_text
from geo.model import Feature
from geo.server.ogc.collection import Collection
from geo.server.ogc.here import GEOJSON, JSON, Here, Link
from geo.server.ogc.query import Query

#: Stands for the hour where a text must not change from one request to the next.
_NO_TIME = "1970-01-01T00:00:00Z"
#: A member as it is written; inside a text its quotation marks would be escaped.
_STAMP = '"timeStamp":"{}"'


def items(here: Here, collection: Collection, query: Query) -> str:
    """Write a page of features, its hour left open; see `at_this_hour`."""
    places = query.places(collection)
    chosen = places[query.offset : query.offset + query.limit]
    links = [
        *here.own(GEOJSON, "These features"),
        *_pages(here, query, len(places)),
        here.link("collection", f"/collections/{collection.id}", JSON, collection.title),
    ]
    head = json_text(
        {
            "type": "FeatureCollection",
            "numberMatched": len(places),
            "numberReturned": len(chosen),
            "timeStamp": _NO_TIME,
            "links": links,
        }
    )
    features = ",\n".join(collection.texts(chosen))
    return f'{head.removesuffix("}")},"features":[\n{features}\n]}}\n'


def at_this_hour(text: str) -> str:
    """Put the hour into a page of features."""
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return text.replace(_STAMP.format(_NO_TIME), _STAMP.format(now), 1)


def item(root: str, collection: Collection, feature: Feature) -> str:
    """Write one feature with its links."""
    here = Here(root, f"/collections/{collection.id}/items/{feature.id}")
    place = collection.features.index(feature)
    links = json_text(
        [
            *here.own(GEOJSON, "This feature"),
            here.link("collection", f"/collections/{collection.id}", JSON, collection.title),
        ]
    )
    return f'{collection.texts([place])[0].removesuffix("}")},"links":{links}}}\n'


def as_object(text: str) -> dict[str, object]:
    """Read what was written, for a page."""
    found: dict[str, object] = json.loads(text)
    return found


def _pages(here: Here, query: Query, matched: int) -> list[Link]:
    links = []
    if query.offset + query.limit < matched:
        links.append(here.page("next", query.offset + query.limit, query.limit))
    if query.offset > 0:
        before = min(query.offset, matched)
        first = max(before - query.limit, 0)
        links.append(here.page("prev", first, min(query.limit, before - first) or query.limit))
    return links
