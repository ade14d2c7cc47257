"""Exports: one module per format, one table of formats."""

from geo.export.formats import FORMATS, Format, chosen, export_bytes, export_file

__all__ = ["FORMATS", "Format", "chosen", "export_bytes", "export_file"]
