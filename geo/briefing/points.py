"""Key points of one thing, made from its claims by rules: subject by subject, the weightiest first."""

from collections.abc import Callable, Iterable, Iterator

from geo import card, evidence, text
from geo.briefing.subject import Draft, Group, Subject
from geo.misfits import Disagreement
from geo.model import Claim, Feature, is_date
from geo.vocab import DisagreementKind, Rank, Status

#: Properties by subject, in the order of reading. What is in none of them stands under "More".
_LENGTH = ("published_length_km", "aerial_length_km")
_TERRITORY = ("published_length_km_by_territory",)
_WHO = ("owner", "operator", "developer", "contractor", "partner", "proposer", "participants")
_MONEY = ("cost_usd", "cost_pkr", "loan_usd", "loan_share_pct", "finance", "investment_usd")
_AGAINST = ("against", "obstacle")
_CLAIMS = ("links", "system", "monitoring", "use", "effect", "countries", "proposal")
_SIZE = (
    "area_acres",
    "area_ha",
    "whole_area_ha",
    "area_acres_by_phase",
    "enterprises",
    "leased_acres",
    "ships_per_year",
    "quay_m",
    "berths",
    "floor_area_m2",
    "storeys",
    "route",
    "nodes",
    "microwave_links",
)
_STANDING = ("built_pct", "commercial_service", "announced_operational", "due")
#: What a brief tells first, and what it tells next where there is room; the rest is detail.
_ESSENTIAL = frozenset(
    {
        *_AGAINST,
        *_TERRITORY,
        "published_length_km",
        "links",
        "owner",
        "developer",
        "contractor",
        "proposer",
        "cost_usd",
        "loan_share_pct",
        "finance",
        "built_pct",
        "commercial_service",
        "area_acres",
    }
)
_IMPORTANT = frozenset(
    {
        "announced_operational",
        "due",
        "use",
        "system",
        "monitoring",
        "aerial_length_km",
        "operator",
        "partner",
        "cost_pkr",
        "enterprises",
        "ships_per_year",
        "inaugurated",
        "groundbreaking",
        "approved",
    }
)


def groups(subject: Subject) -> tuple[Group, ...]:
    """Give the points of a thing; a subject on which nothing is known is absent."""
    message = subject.message
    told: list[tuple[str, Callable[[Subject], Iterator[Draft]]]] = [
        (message("Standing"), standing),
        (message("Speaks against it"), lambda one: values(one, _AGAINST)),
        (message("Links and use"), lambda one: values(one, _CLAIMS)),
        (message("Length"), length),
        (message("Length by territory"), lambda one: values(one, _TERRITORY)),
        (message("Who"), lambda one: values(one, _WHO)),
        (message("Money"), lambda one: values(one, _MONEY)),
        (message("Size and parts"), lambda one: values(one, _SIZE)),
        (message("How good the evidence is"), quality),
        (message("Dates"), dated),
    ]
    found = ((title, tuple(rule(subject))) for title, rule in told)
    return tuple(Group(title, drafts) for title, drafts in found if drafts)


def standing(subject: Subject) -> Iterator[Draft]:
    """Say how far a thing has come, since when, who says so, and how fresh that is."""
    feature, lang = subject.feature, subject.lang
    told = card.card(feature, subject.atlas, lang)
    claim = evidence.status_claim(feature)
    if told.status is not None and claim is not None and told.evidence is not None:
        since = f" {told.status.since}" if told.status.since else ""
        inferred = f" ({subject.message('our reading; see the note')})" if claim.inferred else ""
        words = text.sentence(
            f"{told.status.label}{since}{inferred}: {told.evidence.label.lower()}",
            lang,
        )
        if feature.properties.status is Status.CLAIMED:
            words += subject.message(" The article’s own word: “{word}”.", word=claim.value)
        yield Draft(words, _supporters(feature, claim))
        newest = evidence.newest_date(feature, subject.atlas.sources)
        yield Draft(
            text.sentence(f"{told.status.latest}; {told.status.silence}", lang),
            tuple(_of_day(subject, newest)),
            subject.message(
                "Sources were searched to {day}.", day=text.day(subject.atlas.searched_to, lang)
            ),
            (feature.id,),
            1,
        )
    yield from values(subject, _STANDING)


def _of_day(subject: Subject, newest: str | None) -> Iterator[Claim]:
    for claim in subject.feature.properties.claims:
        source = subject.atlas.sources[claim.source]
        if newest is not None and (source.published or claim.as_of) == newest:
            yield claim
            return


def values(subject: Subject, properties: Iterable[str]) -> Iterator[Draft]:
    """State a value each, who says so, and what else is said in its place and why it is not used."""
    misfits = subject.misfits
    for name in properties:
        claim = evidence.stated_claim(subject.feature, name)
        if claim is None:
            continue
        weight = 0 if name in _ESSENTIAL else 1 if name in _IMPORTANT else 2
        yield stated(subject, claim)._replace(weight=weight)
        for one in misfits:
            if one.property == name and one.kind is not DisagreementKind.PARTS:
                told = one.is_open or name in (*_LENGTH[:1], *_TERRITORY)
                yield other(subject, one)._replace(weight=weight if told else weight + 1)


def stated(subject: Subject, claim: Claim) -> Draft:
    """State a value: what it is of, how it is hedged, since or as of when, and by whom."""
    inferred = f"; {subject.message('our inference')}" if claim.inferred else ""
    as_of = claim.as_of or claim.since
    when = f", {text.day(as_of, subject.lang)}" if as_of and not is_date(claim.property) else ""
    words = f"{measure(subject, claim)}{when}"
    by = subject.by(claim)
    return Draft(f"{words} ({by}{inferred}).", _supporters(subject.feature, claim))


def measure(subject: Subject, claim: Claim) -> str:
    """Write a value with what it is of."""
    return f"{subject.label(claim.property)}: {subject.value(claim)}"


def other(subject: Subject, misfit: Disagreement) -> Draft:
    """Say what else is printed in the place of a value, and why it is not used."""
    used = [one for one in subject.claims(misfit.claims) if one.rank is Rank.PREFERRED]
    others = tuple(one for one in subject.claims(misfit.claims) if one not in used)
    said = " / ".join(dict.fromkeys(subject.value(one) for one in others))
    who = "; ".join(
        dict.fromkeys(
            text.source_line(subject.atlas.sources[one.source], subject.lang) for one in others
        )
    )
    why = misfit.resolution or misfit.reason
    head = subject.message("Not agreed" if misfit.is_open else "Also printed, not used")
    return Draft(f"{head}: {said} ({who}). {why or ''}".rstrip(), others or tuple(used))


def length(subject: Subject) -> Iterator[Draft]:
    """State lengths, and how long the drawn line is, which is another thing."""
    yield from values(subject, _LENGTH[:1])
    yield from _drawn(subject)
    yield from values(subject, _LENGTH[1:])


def _drawn(subject: Subject) -> Iterator[Draft]:
    drawn_km = subject.feature.properties.drawn_length_km
    if drawn_km is not None:
        parts = subject.atlas.parts.get(subject.feature.id, (subject.feature,))
        methods = dict.fromkeys(
            text.message(one.properties.location_method.label, subject.lang)
            for one in parts
            if one.properties.location_method
        )
        yield Draft(
            subject.message(
                "The line drawn here measures {km} km; it is {method}, and not the cable’s length.",
                km=text.number(drawn_km, subject.lang),
                method=subject.message(" and ").join(methods),
            ),
            (),
            subject.message(
                "Geodesic length of the drawn line on the WGS 84 ellipsoid, summed over its {n} "
                "parts; slack, detours and rings of a cable are not in it.",
                n=len(parts),
            ),
            (subject.feature.id, *(one.id for one in parts if one is not subject.feature)),
        )


def quality(subject: Subject) -> Iterator[Draft]:
    """Say how much of what is stated rests on one source, on its own words, or on our inference."""
    feature, sources = subject.feature, subject.atlas.sources
    claims = feature.properties.claims
    used = [
        one
        for name in dict.fromkeys(claim.property for claim in claims)
        if (one := evidence.stated_claim(feature, name)) is not None
    ]
    if not used:
        return
    alone = [
        one
        for one in used
        if evidence.evidence_of(feature, one, sources)[1] < 2  # noqa: PLR2004 - another story
    ]
    inferred = [one for one in used if one.inferred]
    misfits = subject.misfits
    n_open = sum(one.is_open for one in misfits)
    yield Draft(
        subject.message(
            "{claims} claims from {sources} sources ({stories} separate stories) stand behind "
            "{used} stated values. Values that one story alone states: {alone}; that hold an "
            "inference of ours: {inferred}. Claims with the source’s own words: {quoted}; the "
            "others are told in ours. Disagreements between sources: {n}, of them open: {open}.",
            claims=len(claims),
            sources=len({claim.source for claim in claims}),
            stories=len(evidence.stories(claims, sources)),
            used=len(used),
            alone=len(alone),
            inferred=len(inferred),
            quoted=sum(claim.quote is not None for claim in claims),
            n=len(misfits),
            open=n_open,
        ),
        (),
        subject.message("Counted over the claims on it; texts of one release or story count once."),
        (feature.id,),
    )
    for words, found in (
        (text.mark("Said by one story alone"), alone),
        (text.mark("Inferred by us"), inferred),
    ):
        if found:
            labels = "; ".join(
                f"{subject.label(one.property).lower()} ({sources[one.source].publisher})"
                for one in found
            )
            yield Draft(
                f"{subject.message(words)}: {labels}.",
                (),
                subject.message("Counted over the stated values; the full briefing cites each."),
                tuple(one.id for one in found),
                1,
            )


def dated(subject: Subject) -> Iterator[Draft]:
    """State the dates that nothing above has stated."""
    names = dict.fromkeys(claim.property for claim in subject.feature.properties.claims)
    yield from values(subject, (one for one in names if is_date(one) and one not in _STANDING))


def unknown(subject: Subject) -> Iterator[Draft]:
    """Say what no source says."""
    feature = subject.feature
    if feature.properties.unknown:
        yield Draft(
            text.sentence("; ".join(feature.properties.unknown), subject.lang),
            (),
            subject.message(
                "Our finding: no source read on it says so; searched to {day}.",
                day=text.day(subject.atlas.searched_to, subject.lang),
            ),
            (feature.id,),
        )


def _supporters(feature: Feature, claim: Claim) -> tuple[Claim, ...]:
    """Give a claim, then those who say the same: own words first, one of each story before others."""
    found = sorted(evidence.supporters(feature, claim), key=lambda one: one.quote is None)
    return (claim, *(one for one in found if one is not claim))
