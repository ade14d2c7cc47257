// Captions along diagrams: the caveat is part of the picture.
"use strict";

(function (atlas) {
  const SHARES = [0.5, 0.65, 0.35, 0.8, 0.2, 0.92, 0.08]; // of a line's free length before its caption

  const overlap = (a, b) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];

  /** The longest stretch of points in view. */
  function inView(points, view) {
    let best = [];
    let run = [];
    for (const point of [...points, null]) {
      if (point && point.x > 0 && point.y > 0 && point.x < view.x && point.y < view.y) {
        run.push(point);
      } else {
        best = run.length > best.length ? run : best;
        run = [];
      }
    }
    return best;
  }

  /** A smooth path through points (Catmull-Rom), on which letters keep their distances. */
  function smooth(points) {
    const at = (i) => points[Math.min(Math.max(i, 0), points.length - 1)];
    const write = (x, y) => `${x.toFixed(1)} ${y.toFixed(1)}`;
    const steps = points.slice(1).map((end, i) => {
      const [before, start, after] = [at(i - 1), at(i), at(i + 2)];
      const one = write(start.x + (end.x - before.x) / 6, start.y + (end.y - before.y) / 6);
      const two = write(end.x - (after.x - start.x) / 6, end.y - (after.y - start.y) / 6);
      return `C${one} ${two} ${write(end.x, end.y)}`;
    });
    return `M${write(points[0].x, points[0].y)}${steps.join("")}`;
  }

  /** A caption that runs along a diagram's line wherever the line is in view. */
  class Caption {
    constructor(path, text, id) {
      this.words = text;
      this.latlngs = path[0].lng <= path[path.length - 1].lng ? path : [...path].reverse();
      this.path = atlas.svg("path", { id: `geo-caption-${id}`, fill: "none" });
      this.along = atlas.svg("textPath", { href: `#geo-caption-${id}` }, text);
      this.text = atlas.svg("text", { class: "geo-caption", dy: "-5" }, this.along);
    }

    /** Put it into the group of an SVG renderer. */
    add(group) {
      group.append(this.path, this.text);
    }

    remove() {
      this.path.remove();
      this.text.remove();
    }

    /**
     * Put the words where they lie on nothing, and hide them where the line in view is too short.
     *
     * Where they would lie on others and the same words stand elsewhere already (`said`), that is
     * enough. Gives the boxes they take.
     */
    fit(map, view, taken, said) {
      const origin = map.getPixelOrigin();
      const shift = map.containerPointToLayerPoint([0, 0]);
      const points = this.latlngs.map((at) => map.project(at).subtract(origin).subtract(shift));
      const seen = inView(points, view);
      this.text.style.visibility = "hidden";
      if (seen.length < 2) {
        return [];
      }
      this.path.setAttribute("d", smooth(seen.map((point) => point.add(shift))));
      const words = this.text.getComputedTextLength();
      const room = this.path.getTotalLength() - words * 1.1;
      if (room <= 0) {
        return [];
      }
      const tries = SHARES.flatMap((share) => [[share, 1], [share, -1]]);
      let best = null;
      for (const [share, side] of tries) {
        const start = words * 0.05 + room * share;
        const boxes = this.boxes(start, words, side).map(([x, y]) => {
          const at = [x - shift.x, y - shift.y];
          return [at[0] - 6, at[1] - 6, at[0] + 6, at[1] + 6];
        });
        const met = boxes.filter((box) => taken.some((other) => overlap(box, other))).length;
        if (!best || met < best.met) {
          best = { boxes, met, side, middle: start + words / 2 };
        }
        if (met === 0) {
          break;
        }
      }
      if (said && best.met > 0) {
        return [];
      }
      this.text.style.visibility = "visible";
      this.text.setAttribute("dy", best.side > 0 ? -5 : 13);
      this.along.setAttribute("startOffset", best.middle);
      return best.boxes;
    }

    /** Middles of the letters above (side 1) or below (side -1) the line. */
    boxes(start, words, side) {
      return Array.from({ length: Math.ceil(words / 9) + 1 }, (_, i) => {
        const here = this.path.getPointAtLength(start + i * 9);
        const ahead = this.path.getPointAtLength(start + i * 9 + 2);
        const away = (9 * side) / Math.max(Math.hypot(ahead.x - here.x, ahead.y - here.y), 0.01);
        return [here.x + (ahead.y - here.y) * away, here.y - (ahead.x - here.x) * away];
      });
    }
  }

  atlas.Caption = Caption;
})(window.geoAtlas);
