"""Rules on claims: what is stated is said, by whom, in words, in its unit."""

import typing
from itertools import combinations
from typing import Any

from pydantic import TypeAdapter, ValidationError

from geo import evidence
from geo.checks.issue import Issues, every_claim, of_claim, of_feature
from geo.model import Atlas, Claim, Stated
from geo.vocab import CONFIRMED_STATUSES, KINDS_WITHOUT_STATUS, Evidence, Rank, Read, Status


def claims_fit_their_property(atlas: Atlas) -> Issues:
    """A claim is about a known property, in its unit and of its type."""
    for feature, claim in every_claim(atlas):
        field = Stated.model_fields.get(claim.property)
        if field is None:
            remedy = "Use one of the properties of geo.model.Stated, or add one there"
            fault = f"{claim.property!r} is no property that can be stated"
            yield of_claim(atlas, feature, claim, "property", fault, remedy)
            continue
        extra = field.json_schema_extra
        unit = extra.get("unit") if isinstance(extra, dict) else None
        if claim.unit != unit:
            remedy = f"Write {unit!r}" if unit else "Leave it out"
            fault = f"is {claim.unit!r}, but {claim.property} is in {unit or 'no unit'}"
            yield of_claim(atlas, feature, claim, "unit", fault, remedy)
        try:
            adapter(claim.property).validate_python(claim.value)
        except ValidationError as error:
            fault = f"does not fit {claim.property}: {error.errors()[0]['msg']}"
            yield of_claim(atlas, feature, claim, "value", fault, "Correct value or property")
        if claim.since and claim.until and _ends_before_it_begins(claim):
            yield of_claim(atlas, feature, claim, "until", "lies before since", "Correct the dates")


def _ends_before_it_begins(claim: Claim) -> bool:
    first, last = evidence.period(claim)
    return last < first


def adapter(property_: str) -> TypeAdapter[Any]:
    """Give the type of a stated property without its None: a claim always says something."""
    annotation: Any = Stated.model_fields[property_].annotation
    members = [one for one in typing.get_args(annotation) if one is not type(None)]
    return TypeAdapter(members[0] if members else annotation)


def stated_values_have_claims(atlas: Atlas) -> Issues:
    """Every stated value is that of its preferred claim, and there is one per period."""
    for feature in atlas.features.values():
        properties = feature.properties
        if properties.part_of is not None:
            continue  # a part states nothing of its own
        for name in Stated.model_fields:
            value = getattr(properties, name)
            claim = evidence.stated_claim(feature, name)
            if name == "status" and value is Status.CLAIMED and claim is None:
                if evidence.status_claim(feature) is None:
                    remedy = "Add a preferred claim for status_claimed with the article's own word"
                    fault = "nothing supports that it is claimed"
                    yield of_feature(atlas, feature, name, fault, remedy)
                continue
            if value is not None and claim is None:
                remedy = "Add a preferred claim, or take the value out"
                yield of_feature(atlas, feature, name, "no preferred claim supports it", remedy)
            elif claim is not None and (
                value is None or not evidence.same_value(value, claim.value)
            ):
                fault = f"states {value!r}, but the preferred claim {claim.id} says {claim.value!r}"
                yield of_feature(atlas, feature, name, fault, "Make the two agree")
            for one, other in combinations(evidence.history(feature, name), 2):
                if one.since is None or other.since is None or one.since == other.since:
                    fault = f"{one.id} and {other.id} are both preferred for the same period"
                    remedy = "Give each its since, or rank one of them normal"
                    yield of_feature(atlas, feature, name, fault, remedy)


def unchosen_values_have_reasons(atlas: Atlas) -> Issues:
    """A value that lost says why."""
    for feature, claim in every_claim(atlas):
        chosen = evidence.stated_claim(feature, claim.property)
        agrees = any(
            evidence.agree(one, claim) for one in evidence.history(feature, claim.property)
        )
        if claim.rank is Rank.NORMAL and chosen and not agrees and claim.reason is None:
            fault = f"differs from {chosen.id} and does not say why it was not chosen"
            yield of_claim(atlas, feature, claim, "reason", fault, "Give the reason")
        if claim.rank is Rank.DEPRECATED and claim.reason is None:
            yield of_claim(atlas, feature, claim, "reason", "is missing", "Say why it is set aside")


def claims_have_words(atlas: Atlas) -> Issues:
    """An article that was read is quoted; an outside source is located and put in our words."""
    for feature, claim in every_claim(atlas):
        source = atlas.sources.get(claim.source)
        if source is None:
            continue
        if claim.quote is None and (claim.locator is None or claim.says is None):
            remedy = "Quote it, or give locator and says"
            yield of_claim(atlas, feature, claim, "quote", "no words support the claim", remedy)
        if source.seed and claim.quote is None:
            remedy = "Quote the words that carry the value"
            yield of_claim(atlas, feature, claim, "quote", "one of the five has no quote", remedy)
        if claim.quote is not None and source.text_sha256 is None and not source.live_page_checked:
            remedy = "Put it in our words, or open the page and set live_page_checked"
            yield of_claim(atlas, feature, claim, "quote", "quotes a page nobody opened", remedy)
        if claim.quote is not None and (claim.prefix is None or claim.suffix is None):
            remedy = "Give the words before and after, or an empty text at an end"
            yield of_claim(atlas, feature, claim, "prefix", "is missing beside the quote", remedy)
        if any("\n" in words for words in (claim.quote, claim.prefix, claim.suffix) if words):
            remedy = "Keep quote, prefix and suffix within one paragraph"
            yield of_claim(atlas, feature, claim, "quote", "crosses a line break", remedy)
        if source.read is Read.NONE and claim.property == "status":
            remedy = "Read it, or let another source speak"
            yield of_claim(
                atlas, feature, claim, "source", "an unread source gives a status", remedy
            )


def statuses_are_earned(atlas: Atlas) -> Issues:
    """What is said to be decided or built stands on an official document or two stories."""
    for feature in atlas.features.values():
        properties = feature.properties
        if properties.part_of is not None:
            continue
        if properties.kind in KINDS_WITHOUT_STATUS:
            if properties.status is not None:
                fault = f"a {properties.kind.label.lower()} has no status"
                yield of_feature(atlas, feature, "status", fault, "Take it out")
            continue
        if properties.status is None:
            remedy = "State one; 'claimed' where one article says so"
            yield of_feature(atlas, feature, "status", "is missing", remedy)
        for claim in evidence.history(feature, "status"):
            if claim.value not in CONFIRMED_STATUSES:
                continue
            found, n_stories = evidence.evidence_of(feature, claim, atlas.sources)
            if n_stories < 2 and found is not Evidence.FIRST_HAND:  # noqa: PLR2004 - two stories
                fault = f"{claim.value!r} rests on {n_stories} story and no official document"
                remedy = "Find a second story, or state 'claimed' with status_claimed"
                yield of_claim(atlas, feature, claim, "value", fault, remedy)
        if properties.status is Status.PROPOSED:
            proposal = evidence.status_claim(feature)
            if (
                proposal
                and evidence.evidence_of(feature, proposal, atlas.sources)[0]
                is Evidence.ONE_ARTICLE
            ):
                remedy = "Name whose release it is (release_by), or state 'claimed'"
                fault = "'proposed' rests on one article that retells no release"
                yield of_feature(atlas, feature, "status", fault, remedy)


def features_have_claims(atlas: Atlas) -> Issues:
    """Nothing is on the map that nobody said."""
    for feature in atlas.features.values():
        if feature.properties.part_of is None and not feature.properties.claims:
            remedy = "Add the claim that names it, or remove the feature"
            yield of_feature(atlas, feature, "claims", "no source names it", remedy)
