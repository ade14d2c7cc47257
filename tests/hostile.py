"""The real atlas with hostile text in every string that can hold one."""

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from ruamel.yaml import YAML

from geo import store
from geo.model import Feature, Layer, Record, Source, Stated

#: 60481729 would mean that somebody calculated; `pwned` that somebody ran it.
TEXT = (
    "<img src=//evil.example/i onerror=top.pwned=1>${top.pwned=1}{{ 7777*7777 }}{{ 7*7 }}"
    "50 {% of`\\2019</script><script>top.pwned=1</script>![p](//evil.example/p.png)\u202egnp"
)
#: What branca would run on the server, where it renders a text as a template a second time.
SERVER = "{{ cycler.__init__.__globals__.os.mkdir('/tmp/geo-pwned') }}{{ 7777*7777 }}"
CANARY = Path("/tmp/geo-pwned")  # noqa: S108 - must not come to be
ADDRESS = "https://evil.example/a?\"'><script>top.pwned=1</script>{{7777*7777}}"


def write(folder: Path) -> None:
    """Write a data set like the one in use, hostile wherever a record allows it."""
    real = store.find()
    (folder / "layers").mkdir(parents=True)
    (folder / "seeds").mkdir()
    shutil.copy(real.layers / "atlas.yaml", folder / "layers")
    shutil.copytree(real.basemap, folder / "layers/basemap")
    shutil.copytree(real.reference, folder / "layers/reference")
    for path in sorted(real.layers.glob("*.geojson")):
        layer = json.loads(path.read_text())
        for feature in layer["features"]:
            poison(feature, lambda feature=feature: accepts(Feature, feature))
        features = layer.pop("features")
        poison(layer, lambda layer=layer: accepts(Layer, {**layer, "features": []}))
        text = json.dumps({**layer, "features": features}, ensure_ascii=False)
        (folder / "layers" / path.name).write_text(text)
    yaml = YAML(typ="safe")
    for path in sorted(real.seeds.glob("*.yaml")):
        source = json.loads(json.dumps(yaml.load(path.read_text()), default=str))
        poison(source, lambda source=source: accepts(Source, source))
        (folder / "seeds" / path.name).write_text(json.dumps(source, ensure_ascii=False))


def poison(record: Any, still_good: Callable[[], bool]) -> None:
    """Put hostile text in place of every string for which the record stays one."""
    for index, (holder, name) in enumerate(list(leaves(record))):
        kept = holder[name]
        for text in (SERVER if index % 3 == 2 else TEXT, ADDRESS):
            holder[name] = text
            if not is_key(holder, name) and still_good():
                break
            holder[name] = kept


def leaves(value: Any) -> Iterator[tuple[Any, Any]]:
    members = value.items() if isinstance(value, dict) else enumerate(value)
    for name, member in members:
        if isinstance(member, dict | list):
            yield from leaves(member)
        elif isinstance(member, str):
            yield value, name


def is_key(holder: Any, name: Any) -> bool:
    """Whether a string is no text but names something: a property, or a value of a vocabulary."""
    if not isinstance(holder, dict):
        return False
    if name == "value" and "property" in holder:
        return not accepts(Stated, {holder["property"]: holder["value"]})
    return name in {"property", "type"}


def accepts(record: type[Record], value: Any) -> bool:
    try:
        record.model_validate(value)
    except ValidationError:
        return False
    return True
