"""What the ledger is worth, in numbers: one pure function for page, command and tests."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from statistics import median

from geo import dates, evidence, text
from geo.disagreements import Disagreement, disagreements
from geo.model import Atlas, Feature, Id, Record
from geo.vocab import DisagreementKind, Evidence, LocationMethod, Rank

#: How many of the features whose newest report is oldest are named.
OLDEST_SHOWN = 5


class Placed(Record):
    """
    Geometries made in one way.

    Attributes
    ----------
    error_m
        Median and largest of our estimates of the likely error, meters; None for diagrams.
    """

    method: LocationMethod
    features: int
    error_m: tuple[float, float] | None


class Aged(Record):
    """A feature and the date of its newest report, EDTF."""

    feature: Id
    name: str
    newest: str


class Report(Record):
    """
    The ledger in numbers.

    Attributes
    ----------
    things, unplaced
        Features that count (no parts, no waypoints), and those of them without any geometry.
    things_by_evidence
        By the evidence for their status, or for what leads where a kind has none.
    claims_by_evidence
        Used claims by the evidence for each.
    single_article_pct
        Share of things that one article alone speaks for.
    """

    searched_to: str
    things: int
    unplaced: int
    claims: int
    sources: int
    stories: int
    quoted_claims: int
    things_by_evidence: Mapping[Evidence, int]
    claims_by_evidence: Mapping[Evidence, int]
    placed: tuple[Placed, ...]
    single_article_pct: float
    oldest: tuple[Aged, ...]
    open_disagreements: int
    disagreements_by_kind: Mapping[DisagreementKind, int]
    disagreements: tuple[Disagreement, ...]


def report(atlas: Atlas, lang: str = "en") -> Report:
    """Count features, claims and sources by what they are worth."""
    things = [feature for feature in atlas.features.values() if feature.is_thing]
    by_evidence = Counter(one.properties.evidence for one in things if one.properties.evidence)
    claims = [claim for one in atlas.features.values() for claim in one.properties.claims]
    used = Counter(
        evidence.evidence_of(one, claim, atlas.sources)[0]
        for one in atlas.features.values()
        for claim in one.properties.claims
        if claim.rank is Rank.PREFERRED
    )
    cited = {atlas.sources[claim.source].story for claim in claims if claim.source in atlas.sources}
    found = disagreements(atlas, lang)
    kinds = Counter(one.kind for one in found)
    single = by_evidence[Evidence.ONE_ARTICLE]
    return Report(
        searched_to=atlas.searched_to,
        things=len(things),
        unplaced=sum(one.geometry is None and not atlas.parts.get(one.id) for one in things),
        claims=len(claims),
        sources=len(atlas.sources),
        stories=len(cited),
        quoted_claims=sum(claim.quote is not None for claim in claims),
        things_by_evidence={one: by_evidence[one] for one in Evidence if by_evidence[one]},
        claims_by_evidence={one: used[one] for one in Evidence if used[one]},
        placed=_placed(atlas),
        single_article_pct=round(100 * single / max(len(things), 1), 1),
        oldest=_oldest(things, atlas),
        open_disagreements=sum(one.is_open for one in found),
        disagreements_by_kind={kind: kinds[kind] for kind in DisagreementKind if kinds[kind]},
        disagreements=found,
    )


def _placed(atlas: Atlas) -> tuple[Placed, ...]:
    rows = []
    for method in LocationMethod:
        placed = [
            feature.properties
            for feature in atlas.features.values()
            if feature.geometry is not None and feature.properties.location_method is method
        ]
        errors = [one.accuracy_m for one in placed if one.accuracy_m is not None]
        if placed:
            error_m = (median(errors), max(errors)) if errors else None
            rows.append(Placed(method=method, features=len(placed), error_m=error_m))
    return tuple(rows)


def _oldest(things: Sequence[Feature], atlas: Atlas) -> tuple[Aged, ...]:
    dated = [
        Aged(feature=one.id, name=one.properties.name, newest=newest)
        for one in things
        if (newest := evidence.newest_date(one, atlas.sources)) is not None
    ]
    return tuple(sorted(dated, key=lambda one: dates.bounds(one.newest)[1])[:OLDEST_SHOWN])


def as_json(found: Report) -> str:
    """Write a report for a program."""
    return json.dumps(found.model_dump(mode="json"), ensure_ascii=False, indent=1) + "\n"


def as_markdown(found: Report, lang: str = "en") -> str:
    """Write a report for a reader; text from data is escaped."""
    lines = [
        "# What the map rests on",
        "",
        _counts(found, lang),
        f"One article alone speaks for {found.single_article_pct} % of the things.",
        "",
        *_table("evidence", "things", _labels(found.things_by_evidence)),
        *_table("evidence of used claims", "claims", _labels(found.claims_by_evidence)),
        "| how the geometry was made | features | likely error: median, largest |",
        "| --- | --- | --- |",
        *(
            f"| {one.method.label} | {one.features} | {_errors(one, lang)} |"
            for one in found.placed
        ),
        "",
        "## Oldest evidence",
        "",
        *(f"- {_plain(one.name)}: {text.day(one.newest, lang)}" for one in found.oldest),
    ]
    for title, open_ in (("Open disagreements", True), ("Settled disagreements", False)):
        lines += ["", f"## {title}", ""]
        lines += [_line(one) for one in found.disagreements if one.is_open is open_] or ["None."]
    return "\n".join(lines) + "\n"


def _counts(found: Report, lang: str) -> str:
    searched = text.day(found.searched_to, lang)
    return (
        f"{found.things} things ({found.unplaced} without a place), {found.claims} claims "
        f"({found.quoted_claims} with the article’s words), {found.sources} sources in "
        f"{found.stories} stories; searched to {searched}."
    )


def _labels(counts: Mapping[Evidence, int]) -> dict[str, int]:
    return {one.label: number for one, number in counts.items()}


def _table(left: str, right: str, rows: Mapping[str, int]) -> list[str]:
    body = [f"| {label} | {number} |" for label, number in rows.items()]
    return [f"| {left} | {right} |", "| --- | --- |", *body, ""]


def _errors(placed: Placed, lang: str) -> str:
    if placed.error_m is None:
        return "a diagram has none"
    return ", ".join(text.distance(error, lang) for error in placed.error_m)


def _line(one: Disagreement) -> str:
    after = one.resolution or one.reason
    source = f" ({one.settled_by})" if one.settled_by else ""
    lead = "" if one.resolution else "Not used: "
    end = f" {lead}{_plain(after)}{source}" if after else ""
    return f"- `{one.feature}` ({one.kind.label.lower()}): {_plain(one.explanation)}{end}"


def _plain(words: str) -> str:
    """Keep text from data from being read as Markdown or HTML."""
    return "".join(f"\\{sign}" if sign in "\\`*_[]<>|#!" else sign for sign in words)
