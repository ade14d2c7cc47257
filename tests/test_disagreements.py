"""Each way in which claims fail to fit together, and the cases the sources settle."""

from pathlib import Path

import pytest
from builders import make_atlas, make_claim, make_feature, make_source

from geo import store
from geo.disagreements import disagreements
from geo.vocab import DisagreementKind


def claim(n, property_, value, **members):
    return make_claim(f"ofc-1-c{n:02d}", property=property_, value=value, **members)


def found(*claims, sources=None):
    sources = sources or tuple(make_source(id_) for id_ in {one.source for one in claims})
    atlas = make_atlas(make_feature(claims=claims), sources=sources)
    return [(one.kind, one.explanation, one.resolution) for one in disagreements(atlas)]


def kinds(*claims, **members):
    return [kind for kind, _, _ in found(*claims, **members)]


def test_claims_that_fit_together_give_none():
    assert found(claim(1, "cost_usd", 44e6), claim(2, "cost_usd", 44e6, rank="normal")) == []


def test_a_month_and_a_day_in_it_fit_together():
    day = claim(1, "groundbreaking", "2016-05-19")
    assert found(day, claim(2, "groundbreaking", "2016-05", rank="normal", source="b")) == []


def test_different_values_for_the_same_days_are_told_in_one_sentence():
    claims = (
        claim(1, "published_length_km", 820),
        claim(2, "published_length_km", 822, rank="normal", source="b", reason="One text only."),
        claim(3, "published_length_km", 822, rank="normal", source="c", reason="One text only."),
    )
    sources = (
        make_source(),
        make_source("b", publisher="B paper"),
        make_source("c", publisher="C paper", published=None),
    )
    assert found(*claims, sources=sources) == [
        (
            DisagreementKind.VALUES,
            (
                "Published length: 820 km by A paper, May 24, 2023; "
                "822 km by B paper, May 24, 2023 and C paper, undated."
            ),
            None,
        )
    ]


def test_a_value_set_aside_or_settled_is_no_open_question():
    used = claim(1, "groundbreaking", "2016-05-19")
    wrong = claim(2, "groundbreaking", "2018-05", rank="deprecated", reason="Wrong.", source="b")
    settled = claim(
        2, "groundbreaking", "2018-05", rank="normal", reason="Late.", source="b", settled_by="b"
    )
    assert found(used, wrong)[0][2] == "Wrong."
    assert found(used, settled)[0][2] == "Late."


def test_one_article_that_says_two_things_is_inconsistent():
    claims = (
        claim(1, "status_claimed", "will host"),
        claim(2, "status_claimed", "serve", rank="normal", reason="Later."),
    )
    assert found(*claims)[0][:2] == (
        DisagreementKind.INCONSISTENT,
        "The article’s own word: A paper, May 24, 2023 gives both will host and serve.",
    )


def test_dates_settle_counts_that_grew():
    claims = (
        claim(1, "partner_countries", 23, since="2023-02-14"),
        claim(2, "partner_countries", 36, since="2025-09", source="b"),
        claim(3, "partner_countries", 23, as_of="2023-12", rank="normal", source="b"),
        claim(
            4,
            "partner_countries",
            23,
            as_of="2025-10",
            rank="deprecated",
            source="b",
            reason="Old.",
        ),
    )
    ((kind, explanation, resolution),) = found(*claims)
    assert kind is DisagreementKind.INCONSISTENT
    assert explanation.endswith("gives both 36 and 23.")
    assert resolution == "Old. By date: 23 (February 14, 2023), 36 (September 2025)."


@pytest.mark.parametrize(("kp", "expected"), [(280, [DisagreementKind.PARTS]), (288, [])])
def test_parts_are_held_against_the_total_beside_them(kp, expected):
    parts = {"PK-GB": 467, "PK-KP": kp, "PK-PB": 47, "PK-IS": 18}
    claims = (
        claim(1, "published_length_km", 820),
        claim(2, "published_length_km_by_territory", parts),
    )
    assert kinds(*claims) == expected


def test_parts_of_another_total_of_the_same_source_fit():
    claims = (
        claim(1, "area_acres", 1000),
        claim(2, "industrial_acres", 702),
        claim(3, "area_acres_by_phase", {"I": 159, "II": 279, "III": 264}),
    )
    assert kinds(*claims) == []


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (("cost_usd", 44e6), ("cost_pkr", 44e6), [DisagreementKind.UNITS]),
        (("cost_usd", 236.97e6), ("cost_pkr", 37.91e9), []),
        (("area_acres", 2281), ("area_ha", 923), []),
        (("area_acres", 2281), ("area_ha", 2281), [DisagreementKind.UNITS]),
        (("area_acres", 2281), ("whole_area_ha", 5), []),
        (("aerial_length_km", 172), ("published_length_km", 820), []),
    ],
)
def test_a_slip_of_unit_or_currency_is_seen(one, other, expected):
    assert kinds(claim(1, *one), claim(2, *other)) == expected


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("operating", "construction", [DisagreementKind.SEQUENCE]),
        ("construction", "operating", []),
        ("operating", "retired", []),
    ],
)
def test_a_status_cannot_go_backward(first, second, expected):
    claims = (
        claim(1, "status", first, since="2015"),
        claim(2, "status", second, since="2018"),
    )
    assert kinds(*claims) == expected


def test_days_come_in_an_order():
    claims = (claim(1, "groundbreaking", "2018-05"), claim(2, "inaugurated", "2016"))
    assert found(*claims)[0][1] == (
        "Inaugurated (2016) cannot come before: Groundbreaking (May 2018)."
    )
    assert kinds(claim(1, "groundbreaking", "2018"), claim(2, "inaugurated", "2018-07")) == []


def test_one_story_told_twice_counts_once():
    claims = (claim(1, "owner", "A"), claim(2, "owner", "A", rank="normal", source="b"))
    sources = (make_source(), make_source("b", story="paper", publisher="B"))
    ((kind, explanation, resolution),) = found(*claims, sources=sources)
    assert kind is DisagreementKind.STORY
    assert explanation == "Owner: A paper, May 24, 2023 and B, May 24, 2023 tell one story."
    assert resolution == "They count once."


def test_a_copied_figure_counts_with_its_original():
    claims = (
        claim(1, "partner_countries", 17),
        claim(2, "partner_countries", 17, rank="normal", source="b", copied_from="paper"),
    )
    sources = (make_source(), make_source("b"))
    assert kinds(*claims, sources=sources) == [DisagreementKind.STORY]
    atlas = make_atlas(make_feature(claims=claims), sources=sources)
    assert atlas.features["ofc-1"].properties.evidence == "one_article"


@pytest.fixture(scope="session")
def real():
    atlas = store.read_atlas(store.Store(Path(__file__).parents[1]))
    return disagreements(atlas)


@pytest.mark.parametrize(
    ("feature", "property_", "kind", "words"),
    [
        ("ofc-1", "published_length_km", "values", "822 km"),
        ("ofc-1", "published_length_km_by_territory", "parts", "811.2 km"),
        ("ofc-1", "groundbreaking", "values", "May 2018"),
        ("ofc-1", "works_began", "values", "March 2016"),
        ("ofc-1", "aerial_length_km", "values", "171 km"),
        ("silk-road-ecommerce", "partner_countries", "inconsistent", "35 and 36"),
    ],
)
def test_the_cases_that_are_settled_appear_settled(real, feature, property_, kind, words):
    found = [
        one
        for one in real
        if (one.feature, one.property, one.kind) == (feature, property_, kind)
        and words in one.explanation
    ]
    assert [one.is_open for one in found] == [False]
    assert found[0].settled_by


@pytest.mark.parametrize(
    ("feature", "property_"),
    [
        ("ofc-1", "loan_share_pct"),
        ("cpec", "first_phase"),
        ("digital-industrial-park-karachi", "status_claimed"),
        ("gwadar-port-systems", "status_claimed"),
        ("e-cny-cross-border", "status_claimed"),
    ],
)
def test_what_nothing_settles_is_open_and_says_why_it_is_not_used(real, feature, property_):
    found = [one for one in real if (one.feature, one.property) == (feature, property_)]
    assert found
    assert all(one.is_open and one.reason for one in found)
