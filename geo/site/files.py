"""What is in the folder: maps, pages, exports, layers, the data package, a map for search engines."""

import hashlib
from collections.abc import Iterator

from geo import onefile, pages, store
from geo.export import whole
from geo.export.extract import Extract
from geo.maps.safejson import safe_json
from geo.model import Atlas
from geo.public import public_url
from geo.site.index import index_page
from geo.site.sitemap import robots, sitemap
from geo.view import LANGUAGES, View
from geo.vocab import Worldview


def files(atlas: Atlas, found: store.Store, worldview: Worldview) -> Iterator[tuple[str, bytes]]:
    """
    Give each file with its name, below the folder.

    Links between them are relative, so that the folder works at any address and from a disk.
    """
    named: list[str] = []
    for name, written in _written(atlas, found, worldview):
        named.append(name)
        yield name, written.encode()
    yield from _data(atlas, worldview)
    root = public_url()
    up = root or "./"  # it is shown at any address, from which no relative link leads back
    yield "404.html", pages.missing_page(links=pages.filed("en"), up=up).encode()
    if root:
        yield "sitemap.xml", sitemap(root, named).encode()
        yield "robots.txt", robots(root).encode()


def _written(atlas: Atlas, found: store.Store, worldview: Worldview) -> Iterator[tuple[str, str]]:
    shown = [one for one in atlas.features.values() if one.properties.part_of is None]
    for lang in LANGUAGES:
        links = pages.filed(lang)
        yield links.home, index_page(atlas, worldview, lang)
        yield (
            onefile.file_name(lang),
            onefile.page(
                atlas,
                View(worldview=worldview, lang=lang),
                found,
                elsewhere=onefile.files_but(lang),
                pages=links.ending,
            ),
        )
        yield f"about{links.ending}", pages.about_page(atlas, worldview, lang, links)
        for one in shown:
            written = pages.feature_page(one, atlas, found, worldview, lang, links=links)
            yield f"f/{one.id}{links.ending}", written
        for source in atlas.sources.values():
            yield (
                f"s/{source.id}{links.ending}",
                pages.source_page(source, atlas, lang, links=links),
            )


def _data(atlas: Atlas, worldview: Worldview) -> Iterator[tuple[str, bytes]]:
    for one in atlas.features.values():
        if one.properties.part_of is None:
            yield f"f/{one.id}.geojson", pages.feature_geojson(one, atlas, worldview)
    for layer in atlas.layers:
        yield f"layers/{layer.id}.geojson", store.canonical(layer).encode()
    everything = Extract(atlas, tuple(atlas.features.values()), worldview, None)
    described: dict[str, tuple[int, str, str]] = {}
    for file in whole.FILES:
        content = whole.content(file, everything)
        digest = hashlib.sha256(content).hexdigest()
        described[file] = (len(content), digest, whole.media_type(file))
        yield f"{whole.FOLDER}/{file}", content
    package = whole.package(everything, described.__getitem__)
    yield "datapackage.json", safe_json(package).encode()
