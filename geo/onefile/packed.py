"""Ways to write the data of a page in fewer bytes; `geo/maps/js/file/packed.js` reads them."""

from collections import Counter
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class _Part:
    """A scalar, a list of parts by their numbers, or, with names, an object."""

    scalar: Any
    members: tuple[int, ...] = ()
    names: tuple[str, ...] | None = None
    is_scalar: bool = True


class _Packing:
    """Gives each part that differs from all others a number, counts its places, and writes it."""

    def __init__(self, value: Any) -> None:  # noqa: ANN401
        self.numbers: dict[Hashable, int] = {}
        self.parts: list[_Part] = []
        self.lengths: list[int] = []
        self.counts: Counter[int] = Counter()
        self.places: dict[int, int] = {}
        self.shared: list[Any] = []
        whole = self._number(value)
        self._count(whole)
        short = self._shorten(whole)
        self.packed = {"shared": self.shared, "value": short}

    def _number(self, value: Any) -> int:  # noqa: ANN401
        if isinstance(value, Mapping):
            members = tuple(self._number(member) for member in value.values())
            part = _Part(None, members, tuple(value), is_scalar=False)
            length = sum(len(name) + 4 for name in value)
        elif isinstance(value, list | tuple):
            part = _Part(None, tuple(self._number(member) for member in value), is_scalar=False)
            length = 2
        else:
            part, length = _Part(value), len(str(value)) + 2
        key = (type(value) if part.is_scalar else None, part)
        if key not in self.numbers:
            self.numbers[key] = len(self.parts)
            self.parts.append(part)
            self.lengths.append(length + sum(self.lengths[one] + 2 for one in part.members))
        return self.numbers[key]

    def _count(self, number: int) -> None:
        self.counts[number] += 1
        if self.counts[number] == 1:  # what a part holds is shared with it
            for member in self.parts[number].members:
                self._count(member)

    def _shorten(self, number: int) -> Any:  # noqa: ANN401
        if number in self.places:
            return {REFERENCE: self.places[number]}
        part = self.parts[number]
        short: Any = [self._shorten(member) for member in part.members]
        if part.is_scalar:
            short = part.scalar
        elif part.names is not None:
            short = dict(zip(part.names, short, strict=True))
        if self.counts[number] == 1 or self.lengths[number] <= _WORTH:
            return short
        self.places[number] = len(self.shared)
        self.shared.append(short)
        return {REFERENCE: self.places[number]}


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
