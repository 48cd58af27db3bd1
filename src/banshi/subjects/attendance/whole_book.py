"""A workbook that is a whole register: what its front page and its sheets come to, as far as they say it."""

import datetime
from collections.abc import Mapping
from pathlib import Path

from banshi.base.text import Text
from banshi.files.documents import Place
from banshi.files.findings import Severity
from banshi.files.kinds import KINDS
from banshi.files.locating import from_input, from_shape
from banshi.files.reading import InputProblem
from banshi.files.report import Report
from banshi.files.tables.sheet import blank_sheet
from banshi.subjects.attendance.forms import Register
from banshi.subjects.attendance.front_page import FrontPage
from banshi.subjects.attendance.lost_dates import covered_by_punches, no_dates, whole_months
from banshi.subjects.attendance.unread import UnreadRow

_ANY_DAY = datetime.date(1900, 1, 1)  # in the place of dates that are found otherwise
_DATES = {"start": "from", "end": "to"}


def register_of_book(
    path: Path, page: FrontPage, parts: Mapping[str, tuple[object, ...]], report: Report
) -> tuple[Register | None, list[UnreadRow]]:
    """The register, and the days that may lie outside of it; None where nobody knows of which days it is.

    Without dates on its front sheet it covers the months of its punches. ``parts``: what its sheets hold.
    """
    for sheet in page.rest:
        report.reading.took_sheet(path.as_posix(), sheet, _FRONT)
    if "centre" not in page.values and "centre" not in page.wrong:
        report.findings.append(from_input(path.as_posix(), _problem("input/no-centre", _NO_CENTRE)))
    head = dict(KINDS["attendance"].head)
    values = {**{key: head[key] for key in {"centre", *page.wrong} & head.keys()}, **page.values}
    lost = [key for field, key in _DATES.items() if field in page.wrong]
    if not lost and not _DATES.keys() <= values.keys():
        days = [punch.day for punch in parts.get("punches", ())]  # type: ignore[attr-defined]
        if not days:
            report.findings.append(from_input(path.as_posix(), _problem("input/table-alone", _NO_DATES)))
            return None, []
        start, end = whole_months(min(days), max(days))
        values = {"start": start, "end": end, **values}
        said = _problem("input/period-derived", _derived(values))
        report.findings.append(from_input(path.as_posix(), said, severity=Severity.NOTE))
    register = Register(**{"start": _ANY_DAY, "end": _ANY_DAY, **values, **parts})
    if not lost:
        return register, []
    covered, beyond = covered_by_punches(register, lost)
    report.findings.append(from_shape(blank_sheet(path), no_dates(covered, beyond), Severity.NOTE))
    return covered, beyond


def _problem(rule: str, text: tuple[Text, Text]) -> InputProblem:
    return InputProblem(rule, Place(1, 1, 1), *text)


def _derived(values: Mapping[str, object]) -> tuple[Text, Text]:
    span = f"{values['start']} – {values['end']}"
    return (
        Text(f"没有写起止日，按打卡所在的月份，算 {span}", f"no dates are given; by the months of the punches: {span}"),
        Text("在“封面”工作表写 起始日、截止日。", "Write 起始日 and 截止日 on the front sheet."),
    )


_FRONT = Text("封面", "front page")
_NO_CENTRE = (
    Text("“封面”没有写中心", "the front sheet does not say of which centre it is"),
    Text("在“封面”工作表写 中心。", "Write 中心 on the front sheet."),
)
_NO_DATES = (
    Text("没有写起止日，也没有打卡，不知道登记的是哪几个月", "neither dates nor punches say which months this covers"),
    Text("在“封面”工作表写 起始日、截止日。", "Write 起始日 and 截止日 on the front sheet."),
)
