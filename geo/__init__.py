"""A source-linked map of the digital corridor between Pakistan, China and Central Asia."""

from importlib.metadata import version

__version__ = version("digital-silk-road-map")
