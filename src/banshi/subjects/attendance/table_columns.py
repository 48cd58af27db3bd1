"""The columns of a register's tables: what they are called, and what is read from their cells."""

from collections.abc import Callable, Mapping

from msgspec.structs import replace

from banshi.base.text import Text
from banshi.files.tables import cells
from banshi.files.tables.cells import CellUnreadable
from banshi.files.tables.quantities import count_in
from banshi.files.tables.reading import TableColumn
from banshi.files.tables.times import DatedTimes, dated_times, times
from banshi.subjects.attendance.cell_names import (
    ALL_WELL,
    FINDING_NAMES,
    FORM_NAMES,
    HALF_NAMES,
    METHOD_NAMES,
    NOTE_NAMES,
)
from banshi.subjects.attendance.leave_days import Months, day_in, half_day, length, span
from banshi.subjects.attendance.made_rows import NO_TIMES
from banshi.subjects.attendance.vocabulary import POSITION_NAMES

_ID = ("人员编号", "工号", "考勤号", "考勤号码", "编号", "人员", "staff", "id")
_LENGTHS = (
    "天",
    "日",
    "工作日",
    "个工作日",
    "自然日",
    "小时",
    "时",
    "分钟",
)  # hours are read so that they are told to be none
_DATE = "日期，如 2010-03-01、2010/3/1、2010年3月1日"
_DAY_ONLY = "；只知道日期的，只写日期"
_NOT_CLOCKED_IN = frozenset(("-", "--", "—", "——", "未打卡", "缺卡"))
_AT = "日期和时刻，如 2010-03-01 08:31"


def _several(cell: str) -> tuple[str, ...] | cells.Nothing:
    """Words separated by 、 or the like."""
    return cells.NOTHING if cells.plain_text(cell) in cells.NONE else tuple(cells.parts(cell))


def _on_duty(cell: str) -> int:
    found = count_in("人", none=False)(cell)
    if found < 1:
        raise CellUnreadable(Text("至少 1 人；不知道的空着", "at least 1; leave blank what is not known"))
    return found


def _named(names: Mapping[str, str]) -> str:
    return "可写：" + "、".join(names)


def _punched(headings: tuple[str, ...], about: str) -> TableColumn:
    return TableColumn(headings, _times_or_none, about, NO_TIMES, many=True, spare=True)


def _times_or_none(cell: str) -> DatedTimes | cells.Nothing:
    """Times of a day; nothing where a program writes that nobody clocked."""
    return cells.NOTHING if cells.plain_text(cell) in _NOT_CLOCKED_IN else dated_times(cell)


def _numbered(shift: str) -> tuple[str, ...]:
    """Headings where a day has several shifts: 上班1打卡时间."""
    return tuple(f"{shift}{n}打卡时间" for n in range(1, 5))


# Headings of the recorded moment, and one that means the scheduled moment where a column of those stands beside it.
RECORDED = ("打卡时间", "日期时间", "刷卡时间", "datetime", "timestamp")
SCHEDULED_MOMENT = "考勤时间"


def _maybe_day(months: Months) -> cells.Read:
    return cells.optional(day_in(months))


_DAY, _HALF_DAY, _SPAN, _MAYBE_DAY = day_in(()), half_day(), span(), _maybe_day(())
# What reads days where the register's months are known.
WITHOUT_YEAR: dict[cells.Read, Callable[[Months], cells.Read]] = {
    _DAY: day_in,
    _HALF_DAY: half_day,
    _SPAN: span,
    _MAYBE_DAY: _maybe_day,
}
STAFF = TableColumn(_ID, cells.name, "和人员表里的编号一致")
PUNCH_COLUMNS = {
    "staff": STAFF,
    "day": TableColumn(("日期", "打卡日期", "考勤日期", "day", "date"), _DAY, _DATE),
    "time": TableColumn(
        ("时刻", "时间", "打卡时刻", "time"),
        times,
        "时刻，如 08:31、8:31:05、8时31分、下午5:30；一格可写几个，中间空一格或换行",
        many=True,
        spare=True,
    ),
    "at": TableColumn(
        (*RECORDED, SCHEDULED_MOMENT),
        dated_times,
        _AT + "；只写时刻的，要另有日期列；一格可写几个时刻；有“打卡时间”一类的列时，“考勤时间”是班次的时刻，不读",
        many=True,
        spare=True,
    ),
    "all": _punched(("打卡记录", "刷卡记录", "签到记录"), "一天的各次打卡，如 08:31 17:20；没打卡的留空"),
    "in": _punched(
        (
            "签到时间",
            "签到",
            "上班打卡",
            "上班打卡时间",
            "上班刷卡",
            "最早",
            "最早打卡",
            "最早打卡时间",
            *_numbered("上班"),
        ),
        "上班打卡的时刻；没打卡的留空；可有几列",
    ),
    "out": _punched(
        (
            "签退时间",
            "签退",
            "下班打卡",
            "下班打卡时间",
            "下班刷卡",
            "最晚",
            "最晚打卡",
            "最晚打卡时间",
            *_numbered("下班"),
        ),
        "下班打卡的时刻；没打卡的留空；可有几列",
    ),
    "method": TableColumn(
        ("方式", "打卡方式", "验证方式", "比对方式", "对比方式", "识别方式", "验证模式", "method"),
        cells.one_of(METHOD_NAMES),
        _named(METHOD_NAMES) + "；不写的是指纹",
        spare=True,
    ),
}
LEAVE_COLUMNS = {
    "staff": STAFF,
    "kind": TableColumn(("假别", "请假类别", "类别", "kind"), cells.free_text, "规定里的假别"),
    "from": TableColumn(
        ("开始日", "开始日期", "起始日", "from", "start"),
        _SPAN,
        _DATE + "；半天的在日期后写 上午 或 下午；也可写起止：2010-03-05至2010-03-07",
    ),
    "to": TableColumn(("结束日", "结束日期", "截止日", "to", "end"), _HALF_DAY, _DATE + "；不写的是开始日当天"),
    "from_half": TableColumn(
        ("自哪半天起", "from_half"), cells.one_of({**HALF_NAMES, "全天": "am"}), _named(HALF_NAMES)
    ),
    "to_half": TableColumn(("到哪半天止", "to_half"), cells.one_of({**HALF_NAMES, "全天": "pm"}), _named(HALF_NAMES)),
    "days": TableColumn(
        (
            "申报天数",
            "天数",
            "请假天数",
            *(f"{name}({unit})" for name in ("时长", "请假时长") for unit in _LENGTHS),
            "days",
        ),
        length,
        "天数，如 0.5、半天、2天、1天半；列名写明单位的（请假时长（天））可只写数",
        counted=True,
        summed=True,
    ),
    "left_at": TableColumn(("离岗时刻", "left_at"), cells.time, "时刻，如 10:30"),
    "requested_at": TableColumn(
        ("申请时间", "申请日期", "申请日", "requested_at"), cells.optional(cells.moment_or_day), _AT + _DAY_ONLY
    ),
    "approved_at": TableColumn(
        ("批准时间", "批准日期", "审批时间", "审批日期", "approved_at"),
        cells.optional(cells.moment_or_day),
        _AT + _DAY_ONLY,
    ),
    "form": TableColumn(("请假方式", "方式", "form"), cells.one_of(FORM_NAMES), _named(FORM_NAMES)),
    "approver": TableColumn(("批准人", "审批人", "approver"), cells.optional(cells.free_text), "规定里的机关或职务"),
    "unit_consent": TableColumn(("单位签署同意", "单位同意", "unit_consent"), cells.yes_or_no, "是 或 否"),
    "filed_with": TableColumn(("备案处", "备案", "filed_with"), _several, "规定里的机关或职务；几处的用顿号隔开"),
    "hospital": TableColumn(
        ("医院", "hospital"), cells.somebody(Text("医院", "the hospital")), "出具证明的医院；没有的空着或写 无"
    ),
    "insurance": TableColumn(("符合医保规定", "医保", "insurance"), cells.yes_or_no, "是 或 否"),
    "papers": TableColumn(("其他凭据", "凭据", "papers"), _several, "规定里的材料；几样的用顿号隔开"),
    "papers_on": TableColumn(("凭据交来日", "凭据日期", "papers_on"), _MAYBE_DAY, _DATE),
    "substitute": TableColumn(
        ("代岗人员", "代岗", "substitute"),
        cells.somebody(Text("代岗的人", "who stood in")),
        "代岗的人；没有的空着或写 无",
    ),
    "dispatched_at": TableColumn(
        ("派出时间", "派出日期", "dispatched_at"), cells.optional(cells.moment_or_day), _AT + _DAY_ONLY
    ),
    "sudden": TableColumn(("突发疾病", "突发", "sudden"), cells.yes_or_no, "是 或 否"),
    "reported_to": TableColumn(("向谁报告", "reported_to"), cells.optional(cells.free_text), "规定里的机关或职务"),
    "special_by": TableColumn(
        ("补办同意者", "special_by"),
        cells.somebody(Text("同意者", "who consented")),
        "同意补办手续的人或机构；没有的空着或写 无",
    ),
    "special_on": TableColumn(("补办同意日", "special_on"), _MAYBE_DAY, _DATE),
    "reason": TableColumn(("事由", "reason"), cells.free_text, "请假事由"),
}
STAFF_COLUMNS = {
    "id": TableColumn(_ID, cells.name, "本登记中不重复"),
    "name": TableColumn(("姓名", "name"), cells.free_text, "可以不写"),
    "group": TableColumn(("人员类别", "类别", "group"), cells.free_text, "规定里的人员类别"),
    "window": TableColumn(("所在窗口", "窗口编号", "窗口", "window"), cells.name, "窗口表里的编号"),
    "since": TableColumn(
        ("自哪天起", "起始日", "since"), _MAYBE_DAY, _DATE + "；中途调动的，同一编号另写一行，写明从哪天起；不变的不写"
    ),
    "team": TableColumn(("所在小组", "小组", "考勤小组", "team"), cells.name, "考勤小组"),
    "role": TableColumn(
        ("组内职务", "职务", "role"), cells.one_of(POSITION_NAMES), _named(POSITION_NAMES) + "；不写的是组员"
    ),
    "password_approved_on": TableColumn(("密码批准日", "密码批准日期", "password_approved_on"), _MAYBE_DAY, _DATE),
}
WINDOW_COLUMNS = {
    "id": TableColumn(("窗口编号", "编号", "id"), cells.name, "本登记中不重复"),
    "name": TableColumn(("窗口名称", "窗口", "名称", "name"), cells.free_text, "窗口的名称"),
    "on_duty": TableColumn(
        ("值班人数", "人数", "on_duty"),
        _on_duty,
        "整数（3 或 3人）；不写的按人员表上该窗口的人数",
        counted=True,
        summed=True,
    ),
}
_FINDINGS = cells.several(FINDING_NAMES)


def _findings(cell: str) -> tuple[str, ...]:
    """What was found on the rounds; nothing where all was well."""
    return () if cells.plain_text(cell) in ALL_WELL else _FINDINGS(cell)


DUTY_COLUMNS = {
    "day": PUNCH_COLUMNS["day"],
    "staff": STAFF,
    "finding": TableColumn(
        ("情况", "巡查情况", "值班情况", "finding"),
        _findings,
        _named(FINDING_NAMES) + "；几样的用顿号隔开；一切正常的写 正常",
    ),
}
NOTE_COLUMNS = {
    "day": PUNCH_COLUMNS["day"],
    "staff": STAFF,
    "type": TableColumn(
        ("情况", "非正常考勤情况", "type"), cells.several(NOTE_NAMES), _named(NOTE_NAMES) + "；几样的用顿号隔开"
    ),
    "recorded_by": TableColumn(("录入人", "登记人", "recorded_by"), cells.free_text, "规定里的机关或职务"),
    "text": TableColumn(("说明", "情况说明", "text"), cells.free_text, "怎么回事"),
}


for _columns, _keys in (
    (LEAVE_COLUMNS, LEAVE_COLUMNS.keys() - {"staff", "kind", "from", "to", "from_half", "to_half", "days"}),
    (STAFF_COLUMNS, STAFF_COLUMNS.keys() - {"id", "group", "since"}),
    (WINDOW_COLUMNS, {"on_duty"}),
    (NOTE_COLUMNS, {"text"}),
):
    # A cell of these that cannot be read costs what rests on it, not its row.
    _columns.update({key: replace(_columns[key], spare=True) for key in _keys})
ROSTER_COLUMNS = {
    "staff": STAFF,
    "day": PUNCH_COLUMNS["day"],
    "shift": TableColumn(("班次", "排班", "shift"), cells.free_text, "规定里的班次；不上班的写 休"),
}
# Columns that hold words of the instruments: the names in ``Words``, and whether a cell may hold several.
