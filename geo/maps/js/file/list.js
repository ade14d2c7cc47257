// The list that is legend and switches at once, with the filters under it.
"use strict";

(function (atlas) {
  const { el, bdi, fillIn } = atlas;

  const picture = (src) => el("img", { src, alt: "" });

  class List {
    /**
     * @param given the page's words and choices
     * @param days what was known on each day
     * @param change called with members of the choice to change
     * @param open called with the id of a thing to open
     */
    constructor(given, days, change, open) {
      Object.assign(this, { given, days, change, open, boxes: [] });
      const { words } = given;
      this.rows = el("fieldset", { class: "geo-layers" }, el("legend", {}, el("h2", {}, words.layers)));
      for (const layer of given.layers) {
        this.rows.append(this.layer(layer));
      }
      this.count = el("p", { role: "status", class: "geo-count" });
      this.off = el("button", { type: "button", class: "geo-plain" });
      this.off.addEventListener("click", () => change(atlas.unfiltered({})));
      this.unplaced = el("details", { class: "geo-unplaced" });
      this.day = new atlas.Day(given, days, change);
      const key = given.key.map(([src, meaning]) => el("li", {}, picture(src), el("span", {}, meaning)));
      document.querySelector(".geo-list").append(
        this.rows,
        this.count,
        this.off,
        this.unplaced,
        this.day.root,
        this.filters(),
        el("h2", {}, words.key),
        el("ul", { class: "geo-key" }, key)
      );
    }

    layer({ id, title }) {
      const box = el("input", { type: "checkbox", "data-switch": id });
      const standing = el("span");
      const swatch = this.given.swatches[id];
      box.addEventListener("change", () => {
        const on = this.boxes.filter((one) => one.box.checked).map((one) => one.id);
        this.change({ layers: on });
      });
      this.boxes.push({ id, box, standing });
      return el("label", {}, box, swatch && picture(swatch), el("span", {}, el("b", {}, bdi(title)), standing));
    }

    filters() {
      const { given, change } = this;
      const { words } = given;
      this.terms = { status: [], evidence: [] };
      const group = (name, label, terms) =>
        el(
          "fieldset",
          {},
          el("legend", {}, label),
          terms.map(([value, text]) => {
            const box = el("input", { type: "checkbox", value, "data-term": name });
            box.addEventListener("change", () => {
              change({ [name]: this.terms[name].filter((one) => one.checked).map((one) => one.value) });
            });
            this.terms[name].push(box);
            return el("label", {}, box, el("span", {}, text));
          })
        );
      const sources = given.sources
        .map(({ publisher, date, title, used }, i) => [given.source_ids[i], `${publisher}, ${date}${title ? `: ${title}` : ""}`, used])
        .filter(([, , used]) => used)
        .sort((a, b) => a[1].localeCompare(b[1]));
      this.source = this.choose([["", words.any_source], ...sources], (value) => change({ source: value || null }));
      this.worldview = this.choose(given.worldviews, (value) => change({ worldview: value }));
      this.disagree = el("input", { type: "checkbox" });
      this.disagree.addEventListener("change", () => change({ disagree: this.disagree.checked }));
      const languages = Object.keys(given.languages).map((lang) => [lang, given.own_names[lang]]);
      this.lang = this.choose(languages, (value) => change({ lang: value }));
      return el(
        "details",
        { class: "geo-filters" },
        el("summary", {}, words.more_filters),
        group("status", words.status, given.statuses),
        group("evidence", words.evidence, given.evidence),
        el("label", { class: "geo-field" }, words.source, this.source),
        el("label", {}, this.disagree, el("span", {}, words.only_disagree)),
        el("label", { class: "geo-field" }, words.boundaries, this.worldview),
        languages.length > 1 && el("label", { class: "geo-field" }, words.language, this.lang)
      );
    }

    choose(pairs, onChange) {
      const box = el("select", {}, pairs.map(([value, words]) => el("option", { value }, words)));
      box.addEventListener("change", () => onChange(box.value));
      return box;
    }

    /** Show a choice, and what it shows. */
    tell(choice, shown) {
      const { given, days } = this;
      const { words } = given;
      const on = atlas.layersOf(choice, given);
      const known = days.known(choice.as_of);
      for (const { id, box, standing } of this.boxes) {
        box.checked = on.includes(id);
        const now = days.at(days.told.layers[id], choice.as_of);
        const things = known.some(([one]) => given.layer_of[one] === id);
        const told = things ? now && now.words : words.not_yet;
        standing.textContent = told ? ` · ${told}` : "";
      }
      for (const [name, boxes] of Object.entries(this.terms)) {
        boxes.forEach((box) => {
          box.checked = choice[name].includes(box.value);
        });
      }
      this.source.value = choice.source || "";
      this.worldview.value = choice.worldview;
      this.disagree.checked = choice.disagree;
      this.lang.value = choice.lang;
      this.day.tell(choice.as_of);
      const things = shown.filter(([, { is }]) => is.thing);
      const unplaced = things.filter(([, { is }]) => !is.placed);
      this.count.textContent = this.counted(things.length, unplaced.length);
      const filters = atlas.filtersOf(choice);
      this.off.hidden = filters === 0;
      this.off.textContent = fillIn(words.take_off, { n: filters });
      this.listUnplaced(unplaced);
    }

    counted(n, without) {
      const { words } = this.given;
      if (n === 0) {
        return words.nothing_shown;
      }
      const shown = fillIn(n === 1 ? words.one_shown : words.many_shown, { n });
      return without ? `${shown}, ${fillIn(words.without_place, { n: without })}` : shown;
    }

    listUnplaced(pairs) {
      const rows = pairs.map(([id, { card }]) => {
        const row = el("button", { type: "button", class: "geo-plain", "data-open": id }, bdi(card.name));
        row.addEventListener("click", () => this.open(id));
        return row;
      });
      this.unplaced.hidden = rows.length === 0;
      const title = fillIn(this.given.words.without_place_title, { n: rows.length });
      this.unplaced.replaceChildren(el("summary", {}, title), ...rows);
    }
  }

  atlas.List = List;
})(window.geoAtlas);
