"""Kinds of norm about parallel approval and the work around it: targets, deadlines, counts, classes of case."""

import datetime
from typing import Annotated, ClassVar, Literal

import msgspec

from banshi.files.described import Words, holding, meta
from banshi.law.norms.base import Norm
from banshi.law.norms.values import Bounds, Named, Names, Value, called, phrase


class ParallelNorm(Norm, frozen=True):
    """A norm of this subject."""

    subject: ClassVar[str] = "parallel"


class Among(Value, frozen=True):
    """Which cases a target speaks of: those that meet every condition that is stated.

    ``months``: of finishing, as YYYY-MM; ``flags``: flag → what a case must state.
    """

    holds = holding(min_properties=1)

    parallel: Annotated[bool | None, meta("是否并联", "只看并联的办件写 true，只看不并联的写 false。")] = None
    departments: Annotated[tuple[Words, ...], meta("部门", "登记里的部门名称。")] = ()
    windows: Annotated[tuple[Words, ...], meta("窗口", "登记里的窗口。")] = ()
    items: Annotated[tuple[Words, ...], meta("事项", "登记里的事项名称。")] = ()
    months: Annotated[
        tuple[Annotated[str, meta(pattern="^(19|20|21)[0-9]{2}-(0[1-9]|1[0-2])$", example="2026-03")], ...],
        meta("办结月份", "只看这些月份办结的件，写 YYYY-MM。"),
    ] = ()
    flags: Annotated[dict[str, Annotated[bool, meta("是或否")]], meta("标记", "case_flags 里的标识对应是或否。")] = (
        msgspec.field(default_factory=dict)
    )

    def phrase(self, names: Names) -> str:
        """并联审批的；部门：住建、社保."""
        said = [] if self.parallel is None else ["并联审批的" if self.parallel else "不是并联审批的"]
        lists = {"部门": self.departments, "窗口": self.windows, "事项": self.items, "办结月份": self.months}
        said += [f"{what}：{'、'.join(values)}" for what, values in lists.items() if values]
        said += [f"{'' if value else '非'}{called(names, 'case_flags', flag)}" for flag, value in self.flags.items()]
        return "；".join(said)


class Rounding(Value, frozen=True):
    """How a figure is rounded, in the unit of the bound, before it is compared."""

    digits: Annotated[int, meta("小数位数", "取几位小数，按界限的单位。", minimum=0, maximum=6)]
    mode: Annotated[
        Literal["half_up", "up", "down"],
        meta("怎样取", "多出的小数怎样办。", labels={"half_up": "四舍五入", "up": "进一", "down": "去尾"}),
    ]

    def phrase(self, _names: Names) -> str:
        """两位小数（四舍五入）."""
        how = {"half_up": "四舍五入", "up": "进一", "down": "去尾"}[self.mode]
        return f"{self.digits}位小数（{how}）" if self.digits else f"整数（{how}）"


class Target(ParallelNorm, frozen=True, tag="target"):
    """A measure and where it should lie, for these cases; without ``bound`` the text gives no figure.

    ``system`` is the one to be used, where the measure is about its use. ``where``: which cases it speaks of. ``by``:
    each group of these is held to it (department, window, item, kind, month of finishing, or a flag). ``of``: what the
    rate is of, where that is not what the measure itself says. ``at_least_cases``: a month of fewer finished cases is
    not held to it alone; ``too_few`` says what is instead. ``against``: late is what exceeds the promised limit (where
    there is one), or the statutory one alone. ``each``: of promised limits, what an item must meet.
    """

    about = meta(
        "指标",
        "办件要达到的指标：哪个量（measure），哪些办件（cases、where），每个部门、窗口、事项、月份各算（by），达到多少（bound），取几位小数，分母为零怎么办，件数太少怎么办。",
    )

    measure: Annotated[Words, meta("量什么", "考核哪个指标，写办件登记指标的标识或 facts 里的标识。")]
    cases: Annotated[
        tuple[Words, ...], meta("哪些办件", "只看这些类别的办件，case_kinds 里的标识；不写的，各类都看。")
    ] = ()
    bound: Annotated[Bounds | None, meta("要求", "指标应当落在哪里；原文没有数的不写。")] = None
    holds_from: Annotated[datetime.date | None, meta("自何时", "从哪天起考核；不写的，从施行之日起。")] = None
    system: Annotated[Named | None, meta("使用的系统", "指标是看用不用某个系统的，写那个系统。")] = None
    where: Annotated[Among | None, meta("只看哪些办件", "写了的条件都要符合。")] = None
    by: Annotated[
        tuple[Words, ...],
        meta(
            "分别看",
            "按什么分开，各自要达到：department 部门、window 窗口、item 事项、kind 类别、month 办结月份，或 case_flags 里的标识。",
        ),
    ] = ()
    of: Annotated[
        Literal["all", "finished", "evaluated"] | None,
        meta(
            "占什么",
            "比率的分母；不写的照指标本身。",
            labels={"all": "全部办件", "finished": "办结的", "evaluated": "办结且有评价的"},
        ),
    ] = None
    rounding: Annotated[Rounding | None, meta("取整", "比较以前按要求的单位取整；不写的不取整。")] = None
    zero_denominator: Annotated[
        Literal["not_determined", "not_applicable", "full", "zero"] | None,
        meta(
            "没有可计的件",
            "分母为零时怎么算；不写的不能判定。",
            labels={"not_determined": "不能判定", "not_applicable": "不适用", "full": "视为达到", "zero": "视为未达到"},
        ),
    ] = None
    at_least_cases: Annotated[
        int | None, meta("每月至少多少件", "按月份分开时，办结不到这么多件的月份不单独判定。", minimum=1)
    ] = None
    too_few: Annotated[
        Literal["quarter", "not_determined"],
        meta(
            "不够的月份",
            "办结不到规定件数的月份怎么办；不写的不能判定。",
            labels={"quarter": "看整个季度", "not_determined": "不能判定"},
        ),
    ] = "not_determined"
    against: Annotated[
        Literal["promised", "statutory"],
        meta(
            "超期比哪个时限",
            "超期件、按时办结率：有承诺时限的比承诺时限，还是只比法定时限。",
            labels={"promised": "承诺时限", "statutory": "法定时限"},
        ),
    ] = "promised"
    each: Annotated[Bounds | None, meta("每个事项", "承诺时限占法定时限的比率（用于 promised_limits）。")] = None

    def speaks_of(self, kind: str) -> bool:
        """Whether cases of a kind are among those it speaks of: all, where it names none."""
        return not self.cases or kind in self.cases


class Deadline(ParallelNorm, frozen=True, tag="deadline"):
    """By when something must exist or be done."""

    about = meta("期限", "什么东西在哪一天以前要有；给人看的，没有文件说得出有没有，所以不判定。")

    what: Annotated[Words, meta("什么", "到那时要有什么、要做完什么。")]
    by: Annotated[datetime.date, meta("最迟", "最迟哪一天。")]
    inclusive: Annotated[bool, meta("是否含本数", "最后一天也算按时的，写 true。")]
    count: Annotated[int | None, meta("数量", "到那时要有几个。", minimum=1)] = None

    def phrases(self, names: Names) -> dict[str, str]:
        """Adds ``limit``: 2011年12月31日以前（含当日）."""
        limit = f"{phrase(self.by, names)}以前（{'含' if self.inclusive else '不含'}当日）"
        return {**super().phrases(names), "limit": limit}


class Count(ParallelNorm, frozen=True, tag="count"):
    """How many of something there are; ``exact`` is False where the text says “mainly” or “and others”.

    ``named`` are those that the text calls by name. ``cases``: of which kinds of case this is said; empty: of all.
    """

    about = meta("数目", "有几个什么；原文写“主要”“等”的，exact 写 false。")

    of: Annotated[Words, meta("什么", "数的是什么。")]
    value: Annotated[int, meta("数目", "一共几个。", minimum=1)]
    exact: Annotated[bool, meta("是否确数", "正好这么多的写 true；“主要有”“等”一类的写 false。")]
    named: Annotated[tuple[Words, ...], meta("点名的", "原文点了名的各个：写名称里认得出它的字。")] = ()
    cases: Annotated[
        tuple[Words, ...], meta("哪些办件", "case_kinds 里的标识：只对这些类别的目录；不写的对各类。")
    ] = ()


class Classification(ParallelNorm, frozen=True, tag="classification"):
    """What makes a case one of a class: a measure within a bound."""

    about = meta("归类", "什么样的办件归入哪一类：一个量在什么范围里。")

    of: Annotated[Words, meta("哪一类", "归入的是哪一类，case_kinds 里的标识。")]
    measure: Annotated[Words, meta("量什么", "按什么归类，例如 departments（涉及的部门数）。")]
    bound: Annotated[Bounds, meta("界限", "落在这里的归入这一类。")]
