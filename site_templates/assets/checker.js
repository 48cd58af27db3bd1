// 在浏览器里检查: files are read, checked and changed on this machine alone. What they hold is only ever put into text nodes.
"use strict";
(() => {
  const place = document.getElementById("checker");
  if (!place) return;
  const root = new URL(place.dataset.root || "./", location.href);
  const MOST = 64 * 1024 * 1024;
  const OPEN_FIRST = 3;

  const made = (tag, set = {}, ...inside) => {
    const node = document.createElement(tag);
    for (const [key, value] of Object.entries(set)) {
      if (key === "on") for (const [event, does] of Object.entries(value)) node.addEventListener(event, does);
      else if (value === true) node.setAttribute(key, "");
      else if (value !== false && value != null) node.setAttribute(key, value);
    }
    node.append(...inside.filter((each) => each != null));
    return node;
  };
  const button = (text, does, set = {}) => made("button", { type: "button", ...set, on: { click: does } }, text);
  const letters = (column) => {
    let name = "";
    for (let rest = column; rest > 0; rest = Math.floor((rest - 1) / 26)) name = String.fromCharCode(65 + ((rest - 1) % 26)) + name;
    return name;
  };
  // What would turn the direction of a line round, or cannot be seen, is written out.
  const seen = (text) => text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g,
    (sign) => `⟨U+${sign.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}⟩`);

  // The worker -------------------------------------------------------------------------------------------------------
  let worker = null, told = 0, whole = 0;
  const waiting = new Map();
  const stages = { unpack: "正在展开…", begin: "正在启动…" };

  const start = () => {
    worker = new Worker(new URL("assets/checker-worker.js", root), { type: "module" });
    worker.onerror = (event) => {
      event.preventDefault();
      const why = new Error(event.message || "检查程序没有载入");
      for (const { no } of waiting.values()) no(why);
      waiting.clear();
      worker?.terminate();
      worker = null;
    };
    worker.onmessage = ({ data }) => {
      if (data.got) return progress(data.got);
      if (data.stage) return say(stages[data.stage]);
      const asked = waiting.get(data.id);
      waiting.delete(data.id);
      if (["open", "change"].includes(asked?.what)) place.dataset.took = data.took ?? "";
      if (data.error) asked?.no(new Error(data.error));
      else asked?.yes(data.answer);
    };
  };
  const ask = (what, said = [], moved = []) => new Promise((yes, no) => {
    if (!worker) start();
    waiting.set(++told, { yes, no, what });
    worker.postMessage({ id: told, ask: what, said }, moved);
  });
  const progress = (got) => {
    bar.hidden = false;
    bar.value = whole ? Math.min(got / whole, 1) : 0;
    say(`正在载入检查程序：${(got / 1e6).toFixed(1)}${whole ? ` / ${(whole / 1e6).toFixed(1)}` : ""} MB（展开后）`);
  };
  const sizes = async () => {
    try {
      const found = await (await fetch(new URL("checker/manifest.json", root))).json();
      whole = Object.entries(found.sizes).reduce((sum, [name, size]) => sum + (name.endsWith(".txt") ? 0 : size), 1.5e6);
    } catch { /* then it goes on without a share */ }
  };

  // The frame --------------------------------------------------------------------------------------------------------
  const status = made("p", { role: "status", class: "checker-status" });
  const bar = made("progress", { max: 1, value: 0, "aria-label": "载入检查程序", hidden: true });
  const trouble = made("div", { class: "banner", role: "alert", hidden: true });
  const todo = made("section", { class: "todo", "aria-label": "要做的事", hidden: true });
  const sheets = made("section", { class: "sheets", "aria-label": "表格", hidden: true });
  const say = (text) => { status.textContent = text; };
  const input = made("input", { type: "file", id: "checker-files", multiple: true,
    accept: ".xlsx,.xlsm,.xls,.csv,.tsv,.docx,.yaml,.yml,.json,.jsonl,.ndjson,.dat", on: { change: () => chosen([...input.files].map((file) => ({ name: file.name, file }))) } });
  const drop = made("div", { class: "drop no-print" }, made("label", { for: "checker-files" }, "选一份或几份文件，或者拖到这里"), input);
  let state = null, names = [], at = { file: 0, sheet: 0 }, cell = null;

  const cannot = (() => {
    if (location.protocol === "file:") return [
      "网页是从文件夹直接打开的（file://），浏览器不许这样的网页运行检查程序。",
      "请从网站上打开这一页；或者在网站的文件夹里运行 python -m http.server，再打开 http://localhost:8000/check/；也可以在命令行运行 banshi check 文件。",
    ];
    if (typeof WebAssembly !== "object" || typeof Worker !== "function") return [
      "这个浏览器太旧，或者关掉了 WebAssembly，运行不了检查程序。", "换新一点的浏览器，或者在命令行运行 banshi check 文件。",
    ];
    return null;
  })();

  // Choosing ---------------------------------------------------------------------------------------------------------
  const entries = async (entry, way = "") => {
    if (entry.isFile) return [{ name: way + entry.name, file: await new Promise((yes, no) => entry.file(yes, no)) }];
    const reader = entry.createReader(), found = [];
    for (;;) {
      const some = await new Promise((yes, no) => reader.readEntries(yes, no));
      if (!some.length) break;
      found.push(...some);
    }
    return (await Promise.all(found.map((each) => entries(each, `${way}${entry.name}/`)))).flat();
  };
  const dropped = async (event) => {
    event.preventDefault();
    drop.classList.remove("over");
    const items = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
    const files = items.length ? (await Promise.all(items.map((each) => entries(each)))).flat() : [...event.dataTransfer.files].map((file) => ({ name: file.name, file }));
    await chosen(files.filter(({ name }) => !name.split("/").at(-1).startsWith(".")));
  };
  const chosen = async (files) => {
    if (!files.length) return;
    clear();
    names = files.map(({ name }) => name);
    if (files.reduce((sum, { file }) => sum + file.size, 0) > MOST) {
      return failed(new Error("选的文件一共超过 64 MB，浏览器里放不下"), "在命令行运行 banshi check 文件。");
    }
    say("正在载入检查程序…");
    drop.setAttribute("aria-busy", "true");
    try {
      if (!worker) await sizes();
      const read = await Promise.all(files.map(async ({ name, file }) => ({ name, data: await file.arrayBuffer() })));
      shown(await ask("open", [read], read.map(({ data }) => data)), true);
    } catch (error) {
      failed(error);
    } finally {
      drop.removeAttribute("aria-busy");
      bar.hidden = true;
      input.value = "";
    }
  };
  const clear = () => {
    for (const each of [trouble, todo, sheets]) { each.hidden = true; each.replaceChildren(); }
    state = cell = null;
    at = { file: 0, sheet: 0 };
  };

  // What went wrong --------------------------------------------------------------------------------------------------
  const failed = async (error, todoNext = "") => {
    const said = String(error?.message ?? error);
    const policy = /wasm|WebAssembly|unsafe-eval/i.test(said) && /Content Security|CSP|unsafe-eval/i.test(said);
    const missing = /Failed to fetch|NetworkError|import|载入|: [45]\d\d$/i.test(said);
    const next = todoNext || (policy
      ? "请告诉网站的维护人：内容安全策略（CSP）的 script-src 要加 'wasm-unsafe-eval'。现在可以在命令行运行 banshi check 文件。"
      : missing ? "看看网络，刷新这一页再试；还不行，告诉网站的维护人：checker/ 里的文件没有放全，或者 .mjs 没有按 text/javascript 给出。"
      : "文件没有离开这台机器。可以换一份文件，或者在命令行运行 banshi check 文件；要告诉维护的人，附上下面“文件的样子”，里面没有文件的内容。");
    say("没有查成。");
    trouble.replaceChildren(made("p", {}, made("b", {}, "没有查成："), seen(said.trim().split("\n").at(-1).slice(0, 400))), made("p", {}, next));
    trouble.hidden = false;
    if (worker && names.length && !todoNext) trouble.append(await likeness(said));
  };
  const likeness = async (said = "") => {
    let about = "{}";
    try { about = await ask("outline"); } catch { /* what failed is told already */ }
    const browser = { browser: navigator.userAgent, error: said.trim().split("\n").at(-1).replace(/'[^']*'|"[^"]*"|“[^”]*”/g, "…").slice(0, 200) };
    const text = JSON.stringify({ ...JSON.parse(about), ...browser }, null, 1);
    return made("details", { class: "likeness no-print" },
      made("summary", {}, "文件的样子（没有内容，报告问题时附上）"),
      made("pre", { tabindex: 0, role: "group", "aria-label": "文件的样子" }, text),
      button("下载", () => save(new Blob([text], { type: "application/json" }), "文件的样子.json")));
  };

  // Findings ---------------------------------------------------------------------------------------------------------
  const fileOf = (finding) => state.files.findIndex((file) => file.path === finding.path);
  const sheetOf = (finding) => {
    const file = state.files[fileOf(finding)];
    return file ? Math.max(0, file.sheets.findIndex((sheet) => sheet.name === finding.sheet)) : -1;
  };
  const column = (finding, sheet) => (sheet.lines ? 1 : finding.at);
  const where = (finding) => {
    const file = state.files[fileOf(finding)];
    const sheet = file?.sheets[sheetOf(finding)];
    const name = state.files.length > 1 ? `${finding.path} ` : "";
    if (!sheet) return name || "整个文件";
    return name + (sheet.lines ? `第 ${finding.row} 行` : `${sheet.name ? `“${sheet.name}” ` : ""}${letters(finding.at)}${finding.row}`);
  };
  const basis = (finding) => {
    if (!finding.basis.length) return null;
    const links = finding.basis.slice(0, 6).map((each, n) => [n ? "、" : "", made("a", { href: new URL(each.url, root).href }, seen(finding.named[n]))]);
    return made("p", { class: "aside" }, "依据：", finding.cited, " ", made("span", { class: "no-print" }, "（看原条：", ...links.flat(), "）"));
  };
  const listed = () => {
    const kinds = new Map();
    for (const finding of state.findings) {
      if (!kinds.has(finding.rule)) kinds.set(finding.rule, []);
      kinds.get(finding.rule).push(finding);
    }
    const sum = state.summary;
    const title = state.findings.length ? `要做的事：错误 ${sum.error}，警告 ${sum.warning}，提示 ${sum.note}` : "没有发现问题";
    todo.replaceChildren(made("h2", { id: "todo" }, title));
    if (!state.findings.length) todo.append(made("p", {}, "按现在的规则，这份文件里没有发现要改的地方。"));
    [...kinds.values()].forEach((found, number) => todo.append(group(found, number < OPEN_FIRST)));
    if (state.read.length) todo.append(made("details", { class: "data" }, made("summary", {}, "读作了什么"), made("ul", {}, ...state.read.map((each) => made("li", {}, each)))));
    if (state.law) todo.append(made("p", { class: "aside" }, state.law));
    todo.hidden = false;
  };
  const group = (found, open) => made("details", { class: `found ${found[0].severity}`, open },
    made("summary", {}, made("span", { class: `severity ${found[0].severity}` }, found[0].label), ` ${seen(found[0].title)}（${found.length}）`),
    made("ol", {}, ...found.map((finding) => made("li", {},
      state.files[fileOf(finding)]?.sheets.length ? button(seen(where(finding)), () => go(finding), { class: "to" }) : made("b", {}, seen(where(finding))),
      made("p", {}, seen(finding.message)),
      finding.fix ? made("p", { class: "fix" }, "改法：", seen(finding.fix)) : null,
      basis(finding)))),
    made("p", { class: "aside no-print" }, made("a", { href: new URL(`rules/${found[0].rule}/`, root).href }, "这条规则查什么")));
  const go = (finding) => {
    at = { file: fileOf(finding), sheet: sheetOf(finding) };
    cell = { row: finding.row, column: column(finding, state.files[at.file].sheets[at.sheet]) };
    drawn();
    const node = cellAt(cell.row, cell.column);
    node?.focus({ preventScroll: true });
    node?.scrollIntoView({ block: "center", inline: "nearest" });
  };

  // The sheet --------------------------------------------------------------------------------------------------------
  const cellAt = (row, number) => sheets.querySelector(`td[data-row="${row}"][data-column="${number}"]`);
  const drawn = () => {
    const choices = state.files.flatMap((file, f) => file.sheets.map((sheet, s) => ({ f, s, name: [state.files.length > 1 || !sheet.name ? file.path : "", sheet.name].filter(Boolean).join(" ") })));
    sheets.replaceChildren();
    sheets.hidden = false;
    sheets.append(does());
    if (!choices.length) return;
    if (choices.length > 1) {
      const pick = made("select", { id: "checker-sheet", on: { change: () => { const to = choices[pick.selectedIndex]; at = { file: to.f, sheet: to.s }; cell = null; drawn(); document.getElementById("checker-sheet").focus(); } } },
        ...choices.map(({ f, s, name }) => {
          const many = here(f, s).length;
          return made("option", { selected: f === at.file && s === at.sheet }, seen(name) + (many ? `（${many} 处）` : ""));
        }));
      sheets.append(made("p", { class: "pick no-print" }, made("label", { for: "checker-sheet" }, "看哪张表 "), pick));
    }
    const file = state.files[at.file], sheet = file?.sheets[at.sheet];
    if (sheet) sheets.append(grid(file, sheet));
  };
  const here = (f, s) => state.findings.filter((finding) => fileOf(finding) === f && sheetOf(finding) === s);
  const grid = (file, sheet) => {
    const found = new Map();
    for (const finding of here(at.file, at.sheet)) {
      const key = `${finding.row}:${column(finding, sheet)}`;
      found.set(key, [...(found.get(key) ?? []), finding]);
    }
    const most = sheet.rows.reduce((most, [, cells]) => Math.max(most, cells.length), 1);
    const wide = Math.max(most, ...[...found.keys()].map((key) => Math.min(Number(key.split(":")[1]), 200)));
    const numbers = [...Array(wide).keys()].map((n) => n + 1);
    const head = made("tr", {}, made("th", { scope: "col" }, made("span", { class: "hear" }, "行号")), ...numbers.map((n) => made("th", { scope: "col" }, sheet.lines ? "内容" : letters(n))));
    const body = made("tbody");
    const rows = new Map(sheet.rows);
    for (const key of found.keys()) if (!rows.has(Number(key.split(":")[0]))) rows.set(Number(key.split(":")[0]), []);
    for (const [row, cells] of [...rows].sort(([one], [other]) => one - other)) {
      const mine = numbers.flatMap((n) => found.get(`${row}:${n}`) ?? []);
      body.append(made("tr", {}, made("th", { scope: "row" }, String(row)), ...numbers.map((n) => square(file, row, n, cells[n - 1] ?? "", found.get(`${row}:${n}`)))));
      if (mine.length) body.append(made("tr", { class: "said" }, made("th", {}, made("span", { class: "hear" }, `第 ${row} 行的问题`)), made("td", { colspan: wide },
        made("ul", {}, ...mine.map((each) => made("li", { class: each.severity }, made("b", {}, `${each.label} ${sheet.lines ? "" : letters(each.at) + row}：`), seen(each.message)))))));
    }
    const table = made("table", { role: "grid", class: sheet.lines ? "sheet lines" : "sheet", "aria-label": seen(sheet.name || file.path), "aria-rowcount": -1, on: { keydown: moved, click: clicked, dblclick: (event) => event.target.closest("td[data-row]") && write(event.target.closest("td[data-row]")) } }, made("thead", {}, head), body);
    const first = (cell && table.querySelector(`td[data-row="${cell.row}"][data-column="${cell.column}"]`)) || table.querySelector("td.bad") || table.querySelector("td[data-row]");
    if (first) first.tabIndex = 0;
    const left = sheet.left ? made("p", { class: "aside" }, `另有 ${sheet.left} 行没有画出来（都查了；有问题的行在上面的清单里）。`) : null;
    return made("div", { class: "no-print" }, file.editable ? made("p", { class: "aside", id: "checker-keys" }, "点一格再按回车（或双击）可以改；方向键移动。") : null, made("div", { class: "wide sheet-box" }, table), left);
  };
  const square = (file, row, n, text, found) => {
    const shown = seen(text);
    const node = made("td", { tabindex: -1, "data-row": row, "data-column": n, class: found ? `bad ${found[0].severity}` : null, "aria-readonly": String(!file.editable) }, shown);
    if (found) node.append(made("span", { class: "hear" }, `（${found.length} 处问题）`));
    node.text = text;
    return node;
  };
  const pick = (node) => {
    if (!node) return;
    for (const each of sheets.querySelectorAll('td[tabindex="0"]')) each.tabIndex = -1;
    node.tabIndex = 0;
    node.focus();
    cell = { row: Number(node.dataset.row), column: Number(node.dataset.column) };
  };
  const clicked = (event) => {
    const node = event.target.closest("td[data-row]");
    if (node && event.target.tagName !== "INPUT") pick(node);
  };
  const moved = (event) => {
    const node = event.target.closest("td[data-row]");
    if (!node || event.target.tagName === "INPUT" || event.ctrlKey || event.metaKey || event.altKey) return;
    const row = (step) => {
      let to = node.parentElement;
      do to = step > 0 ? to.nextElementSibling : to.previousElementSibling; while (to?.classList.contains("said"));
      return to?.querySelector(`td[data-column="${node.dataset.column}"]`);
    };
    const to = { ArrowLeft: () => node.previousElementSibling?.matches("td") && node.previousElementSibling, ArrowRight: () => node.nextElementSibling,
      ArrowUp: () => row(-1), ArrowDown: () => row(1), Home: () => node.parentElement.querySelector("td"), End: () => node.parentElement.lastElementChild }[event.key];
    if (to) { event.preventDefault(); pick(to() || null); }
    else if (event.key === "Enter" || event.key === "F2") { event.preventDefault(); write(node); }
  };
  const write = (node) => {
    const file = state.files[at.file], sheet = file.sheets[at.sheet];
    if (!file.editable || node.querySelector("input")) return;
    pick(node);
    const name = sheet.lines ? `第 ${cell.row} 行` : letters(cell.column) + cell.row;
    const field = made("input", { type: "text", "aria-label": `改 ${name}`, spellcheck: "false" });
    field.value = node.text;
    const before = [...node.childNodes];
    let done = false;
    const back = () => { if (!done) { done = true; node.replaceChildren(...before); } };
    field.addEventListener("keydown", (event) => {
      event.stopPropagation();
      if (event.isComposing) return;
      if (event.key === "Escape") { back(); node.focus(); }
      if (event.key === "Enter") { event.preventDefault(); const text = field.value; if (text === node.text) { back(); node.focus(); } else { done = true; store(file, sheet, text); } }
    });
    field.addEventListener("blur", () => { if (!done && field.value !== node.text) { done = true; store(file, sheet, field.value); } else back(); });
    node.replaceChildren(field);
    field.focus();
    field.select();
  };
  const store = async (file, sheet, text) => {
    say("正在再查一遍…");
    const box = sheets.querySelector(".sheet-box"), kept = [box.scrollLeft, box.scrollTop];
    try {
      const answer = JSON.parse(await ask("change", [file.path, sheet.name, cell.row, cell.column, text]));
      if (answer.error) { say(`没有改：${answer.error}`); drawn(); }
      else { file.changed = true; edited.add(file.path); shown(JSON.stringify(answer)); }
      [sheets.querySelector(".sheet-box").scrollLeft, sheets.querySelector(".sheet-box").scrollTop] = kept;
      cellAt(cell.row, cell.column)?.focus({ preventScroll: true });
    } catch (error) {
      failed(error);
    }
  };

  // Handing back -----------------------------------------------------------------------------------------------------
  const edited = new Set();
  const save = (blob, name) => {
    const link = made("a", { href: URL.createObjectURL(blob), download: name });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  };
  const renamed = (path, more) => path.split("/").at(-1).replace(/(\.[^.]*)?$/, `${more}$1`);
  const does = () => {
    const file = state.files[at.file];
    const row = made("p", { class: "does no-print" });
    if (state.findings.length) row.append(button("打印要做的事", () => { document.documentElement.dataset.paper = "todo"; print(); }));
    if (file?.annotates && file.sheets.length) row.append(button("下载批注过的工作簿", async () => {
      const data = await ask("annotated", [file.path]);
      if (typeof data === "string") say(`没有批注：${JSON.parse(data).error}`);
      else save(new Blob([data]), renamed(file.path, "（批注）"));
    }));
    if (file && edited.has(file.path)) row.append(button("下载改过的文件", async () => save(new Blob([await ask("file", [file.path])]), renamed(file.path, "（改过）"))));
    row.append(button("下载问题清单（JSON）", async () => save(new Blob([await ask("report")], { type: "application/json" }), "问题清单.json")));
    return row;
  };
  addEventListener("afterprint", () => { delete document.documentElement.dataset.paper; });

  const shown = (json, first = false) => {
    const answer = JSON.parse(json);
    if (answer.error) return failed(new Error(answer.error), " ");
    if (first) edited.clear();
    state = answer;
    if (first && state.findings.length) {
      const to = state.findings.find((finding) => sheetOf(finding) >= 0);
      if (to) at = { file: Math.max(0, fileOf(to)), sheet: sheetOf(to) };
    } else if (first) at = { file: Math.max(0, state.files.findIndex((file) => file.sheets.length)), sheet: 0 };
    const sum = state.summary;
    const formulas = state.formulas && edited.size ? "表里有公式：这里不重新计算，下载以后用 Excel 或 WPS 打开存一次，再查一遍。" : "";
    say(`检查了 ${sum.files} 个文件：错误 ${sum.error}，警告 ${sum.warning}，提示 ${sum.note}。${formulas}`);
    trouble.hidden = true;
    listed();
    drawn();
    const bad = sheets.querySelector(".said")?.previousElementSibling, box = sheets.querySelector(".sheet-box");
    if (first && bad) box.scrollTop = bad.offsetTop - box.clientHeight / 3;
    likeness().then((node) => { todo.querySelector(".likeness")?.remove(); todo.append(node); });
  };

  // Begin ------------------------------------------------------------------------------------------------------------
  place.hidden = false;
  if (cannot) {
    place.append(made("div", { class: "notice" }, made("p", {}, made("b", {}, "这里不能检查："), cannot[0]), made("p", {}, cannot[1])));
    return;
  }
  place.append(drop, status, bar, trouble, todo, sheets);
  // Made-up files of the site, which are read like any other.
  for (const link of document.querySelectorAll("#checker-samples a")) link.after(" ", button("检查", async () => {
    try {
      const got = await fetch(link.href);
      if (!got.ok) throw new Error(`${link.textContent}: ${got.status}`);
      await chosen([{ name: decodeURIComponent(new URL(link.href).pathname.split("/").at(-1)), file: await got.blob() }]);
    } catch (error) {
      failed(error);
    }
  }, { "aria-label": `检查${link.textContent}` }));
  drop.addEventListener("dragover", (event) => { event.preventDefault(); drop.classList.add("over"); });
  drop.addEventListener("dragleave", () => drop.classList.remove("over"));
  drop.addEventListener("drop", dropped);
})();
