"""What one export holds: the chosen features, their claims and sources, and the standing notes."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

import numpy as np
import shapely

from geo import dates, text
from geo.export.fields import Row
from geo.export.rows import claim_row, source_row
from geo.model import Atlas, Feature, Layer, Source
from geo.vocab import Kind, Worldview

#: Features prepared at a time: large exports stream.
BATCH = 10_000
CRS = "EPSG:4326"
LICENSE = "CC BY 4.0"
LICENSE_URL = "https://creativecommons.org/licenses/by/4.0/"
CREDIT = "Digital Silk Road map contributors"

_LINES = frozenset({Kind.TERRESTRIAL_FIBER, Kind.DATA_LINK})
Geometries = np.ndarray[tuple[int], np.dtype[np.object_]]


def quiet(_done: int) -> None:
    """Report to nobody."""


@dataclass(frozen=True)
class Group:
    """Features of one layer that one table can hold: points, lines or polygons."""

    layer: Layer
    shape: str | None
    features: Sequence[Feature]

    @property
    def name(self) -> str:
        """Name of the table, ASCII: the layer's id and the shape."""
        return f"{self.layer.id}_{self.shape}" if self.shape else self.layer.id

    @cached_property
    def is_multi(self) -> bool:
        """Whether any geometry has several members."""
        return any(f.geometry and f.geometry.type.startswith("Multi") for f in self.features)

    @property
    def geometry_type(self) -> str | None:
        """The one type that holds every geometry of the group; None where no place is known."""
        if self.shape is None:
            return None
        single = {"point": "Point", "line": "LineString", "polygon": "Polygon"}[self.shape]
        return f"Multi{single}" if self.is_multi else single


@dataclass(frozen=True)
class Extract:
    """
    What is exported.

    Attributes
    ----------
    features
        With or without a geometry; EPSG:4326, longitude first.
    worldview
        The boundary view that the standing note names.
    as_of
        Day, YYYY-MM-DD, on which `atlas` was known; None is today.
    simplestyle
        Whether GeoJSON carries colors for GitHub and geojson.io.
    report
        Called with the number of features just prepared.
    """

    atlas: Atlas
    features: Sequence[Feature]
    worldview: Worldview = Worldview.DE_FACTO
    as_of: str | None = None
    simplestyle: bool = False
    report: Callable[[int], None] = quiet

    @cached_property
    def sources(self) -> tuple[Source, ...]:
        """The sources that the features rest on, by id."""
        cited: set[str] = set()
        for feature in self.features:
            cited.update(claim.source for claim in feature.properties.claims)
            if feature.properties.location_source:
                cited.add(feature.properties.location_source)
        return tuple(self.atlas.sources[id_] for id_ in sorted(cited & set(self.atlas.sources)))

    @cached_property
    def layers(self) -> tuple[Layer, ...]:
        """The layers that the features stand in, in their order."""
        ids = {self.atlas.layer_of[feature.id].id for feature in self.features}
        return tuple(layer for layer in self.atlas.layers if layer.id in ids)

    @cached_property
    def date(self) -> str:
        """The last day of what is known; stands for the date of every file."""
        return dates.bounds(self.atlas.searched_to)[1].isoformat()

    def claim_rows(self) -> Iterator[Row]:
        """Give one row a claim."""
        return (
            claim_row(feature, claim, self.atlas)
            for feature in self.features
            for claim in feature.properties.claims
        )

    def source_rows(self) -> Iterator[Row]:
        """Give one row a source."""
        return map(source_row, self.sources)

    def batches(self, features: Sequence[Feature] | None = None) -> Iterator[Sequence[Feature]]:
        """Give features in handfuls, and report each."""
        rest = iter(self.features if features is None else features)
        while batch := tuple(islice(rest, BATCH)):
            yield batch
            self.report(len(batch))

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """
        Sort features into one group a layer and shape.

        A feature without geometry joins the group of its parts or its kind, else the largest of
        its layer, so that it stands in the table where a reader looks for it.
        """
        shaped: dict[str, dict[str | None, list[Feature]]] = {}
        for feature in self.features:
            by_shape = shaped.setdefault(self.atlas.layer_of[feature.id].id, {})
            by_shape.setdefault(shape_of(feature), []).append(feature)
        return tuple(
            Group(layer, shape, features)
            for layer in self.layers
            for shape, features in self._joined(shaped[layer.id])
        )

    def _joined(
        self, by_shape: dict[str | None, list[Feature]]
    ) -> Iterator[tuple[str | None, list[Feature]]]:
        order = [shape for shape in ("point", "line", "polygon") if shape in by_shape]
        unplaced = by_shape.get(None, [])
        if not order:
            yield None, unplaced
            return
        largest = max(order, key=lambda shape: len(by_shape[shape]))
        joined: dict[str | None, list[Feature]] = {shape: list(by_shape[shape]) for shape in order}
        for feature in unplaced:
            likely = [shape_of(part) for part in self.atlas.parts.get(feature.id, ())]
            likely += ["line"] if feature.properties.kind in _LINES else []
            joined[next((shape for shape in likely if shape in joined), largest)].append(feature)
        yield from joined.items()

    def notes(self) -> dict[str, str]:
        """Give what every export carries: boundary note, attribution, license, how far we know."""
        known = f"{text.as_known(self.as_of)}." if self.as_of else None
        return {
            "boundaries": text.boundary_note(self.worldview),
            "attribution": f"{CREDIT}, {LICENSE}. {text.attribution()}",
            "license": f"{LICENSE} ({LICENSE_URL}); quotes remain their publishers’.",
            "currency": known or f"Sources {text.searched(self.atlas)}.",
            "accuracy": "accuracy_m is our estimate of the likely error of what accuracy_of names; "
            "a geometry whose location_method is schematic is a diagram and no route.",
        }

    def note(self) -> str:
        """Give the standing notes as one text."""
        return "\n".join(self.notes().values())


def shape_of(feature: Feature) -> str | None:
    """Say whether a feature is a point, a line or a polygon; None without a place."""
    if feature.geometry is None or not feature.geometry.coordinates:
        return None
    type_ = feature.geometry.type
    if type_.endswith("Point"):
        return "point"
    return "line" if type_.endswith("LineString") else "polygon"


def geometries(features: Sequence[Feature]) -> Geometries:
    """
    Read the geometries of features, EPSG:4326, longitude first, in two dimensions.

    An unknown or empty place is None. Heights are left out: the records mean none.
    """
    texts = [
        feature.geometry.model_dump_json(exclude={"bbox"})
        if feature.geometry is not None and feature.geometry.coordinates
        else None
        for feature in features
    ]
    found: Geometries = shapely.force_2d(shapely.from_geojson(np.array(texts, dtype=object)))
    return found
