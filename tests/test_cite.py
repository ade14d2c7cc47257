from builders import make_atlas, make_claim, make_feature, make_source

from geo.cite import citation, footnote

OUTSIDE = {"quote": None, "prefix": None, "suffix": None, "locator": "P1 s1", "says": "It is so."}


def test_a_citation_leads_to_the_sentence():
    feature = make_feature(name="OFC-1")
    assert citation(feature, make_atlas(feature), "0.1.0", url="https://map.example/f/ofc-1") == (
        "OFC-1: “have already completed” “A title”, A paper, May 24, 2023, "
        "https://example.com/paper#:~:text=Pakistan%20and%20China-,have%20already%20completed,-the%20OFC%2D1 "
        "(read in a stored copy; live page not checked). "
        "Digital Silk Road map, 0.1.0, ofc-1, https://map.example/f/ofc-1."
    )


def test_without_a_public_address_no_link_pretends_to_be_one():
    feature = make_feature()
    assert citation(feature, make_atlas(feature), "0.1.0").endswith(
        "Digital Silk Road map, 0.1.0, ofc-1."
    )


def test_an_outside_source_is_cited_by_its_place():
    source = make_source(title=None, author="A. Author", published=None)
    assert footnote(source, make_claim(**OUTSIDE)) == (
        "A. Author, title unknown, A paper, undated, P1 s1, https://example.com/paper "
        "(read in a stored copy; live page not checked)."
    )
