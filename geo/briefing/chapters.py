"""What a briefing says of one thing: the weightiest points, or everything."""

from collections.abc import Iterator

from geo import evidence, text
from geo.briefing import points
from geo.briefing.model import Chapter, Name, Point, Quoted, Run, Statement, Step
from geo.briefing.notes import Notes
from geo.briefing.subject import Draft, Subject
from geo.model import Claim, is_date
from geo.pages import content, sources
from geo.vocab import Rank


def brief(
    subject: Subject, notes: Notes, said: tuple[Point, ...], *, unknown: bool = True
) -> Chapter:
    """Tell the key points of a thing and, where there is room, what no source says."""
    told = tuple(notes.state(one) for one in points.unknown(subject)) if unknown else ()
    return _chapter(subject, None, said).model_copy(update={"unknown": told})


def full(subject: Subject, notes: Notes, said: tuple[Point, ...]) -> Chapter:
    """Tell all of a thing, each claim with its words in a note."""
    summary = _summary(subject)
    return _chapter(subject, notes.state(summary) if summary else None, said).model_copy(
        update={
            "history": tuple(_history(subject, notes)),
            "quotes": tuple(_quotes(subject, notes)),
            "claims": tuple(_claims(subject, notes)),
            "disagreements": tuple(notes.state(one) for one in _disagreements(subject)),
            "unknown": tuple(notes.state(one) for one in points.unknown(subject)),
        }
    )


def _chapter(subject: Subject, summary: Statement | None, said: tuple[Point, ...]) -> Chapter:
    properties = subject.feature.properties
    names = (("ur", properties.name_ur), ("zh", properties.name_zh))
    return Chapter(
        feature=subject.feature.id,
        name=text.named(subject.feature, subject.lang),
        names=tuple(
            Name(lang=lang, text=name, draft=lang in properties.translated)
            for lang, name in names
            if name and lang != subject.lang
        ),
        kind=text.message(properties.kind.label, subject.lang),
        summary=summary,
        points=said,
    )


def _summary(subject: Subject) -> Draft | None:
    feature = subject.feature
    if not feature.properties.summary:
        return None
    lead = evidence.lead_claim(feature)
    words = subject.message(
        "Our summary of the {n} claims on {name}.",
        n=len(feature.properties.claims),
        name=text.named(feature, subject.lang),
    )
    return Draft(feature.properties.summary, (lead,) if lead else (), words, (feature.id,))


def _history(subject: Subject, notes: Notes) -> Iterator[Step]:
    """Give what came when, oldest first, each with the claim that says so."""
    feature, lang = subject.feature, subject.lang
    numbers = sources.order(feature)
    told = content.history(feature, numbers, lang)
    for step in told:
        claim = next(
            one
            for one in feature.properties.claims
            if numbers[one.source] == step.n and _gives(one, step, subject)
        )
        statement = notes.state(Draft(text.sentence(step.words, lang), (claim,)))
        yield Step(date=step.date, statement=statement)


def _gives(claim: Claim, step: content.Step, subject: Subject) -> bool:
    when = str(claim.value) if is_date(claim.property) else claim.since
    label = subject.label(claim.property)
    return (
        claim.rank is Rank.PREFERRED
        and when is not None
        and text.day(when, subject.lang) == step.date
        and (step.words.startswith(label) or step.words == subject.value(claim))
    )


def _quotes(subject: Subject, notes: Notes) -> Iterator[Quoted]:
    """Give the words of the sources themselves, those behind a used value."""
    told: set[str] = set()
    for claim in subject.feature.properties.claims:
        if claim.quote is None or claim.rank is not Rank.PREFERRED or claim.quote in told:
            continue
        told.add(claim.quote)
        source = subject.atlas.sources[claim.source]
        yield Quoted(
            about=subject.label(claim.property),
            runs=(
                Run(text=_before(claim)),
                Run(text=f"“{claim.quote}”", url=evidence.sentence_url(source, claim)),
                Run(text=_after(claim)),
            ),
            by=text.source_line(source, subject.lang),
            notes=(notes.number(Draft("", (claim,))),),
        )


def _before(claim: Claim) -> str:
    return f"…{claim.prefix} " if claim.prefix and claim.prefix.strip() else ""


def _after(claim: Claim) -> str:
    return f" {claim.suffix}…" if claim.suffix and claim.suffix.strip() else ""


def _claims(subject: Subject, notes: Notes) -> Iterator[Point]:
    """Give every value of every property with everyone who states it, the used one first."""
    by_property: dict[str, list[Claim]] = {}
    for claim in subject.feature.properties.claims:
        by_property.setdefault(claim.property, []).append(claim)
    for name, found in by_property.items():
        by_value: dict[str, list[Claim]] = {}
        for claim in sorted(found, key=lambda one: list(Rank).index(one.rank)):
            by_value.setdefault(subject.value(claim), []).append(claim)
        yield Point(
            title=subject.label(name),
            statements=tuple(
                notes.state(Draft(_said(value, same, subject), tuple(same)))
                for value, same in by_value.items()
            ),
            feature=subject.feature.id,
        )


def _said(value: str, same: list[Claim], subject: Subject) -> str:
    """Write a value, when it holds, who states it, and why it is not used where it is not."""
    best = same[0]
    used = best.rank is Rank.PREFERRED
    ranked = (
        ""
        if used
        else f" [{subject.message('not used') if best.reason else subject.message(best.rank.label)}]"
    )
    dates_ = (
        subject.message("since {day}", day=text.day(best.since, subject.lang))
        if best.since
        else "",
        subject.message("until {day}", day=text.day(best.until, subject.lang))
        if best.until
        else "",
    )
    when = "".join(f", {one}" for one in dates_ if one)
    who = "; ".join(
        dict.fromkeys(
            text.source_line(subject.atlas.sources[one.source], subject.lang) for one in same
        )
    )
    reasons = " ".join(dict.fromkeys(one.reason for one in same if one.reason))
    return f"{value}{when}{ranked}: {who}." + (f" {reasons}" if reasons else "")


def _disagreements(subject: Subject) -> Iterator[Draft]:
    """Say where sources do not fit together, and why one value is used."""
    for one in subject.misfits:
        why = one.resolution or one.reason
        head = subject.message("Open" if one.is_open else "Settled")
        words = f"{one.explanation} {head}{f': {why}' if why else '.'}"
        yield Draft(words, subject.claims(one.claims))
