// Into which period of assessment a day falls, and what a fact costs or brings there: marks of sub-items, bonus, deduction, veto.
// As src/banshi/law/assessment_periods.py and src/banshi/subjects/assessment (judging.py, base.py, entries.py, extras.py) decide it; a test compares.
"use strict";
(() => {
  const { UnknownYear, bare, compare, fixed, iso, minus, neighbours, number, over, parsed, plus, ways, weekend, within } = globalThis.banshiCalculate;
  const ZERO = [0n, 1n], HUNDRED = [100n, 1n], WORDS = { month: "月", quarter: "季度", half_year: "半年", year: "年度" };
  const times = (a, b) => [a[0] * b[0], a[1] * b[1]], less = (a, b) => plus(a, minus(b)), size = (it) => (it[0] < 0n ? minus(it) : it);
  const least = (a, b) => (compare(a, b) < 0 ? a : b), most = (a, b) => (compare(a, b) < 0 ? b : a), whole = (n) => [BigInt(n), 1n];
  const plain = (it) => bare(fixed(it, 40));
  /** With so many decimals, halves away from zero. */
  const rounded = (it, digits) => {
    const ten = 10n ** BigInt(digits), of = size(it), up = (2n * of[0] * ten + of[1]) / (2n * of[1]);
    return [it[0] < 0n ? -up : up, ten];
  };
  const kept = (it) => plain(rounded(it, 4)), shown = (it) => fixed(rounded(it, 2), 2);

  // Periods.
  const lastOf = (year, month) => new Date(Date.UTC(year, month, 0)).getUTCDate();
  const dayOf = (year, [month, day, years]) => {
    const own = year + years, last = lastOf(own, month);
    return parsed(`${String(own).padStart(4, "0")}-${String(month).padStart(2, "0")}-${String(Math.min(day || last, last)).padStart(2, "0")}`);
  };
  const called = (kind, year, n) => ({ month: `${year}年${n}月`, quarter: `${year}年第${n}季度`, half_year: `${year}年${n === 1 ? "上" : "下"}半年`, year: `${year}年度` })[kind];
  const periodsOf = (law, kind, year) => law.periods.filter((norm) => norm.kind === kind).map((norm) => {
    const start = dayOf(year, norm.start), begins = { whole: start, from_issue: parsed(norm.issued) }[norm.straddling] ?? parsed(norm.begins);
    return { ...norm, year, start, end: dayOf(year, norm.end), first: Math.max(start, begins), said: called(kind, year, norm.number) };
  });
  const holding = (law, kind, day) => {
    const year = Number(iso(day).slice(0, 4));
    return [year, year + 1].flatMap((each) => periodsOf(law, kind, each)).find((each) => each.start <= day && day <= each.end) ?? null;
  };
  /** The law in force at the end of the period that holds a day, and that period; null where none was in force. */
  const judgedBy = (data, place, day) => {
    const spans = data.places[place].spans.map((span) => ({ from: parsed(span.from), law: span.laws[0] === null ? null : data.laws[span.laws[0]] }));
    const at = (when) => spans.filter((span) => span.from <= when).at(-1).law;
    for (const span of [...spans].reverse()) for (const kind of span.law?.kinds ?? []) {
      const found = holding(span.law, kind, day);
      if (!found || span.from > found.end) continue;
      const law = at(found.end), own = law && law.kinds.includes(kind) ? periodsOf(law, kind, found.year).find((each) => each.number === found.number) : null;
      if (own && own.start <= day && day <= own.end) return { law, period: own };
    }
    return null;
  };

  // One rule against one fact; the value: {count}, {amount}, {part, whole}, {found}, {n} (on the day).
  const outcome = (rule, effect, text, more = {}) => ({ rule, effect, text, cite: rule.cite, points: ZERO, rate: null, ...more });
  const unsound = (rule, fact, { part, whole: of }) => {
    const said = `${part}/${of}`;
    if (of) return outcome(rule, "unknown", `${fact.name}写的是 ${said}，分子大于分母，不能判定`);
    if (rule.if_none === "keep") return outcome(rule, "kept", `${fact.name} ${said}，按规定不减`);
    if (rule.if_none === "zero") return outcome(rule, "zero", `${fact.name} ${said}，按规定不得分`);
    if (rule.if_none === "not_determined") return outcome(rule, "unknown", `${fact.name} ${said}：没有可计的，不能判定`);
    return outcome(rule, "unknown", `${fact.name} ${said}：没有可计的件数，由人评分`);
  };
  const sound = ({ part, whole: of }) => of > 0 && part <= of;
  const percent = ({ part, whole: of }, digits) => { const it = over(times(HUNDRED, whole(part)), whole(of)); return digits === null ? it : rounded(it, digits); };
  const bySteps = (rule, figure) => {
    if (!within(rule.bound, figure)) return [ZERO, "不减"];
    const end = number(rule.end), apart = size(less(end, figure)), points = number(rule.points ?? "0");
    let steps = over(apart, number(rule.step));
    if (rule.part !== "exact") steps = whole(rule.part === "up" ? (steps[0] + steps[1] - 1n) / steps[1] : steps[0] / steps[1]);
    const lost = times(steps, points);
    return [lost, `与${plain(end)}${rule.unit}差${kept(apart)}，每${plain(number(rule.step))}减${plain(points)}分，共减${kept(lost)}分`];
  };
  const byBands = (rule, figure) => {
    const band = rule.bands.find((each) => within(each.in, figure));
    return band ? [number(band.points), `在“${band.said}”一档，减${plain(number(band.points))}分`] : [ZERO, "不在各档之内，不减"];
  };
  const byFigure = (rule, fact, value) => {
    if (fact.sort === "rate" && !sound(value)) return unsound(rule, fact, value);
    const figure = fact.sort === "rate" ? percent(value, rule.digits) : fact.sort === "amount" ? value.amount : whole(value.count);
    const [points, said] = rule.effect === "banded" ? byBands(rule, figure) : bySteps(rule, figure);
    return outcome(rule, "less", `${fact.name} ${kept(figure)}${rule.figure_unit}：${said}`, { points: rounded(points, 20) });
  };
  const kept100 = (value, digits) => {
    if (digits === null) return value;
    const it = percent(value, digits), ten = 10 ** digits;
    return { part: Number(times(it, whole(ten))[0] / times(it, whole(ten))[1]), whole: 100 * ten, said: `${plain(it)}%` };
  };
  const byRate = (rule, fact, value) => {
    if (!sound(value)) return unsound(rule, fact, value);
    const figure = percent(value, rule.digits), inside = within(rule.bound, figure), share = rule.effect === "multiply";
    const said = inside ? (share ? "按比率计" : "不得分") : "不减";
    const text = `${fact.name} ${value.part}/${value.whole}（${bare(fixed(figure, 4))}%），${inside ? "在" : "不在"}“${rule.said}”之内：${said}`;
    return inside ? outcome(rule, share ? "share" : "zero", text, share ? { rate: kept100(value, rule.digits) } : {}) : outcome(rule, "kept", text);
  };
  const byAmount = (rule, fact, { amount }) => {
    const said = `${fact.name} ${plain(amount)}${rule.unit}`, inside = within(rule.bound, amount);
    if (rule.effect !== "subtract") return outcome(rule, inside ? "zero" : "kept", `${said}：${inside ? "不得分" : "不减"}`);
    const low = rule.bound[0] === null ? ZERO : number(rule.bound[0]), high = rule.bound[2] === null ? amount : least(amount, number(rule.bound[2]));
    const counts = most(ZERO, less(high, low)), points = number(rule.points ?? "0"), lost = times(counts, points);
    return outcome(rule, "less", `${said}：${lost[0] ? `${plain(counts)} × ${plain(points)} ＝ 减${plain(lost)}分` : "不减"}`, { points: lost });
  };
  const byFinding = (rule, fact, { found }) => {
    const points = rule.points === null ? null : number(rule.points);
    if (found && rule.effect === "subtract" && points) return outcome(rule, "less", `${fact.name}：有，减${plain(points)}分`, { points });
    return found ? outcome(rule, "zero", `${fact.name}：有，不得分`) : outcome(rule, "kept", `${fact.name}：没有`);
  };
  const byDay = (rule, fact, { count }, day, works) => {
    const reached = works !== false && within(rule.bound, whole(count)), lost = reached && !rule.every_day;
    return outcome(rule, lost ? "zero" : "kept", `${fact.name}达到${rule.said}的：${reached ? `${iso(day)}（${count}${rule.unit}）` : "没有一天"}${lost ? "，不得分" : ""}`);
  };
  const unitsWithin = (count, [low, lowIn, high, highIn]) => {
    const from = low === null ? 1 : Math.floor(Number(low)) + (lowIn ? 0 : 1), to = high === null ? count : Math.min(count, Math.floor(Number(high)) - (highIn ? 0 : 1));
    return Math.max(0, to - Math.max(from, 1) + 1);
  };
  const byCount = (rule, fact, { count }, days, passes) => {
    const points = number(rule.points ?? "0"), said = `${fact.name} ${count}${rule.unit}：`, inside = within(rule.bound, whole(count));
    if (rule.effect === "subtract") {
      const units = unitsWithin(count, rule.bound), lost = rule.once ? (inside ? points : ZERO) : times(whole(units), points);
      const told = (rule.once ? lost[0] : units) ? `减${plain(lost)}分` : "不减";
      return outcome(rule, "less", said + (rule.once ? told : `${units}${rule.unit}在“${rule.said}”的部分，${told}`), { points: lost });
    }
    const lost = inside && !(rule.every_day && rule.unit === "个工作日" && count < days());
    if (lost && passes) return outcome(rule, "kept", `${said}按口径只在最重的一处扣，这里不减`, { spared: true });
    return outcome(rule, lost ? "zero" : "kept", said + (lost ? "不得分" : "不减"));
  };
  const judge = (rule, fact, value, at) => {
    const found = ["by_steps", "banded"].includes(rule.effect) ? byFigure(rule, fact, value)
      : { amount: byAmount, found: byFinding, rate: byRate, days: (...all) => byDay(...all, at.day, at.works) }[fact.sort]?.(rule, fact, value)
        ?? byCount(rule, fact, value, at.days, at.passes(rule));
    const limit = rule.at_most === null ? null : number(rule.at_most);
    return limit && compare(found.points, limit) > 0 ? { ...found, points: limit, text: `${found.text}，这一条最多减${plain(limit)}分` } : found;
  };
  /** Figures that a sub-item asks for: where they are not reached, a person decides, or nothing is left of the mark. */
  const saidOf = (fact, value) => (fact.sort === "rate" ? `${value.part}/${value.whole}` : `${value.count}${fact.unit}`);
  const reaches = (asked, fact, value) => within(asked.in, fact.sort === "rate" ? percent(value, null) : whole(value.count));
  const askedFor = (item, fact, value, spared) => {
    const own = (asked) => (asked.own ? !spared && !item.rules.some((rule) => rule.fact === fact.id) : true);
    return item.asked.filter((asked) => asked.fact === fact.id && own(asked)).flatMap((asked) => {
      if (fact.sort === "rate" && !sound(value)) return [unsound(item, fact, value)];
      if (reaches(asked, fact, value)) return [];
      const said = `${fact.name} ${saidOf(fact, value)}，没有达到${asked.said}`;
      return [item.short === "zero" ? outcome(item, "zero", `${said}，按规定不得分`) : outcome(item, "unknown", `${said}；细则没有写怎样扣分，由人评分`, { person: true })];
    });
  };
  /** What the data suggest for a sub-item that people mark. */
  const proposed = (item, fact, value) => item.asked.filter((asked) => asked.own && asked.fact === fact.id).map((asked) => {
    const said = `${fact.name} ${saidOf(fact, value)}`;
    if (fact.sort === "rate" && !sound(value)) return { text: `${said}：没有可计的，提不出建议`, cite: item.cite };
    const reached = reaches(asked, fact, value);
    return { text: `${said}，${reached ? "达到" : "没有达到"}${asked.said}；按数据建议 ${reached ? plain(number(item.marks)) : "0"} 分，由人确认`, cite: item.cite };
  });
  const why = ({ text, cite }) => ({ text, cite });

  // The mark of a sub-item, if nothing else was wrong.
  const stepsBeyond = (norm, rate) => {
    const beyond = over(less(times(HUNDRED, whole(rate.part)), times(number(norm.above), whole(rate.whole))), whole(rate.whole));
    if (norm.part === "exact") return rounded(over(most(ZERO, beyond), number(norm.step)), 20);
    const steps = over(beyond, number(norm.step));
    return beyond[0] <= 0n ? ZERO : whole(steps[0] / steps[1]);
  };
  const marked = (item, outcomes, fact, value) => {
    const lost = outcomes.filter((each) => each.effect === "zero");
    if (lost.length) return { mark: ZERO, reasons: lost.map(why), whole: true };
    if (outcomes.some((each) => each.effect === "unknown")) return { mark: null, person: outcomes.every((each) => each.effect !== "unknown" || each.person), reasons: outcomes.filter((each) => each.effect === "unknown").map(why) };
    const reasons = outcomes.map(why), full = number(item.marks);
    let mark = full;
    for (const each of outcomes) if (each.rate) {
      mark = rounded(over(times(full, whole(each.rate.part)), whole(each.rate.whole)), 20);
      if (each.rule.product_digits !== null) mark = rounded(mark, each.rule.product_digits);
      reasons.push({ text: `${plain(full)} × ${each.rate.said ?? `${each.rate.part}/${each.rate.whole}`} ＝ ${kept(mark)}`, cite: each.cite });
    }
    for (const each of outcomes) mark = less(mark, each.points);
    if (item.floor && compare(mark, number(item.floor[0])) < 0) {
      reasons.push({ text: `减到 ${plain(number(item.floor[0]))} 分为止（不计底线为 ${plain(mark)} 分）`, cite: item.floor[1] });
      mark = number(item.floor[0]);
    }
    for (const norm of fact.sort === "rate" && sound(value) ? item.beyond.filter((each) => each.rates.includes(fact.id)) : []) {
      const steps = stepsBeyond(norm, value), points = times(steps, number(norm.points));
      if (!steps[0]) continue;
      mark = plus(mark, points);
      reasons.push({ text: `超出的部分加在本小项：${plain(points)}分`, cite: norm.cite });
      break;
    }
    return { mark, reasons };
  };

  // Bonus and deduction.
  const capped = (points, cap, scale) => {
    const name = scale === "bonus" ? "加分" : "减分", over_ = cap?.at_most !== null && cap && compare(points, number(cap.at_most)) > 0;
    if (over_) return { points: number(cap.at_most), reason: { text: `${name}合计 ${shown(points)} 分，最高 ${plain(number(cap.at_most))} 分`, cite: cap.cite } };
    return { points, reason: { text: `${name}合计 ${shown(points)} 分`, cite: cap ? cap.cite : null } };
  };
  const added = (norm, fact, { count }, at) => {
    const each = number(norm.points), full = times(each, whole(count)), reasons = [{ text: `${fact.name}：${plain(each)} × ${count} ＝ ${plain(full)}`, cite: norm.cite }];
    let points = full;
    let open = false, counts = true;
    const drop = (text) => { reasons.push({ text, cite: norm.cite }); points = ZERO; counts = false; };
    const unknown = Boolean(norm.days) && at.works === undefined, year = Number(iso(at.day).slice(0, 4));
    if (unknown && norm.scale === "bonus") drop(`${year} 年的放假安排未录入，不知道 ${iso(at.day)} 是不是工作日`);
    else if (unknown) { open = true; reasons.push({ text: `${year} 年的放假安排未录入，不知道 ${iso(at.day)} 是不是工作日`, cite: norm.cite }); }
    else if (norm.days && at.works !== (norm.days === "working_days")) drop(`${iso(at.day)} 不是${norm.days === "working_days" ? "工作日" : "非工作日"}，不计`);
    const { begins, issued, cite } = at.period;
    if (norm.scale === "deduction" && counts && parsed(begins) <= at.day && at.day < parsed(issued))
      reasons.push({ text: `${iso(at.day)} 在印发（${issued}）以前、施行（${begins}）以后：按口径计入，注明溯及`, cite });
    if (points[0] && norm.once_per_matter && count > 1) { points = each; reasons.push({ text: `同一事项只加一次，计 ${plain(each)}`, cite: norm.cite }); }
    if (norm.cap !== null && compare(points, number(norm.cap)) > 0) { points = number(norm.cap); reasons.push({ text: `最高 ${plain(points)} 分`, cite: norm.cite }); }
    return { points, reasons, open };
  };
  const beyond = (norm, fact, value) => {
    const said = `${value.part}/${value.whole}`, above = plain(number(norm.above)), steps = sound(value) ? stepsBeyond(norm, value) : ZERO;
    const far = sound(value) && compare(over(times(HUNDRED, whole(value.part)), whole(value.whole)), number(norm.above)) > 0;
    if (!far) return { points: ZERO, reasons: [{ text: `${fact.name} ${said}，没有超过${above}%，不加`, cite: norm.cite }] };
    let points = times(steps, number(norm.points));
    const reasons = [{ text: `${fact.name} ${said}，超过${above}% ${plain(steps)} 个百分点：${plain(steps)} × ${plain(number(norm.points))}`, cite: norm.cite }];
    if (norm.on_base) { points = ZERO; reasons.push({ text: "按口径加在基础分的本小项", cite: norm.cite }); }
    if (norm.cap !== null && compare(points, number(norm.cap)) > 0) { points = number(norm.cap); reasons.push({ text: `最高 ${plain(points)} 分`, cite: norm.cite }); }
    return { points, reasons };
  };

  // Everything that a fact leads to under a law.
  const valueOf = (fact, given) => {
    const n = (name) => (given[name] === undefined ? null : Number(given[name]));
    if (fact.sort === "rate") return n("part") === null || n("whole") === null ? null : { part: n("part"), whole: n("whole") };
    if (fact.sort === "found") return given.found === undefined ? null : { found: given.found === "yes" };
    if (fact.sort === "amount") return given.amount === undefined ? null : { amount: number(given.amount) };
    return n("count") === null ? null : { count: n("count") };
  };
  const asks = { rate: ["part", "whole"], found: ["found"], amount: ["amount"] };
  const ledTo = (law, fact, value, period, day, calendar) => {
    const tried = (each) => { try { return calendar.works(each); } catch (error) { if (error instanceof UnknownYear) return undefined; throw error; } };
    const days = () => { let n = 0; for (let each = period.first; each <= period.end; each++) n += tried(each) !== false; return n; };
    const places = new Map();
    if (law.heaviest && fact.late) {
      for (const item of law.items) for (const rule of item.rules) if (rule.fact === fact.id && rule.bound && within(rule.bound, whole(value.count))) places.set(rule.id, number(item.marks));
      if (fact.overdue && value.count) places.set(fact.overdue.id, number(fact.overdue.points));
    }
    const heaviest = [...places].reduce((a, b) => (a === null || compare(b[1], a[1]) > 0 || (!compare(b[1], a[1]) && b[0] > a[0]) ? b : a), null);
    const passes = (rule) => places.size > 1 && places.has(rule.id) && rule.id !== heaviest[0], at = { day, works: tried(day), days, passes, period };
    const counts = period.first <= day && day <= period.end;
    if (!counts) return { items: [], adds: [], reasons: [{ text: `${iso(day)} 在 ${iso(period.first)} 以前，不计入这一期`, cite: period.cite }] };
    const items = law.items.flatMap((item) => {
      const own = item.manual ? [] : item.rules.filter((rule) => rule.fact === fact.id).map((rule) => judge(rule, fact, value, at));
      const elsewhere = law.items.flatMap((other) => other.rules.filter((rule) => rule.fact === fact.id && rule.also.includes(item.id)).map((rule) => judge(rule, fact, value, at))).filter((each) => each.effect === "zero");
      const outcomes = [...elsewhere, ...own], asks = item.asked.some((asked) => asked.fact === fact.id), byPerson = item.manual || !item.rules.length;
      if (byPerson && !elsewhere.length) return asks && fact.sort !== "found" ? [{ item, mark: null, person: true, reasons: proposed(item, fact, value) }].filter((each) => each.reasons.length) : [];
      if (!byPerson && asks && !outcomes.some((each) => each.effect === "zero")) outcomes.push(...askedFor(item, fact, value, outcomes.some((each) => each.spared)));
      return outcomes.length || asks ? [{ item, outcomes, forfeits: law.forfeits_all, ...marked(item, outcomes, fact, value) }] : [];
    });
    const adds = fact.adds.map((norm) => {
      const own = norm.above === undefined ? added(norm, fact, value, at) : beyond(norm, fact, value);
      if (norm.id === fact.overdue?.id && places.size > 1 && norm.id !== heaviest[0]) { own.points = ZERO; own.reasons.push({ text: "按口径只在最重的一处扣，这里不减", cite: norm.cite }); }
      return { norm, ...own, total: capped(own.points, law.caps[norm.scale], norm.scale) };
    });
    const vetoes = fact.vetoes.filter((norm) => (norm.bound === null ? value.found : within(norm.bound, whole(value.count)))).map((norm) => ({ ...norm, text: `${fact.name}：一票否决，计 ${plain(number(norm.score))} 分` }));
    return { items, adds, vetoes, reasons: [] };
  };
  const heading = ({ items, adds, vetoes = [], reasons }) => [...(reasons.length ? ["这一天的事不计入这一期"] : []), ...vetoes.map((each) => each.text),
    ...items.map((each) => `“${each.item.name}”${each.mark === null ? (each.person ? "由人评分" : "不能判定") : `得 ${plain(each.mark)} 分`}（满分 ${plain(number(each.item.marks))} 分）${each.whole && each.forfeits ? "，整期基础分不得分" : ""}`),
    ...adds.map((each) => `${each.norm.scale === "bonus" ? "加" : "减"} ${plain(each.total.points)} 分${each.open ? "（算不算还不能判定）" : ""}`)].join("；") || "这件事不加也不减";
  const span = (period) => `${period.said}（${iso(period.start)} 至 ${iso(period.end)}）`;

  ways.scores = ({ data, given, place, calendar }, day) => {
    const found = judgedBy(data, place, day);
    if (!found) return { asked: [], decision: null, law: null, beside: neighbours(data, place, day) };
    const { law, period } = found, fact = law.facts.find((each) => each.id === given.fact), asked = ["fact", ...(fact ? asks[fact.sort] ?? ["count"] : [])];
    const within_ = [{ text: `${iso(day)} 在 ${span(period)} 之内`, cite: period.cite }, ...(period.first > period.start ? [{ text: `这一期自 ${iso(period.first)} 起的事实才计`, cite: period.cite }] : [])];
    const base = { law, asked, period: [period.kind, period.year, period.number, period.start, period.end, period.first] };
    if (!fact) return { ...base, verdict: span(period), decision: { value: period.said, possible: [], reasons: within_, others: [] } };
    const value = valueOf(fact, given);
    if (value === null) return { ...base, decision: null };
    const main = ledTo(law, fact, value, period, day, calendar), others = law.others.flatMap((other) => {
      const own = other.law.facts.find((each) => each.id === fact.id), during = periodsOf(other.law, period.kind, period.year).find((each) => each.number === period.number);
      const said = own && during ? heading(ledTo(other.law, own, value, during, day, calendar)) : "没有这一项";
      return said === heading(main) ? [] : [{ ...other, value: said, text: `若按“${other.said}”：${said}` }];
    });
    const reasons = [...within_, ...main.reasons, ...(main.vetoes ?? []).map(why), ...main.items.flatMap((each) => each.reasons), ...main.adds.flatMap((each) => [...each.reasons, each.total.reason])];
    const notes = [...main.items.length ? [{ say: "得分按只有这一件事算，其他事实都没有失分。", cite: null }] : [], ...main.adds.map((each) => ({ say: each.norm.statement, cite: each.norm.cite }))];
    return { ...base, led: main, verdict: `${period.said}：${heading(main)}`, decision: { value: heading(main), possible: [], reasons, others }, notes };
  };
})();
