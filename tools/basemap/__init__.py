"""Build steps of the reference base map; run through ``tools/build_basemap.py``."""
