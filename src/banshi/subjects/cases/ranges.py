"""From the least to the most that a figure can be: compared with bounds, and as people read it."""

from fractions import Fraction
from math import ceil, floor

from banshi.base.text import Text
from banshi.law.norms import Bounds, Rounding, Target
from banshi.subjects.cases.measures import CaseShare, Left

Ends = tuple[Fraction, Fraction | None]  # the least and the most; None: without end


def reach(found: CaseShare, *, rate: bool) -> Ends | None:
    """The ends of a rate or of a count; None for a rate with nothing to count."""
    if rate:
        return found.bounds
    least, most = found.ends
    return Fraction(least), None if most is None else Fraction(most)


def in_unit(ends: Ends, bound: Bounds, rounding: Rounding | None, *, rate: bool) -> Ends:
    """The ends in the unit of a bound, rounded as the target says."""
    scale = 100 if rate and bound.unit == "%" else 1
    least, most = ends[0] * scale, None if ends[1] is None else ends[1] * scale
    return (rounded(least, rounding), None if most is None else rounded(most, rounding)) if rounding else (least, most)


def rounded(value: Fraction, rounding: Rounding) -> Fraction:
    """A value with so many decimals; exact, whatever its denominator."""
    units = value * 10**rounding.digits
    whole = {"half_up": floor(units + Fraction(1, 2)), "up": ceil(units), "down": floor(units)}[rounding.mode]
    return Fraction(whole, 10**rounding.digits)


def rounded_share(value: Fraction | None, target: Target) -> Fraction | None:
    """A rate as the target rounds it, in the unit of its bound."""
    if value is None or target.rounding is None or target.bound is None:
        return value
    scale = 100 if target.bound.unit == "%" else 1
    return rounded(value * scale, target.rounding) / scale


def compared_with(bound: Bounds, ends: Ends) -> bool | None:
    """Whether every value between the ends lies within a bound, or none does; None where some do."""
    least, most = ends
    if _over(bound, least) or (most is not None and _under(bound, most)):
        return False
    stays = bound.upper is None if most is None else not _over(bound, most)
    return True if stays and not _under(bound, least) else None


def within(bound: Bounds, value: Fraction) -> bool:
    """Whether an exact value lies within a bound: 95/100 does in "at least 0.95, inclusive"."""
    return not _under(bound, value) and not _over(bound, value)


def _under(bound: Bounds, value: Fraction) -> bool:
    low = bound.lower
    return low is not None and (value < Fraction(low.value) or (value == Fraction(low.value) and not low.inclusive))


def _over(bound: Bounds, value: Fraction) -> bool:
    high = bound.upper
    return high is not None and (value > Fraction(high.value) or (value == Fraction(high.value) and not high.inclusive))


def undecided_by(found: CaseShare) -> Text:
    """Why a figure is not decided: what is not stated, and what was not read."""
    unstated, zh, en = found.unsure + found.outside, [], []
    if unstated:
        zh.append(f"有 {unstated} 件没有写明")
        en.append(f"{unstated} cases do not say what it takes")
    if found.left:
        zh.append(left_said(found.left).zh)
        en.append(left_said(found.left).en)
    return Text("；".join(zh) + "，结果取决于它们", "; ".join(en) + ": it depends on them")


def left_said(left: Left) -> Text:
    """What was not counted."""
    zh, en = [], []
    if beside := left.elsewhere + left.strange:
        zh.append(f"另一份登记里还有同一时段的 {beside} 件")
        en.append(f"{beside} of the same time in another log")
    if left.open:
        zh.append("有没有读到的部分（不知道多少件）")
        en.append("an unknown number not read")
    if left.unread:
        zh.append(f"{left.unread} 件没有读出")
        en.append(f"{left.unread} unread")
    if left.doubtful:
        zh.append(f"{left.doubtful} 件办没办结、何时到期没有读到")
        en.append(f"of {left.doubtful} it was not read whether or when they were finished or due")
    if left.twice:
        zh.append(f"{left.twice} 件编号重复")
        en.append(f"{left.twice} given twice")
    return Text("、".join(zh), ", ".join(en))


def count_range(found: CaseShare) -> str:
    """A count as people read it: 3; from least to most where something is not stated or not read."""
    least, most = found.ends
    if most is None:
        return f"≥{least}"
    return f"{least}" if least == most else f"{least}–{most}"


def rate_range(found: CaseShare) -> str:
    """A rate as people read it: 98.5%; from least to most where it is not certain; "" for a zero denominator."""
    ends = found.bounds
    if ends is None:
        return ""
    return percentage(ends[0]) if found.complete else f"{percentage(ends[0])}–{percentage(ends[1])}"


def percentage(value: Fraction) -> str:
    """For people: two decimals, cut so that a rate below a bound never looks like the bound; exact where it is."""
    if value < 0:
        return f"-{percentage(-value)}"
    hundredths = value * 10000
    shown = int(hundredths)
    text = f"{shown // 100}.{shown % 100:02d}".rstrip("0").rstrip(".")
    return f"{text}%" if hundredths == shown else f"{shown // 100}.{shown % 100:02d}%"
