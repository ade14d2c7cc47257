// Captions along diagrams: the caveat is part of the picture.
"use strict";

(function (atlas) {
  const SHARES = [0.5, 0.65, 0.35, 0.8, 0.2, 0.92, 0.08]; // of a line's free length before its caption
  const STEPS = 5; // from one point of a line to the next on its smooth way

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

  /** A smooth way through points (Catmull-Rom): close points, and how far along it each lies. */
  function smooth(points) {
    const at = (i) => points[Math.min(Math.max(i, 0), points.length - 1)];
    const way = [points[0]];
    for (let i = 0; i + 1 < points.length; i += 1) {
      const [before, start, end, after] = [at(i - 1), at(i), at(i + 1), at(i + 2)];
      const one = start.add(end.subtract(before).divideBy(6));
      const two = end.subtract(after.subtract(start).divideBy(6));
      for (let step = 1; step <= STEPS; step += 1) {
        const t = step / STEPS;
        const mix = (axis) =>
          (1 - t) ** 3 * start[axis] + 3 * t * (1 - t) ** 2 * one[axis] + 3 * t ** 2 * (1 - t) * two[axis] + t ** 3 * end[axis];
        way.push(L.point(mix("x"), mix("y")));
      }
    }
    const far = [0];
    way.slice(1).forEach((point, i) => far.push(far[i] + point.distanceTo(way[i])));
    return { way, far };
  }

  /** The point so far along a way; the browser's own getPointAtLength is a hundred times slower. */
  function along({ way, far }, length) {
    const next = far.findIndex((distance) => distance > length);
    const i = next < 0 ? way.length - 1 : Math.max(next, 1);
    const share = (length - far[i - 1]) / Math.max(far[i] - far[i - 1], 0.01);
    return way[i - 1].add(way[i].subtract(way[i - 1]).multiplyBy(share));
  }

  /** A caption that runs along a diagram's line wherever the line is in view. */
  class Caption {
    constructor(path, text, id) {
      this.words = text;
      this.latlngs = path[0].lng <= path[path.length - 1].lng ? path : [...path].reverse();
      // As long as any words, so that they can be measured before they are put anywhere.
      this.path = atlas.svg("path", { id: `geo-caption-${id}`, fill: "none", d: "M0 0H9999" });
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
      const words = this.length();
      const course = smooth(seen);
      const room = course.far[course.far.length - 1] - words * 1.1;
      if (room <= 0) {
        return [];
      }
      const tries = SHARES.flatMap((share) => [[share, 1], [share, -1]]);
      let best = null;
      for (const [share, side] of tries) {
        const start = words * 0.05 + room * share;
        const boxes = this.boxes(course, start, words, side);
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
      const write = (point) => `${(point.x + shift.x).toFixed(1)} ${(point.y + shift.y).toFixed(1)}`;
      this.path.setAttribute("d", `M${course.way.map(write).join("L")}`);
      this.text.style.visibility = "visible";
      this.text.setAttribute("dy", best.side > 0 ? -5 : 13);
      this.along.setAttribute("startOffset", best.middle);
      return best.boxes;
    }

    /** How long the words are, pixels: measured once they are on the page. */
    length() {
      this.measured = this.measured || this.text.getComputedTextLength();
      return this.measured;
    }

    /** Boxes of the letters above (side 1) or below (side -1) the line. */
    boxes(course, start, words, side) {
      return Array.from({ length: Math.ceil(words / 9) + 1 }, (_, i) => {
        const here = along(course, start + i * 9);
        const ahead = along(course, start + i * 9 + 2);
        const away = (9 * side) / Math.max(ahead.distanceTo(here), 0.01);
        const [x, y] = [here.x + (ahead.y - here.y) * away, here.y - (ahead.x - here.x) * away];
        return [x - 6, y - 6, x + 6, y + 6];
      });
    }
  }

  atlas.Caption = Caption;
})(window.geoAtlas);
