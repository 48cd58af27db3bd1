// The page for addresses that do not exist, where the site does not know its own: links written from the host's root get the way from where this script was found.
"use strict";
(() => {
  const root = new URL("../", document.currentScript.src);
  if (document.documentElement.dataset.found) return;
  document.documentElement.dataset.found = "1";
  for (const each of document.querySelectorAll("[href^='/'], [src^='/']")) {
    const key = each.hasAttribute("href") ? "href" : "src";
    each.setAttribute(key, new URL(each.getAttribute(key).slice(1) || "./", root).href);
  }
  for (const name of ["search-words", "search-asked", "search-find", "search"]) {
    const script = document.createElement("script");
    script.src = new URL(`assets/${name}.js`, root).href;
    script.async = false;
    document.head.append(script);
  }
})();
