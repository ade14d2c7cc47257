"""QGIS styles (QML) for the tables of a GeoPackage: as our map draws them, and by evidence."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple
from xml.etree import ElementTree as ET

from geo import symbology
from geo.export.extract import Group
from geo.model import Feature
from geo.symbology import Symbol
from geo.vocab import Evidence, LocationMethod, Term

#: Millimeters of a pixel at 96 dots an inch.
_MM = 25.4 / 96
_POINT_MM = 3.2
_WHITE = "255,255,255,255"
_CLEAR = "0,0,0,0"
_SHAPES = {
    "square": "square",
    "hexagon": "hexagon",
    "diamond": "diamond",
    "triangle": "triangle",
    "star": "star",
    "plus": "cross_fill",
    "arrow": "arrowhead_filled",
    "pentagon": "pentagon",
    "bar": "rectangle",
}
#: One hue a class of evidence, for the second style; the first needs none, it has the white core.
_EVIDENCE_HUES = {
    Evidence.SEPARATE_SOURCES: symbology.HUES["green"],
    Evidence.FIRST_HAND: symbology.HUES["blue"],
    Evidence.ONE_ARTICLE: symbology.HUES["vermilion"],
    Evidence.DISAGREE: symbology.HUES["plum"],
    None: symbology.HUES["ink"],
}


class Rule(NamedTuple):
    """A line of a legend: its words, which features it draws (a QGIS expression), and how."""

    label: str
    expression: str
    symbol: Symbol


def status_style(group: Group) -> str:
    """Write the style of our map: hue by kind, pattern by status, a white core for one article."""
    return _qml(group, _rules(group.features, by_evidence=False))


def evidence_style(group: Group) -> str:
    """Write a style with one hue a class of evidence; the pattern still says the status."""
    return _qml(group, _rules(group.features, by_evidence=True))


def _rules(features: Sequence[Feature], *, by_evidence: bool) -> Iterator[Rule]:
    """Give one rule for each combination that occurs."""
    seen = {
        (p.kind, p.status, p.evidence, p.location_method is LocationMethod.SCHEMATIC)
        for p in (feature.properties for feature in features)
    }
    for kind, status, evidence, schematic in sorted(seen, key=str):
        method = LocationMethod.SCHEMATIC if schematic else None
        look = symbology.symbol_of(kind, status, evidence, method)
        words = [kind.label, status.label if status else None, evidence.label if evidence else None]
        if by_evidence:
            look = look.model_copy(update={"hue": _EVIDENCE_HUES[evidence]})
            words.reverse()
        tests = [
            _is("kind", kind),
            _is("status", status),
            _is("evidence", evidence),
            f"coalesce(\"location_method\", '') {'=' if schematic else '<>'} 'schematic'",
        ]
        label = ", ".join(word for word in words if word) + (" (diagram)" if schematic else "")
        yield Rule(label, " AND ".join(tests), look)


def _is(column: str, value: Term | None) -> str:
    return f'"{column}" IS NULL' if value is None else f"\"{column}\" = '{value.value}'"


def _qml(group: Group, rules: Iterator[Rule]) -> str:
    root = ET.Element("qgis", version="3.22.0", styleCategories="Symbology|Labeling")
    renderer = ET.SubElement(root, "renderer-v2", type="RuleRenderer", symbollevels="0")
    lines = ET.SubElement(renderer, "rules", key="rules")
    symbols = ET.SubElement(renderer, "symbols")
    for number, rule in enumerate(rules):
        ET.SubElement(
            lines,
            "rule",
            key=f"rule{number}",
            symbol=str(number),
            label=rule.label,
            filter=rule.expression,
        )
        _symbol(symbols, str(number), group.shape or "point", rule.symbol)
    _labels(root, group.shape or "point")
    ET.indent(root, " ")
    return "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n" + ET.tostring(
        root, encoding="unicode"
    )


def _symbol(parent: ET.Element, name: str, shape: str, look: Symbol) -> None:
    type_ = {"point": "marker", "line": "line", "polygon": "fill"}[shape]
    symbol = ET.SubElement(parent, "symbol", type=type_, name=name, alpha="1", clip_to_extent="1")
    layers = {"point": _markers, "line": _strokes, "polygon": _fills}[shape](look)
    for class_, options in layers:
        layer = ET.SubElement(symbol, "layer", {"class": class_, "enabled": "1", "pass": "0"})
        ET.SubElement(layer, "Option", type="Map").extend(
            ET.Element("Option", type="QString", name=name, value=value)
            for name, value in options.items()
        )
        for key, value in options.items():  # as QGIS before 3.26 reads them
            ET.SubElement(layer, "prop", k=key, v=value)


Layer = tuple[str, dict[str, str]]


def _strokes(look: Symbol) -> list[Layer]:
    """Draw a line; two thin ones are a thick one with a white middle."""
    pattern = look.pattern
    alpha = 150 if look.schematic else 255
    stroke = {
        "line_color": _rgba(look.hue, alpha),
        "line_width": _mm(pattern.width),
        "line_width_unit": "MM",
        "capstyle": "round" if pattern.dots else "flat",
        "joinstyle": "round",
    }
    if pattern.dash:
        stroke |= {
            "use_custom_dash": "1",
            "customdash": ";".join(_mm(length) for length in pattern.dash),
            "customdash_unit": "MM",
        }
    layers: list[Layer] = [("SimpleLine", stroke)]
    if pattern.double or (look.core and not pattern.dash):
        width = _mm(pattern.width * (0.5 if pattern.double else 0.35))
        layers.append(("SimpleLine", {**stroke, "line_color": _WHITE, "line_width": width}))
    return layers


def _markers(look: Symbol) -> list[Layer]:
    pattern = look.pattern
    size = _POINT_MM * (0.5 if look.shape == "dot" else 1)
    marker = {
        "name": _SHAPES.get(look.shape, "circle"),
        "color": _rgba(look.hue, round(255 * pattern.fill)) if pattern.fill else _WHITE,
        "outline_color": _rgba(look.hue),
        "outline_width": "0.5",
        "outline_style": "dot" if pattern.dots else "dash" if pattern.dash else "solid",
        "size": f"{size:g}",
        "size_unit": "MM",
    }
    layers: list[Layer] = [("SimpleMarker", marker)]
    if pattern.double:
        ring = {**marker, "color": _CLEAR, "size": f"{size * 1.6:g}"}
        layers.append(("SimpleMarker", ring))
    if look.core:
        core = {**marker, "name": "circle", "color": _WHITE, "outline_style": "no"}
        layers.append(("SimpleMarker", {**core, "size": f"{size * 0.4:g}"}))
    return layers


def _fills(look: Symbol) -> list[Layer]:
    fill = {"color": _rgba(look.hue, 70), "style": "solid", "outline_style": "no"}
    return [("SimpleFill", fill), *_strokes(look)]


def _labels(root: ET.Element, shape: str) -> None:
    """Label with the caption, which carries the caveat; points and areas else with the name."""
    expression = '"caption"' if shape == "line" else 'coalesce("caption", "name")'
    labeling = ET.SubElement(root, "labeling", type="simple")
    settings = ET.SubElement(labeling, "settings", calloutType="simple")
    style = ET.SubElement(
        settings,
        "text-style",
        fieldName=expression,
        isExpression="1",
        fontSize="8",
        fontSizeUnit="Point",
        textColor="31,31,31,255",
    )
    ET.SubElement(style, "text-buffer", bufferDraw="1", bufferSize="0.8", bufferColor=_WHITE)
    ET.SubElement(settings, "placement", placement="2" if shape == "line" else "6")
    ET.SubElement(settings, "rendering", obstacle="1", displayAll="1" if shape == "line" else "0")


def _rgba(hue: str, alpha: int = 255) -> str:
    red, green, blue = (int(hue[at : at + 2], 16) for at in (1, 3, 5))
    return f"{red},{green},{blue},{alpha}"


def _mm(pixels: float) -> str:
    return f"{pixels * _MM:.2f}"
