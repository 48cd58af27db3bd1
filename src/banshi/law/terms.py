"""The words of an instrument: offices, tiers, papers, facts, kinds of leave and of case, each with its names."""

import datetime
from typing import Annotated, Literal

import msgspec

from banshi.files.described import Words, meta
from banshi.law.parts import VersionPart

# Tables of words that filings on changes write, and from which by themselves nothing is computed.
FILED_WORDS = ("change_types", "change_causes", "funding_sources", "attachment_kinds", "pause_reasons")
# Tables of what norms name by ids; where one id stands in several and nothing says which is meant, the last counts.
NAMED_BY_NORMS = (
    "case_flags",
    "facts",
    "leave_kinds",
    "shifts",
    *FILED_WORDS,
    "tiers",
    "criteria",
    "classes",
    "steps",
    "papers",
    "offices",
)


class Office(VersionPart, frozen=True):
    """A role: a body or party, how it is recognised in a form, and the project's key that names it.

    ``written``: other spellings in registers. Of people: ``leads_group``: it heads the group that somebody is in;
    ``everyone``: it means all of the staff.
    """

    name: Annotated[Words, meta("名称", "机关、单位或职务的名称。")]
    also: Annotated[tuple[Words, ...], meta("又称", "原文里的其他称呼。")] = ()
    field: Annotated[Words | None, meta("项目文件中的键", "项目文件里写它名称的键；报批表里的名称与它核对。")] = None
    recognised: Annotated[tuple[Words, ...], meta("意见栏应见的字样", "意见栏里有其中之一，就认作是它的意见。")] = ()
    name_by_level: Annotated[dict[str, str], meta("各级名称", "市、区县两级名称不同的，级别对应名称。")] = (
        msgspec.field(default_factory=dict)
    )
    written: Annotated[tuple[Words, ...], meta("登记里的其他写法", "登记、表格里也会这样写的名称。")] = ()
    leads_group: Annotated[bool, meta("带领一个小组", "各人所在小组由他带领。")] = False
    everyone: Annotated[bool, meta("所有人员", "指全体人员，不论类别。")] = False


class ProjectField(VersionPart, frozen=True):
    """What the file of a project holds besides what every project has: how it is called, and whether it must be written.

    ``since``: projects whose contract was signed before need not have it.
    """

    name: Annotated[Words, meta("名称", "这里怎么叫：表格的列名、消息里的名称。")]
    also: Annotated[tuple[Words, ...], meta("又称", "表格里也会这样写的列名。")] = ()
    required: Annotated[bool, meta("必填", "没有写就是错误的，写 true。")] = False
    since: Annotated[
        datetime.date | None, meta("自哪天起必填", "合同在这天以前签订的项目可以不写；不写的，一律必填。")
    ] = None


class Label(VersionPart, frozen=True):
    """A word of an instrument: its name in Chinese, in English where messages need it, and other spellings."""

    name: Annotated[Words, meta("名称", "印在页面、消息里的名称。")]
    name_en: Annotated[Words | None, meta("英文名称", "英文消息里用的名称。")] = None
    written: Annotated[tuple[Words, ...], meta("登记里的其他写法", "登记、表格里也会这样写的名称。")] = ()


class Paper(Label, frozen=True):
    """A paper, and the words that show it in a list of what was handed in."""

    recognised: Annotated[
        tuple[Annotated[Words, meta("字样")], ...],
        meta("认得出的字样", "填报的文字里有其中之一，就认作列明了这种材料。"),
    ] = ()


class LeaveKind(Label, frozen=True):
    """A kind of leave: counted in 工作日 or 天 (calendar days); ``short``: less than half a day unless a length is given.

    ``covers``: with a short leave of this kind one may come late (arrival) or go early (departure).
    """

    unit: Annotated[str, meta("按什么天数计", "不写的，按工作日。", labels={"工作日": "工作日", "天": "日历日"})] = (
        "工作日"
    )
    short: Annotated[bool, meta("不满半天", "晚到、早走、中途离开一类：没有申报天数的，不满半天。")] = False
    covers: Annotated[
        str | None,
        meta(
            "可以晚到或早走",
            "请了这种短假，上班（下班）不打卡、晚打卡（早打卡）不算非正常。",
            labels={"arrival": "晚到", "departure": "早走"},
        ),
    ] = None


class StaffGroup(Label, frozen=True, kw_only=True):
    """A group of the people on a register; ``at_windows``: they serve windows."""

    at_windows: Annotated[bool, meta("在窗口上班", "这一类人员在窗口上班的写 true。")]


CountedMeasure = Literal[
    "on_site_rate",
    "on_time_rate",
    "satisfaction_rate",
    "recorded_rate",
    "online_rate",
    "overdue_cases",
    "poor_ratings_unanswered",
]


class Counted(VersionPart, frozen=True):
    """What of a case log makes a fact: a measure, of all cases or of those ``among``."""

    measure: Annotated[
        CountedMeasure,
        meta(
            "指标",
            "办件登记的哪个指标。",
            labels={
                "on_site_rate": "现场办结率",
                "on_time_rate": "按时办结率",
                "satisfaction_rate": "满意率",
                "recorded_rate": "录入率",
                "online_rate": "网办率",
                "overdue_cases": "超期件数",
                "poor_ratings_unanswered": "没有按时回复的差评件数",
            },
        ),
    ]
    among: Annotated[
        Literal["all", "parallel", "online"],
        meta(
            "哪些办件",
            "不写的，是全部办件。",
            labels={"all": "全部办件", "parallel": "并联审批的", "online": "网上办理的"},
        ),
    ] = "all"


class Measure(VersionPart, frozen=True):
    """What a fact or measure that norms speak of is called, what it is counted in, and what it is to a computation.

    ``role``: what it tells besides its own rule, for example that it counts the cases that were late. ``from_log``: how
    a case log tells it.
    """

    name: Annotated[Words, meta("名称", "印在页面、消息里的名称。")]
    unit: Annotated[Words, meta("单位", "按什么计，例如 件、次、%。")] = ""
    role: Annotated[
        str,
        meta(
            "作用",
            "除了本条规定以外，还和别的数有关的事实写明作用：超期件要逐件列出，考勤人次可以由登记补上，等等。",
            labels={
                "overdue": "超期件",
                "overdue_parallel": "并联审批的超期件",
                "overdue_online": "网上办理的超期件",
                "attendance_breaches": "考勤登记数得出的人次",
                "time_saved": "由各事项时限算出的精简比例",
                "finished_on_site": "现场办结的比率",
                "finished_on_time": "按时办结的比率",
            },
        ),
    ] = ""
    from_log: Annotated[Counted | None, meta("由办件登记算", "办件登记算得出的事实：是哪个指标，哪些办件的。")] = None


class CaseWord(VersionPart, frozen=True):
    """A value that a case log may state (a kind, a system, an evaluation …), with its names."""

    name: Annotated[Words, meta("名称", "登记里写的名称。")]
    name_en: Annotated[Words | None, meta("英文名称", "英文消息里用的名称。")] = None
    also: Annotated[tuple[Words, ...], meta("又称", "登记里也可以这样写。")] = ()


class Evaluation(CaseWord, frozen=True, kw_only=True):
    """An evaluation; ``good``: it counts as satisfied."""

    good: Annotated[bool, meta("是否算满意", "这种评价算满意的写 true。")]


class CaseFlag(CaseWord, frozen=True):
    """A flag of a case; ``of``: only cases of this kind have it."""

    of: Annotated[Words | None, meta("哪一类别才有", "case_kinds 里的标识。")] = None


class CaseClass(CaseWord, frozen=True):
    """Cases of a kind (``of``) that have a ``flag``, or those of the projects on the log's list (``listed_projects``)."""

    of: Annotated[Words | None, meta("哪一类别", "case_kinds 里的标识。")] = None
    flag: Annotated[Words | None, meta("有哪一标记", "case_flags 里的标识。")] = None
    listed_projects: Annotated[bool, meta("是否名单里项目的办件", "登记的 signed_projects 里各项目的办件。")] = False
