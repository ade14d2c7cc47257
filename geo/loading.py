"""The atlas for programmers: `geo.load()`."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import geopandas as gpd
import pandas as pd

from geo import frames, store
from geo.model import Atlas


@dataclass(frozen=True)
class Loaded:
    """
    The atlas as tables.

    Attributes
    ----------
    records
        The same as records: layers, features with their claims, sources.
    """

    records: Atlas

    @cached_property
    def features(self) -> gpd.GeoDataFrame:
        """One row a feature, indexed by id, EPSG:4326; a place unknown has no geometry."""
        return frames.features(self.records)

    @cached_property
    def claims(self) -> pd.DataFrame:
        """One row a claim, indexed by id; `feature` and `source` name rows of the other tables."""
        return frames.claims(self.records)

    @cached_property
    def sources(self) -> pd.DataFrame:
        """One row a source, indexed by id."""
        return frames.sources(self.records)


def load(folder: Path | None) -> Loaded:
    """Read the data of a folder, or those that `store.find` finds."""
    return Loaded(store.read_atlas(store.Store(folder) if folder else store.find()))
