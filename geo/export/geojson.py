"""GeoJSON (RFC 7946) and GeoJSON text sequences (RFC 8142): everything, as the layer files hold it."""

import json
import re
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import Any

import shapely

from geo import symbology
from geo.export.extract import Extract, Geometries, geometries
from geo.export.fields import FLAT
from geo.export.rfc7946 import Box, as_rfc7946, bbox_of, joined
from geo.model import Atlas, Feature, Properties, Source

#: An escaped NUL in JSON, after any number of escaped backslashes.
_NUL = re.compile(r"(?<!\\)((?:\\\\)*)\\u0000")
_RECORD_SEPARATOR = "\x1e"
#: Columns that every feature carries, with null where nothing is known.
ALWAYS = tuple(name for name in FLAT if name in Properties.model_fields)
#: Names of members in a file, where those in the records are reserved words.
_PUBLIC = {name: info.alias or name for name, info in Properties.model_fields.items()}


def write(extract: Extract, path: Path) -> None:
    """Write one feature collection; the sources stand in it as a member of their own."""
    boxes: list[Box] = []
    with path.open("w", encoding="utf-8", newline="\n") as file:
        head = {"type": "FeatureCollection", **_about(extract)}
        file.write(json_text(head).removesuffix("}") + ',"features":[\n')
        first = True
        for lines in _lines(extract, boxes):
            file.write(("" if first else ",\n") + ",\n".join(lines))
            first = False
        file.write("\n]")
        if boxes:
            file.write(f',"bbox":{json_text(joined(boxes))}')
        sources = ",\n".join(_source(source) for source in extract.sources)
        file.write(f',"sources":[\n{sources}\n]}}\n')


def write_sequence(extract: Extract, path: Path) -> None:
    """Write one feature a record, each with the sources it cites, for pipelines that stream."""
    sources = extract.atlas.sources
    with path.open("w", encoding="utf-8", newline="\n") as file:
        features = iter(extract.features)
        for lines in _lines(extract, []):
            for line, feature in zip(lines, features, strict=False):
                cited = dict.fromkeys(claim.source for claim in feature.properties.claims)
                told = ",".join(_source(sources[id_]) for id_ in cited if id_ in sources)
                file.write(f'{_RECORD_SEPARATOR}{line.removesuffix("}")},"sources":[{told}]}}\n')


def _about(extract: Extract) -> dict[str, Any]:
    """Give the members that say what the collection is."""
    layers = [
        layer.model_dump(mode="json", exclude_none=True, exclude={"features", "type"})
        for layer in extract.layers
    ]
    title = layers[0]["title"] if len(layers) == 1 else "Digital Silk Road map"
    return {"title": title, **extract.notes(), "layers": layers}


def _lines(extract: Extract, boxes: list[Box]) -> Iterator[list[str]]:
    """Write features in handfuls, one text each; adds the bounds of each to `boxes`."""
    for batch in extract.batches():
        found = as_rfc7946(geometries(batch))
        boxes.extend(bbox_of(found))
        yield feature_texts(batch, found, extract.atlas, simplestyle=extract.simplestyle)


def feature_texts(
    features: Sequence[Feature],
    geometries: Geometries,
    atlas: Atlas,
    *,
    always: Collection[str] = ALWAYS,
    simplestyle: bool = False,
) -> list[str]:
    """
    Write features, one text each.

    Parameters
    ----------
    geometries
        Of the features, as RFC 7946 wants them (see `as_rfc7946`).
    always
        Members of `Properties` that are null where nothing is known; the others are then absent.
    """
    texts = shapely.to_geojson(geometries)
    styles = [_style(feature, atlas) if simplestyle else "" for feature in features]
    return [
        _feature(feature, geometry or "null", atlas.layer_of[feature.id].id, style, always)
        for feature, geometry, style in zip(features, texts, styles, strict=True)
    ]


def _feature(
    feature: Feature, geometry: str, layer: str, style: str, always: Collection[str]
) -> str:
    members = feature.properties.__dict__
    absent = "".join(f'"{_PUBLIC[name]}":null,' for name in always if members[name] is None)
    properties = feature.properties.model_dump_json(exclude_none=True, by_alias=True)
    formerly = f'"formerly":{json_text(feature.formerly)},' if feature.formerly else ""
    return (
        f'{{"type":"Feature","id":{json_text(feature.id)},{formerly}"geometry":{geometry},'
        f'"properties":{{"layer":{json_text(layer)},{style}{absent}{harmless(properties)[1:]}}}'
    )


def _source(source: Source) -> str:
    return harmless(source.model_dump_json(exclude_none=True, exclude={"sentences"}))


def json_text(value: Any) -> str:  # noqa: ANN401 - any JSON value
    """Write a value as JSON that no program takes for more than data."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return harmless(text)


def harmless(text: str) -> str:
    """
    Escape what makes GDAL take a GeoJSON for a program of its own, or a script end a line.

    `<` begins a VRT and `gdal_streamed_alg` a pipeline; both read other files. A NUL ends a text
    for programs written in C, so it becomes U+FFFD.
    """
    if "\\u0000" in text:
        text = _NUL.sub("\\1\ufffd", text)
    return (
        text.replace("<", "\\u003c")
        .replace("gdal_streamed_alg", "\\u0067dal_streamed_alg")
        .replace("\u2028", "\\u2028")
        .replace("\u2029", "\\u2029")
    )


def _style(feature: Feature, atlas: Atlas) -> str:
    """Give our colors as simplestyle members (https://github.com/mapbox/simplestyle-spec)."""
    look = symbology.symbol(feature, atlas)
    properties = feature.properties
    told = (properties.status_label, properties.caption, properties.quote)
    members = {
        "title": properties.name,
        "description": " · ".join(words for words in told if words),
        "marker-color": look.hue,
        "marker-size": "medium" if look.pattern.fill else "small",
        "stroke": look.hue,
        "stroke-width": look.pattern.width,
        "stroke-opacity": 0.5 if look.schematic else 1,
        "fill": look.hue,
        "fill-opacity": 0.3 if look.pattern.fill else 0.1,
    }
    return json_text(members)[1:-1] + ","
