"""The piece of the world a still picture shows, and how it becomes numbers of an SVG path."""

from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

#: Room around what is shown on each side, as a share of it.
_MARGIN = 0.14


@dataclass(frozen=True)
class Frame:
    """
    A window on Web Mercator.

    Attributes
    ----------
    west, north
        Its upper left corner, meters.
    scale
        Pixels a meter.
    width, height
        Pixels.
    """

    west: float
    north: float
    scale: float
    width: float
    height: float

    @property
    def box(self) -> tuple[float, float, float, float]:
        """West, south, east, north, meters, with a rim that hides what is cut."""
        rim = 4 / self.scale
        return (
            self.west - rim,
            self.north - self.height / self.scale - rim,
            self.west + self.width / self.scale + rim,
            self.north + rim,
        )

    def pixel(self, x: float, y: float) -> tuple[float, float]:
        """Where a point of Web Mercator stands in the picture."""
        return (x - self.west) * self.scale, (self.north - y) * self.scale

    def holds(self, x: float, y: float, inset: float = 0) -> bool:
        """Whether a pixel lies in the picture, `inset` pixels from its edge."""
        return inset <= x <= self.width - inset and inset <= y <= self.height - inset

    def pixels(self, geometry: BaseGeometry) -> BaseGeometry:
        """Put a geometry into the picture, uncut."""
        corner = np.array([self.west, self.north])
        return shapely.transform(geometry, lambda at: (at - corner) * (self.scale, -self.scale))

    def path(self, geometry: BaseGeometry, *, tolerance: float, step: float = 0.5) -> str:
        """
        Cut a geometry to the picture and write it as an SVG path.

        Parameters
        ----------
        geometry
            Web Mercator.
        tolerance
            How far the drawn line may leave the true one, pixels; lakes and islands that vanish
            at it are left out.
        step
            To what numbers are rounded, pixels.
        """
        shown = self.pixels(shapely.clip_by_rect(geometry, *self.box))
        simple = shapely.simplify(shown, tolerance, preserve_topology=False)
        return "".join(_run(part, step) for part in shapely.get_parts(simple))


def fit(
    bounds: tuple[float, float, float, float],
    width: float,
    height: float,
    *,
    least: float,
    margin: float = _MARGIN,
) -> Frame:
    """
    Frame what is to be seen.

    Parameters
    ----------
    bounds
        West, south, east, north, meters of Web Mercator.
    width, height
        Of the picture, pixels.
    least
        How much of the world the picture shows at least from side to side, meters.
    """
    west, south, east, north = bounds
    across, up = (east - west) * (1 + 2 * margin), (north - south) * (1 + 2 * margin)
    scale = width / max(across, up * width / height, least)
    return Frame(
        west=(west + east) / 2 - width / scale / 2,
        north=(south + north) / 2 + height / scale / 2,
        scale=scale,
        width=width,
        height=height,
    )


def _run(part: BaseGeometry, step: float) -> str:
    if part.geom_type == "Polygon":
        return "".join(_strokes(ring.coords, step, closed=True) for ring in shapely.get_rings(part))
    return _strokes(part.coords, step) if part.geom_type == "LineString" else ""


def _strokes(coordinates: object, step: float, *, closed: bool = False) -> str:
    """Write one run of a path: its first point, then the way from each point to the next."""
    steps = np.rint(np.asarray(coordinates)[:, :2] / step).astype(int)
    moved = np.vstack([[True, True], np.diff(steps, axis=0) != 0]).any(axis=1)
    steps = steps[moved]
    if len(steps) < (4 if closed else 2):
        return ""
    if closed:
        steps = steps[:-1]
    first, *rest = [[_number(x * step), _number(y * step)] for x, y in _ways(steps)]
    ways = "".join(number if number[0] == "-" else f" {number}" for way in rest for number in way)
    return f"M{first[0]} {first[1]}l{ways.strip()}{'z' if closed else ''}"


def _ways(steps: np.ndarray) -> np.ndarray:
    return np.vstack([steps[:1], np.diff(steps, axis=0)])


def _number(value: float) -> str:
    """Write a number as short as SVG reads it."""
    text = f"{value:.1f}".removesuffix(".0")
    return text.replace("0.", ".", 1) if text.lstrip("-").startswith("0.") else text
