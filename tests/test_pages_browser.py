import browser as chromium
import pytest

pytestmark = pytest.mark.browser
WIDTHS = (360, 1280)


@pytest.fixture(scope="module")
def based(browser, logs):
    del browser
    with chromium.served(
        logs / "pages.log", base="under/here", GEO_PUBLIC_URL="https://map.example/here"
    ) as server:
        yield server


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    "path", ["f/ofc-1", "f/fiber-one", "f/gwadar-port", "f/cloud-network", "about"]
)
def test_a_page_reads_at_every_width_and_asks_nobody(browser, based, path, width, scheme):
    size = {"width": width, "height": 740}
    options = {"viewport": size, "color_scheme": scheme, "java_script_enabled": False}
    with chromium.visit(browser, based.url, **options) as visit:
        visit.open(path, ready=False)
        assert visit.page.locator("h1").is_visible()
        visit.clean()
        assert [one for one in visit.requests if not one.endswith((path, "favicon.ico"))] == []
    with chromium.visit(browser, based.url, viewport=size, color_scheme=scheme) as visit:
        visit.open(path, ready=False)
        wide = visit.page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width


def test_links_hold_under_a_base_path(browser, based):
    with chromium.visit(browser, based.url) as visit:
        visit.open("f/ofc-1-chilas-gilgit", ready=False)
        assert visit.page.url == f"{based.url}f/ofc-1"
        targets = visit.page.locator("nav a").evaluate_all("all => all.map(one => one.href)")
        assert targets == [
            based.url,
            f"{based.url}?feature=ofc-1",
            f"{based.url}f/ofc-1.geojson",
            f"{based.url}brief/ofc-1.pdf",
            f"{based.url}about",
            f"{based.url}f/ofc-1?lang=ur",
            f"{based.url}f/ofc-1?lang=zh",
        ]
        canonical = visit.page.locator("link[rel=canonical]").get_attribute("href")
        assert canonical == "https://map.example/here/f/ofc-1"


def test_a_reference_leads_to_its_source(browser, based):
    with chromium.visit(browser, based.url) as visit:
        visit.open("f/fiber-one", ready=False)
        visit.page.locator("a[href='#s2']").first.click()
        assert visit.page.locator("#s2").evaluate("one => one.matches(':target')")


def test_names_in_the_picture_do_not_lie_on_each_other(browser, based):
    # A box of text is an eighth higher than its letters, above and below.
    overlaps = """() => {
      const boxes = [...document.querySelectorAll(".pic svg text")].map((one) => {
        const { left, right, top, bottom } = one.getBoundingClientRect();
        const air = (bottom - top) / 8;
        return { left, right: right - 1, top: top + air, bottom: bottom - air };
      });
      return boxes.flatMap((a, i) => boxes.slice(i + 1).filter(
        (b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom
      )).length;
    }"""
    with chromium.visit(browser, based.url) as visit:
        for id_ in ("ofc-1", "fiber-one", "gwadar-port", "cloud-network", "rashakai-sez"):
            for asked in ("", "?lang=ur"):
                visit.open(f"f/{id_}{asked}", ready=False)
                assert visit.page.evaluate(overlaps) == 0, id_


def test_the_caveats_of_a_picture_are_in_view_whichever_way_a_page_is_read(browser, based):
    cut = """() => {
      const pic = document.querySelector(".pic").getBoundingClientRect();
      return [...document.querySelectorAll(".pic .p-foot tspan")]
        .map((one) => one.parentNode.getBoundingClientRect())
        .filter((one) => one.left < pic.left || one.right > pic.right || !one.width).length;
    }"""
    with chromium.visit(browser, based.url) as visit:
        for asked in ("", "?lang=ur", "?lang=zh"):
            visit.open(f"f/fiber-one{asked}", ready=False)
            assert visit.page.evaluate(cut) == 0, asked


def test_an_unknown_page_is_in_our_look(browser, based):
    with chromium.visit(browser, based.url) as visit:
        answer = visit.page.goto(f"{based.url}f/nowhere")
        assert answer is not None
        assert answer.status == 404
        assert visit.page.locator("h1").inner_text() == "Nothing here"
