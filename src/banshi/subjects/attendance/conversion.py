"""What lateness comes to: times, absence, leave that is taken off. By norms of weight and of conversion, month by month.

Each arrival or departure that was late or early weighs what the norm for its minutes says; every so many times in a
month are converted as the norm on conversion says. What is left over lapses at the end of the month.
"""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from msgspec import Struct

from banshi.base.money import plain
from banshi.base.text import Text
from banshi.law.decisions import Reason
from banshi.law.instruments import Placed
from banshi.law.norms import Conversion, LatenessWeight
from banshi.subjects.attendance.irregular import Irregularity
from banshi.subjects.attendance.rulebook import Rulebook, Rules

_ZERO = Decimal(0)
_MINUTE = 60


class Converted(Struct, frozen=True):
    """One person's month: ``times`` of lateness, days of ``absence``, days of leave taken off by kind; with the reasons."""

    year: int
    month: int
    times: Decimal
    absence: Decimal
    leave: dict[str, Decimal]
    reasons: tuple[Reason, ...]


def converted(book: Rulebook, group: str, irregular: Iterable[Irregularity]) -> tuple[Converted, ...]:
    """What the lateness of one person comes to, by month; nothing where no norm weighs it."""
    months: dict[tuple[int, int], list[Irregularity]] = {}
    for each in irregular:
        weights = book.at(each.day).all(LatenessWeight, group)
        if weights and (each.type in ("late", "early_leaving") or any(each.type in p.norm.of for p in weights)):
            months.setdefault((each.day.year, each.day.month), []).append(each)
    return tuple(_month(book, group, key, own) for key, own in sorted(months.items()))


def _month(book: Rulebook, group: str, key: tuple[int, int], own: Sequence[Irregularity]) -> Converted:
    times, absence, reasons = _ZERO, _ZERO, list[Reason]()
    for each in own:
        placed = weight(book.at(each.day), group, each)
        reasons.append(weighed(book.at(each.day), group, each))
        if placed is not None and not (placed.norm.unless_explained and each.entered):
            times += placed.norm.times
            absence += placed.norm.absence_days
    rules, leave = book.at(max(each.day for each in own)), dict[str, Decimal]()
    for rule in rules.all(Conversion, group):
        if days := times // rule.norm.every * rule.norm.days:
            leave[rule.norm.into] = leave.get(rule.norm.into, _ZERO) + days
            reasons.append(_conversion(rules, rule, times, days))
    return Converted(*key, times, absence, leave, tuple(reasons))


def weight(rules: Rules, group: str, each: Irregularity) -> Placed[LatenessWeight] | None:
    """The norm that weighs a lateness, by its minutes; None where none does."""
    minutes = Decimal(each.off) / _MINUTE
    found = (p for p in rules.all(LatenessWeight, group) if each.type in p.norm.of and p.norm.length.contains(minutes))
    return next(found, None)


_WORDS = {
    "late": Text("迟到", "late"),
    "early_leaving": Text("早退", "early"),
    "short_hours": Text("工时不足", "short of hours"),
}


def weighed(rules: Rules, group: str, each: Irregularity) -> Reason:
    """What a lateness weighs, and by which norm."""
    placed, word = weight(rules, group, each), _WORDS[each.type]
    said = Text(f"{each.day} {word.zh} {each.off // 60} 分钟", f"{each.day}: {each.off // 60} minutes {word.en}")
    if placed is None:
        return Reason(Text(f"{said.zh}，没有哪一条折算，不能判定", f"{said.en}: no norm weighs it: not determined"))
    norm = placed.norm
    if norm.unless_explained and each.entered:
        return Reason(Text(f"{said.zh}，已说明，不计", f"{said.en}, explained: not counted"), placed.cite)
    weighs = comes_to(norm)
    return Reason(Text(f"{said.zh}，{weighs.zh}", f"{said.en}: {weighs.en}"), placed.cite)


def comes_to(norm: LatenessWeight) -> Text:
    """What a norm weighs a lateness as: 计 1 次; 按旷工 0.5 天; 不计."""
    parts = [f"计 {plain(norm.times)} 次"] if norm.times else []
    parts += [f"按旷工 {plain(norm.absence_days)} 天"] if norm.absence_days else []
    return Text("、".join(parts) or "不计", f"{plain(norm.times)} times, {plain(norm.absence_days)} days of absence")


def _conversion(rules: Rules, rule: Placed[Conversion], times: Decimal, days: Decimal) -> Reason:
    norm, kind = rule.norm, rules.words.kind(rule.norm.into)
    text = Text(
        f"当月 {plain(times)} 次，每 {plain(norm.every)} 次折{kind.zh} {plain(norm.days)} 天，折 {plain(days)} 天",
        f"{plain(times)} times in the month, every {plain(norm.every)} are {plain(norm.days)} days of {kind.en}: "
        f"{plain(days)} days",
    )
    return Reason(text, rule.cite)


def said(found: Converted, names: dict[str, Text]) -> Iterator[Text]:
    """The month in a few words."""
    yield Text(f"{plain(found.times)} 次", f"{plain(found.times)} times")
    if found.absence:
        yield Text(f"旷工 {plain(found.absence)} 天", f"{plain(found.absence)} days of absence")
    for kind, days in found.leave.items():
        yield Text(f"折{names[kind].zh} {plain(days)} 天", f"{plain(days)} days of {names[kind].en}")
