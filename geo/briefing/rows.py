"""The table of features: status, since when, figures, evidence and what the geometry is."""

from collections.abc import Iterator, Sequence
from itertools import chain

from geo import card, evidence, text
from geo.briefing import points
from geo.briefing.model import Row, Statement
from geo.briefing.notes import Notes
from geo.briefing.subject import Draft, Subject

#: Figures of a thing in the table.
_FIGURES = 2


def rows(inside: Sequence[Subject], around: Sequence[Subject], notes: Notes) -> Iterator[Row]:
    """Give a line for each thing of the scope, then for each beside it."""
    for subject in chain(inside, around):
        yield _row(subject, notes, beside=subject in around)


def _row(subject: Subject, notes: Notes, *, beside: bool) -> Row:
    feature = subject.feature
    told = card.card(feature, subject.atlas, subject.lang)
    claim = evidence.status_claim(feature) or evidence.lead_claim(feature)
    judged = next(points.standing(subject), None)
    bearing = judged if judged and judged.claims else Draft("-", (claim,) if claim else ())
    day = claim.since or claim.as_of if claim else None
    figures = [
        points.stated(subject, found)._replace(text=points.measure(subject, found))
        for name in card.FIGURES
        if (found := evidence.stated_claim(feature, name))
        and isinstance(found.value, int | float)
        and not isinstance(found.value, bool)
    ][:_FIGURES]

    def cell(words: str | None) -> Statement | None:
        return notes.state(bearing._replace(text=words)) if words and bearing.claims else None

    label = told.status.label if told.status else told.kind
    return Row(
        feature=feature.id,
        name=text.named(feature, subject.lang),
        beside=beside,
        status=cell(label),
        date=cell(text.day(day, subject.lang) if day else None),
        figures=tuple(notes.state(one) for one in figures),
        evidence=cell(told.evidence.label if told.evidence else None),
        geometry=notes.state(_placed(subject, told.geometry)),
    )


def _placed(subject: Subject, words: str) -> Draft:
    """Say what the geometry is; the note says how it was made and from what."""
    feature, sources = subject.feature, subject.atlas.sources
    properties = feature.properties
    said = [properties.location_note or subject.message("No place of its own is drawn.")]
    source = sources.get(properties.location_source or "")
    if source is not None:
        ref = f", {properties.location_ref}" if properties.location_ref else ""
        said.append(
            f"{subject.message('Position')}: {text.source_line(source, subject.lang)}{ref}."
        )
    parts = subject.atlas.parts.get(feature.id, ())
    noted = dict.fromkeys(one.properties.location_note for one in parts)
    if not properties.location_note and any(noted):
        said = [note for note in noted if note][:2]
    if words.startswith(subject.message("drawn in parts")):
        errors = [one.properties.accuracy_m for one in parts if one.properties.accuracy_m]
        words = (
            f"{words}; {text.distance(min(errors), subject.lang)}–{text.distance(max(errors), subject.lang)}"
            if errors
            else words
        )
    return Draft(
        text.sentence(words, subject.lang), (), " ".join(said), (feature.id, *(p.id for p in parts))
    )
