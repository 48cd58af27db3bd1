// The search box: what is typed is handed to search-find.js, what is found is shown by document.
"use strict";
(() => {
  const engine = globalThis.banshiSearch;
  const SNIPPET = 110;

  const element = (name, given = {}, ...children) => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(given)) made.setAttribute(key, value);
    made.append(...children);
    return made;
  };
  // The same length as the text, so that places in it are places in the text.
  const foldInPlace = ({ simpler }, text) =>
    text.split("").map((c) => { const f = engine.foldChar(simpler, c); return f.length === 1 ? f : c; }).join("");
  const hits = ({ how, wanted }, text) => {
    const folded = foldInPlace(how, text);
    return [...engine.figures(folded), ...engine.clocks(folded), ...engine.articles(folded), ...engine.simple(folded)]
      .filter((each) => each.words.some((word) => wanted.has(word))).sort((a, b) => a.from - b.from);
  };
  const marked = (found, text) => {
    const nodes = [];
    let at = 0;
    for (const { from, to } of hits(found, text)) {
      if (to <= at) continue;
      nodes.push(text.slice(at, Math.max(at, from)), element("mark", {}, text.slice(Math.max(at, from), to)));
      at = to;
    }
    return [...nodes, text.slice(at)];
  };
  /** Whether a sentence names bounds, as those of norms are printed, between which a figure lies that was asked for. */
  const holds = ({ how, inside }, text) => {
    const folded = foldInPlace(how, text), figures = [...engine.figures(folded)];
    return inside.some(({ unit, value }) => {
      const within = figures.filter((each) => each.unit === unit).flatMap(({ from, to, value: bound }) => {
        const before = folded.slice(Math.max(0, from - 2), from), behind = folded.slice(to, to + 2), end = Number(bound);
        if (before === "超过") return [value > end];
        if (before === "不满") return [value < end];
        return behind === "以上" ? [value >= end] : behind === "以内" ? [value <= end] : [];
      });
      return within.length > 0 && within.every(Boolean);
    });
  };
  const COVERS = 3;
  /** The sentence that holds most of what was asked for, whole unless it is very long. */
  const sentence = (found, text) => {
    const all = text.match(/[^。；！？]+[。；！？]?/g) || [""];
    const held = all.map((each) => new Set(hits(found, each).flatMap((hit) => hit.words)).size + (holds(found, each) ? COVERS : 0));
    const best = all[held.indexOf(Math.max(...held))].trim();
    if (best.length <= SNIPPET) return best;
    const start = Math.max(0, Math.min((hits(found, best)[0]?.from ?? 0) - 20, best.length - SNIPPET));
    return `${start ? "…" : ""}${best.slice(start, start + SNIPPET)}${start + SNIPPET < best.length ? "…" : ""}`;
  };
  const link = (found, [page, heading, address, text, standing], withPage) => element("a", { href: new URL(address || "./", engine.root).href },
    element("b", {}, ...marked(found, heading)),
    ...(standing ? [element("em", { class: "standing" }, standing)] : []),
    element("small", {}, withPage && heading !== page ? page : ""),
    element("span", {}, ...marked(found, sentence(found, text))));
  const group = (found, [first, ...others]) => {
    const item = element("li", {}, link(found, first, true));
    if (others.length) item.append(element("ul", { "aria-label": `《${first[0]}》的其他地方` }, ...others.map((each) => element("li", {}, link(found, each, false)))));
    return item;
  };
  const told = ({ order, taken, exact }) => {
    if (!order.length) return "没有找到，换个说法试试，或从这里进入：";
    if (taken) return `按“${taken.trim()}”找到 ${order.length} 处`;
    return exact ? `找到 ${order.length} 处` : `没有完全符合的，以下 ${order.length} 处相近`;
  };

  let boxes = 0;
  /** A search field with its results, inside ``place``. */
  const mount = (place, { addressed = false } = {}) => {
    const id = `search-${++boxes}`;
    const input = element("input", { type: "search", id, spellcheck: "false", placeholder: "如：30万元找谁批、迟到扣几分、公示几天" });
    const status = element("p", { role: "status", "aria-live": "polite" });
    const kinds = element("div", { class: "kinds", role: "group", "aria-label": "只看一类" });
    const list = element("ol", { "aria-label": "搜索结果" });
    const more = element("button", { type: "button", class: "more" }, "更多结果");
    const form = element("form", { role: "search" }, element("label", { for: id }, "搜索条款、指南、规则、放假安排"), input);
    const others = element("button", { type: "button", class: "more others" });
    const day = element("input", { type: "date", id: `${id}-day` });
    const days = element("div", { class: "days" }, element("label", { for: day.id }, "只看这一天施行的条款"), day);
    place.replaceChildren(form, status, kinds, days, list, more, others);
    let asked = 0, found, left = [], kind = -1;

    const clear = () => { status.textContent = ""; list.replaceChildren(); kinds.replaceChildren(); for (const each of [days, more, others]) each.hidden = true; };
    clear();
    const next = async () => {
      const mine = asked, of = found, first = !list.children.length, groups = await engine.show(of, left);
      if (mine !== asked) return null;
      const items = groups.map((each) => group(of, each));
      if (first && of.sure) items[0]?.classList.add("likely");
      list.append(...items);
      more.hidden = !left.length;
      return items[0];
    };
    const choose = () => {
      const sorts = engine.kinds(found);
      kinds.replaceChildren(...(sorts.length < 2 ? [] : [["全部", -1, found.order.length], ...sorts]).map(([label, n, count]) => {
        const button = element("button", { type: "button", "aria-pressed": String(n === kind) }, `${label} ${count}`);
        button.addEventListener("click", async () => {
          kind = n;
          left = [...engine.ofKind(found, kind)];
          for (const each of kinds.children) each.setAttribute("aria-pressed", String(each === button));
          list.replaceChildren();
          await next();
        });
        return button;
      }));
    };
    const addressOf = (text) => {
      if (!addressed) return;
      const here = new URL(location.href);
      for (const [name, value] of [["q", text], ["on", text && day.value]]) {
        if (value) here.searchParams.set(name, value); else here.searchParams.delete(name);
      }
      try { history.replaceState(history.state, "", here); } catch { /* a page opened from a folder keeps its address */ }
    };
    const ask = async () => {
      const mine = ++asked, text = input.value.trim();
      addressOf(text);
      if (!text) { clear(); return; }
      try {
        const answer = await engine.find(text);
        if (mine !== asked) return;
        clear();
        const then = day.value ? await engine.onDay(answer, day.value) : null;
        if (mine !== asked) return;
        [found, left, kind] = [answer, [...(then ?? answer.order)], -1];
        await next();
        if (mine !== asked) return;
        days.hidden = !found.every.length;
        if (then) { status.textContent = `${day.value} 施行的条款里找到 ${then.length} 处；办事指南写的是今天的规定，不在其中`; return; }
        choose();
        others.textContent = `另有 ${found.others.length} 处在不施行的文本里`;
        others.hidden = !found.others.length;
        if (!found.order.length) {
          const guides = await engine.suggested();
          if (mine !== asked) return;
          list.append(...guides.map((each) => element("li", {}, link(found, each, false))));
        }
        status.textContent = told(found);
      } catch {
        status.textContent = "搜索索引读不出：网站的文件不全，请重新生成";
      }
    };
    let timer;
    input.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(ask, 120); });
    day.addEventListener("change", ask);
    more.addEventListener("click", async () => (await next())?.querySelector("a").focus());
    others.addEventListener("click", async () => {
      [left, found.others, others.hidden] = [[...found.others, ...left], [], true];
      (await next())?.querySelector("a").focus();
    });
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      clearTimeout(timer);
      await ask();
      list.querySelector("a")?.focus();
    });
    place.addEventListener("keydown", (event) => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (!step) return;
      const stops = [input, ...list.querySelectorAll("a")];
      stops[stops.indexOf(document.activeElement) + step]?.focus();
      event.preventDefault();
    });
    return { input, day };
  };

  const address = new URLSearchParams(location.search), given = address.get("q") || "";
  const start = ({ input, day }) => { input.value = given; day.value = address.get("on") || ""; input.dispatchEvent(new Event("input")); };
  const places = [...document.querySelectorAll("[data-search]")].map((place) => mount(place, { addressed: true }));
  if (given && places.length) start(places[0]);
  const dialog = document.getElementById("search-dialog"), opener = document.getElementById("search-open");
  if (!dialog || !opener) return;
  const box = mount(dialog.querySelector("div"));
  const open = () => { if (!dialog.open) dialog.showModal(); box.input.focus(); box.input.select(); };
  opener.hidden = false;
  opener.addEventListener("click", open);
  dialog.addEventListener("click", (event) => {
    // A click beside the box, or on a result of the page that is open already, closes it.
    if (event.target === dialog || event.target.closest("a, .close")) dialog.close();
  });
  dialog.addEventListener("keydown", (event) => {
    // A search field takes the first Escape to empty itself; here it closes the box at once.
    if (event.key === "Escape") { event.preventDefault(); dialog.close(); }
  });
  document.addEventListener("keydown", (event) => {
    const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement?.tagName);
    if ((event.key === "/" && !typing) || (event.key === "k" && (event.ctrlKey || event.metaKey))) {
      event.preventDefault();
      open();
    }
  });
  if (given && !places.length) { open(); start(box); }
})();
