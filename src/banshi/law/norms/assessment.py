"""Kinds of norm about the assessment of windows: the marks of the base score, and how they are lost."""

from decimal import Decimal
from typing import Annotated, ClassVar, Literal

from banshi.files.described import NOUGHT, SIGNED, Number, Words, meta
from banshi.law.norms.base import Norm
from banshi.law.norms.values import Bounds, Measured, Names, Value, phrase

Scale = Literal["bonus", "deduction", "base", "total"]
PeriodKind = Literal["month", "quarter", "half_year", "year"]
IfNone = Literal["keep", "zero", "not_determined", "by_person"]
_IF_NONE = {"keep": "不减", "zero": "不得分", "not_determined": "不能判定", "by_person": "由人评分"}


class AssessmentNorm(Norm, frozen=True):
    """A norm of this subject."""

    subject: ClassVar[str] = "assessment"


class ScoreTotal(AssessmentNorm, frozen=True, tag="score_total"):
    """What the score is made of, or how large a part of it is: marks, items, sub-items.

    ``digits``: a period's total is rounded (halves up) to so many decimals before anything is done with it.
    ``forfeited``: what a rule that takes a whole mark takes: its sub-item, or the base score of the whole period.
    ``late_cases``: one late case costs what it costs everywhere, or only where that is most. ``bonus_by_approval``: a
    bonus counts only with a record of its approval.
    """

    about = meta("总分构成", "总分由什么构成，满分多少；digits 是一期的总分取到几位小数（四舍五入）。")

    parts: Annotated[tuple[Words, ...], meta("构成", "总分由哪几部分组成，例如 基础分、加分、减分。")] = ()
    base_marks: Annotated[Number | None, meta("基础分", "基础分的满分是多少分。")] = None
    items: Annotated[int | None, meta("大项数", "基础分一共有几个大项。", minimum=1)] = None
    sub_items: Annotated[int | None, meta("小项数", "基础分一共有几个小项。", minimum=1)] = None
    digits: Annotated[
        int | None,
        meta("保留几位小数", "一期的总分四舍五入到几位小数，以后都用这个数；不写的不舍入。", minimum=0, maximum=6),
    ] = None
    forfeited: Annotated[
        Literal["item", "period"],
        meta("“不得分”", "规定说不得分的，失去的是什么。", labels={"item": "这一小项", "period": "整期的基础分"}),
    ] = "item"
    late_cases: Annotated[
        Literal["everywhere", "heaviest"],
        meta(
            "一件超期触及几处的",
            "同一超期件在几处都有规定的怎样扣。",
            labels={"everywhere": "各处都扣", "heaviest": "只扣最重的一处"},
        ),
    ] = "everywhere"
    bonus_by_approval: Annotated[bool, meta("加分须经审定", "写 true 的，加分有审定记录才计。")] = False


class ScoreItems(AssessmentNorm, frozen=True, tag="score_items"):
    """The marks of the items, by number of article."""

    about = meta("大项分值", "各条各多少分。要和各小项的满分、总分对得上。")

    marks: Annotated[dict[str, Decimal], meta("分值", "条号对应分值。")]

    def phrases(self, names: Names) -> dict[str, str]:
        """Reads as 第8条6分、第9条6分 …."""
        said = "、".join(f"第{item}条{phrase(marks, names)}分" for item, marks in self.marks.items())
        return {**super().phrases(names), "marks": said}


class ScoreSubItem(AssessmentNorm, frozen=True, tag="score_sub_item"):
    """A sub-item of the base score: its item, its full marks, what it asks for.

    ``manual``: no rule says how it is lost, so a person enters the mark with a reason. ``measure`` and ``bound`` state
    what is asked for as a figure, where the text gives one; ``further`` holds other figures that it asks for.
    ``floor``: no rule brings the mark below it. ``part_of``: the group of sub-items that it belongs to.

    ``if_short``: what becomes of the mark where a figure that is asked for is not reached and no rule says so;
    ``if_none``: where it is a rate of nothing. ``lower_by_person``: the rules do not say all, a person may give less.
    ``limits_by``: of limits shortened, each matter must reach the figure, or their mean.
    """

    about = meta("小项", "一个小项：属于哪一条，满分多少，最低扣到几分（floor）。没有计分细则的，写 manual，由人评分。")

    item: Annotated[Words, meta("所属条", "属于哪一条（大项），写 score_items 的 marks 里的键。")]
    marks: Annotated[Number, meta("满分", "这一小项的满分。"), NOUGHT]
    manual: Annotated[bool, meta("由人评分", "没有写怎样扣分、由人评分的写 true；评分要写理由。")] = False
    measure: Annotated[Words | None, meta("量什么", "要求的数是哪个事实或指标，facts 里的标识。")] = None
    bound: Annotated[Bounds | None, meta("要求", "这个数应当落在哪里。")] = None
    further: Annotated[
        tuple[Measured, ...], meta("另外的数量要求", "同一小项还要求的其他数：各是哪个事实、应当落在哪里。")
    ] = ()
    asks: Annotated[tuple[Words, ...], meta("要求的内容", "要做到什么，几个字一项，供评分的人看。")] = ()
    floor: Annotated[Number | None, meta("最低", "怎样减都不低于这么多分。"), SIGNED] = None
    part_of: Annotated[Words | None, meta("属于哪一组", "小项组的规范点标识。")] = None
    if_short: Annotated[
        Literal["by_person", "zero"],
        meta(
            "达不到要求的",
            "要求的数量没有达到、细则又没有写怎样扣分的。",
            labels={"by_person": "由人评分", "zero": "不得分"},
        ),
    ] = "by_person"
    if_none: Annotated[
        IfNone | None, meta("分母为零的", "要求的比率没有可计的件时怎样办；不写的由人评分。", labels=_IF_NONE)
    ] = None
    lower_by_person: Annotated[
        bool, meta("人可以评得更低", "细则没有写全，由人认定可以低于按细则的得分的，写 true。")
    ] = False
    limits_by: Annotated[
        Literal["each", "mean"],
        meta("时限的精简", "各事项的时限精简要各自达到，还是平均达到。", labels={"each": "各自", "mean": "平均"}),
    ] = "each"


class ScoreGroup(AssessmentNorm, frozen=True, tag="score_group"):
    """Sub-items (and groups) taken together: their sum is not more than ``at_most`` and not less than ``at_least``.

    ``part_of``: the group that this one belongs to in turn.
    """

    about = meta("小项组", "几个小项合在一起，最多几分、最少几分。小项用 part_of 写它属于哪一组。")

    at_most: Annotated[Number | None, meta("合计最高", "这一组各小项合起来最多计几分。"), NOUGHT] = None
    at_least: Annotated[Number | None, meta("合计最低", "这一组各小项合起来最少计几分。"), SIGNED] = None
    part_of: Annotated[Words | None, meta("属于哪一组", "小项组的规范点标识。")] = None


class Band(Value, frozen=True):
    """What a fact within ``bound`` costs."""

    about = meta("档")

    bound: Annotated[Bounds, meta("界限", "事实的数落在这里的，属于这一档。")]
    points: Annotated[Number, meta("减几分", "属于这一档的，减几分。"), NOUGHT]

    def phrase(self, names: Names) -> str:
        """不满80%减2分."""
        return f"{self.bound.phrase(names)}减{phrase(self.points, names)}分"


class ScoreRule(AssessmentNorm, frozen=True, tag="score_rule"):
    """How a sub-item's mark follows from facts.

    ``effect``: ``zero`` (the mark is lost when the count of ``fact`` lies within ``bound``), ``multiply`` (full marks
    times the rate ``fact``), ``subtract`` (``points`` for each unit of ``fact`` within ``bound``, not below
    ``floor``), ``exempt`` (facts that do not count). ``per`` tells over what the fact is counted; a fact without
    ``bound`` is found or not found. ``cases`` are those that the rule is about, ``also_sub_items`` lose their mark
    with it, ``other_reading_fact`` counts too where ``counts_other`` says so.

    Of ``subtract``: ``once``, the points are lost once, however many units there are; ``pro_rata``, the fact is an
    amount with decimals, and parts of a unit cost parts of the points; a fact without ``bound`` costs them when it is
    found. ``by_steps``: ``points`` for each ``step`` between the fact and the one end of ``bound`` (of which a part
    counts as whole, not at all, or in proportion: ``part``). ``banded``: the points of the band that the fact lies in.
    ``digits``: a rate in percent is rounded (halves up) to so many decimals before it is compared or multiplied. ``if_none``: what
    becomes of a rate of nothing. ``at_most``: the most points that this rule takes. ``product_digits``: full marks times
    a rate are rounded (halves up) to so many decimals. ``every_day``: what is said of working days must be so on each.
    """

    about = meta(
        "计分细则",
        "小项怎样失分，由事实推算：subtract 每件扣几分，zero 一有就不得分，multiply 满分乘以比率，by_steps 每低几个百分点扣几分，banded 分档扣，exempt 不计。比率取几位小数、没有办件怎么算，都写在这里。",
    )

    sub_item: Annotated[Words, meta("小项", "规范点标识。")]
    effect: Annotated[
        Literal["zero", "multiply", "subtract", "exempt", "by_steps", "banded"],
        meta(
            "效果",
            "事实怎样影响小项的得分。",
            labels={
                "zero": "不得分",
                "multiply": "按比率",
                "subtract": "减分",
                "exempt": "不计",
                "by_steps": "按幅度减分",
                "banded": "按档减分",
            },
        ),
    ]
    fact: Annotated[Words, meta("事实", "看哪个事实，facts 里的标识。")]
    bound: Annotated[
        Bounds | None,
        meta(
            "数量界限",
            "事实的数落在这里才起作用；每件（次）减几分的，只数落在里面的：3次以上（含3次）的，从第3次起各减。不写的，事实只有“有”或“没有”。",
        ),
    ] = None
    points: Annotated[Number | None, meta("每次减", "每一件（次、幅度）减几分。")] = None
    floor: Annotated[Number | None, meta("最低", "这一条减到小项剩几分为止，不再往下减。"), SIGNED] = None
    per: Annotated[Words | None, meta("按什么计", "事实按什么计数，例如 每日、每件。")] = None
    values: Annotated[tuple[Words, ...], meta("各项", "不计的情形有哪几项。")] = ()
    unless: Annotated[tuple[Words, ...], meta("除外", "有这些情形的除外，几个字一项。")] = ()
    cases: Annotated[tuple[Words, ...], meta("哪些办件", "只看这些类别的办件，case_kinds 里的标识。")] = ()
    also_sub_items: Annotated[
        tuple[Annotated[Words, meta(description="规范点标识。")], ...],
        meta("同时不得分的小项", "同一事实还使哪些小项不得分，写那些小项的标识。"),
    ] = ()
    other_reading_fact: Annotated[Words | None, meta("可能也计的事实", "填报时一并填；计不计看 counts_other。")] = None
    once: Annotated[bool, meta("只减一次", "不论几件，够得上界限就减一次。")] = False
    pro_rata: Annotated[bool, meta("按比例", "事实带小数，不足一次的按比例减。")] = False
    step: Annotated[Number | None, meta("幅度", "每差多少减一次。")] = None
    part: Annotated[
        Literal["up", "down", "exact"] | None,
        meta(
            "不足一个幅度的",
            "按幅度减分时，余下的部分怎样算。",
            labels={"up": "按一个算", "down": "不算", "exact": "按比例算"},
        ),
    ] = None
    bands: Annotated[
        tuple[Annotated[Band, meta("档")], ...], meta("各档", "事实落在哪一档就减几分；各档不能重叠。")
    ] = ()
    digits: Annotated[
        int | None,
        meta("比率保留几位小数", "百分比四舍五入到几位小数以后再比、再乘；不写的不舍入。", minimum=0, maximum=6),
    ] = None
    if_none: Annotated[IfNone | None, meta("分母为零的", "没有可计的件时怎样办；不写的由人评分。", labels=_IF_NONE)] = (
        None
    )
    product_digits: Annotated[
        int | None,
        meta("乘积保留几位小数", "满分乘以比率，乘积四舍五入到几位小数；不写的不舍入。", minimum=0, maximum=6),
    ] = None
    every_day: Annotated[
        bool, meta("每一天都是才算", "按工作日说的，写 true 的要每一个工作日都是；不写的有一天就算。")
    ] = False
    counts_other: Annotated[bool, meta("另一事实也计", "写 true 的，“可能也计的事实”一并计入。")] = False
    at_most: Annotated[Number | None, meta("最多减", "这一条最多减几分。")] = None


class Veto(AssessmentNorm, frozen=True, tag="veto"):
    """A fact that decides the period by itself: the total is ``score``, whatever else there is.

    The fact is found or not; with ``bound`` it is counted. Grades that are ``barred_by_veto`` are not given for the
    period, nor for a longer one that holds it.
    """

    about = meta("一票否决", "一票否决：有了这件事，这一期的总分就是 score，不论别的。写 bound 的，到了次数才算。")

    fact: Annotated[Words, meta("事实", "哪个事实一票否决，facts 里的标识。")]
    score: Annotated[Number, meta("计几分", "有这种情形的，这一期的总分。"), NOUGHT]
    bound: Annotated[Bounds | None, meta("数量界限", "按次数的写；有没有的不写。")] = None
