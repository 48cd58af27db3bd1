// What a calculator reckons: data made of the norms at build is evaluated here, without a page. Amounts are exact fractions of
// whole numbers, days are counted from 1970-01-01. src/banshi/site/calculators/ writes the data; a test compares with the engine.
"use strict";
globalThis.banshiCalculate = (() => {
  // Exact numbers: [numerator, denominator].
  const number = (text) => {
    const [, sign, whole, part = ""] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text);
    return [BigInt(sign + whole + part), 10n ** BigInt(part.length)];
  };
  const ZERO = [0n, 1n];
  const plus = (a, b) => [a[0] * b[1] + b[0] * a[1], a[1] * b[1]];
  const minus = (a) => [-a[0], a[1]];
  const over = (a, b) => (b[0] < 0n ? [-a[0] * b[1], a[1] * -b[0]] : [a[0] * b[1], a[1] * b[0]]);
  const compare = (a, b) => { const d = a[0] * b[1] - b[0] * a[1]; return d < 0n ? -1 : d > 0n ? 1 : 0; };
  const within = ([low, lowIn, high, highIn], it) => {
    const above = low === null ? 1 : compare(it, number(low)), below = high === null ? 1 : compare(number(high), it);
    return (above > 0 || (lowIn && above === 0)) && (below > 0 || (highIn && below === 0));
  };

  /** Digits of a number with so many decimals, a half rounded to the even digit. */
  const fixed = (it, decimals) => {
    const times = 10n ** BigInt(decimals), size = (it[0] < 0n ? -it[0] : it[0]) * times;
    let digits = size / it[1];
    const twice = (size % it[1]) * 2n;
    if (twice > it[1] || (twice === it[1] && digits % 2n)) digits += 1n;
    const text = String(digits).padStart(decimals + 1, "0"), end = text.length - decimals;
    return (it[0] < 0n ? "-" : "") + text.slice(0, end) + (decimals ? "." : "") + text.slice(end);
  };
  const bare = (text) => (text.includes(".") ? text.replace(/\.?0+$/, "") : text);
  const yuan = (it) => `${fixed(it, 2).replace(/\B(?=(\d{3})+\.)/g, ",")} 元`;
  const share = (part) => {
    const it = [part[0] * 100n, part[1]], short = fixed(it, 4), apart = compare(it, number(short));
    if (!apart) return `${bare(short)}%`;
    const round = !compare(number(short), number(fixed(number(short), 1)));
    return `${round ? (apart > 0 ? "略高于" : "略低于") : "约"}${bare(short)}%`;
  };

  // Days.
  const DAY = 864e5, LAST = Date.UTC(9999, 11, 31) / DAY;
  const iso = (day) => new Date(day * DAY).toISOString().slice(0, 10);
  const parsed = (text) => {
    const day = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00:00Z`) / DAY : NaN;
    return Number.isInteger(day) && iso(day) === text ? day : null;
  };
  const spoken = (day) => `${iso(day)}（星期${"日一二三四五六"[new Date(day * DAY).getUTCDay()]}）`;
  const weekend = (day) => (((day + 3) % 7) + 7) % 7 > 4;
  class UnknownYear extends Error {}
  /** A calendar: ``{"2012": "0102…"}``, for each known year the days on which it is not as the weekday says. */
  const calendar = (years) => {
    const turned = new Set(Object.entries(years).flatMap(([year, days]) => (days.match(/..../g) || []).map((d) => `${year}-${d.slice(0, 2)}-${d.slice(2)}`)));
    const works = (day) => {
      const text = day > LAST ? "9999" : iso(day);
      if (day > LAST || !(text.slice(0, 4) in years)) throw new UnknownYear(text.slice(0, 4));
      return weekend(day) === turned.has(text);
    };
    return { works };
  };
  const later = (day, months) => {
    const [year, month, date] = iso(day).split("-").map(Number), all = year * 12 + month - 1 + months;
    if (all >= 120000) throw new UnknownYear("9999");
    const first = parsed(`${String(Math.floor(all / 12)).padStart(4, "0")}-${String((all % 12) + 1).padStart(2, "0")}-01`);
    const length = new Date(Date.UTC(2000 + (Math.floor(all / 12) % 400), (all % 12) + 1, 0)).getUTCDate();
    return first + Math.min(date, length) - 1;
  };
  /** The last day of a length of time, with how it was found; null where that cannot be counted. */
  const ends = ({ works }, limit, start) => {
    const before = limit.same ? start - 1 : start, working = limit.unit === "工作日";
    const walk = (from) => { let day = from; for (let left = limit.n; left > 0; left -= works(day)) day += 1; return day; };
    const months = { 月: limit.n, 年: limit.n * 12 }[limit.unit];
    // The first day itself counted, months end on the day before the one of its number; where there is none, on the month's last.
    const on = (end) => (limit.same && iso(end).slice(8) === iso(start).slice(8) ? end - 1 : end);
    const plain = working ? walk(before) : limit.unit === "小时" ? before + Math.ceil(limit.n / 24) : months ? on(later(start, months)) : before + limit.n;
    if (plain > LAST) throw new UnknownYear("9999");
    let last = plain;
    while (limit.moved && !works(last)) last += 1;
    const added = [];
    if (working && limit.made_up) for (let day = before + 1; day <= plain; day++) if (weekend(day) && works(day)) added.push(iso(day));
    return { last, text: `自 ${iso(start)} ${limit.same ? "当日" : "次日"}起${limit.long}，到 ${iso(plain)} 为止`
      + (added.length ? `（其中 ${added.join("、")} 调休上班，计入）` : "") + (limit.unit === "小时" ? "；填报只写到日，按当日末起算" : "")
      + (last === plain ? "" : `；${iso(plain)} 是休息日，顺延到 ${iso(last)}`) };
  };

  // Expressions: a name, or an operation on expressions. What is not known (null) makes the whole not known.
  const OPERATIONS = {
    n: ([text]) => number(text),
    given: ([name], env) => (env.given[name] ? number(env.given[name]) : null), // used where it is there, not asked for
    or: ([one, other], env) => value(one, env) ?? value(other, env),
    "+": (of, env) => known(of, env, (a, b) => plus(a, b)),
    "-": (of, env) => known(of, env, (a, b) => plus(a, minus(b))),
    max: (of, env) => known(of, env, (a, b) => (compare(a, b) < 0 ? b : a)),
    all: (of, env) => known(of, env, (a) => a),
    abs: (of, env) => known(of, env, (a) => (a[0] < 0n ? minus(a) : a)),
  };
  const known = (of, env, made) => { const all = of.map((each) => value(each, env)); return all.includes(null) ? null : made(...all); };
  const value = (of, env) => (Array.isArray(of) ? OPERATIONS[of[0]](of.slice(1), env) : named(of, env));
  const named = (name, env) => {
    if (name in env.local) return env.local[name];
    const ask = env.data.asks[name];
    if (ask) env.touched.add(name);
    const given = env.given[name] ?? null;
    if (given !== null) return ask?.sort === "date" ? parsed(given) : !ask || ["yuan", "number"].includes(ask.sort) ? number(given) : given;
    return env.data.names?.[name] === undefined ? null : value(env.data.names[name], env);
  };
  const inside = (env, local) => ({ ...env, local: { ...env.local, ...local } });

  // Words: "{yuan:net}" prints a figure, ["less", "…"] stands only where the figure is not nought; ["less", "…", "…"]: where it is known, and where not.
  const FORMATS = { yuan, share, plain: (it) => bare(fixed(it, 6)), text: (it) => it, day: iso };
  const fill = (words, env) => words.replace(/\{\{|\}\}|\{(\w+):([^}]+)\}/g, (all, how, name) => (how ? FORMATS[how](value(name, env)) : all[0]));
  const words = (said, env) => (typeof said === "string" ? fill(said, env)
    : said.map((part) => (typeof part === "string" ? fill(part, env) : fill(part[(part.length > 2 ? value(part[0], env) : value(part[0], env)[0]) ? 1 : 2] ?? "", env))).join(""));
  const reason = (said, env) => ({ text: words(said.say, env), cite: said.cite ?? null });

  // Nodes: each gives what is found: {value, reasons, open: something unknown may lead elsewhere, may: where to (null: anywhere)}.
  const found = (value, reasons, more = {}) => ({ value, reasons, open: false, may: null, ...more });
  const unknown = (reasons, may = null) => found(null, reasons, { open: true, may });
  const run = (node, env) => NODES[node.do](node, env);
  const NODES = {
    value: (node, env) => [found(node.is, [reason(node, env)])],
    none: (node, env) => [found(null, [reason(node, env), ...supposed(node, env)])],
    /** Whatever a price comes to that is not stated: one question on each side of each line where something turns. */
    reached: (node, env) => {
      const lacking = node.of.filter((of) => value(of, env) === null), unpriced = node.unpriced && lacking.includes("provisional_sum");
      if (!lacking.length) return run(node.then, env);
      const [told] = run(node.then, unpriced ? inside(env, { provisional_sum: ZERO }) : env);
      const asked = questions(node, env, lacking).flatMap((local) => run(node.then, inside(env, local))), each = asked.length ? asked : [told];
      const may = [...new Set(each.flatMap((one) => mayBe(one, env)))];
      if (may.length === 1 && !each.some((one) => one.open)) {
        const led = told.open ? { ...each[0], reasons: [] } : told;
        return [{ ...led, reasons: [...led.reasons, { text: node.whatever[lacking.join("+")], cite: each[0].reasons.at(-1).cite }] }];
      }
      return [unknown([...(unpriced ? [reason(node.unpriced, env)] : []), ...told.reasons], may)];
    },
    /** One way or the other, by a comparison. */
    if: (node, env) => {
      let here = env;
      for (const [name, of] of node.let) here = inside(here, { [name]: value(of, here) });
      const [less, one, other] = node.test, a = value(one, here), b = value(other, here);
      if (a === null || b === null) return run(node.else, here).map((each) => ({ ...each, reasons: [] }));
      const passes = compare(a, b) < (less === "<=" ? 1 : 0);
      const why = { text: words(node.say[passes ? 0 : 1], here), cite: node.cite };
      if (passes) {
        const through = found(node.then, [why]), floor = node.floor ? run(node.floor, env) : [];
        return [floor.length ? chosen(node, env, [through, ...floor], true) : through];
      }
      return run(node.else, here).map((each) => ({ ...each, reasons: [why, ...each.reasons] }));
    },
    /** The interval that holds a figure, or its share of a base. */
    bands: (node, env) => {
      const shared = node.base !== undefined, base = shared ? value(node.base, env) : null, here = inside(env, { base });
      if (base && base[0] <= 0n) return [unknown([reason(node.no_share, here)])];
      if (base && node.only && !within(node.only.in, base)) return [found(null, [reason(node.only, here)])];
      const figure = value(node.of, here), lacking = shared && !base;
      if (figure === null || lacking) return [unknown([reason(lacking ? node.no_base : node.lacking, here)])];
      const it = shared ? over(figure, base) : figure, at = inside(here, { it });
      const held = node.in.filter((band) => within(band.in, it)), why = held.map((band) => reason({ say: node.why + band.say, cite: band.cite }, at));
      if (held.length === 1 && held[0].then) return run(held[0].then, env).map((each) => ({ ...each, reasons: [...why, ...each.reasons] }));
      if (new Set(held.map((band) => band.is)).size > 1) return [unknown([...why, reason(node.two, at)], [...new Set(held.map((band) => band.is))])];
      return [held.length ? found(held[0].is, why.slice(0, 1)) : unknown([reason(node.gap, at)])];
    },
    /** What is one of those listed leads somewhere, whatever the figures; open where nobody said. */
    listed: (node, env) => {
      const criteria = node.criteria && value(node.criteria, env), kind = node.kind && value(node.kind, env), { order } = env.law;
      const met = node.rows.map((row) => ({ ...row, met: [...row.criteria.filter((each) => criteria?.includes(each)), ...row.kinds.filter((each) => each === kind)] }));
      const strict = met.filter((row) => row.met.length).reduce((a, b) => (a && order.indexOf(a.is) >= order.indexOf(b.is) ? a : b), null);
      const why = strict ? [reason(strict, inside(env, { met: strict.met.map((each) => node.called[each]).join("、") }))] : [], least = strict?.is ?? null;
      let may = [least];
      for (const [told, unsaid] of [[criteria, node.no_criteria], [kind, node.no_kind]]) {
        const wider = !unsaid || told !== null ? may : [...new Set(may.flatMap((a) => unsaid.led.map((b) => (order.indexOf(a) < order.indexOf(b) ? b : a))))];
        if (wider.length !== may.length || wider.some((each) => !may.includes(each))) why.push(reason(unsaid, env));
        may = wider;
      }
      return may.every((each) => each === null) ? [] : [found(least, why, { open: may.length > 1 || may[0] !== least, may })];
    },
    /** One of several ways of reckoning; some of them set the least (``floor``). */
    pick: (node, env) => {
      const of = node.of.flatMap((each) => run(each, env)), floor = node.floor ? run(node.floor, env) : [];
      if (!of.length && !floor.length) return [unknown(node.none.map((each) => reason(each, env)))];
      if (floor.length && node.takes === "min") return [chosen(node, env, [chosen(node, env, of), ...floor], true)];
      return [chosen(node, env, [...of, ...floor])];
    },
    /** By what was chosen. */
    switch: (node, env) => run(node.cases[value(node.of, env) ?? ""] ?? node.else, env),
    /** The last day of a length of time. */
    ends: (node, env) => {
      const start = value(node.from, env);
      try {
        const { last, text } = ends(env.calendar, node, start);
        return [found(last, [{ text, cite: node.cite }, ...supposed(node, env)])];
      } catch (error) {
        if (!(error instanceof UnknownYear)) throw error;
        return [found(null, [{ text: `${error.message} 年的放假安排未录入${node.fails}`, cite: node.cite }, ...supposed(node, env)])];
      }
    },
  };
  /** Which day is taken for one that a limit counts from and that was not given. */
  const supposed = ({ supposed: of }, env) => (of && value(of[0], env) === null ? [reason(of[1], env)] : []);
  const mayBe = (one, env) => (!one.open ? [one.value] : one.may ?? env.law.order);
  const possible = (each, env) => env.law.order.filter((one) => mayBe(each, env).includes(one));
  const chosen = (node, env, each, least = false) => {
    const { order } = env.law, reasons = each.flatMap((one) => one.reasons), unsaid = !node.takes && !least;
    const values = [...new Set(each.map((one) => one.value).filter((one) => one !== null))];
    const loose = node.takes === "min" && !least;
    const picked = (some) => some.filter((one) => one !== null).reduce((a, b) => (a !== null && (order.indexOf(a) <= order.indexOf(b)) === loose ? a : b), null);
    let may = [null];
    for (const one of each) may = [...new Set(may.flatMap((a) => mayBe(one, env).map((b) => picked([a, b]))))];
    if (may.includes(null)) return unknown(reasons); // it may be that nothing leads to a tier
    if (unsaid) may = [...new Set(each.flatMap((one) => mayBe(one, env)))].filter((one) => one !== null);
    if (unsaid && values.length > 1) return unknown([...reasons, reason(node.unsaid, env)], may);
    const is = picked(values);
    const why = node.takes && values.length > 1 && !least ? [reason(node.choice, inside(env, { called: env.law.called[is] }))] : [];
    return found(is, [...reasons, ...why], { open: may.length !== 1 || may[0] !== is, may });
  };

  // What is not stated: the whole cents on both sides of each value at which something turns (subjects/change/tier_lacking.py).
  const floor = ([n, d]) => { const q = n / d; return q * d > n ? q - 1n : q; };
  const beside = (values) => [...new Set(values.map((it) => floor([it[0] * 100n, it[1]])).flatMap((cent) => [cent, cent + 1n]))].map((cents) => [cents, 100n]);
  const times = (a, b) => [a[0] * b[0], a[1] * b[1]];
  const BOTH = ["bid_price", "contract_price"], least = (of) => [{ of, slope: ZERO, at: ZERO }, { of, slope: [-1n, 1n], at: ZERO }];
  const straight = (node, env) => node.lines.flatMap((line) => {
    const at = value(line.at, env), per = line.per ? value(line.per, env) : [1n, 1n];
    return at === null ? [] : [{ of: line.of, slope: plus(number(line.within ?? "0"), over(number(line.less ?? "0"), per)), at: over(at, per) }];
  });
  const sums = (node, lines, env, lacking) => {
    const at = lines.filter((line) => line.of === "provisional_sum").map((line) => line.at), prices = node.in.map((of) => value(of, env));
    node.in.forEach((of, n) => {
      const own = lines.filter((line) => line.of === of), price = prices[n];
      if (lacking.includes(of)) [...own, ...least(of)].forEach((a, i, all) => all.slice(0, i).forEach((b) => {
        const apart = plus(a.slope, minus(b.slope));
        if (apart[0]) at.push(over(plus(a.at, minus(b.at)), apart));
      }));
      else if (price !== null) at.push(price, ...own.filter((line) => line.slope[0]).map((line) => over(plus(line.at, minus(price)), line.slope)));
    });
    return beside([ZERO, ...at]).filter((it) => it[0] >= 0n && prices.every((price) => price === null || compare(it, price) <= 0)).sort(compare);
  };
  const questions = (node, env, lacking) => {
    const lines = straight(node, env), open = lacking.includes("provisional_sum"), stated = open ? null : value("provisional_sum", env) ?? ZERO;
    return (open ? sums(node, lines, env, lacking) : [stated]).flatMap((kept) => {
      const [bids, contracts] = BOTH.map((of) => (!lacking.includes(of) ? [node.in.includes(of) ? value(of, env) : null]
        : beside([kept, ...lines.filter((line) => line.of === of).map((line) => plus(line.at, minus(times(line.slope, kept))))])
          .filter((it) => compare(it, kept) >= 0 && it[0] > 0n).sort(compare)));
      return bids.flatMap((bid_price) => contracts.map((contract_price) => ({ bid_price, contract_price, ...(open ? { provisional_sum: kept } : {}) })));
    }).filter((local) => node.bases.every((base) => { const it = value(base, inside(env, local)); return it !== null && it[0] > 0n; }));
  };

  // Days of a procedure, step by step.
  const timetable = (stages, env) => {
    let day = value("complete", env), waiting = "";
    const made = stages.map((stage) => {
      const steps = stage.map((step) => timed(step, env, day, waiting));
      const needed = steps.filter((step) => !step.optional || step.told);
      waiting = needed.find((step) => step.ends === null)?.name ?? waiting;
      day = needed.some((step) => step.ends === null) ? null : needed.length ? Math.max(...needed.map((step) => step.ends)) : day;
      return steps;
    });
    return { stages: made, last: made.length ? day : null };
  };
  const timed = (step, env, day, waiting) => {
    const told = env.given[`done-${step.id}`] ? parsed(env.given[`done-${step.id}`]) : null, said = told === null ? [] : [{ text: `按所填的办结日 ${iso(told)}`, cite: null }];
    const made = { ...step, begins: day, told: told !== null };
    if (day === null) return { ...made, ends: told, reasons: told === null ? [{ text: `要等“${waiting}”办结，哪天办结推算不出`, cite: null }] : said };
    if (told !== null && told < day) return { ...made, ends: null, reasons: [{ text: `所填的办结日 ${iso(told)} 早于这一步开始的 ${iso(day)}`, cite: null }] };
    const [one] = run(step.by, inside(env, { complete: day, started: day, accepted: null, received: null }));
    return { ...made, ends: told ?? one.value, open: one.value === null, reasons: [...one.reasons, ...said] };
  };

  // A calculator: the data, with what occurs more than once written once ({"#": n}).
  const whole = (data) => {
    const parts = [];
    const put = (each) => {
      if (each === null || typeof each !== "object") return each;
      if (Array.isArray(each)) return each.map(put);
      if (each["#"] !== undefined) return parts[each["#"]];
      return Object.fromEntries(Object.entries(each).map(([key, inner]) => [key, put(inner)]));
    };
    for (const part of data.parts) parts.push(put(part));
    return put({ ...data, parts: undefined });
  };
  /** The law of a day in a place, for a matter filed on an earlier day; null where there is none. */
  const lawOf = (data, place, day, filed) => {
    const { spans } = data.places[place], at = (each) => spans.filter((span) => parsed(span.from) <= each).length - 1;
    const law = spans[at(filed)].laws[at(Math.max(day, filed)) - at(filed)];
    return law === null ? null : data.laws[law];
  };
  /** What was in force before a day on which nothing is, and what comes after; "" where something is. */
  const neighbours = (data, place, day) => (day === null ? "" : data.places[place].spans.filter((span) => parsed(span.from) <= day).at(-1).beside ?? "");
  const environment = (data, law, place, given) => ({ data, law, given, local: {}, touched: new Set(), calendar: calendar(data.calendars[data.places[place].calendar]) });
  /** What one card says otherwise than another, part by part; "" where there are no cards. */
  const apart = (cards, one, other) => {
    const [was, is] = [one, other].map((n) => cards?.[n]);
    if (!is) return "";
    if (is.unruled) return is.unruled;
    const texts = (said) => said.map(([text]) => text), changed = is.parts.filter(([, of], n) => JSON.stringify(texts(of)) !== JSON.stringify(texts(was.parts?.[n][1] ?? [])) || !was.parts);
    const limits = texts(is.limits).filter((text) => !texts(was.limits ?? []).includes(text)), gone = texts(was.limits ?? []).filter((text) => !texts(is.limits).includes(text));
    return [...changed.map(([label, of, none]) => `${label}：${texts(of).join("、") || none}`), ...limits, ...gone.map((text) => `没有“${text}”`)].join("；") || "依据的条款不同";
  };
  const decide = (env, question) => {
    const [first] = run(question.main, env);
    if (first.open) return { value: null, possible: possible(first, env), reasons: first.reasons, others: [] };
    const others = [];
    if (first.value !== null) for (const other of question.others) {
      const [there] = run(other.main, env);
      if (there.open || there.value === null || there.value === first.value) continue;
      const local = { called: env.law.called?.[there.value] ?? "", reason: there.reasons[0].text, apart: apart(env.law.cards, first.value, there.value) };
      others.push({ ...other, value: there.value, text: words(other.say, inside(env, local)) });
    }
    return { value: first.value, possible: [], reasons: first.reasons, others };
  };
  /** A figure larger than the price it is part of: its unit comes first. */
  const doubtful = (doubt, env) => {
    const stated = (name) => (env.given[name] ? number(env.given[name]) : null), price = doubt?.prices.find(stated), most = price && stated(price);
    const name = most && doubt.figures.find((each) => { const it = stated(each); return it && compare(it[0] < 0n ? minus(it) : it, most) > 0; });
    const { asks } = env.data;
    return name ? `${asks[name].label} ${yuan(stated(name))} 比${asks[price].label} ${yuan(most)} 还大，疑似元、万元混填：都按元写，核对后再算档次` : null;
  };
  /** Ways of answering that scripts of their own add: a kind's ``way`` → what it makes of an environment and the day asked about. */
  const ways = {};
  /** What a calculator answers: the law of the day, what it asked of what was given, the decision, and the days of the procedure. */
  const answer = (data, kind, given) => {
    const place = given.place ?? Object.keys(data.places)[0], day = parsed(given[kind.day] ?? "");
    const law = day === null ? null : lawOf(data, place, day, parsed(given.filed ?? "") ?? day);
    if (!law && (day === null || !kind.early)) return { law: null, beside: neighbours(data, place, day) };
    const env = environment(data, law, place, given);
    if (kind.way) return { law, ...ways[kind.way]({ ...env, place }, day) };
    const question = law.questions[kind.id][(kind.by && given[kind.by]) ?? ""];
    if (!question) return { law, asked: [] };
    const decision = decide(env, question), steps = kind.id === "tier" ? law.procedures[decision.value] : null;
    const plan = steps && timetable(steps.stages, env);
    if (plan) plan.total = steps.total;
    if (plan) plan.others = steps.others.map((other) => ({ ...other, last: timetable(other.stages, env).last })).filter((other) => plan.last !== null && other.last !== null && other.last !== plan.last);
    const notes = (steps ?? question).notes?.[given.major === "yes" ? "major" : "usual"] ?? [];
    return { law, asked: [...env.touched], decision, plan, notes: notes.map((note) => ({ ...note, say: words(note.say, env) })), doubt: doubtful(kind.doubt, env) };
  };
  return { LAST, UnknownYear, answer, bare, compare, fixed, iso, number, over, parsed, plus, minus, neighbours, spoken, value, ways, weekend, whole, within, yuan };
})();
