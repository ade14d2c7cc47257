"""Small pictures of symbols for legends, drawn from the same table as the map."""

from collections.abc import Sequence
from itertools import pairwise
from math import cos, pi, sin

from geo.render.environment import render
from geo.symbology import KINDS, Symbol, symbol_of
from geo.vocab import Evidence, Kind, LocationMethod, Status

#: Kinds that a legend shows as a line.
LINE_KINDS = frozenset({Kind.TERRESTRIAL_FIBER, Kind.DATA_LINK, Kind.TRADE_FLOW})

_CORNERS = {"square": 4, "diamond": 4, "triangle": 3, "pentagon": 5, "hexagon": 6}
#: Name of the picture of a likely error.
BAND = "band"

_NONE = "none"


def swatch(symbol: Symbol, *, line: bool) -> str:
    """Draw a symbol as SVG, 30 by 14 for a line and 16 by 16 for a point."""
    corners = _corners(symbol.shape, 5.6)
    return render(
        "swatch.svg.jinja",
        symbol=symbol,
        line=line,
        outline=_path(corners),
        filled=_path(_below(corners, symbol.pattern.fill)),
    )


def swatch_name(
    kind: Kind,
    status: Status | None,
    evidence: Evidence | None = None,
    method: LocationMethod | None = None,
) -> str:
    """
    Name a swatch, so that an address can ask for it.

    Examples
    --------
    >>> swatch_name(Kind.PORT, Status.OPERATING, Evidence.FIRST_HAND)
    'port.operating.first_hand.none'
    """
    return ".".join((kind, status or _NONE, evidence or _NONE, method or _NONE))


def swatch_of(name: str) -> str:
    """
    Draw the swatch of a name.

    Raises
    ------
    ValueError
        If no such swatch can be named.
    """
    if name == BAND:
        return render("band.svg.jinja", hue=KINDS[Kind.TERRESTRIAL_FIBER].hue)
    kind, status, evidence, method = name.split(".")
    symbol = symbol_of(
        Kind(kind),
        None if status == _NONE else Status(status),
        None if evidence == _NONE else Evidence(evidence),
        None if method == _NONE else LocationMethod(method),
    )
    return swatch(symbol, line=Kind(kind) in LINE_KINDS)


def _corners(shape: str, radius: float) -> list[tuple[float, float]]:
    """Give the corners of a shape around 0/0."""
    corners = _CORNERS.get(shape, 24)
    turn = pi / 4 if shape == "square" else 0
    return [
        (radius * sin(turn + 2 * pi * i / corners), -radius * cos(turn + 2 * pi * i / corners))
        for i in range(corners)
    ]


def _below(corners: Sequence[tuple[float, float]], share: float) -> list[tuple[float, float]]:
    """
    Cut off what of a shape lies above a share of its 16 pixels, from below.

    Not by a clip path of a style sheet, which programs that print do not know.
    """
    level = 8 - 16 * share
    found = []
    for (x, y), (next_x, next_y) in pairwise([*corners, corners[0]]):
        if y >= level:
            found.append((x, y))
        if (y < level) != (next_y < level):
            found.append((x + (next_x - x) * (level - y) / (next_y - y), level))
    return found


def _path(corners: Sequence[tuple[float, float]]) -> str:
    return f"M{'L'.join(f'{x:.2f} {y:.2f}' for x, y in corners)}Z" if corners else ""
