"""The map: an atlas and a view become a Folium map, drawn by our own script without a network."""

from geo.maps.element import AtlasMap, Own, Shown, folium_map, shown, state

__all__ = ["AtlasMap", "Own", "Shown", "folium_map", "shown", "state"]
