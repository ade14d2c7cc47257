"""Makes a briefing of a length; one of two pages holds as much as two pages do."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

from geo import text
from geo.analysis import Answer
from geo.briefing import content, pdf, reckoned, scope
from geo.briefing.about import Scope
from geo.briefing.content import Limits
from geo.briefing.model import Briefing, Figure, Length, Paper
from geo.briefing.subject import Subject
from geo.maps.figure import Size, figure, placed
from geo.model import Atlas, Feature
from geo.pages import family
from geo.store import Store
from geo.view import View

#: Most pages of the brief length.
PAGES = 2
#: Width of the map between the margins, millimeters and units of its drawing, and its height in
#: the full length.
_WIDTH_MM, _WIDTH, _HEIGHT = 174, 494, 340
_TALL, _LOW = 216, 188


@dataclass(frozen=True)
class _Rung:
    """How much a brief holds, and how high its map is."""

    limits: Limits
    height: int


#: Of few things, from the fullest to the barest.
_LADDER = (
    *(_Rung(Limits(n, 5, 6, 12, 1), _TALL) for n in (60, 52, 46, 41, 37)),
    *(_Rung(Limits(n, 4, 5, 9, 1), _TALL) for n in (34, 31, 29, 27, 25, 23)),
    *(_Rung(Limits(n, 3, 4, 8, 1), _LOW) for n in (25, 23, 21, 19, 17, 15)),
    *(_Rung(Limits(n, 2, 3, 6, 1), _LOW) for n in (14, 12, 10, 8, 6, 4)),
)
#: More things than these are not named in a caption.
_MANY = 15
#: How many things are few; of more, each has a line before any has a second.
_FEW = 3


def _ladder(n_things: int) -> tuple[_Rung, ...]:
    if n_things <= _FEW:
        return _LADDER
    lines = tuple(dict.fromkeys(round(n_things * share) for share in (3, 2.5, 2, 1.6, 1.3, 1)))
    fewer = tuple(dict.fromkeys(round(n_things * share / 20) or 1 for share in range(19, 0, -1)))
    return (
        *(_Rung(Limits(n, 3, 3, n_things + 3, 1), _LOW) for n in lines),
        *(_Rung(Limits(n, 1, 2, 0, 1), _LOW) for n in lines[2:]),
        *(_Rung(Limits(n, 1, 1, 0, 1, unknown=False), _LOW) for n in lines[-2:]),
        *(_Rung(Limits(n, 1, 0, 0, 1, unknown=False), _LOW) for n in fewer),
    )


def make(
    atlas: Atlas,
    view: View,
    store: Store,
    *,
    features: Sequence[str] = (),
    length: Length = Length.BRIEF,
    paper: Paper = Paper.A4,
    report: Callable[[str], None] = lambda _: None,
) -> Briefing:
    """
    Make a briefing on what a view shows, or on things by name.

    Parameters
    ----------
    atlas
        As it was known on the view's day.
    features
        Ids; none takes what the view shows.
    paper
        The sheet that the brief length fills.
    report
        Told what is being done, in a word or two.

    Raises
    ------
    GeoError
        If a feature is not known or nothing is selected; for the full length also if the reference
        data that answers are reckoned from are missing; for the brief length also if Typst, which
        counts its pages, is not installed.
    """
    things = scope.things(atlas, view, features)
    near = scope.beside(things, atlas) if features else ()
    chosen = Scope(things, near, named=bool(features))
    inside, around = ([Subject(one, atlas, view.lang) for one in ones] for ones in (things, near))
    drawing = cache(lambda height: _figure(things, atlas, view, store, height))

    def told(limits: Limits | None, height: int, answers: Sequence[Answer] = ()) -> Briefing:
        return content.briefing(
            atlas,
            view,
            chosen,
            inside,
            around,
            length=length,
            limits=limits,
            figure=drawing(height),
            answers=answers,
        )

    report(text.message("Gathering claims", view.lang))
    if length is Length.FULL:
        return told(None, _HEIGHT, reckoned.answers(atlas, view, chosen, store))
    ladder = _ladder(len(things))
    low, high = 0, len(ladder) - 1
    while low < high:  # the first rung whose briefing fits
        middle = (low + high) // 2
        report(text.message("Fitting two pages", view.lang))
        rung = ladder[middle]
        fits = pdf.pages(told(rung.limits, rung.height), paper) <= PAGES
        low, high = (low, middle) if fits else (middle + 1, high)
    rung = ladder[low]
    return told(rung.limits, rung.height)


def _figure(
    things: Sequence[Feature], atlas: Atlas, view: View, store: Store, height: int
) -> Figure | None:
    """Draw the things, with their parts and waypoints; None where none has a place on the map."""
    members = tuple({one.id: one for thing in things for one in family(thing, atlas)}.values())
    shown = placed(members, atlas, store)
    if not shown:
        return None
    lang = view.lang
    drawn = {one.whole.id for one in shown}
    without = [text.named(one, lang) for one in things if one.id not in drawn]
    seen = [text.named(one, lang) for one in things if one.id in drawn]
    caption = _caption(seen, without, lang)
    methods = dict.fromkeys(
        text.message(one.feature.properties.location_method.label, lang)
        for one in shown
        if one.feature.properties.location_method
    )
    alt = text.message("{caption} Places and lines: {methods}.", lang).format(
        caption=caption, methods=text.listed(methods, lang)
    )
    svg = figure(
        atlas,
        members,
        store,
        view.worldview,
        Size(_WIDTH_MM, _WIDTH, height),
        standing_note=False,
        lang=lang,
    )
    return Figure(svg=svg, alt=alt, caption=caption)


def _caption(seen: Sequence[str], without: Sequence[str], lang: str) -> str:
    """Name what is on the map and what is not; of very many say how many."""
    if len(seen) + len(without) > _MANY:
        words = text.counted("Map of {n} thing", "Map of {n} things", len(seen), lang)
        unseen = text.counted(
            "{n} thing has no place on it", "{n} things have no place on it", len(without), lang
        )
        return f"{words}; {unseen}." if without else f"{words}."
    words = text.message("Map: {names}.", lang).format(names="; ".join(seen))
    if not without:
        return words
    unseen = text.message("Without a place on it: {names}.", lang)
    return f"{words} {unseen.format(names='; '.join(without))}"
