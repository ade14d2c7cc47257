"""
Where sources do not fit together, each case in one plain sentence.

A disagreement is settled where a claim is set aside or names the source that settles it; the
others are open, and the map says so.
"""

from collections.abc import Iterator

from geo import evidence, misfits, text
from geo.misfits import Case, Disagreement
from geo.model import Atlas, Claim, Feature
from geo.vocab import DisagreementKind, Rank

__all__ = ["Disagreement", "disagreements", "of_feature"]


def disagreements(atlas: Atlas, lang: str = "en") -> tuple[Disagreement, ...]:
    """Find every disagreement, feature by feature in the order of the atlas."""
    return tuple(
        one for feature in atlas.features.values() for one in of_feature(feature, atlas, lang)
    )


def of_feature(feature: Feature, atlas: Atlas, lang: str = "en") -> tuple[Disagreement, ...]:
    """Find the disagreements on one feature: of values, of figures, of days, and retold stories."""
    found = (values, misfits.parts, misfits.units, misfits.sequences, stories)
    return tuple(one for find in found for one in find(Case(feature, atlas, lang)))


def values(case: Case) -> Iterator[Disagreement]:
    """Different values for the same days: one disagreement for each value that is not used."""
    claims = case.feature.properties.claims
    for property_ in dict.fromkeys(claim.property for claim in claims):
        used = evidence.history(case.feature, property_)
        of_property = [claim for claim in claims if claim.property == property_]
        groups: list[list[Claim]] = []
        for claim in of_property:
            if not _contradicted(case, claim, used):
                continue
            group = next((one for one in groups if evidence.agree(one[0], claim)), None)
            if group is None:
                groups.append([claim])
            else:
                group.append(claim)
        for group in groups:
            yield _difference(case, group, used)


def _difference(case: Case, group: list[Claim], used: tuple[Claim, ...]) -> Disagreement:
    against = _contradicted(case, group[0], used)
    one_article = {claim.source for claim in group} <= {claim.source for claim in against}
    found = case.between(
        DisagreementKind.INCONSISTENT if one_article else DisagreementKind.VALUES,
        (*against, *group),
        text.mark("{label}: {who} gives both {ours} and {theirs}.")
        if one_article
        else text.mark("{label}: {ours} by {others}; {theirs} by {who}."),
        who=case.who(group),
        theirs=case.values(group),
        others=case.who(against),
        ours=case.values(against),
    )
    if found.resolution is None or len(used) == 1:
        return found
    return found.model_copy(update={"resolution": f"{found.resolution} {_by_date(case, used)}"})


def _contradicted(case: Case, claim: Claim, used: tuple[Claim, ...]) -> tuple[Claim, ...]:
    """Give the used claims that a claim contradicts on the days it speaks of."""
    if claim.rank is Rank.PREFERRED:
        return ()
    at_once = tuple(one for one in used if evidence.overlap(case.feature, one, claim))
    return () if any(evidence.agree(claim, one) for one in at_once) else at_once


def _by_date(case: Case, used: tuple[Claim, ...]) -> str:
    dated = (
        f"{text.claim_value(claim, case.lang)} ({text.day(claim.since, case.lang)})"
        for claim in used
        if claim.since
    )
    values = text.listed(dated, case.lang)
    return text.message("By date: {values}.", case.lang).format(values=values)


def stories(case: Case) -> Iterator[Disagreement]:
    """Texts that retell one story: they count once, whatever their number."""
    told: dict[str, list[Claim]] = {}
    for claim in case.feature.properties.claims:
        source = case.atlas.sources.get(claim.copied_from or claim.source)
        if source is not None:
            told.setdefault(source.story, []).append(claim)
    for claims in told.values():
        by_property: dict[str, list[Claim]] = {}
        for claim in claims:
            by_property.setdefault(claim.property, []).append(claim)
        twice = next(
            (same for same in by_property.values() if len({one.source for one in same}) > 1), None
        )
        if twice is None:
            continue
        found = case.between(
            DisagreementKind.STORY,
            twice,
            text.mark("{label}: {who} tell one story."),
            who=case.who(twice),
        )
        once = text.message("They count once.", case.lang)
        yield found.model_copy(
            update={"reason": None, "resolution": once, "settled_by": None, "is_open": False}
        )
