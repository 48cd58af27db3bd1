"""Lines in, findings, answers or moves out: plain functions, each line judged for itself, nothing kept but the law.

What several lines tell of the same project no line alone can know. ``Judge.tellings`` says what a line tells of; a judge
that is told what the others say (``know``) judges by it.
"""

import datetime
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Literal

from msgspec.structs import replace

from banshi.base.limits import MAX_BYTES
from banshi.base.text import Lang, Text
from banshi.checking.checker import Checker
from banshi.checking.told_places import Telling
from banshi.files.documents import Place
from banshi.files.findings import Finding, Findings, Severity
from banshi.files.locating import from_failure, from_input
from banshi.files.reading import InputProblem
from banshi.files.report import Report
from banshi.files.units import SomeLines
from banshi.output.records import ANSWERS, FINDINGS, MOVES, Row, finding_row
from banshi.subjects.impact.answers import FINDINGS as CHECKING
from banshi.subjects.impact.answers import OPEN, CaseAnswer, answers
from banshi.subjects.impact.answers_in_english import in_english
from banshi.subjects.impact.comparing import Comparing, Move
from banshi.subjects.impact.records import answer_row, move_row
from banshi.subjects.impact.supposing import Supposed

What = Literal["findings", "answers", "moves"]
COLUMNS = {"findings": FINDINGS, "answers": ANSWERS, "moves": MOVES}
Days = tuple[datetime.date, datetime.date]
UNREAD = "读不出"  # what is asked of a line that cannot be used
FAULTY = "写得不对"  # and of one that is used without what is wrong in it
_OF_LINES = frozenset((UNREAD, FAULTY, in_english(UNREAD), in_english(FAULTY)))


class Judge:
    """Judges lines by the law of a project; made once for many lines, for the law is loaded once.

    ``own_rules``: the project's own rules run too (code, so only a trusted project's). ``as_of``: as ``banshi check``
    has it. ``sides``: the two days whose laws ``moves`` compares.
    """

    def __init__(
        self,
        project: Path,
        *,
        own_rules: bool = False,
        as_of: datetime.date | None = None,
        sides: Days | None = None,
    ) -> None:
        self._checker = Checker(project, as_of=as_of, own_rules=own_rules)
        self._comparing: Comparing | None = None
        if sides:
            before, after = (Checker(project, as_of=as_of, own_rules=own_rules) for _ in sides)
            for checker, day in zip((before, after), sides, strict=True):
                checker.loader.library = Supposed(checker.loader.policies, day=day)
            after.loader.tellings = before.loader.tellings
            self._checker, self._comparing = before, Comparing((before, after))

    def know(self, told: Iterable[Telling]) -> None:
        """What other lines tell of, in their order."""
        self._checker.loader.tellings.know(told)

    def findings(self, path: str, number: int, raw: bytes | None) -> list[Finding]:
        """What is wrong with a line, in order; at most as much as ``check`` lists of one file, and how much more."""
        loader = self._checker.loader
        loader.told.clear()
        loader.tellings.apart()
        try:
            found = self._checker.of_one(_unit(path, number, raw)).findings
        except Exception as error:  # one line that nobody foresaw must not cost the others
            found = Findings([from_failure(path, error, number)])
        if loader.told:
            found.append(from_input(path, _alone(number), severity=Severity.WARNING))
        found.settle()
        return found

    def tellings(self) -> list[Telling]:
        """What the last line told of, that other lines may tell of too."""
        return self._checker.loader.tellings.new()

    def answers(self, path: str, number: int, raw: bytes | None) -> list[CaseAnswer]:
        """Everything that is decided of a line; of one that cannot be used, why not."""
        self._checker.loader.tellings.apart()
        report = Report()
        try:
            loaded = self._checker.loader.load(_unit(path, number, raw), report)
            found = [answer for each in loaded for answer in answers(each)]
        except Exception as error:  # as above
            found, report = [], Report(Findings([from_failure(path, error, number)]))
        return [*found, *_faulty(path, number, report)] if found else list(_unusable(path, number, report))

    def moves(self, path: str, number: int, raw: bytes | None) -> list[Move]:
        """What is decided of a line otherwise under the second law; of one that cannot be used, why not."""
        if self._comparing is None:
            raise ValueError("a judge without sides compares nothing")
        self._checker.loader.tellings.apart()
        try:
            found = self._comparing.of_one(_unit(path, number, raw))
            moves, report = list(found.moves), found.reports[0]
            usable = bool(found.answers)
        except Exception as error:  # as above
            moves, report, usable = [], Report(Findings([from_failure(path, error, number)])), False
        told = (_faulty if usable else _unusable)(path, number, report)
        return [*moves, *(Move(answer, answer) for answer in told)]

    def rows(self, what: What, path: str, number: int, raw: bytes | None, lang: Lang) -> list[Row]:
        """Findings, answers or moves as rows."""
        if what == "findings":
            return [finding_row(each, lang) for each in self.findings(path, number, raw)]
        if what == "answers":
            return [answer_row(each, lang) for each in self.answers(path, number, raw)]
        return [move_row(each, lang) for each in self.moves(path, number, raw)]


def check_lines(lines: Iterable[bytes], judge: Judge, *, path: str = "-", first: int = 1) -> Iterator[Finding]:
    """What is wrong with lines of which each is a document, in order. ``path``, ``first``: where they stand."""
    for number, raw in enumerate(lines, first):
        yield from judge.findings(path, number, raw)


def decide_lines(lines: Iterable[bytes], judge: Judge, *, path: str = "-", first: int = 1) -> Iterator[CaseAnswer]:
    """What is decided of such lines."""
    for number, raw in enumerate(lines, first):
        yield from judge.answers(path, number, raw)


def compare_lines(lines: Iterable[bytes], judge: Judge, *, path: str = "-", first: int = 1) -> Iterator[Move]:
    """What is decided of such lines otherwise under the second of a judge's two laws."""
    for number, raw in enumerate(lines, first):
        yield from judge.moves(path, number, raw)


def told_unread(question: str | None) -> bool:
    """Whether a row of answers or moves, by its question, is of a line that cannot be used, or not as a whole."""
    return question in _OF_LINES


def failure_rows(what: What, path: str, number: int, error: Exception, lang: Lang) -> list[Row]:
    """What is said where the tool itself failed over a line."""
    return _told_rows(what, number, from_failure(path, error, number), lang)


def problem_rows(what: What, path: str, number: int, problem: InputProblem, lang: Lang) -> list[Row]:
    """What is said of a file that ends too early or holds no lines; ``number``: of the line that would come next."""
    return _told_rows(what, number, from_input(path, replace(problem, place=Place(number, 1, 2))), lang)


def _told_rows(what: What, number: int, finding: Finding, lang: Lang) -> list[Row]:
    if what == "findings":
        return [finding_row(finding, lang)]
    told = _unusable(finding.path, number, Report(Findings([finding])))
    return [answer_row(each, lang) if what == "answers" else move_row(Move(each, each), lang) for each in told]


def _unit(path: str, number: int, raw: bytes | None) -> SomeLines:
    return SomeLines(Path(path), ((number, None if raw is None or len(raw) > MAX_BYTES else raw),))


def _unusable(path: str, number: int, report: Report) -> Iterator[CaseAnswer]:
    errors = [each for each in report.findings if each.severity is Severity.ERROR]
    for finding in errors[:1]:
        yield CaseAnswer(CHECKING, path, f"第 {number} 行", UNREAD, f"{OPEN}：{finding.message.zh}")


def _faulty(path: str, number: int, report: Report) -> Iterator[CaseAnswer]:
    """Said of a line that is used, and in which something is written wrong."""
    errors = [each for each in report.findings if each.severity is Severity.ERROR]
    if errors:
        count = sum(each.stands_for for each in errors)
        said = f"有 {count} 处，靠这些地方的没有判断：{errors[0].message.zh}"
        yield CaseAnswer(CHECKING, path, f"第 {number} 行", FAULTY, said)


def _alone(number: int) -> InputProblem:
    return InputProblem(
        "input/judged-alone",
        Place(number, 1, 2),
        Text(
            "批量处理一行一行地看：这一行和别的行是否写了同一窗口、同一考核期，没有比较",
            "lines are judged one by one here: whether others state the same window and period was not compared",
        ),
        Text("要比较的，用 banshi check 检查这些文件。", "To compare them, use banshi check."),
    )
