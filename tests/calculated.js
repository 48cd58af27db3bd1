// A line of questions in, a line of answers out: {calculate, data, questions: [[calculator, given], …]}, as JSON.
"use strict";
const said = (parts, data) => parts.map(([text, rows]) => [text, rows.map((row) => data.cites[row][1])]);
const card = (given, data) => (given === undefined ? null : given.unruled ? [given.unruled]
  : [...given.parts.map(([label, of, none]) => [label, said(of, data), none]), said(given.limits, data)]);
const planned = ({ slots, ends, length, path }) => [slots.map((s) => [s.item.id, s.accepted, s.due, s.finished, s.end, s.after, s.slack]), ends, length, path];
const sheet = (plan_, notes, data) => (!plan_ ? null : { plan: planned(plan_.found), stands: planned(plan_.stands), serial: planned(plan_.serial), forecast: plan_.forecast,
  due: plan_.sheet.map((two) => two.map(({ day, why }) => [day, why])),
  papers: plan_.brought.map(({ name, items, forms, copies, notes: own }) => [name, items, forms, copies, own]), told: plan_.told, late: notes.filter(({ cite }) => cite !== null).map(({ say, cite }) => [say, data.cites[cite][1]]), astray: notes.filter(({ cite, say }) => cite === null && !say.startsWith("目录自")).map(({ say }) => say) });
const because = (reasons, data) => reasons.map(({ text, cite }) => [text, cite === null ? null : data.cites[cite][1]]);
const day = (day_, data) => day_?.told?.map((each) => [each.type, each.moment, each.off, each.value, each.entered, because(each.reasons, data), because(each.weight, data),
  each.marks && [each.marks.value, because(each.marks.reasons, data)]]) ?? null;
const led = (of, data, text) => of && { items: of.items.map((each) => [each.item.id, each.mark && text(each.mark), because(each.reasons, data), Boolean(each.whole && each.forfeits)]),
  adds: of.adds.map((each) => [each.norm.id, text(each.points), because(each.reasons, data), text(each.total.points), because([each.total.reason], data)]), vetoes: (of.vetoes ?? []).map((each) => text(globalThis.banshiCalculate.number(each.score))) };
const plain = ({ plan_, day_, led: led_, period, law, asked, decision, plan, doubt, notes, beside }, data) => ({
  ...(beside === undefined ? {} : { beside }), // only where no law is
  asked: asked ?? [],
  notes: notes?.map(({ say }) => say) ?? [],
  card: card(law?.cards?.[decision?.value], data),
  value: decision?.value ?? null,
  possible: decision?.possible ?? [],
  reasons: decision?.reasons.map(({ text, cite }) => [text, cite === null ? null : data.cites[cite][1]]) ?? [],
  others: decision?.others.map(({ reading, option, value, text }) => [reading, option, value, text]) ?? [],
  last: plan?.last ?? null,
  stages: plan?.stages.map((steps) => steps.map(({ id, begins, ends, reasons }) => [id, begins, ends, reasons.map(({ text }) => text)])) ?? [],
  doubt: doubt ?? null,
  day: day(day_, data),
  led: led(led_, data, (it) => globalThis.banshiCalculate.bare(globalThis.banshiCalculate.fixed(it, 40))) ?? null,
  period: period ?? null,
  sheet: sheet(plan_, notes, data),
  planned: plan?.others.map(({ reading, option, last }) => [reading, option, last]) ?? [],
});
const answers = (data, questions) => {
  const whole = globalThis.banshiCalculate.whole(data), kinds = Object.fromEntries(whole.calculators.map((kind) => [kind.id, kind]));
  return questions.map(([kind, given]) => plain(globalThis.banshiCalculate.answer(whole, kinds[kind], given), whole));
};
for (const script of process.argv.slice(2)) require(script);
require("node:readline").createInterface({ input: process.stdin }).on("line", (line) => {
  const { data, questions } = JSON.parse(line);
  process.stdout.write(`${JSON.stringify(answers(data, questions))}\n`);
});
