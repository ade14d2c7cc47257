"""Options of commands that choose what to show: the same names and meanings everywhere."""

import inspect
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import wraps
from typing import Annotated, Any

import typer

from geo import history, live, store
from geo.model import Atlas
from geo.view import LANGUAGES, View
from geo.vocab import Evidence, Status, Worldview

_OPTIONS: dict[str, Any] = {
    "status": Annotated[
        list[Status] | None, typer.Option(help="Only things of this status; may be given again.")
    ],
    "evidence": Annotated[
        list[Evidence] | None, typer.Option(help="Only things so supported; may be given again.")
    ],
    "source": Annotated[str | None, typer.Option(help="Only things this source speaks of.")],
    "disagree": Annotated[
        bool, typer.Option("--disagree", help="Only things on which sources disagree.")
    ],
    "as_of": Annotated[str | None, typer.Option(help="What was known on this day: 2020-07-13.")],
    "worldview": Annotated[Worldview | None, typer.Option(help="Whose boundaries are drawn.")],
    "lang": Annotated[str | None, typer.Option(help=f"Language: {', '.join(LANGUAGES)}.")],
    "view": Annotated[
        str, typer.Option(help="All of these as in a link: 'layers=gwadar&worldview=pk'.")
    ],
}
_DEFAULTS: dict[str, Any] = {"disagree": False, "view": ""}


@dataclass(frozen=True)
class Asked:
    """
    What the options of a command ask to show.

    Attributes
    ----------
    query
        The parameters of a link that shows the same (`geo.view.read_query`).
    """

    query: dict[str, str]

    def about(self, feature: str | None) -> "Asked":
        """Ask for one feature besides, whose popup is open on a map."""
        return self if feature is None else Asked({**self.query, "feature": feature})

    def today(self) -> tuple[Atlas, View]:
        """Read the data in use, whatever the view's day, and the view asked for; as `open` else."""
        today = store.read_atlas(store.find())
        return today, live.view_of(self.query, today)

    def open(self) -> tuple[Atlas, View]:
        """
        Read the data in use and the view asked for.

        Returns
        -------
        atlas
            As it was known on the view's day, where it names one.
        view
            The view.

        Raises
        ------
        GeoError
            If an option names what is not known here, or the data cannot be read.
        """
        today, view = self.today()
        if view.as_of is None:
            return today, view
        return history.as_of(today, date.fromisoformat(view.as_of)), view


Command = Callable[..., None]


def view_options(*, unnamed: str, without: Collection[str] = ()) -> Callable[[Command], Command]:
    """
    Give what gives a command the options of a view; it takes what they ask for as `asked`.

    Parameters
    ----------
    unnamed
        Which layers the command takes where none is named, for its help.
    without
        Options that mean nothing to the command.

    Examples
    --------
    >>> @with_view
    ... def show(asked: Asked, out: str = "") -> None: ...
    >>> list(inspect.signature(show).parameters)[:4]
    ['out', 'layer', 'status', 'evidence']
    """
    layer = typer.Option(help=f"A layer; may be given again. None: {unnamed}.")
    options: dict[str, Any] = {
        "layer": Annotated[list[str] | None, layer],
        **{name: one for name, one in _OPTIONS.items() if name not in without},
    }

    def with_options_of(command: Command) -> Command:
        own = [one for one in inspect.signature(command).parameters.values() if one.name != "asked"]
        shared = [
            inspect.Parameter(
                name,
                inspect.Parameter.KEYWORD_ONLY,
                default=_DEFAULTS.get(name),
                annotation=annotation,
            )
            for name, annotation in options.items()
        ]

        @wraps(command)
        def with_options(**given: Any) -> None:  # noqa: ANN401 - what the command line gave
            asked = Asked(_query({name: given.pop(name) for name in options}))
            command(asked=asked, **given)

        with_options.__signature__ = inspect.Signature(  # type: ignore[attr-defined]
            [*(one.replace(kind=inspect.Parameter.KEYWORD_ONLY) for one in own), *shared]
        )
        with_options.__annotations__ = {one.name: one.annotation for one in (*own, *shared)}
        return with_options

    return with_options_of


#: The options of a command that shows what the map shows at first, unless told otherwise.
with_view = view_options(unnamed="those on at first")


def _query(given: Mapping[str, Any]) -> dict[str, str]:
    """Write options as the parameters of a link; each goes before its like in `--view`."""
    told = {
        "layers": ",".join(given["layer"] or ()),
        "status": ",".join(given["status"] or ()),
        "evidence": ",".join(given["evidence"] or ()),
        "source": given["source"],
        "disagree": "1" if given["disagree"] else "",
        "as_of": given["as_of"],
        "worldview": given["worldview"],
        "lang": given.get("lang"),
    }
    return live.query_of(given["view"]) | {name: str(one) for name, one in told.items() if one}
