"""The parts of a register that may stand in tables: their names, their columns, and what a row becomes."""

import datetime
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from banshi.base.patterns import late
from banshi.base.text import Text
from banshi.files.tables import cells
from banshi.files.tables.describing import TableShape, described
from banshi.files.tables.headings import TakesColumns, known_columns
from banshi.files.tables.reading import SheetHead, TableColumn, heading
from banshi.files.tables.relaid import OF_GROUP
from banshi.files.tables.times import times
from banshi.subjects.attendance.forms import (
    DutyEntry,
    Note,
    Person,
    Rostered,
    Window,
)
from banshi.subjects.attendance.leave_days import Months
from banshi.subjects.attendance.made_rows import NO_TIMES, PunchesAtOnce, all_of, each_of, leave_of, punches_of
from banshi.subjects.attendance.table_columns import (
    DUTY_COLUMNS,
    LEAVE_COLUMNS,
    NOTE_COLUMNS,
    PUNCH_COLUMNS,
    RECORDED,
    ROSTER_COLUMNS,
    SCHEDULED_MOMENT,
    STAFF,
    STAFF_COLUMNS,
    WINDOW_COLUMNS,
    WITHOUT_YEAR,
)
from banshi.subjects.attendance.vocabulary import RegisterWords

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
_CLOCKED = late(r"打卡|刷卡|考勤|签到|签退|上班|下班|上午|下午|早上|中午|晚上|概况|记录")
_NOT_CLOCKED = late(r"应|排班|班次|计划|规定|请假|外出|加班|出差|补卡|审批")
_TIME, _DAY = "时间", "日期"
_TIMES = frozenset(("time", "at", "all", "in", "out"))


def of_groups(_sheet: str, cells: Sequence[str]) -> list[str]:
    """Headings of two lines: 上班1·打卡时间 as 上班1打卡时间; what says who and when whatever stands above it; no other times.

    Beside 最早 and 最晚 the first 时间 is the day that they are of, where no other heading is.
    """
    own = [_of_group(cell) if OF_GROUP in cell else cell for cell in cells]
    known = known_columns(own, PUNCH_COLUMNS)
    if "day" in known or not {"in", "out"} <= known.keys():
        return own
    at = next((n for n, cell in enumerate(cells) if cell.rpartition(OF_GROUP)[2].strip() == _TIME), None)
    return [_DAY if n == at else cell for n, cell in enumerate(own)]


def _of_group(cell: str) -> str:
    group, _, own = cell.rpartition(OF_GROUP)
    if known_columns([joined := f"{group}{own}"], PUNCH_COLUMNS):
        return joined
    key = next(iter(known_columns([own], PUNCH_COLUMNS)), "")
    clocked = bool(_CLOCKED.search(group)) and not _NOT_CLOCKED.search(group)
    return own if key and (key not in _TIMES or clocked) else cell


class RegisterColumns(Struct, frozen=True):
    """A part of a register: its key, what it is called, the names of its file or sheet, its columns and its rows.

    ``sets``: which sets of columns are enough; ``several_of``: or else the staff and so many of these. ``telling``:
    headings of which one tells this table from others of the world that have the same columns. ``days``: of columns
    that stand for a day, by key, which day (None: one that no calendar has); ``named``: see ``Wanted.named``.
    ``at_once``: what makes many of its rows at a time; ``make`` makes the others.
    """

    key: str
    title: Text
    names: tuple[str, ...]
    columns: dict[str, TableColumn]
    sets: tuple[frozenset[str], ...]
    make: Callable[[dict[str, Any]], Any]
    telling: frozenset[str]
    several_of: tuple[frozenset[str], int] | None = None
    days: Mapping[str, datetime.date | None] = field(default_factory=dict)
    named: Callable[[str, Sequence[str]], Sequence[str]] | None = None
    at_once: TakesColumns | None = None

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
    RegisterColumns(
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
        at_once=PunchesAtOnce(),
    ),
    RegisterColumns(
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
    RegisterColumns(
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
    RegisterColumns(
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
    RegisterColumns(
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
    RegisterColumns(
        "roster",
        Text("排班", "roster"),
        ("排班", "roster"),
        ROSTER_COLUMNS,
        (frozenset(("staff", "day", "shift")),),
        all_of(Rostered, "staff", "day", "shift"),
        frozenset(("班次", "shift")),
    ),
    RegisterColumns(
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


def worded(part: RegisterColumns, words: RegisterWords) -> RegisterColumns:
    """The part with readers that take the words which the instruments declare, and no others."""
    columns = dict(part.columns)
    for key, (table, many) in OF_WORDS.get(part.key, {}).items():
        names: dict[str, str] = getattr(words, table)
        if names and key in columns:
            one = cells.one_of(names)
            read = cells.several(names) if many else cells.optional(one) if key in ("approver", "reported_to") else one
            columns[key] = replace(columns[key], read=read)
    return replace(part, columns=columns)


def of_month(part: RegisterColumns, months: Months) -> RegisterColumns:
    """The part with readers that know the register's months, for dates without a year."""
    columns = {
        key: replace(column, read=WITHOUT_YEAR[column.read](months)) if column.read in WITHOUT_YEAR else column
        for key, column in part.columns.items()
    }
    return replace(part, columns=columns)


def part_of(head: SheetHead) -> RegisterColumns | None:
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


def recorded_only(part: RegisterColumns, head: SheetHead) -> RegisterColumns:
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
    "staff": STAFF,
    "days": TableColumn(
        ("1、2、3 … 31", "1日、2日 …", "2010-03-01、2010-03-02 …"),
        times,
        "当天的各次打卡，如 08:31 17:20，没打卡的留空；只写日数的，年月取自表上方的标题（如 2010年3月），没有标题的按登记的月份",
    ),
}
