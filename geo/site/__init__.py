"""The whole map as a folder of files, which any web server, or a memory stick, can hold."""

from geo.site.folder import write

__all__ = ["write"]
