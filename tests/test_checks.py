"""Each rule is seen failing on a bad input, and silent on a good one."""

import pytest
from builders import TEXT, make_atlas, make_claim, make_feature, make_point, make_source

from geo import checks
from geo.checks import check, check_texts
from geo.model import Atlas

RULES = {rule.__name__: rule for rule in checks.RULES}

PLACE = {
    "location_method": "gazetteer",
    "accuracy_m": 1000,
    "accuracy_of": "town",
    "location_source": "paper",
    "location_note": "A point of a gazetteer",
}
OUTSIDE = {"quote": None, "prefix": None, "suffix": None, "locator": "P1 s1", "says": "It is so"}


def status(id_="ofc-1-c01", value="operating", **members):
    return make_claim(id_, property="status", value=value, **members)


def road(*claims, **members):
    return make_feature(kind="terrestrial_fiber", claims=claims or (status(),), **members)


def test_a_sound_atlas_has_no_issue():
    assert check(make_atlas(make_feature(geometry=make_point(), **PLACE))) == []


def test_nothing_to_check_is_an_issue():
    empty = Atlas(layers=(), sources={}, searched_to="2026-01")
    assert [issue.fault for issue in check(empty)] == ["there is no feature to check"]


def test_every_rule_is_seen_failing():
    """A rule without a case below could be dead without anybody knowing."""
    names = {case.values[0] for case in BAD}
    assert set(RULES) == names


BAD = [
    pytest.param(
        "sources_are_known_and_used",
        lambda: make_atlas(make_feature(claims=(make_claim(source="rumor"),))),
        ["test.geojson: ofc-1-c01.source: is no known source", "paper.yaml: id: nothing cites it"],
        id="source nobody knows, source nobody cites",
    ),
    pytest.param(
        "sources_are_known_and_used",
        lambda: make_atlas(
            make_feature(geometry=make_point(), **{**PLACE, "location_source": "gazette"})
        ),
        ["ofc-1.location_source: 'gazette' is no known source"],
        id="location source nobody knows",
    ),
    pytest.param(
        "sources_are_known_and_used",
        lambda: make_atlas(
            make_feature(claims=(make_claim(copied_from="rumor", settled_by="gossip"),))
        ),
        [
            "ofc-1-c01.copied_from: 'rumor' is no known source",
            "ofc-1-c01.settled_by: 'gossip' is no known source",
        ],
        id="copy of a source nobody knows",
    ),
    pytest.param(
        "sources_are_described",
        lambda: make_atlas(
            sources=(make_source(facts=None, title=None, url=None, published=None),)
        ),
        [
            "paper.yaml: facts: are missing",
            "title: is unknown and nothing says why",
            "url: is unknown and nothing says why",
            "published: is unknown and nothing says why",
        ],
        id="article without facts, title, address, date",
    ),
    pytest.param(
        "sources_are_described",
        lambda: make_atlas(sources=(make_source(seed=True, text_sha256=None),)),
        ["text_sha256: is missing for one of the five"],
        id="seed without hash",
    ),
    pytest.param(
        "ids_are_unique",
        lambda: make_atlas(make_feature(), make_feature("ofc-2", formerly=("ofc-1",))),
        ["ofc-2.id: 'ofc-1' is used twice"],
        id="former id of another feature",
    ),
    pytest.param(
        "ids_are_unique",
        lambda: make_atlas(make_feature(), make_feature("b", claims=(make_claim("ofc-1-c01"),))),
        [
            "ofc-1-c01.id: is used twice",
            "ofc-1-c01.id: is used twice",
            "ofc-1-c01.id: does not name its feature",
        ],
        id="claim id of another feature",
    ),
    pytest.param(
        "claims_fit_their_property",
        lambda: make_atlas(
            make_feature(claims=(make_claim(property="beauty", rank="normal"),), completed=None)
        ),
        ["'beauty' is no property that can be stated"],
        id="property nobody knows",
    ),
    pytest.param(
        "claims_fit_their_property",
        lambda: make_atlas(
            make_feature(
                claims=(make_claim(property="published_length_km", value=820, unit="miles"),)
            )
        ),
        ["ofc-1-c01.unit: is 'miles', but published_length_km is in km"],
        id="wrong unit",
    ),
    pytest.param(
        "claims_fit_their_property",
        lambda: make_atlas(
            make_feature(
                claims=(
                    make_claim(
                        property="published_length_km", value="long", unit="km", rank="normal"
                    ),
                )
            )
        ),
        ["ofc-1-c01.value: does not fit published_length_km"],
        id="word for a number",
    ),
    pytest.param(
        "claims_fit_their_property",
        lambda: make_atlas(make_feature(claims=(make_claim(since="2020", until="2018"),))),
        ["ofc-1-c01.until: lies before since"],
        id="period that ends before it begins",
    ),
    pytest.param(
        "stated_values_have_claims",
        lambda: make_atlas(make_feature(published_length_km=820)),
        ["ofc-1.published_length_km: no preferred claim supports it"],
        id="value without claim",
    ),
    pytest.param(
        "stated_values_have_claims",
        lambda: make_atlas(make_feature(completed=False)),
        ["ofc-1.completed: states False, but the preferred claim ofc-1-c01 says True"],
        id="value against its claim",
    ),
    pytest.param(
        "stated_values_have_claims",
        lambda: make_atlas(make_feature(claims=(make_claim(), make_claim("ofc-1-c02")))),
        ["ofc-1-c01 and ofc-1-c02 are both preferred for the same period"],
        id="two preferred claims",
    ),
    pytest.param(
        "stated_values_have_claims",
        lambda: make_atlas(make_feature(kind="data_link", status="claimed")),
        ["ofc-1.status: nothing supports that it is claimed"],
        id="claimed by nobody",
    ),
    pytest.param(
        "unchosen_values_have_reasons",
        lambda: make_atlas(
            make_feature(claims=(make_claim(), make_claim("ofc-1-c02", value=False, rank="normal")))
        ),
        ["ofc-1-c02.reason: differs from ofc-1-c01 and does not say why"],
        id="losing value without reason",
    ),
    pytest.param(
        "unchosen_values_have_reasons",
        lambda: make_atlas(
            make_feature(claims=(make_claim(), make_claim("ofc-1-c02", rank="deprecated")))
        ),
        ["ofc-1-c02.reason: is missing"],
        id="claim set aside without reason",
    ),
    pytest.param(
        "claims_have_words",
        lambda: make_atlas(
            make_feature(claims=(make_claim(quote=None, prefix=None, suffix=None),)),
            sources=(make_source(seed=True),),
        ),
        ["no words support the claim", "one of the five has no quote"],
        id="claim without words",
    ),
    pytest.param(
        "claims_have_words",
        lambda: make_atlas(sources=(make_source(text_sha256=None),)),
        ["ofc-1-c01.quote: quotes a page nobody opened"],
        id="quote from a page nobody opened",
    ),
    pytest.param(
        "claims_have_words",
        lambda: make_atlas(make_feature(claims=(make_claim(prefix=None, quote="a\nb"),))),
        ["ofc-1-c01.prefix: is missing", "ofc-1-c01.quote: crosses a line break"],
        id="quote without prefix, across lines",
    ),
    pytest.param(
        "claims_have_words",
        lambda: make_atlas(road(), sources=(make_source(read="none"),)),
        ["ofc-1-c01.source: an unread source gives a status"],
        id="status from an unread source",
    ),
    pytest.param(
        "statuses_are_earned",
        lambda: make_atlas(road()),
        ["ofc-1-c01.value: 'operating' rests on 1 story and no official document"],
        id="in service by one story",
    ),
    pytest.param(
        "statuses_are_earned",
        lambda: make_atlas(
            road(
                status(),
                status("ofc-1-c02", rank="normal", source="copy"),
            ),
            sources=(make_source(), make_source("copy", story="paper")),
        ),
        ["ofc-1-c01.value: 'operating' rests on 1 story and no official document"],
        id="in service by one story told twice",
    ),
    pytest.param(
        "statuses_are_earned",
        lambda: make_atlas(road(status(value="proposed"))),
        ["'proposed' rests on one article that retells no release"],
        id="proposed by nobody's release",
    ),
    pytest.param(
        "statuses_are_earned",
        lambda: make_atlas(make_feature(claims=(status(),)), make_feature("b", kind="port")),
        ["ofc-1.status: a venue has no status", "b.status: is missing"],
        id="status where none belongs, none where one does",
    ),
    pytest.param(
        "geometries_are_sound",
        lambda: make_atlas(make_feature(geometry=make_point(33.0, 173.0), **PLACE)),
        ["ofc-1.geometry: lies outside the world"],
        id="latitude first",
    ),
    pytest.param(
        "geometries_are_sound",
        lambda: make_atlas(
            make_feature(
                geometry={
                    "type": "Polygon",
                    "coordinates": [[[0, 0], [0, 1], [1, 1], [1, 0], [0, 0]]],
                },
                **PLACE,
            )
        ),
        ["ofc-1.geometry: is not right-handed"],
        id="clockwise ring",
    ),
    pytest.param(
        "geometries_are_sound",
        lambda: make_atlas(
            make_feature(
                geometry={
                    "type": "Polygon",
                    "coordinates": [[[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]],
                },
                **PLACE,
            )
        ),
        ["ofc-1.geometry: is not valid: Self-intersection"],
        id="bow tie",
    ),
    pytest.param(
        "geometries_are_sound",
        lambda: make_atlas(
            make_feature(geometry={"type": "Point", "coordinates": [1, 2, 3]}, **PLACE)
        ),
        ["ofc-1.geometry: has heights"],
        id="third dimension",
    ),
    pytest.param(
        "locations_say_how_sure",
        lambda: make_atlas(make_feature(geometry=make_point(), location_method="gazetteer")),
        [
            "ofc-1.accuracy_m: is missing",
            "ofc-1.accuracy_of: is missing",
            "ofc-1.location_note: is missing",
            "ofc-1.location_source: is missing",
        ],
        id="point that does not say how sure",
    ),
    pytest.param(
        "locations_say_how_sure",
        lambda: make_atlas(
            make_feature(geometry=make_point(), **{**PLACE, "location_method": "schematic"})
        ),
        [
            "ofc-1.accuracy_m: stands beside a schematic line",
            "ofc-1.accuracy_of: stands beside a schematic line",
        ],
        id="diagram with an accuracy",
    ),
    pytest.param(
        "locations_say_how_sure",
        lambda: make_atlas(make_feature(accuracy_m=5)),
        ["ofc-1.accuracy_m: speaks of a geometry that is not there"],
        id="accuracy of nothing",
    ),
    pytest.param(
        "parts_and_ends_are_known",
        lambda: make_atlas(
            make_feature("a", part_of="b"),
            make_feature("b", to="nowhere"),
            make_feature("c", whole=True, geometry=make_point(), **PLACE),
        ),
        [
            "a.part_of: 'b' is not marked as a whole",
            "a.claims: a part has claims of its own",
            "b.to: 'nowhere' is no feature",
            "c.whole: has no parts",
            "c.geometry: a whole has its own geometry",
        ],
        id="parts astray",
    ),
    pytest.param(
        "parts_and_ends_are_known",
        lambda: make_atlas(
            make_feature("a", whole=True),
            make_feature("b", part_of="a", order=1, claims=()),
            make_feature("c", part_of="a", order=1, claims=()),
        ),
        ["a.whole: its parts are not in order"],
        id="two first parts",
    ),
    pytest.param(
        "features_have_claims",
        lambda: make_atlas(make_feature(claims=())),
        ["ofc-1.claims: no source names it"],
        id="feature nobody named",
    ),
    pytest.param(
        "drafts_are_named",
        lambda: make_atlas(make_feature(translated=("ur",))),
        ["ofc-1.translated: marks a name in 'ur' that is not there"],
        id="draft of no name",
    ),
    pytest.param(
        "sentences_are_accounted",
        lambda: make_atlas(
            sources=(
                make_source(
                    text_sha256=None,
                    sentences=(
                        {
                            "span": [0, 5],
                            "sha256": "0" * 12,
                            "words": "A summit",
                            "features": ["gwadar"],
                        },
                    ),
                ),
            )
        ),
        [
            "paper.yaml: sentences: count characters of an unnamed text",
            "paper.yaml: sentences [0, 5]: names 'gwadar', which has no claim from this source",
        ],
        id="account of a feature the article does not speak of",
    ),
    pytest.param(
        "texts_are_plain",
        lambda: make_atlas(make_feature(name="Gwadar\u202edrow")),
        ["ofc-1.properties.name: holds U+202E RIGHT-TO-LEFT OVERRIDE"],
        id="name that reorders what follows",
    ),
    pytest.param(
        "derived_members_are_current",
        lambda: make_atlas(make_feature(), derived=False),
        ["no longer follow from the claims"],
        id="file that geo fmt has not seen",
    ),
]


@pytest.mark.parametrize(("rule", "atlas", "faults"), BAD)
def test_a_fault_is_named_with_place_and_remedy(rule, atlas, faults):
    issues = list(RULES[rule](atlas()))
    said = [str(issue) for issue in issues]
    assert len(said) == len(faults), said
    for fault in faults:
        assert any(fault in line for line in said), said
    assert all(issue.remedy for issue in issues)


def texts_of(atlas):
    return check_texts(atlas, {"0" * 64: TEXT})


def test_a_verbatim_quote_has_no_issue():
    assert texts_of(make_atlas()) == []


@pytest.mark.parametrize(
    ("members", "fault"),
    [
        ({"quote": "have already  completed"}, "stand nowhere in the article"),
        ({"quote": "have Already completed"}, "stand nowhere in the article"),
        ({"prefix": "Pakistan, China "}, "stand nowhere in the article"),
        ({"quote": "was held", "prefix": "", "suffix": ""}, None),
        ({"quote": "ready completed", "prefix": "", "suffix": ""}, "inside a word"),
        ({"suffix": " the OFC"}, None),
        ({"quote": "s", "prefix": "", "suffix": ""}, "places in the article"),
    ],
)
def test_a_quote_stands_at_one_place_only(members, fault):
    said = [
        str(issue) for issue in texts_of(make_atlas(make_feature(claims=(make_claim(**members),))))
    ]
    assert ([fault in line for line in said] == [True]) if fault else (said == [])


def test_quotes_are_a_small_share_of_an_article():
    claim = make_claim(quote=TEXT[:78], prefix="", suffix="")
    said = [str(issue) for issue in texts_of(make_atlas(make_feature(claims=(claim,))))]
    assert len(said) == 1
    assert "the quotes are 48% of the article; 35% is the limit" in said[0]


def test_a_missing_text_is_an_issue():
    assert "no text has this hash" in str(check_texts(make_atlas(), {})[0])
