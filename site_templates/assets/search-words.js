// The words of what a reader types, as src/banshi/site/words.py makes them of the pages. A test compares the two.
"use strict";
globalThis.banshiSearch = (() => {
  const digits = new Map([..."零一二三四五六七八九"].map((c, n) => [c, n]));
  [..."〇壹贰叁肆伍陆柒捌玖"].forEach((c, n) => digits.set(c, n));
  digits.set("○", 0);
  digits.set("两", 2);
  const times = new Map([["十", 10], ["拾", 10], ["百", 100], ["佰", 100], ["千", 1e3], ["仟", 1e3], ["万", 1e4], ["亿", 1e8]]);
  const chinese = `[${[...digits.keys()].join("")}十拾][${[...digits.keys(), ...times.keys()].join("")}]*`;
  const arabic = "\\d+(?:,\\d{3})*(?:\\.\\d+)?\\s?[十百千万亿]*";
  const units = "元|个?工作日|天|日|个?小时|分钟|个?月|个?季度|年|条|章|款|个?大项|个?小项|个?项|号|人次|次|个?人|个?百分点|分|%|件|篇|起|个";
  const families = { 工作日: "天", 日: "天", 大项: "项", 小项: "项", 人次: "次" };
  const ordinal = new Set(["条", "章", "款", "月", "季度"]);
  const figure = new RegExp(`(?:(第)?(${arabic}|${chinese})(${units})|(${arabic}|${chinese}))`, "g");
  const share = new RegExp(`百分之(${chinese}|${arabic})`, "g");
  const money = /[¥￥]\s?(\d+(?:,\d{3})*(?:\.\d+)?[万亿]?)元?/g;
  const date = /(\d{4})[-./](\d{1,2})[-./](\d{1,2})(?!\d)/g;
  const half = /半(天|日|个?月|年|个?小时)/g;
  const small = "\\d{1,3}|[一二三四五六七八九十]{1,3}";
  const article = new RegExp(`(?:第?(${small})条|第(${small})(?=\\()|(?<![a-z])art(?:icle)?\\.?\\s?(\\d{1,3}))`
    + `(?:第?\\(?(${small})\\)?款)?(?:第?\\(?(${small})\\)?项|\\.?\\((${small})\\))?`, "g");
  const label = new RegExp(`(${small})条?[、,.]?\\s?\\((${small})\\)\\s?(\\d{0,2})(?!\\d)`, "g");
  const annex = new RegExp(`(附件|附表|注)(${small})(?!册)`, "g");
  const time = new RegExp("(凌晨|早上|早晨|上午|中午|下午|傍晚|晚上|晚)?"
    + `(?:(\\d{1,2}):(\\d\\d)(?::\\d\\d)?|(${small})[点时](?:钟|整)?(?:(半)|(${small})分)?)`, "g");
  const later = new Set(["下午", "傍晚", "晚上", "晚"]), range = new Set(["至", "到", "-", "—", "~"]);
  const latin = /[a-z]+(?:\d+)?/g, han = /[\u3400-\u9fff]+/g;
  const between = /(?<=[\u3400-\u9fff])[、,·/\s“”"'《》()[\]-]+(?=[\u3400-\u9fff])/g;

  const inChinese = (text) => {
    let total = 0, section = 0, digit = 0;
    for (const char of text) {
      const by = times.get(char) || 0;
      if (!by) digit = digits.get(char);
      else if (by < 1e4) { section += (digit || 1) * by; digit = 0; }
      else { total = (total + section + digit) * by; section = digit = 0; }
    }
    return total + section + digit;
  };
  const number = (given) => {
    const text = given.replaceAll(" ", ""), plain = /^[\d,.]+/.exec(text);
    if (plain) {
      let value = Number(plain[0].replaceAll(",", ""));
      for (const char of text.slice(plain[0].length)) value *= times.get(char);
      return String(Math.round(value * 100) / 100);
    }
    if (![...text].some((c) => times.has(c))) return String(Number([...text].map((c) => digits.get(c)).join("")));
    return String(inChinese(text));
  };
  const bare = (text) => /\d/.test(text[0]) || ([...text].some((c) => digits.has(c)) && [...text].some((c) => times.has(c)));
  const plainUnit = (unit) => unit.replace(/^个(?=.)/, "");
  const family = (unit) => families[plainUnit(unit)] || plainUnit(unit);

  const brackets = { "〔": "(", "〕": ")", "[": "(", "]": ")" };
  const foldChar = (simpler, char) =>
    [...char.normalize("NFKC").toLowerCase()].map((c) => simpler.get(c) || c).map((c) => brackets[c] || c).join("");
  const fold = (simpler, text) =>
    [...text.normalize("NFKC").toLowerCase()].map((c) => simpler.get(c) || brackets[c] || c).join("");
  const plain = (folded) => folded.replace(date, "$1年$2月$3日").replaceAll("﹪", "%").replace(money, "$1元")
    .replace(share, (_, given) => `${number(given)}%`);

  /** Measures as readers say them, in the units of the texts: 三刻钟 is 45分钟, 两周 is 14天, 50多万 is 50万多. */
  const someMore = new RegExp(`(${arabic}|${chinese})[多来余]([百千万亿]+)`, "g");
  const spokenMeasure = new RegExp(`(${arabic}|${chinese})(?:(个?刻钟)|个?(?:星期|礼拜|周)(?![一二三四五六日末年岁边期])(?:时间)?)`, "g");
  const andMore = new RegExp(`(${arabic}|${chinese})个?多(小时|天|月|年|分钟|星期|周)`, "g");
  /** 三四次 is four times at most, 三回 and 三趟 are 三次. */
  const about = new RegExp("(?<![一二三四五六七八九十百千万])([一两二三四五六七八])([二两三四五六七八九])(?=[个次回趟天日月年件万点])", "g");
  const timesSaid = new RegExp(`(${arabic}|${chinese})(?:回|趟|遍)`, "g");
  const articleOf = /((?:办法|规定|制度|细则|条例|意见|方案)》?)\s*(\d{1,3})$/;
  /** 十万块 is 十万元; 第2部分, § 2 and, of what numbers its parts so, 七.3 are 第2条, 第2条 and 七(3). */
  const inPieces = /(?<=[\d十百千万亿])块(?![儿地头])钱?/g, partOf = new RegExp(`第(${small})(?:部分|大点|大条)|§\\s?(\\d{1,3})`, "g");
  const pointOf = /(?<=^|[^一二三四五六七八九十\d])([一二三四五六七八九十]{1,3})[.．、](\d{1,2})(?![\d一二三四五六七八九十])/g;
  const ofLetters = /(\d)\s?(w|k)(?![a-z\d])/g;
  const spoken = (text) => text.replaceAll("钟头", "小时").replace(inPieces, "元")
    .replace(partOf, (_, part, sign) => `第${part || sign}条`).replace(pointOf, "$1($2)")
    .replace(about, (whole, fewer, more) => (digits.get(more) === digits.get(fewer) + 1 ? more : whole)).replace(timesSaid, "$1次").replace(ofLetters, (_, given, size) => given + (size === "w" ? "万" : "千"))
    .replace(someMore, "$1$2多").replace(andMore, "$1$2多").replace(articleOf, "$1第$2条")
    .replace(spokenMeasure, (_, given, quarter) => (quarter ? `${15 * number(given)}分钟` : `${7 * number(given)}天`));

  /** What stands in a plain text, each with its words, the most telling first: {words, from, to, sort, …}. */
  function* figures(text) {
    for (const m of text.matchAll(half)) yield said(m, "0.5", m[1]);
    for (const m of text.matchAll(figure)) {
      if (m[3]) yield said(m, number(m[2]), m[3], m[2]);
      else if (bare(m[4])) yield { sort: "figure", words: [`#${number(m[4])}`], value: number(m[4]), unit: "", written: m[4], from: m.index, to: m.index + m[0].length };
    }
  }
  const said = (m, value, unit, written = "") => {
    const words = [value + plainUnit(unit)];
    if (family(unit) !== plainUnit(unit)) words.push(value + family(unit));
    if (!ordinal.has(plainUnit(unit))) words.push(`#${value}`);
    return { sort: "figure", words, value, unit: family(unit), written, from: m.index, to: m.index + m[0].length };
  };
  function* clocks(text) {
    let before = "", end = -1;
    for (const m of text.matchAll(time)) {
      const part = m[1] || (end >= 0 && range.has(text.slice(end, m.index).trim()) ? before : "");
      const hour = Number(m[2] || number(m[4])), minutes = String(m[3] || (m[5] ? 30 : number(m[6] || "0"))).padStart(2, "0");
      before = part;
      end = m.index + m[0].length;
      const words = [`t${later.has(part) && hour < 12 ? hour + 12 : hour}:${minutes}`];
      yield { sort: "time", words, hour, minutes, part, from: m.index, to: end };
    }
  }
  function* articles(text) {
    for (const m of text.matchAll(article)) {
      const whole = `@${number(m[1] || m[2] || m[3])}`;
      const parts = m.slice(4).filter(Boolean).map((part) => `${whole}.${number(part)}`);
      yield { sort: "article", words: [whole, ...parts], from: m.index, to: m.index + m[0].length };
    }
    for (const m of text.matchAll(label)) {
      const whole = `@${number(m[1])}.${number(m[2])}`;
      yield { sort: "article", words: m[3] ? [whole, `${whole}.${m[3]}`] : [whole], from: m.index, to: m.index + m[0].length };
    }
    for (const m of text.matchAll(annex))
      yield { sort: "article", words: [`@${m[1]}${number(m[2])}`], from: m.index, to: m.index + m[0].length };
  }
  function* simple(text) {
    for (const m of text.matchAll(latin)) yield { sort: "latin", words: [m[0]], from: m.index, to: m.index + m[0].length };
    for (const m of text.matchAll(han))
      for (let n = 0; n < m[0].length; n++) {
        if (n + 1 < m[0].length) yield { sort: "pair", words: [m[0].slice(n, n + 2)], from: m.index + n, to: m.index + n + 2 };
        yield { sort: "char", words: [m[0][n]], from: m.index + n, to: m.index + n + 1 };
      }
    for (const m of text.matchAll(between)) {
      const end = m.index + m[0].length;
      yield { sort: "joined", words: [text[m.index - 1] + text[end]], from: m.index - 1, to: end + 1 };
    }
  }
  const words = (text) => [...figures(text), ...clocks(text), ...articles(text), ...simple(text)].flatMap((each) => each.words);
  return { fold, foldChar, plain, spoken, figures, clocks, articles, simple, words };
})();
