"""Every feature of a brought layer in one SQLite file: the record of one, a search, all in order."""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from pydantic_core import PydanticSerializationError, to_json

from geo.extra.layer import SOURCE_MEMBERS
from geo.extra.reading import Batch, Geometries

_BATCH = 10_000
#: Members whose text stands for a feature, the first that is there.
_NAMES = ("name", "title", "label", "name_en", "name:en", "asciiname", "id")
#: Letters of a text that a search sees.
_SEEN = 300
_SCHEMA = """
CREATE TABLE features (id INTEGER PRIMARY KEY, name TEXT, words TEXT, properties TEXT, wkb BLOB)
"""


@dataclass
class Told:
    """What writing features tells of all of them."""

    done: float = 0
    n: int = 0
    n_placed: int = 0
    n_bytes: int = 0
    sourced: int = 0
    bounds: list[float] = field(default_factory=list)
    fields: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Record:
    """A feature: its number in the layer, from 1, what it is called, and what its file says."""

    id: int
    name: str | None
    properties: Mapping[str, Any]
    wkb: bytes | None

    def spot(self) -> tuple[float, float] | None:
        """Longitude and latitude of a point on it."""
        if self.wkb is None:
            return None
        point = shapely.point_on_surface(shapely.from_wkb(self.wkb))
        return float(point.x), float(point.y)


def write(path: Path, batches: Iterable[Batch]) -> Iterator[Told]:
    """Write features; tells after each handful what is known of all so far."""
    told = Told()
    with closing(sqlite3.connect(path)) as database:
        database.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + _SCHEMA)
        for batch in batches:
            wkb = shapely.to_wkb(batch.geometries)
            rows = [_row(properties, told) for properties in batch.properties]
            database.executemany(
                "INSERT INTO features (name, words, properties, wkb) VALUES (?, ?, ?, ?)",
                ((*row, one) for row, one in zip(rows, wkb, strict=True)),
            )
            told.done = batch.done
            told.n += len(rows)
            _measure(batch.geometries, wkb, told)
            yield told
        database.commit()


def _row(properties: Mapping[str, Any], told: Told) -> tuple[str | None, str, str]:
    """Give name, words to search and properties as text; notes what each member holds."""
    values = {str(name): _plain(value) for name, value in properties.items()}
    fields = told.fields
    for name, value in values.items():
        kind = "" if value is None else _kind(value)
        known = fields.get(name)
        if known != kind:
            fields[name] = kind if known is None else _joined(known, kind)
    told.sourced += any(map(values.get, SOURCE_MEMBERS))
    texts = [value[:_SEEN] for value in values.values() if isinstance(value, str)]
    return _name(values), _clean("\n".join(texts).casefold()), as_json(values)


def as_json(value: Any) -> str:  # noqa: ANN401 - any JSON value
    """Write JSON, three times as fast as `json` does; a half of a surrogate pair becomes `?`."""
    try:
        return to_json(value).decode()
    except (PydanticSerializationError, UnicodeEncodeError):
        return _clean(json.dumps(value, ensure_ascii=False, allow_nan=False))


@lru_cache(maxsize=256)
def _named_by(names: tuple[str, ...]) -> tuple[str, ...]:
    """Give those of a feature's members whose text may stand for it, the likeliest first."""
    by_name: dict[str, str] = {}
    for name in names:
        by_name.setdefault(name.casefold(), name)
    return tuple(by_name[name] for name in _NAMES if name in by_name)


def _name(values: Mapping[str, Any]) -> str | None:
    for name in _named_by(tuple(values)):
        value = values[name]
        if isinstance(value, str | int) and not isinstance(value, bool) and str(value).strip():
            return _clean(str(value)[:_SEEN])
    return None


def _plain(value: Any) -> Any:  # noqa: ANN401 - any value of a file
    """Give a value as JSON holds it."""
    match value:
        case None | str() | bool() | int():
            return value
        case float():
            return value if np.isfinite(value) else None if np.isnan(value) else str(value)
        case date() | datetime() | time():
            return value.isoformat()
        case dict():
            return {str(name): _plain(one) for name, one in value.items()}
        case list() | tuple():
            return [_plain(one) for one in value]
        case _:
            return f"({len(value)} bytes)" if isinstance(value, bytes) else str(value)


def _kind(value: Any) -> str:  # noqa: ANN401 - as `_plain` gives it
    if isinstance(value, str):
        return "text"
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int):
        return "integer" if abs(value) < 2**63 else "text"
    return "number" if isinstance(value, float) else "json"


def _joined(one: str, other: str) -> str:
    """Say what a column holds that held one kind of value and now another."""
    if not one or not other:
        return one or other
    return "number" if {one, other} <= {"integer", "number"} else "text" if one != other else one


def _clean(words: str) -> str:
    """Replace halves of surrogate pairs, which UTF-8 cannot write."""
    return words if words.isascii() else words.encode("utf-8", "replace").decode()


def _measure(geometries: Geometries, wkb: np.ndarray, told: Told) -> None:
    placed = geometries[~shapely.is_missing(geometries)]
    if not len(placed):
        return
    told.n_placed += len(placed)
    told.n_bytes += sum(len(one) for one in wkb if one is not None)
    west, south, east, north = shapely.total_bounds(placed).tolist()
    if told.bounds:
        west, south = min(west, told.bounds[0]), min(south, told.bounds[1])
        east, north = max(east, told.bounds[2]), max(north, told.bounds[3])
    told.bounds = [west, south, east, north]


@contextmanager
def _opened(path: Path) -> Iterator[sqlite3.Connection]:
    # Read only, and never a file that is not there.
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as database:
        yield database


def one(path: Path, id_: int) -> Record | None:
    """Give a feature by its number."""
    with _opened(path) as database:
        row = database.execute(
            "SELECT id, name, properties, wkb FROM features WHERE id = ?", (id_,)
        ).fetchone()
    return None if row is None else Record(row[0], row[1], json.loads(row[2]), row[3])


def find(path: Path, words: str, *, most: int, skip: int = 0) -> list[Record]:
    """Give features in which every word stands, from the whole layer; all of them for no word."""
    wanted = words.casefold().split()
    condition = " AND ".join("words LIKE ? ESCAPE '\\'" for _ in wanted) or "1"
    patterns = [f"%{_escaped(word)}%" for word in wanted]
    with _opened(path) as database:
        rows = database.execute(
            f"SELECT id, name, properties, wkb FROM features WHERE {condition}"  # noqa: S608 - ours
            " ORDER BY id LIMIT ? OFFSET ?",
            (*patterns, most, skip),
        ).fetchall()
    return [Record(id_, name, json.loads(said), wkb) for id_, name, said, wkb in rows]


def _escaped(word: str) -> str:
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def every(path: Path) -> Iterator[Record]:
    """Give all features."""
    for some in batches(path):
        yield from (Record(id_, name, json.loads(said), wkb) for id_, name, said, wkb in some)


def batches(path: Path) -> Iterator[list[tuple[int, str | None, str, bytes | None]]]:
    """Give all features in handfuls: number, name, properties as JSON text, WKB."""
    with _opened(path) as database:
        rows = database.execute("SELECT id, name, properties, wkb FROM features ORDER BY id")
        while some := rows.fetchmany(_BATCH):
            yield some
