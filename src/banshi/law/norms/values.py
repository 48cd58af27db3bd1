"""Parts of norms: bounds, lengths, named values: each with the phrase that pages and messages print."""

import datetime
from calendar import monthrange
from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Any, Literal

import msgspec

from banshi.base.money import plain, round_sum
from banshi.base.text import listed
from banshi.files.described import Number, Words, meta, narrowed

Names = dict[str, str]  # what ids are called; under ``own_key`` what they are called in one table
# Words that norms refer to by the ids of their version.
Tier = Annotated[Words, meta("档次", "tiers 里的标识。")]
Role = Annotated[Words, meta(description="offices 里的角色标识。")]


class Value(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A part of a norm."""


class Bound(Value, frozen=True):
    """One end of an interval; ``inclusive`` is always stated."""

    about = meta("界限")

    value: Annotated[Number, meta("数值", "界限上的数，单位写在范围里。")]
    inclusive: Annotated[bool, meta("是否含本数", "等于这个数的算不算在内；原文的“以上”“以内”“超过”“不满”都要写明。")]


class Bounds(Value, frozen=True, kw_only=True):
    """An interval of amounts or counts, open where an end is missing."""

    about = meta("范围", "缺下限或上限表示不限。")

    lower: Annotated[Bound | None, meta("下限", "从多少起；不写的，没有下限。")] = None
    upper: Annotated[Bound | None, meta("上限", "到多少止；不写的，没有上限。")] = None
    unit: Annotated[Words, meta("单位", "上下限用什么单位，例如 元、%、分钟、次。")]

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

    def whole(self, names: Names, *, ids: bool = True) -> str:  # noqa: ARG002
        """The same with a lower end of nothing, which nobody says: 超过0元、3万元以内（含3万元）."""
        said = self.phrase(names)
        if self.lower is None or self.lower.value or self.upper is None or self.lower == self.upper:
            return said
        none = round_sum(self.lower.value, self.unit)
        return listed((f"{none}以上（含{none}）" if self.lower.inclusive else f"超过{none}", said))


class Level(Value, frozen=True):
    """The lowest level that counts, itself included or not."""

    about = meta("层级", "哪一级以上。")

    lowest: Annotated[
        Literal["county", "city", "province"],
        meta("最低一级", "从哪一级起算。", labels={"county": "县级", "city": "市级", "province": "省级"}),
    ]
    inclusive: Annotated[bool, meta("是否含本级", "最低一级自己算不算。")]

    def phrase(self, _names: Names) -> str:
        """省级以上（含省级）."""
        name = {"county": "县级", "city": "市级", "province": "省级"}[self.lowest]
        return f"{name}以上（{'含' if self.inclusive else '不含'}{name}）"


class Measured(Value, frozen=True):
    """A measure with its name and where it should lie."""

    about = meta("数量要求")

    measure: Annotated[Words, meta("量什么", "指标或事实的标识。")]
    name: Annotated[Words, meta("名称", "这个数量叫什么，印在句子里。")]
    bound: Annotated[Bounds, meta("要求", "这个数量应在什么范围。")]

    def phrase(self, names: Names) -> str:
        """满意率95%以上（含95%）."""
        return self.name + self.bound.phrase(names)

    def whole(self, names: Names, *, ids: bool = True) -> str:
        """The same with the id of what is measured: 满意率（satisfaction_rate）95%以上（含95%）."""
        return (_with_id(self.name, self.measure) if ids else self.name) + self.bound.whole(names)


_COUNTED = ("工作日", "月", "小时")  # units that a number stands before with 个


class Length(Value, frozen=True):
    """A number of days (or months …): ``unit`` says of which sort."""

    about = meta("长度")

    value: Annotated[int, meta("数值", "多少个单位，写整数；当天办完的写 1天，当日算第一天。", minimum=1)]
    unit: Annotated[
        str,
        meta("单位", "工作日按放假安排数；天、日是日历日。", enum=["工作日", "天", "日", "小时", "月", "年", "分钟"]),
    ]

    def phrase(self, _names: Names) -> str:
        """3个工作日, 5天."""
        return f"{self.value}{'个' if self.unit in _COUNTED else ''}{self.unit}"


class YearDay(Value, frozen=True):
    """A day of the year that names a period: ``year`` 0 is that year, −1 the one before; day 0 is a month's last."""

    about = meta("年内某日")

    month: Annotated[int, meta("月", "1 至 12。", minimum=1, maximum=12)]
    day: Annotated[int, meta("日", "0为月末。", minimum=0, maximum=31)]
    year: Annotated[int, meta("年", "0为本年，-1为上年。", enum=[-1, 0])] = 0

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
        before = {-1: "上年", 0: "本年", 1: "下年"}.get(self.year, f"{self.year:+d}年")
        return f"{before}{self.month}月{f'{self.day}日' if self.day else '末'}"


class Season(Value, frozen=True):
    """A part of every year, both days included; it may run over the end of the year."""

    first: Annotated[YearDay, meta("首日", "每年从哪一天起。"), narrowed(year=None)]
    last: Annotated[YearDay, meta("末日", "每年到哪一天止（含当天）。"), narrowed(year=None)]

    def phrase(self, names: Names) -> str:
        """6月1日至9月30日."""
        return f"{self.first.phrase(names)[2:]}至{self.last.phrase(names)[2:]}"


class Named(Value, frozen=True):
    """A value of an enumeration with its name and other spellings of it, and the papers that go with it."""

    about = meta("名目")

    value: Annotated[Words, meta("标识", "填报时写的值，或它的标识。")]
    name: Annotated[Words, meta("名称", "这一项叫什么。")]
    written: Annotated[
        tuple[Annotated[Words, meta("写法")], ...], meta("别的写法", "表上常见的简写；读到时当作这一项。")
    ] = ()
    papers: Annotated[tuple[Words, ...], meta("材料", "这一项要附的材料，写 papers 里的标识。")] = ()
    attachments: Annotated[tuple[Words, ...], meta("附件种类", "附件里凭哪几类认得出这些材料。")] = ()

    def phrase(self, _names: Names) -> str:
        """The name."""
        return self.name

    def whole(self, names: Names, *, ids: bool = True) -> str:
        """The name with how it is written otherwise and what goes with it: 甲（a，又写作乙，附丙）."""
        more = [self.value] if ids and self.value != self.name else []
        more += [f"又写作{phrase(self.written, {})}"] if self.written else []
        more += [f"附{phrase(self.papers, names, 'papers')}"] if self.papers else []
        more += [f"凭附件里的{phrase(self.attachments, names, 'attachment_kinds')}认"] if self.attachments else []
        return f"{self.name}（{'，'.join(more)}）" if more else self.name


class Keyed(Value, frozen=True):
    """A key of a filing with its name."""

    about = meta("填报项")

    key: Annotated[Words, meta("键", "填报文件里的键。")]
    name: Annotated[Words, meta("名称", "这一项叫什么，印在句子里。")]

    def phrase(self, _names: Names) -> str:
        """The name."""
        return self.name

    def whole(self, _names: Names, *, ids: bool = True) -> str:
        """The name with the key: 单价（unit_price）."""
        return _with_id(self.name, self.key) if ids else self.name


class Cited(Value, frozen=True):
    """A document referred to: its title, its number, the place in it; ``instrument`` where it is in this library."""

    title: Annotated[Words | None, meta("标题", "不带书名号。")] = None
    number: Annotated[Words | None, meta("文号", "原文写的文号。")] = None
    place: Annotated[Words | None, meta("条款", "第几条第几款。")] = None
    instrument: Annotated[Words | None, meta("本库标识", "在本项目里的，写它的标识；网页上就有链接。")] = None

    def phrase(self, _names: Names) -> str:
        """《标题》（文号）第十一条."""
        title = f"《{self.title}》" if self.title else ""
        number = f"（{self.number}）" if self.number and title else self.number or ""
        return title + number + (self.place or "")


class Duty(Value, frozen=True, kw_only=True):
    """Who (an office of the instrument, if named) does what, and towards which ``groups`` of people."""

    office: Annotated[Words | None, meta("机关", "offices 里的角色标识。")] = None
    task: Annotated[Words, meta("事项", "做什么，用自己的话。")]
    groups: Annotated[tuple[Words, ...], meta("对哪些人", "offices 里的角色标识。")] = ()

    def phrase(self, names: Names) -> str:
        """Office and task; with groups: 甲负责考勤（乙类人员）."""
        said = (called(names, "offices", self.office) if self.office else "") + self.task
        return f"{said}（{phrase(self.groups, names, 'offices')}）" if self.groups else said


class Step(Value, frozen=True):
    """One step of a procedure; ``document`` is the key of the filing that records its outcome.

    ``optional``: it is taken only where it is called for, and nobody waits for it otherwise.
    """

    step: Annotated[Words, meta("环节", "steps 里的标识。")]
    office: Annotated[Words | None, meta("机关", "offices 里的角色标识。")] = None
    document: Annotated[Words | None, meta("结果记在填报表的哪一项", "这一环节的结果写在报批表的哪个键里。")] = None
    optional: Annotated[bool, meta("需要时才走", "不需要的不必有意见。")] = False

    def whole(self, names: Names, *, ids: bool = True) -> str:
        """The step with who takes it, where its outcome is noted, and whether it is always taken: 评审（评审机关，需要时才走）."""
        more = [called(names, "offices", self.office)] if self.office else []
        more += [f"结果记在{names.get(self.document, self.document)}"] if self.document and ids else []
        more += ["需要时才走"] if self.optional else []
        return called(names, "steps", self.step) + (f"（{'，'.join(more)}）" if more else "")


class Stage(Value, frozen=True):
    """Steps that run side by side; the next stage waits for all of them."""

    steps: Annotated[tuple[Step, ...], meta("环节", "同组并行，组与组依次。", min_items=1)]

    def phrase(self, names: Names) -> str:
        """The names of the steps; several are marked as parallel."""
        said = listed(called(names, "steps", s.step) for s in self.steps)
        return f"{said}（并行）" if len(self.steps) > 1 else said

    def whole(self, names: Names, *, ids: bool = True) -> str:
        """The same with all that is said of each step."""
        said = listed(step.whole(names, ids=ids) for step in self.steps)
        return f"{said}（并行）" if len(self.steps) > 1 else said


class Marks(Value, frozen=True):
    """Words by which a body of one's own level, or of another, is recognised."""

    own: Annotated[tuple[Words, ...], meta("本级", "名称里有这些字样的，是这一级的机关。")]
    other: Annotated[tuple[Words, ...], meta("他级", "名称里有这些字样的，不是这一级的机关。")] = ()


def _with_id(name: str, own: str) -> str:
    return name if own == name else f"{name}（{own}）"


def own_key(table: str, own: str) -> str:
    """The key under which ``Names`` holds what an id is called in one table of its version."""
    return f"{table}/{own}"


def called(names: Mapping[str, str], table: str, own: str) -> str:
    """What an id is called in a table; where that is not known, what it is called at all, and else the id."""
    return names.get(own_key(table, own)) or names.get(own, own)


def of_table(names: Names, table: str) -> Names:
    """What ids are called where those of one table are meant; without a ``table`` as they are called at all."""
    start = own_key(table, "")
    return names | {key.removeprefix(start): name for key, name in names.items() if table and key.startswith(start)}


def phrase(value: Any, names: Names, table: str = "") -> str:
    """How a value reads in a Chinese sentence; role, step and paper ids read as their names (in a ``table``)."""
    if hasattr(value, "phrase"):
        return str(value.phrase(names))
    if isinstance(value, datetime.date):
        return f"{value.year}年{value.month}月{value.day}日"
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, tuple):
        return _joint(value).join(phrase(item, names, table) for item in value)
    return called(names, table, value) if isinstance(value, str) else str(value)


def whole(value: Any, names: Names, *, ids: bool = True, table: str = "") -> str:
    """The same where nothing of the value may be left out, as below a norm and in its explanation.

    ``ids``: beside each name the id or key by which files know it.
    """
    if isinstance(value, tuple):
        return _joint(value).join(whole(item, names, ids=ids, table=table) for item in value)
    return str(value.whole(names, ids=ids)) if hasattr(value, "whole") else phrase(value, names, table)


def _joint(values: tuple[Any, ...]) -> str:
    return "→" if values and isinstance(values[0], Stage) else "；" if values and isinstance(values[0], Duty) else "、"
