// What a feature of a brought layer says of itself, told as text and as nobody's word but its file's.
"use strict";

(function (atlas) {
  const { el, bdi } = atlas;

  function stated({ title, url, quote }) {
    const href = url && atlas.webAddress(url);
    const words = bdi(title || href || "");
    return el(
      "li",
      {},
      href ? el("a", { href, target: "_blank", rel: "noopener noreferrer" }, words) : words,
      quote && [": “", bdi(quote), "”"]
    );
  }

  function sources({ sources: found }, say) {
    if (found.length === 0) {
      return el("p", { class: "geo-small" }, say.no_source);
    }
    return el("section", { class: "geo-small" }, `${say.sources}:`, el("ul", {}, found.map(stated)));
  }

  /** A card with nothing in it yet but what it belongs to. */
  atlas.recordElement = function (title, say) {
    return el(
      "article",
      { class: "geo-card geo-own-card", lang: document.documentElement.lang || "en", tabindex: "-1" },
      el("header", {}, el("p", { class: "geo-kind" }, bdi(title)), el("h2", {}, "…")),
      el("p", { class: "geo-own-mark" }, say.unchecked)
    );
  };

  /** Fill a card with a record as the server tells it: {id, name, rows, sources}. */
  atlas.fillRecord = function (card, record, say) {
    const name = record.name ? bdi(record.name) : atlas.fillIn(say.number, { n: record.id });
    card.querySelector("h2").replaceChildren(name);
    const rows = record.rows.map(([key, value]) => [el("dt", {}, bdi(key)), el("dd", {}, bdi(value))]);
    card.append(...[rows.length > 0 && el("dl", { class: "geo-figures" }, rows), sources(record, say)].filter(Boolean));
  };
})(window.geoAtlas);
