// Runs the scripts of the page, which stand in it as mere text, once what is above them has been
// painted: the still picture would wait for them otherwise.
"use strict";

(function () {
  let begun = false;

  function begin() {
    if (begun) {
      return;
    }
    begun = true;
    for (const text of document.querySelectorAll("script[type='text/plain']")) {
      const script = document.createElement("script");
      script.textContent = text.textContent;
      text.replaceWith(script);
    }
    window.geoAtlas.open();
  }

  if (document.querySelector(".geo-still")) {
    requestAnimationFrame(() => setTimeout(begin));
    setTimeout(begin, 200); // a hidden page paints nothing
  } else {
    begin();
  }
})();
