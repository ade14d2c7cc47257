// What is shown as a table, the equal of the map: every thing, with a place or without.
"use strict";

(function (atlas) {
  const { el, bdi, fillIn } = atlas;

  class Table {
    constructor(given, open) {
      Object.assign(this, { given, open, root: document.querySelector(".geo-table"), by: null, down: false });
    }

    /** Draw the rows of what is shown; `chosen` is the id of the thing that is chosen. */
    tell(shown, chosen) {
      Object.assign(this, { shown, chosen });
      const { words, columns } = this.given;
      const rows = this.sorted(shown.filter(([, { is }]) => is.thing));
      const head = el("tr", {}, columns.map(([name, label]) => this.heading(name, label)));
      const body = rows.map(([id, { row }]) =>
        el("tr", { "data-row": id, "aria-current": id === chosen && "true" }, columns.map(([name]) => this.cell(name, row[name], id)))
      );
      const table = el("table", {}, el("caption", {}, words.things), el("thead", {}, head), el("tbody", {}, body));
      this.root.replaceChildren(rows.length > 0 ? table : el("p", {}, words.no_things));
    }

    heading(name, label) {
      const on = this.by === name;
      const button = el("button", { type: "button", class: "geo-plain", title: fillIn(this.given.words.order_by, { column: label }) }, label);
      button.addEventListener("click", () => {
        Object.assign(this, { by: name, down: on && !this.down });
        this.tell(this.shown, this.chosen);
        this.root.querySelector(`[data-column="${name}"] button`).focus();
      });
      const order = on ? (this.down ? "descending" : "ascending") : null;
      return el("th", { scope: "col", "data-column": name, "aria-sort": order }, button);
    }

    cell(name, value, id) {
      if (name !== "name") {
        return el("td", {}, value && bdi(value));
      }
      const button = el("button", { type: "button", class: "geo-plain" }, bdi(value));
      button.addEventListener("click", () => this.open(id));
      return el("th", { scope: "row" }, button);
    }

    sorted(rows) {
      const { by, down, given } = this;
      if (!by) {
        return rows;
      }
      const compare = new Intl.Collator(given.lang, { numeric: true }).compare;
      const empty = ([, { row }]) => !row[by];
      const sorted = rows.filter((one) => !empty(one)).sort(([, a], [, b]) => compare(a.row[by], b.row[by]));
      return [...(down ? sorted.reverse() : sorted), ...rows.filter(empty)]; // what is unknown comes last
    }
  }

  atlas.Table = Table;
})(window.geoAtlas);
