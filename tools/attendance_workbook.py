"""Writes the example of a register in one workbook: ``python tools/attendance_workbook.py FILE``. Everything is fictional.

The same bytes every time.
"""

import datetime
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import xlsxwriter

_YEAR, _MONTH, _LAST = 2010, 3, 31
_STAFF = (
    ("A01", "窗口工作人员", "W01", "一组", "组长"),
    ("A02", "窗口工作人员", "W01", "一组", ""),
    ("A03", "窗口工作人员", "W02", "一组", ""),
    ("A04", "窗口工作人员", "W02", "二组", "副组长"),
    ("C01", "中心工作人员", "", "", ""),
)
_AWAY = {("A03", 15), ("A03", 16), ("A03", 17), ("A01", 26)}  # whole days of leave, as in the sheet on leave
_LATE = {("A02", 9): datetime.time(9, 12), ("A04", 22): datetime.time(9, 20, 30)}


def _punches() -> Iterable[tuple[Any, ...]]:
    for day in range(1, _LAST + 1):
        date = datetime.date(_YEAR, _MONTH, day)
        if date.weekday() >= 5:
            continue
        for n, (staff, *_) in enumerate(_STAFF):
            if (staff, day) not in _AWAY:
                arrival = datetime.time(8, 30 + (day * 7 + n * 11) % 28, (day * 13 + n * 17) % 60)
                yield staff, date, _LATE.get((staff, day), arrival), "指纹"
                yield staff, date, datetime.time(17, 2 + (day * 5 + n * 9) % 40, (day * 3 + n) % 60), "指纹"


def _sheets() -> dict[str, tuple[str, list[str], Iterable[tuple[Any, ...]]]]:
    """Each sheet by name: a title above the table, headings, rows."""
    day = lambda n: datetime.date(_YEAR, _MONTH, n)  # noqa: E731 - a date of the month, named where it is used
    leave = (
        ("A03", "病假", day(15), day(17), "2010-03-12 10:00", "2010-03-12 15:30", "书面", "督察科", "是", "小组", "样例市人民医院", "是", "", ""),
        ("A01", "公假", day(26), day(26), "2010-03-24 09:30", "2010-03-24 16:00", "书面", "督察科", "是", "小组、督察科", "", "", "会议通知", "参加全市业务会议。"),
        ("A04", "迟到假", day(22), "", "2010-03-22 08:20", "", "电话", "组长", "", "", "", "", "", ""),
    )  # fmt: skip
    return {
        "窗口": ("", ["窗口编号", "窗口名称", "值班人数"], [("W01", "发展改革窗口", 2), ("W02", "国土资源窗口", 2)]),
        "人员": ("", ["人员编号", "人员类别", "所在窗口", "所在小组", "组内职务"], _STAFF),
        "打卡": ("2010年3月打卡记录（虚构）", ["人员编号", "日期", "时刻", "方式"], _punches()),
        "请假": (
            "",
            [
                *("人员编号", "假别", "开始日", "结束日", "申请时间", "批准时间", "请假方式", "批准人"),
                *("单位签署同意", "备案处", "医院", "符合医保规定", "其他凭据", "事由"),
            ],
            leave,
        ),
        "值班日志": ("", ["日期", "人员编号", "情况"], [(day(11), "A04", "缺岗")]),
        "组长登记": (
            "",
            ["日期", "人员编号", "情况", "录入人", "说明"],
            [(day(9), "A02", "迟到", "小组组长", "途中车辆故障，到岗后已说明。")],
        ),
    }


def main(path: Path) -> None:
    """Write the workbook."""
    with xlsxwriter.Workbook(path.as_posix()) as book:
        book.set_properties({"title": "考勤登记（虚构样例）", "created": datetime.datetime(2010, 4, 1)})
        of = {
            datetime.date: book.add_format({"num_format": "yyyy-mm-dd"}),
            datetime.time: book.add_format({"num_format": "hh:mm:ss"}),
        }
        front = book.add_worksheet("封面")
        facts = [("中心", "样例市政务服务中心（虚构）"), ("辖区", "luzhou"), ("月份", "2010年3月"), ("虚构", "是")]
        for n, pair in enumerate(facts):
            front.write_row(n, 0, pair)
        for name, (title, headings, rows) in _sheets().items():
            _fill(book.add_worksheet(name), title, headings, rows, of)


def _fill(sheet: Any, title: str, headings: list[str], rows: Iterable[tuple[Any, ...]], of: dict[type, Any]) -> None:
    top = 0
    if title:
        sheet.merge_range(0, 0, 0, len(headings) - 1, title)
        top = 1
    sheet.write_row(top, 0, headings)
    sheet.set_column(0, len(headings) - 1, 14)
    for n, row in enumerate(rows, start=top + 1):
        for column, value in enumerate(row):
            if value != "":
                sheet.write(n, column, value, of.get(type(value)))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
