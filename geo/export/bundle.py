"""The bundle: every format with what a reader and a machine need to use, cite and check it."""

import hashlib
import json
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from geo import __version__
from geo.errors import GeoError
from geo.export import catalog, dictionary
from geo.export.archive import write_zip
from geo.export.extract import Extract
from geo.export.fields import TABLES
from geo.export.tables import write_csv

_DOCUMENTS = {
    "CITATION.cff": "CITATION.cff",
    "LICENSE-DATA.txt": "LICENSE-DATA",
    "NOTICE.txt": "NOTICE",
}
_README = """\
# Digital Silk Road map, version {version}

What is built, proposed or only claimed of the digital corridor between Pakistan, China and Central Asia;
each value with the words that support it. {things} features, {claims} claims, {sources} sources.

{notes}

Start with `digital-silk-road-map.gpkg` in QGIS (styled), `digital-silk-road-map.geojson` anywhere else, or
`tables/features.csv`, `tables/claims.csv` and `tables/sources.csv`. `data-dictionary.md` says what every
column means, `datapackage.json` and `dcat.jsonld` say it to machines, `CITATION.cff` how to cite,
`LICENSE-DATA.txt` and `NOTICE.txt` what you may do. `sha256sum -c SHA256SUMS` checks the files.

In the tables an apostrophe stands before a text that begins with = + - @, a tab or a return.

| file | bytes |
| --- | --- |
{files}
"""

Formats = Mapping[str, tuple[str, Callable[[Extract, Path], None]]]


def write(extract: Extract, path: Path, *, formats: Formats) -> None:
    """
    Write all formats and what belongs to them.

    Parameters
    ----------
    formats
        By file name: media type and writer.
    """
    with tempfile.TemporaryDirectory(dir=path.parent) as name:
        folder = Path(name)
        (folder / "tables").mkdir()
        media_types: dict[str, str] = {}
        for file_name, (media_type, writer) in formats.items():
            writer(extract, folder / file_name)
            media_types[file_name] = media_type
        for table in TABLES:
            write_csv(extract, table, folder / "tables" / f"{table.name}.csv")
            media_types[f"tables/{table.name}.csv"] = "text/csv"
        files = {
            file: ((folder / file).stat().st_size, _digest(folder / file), media_type)
            for file, media_type in media_types.items()
        }
        texts = {
            "README.md": _readme(extract, files),
            "data-dictionary.md": dictionary.markdown(),
            "datapackage.json": _json(catalog.data_package(extract, files)),
            "dcat.jsonld": _json(catalog.dcat(extract, files)),
            **{to: _document(source) for to, source in _DOCUMENTS.items()},
        }
        for file, text in texts.items():
            (folder / file).write_text(text, encoding="utf-8", newline="\n")
        sums = {file: digest for file, (_, digest, _) in files.items()}
        sums |= {file: _digest(folder / file) for file in texts}
        lines = "".join(f"{digest}  {file}\n" for file, digest in sorted(sums.items()))
        write_zip(path, [*_members(folder, sorted(sums)), ("SHA256SUMS", lines)])


def _members(folder: Path, files: list[str]) -> Iterator[tuple[str, Path | str]]:
    for file in files:
        yield file, folder / file


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def _readme(extract: Extract, files: Mapping[str, tuple[int, str, str]]) -> str:
    return _README.format(
        version=__version__,
        things=len(extract.features),
        claims=sum(len(feature.properties.claims) for feature in extract.features),
        sources=len(extract.sources),
        notes="\n\n".join(extract.notes().values()),
        files="\n".join(f"| `{file}` | {size:,} |" for file, (size, _, _) in files.items()),
    )


def _document(name: str) -> str:
    """Read a document of the project: from the installed package, else from the checkout."""
    package = Path(__file__).resolve().parents[1]
    for folder in (package / "data", package.parent):
        if (folder / name).is_file():
            return (folder / name).read_text(encoding="utf-8")
    raise GeoError(name, "is missing", "Install the package again")
