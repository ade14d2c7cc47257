"""Atlas and view → one `Briefing`: everything every writer sets, numbered in the order of reading."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from urllib.parse import urlencode

from geo import __version__, dates, evidence, text
from geo.analysis import Answer
from geo.briefing import about, bibliography, chapters, opening, points, reckoned, rows
from geo.briefing.about import Scope
from geo.briefing.model import (
    Briefing,
    Chapter,
    Figure,
    Length,
    Point,
    Row,
)
from geo.briefing.notes import Notes
from geo.briefing.subject import Draft, Group, Subject
from geo.cite import MAP
from geo.model import Atlas
from geo.public import public_url
from geo.view import View

#: What is told of a thing beside the scope, the weightiest first.
_BESIDE = ("against", "finance", "links", "use", "published_length_km", "cost_usd", "built_pct")


@dataclass(frozen=True)
class Limits:
    """
    How much a briefing holds; None holds all.

    Attributes
    ----------
    statements
        Of key points, over all things.
    beside
        Statements on each thing beside the scope.
    things_beside
        How many things beside the scope are told of.
    rows
        Lines of the table.
    sources
        Sources a note gives in full.
    unknown
        Whether it says what no source says.
    """

    statements: int | None = None
    beside: int | None = None
    things_beside: int | None = None
    rows: int | None = None
    sources: int | None = None
    unknown: bool = True


def briefing(
    atlas: Atlas,
    view: View,
    scope: Scope,
    inside: Sequence[Subject],
    around: Sequence[Subject],
    *,
    length: Length,
    limits: Limits | None = None,
    figure: Figure | None = None,
    answers: Sequence[Answer] = (),
) -> Briefing:
    """
    Put a scope into words.

    Parameters
    ----------
    atlas
        As it was known on the view's day.
    inside, around
        What is in the scope and beside it.
    limits
        How much there is room for.
    answers
        What the things come to by our reckoning.
    """
    limits = limits or Limits()
    lang = view.lang
    notes = Notes(atlas, most=limits.sources, lang=lang)
    subjects, around = inside, around[: limits.things_beside]
    opened = tuple(notes.state(one) for one in opening.opening(subjects))
    pointed = _pointed(subjects, limits.statements)
    told = [_points(groups, one, notes) for one, groups in zip(subjects, pointed, strict=True)]
    lines = tuple(islice(rows.rows(subjects, around, notes), limits.rows))
    brief = length is Length.BRIEF
    found = tuple(
        chapters.brief(one, notes, said, unknown=limits.unknown)
        if brief
        else chapters.full(one, notes, said)
        for one, said in zip(subjects, told, strict=True)
    )
    near = tuple(_beside(one, notes, limits.beside) for one in around)
    reckoning = reckoned.points(answers, scope.things, notes)
    query = urlencode(about.query(scope, atlas, view))
    link = public_url(f"?{query}" if query else "")
    title = about.title(scope, atlas, view)
    edition = text.message("Data version {version}", lang).format(version=__version__)
    return Briefing(
        title=title,
        scope=about.scope_words(scope, atlas, view),
        known=about.known(atlas, view),
        edition=edition,
        cite=", ".join([f"{MAP}, “{title}”", __version__, *([link] if link else [])]) + ".",
        view=query,
        link=link,
        lang=lang,
        length=length,
        opening=opened,
        figure=figure,
        rows=lines,
        chapters=found,
        beside=near,
        reckoned=reckoning,
        left_out=_left_out(subjects, found, near, scope, lines) if brief else "",
        notes=notes.notes,
        reading=about.reading(lang),
        bibliography=bibliography.references([atlas.sources[one] for one in notes.sources], lang),
        method=about.method(atlas, lang),
        licenses=about.licenses(lang),
        boundary_note=text.boundary_note(view.worldview, lang),
        boundary_view=text.message("Boundary view: {name}.", lang).format(
            name=text.message(view.worldview.label, lang)
        ),
        clearing=text.message(
            "Boundary view: {view}; cleared by: ______________________", lang
        ).format(view=text.message(view.worldview.label, lang)),
        sources=notes.sources,
        day=dates.bounds(view.as_of or atlas.searched_to)[1].isoformat(),
    )


def _pointed(subjects: Sequence[Subject], most: int | None) -> list[tuple[Group, ...]]:
    """
    Share the room out among the things: each gets its weightiest statements first.

    Room that one does not need goes to the others.
    """
    found = [points.groups(one) for one in subjects]
    if most is None:
        return found
    sizes = [sum(len(group.drafts) for group in groups) for groups in found]
    shares = [0] * len(found)
    while sum(shares) < min(most, sum(sizes)):
        for i, size in enumerate(sizes):
            shares[i] += shares[i] < size and sum(shares) < most
    return [_cut(groups, share) for groups, share in zip(found, shares, strict=True)]


def _cut(groups: Sequence[Group], most: int) -> tuple[Group, ...]:
    """Keep so many statements, the weightiest; of equal ones first the first of each subject."""
    order = sorted(
        (draft.weight, rank > 0, index, rank)
        for index, group in enumerate(groups)
        for rank, draft in enumerate(group.drafts)
    )
    kept = {(index, rank) for *_, index, rank in order[:most]}
    cut = (
        Group(
            group.title,
            tuple(one for rank, one in enumerate(group.drafts) if (index, rank) in kept),
        )
        for index, group in enumerate(groups)
    )
    return tuple(group for group in cut if group.drafts)


def _points(groups: Sequence[Group], subject: Subject, notes: Notes) -> tuple[Point, ...]:
    return tuple(
        Point(
            title=group.title,
            statements=tuple(notes.state(draft) for draft in group.drafts),
            feature=subject.feature.id,
        )
        for group in groups
    )


def _beside(subject: Subject, notes: Notes, most: int | None) -> Point:
    """Tell of a thing beside the scope: its standing, its claims, and what no source says."""
    feature = subject.feature
    drafts = [
        *islice(points.standing(subject), 1),
        *_claim_of(subject, _BESIDE),
    ][:most]
    silent = [
        draft._replace(
            text=f"{subject.message('Not published')}: {draft.text[0].lower()}{draft.text[1:]}"
        )
        for draft in points.unknown(subject)
    ]
    # What is a mere diagram or rests on nothing says so even where there is little room.
    stated = [notes.state(one) for one in [*drafts, *silent]]
    return Point(
        title=text.named(feature, subject.lang), statements=tuple(stated), feature=feature.id
    )


def _claim_of(subject: Subject, names: Sequence[str]) -> Iterator[Draft]:
    for name in names:
        claim = evidence.stated_claim(subject.feature, name)
        if claim is not None:
            yield points.stated(subject, claim)


def _left_out(
    subjects: Sequence[Subject],
    found: Sequence[Chapter],
    near: Sequence[Point],
    scope: Scope,
    lines: Sequence[Row],
) -> str:
    """Say what there was no room for."""
    message = subjects[0].message
    lang = subjects[0].lang
    all_ = sum(len(group.drafts) for one in subjects for group in points.groups(one))
    told = sum(len(point.statements) for one in found for point in one.points)
    shown = {
        *(one.feature for one in lines),
        *(one.feature for one in near),
        *(one.feature for one in found if one.points),
    }
    words = []
    if all_ > told:
        words.append(
            text.counted("{n} further statement", "{n} further statements", all_ - told, lang)
        )
    if untold := {one.id for one in (*scope.things, *scope.beside)} - shown:
        words.append(text.counted("{n} further thing", "{n} further things", len(untold), lang))
    if any(
        not one.unknown and of.feature.properties.unknown
        for one, of in zip(found, subjects, strict=True)
    ):
        words.append(message("what the sources do not say of each"))
    claims = sum(len(one.feature.properties.claims) for one in subjects)
    words.append(
        text.counted(
            "the one claim with its words", "each of the {n} claims with its words", claims, lang
        )
    )
    return message("The full briefing holds {what}.", what=text.listed(words, lang))
