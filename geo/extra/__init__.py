"""
Layers that a reader brings: read from their files, kept, tiled where they are large, shown apart.

Nothing of them is held against sources here, so they are never drawn like the map's own features.
"""

from geo.extra.layer import Layer
from geo.extra.shelf import Fault, Shelf, bring, shelf

__all__ = ["Fault", "Layer", "Shelf", "bring", "shelf"]
