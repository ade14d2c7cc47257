// Names that never lie on each other, and chips for ends out of view.
"use strict";

(function (atlas) {
  const SIDES = {
    right: (w, h, gap) => [gap, -h / 2],
    left: (w, h, gap) => [-w - gap, -h / 2],
    above: (w, h, gap) => [-w / 2, -h - gap],
    below: (w, h, gap) => [-w / 2, gap],
    center: (w, h) => [-w / 2, -h / 2],
  };
  const ARROWS = ["→", "↘", "↓", "↙", "←", "↖", "↑", "↗"];
  const FIRST = 1; // names of a lower rank are those of layers
  const SHY = 28; // that a diagram's name keeps from a real line, pixels
  const MARGIN = 6; // between a chip and the edge of the map, pixels

  const overlap = (a, b) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];

  class Labels {
    /**
     * @param map the Leaflet map
     * @param margins what stands at its edges, which no name may cover
     */
    constructor(map, margins) {
      Object.assign(this, { map, margins });
      this.pane = map.getPane("names");
      this.pane.classList.add("leaflet-zoom-hide");
      this.chipBox = atlas.el("div", { class: "geo-chips leaflet-zoom-hide" });
      this.pane.before(this.chipBox);
      this.sizes = new Map();
      this.candidates = [];
      this.ends = []; // {text, named, path, hue, choose}: `named` ends have a name in view already
      this.symbols = []; // [latlng, half size]
      this.courses = [];
      this.diagrams = [];
      this.captions = [];
      map.on("moveend resize", () => this.draw()); // a zoom ends in a moveend too
      map.on("movestart", () => this.chipBox.classList.add("is-moving"));
    }

    /** Take new candidates; each is {at, text, lang, look, rank, sides, gap, zoom, diagram, caveat, choose}. */
    set({ candidates, captions, ends, symbols, courses, diagrams }) {
      this.candidates = [...candidates].sort((a, b) => a.rank - b.rank);
      this.captions = captions;
      this.ends = ends;
      this.symbols = symbols;
      this.courses = courses;
      this.diagrams = diagrams;
      this.draw();
    }

    element(candidate) {
      if (!candidate.element) {
        const caveat = candidate.caveat && atlas.el("span", { class: "geo-caveat" }, candidate.caveat);
        const name = atlas.bdi(candidate.text, candidate.lang);
        const node = atlas.el("div", { class: `geo-name ${candidate.look}` }, name, caveat);
        if (candidate.choose) {
          node.classList.add("geo-name-live");
          node.addEventListener("click", candidate.choose);
        }
        candidate.element = node;
      }
      return candidate.element;
    }

    /** Measure names that were not measured yet, all at once: each alone would lay out the page anew. */
    measure(candidates) {
      const fresh = candidates.filter((one) => !this.sizes.has(this.key(one)));
      this.pane.append(...fresh.map((one) => this.element(one)));
      fresh.forEach((one) => this.sizes.set(this.key(one), [one.element.offsetWidth, one.element.offsetHeight]));
      this.pane.replaceChildren();
    }

    /** The size of a chip: the same words are as large each time. */
    size(chip) {
      const words = chip.textContent;
      if (!this.sizes.has(words)) {
        this.sizes.set(words, [chip.offsetWidth, chip.offsetHeight]);
      }
      return this.sizes.get(words);
    }

    key({ look, text, caveat }) {
      return [look, text, caveat].join("|");
    }

    draw() {
      const { map } = this;
      if (!map._loaded) {
        return;
      }
      const view = map.getSize();
      const floor = view.y - this.margins.foot();
      const zoom = map.getZoom();
      const due = this.candidates.filter(({ zoom: [from, to] }) => zoom >= from && zoom < to);
      this.measure(due);
      this.taken = this.symbols.map(([at, half]) => {
        const p = map.latLngToContainerPoint(at);
        return [p.x - half, p.y - half, p.x + half, p.y + half];
      });
      this.taken.push(...this.margins.taken(view.x));
      this.placed = [];
      const points = (paths) => paths.flatMap((path) => path.map((at) => map.latLngToContainerPoint(at)));
      this.real = points(this.courses);
      this.samples = [...this.real, ...points(this.diagrams)];
      this.drawChips(view, floor);
      // Names of what the map is about come first, then the caveats, then all other names.
      const placed = due.filter((one) => one.rank < FIRST && this.place(one, view, floor));
      this.drawCaptions(view, floor, new Set(placed.map(({ caveat }) => caveat)));
      due.filter(({ rank }) => rank >= FIRST).forEach((one) => this.place(one, view, floor));
    }

    /** Put captions along diagrams; `said` are the caveats that stand with names already. */
    drawCaptions(view, floor, said) {
      const specks = this.real.map(({ x, y }) => [x - 3, y - 3, x + 3, y + 3]);
      for (const caption of this.captions) {
        const room = L.point(view.x, floor);
        const boxes = caption.fit(this.map, room, [...this.taken, ...specks], said.has(caption.words));
        if (boxes.length > 0) {
          said.add(caption.words);
        }
        this.taken.push(...boxes);
      }
    }

    /** Put a name at its best free place, or nowhere; gives whether it has one. */
    place(candidate, view, floor) {
      const [w, h] = this.sizes.get(this.key(candidate));
      let best = null;
      for (const at of [].concat(candidate.at)) {
        const p = this.map.latLngToContainerPoint(at);
        if (this.doubles(candidate.text, p)) {
          return false;
        }
        for (const side of candidate.sides) {
          const [dx, dy] = SIDES[side](w, h, candidate.gap);
          const box = [p.x + dx, p.y + dy, p.x + dx + w, p.y + dy + h];
          const inside = box[0] > 2 && box[1] > 2 && box[2] < view.x - 2 && box[3] < floor;
          if (!inside || this.taken.some((other) => overlap(box, other))) {
            continue;
          }
          // The name of a diagram keeps away from lines that are real, lest it name them.
          const shy = candidate.diagram ? this.within(box, this.real, SHY) * 3 : 0;
          const crossed = this.within(box, this.samples, 0) + shy;
          if (!best || crossed < best.crossed) {
            best = { box, crossed, p };
          }
        }
        if (best && best.crossed === 0) {
          break;
        }
      }
      if (!best) {
        return false;
      }
      this.taken.push(best.box);
      this.placed.push([candidate.text, best.p]);
      const node = this.element(candidate);
      const corner = this.map.containerPointToLayerPoint([best.box[0], best.box[1]]);
      L.DomUtil.setPosition(node, corner.round());
      this.pane.append(node);
      return true;
    }

    /** How many points lie in a box, or as near to it. */
    within([left, top, right, bottom], points, near) {
      const inside = ({ x, y }) => x > left - near && x < right + near && y > top - near && y < bottom + near;
      return points.filter(inside).length;
    }

    /** Whether the same name stands there already: a town and the zone named after it. */
    doubles(text, p) {
      return this.placed.some(
        ([other, at]) => (other === text || other.startsWith(`${text} `)) && at.distanceTo(p) < 90
      );
    }

    /** A chip at the edge for each diagram that leads out of view, a name where it ends in view. */
    drawChips(view, floor) {
      this.chipBox.classList.remove("is-moving");
      this.chipBox.replaceChildren();
      const inside = (p) => p.x > 0 && p.y > 0 && p.x < view.x && p.y < floor;
      for (const { text, named, path, hue, choose } of this.ends) {
        const points = path.map((at) => this.map.latLngToContainerPoint(at));
        const end = points[points.length - 1];
        const last = points.map(inside).lastIndexOf(true);
        const out = !inside(end);
        if (last < 0 || (named && !out)) {
          continue;
        }
        const at = out ? points[last] : end;
        const angle = Math.atan2(end.y - at.y, end.x - at.x);
        const arrow = out ? `${ARROWS[Math.round((angle / Math.PI) * 4 + 8) % 8]} ` : "";
        const chip = atlas.el("button", { class: "geo-chip", type: "button", tabindex: "-1" }, arrow, atlas.bdi(text));
        chip.style.setProperty("--hue", hue);
        chip.addEventListener("click", choose);
        this.chipBox.append(chip);
        const [w, h] = this.size(chip);
        let [x, y] = out ? this.edge(points[last], points[last + 1], view, floor) : [at.x, at.y];
        x = Math.min(Math.max(x - w / 2, MARGIN), view.x - w - MARGIN);
        y = Math.min(Math.max(y - h / 2, this.margins.roof() + MARGIN), floor - h - MARGIN);
        const place = this.free(x, y, w, h, view);
        if (!place) {
          chip.remove();
          continue;
        }
        [x, y] = place;
        L.DomUtil.setPosition(chip, this.map.containerPointToLayerPoint([x, y]).round());
        this.taken.push([x, y, x + w, y + h]);
      }
    }

    /** Where the step from a point in view to one out of view leaves it. */
    edge(a, b, view, floor) {
      const share = Math.min(
        b.x > view.x ? (view.x - a.x) / (b.x - a.x) : b.x < 0 ? a.x / (a.x - b.x) : 1,
        b.y > floor ? (floor - a.y) / (b.y - a.y) : b.y < 0 ? a.y / (a.y - b.y) : 1
      );
      return [a.x + (b.x - a.x) * share, a.y + (b.y - a.y) * share];
    }

    /** Move a chip until it lies on nothing: along the edge it is at, else a little any way, else null. */
    free(x, y, w, h, view) {
      const top = this.margins.roof() + MARGIN;
      const across = y <= top + 1;
      const along = !across && (x <= MARGIN + 1 || x + w >= view.x - MARGIN - 1);
      const steps = [0, 1, -1, 2, -2, 3, -3, 4, -4].flatMap((i) => {
        const aside = [i * (w + 4) * 0.5, 0];
        const level = [0, i * (h + 3)];
        return across ? [aside] : along ? [level] : [level, aside];
      });
      for (const [dx, dy] of steps) {
        const box = [x + dx, y + dy, x + dx + w, y + dy + h];
        const inside = box[0] >= MARGIN && box[2] <= view.x - MARGIN && box[1] >= top;
        if (inside && !this.taken.some((other) => overlap(box, other))) {
          return [box[0], box[1]];
        }
      }
      return null;
    }
  }

  atlas.Labels = Labels;
})(window.geoAtlas);
