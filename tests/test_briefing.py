"""Briefings: what they say rests on claims, in every form, and nothing in them is markup."""

import io
import os
import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from datetime import date

import hostile
import pytest
from asgi import BASE, get
from docx import Document
from lxml import etree, html
from markdown_it import MarkdownIt
from starlette.applications import Starlette
from streamlit.testing.v1 import AppTest
from typer.testing import CliRunner

from geo import disagreements, extras, history, live, pages, server, store, text
from geo.briefing import bibliography, docx, make, markdown, pdf, typesetting, writing
from geo.briefing import html as webpage
from geo.briefing.forms import FORMS
from geo.briefing.model import Length, Note, Paper, Statement
from geo.cli import app
from geo.errors import GeoError
from geo.maps import payload
from geo.maps.figure import SIZES
from geo.model import Record

SVG = "{http://www.w3.org/2000/svg}"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
ZONES = ("gwadar-free-zone-north", "gwadar-free-zone-south", "rashakai-sez", "dhabeji-sez")
run = CliRunner()


@pytest.fixture(scope="module")
def atlas():
    return store.read_atlas(store.find())


def told(atlas, *features, length=Length.FULL, query=None, **options):
    view = live.view_of(query or {}, atlas)
    return make.make(atlas, view, store.find(), features=features, length=length, **options)


@pytest.fixture(scope="module")
def ofc(atlas):
    return told(atlas, "ofc-1")


@pytest.fixture(scope="module")
def ofc_brief(atlas):
    return told(atlas, "ofc-1", length=Length.BRIEF)


@pytest.fixture(scope="module")
def everything(atlas):
    layers = ",".join(layer.id for layer in atlas.layers)
    return told(atlas, query={"layers": layers})


@pytest.fixture(scope="module")
def ofc_pdf(ofc):
    return pdf.write(ofc)


def poppler(tool, data, *options):
    if shutil.which(tool) is None:
        pytest.fail(f"no {tool}: `apt-get install poppler-utils`")
    done = subprocess.run(
        [tool, *options, "-", "-"][: None if tool == "pdftotext" else -1],
        input=data,
        capture_output=True,
        check=True,
    )
    return done.stdout.decode()


def statements(value) -> Iterator[Statement]:
    if isinstance(value, Statement):
        yield value
    elif isinstance(value, Record):
        for name in type(value).model_fields:
            yield from statements(getattr(value, name))
    elif isinstance(value, tuple):
        for one in value:
            yield from statements(one)


def bare(words: str) -> str:
    return re.sub(r"\s+", "", words)


# ---- what it says --------------------------------------------------------------------------


def test_every_note_leads_to_claims_or_to_what_a_finding_is_made_from(atlas, everything, ofc_brief):
    claims = {one.id for f in atlas.features.values() for one in f.properties.claims}
    for briefing in (everything, ofc_brief):
        assert [one.n for one in briefing.notes] == list(range(1, len(briefing.notes) + 1))
        for note in briefing.notes:
            assert note.claims or note.inputs
            assert set(note.claims) <= claims
            assert set(note.inputs) <= claims | atlas.features.keys()
        cited = {n for one in statements(briefing) for n in one.notes}
        cited |= {n for one in briefing.chapters for quote in one.quotes for n in quote.notes}
        assert cited == {one.n for one in briefing.notes}


def test_a_statement_without_a_note_cannot_be_made():
    with pytest.raises(ValueError, match="no note bears"):
        Statement(text="It is 820 km.", notes=())
    with pytest.raises(ValueError, match="cites claims"):
        Note(n=1, runs=())


def test_every_number_stands_in_what_its_note_cites(atlas, everything, ofc_brief):
    claims = {one.id: one for f in atlas.features.values() for one in f.properties.claims}
    checked = 0
    for briefing in (everything, ofc_brief):
        for one in statements(briefing):
            notes = [briefing.notes[n - 1] for n in one.notes]
            if any(note.inputs for note in notes):
                continue  # a finding of our own: its note says what it is counted or measured from
            known = " ".join(words for note in notes for words in _known(note, claims, atlas))
            most = max(len(note.claims) for note in notes)
            numbers = re.findall(r"\d[\d,.]*\d|\d", one.text)
            lost = [n for n in numbers if n not in known and not (n.isdigit() and int(n) <= most)]
            assert not lost, (one.text, known)
            checked += len(numbers)
    assert checked > 300


def _known(note, claims, atlas):
    for id_ in note.claims:
        claim = claims[id_]
        yield from (claim.quote or "", claim.says or "", claim.reason or "", claim.inferred or "")
        yield text.claim_value(claim)
        yield text.label_of(claim.property)
        yield text.source_line(atlas.sources[claim.source])
        yield from (text.day(day) for day in (claim.since, claim.until, claim.as_of) if day)
    yield from (one.text for one in note.runs)
    for feature in atlas.features.values():
        if any(one.id in note.claims for one in feature.properties.claims):
            for misfit in disagreements.of_feature(feature, atlas):
                if set(misfit.claims) & set(note.claims):
                    yield from (misfit.resolution or "", misfit.reason or "", misfit.explanation)


def test_what_stands_outside_statements_states_no_number(everything):
    said = [everything.reading, *everything.method, *everything.licenses, everything.boundary_note]
    said = " ".join(said).replace("CC BY 4.0", "")
    assert re.findall(r"\d+", said) == ["2026"]  # the day to which sources were searched


def test_a_brief_answers_what_an_office_asks_of_ofc_1(ofc_brief):
    said = " ".join(one.text for one in statements(ofc_brief))
    for answer in (
        "In service since July 13, 2018",
        "Commercial service: begun",
        "Not agreed: not yet begun",
        "Published length: 820 km",
        "Also printed, not used: 822 km",
        "The line drawn here measures",
        "Owner: Special Communications Organization",
        "Contractor: Huawei",
        "Cost: US$44 million",
        "Loan share: 85%",
        "Gilgit-Baltistan 467",  # both published sets
        "Gilgit-Baltistan 466",
        "no funds allocated for the fiscal year",  # what is planned next, and whether it is funded
        "China and the Central Asian member states",  # what Fiber One adds
        "route; crossings; cities; length; cost; date; partners",  # and what is not known of it
        "claims from 25 sources",
    ):
        assert answer in said


def test_a_full_briefing_says_what_its_things_come_to_and_how_that_was_reckoned(ofc, ofc_brief):
    said = {one.title: one.statements for one in ofc.reckoned}
    assert list(said) == ["Length", "Reach", "Second ways out", "Latency"]  # one route, no site
    assert "published: 820 km" in said["Length"][0].text
    for one in statements(ofc.reckoned):
        note = ofc.notes[one.notes[0] - 1]
        assert note.text.startswith("Our reckoning. "), one.text
        assert note.inputs == ("ofc-1",)
    assert not any("Fiber One" in one.text for one in statements(ofc.reckoned))
    assert ofc_brief.reckoned == ()


def test_a_briefing_says_what_is_claimed_for_the_zones_and_who_says_it(atlas):
    briefing = told(atlas, *ZONES, "gwadar-port-systems")
    for chapter in briefing.chapters:
        said = list(statements(chapter))
        assert said
        assert chapter.unknown, chapter.name
        sources = {
            one.source
            for f in atlas.features.values()
            for one in f.properties.claims
            if any(one.id in briefing.notes[n - 1].claims for s in said for n in s.notes)
        }
        assert len(sources) > 1 or chapter.feature == "gwadar-port-systems"
    systems = briefing.chapters[-1]
    assert "Only claimed" in systems.points[0].statements[0].text
    assert "The article’s own word" in systems.points[0].statements[0].text


def test_a_brief_on_many_things_names_each_and_the_weak_ones_first(atlas):
    briefing = told(atlas, length=Length.BRIEF)
    assert len(briefing.chapters) > 10
    assert all(one.points for one in briefing.chapters)
    assert "Digital systems claimed for Gwadar Port" in briefing.opening[1].text
    assert re.search(r"holds \d+ further statements, each of the \d+ claims", briefing.left_out)
    assert poppler("pdfinfo", pdf.write(briefing)).count("Pages:           2") == 1


def test_a_briefing_on_a_past_day_knows_nothing_later(atlas):
    day = "2016-12-31"
    past = history.as_of(atlas, date.fromisoformat(day))
    briefing = told(past, "ofc-1", query={"as_of": day})
    assert briefing.day == day
    assert "As known on December 31, 2016" in briefing.known
    assert "2018" not in " ".join(one.text for one in statements(briefing))


# ---- on paper ------------------------------------------------------------------------------


@pytest.mark.parametrize("paper", Paper)
def test_a_brief_on_ofc_1_takes_two_pages(atlas, ofc_brief, paper):
    briefing = (
        ofc_brief if paper is Paper.A4 else told(atlas, "ofc-1", length=Length.BRIEF, paper=paper)
    )
    made = pdf.write(briefing, paper)
    about = poppler("pdfinfo", made)
    assert re.search(r"Pages: +2\n", about)
    assert {Paper.A4: "A4", Paper.LETTER: "letter"}[paper] in about
    assert "Tagged:          yes" in about
    assert "Title:           Pakistan–China Optical Fiber Cable (OFC-1)" in about
    assert b"pdfuaid" in made


def test_the_pdf_holds_every_quote_and_the_standing_notes(ofc, ofc_pdf):
    running = {bare(ofc.title), bare(ofc.edition)}
    lines = [one for one in poppler("pdftotext", ofc_pdf).splitlines() if bare(one) not in running]
    said = bare(" ".join(lines))
    quotes = [run.text for note in ofc.notes for run in note.runs if run.text.startswith("“")]
    assert len(quotes) > 20
    assert [one for one in quotes if bare(one) not in said] == []
    for words in (ofc.boundary_note, ofc.clearing, ofc.known):
        assert bare(words) in said


@pytest.mark.parametrize("lang", ["ur", "zh"])
def test_other_languages_are_set_in_their_letters_and_their_direction(atlas, lang):
    briefing = told(atlas, "gwadar-port", length=Length.BRIEF, query={"lang": lang})
    made = pdf.write(briefing)
    assert b"pdfuaid" in made
    assert re.search(r"Pages: +2\n", poppler("pdfinfo", made))
    fonts = {"ur": "NotoSansArabic", "zh": "NotoSansCJK"}
    assert fonts[lang] in poppler("pdffonts", made)
    page = html.fromstring(webpage.write(briefing).decode())
    assert page.get("dir") == {"ur": "rtl", "zh": "ltr"}[lang]


def test_fonts_are_in_the_file(ofc_pdf):
    rows = poppler("pdffonts", ofc_pdf).splitlines()[2:]
    assert {re.search(r"Noto\w+", row)[0] for row in rows} >= {"NotoSans", "NotoSansArabic"}
    assert all(re.search(r" yes yes (yes|no ) +\d+ +\d+$", row) for row in rows), rows


def test_the_same_data_give_the_same_bytes(atlas, ofc, ofc_pdf):
    again = told(atlas, "ofc-1")
    assert again == ofc
    assert pdf.write(again) == ofc_pdf
    assert parts(docx.write(again)) == parts(docx.write(ofc))


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


# ---- in Word -------------------------------------------------------------------------------


def test_word_gets_real_headings_footnotes_captions_and_a_repeating_head(ofc):
    made = docx.write(ofc)
    document = Document(io.BytesIO(made))
    styles = [one.style.name for one in document.paragraphs]
    assert {"Title", "Heading 1", "Heading 2", "Caption", "Quote", "List Bullet"} <= set(styles)
    files = parts(made)
    notes = etree.fromstring(files["word/footnotes.xml"])
    written = ["".join(one.itertext(f"{W}t")).strip() for one in notes.findall(f"{W}footnote")[2:]]
    assert written == [one.text.strip() for one in ofc.notes]
    body = etree.fromstring(files["word/document.xml"])
    marks = [int(one.get(f"{W}id")) for one in body.iter(f"{W}footnoteReference")]
    assert marks == list(range(1, len(ofc.notes) + 1))
    assert body.find(f".//{W}tblHeader") is not None
    named = {one.get(f"{W}name") for one in body.iter(f"{W}bookmarkStart")}
    fields = {one.text.split()[1] for one in body.iter(f"{W}instrText")}
    assert fields
    assert fields <= named
    assert ofc.figure.alt in files["word/document.xml"].decode()


def test_libreoffice_opens_the_word_file_with_its_footnotes(tmp_path, ofc_brief):
    office = shutil.which("soffice")
    if office is None:
        reason = "no soffice: `apt-get install libreoffice-writer-nogui`"
        pytest.fail(reason) if os.environ.get("CI") else pytest.skip(reason)
    path = tmp_path / "brief.docx"
    path.write_bytes(docx.write(ofc_brief))
    home = f"-env:UserInstallation=file://{tmp_path}/profile"
    subprocess.run(
        [office, home, "--headless", "--convert-to", "pdf", "--outdir", tmp_path, path],
        check=True,
        capture_output=True,
        timeout=120,
    )
    said = bare(poppler("pdftotext", (tmp_path / "brief.pdf").read_bytes()))
    for note in ofc_brief.notes[:5]:
        assert bare(note.text) in said


# ---- on the web and in a mail --------------------------------------------------------------


def test_the_web_page_needs_nothing_and_its_notes_lead_there_and_back(ofc):
    page = html.fromstring(webpage.write(ofc).decode())
    assert not page.xpath("//script|//img|//link|//iframe")
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    inner = [one[1:] for one in page.xpath("//a/@href") if one.startswith("#")]
    assert len(inner) > len(ofc.notes)
    assert set(inner) <= set(ids)
    outer = [one for one in page.xpath("//a/@href") if not one.startswith("#")]
    assert all(one.startswith(("https://", "http://")) for one in outer)
    said = bare(page.text_content())
    assert all(bare(one.text) in said for one in statements(ofc))


def test_markdown_says_the_same_words_to_every_reader(ofc):
    written = markdown.write(ofc).decode()
    shown = html.fromstring(MarkdownIt().enable("table").render(written)).text_content()
    said = bare(re.sub(r"\[\^\d+\]:?", "", shown))
    assert all(bare(one.text) in said for one in statements(ofc))
    assert set(re.findall(r"\[\^(\d+)\](?!:)", written)) == {str(one.n) for one in ofc.notes}
    assert re.findall(r"^\[\^(\d+)\]:", written, re.MULTILINE) == [str(one.n) for one in ofc.notes]


def test_bibliographies_hold_each_source_once(atlas, ofc):
    sources = [atlas.sources[one] for one in ofc.sources]
    bibtex, ris = bibliography.bibtex(sources), bibliography.ris(sources)
    assert sorted(re.findall(r"^@\w+\{(.+),$", bibtex, re.MULTILINE)) == sorted(ofc.sources)
    assert sorted(re.findall(r"^ID  - (.+)$", ris, re.MULTILINE)) == sorted(ofc.sources)
    assert len(ofc.bibliography) == len(sources)
    assert bibtex.count("{") == bibtex.count("}")


# ---- text is text --------------------------------------------------------------------------


@pytest.fixture(scope="module")
def poisoned(tmp_path_factory):
    folder = tmp_path_factory.mktemp("hostile")
    hostile.write(folder)
    found = store.Store(folder)
    atlas = store.read_atlas(found)
    view = live.view_of({}, atlas)
    features = ("ofc-1", "gwadar-port-systems")
    return make.make(atlas, view, found, features=features, length=Length.FULL), atlas


def test_hostile_text_stays_text_on_paper(poisoned):
    said = bare(poppler("pdftotext", pdf.write(poisoned[0])))
    assert "{{7777*7777}}" in said
    assert "60481729" not in said
    assert "![p](//evil.example/p.png)" in said
    assert not hostile.CANARY.exists()


def test_hostile_text_stays_text_in_word(poisoned):
    files = parts(docx.write(poisoned[0]))
    for name, data in files.items():
        if name.endswith((".xml", ".rels")):
            tree = etree.fromstring(data)
            assert not [one for one in tree.iter() if str(one.tag).endswith("script")]
    body = "".join(etree.fromstring(files["word/document.xml"]).itertext())
    assert "<img src=//evil.example/i onerror=top.pwned=1>" in body
    assert not [name for name in files if "vba" in name.lower()]


def test_hostile_text_stays_text_on_the_web(poisoned):
    page = html.fromstring(webpage.write(poisoned[0]).decode())
    assert not page.xpath("//script|//img|//*[@onerror]")
    assert "<img src=//evil.example/i onerror=top.pwned=1>" in page.text_content()
    assert "60481729" not in page.text_content()
    for address in page.xpath("//a/@href"):
        assert address.startswith(("#", "http://", "https://"))


def test_hostile_text_stays_text_in_markdown(poisoned):
    rendered = (
        MarkdownIt("commonmark", {"html": True})
        .enable("table")
        .render(markdown.write(poisoned[0]).decode())
    )
    page = html.fromstring(rendered)
    assert not page.xpath("//script|//img|//*[@onerror]")
    assert "<img src=//evil.example/i onerror=top.pwned=1>" in page.text_content()


def test_hostile_text_ends_no_field_of_a_bibliography(poisoned):
    briefing, atlas = poisoned
    sources = [atlas.sources[one] for one in briefing.sources]
    ris = bibliography.ris(sources)
    assert all(re.match(r"[A-Z][A-Z0-9]  - ", line) for line in ris.splitlines())
    for line in bibliography.bibtex(sources).splitlines():
        assert re.match(r"@\w+\{[\w-]+,$|  \w+ = \{.*\},$|\}?$", line)
        plain = re.sub(r"\\[{}]", "", line)
        assert plain.startswith("@") or plain == "}" or plain.count("{") == plain.count("}")


# ---- commands ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "fault", "remedy"),
    [
        (["--feature", "nix"], "no feature is called 'nix'", "Known: "),
        (["--status", "claimed", "--layer", "dhabeji"], "nothing is selected", "take off a filter"),
    ],
)
@pytest.mark.parametrize("command", ["brief", "figure"])
def test_errors_name_the_fault_and_the_remedy_and_leave_no_file(
    tmp_path, command, options, fault, remedy
):
    out = tmp_path / "out.pdf"
    result = run.invoke(app, [command, *options, "--out", str(out)])
    assert result.exit_code == 1
    assert isinstance(result.exception, GeoError)
    assert fault in str(result.exception)
    assert remedy in str(result.exception)
    assert not list(tmp_path.iterdir())


def test_a_file_of_no_known_form_is_refused(tmp_path):
    result = run.invoke(app, ["brief", "--feature", "ofc-1", "--out", str(tmp_path / "a.xyz")])
    assert "its name ends in '.xyz'" in str(result.exception)
    result = run.invoke(app, ["figure", "--feature", "ofc-1", "--out", str(tmp_path / "a.gif")])
    assert "png, svg, pdf" in str(result.exception)


def test_a_place_that_takes_no_file_is_named(tmp_path):
    out = tmp_path / "none" / "a.md"
    result = run.invoke(app, ["brief", "--feature", "ofc-1", "--length", "full", "--out", str(out)])
    assert isinstance(result.exception, GeoError)
    assert str(out) in str(result.exception)


def test_the_command_writes_what_the_name_says(tmp_path):
    out = tmp_path / "a.bib"
    result = run.invoke(
        app, ["brief", "--feature", "rashakai-sez", "--length", "full", "--out", str(out)]
    )
    assert result.exit_code == 0, result.output
    assert out.read_text().startswith("@")


def test_without_typst_the_remedy_is_told(monkeypatch):
    typesetting._tools.cache_clear()  # noqa: SLF001 - what another test has found
    monkeypatch.setattr(typesetting, "find_spec", lambda _: None)
    with pytest.raises(GeoError, match=r"typst: is not installed.*pip install"):
        typesetting.png("", {}, 72)
    typesetting._tools.cache_clear()  # noqa: SLF001 - nothing was found here


@pytest.mark.parametrize("size", SIZES)
def test_figures_are_of_the_size_they_say_and_carry_their_notes(atlas, size):
    view = live.view_of({}, atlas)
    svg = writing.write_figure(atlas, view, store.find(), "svg", size=size, features=("fiber-one",))
    root = etree.fromstring(svg)
    assert root.get("width") == f"{SIZES[size].width_mm}mm"
    said = bare("".join(root.itertext()))
    assert bare(text.boundary_note(view.worldview)) in said
    assert bare("Proposed, no route published.") in said
    assert bare("true in the middle of the map") in said
    assert "Natural Earth" in "".join(root.itertext())
    _, panel = root.findall(f"{SVG}svg")
    lowest = max(float(one.get("y")) for one in panel.findall(f"{SVG}text"))
    assert lowest < float(panel.get("height"))  # the legend is whole


def test_a_figure_has_300_dots_an_inch(atlas):
    view = live.view_of({}, atlas)
    data = writing.write_figure(atlas, view, store.find(), "png", features=("gwadar-port",))
    width = int.from_bytes(data[16:20])
    assert abs(width - SIZES["page"].width_mm / 25.4 * 300) < 2


# ---- served --------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def served_app():
    return Starlette(routes=server.routes(BASE), middleware=server.middleware(BASE))


@pytest.mark.parametrize(
    ("form", "how"), [("pdf", "inline"), ("docx", "attachment"), ("html", "inline")]
)
def test_a_brief_has_an_address_that_stays(served_app, form, how):
    status, headers, body = get(served_app, f"/brief/dhabeji-sez.{form}")
    assert status == 200
    assert headers["content-disposition"] == f'{how}; filename="dhabeji-sez.{form}"'
    assert len(body) > 10_000
    again, _, nothing = get(served_app, f"/brief/dhabeji-sez.{form}", if_none_match=headers["etag"])
    assert (again, nothing) == (304, b"")
    if form == "html":
        assert "default-src 'none'" in headers["content-security-policy"]


def test_what_there_is_no_brief_on_is_not_found(served_app, atlas):
    for path in ("nix.pdf", "ofc-1.exe", "ofc-1", "ofc-1.pdf?as_of=1999-01-01"):
        assert get(served_app, f"/brief/{path}")[0] == 404
    part = atlas.parts["ofc-1"][0].id
    status, headers, _ = get(served_app, f"/brief/{part}.pdf")
    assert (status, headers["location"]) == (301, f"/{BASE}/brief/ofc-1.pdf")


def test_without_the_tools_no_link_leads_to_a_brief(served_app, atlas, monkeypatch):
    view, found = live.view_of({}, atlas).worldview, store.find()
    thing = atlas.features["ofc-1"]
    assert "brief/ofc-1.pdf" in pages.feature_page(thing, atlas, found, view)
    assert payload.constant()["messages"]["brief"] == "Brief (PDF)"
    monkeypatch.setattr(extras, "sets_type", lambda: False)
    assert "brief/ofc-1.pdf" not in pages.feature_page(thing, atlas, found, view)
    assert "brief" not in payload.constant()["messages"]
    assert get(served_app, "/brief/ofc-1.pdf")[0] == 503


# ---- in the app ----------------------------------------------------------------------------


def test_the_page_makes_a_briefing_of_what_is_chosen():
    page = AppTest.from_file(server.PAGE, default_timeout=60)
    page.query_params["page"] = "briefing"
    page.query_params["feature"] = "dhabeji-sez"
    page.run()
    assert not page.exception
    assert page.multiselect(key="briefing-on").value == ["dhabeji-sez"]
    assert not page.get("download_button")[1:]  # that of GeoJSON in the bar alone
    page.button(key="briefing-make").click().run()
    assert not page.exception
    assert re.match(r"Made, with \d+ notes", page.status[0].label)
    keys = [one.proto.id for one in page.get("download_button")]
    assert [form for form in FORMS if any(key.endswith(f"briefing:{form}") for key in keys)] == [
        *FORMS
    ]
    page.segmented_control(key="briefing-paper").set_value(Paper.LETTER).run()
    assert "make the briefing again" in page.info[0].value


def test_nothing_selected_is_told_on_the_page():
    page = AppTest.from_file(server.PAGE, default_timeout=60)
    page.query_params["page"] = "briefing"
    page.query_params["status"] = "claimed"
    page.query_params["layers"] = "dhabeji"
    page.run()
    page.button(key="briefing-make").click().run()
    assert not page.exception
    assert any("nothing is selected" in one.value for one in page.text)
