"""The real data, file by file: each layer and each source is a test case by its name."""

import json
import os
from pathlib import Path

import jsonschema
import pytest
from typer.testing import CliRunner

from geo import checks, coverage, store
from geo.cli import app

STORE = store.Store(Path(__file__).parents[1])
LAYERS = sorted(path.stem for path in STORE.layers.glob("*.geojson"))
SOURCES = sorted(path.stem for path in STORE.seeds.glob("*.yaml"))
REQUIRED = {"gwadar", "rashakai", "dhabeji", "khunjerab_fiber", "fiber_one"}


@pytest.fixture(scope="session")
def atlas():
    return store.read_atlas(STORE)


@pytest.fixture(scope="session")
def issues(atlas):
    return checks.check(atlas)


@pytest.fixture(scope="session")
def text_issues(atlas):
    folder = os.environ.get("GEO_TEXTS")
    if not folder:
        reason = "GEO_TEXTS names no folder with the articles' texts"
        if os.environ.get("CI"):
            pytest.fail(f"{reason}; in CI quotes must be verified")
        pytest.skip(reason)
    return checks.check_texts(atlas, store.read_texts(Path(folder)))


def test_the_layers_of_the_mission_are_there():
    assert set(LAYERS) >= REQUIRED


def test_the_five_articles_are_there(atlas):
    assert sum(source.seed for source in atlas.sources.values()) == 5


@pytest.mark.parametrize("layer", LAYERS)
def test_a_layer_keeps_the_rules(layer, issues):
    assert [str(issue) for issue in issues if issue.file == f"layers/{layer}.geojson"] == []


@pytest.mark.parametrize("source", SOURCES)
def test_a_source_keeps_the_rules(source, issues):
    assert [str(issue) for issue in issues if issue.file == f"seeds/{source}.yaml"] == []


@pytest.mark.texts
@pytest.mark.parametrize("layer", LAYERS)
def test_every_quote_of_a_layer_stands_in_its_article(layer, text_issues):
    assert [str(one) for one in text_issues if one.file == f"layers/{layer}.geojson"] == []


@pytest.mark.texts
@pytest.mark.parametrize("source", SOURCES)
def test_an_article_is_there_and_not_quoted_too_much(source, text_issues):
    assert [str(one) for one in text_issues if one.file == f"seeds/{source}.yaml"] == []


@pytest.mark.parametrize("layer", LAYERS)
def test_a_layer_is_as_geo_fmt_writes_it_and_fits_its_schema(layer, atlas):
    text = STORE.layer_path(layer).read_text()
    record = next(one for one in atlas.layers if one.id == layer)
    assert text == store.canonical(record)
    jsonschema.validate(json.loads(text), json.loads(store.schema()))


def test_the_schema_is_fresh():
    assert (STORE.layers / "schema.json").read_text() == store.schema()


def test_no_article_text_is_in_the_project(atlas):
    hashes = {source.text_sha256 for source in atlas.sources.values()}
    seeds = {store.hash_text(path.read_bytes()) for path in STORE.seeds.iterdir()}
    assert not hashes & seeds
    assert all(path.suffix == ".yaml" for path in STORE.seeds.iterdir())


def test_geo_check_passes_on_the_data():
    result = CliRunner().invoke(app, ["check"])
    assert result.exit_code == 0, result.output


def test_ofc_1_is_in_service_by_separate_sources_and_820_km_long(atlas):
    ofc = atlas.features["ofc-1"].properties
    assert (ofc.status, ofc.evidence) == ("operating", "separate_sources")
    assert ofc.published_length_km == 820
    assert sum(ofc.published_length_km_by_territory.values()) == 820
    assert ofc.quote == "Pakistan and China have already completed the OFC-1 connectivity route"


def test_the_drawn_line_is_never_as_long_as_the_cable_is_said_to_be(atlas):
    """If it were, somebody would pass it off as surveyed."""
    ofc = atlas.features["ofc-1"].properties
    parts = atlas.parts["ofc-1"]
    assert ofc.drawn_length_km == pytest.approx(
        sum(part.properties.drawn_length_km for part in parts), abs=0.5
    )
    assert 500 < ofc.drawn_length_km < 700


def test_the_cable_rises_through_its_published_places_in_order(atlas):
    ends = [(part.properties.from_, part.properties.to) for part in atlas.parts["ofc-1"]]
    assert ends[0][0] == "rawalpindi"
    assert ends[-1][1] == "khunjerab-pass"
    assert [to for _, to in ends[:-1]] == [from_ for from_, _ in ends[1:]]
    for part in atlas.parts["ofc-1"]:
        coordinates = part.geometry.coordinates
        for end, id_ in ((0, part.properties.from_), (-1, part.properties.to)):
            place = atlas.features[id_].geometry.coordinates
            assert coordinates[end][:2] == pytest.approx(place[:2], abs=1e-5)


def test_proposals_and_claims_are_diagrams_without_accuracy(atlas):
    for whole in ("fiber-one", "cloud-network"):
        for part in atlas.parts[whole]:
            properties = part.properties
            assert properties.location_method == "schematic"
            assert properties.accuracy_m is None
            assert properties.drawn_length_km is None
            assert properties.caption


def test_no_claim_of_one_article_looks_confirmed(atlas):
    for feature in atlas.features.values():
        if feature.properties.evidence == "one_article" and feature.is_thing:
            assert feature.properties.status in {None, "claimed"}, feature.id


def test_the_two_bodies_called_sco_are_spelled_out(atlas):
    for feature in atlas.features.values():
        ours = [feature.properties.name, feature.properties.summary or ""]
        ours += [claim.says or "" for claim in feature.properties.claims]
        ours += [claim.value for claim in feature.properties.claims if isinstance(claim.value, str)]
        assert not [words for words in ours if "SCO" in words.split()], feature.id


#: Rows of the dossier's roll-up beyond the five places of the mission, and what became of them.
WIDER = {
    "shenzhen-innovation-clusters": ("model", None, "GeoNames 1795565"),
    "sco-digital-summit-2023": ("venue", None, "GeoNames 1529401"),
    "baku-meeting-2025": ("venue", None, "GeoNames 587084"),
    "china-unicom-hong-kong": ("facility", "claimed", "GeoNames 1819729"),
    "huawei-open-lab-cairo": ("facility", "operating", "GeoNames 360630"),
    "yiwu-africa": ("trade_flow", None, "GeoNames 1814870"),
    "southeast-asia-china-fruit": ("trade_flow", None, None),
    "kazakhstan-product-sales": ("trade_flow", None, None),
    "kenya-product-sales": ("trade_flow", None, None),
    "kenya-mobile-wallet": ("country_activity", "claimed", None),
    "kenya-ecommerce-pilot-zone": ("country_activity", "claimed", None),
    "bangladesh-ecommerce-pilot-zone": ("country_activity", "claimed", None),
    "saudi-arabia-smart-city": ("country_activity", "claimed", None),
    "malaysia-smart-city": ("country_activity", "claimed", None),
    "uae-e-cny-pilot": ("policy", None, None),
    "singapore-e-cny-pilot": ("policy", None, None),
    "belt-and-road-forum-2017": ("venue", None, None),
    "china-cross-border-cables": ("statistic", None, None),
    "pakistan-digital-hub": ("country_activity", "claimed", None),
    "cpec": ("policy", None, None),
    "joint-ventures-2025": ("programme", "proposed", None),
    "talent-exchange-2025": ("programme", "proposed", None),
    "intelligent-manufacturing-2025": ("programme", "proposed", None),
    "ministry-agreements": ("policy", None, None),
    "joint-working-groups": ("policy", None, None),
    "data-security-law": ("policy", None, None),
    "huawei-tencent-training": ("programme", "claimed", None),
}


@pytest.mark.parametrize("id_", WIDER)
def test_what_the_articles_name_beside_the_core_is_there(atlas, id_):
    properties = atlas.features[id_].properties
    assert (properties.kind, properties.status, properties.location_ref) == WIDER[id_]
    assert (atlas.features[id_].geometry is None) == (properties.location_ref is None)


@pytest.mark.parametrize(
    ("id_", "member", "value"),
    [
        ("china-cross-border-cables", "land_cables", 34),
        ("dsr-memorandums", "partner_countries", 17),
        ("silk-road-ecommerce", "partner_countries", 36),
        ("dsr-training", "training_countries", 150),
        ("dsr-training", "trained_people", 2_280_000),
        ("china-cross-border-ecommerce", "trade_cny", 1.32e12),
        ("huawei-tencent-training", "trained_people", 20_000),
        ("china-unicom-hong-kong", "customers", 24_000),
        ("kenya-mobile-wallet", "users", 30_000_000),
        ("cpec", "investment_usd", 60e9),
        ("belt-and-road-forum-2017", "held", "2017-05"),
    ],
)
def test_a_figure_of_the_articles_is_stated(atlas, id_, member, value):
    assert getattr(atlas.features[id_].properties, member) == value


def test_the_wider_layer_is_off_and_draws_points_only(atlas):
    layer = next(one for one in atlas.layers if one.id == "digital_silk_road")
    assert not layer.visible
    drawn = {one.geometry.type for one in layer.features if one.geometry is not None}
    assert drawn == {"Point"}


def test_rmbt_is_on_no_map_and_accounted_for(atlas):
    for feature in atlas.features.values():
        quotes = [claim.quote or "" for claim in feature.properties.claims]
        assert not [words for words in (feature.properties.name, *quotes) if "RMBT" in words]
    accounts = atlas.sources["chinacrunch-cpec2-digital-corridor"].sentences
    assert sum(account.left_out == "off_map" for account in accounts) == 1


def test_kazakhstan_is_product_sales_in_one_article_and_our_inference_in_another(atlas):
    sales = atlas.features["kazakhstan-product-sales"].properties.claims[0]
    fiber_one = atlas.features["fiber-one"].properties.claims
    countries = next(one for one in fiber_one if one.property == "countries")
    assert ("Kazakhstan" in sales.quote, sales.inferred) == (True, None)
    assert ("Kazakhstan" in countries.quote, bool(countries.inferred)) == (False, True)


@pytest.mark.texts
@pytest.mark.usefixtures("text_issues")  # it says why texts may be missing
def test_every_naming_sentence_of_the_five_articles_is_accounted_for(atlas):
    texts = store.read_texts(Path(os.environ["GEO_TEXTS"]))
    rows = [
        coverage.coverage(source, atlas, texts[source.text_sha256])
        for source in atlas.sources.values()
        if source.seed
    ]
    assert sum(row.naming for row in rows) > 150
    assert [row.source for row in rows if row.unaccounted] == []
