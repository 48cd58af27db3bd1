// Wide tables can be scrolled by keyboard; what is folded away is printed too.
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
  const folded = [];
  addEventListener("beforeprint", () => {
    folded.push(...document.querySelectorAll("article details:not([open])"));
    for (const each of folded) each.open = true;
  });
  addEventListener("afterprint", () => { for (const each of folded.splice(0)) each.open = false; });
})();
