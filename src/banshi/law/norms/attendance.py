"""Kinds of norm about attendance and leave: punches, leave, quotas, factors."""

from decimal import Decimal
from typing import Annotated, ClassVar, Literal

import msgspec

from banshi.base.text import Text
from banshi.files.described import NOUGHT, ClockTime, Number, Quantity, Words, any_of, holding, meta, narrowed
from banshi.law.norms.base import Norm
from banshi.law.norms.values import Bounds, Length, Names, Season


class AttendanceNorm(Norm, frozen=True):
    """A norm of this subject."""

    subject: ClassVar[str] = "attendance"


class PunchWindow(AttendanceNorm, frozen=True, kw_only=True, tag="punch_window"):
    """When a punch of a kind is normal: from ``start`` to ``end`` on ``days``, each end included or not.

    One must be there by the ``end`` of an arrival's window and until the ``start`` of a departure's; the other end may
    be open. ``grace`` (minutes) makes the window longer at that time, and minutes late or early are counted from the
    time itself. It holds in a ``season``, on ``weekdays`` (1 is Monday), for ``groups``, for those who work a ``shift``
    (on the days that the register's roster gives it); where nothing is said, always and for everybody. ``next_day``: a
    departure on the day after, of work over night; punches until its ``end`` belong to that work.

    ``days``: working days by the official arrangement, or Monday to Friday whatever it says. ``to_the_second``: punches are
    told apart to the second, else to the minute. ``only_due``: a punch before an arrival's window, or after a departure's,
    is not irregular.

    ``present``: one must be at work and punch once from ``start`` to ``end``, between an arrival and the departure after
    it; a punch in it shows that, and is neither an arrival nor a departure.
    """

    about = meta(
        "打卡时段",
        "什么时候打卡算正常：到岗（arrival）写到几时为止，离岗（departure）写从几时起，另一端可以不写；两端算不算在内要写明。一天可以有几对；上班中间还要打一次的（如午间点到），写在岗（present）和起止，在到岗与离岗之间，其间的打卡只证明在岗，不算到岗、离岗；按季节、星期、人员类别、班次不同的各写一条。次日离岗的写 next_day。",
    )
    holds = holding(
        dependent_required={"start": ["start_inclusive"], "end": ["end_inclusive"], "shift": ["days"]},
        all_of=[
            {"if": {"properties": {"moment": {"const": "arrival"}}}, "then": {"required": ["end"]}},
            {"if": {"properties": {"moment": {"const": "departure"}}}, "then": {"required": ["start"]}},
            {
                "if": {"properties": {"moment": {"const": "present"}}},
                "then": {"required": ["start", "end"], "properties": {"grace": False}},
            },
            {
                "if": {"required": ["shift"]},
                "then": {"properties": {"days": {"const": "rostered_days"}}},
                "else": {"properties": {"days": {"enum": ["working_days", "weekdays"]}}},
            },
        ],
    )

    moment: Annotated[
        Literal["arrival", "departure", "present"],
        meta(
            "时机",
            "判定的是上班打卡、下班打卡，还是中间的在岗打卡。",
            labels={"arrival": "上班", "departure": "下班", "present": "在岗"},
        ),
    ]
    start: Annotated[
        ClockTime | None, meta("起", "24小时制 HH:MM，加引号。下班时段的起点就是下班时刻；上班时段可以不写，不限多早。")
    ] = None
    end: Annotated[
        ClockTime | None, meta("止", "24小时制 HH:MM，加引号。上班时段的止点就是上班时刻；下班时段可以不写，不限多晚。")
    ] = None
    start_inclusive: Annotated[bool, meta("含起点", "正好在起点打卡的也算在时段内，写 true。")] = True
    end_inclusive: Annotated[bool, meta("含止点", "正好在止点打卡的也算在时段内，写 true。")] = True
    next_day: Annotated[
        bool, meta("在次日", "跨夜的班，下班时段在次日的写 true；end 要写：次日到几点为止的打卡算这一班。")
    ] = False
    days: Annotated[
        Literal["working_days", "weekdays", "rostered_days"],
        meta(
            "哪些天",
            "工作日按放假安排，调休上班的也算；不管放假安排的写 weekdays，请假的天数也就这样数；按班次上班的写 rostered_days，并写 shift。",
            labels={"working_days": "工作日", "weekdays": "星期一至星期五", "rostered_days": "排班的日子"},
        ),
    ]
    to_the_second: Annotated[bool, meta("计到秒", "写 true 的，打卡计到秒；不写的计到分。")] = False
    only_due: Annotated[
        bool,
        meta("只问迟到早退", "写 true 的，早于上班时段、晚于下班时段打卡的不算非正常。"),
    ] = False
    grace: Annotated[
        Length | None,
        meta("宽限", "上班时刻之后、下班时刻之前的这些分钟仍算正常；超过宽限的，自上班（下班）时刻起算。"),
        narrowed(value=Annotated[int, meta(minimum=1, maximum=240)], unit=Literal["分钟"]),
    ] = None
    season: Annotated[Season | None, meta("季节", "每年的哪一段，含首尾两日；可以跨年。")] = None
    weekdays: Annotated[
        tuple[Annotated[int, meta(minimum=1, maximum=7)], ...],
        meta("星期", "1 是星期一，7 是星期日；不写的，不分星期。", min_items=1),
    ] = ()
    groups: Annotated[tuple[Words, ...], meta("哪些人", "offices 里的角色标识；不写的，适用范围里的人都是。")] = ()
    shift: Annotated[Words | None, meta("班次", "shifts 里的标识；登记的排班（roster）写谁哪天上哪一班。")] = None

    def phrases(self, names: Names) -> dict[str, str]:
        """Adds ``window``: 08:00 至 09:00; 08:30以前."""
        return {**super().phrases(names), "window": self._window()}

    def _window(self) -> str:
        day, left_out = "次日" if self.next_day else "", self.left_out.zh
        if self.start and self.end:
            return f"{day}{self.start} 至 {self.end}{left_out}"
        return f"{day}{self.end}以前{left_out}" if self.end else f"{day}{self.start}以后{left_out}"

    @property
    def left_out(self) -> Text:
        """Which of its ends do not belong to it, in brackets; empty where both do."""
        ends = [(self.start, self.start_inclusive), (self.end, self.end_inclusive)]
        own = [end for end, inclusive in ends if end and not inclusive]
        return Text(f"（不含{'、'.join(own)}）", f" (without {' and '.join(own)})") if own else Text("", "")


class Evidence(AttendanceNorm, frozen=True, tag="evidence"):
    """Records that prove attendance; with ``any_breach`` a breach in one of them is a breach."""

    about = meta("考勤依据", "凭什么算到岗。没有这一条的，不判断打卡。any_breach 是几样记录里有一样缺了就算缺。")

    sources: Annotated[
        tuple[Words, ...],
        meta("依据", "哪些记录是考勤的依据，papers 里的标识；值班日志的标识是 duty_log，也写进 papers。"),
    ]
    any_breach: Annotated[bool, meta("任一有违纪即按违纪", "几种记录里有一种显示违纪，就按违纪；写 true。")] = False
    approved_by: Annotated[dict[str, str], meta("须经谁批准", "依据对应机关。")] = msgspec.field(default_factory=dict)


class Cover(AttendanceNorm, frozen=True, tag="cover"):
    """How many must be at a window, and when a substitute must stand in (length of leave, staff of the window)."""

    about = meta("在岗与代岗", "窗口至少几人在岗，请多长的假、窗口几人时要派人代岗。")

    minimum: Annotated[int | None, meta("最少在岗人数", "窗口上最少要有几个人在岗。", minimum=0)] = None
    substitute: Annotated[bool, meta("是否须代岗", "达到下面长短的，要不要有人代岗。")] = False
    leave_length: Annotated[Bounds | None, meta("请假长度", "请假达到多长的，要有人代岗。")] = None
    staff: Annotated[Bounds | None, meta("窗口人数", "窗口值班多少人的，适用这一条。")] = None
    before_leaving: Annotated[bool, meta("代岗人员派出后方可离开", "要等代岗的人到了才能离开的，写 true。")] = False


class LeaveApproval(AttendanceNorm, frozen=True, tag="leave_approval"):
    """Who approves a leave of these kinds (or of this length), in which form, and where it is filed.

    ``stands_in``: for groups without a leader, who approves. ``consent_by``: who consents, where the text does not say.
    Of sudden illness: ``report_or`` may be told as well as ``report_to``; ``suffices``: the report is all that is asked;
    ``after_report``: once it was reported (or a leader was told) the formalities may follow.
    """

    about = meta(
        "请假审批", "哪种假、多长的假、哪类人的假，由谁批，用什么形式，事前还是事后。按长短分的几档要首尾相接。"
    )

    leave: Annotated[tuple[Words, ...], meta("假别", "管哪几种假，leave_kinds 里的标识；不写的，各种假都管。")] = ()
    length: Annotated[Bounds | None, meta("长度", "请假长短落在这里的，适用这一条；不写的不限。")] = None
    groups: Annotated[tuple[Words, ...], meta("人员", "管哪些人员，offices 里的标识；不写的，不分人员。")] = ()
    approver: Annotated[Words | None, meta("批准人", "offices 里的角色标识。")] = None
    deputy: Annotated[Words | None, meta("批准人不在时", "offices 里的角色标识。")] = None
    report_to: Annotated[Words | None, meta("报告谁", "offices 里的角色标识。")] = None
    form: Annotated[
        Literal["written", "oral_or_phone", "report"] | None,
        meta("形式", "以什么形式请假。", labels={"written": "书面", "oral_or_phone": "当面或电话", "report": "报告"}),
    ] = None
    in_advance: Annotated[bool, meta("须事前", "要先批准、后离岗的，写 true。")] = False
    unit_consent: Annotated[bool, meta("须单位签署同意", "要所在单位先签署同意的，写 true。")] = False
    filed_with: Annotated[Words | None, meta("报谁备案", "offices 里的角色标识。")] = None
    proofs: Annotated[tuple[Words, ...], meta("证明", "要交哪些证明，papers 里的标识。")] = ()
    conditions: Annotated[tuple[Words, ...], meta("条件", "什么情形下请，几个字一项，供阅读。")] = ()
    stands_in: Annotated[
        dict[str, str], meta("对哪类人员由谁代", "没有上面所写的批准人的人员类别：人员类别对应 offices 里的角色标识。")
    ] = msgspec.field(default_factory=dict)
    consent_by: Annotated[
        Words | None, meta("由谁同意", "条文说经同意而没有写由谁的，按口径由谁；写批准人的不写。")
    ] = None
    report_or: Annotated[Words | None, meta("或报告谁", "offices 里的角色标识。")] = None
    suffices: Annotated[bool, meta("报告就是手续", "形式是报告的：写 true 的，突发疾病报告了就不用再请假。")] = False
    after_report: Annotated[
        bool, meta("报告后可以补办", "写 true 的，突发疾病报告了、或打过电话的，随后补办，不要求事前。")
    ] = False


class Quota(AttendanceNorm, frozen=True, tag="quota"):
    """The most of a leave in a period: so many ``unit`` (days of its kind, or 次) per person and ``per``, in pieces of these sizes.

    ``also_counted``: kinds that count too. ``entitlement``: it is what one may have, and no limit.
    """

    about = meta(
        "额度", "一种假在一个月、一季度、一年或一次里最多多少。单位要和这种假的计算单位一致（工作日或天），或者写次。"
    )

    of: Annotated[Words, meta("什么的额度", "哪些假合起来算额度，leave_kinds 里的标识。")]
    at_most: Annotated[Number, meta("最多", "最多请多少；单位见 unit。"), NOUGHT]
    unit: Annotated[
        str,
        meta(
            "单位",
            "假按它自己的天数（leave_kinds 的 unit）计；写 次 的，数请了几次。",
            labels={"天": "天", "工作日": "工作日", "次": "次"},
        ),
    ]
    per: Annotated[
        Literal["person_month", "person_quarter", "person_year", "each_leave"],
        meta(
            "每",
            "额度按谁、按多长时间算。",
            labels={
                "person_month": "每人每月",
                "person_quarter": "每人每季度",
                "person_year": "每人每年",
                "each_leave": "每次",
            },
        ),
    ]
    pieces: Annotated[
        tuple[Annotated[Number, meta("长度")], ...], meta("可分成", "一次只能请这么长，例如 0.5、1。")
    ] = ()
    reasons: Annotated[tuple[Words, ...], meta("事由", "因为什么可以请，几个字一项，供阅读。")] = ()
    also_counted: Annotated[tuple[Words, ...], meta("一并计入的假", "这些假也计入额度；leave_kinds 里的标识。")] = ()
    entitlement: Annotated[bool, meta("是待遇", "写 true 的，是可以享有的，不是上限。")] = False
    groups: Annotated[tuple[Words, ...], meta("人员", "offices 里的角色标识。")] = ()


class WorkingTime(AttendanceNorm, frozen=True, tag="working_time"):
    """How long one must work on a day (flexible hours): from the first arrival to the last departure, less ``pause``.

    What lies before ``not_before`` or beyond ``not_after`` does not count. It holds on ``weekdays`` (1 is Monday), for
    ``groups``, for those who work a ``shift``; where nothing is said, always and for everybody.
    """

    about = meta(
        "每日工时",
        "弹性工时：一天从到岗到离岗，扣去中间休息，要满多久；not_before 以前、not_after 以后的不计。和核心时间的打卡时段可以同时用。",
    )

    at_least: Annotated[
        Length,
        meta("至少", "第一次上班打卡到最后一次下班打卡，扣去休息，至少多久。"),
        narrowed(value=Annotated[int, meta("数", minimum=1, maximum=1440)], unit=Literal["小时", "分钟"]),
    ]
    pause: Annotated[
        Length | None,
        meta("扣去的休息", "不计入工时的休息，如午休。"),
        narrowed(value=Annotated[int, meta("数", minimum=1, maximum=1440)], unit=Literal["小时", "分钟"]),
    ] = None
    not_before: Annotated[ClockTime | None, meta("早到从几点计", "更早打卡的，工时也从这一刻起计。")] = None
    not_after: Annotated[ClockTime | None, meta("晚走计到几点", "更晚打卡的，工时只计到这一刻。")] = None
    weekdays: Annotated[
        tuple[Annotated[int, meta(minimum=1, maximum=7)], ...],
        meta("星期", "1 是星期一，7 是星期日；不写的，不分星期。", min_items=1),
    ] = ()
    shift: Annotated[Words | None, meta("班次", "shifts 里的标识；登记的排班（roster）写谁哪天上哪一班。")] = None
    groups: Annotated[tuple[Words, ...], meta("哪些人", "offices 里的角色标识；不写的，适用范围里的人都是。")] = ()


class LatenessWeight(AttendanceNorm, frozen=True, tag="lateness_weight"):
    """What lateness (or leaving early, or ``short_hours``) of so many minutes weighs: ``times``, days of absence; not where it was explained, if so said."""

    about = meta("迟到早退的计次", "迟到、早退、工时不足多少分钟的，计几次，或按旷工几天。各档要首尾相接。")
    holds = any_of("times", "absence_days")

    of: Annotated[
        tuple[Annotated[str, meta(labels={"late": "迟到", "early_leaving": "早退", "short_hours": "工时不足"})], ...],
        meta("什么", "管迟到、早退，还是工时不足。", min_items=1),
    ]
    length: Annotated[
        Bounds, meta("分钟数", "从上班（下班）时刻算起的分钟数，单位写 分钟。"), narrowed(unit=Literal["分钟"])
    ]
    times: Annotated[Quantity, meta("计几次", "落在这个长短里的，一次计几次。"), NOUGHT] = Decimal(0)
    absence_days: Annotated[Quantity, meta("按旷工几天", "落在这个长短里的，一次按旷工几天计。"), NOUGHT] = Decimal(0)
    unless_explained: Annotated[bool, meta("已说明的不计", "已说明并录入的不计次。")] = False
    groups: Annotated[tuple[Words, ...], meta("人员", "offices 里的角色标识。")] = ()


class Conversion(AttendanceNorm, frozen=True, tag="conversion"):
    """Every so many times of lateness in a month are so many ``days`` of a leave."""

    about = meta("折算", "一个月内每多少次，折成哪种假几天。次数由“迟到早退的计次”而来。")

    every: Annotated[
        Decimal,
        meta("每几次", "每满几次折一回。", pattern="^([1-9][0-9]{0,5})(\\.[0-9]{1,6})?$", minimum=1, format="quantity"),
    ]
    per: Annotated[
        Literal["month"], meta("在多长时间内", "次数在多长时间里累计，到期清零。", labels={"month": "一个月"})
    ]
    into: Annotated[Words, meta("折成什么假", "leave_kinds 里的标识。")]
    days: Annotated[Quantity, meta("折几天", "每回折成几天。")]
    groups: Annotated[tuple[Words, ...], meta("人员", "offices 里的角色标识。")] = ()


class Offset(AttendanceNorm, frozen=True, tag="offset"):
    """Days of one leave taken from the days of another, in this ratio.

    ``taken_off``: always, or until the provision yields to a higher rule (a relation of the version says since when), from
    when on the days are only recorded; or never.
    """

    about = meta("抵扣", "一种假从另一种假的天数里扣，按几比一。")

    leave: Annotated[Words, meta("哪种假", "请哪种假的天数要扣，leave_kinds 里的标识。")]
    taken_from: Annotated[Words, meta("从哪种假扣", "从哪种假的天数里扣，leave_kinds 里的标识。")]
    ratio: Annotated[Number, meta("比例", "请一天扣几天。")]
    taken_off: Annotated[
        Literal["always", "until_yielding", "never"],
        meta(
            "何时扣",
            "让位于上位规定的（relations 里 yields_to 的 since），可以自那天起只登记、不扣。",
            labels={"always": "都扣", "until_yielding": "让位以前扣，以后只登记", "never": "不扣"},
        ),
    ] = "always"


class Factor(AttendanceNorm, frozen=True, tag="factor"):
    """When the leave of a period becomes a factor of that period's assessment: the sum of ``of`` within ``bound``.

    ``periods``: whose quarters and years: the calendar's, those of the assessment, or those from the day on which it laid
    down its own. ``each_kind``: not the sum, but any one of the kinds. ``raw_punches``: lateness without leave counts as a time, too.
    """

    about = meta("考核因素", "一个月、季度、年里哪些假加起来到多少，就作为考核的因素。按次数还是按天数，写明。")

    of: Annotated[tuple[Words, ...], meta("哪些假", "哪些假累计起来看，leave_kinds 里的标识。")]
    counted: Annotated[
        Literal["times", "days"], meta("计次或计天", "累计的是次数还是天数。", labels={"times": "次", "days": "天"})
    ]
    per: Annotated[
        Literal["month", "quarter", "year"],
        meta("每", "在多长时间里累计。", labels={"month": "月", "quarter": "季度", "year": "年"}),
    ]
    bound: Annotated[Bounds, meta("界限", "累计落在这里的，列为考核的因素。")]
    each_kind: Annotated[bool, meta("各种假各计", "不加起来，哪一种自己到了界限都算；不写的加起来算。")] = False
    periods: Annotated[
        Literal["calendar", "assessment", "by_date"],
        meta(
            "哪种季度、年度",
            "考核另有起止的，按哪一种。",
            labels={"calendar": "公历", "assessment": "考核的", "by_date": "考核办法施行以前公历，以后考核的"},
        ),
    ] = "by_date"
    raw_punches: Annotated[bool, meta("未请假的也计", "按次数计的，没有请假的迟到、早退也各算一次。")] = False
    groups: Annotated[tuple[Words, ...], meta("人员", "管哪些人员，offices 里的标识；不写的，不分人员。")] = ()


class TieBreak(AttendanceNorm, frozen=True, tag="tie_break"):
    """How equal results are ranked: the first of ``prefer`` that tells them apart."""

    about = meta("并列", "考核并列时谁在前：依次看无假、少假。")

    prefer: Annotated[
        tuple[
            Annotated[
                Literal["no_leave", "less_leave"],
                meta("优先", labels={"no_leave": "无假的在前", "less_leave": "少假的在前"}),
            ],
            ...,
        ],
        meta("依次优先", "次序就是先后。", min_items=1),
    ]
