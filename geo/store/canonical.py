"""
The one form each file is written in.

A difference between two versions shows facts and nothing else.
"""

import json
from typing import Any

from geo.model import Atlas, Changes, Derived, Layer, Location, Properties, Stated

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


def changes_text(atlas: Atlas) -> str:
    """Write what each published version changed: the file `layers/changes.json`."""
    told = Changes(versions=atlas.versions).model_dump(mode="json")
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


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
