"""Reads layers, source records, results of link checks and article texts; every fault is named."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final, Never, TypeVar

from pydantic import TypeAdapter, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from geo.errors import DataError, GeoError
from geo.model import Atlas, Changes, Edtf, Layer, PageCheck, Record, Source
from geo.store.folders import Store

R = TypeVar("R", bound=Record)


class Scope(Record):
    """What holds for all layers: `layers/atlas.yaml`."""

    searched_to: Edtf
    names: tuple[str, ...] = ()


_PAGE_CHECKS: Final[TypeAdapter[dict[str, PageCheck]]] = TypeAdapter(dict[str, PageCheck])


def read_page_checks(path: Path) -> dict[str, PageCheck]:
    """
    Read what became of the pages of sources, by address; nothing where none was checked yet.

    Raises
    ------
    GeoError
        If the file is not one of results.
    """
    if not path.is_file():
        return {}
    try:
        return _PAGE_CHECKS.validate_json(path.read_bytes())
    except ValidationError as error:
        fault = f"holds no results of link checks ({error.errors()[0]['msg']})"
        raise GeoError(str(path), fault, "Remove it, or name another file") from error


def _checked(source: Source, checks: Mapping[str, PageCheck]) -> Source:
    check = checks.get(source.url or "")
    return source.model_copy(update={"page_check": check}) if check else source


def read_atlas(store: Store) -> Atlas:
    """
    Read every layer and every source.

    Raises
    ------
    DataError
        If anything is unreadable; it names every fault of every file.
    """
    faults: list[str] = []
    scope = _read_record(store.layers / "atlas.yaml", Scope, faults)
    layers = [
        layer
        for path in sorted(store.layers.glob("*.geojson"))
        if (layer := _read_record(path, Layer, faults))
    ]
    sources = [
        source
        for path in sorted(store.seeds.glob("*.yaml"))
        if (source := _read_record(path, Source, faults))
    ]
    told = _read_record(store.changes, Changes, faults) if store.changes.is_file() else None
    checks = read_page_checks(store.links)
    if scope is None or faults:
        raise DataError(
            str(store.root), faults, "Mend the files named above; `geo check` reads them"
        )
    return Atlas(
        layers=tuple(sorted(layers, key=lambda layer: (layer.order, layer.id))),
        sources={source.id: _checked(source, checks) for source in sources},
        searched_to=scope.searched_to,
        names=scope.names,
        versions=told.versions if told else (),
    )


def read_texts(folder: Path) -> dict[str, str]:
    """
    Read article texts, by the SHA-256 of their bytes.

    Raises
    ------
    GeoError
        If the folder is missing or holds no text.
    """
    if not folder.is_dir():
        raise GeoError(str(folder), "is no folder", "Name the folder with the articles' texts")
    texts = {
        hash_text(data): data.decode()
        for path in sorted(folder.glob("*.txt"))
        if (data := path.read_bytes())
    }
    if not texts:
        raise GeoError(
            str(folder), "holds no .txt file", "Name the folder with the articles' texts"
        )
    return texts


def hash_text(data: bytes) -> str:
    """Name a text as source records do."""
    return hashlib.sha256(data).hexdigest()


def _read_record(path: Path, record: type[R], faults: list[str]) -> R | None:
    """Read one file; on a fault, add every one of its faults and give nothing."""
    place = f"{path.parent.name}/{path.name}"
    try:
        text = path.read_text(encoding="utf-8")
        data = _parse_json(text) if path.suffix != ".yaml" else YAML(typ="safe").load(text)
    except (OSError, ValueError, YAMLError, RecursionError) as error:
        faults.append(f"{place}: cannot be read: {error}")
        return None
    try:
        found = record.model_validate(data)
    except ValidationError as error:
        faults.extend(f"{place}: {line}" for line in _explain(error, data))
        return None
    id_ = getattr(found, "id", path.stem)
    if id_ != path.stem:
        faults.append(f"{place}: its id is {id_!r}; name the file {id_}{path.suffix}")
    return found


def _parse_json(text: str) -> Any:  # noqa: ANN401 - whatever JSON holds
    """Parse JSON strictly: no NaN, no Infinity, no member twice."""

    def refuse(constant: str) -> Never:
        raise ValueError(f"{constant} is not JSON")

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        members = dict(pairs)
        if len(members) < len(pairs):
            names = [name for name, _ in pairs]
            twice = sorted({name for name in names if names.count(name) > 1})
            raise ValueError(f"members written twice in one object: {', '.join(twice)}")
        return members

    return json.loads(text, parse_constant=refuse, object_pairs_hook=once)


def _explain(error: ValidationError, data: Any) -> Iterator[str]:  # noqa: ANN401 - as parsed
    """Say each fault of a record, with the ids of the feature and claim it stands in."""
    for fault in error.errors(include_url=False):
        steps: list[str] = []
        here = data
        for step in fault["loc"]:
            try:
                here = here[step]
            except (KeyError, IndexError, TypeError):
                here = None
            id_ = here.get("id") if isinstance(here, Mapping) else None
            steps.append(str(id_) if isinstance(step, int) and id_ else str(step))
        yield f"{'.'.join(steps) or 'the file'}: {fault['msg']}"
