"""Tables of the atlas for analysis and export."""

from typing import Any

import geopandas as gpd
import pandas as pd
from shapely.geometry import shape

from geo.model import Atlas, Claim, Properties, Source

CRS = "EPSG:4326"


def features(atlas: Atlas) -> gpd.GeoDataFrame:
    """
    Give one row a feature, parts and waypoints included.

    Returns
    -------
    features
        Indexed by feature id, with `layer`, every property but the claims, and the geometry in
        EPSG:4326; a feature whose place is unknown has none.
    """
    rows = [
        {
            "id": feature.id,
            "layer": atlas.layer_of[feature.id].id,
            **feature.properties.model_dump(mode="json", by_alias=True, exclude={"claims"}),
        }
        for feature in atlas.features.values()
    ]
    geometry: list[Any] = [
        shape(feature.geometry.model_dump()) if feature.geometry is not None else None
        for feature in atlas.features.values()
    ]
    columns = ["id", "layer", *(f.alias or n for n, f in Properties.model_fields.items())]
    frame = pd.DataFrame(rows, columns=[name for name in columns if name != "claims"])
    return gpd.GeoDataFrame(frame, geometry=geometry, crs=CRS).set_index("id")


def claims(atlas: Atlas) -> pd.DataFrame:
    """Give one row a claim, indexed by claim id, with the `feature` it is about."""
    rows = [
        {"feature": feature.id, **claim.model_dump(mode="json")}
        for feature in atlas.features.values()
        for claim in feature.properties.claims
    ]
    return pd.DataFrame(rows, columns=["feature", *Claim.model_fields]).set_index("id")


def sources(atlas: Atlas) -> pd.DataFrame:
    """Give one row a source, indexed by source id."""
    rows = [source.model_dump(mode="json") for source in atlas.sources.values()]
    return pd.DataFrame(
        rows, columns=[name for name, one in Source.model_fields.items() if not one.exclude]
    ).set_index("id")
