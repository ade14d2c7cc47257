"""What a rule finds, and where: an issue names file, place, fault and remedy."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from geo.model import Atlas, Claim, Feature, Source


@dataclass(frozen=True)
class Issue:
    """One fault: the file, the place in it, what is wrong and what to do."""

    file: str
    place: str
    fault: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.file}: {self.place}: {self.fault}. {self.remedy}."


Issues = Iterator[Issue]
Rule = Callable[[Atlas], Issues]


def every_claim(atlas: Atlas) -> Iterator[tuple[Feature, Claim]]:
    """Every claim with its feature, also where an id is used twice."""
    for layer in atlas.layers:
        for feature in layer.features:
            for claim in feature.properties.claims:
                yield feature, claim


def file_of(atlas: Atlas, feature: Feature) -> str:
    """Name the file of a feature."""
    return f"layers/{atlas.layer_of[feature.id].id}.geojson"


def of_feature(atlas: Atlas, feature: Feature, member: str, fault: str, remedy: str) -> Issue:
    """Make an issue of a member of a feature."""
    return Issue(file_of(atlas, feature), f"{feature.id}.{member}", fault, remedy)


def of_claim(  # noqa: PLR0917 - as an issue reads
    atlas: Atlas, feature: Feature, claim: Claim, member: str, fault: str, remedy: str
) -> Issue:
    """Make an issue of a member of a claim."""
    return Issue(file_of(atlas, feature), f"{claim.id}.{member}", fault, remedy)


def of_source(source: Source, member: str, fault: str, remedy: str) -> Issue:
    """Make an issue of a member of a source."""
    return Issue(f"seeds/{source.id}.yaml", member, fault, remedy)
