"""The files of a person who checks them in the browser: read, checked, changed, checked again, handed back."""

import json
import os
import shutil
from collections.abc import Sequence
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any

from banshi.base.limits import MAX_CHOSEN, MAX_TABLE_BYTES
from banshi.base.text import Text, visible, visible_lines
from banshi.browser.edits import NotWritable, change
from banshi.browser.outline import outline
from banshi.browser.sheets import Places, ShownFile, shown_file
from banshi.checking.checker import Checker
from banshi.files.builtin import BUILTIN
from banshi.files.findings import Finding, Severity
from banshi.files.law_used import LawUsed
from banshi.files.reading import NEW_BOOK_SUFFIXES
from banshi.files.regular_files import read_bytes, read_text
from banshi.files.report import Report
from banshi.output.annotating.cell_edits import holds_formulas
from banshi.output.annotating.first_page import in_order
from banshi.output.annotating.marks import cited
from banshi.output.annotating.workbook import NotAnnotated, annotate
from banshi.output.reports.json_report import as_json, finding_json


class Session:
    """One choice of files. What the page is told comes as JSON: ``{"error": …}`` where something cannot be done."""

    def __init__(self, project: Path, folder: Path, *, law: LawUsed | None = None, own_rules: bool = False) -> None:
        """``project``: the centre whose rules hold; ``folder``: an empty one of our own, for the files."""
        self._checker = Checker(project, own_rules=own_rules, law_too=False)  # a site with faulty texts is not built
        self._folder, self._law = folder, law
        self._paths: list[Path] = []
        self._report = Report()
        self._times = 0
        self._formulas = False  # whether anything in the files is computed; no edit writes or removes a formula

    def open(self, files: Sequence[tuple[str, bytes]]) -> str:
        """Take these files (name or way within a folder, content) in the place of all others, and check them."""
        os.chdir(self._folder.parent)  # no system lets go of the folder one stands in
        if self._folder.exists():
            shutil.rmtree(self._folder)
        self._folder.mkdir()
        os.chdir(self._folder)
        if len(files) > MAX_CHOSEN:
            return _refused(Text(f"一次最多选 {MAX_CHOSEN} 个文件", f"at most {MAX_CHOSEN} files at once"))
        self._paths = []
        for name, data in files:
            path = Path(*_within(name))
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
            self._paths.append(path)
        self._formulas = any(path.suffix.lower() in NEW_BOOK_SUFFIXES and holds_formulas(path) for path in self._paths)
        return self.check()

    def change(self, path: str, sheet: str, row: int, column: int, text: str) -> str:
        """Write a cell (or a line) anew, and check again."""
        try:
            place = next(each for each in self._paths if each.as_posix() == path)
            change(place, sheet, row, column, text, partial(self._write, place))
        except NotWritable as error:
            return _refused(error.why)
        return self.check()

    def _write(self, place: Path, data: bytes) -> None:
        place.write_bytes(data)
        self._times += 1
        stamp = place.stat().st_mtime_ns + self._times * 1_000_000_000  # what was read before counts no more
        os.utime(place, ns=(stamp, stamp))

    def check(self) -> str:
        """What is found in the files as they are now, with the sheets in which it stands."""
        self._report = self._checker.check([self._paths[0]] if len(self._paths) == 1 else [Path()])
        self._report.law = self._law
        shown = [shown_file(path, self._places(path)) for path in self._paths]
        cells = {file.path: file.cells for file in shown}
        names = [sheet.name for file in shown for sheet in file.sheets]
        found = [self._told(finding, cells) for finding in in_order(self._report.findings, names)]
        return json.dumps(
            {
                "files": [file.as_json() for file in shown],
                "findings": found,
                "summary": finding_counts(self._report),
                "read": [visible(_taken(taken)) for taken in self._report.reading.taken],
                "law": self._law.said.zh if self._law else "",
                "formulas": self._formulas,
            },
            ensure_ascii=False,
        )

    def report(self) -> str:
        """The same report as ``banshi check --format json`` gives."""
        return as_json(self._report, "zh")

    def annotated(self, path: str) -> bytes | str:
        """A workbook with what was found in it, as ``banshi check --annotate`` gives it."""
        try:
            return annotate(Path(path), self._report, self._report.findings)
        except NotAnnotated as error:
            return _refused(error.why)

    def file(self, path: str) -> bytes:
        """A file as it is now."""
        return read_bytes(Path(path), MAX_TABLE_BYTES)

    def outline(self) -> str:
        """What the files are like, without what they hold."""
        shown: list[tuple[ShownFile, int]] = [(shown_file(p, ()), p.stat().st_size) for p in self._paths if p.is_file()]
        return json.dumps(outline(shown, self._report.findings), ensure_ascii=False, indent=1)

    def _places(self, path: Path) -> Places:
        mine = (f for f in self._report.findings if f.path == path.as_posix())
        return {(finding.sheet, finding.line, finding.column) for finding in mine}

    def _told(self, finding: Finding, cells: dict[str, dict[tuple[int, int], tuple[int, int]]]) -> dict[str, Any]:
        row, column = cells.get(finding.path, {}).get((finding.line, finding.column), (finding.line, finding.column))
        rule = self._report.rules.get(finding.rule)
        builtin = BUILTIN.get(finding.rule)
        title = rule.title if rule else builtin.title if builtin else Text(finding.rule, finding.rule)
        return {
            **finding_json(finding, "zh"),
            "message": visible_lines(finding.message.zh),
            "fix": visible_lines(finding.fix.zh),
            "title": title.zh,
            "label": finding.severity.label.zh,
            "sheet": finding.sheet,
            "row": row,
            "at": column,
            "cited": cited(finding.basis),
            "named": [each.label or cited((each,)) for each in finding.basis],
        }


def begun(centre: Path, folder: Path) -> Session:
    """A session by what the site has put beside the centre's law."""
    said = json.loads(read_text(centre / "session.json"))
    law = said["law"]
    used = LawUsed(law["folder"], law["version"], law["digest"].removeprefix("sha256:"))
    return Session(centre, folder, law=used, own_rules=said["own_rules"])


def finding_counts(report: Report) -> dict[str, int]:
    """How much of what gravity was found, listed or not."""
    counts = report.findings.counted()
    return {"files": report.files, **{severity.value: counts[severity] for severity in Severity}}


def _taken(taken: Any) -> str:
    rows = f"，{taken.rows} 行" if taken.rows is not None else ""
    unread = f"，{taken.unread} 行读不出" if taken.unread else ""
    return f"{taken.place}：{taken.what.zh}{rows}{unread}"


def _within(name: str) -> tuple[str, ...]:
    """The parts of a way that leads nowhere but down."""
    parts = PurePosixPath(name.replace("\\", "/")).parts
    found = tuple(part for part in parts if part not in ("/", "..", ".") and "\0" not in part)
    return found or ("file",)


def _refused(why: Text) -> str:
    return json.dumps({"error": why.zh}, ensure_ascii=False)
