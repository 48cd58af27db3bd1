"""Does an entered bonus or deduction meet what its norm asks: by whom, of which level, when, how often, verified?

A bonus may be given and must be shown, so what is not stated does not count. A deduction must be made, so what is not
stated leaves it open; but what a norm wants verified first moves no points, either way, until it is.
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from banshi.base.text import Text, listed
from banshi.law.decisions import Reason
from banshi.law.instruments import Placed
from banshi.law.norms import Adjustment, RateBonus
from banshi.law.working_days import UndeterminedYear
from banshi.subjects.assessment.context import Context
from banshi.subjects.assessment.forms import Bonus, Deduction

_LEVELS = ("county", "city", "province", "nation")


class Test(NamedTuple):
    """A condition: met, not met, or (None) not stated."""

    met: bool | None
    reason: Reason


def unmet(entered: Bonus | Deduction, placed: Placed[Adjustment], context: Context) -> list[Test]:
    """Every condition that is not met, or not known to be."""
    tests = [_in_quarter(entered, placed, context)]
    if placed.norm.asks_verification:
        tests.append(_verified(entered, placed, context))
    if not entered.analogy:
        tests += _conditions(entered, placed, context)
    if isinstance(entered, Bonus):
        tests += approval(entered.approved_on is not None, placed, asked=context.book.bonus_by_approval)
        tests = [test._replace(met=bool(test.met)) for test in tests]
    return [test for test in tests if not test.met]


def approval(approved: bool, placed: Placed[Adjustment] | Placed[RateBonus], *, asked: bool) -> Iterator[Test]:
    """A bonus needs a record of its approval where that is asked for."""
    if asked and not approved:
        yield _test(
            False, placed, "没有审定记录，不计；“可以加分”以审定为准", "no record of approval, so it does not count"
        )


def _conditions(entered: Bonus | Deduction, placed: Placed[Adjustment], context: Context) -> Iterator[Test]:
    norm = placed.norm
    if norm.by:
        yield _by(entered.by, norm.by, placed, context, ("由谁作出", "by whom"))
    if norm.level:
        yield _level(entered, placed)
    if norm.bound:
        yield _often(entered, placed)
    if norm.days:
        yield _on_days(entered, placed, context)
    if norm.after:
        yield _after(entered, placed)


def _test(met: bool | None, placed: Placed[Adjustment] | Placed[RateBonus], zh: str, en: str) -> Test:
    return Test(met, Reason(Text(zh, en), placed.cite))


def _in_quarter(entered: Bonus | Deduction, placed: Placed[Adjustment], context: Context) -> Test:
    quarter, day = context.period, entered.on
    zh = f"日期 {day} 不在 {quarter}（{context.first_day} 至 {quarter.end}）之内，不计"
    return _test(context.counts(day), placed, zh, f"{day} is not within {quarter}, so it does not count")


def _by(
    found: str | None, wanted: tuple[str, ...], placed: Placed[Adjustment], context: Context, what: tuple[str, str]
) -> Test:
    names = listed(context.book.name(role) for role in wanted)
    if found is None:
        return _test(None, placed, f"没有写明{what[0]}（应是{names}）", f"it is not stated {what[1]}")
    met = any(found in context.book.offices.get(role, {role}) for role in wanted)
    return _test(
        met, placed, f"{what[0]}写的是{found}，应是{names}，不计", f"{what[1]}: {found}, not {', '.join(wanted)}"
    )


def _verified(entered: Bonus | Deduction, placed: Placed[Adjustment], context: Context) -> Test:
    """Verified by whom the norm names, or, where it names nobody, by anybody or on some day."""
    if placed.norm.verified_by:
        test = _by(entered.verified_by, placed.norm.verified_by, placed, context, ("由谁核实", "verified by whom"))
        return test._replace(met=bool(test.met))
    met = entered.verified_by is not None or entered.verified_on is not None
    return _test(met, placed, "没有写明已经核实，核实以前不计", "not said to be verified; until then it does not count")


def _level(entered: Bonus | Deduction, placed: Placed[Adjustment]) -> Test:
    wanted = placed.norm.level
    assert wanted is not None
    said = wanted.phrase({})
    if entered.level is None:
        return _test(None, placed, f"没有写明级别（应是{said}）", "the level is not stated")
    least = _LEVELS.index(wanted.lowest) + (not wanted.inclusive)
    met = _LEVELS.index(entered.level) >= least
    return _test(met, placed, f"级别不够（应是{said}），不计", f"below {wanted.lowest}, so it does not count")


def _often(entered: Bonus | Deduction, placed: Placed[Adjustment]) -> Test:
    bound = placed.norm.bound
    assert bound is not None
    said = bound.phrase({})
    if entered.times is None:
        return _test(None, placed, f"没有写明同一件的次数（应在{said}）", "it is not stated how often")
    met = bound.contains(Decimal(entered.times))
    return _test(met, placed, f"同一件 {entered.times}{bound.unit}，不到{said}，不计", f"{entered.times} times only")


def _on_days(entered: Bonus | Deduction, placed: Placed[Adjustment], context: Context) -> Test:
    wanted = placed.norm.days == "working_days"
    try:
        working = context.days.is_working(entered.on)
    except UndeterminedYear as why:
        return _test(None, placed, f"{why.said.zh}，不知道 {entered.on} 是不是工作日", why.said.en)
    zh, en = ("工作日", "a working day") if wanted else ("非工作日", "a day off")
    return _test(working == wanted, placed, f"{entered.on} 不是{zh}，不计", f"{entered.on} is not {en}")


def _after(entered: Bonus | Deduction, placed: Placed[Adjustment]) -> Test:
    norm = placed.norm
    assert norm.after is not None
    if entered.at is None:
        return _test(None, placed, f"没有写明时刻（应在 {norm.after} 之后）", "the time of day is not stated")
    met = entered.at > norm.after or bool(norm.after_inclusive and entered.at == norm.after)
    return _test(
        met, placed, f"时刻 {entered.at} 不在 {norm.after} 之后，不计", f"{entered.at} is not after {norm.after}"
    )
