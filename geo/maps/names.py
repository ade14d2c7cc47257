"""Names in a still picture, set so that none lies on another or on what is drawn."""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import inf

from geo.maps.frame import Frame

Box = tuple[float, float, float, float]

#: Height of a line of text, in sizes of its letters.
LEADING = 1.15
#: Width of a letter in sizes of it: most scripts, the same in bold, and those of square signs.
_NARROW, _BOLD, _SQUARE = 0.55, 0.6, 1.0
#: How far the name of a region that may drift leaves its middle, in sizes of its letters.
_DRIFT = (0, -1.3, 1.3, -2.6, 2.6)
#: The same to its sides, in widths of it.
_ASIDE = (0, 0.36, -0.36)
#: Size of a name that finds no room otherwise, as a share of it.
_SMALLER = 0.82

#: Signs that begin no line.
_CLOSING = "，。；：、）！？,.;:)"


@dataclass(frozen=True)
class Name:
    """
    A name that wants a place.

    Attributes
    ----------
    x, y
        Pixels; where its thing stands.
    look
        Class of the style sheet.
    gap
        Pixels between the thing and its name; None sets the name right on the thing.
    dot
        Whether a small dot marks the place.
    own
        Whether it belongs to what the picture is about: bold, and never left out for its dot or
        for being one too many.
    drift
        Whether a name without a gap may leave its place a little.
    """

    lines: tuple[str, ...]
    x: float
    y: float
    look: str
    size: float
    gap: float | None = None
    dot: bool = False
    own: bool = False
    drift: bool = False


@dataclass(frozen=True)
class Set:
    """A name at its place: where its first line begins, is centered or ends."""

    name: Name
    x: float
    y: float
    anchor: str


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """
    Estimate how wide a text is, pixels; nothing here can measure a font.

    Examples
    --------
    >>> round(text_width("Gwadar", 10)), round(text_width("瓜达尔", 10))
    (33, 30)
    """
    letter_width = _BOLD if bold else _NARROW
    return size * sum(
        _SQUARE if unicodedata.east_asian_width(letter) in "WF" else letter_width for letter in text
    )


def wrap(text: str, width: float, size: float) -> tuple[str, ...]:
    """
    Break a text into lines no wider than `width` pixels, between words.

    Words of square signs, between which no spaces are, are broken where the line is full.
    """
    lines: list[str] = []
    for word in text.split():
        if lines and text_width(f"{lines[-1]} {word}", size) <= width:
            lines[-1] += f" {word}"
        elif text_width(word, size) > width and any(map(_is_square, word)):
            lines += _broken(word, width, size)
        else:
            lines.append(word)
    return tuple(lines)


def _broken(word: str, width: float, size: float) -> list[str]:
    lines = [""]
    for letter in word:
        full = text_width(lines[-1] + letter, size) > width
        if full and lines[-1] and letter not in _CLOSING:
            lines.append("")
        lines[-1] += letter
    return lines


def _is_square(letter: str) -> bool:
    return unicodedata.east_asian_width(letter) in "WF"


def place(
    names: Iterable[Name],
    frame: Frame,
    *,
    taken: Sequence[Box] = (),
    courses: Sequence[Box] = (),
    most: float = inf,
) -> list[Set]:
    """
    Set names in the order of their weight; one that fits nowhere is left out.

    Parameters
    ----------
    taken
        Boxes that hold something already: west, north, east, south, pixels.
    courses
        Boxes of lines; a name must not cover them, the dot of a place may touch them.
    most
        How many names of the base map there may be.
    """
    full = list(taken)
    found: list[Set] = []
    left = most
    for name in names:
        dot = (name.x - 2, name.y - 2, name.x + 2, name.y + 2)
        if not name.own and (left < 1 or (name.dot and any(_meet(dot, one) for one in full))):
            continue
        for candidate, box, barred in _tries(name, full, courses):
            inside = box[0] >= 2 and box[1] >= 2 and box[2] <= frame.width - 2  # noqa: PLR2004 - rim
            if inside and box[3] <= frame.height and not any(_meet(box, one) for one in barred):
                found.append(candidate)
                full += [box, dot] if name.dot else [box]
                left -= not name.own
                break
    return found


def _tries(
    name: Name, full: Sequence[Box], courses: Sequence[Box]
) -> Iterator[tuple[Set, Box, Sequence[Box]]]:
    """
    Give the places to try, each with what it must not cover.

    What the picture is about is rather set smaller, or across a line, than left out.
    """
    clear = [*full, *courses]
    yield from ((one, box, clear) for one, box in _candidates(name))
    if name.own and name.gap is not None:
        smaller = replace(name, size=round(name.size * _SMALLER, 1))
        yield from ((one, box, clear) for one, box in _candidates(smaller))
        yield from ((one, box, full) for one, box in _candidates(smaller))


def _candidates(name: Name) -> Iterable[tuple[Set, Box]]:
    width = max(text_width(line, name.size, bold=name.own) for line in name.lines)
    height = name.size * LEADING * len(name.lines)
    gap = name.gap
    if gap is None:
        spots = [
            (name.x + (aside - 0.5) * width, name.y - height / 2 + drift * name.size, "middle")
            for aside in (_ASIDE if name.drift else _ASIDE[:1])
            for drift in (_DRIFT if name.drift else _DRIFT[:1])
        ]
    else:
        spots = [
            (name.x + gap, name.y - height / 2, "start"),
            (name.x - gap - width, name.y - height / 2, "end"),
            (name.x - width / 2, name.y - gap - height, "middle"),
            (name.x - width / 2, name.y + gap, "middle"),
            *(
                (east, north, anchor)
                for north in (name.y - height - gap / 2, name.y + gap / 2)
                for east, anchor in ((name.x + gap / 2, "start"), (name.x - gap / 2 - width, "end"))
            ),
        ]
    for west, north, anchor in spots:
        x = {"start": west, "middle": west + width / 2, "end": west + width}[anchor]
        box = (west, north, west + width, north + height)
        yield Set(name, round(x, 1), round(north + name.size * 0.9, 1), anchor), box


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
