"""The map as one file that opens without a network or a server."""

from geo.onefile.document import page

__all__ = ["page"]
