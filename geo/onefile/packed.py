"""Ways to write the data of a page in fewer bytes; `geo/maps/js/file/packed.js` reads them."""

import json
from collections import Counter
from collections.abc import Mapping
from typing import Any, Final

#: The only member of an object that stands for one of the shared parts, by its place: a mark that
#: `safe_json` leaves as it is.
REFERENCE: Final = "@"
#: Letters of JSON up to which a reference saves nothing.
_WORTH: Final = 16
#: Steps to a degree: as fine as the files of the base map.
_STEPS: Final = 1000


def pack(value: Any) -> dict[str, Any]:  # noqa: ANN401 - any JSON value
    """
    Write each part of a JSON value that stands at several places once.

    Returns
    -------
    packed
        `shared` parts, which refer to earlier ones alone, and the `value`.

    Examples
    --------
    >>> pack([["words that come twice"], ["words that come twice"]])
    {'shared': [['words that come twice']], 'value': [{'@': 0}, {'@': 0}]}
    """
    return _Packing(value).packed


class _Packing:
    def __init__(self, value: Any) -> None:  # noqa: ANN401
        self.counts: Counter[str] = Counter()
        self.places: dict[str, int] = {}
        self.shared: list[Any] = []
        self._count(value)
        short = self._shorten(value)
        self.packed = {"shared": self.shared, "value": short}

    def _count(self, value: Any) -> None:  # noqa: ANN401
        text = _text(value)
        self.counts[text] += 1
        if self.counts[text] == 1:  # what a part holds is shared with it
            for member in _members(value):
                self._count(member)

    def _shorten(self, value: Any) -> Any:  # noqa: ANN401
        text = _text(value)
        if text in self.places:
            return {REFERENCE: self.places[text]}
        short = value
        if isinstance(value, Mapping):
            short = {name: self._shorten(member) for name, member in value.items()}
        elif isinstance(value, list | tuple):
            short = [self._shorten(member) for member in value]
        if self.counts[text] == 1 or len(text) <= _WORTH:
            return short
        self.places[text] = len(self.shared)
        self.shared.append(short)
        return {REFERENCE: self.places[text]}


def steps(collection: Mapping[str, Any]) -> dict[str, Any]:
    """
    Write the positions of a feature collection as whole steps, each from the one before.

    Parameters
    ----------
    collection
        Lines and polygons in degrees, longitude first; they are kept to a thousandth of a degree.

    Examples
    --------
    >>> line = {"type": "LineString", "coordinates": [[79.026, 46.434], [79.061, 46.48]]}
    >>> feature = {"type": "Feature", "properties": {}, "geometry": line}
    >>> steps({"type": "FeatureCollection", "features": [feature]})["features"][0]["geometry"]
    {'type': 'LineString', 'coordinates': [79026, 46434, 35, 46]}
    """
    return {
        **collection,
        "features": [
            {
                **feature,
                "geometry": {
                    **feature["geometry"],
                    "coordinates": _steps(feature["geometry"]["coordinates"]),
                },
            }
            for feature in collection["features"]
        ],
    }


def _steps(coordinates: list[Any]) -> list[Any]:
    if not isinstance(coordinates[0][0], int | float):
        return [_steps(one) for one in coordinates]
    flat, before = [], (0, 0)
    for lon, lat in coordinates:
        at = (round(lon * _STEPS), round(lat * _STEPS))
        flat += [at[0] - before[0], at[1] - before[1]]
        before = at
    return flat


def _text(value: Any) -> str:  # noqa: ANN401
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def _members(value: Any) -> list[Any]:  # noqa: ANN401
    if isinstance(value, Mapping):
        return list(value.values())
    return list(value) if isinstance(value, list | tuple) else []
