"""How many separate land routes join two countries, and what could add one."""

from collections.abc import Iterable, Sequence
from itertools import combinations

import networkx as nx

from geo import text
from geo.analysis.figure import (
    Answer,
    Column,
    Key,
    Quantity,
    Row,
    Table,
    exactly,
)
from geo.analysis.things import NO_ROUTE, Thing, routes
from geo.model import Atlas, Feature
from geo.view import View
from geo.vocab import Question, Status

#: What may come to be; what was given up may not.
_POSSIBLE = (Status.CONSTRUCTION, Status.APPROVED, Status.PROPOSED, Status.CLAIMED)

Pair = tuple[str, str]


def ways(atlas: Atlas, view: View) -> Answer:
    """Say how many separate routes join each two countries that a route of the view joins."""
    say = text.translator(view.lang)
    known = routes(atlas, view)
    working = [one for one in known if one.in_service]
    possible = [one for one in known if one.status in _POSSIBLE]
    sentences, rows = [], []
    for pair in _all_pairs(known):
        n_now = separate(working, pair)
        names = " – ".join(text.country(code, view.lang) for code in pair)
        added = [(one, _adds(one, working, pair)) for one in possible if pair in pairs(one)]
        told = [_in_service(n_now, pair, view.lang)]
        told += [_would_add(one, adds, n_now, view.lang) for one, adds in added]
        sentences.append(" ".join(told))
        rows.append(
            Row(
                keys={"countries": Key(value="-".join(pair), label=names)},
                quantities={
                    "in_service": exactly(n_now),
                    "with_proposals": _with_proposals(n_now, added, working, pair),
                },
            )
        )
    table = Table(
        name="routes",
        title=say("Separate land routes between two countries"),
        keys=(Column(name="countries", label=say("Countries")),),
        measures=(
            Column(name="in_service", label=say("In service")),
            Column(name="with_proposals", label=say("With what is planned, proposed or claimed")),
        ),
        rows=tuple(rows),
        method=say(
            "Counted on what sources name, never on drawn lines: two routes are separate if they "
            "share no named place. The high number holds if each thing whose route nobody has "
            "published took a way of its own."
        ),
        data=say("The ends and countries of the routes of this map."),
        caveat=say(
            "Only routes of this map are counted: other cables exist, at sea and on land. Separate "
            "names do not make separate trenches."
        ),
    )
    return Answer(
        question=Question.ROUTES,
        sentences=(*sentences, table.caveat)
        if rows
        else (say("The view shows no route that joins two countries."),),
        tables=(table,),
    )


def pairs(thing: Thing) -> tuple[Pair, ...]:
    """Give each two countries a thing joins: as its parts say, else any two that it names."""
    told = [part.properties.connects for part in thing.parts if len(part.properties.connects) > 1]
    joined = told or [thing.feature.properties.connects]
    found = [tuple(sorted(pair)) for codes in joined for pair in combinations(codes, 2)]
    return tuple(dict.fromkeys((one, other) for one, other in found))


def separate(things: Iterable[Thing], pair: Pair) -> int:
    """Count routes between two countries of which no two share a named place."""
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(pair)
    for thing in things:
        _add(graph, thing)
    return int(nx.algorithms.connectivity.local_node_connectivity(graph, *pair))


def _add(graph: "nx.Graph[str]", thing: Thing) -> None:
    """Add what a thing joins: its countries at its ends, and between these its parts' ends."""
    legs = [one for one in thing.parts if _ends(one)] or [thing.feature]
    for leg in legs:
        ends = _ends(leg)
        if ends:
            graph.add_edge(*(f"place {end}" for end in ends))
    for feature in (thing.feature, *thing.parts):
        ends, countries = _ends(feature), feature.properties.connects
        if ends and len(countries) > 1:
            graph.add_edge(countries[0], f"place {ends[0]}")
            graph.add_edge(countries[-1], f"place {ends[1]}")


def _ends(feature: Feature) -> Pair | None:
    begin, end = feature.properties.from_, feature.properties.to
    return (begin, end) if begin is not None and end is not None else None


def _has_route(thing: Thing, pair: Pair) -> bool:
    """Whether it is published between which places a thing would join two countries."""
    joining = [one for one in (thing.feature, *thing.parts) if _joins(one, pair)]
    return any(_ends(one) for one in joining)


def _joins(feature: Feature, pair: Pair) -> bool:
    return set(pair) <= set(feature.properties.connects)


def _adds(thing: Thing, working: Sequence[Thing], pair: Pair) -> int | None:
    """How many separate routes a thing adds; None where it cannot be said."""
    if not _has_route(thing, pair):
        return None
    return separate([*working, thing], pair) - separate(working, pair)


def _with_proposals(
    n_now: int, added: Sequence[tuple[Thing, int | None]], working: Sequence[Thing], pair: Pair
) -> Quantity:
    told = [one for one, adds in added if adds is not None]
    n_told = separate([*working, *told], pair)
    n_open = len(added) - len(told)
    if not added:
        return exactly(n_now)
    return exactly(n_told) if n_open == 0 else Quantity(low=n_now, high=n_told + n_open)


def _all_pairs(things: Iterable[Thing]) -> list[Pair]:
    return sorted({pair for one in things for pair in pairs(one)})


def _in_service(n_now: int, pair: Pair, lang: str) -> str:
    say = text.translator(lang)
    words = {
        0: say("{one} and {other}: no land route in service on this map."),
        1: say("{one} and {other}: one land route in service on this map."),
    }.get(n_now, say("{one} and {other}: {n} separate land routes in service on this map."))
    one, other = (text.country(code, lang) for code in pair)
    return words.format(one=one, other=other, n=n_now)


def _would_add(thing: Thing, adds: int | None, n_now: int, lang: str) -> str:
    say = text.translator(lang)
    question = say("Would {name} add one?").format(name=text.named(thing.feature, lang))
    if adds is None:
        answer = say("Cannot be said: {why}.").format(why=say(NO_ROUTE))
    elif adds > 0:
        answer = say("Yes, if built as named: there would be {n}.").format(n=n_now + adds)
    else:
        answer = say("No: it shares a named place with what there is.")
    return f"{question} {answer}"
