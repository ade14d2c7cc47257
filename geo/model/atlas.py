"""The atlas: its layers, its sources and the versions it was published in."""

from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from geo.model.feature import Feature
from geo.model.record import Edtf, Record, Text
from geo.model.source import Source


class Layer(Record):
    """A named set of features: one file."""

    type: Literal["FeatureCollection"] = "FeatureCollection"
    id: Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(_[a-z0-9]+)*$")]
    title: Text
    title_ur: Text | None = None
    title_zh: Text | None = None
    description: Text
    order: int
    visible: bool = Field(description="switched on at first open")
    features: tuple[Feature, ...]

    @model_validator(mode="after")
    def _ids_are_unique(self) -> Self:
        ids = [feature.id for feature in self.features]
        twice = sorted({id_ for id_ in ids if ids.count(id_) > 1})
        if twice:
            raise ValueError(f"feature ids used twice: {', '.join(twice)}")
        return self


class Change(Record):
    """
    One change of the data.

    Attributes
    ----------
    about
        Id of the feature or source, as it was then.
    words
        What changed, one sentence.
    """

    about: str
    words: Text


class Version(Record):
    """What a published version of the data changed, against the one before it."""

    version: Text
    date: Edtf
    changes: tuple[Change, ...]


class Changes(Record):
    """Every published version, the newest first: `layers/changes.json`."""

    versions: tuple[Version, ...]


class Atlas(Record):
    """Everything: the layers in their order and the sources by id."""

    layers: tuple[Layer, ...]
    sources: Mapping[str, Source]
    searched_to: Edtf = Field(
        description="how far sources were searched, so that silence can be worded"
    )
    names: tuple[Text, ...] = Field(
        (), description="names that no sentence of an article may hold unaccounted"
    )
    versions: tuple[Version, ...] = Field(
        (), description="published versions of the data, the newest first"
    )

    @cached_property
    def features(self) -> Mapping[str, Feature]:
        """Features by id, in the order of their layers."""
        return {feature.id: feature for layer in self.layers for feature in layer.features}

    @cached_property
    def layer_of(self) -> Mapping[str, Layer]:
        """The layer of each feature, by feature id."""
        return {feature.id: layer for layer in self.layers for feature in layer.features}

    @cached_property
    def parts(self) -> Mapping[str, tuple[Feature, ...]]:
        """The parts of each whole, in order, by the id of the whole."""
        by_whole: dict[str, list[Feature]] = {}
        for feature in self.features.values():
            if feature.properties.part_of is not None:
                by_whole.setdefault(feature.properties.part_of, []).append(feature)
        return {
            whole: tuple(sorted(parts, key=lambda part: part.properties.order or 0))
            for whole, parts in by_whole.items()
        }
