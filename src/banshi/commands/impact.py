"""``banshi impact``: which recorded cases would be decided differently under another law, and by which norm."""

import argparse
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from banshi.base.folders import POLICIES, layered
from banshi.base.text import Lang, Text, visible
from banshi.centre.centre import Centre
from banshi.centre.own_code import TEMPLATES
from banshi.checking.checker import Checker
from banshi.checking.told_places import knowing_all
from banshi.commands.compared import Named, names, side_options
from banshi.commands.diff import said
from banshi.commands.filings import print_problems
from banshi.commands.jobs_asked import jobs_of, jobs_option
from banshi.commands.output import FORMATS, add_output, ready, write, write_data
from banshi.commands.standing import centre_of, code_options, say_left_aside, within_option
from banshi.files.findings import Severity
from banshi.files.report import Report
from banshi.files.shape import Shapes
from banshi.law.instruments import PolicyVersion
from banshi.law.library import to_version
from banshi.law.revisions.entries import Entry
from banshi.law.revisions.saying import Comparison
from banshi.law.revisions.trees import NORMS, document_of, id_of
from banshi.law.revisions.words import SchemaWords
from banshi.output.charts import Stack, stacked
from banshi.output.progress import Progress, size_of
from banshi.output.records import DATA_FORMATS, MOVES
from banshi.output.report_pages import TemplateBroken, report_page
from banshi.output.terminal import complain
from banshi.output.workbooks import Book
from banshi.subjects.impact.answers_in_english import in_english
from banshi.subjects.impact.comparing import Impact, Move, impact
from banshi.subjects.impact.records import move_row, reason_said, value_said
from banshi.subjects.impact.supposing import Supposed

_UNREAD = 20
_SHOWN = 100  # moves that text and pages list; JSON and workbooks hold all
_HEADINGS = (
    Text("事项", "Subject"),
    Text("文件", "File"),
    Text("哪一件", "Case"),
    Text("问什么", "Question"),
    Text("原来", "Before"),
    Text("现在", "Now"),
    Text("相差", "By"),
    Text("为什么（原来）", "Why (before)"),
    Text("为什么（现在）", "Why (now)"),
    Text("依据", "Basis"),
)


def add(parser: argparse.ArgumentParser) -> None:
    """Options."""
    side_options(parser)
    parser.add_argument(
        "paths", nargs="+", type=Path, metavar="FILE", help="已有的报批表、台账、登记、考核文件或文件夹"
    )
    code_options(parser)
    within_option(parser)
    jobs_option(parser)
    add_output(parser, (*FORMATS, *DATA_FORMATS))


def run(options: argparse.Namespace) -> int:
    """Decide twice, compare and print; what could not be read calls for 1, as in ``check``."""
    if status := ready(options):
        return status
    centre = centre_of(options)
    say_left_aside(centre, options.lang, *([TEMPLATES] if options.format == "html" else []))
    with names(options, centre) as known:
        sides = known.find(options.before), known.find(options.after)
        checkers = tuple(_checker(side, options, centre) for side in sides)
        assert len(checkers) == 2
        said, quiet = Text("已比较", "compared"), options.quiet
        with Progress(said, lambda: size_of(options.paths), lang=options.lang, quiet=quiet) as progress:
            found = _compared((checkers[0], checkers[1]), options.paths, progress, jobs_of(options))
        found.reports[0].findings.settle()
        told = Told(found, sides, centre)
        if options.format in DATA_FORMATS:
            return _as_data(told, options)
        try:
            status = write(options, _ANSWERS[options.format](told, options.lang))
        except TemplateBroken as error:
            complain(str(error))
            return 2
    return _status(found, status, options.lang)


def _as_data(told: "Told", options: argparse.Namespace) -> int:
    """The moves as rows; where there are more than are kept, it is said how many are left out."""
    found = told.found
    status = write_data(options, MOVES, (move_row(move, options.lang) for move in found.moves))
    if more := sum(found.moved.values()) - len(found.moves):
        said = Text(f"另有 {more} 项结果改变没有写出", f"{more} more answers moved and were not written")
        complain(said.say(options.lang))
        status = max(status, 1)
    return _status(found, status, options.lang)


def _status(found: Impact, status: int, lang: Lang) -> int:
    """The exit status, with what could not be read said."""
    status = max(status, print_problems(found.reports[0], lang))
    if not found.answers and not status:
        complain(Text("没有读到可以判定的东西", "nothing that could be decided was read").say(lang))
        return 2
    return status


def _compared(checkers: tuple[Checker, Checker], paths: list[Path], progress: Progress, jobs: int) -> Impact:
    """Under both laws, once more where a project turns out to be told in several places."""
    loaders = [checker.loader for checker in checkers]
    loaders[1].tellings = loaders[0].tellings

    def run(_: Report) -> Impact:
        loaders[1].begin()
        return impact(checkers, loaders[0].units(paths), progress.unit_done, jobs)

    return knowing_all(loaders[0].tellings, Report(), run, progress.again)


def _checker(side: Named, options: argparse.Namespace, centre: Centre) -> Checker:
    """What decides by the law of a side; files stay where they are."""
    checker = Checker(centre.folder)
    folders = layered(side.project, POLICIES)
    versions = {key: _typed(side.side.versions[key]) for key in side.instruments}
    checker.loader.library = Supposed(folders, day=side.day, versions=versions)
    if side.project != centre.folder:
        checker.loader.days = Checker(side.project).loader.days
    checker.loader.within = options.within
    return checker


def _typed(version: Any) -> PolicyVersion:
    return version if isinstance(version, PolicyVersion) else to_version(version)


class Told:
    """An impact with what is said of it: the names of the sides, and the changes that no case notices."""

    def __init__(self, found: Impact, sides: tuple[Named, Named], centre: Centre) -> None:
        self.found, self.centre = found, centre
        self.sides = sides[0].side, sides[1].side
        self.before, self.after = (side.name for side in self.sides)
        words = SchemaWords(Shapes(layered(centre.folder, "schemas")))
        self.comparison = Comparison(sides[0].side, sides[1].side, words)
        self.unnoticed = [
            entry for document in self.comparison.documents for entry in document.entries if self._unnoticed(entry)
        ]

    def _unnoticed(self, entry: Entry) -> bool:
        """Whether a norm changed and no answer that moved rests on it."""
        before, after = (tree[NORMS] for tree in self.comparison.trees)
        if entry.key not in before and entry.key not in after:
            return False
        renamed = {new: old for old, new in self.comparison.difference[NORMS].renamed.items()}
        keys = {entry.key, renamed.get(entry.key, entry.key)}
        return not any(
            id_of(key) == norm and (document_of(key) == instrument or document_of(key).startswith(f"{instrument}/"))
            for key in keys
            for instrument, norm in self.found.norms
        )

    @property
    def summary(self) -> str:
        """How many, in a line."""
        return self.summary_in("zh")

    def summary_in(self, lang: Lang) -> str:
        """The same in a language."""
        found = self.found
        every, touched = len(found.cases), len(found.touched)
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

    @property
    def left(self) -> int:
        """How many moves text and pages do not list."""
        return max(0, sum(self.found.moved.values()) - min(_SHOWN, len(self.found.moves)))

    @property
    def shown(self) -> list[Move]:
        """The moves that text and pages list."""
        return self.found.moves[:_SHOWN]


def _text(told: Told, lang: Lang) -> str:
    lines = [told.sides_in(lang), told.summary_in(lang)]
    for move in told.shown:
        answer = move.answer
        by = f"（{move.by}）" if move.by else ""
        question, old, new = answer.question, value_said(move.before), value_said(move.after)
        if lang == "en":
            question, old, new, by = (in_english(each) for each in (question, old, new, by))
        lines += ["", visible(f"{answer.path} {answer.case}  {question}：{old} → {new}{by}")]
        for label, reasons in zip(_WAS_IS, move.why, strict=True):
            lines += [visible(f"  {label.say(lang)} · {reason_said(one, lang)}") for one in reasons]
    if told.left:
        left = Text(
            f"另有 {told.left} 项没有列出；--format json 或 xlsx 列出全部",
            f"{told.left} more are not listed; --format json or xlsx lists all",
        )
        lines += ["", left.say(lang)]
    lines += _not_noticed(told, lang)
    return "\n".join([*lines, "", told.centre.law.said.say(lang)])


_WAS_IS = (Text("原来", "before"), Text("现在", "now"))


def _not_noticed(told: Told, lang: Lang) -> list[str]:
    if not told.unnoticed:
        return []
    lines = [visible(f"  {said(entry, lang)}") for entry in told.unnoticed]
    head = Text(
        "以下修改没有一件受到影响（可能没有这样的案例，先补一件再比较）：",
        "no case notices these changes (perhaps there is none like it: add one, then compare):",
    )
    return ["", head.say(lang), *lines]


def _json(told: Told, lang: Lang) -> str:
    found = told.found
    keys = ("subject", "path", "case", "question", "before", "after", "by", "why_before", "why_after", "basis")
    whole = {
        "version": 1,
        "law": told.centre.law.as_json(),
        "before": told.before,
        "after": told.after,
        "cases": len(found.cases),
        "cases_changed": len(found.touched),
        "answers": dict(found.answers),
        "answers_changed": dict(found.moved),
        "changes": [dict(zip(keys, move_row(move, "zh"), strict=True)) for move in found.moves],
        "unnoticed": [
            {"norm": id_of(e.key), "where": e.where.say(lang), "said": [line.say(lang) for line in e.lines]}
            for e in told.unnoticed
        ],
    }
    return json.dumps(whole, ensure_ascii=False, indent=2)


def _xlsx(told: Told, lang: Lang) -> bytes:
    book = Book(Text("影响", "Impact").say(lang), law=told.centre.law)
    sheet = book.sheet(
        Text("影响", "Impact").say(lang),
        [each.say(lang) for each in _HEADINGS],
        [10, 30, 24, 24, 20, 20, 10, 60, 60, 30],
        above=(told.sides_in(lang), told.summary_in(lang)),
    )
    for move in told.found.moves:
        sheet.row(move_row(move, lang))
    heads = (Text("条款", "Provision"), Text("改了什么", "What changed"))
    name = Text("没有案例的修改", "Changes without a case").say(lang)
    other = book.sheet(name, [each.say(lang) for each in heads], [30, 100])
    for entry in told.unnoticed:
        other.row((entry.where.say(lang), entry.said(lang)))
    return book.bytes()


def _html(told: Told, lang: Lang) -> str:
    return report_page(
        "impact.html.j2",
        centre=told.centre,
        lang=lang,
        title=Text("修改的影响", "The impact of a change").say(lang),
        told=told,
        headings=[each.say(lang) for each in _HEADINGS[2:]],
        rows=[move_row(move, lang)[2:] for move in told.shown],
        pictures=_pictures(told.found, lang),
        notices=list(_unread(told.found, lang)),
    )


def _unread(found: Impact, lang: Lang) -> Iterator[str]:
    """Lines about what was not decided because it cannot be read."""
    errors = [each for each in found.reports[0].findings if each.severity is Severity.ERROR]
    head = Text("读不出，没有比较：", "unreadable, not compared: ").say(lang)
    yield from (f"{head}{each.path}:{each.line} {each.message.say(lang)}" for each in errors[:_UNREAD])
    if len(errors) > _UNREAD:
        more = len(errors) - _UNREAD
        yield Text(f"还有 {more} 处读不出", f"{more} more places cannot be read").say(lang)


def _pictures(found: Impact, lang: Lang) -> list[Any]:
    """For each question, where its cases move: a bar for each earlier value, made of the later ones."""
    questions = dict.fromkeys(question for question, _, _ in found.flows)
    made = []
    for question in list(questions)[:12]:
        flows = {
            (_word(was, lang), _word(now, lang)): count
            for (asked, was, now), count in found.flows.items()
            if asked == question
        }
        parts = sorted({now for _, now in flows})[:6]
        earlier = sorted({was for was, _ in flows})[:20]
        head = _WAS_IS[0].say(lang)
        rows = [Stack(f"{head} {was}", {now: flows.get((was, now), 0) for now in parts}) for was in earlier]
        asked_said = _word(question, lang)
        title = Text(f"{question}：改变的往哪里去", f"{asked_said}: where what changed goes").say(lang)
        made.append(stacked(title, rows, parts))
    return made


def _word(said: str, lang: Lang) -> str:
    return said if lang == "zh" else in_english(said)


_ANSWERS: dict[str, Callable[[Told, Lang], str | bytes]] = {"text": _text, "json": _json, "xlsx": _xlsx, "html": _html}
