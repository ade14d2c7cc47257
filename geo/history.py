"""
The atlas as it was known on a day.

A claim counts from the last day on which its source can have appeared, as EDTF reads its date;
a source without a date from the day our search ended. What nobody had said yet is absent, and
what was said is stated as it could be stated then.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from geo import dates, evidence
from geo.model import Atlas, Claim, Feature, Layer, Source, Stated
from geo.vocab import (
    CONFIRMED_STATUSES,
    KINDS_WITHOUT_STATUS,
    Evidence,
    Rank,
    SourceKind,
    Status,
)

#: Reference data says where things are, not what was known of them, and so is always at hand.
_ALWAYS_KNOWN = frozenset({SourceKind.DATASET, SourceKind.REFERENCE})


def known_from(source: Source, atlas: Atlas) -> date:
    """First day on which a source is sure to have appeared."""
    searched = dates.bounds(atlas.searched_to)[1]
    if source.published is None:
        return searched
    return min(dates.bounds(source.published)[1], searched)


def as_of(atlas: Atlas, on: date) -> Atlas:
    """
    Give the atlas as it was known at the end of a day; from the end of the search on, as it is.

    Features nobody had named are absent. Our summaries speak of today and are left out.
    """
    if on >= dates.bounds(atlas.searched_to)[1]:
        return atlas
    known = {
        id_: source
        for id_, source in atlas.sources.items()
        if source.kind in _ALWAYS_KNOWN or known_from(source, atlas) <= on
    }
    then = {
        feature.id: past
        for feature in atlas.features.values()
        if feature.properties.part_of is None and (past := _feature(feature, known, on)) is not None
    }
    then |= {
        part.id: part
        for part in atlas.features.values()
        if part.properties.part_of is not None and part.properties.part_of in then
    }
    layers = tuple(
        layer.model_copy(
            update={"features": tuple(then[one.id] for one in layer.features if one.id in then)}
        )
        for layer in atlas.layers
    )
    return _derived(Atlas(layers=layers, sources=known, searched_to=on.isoformat()))


def _derived(atlas: Atlas) -> Atlas:
    """Bring the members that follow from claims up to date, and drop ends that are absent."""

    def current(feature: Feature) -> Feature:
        ends = {
            name: None
            for name in ("from_", "to")
            if getattr(feature.properties, name) not in atlas.features
        }
        properties = feature.properties.model_copy(update=ends)
        return evidence.with_derived(feature.model_copy(update={"properties": properties}), atlas)

    layers: tuple[Layer, ...] = tuple(
        layer.model_copy(update={"features": tuple(current(one) for one in layer.features)})
        for layer in atlas.layers
    )
    # Not model_copy: it would keep the index of features that the old atlas has cached.
    return Atlas(layers=layers, sources=atlas.sources, searched_to=atlas.searched_to)


def _feature(feature: Feature, known: Mapping[str, Source], on: date) -> Feature | None:
    claims = [
        _as_then(claim, known)
        for claim in feature.properties.claims
        if claim.source in known and evidence.period(claim)[0] <= on
    ]
    if all(claim.property == "against" for claim in claims):
        return None  # what speaks against a thing is no report of it
    for property_ in dict.fromkeys(claim.property for claim in claims):
        chosen = _choose(property_, claims, feature, known)
        if chosen is not None:
            claims[claims.index(chosen)] = _promoted(chosen)
    return _restated(feature, tuple(claims), known)


def _as_then(claim: Claim, known: Mapping[str, Source]) -> Claim:
    """Take from a claim what refers to a source that had not appeared."""
    unheard = {
        name: None
        for name in ("copied_from", "settled_by")
        if (source := getattr(claim, name)) is not None and source not in known
    }
    return claim.model_copy(update=unheard) if unheard else claim


def _choose(
    property_: str, claims: list[Claim], feature: Feature, known: Mapping[str, Source]
) -> Claim | None:
    """
    Choose a claim to be used where the one that is used today was not known, or not yet true.

    Values that later proved right come first; then the newest time spoken of, then the newest
    source.
    """
    of_property = [one for one in claims if one.property == property_]
    used = [one for one in of_property if one.rank is Rank.PREFERRED]
    accepted = evidence.history(feature, property_)
    right = [
        one
        for one in of_property
        if one.rank is Rank.NORMAL and any(evidence.agree(one, other) for other in accepted)
    ]
    others = [one for one in of_property if one.rank is Rank.NORMAL]
    candidates = right or ([] if used else others)

    def newest(claim: Claim) -> tuple[date, date, str]:
        published = known[claim.source].published
        return (
            evidence.period(claim)[0],
            dates.bounds(published)[1] if published else date.min,
            claim.id,
        )

    best = max(candidates, key=newest, default=None)
    if best is None or not used:
        return best
    latest = max(used, key=lambda one: evidence.period(one)[0])
    is_later = evidence.period(best)[0] > evidence.period(latest)[0]
    return best if is_later and not evidence.agree(best, latest) else None


def _promoted(claim: Claim) -> Claim:
    since = claim.since or claim.as_of
    return claim.model_copy(update={"rank": Rank.PREFERRED, "since": since})


def _restated(feature: Feature, claims: tuple[Claim, ...], known: Mapping[str, Source]) -> Feature:
    """State what the known claims say: the last status they bear, else that it is claimed."""
    said = _with(feature, claims)
    if feature.properties.kind in KINDS_WITHOUT_STATUS:
        return said
    latest = evidence.stated_claim(said, "status")
    while (claim := evidence.stated_claim(said, "status")) is not None:
        if _is_earned(said, claim, known):
            return said
        said = _with(feature, _replaced(said, claim, {"rank": Rank.NORMAL}))
    if latest is not None and evidence.stated_claim(said, "status_claimed") is None:
        words = {"property": "status_claimed", "value": Status(str(latest.value)).label.lower()}
        at_rest = next(one for one in said.properties.claims if one.id == latest.id)
        said = _with(feature, _replaced(said, at_rest, {**words, "rank": Rank.PREFERRED}))
    properties = said.properties.model_copy(update={"status": Status.CLAIMED})
    return said.model_copy(update={"properties": properties})


def _replaced(feature: Feature, claim: Claim, members: Mapping[str, Any]) -> tuple[Claim, ...]:
    return tuple(
        one.model_copy(update=members) if one is claim else one for one in feature.properties.claims
    )


def _is_earned(feature: Feature, claim: Claim, known: Mapping[str, Source]) -> bool:
    """Whether the known sources bear a status, by the rule that `geo check` keeps today."""
    found, n_stories = evidence.evidence_of(feature, claim, known)
    if claim.value in CONFIRMED_STATUSES:
        return n_stories > 1 or found is Evidence.FIRST_HAND
    return claim.value != Status.PROPOSED or found is not Evidence.ONE_ARTICLE


def _with(feature: Feature, claims: tuple[Claim, ...]) -> Feature:
    bare = feature.model_copy(
        update={"properties": feature.properties.model_copy(update={"claims": claims})}
    )
    stated = {
        name: claim.value if (claim := evidence.stated_claim(bare, name)) else None
        for name in Stated.model_fields
    }
    if isinstance(stated["status"], str):
        stated["status"] = Status(stated["status"])
    today = {"summary": None, "unknown": ()}
    properties = bare.properties.model_copy(update={**stated, **today})
    return bare.model_copy(update={"properties": properties})
