"""Commands on the ledger of sources and claims; `geo.cli` adds them to `geo`."""

from collections import Counter
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from geo import authoring, seedfile, store
from geo import changes as changes_
from geo import coverage as coverage_
from geo import links as links_
from geo import report as report_
from geo.errors import GeoError
from geo.vocab import LinkState, Qualifier, Rank, Read, SourceKind

_out = Console(soft_wrap=True, highlight=False, markup=False)

Texts = Annotated[
    Path | None,
    typer.Option(help="Folder with the articles' full texts.", envvar="GEO_TEXTS"),
]


def add_to(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    app.command()(coverage)
    app.command()(report)
    app.command()(diff)
    app.command()(links)
    new = typer.Typer(no_args_is_help=True, help="Add a source or a claim to the data.")
    new.command()(source)
    new.command()(claim)
    app.add_typer(new, name="new")


def coverage(texts: Texts = None) -> None:
    """Print how much of each article is on the map, and why the rest is not."""
    atlas = store.read_atlas(store.find())
    known = store.read_texts(texts) if texts is not None else {}
    rows = [
        coverage_.coverage(source, atlas, known.get(source.text_sha256 or ""))
        for source in atlas.sources.values()
        if source.seed or source.sentences
    ]
    table = Table(
        "article", "sentences", "naming", "on the map", "left out", "open", "claims", "kept"
    )
    for row in rows:
        table.add_row(
            row.source,
            _or_unknown(row.sentences),
            _or_unknown(row.naming),
            str(row.mapped),
            str(row.accounted - row.mapped),
            _or_unknown(row.unaccounted),
            str(row.claims),
            "?" if row.quoted_pct is None else f"{row.quoted_pct:.0f} %",
        )
    _out.print(table)
    for row in rows:
        reasons = ", ".join(f"{n} × {reason.label.lower()}" for reason, n in row.left_out.items())
        _out.print(f"{row.source}: left out: {reasons or 'nothing'}")
    _out.print(_total(rows))


class Form(StrEnum):
    """How a report is written."""

    MD = "md"
    JSON = "json"


def report(
    form: Annotated[Form, typer.Option("--format", help="For a reader or a program.")] = Form.MD,
) -> None:
    """Print what the map rests on, and where its sources disagree."""
    found = report_.report(store.read_atlas(store.find()))
    text = report_.as_markdown(found) if form is Form.MD else report_.as_json(found)
    typer.echo(text, nl=False)


def diff(
    before: Annotated[Path, typer.Argument(help="Folder with the older layers/ and seeds/.")],
    after: Annotated[Path, typer.Argument(help="Folder with the newer ones.")],
) -> None:
    """Say in plain words what changed between two versions of the data."""
    older, newer = (store.read_atlas(store.Store(folder)) for folder in (before, after))
    found = changes_.changes(older, newer)
    for change in found:
        _out.print(f"{change.about}: {change.words}")
    _out.print(f"{len(found)} change(s)")


def links(
    out: Annotated[
        Path | None, typer.Option(help="File of results; links.json beside the data if absent.")
    ] = None,
    older_than: Annotated[int, typer.Option(help="Check again after so many days.")] = 30,
    timeout: Annotated[float, typer.Option(help="Seconds for a whole page.")] = 20,
    pause: Annotated[float, typer.Option(help="Seconds between two requests to a host.")] = 1,
) -> None:
    """Check the links to sources: there, moved, gone, or changed since they were quoted."""
    found = store.find()
    atlas = store.read_atlas(found)
    path = out or found.links
    manners = links_.Manners(timeout_s=timeout, pause_s=pause)
    today = datetime.now(UTC).date()
    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("checking", total=len(links_.due(atlas, path, today, older_than)))
        results = links_.check(
            atlas,
            path,
            today,
            max_age_days=older_than,
            manners=manners,
            done=lambda _: progress.advance(task),
        )
    for result in results.values():
        if result.state is not LinkState.LIVE:
            where = f" to {result.moved_to}" if result.moved_to else ""
            _out.print(
                f"{result.url}: {result.state.label}{where} {' '.join(result.missing)}".rstrip()
            )
    counts = Counter(result.state for result in results.values())
    said = ", ".join(f"{n} × {state.label}" for state, n in sorted(counts.items()))
    _out.print(f"{len(results)} pages: {said}; wrote {path.name}")


def source(
    address: Annotated[str, typer.Argument(help="The publisher's own address, or a DOI.")],
    *,
    text: Annotated[Path, typer.Option(help="The article's text, kept outside the project.")],
    publisher: Annotated[str, typer.Option(help="Who published it.")],
    id_: Annotated[
        str | None, typer.Option("--id", help="Made from the address if absent.")
    ] = None,
    title: Annotated[str | None, typer.Option(help="As printed.")] = None,
    author: Annotated[str | None, typer.Option(help="As printed.")] = None,
    published: Annotated[
        str | None, typer.Option(help="EDTF, no surer than the source: 2024-08.")
    ] = None,
    language: Annotated[str, typer.Option(help="Two letters.")] = "en",
    kind: Annotated[SourceKind, typer.Option(help="What sort of publication.")] = SourceKind.PRESS,
    story: Annotated[
        str | None, typer.Option(help="The story it retells, shared with its other tellings.")
    ] = None,
    read: Annotated[Read, typer.Option(help="What of it was read.")] = Read.FULL_TEXT,
    names_author: Annotated[bool, typer.Option(help="It names its author.")] = False,
    gives_date: Annotated[bool, typer.Option(help="It prints a date.")] = False,
    links_sources: Annotated[
        bool, typer.Option(help="It links or names what it rests on.")
    ] = False,
    original_found: Annotated[bool, typer.Option(help="What it retells was found.")] = False,
) -> None:
    """Write the record of an article, with the sentences to account for."""
    found = store.find()
    facts = {
        "names_author": names_author,
        "gives_date": gives_date,
        "links_sources": links_sources,
        "original_found": original_found,
    }
    members = {
        "id": id_,
        "title": title,
        "publisher": publisher,
        "author": author,
        "published": published,
        "language": language,
        "kind": kind,
        "story": story,
        "read": read,
        "facts": facts,
    }
    draft = authoring.new_source(address, _bytes(text), members, store.read_atlas(found))
    seedfile.write_source(found, draft.source)
    n_open = len(draft.source.sentences)
    _out.print(f"wrote seeds/{draft.source.id}.yaml; {n_open} sentence(s) to account for")


def claim(
    feature: Annotated[str, typer.Argument(help="Id of the feature.")],
    property_: Annotated[str, typer.Argument(metavar="PROPERTY", help="What the claim is about.")],
    value: Annotated[str, typer.Argument(help="The value; JSON for a list or a table.")],
    *,
    source_: Annotated[str, typer.Option("--source", help="Id of the source.")],
    quote: Annotated[str | None, typer.Option(help="The words that say it, verbatim.")] = None,
    texts: Texts = None,
    at: Annotated[
        int | None, typer.Option(help="Where the quote begins, if at many places.")
    ] = None,
    locator: Annotated[str | None, typer.Option(help="P2 s3, for a page nobody opened.")] = None,
    says: Annotated[str | None, typer.Option(help="What it says there, in our words.")] = None,
    rank: Annotated[Rank | None, typer.Option(help="Preferred if nothing was stated.")] = None,
    reason: Annotated[str | None, typer.Option(help="Why a differing value is not used.")] = None,
    since: Annotated[str | None, typer.Option(help="The value holds from then, EDTF.")] = None,
    until: Annotated[str | None, typer.Option(help="The value held until then, EDTF.")] = None,
    as_of: Annotated[str | None, typer.Option(help="The date it speaks of, EDTF.")] = None,
    qualifier: Annotated[Qualifier | None, typer.Option(help="The source's own hedge.")] = None,
    attributed_to: Annotated[str | None, typer.Option(help="Whom the article credits.")] = None,
    inferred: Annotated[str | None, typer.Option(help="Why, where a step is ours.")] = None,
) -> None:
    """Add a claim: find its quote, hold it against every rule, write layer and record."""
    found = store.find()
    members = {
        "property": property_,
        "value": value,
        "source": source_,
        "quote": quote,
        "locator": locator,
        "says": says,
        "rank": rank,
        "reason": reason,
        "since": since,
        "until": until,
        "as_of": as_of,
        "qualifier": qualifier,
        "attributed_to": attributed_to,
        "inferred": inferred,
    }
    known = store.read_texts(texts) if texts is not None else {}
    draft = authoring.new_claim(feature, members, store.read_atlas(found), known, at)
    for layer in draft.atlas.layers:
        path, words = found.layer_path(layer.id), store.canonical(layer)
        if path.read_text(encoding="utf-8") != words:
            store.write_text(path, words)
            _out.print(f"wrote layers/{path.name}")
    seedfile.write_source(found, draft.source)
    made = draft.claim
    if made is not None:
        _out.print(f"{made.id}: {made.prefix or ''}[{made.quote or made.says}]{made.suffix or ''}")


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        fault = f"cannot be read ({error.strerror})"
        raise GeoError(str(path), fault, "Name the file with the article's text") from error


def _or_unknown(number: int | None) -> str:
    return "?" if number is None else str(number)


def _total(rows: list[coverage_.Coverage]) -> str:
    mapped = sum(row.mapped for row in rows)
    accounted = sum(row.accounted for row in rows)
    total = f"{len(rows)} articles: {mapped} sentences on the map, {accounted - mapped} left out"
    read = [row for row in rows if row.naming is not None]
    if len(read) < len(rows):
        unread = len(rows) - len(read)
        return (
            f"{total}; {unread} not verified: whether every sentence that names something is "
            "accounted for shows only against the texts (name --texts DIR)"
        )
    naming = sum(row.naming or 0 for row in rows)
    open_ = sum(row.unaccounted or 0 for row in rows)
    share = 100 * (naming - open_) / max(naming, 1)
    return f"{total}; {naming - open_} of {naming} naming sentences accounted for ({share:.0f} %)"
