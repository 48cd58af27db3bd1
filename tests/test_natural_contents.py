"""What clerks write under each heading: read where it has one meaning, else told with what is expected, never dropped."""

import datetime
import io
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st

from banshi.checking.checker import Checker
from banshi.checking.loaded import LoadedFile
from banshi.checking.loading import Loader
from banshi.files.discovery import discover
from banshi.files.report import Report
from banshi.files.tables import cells
from banshi.files.tables.cells import CellUnreadable
from banshi.files.tables.quantities import amount_in, count_in
from banshi.files.tables.reading import Table
from banshi.law.library import Library
from banshi.subjects.assessment.table_columns import period_named
from banshi.subjects.assessment.template import template
from banshi.subjects.attendance.columns import PARTS
from banshi.subjects.attendance.leave_days import Months, half_day, length, span
from banshi.subjects.attendance.loading import PartSource, read_part
from banshi.subjects.attendance.rulebook import Rulebook

LIBRARY = Library([ROOT / "policies"])
WORDS = Rulebook(LIBRARY, "luzhou").words
MARCH = ((2010, 3),)


def day(n: int, half: str | None = None) -> tuple[datetime.date, str | None]:
    return datetime.date(2010, 3, n), half


def part(key: str, folder: Path, *lines: str, months: Months = MARCH) -> Table:
    path = folder / "table.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return read_part(PartSource(PARTS[key], path), months=months, words=WORDS)


# numbers with units


@pytest.mark.parametrize(
    ("unit", "cell", "expected"),
    [
        ("件", "2件", 2),
        ("件", "２ 件", 2),
        ("件", "1,234件", 1234),
        ("件", "三件", 3),
        ("件", "二十一件", 21),
        ("件", "两", 2),
        ("件", "2.0", 2),
        ("件", "1.2万", 12000),
        ("件", "3千件", 3000),
        ("件", "无", 0),
        ("件", "0件", 0),
        ("人", "3人", 3),
        ("人", "3名", 3),
        ("个事项", "2个事项", 2),
        ("个事项", "2事项", 2),
        ("人次", "12人次", 12),
        ("分钟", "5分", 5),
        ("分钟", "2小时", 120),
        ("分钟", "120秒", 2),
        ("小时", "90分钟", None),
        ("分钟", "30秒", None),
        ("件", "3元", None),
        ("件", "3次", None),
        ("件", "98.5%", None),
        ("件", "百分之九十八", None),
        ("件", "2-3件", None),
        ("件", "约2件", None),
        ("件", "1.5件", None),
        ("件", "-1", None),
        ("件", "1,23", None),
        ("件", "", None),
        ("", "3人", None),
    ],
)
def test_whole_numbers_in_a_unit(unit: str, cell: str, expected: int | None) -> None:
    if expected is None:
        with pytest.raises(CellUnreadable):
            count_in(unit)(cell)
    else:
        assert count_in(unit)(cell) == expected


@pytest.mark.parametrize(
    ("unit", "cell", "expected"),
    [
        ("元", "1.5万元", "15000"),
        ("万元", "3,000元", "0.3"),
        ("小时", "90分钟", "1.5"),
        ("小时", "20分钟", None),
        ("分", "5分", "5"),
        ("分", "5分钟", None),
        ("分钟", "5分", "5"),
        ("%", "98.5%", "98.5"),
        ("%", "百分之九十八", "98"),
        ("%", "百分之九十八点五", "98.5"),
        ("%", "百分之九十八点零五", "98.05"),
        ("工作日", "20个工作日", "20"),
        ("工作日", "20天", None),
        ("工作日", "8小时", None),
        ("元", "3件", None),
    ],
)
def test_amounts_in_a_unit(unit: str, cell: str, expected: str | None) -> None:
    if expected is None:
        with pytest.raises(CellUnreadable):
            amount_in(unit)(cell)
    else:
        assert amount_in(unit)(cell) == Decimal(expected)


UNITS = ["件", "次", "人", "个", "元", "万元", "分钟", "小时", "天", "工作日", "分", "%", "起", "人次"]


@given(st.integers(0, 10**6), st.sampled_from(UNITS), st.sampled_from(UNITS), st.booleans())
def test_a_unit_is_never_dropped(number: int, written: str, wanted: str, grouped: bool) -> None:
    cell = f"{number:,}{written}" if grouped else f"{number}{written}"
    try:
        found = amount_in(wanted)(cell)
    except CellUnreadable:
        return
    same = written == wanted or (written, wanted) == ("分", "分钟")
    times = {("万元", "元"): 10**4, ("元", "万元"): Decimal(1) / 10**4, ("小时", "分钟"): 60}
    if (written, wanted) == ("分钟", "小时") or (written, wanted) == ("分", "小时"):
        assert found * 60 == number
    else:
        assert same or (written, wanted) in times
        assert found == number * times.get((written, wanted), 1)


# days of a leave


@pytest.mark.parametrize(
    ("cell", "first", "last"),
    [
        ("2010-03-05至2010-03-07", day(5), day(7)),
        ("2010-03-05 - 2010-03-07", day(5), day(7)),
        ("2010-03-05~07", day(5), day(7)),
        ("2010/3/5～3/7", day(5), day(7)),
        ("2010年3月5日至7日", day(5), day(7)),
        ("2010年3月5日—3月7日", day(5), day(7)),
        ("从2010年3月5日到2010年3月7日止", day(5), day(7)),
        ("3月5日至3月7日", day(5), day(7)),
        ("3月5日-7日", day(5), day(7)),
        ("3.5-3.7", day(5), day(7)),
        ("3.1-3.10", day(1), day(10)),
        ("3/5~3/7", day(5), day(7)),
        ("20100305-20100307", day(5), day(7)),
        ("2010-03-05下午至2010-03-07上午", day(5, "pm"), day(7, "am")),
        ("3月5日上午至下午", day(5, "am"), day(5, "pm")),
        ("2010-03-05（周五）至2010-03-07", day(5), day(7)),
        ("3月5日", day(5), None),
        ("3.5", day(5), None),
        ("3-05 上午", day(5, "am"), None),
        ("2010-03-05 全天", day(5), None),
        ("二〇一〇年三月五日", day(5), None),
        ("2010年3月5号", day(5), None),
        ("2010-03-05 00:00:00", day(5), None),
    ],
)
def test_days_of_a_leave(cell: str, first: Any, last: Any) -> None:
    assert span(MARCH)(cell) == (first, last)


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("3.1", "3月1日还是3月10日"),
        ("2月5日", "没有写年份"),
        ("2010-03-05 半天", "上午还是下午"),
        ("3-5-7", "说不清哪一段"),
        ("2010-03-07至2010-03-05", "结束在开始之前"),
        ("2010-12-30至1月2日", "结束在开始之前"),
        ("2010-03-05下午至上午", "结束在开始之前"),
        ("2010-03-05至", "没有写到哪一天为止"),
        ("2010-03-05 08:30", "写到天"),
        ("2010-03-05至2010-02-30", "没有这一天"),
        ("3月5日至3月7日共3天", "不是日期"),
        ("2010-03-05（周一）", "与写的星期不符"),
    ],
)
def test_days_that_are_not_said(cell: str, said: str) -> None:
    with pytest.raises(CellUnreadable) as told:
        span(MARCH)(cell)
    assert said in told.value.text.zh


@pytest.mark.parametrize("cell", ["3月5日", "3.5", "3月5日至3月7日"])
def test_without_a_month_no_year_is_made_up(cell: str) -> None:
    with pytest.raises(CellUnreadable):
        span(())(cell)
    with pytest.raises(CellUnreadable):
        half_day(((2010, 4),))(cell)


@given(st.dates(datetime.date(2010, 3, 1), datetime.date(2010, 3, 31)), st.integers(0, 40), st.data())
def test_every_spelling_of_a_span(first: datetime.date, more: int, data: st.DataObject) -> None:
    last = first + datetime.timedelta(days=more)
    form = data.draw(st.sampled_from(["{0:%Y-%m-%d}", "{0.year}年{0.month}月{0.day}日", "{0.year}.{0.month}.{0.day}"]))
    short = data.draw(st.sampled_from([form, "{0.month}月{0.day}日", "{0:%m-%d}"]))
    join = data.draw(st.sampled_from(["至", "到", "~", "～", " - ", "—", "——"]))
    assert span(None)(form.format(first) + join + short.format(last)) == ((first, None), (last, None))


@pytest.mark.parametrize(
    ("cell", "expected"),
    [("半天", "0.5"), ("半日", "0.5"), ("1天", "1"), ("1天半", "1.5"), ("一天半", "1.5"), ("两天", "2"), ("1.5 天", "1.5"),
     ("3个工作日", "3"), ("2日", "2"), ("0.5", "0.5"), ("4小时", None), ("120分钟", None), ("若干", None), ("-1", None)],
)  # fmt: skip
def test_lengths(cell: str, expected: str | None) -> None:
    if expected is None:
        with pytest.raises(CellUnreadable):
            length(cell)
    else:
        assert length(cell) == Decimal(expected)


def test_a_span_in_one_cell_is_a_leave_from_day_to_day(tmp_path: Path) -> None:
    found = part("leave", tmp_path, "工号,假别,开始日", "A01,事假,2010-03-05下午至2010-03-07上午", "A01,事假,3月9日")
    assert found.findings == []
    one, other = found.rows
    assert (str(one.start), one.from_half, str(one.end), one.to_half) == ("2010-03-05", "pm", "2010-03-07", "am")
    assert (str(other.start), other.end) == ("2010-03-09", None)


def test_two_last_days_are_told(tmp_path: Path) -> None:
    rows = ["A01,事假,3月5日至3月7日,3月8日", "A01,事假,3月5日至3月7日,3月7日"]
    found = part("leave", tmp_path, "工号,假别,开始日,结束日", *rows)
    assert len(found.rows) == 1
    assert ["写了两个结束日：2010-03-07、2010-03-08" in f.message.zh for f in found.findings] == [True]


LEAVE = "工号,假别,开始日,医院,医保,代岗人员,派出时间,补办同意者,补办同意日,备案,批准人"


@pytest.mark.parametrize("none", ["无", "没有", "暂无", " 无 "])
def test_nothing_is_no_hospital_and_nobody(none: str, tmp_path: Path) -> None:
    found = part("leave", tmp_path, LEAVE, f"A01,病假,3月5日,{none},,{none},{none},{none},{none},{none},{none}")
    assert found.findings == []
    (leave,) = found.rows
    assert (leave.certificate, leave.substitute, leave.special_approval) == (None, None, None)
    assert (leave.filed_with, leave.approver) == ((), None)


@pytest.mark.parametrize(
    ("row", "named"),
    [
        ("A01,病假,3月5日,是,,,,,,,", "医院"),
        ("A01,病假,3月5日,/,,,,,,,", "医院"),
        ("A01,病假,3月5日,-,,,,,,,", "医院"),
        ("A01,病假,3月5日,,是,,,,,,", "医院"),
        ("A01,病假,3月5日,,,有,,,,,", "代岗人员"),
        ("A01,病假,3月5日,,,,2010-03-05 09:00,,,,", "代岗人员"),
        ("A01,病假,3月5日,,,,,王某,,,", "补办同意日"),
        ("A01,病假,3月5日,,,,,,2010-03-06,,", "补办同意者"),
    ],
)
def test_what_names_nobody_costs_its_cell_and_is_told(row: str, named: str, tmp_path: Path) -> None:
    found = part("leave", tmp_path, LEAVE, row)
    assert len(found.rows) == 1 and len(found.flawed) == 1
    assert len(found.findings) == 1 and named in found.findings[0].message.zh


def test_rounds_without_findings_and_with_several(tmp_path: Path) -> None:
    rows = ["2010-03-05,A01,正常", "3月8日,A01,迟到、缺岗", "3.9,A01,迟到和早退", "3月10日,A01,迟到10分钟"]
    found = part("duty_log", tmp_path, "日期,工号,巡查情况", *rows)
    assert [(str(e.day), e.finding) for e in found.rows] == [
        ("2010-03-08", "late"),
        ("2010-03-08", "absent_from_post"),
        ("2010-03-09", "late"),
        ("2010-03-09", "early_leaving"),
    ]
    assert [f.line for f in found.findings] == [5]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [("3", 3), ("3人", 3), ("三人", 3), ("２名", 2), ("0", None), ("2-3人", None), ("3元", None), ("无", None)],
)
def test_numbers_on_duty(cell: str, expected: int | None, tmp_path: Path) -> None:
    found = part("windows", tmp_path, "窗口编号,窗口名称,值班人数", f"W01,甲,{cell}")
    assert [w.on_duty for w in found.rows] == [expected]
    assert bool(found.findings) == (expected is None)


@pytest.mark.parametrize(("cell", "expected"), [("无", None), ("未定", ...), ("2010年1月4号", "2010-01-04")])
def test_the_day_of_a_password(cell: str, expected: Any, tmp_path: Path) -> None:
    found = part("staff", tmp_path, "编号,人员类别,密码批准日", f"A01,窗口,{cell}")
    assert bool(found.findings) == (expected is ...)
    if expected is not ...:
        own = found.rows[0].password_approved_on
        assert (own and str(own)) == expected


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("10点半", "10:30"),
        ("8时", "08:00"),
        ("下午3点", "15:00"),
        ("9点一刻", "09:15"),
        ("10点整", "10:00"),
        ("八点", None),
        ("10点多", None),
    ],
)
def test_hours_on_the_clock(cell: str, expected: str | None) -> None:
    if expected is None:
        with pytest.raises(CellUnreadable):
            cells.time(cell)
    else:
        assert cells.time(cell) == expected


@pytest.mark.parametrize(
    ("cell", "expected"), [("✓", True), ("√", True), ("有", True), ("符合", True), ("×", False), ("不符合", False)]
)
def test_yes_and_no(cell: str, expected: bool) -> None:
    assert cells.yes_or_no(cell) is expected


@pytest.mark.parametrize("cell", ["2011-12-09 上午", "2011年12月9日 下午", "2011-12-09 10:30", "2011-12-09"])
def test_the_day_of_a_moment(cell: str) -> None:
    assert cells.day_of(cell) == datetime.date(2011, 12, 9)


@pytest.mark.parametrize("cell", ["2011-12-09 25:00", "2011-12-09 左右", "2011-12-09 上午下午"])
def test_what_is_no_moment_has_no_day(cell: str) -> None:
    with pytest.raises(CellUnreadable):
        cells.day_of(cell)


# assessment


@pytest.mark.parametrize(
    ("written", "expected"),
    [("2012年第一季度", "2012-Q1"), ("2012年1季度", "2012-Q1"), ("2012Q1", "2012-Q1"), ("2012-q3", "2012-Q3"), ("2012年四季度", "2012-Q4"),
     ("2026年3月", "2026-03"), ("2026年十二月份", "2026-12"), ("2026年上半年", "2026-H1"), ("2026年度", "2026"), ("2026年", "2026"),
     ("2012-Q1", "2012-Q1"), ("2012-03", "2012-03"), ("2012年五季度", "2012年五季度"), ("一季度", "一季度")],
)  # fmt: skip
def test_periods(written: str, expected: str) -> None:
    assert period_named(written) == expected


def _assessed(folder: Path, **changes: Any) -> tuple[Any, list[Any]]:
    loader, report = Loader(ROOT), Report()
    (unit,) = discover([ROOT / "examples/assessment/2012-Q1.yaml"])
    (case,) = [x.value for x in loader.load(unit, report) if isinstance(x, LoadedFile)]
    book = openpyxl.load_workbook(io.BytesIO(template(case.law, "2012-Q1", case.assessment)))
    for sheet, given_ in changes.items():
        head = [str(cell.value) for cell in book[sheet][1]]
        for (heading, row), value in given_.items():
            book[sheet].cell(row, next(n for n, name in enumerate(head, 1) if name.startswith(heading)), value)
    path = folder / "考核.xlsx"
    book.save(path)
    again = Report()
    found = [
        x.value for u in discover([path]) for x in Checker(ROOT).loader.load(u, again) if isinstance(x, LoadedFile)
    ]
    return (found[0] if found else None), [f for f in again.findings if f.severity == "error"]


@pytest.mark.parametrize(
    ("sheet", "heading", "cell", "fine"),
    [
        ("窗口与事实", "有效投诉件数", "2件", True),
        ("窗口与事实", "有效投诉件数", "两件", True),
        ("窗口与事实", "有效投诉件数", "2元", False),
        ("窗口与事实", "有效投诉件数", "2次", False),
        ("窗口与事实", "现场办结率分子", "10件", True),
        ("窗口与事实", "现场办结率分子", "98.5%", False),
        ("窗口与事实", "现场办结率分子", "百分之九十八", False),
        ("窗口与事实", "现场办结率分子", "9/10", False),
        ("窗口与事实", "现场办结率分子", "10元", False),
        ("窗口与事实", "一个工作日内应答超时起数", "0起", True),
        ("窗口与事实", "一个工作日内应答超时起数", "3起", False),
        ("人工评分", "得分", "5分", True),
        ("人工评分", "得分", "5分钟", False),
        ("人工评分", "得分", "-1分", False),
        ("人工评分", "得分", "满分", False),
        ("人工评分", "评分日", "2012年3月31日", True),
        ("加分", "数量", "1次", True),
        ("加分", "数量", "1元", False),
        ("加分", "级别", "省", True),
    ],
)
def test_cells_of_an_assessment(sheet: str, heading: str, cell: str, fine: bool, tmp_path: Path) -> None:
    _, wrong = _assessed(tmp_path, **{sheet: {(heading, 2): cell}})
    told = [f for f in wrong if f.rule == "input/row-unreadable"]
    assert bool(told) != fine, [f.message.zh for f in told]
    assert fine or all(f.line == 2 and cell in f.message.zh for f in told)
