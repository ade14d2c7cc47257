"""A claim: one value, and the words that say it."""

from typing import Annotated

from pydantic import Field, StringConstraints

from geo.model.record import Edtf, Id, Record, Text, Value
from geo.vocab import Qualifier, Rank


class Claim(Record):
    """One value for one property of one feature, and the words that say it."""

    id: Id
    property: str
    value: Value
    unit: Text | None = None
    qualifier: Qualifier | None = None
    rank: Rank = Rank.NORMAL
    reason: Text | None = Field(None, description="why a differing value was not chosen")
    since: Edtf | None = Field(None, description="the value holds from then")
    until: Edtf | None = Field(None, description="the value held until then")
    as_of: Edtf | None = Field(None, description="the date the statement speaks of")
    source: Id
    quote: Annotated[str, StringConstraints(min_length=1, max_length=200)] | None = None
    prefix: str | None = Field(
        None, description="the words before the quote (W3C TextQuoteSelector)"
    )
    suffix: str | None = Field(None, description="the words after the quote")
    locator: Text | None = Field(None, description="P2 s3: second paragraph, third sentence")
    says: Text | None = Field(None, description="what the source says there, in our words")
    attributed_to: Text | None = Field(None, description="whom the article credits")
    inferred: Text | None = Field(None, description="why, where a step is ours")
    copied_from: Id | None = Field(
        None, description="the source whose figure this repeats; the two count once"
    )
    settled_by: Id | None = Field(
        None, description="the source that settles why the value was not chosen"
    )
