// Wide tables can be scrolled by keyboard; the list of sections follows; on paper nothing is folded and links say where they lead.
"use strict";
(() => {
  const article = document.querySelector("article");
  if (!article) return;
  const headingOf = (node) => {
    const headings = [...article.querySelectorAll("h1, h2, h3")];
    return headings.filter((h) => h.compareDocumentPosition(node) & Node.DOCUMENT_POSITION_FOLLOWING).at(-1);
  };
  const reach = () => {
    for (const box of article.querySelectorAll(".wide, pre")) {
      const scrolls = box.scrollWidth > box.clientWidth;
      if (!scrolls) { for (const key of ["tabindex", "role", "aria-label"]) box.removeAttribute(key); continue; }
      box.tabIndex = 0;
      box.setAttribute("role", "group");
      const kind = box.tagName === "PRE" ? "样例" : "表格";
      box.setAttribute("aria-label", `${kind}：${headingOf(box)?.firstChild?.textContent || document.title}，可左右滚动`);
    }
  };
  for (const table of article.querySelectorAll("table")) {
    const box = document.createElement("div");
    box.className = "wide";
    table.before(box);
    box.append(table);
  }
  addEventListener("load", reach);
  addEventListener("resize", reach);
  for (const fold of article.querySelectorAll("details")) fold.addEventListener("toggle", reach);

  // A long table stands open; on a phone, where what it says stands above in short, it is folded.
  if (matchMedia("(max-width: 40rem)").matches) {
    for (const fold of article.querySelectorAll("details.fold-on-phone")) fold.open = false;
  }

  // Where much is folded, one button opens it all.
  const folds = [...article.querySelectorAll("details.fold, details.whole")];
  if (folds.length > 3) {
    const button = document.createElement("button");
    const open = () => folds.every((each) => each.open);
    const name = () => { button.textContent = open() ? "全部收起" : "全部展开"; };
    button.type = "button";
    button.className = "unfold no-print";
    button.addEventListener("click", () => { const to = !open(); for (const each of folds) each.open = to; name(); });
    for (const each of folds) each.addEventListener("toggle", name);
    name();
    article.querySelector("h1")?.after(button);
  }

  const plain = (hash) => { try { return decodeURIComponent(hash); } catch { return hash; } }; // an address that somebody has cut off
  // A link to what is folded away opens it.
  const unfold = () => {
    const to = location.hash && document.getElementById(plain(location.hash.slice(1)));
    for (let fold = to?.closest("details:not([open])"); fold; fold = fold.parentElement.closest("details:not([open])")) fold.open = true;
    if (to?.tagName === "DETAILS") to.open = true;
    if (/^H[23]$/.test(to?.tagName) && to.nextElementSibling?.matches("details.fold")) to.nextElementSibling.open = true;
    to?.scrollIntoView();
  };
  if (location.hash) unfold();
  addEventListener("hashchange", unfold);

  const entries = new Map([...document.querySelectorAll(".beside a")].map((a) => [decodeURIComponent(a.hash.slice(1)), a]));
  const heads = [...entries.keys()].map((id) => document.getElementById(id)).filter(Boolean);
  const follow = () => {
    const here = heads.filter((h) => h.getBoundingClientRect().top < 120).at(-1);
    for (const [id, a] of entries) a.toggleAttribute("data-here", id === here?.id);
  };
  if (heads.length) {
    addEventListener("scroll", () => requestAnimationFrame(follow), { passive: true });
    follow();
  }

  const where = () => {
    const found = new Map();
    for (const a of article.querySelectorAll("a[href]")) {
      const to = new URL(a.href);
      to.hash = "";
      if (a.closest("nav, [data-search], .contents, .no-print") || to.href === location.href.split("#")[0] || !/^http/.test(to.protocol)) continue;
      if (!found.has(to.href)) found.set(to.href, a.title || a.textContent);
    }
    const list = document.createElement("ol");
    for (const [href, text] of found) {
      const item = document.createElement("li");
      item.textContent = `${text.trim()}：${decodeURI(href)}`;
      list.append(item);
    }
    const box = document.createElement("section");
    box.className = "leads";
    box.innerHTML = "<h2>本页链接的去处</h2>";
    box.append(list);
    return found.size ? box : null;
  };
  // Paper has no folds. Of a page with very many lines in them each prints the one line that it is folded to, unless it is opened.
  const MANY_LINES = 120;
  const short = article.querySelectorAll("details.fold :is(tr, li)").length > MANY_LINES;
  document.documentElement.toggleAttribute("data-short", short);
  if (short) {
    const said = document.createElement("p");
    said.className = "paper-only aside";
    said.textContent = "折起的各项各印一行；要连同怎样失分、条件和要求一起印，先在网页上点“全部展开”。";
    article.querySelector("h1")?.after(said);
  }
  let folded = [], told = null;
  addEventListener("beforeprint", () => {
    // What is said elsewhere on the page, or is there for those who check it, stays folded.
    const kept = `[open], .contents, .readings, .whole, .data${short ? ", .fold:not(:has(.fold))" : ""}`;
    folded = [...article.querySelectorAll(`details:not(${kept})`)];
    for (const each of folded) each.open = true;
    told?.remove();
    told = where();
    if (told) article.append(told);
  });
  addEventListener("afterprint", () => {
    for (const each of folded.splice(0)) each.open = false;
    told?.remove();
  });
})();
