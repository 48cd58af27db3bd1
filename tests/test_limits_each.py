"""Each limit of ``base/limits.py``, exactly at it and just above it: what is read at it is refused above, and told so.

Where its size would make a slow test, a limit is lowered, so that a case which another limit decides fails.
"""

import io
import re
import runpy
import sys
from pathlib import Path

import pytest
from conftest import ROOT
from limits_of_books import (
    CELL,
    P,
    a_book,
    a_document,
    cells,
    fields,
    last,
    letters,
    merged,
    of_listing,
    of_names,
    of_parts,
    of_ratio,
    of_token,
    of_unpacked,
    spanning,
)
from limits_of_files import (
    LOWERED,
    Case,
    of_aliases,
    of_amount,
    of_archive,
    of_file,
    of_folder_beside,
    of_folders,
    of_glimpse,
    of_jobs,
    of_leave_pairs,
    of_leave_tables,
    of_levels,
    of_lines,
    of_lines_file,
    of_long_leave,
    of_long_line,
    of_old_book,
    of_page,
    of_passed_over,
    of_settings,
    of_table,
    of_title,
    of_unread_rows,
    trying,
)
from limits_told import (
    of_alike,
    of_amended,
    of_chosen,
    of_code,
    of_commits,
    of_counted,
    of_digits,
    of_edited,
    of_entries,
    of_findings,
    of_front_lines,
    of_git_bytes,
    of_git_files,
    of_git_printed,
    of_git_seconds,
    of_in_force,
    of_inherited,
    of_mark,
    of_marked,
    of_notes,
    of_numbered,
    of_path,
    of_said,
    of_setting,
    of_setting_text,
    of_shown,
    of_shown_bytes,
    of_shown_cell,
    of_step,
    of_unread_told,
    of_values_shown,
    shown,
)

from banshi.base import limits
from banshi.files.regular_files import TooLarge, _copied

MANY = "没有读取"
CASES: dict[str, tuple[Case, str]] = {
    "MAX_BYTES": (of_file, "input/too-large"),
    "MAX_SETTINGS_BYTES": (of_settings, "banshi.toml 读不出"),
    "MAX_STDIN_BYTES": (lambda size, _: trying(lambda: _copied(io.BytesIO(b"1" * size)), TooLarge), "TooLarge"),
    "MAX_TABLE_BYTES": (of_table, "TooLarge"),
    "MAX_LINES_BYTES": (of_lines_file, "input/too-large"),
    "MAX_PASSED_OVER": (of_passed_over, "还没有结束"),
    "LINES_AT_ONCE": (of_lines, "2 parts"),
    "LONGEST_LINE": (of_long_line, "个字符"),
    "MAX_TITLE_ROWS": (of_title, "[]"),
    "MAX_AMOUNT_WORDS": (of_amount, "limit of 100 characters"),
    "MAX_JOBS": (of_jobs, "1 到 64"),
    "MAX_DEPTH": (of_levels, "嵌套超过 40 层"),
    "MAX_FOLDERS": (of_folders, "文件夹套了 60 层以上"),
    "MAX_ALIASED_NODES": (of_aliases, "input/alias-expansion"),
    "MAX_PAGE_BYTES": (of_page, "TooLarge"),
    "MAX_ARCHIVE_NAMES": (of_archive, "True"),
    "MAX_BESIDE": (of_folder_beside, "里的文件超过 3 个"),
    "MAX_GLIMPSED": (of_glimpse, "anybody"),
    "MAX_LEAVE_PAIRS": (of_leave_pairs, "1 left open"),
    "MAX_LEAVE_TABLES": (of_leave_tables, "没有两两比对"),
    "MAX_UNREAD_ROWS": (of_unread_rows, "anybody"),
    "LONGEST_LEAVE": (of_long_leave, "True"),
    "MAX_UNPACKED": (of_unpacked, "MAX_UNPACKED"),
    "LIKELY_RATIO": (of_ratio(lambda size: ((1 << 20) * size, 1 << 20)), "LIKELY_RATIO"),
    "ANY_RATIO": (of_ratio(lambda size: (size, 1)), "LIKELY_RATIO"),
    "MAX_LISTING": (of_listing, "MAX_LISTING"),
    "MOST_PARTS": (of_parts, "MOST_PARTS"),
    "MOST_SHEETS": (a_book(lambda size: {"sheets": size}), "MOST_SHEETS"),
    "SMALL_PART": (a_book(lambda size: {"padded": "xl/workbook.xml", "size": size}), "SMALL_PART"),
    "ROWS": (a_book(lambda size: {"rows": last(size, "A")}), "最多 1048576 行"),
    "COLUMNS": (a_book(lambda size: {"rows": last(1, letters(size))}), "最多 16384 列"),
    "MAX_CELLS": (a_book(lambda size: {"rows": cells(size)}), "MAX_CELLS"),
    "MAX_TEXT": (a_book(lambda size: {"strings": f"<si><r><t>{'a' * size}</t></r></si>"}), "MAX_TEXT"),
    "MOST_TEXTS": (a_book(lambda size: {"strings": "<si><t>a</t></si>" * size}), "MOST_TEXTS"),
    "LONGEST_TEXT": (a_book(lambda size: {"strings": f"<si><t>{'a' * size}</t></si>"}), "LONGEST_TEXT"),
    "LONGEST_TOKEN": (of_token, "LONGEST_TOKEN"),
    "MOST_NAMES": (of_names, "MOST_NAMES"),
    "MOST_MERGED": (
        a_book(lambda size: {"rows": cells(1), "after": merged(size)}),
        "MOST_MERGED",
    ),
    "MAX_OLD_BOOK": (of_old_book, "MAX_OLD_BOOK"),
    "MAX_DOCUMENT_ROWS": (a_document(lambda size: P * size), "MAX_DOCUMENT_ROWS"),
    "MAX_DOCUMENT_CELLS": (
        a_document(lambda size: f"<w:tbl><w:tr>{CELL * (size - 1)}<w:tc>{P}</w:tc></w:tr></w:tbl>"),
        "MAX_DOCUMENT_CELLS",
    ),
    "MAX_SPANNED": (lambda size, folder: f"{a_document(spanning)(size, folder)} of {size + 1}", "101 of 102"),
    "MAX_FIELDS_DEEP": (a_document(fields), "MAX_FIELDS_DEEP"),
    "GIT_SECONDS": (of_git_seconds, "git 超过 1 秒没有答复"),
    "GIT_FILES": (of_git_files, "超过 3 个"),
    "GIT_BYTES": (of_git_bytes, "合起来超过"),
    "GIT_PRINTED": (of_git_printed, "git 的答复超过"),
    "MOST_SETTINGS": (of_setting, "False"),
    "MOST_INHERITED": (of_inherited, "more than 20 files INHERIT"),
    "LONGEST_SETTING": (of_setting_text, "不超过 200 字"),
    "CODE_DEEP": (of_code, "unfit: 1"),
    "MAX_AMENDED": (of_amended, "一层改一层"),
    "MAX_PATH": (of_path, "Nowhere"),
    "MAX_ALIKE": (of_alike, "{}"),
    "MAX_DIGITS": (of_digits, "str"),
    "MAX_FINDINGS": (of_findings, "200 listed, 1 counted"),
    "MAX_MARKED": (of_marked, "处没有标出"),
    "MAX_COUNTED": (of_counted, "counted 5"),
    "MAX_COMMITS": (of_commits, "只列最近 2 次"),
    "MAX_NUMBERED": (of_numbered, "1 counted"),
    "MAX_UNREAD_TOLD": (of_unread_told, "还有 1 处读不出"),
    "MAX_VALUES_SHOWN": (of_values_shown, "其余 1 个"),
    "MAX_NOTES": (of_notes, "1 without"),
    "MAX_FRONT_LINES": (of_front_lines, "其余 1 处"),
    "MAX_MARK": (of_mark, "…"),
    "MAX_ENTRIES": (of_entries, "1 left out"),
    "MAX_IN_FORCE": (of_in_force, "200 listed, 1 counted"),
    "MAX_CHOSEN": (of_chosen, "一次最多选 3 个文件"),
    "MAX_EDITED": (of_edited, "NotWritable"),
    "MAX_SHOWN_BYTES": (of_shown_bytes, "0 sheets"),
    "MAX_SHOWN_ROWS": (lambda size, folder: shown("1,2\n" * size, folder), "1 left"),
    "MAX_SHOWN_MARKED": (lambda size, folder: shown("1,2\n" * size, folder, size), "1 left"),
    "MAX_SHOWN_COLUMNS": (lambda size, folder: shown(",".join("1" * size) + "\n", folder), "右边还有 1 栏"),
    "MAX_SHOWN_CELL": (of_shown_cell, "只显示开头"),
    "MAX_SAID": (of_said, "…"),
    "MAX_STEP": (of_step, "…"),
    "MAX_SHOWN": (of_shown, "…"),
}
KNOWN = {name: value for name, value in vars(limits).items() if name.isupper()}


def lower(name: str, monkeypatch: pytest.MonkeyPatch) -> int:
    """The limit that a case is tried against; a lowered one is so wherever it is used."""
    value: int = LOWERED.get(name, KNOWN[name])
    for module in [m for key, m in sys.modules.items() if key.startswith("banshi.") and hasattr(m, name)]:
        if getattr(module, name) == KNOWN[name]:
            monkeypatch.setattr(module, name, value)
    return value


@pytest.mark.parametrize("over", [0, 1])
@pytest.mark.parametrize("name", KNOWN)
def test_at_it_and_above_it(name: str, over: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    case, mark = CASES[name]
    heard = case(lower(name, monkeypatch) + over, tmp_path)
    assert (mark in heard) == bool(over), heard[:2000]


def test_security_says_them_all() -> None:
    """The table in SECURITY.md is that of the module: ``make limits`` writes it."""
    told = runpy.run_path(str(ROOT / "tools/write_limits.py"))
    text = (ROOT / "SECURITY.md").read_text("utf-8")
    assert told["page"](text) == text
    assert all(f"| `{name}` | {value:,} | " in text for name, value in KNOWN.items())


def test_no_limit_of_what_is_read_stands_elsewhere() -> None:
    """A constant that bounds what a reader takes; what only a picture or a kept answer holds is no such limit."""
    named = re.compile(
        r"^_?(MAX|MOST|LIMIT|LARGEST|LONGEST|DEEPEST|SECONDS|BYTES)[A-Z_]* *(?::[^=]*)?= |^_[A-Z_]*(_BYTES|_SECONDS|_DEEP)\b *= ",
        re.M,
    )
    rooms = ("base", "files", "centre", "law", "checking", "batch", "subjects", "commands", "browser", "output", "site")
    found = {
        f"{path.parent.name}/{path.name} {match[0].split()[0].rstrip(':')}"
        for room in rooms
        for path in (ROOT / "src/banshi" / room).rglob("*.py")
        for match in named.finditer(path.read_text("utf-8"))
        if path.name != "limits.py"
    }
    assert (
        found - ELSEWHERE == set()
    )  # it belongs to base/limits.py with a case above; what refuses nothing is named below


# Of these nothing is refused: what is kept for speed, what a format has room for, and what is told one by one.
ELSEWHERE = {
    "files/regular_files.py _MOST_LOOKED_AT",
    "tables/apart.py _LONGEST",
    "tables/body.py _MOST_TABLES",
    "tables/remarks.py _LONGEST",
    "tables/workbook_said.py _LONGEST",
    "xlsx/drawings.py _LONGEST",
    "tables/delimited.py _LARGEST_HEAD",
    "tables/kind_books.py _MOST",
    "tables/notes.py _MOST",
    "tables/records.py _LONGEST_FIELD",
    "tables/kind_books.py _LONGEST",
    "tables/quantities.py _LONGEST",
    "tables/sheet.py _LONGEST_RECORD",
    "xlsx/merged.py _LONGEST_TAG",
    "xlsx/numbers.py _LONGEST_DURATION",
    "xlsx/plain_rows.py _LONGEST",
    "xlsx/refs.py _LONGEST_ROW",
    "xlsx/shown.py _MOST",
    "files/unread_files.py _LARGEST_LOCK",
    "files/yaml_faults.py _TOO_DEEP",
    "law/assessment_periods.py _MOST",
    "law/law.py _LIMIT",
    "assessment/lost_points.py MOST",
    "attendance/account_said.py _MOST_DAYS",
    "attendance/matters_said.py _MOST_NAMED",
    "attendance/needs.py _MOST_AT_A_WINDOW",
    "attendance/working_time.py _SECONDS",
    "cases/columns.py LIMITS",
    "cases/columns.py _LIMIT",
    "checking/told_places.py MOST_SEEN",
    "forms/writing.py _LONGEST",
    "impact/deciding.py _MOST_KEPT",
    "parallel/answer.py _MOST",
    "checking/told_places.py _MOST_HELD",
    # What a page, a picture or another program's format has room for.
    "output/flowchart.py _MOST_BESIDE",
    "output/timeline.py MOST_ROWS",
    "output/workbooks.py MOST_ROWS",
    "output/workbooks.py _LONGEST_TEXT",
    "output/workbooks.py _LONGEST_NAME",
    "output/workbooks.py _LONGEST_FOOT",
    "forms/document.py _MOST_COLUMNS",
    "forms/document.py _LONGEST_TITLE",
    "forms/workbook.py _LONGEST_HINT",
    "site/front_matter.py _MOST",
    "site/search_files.py LARGEST",
    "site/search_files.py LARGEST_ENTRY",
    "site/spelling.py _LONGEST_PHRASE",
}
