// The quiet base: land, water, relief and boundary hairlines, on canvases that take no clicks.
"use strict";

(function (atlas) {
  const HAIRLINE = 0.7; // a screen shows finer lines than print
  const PANES = { land: 200, relief: 210, water: 220, bands: 410, lines: 420, points: 620, names: 640 };

  class Basemap {
    constructor(map) {
      this.map = map;
      for (const [name, z] of Object.entries(PANES)) {
        const pane = map.createPane(name);
        pane.style.zIndex = z;
        pane.classList.add(`geo-pane-${name}`);
      }
      this.canvas = {};
      for (const pane of ["land", "water"]) {
        this.canvas[pane] = L.canvas({ pane, padding: 0.2 });
      }
      this.styled = []; // [layer, function that gives its style]
    }

    /** A color of the theme in use, as the style sheet names it. */
    color(name) {
      return getComputedStyle(this.map.getContainer()).getPropertyValue(`--geo-${name}`).trim();
    }

    add(pane, data, style) {
      const look = () => ({ interactive: false, renderer: this.canvas[pane], smoothFactor: 0.7, ...style() });
      const layer = L.geoJSON(data, { pane, interactive: false, style: look });
      this.styled.push([layer, style]);
      return layer.addTo(this.map);
    }

    /** Land, lakes and rivers. */
    draw(base) {
      const [west, south, east, north] = base.bounds;
      const ring = [[west, south], [east, south], [east, north], [west, north], [west, south]];
      const fill = (name) => () => ({ stroke: false, fillColor: this.color(name), fillOpacity: 1 });
      const kind = (wanted) => base.water.features.filter((one) => one.properties.kind === wanted);
      this.add("land", { type: "Polygon", coordinates: [ring] }, fill("sea"));
      this.add("land", base.land, fill("land"));
      this.add("water", { type: "FeatureCollection", features: kind("lake") }, fill("sea"));
      this.add("water", { type: "FeatureCollection", features: kind("river") }, () => ({
        color: this.color("river"),
        weight: 0.8,
      }));
    }

    /** Boundary lines of one worldview; they take the place of those drawn before. */
    boundaries(collection, symbols) {
      for (const layer of this.lines || []) {
        this.map.removeLayer(layer);
        this.styled = this.styled.filter(([one]) => one !== layer);
      }
      this.lines = [];
      for (const [name, symbol] of Object.entries(symbols)) {
        const features = collection.features.filter((one) => one.properties.class === name);
        const data = { type: "FeatureCollection", features };
        if (symbol.tint) {
          this.lines.push(this.add("water", data, () => ({ color: this.color("tint"), weight: 3 })));
        }
        const dashArray = symbol.dash.join(" ") || null;
        const style = () => ({ color: this.color("boundary"), weight: symbol.width * HAIRLINE, dashArray, lineCap: "butt" });
        this.lines.push(this.add("water", data, style));
      }
    }

    relief(url, [west, south, east, north]) {
      const bounds = [[south, west], [north, east]];
      L.imageOverlay(url, bounds, { pane: "relief", interactive: false, className: "geo-relief" }).addTo(this.map);
    }

    /** Take the colors of the theme again. */
    restyle() {
      for (const [layer, style] of this.styled) {
        layer.setStyle(style());
      }
    }
  }

  atlas.Basemap = Basemap;
})(window.geoAtlas);
