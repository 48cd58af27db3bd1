"""How the change of one value reads: 上限由30万元改为30万元, 由7个工作日缩短为5个工作日, 增加环节“财政评审”."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from banshi.base.money import plain, round_sum
from banshi.base.text import listed
from banshi.law.norms import Bound, Bounds, Length, Names, Stage, Value, phrase

_SHORTER = {True: "缩短", False: "延长"}
_ENDS = (("lower", "下限"), ("upper", "上限"))


@dataclass(frozen=True, slots=True)
class Words:
    """What is needed to say a value: what ids are called before and after, and the labels of the allowed values."""

    before: Names
    after: Names
    labels: dict[str, str]

    def old(self, value: Any) -> str:
        """A value of the earlier side."""
        return said(value, self.before, self.labels)

    def new(self, value: Any) -> str:
        """A value of the later side."""
        return said(value, self.after, self.labels)


def said(value: Any, names: Names, labels: dict[str, str] | None = None) -> str:
    """A value as people read it."""
    labels = labels or {}
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, str):
        return names.get(value) or labels.get(value) or value
    if isinstance(value, dict):
        return "；".join(f"{said(key, names, labels)} {said(each, names, labels)}" for key, each in value.items())
    if isinstance(value, (list, tuple)) and not any(hasattr(each, "phrase") for each in value):
        return listed(said(each, names, labels) for each in value)
    return _phrase(value, names, labels)


def _phrase(value: Any, names: Names, labels: dict[str, str]) -> str:
    if isinstance(value, Value) and not hasattr(value, "phrase"):
        given = (getattr(value, key) for key in value.__struct_fields__)
        return listed(said(each, names, labels) for each in given if each not in (None, (), False, ""))
    try:
        return phrase(value, names)
    except (KeyError, ValueError, IndexError, AttributeError):  # what is compared need not be sound
        return str(value)


def changed(title: str, old: Any, new: Any, words: Words) -> list[str]:
    """The change of one field, in one phrase or more; ``None`` and what is empty: it is not stated."""
    if _nothing(old):
        return [f"{title}增加：{words.new(new)}"]
    if _nothing(new):
        return [f"{title}不再规定（原为{words.old(old)}）"]
    for kind, tell in _BY_KIND:
        if isinstance(old, kind) and isinstance(new, kind):
            return list(tell(title, old, new, words))
    if _number(old) and _number(new):
        return [f"{title}由{plain(Decimal(old))}改为{plain(Decimal(new))}"]
    return [f"{title}由“{words.old(old)}”改为“{words.new(new)}”"]


def _number(value: Any) -> bool:
    return isinstance(value, (int, Decimal)) and not isinstance(value, bool)


def _nothing(value: Any) -> bool:
    return value is None or (not isinstance(value, (bool, int, Decimal)) and not value)


def _length(title: str, old: Length, new: Length, words: Words) -> Iterator[str]:
    verb = "改为" if old.unit != new.unit else f"{_SHORTER[new.value < old.value]}为"
    yield f"{title}由{words.old(old)}{verb}{words.new(new)}"


def _bounds(title: str, old: Bounds, new: Bounds, _words: Words) -> Iterator[str]:
    if old.unit != new.unit or (old.lower == old.upper) != (new.lower == new.upper):
        yield f"{title}由{old.phrase({})}改为{new.phrase({})}"
        return
    if old.lower == old.upper:
        yield f"{title}由{old.phrase({})}改为{new.phrase({})}"
        return
    for end, name in _ENDS:
        was, now = getattr(old, end), getattr(new, end)
        if was != now:
            yield f"{title}的{name}{_end(was, now, old.unit)}"


def _end(old: Bound | None, new: Bound | None, unit: str) -> str:
    if old is None or new is None:
        is_now = f"改为{_bound(new, unit)}" if new else "取消"
        return f"由{_bound(old, unit)}{is_now}" if old else f"增加：{_bound(new, unit)}"
    if old.value == new.value:
        return f"{round_sum(new.value, unit)}由{_included(old)}改为{_included(new)}"
    if old.inclusive == new.inclusive:
        return f"由{round_sum(old.value, unit)}改为{round_sum(new.value, unit)}（{_included(new)}）"
    return f"由{_bound(old, unit)}改为{_bound(new, unit)}"


def _bound(bound: Bound | None, unit: str) -> str:
    return f"{round_sum(bound.value, unit)}（{_included(bound)}）" if bound else ""


def _included(bound: Bound) -> str:
    return "含本数" if bound.inclusive else "不含本数"


def _lists(title: str, old: tuple[Any, ...], new: tuple[Any, ...], words: Words) -> Iterator[str]:
    if any(isinstance(each, Stage) for each in (*old, *new)):
        yield from _stages(title, old, new, words)
        return
    gone, come = [each for each in old if each not in new], [each for each in new if each not in old]
    if come:
        yield f"{title}增加{words.new(tuple(come))}"
    if gone:
        yield f"{title}删去{words.old(tuple(gone))}"
    if not come and not gone:
        yield f"{title}的次序由{words.old(old)}改为{words.new(new)}"


def _stages(title: str, old: tuple[Stage, ...], new: tuple[Stage, ...], words: Words) -> Iterator[str]:
    before, after = [s.step for stage in old for s in stage.steps], [s.step for stage in new for s in stage.steps]
    come, gone = [step for step in after if step not in before], [step for step in before if step not in after]
    yield from (f"增加环节“{words.new(step)}”" for step in come)
    yield from (f"取消环节“{words.old(step)}”" for step in gone)
    was, now = words.old(old), words.new(new)
    if was != now:
        yield f"{title}由{was}改为{now}"
    elif not come and not gone:
        yield f"{title}的承办机关或文书改变"


def _tables(title: str, old: dict[str, Any], new: dict[str, Any], words: Words) -> Iterator[str]:
    for key in sorted({*old, *new}):
        if old.get(key) != new.get(key):
            name = words.new(key) if key in new else words.old(key)
            yield from changed(f"{title}“{name}”", old.get(key), new.get(key), words)


_BY_KIND: tuple[tuple[type, Callable[[str, Any, Any, Words], Iterator[str]]], ...] = (
    (Bounds, _bounds),
    (Length, _length),
    (tuple, _lists),
    (dict, _tables),
)
