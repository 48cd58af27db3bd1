// Is each arrival and departure of a day normal, and what follows? Punches (seconds since midnight) against the windows of the day.
// As src/banshi/subjects/attendance/punches.py, irregular.py and conversion.py decide it; a test compares.
"use strict";
(() => {
  const { UnknownYear, bare, fixed, iso, number, ways, weekend, within } = globalThis.banshiCalculate;
  const DAY = 86400, NAMES = { arrival: "上班", departure: "下班", present: "在岗" };
  const listed = (words) => words.join("、"), two = (n) => String(n).padStart(2, "0");
  const clock = (at) => { const of = at % DAY; return `${"次日".repeat(Math.floor(at / DAY))}${two(Math.floor(of / 3600))}:${two(Math.floor(of / 60) % 60)}${of % 60 ? `:${two(of % 60)}` : ""}`; };
  const inside = (w, at) => (w.low === null || at > w.low || (w.lowIn && at === w.low)) && (w.high === null || at < w.high || (w.highIn && at === w.high));
  const sorted = (some) => [...some].sort((a, b) => a - b), once = (some) => sorted(new Set(some));

  // One moment.
  const decision = (w, value, text, more = {}) => ({ value, reasons: [{ text, cite: w.cite }], at: null, off: 0, moment: w.moment, half: w.half, ...more });
  const decide = (w, own, outside, found) => {
    const name = NAMES[w.moment];
    if (own.length) {
      const at = w.moment === "arrival" ? own[0] : own.at(-1);
      return decision(w, "normal", `${name} ${clock(at)}，在 ${w.span} 之内`, { at });
    }
    if (outside === null) return decision(w, "missing", `${w.span} 没有${name}打卡${found.length ? `（当天打卡 ${listed(found.map(clock))}）` : ""}`);
    const kind = w.moment === "arrival" && outside >= w.due ? "late" : w.moment === "departure" && outside <= w.due ? "early_leaving" : "out_of_window";
    const off = kind === "out_of_window" ? 0 : Math.abs(outside - w.due), word = { late: "迟到", early_leaving: "早退" }[kind];
    const far = w.far && word ? `，${word} ${Math.floor(off / 60)} 分钟` : "";
    return decision(w, kind, `${name}打卡 ${clock(outside)}，不在 ${w.span} 之内${far}`, { at: outside, off, letBe: w.only_due && kind === "out_of_window" });
  };
  /** Which punch outside the windows stands for a moment without a punch inside: the middle between them parts the two. */
  const ofPair = ([arrival, departure], found) => {
    const came = found.filter((at) => inside(arrival, at)), left = found.filter((at) => inside(departure, at));
    const outside = once(found).filter((at) => !inside(arrival, at) && !inside(departure, at)), middle = (arrival.due + departure.due) / 2;
    let first = outside.filter((at) => at < middle), last = outside.filter((at) => at >= middle);
    if ((left.length || last.length > 1) && !first.length) first = last.slice(0, 1).filter((at) => at < departure.due);
    if ((came.length || first.length > 1) && !last.length) last = first.slice(-1).filter((at) => at >= arrival.due);
    return [decide(arrival, came, came.length || !first.length ? null : first[0], found), decide(departure, left, left.length || !last.length ? null : last.at(-1), found)];
  };
  const pairsOf = (windows) => windows.placed.flatMap((w, n) => (n % 2 ? [] : [[w, windows.placed[n + 1]]]));

  /** The ways of dealing out the punches among the pairs: what falls into a break may belong to either side. */
  const divisions = (pairs, found) => {
    const sure = pairs.map(() => []), open = pairs.slice(1).map(() => []);
    for (const at of found) {
      let n = pairs.findIndex((_, i) => i + 1 < pairs.length && (at < pairs[i + 1][0].high || (at === pairs[i + 1][0].high && pairs[i + 1][0].highIn)));
      if (n < 0) n = pairs.length - 1;
      const pause = n < pairs.length - 1 && at >= pairs[n][1].low, leaves = pause && inside(pairs[n][1], at), comes = pause && inside(pairs[n + 1][0], at);
      if (pause && leaves === comes) open[n].push(at);
      else sure[n + (comes ? 1 : 0)].push(at);
    }
    let dealt = [sure];
    open.forEach((part, n) => {
      const cuts = part.length < 2 ? Array.from({ length: part.length + 1 }, (_, cut) => cut) : [1];
      dealt = dealt.flatMap((way) => cuts.map((cut) => way.map((own, i) => (i === n ? [...own, ...part.slice(0, cut)] : i === n + 1 ? [...own, ...part.slice(cut)] : own))));
    });
    return dealt.map((way) => way.map(sorted));
  };
  const cost = (option, waived) => {
    const asked = option.filter((each) => !waived.includes(each.half)).map((each) => each.value);
    return [asked.filter((each) => each === "missing").length, asked.filter((each) => each !== "normal").length];
  };
  const agreed = (best, waived) => best[0].map((first, n) => {
    const each = best.map((option) => option[n]);
    if (waived.includes(first.half) || each.every((one) => one.value === first.value && one.off === first.off)) return first;
    const why = new Map(each.flatMap((one) => one.reasons).map((one) => [JSON.stringify(one), one]));
    return { ...first, value: "unclear", off: 0, at: null, reasons: [...why.values(), { text: "同一次打卡可算下班，也可算下一段的上班，缺的是哪一次不能判定", cite: null }] };
  });
  const judge = (windows, step, punched, waived) => {
    const found = sorted(punched.map((at) => Math.floor(at / step) * step));
    if (!windows.placed.length || windows.problem) return Array(2).fill({ value: null, reasons: [{ text: windows.problem ?? windows.none, cite: null }], off: 0, half: "", moment: "" });
    const pairs = pairsOf(windows), rest = found.filter((at) => !windows.present.some((w) => inside(w, at)));
    const options = divisions(pairs, rest).map((dealt) => pairs.flatMap((pair, n) => ofPair(pair, dealt[n])));
    const costs = options.map((option) => cost(option, waived)), least = costs.reduce((a, b) => (b[0] < a[0] || (b[0] === a[0] && b[1] < a[1]) ? b : a));
    const best = options.filter((_, n) => costs[n][0] === least[0] && costs[n][1] === least[1]), decisions = best.length === 1 ? best[0] : agreed(best, waived);
    const present = windows.present.map((w) => decide(w, found.filter((at) => inside(w, at)), null, found));
    return [...decisions.slice(0, -1), ...present, decisions.at(-1)];
  };

  // The day.
  const shortOf = (time, step, punched) => {
    const found = punched.map((at) => Math.floor(at / step) * step), first = Math.min(...found, Infinity), last = Math.max(...found, -Infinity);
    if (found.length === 0 || first === last) return null;
    const start = time.not_before === null ? first : Math.max(first, time.not_before), end = time.not_after === null ? last : Math.min(last, time.not_after);
    const worked = Math.max(0, end - start - time.pause), short = time.at_least - worked;
    if (short <= 0) return null;
    return { off: short, reason: { text: `工时自 ${clock(start)} 计到 ${clock(end)}${time.pause_said}，共 ${Math.floor(worked / 60)} 分钟，不到${time.said}，少 ${Math.ceil(short / 60)} 分钟`, cite: time.cite } };
  };
  /** Why the hours cannot be told, where there is one punch. */
  const alone = (time, step, punched) => {
    const [at, ...others] = new Set(punched.map((each) => Math.floor(each / step) * step));
    if (at === undefined || others.length) return null;
    return { text: `只有一次打卡（${clock(at)}），到岗、离岗缺哪一次不能判定，工时算不出`, cite: time.cite };
  };
  /** What is irregular in a day: [{type, moment, off, value, entered, reasons}]. */
  const irregular = (rules, windows, facts) => [...ofPunches(rules, windows, facts), ...ofLog(rules, facts)];
  /** The log is evidence as much as the punches are; where there is leave it is taken to speak of that. */
  const ofLog = (rules, { halves, logged }) => (halves.length ? [] : rules.logged.filter(({ finding }) => logged.includes(finding))
    .map(({ type, value, as, reasons, fix }) => ({ type, moment: "duty_log", off: 0, value, entered: as, reasons, fix })));
  /** Punches before work over night begins, at a time that ends the night before, are no punches of it; it is said. */
  const ofPunches = (rules, windows, facts) => {
    const before = sorted(facts.punched.filter((at) => at < windows.begins));
    if (!before.length) return ofOwnPunches(rules, windows, facts);
    const text = `当天 ${listed(before.map(clock))} 的打卡在前一晚的班下班以前，不算这一班；前一晚没有排班的，核对排班`;
    return ofOwnPunches(rules, windows, { ...facts, punched: facts.punched.filter((at) => at >= windows.begins) })
      .map((each) => ({ ...each, reasons: [...each.reasons, { text, cite: null }] }));
  };
  const ofOwnPunches = (rules, windows, facts) => {
    const { punched, halves, entered } = facts, leave = halves.length > 0, made = (type, moment, reasons, off = 0) => {
      const known = rules.outcomes[type], told = entered && known.entered ? known.entered : known.plain;
      return { type, moment, off, value: told.value, entered: told.as, reasons: [...reasons, ...told.reasons], fix: told.fix };
    };
    const sound = windows.placed.length && !windows.problem;
    if (halves.length === 2 || (sound && windows.placed.every((w) => halves.includes(w.half)))) return [];
    const judged = judge(windows, rules.step, punched, halves);
    if (!punched.length && !leave)
      return [made("absent", "", judged[0].value === null ? [{ text: "当天没有打卡，也没有请假", cite: null }] : judged.flatMap((each) => each.reasons))];
    const found = judged.filter((each) => each.value && each.value !== "normal" && !each.letBe && !halves.includes(each.half)).map((each) => made(each.value, each.moment, each.reasons, each.off));
    const untold = leave || !windows.time || windows.placed.length ? null : alone(windows.time, rules.step, punched);
    if (untold) found.push(made("unclear", "", [untold]));
    const short = leave || !windows.time ? null : shortOf(windows.time, rules.step, punched);
    if (short) found.push(made("short_hours", "", [short.reason], short.off));
    return found;
  };
  /** What lateness weighs, and whether it costs marks. */
  const weighed = (rules, day, each) => {
    if (!rules.weights.length || !(["late", "early_leaving"].includes(each.type) || rules.weights.some((w) => w.of.includes(each.type)))) return [];
    const said = `${iso(day)} ${{ late: "迟到", early_leaving: "早退", short_hours: "工时不足" }[each.type]} ${Math.floor(each.off / 60)} 分钟`;
    const by = rules.weights.find((w) => w.of.includes(each.type) && within(w.in, [BigInt(each.off), 60n]));
    if (!by) return [{ text: `${said}，没有哪一条折算，不能判定`, cite: null }];
    return [{ text: by.unless_explained && each.entered ? `${said}，已说明，不计` : `${said}，${by.said}`, cite: by.cite }];
  };
  const keyed = ({ type, moment }) => (["missing", "unclear"].includes(type) ? `${type} ${moment}` : type);
  const marks = (rules, each) => {
    const told = rules.marks?.of[keyed(each)]?.[each.entered];
    return told ? { value: told.value, reasons: [...each.reasons.slice(0, told.known), ...told.why, ...rules.marks.by], own: [{ text: `窗口考核分，${rules.marks.costs[String(told.value)]}：${rules.marks.said}`, cite: rules.marks.by[0].cite }, ...told.why] } : null;
  };

  const windowsOf = (rules, law, day, shift) => {
    const own = rules.shifts[shift ?? ""], [, month, date] = iso(day).split("-").map(Number), at = month * 100 + date, weekday = (((day + 3) % 7) + 7) % 7;
    return own ? law.windows[own.filter((span) => span.from <= at).at(-1).days[weekday]] : null;
  };
  const works = (law, calendar, day) => (law.by_weekday ? !weekend(day) : calendar.works(day));
  /** Why a day is not judged; null where it is. */
  const aside = (law, rules, windows, calendar, day, given) => {
    if (given.punched.some((at) => at >= DAY) && !windows?.night) return "这一天的班不跨夜，次日的打卡不能写在这里";
    const hours = rules.evidence && windows?.time && !windows.placed.length;
    if (given.shift) return hours || (windows && windows.placed.length && !windows.problem) ? null : windows?.problem ?? "这一天没有这一班的打卡时段，不能判定";
    if (rules.by_shifts && !windows?.placed.length) return "按班次上班，写了上哪一班才能判定";
    if (!works(law, calendar, day)) return "这一天不是工作日，不看考勤";
    if (!windows?.placed.length && !hours && !(rules.evidence && !rules.governed)) return "这一天没有考勤的规定，不判定";
    return null;
  };
  const judged = (law, calendar, day, given) => {
    const rules = law.groups[given.group], windows = rules && windowsOf(rules, law, day, given.shift);
    if (!rules) return { why: "这一类人员没有考勤的规定" };
    const why = aside(law, rules, windows, calendar, day, given);
    if (why !== null) return { why };
    const found = irregular({ ...rules, step: law.step }, windows, given);
    return { rules, found, windows, moments: given.halves.length === 2 ? [] : judge(windows, law.step, given.punched, given.halves) };
  };
  const key = ({ found, why }) => (found ? JSON.stringify(found.map(({ type, moment, off, value, entered }) => [type, moment, off, value, entered])) : why);
  const heading = (law, { found, why, given }) => (found === undefined ? why : found.length ? listed(found.map((each) => `${law.types[keyed(each)]}（${law.outcome_names[each.value]}）`)) : given.halves.length === 2 ? "请假" : given.halves.length ? "请假的时段以外正常" : "正常");

  ways.punches = ({ data, law, given, calendar }, day) => {
    const groups = Object.keys(law.groups), group = given.group ?? (groups.length === 1 ? groups[0] : undefined), rules = law.groups[group];
    const own = { group, shift: given.shift, punched: given.punched ?? [], halves: given.halves ?? [], entered: given.entered === "yes", logged: given.logged ?? [] };
    const asked = [...(groups.length > 1 ? ["group"] : []), ...(rules && Object.keys(rules.shifts).length > 1 ? ["shift"] : []), "punched", "halves"];
    const none = (text) => ({ asked, day_: { why: text }, decision: { value: null, possible: [], reasons: [{ text, cite: null }], others: [] } });
    if (group === undefined || given.punched === undefined) return { asked, decision: null };
    try {
      const main = judged(law, calendar, day, own);
      if (!main.found) return none(main.why);
      if (main.found.some((each) => main.rules.outcomes[each.type]?.entered)) asked.push("entered");
      if (main.rules.logged.length) asked.push("logged");
      const others = law.others.map((other) => ({ ...other, day_: judged(other.law, calendar, day, own) })).filter((other) => key(other.day_) !== key(main))
        .map((other) => ({ ...other, value: key(other.day_), text: `若按“${other.said}”，为${heading(law, { ...other.day_, given: own })}` }));
      const told = main.found.map((each) => ({ ...each, weight: weighed(main.rules, day, each), marks: marks(main.rules, each) }));
      const normal = main.moments.filter((each) => each.value === "normal").flatMap((each) => each.reasons);
      const reasons = [...normal, ...told.flatMap((each) => [...each.reasons, ...each.weight, ...(each.marks?.own ?? [])])];
      const fixes = [...new Set(told.map((each) => each.fix).filter(Boolean))];
      return { asked, day_: { ...main, told }, verdict: heading(law, { ...main, given: own }), decision: { value: key(main), possible: [], reasons, others },
        notes: [...fixes.map((say) => ({ say, cite: null })), ...(told.some((each) => each.weight.length) ? main.rules.conversions : [])] };
    } catch (error) {
      if (!(error instanceof UnknownYear)) throw error;
      return none(`${Number(error.message)} 年的放假安排未录入，是不是工作日不能判定`);
    }
  };
})();
