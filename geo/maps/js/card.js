// The popup's words, in the order a reader needs them. Text nodes only.
"use strict";

(function (atlas) {
  const { el, bdi } = atlas;

  function link(address, words, extra) {
    const href = atlas.webAddress(address);
    return href && el("a", { href, target: "_blank", rel: "noopener noreferrer", class: "geo-act", ...extra }, words);
  }

  function copyText(text) {
    if (navigator.clipboard && window.isSecureContext) {
      return navigator.clipboard.writeText(text);
    }
    // Plain http on a local network has no clipboard interface; the old way still works there.
    const area = el("textarea", { class: "geo-offscreen" });
    area.value = text;
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
    return Promise.resolve();
  }

  function names(card, say) {
    const [first, ...others] = card.names;
    const draft = (name) => name.draft && el("span", { class: "geo-draft" }, ` (${say.draft})`);
    return el(
      "header",
      {},
      el("p", { class: "geo-kind" }, card.kind),
      el("h2", {}, bdi(first ? first.text : card.name, first && first.lang)),
      others.length > 0 &&
        el("p", { class: "geo-names" }, others.map((name) => el("span", {}, bdi(name.text, name.lang), draft(name))))
    );
  }

  function status(card) {
    if (!card.status) {
      return null;
    }
    const { label, since, latest, silence } = card.status;
    const rest = [since, latest, silence].filter(Boolean).join(" · ");
    return el("p", { class: "geo-status" }, el("strong", {}, label), rest && ` · ${rest}`);
  }

  function words(card, say) {
    const { words: said, source } = card;
    if (!said) {
      return null;
    }
    const lang = source && source.language;
    const by = source && [source.publisher, source.date].filter(Boolean).join(", ");
    return el(
      "section",
      { class: "geo-words" },
      said.quote
        ? el("blockquote", { lang, dir: "auto" }, "“", el("bdi", { dir: "auto" }, said.quote), "”")
        : said.says && el("p", { class: "geo-says" }, `${say.in_our_words}: `, bdi(said.says)),
      el(
        "p",
        { class: "geo-source" },
        by && bdi(by, lang),
        !said.quote && said.locator && ` · ${said.locator}`,
        source && source.read && el("span", { class: "geo-read" }, ` · ${source.read}`)
      ),
      said.attributed_to && el("p", { class: "geo-small" }, atlas.fillIn(say.attributed, { whom: said.attributed_to })),
      said.inferred && el("p", { class: "geo-small" }, `${say.inferred}: `, bdi(said.inferred))
    );
  }

  function acts(card, say) {
    const { words: said, source } = card;
    if (!source) {
      return null;
    }
    const quoted = Boolean(said && said.quote);
    const copy = quoted && el("button", { type: "button", class: "geo-act" }, say.copy);
    if (copy) {
      copy.addEventListener("click", () => {
        const from = [source.publisher, source.date, source.url].filter(Boolean).join(", ");
        copyText(`“${said.quote}” (${from})`).then(() => {
          copy.textContent = say.copied;
        });
      });
    }
    return el(
      "p",
      { class: "geo-acts" },
      link(source.url, quoted ? say.read_sentence : say.open_source, { class: "geo-act geo-act-first" }),
      copy,
      link(source.captures_url, say.older)
    );
  }

  function figures(card, say) {
    return (
      card.figures.length > 0 &&
      el(
        "dl",
        { class: "geo-figures" },
        card.figures.map((figure) => [
          el("dt", {}, figure.label),
          el(
            "dd",
            {},
            bdi(figure.value),
            figure.disagree && el("span", { class: "geo-disagree" }, say.disagree),
            figure.others && figure.others.length > 0 && el("span", { class: "geo-small" }, `${say.elsewhere}: `, bdi(figure.others.join("; ")))
          ),
        ])
      )
    );
  }

  function place(card, feature, type, say) {
    const label = type.endsWith("Point") ? say.point : type.endsWith("LineString") ? say.line : null;
    const note = feature.note || card.location_note;
    return el(
      "section",
      { class: "geo-place" },
      el("p", {}, label && `${label}: `, bdi(feature.words || card.geometry), "."),
      note && el("p", {}, bdi(note)),
      card.caption && el("p", {}, bdi(card.caption))
    );
  }

  /**
   * Put a card into words.
   *
   * @param card from geo/card.py
   * @param feature what was clicked: the thing itself or a part of it
   * @param type of the geometry that is drawn, or ""
   * @param say our own messages
   * @param geojson address of the layer's file, or null
   */
  atlas.cardElement = function (card, feature, type, say, geojson) {
    return el(
      "article",
      { class: "geo-card", lang: document.documentElement.lang || "en" },
      names(card, say),
      status(card),
      card.evidence && el("p", { class: "geo-evidence" }, card.evidence.label),
      words(card, say),
      acts(card, say),
      card.same_statement.length > 0 &&
        el("p", { class: "geo-small" }, `${say.same_statement}: `, bdi(card.same_statement.join("; "))),
      card.unknown.length > 0 &&
        el("p", { class: "geo-small" }, `${say.not_published}: `, bdi(card.unknown.join("; ")), "."),
      figures(card, say),
      place(card, feature, type, say),
      card.summary && el("p", { class: "geo-small" }, bdi(card.summary)),
      geojson && el("p", { class: "geo-acts" }, el("a", { href: geojson, download: "", class: "geo-act" }, say.geojson))
    );
  };
})(window.geoAtlas);
