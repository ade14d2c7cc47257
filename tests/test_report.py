"""The ledger in numbers, for a reader and for a program."""

import json

from builders import make_atlas, make_claim, make_feature, make_point, make_source
from typer.testing import CliRunner

from geo import report
from geo.cli import app

PLACE = {
    "location_method": "geocoded",
    "accuracy_of": "town",
    "location_source": "paper",
    "location_note": "A town",
}


def atlas():
    claims = (make_claim("b-c01"), make_claim("b-c02", rank="normal", source="other"))
    places = (
        make_feature("a", geometry=make_point(), accuracy_m=1000, **PLACE),
        make_feature("b", geometry=make_point(), accuracy_m=4000, claims=claims, **PLACE),
        make_feature("c", name="A *bold* <b>name</b>"),
    )
    return make_atlas(*places, sources=(make_source(), make_source("other", published="2020")))


def test_things_claims_and_errors_are_counted():
    found = report.report(atlas())
    assert (found.things, found.unplaced, found.claims, found.stories) == (3, 1, 4, 2)
    assert found.things_by_evidence == {"separate_sources": 1, "one_article": 2}
    assert found.claims_by_evidence == {"separate_sources": 1, "one_article": 2}
    assert found.single_article_pct == 66.7
    assert [(one.method, one.features, one.error_m) for one in found.placed] == [
        ("geocoded", 2, (2500, 4000))
    ]
    assert {one.newest for one in found.oldest} == {"2023-05-24"}


def test_json_and_markdown_say_the_same():
    found = report.report(atlas())
    data = json.loads(report.as_json(found))
    assert data["single_article_pct"] == 66.7
    markdown = report.as_markdown(found)
    assert "3 things (1 without a place), 4 claims (4 with the article’s words)" in markdown
    assert "| Claimed by one article | 2 |" in markdown
    assert "| town center, not the site | 2 | 2.5 km, 4 km |" in markdown
    assert "## Open disagreements\n\nNone." in markdown


def test_text_from_data_stays_text_in_markdown():
    assert "A \\*bold\\* \\<b\\>name\\</b\\>" in report.as_markdown(report.report(atlas()))


def test_the_command_prints_both_forms():
    run = CliRunner()
    assert json.loads(run.invoke(app, ["report", "--format", "json"]).output)["things"] > 50
    assert run.invoke(app, ["report"]).output.startswith("# What the map rests on")
