"""Accounts of sentences, each fault seen."""

import pytest
from builders import TEXT, make_atlas, make_claim, make_feature, make_source
from pydantic import ValidationError
from typer.testing import CliRunner

from geo import checks, coverage, passage
from geo.cli import app
from geo.model import SentenceAccount
from geo.vocab import LeftOut

SENTENCES = list(passage.sentences(TEXT))


def account(index=1, **members):
    sentence = SENTENCES[index]
    words = " ".join(sentence.text.split()[:3])
    given = {"span": (sentence.start, sentence.end), "sha256": sentence.sha256, "words": words}
    if not {"features", "left_out"} & set(members):
        members["features"] = ("ofc-1",)
    return SentenceAccount.model_validate({**given, **members})


def atlas_of(*accounts, names=("Pakistan",), **source):
    record = make_source(seed=True, sentences=accounts, **source)
    return make_atlas(sources=(record,)).model_copy(update={"names": names})


def faults(atlas, text=TEXT):
    source = atlas.sources["paper"]
    found = [*coverage.record_faults(source, atlas), *coverage.text_faults(source, atlas, text)]
    return [f"{one.member}: {one.fault}" for one in found]


def test_a_sentence_accounted_for_has_no_fault():
    assert faults(atlas_of(account())) == []


@pytest.mark.parametrize(
    ("accounts", "fault"),
    [
        ((), f"sentences [{SENTENCES[1].start}, {SENTENCES[1].end}]: names Pakistan and is not"),
        ((account(sha256="0" * 12),), "the sentence there is another one"),
        ((account(span=(20, 30)),), "no sentence begins and ends there"),
        ((account(words="Experts came."),), "its words are not in the sentence"),
        ((account(features=("gwadar",)),), "names 'gwadar', which has no claim from this source"),
        ((account(left_out="opinion"),), "ofc-1-c01 quotes it, and it does not name 'ofc-1'"),
        ((account(left_out="to_do"),), "is not yet accounted for"),
        ((account(), account(0, left_out="generic")), "does not follow the one before"),
    ],
)
def test_a_fault_of_an_account_is_named(accounts, fault):
    assert any(fault in line for line in faults(atlas_of(*accounts))), faults(atlas_of(*accounts))


@pytest.mark.parametrize(
    "members",
    [
        {"features": (), "left_out": None},
        {"features": ("ofc-1",), "left_out": "opinion"},
        {"words": "six words are one too many"},
        {"sha256": "short"},
    ],
)
def test_an_account_says_one_thing_in_at_most_five_words(members):
    with pytest.raises(ValidationError):
        account(**{"features": ("ofc-1",), **members})


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("Pakistan’s exports", ("Pakistan",)),
        ("PAKISTANI and pakistan", ("pakistan",)),
        ("a thing of its own", ("a thing",)),
        ("It cost $60 billion, 5.7% more", ("60", "5.7%")),
        ("in 3-7 days of 2015–2022", ("3-7", "2015–2022")),
        ("5G, 6G, OFC-1, 21st, 98x@qq.com, 12@qq.com", ()),
    ],
)
def test_names_and_figures_are_found_and_parts_of_words_are_not(sentence, names):
    assert coverage.names_in(sentence, atlas_of()) == names


def test_a_source_that_is_none_of_the_five_needs_no_account():
    source = make_source()
    atlas = make_atlas(sources=(source,)).model_copy(update={"names": ("Pakistan",)})
    assert list(coverage.text_faults(source, atlas, TEXT)) == []


def test_the_checks_speak_of_accounts():
    atlas = atlas_of(account(features=("gwadar",)))
    assert any("has no claim from this source" in str(issue) for issue in checks.check(atlas))
    issues = checks.check_texts(atlas_of(), {"0" * 64: TEXT})
    assert ["is not accounted for" in str(issue) for issue in issues] == [True]


def test_words_of_accounts_count_as_quoted():
    alone = atlas_of(account(words="It is worth"))
    source = alone.sources["paper"]
    quoted = len("have already completed") + len("It is worth")
    assert coverage.repeated_share(source, alone, TEXT) == pytest.approx(quoted / len(TEXT))


def test_coverage_counts_what_it_can_know():
    atlas = atlas_of(account(0, left_out="generic"), account())
    source = atlas.sources["paper"]
    without = coverage.coverage(source, atlas)
    assert (without.mapped, without.left_out, without.accounted) == (1, {LeftOut.GENERIC: 1}, 2)
    assert (without.sentences, without.unaccounted) == (None, None)
    with_text = coverage.coverage(source, atlas, TEXT)
    assert (with_text.sentences, with_text.naming, with_text.unaccounted) == (3, 1, 0)
    bare = coverage.coverage(source, make_atlas(make_feature(claims=(make_claim(),))), TEXT)
    assert bare.claims == 1


def test_the_command_says_what_it_cannot_verify(monkeypatch):
    monkeypatch.delenv("GEO_TEXTS", raising=False)
    result = CliRunner().invoke(app, ["coverage"])
    assert result.exit_code == 0, result.output
    last = result.output.splitlines()[-1]
    assert last.startswith("5 articles: ")
    assert "5 not verified" in last


def test_the_command_ends_with_a_total(tmp_path, monkeypatch):
    known = atlas_of(account())
    monkeypatch.setattr("geo.store.read_atlas", lambda _: known)
    monkeypatch.setattr("geo.store.read_texts", lambda _: {"0" * 64: TEXT})
    result = CliRunner().invoke(app, ["coverage", "--texts", str(tmp_path)])
    assert result.output.splitlines()[-1] == (
        "1 articles: 1 sentences on the map, 0 left out; "
        "1 of 1 naming sentences accounted for (100 %)"
    )


def test_claims_are_read_in_the_order_of_the_article_with_or_without_its_text():
    first, second = SENTENCES[0], SENTENCES[1]
    accounts = (account(0, features=("late-id",)), account(1, features=("ofc-1", "late-id")))
    features = (
        make_feature(claims=(make_claim("ofc-1-c01", quote=second.text[:20]),)),
        make_feature("late-id", claims=(make_claim("late-id-c01", quote=first.text[:15]),)),
    )
    source = make_source(seed=True, sentences=accounts)
    atlas = make_atlas(*features, sources=(source,))
    for text in (None, TEXT):
        found = coverage.reading_order(source, atlas, text)
        assert [claim.id for _, claim in found] == ["late-id-c01", "ofc-1-c01"]


def test_claims_without_a_quote_are_read_by_their_locators():
    claims = tuple(
        make_claim(f"ofc-1-c{n:02d}", quote=None, says="x", locator=locator)
        for n, locator in enumerate(["P10 s1", "P2 s3", "P2 s1"])
    )
    source = make_source()
    atlas = make_atlas(make_feature(claims=claims), sources=(source,))
    found = coverage.reading_order(source, atlas)
    assert [claim.locator for _, claim in found] == ["P2 s1", "P2 s3", "P10 s1"]
