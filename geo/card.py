"""What a reader is told of a feature, in order: popup, panel and page say the same words."""

from geo import evidence, text
from geo.model import Atlas, Claim, Feature, Record
from geo.vocab import Evidence, LocationMethod, Status

#: Figures a popup may show, the most telling first; it shows the first `FIGURES_SHOWN` known.
FIGURES = (
    "status_claimed",
    "published_length_km",
    "area_acres",
    "area_ha",
    "built_pct",
    "floor_area_m2",
    "partner_countries",
    "training_countries",
    "trained_people",
    "users",
    "customers",
    "land_cables",
    "trade_cny",
    "investment_usd",
    "cost_usd",
    "held",
    "inaugurated",
    "groundbreaking",
    "approved",
    "aerial_length_km",
    "quay_m",
    "ships_per_year",
    "enterprises",
    "owner",
    "operator",
    "developer",
    "proposer",
)
FIGURES_SHOWN = 3


class Name(Record):
    """A name in one language; `draft` marks a translation nobody has reviewed."""

    lang: str
    text: str
    draft: bool = False


class StatusWords(Record):
    """How far a thing has come, and how fresh that is."""

    value: str
    label: str
    since: str | None
    latest: str
    silence: str


class EvidenceWords(Record):
    """How well the status is supported."""

    value: str
    label: str


class Words(Record):
    """The words of the source on `about`, or ours with the place where they stand."""

    about: str
    quote: str | None
    prefix: str | None
    suffix: str | None
    says: str | None
    locator: str | None
    inferred: str | None
    attributed_to: str | None


class StatusSource(Record):
    """Where the status comes from, when the words above speak of something else."""

    line: str
    says: str | None
    quote: str | None
    inferred: str | None
    url: str | None


class SourceWords(Record):
    """Who says so; `url` leads to the very sentence where a quote is known."""

    id: str
    title: str | None
    publisher: str
    date: str
    url: str | None
    captures_url: str | None
    read: str
    language: str


class Figure(Record):
    """A stated value; `others` are values of other sources for the same time."""

    label: str
    value: str
    disagree: bool = False
    others: tuple[str, ...] = ()


class Card(Record):
    """Everything a popup says, as plain text in the order of reading."""

    id: str
    name: str
    names: tuple[Name, ...]
    kind: str
    summary: str | None
    status: StatusWords | None
    evidence: EvidenceWords | None
    status_source: StatusSource | None
    words: Words | None
    source: SourceWords | None
    same_statement: tuple[str, ...]
    figures: tuple[Figure, ...]
    geometry: str
    location_note: str | None
    caption: str | None
    unknown: tuple[str, ...]


def card(feature: Feature, atlas: Atlas, lang: str = "en") -> Card:
    """
    Put a feature into words.

    A part of a route is its whole's, but for the words on its own geometry.
    """
    whole = atlas.features[feature.properties.part_of] if feature.properties.part_of else feature
    properties = whole.properties
    claim = evidence.lead_claim(whole)
    return Card(
        id=whole.id,
        name=text.named(whole, lang),
        names=_names(whole, lang),
        kind=text.message(properties.kind.label, lang),
        summary=properties.summary,
        status=_status(whole, atlas, lang),
        evidence=_evidence(whole, atlas, lang),
        status_source=_status_source(whole, claim, atlas, lang),
        words=_words(claim, lang) if claim else None,
        source=_source(claim, atlas, lang) if claim else None,
        same_statement=_same_statement(whole, claim, atlas, lang) if claim else (),
        figures=_figures(whole, atlas, lang),
        geometry=_geometry(feature, atlas, lang),
        location_note=feature.properties.location_note,
        caption=text.message(words, lang)
        if (words := feature.properties.caption or properties.caption)
        else None,
        unknown=properties.unknown,
    )


def _names(feature: Feature, lang: str) -> tuple[Name, ...]:
    """Give the name in the language of the card, if there is one, then the others."""
    properties = feature.properties
    names = [("en", properties.name), ("ur", properties.name_ur), ("zh", properties.name_zh)]
    return tuple(
        Name(lang=one, text=name, draft=one in properties.translated)
        for one, name in sorted(names, key=lambda pair: pair[0] != lang)
        if name is not None
    )


def _status(feature: Feature, atlas: Atlas, lang: str) -> StatusWords | None:
    status = feature.properties.status
    if status is None:
        return None
    claim = evidence.status_claim(feature)
    newest = evidence.newest_date(feature, atlas.sources)
    since = claim.since if claim and claim.since else None
    searched = text.searched(atlas, lang)
    return StatusWords(
        value=status.value,
        label=text.message(status.label, lang),
        since=text.message("since {date}", lang).format(date=text.day(since, lang))
        if since
        else None,
        latest=text.message("latest report in our sources: {date}", lang).format(
            date=text.day(newest, lang)
        )
        if newest
        else text.message("no dated report in our sources", lang),
        silence=text.message("nothing newer found ({searched})", lang).format(searched=searched),
    )


def _evidence(feature: Feature, atlas: Atlas, lang: str) -> EvidenceWords | None:
    claim = evidence.status_claim(feature) or evidence.lead_claim(feature)
    if claim is None:
        return None
    found, n_stories = evidence.evidence_of(feature, claim, atlas.sources)
    label = text.message(found.label, lang)
    if found is Evidence.SEPARATE_SOURCES:
        label = text.message("Reported by {n} separate sources", lang).format(n=n_stories)
    elif found is Evidence.ONE_ARTICLE and feature.properties.status is Status.CLAIMED:
        label = text.message("Claimed by one article · not confirmed", lang)
    elif found is Evidence.ONE_ARTICLE:
        label = text.message("From one source", lang)
    elif found is Evidence.FIRST_HAND and feature.properties.status is Status.PROPOSED:
        label = text.message("The proposer’s own release, as the press printed it", lang)
    return EvidenceWords(value=found.value, label=label)


def _status_source(
    feature: Feature, lead: Claim | None, atlas: Atlas, lang: str
) -> StatusSource | None:
    """Name the source of a status that the leading words do not speak of."""
    claim = evidence.status_claim(feature)
    if claim is None or claim is lead or feature.properties.status is Status.CLAIMED:
        return None
    source = atlas.sources[claim.source]
    return StatusSource(
        line=text.source_line(source, lang),
        says=claim.says,
        quote=claim.quote,
        inferred=claim.inferred,
        url=evidence.sentence_url(source, claim),
    )


def _words(claim: Claim, lang: str) -> Words:
    return Words(
        about=text.label_of(claim.property, lang),
        quote=claim.quote,
        prefix=claim.prefix,
        suffix=claim.suffix,
        says=claim.says,
        locator=claim.locator,
        inferred=claim.inferred,
        attributed_to=claim.attributed_to,
    )


def _source(claim: Claim, atlas: Atlas, lang: str) -> SourceWords:
    source = atlas.sources[claim.source]
    return SourceWords(
        id=source.id,
        title=source.title,
        publisher=source.publisher,
        date=text.source_date(source, lang),
        url=evidence.sentence_url(source, claim),
        captures_url=evidence.captures_url(source),
        read=text.read_state(source, lang),
        language=source.language,
    )


def _same_statement(feature: Feature, claim: Claim, atlas: Atlas, lang: str) -> tuple[str, ...]:
    story = atlas.sources[claim.source].story
    others = {
        other.source: atlas.sources[other.source]
        for other in evidence.supporters(feature, claim)
        if other.source != claim.source and atlas.sources[other.source].story == story
    }
    once = text.message("one release, counted once", lang)
    return tuple(f"{text.source_line(source, lang)} ({once})" for source in others.values())


def _figures(feature: Feature, atlas: Atlas, lang: str) -> tuple[Figure, ...]:
    figures: list[Figure] = []
    for property_ in FIGURES:
        claim = evidence.stated_claim(feature, property_)
        if claim is None or len(figures) == FIGURES_SHOWN:
            continue
        rivals = evidence.rivals(feature, claim)
        others = dict.fromkeys(
            f"{text.claim_value(rival, lang)} ({atlas.sources[rival.source].publisher})"
            for rival in rivals
        )
        figures.append(
            Figure(
                label=text.label_of(property_, lang),
                value=text.claim_value(claim, lang),
                disagree=bool(rivals),
                others=tuple(others),
            )
        )
    return tuple(figures)


def _geometry(feature: Feature, atlas: Atlas, lang: str) -> str:
    properties = feature.properties
    if feature.geometry is None:
        parts = atlas.parts.get(feature.id, ())
        if parts and all(
            part.properties.location_method is LocationMethod.SCHEMATIC for part in parts
        ):
            return text.message(LocationMethod.SCHEMATIC.label, lang)
        if parts:
            return text.message("drawn in parts, each with its own likely error", lang)
        return text.message("no place is known; it is not on the map", lang)
    method = properties.location_method
    words = [text.message(method.label, lang)] if method else []
    if properties.accuracy_m is not None and properties.accuracy_of is not None:
        words.append(
            text.message("likely error {distance} of {thing} (our estimate)", lang).format(
                distance=text.distance(properties.accuracy_m, lang),
                thing=text.message(properties.accuracy_of.label, lang),
            )
        )
    if properties.drawn_length_km is not None and method is not LocationMethod.SCHEMATIC:
        words.append(
            text.message("drawn line {length}, which is not the cable’s length", lang).format(
                length=text.length(properties.drawn_length_km, lang)
            )
        )
    return "; ".join(words)
