"""
Reads and writes `layers/` and `seeds/`; the only room that knows where they are.

Every file is written in one canonical form, so that a difference between two versions shows
facts and nothing else.
"""

import hashlib
import json
import os
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Never, TypeVar

from pydantic import TypeAdapter, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from geo.errors import DataError, GeoError
from geo.model import (
    Atlas,
    Derived,
    Edtf,
    Layer,
    Location,
    PageCheck,
    Properties,
    Record,
    Source,
    Stated,
)

#: Members of a feature's properties in the order of the files: who it is, what is stated,
#: where it is, who says so, and what follows from that.
_OWN = [name for name in Properties.model_fields if name in Properties.__annotations__]
_ORDER = [
    Properties.model_fields[name].alias or name
    for name in (
        *(name for name in _OWN if name != "claims"),
        *Stated.model_fields,
        *Location.model_fields,
        "claims",
        *Derived.model_fields,
    )
]

R = TypeVar("R", bound=Record)


class Scope(Record):
    """What holds for all layers: `layers/atlas.yaml`."""

    searched_to: Edtf
    names: tuple[str, ...] = ()


_PAGE_CHECKS: Final[TypeAdapter[dict[str, PageCheck]]] = TypeAdapter(dict[str, PageCheck])


@dataclass(frozen=True)
class Store:
    """The folders of one set of data."""

    root: Path

    @property
    def layers(self) -> Path:
        """The folder of layer files."""
        return self.root / "layers"

    @property
    def seeds(self) -> Path:
        """The folder of source records."""
        return self.root / "seeds"

    @property
    def basemap(self) -> Path:
        """The folder of reference data the map is drawn on."""
        return self.layers / "basemap"

    @property
    def reference(self) -> Path:
        """The folder of reference data that answers are computed from."""
        return self.layers / "reference"

    @property
    def links(self) -> Path:
        """The file in which `geo links` keeps what became of the pages of sources."""
        return self.root / "links.json"

    def layer_path(self, layer_id: str) -> Path:
        """Where a layer's file stands."""
        return self.layers / f"{layer_id}.geojson"


def find() -> Store:
    """
    Find the data: the folder `GEO_DATA` names, else the checkout's, else the package's own.

    Raises
    ------
    GeoError
        If the folder has no `layers` and `seeds`.
    """
    named = os.environ.get("GEO_DATA")
    package = Path(__file__).resolve().parent
    checkout = package.parent
    in_checkout = (checkout / "pyproject.toml").is_file() and (checkout / "layers").is_dir()
    root = Path(named) if named else checkout if in_checkout else package / "data"
    for folder in ("layers", "seeds"):
        if not (root / folder).is_dir():
            raise GeoError(
                str(root),
                f"has no folder {folder!r}",
                "Name a folder with layers/ and seeds/ in GEO_DATA, or unset it"
                if named
                else "Install the package again",
            )
    return Store(root)


def document(name: str) -> str:
    """
    Read a document of the project, such as its changelog: from the package, else the checkout.

    Raises
    ------
    GeoError
        If the file is missing.
    """
    package = Path(__file__).resolve().parent
    for folder in (package / "data", package.parent):
        if (folder / name).is_file():
            return (folder / name).read_text(encoding="utf-8")
    raise GeoError(name, "is missing", "Install the package again")


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


def canonical(layer: Layer) -> str:
    """
    Write a layer as text: features by id, one claim a line, coordinates with six decimals.

    The result is RFC 7946 GeoJSON. The sign ``<`` is escaped, because GDAL takes a file
    whose text begins an XML document for that document.
    """
    head = _members(layer.model_dump(mode="json", exclude_none=True, exclude={"features"}))
    features = sorted(layer.features, key=lambda feature: feature.id)
    lines = [
        "{",
        *(f" {_json(name)}: {_json(value)}," for name, value in head.items()),
        ' "features": [',
        ",\n".join(
            _feature(f.model_dump(mode="json", exclude_none=True, by_alias=True)) for f in features
        ),
        " ]",
        "}",
    ]
    return "\n".join(lines) + "\n"


def schema() -> str:
    """
    Write the JSON Schema of a layer file.

    Members that `geo fmt` derives are marked ``readOnly``.
    """
    described = Layer.model_json_schema(by_alias=True)
    members = described["$defs"]["Properties"]["properties"]
    for name in Derived.model_fields:
        members[name]["readOnly"] = True
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Layer file"}
    return json.dumps({**described, **head}, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def write_text(path: Path, text: str) -> None:
    """Write a file whole or not at all."""
    write_bytes(path, text.encode())


def write_bytes(path: Path, data: bytes) -> None:
    """
    Write a file whole or not at all.

    Raises
    ------
    GeoError
        If the folder is missing or not writable; an older file stays as it was.
    """
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    except OSError as error:
        remedy = "Choose a folder that exists and that you may write to"
        raise GeoError(str(path), f"cannot be written ({error.strerror})", remedy) from error
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(0o644)
        temporary.replace(path)
    except OSError as error:
        raise GeoError(
            str(path), f"cannot be written ({error.strerror})", "Choose another"
        ) from error
    finally:
        temporary.unlink(missing_ok=True)


def _read_record(path: Path, record: type[R], faults: list[str]) -> R | None:
    """Read one file; on a fault, add every one of its faults and give nothing."""
    place = f"{path.parent.name}/{path.name}"
    try:
        text = path.read_text(encoding="utf-8")
        data = _parse_json(text) if path.suffix == ".geojson" else YAML(typ="safe").load(text)
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


def _json(value: Any) -> str:  # noqa: ANN401 - any JSON value
    text = json.dumps(_plain(value), ensure_ascii=False, allow_nan=False)
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _plain(value: Any) -> Any:  # noqa: ANN401 - any JSON value
    """Write whole numbers without a fraction, at every depth."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, dict):
        return {name: _plain(member) for name, member in value.items()}
    if isinstance(value, list):
        return [_plain(member) for member in value]
    return value


def _members(record: dict[str, Any]) -> dict[str, Any]:
    """Leave out what is empty: an absent member and an empty one say the same."""
    return {name: value for name, value in record.items() if value != []}


def _feature(feature: dict[str, Any]) -> str:
    properties = _members(feature["properties"])
    if not properties["whole"]:
        del properties["whole"]
    geometry = feature.get("geometry")
    if geometry is not None:
        geometry = {"type": geometry["type"], "coordinates": _rounded(geometry["coordinates"])}
    formerly = [f'"formerly": {_json(feature["formerly"])},'] if feature["formerly"] else []
    members = [
        _claims(properties[name])
        if name == "claims"
        else f"   {_json(name)}: {_json(properties[name])}"
        for name in _ORDER
        if name in properties
    ]
    lines = [
        "  {",
        '"type": "Feature",',
        f'"id": {_json(feature["id"])},',
        *formerly,
        f'"geometry": {_json(geometry)},',
        '"properties": {',
    ]
    return "\n   ".join(lines) + "\n " + ",\n ".join(members) + "\n   }\n  }"


def _claims(claims: list[dict[str, Any]]) -> str:
    lines = ",\n     ".join(_json(_members(claim)) for claim in claims)
    return f'   "claims": [\n     {lines}\n    ]'


def _rounded(coordinates: Any) -> Any:  # noqa: ANN401 - positions at any depth
    if isinstance(coordinates, float | int):
        return round(coordinates, 6)
    return [_rounded(part) for part in coordinates]
