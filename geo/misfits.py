"""Figures, units and days of one feature that cannot all be right."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations, pairwise

from geo import dates, evidence, text
from geo.model import Atlas, Claim, Feature, Id, Record
from geo.vocab import DisagreementKind, Rank, Status

#: Parts may miss their total, and a conversion its figure, by this share: figures are rounded.
_ROUNDING = 0.005
_HA_PER_ACRE = 0.40468564
#: What a dollar cost in rupees from 2007 to 2025, with room on both sides.
_PKR_PER_USD = (50, 350)
#: A thing moves forward along these; it may be shelved, cancelled or retired at any time.
_ORDER = (
    Status.CLAIMED,
    Status.PROPOSED,
    Status.APPROVED,
    Status.CONSTRUCTION,
    Status.PARTLY_OPERATING,
    Status.OPERATING,
)
#: Days of which the first cannot come after the second.
_EARLIER_LATER = (
    ("proposed", "approved"),
    ("approved", "works_began"),
    ("contract", "works_began"),
    ("works_began", "inaugurated"),
    ("groundbreaking", "inaugurated"),
    ("groundbreaking", "announced_operational"),
)


class Disagreement(Record):
    """
    Claims of one feature that do not fit together.

    Attributes
    ----------
    claims
        Ids, the used ones first.
    explanation
        One sentence for a reader.
    reason
        Why the others are not used.
    resolution
        What settles it; None while it is open.
    settled_by
        The source that settles it.
    """

    feature: Id
    property: str
    kind: DisagreementKind
    claims: tuple[Id, ...]
    explanation: str
    reason: str | None = None
    resolution: str | None = None
    settled_by: Id | None = None
    is_open: bool


@dataclass(frozen=True)
class Case:
    """A feature, the atlas its sources are in, and the language to speak of them."""

    feature: Feature
    atlas: Atlas
    lang: str = "en"

    def who(self, claims: Iterable[Claim]) -> str:
        """Name publishers and dates."""
        known = (self.atlas.sources.get(claim.source) for claim in claims)
        lines = dict.fromkeys(text.source_line(one, self.lang) for one in known if one is not None)
        return text.message(" and ", self.lang).join(lines)

    def values(self, claims: Iterable[Claim]) -> str:
        """Write what claims state."""
        said = dict.fromkeys(text.claim_value(claim, self.lang) for claim in claims)
        return text.message(" and ", self.lang).join(said)

    def between(
        self, kind: DisagreementKind, claims: Iterable[Claim], template: str, **words: str
    ) -> Disagreement:
        """Make a disagreement of claims; one that is set aside or settled settles it."""
        claims = tuple(claims)
        about = claims[-1].property
        settled = [one for one in claims if one.settled_by or one.rank is Rank.DEPRECATED]
        resolution = next((one.reason for one in settled if one.reason), None)
        return Disagreement(
            feature=self.feature.id,
            property=about,
            kind=kind,
            claims=tuple(claim.id for claim in claims),
            explanation=text.message(template, self.lang).format(
                label=text.label_of(about, self.lang), **words
            ),
            reason=next((one.reason for one in claims if one.reason), None),
            resolution=resolution,
            settled_by=next((one.settled_by for one in settled if one.settled_by), None),
            is_open=resolution is None,
        )


def parts(case: Case) -> Iterator[Disagreement]:
    """Parts that make none of the totals their source prints beside them, each set once."""
    claims = case.feature.properties.claims
    seen: list[Claim] = []
    for claim in claims:
        if not isinstance(claim.value, Mapping) or any(evidence.agree(claim, one) for one in seen):
            continue
        total = sum(claim.value.values())
        stem = claim.property.partition("_by_")[0]
        unit = text.unit_of(claim.property)
        beside = [one for one in claims if _is_total(one, unit) and one.source == claim.source]
        stated = evidence.stated_claim(case.feature, stem)
        printed = [one for one in beside if one.property == stem] or ([stated] if stated else [])
        if printed and not any(_close(total, _number(one)) for one in (*printed, *beside)):
            seen.append(claim)
            same = [one for one in claims if one.property == claim.property]
            yield case.between(
                DisagreementKind.PARTS,
                (printed[0], *(one for one in same if evidence.agree(one, claim))),
                text.mark(
                    "{label}: the parts that {who} gives make {sum} {unit}; the total printed "
                    "beside them is {total}."
                ),
                who=case.who([claim]),
                sum=text.number(total, case.lang),
                unit=unit or "",
                total=case.values(printed[:1]),
            )


def units(case: Case) -> Iterator[Disagreement]:
    """One quantity in two units or currencies, of which one must be a slip."""
    numbers = [one for one in case.feature.properties.claims if _is_number(one)]
    seen: set[tuple[str, float, float]] = set()
    for one, other in combinations(numbers, 2):
        key = (_stem(one), _number(one), _number(other))
        if one.property == other.property or _stem(one) != _stem(other) or key in seen:
            continue
        amounts = {text.unit_of(claim.property): _number(claim) for claim in (one, other)}
        if not _fit(amounts):
            seen.add(key)
            yield case.between(
                DisagreementKind.UNITS,
                (one, other),
                text.mark("{label}: {one} ({who}) and {other} ({others}) cannot both be right."),
                one=case.values([one]),
                who=case.who([one]),
                other=case.values([other]),
                others=case.who([other]),
            )


def sequences(case: Case) -> Iterator[Disagreement]:
    """Statuses that go backward, and days in an order in which they cannot come."""
    statuses = [one for one in evidence.history(case.feature, "status") if one.value in _ORDER]
    for before, after in pairwise(statuses):
        if _ORDER.index(Status(str(after.value))) < _ORDER.index(Status(str(before.value))):
            yield case.between(
                DisagreementKind.SEQUENCE,
                (before, after),
                text.mark("{label}: {after} cannot follow {before}."),
                before=case.values([before]),
                after=case.values([after]),
            )
    for earlier, later in _EARLIER_LATER:
        first = evidence.stated_claim(case.feature, earlier)
        second = evidence.stated_claim(case.feature, later)
        if first is None or second is None:
            continue
        if dates.bounds(str(first.value))[0] > dates.bounds(str(second.value))[1]:
            yield case.between(
                DisagreementKind.SEQUENCE,
                (first, second),
                text.mark("{label} ({after}) cannot come before: {earlier} ({before})."),
                earlier=text.label_of(earlier, case.lang),
                before=case.values([first]),
                after=case.values([second]),
            )


def _is_number(claim: Claim) -> bool:
    return isinstance(claim.value, int | float) and not isinstance(claim.value, bool)


def _is_total(claim: Claim, unit: str | None) -> bool:
    return _is_number(claim) and text.unit_of(claim.property) == unit


def _number(claim: Claim) -> float:
    return float(claim.value) if isinstance(claim.value, int | float) else 0.0


def _stem(claim: Claim) -> str:
    """Name of a quantity without its unit; one without a unit is compared with none."""
    has_unit = text.unit_of(claim.property) is not None
    return claim.property.rpartition("_")[0] if has_unit else claim.property


def _fit(amounts: Mapping[str | None, float]) -> bool:
    """Whether two amounts in different units can be the same; units we cannot convert can."""
    if {"USD", "PKR"} == set(amounts) and amounts["USD"]:
        low, high = _PKR_PER_USD
        return low <= amounts["PKR"] / amounts["USD"] <= high
    if {"acres", "ha"} == set(amounts):
        return _close(amounts["acres"] * _HA_PER_ACRE, amounts["ha"])
    return True


def _close(one: float, other: float) -> bool:
    return abs(one - other) <= _ROUNDING * max(abs(one), abs(other))
