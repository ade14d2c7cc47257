// The map in its frame: how large, how dark, and where it looks, which the page's address keeps.
"use strict";

(function (atlas) {
  /** Below this width the card is a sheet at the foot, and one finger scrolls the page. */
  atlas.NARROW = 520;

  function luminance(color) {
    const probe = document.createElement("canvas").getContext("2d");
    probe.fillStyle = color;
    const [r, g, b] = [1, 3, 5].map((i) => parseInt(probe.fillStyle.slice(i, i + 2), 16) / 255);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  }

  /**
   * Be dark or light as the page around is: Streamlit tells its frames by a style rule.
   *
   * Gives whether that is a change.
   */
  atlas.takeTheme = function () {
    const framed = window.parent !== window; // asking for a style costs a layout
    const told = framed && getComputedStyle(document.documentElement).getPropertyValue("--background-color").trim();
    const dark = told ? luminance(told) < 0.4 : window.matchMedia("(prefers-color-scheme: dark)").matches;
    const before = document.documentElement.dataset.theme;
    document.documentElement.dataset.theme = dark ? "dark" : "light";
    return document.documentElement.dataset.theme !== before;
  };

  /** Say in what language map and page are, for their looks and for whoever has them read aloud. */
  atlas.speak = function (lang) {
    for (const root of new Set([document.documentElement, window.parent.document.documentElement])) {
      root.lang = lang;
    }
  };

  /** Folium's page forbids a reader to enlarge it. */
  function allowZoom() {
    for (const viewport of document.querySelectorAll("meta[name=viewport]")) {
      viewport.content = "width=device-width, initial-scale=1";
    }
  }

  class Frame {
    /**
     * @param map the Leaflet map
     * @param home the first extent: west, south, east, north
     * @param alone whether no page stands around the map
     */
    constructor(map, home, alone) {
      Object.assign(this, { map, home, alone, placing: false, moved: false, held: false });
      map.on("dragend zoomend", () => {
        this.moved = this.moved || !this.placing;
      });
      map.on("moveend", () => this.remember());
      allowZoom();
      new ResizeObserver(() => this.resized()).observe(map.getContainer());
    }

    /** An observer tells of the first size too, which may have been seen already. */
    resized() {
      const { clientWidth, clientHeight } = this.map.getContainer();
      if (!this.map.getSize().equals([clientWidth, clientHeight])) {
        this.fit();
      }
    }

    fit() {
      this.map.invalidateSize({ pan: false });
      const narrow = this.map.getSize().x < atlas.NARROW;
      this.map.getContainer().classList.toggle("geo-narrow", narrow);
      // On a phone one finger scrolls the page and two move the map.
      const touch = narrow && window.matchMedia("(pointer: coarse)").matches;
      this.map.dragging[touch ? "disable" : "enable"]();
      if (!this.moved && !this.held) {
        this.place();
      }
    }

    /** Stay where the map is, whatever becomes of the frame. */
    hold() {
      this.held = true;
    }

    /** Go to where the link says, else to the first extent. */
    place() {
      const [west, south, east, north] = this.home;
      const at = this.readAt();
      this.placing = true;
      if (at) {
        this.map.setView([at[2], at[1]], at[0], { animate: false });
        this.moved = true;
      } else {
        const [top, bottom] = this.covered();
        const free = { paddingTopLeft: [0, top], paddingBottomRight: [0, bottom] };
        this.map.fitBounds([[south, west], [north, east]], { animate: false, ...free });
      }
      this.placing = false;
    }

    /** What chips take at the top and the note at the foot, pixels. */
    covered() {
      const part = (selector) => this.map.getContainer().querySelector(selector);
      const [quick, note] = [part(".geo-quick"), part(".geo-note")];
      return [quick ? quick.offsetHeight : 0, note ? note.offsetHeight : 0];
    }

    get outer() {
      return this.alone ? window : window.parent;
    }

    /** Call back at Escape in the map, and in a part of the page around it. */
    onEscape(selector, callback) {
      const heard = (event) => {
        if (event.key === "Escape" && !event.defaultPrevented) {
          callback();
        }
      };
      this.map.getContainer().addEventListener("keydown", heard);
      try {
        const { document: around } = this.outer;
        const inPart = (event) => event.target.closest(selector) && heard(event);
        around.addEventListener("keydown", inPart);
        window.addEventListener("pagehide", () => around.removeEventListener("keydown", inPart));
      } catch {
        // See readAt().
      }
    }

    /** Bring a part of the page around into view, as soon as it is there, and the focus into it. */
    goTo(selector, tries = 20) {
      const part = this.outer.document.querySelector(selector);
      if (part) {
        part.setAttribute("tabindex", "-1");
        part.focus({ preventScroll: true });
        part.scrollIntoView({ block: "start", behavior: atlas.still() ? "auto" : "smooth" });
      } else if (tries > 0) {
        setTimeout(() => this.goTo(selector, tries - 1), 100);
      }
    }

    readAt() {
      try {
        const { hash, search } = this.outer.location;
        const found = new URLSearchParams(this.alone ? hash.slice(1) : search).get("at") || "";
        const numbers = found.split("/").map(Number);
        const [zoom, lon, lat] = numbers;
        const sound = numbers.length === 3 && numbers.every(Number.isFinite);
        return sound && zoom > 0 && Math.abs(lon) <= 180 && Math.abs(lat) < 85 ? numbers : null;
      } catch {
        return null; // a page of another origin around the frame
      }
    }

    /** Write the place into the page's address; no rerun of the page follows. */
    remember() {
      if (!this.moved) {
        return;
      }
      const { lng, lat } = this.map.getCenter();
      const at = `at=${+this.map.getZoom().toFixed(2)}/${lng.toFixed(3)}/${lat.toFixed(3)}`;
      try {
        const { history, location } = this.outer;
        const rest = new URLSearchParams(this.alone ? location.hash.slice(1) : location.search);
        rest.delete("at");
        const query = [rest.toString(), at].filter(Boolean).join("&");
        if (this.alone) {
          history.replaceState(history.state, "", `#${query}`);
        } else if (`?${query}` !== location.search) {
          history.replaceState(history.state, "", `?${query}${location.hash}`);
        }
      } catch {
        // See readAt().
      }
    }
  }

  atlas.Frame = Frame;
})(window.geoAtlas);
