"""A thing to speak of, and what is said of it before its notes have numbers."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from geo import disagreements, evidence, text
from geo.misfits import Disagreement
from geo.model import Atlas, Claim, Feature, Id
from geo.vocab import DisagreementKind, Evidence


class Draft(NamedTuple):
    """
    A statement before its note has a number.

    Attributes
    ----------
    claims
        What it rests on, the used claim first.
    words
        What a finding of our own is made from and how, in a sentence.
    inputs
        Ids of features and claims it is made from.
    weight
        0 for what even a brief tells, 1 for what it tells where there is room, 2 for detail.
    """

    text: str
    claims: tuple[Claim, ...] = ()
    words: str | None = None
    inputs: tuple[Id, ...] = ()
    weight: int = 0


class Group(NamedTuple):
    """Drafts on one subject of a thing."""

    title: str
    drafts: tuple[Draft, ...]


@dataclass(frozen=True)
class Subject:
    """A thing, the atlas it is in, and the language to speak of it."""

    feature: Feature
    atlas: Atlas
    lang: str = "en"

    def message(self, words: str, **values: object) -> str:
        """Give our own words in the language, filled in."""
        return text.message(words, self.lang).format(**values)

    def label(self, property_: str) -> str:
        """Words for a property."""
        return text.label_of(property_, self.lang)

    def value(self, claim: Claim) -> str:
        """Write what a claim states."""
        return text.claim_value(claim, self.lang)

    def by(self, claim: Claim) -> str:
        """Say who states a value, and whether anyone else does."""
        found, n_stories = evidence.evidence_of(self.feature, claim, self.atlas.sources)
        source = text.source_line(self.atlas.sources[claim.source], self.lang)
        if n_stories > 1:
            return self.message("{n} separate sources", n=n_stories)
        if found is Evidence.FIRST_HAND:
            return self.message("{source}, first hand", source=source)
        others = {one.source for one in evidence.supporters(self.feature, claim)} - {claim.source}
        if others:
            return self.message("{source}, and {n} more of one story", source=source, n=len(others))
        return self.message("{source}, alone", source=source)

    @cached_property
    def misfits(self) -> tuple[Disagreement, ...]:
        """Find where sources do not fit together, but for stories told twice."""
        found = disagreements.of_feature(self.feature, self.atlas, self.lang)
        return tuple(one for one in found if one.kind is not DisagreementKind.STORY)

    def claims(self, ids: Iterable[Id]) -> tuple[Claim, ...]:
        """Give claims by their ids."""
        known = {claim.id: claim for claim in self.feature.properties.claims}
        return tuple(known[id_] for id_ in ids)
