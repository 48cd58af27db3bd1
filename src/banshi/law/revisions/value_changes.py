"""How the change of one value reads: 上限由30万元改为30万元, 由7个工作日缩短为5个工作日, 增加环节“财政评审”."""

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from msgspec import Struct, field

from banshi.base.money import plain, round_sum
from banshi.base.text import NOTHING, Text, listed
from banshi.files.written_values import UNITS
from banshi.law.norms import Bound, Bounds, Length, Names, Stage, Value, phrase, whole

_TO = Text("改为", "changed")
_SHORTER = {True: Text("缩短为", "shortened"), False: Text("延长为", "lengthened")}
_ENDS = (("lower", Text("下限", "lower end")), ("upper", Text("上限", "upper end")))


class ValueWords(Struct, frozen=True):
    """What is needed to say a value: what ids are called before and after, the labels of the allowed values, and of provisions."""

    before: Names
    after: Names
    labels: dict[str, str]
    places: Names = field(default_factory=dict)

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
        name = value["name"] if isinstance(value.get("name"), str) else ""
        rest = [key for key in value if not name or key not in ("name", "id", "key")]
        more = "；".join(f"{_key(key, names, labels)}{said(value[key], names, labels)}" for key in rest)
        return f"{name}（{more}）" if name and more else name or more
    if isinstance(value, (list, tuple)) and not any(hasattr(each, "phrase") for each in value):
        return listed(said(each, names, labels) for each in value)
    return _phrase(value, names, labels)


def _key(key: str, names: Names, labels: dict[str, str]) -> str:
    """What a key is called, before its value; nothing where nothing calls it, since people read no ids."""
    called = names.get(key) or labels.get(key) or ("" if key.isascii() else key)
    return f"{called} " if called else ""


def _phrase(value: Any, names: Names, labels: dict[str, str]) -> str:
    if isinstance(value, Value) and not hasattr(value, "phrase"):
        given = (getattr(value, key) for key in value.__struct_fields__)
        return listed(said(each, names, labels) for each in given if each not in (None, (), False, ""))
    try:
        return phrase(value, names)
    except (KeyError, ValueError, IndexError, AttributeError):  # what is compared need not be sound
        return str(value)


def changed(title: Text, old: Any, new: Any, words: ValueWords) -> list[Text]:
    """The change of one field, in one phrase or more; ``None`` and what is empty: it is not stated."""
    if old is None and new is True:  # what is not written of a yes or no is the other one
        old = False
    if new is None and old is True:
        new = False
    if _nothing(old):
        now = words.new(new)
        return [Text(f"{title.zh}增加：{now}", f"{title.en} added: {now}")]
    if _nothing(new):
        was = words.old(old)
        return [Text(f"{title.zh}不再规定（原为{was}）", f"{title.en} no longer stated (was {was})")]
    for kind, tell in _BY_KIND:
        if isinstance(old, kind) and isinstance(new, kind):
            return list(tell(title, old, new, words))
    if _number(old) and _number(new):
        return [_from_to(title, plain(Decimal(old)), plain(Decimal(new)))]
    return [_from_to(title, *_told_apart(old, new, words))]


def _told_apart(old: Any, new: Any, words: ValueWords) -> tuple[str, str]:
    """Two values in quotes; where they are called alike, with what else is said of them."""
    was, now = words.old(old), words.new(new)
    return (f"“{was}”", f"“{now}”") if was != now else _in_whole(old, new, words)


def _in_whole(old: Any, new: Any, words: ValueWords) -> tuple[str, str]:
    """All that is said of two values, in quotes; their ids where nothing else tells them apart."""
    was, now = whole(old, words.before, ids=False), whole(new, words.after, ids=False)
    if was == now:
        was, now = whole(old, words.before), whole(new, words.after)
    return f"“{was}”", f"“{now}”"


def _from_to(title: Text, old: str, new: str, verb: Text = _TO) -> Text:
    return Text(f"{title.zh}由{old}{verb.zh}{new}", f"{title.en} {verb.en} from {old} to {new}")


def _number(value: Any) -> bool:
    return isinstance(value, (int, Decimal)) and not isinstance(value, bool)


def _nothing(value: Any) -> bool:
    return value is None or (not isinstance(value, (bool, int, Decimal)) and not value)


def _length(title: Text, old: Length, new: Length, words: ValueWords) -> Iterator[Text]:
    verb = _TO if old.unit != new.unit else _SHORTER[new.value < old.value]
    yield _from_to(title, words.old(old), words.new(new), verb)


def same_range(old: Any, new: Any) -> bool:
    """Whether two ranges are one, written in different units of money: 3万元, 30000元."""
    if not (isinstance(old, Bounds) and isinstance(new, Bounds)):
        return False
    times = UNITS.get(old.unit), UNITS.get(new.unit)
    if old.unit == new.unit or times[0] is None or times[1] is None:
        return False
    return old.scaled(Decimal(times[0]), "") == new.scaled(Decimal(times[1]), "")


def _bounds(title: Text, old: Bounds, new: Bounds, _words: ValueWords) -> Iterator[Text]:
    if same_range(old, new):
        zh = f"{title.zh}的单位由{old.unit}改写为{new.unit}，数额不变"
        yield Text(zh, f"{title.en} written in {new.unit} instead of {old.unit}, the amounts unchanged")
        return
    exact = old.lower == old.upper
    if old.unit != new.unit or exact != (new.lower == new.upper) or exact:
        yield _from_to(title, old.phrase({}), new.phrase({}))
        return
    for end, name in _ENDS:
        was, now = getattr(old, end), getattr(new, end)
        if was != now:
            yield _end(Text(f"{title.zh}的{name.zh}", f"{title.en} {name.en}"), was, now, old.unit)


def _end(title: Text, old: Bound | None, new: Bound | None, unit: str) -> Text:
    if old is None or new is None:
        own, other = _bound(old, unit), _bound(new, unit)
        if old is None:
            return Text(f"{title.zh}增加：{other.zh}", f"{title.en} added: {other.en}")
        return Text(f"{title.zh}由{own.zh}取消", f"{title.en} {own.en} taken away")
    sums = round_sum(old.value, unit), round_sum(new.value, unit)
    was, now = _included(old), _included(new)
    if old.value == new.value:
        return Text(
            f"{title.zh}{sums[1]}由{was.zh}改为{now.zh}", f"{title.en} {sums[1]}: {was.en} before, now {now.en}"
        )
    if old.inclusive == new.inclusive:
        said = _from_to(title, *sums)
        return Text(f"{said.zh}（{now.zh}）", f"{said.en} ({now.en})")
    before, after = _bound(old, unit), _bound(new, unit)
    return Text(f"{title.zh}由{before.zh}改为{after.zh}", f"{title.en} changed from {before.en} to {after.en}")


def _bound(bound: Bound | None, unit: str) -> Text:
    if bound is None:
        return NOTHING
    figure, included = round_sum(bound.value, unit), _included(bound)
    return Text(f"{figure}（{included.zh}）", f"{figure} ({included.en})")


def _included(bound: Bound) -> Text:
    return Text("含本数", "inclusive") if bound.inclusive else Text("不含本数", "exclusive")


def _lists(title: Text, old: tuple[Any, ...], new: tuple[Any, ...], words: ValueWords) -> Iterator[Text]:
    if any(isinstance(each, Stage) for each in (*old, *new)):
        yield from _stages(title, old, new, words)
        return
    gone, come = [each for each in old if each not in new], [each for each in new if each not in old]
    for was, now in _same_things(gone, come):
        said = _told_apart(was, now, words)
        yield Text(f"{title.zh}里{said[0]}改为{said[1]}", f"{title.en}: {said[0]} is now {said[1]}")
        gone.remove(was)
        come.remove(now)
    if come:
        more = listed(f"“{words.new(each)}”" for each in come)
        yield Text(f"{title.zh}增加{more}", f"{title.en}: added {more}")
    if gone:
        less = listed(f"“{words.old(each)}”" for each in gone)
        yield Text(f"{title.zh}删去{less}", f"{title.en}: removed {less}")
    if sorted(map(repr, old)) == sorted(map(repr, new)):
        yield _from_to(Text(f"{title.zh}的次序", f"order of {title.en}"), words.old(old), words.new(new))


def _same_things(gone: list[Any], come: list[Any]) -> list[tuple[Any, Any]]:
    """What is on both sides, and differs, of two lists: the values of one id, key, fact or range."""
    old, new = _by_sign(gone), _by_sign(come)
    return [(old[sign], new[sign]) for sign in old if sign in new]


_SIGNS = ("id", "value", "key", "measure", "fact", "bound", "office", "label")


def _by_sign(values: list[Any]) -> dict[Any, Any]:
    """Values by what tells them apart; those that share it with another are told apart by nothing."""
    signs = [_sign(each) for each in values]
    return {sign: each for sign, each in zip(signs, values, strict=True) if sign is not None and signs.count(sign) == 1}


def _sign(value: Any) -> Any:
    if isinstance(value, Mapping):
        return next((repr(value[name]) for name in _SIGNS if name in value), None)
    if not isinstance(value, Value):
        return None
    return next((getattr(value, name) for name in _SIGNS if name in value.__struct_fields__), None)


def _stages(title: Text, old: tuple[Stage, ...], new: tuple[Stage, ...], words: ValueWords) -> Iterator[Text]:
    before, after = ({s.step: s for stage in each for s in stage.steps} for each in (old, new))
    yield from (Text(f"增加环节“{words.new(s)}”", f"step added: {words.new(s)}") for s in after if s not in before)
    yield from (Text(f"取消环节“{words.old(s)}”", f"step removed: {words.old(s)}") for s in before if s not in after)
    for step in (each for each in before if each in after and before[each] != after[each]):
        name = words.new(step)
        was, now = _in_whole(before[step], after[step], words)
        yield _from_to(Text(f"环节“{name}”", f"step “{name}”"), was, now)
    if [{s.step for s in stage.steps} for stage in old] != [{s.step for s in stage.steps} for stage in new]:
        yield _from_to(title, words.old(old), words.new(new))


def _tables(title: Text, old: dict[str, Any], new: dict[str, Any], words: ValueWords) -> Iterator[Text]:
    for key in sorted({*old, *new}):
        if old.get(key) != new.get(key):
            name = words.new(key) if key in new else words.old(key)
            name = words.places.get(key, name) if name == key else name
            own = Text(f"{title.zh}“{name}”", f"{title.en} “{name}”")
            yield from changed(own, old.get(key), new.get(key), words)


_BY_KIND: tuple[tuple[type, Callable[[Text, Any, Any, ValueWords], Iterator[Text]]], ...] = (
    (Bounds, _bounds),
    (Length, _length),
    (tuple, _lists),
    (dict, _tables),
)
