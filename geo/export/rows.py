"""Features, claims and sources as rows of the tables in `fields`."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from operator import itemgetter
from typing import Any

from geo import dates, evidence, text
from geo.export.fields import (
    CLAIM_MEMBERS,
    FEATURE_MEMBERS,
    SOURCE_MEMBERS,
    Row,
    Type,
    as_json,
    type_of,
)
from geo.model import Atlas, Claim, Facts, Feature, Properties, Record, Source

_member_values = itemgetter(*FEATURE_MEMBERS)
_claim_values = itemgetter(*CLAIM_MEMBERS)
_source_values = itemgetter(*SOURCE_MEMBERS)
_EDTF_AT = [
    index
    for index, name in enumerate(FEATURE_MEMBERS)
    if type_of(Properties.model_fields[name]) is Type.EDTF
]


def _days(edtf: str | None) -> tuple[date | None, date | None]:
    """First and last day a date can mean; an open end is unknown."""
    if edtf is None:
        return None, None
    first, last = dates.bounds(edtf)
    return (None if first == date.min else first, None if last == date.max else last)


def _with_days(record: type[Record], names: Sequence[str], values: Iterable[Any]) -> Iterator[Any]:
    for name, value in zip(names, values, strict=True):
        yield value
        if type_of(record.model_fields[name]) is Type.EDTF:
            yield from _days(value)


def feature_row(feature: Feature, atlas: Atlas) -> Row:
    """Give a feature as a row of `FEATURES`, without its geometry."""
    properties = feature.properties
    values = list(_member_values(properties.__dict__))
    for index in reversed(_EDTF_AT):
        values[index + 1 : index + 1] = _days(values[index])
    layer = atlas.layer_of[feature.id]
    method = properties.location_method
    return (
        feature.id,
        layer.id,
        layer.title,
        properties.kind.label,
        properties.evidence.label if properties.evidence else None,
        method.label if method else None,
        feature.formerly,
        *values,
    )


def claim_row(feature: Feature, claim: Claim, atlas: Atlas) -> Row:
    """Give a claim as a row of `CLAIMS`."""
    source = atlas.sources.get(claim.source)
    value = claim.value
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return (
        claim.id,
        feature.id,
        claim.property,
        text.label_of(claim.property),
        value if isinstance(value, str) else as_json(value),
        float(value) if is_number else None,  # type: ignore[arg-type] # told by is_number
        claim.unit or text.unit_of(claim.property),
        *_with_days(Claim, CLAIM_MEMBERS, _claim_values(claim.__dict__)),
        (source.title or source.publisher) if source else None,
        evidence.sentence_url(source, claim) if source else None,
    )


def source_row(source: Source) -> Row:
    """Give a source as a row of `SOURCES`."""
    facts = source.facts
    return (
        source.id,
        *_with_days(Source, SOURCE_MEMBERS, _source_values(source.__dict__)),
        *(getattr(facts, name) if facts else None for name in Facts.model_fields),
        evidence.captures_url(source),
    )
