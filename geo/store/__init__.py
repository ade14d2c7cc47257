"""Reads and writes `layers/` and `seeds/`; the only room that knows where they are."""

from geo.store.canonical import canonical, changes_text, schema
from geo.store.folders import Store, document, find
from geo.store.reading import hash_text, read_atlas, read_page_checks, read_texts
from geo.store.writing import write_bytes, write_text

__all__ = [
    "Store",
    "canonical",
    "changes_text",
    "document",
    "find",
    "hash_text",
    "read_atlas",
    "read_page_checks",
    "read_texts",
    "schema",
    "write_bytes",
    "write_text",
]
