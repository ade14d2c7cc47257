"""A pale hillshade in Web-Mercator rows, from the NOAA GLOBE elevation model."""

from io import BytesIO
from pathlib import Path

import numpy as np
import shapely
from numpy.typing import NDArray
from PIL import Image, ImageDraw
from scipy.ndimage import distance_transform_edt, gaussian_filter, map_coordinates
from shapely import Polygon

BOUNDS = (55.0, 20.0, 90.0, 50.0)
"""``(minx, miny, maxx, maxy)`` in degrees; the tile ends at 90° E and 50° N."""

WIDTH_PX = 3200
QUALITY = 72
FLAT_COLOUR = (245, 242, 234)
"""Colour of level ground: fill the land with it and the edge of the picture disappears."""

SHADOW_DEPTH = np.array([60.0, 60.0, 58.0])
LIGHT_GAIN = np.array([9.0, 11.0, 16.0])
"""How far red, green and blue go down in full shadow and up in full light."""

TILE_CELLS_PER_DEG = 120
TILE_TOP_DEG = 50.0
TILE_CELL_M = 927.0
VERTICAL_EXAGGERATION = 2.0
SUN_ALTITUDE_DEG = 45.0
SUN_AZIMUTHS_DEG = ((315.0, 0.6), (270.0, 0.2), (0.0, 0.2))
"""Azimuth and weight; light from three sides keeps ridges that run with the sun."""

COAST_FADE_PX = 3
EDGE_FADE_DEG = 1.0

Grid = NDArray[np.float64]


def relief_webp(tile_path: Path, land: list[Polygon]) -> bytes:
    """
    Draw the hillshade as WebP, transparent at sea and towards the edges.

    Parameters
    ----------
    tile_path
        GLOBE tile G: metres, 50 to 0° N by 0 to 90° E, rows from the north, sea 0.
    land
        Land polygons (EPSG:4326), for the transparency only.
    """
    lon, lat = _pixel_centres()
    shade = _sampled(_hillshade(_elevation(tile_path)), lon, lat)
    alpha = _land_alpha(land, lon, lat) * _edge_alpha(lon, lat)
    pixels = np.dstack([_coloured(shade), alpha * 255]).round().astype(np.uint8)
    buffer = BytesIO()
    Image.fromarray(pixels, "RGBA").save(
        buffer, "WEBP", quality=QUALITY, alpha_quality=60, method=6
    )
    return buffer.getvalue()


def _mercator(lat_deg: Grid) -> Grid:
    return np.asarray(np.arcsinh(np.tan(np.radians(lat_deg))))


def _pixel_centres() -> tuple[Grid, Grid]:
    """Longitudes of the columns and latitudes of the rows, degrees."""
    minx, miny, maxx, maxy = BOUNDS
    top, bottom = _mercator(np.array([maxy, miny]))
    height = round(WIDTH_PX * (top - bottom) / np.radians(maxx - minx))
    lon = minx + (np.arange(WIDTH_PX) + 0.5) * (maxx - minx) / WIDTH_PX
    rows = top + (np.arange(height) + 0.5) * (bottom - top) / height
    return lon, np.degrees(np.arctan(np.sinh(rows)))


def _elevation(tile_path: Path) -> Grid:
    """Metres, rows from 50° N to the foot of `BOUNDS`, columns of `BOUNDS`."""
    minx, miny, maxx, _ = BOUNDS
    rows = slice(0, int((TILE_TOP_DEG - miny) * TILE_CELLS_PER_DEG))
    columns = slice(int(minx * TILE_CELLS_PER_DEG), int(maxx * TILE_CELLS_PER_DEG))
    tile = np.load(tile_path)["arr_0"]
    return gaussian_filter(np.maximum(tile[rows, columns].astype(float), 0), 0.8)


def _hillshade(elevation: Grid) -> Grid:
    """Light relative to level ground: 0 flat, below 0 in shade, above 0 in light."""
    lat = TILE_TOP_DEG - (np.arange(len(elevation)) + 0.5) / TILE_CELLS_PER_DEG
    south, east = np.gradient(elevation * VERTICAL_EXAGGERATION, TILE_CELL_M)
    east = east / np.cos(np.radians(lat))[:, None]
    slope = np.arctan(np.hypot(east, south))
    aspect = np.arctan2(-east, south)  # clockwise from north, of the downhill direction
    zenith = np.radians(90 - SUN_ALTITUDE_DEG)
    light = np.zeros_like(elevation)
    for azimuth, weight in SUN_AZIMUTHS_DEG:
        facing = np.cos(np.radians(azimuth) - aspect)
        light += weight * (np.cos(zenith) * np.cos(slope) + np.sin(zenith) * np.sin(slope) * facing)
    return np.asarray(light / np.cos(zenith) - 1)


def _sampled(grid: Grid, lon: Grid, lat: Grid) -> Grid:
    rows = (TILE_TOP_DEG - lat) * TILE_CELLS_PER_DEG - 0.5
    columns = (lon - BOUNDS[0]) * TILE_CELLS_PER_DEG - 0.5
    where = np.meshgrid(rows, columns, indexing="ij")
    return np.asarray(map_coordinates(grid, where, order=1, mode="nearest"))


def _coloured(shade: Grid) -> Grid:
    shadow = np.clip(-shade, 0, 1)[..., None] ** 0.9 * SHADOW_DEPTH
    light = np.clip(shade, 0, 0.4)[..., None] / 0.4 * LIGHT_GAIN
    return np.asarray(np.clip(np.array(FLAT_COLOUR) - shadow + light, 0, 255))


def _land_alpha(land: list[Polygon], lon: Grid, lat: Grid) -> Grid:
    """1 inland, 0 at sea, rising over `COAST_FADE_PX` pixels from the coast inwards."""
    mask = Image.new("1", (len(lon), len(lat)))
    draw = ImageDraw.Draw(mask)
    for polygon in land:
        for index, ring in enumerate(shapely.get_rings(polygon)):
            x, y = shapely.get_coordinates(ring).T
            column = (x - BOUNDS[0]) / (BOUNDS[2] - BOUNDS[0]) * len(lon)
            top, bottom = _mercator(np.array([BOUNDS[3], BOUNDS[1]]))
            row = (_mercator(y) - top) / (bottom - top) * len(lat)
            draw.polygon(list(zip(column, row, strict=True)), fill=int(index == 0))
    inland = np.asarray(distance_transform_edt(np.asarray(mask)))
    return np.clip((inland - 1) / COAST_FADE_PX, 0, 1)


def _edge_alpha(lon: Grid, lat: Grid) -> Grid:
    minx, miny, maxx, maxy = BOUNDS
    across = np.clip(np.minimum(lon - minx, maxx - lon) / EDGE_FADE_DEG, 0, 1)
    down = np.clip(np.minimum(lat - miny, maxy - lat) / EDGE_FADE_DEG, 0, 1)
    return np.asarray(down[:, None] * across[None, :])
