"""Files of scenarios as typed values; field by field what ``scenario.schema.json`` describes."""

import datetime
from typing import Annotated, Any

import msgspec

from banshi.files.described import FreeText, Place, PunchTime, Quantity, holding, meta
from banshi.subjects.change.figures import Figures

SUBJECT = "scenario"
OPEN = "不能判定"


class Due(msgspec.Struct, frozen=True, kw_only=True):
    """A step (name or id), and the days from which its limit is counted."""

    step: Annotated[FreeText, meta("环节", "名称或标识。")]
    complete_on: Annotated[datetime.date, meta("资料齐备日", "资料齐备的那一天。")]
    received_on: Annotated[datetime.date | None, meta("收件日", "收到材料的那一天；时限从这一天起算的才要。")] = None
    accepted_on: Annotated[datetime.date | None, meta("接受日", "受理或接受的那一天。")] = None
    major: Annotated[bool, meta("重大设计变更", "是重大设计变更写 true。")] = False


class Publicity(msgspec.Struct, frozen=True, kw_only=True):
    """Since when a change is public, and of which tier it is (name or id), where that matters."""

    started_on: Annotated[datetime.date, meta("公示开始日", "开始公示的那一天。")]
    tier: Annotated[FreeText | None, meta("档次", "哪一档的变更（各档公示期不同时）；名称或标识。")] = None


class Attendance(msgspec.Struct, frozen=True, kw_only=True):
    """Some days of one person: punches (HH:MM) and shifts by day; leave, notes and duty log as in a register.

    ``on_duty``: how many serve the person's window; None: the person serves none.
    """

    group: Annotated[FreeText, meta("人员类别", "规定里（staff_groups、offices）的名称或标识。")]
    on_duty: Annotated[
        int | None, meta("窗口值班人数", "所在窗口有几人值班；不在窗口的不写。", minimum=1, maximum=999)
    ] = None
    punches: Annotated[
        dict[
            datetime.date,
            Annotated[
                tuple[Annotated[PunchTime, meta(description="HH:MM。")], ...], meta("时刻", "当天的打卡时刻，HH:MM。")
            ],
        ],
        meta("打卡", "日期对应当天的打卡时刻；没有打卡的写空列表。"),
    ] = {}
    shifts: Annotated[
        dict[datetime.date, Annotated[FreeText, meta("班次", "规定里（shifts）的名称或标识。")]],
        meta("班次", "日期对应当天的班次（名称或标识）。"),
    ] = {}
    leave: Annotated[
        tuple[Annotated[dict[str, Any], meta(description="写标识，也可以写登记表的列名和选项的名称。")], ...],
        meta("请假", "一项一次请假，写法同考勤登记，不写人员。"),
    ] = ()
    notes: Annotated[
        tuple[Annotated[dict[str, Any], meta("登记", "写标识，也可以写登记表的列名和选项的名称。")], ...],
        meta("说明登记", "写法同考勤登记，不写人员。"),
    ] = ()
    duty_log: Annotated[
        tuple[Annotated[dict[str, Any], meta(description="写标识，也可以写登记表的列名和选项的名称。")], ...],
        meta("值班日志", "写法同考勤登记，不写人员。"),
    ] = ()


class Assessment(msgspec.Struct, frozen=True, kw_only=True):
    """One window in a period: of the ``windows`` that stand here, or of ``files`` of facts (shorter periods too).

    ``window``: its id or name; may be left out where there is one only.
    """

    period: Annotated[FreeText, meta("考核期", "写法同考核文件：2026-03、2026-Q1、2026-H1、2026。")]
    window: Annotated[FreeText | None, meta("看哪一个窗口", "编号或名称；只有一个窗口的可以不写。")] = None
    windows: Annotated[
        tuple[Annotated[dict[str, Any], meta(description="写标识，也可以写登记表的列名和选项的名称。")], ...],
        meta("窗口", "一项一个窗口，写法同考核文件；编号、名称可以不写，事实和小项可以写名称。"),
    ] = ()
    files: Annotated[
        tuple[Annotated[FreeText, meta("文件", "相对路径。")], ...],
        meta("考核文件", "写有事实的文件，相对本文件所在的文件夹；由几期合成的，各期的文件都写上。"),
    ] = ()


class Cases(msgspec.Struct, frozen=True, kw_only=True):
    """A case log: ``rows`` (each with ``times``, how many such there are), or the ``file`` of one."""

    as_of: Annotated[datetime.date | None, meta("统计截止日", "默认取最后的受理、办结日。")] = None
    level: Annotated[
        str | None, meta("级别", "city 市，county 区、县；默认看辖区。", labels={"city": "市", "county": "区、县"})
    ] = None
    departments: Annotated[
        tuple[Annotated[FreeText, meta(description="部门的名称。")], ...] | None,
        meta("部门", "中心的各部门；没有办件的部门不能判定。"),
    ] = None
    signed_projects: Annotated[
        tuple[Annotated[dict[str, Any], meta(description="写标识，也可以写登记表的列名和选项的名称。")], ...] | None,
        meta("签约项目", "写法同办件登记。"),
    ] = None
    rows: Annotated[
        tuple[Annotated[dict[str, Any], meta(description="写标识，也可以写登记表的列名和选项的名称。")], ...],
        meta("办件", "一项一行，写法同办件登记；同样的有几件，写 times（件数）。"),
    ] = ()
    file: Annotated[FreeText | None, meta("办件登记的位置", "相对本文件所在的文件夹。")] = None


class TargetExpected(msgspec.Struct, frozen=True, kw_only=True):
    """A target (id or what it measures) in one of its groups: its verdict, its figure, or both."""

    target: Annotated[FreeText, meta("指标", "标识，或算什么的名称，如 满意率。")]
    group: Annotated[FreeText | None, meta("哪一组", "如 住建、2026-03。")] = None
    verdict: Annotated[
        str | None,
        meta(
            "判定",
            "达到、未达到、软目标未达到（提示）、不适用、不能判定。",
            enum=["达到", "未达到", "软目标未达到（提示）", "不适用", "不能判定"],
        ),
    ] = None
    value: Annotated[Any, meta("数值", "如 97.50%；件数写数。", type=["string", "integer"])] = None


class Expected(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What should come of the facts; which keys may stand there, and what each means, the schema says."""

    holds = holding(min_properties=1)

    tier: Annotated[FreeText | None, meta("应走的档次", "名称或标识；应当判定不了的，写 不能判定。")] = None
    until: Annotated[FreeText | None, meta("截止日", "YYYY-MM-DD；应当判定不了的，写 不能判定。")] = None
    findings: Annotated[
        tuple[Annotated[FreeText, meta("规则标识", "如 change/tier-matches-amount。")], ...] | None,
        meta("应有的问题", "规则标识，恰好这些；没有问题的写空列表。", unique_items=True),
    ] = None
    verdict: Annotated[
        tuple[Annotated[FreeText, meta("判定", "正常、迟到、早退、时段外登录、上班缺打卡、全天无打卡、请假等。")], ...]
        | None,
        meta("考勤应判为", "各处非正常，先后为序；都正常的写 [正常]；判定不了的写 [不能判定]。"),
    ] = None
    outcome: Annotated[
        tuple[Annotated[FreeText, meta("处理", "已说明并录入、待说明、可能旷工，由中心决定、违纪记录。")], ...] | None,
        meta("应怎样处理", "和各处非正常一一对应。"),
    ] = None
    minutes: Annotated[int | None, meta("迟到早退的分钟", "迟到、早退分钟的合计。", minimum=0, maximum=99999)] = None
    times: Annotated[Quantity | None, meta("折算的次数", "迟到早退折算的次数。")] = None
    absence_days: Annotated[Quantity | None, meta("旷工的天数", "迟到早退折算的旷工天数。")] = None
    converted: Annotated[
        dict[str, Annotated[Quantity, meta("天数", "折算的天数。")]] | None,
        meta("折算的假", "假别对应天数；没有的写 {}。"),
    ] = None
    approver: Annotated[FreeText | None, meta("批准人", "请假应由谁批准：名称或标识。")] = None
    days: Annotated[Quantity | None, meta("请假天数", "按规定计的天数。")] = None
    lacks: Annotated[
        tuple[Annotated[FreeText, meta("缺", "如 批准人、备案处。")], ...] | None,
        meta("请假还缺", "缺的列名；手续齐全的写空列表。"),
    ] = None
    score: Annotated[
        Any,
        meta(
            "得分",
            "这一期的得分；应当判定不了的，写 不能判定。",
            type=["integer", "string"],
            pattern="^(-?(0|[1-9][0-9]*)(\\.[0-9]+)?|不能判定)$",
        ),
    ] = None
    marks: Annotated[
        dict[
            str,
            Annotated[
                Any,
                meta(
                    "得分",
                    "这个小项的得分。",
                    type=["integer", "string"],
                    pattern="^(-?(0|[1-9][0-9]*)(\\.[0-9]+)?|不能判定)$",
                ),
            ],
        ]
        | None,
        meta("小项得分", "小项的标识（或只有一个小项的条的名称）对应得分。"),
    ] = None
    bonus: Annotated[
        Any,
        meta("加分", "加分合计。", type=["integer", "string"], pattern="^(-?(0|[1-9][0-9]*)(\\.[0-9]+)?|不能判定)$"),
    ] = None
    deductions: Annotated[
        Any,
        meta("减分", "减分合计。", type=["integer", "string"], pattern="^(-?(0|[1-9][0-9]*)(\\.[0-9]+)?|不能判定)$"),
    ] = None
    grade: Annotated[FreeText | None, meta("等次", "等次的名称；没有等次的写 没有等次。")] = None
    place: Annotated[
        Any,
        meta(
            "名次",
            "第几名；不排名的写 不排名。",
            type=["integer", "string"],
            minimum=1,
            pattern="^([1-9][0-9]*|不排名)$",
        ),
    ] = None
    targets: Annotated[
        tuple[Annotated[TargetExpected, meta(description="一项指标，分组的写明哪一组。")], ...] | None,
        meta("指标", "应达到、未达到的指标。", min_items=1),
    ] = None

    @property
    def given(self) -> list[str]:
        """The keys that are given."""
        return [key for key in self.__struct_fields__ if getattr(self, key) is not None]


class Scenario(msgspec.Struct, frozen=True, kw_only=True):
    """One case: exactly one of ``FACTS`` holds its facts."""

    name: Annotated[FreeText, meta("名称", "这个情景说明什么。")]
    on: Annotated[datetime.date | None, meta("日期", "按这一天的规定（申报日）；报批表按这一天为今天来查。")] = None
    tier: Annotated[Figures | None, meta("档次的数字", "判定审批档次要的数字，按元写；没有写的按其余的推出。")] = None
    due: Annotated[Due | None, meta("环节的日期", "推算一个环节的办结期限要的日期。")] = None
    publicity: Annotated[Publicity | None, meta("公示的日期", "推算公示截止日要的日期。")] = None
    filing: Annotated[dict[str, Any] | None, meta("报批台账", "写在这里的一份台账（kind: ledger），按报批表来查。")] = (
        None
    )
    file: Annotated[FreeText | None, meta("报批表的位置", "报批表、台账或项目文件夹，相对本文件所在的文件夹。")] = None
    attendance: Annotated[
        Attendance | None, meta("考勤的事实", "一个人几天的打卡、请假，按只有他一人的登记来判断。")
    ] = None
    assessment: Annotated[Assessment | None, meta("考核的事实", "一个窗口一期的事实，或写有事实的文件。")] = None
    cases: Annotated[Cases | None, meta("办件的事实", "几行办件，或办件登记的文件。")] = None
    expect: Annotated[Expected, meta("应得的结果", "按事实的种类写；写了的才比较。")]

    @property
    def given(self) -> list[str]:
        """The sorts of facts that are given."""
        return [key for key in FACTS if getattr(self, key) is not None]


# What the facts of a scenario may be, and under which keys their outcome is expected.
FACTS: dict[str, tuple[str, ...]] = {
    "tier": ("tier",),
    "due": ("until",),
    "publicity": ("until",),
    "filing": ("findings",),
    "file": ("findings",),
    "attendance": (
        "verdict", "outcome", "minutes", "times", "absence_days", "converted", "approver", "days", "lacks",
    ),
    "assessment": ("score", "marks", "bonus", "deductions", "grade", "place"),
    "cases": ("targets",),
}  # fmt: skip


class Scenarios(msgspec.Struct, frozen=True, kw_only=True):
    """A file of scenarios, of one jurisdiction; ``of`` (``about`` in the file): the instrument on whose guides they are shown.

    ``guides``: only on these of them, by id; none named: on all.
    """

    about = meta("情景", "给出事实和应得的结果；banshi test 按现在的规定试算，不一样的写明为什么。")

    kind: Annotated[str, meta("种类", "固定写 scenario。", const="scenario")]
    fictional: Annotated[bool, meta("虚构", "事实是编的，写 true。")] = False
    jurisdiction: Annotated[Place, meta("辖区", "按哪个辖区的规定。")]
    of: Annotated[Place | None, meta("关于哪个文件", "文件标识：辖区/名称；情景印在这个文件的指南上。")] = (
        msgspec.field(default=None, name="about")
    )
    guides: Annotated[
        tuple[Annotated[FreeText, meta("指南标识", "指南的 id。")], ...],
        meta("印在哪些指南上", "指南的标识；不写的，印在这个文件的每一个指南上。", min_items=1),
    ] = ()
    scenarios: Annotated[
        tuple[Annotated[Scenario, meta("情景", "一组事实和应得的结果。")], ...],
        meta("各个情景", "一项一个情景。", min_items=1),
    ]
