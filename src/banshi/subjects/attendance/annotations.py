"""What is to be said at each row of a register's tables: what is wrong, on which basis, what to do."""

from collections.abc import Iterable, Iterator

from msgspec import Struct, field

from banshi.base.text import listed
from banshi.checking.loaded import LoadedFile
from banshi.files.documents import Document
from banshi.files.findings import Citation, Finding
from banshi.files.tables.sheet import SheetDocument
from banshi.subjects.attendance.account import Account
from banshi.subjects.attendance.irregular import OUTCOMES, Irregularity, fix_of
from banshi.subjects.attendance.sheet_rows import GivenRow, GivenTable


class Remark(Struct, frozen=True):
    """One thing about a row, in Chinese."""

    problem: str
    basis: str = ""
    fix: str = ""


class Remarks(Struct):
    """Remarks by part of the register and index of a row that was read, or by file and line of one that was not.

    ``elsewhere``: findings about no row of these parts.
    """

    by_index: dict[tuple[str, int], list[Remark]] = field(default_factory=dict)
    by_line: dict[tuple[str, int], list[Remark]] = field(default_factory=dict)
    elsewhere: list[Finding] = field(default_factory=list)

    def of(self, part: str, table: GivenTable, row: GivenRow) -> list[Remark]:
        """What is said at a row; sheets of one workbook have the same lines, and a message names its sheet."""
        if row.indices:
            return [remark for n in row.indices for remark in self.by_index.get((part, n), [])]
        found = self.by_line.get((table.path, row.number), [])
        return [remark for remark in found if not table.sheet or f"“{table.sheet}”" in remark.problem]


def remarks(file: LoadedFile, findings: Iterable[Finding], accounts: Iterable[Account]) -> Remarks:
    """What findings and the accounts of the file's register say at its rows."""
    found = Remarks()
    shown = {*file.sources, "punches", "leave"}
    tables = {path for source in file.sources.values() for path in _paths(source.document)}
    own = {file.document.path, *tables}
    for finding in findings:
        if finding.path in own:
            _place(found, finding, tables, shown)
    for number, remark in _irregular(file, accounts):
        found.by_index.setdefault(("punches", number), []).append(remark)
    return found


def _paths(document: Document) -> Iterator[str]:
    if isinstance(document, SheetDocument):
        yield from (sheet.path for _, sheet in document.files())
    else:
        yield document.path


def _place(found: Remarks, finding: Finding, tables: set[str], shown: set[str]) -> None:
    remark = Remark(finding.message.zh, said(finding.basis), finding.fix.zh)
    where = finding.where
    if finding.rule.startswith("shape/"):  # its number is that in the file, where nothing is left out
        found.elsewhere.append(finding)
    elif len(where) > 1 and where[0] in shown and isinstance(where[1], int):
        found.by_index.setdefault((str(where[0]), where[1]), []).append(remark)
    elif finding.rule == "input/row-unreadable" and finding.path in tables:
        found.by_line.setdefault((finding.path, finding.line), []).append(remark)
    else:
        found.elsewhere.append(finding)


def said(basis: Iterable[Citation]) -> str:
    """Provisions as officials cite them."""
    return "；".join(dict.fromkeys(cite.say() for cite in basis))


def _irregular(file: LoadedFile, accounts: Iterable[Account]) -> Iterator[tuple[int, Remark]]:
    """Irregular attendance at the day's first punch, or at its last where it is about leaving."""
    every = {(i.staff, i.day, i.type, i.moment): i for a in accounts for p in a.people for i in p.irregular}
    wanted: dict[tuple[object, object], list[tuple[str, int]]] = {(i.staff, i.day): [] for i in every.values()}
    if not wanted:
        return
    for number, punch in enumerate(file.value.register.punches):
        day = wanted.get((punch.staff, punch.day))
        if day is not None:
            day.append((punch.time, number))
    for each in every.values():
        if day := wanted[each.staff, each.day]:
            yield (max(day) if each.moment == "departure" else min(day))[1], of_irregularity(each)


def of_irregularity(each: Irregularity) -> Remark:
    """Irregular attendance as a remark."""
    key = each.outcome.value or "undetermined"
    why = listed(reason.text.zh for reason in each.outcome.reasons)
    return Remark(f"{each.called.zh}：{OUTCOMES[key].zh}（{why}）", said(each.outcome.basis), fix_of(each).zh)
