"""The page and its papers in the reader's language."""

import gettext

import pytest
import streamlit as st
from test_app import ATLAS, opened, query

from geo import catalogs, pages, store, text
from geo.maps import payload
from geo.vocab import Worldview


class Heard(gettext.NullTranslations):
    """Translations that keep what they were asked for."""

    def __init__(self, heard):
        super().__init__()
        self.heard = heard

    def gettext(self, message):
        self.heard.add(message)
        return message

    def ngettext(self, msgid1, msgid2, n):
        self.heard.add(msgid1)
        return msgid1 if n == 1 else msgid2


@pytest.fixture
def heard(monkeypatch):
    """Every message that was shown."""
    messages = set()
    monkeypatch.setattr(catalogs, "translations", lambda _: Heard(messages))
    return messages


def browser_asks_for(monkeypatch, locale):
    monkeypatch.setattr(type(st.context), "locale", property(lambda _: locale))


def test_the_first_visit_speaks_the_language_of_the_browser(monkeypatch):
    browser_asks_for(monkeypatch, "zh-CN")
    app = opened()
    assert app.title[0].value.startswith("中巴数字基础设施")
    assert query(app) == {}
    app.button(key="language:en").click().run()
    assert app.title[0].value.startswith("Pakistan–China")
    assert query(app) == {"lang": "en"}


def test_a_language_that_we_do_not_speak_is_english(monkeypatch):
    browser_asks_for(monkeypatch, "fr-FR")
    assert opened().title[0].value.startswith("Pakistan–China")


def test_a_link_names_the_language_and_a_draft_says_so():
    app = opened(lang="ur")
    assert query(app) == {"lang": "ur"}
    labels = {box.key: box.label for box in app.checkbox}
    assert "گوادر" in labels["layer:gwadar"]
    assert any("مسودہ ترجمہ" in one.value for one in app.caption)


@pytest.mark.parametrize(
    "where",
    [
        {"layers": ",".join(layer.id for layer in ATLAS.layers), "tab": "table"},
        {"feature": "ofc-1", "status": "operating", "as_of": "2020-07-13"},
        {"page": "sources"},
        {"source": "247news-2023-05-sco-digital-summit"},
        {"page": "method"},
        {"page": "briefing"},
    ],
    ids=lambda where: next(iter(where)) if len(where) == 1 else "-".join(where),
)
def test_all_that_the_page_says_of_its_own_is_in_the_catalogs(heard, where):
    opened(lang="ur", **where)
    assert heard - known() == set()


def test_all_that_papers_and_map_say_of_their_own_is_in_the_catalogs(heard):
    found = store.find()
    for feature in ATLAS.features.values():
        if feature.properties.part_of is None:
            pages.feature_page(feature, ATLAS, found, Worldview.DE_FACTO, "ur")
    pages.about_page(ATLAS, Worldview.DE_FACTO, "ur")
    payload.features(ATLAS, "ur")
    assert heard - known() == set()


def known():
    catalog = catalogs.catalog("ur")
    ids = (message.id for message in catalog)
    return {id_ if isinstance(id_, str) else id_[0] for id_ in ids}


def test_dates_sums_and_sentences_are_written_as_the_language_does():
    assert text.day("2024-08", "zh") == "2024年8月"
    assert text.value("cost_usd", 44e6, lang="zh") == "4400万美元"
    assert text.value("cost_usd", 44e6, lang="ur") == "4.4 کروڑ امریکی ڈالر"
    assert text.sentence("示意图", "zh") == "示意图。"
    assert text.sentence("خاکہ", "ur") == "خاکہ۔"
