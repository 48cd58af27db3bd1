"""Cases that are counted many at a time come to what they come to one by one: figures, findings and their order."""

import csv
import datetime
import io
import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from case_logs import COUNTY
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st
from lengths import some
from test_cases_properties import WORDS

from banshi.checking.loaded import LoadedFile
from banshi.files.discovery import discover
from banshi.files.law_used import LawUsed
from banshi.files.regular_files import lines_together, numbered_lines
from banshi.files.report import Report
from banshi.files.tables import delimited, together
from banshi.files.tables.plain_rows import NOT_PLAIN, PlainRows
from banshi.subjects.cases import in_bulk, lines
from banshi.subjects.cases.case_log import CaseLog
from banshi.subjects.cases.forms import Case, Log
from banshi.subjects.cases.in_bulk import InBulk
from banshi.subjects.cases.loading import LogLoader
from banshi.subjects.cases.log_json import log_json
from banshi.subjects.cases.tally import CaseTally

DAY = st.dates(datetime.date(2011, 12, 1), datetime.date(2012, 2, 15))
MAYBE = st.none() | st.booleans()


@st.composite
def any_case(draw: Any) -> Case:
    """A case with whatever may contradict itself in it."""
    return WORDS.case(
        id=str(draw(st.integers(1, 40))),
        kind=draw(st.sampled_from(["investment_project", "enterprise_registration", "multi_department", "other"])),
        item=draw(st.sampled_from([None, "甲事", "乙事"])),
        department=draw(st.sampled_from("甲乙")),
        others=draw(st.sampled_from([None, (), ("乙",), ("乙", "丙")])),
        window=draw(st.sampled_from("AB")),
        accepted_on=draw(DAY),
        due_on=draw(st.none() | DAY),
        statutory_due_on=draw(st.none() | DAY),
        finished_on=draw(st.none() | DAY),
        parallel=draw(MAYBE),
        on_site=draw(MAYBE),
        online=draw(MAYBE),
        system=draw(st.sampled_from([None, "none", "investment_system"])),
        evaluation=draw(st.sampled_from([None, "none", "satisfied", "not_satisfied"])),
        signed_project=draw(st.sampled_from([None, None, "P1", "P2"])),
        domestic_new=draw(MAYBE),
    )


def state(tally: CaseTally) -> list[Any]:
    """All that a tally knows, in its order."""
    listed = {sort: (faults.count, faults.listed) for sort, faults in tally.faults.items()}
    departments = {many: (faults.count, faults.listed) for many, faults in tally.by_departments.items() if faults.count}
    groups = [(name, [(key, list(own.items())) for key, own in group.items()]) for name, group in tally.groups.items()]
    cells = [(key, list(own.items())) for key, own in tally.cells.items()]
    taken = list(tally.days_taken.items())
    days = (tally.cases, tally.first, tally.last, tally.last_accepted)
    gravest = (tally.late.listed, tally.waiting.listed)
    return [listed, departments, groups, cells, taken, days, gravest, list(tally.projects.items()), list(tally.ids)]


@given(st.lists(any_case(), max_size=60), st.none() | DAY, st.integers(1, 9), st.sampled_from([None, 1, 3]))
def test_many_at_a_time_are_counted_as_one_by_one(
    cases: list[Case], as_of: datetime.date | None, at_once: int, most: int | None
) -> None:
    def tally() -> CaseTally:
        return CaseTally(
            as_of,
            [datetime.date(2012, 1, 1)],
            datetime.date(2011, 12, 20),
            WORDS,
            frozenset({"multi_department"}),
            ("department", "item", "month"),
            most=most,
        )

    one, many = tally(), tally()
    for n, case in enumerate(cases):
        one.add(case, n, n)
    bulk = InBulk(many)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(in_bulk, "AT_ONCE", at_once)
        patch.setattr(in_bulk, "_KEPT", 7)
        for n, case in enumerate(cases):
            bulk.add(case, n, n)
        bulk.close()
    assert state(many) == state(one)


HEAD = ["编号", "类别", "事项", "部门", "协同部门", "窗口", "是否并联", "受理日期", "承诺办结日", "承诺期限", "办结日期", "评议", "备注"]  # fmt: skip


def a_row(chance: random.Random, n: int) -> list[str]:
    start = datetime.date(2012, 1, 4) + datetime.timedelta(chance.randrange(40))
    due = str(start + datetime.timedelta(8)) if chance.random() < 0.9 else ""
    done = str(start + datetime.timedelta(chance.choice((2, 3, 9, -1)))) if chance.random() < 0.9 else "未办结"
    kind = chance.choice(("其他", "投资建设项目", "other", "multi_department"))
    rated = chance.choice(("满意", "不满意", "未评议", ""))
    number = f"B-{n if chance.random() < 0.97 else 3}"
    return [number, kind, "事项甲", chance.choice(("公安", "住建")), chance.choice(("", "无", "国土")), "W01", chance.choice("是否"), str(start), due, "", done, rated, ""]  # fmt: skip


def spoiled(chance: random.Random, row: list[str]) -> list[str] | str:
    """A row with one of the things that a table holds besides plain rows."""
    n = chance.randrange(len(row))
    return chance.choice(
        (
            [*row[:n], chance.choice(("？", "2012-13-01", "#N/A", "", " ", "作废", "已删除", "5", "说明", "1月", "否 ", "\u3000", "'01")), *row[n + 1 :]],
            [*row[:9], chance.choice(("5个工作日", "2012-02-10", "很久")), *row[10:]],
            row[:n],
            [*row, "多的"],
            [*row, ""],
            ["说明：以上都是样例", *[""] * 12],
            ["合计", *[""] * 11, "3"],
            ["共 40 件"],
            [""] * 13,
            HEAD,
            [*reversed(HEAD)],
            ["编号", "类别", "部门", "窗口", "受理日期"],
            ["制表人：张三", *[""] * 12],
            [chance.choice(("甲乙", "No1", "p1", "-1", "(1)", "Total", "小计")), *row[1:]],
            [*row[:12], "有,逗号"],
            [*row[:12], "有\n换行"],
            ['有"引号', *row[1:]],
            "\r",
            "\n",
            '未配对的"引号,a\n',
        )
    )  # fmt: skip


def a_table(seed: int) -> bytes:
    """A log as a table: plain rows, others between them, ends of lines and bytes as they come."""
    chance = random.Random(seed)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator=chance.choice(("\n", "\r\n", "\n", "\r")))
    if chance.random() < 0.3:
        writer.writerow(["办件登记", *[""] * 12])
    head = [*HEAD[:-1], chance.choice(("备注", "不认识", ""))]
    writer.writerow(head)
    often = chance.choice((0, 0.02, 0.1, 0.5))
    for n in range(chance.choice((0, 3, 60))):
        row: list[str] | str = a_row(chance, n)
        if chance.random() < often:
            row = spoiled(chance, list(row))
        if isinstance(row, str):
            text.write(row)
        else:
            writer.writerow(row)
    raw = text.getvalue().encode()
    if chance.random() < 0.2:
        raw = raw.rstrip(b"\r\n")
    if chance.random() < 0.1:
        at = chance.randrange(len(raw) + 1)
        raw = raw[:at] + b"\xff\xfe" + raw[at:]
    return b"\xef\xbb\xbf" + raw if chance.random() < 0.2 else raw


def said(path: Path) -> Any:
    """All that is found in a log, and what it comes to (as text: each reading has a type of case of its own)."""
    loader, report = LogLoader(ROOT), Report()
    loader.given = Log(jurisdiction="luzhou/yangliqu", level="county")
    values = [
        one.value for unit in discover([path]) for one in loader.load(unit, report) if isinstance(one, LoadedFile)
    ]
    findings = [(f.rule, f.severity, f.line, f.column, f.message, f.fix, f.stands_for) for f in report.findings]
    logs = [each for each in values if isinstance(each, CaseLog)]
    counted = [([(n.index, n.case, n.key) for n in log.noted], log.left, state(log.tally)) for log in logs]
    law = LawUsed("policies", "0", "0")
    return findings, repr(counted), [log_json(log, "zh", law, report.reading) for log in logs], report.reading


@pytest.mark.parametrize("seed", some(range(400), 40))
def test_a_table_read_in_columns_says_what_it_says_row_by_row(
    seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "log.csv"
    path.write_bytes(a_table(seed))
    monkeypatch.setattr(together, "_AT_ONCE", random.Random(seed).choice((90, 700, 1 << 17)))
    at_once = said(path)
    kept = delimited._grid

    def row_by_row(*args: Any) -> Any:
        grid = kept(*args)
        grid.together = None
        return grid

    monkeypatch.setattr(delimited, "_grid", row_by_row)
    assert at_once == said(path)


def test_plain_rows_are_not_looked_at_one_by_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    chance = random.Random(1)
    rows = [HEAD, *(a_row(chance, n) for n in range(300))]
    path = tmp_path / "log.csv"
    path.write_text("\n".join(",".join(row) for row in rows), encoding="utf-8")
    asked: list[Any] = []
    monkeypatch.setattr(PlainRows, "made", lambda self, row: asked.append(row) or NOT_PLAIN)
    said(path)
    assert not asked


def some_lines(seed: int) -> bytes:
    """A log of lines with all sorts of faults between sound ones."""
    chance = random.Random(seed)
    end = chance.choice(("\n", "\r\n", "\n", "\r"))
    made = [json.dumps({**COUNTY, "as_of": "2012-02-20"}, ensure_ascii=False)] if chance.random() < 0.8 else []
    often = chance.choice((0, 0.02, 0.3))
    for n in range(chance.choice((0, 5, 120))):
        start = datetime.date(2012, 1, 4) + datetime.timedelta(chance.randrange(40))
        case: dict[str, Any] = {
            "id": f"B-{n if chance.random() < 0.99 else 1}", "kind": chance.choice(("other", "investment_project", "其他")),
            "department": chance.choice(("公安", "住建")), "window": "W01", "accepted_on": str(start),
            "finished_on": str(start + datetime.timedelta(chance.choice((1, 3, -1)))), "due_on": str(start),
            "evaluation": chance.choice(("satisfied", "none")),
        }  # fmt: skip
        line = json.dumps(case, ensure_ascii=False)
        if chance.random() < often:
            line = chance.choice(
                (
                    line[:-1] + ', "kind": "other"}', line[:-1] + ', "item": null}', line[:-1] + ', "item": "a:b"}',
                    line[:-5], "", "   ", "[]", "7", line.replace("B-", ""), line.replace('"B-', '7, "x": "'),
                    line.replace("2012", "1900"), line.replace("none", "niemand"), line[:-1] + ', "online": "是"}',
                    line[:-1] + ', "neu": 1}', json.dumps({**case, "id": n}), line.replace("department", "部门"),
                )
            )  # fmt: skip
        made.append(line)
    raw = end.join(made).encode() + chance.choice((b"", end.encode()))
    if chance.random() < 0.1:
        at = chance.randrange(len(raw) + 1)
        raw = raw[:at] + b"\xff" + raw[at:]
    return raw


@pytest.mark.parametrize("seed", some(range(400), 40))
def test_lines_taken_together_say_what_they_say_one_by_one(
    seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "log.jsonl"
    path.write_bytes(some_lines(seed))
    together_said = said(path)
    monkeypatch.setattr(lines, "_FEW", 1 << 30)
    monkeypatch.setattr(in_bulk.InBulk, "add", lambda self, *each: self.tally.add(*each))
    monkeypatch.setattr(lines, "lines_together", one_by_one)
    assert together_said == said(path)


def one_by_one(stream: Any) -> Iterator[tuple[int, list[bytes | None]]]:
    for number, raw in numbered_lines(stream):
        yield number, [raw]


@given(st.lists(st.sampled_from([b"", b"a", b"bc", b"\r", b"\n", b"\r\n", b"x" * 30])), st.integers(1, 40))
def test_lines_together_are_the_lines(parts: list[bytes], at_once: int) -> None:
    raw = b"".join(parts)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("banshi.files.regular_files._TOGETHER", at_once)
        patch.setattr("banshi.files.regular_files.MAX_BYTES", 25)
        many = [(n, line) for first, own in lines_together(io.BytesIO(raw)) for n, line in enumerate(own, first)]
        assert many == list(numbered_lines(io.BytesIO(raw)))
