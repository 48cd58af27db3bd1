"""The parts of a register that may stand in tables: their names, their columns, and what a row becomes."""

import datetime
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from banshi.base.text import Text
from banshi.files.tables import cells
from banshi.files.tables.cells import CellUnreadable
from banshi.files.tables.describing import TableShape, described
from banshi.files.tables.headings import known_columns
from banshi.files.tables.quantities import count_in
from banshi.files.tables.reading import Column, SheetHead, heading
from banshi.files.tables.relaid import OF_GROUP
from banshi.files.tables.times import DatedTimes, dated_times, times
from banshi.subjects.attendance.cell_names import (
    ALL_WELL,
    FINDING_NAMES,
    FORM_NAMES,
    HALF_NAMES,
    METHOD_NAMES,
    NOTE_NAMES,
)
from banshi.subjects.attendance.forms import (
    DutyEntry,
    Note,
    Person,
    Rostered,
    Window,
)
from banshi.subjects.attendance.leave_days import Month, day_in, half_day, length, span
from banshi.subjects.attendance.made_rows import NO_TIMES, all_of, each_of, leave_of, punches_of
from banshi.subjects.attendance.vocabulary import POSITION_NAMES, Words

_ID = ("人员编号", "工号", "考勤号", "考勤号码", "编号", "人员", "staff", "id")
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


def _punched(headings: tuple[str, ...], about: str) -> Column:
    return Column(headings, _times_or_none, about, NO_TIMES, many=True, spare=True)


def _times_or_none(cell: str) -> DatedTimes | cells.Nothing:
    """Times of a day; nothing where a program writes that nobody clocked."""
    return cells.NOTHING if cells.plain_text(cell) in _NOT_CLOCKED_IN else dated_times(cell)


def _numbered(shift: str) -> tuple[str, ...]:
    """Headings where a day has several shifts: 上班1打卡时间."""
    return tuple(f"{shift}{n}打卡时间" for n in range(1, 5))


# Headings of the recorded moment, and one that means the scheduled moment where a column of those stands beside it.
RECORDED = ("打卡时间", "日期时间", "刷卡时间", "datetime", "timestamp")
SCHEDULED_MOMENT = "考勤时间"


def _maybe_day(month: Month | None) -> cells.Read:
    return cells.optional(day_in(month))


_DAY, _HALF_DAY, _SPAN, _MAYBE_DAY = day_in(None), half_day(None), span(None), _maybe_day(None)
# What reads days where the register's only month is known.
_WITHOUT_YEAR: dict[cells.Read, Callable[[Month | None], cells.Read]] = {
    _DAY: day_in,
    _HALF_DAY: half_day,
    _SPAN: span,
    _MAYBE_DAY: _maybe_day,
}
_STAFF = Column(_ID, cells.name, "和人员表里的编号一致")
PUNCH_COLUMNS = {
    "staff": _STAFF,
    "day": Column(("日期", "打卡日期", "考勤日期", "day", "date"), _DAY, _DATE),
    "time": Column(
        ("时刻", "时间", "打卡时刻", "time"),
        times,
        "时刻，如 08:31、8:31:05、8时31分、下午5:30；一格可写几个，中间空一格或换行",
        many=True,
        spare=True,
    ),
    "at": Column(
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
    "method": Column(
        ("方式", "打卡方式", "验证方式", "比对方式", "对比方式", "识别方式", "验证模式", "method"),
        cells.one_of(METHOD_NAMES),
        _named(METHOD_NAMES) + "；不写的是指纹",
        spare=True,
    ),
}
LEAVE_COLUMNS = {
    "staff": _STAFF,
    "kind": Column(("假别", "请假类别", "类别", "kind"), cells.free_text, "规定里的假别"),
    "from": Column(
        ("开始日", "开始日期", "起始日", "from", "start"),
        _SPAN,
        _DATE + "；半天的在日期后写 上午 或 下午；也可写起止：2010-03-05至2010-03-07",
    ),
    "to": Column(("结束日", "结束日期", "截止日", "to", "end"), _HALF_DAY, _DATE + "；不写的是开始日当天"),
    "from_half": Column(("自哪半天起", "from_half"), cells.one_of({**HALF_NAMES, "全天": "am"}), _named(HALF_NAMES)),
    "to_half": Column(("到哪半天止", "to_half"), cells.one_of({**HALF_NAMES, "全天": "pm"}), _named(HALF_NAMES)),
    "days": Column(("申报天数", "天数", "days"), length, "天数，如 0.5、半天、2天、1天半"),
    "left_at": Column(("离岗时刻", "left_at"), cells.time, "时刻，如 10:30"),
    "requested_at": Column(
        ("申请时间", "申请日期", "申请日", "requested_at"), cells.optional(cells.moment_or_day), _AT + _DAY_ONLY
    ),
    "approved_at": Column(
        ("批准时间", "批准日期", "审批时间", "审批日期", "approved_at"),
        cells.optional(cells.moment_or_day),
        _AT + _DAY_ONLY,
    ),
    "form": Column(("请假方式", "方式", "form"), cells.one_of(FORM_NAMES), _named(FORM_NAMES)),
    "approver": Column(("批准人", "审批人", "approver"), cells.optional(cells.free_text), "规定里的机关或职务"),
    "unit_consent": Column(("单位签署同意", "单位同意", "unit_consent"), cells.yes_or_no, "是 或 否"),
    "filed_with": Column(("备案处", "备案", "filed_with"), _several, "规定里的机关或职务；几处的用顿号隔开"),
    "hospital": Column(
        ("医院", "hospital"), cells.somebody(Text("医院", "the hospital")), "出具证明的医院；没有的空着或写 无"
    ),
    "insurance": Column(("符合医保规定", "医保", "insurance"), cells.yes_or_no, "是 或 否"),
    "papers": Column(("其他凭据", "凭据", "papers"), _several, "规定里的材料；几样的用顿号隔开"),
    "papers_on": Column(("凭据交来日", "凭据日期", "papers_on"), _MAYBE_DAY, _DATE),
    "substitute": Column(
        ("代岗人员", "代岗", "substitute"),
        cells.somebody(Text("代岗的人", "who stood in")),
        "代岗的人；没有的空着或写 无",
    ),
    "dispatched_at": Column(
        ("派出时间", "派出日期", "dispatched_at"), cells.optional(cells.moment_or_day), _AT + _DAY_ONLY
    ),
    "sudden": Column(("突发疾病", "突发", "sudden"), cells.yes_or_no, "是 或 否"),
    "reported_to": Column(("向谁报告", "reported_to"), cells.optional(cells.free_text), "规定里的机关或职务"),
    "special_by": Column(
        ("补办同意者", "special_by"),
        cells.somebody(Text("同意者", "who consented")),
        "同意补办手续的人或机构；没有的空着或写 无",
    ),
    "special_on": Column(("补办同意日", "special_on"), _MAYBE_DAY, _DATE),
    "reason": Column(("事由", "reason"), cells.free_text, "请假事由"),
}
STAFF_COLUMNS = {
    "id": Column(_ID, cells.name, "本登记中不重复"),
    "name": Column(("姓名", "name"), cells.free_text, "可以不写"),
    "group": Column(("人员类别", "类别", "group"), cells.free_text, "规定里的人员类别"),
    "window": Column(("所在窗口", "窗口编号", "窗口", "window"), cells.name, "窗口表里的编号"),
    "since": Column(
        ("自哪天起", "起始日", "since"), _MAYBE_DAY, _DATE + "；中途调动的，同一编号另写一行，写明从哪天起；不变的不写"
    ),
    "team": Column(("所在小组", "小组", "考勤小组", "team"), cells.name, "考勤小组"),
    "role": Column(
        ("组内职务", "职务", "role"), cells.one_of(POSITION_NAMES), _named(POSITION_NAMES) + "；不写的是组员"
    ),
    "password_approved_on": Column(("密码批准日", "密码批准日期", "password_approved_on"), _MAYBE_DAY, _DATE),
}
WINDOW_COLUMNS = {
    "id": Column(("窗口编号", "编号", "id"), cells.name, "本登记中不重复"),
    "name": Column(("窗口名称", "窗口", "名称", "name"), cells.free_text, "窗口的名称"),
    "on_duty": Column(("值班人数", "人数", "on_duty"), _on_duty, "整数（3 或 3人）；不写的按人员表上该窗口的人数"),
}
_FINDINGS = cells.several(FINDING_NAMES)


def _findings(cell: str) -> tuple[str, ...]:
    """What was found on the rounds; nothing where all was well."""
    return () if cells.plain_text(cell) in ALL_WELL else _FINDINGS(cell)


DUTY_COLUMNS = {
    "day": PUNCH_COLUMNS["day"],
    "staff": _STAFF,
    "finding": Column(
        ("情况", "巡查情况", "值班情况", "finding"),
        _findings,
        _named(FINDING_NAMES) + "；几样的用顿号隔开；一切正常的写 正常",
    ),
}
NOTE_COLUMNS = {
    "day": PUNCH_COLUMNS["day"],
    "staff": _STAFF,
    "type": Column(
        ("情况", "非正常考勤情况", "type"), cells.several(NOTE_NAMES), _named(NOTE_NAMES) + "；几样的用顿号隔开"
    ),
    "recorded_by": Column(("录入人", "登记人", "recorded_by"), cells.free_text, "规定里的机关或职务"),
    "text": Column(("说明", "情况说明", "text"), cells.free_text, "怎么回事"),
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
    "staff": _STAFF,
    "day": PUNCH_COLUMNS["day"],
    "shift": Column(("班次", "排班", "shift"), cells.free_text, "规定里的班次；不上班的写 休"),
}
# Columns that hold words of the instruments: the names in ``Words``, and whether a cell may hold several.
OF_WORDS = {
    "leave": {
        "kind": ("kind_names", False),
        "approver": ("role_names", False),
        "reported_to": ("role_names", False),
        "filed_with": ("role_names", True),
        "papers": ("paper_names", True),
    },
    "staff": {"group": ("group_names", False), "role": ("position_names", False)},
    "notes": {"recorded_by": ("role_names", False)},
    "roster": {"shift": ("shift_names", False)},
}


# What a heading above others must speak of, and must not, for those below it to be clocked times.
_CLOCKED = re.compile(r"打卡|刷卡|考勤|签到|签退|上班|下班|上午|下午|早上|中午|晚上|概况|记录")
_NOT_CLOCKED = re.compile(r"应|排班|班次|计划|规定|请假|外出|加班|出差|补卡|审批")
_TIMES = frozenset(("time", "at", "all", "in", "out"))


def of_groups(_sheet: str, cells: Sequence[str]) -> list[str]:
    """Headings of two lines: 上班1·打卡时间 as 上班1打卡时间; what says who and when whatever stands above it; no other times."""
    return [_of_group(cell) if OF_GROUP in cell else cell for cell in cells]


def _of_group(cell: str) -> str:
    group, _, own = cell.rpartition(OF_GROUP)
    if known_columns([joined := f"{group}{own}"], PUNCH_COLUMNS):
        return joined
    key = next(iter(known_columns([own], PUNCH_COLUMNS)), "")
    clocked = bool(_CLOCKED.search(group)) and not _NOT_CLOCKED.search(group)
    return own if key and (key not in _TIMES or clocked) else cell


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a register: its key, what it is called, the names of its file or sheet, its columns and its rows.

    ``sets``: which sets of columns are enough; ``several_of``: or else the staff and so many of these. ``telling``:
    headings of which one tells this table from others of the world that have the same columns. ``days``: of columns
    that stand for a day, by key, which day (None: one that no calendar has); ``named``: see ``Wanted.named``.
    """

    key: str
    title: Text
    names: tuple[str, ...]
    columns: dict[str, Column]
    sets: tuple[frozenset[str], ...]
    make: Callable[[dict[str, Any]], Any]
    telling: frozenset[str]
    several_of: tuple[frozenset[str], int] | None = None
    days: Mapping[str, datetime.date | None] = field(default_factory=dict)
    named: Callable[[str, Sequence[str]], Sequence[str]] | None = None

    def enough(self, found: dict[str, int]) -> bool:
        """Whether these columns make it a table of this part."""
        if self.several_of is not None:
            keys, fewest = self.several_of
            return "staff" in found and len(keys & found.keys()) >= fewest
        return any(wanted <= found.keys() for wanted in self.sets)

    def fits(self, head: SheetHead) -> bool:
        """Whether a sheet's headings are those of this part."""
        cells = self.named(head.sheet, head.headings) if self.named else head.headings
        return self.enough(known_columns(cells, self.columns))

    def unmistakable(self, head: SheetHead) -> bool:
        """Whether the headings, or the name of the sheet, are those of this part and hardly of anything else."""
        said = (*head.headings, *(cell for other in head.relaid for cell in other))
        named = self.called(head.sheet) or any(heading(cell.rpartition(OF_GROUP)[2]) in self.telling for cell in said)
        return named and (self.fits(head) or any(self.fits(other) for other in laid_otherwise(head)))

    def called(self, name: str) -> bool:
        """Whether a sheet or file has the name of this part, with whatever stands around it: 3月打卡."""
        return any(known in name.lower() for known in self.names)


# Values that stand in a column of another name.
CELL_OF = {"certificate": "hospital", "special_approval": "special_by"}
_TABLES = (
    Part(
        "punches",
        Text("打卡", "punches"),
        ("打卡", "考勤记录", "刷卡", "punches", "attlog"),
        PUNCH_COLUMNS,
        (
            frozenset(("staff", "day", "time")),
            frozenset(("staff", "at")),
            frozenset(("staff", "day", "all")),
            frozenset(("staff", "day", "in")),
            frozenset(("staff", "day", "out")),
        ),
        punches_of,
        frozenset(
            (
                "打卡时间",
                "打卡日期",
                "打卡时刻",
                "打卡记录",
                "签到时间",
                "签退时间",
                "打卡方式",
                "刷卡时间",
                "考勤时间",
                "考勤日期",
                "考勤号",
                "考勤号码",
                "人员编号",
                "工号",
                "staff",
            )
        ),
        named=of_groups,
    ),
    Part(
        "leave",
        Text("请假", "leave"),
        ("请假", "leave"),
        LEAVE_COLUMNS,
        (frozenset(("staff", "kind", "from")),),
        leave_of,
        frozenset(
            (
                "假别",
                "请假类别",
                "请假方式",
            )
        ),
    ),
    Part(
        "notes",
        Text("说明登记", "notes"),
        ("说明登记", "登记", "录入", "notes"),
        NOTE_COLUMNS,
        (frozenset(("staff", "day", "type", "recorded_by")),),
        each_of(Note, "type", "day", "staff", "recorded_by"),
        frozenset(
            (
                "录入人",
                "登记人",
                "recorded_by",
                "非正常考勤情况",
            )
        ),
    ),
    Part(
        "duty_log",
        Text("值班日志", "duty log"),
        ("值班日志", "值班", "duty_log"),
        DUTY_COLUMNS,
        (frozenset(("staff", "day", "finding")),),
        each_of(DutyEntry, "finding", "day", "staff"),
        frozenset(
            (
                "值班情况",
                "巡查情况",
                "finding",
            )
        ),
    ),
    Part(
        "staff",
        Text("人员", "staff"),
        ("人员", "名册", "staff"),
        STAFF_COLUMNS,
        (frozenset(("id", "group")),),
        all_of(Person, "id", "group"),
        frozenset(
            (
                "人员类别",
                "组内职务",
                "密码批准日",
            )
        ),
    ),
    Part(
        "roster",
        Text("排班", "roster"),
        ("排班", "roster"),
        ROSTER_COLUMNS,
        (frozenset(("staff", "day", "shift")),),
        all_of(Rostered, "staff", "day", "shift"),
        frozenset(("班次", "shift")),
    ),
    Part(
        "windows",
        Text("窗口", "windows"),
        ("窗口", "windows"),
        WINDOW_COLUMNS,
        (frozenset(("id", "name")),),
        all_of(Window, "id", "name"),
        frozenset(
            (
                "窗口编号",
                "on_duty",
                "值班人数",
            )
        ),
    ),
)
PARTS = {part.key: part for part in _TABLES}


def worded(part: Part, words: Words) -> Part:
    """The part with readers that take the words which the instruments declare, and no others."""
    columns = dict(part.columns)
    for key, (table, many) in OF_WORDS.get(part.key, {}).items():
        names: dict[str, str] = getattr(words, table)
        if names and key in columns:
            one = cells.one_of(names)
            read = cells.several(names) if many else cells.optional(one) if key in ("approver", "reported_to") else one
            columns[key] = replace(columns[key], read=read)
    return replace(part, columns=columns)


def of_month(part: Part, month: Month | None) -> Part:
    """The part with readers that know the register's only month, for dates without a year."""
    columns = {
        key: replace(column, read=_WITHOUT_YEAR[column.read](month)) if column.read in _WITHOUT_YEAR else column
        for key, column in part.columns.items()
    }
    return replace(part, columns=columns)


def part_of(head: SheetHead) -> Part | None:
    """The part that a sheet holds: by its headings, and where several fit, by its name; else the first that fits.

    What is laid out in blocks of people or under headings of two lines is looked for only where nothing fits as it stands.
    """
    for own in (head, *laid_otherwise(head)):
        fitting = [part for part in PARTS.values() if part.fits(own)]
        if fitting:
            return next((part for part in fitting if part.called(head.sheet)), fitting[0])
    return None


def laid_otherwise(head: SheetHead) -> list[SheetHead]:
    """A sheet's headings as they read where it is laid out otherwise."""
    return [replace(head, headings=headings, relaid=()) for headings in head.relaid]


def recorded_only(part: Part, head: SheetHead) -> Part:
    """The punches without the scheduled moment, where the recorded one stands beside it: the schedule is no punch."""
    names = {heading(cell) for cell in head.headings}
    if part.key != "punches" or SCHEDULED_MOMENT not in names or names.isdisjoint(RECORDED):
        return part
    at = replace(part.columns["at"], headings=RECORDED, blank=NO_TIMES)
    return replace(part, columns={**part.columns, "at": at})


def tables() -> list[TableShape]:
    """Every part as the site describes it, the punches in both of their layouts."""
    found = [described(part.title.zh, part.names, part.columns, part.sets) for part in PARTS.values()]
    names = PARTS["punches"].names
    return [found[0], described("打卡（一人一行、一天一列）", names, _BY_DAYS, (frozenset(_BY_DAYS),)), *found[1:]]


# The layout that ``day_columns`` reads, as the site describes it.
_BY_DAYS = {
    "staff": _STAFF,
    "days": Column(
        ("1、2、3 … 31", "1日、2日 …", "2010-03-01、2010-03-02 …"),
        times,
        "当天的各次打卡，如 08:31 17:20，没打卡的留空；只写日数的，年月取自表上方的标题（如 2010年3月），没有标题的按登记的月份",
    ),
}
