"""What a request asks for, read strictly: what is not understood is refused, never passed over."""

import math
import re
from collections.abc import Collection as Names
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Final

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry
from starlette.datastructures import QueryParams

from geo.export.fields import Field, Type
from geo.export.rfc7946 import Box
from geo.server.ogc.collection import Collection
from geo.server.ogc.schemas import options_of

LIMIT: Final = 100
MOST: Final = 10_000
#: Parameters of the standard; a property of one of these names could not be asked for.
STANDARD: Final = ("f", "limit", "offset", "bbox", "datetime")

_HALF, _WORLD = 180.0, 360.0
_WHOLE = re.compile(r"-?\d{1,18}", re.ASCII)
_NUMBER = re.compile(r"-?\d{1,30}(\.\d{1,30})?([eE]-?\d{1,3})?", re.ASCII)
_DAY = r"\d{4}-\d\d-\d\d"
_HOUR = r"[Tt]\d\d:\d\d:\d\d(?:\.\d+)?(?:[Zz]|[+-]\d\d:\d\d)"
#: RFC 3339, and a date alone.
_INSTANT = re.compile(f"{_DAY}(?:{_HOUR})?", re.ASCII)
_ONE = _INSTANT.pattern
#: An instant or an interval, for whoever reads the definition of the service.
INTERVAL: Final = rf"^(?:{_ONE}|{_ONE}/{_ONE}|(?:\.\.)?/{_ONE}|{_ONE}/(?:\.\.)?)$"
_OPEN = ("", "..")
_BOX_SIZES = {4: (0, 1, 2, 3), 6: (0, 1, 3, 4)}


class RefusedError(Exception):
    """
    A request that is answered with a refusal.

    Attributes
    ----------
    status
        Status of the answer.
    code
        One word for programs.
    """

    def __init__(self, status: int, code: str, description: str) -> None:
        super().__init__(description)
        self.status = status
        self.code = code


@dataclass(frozen=True)
class Query:
    """
    Which features are asked for.

    Attributes
    ----------
    area
        Where; None anywhere.
    days
        First and last day; None any time, unknown time included.
    values
        Wanted values by the names of members in the records.
    """

    limit: int = LIMIT
    offset: int = 0
    area: BaseGeometry | None = None
    days: tuple[date, date] | None = None
    values: Mapping[str, str | float | bool] | None = None

    def places(self, collection: Collection) -> list[int]:
        """Find the places of the features that fit, the page not yet chosen."""
        fits = np.ones(len(collection.features), dtype=bool)
        if self.area is not None:
            fits &= shapely.intersects(collection.geometries, self.area)
        if self.days is not None:
            first, last = self.days
            fits &= [
                when is not None and when[0] <= last and when[1] >= first
                for when in collection.periods
            ]
        for name, wanted in (self.values or {}).items():
            fits &= [getattr(one.properties, name) == wanted for one in collection.features]
        return [int(place) for place in np.flatnonzero(fits)]


def parameters(given: QueryParams, known: Names[str]) -> dict[str, str]:
    """
    Read the parameters of a request.

    Raises
    ------
    RefusedError
        If one is not known or is given twice.
    """
    found: dict[str, str] = {}
    for name, value in given.multi_items():
        if name not in known:
            raise _invalid(f"There is no parameter {name!r} here. Known: {', '.join(known)}")
        if name in found:
            raise _invalid(f"The parameter {name!r} is given twice")
        found[name] = value
    return found


def read_query(given: Mapping[str, str], collection: Collection) -> Query:
    """
    Read which features of a collection are asked for.

    Raises
    ------
    RefusedError
        If a value cannot be understood.
    """
    return Query(
        limit=min(_count("limit", given.get("limit", str(LIMIT)), least=1), MOST),
        offset=_count("offset", given.get("offset", "0"), least=0),
        area=_area(given["bbox"]) if "bbox" in given else None,
        days=_days(given["datetime"]) if "datetime" in given else None,
        values={
            member: _value(field, given[name])
            for name, (member, field) in collection.queryables.items()
            if name in given
        },
    )


def _invalid(description: str) -> RefusedError:
    return RefusedError(400, "InvalidParameterValue", description)


def _count(name: str, text: str, *, least: int) -> int:
    if not _WHOLE.fullmatch(text) or int(text) < least:
        raise _invalid(f"{name} is a whole number from {least} up, not {text!r}")
    return int(text)


def _area(text: str) -> BaseGeometry:
    numbers = text.split(",")
    if len(numbers) not in _BOX_SIZES or not all(map(_NUMBER.fullmatch, numbers)):
        raise _invalid(
            f"bbox is west,south,east,north (six numbers with heights, which are not looked at), "
            f"not {text!r}"
        )
    west, south, east, north = (float(numbers[at]) for at in _BOX_SIZES[len(numbers)])
    if not all(map(math.isfinite, (west, south, east, north))) or south > north:
        raise _invalid(f"bbox has finite numbers and its south not above its north, not {text!r}")
    return shapely.union_all([_rectangle(box) for box in _boxes(west, south, east, north)])


def _boxes(west: float, south: float, east: float, north: float) -> list[Box]:
    """Cut a box at the antimeridian, which one crosses whose west is east of its east."""
    if not (-_HALF <= west <= _HALF and -_HALF <= east <= _HALF):
        if east - west >= _WORLD:
            return [(-_HALF, south, _HALF, north)]
        # A map scrolled past the antimeridian goes on counting.
        west, east = ((lon + _HALF) % _WORLD - _HALF for lon in (west, east))
    if west <= east:
        return [(west, south, east, north)]
    return [(west, south, _HALF, north), (-_HALF, south, east, north)]


def _rectangle(box: Box) -> BaseGeometry:
    """Draw a box; a box without height or width is a line or a point."""
    west, south, east, north = box
    corners = shapely.multipoints([(west, south), (west, north), (east, north), (east, south)])
    return corners.envelope


def _days(text: str) -> tuple[date, date]:
    start, slash, end = text.partition("/")
    if not slash:
        return _day(start, text), _day(start, text)
    if start in _OPEN and end in _OPEN:
        raise _invalid(f"datetime has an end or a beginning, unlike {text!r}")
    first = date.min if start in _OPEN else _day(start, text)
    last = date.max if end in _OPEN else _day(end, text)
    if first > last:
        raise _invalid(f"datetime ends before it begins: {text!r}")
    return first, last


def _day(instant: str, text: str) -> date:
    """Give the day of an instant, in UTC: features are known to the day."""
    try:
        if not _INSTANT.fullmatch(instant):
            raise ValueError  # noqa: TRY301 - one message for all
        moment = datetime.fromisoformat(instant.upper())
        return (moment.astimezone(UTC) if moment.tzinfo else moment).date()
    except (ValueError, OverflowError):
        raise _invalid(
            "datetime is an RFC 3339 date or date-time, or two with / between them, one of them "
            f"possibly .., not {text!r}"
        ) from None


def _value(field: Field, text: str) -> str | float | bool:
    if field.type is Type.BOOLEAN and text in {"true", "false"}:
        return text == "true"
    pattern = {Type.NUMBER: _NUMBER, Type.INTEGER: _WHOLE}.get(field.type)
    if pattern is not None and pattern.fullmatch(text):
        return float(text)
    options = options_of(field.name)
    if field.type in {Type.TEXT, Type.EDTF} and (not options or text in options):
        return text
    told = f"one of {', '.join(options)}" if options else f"a {field.type}"
    raise _invalid(f"{field.name} is {told}, not {text!r}")
