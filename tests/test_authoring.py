"""The way an article and its claims come in, as CONTRIBUTING tells it."""

import re
import shlex
import shutil
from pathlib import Path

import pytest
from builders import TEXT, make_atlas, make_claim, make_feature, make_source
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML
from typer.testing import CliRunner

from geo import authoring, seedfile, store
from geo.cli import app
from geo.errors import GeoError
from geo.model import Source

ROOT = Path(__file__).parents[1]
run = CliRunner()
ARTICLE = (
    "Engineers met. The cable, owned by the Special Communications Organization, was upgraded "
    "in the north. It works. Weather was fine, people came, a band played, and there was tea for all."
)
MEMBERS = {"publisher": "A paper", "kind": "press", "read": "full_text"}


def source(address="https://news.example.com/2026/01/a-b-c", text=ARTICLE, **members):
    members = {"facts": make_source().facts, **MEMBERS, **members}
    return authoring.new_source(address, text.encode(), members, make_atlas()).source


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A copy of the real data, and a folder of texts beside it."""
    for name in ("layers", "seeds"):
        ignore = shutil.ignore_patterns("basemap")
        shutil.copytree(ROOT / name, tmp_path / name, ignore=ignore)
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts/cable-upgrade.txt").write_text(ARTICLE)
    monkeypatch.setenv("GEO_DATA", str(tmp_path))
    monkeypatch.delenv("GEO_TEXTS", raising=False)
    return tmp_path


def test_the_walk_through_of_contributing_works(folder):
    text = (ROOT / "CONTRIBUTING.md").read_text()
    block = re.search(r"```sh\n(geo new source.*?)```", text, re.DOTALL)[1]
    shutil.copytree(folder / "layers", folder / "old/layers")
    shutil.copytree(folder / "seeds", folder / "old/seeds")
    output = ""
    for line in block.replace("~/texts", str(folder / "texts")).strip().splitlines():
        command, *arguments = shlex.split(line)
        assert command == "geo"
        result = run.invoke(app, arguments)
        assert result.exit_code == 0, result.output or result.exception
        output += result.output
    assert "wrote seeds/example-2026-01-15-cable.yaml; 1 sentence(s) to account for" in output
    assert "[owned by the Special Communications Organization], was upgraded" in output
    record = store.read_atlas(store.Store(folder)).sources["example-2026-01-15-cable"]
    assert [account.features for account in record.sentences] == [("ofc-1",)]
    changed = run.invoke(app, ["diff", str(folder / "old"), str(folder)]).output
    assert "ofc-1: Claim ofc-1-c105 added: Owner Special Communications Organization" in changed
    assert "Source added: Cable upgraded, Example News, January 15, 2026." in changed
    assert changed.endswith("2 change(s)\n")


@pytest.mark.parametrize(
    ("address", "url"),
    [
        ("10.24412/2181-1784-2025-26", "https://doi.org/10.24412/2181-1784-2025-26"),
        ("doi:10.24412/2181", "https://doi.org/10.24412/2181"),
        ("http://dx.doi.org/10.24412/2181", "https://doi.org/10.24412/2181"),
        ("https://news.example.com/a", "https://news.example.com/a"),
    ],
)
def test_a_doi_becomes_its_address(address, url):
    assert source(address, id="a").url == url


def test_a_record_says_what_is_not_known_and_what_is_to_do():
    record = source(published="2026-01")
    assert record.id == "news-2026-01-a-b-c"
    assert (record.title_note, record.published_note) == (
        "Not known when the record was made.",
        None,
    )
    assert record.text_sha256 == store.hash_text(ARTICLE.encode())


@pytest.mark.parametrize(
    ("members", "fault"),
    [
        ({"id": "paper"}, "paper: is the id of another source"),
        ({"published": "soon"}, "published: Value error, 'soon' is not an EDTF"),
        ({"address": "ftp://x"}, "url: "),
    ],
)
def test_a_source_that_cannot_be_is_refused(members, fault):
    with pytest.raises(GeoError, match=re.escape(fault)):
        source(**members)


def claim(property_="owner", value="A", quote="Experts came", texts=None, **members):
    """Add a claim to an atlas of one feature whose article is TEXT."""
    atlas = make_atlas(sources=(make_source(text_sha256=store.hash_text(TEXT.encode())),))
    given = {"property": property_, "value": value, "source": "paper", "quote": quote, **members}
    known = {store.hash_text(TEXT.encode()): TEXT} if texts is None else texts
    feature = given.pop("feature", "ofc-1")
    at = given.pop("at", None)
    return authoring.new_claim(feature, given, atlas, known, at)


def test_a_claim_gets_id_unit_rank_and_the_words_around_its_quote():
    made = claim("published_length_km", "820").claim
    assert (made.id, made.unit, made.rank, made.value) == ("ofc-1-c02", "km", "preferred", 820)
    assert (made.prefix, made.suffix) == ("the Digital Corridor. ", ".")


def test_the_feature_states_the_value_and_derived_members_follow():
    feature = claim("published_length_km", "820").atlas.features["ofc-1"].properties
    assert feature.published_length_km == 820
    assert feature.quote == "have already completed"


@pytest.mark.parametrize(
    ("property_", "words", "value"),
    [
        ("completed", "true", True),
        ("nodes", "9", 9),
        ("owner", "9", "9"),
        ("countries", '["China", "Kenya"]', ("China", "Kenya")),
        ("published_length_km_by_territory", '{"PK-GB": 467}', {"PK-GB": 467}),
        ("inaugurated", "2018-07", "2018-07"),
    ],
)
def test_a_value_is_read_as_its_property_has_it(property_, words, value):
    made = claim(property_, words, rank="normal", reason="x").claim
    assert made.value == value


def test_a_second_value_is_normal_and_wants_a_reason():
    with pytest.raises(GeoError, match="does not say why it was not chosen"):
        claim("completed", "false")
    made = claim("completed", "false", reason="A slip.").claim
    assert made.rank == "normal"


@pytest.mark.parametrize(
    ("members", "fault"),
    [
        ({"feature": "ofc-11"}, "ofc-11: is no known feature; the nearest are ofc-1."),
        ({"property_": "ownr"}, "ownr: is no known property; the nearest are owner"),
        ({"source": "papers"}, "papers: is no known source; the nearest are paper."),
        ({"quote": "Experts went"}, "quote: the article does not hold these words"),
        ({"quote": "experts  came"}, "it does hold “Experts came”"),
        ({"quote": "as"}, "the words stand at 2 places"),
        ({"property_": "nodes", "value": "nine"}, "value: 'nine' does not fit nodes"),
        ({"quote": TEXT[:100]}, "of the article; 35% is the limit"),
        ({"texts": {}}, "paper: its text is not at hand"),
        ({"quote": None}, "no words support the claim"),
        ({"since": "soon"}, "since: Value error"),
    ],
)
def test_a_claim_that_cannot_be_is_refused_with_the_reason(members, fault):
    with pytest.raises(GeoError, match=re.escape(fault)):
        claim(**members)


def test_one_of_several_places_can_be_named():
    at = TEXT.index("the Digital")
    assert claim(quote="the", at=at).claim.prefix.endswith("known as ")


def test_a_claim_in_our_words_needs_no_text():
    made = claim(quote=None, locator="P1", says="It is owned by A.", texts={}).claim
    assert (made.quote, made.says) == (None, "It is owned by A.")


def test_a_refused_claim_writes_nothing(folder):
    before = {path: path.read_bytes() for path in folder.rglob("*.*")}
    arguments = ["new", "claim", "ofc-1", "owner", "X", "--source", "geonames", "--quote", "no"]
    result = run.invoke(app, arguments)
    assert result.exit_code == 1
    assert isinstance(result.exception, GeoError)
    assert {path: path.read_bytes() for path in folder.rglob("*.*")} == before


def test_what_a_person_wrote_above_the_accounts_stays(tmp_path):
    (tmp_path / "seeds").mkdir()
    found = store.Store(tmp_path)
    record = source(id="a")
    seedfile.write_source(found, record)
    path = tmp_path / "seeds/a.yaml"
    by_hand = "# checked by hand\n" + path.read_text()
    path.write_text(by_hand)
    seedfile.write_source(found, record)
    assert path.read_text() == by_hand
    renamed = record.model_copy(update={"title": "New", "title_note": None})
    seedfile.write_source(found, renamed)
    assert Source.model_validate(YAML(typ="safe").load(path.read_text())) == renamed


@given(
    st.text(st.characters(exclude_categories=("C", "Zl", "Zp")), min_size=1).filter(
        lambda words: words == words.strip() != ""
    )
)
def test_a_record_reads_back_as_it_was_whatever_its_words(title):
    record = make_source(seed=True, title=title)
    text = seedfile.as_text(record)
    assert Source.model_validate(YAML(typ="safe").load(text)) == record


def test_an_id_is_never_used_again():
    claims = (make_claim("ofc-1-c01"), make_claim("ofc-1-c07", rank="normal"))
    atlas = make_atlas(make_feature(claims=claims))
    members = {"property": "owner", "value": "A", "source": "paper", "locator": "P1", "says": "A"}
    assert authoring.new_claim("ofc-1", members, atlas, {}).claim.id == "ofc-1-c08"
