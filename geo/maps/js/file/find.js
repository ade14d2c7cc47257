// Search by any name in any of the three scripts, as geo/search.py does it.
"use strict";

(function (atlas) {
  const { el, bdi } = atlas;
  const SHOWN = 8;
  const LETTERS = { ي: "ی", ى: "ی", ك: "ک", ه: "ہ", ة: "ہ", ۃ: "ہ", "-": " ", "–": " " };

  /** Reduce a text to what a search compares: no case, no accents, one form of each letter. */
  atlas.fold = function (text) {
    const decomposed = [...text.normalize("NFKD")].map((letter) => LETTERS[letter] || letter).join("");
    return decomposed.replace(/\p{M}/gu, "").toLowerCase().split(/\s+/u).filter(Boolean).join(" ");
  };

  function rank(name, wanted) {
    const folded = atlas.fold(name);
    const length = [...folded].length;
    if (folded.startsWith(wanted)) {
      return [0, length];
    }
    if (folded.includes(wanted)) {
      return [1, length];
    }
    return wanted.split(" ").every((word) => folded.includes(word)) ? [2, length] : null;
  }

  const before = (a, b) => a[0] - b[0] || a[1] - b[1];

  /** Ids of the things that have a name, best first. */
  atlas.search = function (names, words) {
    const wanted = atlas.fold(words);
    if (!wanted) {
      return [];
    }
    const ranked = [];
    for (const [id, all] of Object.entries(names)) {
      const ranks = all.map((name) => rank(name, wanted)).filter(Boolean);
      if (ranks.length > 0) {
        ranked.push([id, ranks.sort(before)[0]]);
      }
    }
    return ranked.sort((a, b) => before(a[1], b[1])).map(([id]) => id);
  };

  /** The search box with what it finds. */
  class Find {
    /**
     * @param given the page's words and names
     * @param describe gives the second half of a line for an id
     * @param onChange called with the words
     * @param onTake called with the id of a result
     * @param beyond gives what else holds the words: [id, name, second half of a line]
     */
    constructor(given, describe, onChange, onTake, beyond) {
      Object.assign(this, { given, describe, onTake, beyond });
      const { words } = given;
      this.box = el("input", { type: "search", "aria-label": words.search, placeholder: words.search, maxlength: 100, autocomplete: "off" });
      this.found = el("div", { class: "geo-found", role: "group", "aria-label": words.search });
      this.said = el("p", { role: "status", class: "geo-said" });
      this.box.addEventListener("input", () => {
        onChange(this.box.value);
        this.draw();
      });
      const root = document.querySelector(".geo-search");
      root.append(this.box, this.said, this.found);
      root.addEventListener("keydown", (event) => this.step(event));
      root.addEventListener("focusout", (event) => root.contains(event.relatedTarget) || this.shut());
      this.box.addEventListener("focus", () => this.draw());
    }

    shut() {
      this.found.replaceChildren();
      this.said.textContent = "";
    }

    /** Arrow keys go through the results, Escape closes them. */
    step(event) {
      const stops = [this.box, ...this.found.querySelectorAll("button")];
      const at = stops.indexOf(document.activeElement);
      const to = { ArrowDown: at + 1, ArrowUp: at - 1 }[event.key];
      if (event.key === "Escape") {
        this.box.focus();
        this.shut();
      } else if (to !== undefined && stops[to]) {
        stops[to].focus();
        event.preventDefault();
      }
    }

    draw() {
      const { words, names } = this.given;
      const ids = atlas.search(names, this.box.value);
      const more = ids.length - SHOWN;
      const ours = ids.slice(0, SHOWN).map((id) => [id, names[id][0], this.describe(id)]);
      const rows = [...ours, ...this.beyond(this.box.value)].map(([id, name, rest]) => {
        const row = el("button", { type: "button", "data-found": id }, el("b", {}, bdi(name)), " · ", bdi(rest));
        row.addEventListener("click", () => {
          this.shut();
          this.onTake(id);
        });
        return row;
      });
      const none = this.box.value.trim() && rows.length === 0;
      this.said.textContent = none ? words.found_none : more > 0 ? atlas.fillIn(words.found_more, { n: more }) : "";
      this.found.replaceChildren(...rows);
    }
  }

  atlas.Find = Find;
})(window.geoAtlas);
