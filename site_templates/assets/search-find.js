// Finding: a query's units (search-asked.js) may each be met by several words; the few files that hold them are loaded as
// scripts, from a server as from a folder.
"use strict";
Object.assign(globalThis.banshiSearch, (() => {
  const engine = globalThis.banshiSearch;
  const here = typeof document === "undefined" ? null : document.currentScript?.src;
  const root = here ? new URL("../", here) : null;
  const files = new Map(), waiting = new Map();
  const put = (name, data) => { waiting.get(name)?.(data); };
  const script = (name) => new Promise((done, failed) => {
    waiting.set(name, done);
    const element = document.createElement("script");
    element.src = new URL(`search/${name}.js`, root).href;
    element.onerror = () => { files.delete(name); element.remove(); failed(new Error(name)); };
    element.onload = () => element.remove();
    document.head.append(element);
  });
  const load = (name) => {
    if (!files.has(name)) files.set(name, engine.fetcher ? engine.fetcher(name) : script(name));
    return files.get(name);
  };

  /** What may lie in several files: the first says how many more there are; lists and strings go on from one to the next. */
  const whole = async (name) => {
    const held = { ...await load(name) };
    const others = await Promise.all(Array.from({ length: held.more }, (_, n) => load(`${name}${n + 1}`)));
    for (const [key, value] of others.flatMap(Object.entries)) held[key] = Object.hasOwn(held, key) ? held[key].concat(value) : value;
    return held;
  };
  let read;
  const plan = () => (read ||= whole("plan").then((how) => {
    how.simpler = new Map([...how.from].map((c, n) => [c, [...how.to][n]]));
    return how;
  }).catch((error) => { read = undefined; throw error; }));
  /** The file of the index in which a word would be. */
  const fileOf = (how, word) => {
    let low = 0, high = how.fences.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (how.fences[middle] <= word) low = middle; else high = middle - 1;
    }
    return `w${low}`;
  };
  /** What the index holds under a word. */
  const entry = async (how, word) => {
    const held = await load(fileOf(how, word));
    return Object.hasOwn(held, word) ? held[word] : undefined;
  };
  const kindOf = (how, section) => {
    let end = 0;
    return how.kinds.findIndex(([, count]) => section < (end += count));
  };
  /** Whether a section is for who asks: a provision, a guide, a day off, which keep their worth where nothing holds most of a query. */
  const forReaders = (how, section) => how.kinds[kindOf(how, section)][2] === 1;
  const rarity = (how, flat) => Math.log(1 + how.count / (flat.length / 2));

  // Scores --------------------------------------------------------------------------------------------------------------

  const inside = ([, lower, upper, closed], value) =>
    (lower === "" || value > Number(lower) || (closed[0] === "[" && value === Number(lower)))
    && (upper === "" || value < Number(upper) || (closed[1] === "]" && value === Number(upper)));
  const BETWEEN = 12;
  const SAME_TIME = { 小时: [["分钟", 60]], 分钟: [["小时", 1 / 60]] };
  /** Sections whose interval holds a value, and whether it is open at an end. */
  const within = async (how, { unit, value }) => {
    const found = new Map();
    for (const [name, size] of [[unit, value], ...(SAME_TIME[unit] || []).map(([other, times]) => [other, value * times])]) {
      const flat = [];
      for (let key = `<${name}`, held; (held = await entry(how, key)); key += "+") flat.push(...held);
      for (let i = 0; i < flat.length; i += 4) {
        const each = flat.slice(i, i + 4);
        if (!inside(each, size)) continue;
        found.set(each[0], (found.get(each[0]) ?? true) && (each[1] === "" || each[2] === ""));
      }
    }
    return found;
  };
  const met = async (how, unit) => {
    const found = new Map();
    let worth = 0;
    const held = await Promise.all(unit.alternatives.map(async (each) => [...each, await entry(how, each[0])]));
    // 29小项 is not the 29 of a document's number, unless nothing has 29小项.
    const named = held.some(([word, , flat]) => flat && word[0] !== "#");
    // Where the texts have the word itself, what is like it comes after.
    const itself = held[0][2] && held[0][0][0] !== "~" ? 0.6 : 1;
    for (const [word, given, flat] of held) {
      if (!flat) continue;
      const factor = named && word[0] === "#" && given < 1 ? given / 6 : given * (word[0] === "~" ? itself : 1);
      worth = Math.max(worth, rarity(how, flat));
      for (let i = 0, section = 0; i < flat.length; i += 2) {
        section += flat[i];
        const score = flat[i + 1] * factor * unit.weight;
        if (score > (found.get(section) || 0)) found.set(section, score);
      }
    }
    if (unit.within) {
      const holding = await within(how, unit.within), said = found.size;
      // Of a figure that many texts name, an interval says as little as one of them does.
      const each = BETWEEN * Math.log(1 + how.count / Math.max(1, holding.size, said));
      if (holding.size) worth = Math.max(worth, 4);
      // A figure that the texts name is more likely meant itself than as one of all that an open interval holds.
      for (const [section, open] of holding) found.set(section, (found.get(section) || 0) + each * (open ? (said ? 0.15 : 0.7) : 1));
    }
    return { found, worth, itself: Boolean(held[0][2]) };
  };
  /** What meets each unit; of a term that the texts lack, as 工程款, its parts say less than the words of like meaning. */
  const meetings = async (how, units) => {
    const all = await Promise.all(units.map((unit) => met(how, unit)));
    const lacked = new Set(units.filter(({ term, sort }, n) => term && sort === "pair" && !all[n].itself).map(({ term }) => term));
    return Promise.all(units.map((unit, n) => {
      if (!lacked.has(unit.term) || !all[n].itself) return all[n];
      const [[word], ...meant] = unit.alternatives;
      return met(how, { ...unit, alternatives: [...meant, [word, 0.3]] });
    }));
  };
  /**
   * Where no section has a pair, but has the words on both sides, the pair is only where these two meet: what counts is how
   * many characters stand in no word that is known. Gives their places, and those of characters that could be left out too.
   */
  const unknownPlaces = (units, all) => {
    const known = new Set(), unknown = new Set(), others = new Set();
    units.forEach(({ sort, at, to, optional }, n) => {
      if (sort === "alone") others.add(at);
      if (sort === "joined") others.add(at).add(to - 1);
      if (!["pair", "single"].includes(sort)) return;
      for (const place of sort === "pair" ? [at, at + 1] : [at]) (all[n].worth ? known : optional ? others : unknown).add(place);
    });
    return [unknown, others].map((places) => [...places].filter((place) => !known.has(place)));
  };
  /** Of what a way of asking counts, the share in which a section must answer: 扣几分 wants what is deducted, not what is a matter. */
  const ASKED = 0.4;
  /** Section → score: what its words weigh, by how much of the query it meets. */
  const weigh = async (how, text, given = engine.unitsOf) => {
    const units = given(how, text);
    const all = await meetings(how, units);
    const unknown = Math.log(1 + how.count) / 2, [places, others] = unknownPlaces(units, all);
    // A character between words may be one that the texts use, alone or within another word.
    const more = places.map((place) => text[place]).filter((char) => char && !engine.common(char))
      .map((char) => engine.characterUnit(how, text, char));
    // A pair that only pages for who writes files have may be a slip, or part of another word, to one who asks for provisions.
    const forThem = (n) => [...all[n].found.keys()].some((section) => forReaders(how, section));
    const lacking = units.filter(({ sort, common, optional }, n) => sort === "pair" && !(common && optional) && !forThem(n));
    more.push(...engine.hinted(how, text, lacking, [...places, ...others], units.some(({ optional }, n) => !optional && all[n].worth)));
    const loose = await Promise.all(more.map((unit) => met(how, unit)));
    let whole = 0, eased = unknown * places.length / 2;
    const scores = new Map();
    [...units, ...more].forEach((unit, n) => {
      const { found, worth } = n < units.length ? all[n] : loose[n - units.length];
      const pair = unit.sort === "pair";
      const counts = unit.asks ? ASKED * worth : unit.optional ? 0 : worth || (unit.sort === "joined" ? 0 : unknown);
      whole += counts;
      eased += pair && !worth ? 0 : counts;
      for (const [section, score] of found) {
        const [sum, held] = scores.get(section) || [0, 0];
        scores.set(section, [sum + score, held + counts]);
      }
    });
    const found = new Map();
    let best = 0;
    for (const [section, [sum, held]] of scores) {
      const share = whole ? held / whole : 0.5, met = eased ? held / eased : 0.5;
      if (met < 0.25) continue;
      best = Math.max(best, share);
      found.set(section, { score: sum * met ** 2, share });
    }
    return { found, best, lacking, units };
  };

  // What was meant ------------------------------------------------------------------------------------------------------

  const MOST_SYLLABLES = 8;
  const alike = (text) => text.replace(/([zcs])h/g, "$1").replace(/([aeio])ng/g, "$1n").replace(/v/g, "u").replace(/n(?=[aeiou])/g, "l");
  /** Words that a run of Latin letters may stand for: by their pinyin, else by their initials. */
  const byLetters = async (how, text, look = entry) => {
    const typed = text.replace(/[^a-z]/g, "");
    const spelt = [...new Set([`=${alike(typed)}`, `=${typed}`])];
    return [...new Set((await Promise.all(spelt.map((key) => look(how, key)))).flatMap((each) => (each ? each.split(" ") : [])))];
  };
  /** The words of the shortest pinyin that begins so, as far as one file holds them: kuango is not all of kuangong yet. */
  const begunWith = async (how, key) => {
    const begun = Object.entries(await load(fileOf(how, key))).filter(([word]) => word.startsWith(key));
    return begun.sort(([a], [b]) => a.length - b.length).slice(0, 1).map(([, words]) => words).join("");
  };
  const SYLLABLE = /(?:[zcs]h|[bpmfdtnlgkhjqxrzcsyw])?(?:uang|iang|iong|ang|eng|ing|ong|uai|uan|iao|ian|ai|ei|ui|ao|ou|iu|ie|ue|ve|er|an|en|in|un|vn|ia|ua|uo|a|o|e|i|u|v)/y;
  /** Where a run of letters may end: after a syllable, and where a space was typed. */
  const ends = (typed) => {
    const found = [];
    for (let at = 0; at < typed.length;) {
      SYLLABLE.lastIndex = at;
      const [said] = SYLLABLE.exec(typed) || [typed[at]];
      found.push(at += said.length);
    }
    return found;
  };
  /** Words one after another whose pinyin a run of letters is: gongcheng biangeng zuojia is 工程变更 and 作价. None where some is of no word. */
  const inTurn = async (how, text) => {
    const typed = text.replace(/[^a-z]/g, ""), found = [];
    for (let from = 0; from < typed.length;) {
      const stops = ends(typed.slice(from)).slice(1, MOST_SYLLABLES).reverse();
      const held = await Promise.all(stops.map((stop) => byLetters(how, typed.slice(from, from + stop))));
      const longest = held.findIndex((words) => words.length);
      if (longest < 0) return "";
      found.push(held[longest][0]);
      from += stops[longest];
    }
    return found.join(" ");
  };
  /** The text with one character put right, by its sound or by the characters on both sides: the likeliest first. */
  const byEar = async (how, text, lacking) => {
    const windows = new Map();
    for (const { at } of lacking) {
      for (const [from, to] of [[at, at + 2], [at - 1, at + 2], [at, at + 3]]) {
        const window = text.slice(from, to);
        if (from >= 0 && window.length === to - from && /^[\u3400-\u9fff]+$/.test(window)) windows.set(`${from},${to}`, [from, to, window]);
      }
    }
    const found = [];
    await Promise.all([...windows.values()].slice(0, 6).map(async ([from, to, window]) => {
      const sounds = await Promise.all([...window].map((char) => entry(how, `'${char}`)));
      const keys = sounds.every(Boolean) ? [`=${alike(sounds.join(""))}`] : [];
      if (window.length === 3) keys.push(`*${window[0]}?${window[2]}`);
      for (const held of await Promise.all(keys.map((key) => entry(how, key)))) {
        for (const word of held ? held.split(" ") : []) {
          const changed = word.length === window.length ? [...word].filter((c, n) => c !== window[n]).length : 9;
          if (changed === 1) found.push([text.slice(0, from) + word + text.slice(to), word]);
        }
      }
    }));
    return found.sort((a, b) => b[1].length - a[1].length).slice(0, 6);
  };
  const merge = (into, { found }, factor) => {
    for (const [section, each] of found) {
      const score = each.score * factor;
      if (score > (into.get(section)?.score || 0)) into.set(section, { ...each, score });
    }
  };
  const GOOD = 0.95, SURE = 0.8, FAINT = 0.04;
  /** Sections with their scores, and what the query was taken for where that is another word. */
  const answer = async (how, text) => {
    const own = await weigh(how, text), found = new Map(own.found);
    let taken = "", best = own.best;
    const attempt = async (texts, factor, top = 0) => {
      const tried = await Promise.all(texts.map((each) => weigh(how, each)));
      tried.forEach((each, n) => {
        const most = Math.max(0, ...[...each.found.values()].map(({ score }) => score)) * factor(n);
        merge(found, each, factor(n));
        if (most > top && each.best > best - 0.01) [top, taken] = [most, texts[n]];
        best = Math.max(best, each.best);
      });
    };
    const letters = engine.named(how, text) ? "" : text.match(/[a-z][a-z\s']+/)?.[0];
    if (letters) {
      const words = await byLetters(how, letters);
      await attempt(words.map((word) => text.replace(letters, ` ${word} `).trim()), (n) => 1 / (1 + n / 6));
    } else {
      const heard = own.lacking.filter(({ optional }) => !optional || own.best < GOOD);
      const texts = (await byEar(how, text, heard)).map(([each]) => each);
      // What was typed is told to be taken for something else only where that is found better.
      await attempt(texts, () => 0.9, Math.max(0, ...[...own.found.values()].map(({ score }) => score)));
    }
    // Letters for which no word stands: several words, else what most of them stand for or begin, from the front.
    const several = letters && !found.size ? await inTurn(how, letters) : "";
    if (several) await attempt([text.replace(letters, ` ${several} `).trim()], () => 1);
    for (let most = (letters || "").trim().length; most > 1 && !found.size; most -= 1) {
      const begun = letters.trim().slice(0, most), whole = await byLetters(how, begun);
      const words = whole.length ? whole : await byLetters(how, begun, begunWith);
      await attempt(words.map((word) => text.replace(letters, ` ${word} `).trim()), (n) => 1 / (1 + n / 6));
    }
    if (!found.size) {
      const spelt = await weigh(how, text, engine.charactersOf);
      merge(found, spelt, 1);
      return { found, taken: "", best: 0, units: spelt.units };
    }
    return { found, taken: taken === text ? "" : taken, best, units: own.units };
  };

  // Sections in their order ---------------------------------------------------------------------------------------------

  const LOOKED_AT = 12, BEST = 5, AT_ONCE = 8, OF_ONE_DOCUMENT = 1;
  const marks = (how, units, taken) => {
    const found = new Set(taken ? engine.words(taken).filter((word) => word.length > 1) : []);
    for (const [word] of units.flatMap((unit) => unit.alternatives)) {
      const group = word[0] === "~" ? how.groups[word.slice(1)] : null;
      for (const each of group ? group.flatMap(engine.words).filter((part) => part.length > 1) : [word]) found.add(each);
    }
    return found;
  };
  /** What is found for a query: numbers of sections, best first, and how good the answer is. */
  const find = async (given) => {
    const how = await plan(), folded = engine.fold(how.simpler, given.trim());
    const written = how.spoken.reduce((text, [said, meant]) => text.replaceAll(said, meant), folded);
    const text = engine.spoken(engine.plain(written));
    const { found, taken, best, units } = await answer(how, text);
    if (best < SURE) {
      // Where nothing holds most of what was said, provisions and guides are nearer to it than pages for who writes files.
      for (const [section, each] of found) each.score *= how.kinds[kindOf(how, section)][2];
    }
    const top = Math.max(0, ...[...found.values()].map(({ score }) => score));
    const every = [...found].filter(([, { score }]) => score > top * FAINT)
      .sort((a, b) => b[1].score - a[1].score || a[0] - b[0]).map(([section]) => section);
    // Texts that are not in force, where their instrument has another: shown when asked for, or when nothing else is found.
    const apart = new Set(how.others), first = every.filter((section) => !apart.has(section));
    const asked = how.times.some((each) => text.includes(each)) || !first.length;
    const order = asked ? every : first, others = asked ? [] : every.filter((section) => apart.has(section));
    const inside = units.flatMap((unit) => unit.within || []);
    return { how, every, order, others, taken, inside, wanted: marks(how, units, taken), exact: best >= GOOD, sure: best >= SURE };
  };
  /** How many sections of each kind are among those found: [label, number of the kind, count]. */
  const kinds = ({ how, order }) =>
    how.kinds.map(([label], n) => [label, n, order.filter((section) => kindOf(how, section) === n).length]).filter(([, , count]) => count);
  /** The sections found that are of one kind, or all. */
  const ofKind = ({ how, order }, kind) => (kind < 0 ? order : order.filter((section) => kindOf(how, section) === kind));
  /** The sections found that stand in a text which is in force on a day, written 2026-11-27. */
  const onDay = async ({ every }, day) => {
    const held = new Set();
    for (const [first, count, since, until] of (await whole("days")).texts || []) {
      if (since <= day && (!until || day <= until)) for (let n = first; n < first + count; n += 1) held.add(n);
    }
    return every.filter((section) => held.has(section));
  };
  /**
   * Takes the next sections off ``left``, few of one document: [[page, heading, address, text], …] of each document.
   * What is left out for now stays in ``left``, in front.
   */
  const show = async ({ how }, left) => {
    const looked = left.splice(0, LOOKED_AT);
    const read = await Promise.all(looked.map(async (n) => (await load(`s${Math.floor(n / how.shown)}`))[n % how.shown]));
    const documents = new Map(), later = [];
    let shown = 0;
    read.forEach((each, n) => {
      const name = each[2].split("#")[0], held = documents.get(name) || [];
      // The best are shown whichever document they are of; after them, one document is not to fill the list.
      if (n >= BEST && (held.length >= OF_ONE_DOCUMENT || shown >= AT_ONCE)) { later.push(looked[n]); return; }
      documents.set(name, [...held, each]);
      shown += 1;
    });
    left.unshift(...later);
    return [...documents.values()];
  };

  /** What is shown where nothing is found: sections as ``show`` gives them. */
  const suggested = () => load("guides");

  return { put, plan, find, kinds, ofKind, onDay, show, suggested, root };
})());
