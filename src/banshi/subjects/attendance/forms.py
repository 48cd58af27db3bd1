"""A centre's attendance register as typed values; field by field what ``attendance.schema.json`` describes."""

import datetime
from functools import cached_property, lru_cache
from typing import Annotated

import msgspec

from banshi.files.described import UNWRITTEN, FreeText, Moment, Place, PunchTime, Quantity, meta

Half = tuple[datetime.date, str]  # a day and "am" or "pm"


class RegisterPart(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A part of a register."""


class Window(RegisterPart, frozen=True):
    """A window; ``on_duty``: how many serve it (None: as many as the register lists)."""

    id: Annotated[FreeText, meta("窗口编号", "在本登记中不重复。")]
    name: Annotated[FreeText, meta("窗口名称", "窗口的名称。")]
    on_duty: Annotated[
        int | None, meta("值班人数", "平时几个人值班；不写的，按名册上该窗口的人数。", minimum=1, maximum=999)
    ] = None


class Person(RegisterPart, frozen=True, kw_only=True):
    """Somebody on the register; ``since``: the day from which that is so, where it changes within the register."""

    id: Annotated[FreeText, meta("人员编号", "在本登记中不重复；可以用工号代替姓名。")]
    name: Annotated[FreeText | None, meta("姓名", "可以不写。")] = None
    group: Annotated[FreeText, meta("人员类别", "规定里（staff_groups）的标识、名称或其他写法。")]
    window: Annotated[FreeText | None, meta("所在窗口", "所在窗口的编号。")] = None
    since: Annotated[
        datetime.date | None,
        meta("自哪天起", "中途调动的，同一编号再写一项，写明从哪天起在那个窗口、那一类；一直不变的不写。"),
    ] = None
    team: Annotated[FreeText | None, meta("所在小组", "考勤小组。")] = None
    role: Annotated[
        str,
        meta(
            "组内职务",
            "在小组中的职务；不写的是组员。",
            labels={"leader": "负责人", "deputy": "副职", "member": "组员"},
        ),
    ] = "member"
    password_approved_on: Annotated[datetime.date | None, meta("密码批准日", "批准改用密码打卡的日期。")] = None

    @property
    def called(self) -> str:
        """The id, with the name where there is one."""
        return f"{self.id} {self.name}" if self.name else self.id


class Punch(RegisterPart, frozen=True):
    """One punch; ``time`` is ``HH:MM`` or ``HH:MM:SS``."""

    staff: Annotated[FreeText, meta("人员", "人员编号，与名册的 id 一致。")]
    day: Annotated[datetime.date, meta("日期", "打卡的日期。")]
    time: Annotated[PunchTime, meta("时刻", "写作 HH:MM 或 HH:MM:SS，计到分。")]
    method: Annotated[str, meta("方式", "不写的是指纹。", labels={"fingerprint": "指纹", "password": "密码"})] = (
        "fingerprint"
    )

    @property
    def minute(self) -> int:
        """Minutes since midnight."""
        return minutes(self.time)

    @property
    def second(self) -> int:
        """Seconds since midnight."""
        return seconds(self.time)


class Certificate(RegisterPart, frozen=True):
    """A hospital's certificate; ``insurance``: the hospital meets the rules of medical insurance."""

    hospital: Annotated[FreeText, meta("医院", "出具证明的医院。")]
    insurance: Annotated[bool, meta("符合医保规定", "这家医院是否符合医保规定。")]


class Substitute(RegisterPart, frozen=True):
    """Who stood in, and when the unit sent them."""

    name: Annotated[FreeText, meta("代岗人员", "姓名或人员编号。")]
    dispatched_at: Annotated[
        Moment | None, meta("派出时间", "写作 YYYY-MM-DD HH:MM；只知道日期的，写 YYYY-MM-DD，当天的就说不清先后。")
    ] = None


class SpecialApproval(RegisterPart, frozen=True):
    """The centre's consent to completing the formalities afterwards."""

    by: Annotated[FreeText, meta("同意者", "政务服务中心或其领导。")]
    on: Annotated[datetime.date, meta("同意日", "同意补办的日期。")]


class Leave(RegisterPart, frozen=True, rename={"start": "from", "end": "to"}):
    """One leave as registered; ``days`` is a declared length, for a leave within one day.

    ``short``, ``covers`` and ``calendar_days`` are the law's: its kind is shorter than half a day, excuses an arrival or
    a departure, counts days of rest too.
    """

    staff: Annotated[FreeText, meta("人员", "人员编号，与名册的 id 一致。")]
    kind: Annotated[FreeText, meta("假别", "规定里（leave_kinds）的标识、名称或其他写法。")]
    start: Annotated[datetime.date, meta("开始日", "请假的第一天。")]
    end: Annotated[datetime.date | None, meta("结束日", "请假的最后一天；不写的，只有一天。")] = None
    from_half: Annotated[str, meta("自哪半天起", "不写的，自上午起。", labels={"am": "上午", "pm": "下午"})] = "am"
    to_half: Annotated[str, meta("到哪半天止", "不写的，到下午止。", labels={"am": "上午", "pm": "下午"})] = "pm"
    days: Annotated[
        Quantity | None,
        meta(
            "申报天数",
            "一天以内的可以申报，如 0.25；更长的要与起止相合。不写的，按起止的工作日推算。不满半天的必须申报。",
        ),
    ] = None
    left_at: Annotated[PunchTime | None, meta("离岗时刻", "第一天离岗的时刻，写作 HH:MM。")] = None
    requested_at: Annotated[
        Moment | None, meta("申请时间", "写作 YYYY-MM-DD HH:MM；只知道日期的，写 YYYY-MM-DD，当天的就说不清先后。")
    ] = None
    approved_at: Annotated[
        Moment | None, meta("批准时间", "写作 YYYY-MM-DD HH:MM；只知道日期的，写 YYYY-MM-DD，当天的就说不清先后。")
    ] = None
    form: Annotated[
        str | None,
        meta(
            "请假方式",
            "书面、当面、电话或报告。",
            labels={"written": "书面", "oral": "当面", "phone": "电话", "report": "报告"},
        ),
    ] = None
    approver: Annotated[FreeText | None, meta("批准人", "规定里（offices）的标识、名称或其他写法。")] = None
    unit_consent: Annotated[bool, meta("单位签署同意", "所在单位是否已在申请上签署同意。")] = False
    filed_with: Annotated[
        tuple[Annotated[FreeText, meta(description="规定里（offices）的标识、名称或其他写法。")], ...],
        meta("备案处", "已报送备案的地方。"),
    ] = ()
    certificate: Annotated[Certificate | None, meta("医院证明", "病假的证明。")] = None
    papers: Annotated[
        tuple[Annotated[FreeText, meta("凭据", "规定里（papers）的标识、名称或其他写法。")], ...],
        meta("其他凭据", "规定里（papers）的标识、名称或其他写法。"),
    ] = ()
    papers_on: Annotated[datetime.date | None, meta("凭据交来日", "其他凭据交来的日期。")] = None
    substitute: Annotated[Substitute | None, meta("代岗", "原单位派出的代岗人员。")] = None
    sudden: Annotated[bool, meta("突发疾病", "来不及事前申请的突发疾病写 true。")] = False
    reported_to: Annotated[FreeText | None, meta("向谁报告", "规定里（offices）的标识、名称或其他写法。")] = None
    special_approval: Annotated[
        SpecialApproval | None, meta("事后补办", "特殊情况经政务服务中心同意，事后补办手续。")
    ] = None
    reason: Annotated[FreeText | None, meta("事由", "请假的事由。")] = None
    short: Annotated[bool, UNWRITTEN] = False
    covers: Annotated[str | None, UNWRITTEN] = None
    calendar_days: Annotated[bool, UNWRITTEN] = False

    @property
    def last(self) -> datetime.date:
        """The last day."""
        return self.end or self.start

    @property
    def short_by_kind(self) -> bool:
        """A late arrival, early leaving or going out for which no length is declared: shorter than half a day."""
        return self.short and self.days is None


class DutyEntry(RegisterPart, frozen=True):
    """What the duty leader found on the rounds."""

    day: Annotated[datetime.date, meta("日期", "巡查的日期。")]
    staff: Annotated[FreeText, meta("人员", "人员编号，与名册的 id 一致。")]
    finding: Annotated[
        str,
        meta("情况", "巡查发现的情况。", labels={"late": "迟到", "early_leaving": "早退", "absent_from_post": "缺岗"}),
    ]


class Note(RegisterPart, frozen=True):
    """An irregular attendance that the group leader entered."""

    day: Annotated[datetime.date, meta("日期", "哪一天的非正常考勤。")]
    staff: Annotated[FreeText, meta("人员", "人员编号，与名册的 id 一致。")]
    type: Annotated[
        str,
        meta(
            "情况",
            "非正常考勤的种类。",
            labels={
                "late": "迟到",
                "early_leaving": "早退",
                "carrying_papers": "送件",
                "leave": "请假",
                "out_of_window": "时段外登录",
                "other": "其他",
            },
        ),
    ]
    recorded_by: Annotated[FreeText, meta("录入人", "规定里（offices）的标识、名称或其他写法。")]
    text: Annotated[FreeText | None, meta("说明", "详细情况。")] = None


class Rostered(RegisterPart, frozen=True):
    """Which shift somebody works on a day; ``rest``: none."""

    staff: Annotated[FreeText, meta("人员", "人员编号，与名册的 id 一致。")]
    day: Annotated[datetime.date, meta("日期", "上班的日期。")]
    shift: Annotated[FreeText, meta("班次", "规定里的班次标识或名称；休息写 rest 或 休。")]


class Register(msgspec.Struct, frozen=True, kw_only=True, dict=True, rename={"start": "from", "end": "to"}):
    """A centre's register from ``start`` to ``end`` inclusive."""

    about = meta(
        "考勤登记",
        "一个政务服务中心一个月（或更长）的考勤登记：名册、窗口、打卡、请假、值班日志和录入的说明。各部分可以改放在同一文件夹的表格里（CSV 或 XLSX）：打卡、请假、人员、窗口、值班日志、说明登记。窗口和人员总要有，写在这里或表格里。不收录任何生物特征，只收录打卡时刻。",
    )

    fictional: Annotated[bool, meta("是否虚构", "样例写 true。")] = False
    jurisdiction: Annotated[Place, meta("辖区", "政务服务中心所在辖区，决定依据哪些规定。")]
    centre: Annotated[FreeText, meta("政务服务中心", "政务服务中心名称。")]
    start: Annotated[datetime.date, meta("起始日", "登记从哪一天起。")]
    end: Annotated[datetime.date, meta("截止日", "登记到哪一天止（含当天）。")]
    windows: Annotated[tuple[Annotated[Window, meta(description="一个窗口。")], ...], meta("窗口", "中心的窗口。")] = ()
    staff: Annotated[tuple[Annotated[Person, meta("人员", "一个人。")], ...], meta("名册", "登记所管的人员。")] = ()
    punches: Annotated[tuple[Annotated[Punch, meta(description="一次打卡。")], ...], meta("打卡", "打卡记录。")] = ()
    leave: Annotated[tuple[Annotated[Leave, meta(description="一次请假。")], ...], meta("请假", "请假登记。")] = ()
    duty_log: Annotated[
        tuple[Annotated[DutyEntry, meta("日志", "一条记录。")], ...], meta("值班日志", "值班巡查的记录。")
    ] = ()
    notes: Annotated[
        tuple[Annotated[Note, meta("录入", "一条录入。")], ...], meta("说明登记", "已经说明并录入的非正常考勤。")
    ] = ()
    roster: Annotated[
        tuple[Annotated[Rostered, meta(description="一个人一天的班次。")], ...],
        meta("排班", "按班次上班的人，哪天上哪一班；不上班的写 rest。"),
    ] = ()

    @cached_property
    def people(self) -> dict[str, Person]:
        """Staff by id, as they are on the last day; the first of what is written twice."""
        return self._as_of(self.end)

    def _as_of(self, day: datetime.date) -> dict[str, Person]:
        found: dict[str, Person] = {}
        for person in self.staff:
            held = found.get(person.id)
            if person.since is not None and person.since > day:
                continue
            if held is None or _since(held) < _since(person):
                found[person.id] = person
        return found

    @cached_property
    def lists(self) -> "tuple[Register, ...]":
        """The register cut where somebody moves: in each part everybody is what the list says of its first day."""
        moves = {p.since for p in self.staff if p.since is not None and self.start < p.since <= self.end}
        if not moves:
            return (self,)
        first = [self.start, *sorted(moves)]
        last = [*(day - datetime.timedelta(days=1) for day in first[1:]), self.end]
        return tuple(
            msgspec.structs.replace(self, start=start, end=end, staff=tuple(self._as_of(start).values()))
            for start, end in zip(first, last, strict=True)
        )

    @cached_property
    def at_windows(self) -> dict[str, list[Person]]:
        """Who is listed for each window; those of none under an empty name."""
        found: dict[str, list[Person]] = {}
        for person in self.people.values():
            found.setdefault(person.window or "", []).append(person)
        return found

    @cached_property
    def serving(self) -> dict[str, int]:
        """How many serve each window: as stated, else as many as are listed for it."""
        listed: dict[str, int] = {}
        for person in self.people.values():
            if person.window:
                listed[person.window] = listed.get(person.window, 0) + 1
        return {**listed, **{window.id: window.on_duty for window in self.windows if window.on_duty}}


def _since(person: Person) -> datetime.date:
    return person.since or datetime.date.min


@lru_cache(maxsize=4096)
def minutes(clock: str) -> int:
    """Minutes since midnight of ``HH:MM`` or ``HH:MM:SS``."""
    return int(clock[:2]) * 60 + int(clock[3:5])


@lru_cache(maxsize=86_400)
def seconds(clock: str) -> int:
    """Seconds since midnight of ``HH:MM`` or ``HH:MM:SS``."""
    return minutes(clock) * 60 + int(clock[6:8] or 0)


def clock(minute: int) -> str:
    """``HH:MM`` of minutes since midnight."""
    return f"{minute // 60:02d}:{minute % 60:02d}"


def clock_to_the_second(second: int) -> str:
    """``HH:MM`` of seconds since midnight (次日 beyond the next one), or ``HH:MM:SS`` where there are seconds too."""
    days, second = divmod(second, 86_400)
    return "次日" * days + clock(second // 60) + (f":{second % 60:02d}" if second % 60 else "")


def moment(text: str) -> datetime.datetime:
    """A moment written ``YYYY-MM-DD HH:MM``, or the beginning of a day written ``YYYY-MM-DD``. Raises ``ValueError``."""
    return datetime.datetime.strptime(text, "%Y-%m-%d %H:%M" if has_time(text) else "%Y-%m-%d")


def has_time(text: str) -> bool:
    """Whether a moment tells more than its day."""
    return " " in text
