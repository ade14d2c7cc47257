"""Collections of the service: one a layer, and one a shape where a layer mixes points and lines."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from types import MappingProxyType
from typing import Final

from geo import dates, live, store
from geo.export.extract import Extract, Geometries, geometries, shape_of
from geo.export.fields import FEATURES, NESTED, Field
from geo.export.geojson import ALWAYS, feature_texts
from geo.export.rfc7946 import Box, as_rfc7946, bbox_of, joined
from geo.model import Atlas, Feature, Properties

_FIELDS: Final = {field.name: field for field in FEATURES.fields}
_SHAPES: Final = {"point": "points", "line": "lines", "polygon": "areas"}


@dataclass(frozen=True, eq=False)
class Collection:
    """
    Features that are asked for together.

    Attributes
    ----------
    features
        Those with a place first: QGIS tells the type of a geometry from the first ten features.
    """

    id: str
    title: str
    description: str
    features: tuple[Feature, ...]
    atlas: Atlas

    @cached_property
    def by_id(self) -> Mapping[str, Feature]:
        """The features by their ids, those of old included."""
        former = {id_: one for one in self.features for id_ in one.formerly}
        return former | {one.id: one for one in self.features}

    @cached_property
    def geometries(self) -> Geometries:
        """The geometries, cut at the antimeridian; None where no place is known."""
        return as_rfc7946(geometries(self.features))

    @cached_property
    def box(self) -> Box | None:
        """Bounds of all that has a place."""
        boxes = list(bbox_of(self.geometries))
        return joined(boxes) if boxes else None

    @cached_property
    def periods(self) -> tuple[tuple[date, date] | None, ...]:
        """The time of each feature; see `period`."""
        return tuple(map(period, self.features))

    @cached_property
    def shapes(self) -> frozenset[str | None]:
        """Which shapes there are, None for no place."""
        return frozenset(map(shape_of, self.features))

    @cached_property
    def members(self) -> tuple[str, ...]:
        """The members of `Properties` that any feature has; all features then have them, or null."""
        known = [one.properties.__dict__ for one in self.features]
        return tuple(
            name
            for name in Properties.model_fields
            if name in ALWAYS or any(one[name] is not None for one in known)
        )

    @cached_property
    def fields(self) -> Mapping[str, Field]:
        """The columns by their names in the records; claims are none."""
        return {
            name: _FIELDS[Properties.model_fields[name].alias or name]
            for name in self.members
            if name != "claims"
        }

    @cached_property
    def queryables(self) -> Mapping[str, tuple[str, Field]]:
        """What can be asked for by value: name in a record and column, by the column's name."""
        return {
            field.name: (name, field)
            for name, field in self.fields.items()
            if field.type not in NESTED
        }

    def texts(self, places: list[int]) -> list[str]:
        r"""
        Write the features at some places as GeoJSON.

        Backslashes are escaped as ``\u005c``: QGIS takes a quotation mark after an escaped
        backslash for an escaped one, and then strips spaces from text.
        """
        texts = feature_texts(
            [self.features[place] for place in places],
            self.geometries[places],
            self.atlas,
            always=self.members,
        )
        return [text.replace("\\\\", "\\u005c") for text in texts]


def period(feature: Feature) -> tuple[date, date] | None:
    """
    Give the first and last day of a feature's time.

    That is when its status holds, from the first day it can mean, with an open end; else when it
    was held; None where neither is known.
    """
    properties = feature.properties
    if properties.status_since is not None:
        return dates.bounds(properties.status_since)[0], date.max
    return dates.bounds(properties.held) if properties.held is not None else None


def collections() -> Mapping[str, Collection]:
    """Give the collections of the data in use by their ids, in the order of the layers."""
    found = store.find()
    return _collections(found, live.signature(found))


@lru_cache(maxsize=2)
def _collections(_found: store.Store, _signature: live.Signature) -> Mapping[str, Collection]:
    return MappingProxyType({one.id: one for one in _of(live.atlas())})


def _of(atlas: Atlas) -> Iterator[Collection]:
    for layer in atlas.layers:
        placed_first = _placed_first(layer.features)
        yield Collection(layer.id, layer.title, layer.description, placed_first, atlas)
        groups = Extract(atlas, layer.features).groups
        if len(groups) == 1:
            continue
        for group in groups:
            words = _SHAPES[group.shape or "point"]
            yield Collection(
                group.name,
                f"{layer.title}: {words}",
                f"The {words} of the layer, for programs that draw one shape a layer. "
                f"{layer.description}",
                _placed_first(tuple(group.features)),
                atlas,
            )


def _placed_first(features: tuple[Feature, ...]) -> tuple[Feature, ...]:
    return tuple(sorted(features, key=lambda one: (shape_of(one) is None, one.id)))
