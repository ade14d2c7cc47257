"""
Draw the links of which no course is published, as diagrams.

Each link of `LINKS` becomes a bowed arc, a quadratic Bezier curve, so that nobody takes it for a
cable. The bows are chosen so that no arc lies at sea or on Indian-administered land, and none runs
straight through a large town on its way. An arc is written into the feature of its id, with
`location_method` and `derived_by`; nothing else in the layer files is touched. An arc has neither
accuracy nor length: it means no location.

Run ``python tools/draw_schematic.py`` to update the layers, then ``geo fmt``; ``--check`` says
whether the layers hold what the table makes. All coordinates are WGS 84, longitude first.
"""

import argparse
import json
import math
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

LAYERS = Path(__file__).resolve().parents[1] / "layers"
N_VERTICES = 24
METHODS = ("schematic", None)  # of a feature that may carry an arc

Position = tuple[float, float]


class DrawError(Exception):
    """The diagrams cannot be drawn; the message says what to do."""


@dataclass(frozen=True)
class Link:
    """
    One link of the diagram.

    Attributes
    ----------
    layer, feature
        Where the arc belongs.
    start, end
        Longitude and latitude between which it is bowed.
    bow
        How far the middle of the arc stands off the straight line, as a fraction of that line's
        length; to the left of the way from start to end, to the right if negative.
    gap
        What is left open at both ends, as a fraction of the curve's parameter.
    """

    layer: str
    feature: str
    start: Position
    end: Position
    bow: float
    gap: float = 0.0


# Seat of the ministry that proposed Fiber One: GeoNames 1176615.
ISLAMABAD = (73.0433, 33.7215)
# The points of the layers gwadar, rashakai and dhabeji.
GWADAR_PORT = (62.33863, 25.11222)
RASHAKAI = (72.14, 34.07)
DHABEJI = (67.50944, 24.81279)

# Fiber One ends where the name of a country stands, at least 35 km from any town of 5,000 people.
LINKS = (
    # 15 km west of the Khunjerab Pass, 24 km from Indian-administered land.
    Link("fiber_one", "fiber-one-china", ISLAMABAD, (78.6, 38.7), bow=0.08),
    Link("fiber_one", "fiber-one-kazakhstan", ISLAMABAD, (68.9, 44.6), bow=0.14),
    Link("fiber_one", "fiber-one-kyrgyzstan", ISLAMABAD, (74.6, 41.5), bow=0.12),
    Link("fiber_one", "fiber-one-tajikistan", ISLAMABAD, (71.2, 38.7), bow=0.12),
    Link("fiber_one", "fiber-one-uzbekistan", ISLAMABAD, (65.3, 41.4), bow=0.05),
    # The gaps keep both arcs off the bay east of Gwadar, where a line would read as a sea cable.
    Link("cloud_network", "cloud-gwadar-dhabeji", GWADAR_PORT, DHABEJI, bow=0.26, gap=0.06),
    Link("cloud_network", "cloud-gwadar-rashakai", GWADAR_PORT, RASHAKAI, bow=-0.07, gap=0.03),
)


def arc(link: Link, n_vertices: int = N_VERTICES) -> list[list[float]]:
    """
    Bow the line between the ends of a link.

    Parameters
    ----------
    link
        Its ends are in degrees; the bow is measured with degrees of longitude shortened by the
        cosine of the middle latitude, so that it looks the same in every direction.
    n_vertices
        Number of positions.

    Returns
    -------
    positions
        Longitude and latitude, six decimals.

    Examples
    --------
    >>> arc(Link("", "", (0.0, 0.0), (4.0, 0.0), bow=0.25), n_vertices=3)
    [[0.0, 0.0], [2.0, 1.0], [4.0, 0.0]]
    """
    (start_lon, start_lat), (end_lon, end_lat) = link.start, link.end
    shrink = math.cos(math.radians((start_lat + end_lat) / 2))
    # The control point stands off twice as far as the curve.
    control_lon = (start_lon + end_lon) / 2 - 2 * link.bow * (end_lat - start_lat) / shrink
    control_lat = (start_lat + end_lat) / 2 + 2 * link.bow * (end_lon - start_lon) * shrink
    steps = (
        link.gap + (1 - 2 * link.gap) * index / (n_vertices - 1) for index in range(n_vertices)
    )
    return [
        [
            round(_bezier(start_lon, control_lon, end_lon, t), 6),
            round(_bezier(start_lat, control_lat, end_lat, t), 6),
        ]
        for t in steps
    ]


def _bezier(start: float, control: float, end: float, t: float) -> float:
    return (1 - t) ** 2 * start + 2 * t * (1 - t) * control + t**2 * end


def location_members(link: Link) -> dict[str, str]:
    """Return the members that say how the arc was made."""
    gap = f", gap={link.gap:g}" if link.gap else ""
    return {
        "location_method": "schematic",
        "derived_by": f"tools/draw_schematic.py, bow={link.bow:g}{gap}",
    }


def read_layers(folder: Path) -> dict[Path, dict[str, Any]]:
    """Read the layers of `LINKS`; every missing file, feature and wrong method in one error."""
    documents: dict[Path, dict[str, Any]] = {}
    faults: list[str] = []
    for layer in dict.fromkeys(link.layer for link in LINKS):
        path = folder / f"{layer}.geojson"
        if not path.exists():
            faults.append(f"  - {path}: no such layer; write it first, or name --layers")
            continue
        documents[path] = json.loads(path.read_text(encoding="utf-8"))
        features = features_by_id(documents[path])
        for link in LINKS:
            if link.layer != layer:
                continue
            if link.feature not in features:
                faults.append(f"  - {path}: no feature '{link.feature}'; add it, or mend LINKS")
            elif features[link.feature]["properties"].get("location_method") not in METHODS:
                faults.append(f"  - {path}: '{link.feature}' has a drawn course; mend LINKS")
    if faults:
        raise DrawError("\n".join([f"{len(faults)} problem(s)", *faults]))
    return documents


def features_by_id(document: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Give the features of a layer by their ids."""
    return {feature["id"]: feature for feature in document["features"]}


def draw(document: dict[str, Any], layer: str) -> list[str]:
    """Put the arcs of a layer into its features; return the ids of those that changed."""
    features = features_by_id(document)
    changed = []
    for link in LINKS:
        if link.layer != layer:
            continue
        feature = features[link.feature]
        geometry = {"type": "LineString", "coordinates": arc(link)}
        members = location_members(link)
        properties = feature["properties"]
        if feature["geometry"] != geometry or not members.items() <= properties.items():
            feature["geometry"] = geometry
            properties.update(members)
            changed.append(link.feature)
    return changed


def main(arguments: list[str] | None = None) -> int:
    """Update the layers, or with ``--check`` compare them; return the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").strip().splitlines()[0])
    parser.add_argument("--layers", type=Path, default=LAYERS, help="folder of the layer files")
    parser.add_argument("--check", action="store_true", help="compare, change nothing")
    options = parser.parse_args(arguments)
    try:
        documents = read_layers(options.layers)
    except DrawError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    changed: list[str] = []
    for path, document in documents.items():
        here = draw(document, path.stem)
        if here and not options.check:
            text = json.dumps(document, ensure_ascii=False, indent=2).replace("<", "\\u003c")
            path.write_text(text + "\n", encoding="utf-8")
        changed += here
    if options.check and changed:
        names = ", ".join(changed)
        sys.stderr.write(
            f"not as the table makes them: {names}\n  run {sys.argv[0]}, then geo fmt\n"
        )
        return 1
    done = "are as the table makes them" if options.check else f"drawn, {len(changed)} changed"
    sys.stdout.write(f"{len(LINKS)} links {done}{'' if options.check else '; now run: geo fmt'}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
