// Draws features from the symbols Python chose (geo/symbology.py); no look is decided here.
"use strict";

(function (atlas) {
  const SIZE = 26; // of a point's picture, pixels
  const SPECK = 16; // of a waypoint's
  const HIT = 16; // width of the stripe along a line that takes clicks, pixels
  const LEAD = 500; // by how much what stands for a layer lies above its neighbors
  const { bowed, openEnded, lines, middleOf, Echo } = atlas.courses;

  /** Corner points of a shape around 0/0 with radius r, as an SVG path. */
  function outline(shape, r) {
    const ring = (n, turn, radius) =>
      Array.from({ length: n }, (_, i) => {
        const angle = turn + (2 * Math.PI * i) / n;
        const away = typeof radius === "function" ? radius(i) : radius;
        return [away * Math.sin(angle), -away * Math.cos(angle)];
      });
    const path = (points) => "M" + points.map((p) => p.map((x) => x.toFixed(2)).join(" ")).join("L") + "Z";
    switch (shape) {
      case "square":
        return path(ring(4, Math.PI / 4, r * 1.2));
      case "diamond":
        return path(ring(4, 0, r * 1.22));
      case "triangle":
        return path(ring(3, 0, r * 1.25));
      case "pentagon":
        return path(ring(5, 0, r * 1.12));
      case "hexagon":
        return path(ring(6, 0, r * 1.12));
      case "star":
        return path(ring(10, 0, (i) => (i % 2 ? r * 0.62 : r * 1.3)));
      case "plus":
        return path([
          [-r / 2.4, -r], [r / 2.4, -r], [r / 2.4, -r / 2.4], [r, -r / 2.4], [r, r / 2.4], [r / 2.4, r / 2.4],
          [r / 2.4, r], [-r / 2.4, r], [-r / 2.4, r / 2.4], [-r, r / 2.4], [-r, -r / 2.4], [-r / 2.4, -r / 2.4],
        ]);
      case "arrow":
        return path([[-r, -r / 2], [0, -r / 2], [0, -r], [r, 0], [0, r], [0, r / 2], [-r, r / 2]]);
      case "bar":
        return path([[-r, -r / 1.8], [r, -r / 1.8], [r, r / 1.8], [-r, r / 1.8]]);
      default:
        return path(ring(28, 0, r));
    }
  }

  /** Picture of a point: shape is kind, ring is status, white middle is one article alone. */
  function pointPicture(symbol) {
    const pattern = symbol.pattern || {};
    const small = symbol.shape === "dot";
    const r = small ? 3.2 : 8;
    const d = outline(symbol.shape, r);
    const fillShare = pattern.fill || 0;
    const ring = {
      d,
      fill: "none",
      stroke: symbol.hue,
      "stroke-width": pattern.double ? 1.1 : 2.2,
      "stroke-linecap": pattern.dots ? "round" : "butt",
      "stroke-dasharray": (pattern.dash || []).map((x) => x / 2.2).join(" ") || null,
    };
    const parts = [
      atlas.svg("path", { d, class: "geo-halo" }),
      atlas.svg("path", { d, class: "geo-paper" }),
    ];
    if (fillShare > 0) {
      // The lower part is filled, so that half in service looks half full.
      const inside = `inset(${((1 - fillShare) * 100).toFixed(0)}% -20% -20% -20%)`;
      parts.push(atlas.svg("path", { d, fill: symbol.hue, style: `clip-path:${inside}` }));
    }
    parts.push(atlas.svg("path", ring));
    if (pattern.double) {
      parts.push(atlas.svg("path", { ...ring, d: outline(symbol.shape, r * 0.62) }));
    } else if (!small && symbol.core && fillShare > 0) {
      parts.push(atlas.svg("circle", { r: 2.7, fill: "#fff" }));
    } else if (!small && !symbol.core && fillShare === 0) {
      parts.push(atlas.svg("circle", { r: 2.7, fill: symbol.hue }));
    }
    const size = small ? SPECK : SIZE;
    const box = `${-size / 2} ${-size / 2} ${size} ${size}`;
    return atlas.svg("svg", { viewBox: box, width: size, height: size, "aria-hidden": "true" }, parts);
  }

  /**
   * What is drawn for one feature: its layers, and how it answers to hover, choice and zoom.
   */
  class Drawing {
    constructor(feature, onChoose) {
      this.feature = feature;
      this.symbol = feature.symbol;
      this.pattern = this.symbol.pattern || {};
      this.group = L.layerGroup();
      this.strokes = []; // [layer, pixels it is wider than the symbol's width]
      const type = feature.geometry.type;
      if (type.endsWith("Point")) {
        this.drawPoints(onChoose);
      } else if (type.endsWith("LineString")) {
        this.drawLines(onChoose);
      } else {
        this.drawAreas(onChoose);
      }
    }

    drawPoints(onChoose) {
      const { geometry, accuracy_m: radius, name } = this.feature;
      const positions = geometry.type === "Point" ? [geometry.coordinates] : geometry.coordinates;
      for (const latlng of L.GeoJSON.coordsToLatLngs(positions, 0)) {
        if (radius) {
          const look = { pane: "bands", radius, color: this.symbol.hue, className: "geo-band", interactive: false };
          this.group.addLayer(L.circle(latlng, look));
        }
        const small = this.symbol.shape === "dot";
        const icon = L.divIcon({
          html: pointPicture(this.symbol),
          className: "geo-point" + (small ? " geo-point-small" : ""),
          iconSize: small ? [SPECK, SPECK] : [SIZE, SIZE],
        });
        const marker = L.marker(latlng, { icon, keyboard: false, pane: "points", zIndexOffset: small ? -500 : this.feature.leads ? LEAD : 0 });
        marker.on("add", () => this.answer(marker.getElement(), onChoose, !small, latlng));
        marker.on("click", () => onChoose(this.feature, latlng));
        this.marker = marker;
        this.group.addLayer(marker);
        this.anchor = this.anchor || latlng;
      }
      this.named = name;
    }

    drawLines(onChoose) {
      const schematic = Boolean(this.symbol.schematic);
      this.paths = lines(this.feature.geometry).map((latlngs) =>
        schematic ? openEnded(bowed(latlngs)) : latlngs
      );
      this.anchor = middleOf(this.paths[0]);
      const width = (this.pattern.width || 2) * (schematic ? 0.8 : 1);
      const { hue } = this.symbol;
      const dash = (this.pattern.dash || []).join(" ") || null;
      const cap = this.pattern.dots ? "round" : "butt";
      if (this.feature.accuracy_m && !schematic) {
        const look = { pane: "bands", className: "geo-band", color: hue, weight: 1, lineJoin: "round", interactive: false };
        this.band = L.polyline(this.paths, look);
        this.group.addLayer(this.band);
      }
      if (!schematic) {
        this.add({ className: "geo-casing", weight: width }, 3);
      }
      this.add({ className: "geo-stroke", color: hue, weight: width, dashArray: dash, lineCap: cap }, 0);
      if (this.pattern.double || this.symbol.core) {
        const core = this.pattern.double ? width - 2.4 : Math.max(width * 0.28, 0.9);
        const className = this.pattern.double ? "geo-gap" : "geo-core";
        this.add({ className, color: "#fff", weight: core, dashArray: dash, lineCap: cap }, core - width);
      }
      const hit = this.stroke({ className: "geo-hit", weight: HIT, opacity: 0, interactive: true });
      hit.on("click", (event) => onChoose(this.feature, event.latlng));
      hit.on("add", () => this.answer(hit.getElement(), onChoose, !this.feature.behind, this.anchor));
      this.hit = hit;
      this.width = width;
    }

    drawAreas(onChoose) {
      const area = L.geoJSON(this.feature.geometry, {
        pane: "lines",
        style: {
          className: "geo-area",
          color: this.symbol.hue,
          weight: 2,
          fillOpacity: 0.16,
          dashArray: (this.pattern.dash || []).join(" ") || null,
        },
      });
      this.anchor = area.getBounds().getCenter();
      area.eachLayer((layer) => {
        layer.on("click", (event) => onChoose(this.feature, event.latlng));
        layer.on("add", () => this.answer(layer.getElement(), onChoose, true, this.anchor));
      });
      this.group.addLayer(area);
      this.areas = area.getLayers();
    }

    /** The element of a line that takes clicks. */
    element() {
      return this.hit.getElement();
    }

    /** The elements that take clicks and keys. */
    stops() {
      const clickable = this.hit ? [this.hit] : this.marker ? [this.marker] : this.areas;
      return clickable.map((layer) => layer.getElement()).filter(Boolean);
    }

    bounds() {
      return this.paths ? L.latLngBounds(this.paths.flat()) : L.latLngBounds([this.anchor, this.anchor]);
    }

    stroke(look) {
      const options = { pane: "lines", interactive: false, lineJoin: "round", ...look };
      const layer = this.course ? new Echo(this.course, options) : L.polyline(this.paths, options);
      this.course = this.course || layer;
      this.group.addLayer(layer);
      return layer;
    }

    add(look, extra) {
      this.strokes.push([this.stroke({ lineCap: "butt", ...look }), extra]);
    }

    /** Let an element be hovered, reached by Tab and opened by Enter. */
    answer(element, onChoose, reachable, at) {
      element.setAttribute("role", "button");
      element.setAttribute("aria-label", this.feature.label || this.feature.name);
      element.dataset.feature = this.feature.id;
      element.dataset.layer = this.feature.layer;
      if (reachable) {
        element.setAttribute("tabindex", "0");
      }
      if (element.dataset.answers) {
        return;
      }
      element.dataset.answers = "yes";
      element.addEventListener("keydown", (event) => {
        if (event.key === "Enter" || event.key === " ") {
          event.preventDefault();
          event.stopPropagation();
          onChoose(this.feature, at, element);
        }
      });
      for (const [name, on] of [["mouseenter", true], ["mouseleave", false], ["focus", true], ["blur", false]]) {
        const byKey = () => name === "focus" && element.matches(":focus-visible");
        element.addEventListener(name, () => this.onHover && this.onHover(this.feature, on, byKey()));
      }
    }

    /** Say in words what it stands for. */
    label(words) {
      this.feature.label = words;
      this.stops().forEach((element) => element.setAttribute("aria-label", words));
    }

    hover(on, byKey) {
      for (const [layer, extra] of this.strokes) {
        layer.setStyle({ weight: Math.max(this.width + extra + (on ? 1.6 : 0), 0.5) });
      }
      this.mark("is-hovered", on);
      this.mark("is-focused", byKey);
    }

    choose(on) {
      this.mark("is-chosen", on);
    }

    mark(name, on) {
      if (this.marker && this.marker.getElement()) {
        this.marker.getElement().classList.toggle(name, on);
      }
      if (on && this.paths && !this.glow && name !== "is-hovered") {
        this.glow = this.stroke({ className: "geo-glow", color: this.symbol.hue, weight: this.width + 11 }).bringToBack();
      }
      if (this.glow && this.glow.getElement()) {
        this.glow.getElement().classList.toggle(name, on);
      }
    }

    /** The band is as wide as the likely error on the ground. */
    zoomed(map) {
      if (this.band) {
        const perMeter = map.options.crs.scale(map.getZoom()) / (40075016.7 * Math.cos((this.anchor.lat * Math.PI) / 180));
        this.band.setStyle({ weight: Math.max(2 * this.feature.accuracy_m * perMeter, 0.1) });
      }
    }
  }

  atlas.Drawing = Drawing;
  atlas.pointPicture = pointPicture;
})(window.geoAtlas);
