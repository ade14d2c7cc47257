"""What a feature's page says beyond its card: every claim, by property, with all its sources."""

from collections.abc import Iterator, Mapping, Sequence

from geo import dates, evidence, text
from geo.model import Atlas, Claim, Feature, Record, is_date
from geo.vocab import LocationMethod, Rank


class Entry(Record):
    """One source saying a value; `reason` is why it was not chosen, where it is its own."""

    n: int
    by: str
    date: str
    lang: str
    as_of: str | None
    url: str | None
    copied_from: int | None
    settled_by: int | None
    reason: str | None
    claim: Claim


class Said(Record):
    """A value with everyone who says it; `state` is empty for the stated value."""

    value: str
    rank: Rank
    state: str
    period: str | None
    reason: str | None
    entries: tuple[Entry, ...]

    @property
    def speaks_for_itself(self) -> bool:
        """Whether our words on its first source would only repeat the value."""
        return not (self.entries[0].claim.quote or self.entries[0].claim.inferred)


class Topic(Record):
    """All that is said of one property."""

    property: str
    label: str
    said: tuple[Said, ...]
    disagree: bool
    inconsistent: str | None


class Figure(Record):
    """A stated value with its unit and hedge."""

    property: str
    label: str
    value: str
    disagree: bool


class Step(Record):
    """A dated step of a feature's history and the source that says so."""

    date: str
    words: str
    n: int


class Part(Record):
    """A part of a route and what is known of its geometry alone."""

    name: str
    words: tuple[str, ...]
    note: str | None


class Parts(Record):
    """Parts of a route made in the same way; `note` is what is said of all of them."""

    geometry: str
    meaning: str
    parts: tuple[Part, ...]
    note: str | None


def topics(
    feature: Feature, atlas: Atlas, numbers: Mapping[str, int], lang: str = "en"
) -> tuple[Topic, ...]:
    """Gather claims by property; the same value of several sources stands once."""
    disputed = {claim.property: rivals for claim, rivals in evidence.disagreements(feature)}
    by_property: dict[str, list[Claim]] = {}
    for claim in feature.properties.claims:
        by_property.setdefault(claim.property, []).append(claim)
    return tuple(
        Topic(
            property=name,
            label=text.label_of(name, lang),
            said=tuple(_said(claims, atlas, numbers, lang)),
            disagree=name in disputed,
            inconsistent=_inconsistent(feature, name, disputed.get(name, ()), lang),
        )
        for name, claims in by_property.items()
    )


def figures(found: Sequence[Topic], feature: Feature) -> tuple[Figure, ...]:
    """Give the stated values that are numbers, with their units."""
    return tuple(
        Figure(
            property=topic.property,
            label=topic.label,
            value=topic.said[0].value,
            disagree=topic.disagree,
        )
        for topic in found
        if (claim := evidence.stated_claim(feature, topic.property))
        and isinstance(claim.value, int | float | Mapping)
        and not isinstance(claim.value, bool)
    )


def history(feature: Feature, numbers: Mapping[str, int], lang: str = "en") -> tuple[Step, ...]:
    """List what came when, oldest first: preferred claims that give or carry a date."""
    steps: list[tuple[str, Step]] = []
    for claim in feature.properties.claims:
        dated = is_date(claim.property)
        when = str(claim.value) if dated else claim.since
        if claim.rank is Rank.PREFERRED and when and isinstance(claim.value, str):
            label, value = text.label_of(claim.property, lang), text.claim_value(claim, lang)
            status = claim.property == "status"
            words = label if dated else value if status else f"{label}: {value}"
            step = Step(date=text.day(when, lang), words=words, n=numbers[claim.source])
            steps.append((when, step))
    steps.sort(key=lambda one: dates.bounds(one[0]))
    told = {(step.date, step.words): step for _, step in reversed(steps)}
    return tuple(reversed(told.values()))


def parts(feature: Feature, atlas: Atlas, lang: str = "en") -> tuple[Parts, ...]:
    """Put the geometry of a route's parts into words; what holds for several stands once."""
    alike: dict[LocationMethod, list[Part]] = {}
    members = atlas.parts.get(feature.id, ())
    routes = {one.properties.name.partition(": ")[0] for one in members}
    route = f"{routes.pop()}: " if len(routes) == 1 else ""
    for one in members:
        if one.properties.location_method is not None:
            told = Part(
                name=one.properties.name.removeprefix(route),
                words=tuple(_part_words(one, lang)),
                note=one.properties.location_note,
            )
            alike.setdefault(one.properties.location_method, []).append(told)
    return tuple(_parts(method, found, lang) for method, found in alike.items())


def _part_words(part: Feature, lang: str) -> Iterator[str]:
    accuracy_m, drawn_km = part.properties.accuracy_m, part.properties.drawn_length_km
    if accuracy_m is not None:
        words = text.message("likely error {distance}", lang)
        yield words.format(distance=text.distance(accuracy_m, lang))
    if drawn_km is not None:
        yield text.message("drawn {length}", lang).format(length=text.length(drawn_km, lang))


def _parts(method: LocationMethod, found: Sequence[Part], lang: str) -> Parts:
    notes = {part.note for part in found}
    common = notes.pop() if len(notes) == 1 else None
    if common:
        found = [part.model_copy(update={"note": None}) for part in found]
    meaning = text.message(
        "It says that things are joined, not where; it has no length."
        if method is LocationMethod.SCHEMATIC
        else "Each likely error is our estimate; a drawn length is not the cable’s.",
        lang,
    )
    return Parts(
        geometry=text.message(method.label, lang), meaning=meaning, parts=tuple(found), note=common
    )


def _said(
    claims: Sequence[Claim], atlas: Atlas, numbers: Mapping[str, int], lang: str
) -> Iterator[Said]:
    """Group claims by what they say: the stated value first, then older ones, then the others."""
    groups: dict[str, list[Claim]] = {}
    for claim in claims:
        groups.setdefault(text.claim_value(claim, lang), []).append(claim)
    for value, same in sorted(groups.items(), key=lambda group: _standing(group[1])):
        same.sort(key=lambda claim: (claim.rank is not Rank.PREFERRED, claim.quote is None))
        best = same[0]
        reasons = dict.fromkeys(claim.reason for claim in same if claim.reason)
        common = next(iter(reasons)) if len(reasons) == 1 else None
        chosen = best.rank is Rank.PREFERRED
        yield Said(
            value=value,
            rank=best.rank,
            state="" if chosen else text.message(best.rank.label, lang),
            period=_period(best, lang) if chosen else None,
            reason=common,
            entries=tuple(
                _entry(claim, atlas, numbers, lang, reason=None if common else claim.reason)
                for claim in same
            ),
        )


def _standing(same: Sequence[Claim]) -> tuple[int, int]:
    best = min(same, key=lambda claim: list(Rank).index(claim.rank))
    latest = max(evidence.period(claim)[0] for claim in same if claim.rank is best.rank)
    return list(Rank).index(best.rank), -latest.toordinal()


def _entry(
    claim: Claim, atlas: Atlas, numbers: Mapping[str, int], lang: str, *, reason: str | None
) -> Entry:
    source = atlas.sources[claim.source]
    as_of = claim.as_of or (claim.since if claim.rank is not Rank.PREFERRED else None)
    return Entry(
        n=numbers[claim.source],
        by=source.publisher,
        date=text.source_date(source, lang),
        lang=source.language,
        as_of=text.day(as_of, lang) if as_of and as_of != source.published else None,
        url=evidence.sentence_url(source, claim) if claim.quote else None,
        copied_from=numbers[claim.copied_from] if claim.copied_from else None,
        settled_by=numbers[claim.settled_by] if claim.settled_by else None,
        reason=reason,
        claim=claim,
    )


def _period(claim: Claim, lang: str) -> str | None:
    if claim.since and claim.until:
        words = text.message("{begin} to {end}", lang)
        return words.format(begin=text.day(claim.since, lang), end=text.day(claim.until, lang))
    if claim.since:
        return text.message("since {date}", lang).format(date=text.day(claim.since, lang))
    if claim.until:
        return text.message("until {date}", lang).format(date=text.day(claim.until, lang))
    return None


def _inconsistent(
    feature: Feature, property_: str, rivals: Sequence[Claim], lang: str
) -> str | None:
    """Say so where the only one who contradicts a source is that source itself."""
    claim = evidence.stated_claim(feature, property_)
    if claim is None or {one.source for one in rivals} != {claim.source}:
        return None
    return text.message("inconsistent within one source", lang)
