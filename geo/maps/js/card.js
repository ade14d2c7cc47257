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
      el("h2", {}, bdi(first ? first.text : card.name, first && first.lang), first && draft(first)),
      others.length > 0 &&
        el("p", { class: "geo-names" }, others.map((name) => el("span", {}, bdi(name.text, name.lang), draft(name))))
    );
  }

  /** A button that copies a text, and says so. */
  function copier(words, text, say) {
    const button = el("button", { type: "button", class: "geo-act" }, words);
    button.addEventListener("click", () => {
      copyText(text).then(() => {
        button.textContent = say.copied;
      });
    });
    return button;
  }

  function status(card) {
    if (!card.status) {
      return null;
    }
    const { label, since, latest, silence } = card.status;
    const rest = [since, latest, silence].filter(Boolean).join(" · ");
    return el("p", { class: "geo-status" }, el("strong", {}, label), rest && el("span", { class: "geo-rest" }, ` · ${rest}`));
  }

  /** A quote between the dimmed words around it. */
  function quote({ quote: said, prefix, suffix }, lang) {
    const dim = (around) => around && around.trim() && el("span", { class: "geo-context" }, around);
    return el(
      "blockquote",
      { lang, dir: "auto" },
      dim(prefix && `…${prefix}`),
      el("span", { class: "geo-quote" }, "“", el("bdi", { dir: "auto" }, said), "”"),
      dim(suffix && `${suffix}…`)
    );
  }

  function saying(card, say, ways) {
    const { words: said, source } = card;
    if (!said) {
      return null;
    }
    const lang = source && source.language;
    const by = source && [source.publisher, source.date].filter(Boolean).join(", ");
    return el(
      "section",
      { class: "geo-words" },
      said.about && el("p", { class: "geo-about" }, `${say.about}: `, bdi(said.about)),
      said.quote
        ? quote(said, lang)
        : said.says && el("p", { class: "geo-says" }, `${say.in_our_words}: `, bdi(said.says)),
      el(
        "p",
        { class: "geo-source" },
        by && (ways.source ? el("a", { href: ways.source, target: "_blank" }, bdi(by, lang)) : bdi(by, lang)),
        !said.quote && said.locator && ` · ${said.locator}`,
        source && source.read && el("span", { class: "geo-rest" }, ` · ${source.read}`)
      ),
      said.attributed_to &&
        el("p", { class: "geo-small geo-aside" }, atlas.fillIn(say.attributed, { whom: said.attributed_to })),
      said.inferred && el("p", { class: "geo-small geo-aside" }, `${say.inferred}: `, bdi(said.inferred))
    );
  }

  function acts(card, say) {
    const { words: said, source } = card;
    if (!source) {
      return null;
    }
    const quoted = Boolean(said && said.quote);
    const from = [source.title && `“${source.title}”`, source.publisher, source.date, source.url].filter(Boolean).join(", ");
    return el(
      "p",
      { class: "geo-acts geo-acts-words" },
      link(source.url, quoted ? say.read_sentence : say.open_source, { class: "geo-act geo-act-first" }),
      quoted && copier(say.copy, `“${said.quote}” (${from})`, say),
      link(source.captures_url, say.older)
    );
  }

  /** Where the status comes from, when the words above speak of something else. */
  function statusSource({ status_source: from }, say) {
    if (!from) {
      return null;
    }
    const line = link(from.url, bdi(from.line), { class: "" }) || bdi(from.line);
    const said = from.quote ? [": “", bdi(from.quote), "”"] : from.says && [`: ${say.in_our_words.toLowerCase()}: `, bdi(from.says)];
    const inferred = from.inferred && [` ${say.inferred}: `, bdi(from.inferred)];
    return el("p", { class: "geo-small geo-status-source" }, `${say.status_from}: `, line, said, inferred);
  }

  /** What leads on from the card; a page of its own has no server to lead to. */
  function further(card, say, { data, page, brief, evidence }) {
    const evidenceButton = evidence && el("button", { type: "button", class: "geo-act" }, say.evidence);
    if (evidenceButton) {
      evidenceButton.addEventListener("click", evidence);
    }
    return el(
      "p",
      { class: "geo-acts geo-acts-further" },
      evidenceButton,
      card.cite && copier(say.cite, card.cite, say),
      data && el("a", { href: data, download: "", class: "geo-act" }, say.geojson),
      page && el("a", { href: page, target: "_blank", rel: "noopener", class: "geo-act" }, say.page),
      brief && say.brief && el("a", { href: brief, target: "_blank", rel: "noopener", class: "geo-act" }, say.brief)
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

  /** What a card says of the geometry: of the thing, of the part that was clicked, or of all parts. */
  atlas.placeOf = function (feature, parts) {
    const type = parts.length > 0 ? parts[0].feature.geometry.type : "";
    // A whole that is nothing but diagrams says so, with what holds for each of them.
    const diagrams = !feature.geometry && parts.length > 0 && parts.every(({ symbol }) => symbol.schematic);
    const notes = new Set(parts.map((part) => part.feature.note).filter(Boolean));
    const spoken = diagrams ? { ...feature, words: parts[0].feature.words, note: [...notes].join(" ") } : feature;
    return { place: spoken, type };
  };

  /**
   * Put a card into words.
   *
   * @param card from geo/card.py
   * @param feature what was clicked: the thing itself or a part of it
   * @param type of the geometry that is drawn, or ""
   * @param say our own messages
   * @param ways what leads on: {data, page, source, brief: addresses, evidence: function}, each or none
   */
  atlas.cardElement = function (card, feature, type, say, ways) {
    return el(
      "article",
      { class: "geo-card", lang: document.documentElement.lang || "en" },
      names(card, say),
      status(card),
      card.evidence && el("p", { class: "geo-evidence" }, card.evidence.label),
      saying(card, say, ways),
      acts(card, say),
      statusSource(card, say),
      card.same_statement.length > 0 &&
        el("p", { class: "geo-small" }, `${say.same_statement}: `, bdi(card.same_statement.join("; "))),
      card.unknown.length > 0 &&
        el("p", { class: "geo-small" }, `${say.not_published}: `, bdi(card.unknown.join("; ")), "."),
      figures(card, say),
      place(card, feature, type, say),
      card.summary && el("p", { class: "geo-small" }, bdi(card.summary)),
      further(card, say, ways)
    );
  };
})(window.geoAtlas);
