"""What is said of an impact: in sections, and for programs."""

from collections import Counter
from collections.abc import Iterator

from banshi.base.limits import MAX_UNREAD_TOLD
from banshi.base.text import NOTHING, Lang, Text, same, visible
from banshi.centre.centre import Centre
from banshi.commands.compared import NamedSide, with_effects
from banshi.commands.diff import said
from banshi.files.findings import Severity
from banshi.law.revisions.entries import DiffEntry
from banshi.law.revisions.saying import Comparison
from banshi.law.revisions.trees import NORMS, document_of, id_of
from banshi.law.revisions.words import SchemaWords
from banshi.law.unusable import PolicyUnreadable
from banshi.output.charts import Stack, stacked
from banshi.output.json_parts import json_parts
from banshi.output.sections import (
    LINES,
    PAGES,
    SHEETS,
    DrawingsSection,
    LinesSection,
    MadeRows,
    Printout,
    Section,
    SectionColumn,
    TableSection,
)
from banshi.subjects.impact.answers_in_english import in_english
from banshi.subjects.impact.comparing import Impact
from banshi.subjects.impact.records import move_row, reason_said, value_said

_SHOWN = 100  # moves that lines and pages list; a workbook holds as many as its sheet, the other formats all
_PICTURES, _BARS, _PARTS = 12, 20, 6  # pictures of a page, bars of one, parts of a bar
_WAS_IS = (Text("原来", "before"), Text("现在", "now"))
_BASIS = Text("依据", "Basis")
_COLUMNS = (
    SectionColumn(Text("事项", "Subject"), 10, faces=SHEETS),
    SectionColumn(Text("文件", "File"), 30, faces=SHEETS),
    SectionColumn(Text("哪一件", "Case"), 24),
    SectionColumn(Text("问什么", "Question"), 24),
    SectionColumn(Text("原来", "Before"), 20),
    SectionColumn(Text("现在", "Now"), 20),
    SectionColumn(Text("相差", "By"), 10),
    SectionColumn(Text("为什么（原来）", "Why (before)"), 60),
    SectionColumn(Text("为什么（现在）", "Why (now)"), 60),
    SectionColumn(_BASIS, 30),
)


def _compared(sides: tuple[NamedSide, NamedSide], words: SchemaWords) -> Comparison:
    """Two sides; where they are folders, also by what their amending instruments make of other texts."""
    found = Comparison(sides[0].side, sides[1].side, words)
    try:
        return with_effects(found, sides)
    except PolicyUnreadable:  # what cannot be read is told where it is decided by
        return found


def _norms_amended(comparison: Comparison) -> set[str]:
    """The norms that amending instruments make otherwise; they alone have sentences."""
    entries = (entry for document in comparison.more for entry in document.entries)
    return {entry.key for entry in entries if entry.before or entry.after}


class ImpactTold:
    """An impact with what is said of it: the names of the sides, and the changes that no case notices."""

    def __init__(self, found: Impact, sides: tuple[NamedSide, NamedSide], centre: Centre) -> None:
        self.found, self.centre = found, centre
        self.sides = sides[0].side, sides[1].side
        self.before, self.after = (side.name for side in self.sides)
        words = SchemaWords.of(centre.folder)
        self.comparison = _compared(sides, words)
        self._amended = _norms_amended(self.comparison)
        self.unnoticed = [
            entry for document in self.comparison.documents for entry in document.entries if self._unnoticed(entry)
        ]

    def _unnoticed(self, entry: DiffEntry) -> bool:
        """Whether a norm changed and no answer that moved rests on it."""
        before, after = (tree[NORMS] for tree in self.comparison.trees)
        if entry.key not in before and entry.key not in after and entry.key not in self._amended:
            return False
        changes = self.comparison.difference.get(NORMS)
        renamed = {new: old for old, new in changes.renamed.items()} if changes else {}
        keys = {entry.key, renamed.get(entry.key, entry.key)}
        return not any(
            id_of(key) == norm and (document_of(key) == instrument or document_of(key).startswith(f"{instrument}/"))
            for key in keys
            for instrument, norm in self.found.norms
        )

    def summary_in(self, lang: Lang) -> str:
        """How many, in a line."""
        found = self.found
        every, touched = found.many_cases
        counts = [(subject, found.moved[subject], count) for subject, count in found.answers.items()]
        zh = "，".join(f"{subject} {moved}/{count} 项结果改变" for subject, moved, count in counts)
        en = ", ".join(f"{in_english(subject)}: {moved} of {count} answers" for subject, moved, count in counts)
        return Text(
            f"{every} 件里 {touched} 件有结果改变，{every - touched} 件不变（{zh}）",
            f"{touched} of {every} cases are decided differently, {every - touched} as before ({en})",
        ).say(lang)

    def sides_in(self, lang: Lang) -> str:
        """What is compared."""
        return " → ".join(side.called(lang) for side in self.sides)

    def printout(self, lang: Lang) -> Printout:
        """What is said, in sections; the words of answers are in the language asked for."""
        unread = [same(line) for line in _unread(self.found, lang)]
        sections: list[Section] = [
            LinesSection(unread, faces=PAGES | frozenset(("markdown",))),
            _drawn(self.found, lang),
            self._moves(lang),
            *self._without_cases(lang),
        ]
        title = Text("修改的影响", "The impact of a change").say(lang)
        lead = [same(self.summary_in(lang))]
        return Printout(title, same(self.sides_in(lang)), lead, sections, law=self.centre.law)

    def _moves(self, lang: Lang) -> TableSection:
        return TableSection(
            Text("改变的结果", "What is decided differently"),
            _COLUMNS,
            MadeRows(len(self.found.moves), lambda number: move_row(self.found.moves[number], lang)),
            shown=_SHOWN,
            shown_in=LINES | PAGES,
            more=_more,
            said=self._move_lines,
            head=NOTHING,
            sheet=Text("影响", "Impact"),
            empty=Text("没有一项结果改变。", "Nothing is decided differently."),
        )

    def _move_lines(self, number: int, lang: Lang) -> list[str]:
        move = self.found.moves[number]
        answer, by = move.answer, f"（{move.by}）" if move.by else ""
        question, old, new = answer.question, value_said(move.before), value_said(move.after)
        if lang == "en":
            question, old, new, by = (in_english(each) for each in (question, old, new, by))
        lines = [visible(f"{answer.path} {answer.case}  {question}：{old} → {new}{by}")]
        for label, reasons in zip(_WAS_IS, move.why, strict=True):
            lines += [visible(f"  {label.say(lang)} · {reason_said(one, lang)}") for one in reasons]
        if not any(move.why) and move.basis:  # both sides say the same of it in words
            lines.append(visible(f"  {_BASIS.say(lang)} · {'；'.join(cited.say() for cited in move.basis)}"))
        return [*([""] if number else []), *lines]

    def _without_cases(self, lang: Lang) -> list[Section]:
        """The changes that no case notices: as a table in a workbook, in lines elsewhere."""
        title = Text("没有案例的修改", "Changes without a case")
        heads = [SectionColumn(Text("条款", "Provision"), 30), SectionColumn(Text("改了什么", "What changed"), 100)]
        rows = [(entry.where, entry.said(lang)) for entry in self.unnoticed]
        lines = [same(visible(said(entry, lang))) for entry in self.unnoticed]
        return [
            TableSection(title, heads, rows, empty=_NONE, faces=SHEETS),
            LinesSection(lines, _NO_CASE, LINES, plain=True),
            LinesSection(lines, title, PAGES),
        ]


_NONE = Text("没有", "none")
_NO_CASE = Text(
    "以下修改没有一件受到影响（可能没有这样的案例，先补一件再比较）",
    "no case notices these changes (perhaps there is none like it: add one, then compare)",
)


def _more(left: int) -> Text:
    return Text(
        f"\n另有 {left} 项没有列出；--format json 或 jsonl 列出全部",
        f"\n{left} more are not listed; --format json or jsonl lists all",
    )


_MOVE_KEYS = ("subject", "path", "case", "question", "before", "after", "by", "why_before", "why_after", "basis")


def impact_json(told: ImpactTold, lang: Lang) -> Iterator[str]:
    """The same for programs, part by part: every move, whatever lines and pages leave out."""
    found = told.found
    every, touched = found.many_cases
    unnoticed = [
        {"norm": id_of(e.key), "where": e.where.say(lang), "said": [line.say(lang) for line in e.lines]}
        for e in told.unnoticed
    ]
    whole = {
        "version": 1,
        "law": told.centre.law.as_json(),
        "before": told.before,
        "after": told.after,
        "cases": every,
        "cases_changed": touched,
        "answers": dict(found.answers),
        "answers_changed": dict(found.moved),
        "changes": (dict(zip(_MOVE_KEYS, move_row(move, "zh"), strict=True)) for move in found.moves),
        "unnoticed": unnoticed,
    }
    return json_parts(whole)


def _unread(found: Impact, lang: Lang) -> Iterator[str]:
    """Lines about what was not decided because it cannot be read."""
    errors = [each for each in found.reports[0].findings if each.severity is Severity.ERROR]
    head = Text("读不出，没有比较：", "unreadable, not compared: ").say(lang)
    yield from (f"{head}{each.path}:{each.line} {each.message.say(lang)}" for each in errors[:MAX_UNREAD_TOLD])
    if len(errors) > MAX_UNREAD_TOLD:
        more = len(errors) - MAX_UNREAD_TOLD
        yield Text(f"还有 {more} 处读不出", f"{more} more places cannot be read").say(lang)


def _drawn(found: Impact, lang: Lang) -> DrawingsSection:
    """For each question, where its cases move: a bar for each earlier value, made of the later ones."""
    by_question: dict[str, Counter[tuple[str, str]]] = {}
    for (question, was, now), count in found.flows.items():
        by_question.setdefault(question, Counter())[_word(was, lang), _word(now, lang)] += count
    pictures, left = [], sum(flows.total() for flows in list(by_question.values())[_PICTURES:])
    for question, flows in list(by_question.items())[:_PICTURES]:
        parts = sorted({now for _, now in flows})[:_PARTS]
        earlier = sorted({was for was, _ in flows})[:_BARS]
        head = _WAS_IS[0].say(lang)
        rows = [Stack(f"{head} {was}", {now: flows[was, now] for now in parts}) for was in earlier]
        left += flows.total() - sum(flows[was, now] for was in earlier for now in parts)
        title = Text(f"{question}：改变的往哪里去", f"{_word(question, lang)}: where what changed goes").say(lang)
        pictures.append(("", str(stacked(title, rows, parts))))
    note = Text(f"另有 {left} 项改变没有画出", f"{left} more changes are not drawn") if left else NOTHING
    return DrawingsSection(Text("往哪里去", "Where they go"), pictures, note)


def _word(said: str, lang: Lang) -> str:
    return said if lang == "zh" else in_english(said)
