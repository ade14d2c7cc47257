"""GeoJSON and GeoJSONSeq of any size, read a handful of features at a time by `json`."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

import numpy as np
import shapely

#: Features read at a time, and characters.
BATCH = 10_000
_CHUNK = 1 << 20
#: What one feature, or all else in a collection, may take, characters.
_MOST = 256_000_000
_SPACE = " \t\r\n"
_TYPES = frozenset(
    {"Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon",
     "GeometryCollection"}
)  # fmt: skip

Geometries = np.ndarray[tuple[int], np.dtype[np.object_]]


class Fault(Exception):  # noqa: N818 - a fault of a file, told as `geo.errors.GeoError` by its reader
    """What is wrong with a file."""


@dataclass(frozen=True)
class Batch:
    """
    Some features as they stand.

    `first` is the number of the first, from 1; `done` the share of the file that is read.
    """

    properties: list[dict[str, Any]]
    geometries: Geometries
    first: int
    crs: str | None
    done: float


@contextmanager
def features(path: Path) -> Iterator[Iterator[Batch]]:
    """
    Read a feature collection, one feature, or a sequence of features.

    Raises
    ------
    Fault
        While features are read, at the first that is none.
    """
    with path.open(encoding="utf-8-sig", newline="") as file:
        yield _batches(_Text(file, path.stat().st_size))


class _Text:
    """The text of a file, read as far as it is needed."""

    def __init__(self, file: TextIO, n_bytes: int) -> None:
        self.file, self.text, self.at, self.is_whole = file, "", 0, False
        self.n_bytes = n_bytes
        self.crs: str | None = None
        self.decoder = json.JSONDecoder(parse_constant=_refuse)

    @property
    def done(self) -> float:
        """Share of the file that is read."""
        return self.file.buffer.tell() / self.n_bytes

    def more(self) -> None:
        """Read on; what was taken is let go."""
        left = self.text[self.at :]
        if len(left) > _MOST:
            raise Fault("holds a feature of more than 256 MB, or is no GeoJSON")
        try:
            new = self.file.read(max(_CHUNK, len(left)))  # doubling keeps the whole linear
        except UnicodeDecodeError as error:
            raise Fault("is not UTF-8") from error
        self.text, self.at, self.is_whole = left + new, 0, not new

    def peek(self, skip: str = _SPACE) -> str:
        """Give the next character that is no space; nothing at the end."""
        while True:
            while self.at < len(self.text) and self.text[self.at] in skip:
                self.at += 1
            if self.at < len(self.text) or self.is_whole:
                return self.text[self.at : self.at + 1]
            self.more()

    def take(self, expected: str) -> None:
        """Step over one character."""
        if (found := self.peek()) != expected:
            raise Fault(
                f"is no GeoJSON: {expected!r} was expected, {found or 'its end'!r} is there"
            )
        self.at += 1

    def value(self) -> Any:  # noqa: ANN401 - any JSON value
        """Take the next value."""
        self.peek()
        while True:
            try:
                value, end = self.decoder.raw_decode(self.text, self.at)
            except json.JSONDecodeError as error:
                if self.is_whole:
                    raise Fault(f"is no GeoJSON: {error.msg}") from error
            except RecursionError as error:
                raise Fault("is nested too deep") from error
            else:
                if end < len(self.text) or self.is_whole:  # else a number may go on
                    self.at = end
                    return value
            self.more()


def _refuse(constant: str) -> Any:  # noqa: ANN401 - never returns
    raise Fault(f"holds {constant}, which is no number in JSON")


def _batches(text: _Text) -> Iterator[Batch]:
    first, some = 1, []
    for feature in _features(text):
        some.append(feature)
        if len(some) == BATCH:
            yield _batch(some, first, text)
            first, some = first + len(some), []
    if some:
        yield _batch(some, first, text)
    elif first == 1:
        raise Fault("holds no feature")


def _features(text: _Text) -> Iterator[Any]:
    """Give features of a collection as they come, or of a sequence."""
    separators = _SPACE + "\x1e"
    if text.peek(separators) != "{":
        raise Fault("is no GeoJSON")
    members: dict[str, Any] = {}
    text.take("{")
    while text.peek() != "}":
        name = text.value()
        text.take(":")
        if name == "features":
            yield from _array(text)
            members[name] = None
        else:
            members[name] = text.value()
            if name == "crs":
                _note_crs(text, members, members["crs"])
        if text.peek() == ",":
            text.at += 1
    text.take("}")
    if "features" in members:
        if members.get("type") != "FeatureCollection":
            raise Fault("is no feature collection")
        return
    yield members
    while text.peek(separators):
        yield text.value()


def _array(text: _Text) -> Iterator[Any]:
    text.take("[")
    while text.peek() != "]":
        yield text.value()
        if text.peek() == ",":
            text.at += 1
    text.take("]")


def _note_crs(text: _Text, members: dict[str, Any], crs: Any) -> None:  # noqa: ANN401 - as it came
    """Heed the coordinate reference system that GeoJSON of before 2016 may name."""
    if crs is None:
        return
    try:
        name = str(crs["properties"]["name"])
    except (KeyError, TypeError) as error:
        raise Fault(
            "names its coordinate reference system by a link, which is not followed"
        ) from error
    if "features" in members:
        raise Fault("names its coordinate reference system after its features")
    text.crs = name


def _batch(some: list[Any], first: int, text: _Text) -> Batch:
    for number, feature in enumerate(some, start=first):
        if not isinstance(feature, dict) or feature.get("type") != "Feature":
            raise Fault(f"feature {number} is no GeoJSON feature")
        if not isinstance(feature.get("properties") or {}, dict):
            raise Fault(f"feature {number} has properties that are no object")
    properties = [_named(feature) for feature in some]
    geometries = _geometries([one.get("geometry") for one in some], first)
    return Batch(properties, geometries, first, text.crs, text.done)


def _named(feature: dict[str, Any]) -> dict[str, Any]:
    """Give properties, with the feature's own id where it has one beside them."""
    properties: dict[str, Any] = feature.get("properties") or {}
    id_ = feature.get("id")
    return properties if id_ is None or "id" in properties else {"id": id_, **properties}


def _geometries(members: list[Any], first: int) -> Geometries:
    plain = [_plain_geometry(one, first + place) for place, one in enumerate(members)]
    found: Geometries = np.full(len(plain), None, dtype=object)
    there = [place for place, one in enumerate(plain) if one is not None]
    try:
        # All in one text: to write and read one each takes several times as long.
        together = {"type": "GeometryCollection", "geometries": [plain[place] for place in there]}
        parts = shapely.get_parts(shapely.from_geojson(json.dumps(together, allow_nan=False)))
    except (shapely.GEOSException, ValueError):
        parts = np.array([])
    if len(parts) == len(there):
        found[there] = parts
    else:
        found[there] = [_geometry(plain[place], first + place) for place in there]
    return found


def _plain_geometry(geometry: Any, number: int) -> dict[str, Any] | None:  # noqa: ANN401 - as it came
    if geometry is None:
        return None
    if not isinstance(geometry, dict) or geometry.get("type") not in _TYPES:
        raise Fault(f"feature {number} has a geometry that is none of GeoJSON")
    if "bbox" in geometry:
        return {name: geometry[name] for name in geometry if name != "bbox"}
    return geometry


def _geometry(geometry: Any, number: int) -> Any:  # noqa: ANN401 - any geometry
    try:
        return shapely.from_geojson(json.dumps(geometry, allow_nan=False))
    except ValueError as error:  # 1e999 is a number in JSON, and none that can be kept
        raise Fault(f"feature {number} lies outside the world") from error
    except shapely.GEOSException as error:
        raise Fault(f"feature {number} has a broken geometry ({error})") from error
