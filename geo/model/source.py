"""A source: an article, a document or a data set, and what became of its sentences and page."""

from typing import Annotated, Self

from pydantic import Field, StringConstraints, model_validator

from geo.model.record import Edtf, Id, LanguageCode, Record, Sha256, Text, Url
from geo.vocab import LeftOut, LinkState, Read, SourceKind


class Facts(Record):
    """Four things about an article that a reader can check."""

    names_author: bool
    gives_date: bool
    links_sources: bool = Field(
        description="links or names what it rests on, so that it can be found"
    )
    original_found: bool = Field(description="the report or release it retells was found")


class SentenceAccount(Record):
    """What became of one sentence of an article: where it is on the map, or why it is not."""

    span: tuple[int, int] = Field(description="first character and the one after the last")
    sha256: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{12,64}$")] = Field(
        description="of the sentence; its first digits are enough"
    )
    words: Annotated[str, StringConstraints(pattern=r"^\S+( \S+){0,4}$")] = Field(
        description="at most five words of it, so that a person finds it"
    )
    features: tuple[Id, ...] = ()
    left_out: LeftOut | None = None

    @model_validator(mode="after")
    def _is_one_of_two(self) -> Self:
        if bool(self.features) == (self.left_out is not None):
            raise ValueError("give either features or left_out")
        return self


class PageCheck(Record):
    """
    What became of the page of a source.

    Attributes
    ----------
    missing
        Claims whose quotes the page no longer holds.
    moved_to
        Where the address leads now, if elsewhere.
    """

    url: str
    checked: Edtf
    state: LinkState
    http_status: int | None = None
    moved_to: str | None = None
    missing: tuple[Id, ...] = ()
    note: str | None = None


class Source(Record):
    """An article, a document or a data set."""

    id: Id
    title: Text | None = Field(None, description="as printed; absent when the copy showed none")
    title_note: Text | None = None
    publisher: Text
    author: Text | None = None
    url: Url | None = Field(None, description="the publisher's own address; never a mirror's")
    url_note: Text | None = None
    published: Edtf | None = None
    published_note: Text | None = Field(None, description="how the date is known")
    language: LanguageCode = "en"
    kind: SourceKind
    story: Id = Field(description="texts of one story or release share it")
    release_by: Text | None = Field(None, description="the body whose own release this retells")
    seed: bool = Field(default=False, description="one of the five articles the map starts from")
    read: Read
    live_page_checked: Edtf | None = None
    facts: Facts | None = Field(None, description="absent for data sets and reference works")
    license: Text | None = None
    credit: Text | None = Field(None, description="the line its licence asks to show")
    note: Text | None = None
    text_sha256: Sha256 | None = Field(None, description="of the text the quotes were taken from")
    sentences: tuple[SentenceAccount, ...] = Field(
        (), description="the account of every sentence that names something, in reading order"
    )
    page_check: PageCheck | None = Field(None, exclude=True)
    """What `geo links` found; beside the record, not of it."""
