// The calculators of a guide's page: fields for what is still missing, the answer with its reasons, the state in the address.
"use strict";
globalThis.banshiCalculators = (() => {
  const { answer, compare, iso, number, parsed, spoken, whole, yuan } = globalThis.banshiCalculate;
  const MOST = number("999999999999.99");
  const root = document.querySelector("[data-calculators]")?.dataset.calculators ?? "";
  const element = (name, given = {}, ...children) => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(given)) if (value !== null && value !== false) made.setAttribute(key, value === true ? "" : value);
    made.append(...children.filter((child) => child !== null));
    return made;
  };
  const today = () => { const now = new Date(); return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((n) => String(n).padStart(2, "0")).join("-"); };
  const listed = (words) => words.join("、");

  // What is written in a field → what is reckoned with, or why it cannot be: {is} or {wrong}.
  const TIMES = { "": 0, 百: 2, 千: 3, 万: 4, 亿: 8 };
  const amount = (written, ask) => {
    const plain = written.normalize("NFKC").replace(/[\s,¥]|(?<=[\d.百千万亿])元$/g, "").replace(/^[−–负]/, "-");
    const [, sign, whole_, part = "", unit] = /^(-?)(\d{1,13})(?:\.(\d+))?([百千万亿]?)$/.exec(plain) ?? [];
    if (whole_ === undefined) return { wrong: "写成 300000、300,000.00 或 30万" };
    const places = TIMES[unit], digits = whole_ + part.padEnd(places, "0"), point = whole_.length + places;
    const cents = digits.slice(point).replace(/0+$/, "");
    if (cents.length > 2) return { wrong: "最多两位小数" };
    const is = `${sign}${digits.slice(0, point).replace(/^0+(?=\d)/, "")}${cents ? `.${cents}` : ""}`, it = number(is);
    if (compare(number(is.replace("-", "")), MOST) > 0) return { wrong: "数额太大" };
    if (sign && it[0] && !ask.signed) return { wrong: "不能是负数" };
    if (ask.positive && !it[0]) return { wrong: "应大于 0" };
    return { is: it[0] ? is : is.replace("-", "") };
  };
  /** Times of a day → seconds since its midnight: 8:55 18:03, 次日6:10; 无 for none. */
  const times = (raw) => {
    const plain = raw.normalize("NFKC").trim().replace(/次日\s+/g, "次日").replace(/点(?=\d)|时(?=\d)/g, ":");
    if (/^(无|没有|没有打卡|没打)$/.test(plain)) return { is: [] };
    const found = plain.split(/[\s,、;]+/).filter(Boolean).map((one) => /^(次日)?([01]?\d|2[0-3]):?([0-5]\d)(?::([0-5]\d))?$/.exec(one));
    if (!found.length || found.includes(null)) return { wrong: "写成 8:55 18:03；没有打的写 无" };
    if (found.length > 20) return { wrong: "最多写 20 次" };
    return { is: found.map(([, next, hour, minute, second = 0]) => (next ? 86400 : 0) + hour * 3600 + minute * 60 + Number(second)) };
  };
  const read = (ask, raw, options) => {
    if (ask.sort === "yuan") return amount(raw, ask);
    if (ask.sort === "number") {
      const plain = raw.normalize("NFKC").replace(/天$/, "").replace(/^半$/, "0.5").replace(/^(\d+)天?半$/, "$1.5");
      if (ask.integer) return /^\d{1,6}$/.test(plain) ? { is: plain } : { wrong: "写整数" };
      return /^\d{1,6}(\.\d{1,2})?$/.test(plain) ? { is: plain } : { wrong: "写成 3 或 0.5" };
    }
    if (ask.sort === "times") return times(raw);
    if (ask.sort === "date") return parsed(raw) === null ? { wrong: "写成 2012-03-05" } : { is: raw };
    if (ask.sort === "many") {
      const all = raw === "" ? [] : raw.split(","), strange = all.filter((one) => !options.some(([id]) => id === one));
      return strange.length ? { wrong: `没有 ${listed(strange)} 这一项` } : { is: all };
    }
    if (ask.sort === "yes") return raw === "yes" ? { is: raw } : { wrong: "只能是 yes 或不写" };
    return options.some(([id]) => id === raw) ? { is: raw } : { wrong: `没有 ${raw} 这一项` };
  };

  /** One field: a label, what one writes in, help, what is wrong. ``raw``: null where nothing is written. */
  const field = (name, ask, id, changed) => {
    const wrong = element("span", { class: "wrong", id: `${id}-wrong` }), told = ask.help ? element("small", { id: `${id}-help` }, ask.help) : null;
    const describes = { "aria-describedby": `${id}-wrong${told ? ` ${id}-help` : ""}` };
    let options = [], box, input, echo = null;
    if (ask.sort === "many") {
      input = element("div", { class: "many" });
      box = element("fieldset", { class: "ask", ...describes }, element("legend", {}, ask.label), input, told, wrong);
    } else if (ask.sort === "choice" || ask.sort === "place") {
      input = element("select", { id, ...describes });
    } else {
      input = element("input", { id, type: { date: "date", yes: "checkbox" }[ask.sort] ?? "text", autocomplete: "off", ...describes });
      echo = ask.sort === "yuan" ? element("output", { for: id }) : null;
    }
    box ??= element("div", { class: ask.sort === "yes" ? "ask yes" : "ask" }, element("label", { for: id }, ask.label, ask.sort === "yuan" ? element("span", { class: "unit" }, "（元）") : ""), input, echo, told, wrong);
    box.dataset.ask = name;
    box.addEventListener("input", changed);
    box.addEventListener("change", changed);
    const boxes = () => [...input.querySelectorAll("input")];
    const put = (raw) => {
      if (ask.sort === "yes") input.checked = raw === "yes";
      else if (ask.sort === "many") for (const each of boxes()) each.checked = raw !== null && (raw === "" ? each.value === "" : raw.split(",").includes(each.value));
      else input.value = raw ?? "";
      made.kept = raw;
    };
    const offer = (some) => {
      if (JSON.stringify(some) === JSON.stringify(options)) return;
      options = some;
      const raw = made.kept;
      if (ask.sort === "many") input.replaceChildren(...[...some, ["", ask.none ?? "都不符合"]].map(([value, text]) => element("label", {}, element("input", { type: "checkbox", value }), text)));
      else input.replaceChildren(...[...(ask.sort === "place" ? [] : [["", ask.optional ? "（不写）" : "请选择"]]), ...some].map(([value, text]) => element("option", { value }, text)));
      put(raw);
    };
    const taken = () => {
      if (ask.sort === "yes") return input.checked ? "yes" : null;
      if (ask.sort !== "many") return input.value.trim() || null;
      const on = boxes().filter((each) => each.checked).map((each) => each.value), none = on.includes("");
      if (none && on.length > 1) for (const each of boxes()) if ((each.value === "") === (made.kept === "")) each.checked = false; // the last click counts
      const now = boxes().filter((each) => each.checked).map((each) => each.value);
      return now.length ? now.filter((each) => each).join(",") : null;
    };
    const say = (it) => {
      wrong.textContent = it?.wrong ?? "";
      if (ask.sort !== "many") input.toggleAttribute("aria-invalid", Boolean(it?.wrong));
      if (it?.wrong && ask.sort !== "many") input.setAttribute("aria-invalid", "true");
      if (echo) echo.textContent = it?.is ? `＝ ${yuan(number(it.is))}` : "";
    };
    const made = { name, ask, box, put, offer, say, kept: null, options: () => options };
    // Leaving a field tells of it once more: what was answered must not be laid out anew under a click on it.
    made.take = () => { const now = taken(), other = now !== made.kept; made.kept = now; return other; };
    return made;
  };

  // A fault of our own is told, with what it takes to find it: which fields are filled in, and what their texts look like, not what they say.
  const likeness = (raw) => raw.normalize("NFKC").replace(/\p{Nd}/gu, "9").replace(/\p{Script=Han}/gu, "字").replace(/\p{L}/gu, (sign) => (sign === "字" ? sign : "a")).slice(0, 60);
  const broken = (kind, fields, error) => {
    const filled = Object.fromEntries([...fields].filter(([, each]) => each.kept !== null).map(([name, { ask, kept }]) =>
      [name, ["choice", "place", "yes"].includes(ask.sort) ? "（选了）" : ask.sort === "many" ? `（选了 ${kept.split(",").length} 项）` : likeness(kept)]));
    const plain = (text) => String(text ?? "").replace(/'[^']*'|"[^"]*"|“[^”]*”/g, "…");
    const at = plain(error?.stack).split("\n").slice(1, 6).map((line) => line.trim().replace(/\S*\//g, ""));
    const text = JSON.stringify({ calculator: kind.id, filled, error: plain(error?.message ?? error).slice(0, 200), at, browser: navigator.userAgent }, null, 1);
    const save = () => { const link = element("a", { href: URL.createObjectURL(new Blob([text], { type: "application/json" })), download: "填的样子.json" }); link.click(); URL.revokeObjectURL(link.href); };
    const button = element("button", { type: "button" }, "下载");
    button.addEventListener("click", save);
    return [element("p", {}, "请看指南里的表，数字相同。请告诉网站的维护人，附上“填的样子”：里面没有填的内容。"),
      element("details", { class: "likeness no-print" }, element("summary", {}, "填的样子（没有内容，报告问题时附上）"),
        element("pre", { tabindex: "0", role: "group", "aria-label": "填的样子" }, text), button)];
  };

  const calculator = (data, kind, open) => {
    const id = `calculate-${kind.id}`, fields = new Map(), places = Object.entries(data.places).map(([place, { name }]) => [place, name]);
    const asked = element("div", { class: "asks" }), more = element("details", { class: "whole more", hidden: true }, element("summary", {}, "还可以写"), element("div", { class: "asks" }));
    const outcome = element("div", { class: "outcome" }), status = element("p", { role: "status", class: "verdict" }), strange = element("p", { class: "wrong" });
    const print = element("button", { type: "button" }, "打印这个结果"), clear = element("button", { type: "button" }, "清空");
    const form = element("form", {}, asked, more);
    const box = element("details", { class: "whole calculator", id, open }, element("summary", {}, kind.title), element("p", { class: "aside no-print" }, kind.lead),
      form, strange, kind.paper ? element("p", { class: "paper-only verdict" }, kind.paper) : null, status, outcome, element("p", { class: "does no-print" }, print, clear));

    const asks = (name) => (kind.needs.includes(name) || !data.asks[data.names[name]] ? data.asks[name] : { ...data.asks[name], optional: true, help: `不写的同${data.asks[data.names[name]].label}。` });
    const ensure = (name) => {
      if (!fields.has(name)) {
        const step = name.startsWith("done-") ? name.slice(5) : null;
        const ask = step ? { label: `“${names.get(step) ?? step}”哪天办结`, sort: "date", help: `${kind.asks.includes("done") ? "" : "知道的才写，"}以后的日子从这一天推算。`, optional: true, main: true } : asks(name);
        fields.set(name, field(name, ask, `${id}-${name}`, () => { if (fields.get(name).take()) { keep(); reckon(); } }));
      }
      return fields.get(name);
    };
    const dated = [...data.laws.flatMap((law) => Object.values(law.procedures).flatMap(({ stages }) => stages.flat())), ...(data.catalogue?.items ?? [])];
    const names = new Map(dated.map(({ id: one, name }) => [one, name]));
    const offered = (name, law) => (name === "place" ? places : (law ?? data.laws.at(-1)).options[name] ?? []);
    const values = (law) => {
      const given = {};
      let sound = true;
      for (const [name, each] of fields) {
        if (["choice", "many", "place"].includes(each.ask.sort)) each.offer(offered(name, law));
        const it = each.kept === null ? null : read(each.ask, each.kept, each.options());
        each.say(it);
        if (it?.is !== undefined) given[name] = it.is;
        else if (it) sound = false;
      }
      return { given, sound };
    };
    const shown = (name, found) => name === kind.day || kind.needs.includes(name) || found.asked?.includes(name) || (name === "place" && places.length > 1)
      || (name === "filed" && Object.values(data.places).some(({ spans }) => spans.length > 2)) || (name === "tier" && kind.id === "public" && (found.law?.options.tier.length ?? 0) > 1);
    const place = (name) => (name.startsWith("done-") ? kind.asks.length : kind.asks.indexOf(name));
    const lay = (found) => {
      const open = (found.plan?.stages ?? []).flat().filter((step) => step.told || (step.open && step.begins !== null)).map((step) => step.id);
      const wanted = [...kind.asks.filter((name) => shown(name, found)), ...[...open, ...(found.dated ?? [])].map((one) => `done-${one}`)];
      for (const name of wanted) ensure(name);
      for (const [name, each] of fields) {
        const main = !each.ask.optional || each.ask.main, hidden = !wanted.includes(name) && each.kept === null, into = main ? asked : more.lastChild;
        each.box.hidden = hidden;
        if (each.box.parentNode !== into) into.insertBefore(each.box, [...into.children].find((other) => place(other.dataset.ask) > place(name)) ?? null);
      }
      const rest = [...fields.values()].filter((each) => each.box.parentNode === more.lastChild && !each.box.hidden);
      more.hidden = !rest.length;
      more.firstChild.textContent = `还可以写：${listed(rest.map((each) => each.ask.label))}`;
      return wanted;
    };
    const reckon = () => {
      try {
        reckoned();
      } catch (error) {
        box.toggleAttribute("data-answered", false);
        status.textContent = "没有算成：计算器自己出了错";
        outcome.replaceChildren(...broken(kind, fields, error));
      }
    };
    const reckoned = () => {
      let { given, sound } = values(null), found = answer(data, kind, given);
      ({ given, sound } = values(found.law));
      found = answer(data, kind, given);
      const wanted = lay(found), missing = wanted.filter((name) => !fields.get(name).ask.optional && fields.get(name).kept === null);
      values(found.law); // the choices of fields that have just come
      box.toggleAttribute("data-answered", false);
      outcome.replaceChildren();
      status.textContent = missing.length ? `还要填：${listed(missing.map((name) => fields.get(name).ask.label))}` : "";
      if (!sound) { status.textContent = "填的有不对的地方，改好了才算"; return; }
      if (given[kind.day] && !found.law) { status.textContent = `${given[kind.day]} 在${data.places[given.place ?? places[0][0]].name}${data.none}${found.beside}`; return; }
      if (kind.needs.some((name) => missing.includes(name)) || !found.decision) return;
      if (found.doubt) { status.textContent = found.doubt; return; }
      if (missing.length && found.decision.value === null && !found.decision.possible.length) return;
      box.toggleAttribute("data-answered", true);
      say(found, given, missing);
    };

    // The answer.
    const cite = (row) => {
      if (row === null) return "";
      const [label, url, title] = data.cites[row];
      return url ? element("a", { class: label === "口径" ? "reading" : "cite", href: root + url, title }, label) : element("span", { class: "cite", title }, label);
    };
    const because = ({ text, cite: row }) => element("li", {}, text, cite(row));
    const say = ({ law, decision, plan, notes, verdict, tables = [] }, given, missing) => {
      const of = (tier) => `“${law.called[tier]}”`, tiers = kind.shows === "tier", { value, possible, others } = decision;
      const strict = possible.length ? possible.at(-1) : [value, ...others.map((other) => other.value)].reduce((a, b) => (law.order.indexOf(a) > law.order.indexOf(b) ? a : b));
      if (value === null) {
        const may = possible.length ? `：可能是${listed(possible.map(of))}，从严为${of(strict)}` : "";
        status.textContent = missing.length ? `还要填：${listed(missing.map((name) => fields.get(name).ask.label))}；现在不能判定${may}` : `不能判定${may}`;
      } else if (kind.shows === "card") outcome.append(...card(law.cards[value]));
      else if (kind.way) status.textContent = `${kind.verdict}：${verdict}`;
      else status.textContent = `${kind.verdict}：${tiers ? law.called[value] : spoken(value)}`;
      const facts = [...fields.values()].filter((each) => each.kept !== null && !each.box.hidden).map((each) => `${each.ask.label} ${word(each)}`);
      outcome.append(element("p", { class: "paper-only" }, facts.join("；"), /^http/.test(location.protocol) ? `；网址 ${location.href}` : ""));
      outcome.append(element("ol", { class: "why" }, ...decision.reasons.filter(({ text, cite: row }, n, all) => all.findIndex((each) => each.text === text && each.cite === row) === n).map(because)));
      const otherwise = others.map((other) => element("li", {}, other.text, cite(other.cite)));
      if (tiers && others.length) otherwise.push(element("li", {}, element("b", {}, `口径不同结论不同，从严为${of(strict)}`)));
      if (otherwise.length) outcome.append(element("p", { class: "turn" }, "另有理解："), element("ul", {}, ...otherwise));
      outcome.append(...tables.map(table));
      if (plan) outcome.append(...planned(plan, value, given.major));
      if ((value !== null || kind.way) && notes?.length) outcome.append(element("ul", {}, ...notes.map((note) => element("li", {}, note.say, cite(note.cite)))));
      const instruments = law.instruments.flatMap((row, n) => [n ? "、" : "", cite(row)]);
      const by = instruments.length ? [`按 ${given.filed ?? given[kind.day]} 施行的规定算：`, ...instruments, "。"] : [];
      outcome.append(element("p", { class: "aside" }, ...by, "供参考，以办理机关的答复为准。"));
      if (kind.signed) outcome.append(element("p", { class: "paper-only" }, kind.signed));
    };
    const word = ({ ask, kept, options }) => (ask.sort === "yuan" ? yuan(number(read(ask, kept).is)) : ask.sort === "yes" ? "是" : ["date", "number", "times"].includes(ask.sort) ? kept
      : kept === "" ? ask.none ?? "都不符合" : listed(kept.split(",").map((one) => options().find(([key]) => key === one)?.[1] ?? one)));
    const laid = ({ caption, heads, rows }) => element("div", { class: "wide" }, element("table", { class: "norms stack" }, element("caption", {}, caption),
      element("thead", {}, element("tr", {}, ...heads.map((text) => element("th", { scope: "col" }, text)))),
      element("tbody", {}, ...rows.map(([first, ...rest]) => element("tr", {}, element("th", { scope: "row" }, first), ...rest.map((text, n) => element("td", { "data-label": heads[n + 1], class: /^\d{4}-\d\d-\d\d(（星期.）)?$/.test(text) ? "day" : null }, text)))))));
    const table = (each) => (each.rows.length < 9 ? laid(each) // a long one is folded on the screen, not on paper
      : element("details", { class: "fold" }, element("summary", {}, `${each.caption}（${each.rows.length}行）`), laid(each)));
    const card = ({ unruled, parts = [], limits = [] }) => {
      const said = ([text, rows]) => element("p", {}, text, ...rows.map(cite)), [first] = parts;
      status.textContent = unruled ?? `${kind.verdict}：${listed(first[1].map(([text]) => text)) || first[2]}`;
      const rows = parts.map(([label, of, none]) => element("div", {}, element("dt", {}, label), element("dd", {}, ...(of.length ? of.map(said) : [none]))));
      return [...(rows.length ? [element("dl", {}, ...rows)] : []), ...limits.map(said)];
    };
    const planned = ({ stages, last, others, total }, tier, major) => {
      const way = document.getElementById(`tier-${tier}`), papers = document.getElementById(`papers-${tier}`);
      const links = [[way, "这一档怎么办"], [papers, "要交的材料"]].filter(([to]) => to).map(([to, text]) => element("a", { href: `#${to.id}` }, text));
      const more_ = element("p", { class: "no-print" }, ...links.flatMap((link, n) => [n ? "、" : "", link]));
      if (!stages.length) return [element("p", {}, "这一档没有报批环节。"), more_];
      const cell = (label, ...inside) => element("td", { "data-label": label, class: label.endsWith("哪天") ? "day" : null }, ...inside);
      const rows = stages.flatMap((steps) => steps.map((step) => element("tr", {},
        element("th", { scope: "row" }, step.name, step.laid === null ? "" : cite(step.laid), steps.length > 1 ? element("br") : "", steps.length > 1 ? "（同时办理）" : "", step.optional ? "（需要时才走）" : ""),
        cell("由谁", step.office || "原文未载明"), cell("从哪天", step.begins === null ? "—" : iso(step.begins)), cell("最迟哪天", step.ends === null ? "推算不出" : spoken(step.ends)),
        cell("怎么数", ...step.reasons.flatMap((each) => [each.text, cite(each.cite), element("br")]).slice(0, -1)))));
      const heads = ["环节", "由谁", "从哪天", "最迟哪天", "怎么数"].map((text) => element("th", { scope: "col" }, text));
      const table = element("table", { class: "norms stack" }, element("caption", {}, "每一步用足时限，最迟哪天"), element("thead", {}, element("tr", {}, ...heads)), element("tbody", {}, ...rows));
      const ends = element("p", { class: "total" }, element("b", {}, last === null ? "全部办完的日子推算不出。" : `全部办完最迟 ${spoken(last)}。`), major || !total ? "" : `${total}。`);
      const readings = others.map((other) => element("li", {}, `若按“${other.said}”，到 ${iso(other.last)}`, cite(other.cite)));
      return [element("div", { class: "wide" }, table), ends, ...(readings.length ? [element("ul", {}, ...readings)] : []), more_];
    };

    // The state: in the address, as #calculate-tier?net=300000&on=2012-03-05.
    const keep = () => {
      const state = new URLSearchParams([...fields].filter(([, each]) => each.kept !== null).map(([name, each]) => [name, each.kept]));
      try { history.replaceState(null, "", `#${id}?${state}`); } catch { /* a frame that may not: the answer stands all the same */ }
    };
    const take = (state) => {
      const unknown = [];
      for (const each of fields.values()) each.put(null);
      for (const [name, raw] of state) {
        if (kind.asks.includes(name) || (name.startsWith("done-") && names.has(name.slice(5)))) {
          const each = ensure(name);
          if (["choice", "many", "place"].includes(each.ask.sort)) each.offer(offered(name, null));
          each.put(raw);
        } else unknown.push(name);
      }
      strange.textContent = unknown.length ? `网址里的 ${listed(unknown)} 认不得，没有用上` : "";
      start();
    };
    const start = () => {
      for (const name of kind.asks) if (data.asks[name].today && ensure(name).kept === null) ensure(name).put(today());
      if (places.length > 1 && kind.asks.includes("place") && ensure("place").kept === null) ensure("place").put(places[0][0]);
      reckon();
    };
    form.addEventListener("submit", (event) => event.preventDefault());
    clear.addEventListener("click", () => { take([]); keep(); [...form.querySelectorAll("input, select")].find((each) => each.offsetParent)?.focus(); });
    print.addEventListener("click", () => {
      document.documentElement.dataset.print = id;
      box.toggleAttribute("data-printed", true);
      globalThis.print();
      box.toggleAttribute("data-printed", false);
      delete document.documentElement.dataset.print;
    });
    start();
    return { id, box, take };
  };

  const put = (folded) => {
    const data = whole(folded), place = [...document.querySelectorAll("[data-calculators]")].find((each) => each.dataset.of === data.of);
    if (!place) return;
    const examples = new Map([...place.querySelectorAll("[data-example]")].map((each) => [each.id, each.dataset.example]));
    const made = data.calculators.map((kind, n) => calculator(data, kind, n === 0));
    place.replaceChildren(...made.map((each) => each.box));
    // Made-up questions stand there answered, the first of them open.
    for (const [id, example] of examples) if (example) made.find((one) => one.id === id).take(new URLSearchParams(example));
    const follow = () => {
      const [, id, state] = /^#([^?]+)(?:\?(.*))?$/.exec(location.hash) ?? [], one = made.find((each) => each.id === id);
      if (!one) return;
      one.box.open = true;
      if (state !== undefined) one.take(new URLSearchParams(state));
      one.box.scrollIntoView();
    };
    addEventListener("hashchange", follow);
    follow();
  };
  return { put };
})();
