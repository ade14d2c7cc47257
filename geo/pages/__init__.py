"""Static pages without a script: a feature, what the map is, and "not found"."""

from geo.pages.about import about_page
from geo.pages.feature import family, feature_geojson, feature_page, missing_page, resolve
from geo.pages.links import SERVED, Links, filed, served
from geo.pages.source import source_page

__all__ = [
    "SERVED",
    "Links",
    "about_page",
    "family",
    "feature_geojson",
    "feature_page",
    "filed",
    "missing_page",
    "resolve",
    "served",
    "source_page",
]
