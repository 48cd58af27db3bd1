"""Findings: what is wrong, where, on which basis, and how to put it right."""

from collections import Counter
from collections.abc import Iterable
from enum import StrEnum
from typing import Any, Literal, NamedTuple, Self, TypeVar

from msgspec import Struct

from banshi.base.limits import MAX_COUNTED, MAX_FINDINGS
from banshi.base.text import NOTHING, Text

T = TypeVar("T")
Route = tuple[str | int, ...]
_CITED = 6  # amendments that are named one by one


class Severity(StrEnum):
    """How grave a finding is; the order of the members is the order of gravity."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"

    @property
    def rank(self) -> int:
        """0 for an error, 1 for a warning, 2 for a note."""
        return ("error", "warning", "note").index(self.value)

    @property
    def label(self) -> Text:
        """错误, 警告 or 提示."""
        return {"error": Text("错误", "error"), "warning": Text("警告", "warning"), "note": Text("提示", "note")}[self]


class Citation(Struct, frozen=True):
    """A provision (and the norm in it) of one version of an instrument; without a provision, the version as a whole.

    ``amended_by``: what has changed the norm since the instrument was decided, oldest first.
    """

    instrument: str
    version: str
    provision: str
    label: str
    norm: str
    number: str
    title: str
    amended_by: "tuple[Citation, ...]" = ()

    @property
    def url(self) -> str:
        """The provision's place on the site, relative to its root."""
        place = f"instruments/{self.instrument}/{self.version}/"
        return f"{place}#{anchor(self.provision)}" if self.provision else place

    def say(self) -> str:
        """As officials cite it: 某市府办发〔2011〕37号 三（四）."""
        return f"{self.number or self.title} {self.place}".rstrip()

    @property
    def place(self) -> str:
        """The provision, and what has amended it: 第四条（经某市府办发〔2012〕1号第一条修改）."""
        by = dict.fromkeys(f"{cited.number or cited.title}{cited.label}" for cited in self.amended_by)
        first, more = few_of(tuple(by))
        rest = f"等{more[0]}处修改，最近是{more[1]}" if more else "修改"
        return f"{self.label}（经{'、'.join(first)}{rest}）" if by else self.label


def few_of(every: tuple[T, ...]) -> tuple[tuple[T, ...], tuple[int, T] | None]:
    """All of them; or, of many, the first, with how many there are and the last: each place that cites says it again."""
    return (every, None) if len(every) <= _CITED else (every[:1], (len(every), every[-1]))


def anchor(provision: str) -> str:
    """The page anchor of a provision: ``3.4.1`` gives ``p-3-4-1``."""
    return "p-" + provision.replace(".", "-")


class Problem(Struct, frozen=True, kw_only=True):
    """What a check yields: a place in the document's own terms, a message, a fix and its basis.

    ``where`` is a route of keys and indexes; ``on`` says in which of the subject's documents (a change's own form or
    its project's file). ``at_key`` points at the key itself rather than at its value. ``basis`` that is empty lets the
    rule's own BASIS speak. ``stands_for``: how many like it there are, where one says of all that are not told one by one.
    """

    where: Route
    message: Text
    fix: Text = NOTHING
    on: Literal["self", "project"] = "self"
    at_key: bool = False
    severity: Severity | None = None
    basis: tuple[Citation, ...] = ()
    reading_dependent: bool = False
    stands_for: int = 1


class About(NamedTuple):
    """Of whom a finding speaks, for tables: the place, the tier that is declared, the month (2012-03); "" where not known."""

    jurisdiction: str = ""
    tier: str = ""
    month: str = ""


UNKNOWN = About()


class Finding(Struct, frozen=True, kw_only=True):
    """A problem made concrete: file, line and column (both from 1, columns in characters)."""

    rule: str
    severity: Severity
    path: str
    line: int
    column: int
    end_column: int
    message: Text
    fix: Text = NOTHING
    where: Route = ()
    basis: tuple[Citation, ...] = ()
    reading_dependent: bool = False
    source_line: str = ""
    sheet: str = ""  # of a workbook; line and column are those of the cell
    about: About = UNKNOWN
    stands_for: int = 1  # as a ``Problem`` has it

    @property
    def order(self) -> tuple[str, int, int, str, str]:
        """The order in which findings are reported."""
        return (self.path, self.line, self.column, self.rule, self.message.zh)


MORE = "input/more-findings"


class Findings(list[Finding]):
    """Findings, of which at most ``most`` of one file are kept (``None``: all of them); the others are counted.

    So neither memory nor the report grows without bound with what is wrong, whatever finds it.
    """

    def __init__(self, found: Iterable[Finding] = (), most: int | None = MAX_FINDINGS) -> None:
        """``found``: the first ones."""
        super().__init__()
        self.most = most
        self.left: dict[str, Counter[Severity]] = {}
        self.cut_short: set[str] = set()  # files of which there may be still more than is counted
        self._kept: Counter[str] = Counter()
        self.extend(found)

    def __reduce__(self) -> tuple[Any, ...]:
        """How they travel to another process: what is needed to append comes first."""
        return _travelled, (list(self), self.most, self.left, self.cut_short)

    def append(self, finding: Finding) -> None:
        """Keep one, or count it."""
        if not self.full(finding.path):
            self._kept[finding.path] += 1
            super().append(finding)
        else:
            self.leave(finding.path, finding.severity, finding.stands_for)

    def extend(self, findings: Iterable[Finding]) -> None:
        """Keep or count each."""
        for finding in findings:
            self.append(finding)

    def __iadd__(self, findings: Iterable[Finding]) -> Self:  # type: ignore[override,misc]
        self.extend(findings)
        return self

    def taken_back(self, start: int) -> list[Finding]:
        """The listed ones from one on, which are listed no more."""
        back = self[start:]
        del self[start:]
        self._kept.subtract(finding.path for finding in back)
        return back

    def full(self, path: str) -> bool:
        """Whether further findings of a file are only counted."""
        return self.most is not None and self._kept[path] >= self.most

    def many(self, path: str) -> bool:
        """Whether so many of a file were found, listed or not, that it no longer matters how many there are."""
        return path in self.left and self._kept[path] + self.left[path].total() >= MAX_FINDINGS + MAX_COUNTED

    def leave(self, path: str, severity: Severity, count: int, *, at_least: bool = False) -> None:
        """Count findings of a file that are not listed; ``at_least``: there may be still more."""
        if at_least:
            self.cut_short.add(path)
        if count:
            self.left.setdefault(path, Counter())[severity] += count

    def take(self, other: "Findings", only: frozenset[str] | None = None) -> None:
        """Take over others; ``only`` keeps those of these paths alone."""
        self.extend(f for f in other if only is None or f.path in only)
        for path, counts in other.left.items():
            for severity, count in counts.items():
                if only is None or path in only:
                    self.leave(path, severity, count, at_least=path in other.cut_short)

    def cut(self, most: int) -> None:
        """Keep at most so many of each file; the others are counted."""
        listed, self.most = [f for f in self if f.rule != MORE], most
        self.clear()
        self._kept.clear()
        self.extend(listed)
        self.settle()

    def settle(self) -> None:
        """Each once, in order, and at the end of a file's how many more there are."""
        listed = dict.fromkeys(f for f in self if f.rule != MORE)
        last: dict[str, Finding] = {}
        for finding in sorted(listed, key=lambda finding: finding.order):
            last[finding.path] = finding
        more = [
            _more(path, counts, last.get(path), at_least=path in self.cut_short) for path, counts in self.left.items()
        ]
        self[:] = sorted([*listed, *more], key=lambda f: (f.path, f.rule == MORE, f.order))

    def counted(self) -> Counter[Severity]:
        """How many there are of each severity, listed or not."""
        counts: Counter[Severity] = Counter()
        for finding in self:
            counts[finding.severity] += finding.stands_for if finding.rule != MORE else 0
        for of_file in self.left.values():
            counts.update(of_file)
        return counts


def _travelled(
    listed: list[Finding], most: int | None, left: dict[str, Counter[Severity]], at_least: set[str]
) -> Findings:
    found = Findings(listed, most)
    found.left, found.cut_short = left, at_least
    return found


def _more(path: str, counts: Counter[Severity], last: Finding | None, *, at_least: bool) -> Finding:
    parts = [(severity.label, counts[severity]) for severity in Severity if counts[severity]]
    zh, en = ("、".join(f"{label.zh} {n}" for label, n in parts), ", ".join(f"{n} {label.en}(s)" for label, n in parts))
    total = counts.total()
    return Finding(
        rule=MORE,
        severity=next(severity for severity in Severity if counts[severity]),
        path=path,
        line=last.line if last else 1,
        column=last.column if last else 1,
        end_column=(last.column if last else 1) + 1,
        message=Text(
            f"这个文件另有{'至少' if at_least else ''} {total} 处没有列出（{zh}）",
            f"{'at least ' if at_least else ''}{total} more in this file are not listed ({en})",
        ),
        fix=Text("先改好列出的；要全部列出，加 --all。", "Correct those listed first; --all lists them all."),
    )


class Summary(Struct, frozen=True):
    """How much was looked at, and what came of it; ``at_least``: there may be still more errors than are counted."""

    files: int
    errors: int
    warnings: int
    notes: int
    at_least: bool = False


def summarise(files: int, findings: Findings) -> Summary:
    """Count findings by severity, listed or not."""
    counts = findings.counted()
    errors, warnings, notes = (counts[severity] for severity in (Severity.ERROR, Severity.WARNING, Severity.NOTE))
    return Summary(files, errors, warnings, notes, at_least=bool(findings.cut_short))
