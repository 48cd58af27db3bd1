"""Kinds of norm about parallel approval and the work around it: targets, deadlines, counts, classes of case."""

import datetime
from typing import ClassVar, Literal

import msgspec

from banshi.law.norms.base import Norm
from banshi.law.norms.values import Bounds, Named, Names, Value, phrase


class ParallelNorm(Norm, frozen=True):
    """A norm of this subject."""

    subject: ClassVar[str] = "parallel"


class Among(Value, frozen=True):
    """Which cases a target speaks of: those that meet every condition that is stated.

    ``months``: of finishing, as YYYY-MM; ``flags``: flag → what a case must state.
    """

    parallel: bool | None = None
    departments: tuple[str, ...] = ()
    windows: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    months: tuple[str, ...] = ()
    flags: dict[str, bool] = msgspec.field(default_factory=dict)

    def phrase(self, names: Names) -> str:
        """并联审批的；部门：住建、社保."""
        said = [] if self.parallel is None else ["并联审批的" if self.parallel else "不是并联审批的"]
        lists = {"部门": self.departments, "窗口": self.windows, "事项": self.items, "办结月份": self.months}
        said += [f"{what}：{'、'.join(values)}" for what, values in lists.items() if values]
        said += [f"{'' if value else '非'}{names.get(flag, flag)}" for flag, value in self.flags.items()]
        return "；".join(said)


class Rounding(Value, frozen=True):
    """How a figure is rounded, in the unit of the bound, before it is compared."""

    digits: int
    mode: Literal["half_up", "up", "down"]

    def phrase(self, _names: Names) -> str:
        """两位小数（四舍五入）."""
        how = {"half_up": "四舍五入", "up": "进一", "down": "去尾"}[self.mode]
        return f"{self.digits}位小数（{how}）" if self.digits else f"整数（{how}）"


class Target(ParallelNorm, frozen=True, tag="target"):
    """A measure and where it should lie, for these cases; without ``bound`` the text gives no figure.

    ``system`` is the one to be used, where the measure is about its use. ``where``: which cases it speaks of. ``by``:
    each group of these is held to it (department, window, item, kind, month of finishing, or a flag). ``of``: what the
    rate is of, where that is not what the measure itself says. ``at_least_cases``: a month of fewer finished cases is
    not held to it alone; ``too_few`` says what is instead. ``each``: of promised limits, what an item must meet.
    """

    measure: str
    cases: tuple[str, ...] = ()
    bound: Bounds | None = None
    holds_from: datetime.date | None = None
    system: Named | None = None
    where: Among | None = None
    by: tuple[str, ...] = ()
    of: Literal["all", "finished", "evaluated"] | None = None
    rounding: Rounding | None = None
    zero_denominator: Literal["not_determined", "not_applicable", "full", "zero"] | None = None
    at_least_cases: int | None = None
    too_few: Literal["quarter", "not_determined"] = "not_determined"
    each: Bounds | None = None


class Deadline(ParallelNorm, frozen=True, tag="deadline"):
    """By when something must exist or be done."""

    what: str
    by: datetime.date
    inclusive: bool
    count: int | None = None

    def phrases(self, names: Names) -> dict[str, str]:
        """Adds ``limit``: 2011年12月31日以前（含当日）."""
        limit = f"{phrase(self.by, names)}以前（{'含' if self.inclusive else '不含'}当日）"
        return {**super().phrases(names), "limit": limit}


class Count(ParallelNorm, frozen=True, tag="count"):
    """How many of something there are; ``exact`` is False where the text says “mainly” or “and others”.

    ``named`` are those that the text calls by name. ``cases``: of which kinds of case this is said; empty: of all.
    """

    of: str
    value: int
    exact: bool
    named: tuple[str, ...] = ()
    cases: tuple[str, ...] = ()


class Classification(ParallelNorm, frozen=True, tag="classification"):
    """What makes a case one of a class: a measure within a bound."""

    of: str
    measure: str
    bound: Bounds
