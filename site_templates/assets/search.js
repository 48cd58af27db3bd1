// Search in the reader's browser. It fetches only the few small files that a query needs, from this site alone.
"use strict";
(() => {
  const root = new URL("../", document.currentScript.src);
  const files = new Map();
  const load = (name) => {
    if (!files.has(name)) files.set(name, fetch(new URL(`search/${name}.json`, root)).then((r) => r.json()));
    return files.get(name);
  };

  // Words, as src/banshi/site/words.py makes them ------------------------------------------------------------------
  const digits = new Map([..."零一二三四五六七八九"].map((c, n) => [c, n]));
  [..."〇壹贰叁肆伍陆柒捌玖"].forEach((c, n) => digits.set(c, n));
  digits.set("○", 0);
  digits.set("两", 2);
  const times = new Map([["十", 10], ["拾", 10], ["百", 100], ["佰", 100], ["千", 1e3], ["仟", 1e3], ["万", 1e4], ["亿", 1e8]]);
  const chinese = `[${[...digits.keys()].join("")}十拾][${[...digits.keys(), ...times.keys()].join("")}]*`;
  const arabic = "\\d+(?:,\\d{3})*(?:\\.\\d+)?[十百千万亿]*";
  const unit = "元|个?工作日|天|日|个?小时|个?月|年|条|章|款|项|号|次|人|分|%";
  const figure = new RegExp(`第?(${arabic}|${chinese})(${unit})`, "g");
  const date = /(\d{4})[-./](\d{1,2})[-./](\d{1,2})(?!\d)/g;
  const label = /([一二三四五六七八九十]+)条?\(([一二三四五六七八九十]+)\)(\d*)/g;
  const latin = /\d+(?:\.\d+)*|[a-z]+/g;
  const han = /[\u3400-\u9fff]+/g;

  const spoken = (text) => {
    let total = 0, section = 0, digit = 0;
    for (const char of text) {
      const by = times.get(char) || 0;
      if (!by) digit = digits.get(char);
      else if (by < 1e4) { section += (digit || 1) * by; digit = 0; }
      else { total = (total + section + digit) * by; section = digit = 0; }
    }
    return total + section + digit;
  };
  const number = (text) => {
    const plain = /^[\d,.]+/.exec(text);
    if (plain) {
      let value = Number(plain[0].replaceAll(",", ""));
      for (const char of text.slice(plain[0].length)) value *= times.get(char);
      return String(Math.round(value * 100) / 100);
    }
    if (![...text].some((c) => times.has(c))) return String(Number([...text].map((c) => digits.get(c)).join("")));
    return String(spoken(text));
  };
  const foldChar = (plan, char) => [...char.normalize("NFKC").toLowerCase()].map((c) => plan.simpler.get(c) || c).join("");
  const fold = (plan, text) => [...text].map((c) => foldChar(plan, c)).join("");
  // The same length as the text, so that places in it are places in the text.
  const foldInPlace = (plan, text) =>
    text.split("").map((c) => { const f = foldChar(plan, c); return f.length === 1 ? f : c; }).join("");

  /** Figures and article numbers, as [word, from, to]. */
  function* wholes(folded) {
    for (const m of folded.matchAll(figure)) yield [number(m[1]) + m[2].replace(/^个/, ""), m.index, m.index + m[0].length];
    for (const m of folded.matchAll(label)) {
      const article = `${number(m[1])}.${number(m[2])}`;
      yield [m[3] ? `${article}.${m[3]}` : article, m.index, m.index + m[0].length];
    }
  }
  /** Pairs of characters and Latin words, as [word, from, to]. */
  function* parts(folded) {
    for (const m of folded.matchAll(latin)) yield [m[0], m.index, m.index + m[0].length];
    for (const m of folded.matchAll(han))
      for (let n = 0; n + 1 < m[0].length; n++) yield [m[0].slice(n, n + 2), m.index + n, m.index + n + 2];
  }
  const wordsOf = (folded) => {
    let rest = folded.replace(date, "$1年$2月$3日");
    const found = new Set();
    for (const [word, from, to] of [...wholes(rest)]) {
      found.add(word);
      rest = rest.slice(0, from) + " ".repeat(to - from) + rest.slice(to);
    }
    for (const [word] of parts(rest)) found.add(word);
    return [...found];
  };

  // Finding ----------------------------------------------------------------------------------------------------------
  const plan = async () => {
    const read = await load("index");
    read.simpler ||= new Map([...read.from].map((c, n) => [c, [...read.to][n]]));
    return read;
  };
  const shardOf = (count, word) => {
    let n = 7;
    for (const char of word) n = (n * 31 + char.codePointAt(0)) % 1000003;
    return n % count;
  };
  /** The query, and with a term replaced by one of like meaning; then both without the words of a question: [text, worth]. */
  const variants = ({ terms, questions }, folded) => {
    const found = new Map();
    const add = (text, own, other) => {
      if (!found.has(text)) found.set(text, own);
      for (const group of terms) {
        const term = group.filter((t) => text.includes(t)).sort((a, b) => b.length - a.length)[0];
        for (const each of term ? group : []) {
          const said = text.replace(term, ` ${each} `);
          if (!found.has(said)) found.set(said, other);
        }
      }
    };
    add(folded, 1, 0.5);
    add(questions.reduce((rest, word) => rest.replaceAll(word, " "), folded).trim(), 0.5, 0.3);
    return [...found].slice(0, 20);
  };
  const scores = async (how, words) => {
    const found = new Map();
    const shards = await Promise.all(words.map((word) => load(`w${shardOf(how.words, word)}`)));
    words.forEach((word, n) => {
      const flat = shards[n][word] || [];
      for (let i = 0, section = 0; i < flat.length; i += 2) {
        section += flat[i];
        const [score, matched] = found.get(section) || [0, 0];
        found.set(section, [score + flat[i + 1], matched + 1]);
      }
    });
    return found;
  };
  /** Sections that hold every word, best first; where none does, those that hold most of them. */
  const find = async (text) => {
    const how = await plan();
    const said = variants(how, fold(how, text.trim())).map(([each, worth]) => [wordsOf(each), worth]);
    const exact = new Map(), close = new Map(), wanted = new Set(said.flatMap(([words]) => words));
    for (const [words, worth] of said) {
      if (!words.length) continue;
      for (const [section, [score, matched]] of await scores(how, words)) {
        const into = matched === words.length ? exact : matched >= 0.6 * words.length ? close : null;
        into?.set(section, Math.max(into.get(section) || 0, score * worth));
      }
    }
    // Where hardly anything holds every word, what holds most of them is shown too.
    const found = exact.size > 2 ? exact : new Map([...close].map(([section, score]) => [section, score / 2]));
    for (const [section, score] of exact) found.set(section, Math.max(found.get(section) || 0, score));
    const order = [...found].sort((a, b) => b[1] - a[1] || a[0] - b[0]).map(([section]) => section);
    const shown = await Promise.all(order.slice(0, 20).map(async (section) =>
      (await load(`s${Math.floor(section / how.sections)}`))[section % how.sections]));
    return { how, wanted, shown, total: order.length, exact: exact.size > 0, asked: said[0][0].length > 0 };
  };

  // Showing ----------------------------------------------------------------------------------------------------------
  const element = (name, given = {}, ...children) => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(given)) made.setAttribute(key, value);
    made.append(...children);
    return made;
  };
  const marked = (how, wanted, text, length) => {
    const folded = foldInPlace(how, text);
    const hits = [...wholes(folded), ...parts(folded)].filter(([word]) => wanted.has(word)).sort((a, b) => a[1] - b[1]);
    const start = length ? Math.max(0, Math.min((hits[0]?.[1] ?? 0) - 20, text.length - length)) : 0;
    const end = length ? start + length : text.length;
    const nodes = [start > 0 ? "…" : ""];
    let at = start;
    for (const [, from, to] of hits) {
      if (to <= at || from >= end) continue;
      nodes.push(text.slice(at, Math.max(at, from)), element("mark", {}, text.slice(Math.max(at, from), Math.min(to, end))));
      at = Math.min(to, end);
    }
    return [...nodes, text.slice(at, end), end < text.length ? "…" : ""];
  };
  const result = ({ how, wanted }, [page, heading, address, text]) =>
    element("li", {}, element("a", { href: new URL(address || "./", root).href },
      element("b", {}, ...marked(how, wanted, heading)),
      element("small", {}, heading === page ? "" : page),
      element("span", {}, ...marked(how, wanted, text, 80))));
  const told = (found) => {
    if (!found.asked) return "请至少输入两个字";
    if (!found.total) return "没有找到，换个说法试试";
    return found.exact ? `找到 ${found.total} 处` : `没有完全符合的，以下 ${found.total} 处相近`;
  };

  let boxes = 0;
  /** A search field with its results, inside ``place``. */
  const mount = (place) => {
    const id = `search-${++boxes}`;
    const input = element("input", { type: "search", id, autocomplete: "off", spellcheck: "false",
      placeholder: "如：10万元由谁批、迟到扣几分、公示几天" });
    const status = element("p", { role: "status", "aria-live": "polite" });
    const list = element("ol", { "aria-label": "搜索结果" });
    const form = element("form", { role: "search" }, element("label", { for: id }, "搜索条款、指南、规则、放假安排"), input);
    place.replaceChildren(form, status, list);
    let asked = 0;
    const ask = async () => {
      const mine = ++asked, text = input.value;
      if (!text.trim()) { status.textContent = ""; list.replaceChildren(); return; }
      try {
        const found = await find(text);
        if (mine !== asked) return;
        status.textContent = told(found);
        list.replaceChildren(...found.shown.map((each) => result(found, each)));
      } catch {
        status.textContent = "搜索索引读不出：请从网站服务器打开本站";
      }
    };
    let timer;
    input.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(ask, 120); });
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
    return input;
  };

  for (const place of document.querySelectorAll("[data-search]")) mount(place);
  const dialog = document.getElementById("search-dialog"), opener = document.getElementById("search-open");
  if (!dialog || !opener) return;
  const input = mount(dialog.querySelector("div"));
  const open = () => { if (!dialog.open) dialog.showModal(); input.focus(); input.select(); };
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
})();
