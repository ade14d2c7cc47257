"""KML 2.2 and KMZ: folders by layer, our colors, balloons with the quote and its link."""

import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import urlsplit
from xml.sax.saxutils import escape, quoteattr

import shapely
from markupsafe import Markup
from shapely import Polygon
from shapely.geometry.base import BaseGeometry

from geo import symbology, text
from geo.export.archive import write_zip
from geo.export.extract import Extract, geometries
from geo.export.fields import FEATURES, Row, Type, flat, used, xml_text
from geo.export.rows import feature_row
from geo.model import Feature, Layer
from geo.symbology import Symbol

_TYPES = {Type.NUMBER: "double", Type.INTEGER: "int", Type.BOOLEAN: "bool"}
#: Columns that stand in elements of their own; LIBKML would take a field `name` for the name.
_ELSEWHERE = frozenset({"name"})
_CAPTIONS = "Captions"


def write(extract: Extract, path: Path, *, container: str = "Folder") -> None:
    """Write a KML document; `container` is the element that holds a layer."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(f"{line}\n" for line in _document(extract, container))


def write_kmz(extract: Extract, path: Path) -> None:
    """
    Write the KML document zipped.

    Each layer is a document with its own schema, which Google Earth shows as a folder: in a KMZ
    GDAL finds the fields of no other container (3.6 and 3.12 tried).
    """
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        document = Path(folder, "doc.kml")
        write(extract, document, container="Document")
        write_zip(path, [("doc.kml", document)])


def _tag(element: str, value: str, /, **attributes: str) -> str:
    """Write an element with text; the one place where text becomes XML."""
    words = "".join(f" {key}={quoteattr(xml_text(said))}" for key, said in attributes.items())
    return f"<{element}{words}>{escape(xml_text(value), {chr(13): '&#13;'})}</{element}>"


def _document(extract: Extract, container: str) -> Iterator[str]:
    rows = (feature_row(feature, extract.atlas) for feature in extract.features)
    places = [n for n in used(FEATURES, rows) if FEATURES.fields[n].name not in _ELSEWHERE]
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield '<kml xmlns="http://www.opengis.net/kml/2.2"><Document>'
    yield _tag("name", "Digital Silk Road map")
    yield _tag("description", Markup("<br>").join(extract.notes().values()))
    looks = {_style_id(look): look for f in extract.features for look in (_look(f, extract),)}
    for id_ in sorted(looks):
        yield from _style(id_, looks[id_])
    yield '<Style id="style_caption"><IconStyle><scale>0</scale></IconStyle>'
    yield "<LabelStyle><scale>0.8</scale></LabelStyle></Style>"
    if container == "Folder":
        yield from _schema("schema_all", places)
    for layer in extract.layers:
        yield from _layer(extract, layer, places, container)
    yield from _captions(extract)
    yield "</Document></kml>"


def _schema(id_: str, places: list[int]) -> Iterator[str]:
    yield f'<Schema name="feature" id="{id_}">'
    for place in places:
        field = FEATURES.fields[place]
        type_ = _TYPES.get(field.type, "string")
        yield f'<SimpleField type="{type_}" name="{field.name}">'
        yield _tag("displayName", field.description) + "</SimpleField>"
    yield "</Schema>"


def _layer(extract: Extract, layer: Layer, places: list[int], container: str) -> Iterator[str]:
    here = [f for f in extract.features if extract.atlas.layer_of[f.id] is layer]
    schema = "schema_all" if container == "Folder" else f"schema_{layer.id}"
    yield f"<{container}>" + _tag("name", layer.title)
    yield _tag("visibility", "1" if layer.visible else "0")
    yield _tag("description", Markup("{}").format(layer.description))
    if container == "Document":
        yield from _schema(schema, places)
    for batch in extract.batches(here):
        for feature, geometry in zip(batch, geometries(batch), strict=True):
            row = feature_row(feature, extract.atlas)
            visible = "1" if layer.visible else "0"
            yield f"<Placemark id={quoteattr(_xml_id(feature.id))}>"
            yield _tag("name", feature.properties.name) + _tag("visibility", visible)
            yield _tag("Snippet", _snippet(feature), maxLines="2")
            yield _tag("description", balloon(feature))
            yield _tag("styleUrl", f"#{_style_id(_look(feature, extract))}")
            yield _data(row, places, schema)
            if geometry is not None:
                yield _geometry(geometry)
            yield "</Placemark>"
    yield f"</{container}>"


def _xml_id(id_: str) -> str:
    """Give an id that XML allows; GDAL takes it for the feature's, so it is that where it can be."""
    return f"_{id_}" if id_[0].isdigit() else id_


def _captions(extract: Extract) -> Iterator[str]:
    """Give each caption as a label of its own, since KML labels no lines."""
    captioned = [f for f in extract.features if f.properties.caption and f.geometry]
    if not captioned:
        return
    yield "<Folder>" + _tag("name", _CAPTIONS)
    for feature, line in zip(captioned, geometries(captioned), strict=True):
        spot = line.interpolate(0.5, normalized=True) if "Line" in line.geom_type else None
        spot = spot or shapely.point_on_surface(line)
        yield f"<Placemark>{_tag('name', feature.properties.caption or '')}"
        yield _tag("styleUrl", "#style_caption") + _geometry(spot) + "</Placemark>"
    yield "</Folder>"


def _snippet(feature: Feature) -> str:
    properties = feature.properties
    words = (properties.status_label, properties.evidence and properties.evidence.label)
    return " · ".join(word for word in words if word)


def balloon(feature: Feature) -> Markup:
    """Write what a balloon shows: Google Earth reads it as HTML, so every value is escaped."""
    properties = feature.properties
    names = [name for name in (properties.name_ur, properties.name_zh) if name]
    method = properties.location_method
    accuracy = properties.accuracy_m
    error = f"; likely error {text.distance(accuracy)}" if accuracy else ""
    parts = [
        Markup("<b>{}</b>").format(properties.name),
        *(Markup("{}").format(name) for name in names),
        Markup("{}").format(_snippet(feature)),
        Markup("<i>{}</i>").format(properties.caption) if properties.caption else None,
        Markup("<q>{}</q>").format(properties.quote) if properties.quote else None,
        _link(properties.source_url, properties.source_title),
        Markup("{}").format(properties.summary) if properties.summary else None,
        Markup("Line or place: {}{}").format(method.label, error) if method else None,
    ]
    return Markup("<br>").join(part for part in parts if part)


def _link(url: str | None, title: str | None) -> Markup | None:
    if url is None or urlsplit(url).scheme not in {"http", "https"}:
        return Markup("{}").format(title) if title else None
    return Markup('<a href="{}">{}</a>').format(url, title or url)


def _data(row: Row, places: list[int], schema: str) -> str:
    cells = []
    for place in places:
        field = FEATURES.fields[place]
        value = flat(field, row[place])
        if isinstance(value, bool):
            value = int(value)
        if value is not None:
            cells.append(_tag("SimpleData", str(value), name=field.name))
    return (
        f'<ExtendedData><SchemaData schemaUrl="#{schema}">{"".join(cells)}'
        "</SchemaData></ExtendedData>"
    )


def _look(feature: Feature, extract: Extract) -> Symbol:
    return symbology.symbol(feature, extract.atlas)


def _style_id(look: Symbol) -> str:
    pattern = look.pattern
    marks = ("dots" if pattern.dots else "dash" if pattern.dash else "line", f"{pattern.width:g}")
    ends = ("double" * pattern.double, "core" * look.core, "diagram" * look.schematic)
    # The underscore keeps it apart from every feature id.
    return "_".join(part for part in ("style", look.hue[1:], *marks, *ends) if part)


def _style(id_: str, look: Symbol) -> Iterator[str]:
    """Give color and width; KML knows no dashes, so what is not in service is paler."""
    alpha = 255 if look.pattern.fill else 170
    red, green, blue = look.hue[1:3], look.hue[3:5], look.hue[5:7]
    color = f"{alpha:02x}{blue}{green}{red}".lower()
    yield f'<Style id="{id_}"><IconStyle><color>{color}</color><scale>0.9</scale></IconStyle>'
    yield f"<LineStyle><color>{color}</color><width>{look.pattern.width:g}</width></LineStyle>"
    yield f"<PolyStyle><color>40{color[2:]}</color></PolyStyle>"
    yield "<BalloonStyle><text>$[description]</text></BalloonStyle></Style>"


def _geometry(geometry: BaseGeometry) -> str:
    kind = geometry.geom_type
    if kind.startswith("Multi"):
        parts = "".join(map(_geometry, shapely.get_parts(geometry)))
        return f"<MultiGeometry>{parts}</MultiGeometry>"
    if isinstance(geometry, Polygon):
        whole: Polygon = shapely.orient_polygons(geometry)
        inner = "".join(
            f"<innerBoundaryIs>{_ring(ring.coords)}</innerBoundaryIs>" for ring in whole.interiors
        )
        outer = f"<outerBoundaryIs>{_ring(whole.exterior.coords)}</outerBoundaryIs>"
        return f"<Polygon>{outer}{inner}</Polygon>"
    follow = "<tessellate>1</tessellate>" if kind == "LineString" else ""
    return f"<{kind}>{follow}<coordinates>{_positions(geometry.coords)}</coordinates></{kind}>"


def _ring(positions: Iterable[tuple[float, ...]]) -> str:
    return f"<LinearRing><coordinates>{_positions(positions)}</coordinates></LinearRing>"


def _positions(positions: Iterable[tuple[float, ...]]) -> str:
    return " ".join(f"{lon!r},{lat!r}" for lon, lat in positions)
