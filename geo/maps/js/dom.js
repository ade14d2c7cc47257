// Small helpers. Every text becomes a text node; nothing here or elsewhere writes HTML.
"use strict";

window.geoAtlas = window.geoAtlas || {};

(function (atlas) {
  const SVG = "http://www.w3.org/2000/svg";

  function fill(node, attributes, children) {
    for (const [name, value] of Object.entries(attributes || {})) {
      if (value !== null && value !== undefined && value !== false) {
        node.setAttribute(name, value === true ? "" : value);
      }
    }
    for (const child of children.flat(2)) {
      if (child !== null && child !== undefined && child !== false) {
        node.append(child);
      }
    }
    return node;
  }

  /** Make an HTML element; strings among the children become text. */
  atlas.el = function (tag, attributes, ...children) {
    return fill(document.createElement(tag), attributes, children);
  };

  /** Make an SVG element. */
  atlas.svg = function (tag, attributes, ...children) {
    return fill(document.createElementNS(SVG, tag), attributes, children);
  };

  /** Put a style sheet on the page. */
  atlas.wear = function (styles) {
    document.head.append(atlas.el("style", {}, styles));
  };

  /** Run a script of this host. */
  atlas.script = function (src) {
    return new Promise((resolve, reject) => {
      const script = atlas.el("script", { src });
      script.addEventListener("load", resolve);
      script.addEventListener("error", () => reject(new Error(src)));
      document.head.append(script);
    });
  };

  /** Isolate a name, so that its direction stays its own. */
  atlas.bdi = function (text, lang) {
    return atlas.el("bdi", { lang: lang, dir: "auto" }, text);
  };

  /** Give a web address, or null for anything that is not one. */
  atlas.webAddress = function (address) {
    try {
      const url = new URL(address);
      return ["http:", "https:"].includes(url.protocol) ? url.href : null;
    } catch {
      return null;
    }
  };

  /** What names a feature of a layer that a reader brought, "own/layer/number", in parts; else null. */
  atlas.ownKey = function (key) {
    const [, layer, number] = /^own\/(\w+)\/(\d+)$/.exec(key) || [];
    return layer ? { layer, number } : null;
  };

  /** Write what is asked for as the end of an address; what is nothing is left out. */
  atlas.query = function (asked) {
    const told = Object.entries(asked).filter(([, value]) => value);
    return told.length > 0 ? `?${new URLSearchParams(told)}` : "";
  };

  /** Fill `{name}` in one of our own messages. */
  atlas.fillIn = function (message, values) {
    return message.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  };
})(window.geoAtlas);
