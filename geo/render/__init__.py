"""The only room that makes HTML and SVG: one Jinja environment, everything escaped."""

from geo.render.environment import environment, render
from geo.render.swatches import BAND, swatch, swatch_name, swatch_of

__all__ = ["BAND", "environment", "render", "swatch", "swatch_name", "swatch_of"]
