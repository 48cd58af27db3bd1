// The menu of a narrow window; wide tables can be scrolled by keyboard; what is folded away is printed too.
"use strict";
(() => {
  const headingOf = (node) => {
    const headings = [...document.querySelectorAll("article :is(h1, h2, h3)")];
    return headings.filter((h) => h.compareDocumentPosition(node) & Node.DOCUMENT_POSITION_FOLLOWING).at(-1);
  };
  const reach = () => {
    for (const table of document.querySelectorAll("article table")) {
      const box = table.closest(".md-typeset__scrollwrap, .months") || table;
      if (box.scrollWidth <= box.clientWidth) continue;
      box.tabIndex = 0;
      box.setAttribute("role", "region");
      box.setAttribute("aria-label", `表格：${headingOf(box)?.firstChild?.textContent || document.title}，可左右滚动`);
    }
  };
  addEventListener("load", reach);
  addEventListener("resize", reach);
  // The theme opens its menu by a hidden checkbox, which a keyboard does not reach.
  const menu = document.getElementById("menu"), drawer = document.getElementById("__drawer");
  const turn = (open) => {
    drawer.checked = open;
    drawer.dispatchEvent(new Event("change"));
  };
  drawer?.addEventListener("change", () => menu.setAttribute("aria-expanded", drawer.checked));
  menu?.addEventListener("click", () => turn(!drawer.checked));
  addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !drawer?.checked) return;
    turn(false);
    menu.focus();
  });
  const folded = [];
  addEventListener("beforeprint", () => {
    folded.push(...document.querySelectorAll("article details:not([open])"));
    for (const each of folded) each.open = true;
  });
  addEventListener("afterprint", () => { for (const each of folded.splice(0)) each.open = false; });
})();
