// When each item of a case is due: the items of a catalogue side by side, each accepted when its last prerequisite is there.
// As src/banshi/subjects/parallel/schedule.py, answer.py and notice.py decide it; a test compares.
"use strict";
(() => {
  const { LAST, UnknownYear, iso, parsed, spoken, ways, weekend } = globalThis.banshiCalculate;
  const listed = (words) => words.join("、");
  const latest = (days) => (days.length && days.every((day) => day !== null) ? Math.max(...days) : null);
  const said = ([days, unit]) => (days ? `${days}${unit === "工作日" ? "个" : ""}${unit}` : "当场办结");

  /** Counting in a calendar; each throws UnknownYear. */
  const counting = ({ works }) => {
    const add = (day, n) => { let last = day; for (let left = n; left > 0; left -= works(last)) last += 1; return last; };
    const roll = (day) => { let last = day; while (!works(last)) last += 1; return last; };
    const count = (start, end) => { let n = 0; for (let day = start + 1; day <= end; day++) n += works(day); return n; };
    const end = ([days, unit], accepted) => {
      if (unit === "工作日" && days) return add(accepted, days);
      if (accepted + days > LAST) throw new UnknownYear(iso(accepted).slice(0, 4));
      return roll(accepted + days);
    };
    return { count, end, works };
  };
  const tried = (made, failed) => {
    try { return made(); } catch (error) {
      if (!(error instanceof UnknownYear)) throw error;
      return failed(`${Number(error.message)} 年的放假安排未录入`);
    }
  };

  /** Prerequisites before what needs them, else in the order given; null where they go in a circle. */
  const inOrder = (items) => {
    const left = new Set(items.map((item) => item.id)), order = [];
    while (left.size) {
      const next = items.find((item) => left.has(item.id) && !item.requires.some((one) => left.has(one)));
      if (!next) return null;
      left.delete(next.id);
      order.push(next);
    }
    return order;
  };

  /** A plan: slots in order, with reasons for what is not determined. ``serial``: one after another; ``finished``: by item, on which day. */
  const plan = (items, limits, start, days, { serial = false, finished = new Map() } = {}) => {
    const slots = new Map(), waited = new Map(), reasons = new Set();
    let before = null;
    for (const item of inOrder(items)) {
      const waits = serial && before ? [before] : item.requires.filter((one) => slots.has(one)), limit = limits(item);
      waited.set(item.id, waits);
      let accepted = start, after = null;
      if (waits.length) {
        const last = latest(waits.map((one) => slots.get(one).end));
        accepted = last === null ? null : Math.max(last, start);
        after = last === null ? null : waits.find((one) => slots.get(one).end === last);
      }
      if (!limit) reasons.add(`“${item.name}”没有写办理时限，不能推算`);
      const due = limit && accepted !== null
        ? tried(() => days.end(limit, accepted), (why) => { reasons.add(`${why}，此后的日期不能推算`); return null; }) : null, told = finished.get(item.id) ?? null;
      slots.set(item.id, { item, limit, accepted, due, finished: told, end: told ?? due, after, slack: null });
      before = item.id;
    }
    const every = [...slots.values()], ends = latest(every.map((slot) => slot.end));
    if (ends !== null) slacken(slots, waited, ends, days);
    const length = ends === null ? null : tried(() => days.count(start, ends), (why) => { reasons.add(`${why}，此后的日期不能推算`); return null; });
    return { slots: every, ends, length, reasons: [...reasons], path: path(slots, ends) };
  };
  const slacken = (slots, waited, ends, days) => {
    const last = new Map([...slots.keys()].map((id) => [id, ends]));
    for (const [id, slot] of [...slots].reverse()) {
      if (slot.finished !== null) continue; // what it waited for no longer matters
      slot.slack = tried(() => days.count(slot.end, last.get(id)), () => null);
      for (const before of waited.get(id)) last.set(before, Math.min(last.get(before), acceptance(slot, last.get(id), days)));
    }
  };
  /** The latest day on which an item may be accepted so that its result is there in time. */
  const acceptance = (slot, ends, days) => {
    let day = ends;
    while (day > slot.accepted && !tried(() => days.end(slot.limit, day) <= ends, () => false)) day -= 1;
    return day;
  };
  const path = (slots, ends) => {
    const found = [];
    for (let at = ends === null ? null : [...slots.values()].find((slot) => slot.end === ends)?.item.id ?? null; at !== null; at = slots.get(at).after) found.unshift(at);
    return found;
  };

  /** What one plan saves over another, to a tenth of a per cent. */
  const saving = (before, after, what, unjudged) => {
    if (before.length === null || after.length === null) return (before.length === null ? before : after).reasons.map((text) => ({ text, cite: null }));
    const saved = before.length - after.length, tenths = before.length ? Math.floor((2000 * Math.abs(saved) + before.length) / (2 * before.length)) : 0;
    const share = before.length ? `，即${saved < 0 ? "-" : ""}${Math.floor(tenths / 10)}.${tenths % 10}%` : "，没有可比的时间";
    return [{ text: `${what}${before.length}个工作日，并联${after.length}个工作日，节省${saved}个工作日${share}`, cite: null },
      ...unjudged];
  };
  const byLaw = (items, start, days, taken, unjudged) => {
    const names = items.filter((item) => !item.statutory).map((item) => item.name), told = listed(names.slice(0, 5)) + (names.length > 5 ? "等" : "");
    if (names.length) return [{ text: `${names.length}个事项没有写法定时限：${told}`, cite: null }];
    return saving(plan(items, (item) => item.statutory, start, days), taken, "都用足法定时限的并联", unjudged);
  };
  /** What was finished when, against the plan. */
  const forecast = (taken, stands, days) => {
    const done = stands.slots.filter((slot) => slot.finished !== null).length, [first, last] = [taken.ends, stands.ends].sort((a, b) => a - b);
    if (stands.ends === null) return `已办结 ${done} 个事项，哪天办完不能推算`;
    const apart = taken.ends === null ? null : tried(() => days.count(first, last), () => null), later = stands.ends > taken.ends ? "晚" : "早";
    const against = taken.ends === null ? "" : apart ? `，比计划${later} ${apart} 个工作日` : "，与计划一致";
    return `已办结 ${done} 个事项，${iso(stands.ends)} ${done === stands.slots.length ? "办完" : "预计办完"}${against}`;
  };
  /** Days that cannot be right together. */
  const astray = (items, start, finished, named) => [...finished].flatMap(([id, day]) => {
    const own = items.find((item) => item.id === id), waits = (own?.requires ?? []).filter((one) => items.some((item) => item.id === one));
    const early = waits.filter((one) => !(finished.get(one) <= day)).map((one) => `它的前置“${named(one)}”${finished.has(one) ? `${iso(finished.get(one))} 才办结` : "还没有办结"}`);
    return [...(day < start ? [`早于受理日 ${iso(start)}`] : []), ...early].map((what) => `“${named(id)}”${iso(day)} 办结，${what}`);
  });
  const notes = (items, held, finished, named) => {
    const here = new Set([...items.map((item) => item.id), ...held]), lawful = items.filter((item) => item.unpromised && item.statutory).map((item) => item.name);
    const beside = [...finished.keys()].filter((id) => !items.some((item) => item.id === id)).map(named);
    return [...(beside.length ? [`${listed(beside)}不是本件的事项，办结日没有用上`] : []), ...(lawful.length ? [`没有写承诺时限的，按法定时限推算：${listed(lawful)}`] : []),
      ...items.flatMap((item) => item.requires.filter((one) => !here.has(one)).map((one) => `“${item.name}”要先有“${named(one)}”，本件没有列入，也没有写已有结果；按已经具备推算`))];
  };

  // The sheet for the applicant.
  const due = (limit, accepted, days, unpromised) => {
    if (!limit) return { day: null, why: ["时限原文未载明"] };
    if (accepted === null) return { day: null, why: ["要先办好的事项哪天办结不能推算，所以受理日也不能推算"] };
    return tried(() => {
      const day = days.end(limit, accepted), between = Array.from({ length: day - accepted }, (_, n) => accepted + 1 + n);
      if (!limit[0]) return { day, why: [...unpromised, `受理当天（${iso(accepted)}）办结`] };
      const last = limit[1] === "工作日" ? day : accepted + limit[0], moved = last === day ? "" : `；${iso(last)} 是休息日，顺延到 ${iso(day)}`;
      const why = [...unpromised, `${iso(accepted)} 受理，次日起${said(limit)}，到 ${iso(last)}${moved}`];
      const kept = limit[1] === "工作日" ? between : [], made = kept.filter((one) => weekend(one) && days.works(one)), off = kept.filter((one) => !weekend(one) && !days.works(one));
      if (made.length) why.push(`调休上班计入：${listed(made.map(iso))}`);
      if (off.length) why.push(`放假不计：${listed(off.map(iso))}`);
      return { day, why };
    }, (why) => ({ day: null, why: [`${why}，不能推算`] }));
  };
  const papers = (items, named) => {
    const here = new Set(items.map((item) => item.id)), found = new Map();
    for (const item of items) for (const paper of item.papers) if (!here.has(paper.from)) {
      const key = JSON.stringify([paper.id, paper.name]);
      found.set(key, [...(found.get(key) ?? []), [item, paper]]);
    }
    const once = (words) => [...new Set(words)];
    return [...found.values()].map((uses) => {
      const copies = uses.map(([, paper]) => paper.copies), shared = uses.length > 1 && uses.every(([, paper]) => paper.form_itself);
      return { name: uses[0][1].name, items: once(uses.map(([item]) => item.name)), forms: once(uses.map(([, paper]) => paper.form).filter(Boolean)),
        copies: copies.includes(null) ? null : copies.reduce((a, b) => a + b, 0),
        notes: once([...(shared ? ["各事项合填一张并联审批申请表，内容只填一次"] : []), ...uses.map(([, p]) => p.from).filter(Boolean).map((one) => `“${named(one)}”的结果`), ...uses.map(([, p]) => p.note).filter(Boolean)]) };
    });
  };
  /** What is told besides dates and papers: each answer once, with the items that give it where there are several. */
  const besides = (items, keys) => keys.map(([name, key]) => {
    const answers = new Map();
    for (const item of items) answers.set(item.besides[key] ?? null, [...(answers.get(item.besides[key] ?? null) ?? []), item.name]);
    return [name, [...answers].map(([answer, of]) => [listed(of), answer])];
  });
  const tables = (found, sheet, asked, told, held, named) => {
    const some = found.slots.some((slot) => slot.finished !== null), shown = (cells) => cells.filter((_, n) => some || n !== 3); // no column for none
    const rows = found.slots.map((slot, n) => {
      const [promised, lawful] = sheet[n], waits = slot.item.requires.filter((one) => !held.includes(one)).map(named);
      return [slot.item.name, slot.item.department, slot.accepted === null ? "不能推算" : iso(slot.accepted), slot.finished === null ? "—" : iso(slot.finished), promised.day === null ? promised.why[0] : spoken(promised.day),
        lawful.day === null ? lawful.why[0] : spoken(lawful.day), promised.day === null ? "" : promised.why.join("；"), slot.slack === null ? "—" : slot.slack ? `${slot.slack}个工作日` : "没有，关键", listed(waits) || "没有"];
    }).map(shown);
    const brought = asked.map((paper) => [paper.name, `${paper.copies ?? "原文未载明"}`, listed(paper.forms) || "原文未载明", paper.items.length > 4 ? `${listed(paper.items.slice(0, 4))}等${paper.items.length}个事项` : listed(paper.items), paper.notes.join("；")]);
    const also = told.map(([name, answers]) => [name, answers.map(([of, answer]) => `${answers.length > 1 ? `${of}：` : ""}${answer ?? "原文未载明"}`).join("；")]);
    return [{ caption: "各事项什么时候办结", heads: shown(["事项", "部门", "受理", "已办结", "承诺办结", "法定期限届满", "怎么数", "可以迟几天", "要先有"]), rows },
      { caption: "要交的材料", heads: ["材料", "份数", "形式", "用于", "说明"], rows: brought },
      { caption: "收费、到哪里办、向谁问", heads: ["项目", "目录写的"], rows: also }];
  };

  ways.schedule = ({ data, law, given, calendar }, start) => {
    const { catalogue } = data, held = given.held ?? [], wanted = given.items?.length ? given.items : catalogue.items.map((item) => item.id);
    const items = catalogue.items.filter((item) => wanted.includes(item.id) && !held.includes(item.id)), named = (one) => catalogue.items.find((item) => item.id === one)?.name ?? one;
    const asked = ["items", "held", "done"], none = (text) => ({ asked, decision: { value: null, possible: [], reasons: [{ text, cite: null }], others: [] } });
    if (!items.length) return none("本件的事项都已经有结果（held），没有要办的");
    const dated = catalogue.items.map((item) => item.id).filter((id) => given.done?.includes(id) || given[`done-${id}`]), undated = dated.filter((id) => !given[`done-${id}`]);
    if (undated.length) return { ...none(""), dated, doubt: `还要填：${listed(undated.map((id) => `“${named(id)}”哪天办结`))}` };
    const finished = new Map(dated.map((id) => [id, parsed(given[`done-${id}`])])), days = counting(calendar);
    const taken = plan(items, (item) => item.promised, start, days), serial = plan(items, (item) => item.promised, start, days, { serial: true });
    const found = finished.size ? plan(items, (item) => item.promised, start, days, { finished }) : taken;
    const sheet = found.slots.map((slot) => [due(slot.item.promised, slot.accepted, days, slot.item.unpromised && slot.item.statutory ? ["没有写承诺时限，按法定时限"] : []), due(slot.item.statutory, slot.accepted, days, [])]);
    const inTurn = found.slots.map((slot) => slot.item), brought = papers(inTurn, named), told = besides(inTurn, catalogue.besides), way = found.path.map((id) => named(id).split(/\s+/).filter(Boolean).join(" ")).join("→");
    const plain = (text) => ({ text, cite: null });
    const reasons = [plain(found.path.length ? `关键线路：${way}` : "关键线路不能确定"), ...saving(serial, taken, "逐项依次办", law.unjudged), ...byLaw(items, start, days, taken, law.unjudged),
      ...notes(items, held, finished, named).map(plain), ...found.reasons.map(plain)];
    const early = start < parsed(catalogue.since) ? [`目录自 ${catalogue.since} 起使用，受理日在此以前`] : [];
    const by = taken.ends === null ? "不能推算" : `${spoken(taken.ends)}${taken.length === null ? "" : `，共 ${taken.length} 个工作日`}`, stands = finished.size ? forecast(taken, found, days) : null;
    return { asked, dated, plan_: { found: taken, stands: found, sheet, brought, told, serial, forecast: stands }, decision: { value: found.ends, possible: [], reasons, others: [] },
      verdict: stands === null ? by : `${by}；${stands}`, tables: tables(found, sheet, brought, told, held, named),
      notes: [...[...astray(items, start, finished, named), ...early].map((say) => ({ say, cite: null })), ...law.late] };
  };
})();
