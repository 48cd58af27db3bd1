"""Parts of norms: bounds, lengths, named values: each with the phrase that pages and messages print."""

import datetime
from calendar import monthrange
from decimal import Decimal
from typing import Annotated, Any, Literal

import msgspec

from banshi.base.money import plain, round_sum
from banshi.base.text import listed

Names = dict[str, str]
ClockTime = Annotated[str, msgspec.Meta(pattern="^([01][0-9]|2[0-3]):[0-5][0-9]$")]


class Value(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A part of a norm."""


class Bound(Value, frozen=True):
    """One end of an interval; ``inclusive`` is always stated."""

    value: Decimal
    inclusive: bool


class Bounds(Value, frozen=True):
    """An interval of amounts or counts, open where an end is missing."""

    unit: str
    lower: Bound | None = None
    upper: Bound | None = None

    def contains(self, amount: Decimal) -> bool:
        """Whether ``amount`` (in ``unit``) lies within."""
        low, high = self.lower, self.upper
        above = low is None or amount > low.value or (low.inclusive and amount == low.value)
        below = high is None or amount < high.value or (high.inclusive and amount == high.value)
        return above and below

    def scaled(self, factor: Decimal, unit: str) -> "Bounds":
        """The same interval in another unit."""
        low, high = self.lower, self.upper
        return Bounds(
            unit=unit,
            lower=low and Bound(value=low.value * factor, inclusive=low.inclusive),
            upper=high and Bound(value=high.value * factor, inclusive=high.inclusive),
        )

    def phrase(self, _names: Names) -> str:
        """超过3万元、7万元以内（含7万元）; where both ends are one value, the value alone: 100%."""
        if self.lower is not None and self.lower == self.upper:
            return round_sum(self.lower.value, self.unit)
        parts = []
        if self.lower is not None and (self.lower.value or self.upper is None):
            low = round_sum(self.lower.value, self.unit)
            parts.append(f"{low}以上（含{low}）" if self.lower.inclusive else f"超过{low}")
        if self.upper is not None:
            high = round_sum(self.upper.value, self.unit)
            parts.append(f"{high}以内（含{high}）" if self.upper.inclusive else f"不满{high}")
        return listed(parts)


class Level(Value, frozen=True):
    """The lowest level that counts, itself included or not."""

    lowest: Literal["county", "city", "province"]
    inclusive: bool

    def phrase(self, _names: Names) -> str:
        """省级以上（含省级）."""
        name = {"county": "县级", "city": "市级", "province": "省级"}[self.lowest]
        return f"{name}以上（{'含' if self.inclusive else '不含'}{name}）"


class Measured(Value, frozen=True):
    """A measure with its name and where it should lie."""

    measure: str
    name: str
    bound: Bounds

    def phrase(self, names: Names) -> str:
        """群众评议满意率95%以上（含95%）."""
        return self.name + self.bound.phrase(names)


_COUNTED = ("工作日", "月", "小时")  # units that a number stands before with 个


class Length(Value, frozen=True):
    """A number of days (or months …): ``unit`` says of which sort."""

    value: int
    unit: str

    def phrase(self, _names: Names) -> str:
        """3个工作日, 5天."""
        return f"{self.value}{'个' if self.unit in _COUNTED else ''}{self.unit}"


class YearDay(Value, frozen=True):
    """A day of the year that names a period: ``year`` 0 is that year, −1 the one before; day 0 is a month's last."""

    month: int
    day: int
    year: int = 0

    def on(self, year: int) -> datetime.date:
        """The day itself, for the period that ``year`` names."""
        year += self.year
        last = monthrange(year, self.month)[1]
        return datetime.date(year, self.month, min(self.day or last, last))

    def later(self, months: int) -> "YearDay":
        """The day so many months later."""
        years, month = divmod(self.month - 1 + months, 12)
        return YearDay(month=month + 1, day=self.day, year=self.year + years)

    def phrase(self, _names: Names) -> str:
        """上年12月1日, 2月末."""
        before = {-1: "上年", 0: "本年", 1: "下年"}[self.year]
        return f"{before}{self.month}月{f'{self.day}日' if self.day else '末'}"


class Season(Value, frozen=True):
    """A part of every year, both days included; it may run over the end of the year."""

    first: YearDay
    last: YearDay

    def phrase(self, names: Names) -> str:
        """6月1日至9月30日."""
        return f"{self.first.phrase(names)[2:]}至{self.last.phrase(names)[2:]}"


class Named(Value, frozen=True):
    """A value of an enumeration with its name and other spellings of it, and the papers that go with it."""

    value: str
    name: str
    written: tuple[str, ...] = ()
    papers: tuple[str, ...] = ()
    attachments: tuple[str, ...] = ()

    def phrase(self, _names: Names) -> str:
        """The name."""
        return self.name


class Keyed(Value, frozen=True):
    """A key of a filing with its name."""

    key: str
    name: str

    def phrase(self, _names: Names) -> str:
        """The name."""
        return self.name


class Cited(Value, frozen=True):
    """A document referred to: its title, its number, the place in it; ``instrument`` where it is in this library."""

    title: str | None = None
    number: str | None = None
    place: str | None = None
    instrument: str | None = None

    def phrase(self, _names: Names) -> str:
        """《标题》（文号）第十一条."""
        title = f"《{self.title}》" if self.title else ""
        number = f"（{self.number}）" if self.number and title else self.number or ""
        return title + number + (self.place or "")


class Duty(Value, frozen=True):
    """Who (an office of the instrument, if named) does what, and towards which ``groups`` of people."""

    task: str
    office: str | None = None
    groups: tuple[str, ...] = ()

    def phrase(self, names: Names) -> str:
        """财政部门评审变更与价格; with groups: 小组组长负责考勤（窗口人员）."""
        said = (names.get(self.office, self.office) if self.office else "") + self.task
        return f"{said}（{phrase(self.groups, names)}）" if self.groups else said


class Step(Value, frozen=True):
    """One step of a procedure; ``document`` is the key of the filing that records its outcome.

    ``optional``: it is taken only where it is called for, and nobody waits for it otherwise.
    """

    step: str
    office: str | None = None
    document: str | None = None
    optional: bool = False


class Stage(Value, frozen=True):
    """Steps that run side by side; the next stage waits for all of them."""

    steps: tuple[Step, ...]

    def phrase(self, names: Names) -> str:
        """The names of the steps; several are marked as parallel."""
        said = listed(names.get(s.step, s.step) for s in self.steps)
        return f"{said}（并行）" if len(self.steps) > 1 else said


class Marks(Value, frozen=True):
    """Words by which a body of one's own level, or of another, is recognised."""

    own: tuple[str, ...]
    other: tuple[str, ...] = ()


def phrase(value: Any, names: Names) -> str:
    """How a value reads in a Chinese sentence; role, step and paper ids read as their names."""
    if hasattr(value, "phrase"):
        return str(value.phrase(names))
    if isinstance(value, datetime.date):
        return f"{value.year}年{value.month}月{value.day}日"
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, tuple):
        joint = "→" if value and isinstance(value[0], Stage) else "；" if value and isinstance(value[0], Duty) else "、"
        return joint.join(phrase(item, names) for item in value)
    return names.get(value, value) if isinstance(value, str) else str(value)
