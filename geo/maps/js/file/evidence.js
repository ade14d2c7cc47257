// Everything the sources say of the chosen thing, beside the map.
"use strict";

(function (atlas) {
  const { el, bdi, fillIn } = atlas;
  const FEW = 6; // topics of which all stand open

  const sentence = (words) => words[0].toUpperCase() + words.slice(1) + (/[.!?…]$/.test(words) ? "" : ".");
  const percent = (text) =>
    encodeURIComponent(text.trim()).replace(/[!'()*-]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);

  function link(address, words) {
    const href = atlas.webAddress(address);
    return href ? el("a", { href, target: "_blank", rel: "noopener noreferrer" }, words) : words;
  }

  /** Link to a source at the very sentence, where its quote is known (as geo/evidence.py has it). */
  atlas.sentenceAddress = function ({ url }, { quote, prefix, suffix }) {
    if (!url || !quote) {
      return url || null;
    }
    const before = prefix && prefix.trim() ? `${percent(prefix)}-,` : "";
    const after = suffix && suffix.trim() ? `,-${percent(suffix)}` : "";
    return `${url}${url.includes("#") ? "" : "#"}:~:text=${before}${percent(quote)}${after}`;
  };

  class Evidence {
    constructor(given, days, onClose) {
      Object.assign(this, { given, days, onClose, root: document.querySelector(".geo-beside") });
    }

    source(n) {
      return this.given.sources[n];
    }

    /** Bring the panel into view, and the focus into it. */
    enter() {
      this.root.focus({ preventScroll: true });
      this.root.scrollIntoView({ block: "nearest", behavior: atlas.still() ? "auto" : "smooth" });
    }

    /** Show a thing as it was known on a day; null closes the panel. */
    tell(id, day) {
      const state = id && this.days.state(id, day);
      this.root.hidden = !state;
      document.body.classList.toggle("has-beside", Boolean(state));
      this.root.replaceChildren(...(state ? this.parts(state, this.days.card(id, day)) : []));
      this.root.scrollTop = 0;
    }

    parts(state, card) {
      const { words } = this.given;
      const shut = el("button", { type: "button", class: "geo-plain" }, words.close);
      shut.addEventListener("click", this.onClose);
      const steps = state.history.map(({ date, words: told, n }) => [el("b", {}, date), ` ${told} `, this.small(this.source(n).publisher)]);
      return [
        el("header", {}, el("div", {}, this.small(card.kind), el("h2", {}, bdi(card.name))), shut),
        card.status && el("p", {}, el("b", {}, card.status.label), this.small(this.standing(card.status))),
        card.evidence && el("p", {}, card.evidence.label),
        card.summary && el("p", {}, bdi(card.summary)),
        steps.length > 1 && this.listed(words.history, steps),
        this.disagreements(state.disagreements),
        el("h3", {}, words.claims),
        el("p", {}, this.small(fillIn(words.claims_order, { n: this.claims(state.topics) }))),
        state.topics.map((topic, i) => this.topic(topic, i === 0 || state.topics.length <= FEW)),
        card.unknown.length > 0 && this.listed(words.unknown, card.unknown.map((one) => bdi(one))),
        this.drawn(state, card),
        this.sources(state),
        card.cite && [el("h3", {}, words.cite), el("p", { class: "geo-cite" }, bdi(card.cite))],
      ].flat(2).filter(Boolean);
    }

    small(words) {
      return el("small", {}, words);
    }

    standing({ since, latest, silence }) {
      return ` · ${[since, latest, silence].filter(Boolean).join(" · ")}`;
    }

    claims(topics) {
      return topics.flatMap(({ said }) => said).reduce((sum, { entries }) => sum + entries.length, 0);
    }

    listed(title, rows) {
      return [el("h3", {}, title), el("ul", {}, rows.map((row) => el("li", {}, row)))];
    }

    disagreements(found) {
      const { words } = this.given;
      const rows = found.map((one) => {
        const open = !one.resolution;
        const why = one.kind === "story" ? null : `${open ? words.open : words.settled}${one.resolution || one.reason ? `: ${one.resolution || one.reason}` : ""}`;
        return [bdi(one.explanation), why && [" ", this.small(why)]];
      });
      return rows.length > 0 && this.listed(words.disagreements, rows);
    }

    topic({ label, said, disagree, inconsistent }, open) {
      const { words, constant } = this.given;
      const [first] = said;
      const value = first.rank === "preferred" ? first.value : words.no_value;
      const badge = inconsistent || (disagree && constant.messages.disagree);
      return el(
        "details",
        { open, class: "geo-topic" },
        el("summary", {}, el("b", {}, label), " · ", bdi(value), badge && el("span", { class: "geo-disagree" }, badge)),
        said.map((one) => this.said(one))
      );
    }

    said(one) {
      const chosen = one.rank === "preferred";
      return el(
        "div",
        { class: "geo-said-value" },
        el("p", {}, el(chosen ? "b" : "span", {}, bdi(one.value)), one.period && ` (${one.period})`, !chosen && this.small(` ${one.state || this.given.words.not_chosen}`), one.reason && [" ", this.small(one.reason)]),
        one.entries.map((entry) => this.entry(entry))
      );
    }

    /** A claim: its words in context, who says so, and what a reader should know of it. */
    entry(entry) {
      const { words, constant } = this.given;
      const source = this.source(entry.n);
      const dim = (text) => text && text.trim() && el("span", { class: "geo-context" }, text);
      const quoted = entry.quote && [
        el("p", { lang: source.lang, dir: "auto", class: "geo-entry-quote" }, dim(entry.prefix && `…${entry.prefix}`), "“", bdi(entry.quote), "”", dim(entry.suffix && `${entry.suffix}…`)),
      ];
      const ours = !entry.quote && entry.says && el("p", {}, this.small(`${constant.messages.in_our_words}: `), bdi(entry.says));
      const where = [!entry.quote && entry.locator, entry.as_of && fillIn(words.as_of, { date: entry.as_of })].filter(Boolean).join(" · ");
      const by = link(atlas.sentenceAddress(source, entry), [bdi(source.publisher), ", ", bdi(source.date)]);
      const facts = source.facts.map(([, fact]) => fact).join(words.comma);
      const notes = [
        facts,
        entry.attributed_to && fillIn(constant.messages.attributed, { whom: entry.attributed_to }),
        entry.inferred && `${constant.messages.inferred}: ${entry.inferred}`,
        entry.copied_from !== undefined && `${words.copied_from} ${this.source(entry.copied_from).publisher}`,
        entry.settled_by !== undefined && `${words.settled_by} ${this.source(entry.settled_by).publisher}`,
        entry.reason && `${words.not_chosen}: ${entry.reason}`,
      ];
      return el("blockquote", {}, quoted, ours, el("p", {}, by, where && ` · ${where}`), notes.filter(Boolean).map((note) => el("p", {}, this.small(bdi(note)))));
    }

    drawn({ parts }, card) {
      const { words } = this.given;
      const groups = parts.map(({ geometry, meaning, parts: members, note }) => [
        el("p", {}, `${sentence(geometry)} ${meaning}`),
        el("ul", {}, members.map((part) => el("li", {}, bdi(part.name), part.words.length > 0 && `: ${part.words.join("; ")}`, part.note && `. ${part.note}`))),
        note && el("p", {}, note),
      ]);
      return [
        el("h3", {}, words.drawn),
        el("p", {}, sentence(card.geometry)),
        card.location_note && el("p", {}, bdi(card.location_note)),
        groups.length > 0 && el("details", {}, el("summary", {}, words.parts), groups),
      ];
    }

    sources({ is }) {
      const { words } = this.given;
      const rows = is.sources.map((n) => {
        const source = this.source(n);
        return el("li", {}, link(source.url, bdi(source.title || words.title_unknown)), ", ", bdi(source.publisher), ", ", bdi(source.date), " ", this.small(source.read));
      });
      return el("details", {}, el("summary", {}, fillIn(words.sources, { n: rows.length })), el("ol", {}, rows));
    }
  }

  atlas.Evidence = Evidence;
})(window.geoAtlas);
