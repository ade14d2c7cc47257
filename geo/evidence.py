"""What a claim is worth: the stated value, the stories behind it, and the link to its sentence."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from urllib.parse import quote as percent_encode

from shapely.geometry import shape

from geo import dates, measure
from geo.model import Atlas, Claim, Derived, Feature, Source, Value, is_date
from geo.vocab import Evidence, LocationMethod, Rank, SourceKind, Status

#: Texts by the bodies themselves; what they say of their own doings is first hand.
FIRST_HAND_KINDS = frozenset({SourceKind.OFFICIAL, SourceKind.OPERATOR})


def history(feature: Feature, property_: str) -> tuple[Claim, ...]:
    """Preferred claims of one property, oldest first; the last is the stated value."""
    preferred = (
        claim
        for claim in feature.properties.claims
        if claim.property == property_ and claim.rank is Rank.PREFERRED
    )
    return tuple(sorted(preferred, key=lambda claim: period(claim)[0]))


def stated_claim(feature: Feature, property_: str) -> Claim | None:
    """Give the claim behind a stated value: the latest preferred one."""
    claims = history(feature, property_)
    return claims[-1] if claims else None


def status_claim(feature: Feature) -> Claim | None:
    """
    Give the claim behind the status.

    "Only claimed" is our reading of one story, so it stands on the article's own word.
    """
    return stated_claim(feature, "status") or stated_claim(feature, "status_claimed")


def lead_claim(feature: Feature) -> Claim | None:
    """Choose what a reader sees first: the status in the article's words, else any words."""
    status = status_claim(feature)
    preferred = [
        claim
        for claim in feature.properties.claims
        if claim.rank is Rank.PREFERRED and claim is stated_claim(feature, claim.property)
    ]
    candidates = [
        *([status] if status and status.quote else []),
        *(claim for claim in preferred if claim.quote),
        *([status] if status else []),
        *preferred,
        *feature.properties.claims,
    ]
    return candidates[0] if candidates else None


def period(claim: Claim) -> tuple[date, date]:
    """First and last day a claim can speak of; a claim without dates speaks of all time."""
    begin = claim.since or claim.as_of
    end = claim.until or (None if claim.since else claim.as_of)
    first = dates.bounds(begin)[0] if begin else date.min
    last = dates.bounds(end)[1] if end else date.max
    return first, last


def reign(feature: Feature, claim: Claim) -> tuple[date, date]:
    """First and last day on which a claim is the used one: until the next of its history begins."""
    first, last = period(claim)
    later = [
        begin for other in history(feature, claim.property) if (begin := period(other)[0]) > first
    ]
    if claim.rank is Rank.PREFERRED and later:
        last = min(last, min(later) - timedelta(days=1))
    return first, last


def same_value(one: Value, other: Value) -> bool:
    """Whether two claims say the same; a list read as a tuple is the same list."""
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return dict(one) == dict(other)
    return one == other and isinstance(one, bool) == isinstance(other, bool)


def agree(one: Claim, other: Claim) -> bool:
    """Whether two claims say the same of one property; May 2016 agrees with May 19, 2016."""
    if not is_date(one.property):
        return same_value(one.value, other.value)
    (first, last), (other_first, other_last) = (dates.bounds(str(c.value)) for c in (one, other))
    return (first <= other_first and other_last <= last) or (
        other_first <= first and last <= other_last
    )


def overlap(feature: Feature, used: Claim, other: Claim) -> bool:
    """Whether a claim speaks of a day on which a used one holds."""
    (first, last), (other_first, other_last) = reign(feature, used), period(other)
    return first <= other_last and other_first <= last


def supporters(feature: Feature, claim: Claim) -> tuple[Claim, ...]:
    """Claims that say the same as `claim`, itself included."""
    return tuple(
        other
        for other in feature.properties.claims
        if other.property == claim.property
        and other.rank is not Rank.DEPRECATED
        and agree(other, claim)
    )


def rivals(feature: Feature, claim: Claim) -> tuple[Claim, ...]:
    """Claims that say otherwise of the same days and are not set aside."""
    return tuple(
        other
        for other in feature.properties.claims
        if other.property == claim.property
        and other.rank is Rank.NORMAL
        and not agree(other, claim)
        and overlap(feature, claim, other)
    )


def stories(claims: Iterable[Claim], sources: Mapping[str, Source]) -> frozenset[str]:
    """Distinct stories: texts of one release count once, and so does a figure with its copy."""
    known = (claim.copied_from or claim.source for claim in claims)
    return frozenset(sources[id_].story for id_ in known if id_ in sources)


def disagreements(feature: Feature) -> tuple[tuple[Claim, tuple[Claim, ...]], ...]:
    """Each stated value that some source contradicts, with the claims that do."""
    properties = dict.fromkeys(claim.property for claim in feature.properties.claims)
    return tuple(
        (claim, against)
        for property_ in properties
        if (claim := stated_claim(feature, property_)) and (against := rivals(feature, claim))
    )


def evidence_of(
    feature: Feature, claim: Claim, sources: Mapping[str, Source]
) -> tuple[Evidence, int]:
    """
    Say how well a claim is supported.

    Returns
    -------
    evidence
        The class.
    n_stories
        How many distinct stories say the same.
    """
    agreeing = supporters(feature, claim)
    n_stories = len(stories(agreeing, sources))
    if rivals(feature, claim):
        return Evidence.DISAGREE, n_stories
    if n_stories > 1:
        return Evidence.SEPARATE_SOURCES, n_stories
    own_words = any(
        (source := sources.get(other.source)) is not None
        and (
            source.kind in FIRST_HAND_KINDS
            # A release is first hand for what it proposes, not for what it praises.
            or (source.release_by is not None and claim.value == Status.PROPOSED)
        )
        for other in agreeing
    )
    return (Evidence.FIRST_HAND if own_words else Evidence.ONE_ARTICLE), n_stories


def newest_date(feature: Feature, sources: Mapping[str, Source]) -> str | None:
    """
    Date of the newest report on a feature, EDTF: of its sources, or the day one speaks of.

    What speaks against a claim is no report of the thing claimed.
    """
    known = [
        published
        for claim in feature.properties.claims
        if claim.source in sources
        and claim.property != "against"
        and (published := sources[claim.source].published or claim.as_of) is not None
    ]
    return max(known, key=_latest_day, default=None)


def _latest_day(text: str) -> tuple[date, str]:
    """Order dates by their last day; one with an open end counts from its first."""
    first, last = dates.bounds(text)
    return (first if last == date.max else last), text


def sentence_url(source: Source, claim: Claim | None = None) -> str | None:
    """
    Link to a source, at the very sentence where a quote is known.

    Returns
    -------
    url
        The publisher's address with a text fragment
        (https://wicg.github.io/scroll-to-text-fragment/); None where no address is known.
    """
    if source.url is None:
        return None
    if claim is None or claim.quote is None:
        return source.url
    prefix = f"{_fragment(claim.prefix)}-," if claim.prefix and claim.prefix.strip() else ""
    suffix = f",-{_fragment(claim.suffix)}" if claim.suffix and claim.suffix.strip() else ""
    separator = "" if "#" in source.url else "#"
    return f"{source.url}{separator}:~:text={prefix}{_fragment(claim.quote)}{suffix}"


def captures_url(source: Source) -> str | None:
    """Link to the Wayback Machine's list of captures, where older copies may stand."""
    return f"https://web.archive.org/web/*/{source.url}" if source.url else None


def _fragment(text: str) -> str:
    """Percent-encode a term of a text fragment, in which ``-`` and ``,`` have a meaning."""
    return percent_encode(text.strip(), safe="").replace("-", "%2D")


def positions(text: str, claim: Claim) -> Iterator[int]:
    """Every place in `text` where a claim's quote stands between its prefix and suffix."""
    if claim.quote is None:
        return
    prefix, suffix = claim.prefix or "", claim.suffix or ""
    pattern = f"(?={re.escape(prefix + claim.quote + suffix)})"
    for match in re.finditer(pattern, text):
        yield match.start() + len(prefix)


def cuts_a_word(text: str, at: int, claim: Claim) -> bool:
    """
    Whether a quote, its prefix or its suffix begins or ends inside a word.

    A text fragment is matched word by word (its specification, section 3.6), and "port’s" is one.

    Parameters
    ----------
    at
        Where the quote begins in `text`.
    """
    end = at + len(claim.quote or "")
    edges = {at, end, at - len(claim.prefix or ""), end + len(claim.suffix or "")}
    words = (match.span() for match in re.finditer(r"\w+(?:[’']\w+)*", text))
    return any(first < edge < last for first, last in words for edge in edges)


def derive(feature: Feature, atlas: Atlas) -> Derived:
    """Work out the members that `geo fmt` writes; a part takes those of its whole."""
    properties = feature.properties
    whole = atlas.features.get(properties.part_of) if properties.part_of else None
    speaker = whole or feature
    claim = lead_claim(speaker)
    status = status_claim(speaker)
    source = atlas.sources.get(claim.source) if claim else None
    judged = status or claim
    stated = speaker.properties.status
    return Derived(
        evidence=evidence_of(speaker, judged, atlas.sources)[0] if judged else None,
        evidence_scope="whole route" if whole else None,
        source_title=(source.title or source.publisher) if source else None,
        source_url=sentence_url(source, claim) if source else None,
        quote=claim.quote if claim else None,
        last_evidence=newest_date(speaker, atlas.sources),
        status_label=stated.label if stated else None,
        status_since=status.since if status else None,
        drawn_length_km=_drawn_length_km(feature, atlas),
    )


def _drawn_length_km(feature: Feature, atlas: Atlas) -> float | None:
    """Sum the drawn lines of a feature and its parts; a diagram has no length."""
    drawn = [
        measure.length_km(shape(one.geometry.model_dump()))
        for one in (feature, *atlas.parts.get(feature.id, ()))
        if one.geometry is not None
        and one.geometry.type.endswith("LineString")
        and one.properties.location_method is not LocationMethod.SCHEMATIC
    ]
    return round(sum(drawn), 1) if drawn else None


def with_derived(feature: Feature, atlas: Atlas) -> Feature:
    """Give the feature with its derived members as they should be; a part gets its whole's status."""
    update = derive(feature, atlas).model_dump()
    whole = atlas.features.get(feature.properties.part_of or "")
    if whole is not None:
        update["status"] = whole.properties.status
    properties = feature.properties.model_copy(update=update)
    return feature.model_copy(update={"properties": properties})
