"""Kinds of norm about the assessment of windows: marks, how they are lost, bonus, deductions, caps, periods."""

import datetime
from collections.abc import Iterator
from decimal import Decimal
from typing import Annotated, ClassVar, Literal

from banshi.files.described import ClockTime, Number, Slug, Words, meta
from banshi.law.norms.base import Norm
from banshi.law.norms.values import Bounds, Level, Measured, Named, Names, Value, YearDay, phrase

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
    marks: Annotated[Number, meta("满分", "这一小项的满分。")]
    manual: Annotated[bool, meta("由人评分", "没有写怎样扣分、由人评分的写 true；评分要写理由。")] = False
    measure: Annotated[Words | None, meta("量什么", "要求的数是哪个事实或指标，facts 里的标识。")] = None
    bound: Annotated[Bounds | None, meta("要求", "这个数应当落在哪里。")] = None
    further: Annotated[
        tuple[Measured, ...], meta("另外的数量要求", "同一小项还要求的其他数：各是哪个事实、应当落在哪里。")
    ] = ()
    asks: Annotated[tuple[Words, ...], meta("要求的内容", "要做到什么，几个字一项，供评分的人看。")] = ()
    floor: Annotated[Number | None, meta("最低", "怎样减都不低于它。")] = None
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

    at_most: Annotated[Number | None, meta("合计最高", "这一组各小项合起来最多计几分。")] = None
    at_least: Annotated[Number | None, meta("合计最低", "这一组各小项合起来最少计几分。")] = None
    part_of: Annotated[Words | None, meta("属于哪一组", "小项组的规范点标识。")] = None


class Band(Value, frozen=True):
    """What a fact within ``bound`` costs."""

    about = meta("档")

    bound: Annotated[Bounds, meta("界限", "事实的数落在这里的，属于这一档。")]
    points: Annotated[Number, meta("减几分", "属于这一档的，减几分。")]

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
    ``digits``: a rate in percent is rounded (halves up) to so many decimals before it is compared. ``if_none``: what
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
    bound: Annotated[Bounds | None, meta("数量界限", "事实的数落在这里才起作用；不写的，事实只有“有”或“没有”。")] = None
    points: Annotated[Number | None, meta("每次减", "每一件（次、幅度）减几分。")] = None
    floor: Annotated[Number | None, meta("最低", "这一条减到小项剩几分为止，不再往下减。")] = None
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
        int | None, meta("比率保留几位小数", "百分比四舍五入到几位小数以后再比；不写的不舍入。", minimum=0, maximum=6)
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
    score: Annotated[Number, meta("计几分", "有这种情形的，这一期的总分。")]
    bound: Annotated[Bounds | None, meta("数量界限", "按次数的写；有没有的不写。")] = None


class PersonalMark(Value, frozen=True):
    """A mark that people give for the whole period: a fact with decimals, from ``at_least`` to ``at_most``."""

    about = meta("评分", "由人对整个考核期评的分。")

    fact: Annotated[Words, meta("事实", "评分写在考核文件的哪个事实里，facts 里的标识。")]
    at_least: Annotated[Number, meta("最低", "最低评几分；低于它的不用。")]
    at_most: Annotated[Number, meta("最高", "最高评几分；高于它的不用。")]
    weight: Annotated[Number, meta("占百分之几", "不写的是 100。")] = Decimal(100)

    def phrase(self, names: Names) -> str:
        """大厅评议（0至10分）."""
        share = "" if self.weight == 100 else f" × {phrase(self.weight, names)}%"
        low, high = phrase(self.at_least, names), phrase(self.at_most, names)
        return f"{names.get(self.fact, self.fact)}（{low}至{high}分）{share}"


class ScoreCombination(AssessmentNorm, frozen=True, kw_only=True, tag="score_combination"):
    """A period's score from those of the shorter periods in it: their mean or sum, ``weight`` percent of it, and ``plus``.

    ``mean_digits``: the mean (or sum) is rounded to so many decimals before it is weighted; ``digits``: so is the
    result. Halves go up. ``missing``: without one of the parts the result is not determined, or rests on the others.
    """

    about = meta(
        "期间合成", "长一点的期间的得分由短的合成：平均或相加，占百分之几，再加上什么评分，取几位小数，缺一期怎么办。"
    )

    period: Annotated[
        PeriodKind,
        meta(
            "哪种考核期",
            "合成的是哪种考核期的得分。",
            labels={"month": "月", "quarter": "季度", "half_year": "半年", "year": "年度"},
        ),
    ]
    of: Annotated[
        PeriodKind,
        meta(
            "由哪种考核期合成",
            "由哪种短一些的考核期的得分合成。",
            labels={"month": "月", "quarter": "季度", "half_year": "半年", "year": "年度"},
        ),
    ]
    how: Annotated[
        Literal["mean", "sum"], meta("怎样合成", "各期得分取平均还是相加。", labels={"mean": "平均", "sum": "合计"})
    ]
    weight: Annotated[Number, meta("占百分之几", "不写的是 100。")] = Decimal(100)
    mean_digits: Annotated[
        int | None, meta("平均数保留几位小数", "乘以权重以前先四舍五入；不写的不舍入。", minimum=0, maximum=6)
    ] = None
    digits: Annotated[int, meta("保留几位小数", "结果四舍五入到几位小数，以后都用这个数。", minimum=0, maximum=6)]
    missing: Annotated[
        Literal["not_determined", "left_out"],
        meta(
            "缺一期的", "所含的考核期没有齐的怎样办。", labels={"not_determined": "不能判定", "left_out": "用其余各期"}
        ),
    ]
    plus: Annotated[
        tuple[Annotated[PersonalMark, meta("评分")], ...], meta("另加的评分", "除各期得分以外，另由人评的分。")
    ] = ()


class ScoreWeighting(AssessmentNorm, frozen=True, kw_only=True, tag="score_weighting"):
    """A period's score from its own sub-items and from what people give of the same period: so many percent of each.

    What the sub-items, bonus and deductions come to, within its caps and rounded, counts ``weight`` percent; ``plus``
    are the marks of people, each with its own weight. The result has ``digits`` decimals, halves up. A veto decides the
    period all the same.
    """

    about = meta(
        "本期权重",
        "一期之内：按小项算出的得分占百分之几，窗口自评、大厅评议一类由人评的分各占百分之几，取几位小数。有一票否决的，仍按一票否决。",
    )

    period: Annotated[
        PeriodKind,
        meta(
            "哪种考核期",
            "按小项计分的考核期。",
            labels={"month": "月", "quarter": "季度", "half_year": "半年", "year": "年度"},
        ),
    ]
    weight: Annotated[
        Number, meta("小项得分占百分之几", "按小项、加分、减分算出的得分乘以百分之几。", minimum=0, maximum=100)
    ]
    plus: Annotated[
        tuple[Annotated[PersonalMark, meta("评分")], ...],
        meta("另加的评分", "窗口自评、大厅评议一类由人评的分，各占百分之几。", min_items=1),
    ]
    digits: Annotated[int, meta("保留几位小数", "结果四舍五入到几位小数，以后都用这个数。", minimum=0, maximum=6)]


class Ranking(AssessmentNorm, frozen=True, tag="ranking"):
    """In which periods windows are ranked, and within which groups (none: all together)."""

    about = meta("排名", "哪些期间排名，在哪些组里分别排。")

    periods: Annotated[
        tuple[
            Annotated[PeriodKind, meta(labels={"month": "月", "quarter": "季度", "half_year": "半年", "year": "年度"})],
            ...,
        ],
        meta("哪些考核期排名", "哪些考核期给窗口排名。", min_items=1),
    ]
    groups: Annotated[tuple[Annotated[Named, meta("组")], ...], meta("分组", "在各组内排名；不写的一起排。")] = ()


class Share(Value, frozen=True):
    """The first part of a group: ``percent`` of all of its windows, rounded down or up, ``at_least`` so many.

    ``ties``: whether those that are level with the last of them belong to it too.
    """

    about = meta("比例", "组内前百分之几。")

    percent: Annotated[Number, meta("百分之几", "以组内全部窗口为准。")]
    rounding: Annotated[
        Literal["down", "up"],
        meta("尾数", "组内窗口数乘以百分之几，不是整数时怎样办。", labels={"down": "舍去", "up": "进一"}),
    ]
    at_least: Annotated[int, meta("至少几个", "算下来不足这么多个的，按这么多个。", minimum=0, maximum=999)]
    ties: Annotated[bool, meta("并列", "与末位并列的，写 true 的都算，写 false 的都不算。")]

    def phrase(self, names: Names) -> str:
        """前20%（舍去尾数，至少1个，并列的都算）."""
        rounding = {"down": "舍去尾数", "up": "进一"}[self.rounding]
        ties = "并列的都算" if self.ties else "并列的都不算"
        return f"前{phrase(self.percent, names)}%（{rounding}，至少{self.at_least}个，末位{ties}）"


class Grade(AssessmentNorm, frozen=True, tag="grade"):
    """A grade of a period: the best (lowest ``rank``) whose conditions a window meets is its own.

    ``band``: where its score must lie. ``share``: it is among the first of its group, of those that the band and the
    vetoes leave.
    """

    about = meta(
        "等次",
        "等次：得分在哪一段（band），或在本组前百分之几（share）；rank 小的好，够得上几个的取最好的。各段要首尾相接。",
    )

    grade: Annotated[Slug, meta("等次标识", "等次的标识，结果里用它。")]
    name: Annotated[Words, meta("等次名称", "等次的名称，例如 优秀。")]
    rank: Annotated[int, meta("次序", "1 最好；够得上几个等次的，评最好的。", minimum=1, maximum=20)]
    periods: Annotated[
        tuple[
            Annotated[PeriodKind, meta(labels={"month": "月", "quarter": "季度", "half_year": "半年", "year": "年度"})],
            ...,
        ],
        meta("哪些考核期评定", "哪些考核期评这个等次。", min_items=1),
    ]
    band: Annotated[Bounds | None, meta("分数界限", "得分要落在这里；不写的不限。")] = None
    share: Annotated[Share | None, meta("比例", "要在本组的前百分之几；不写的不限。")] = None
    barred_by_veto: Annotated[bool, meta("否决的不评", "这一期或者所含的考核期有一票否决的，不评这一等。")] = False


class Adjustment(AssessmentNorm, frozen=True, tag="adjustment"):
    """A bonus or a deduction: ``points`` for each ``per`` of ``fact``; its own cap; what must be shown.

    ``bound`` makes a case count (by how often something happened in it); ``by`` are those whose act it is, ``level``
    theirs; ``verified_by`` are those who must have verified it, ``must_be_verified`` says that somebody must have,
    where the text does not say who: until then it moves no points; ``as_recorded``: what counts are the points that an
    entry records, of which ``points`` are the most; ``instead``: the entry that this one stands ``instead_of`` is replaced
    by it, or counts with it; ``cap_covers``: the cap holds for this norm, or for its whole provision; ``each_period``:
    points of the same matter in an earlier period do not matter; ``against``: late is what exceeds the promised limit
    (where there is one), or the statutory one alone; ``days`` and ``after`` (a time of day, itself included or not) tell when it must have happened. Entries of one ``group``
    are of a like nature, so that a value out of line shows.
    """

    about = meta("加分或减分", "加分或减分：每件（次、人）几分，封顶几分，要谁核实，什么日子、几点以后才算。")

    scale: Annotated[
        Literal["bonus", "deduction"], meta("种类", "是加分还是减分。", labels={"bonus": "加分", "deduction": "减分"})
    ]
    fact: Annotated[Words, meta("情形", "因为哪个事实，facts 里的标识。")]
    points: Annotated[Number, meta("分值", "每一件（次）加减几分。")]
    per: Annotated[Words, meta("每", "按什么计数，例如 次、件。")]
    bound: Annotated[Bounds | None, meta("数量界限", "同一事项里发生的次数落在这里才计。")] = None
    cap: Annotated[Number | None, meta("最高", "这一项一期里最多加减几分。")] = None
    once_per_matter: Annotated[bool, meta("每事项一次", "同一事项只计一次的写 true。")] = False
    instead_of: Annotated[
        Words | None, meta("代替", "和哪一条加减分是同一回事，写那一条的标识；怎样算见 instead。")
    ] = None
    verified_by: Annotated[tuple[Words, ...], meta("由谁核实", "要经谁核实才计，offices 里的标识。")] = ()
    must_be_verified: Annotated[
        bool,
        meta(
            "须经核实",
            "条文要求核实、查实而没有写由谁的，写 true；没有核实的不加不减。写明由谁核实的，写 verified_by。",
            const=True,
        ),
    ] = False
    by: Annotated[tuple[Words, ...], meta("由谁作出", "谁作出的才计，名称或 offices 里的标识。")] = ()
    level: Annotated[Level | None, meta("层级", "作出者是哪一级的才计。")] = None
    days: Annotated[
        Literal["working_days", "days_off"] | None,
        meta("哪些天", "发生在哪些天才计；不写的不限。", labels={"working_days": "工作日", "days_off": "非工作日"}),
    ] = None
    after: Annotated[ClockTime | None, meta("几点以后", "24小时制 HH:MM，加引号。")] = None
    after_inclusive: Annotated[bool | None, meta("是否含该时刻", "正好在那一时刻的也算，写 true。")] = None
    subjects: Annotated[tuple[Words, ...], meta("范围", "对哪些人或事适用，几个字一项。")] = ()
    group: Annotated[Words | None, meta("同类", "性质相近的几项写同一个名称，分值悬殊时会提示。")] = None
    as_recorded: Annotated[bool, meta("按记录计", "分数以每一笔记录的为准，分值是一笔最多多少。")] = False
    instead: Annotated[
        Literal["replaces", "added"],
        meta("代替的怎样计", "写了 instead_of 的。", labels={"replaces": "代替前一档", "added": "与前一档一并计"}),
    ] = "replaces"
    cap_covers: Annotated[
        Literal["own", "provision"],
        meta("最高管到哪里", "写了 cap 的。", labels={"own": "只管这一项", "provision": "管这一条的各项"}),
    ] = "own"
    each_period: Annotated[bool, meta("各期重新计", "写 true 的，同一事项以前各期计过的不影响本期。")] = False
    against: Annotated[
        Literal["promised", "statutory"],
        meta(
            "超期比哪个时限",
            "情形是超期件的：有承诺时限的比承诺时限，还是只比法定时限。",
            labels={"promised": "承诺时限", "statutory": "法定时限"},
        ),
    ] = "promised"

    @property
    def asks_verification(self) -> bool:
        """Whether it moves no points until it is verified."""
        return self.must_be_verified or bool(self.verified_by)


class RateBonus(AssessmentNorm, frozen=True, tag="rate_bonus"):
    """``points`` for each ``step`` of ``rates`` beyond ``above``, of which a ``part`` does not count, or in proportion.

    They are a bonus, or (``onto``) part of the mark of the sub-item of the same provision. ``by_approval``: they count
    only where their approval is recorded.
    """

    about = meta("比率加分", "比率超过多少以后，每超几个百分点加几分；算作加分，或加在同一条的小项上。")

    rates: Annotated[tuple[Words, ...], meta("比率", "看哪几个比率，facts 里的标识。")]
    above: Annotated[Number, meta("起点", "比率从百分之几起加分。")]
    above_inclusive: Annotated[bool, meta("含起点", "正好等于起点的也算，写 true。")]
    points: Annotated[Number, meta("每步加", "每高一步加几分。")]
    step: Annotated[Number, meta("步长", "一步是几个百分点。")]
    cap: Annotated[Number | None, meta("最高", "最多加几分。")] = None
    part: Annotated[
        Literal["down", "exact"],
        meta("不足一步的", "高出的不足一步的部分怎样办。", labels={"down": "不算", "exact": "按比例算"}),
    ] = "down"
    onto: Annotated[
        Literal["bonus", "base"],
        meta("加在哪里", "加在加分里，还是加在本条的小项里。", labels={"bonus": "加分", "base": "本条的小项"}),
    ] = "bonus"
    by_approval: Annotated[bool, meta("须经审定", "写 true 的，有审定记录才加。")] = False


class Cap(AssessmentNorm, frozen=True, tag="cap"):
    """The most (or least) that a part of the score may be in a period; ``unlimited`` says that there is no end."""

    about = meta("封顶或保底", "加分、减分、基础分或总分在一期里最多、最少多少；没有限度的写 unlimited。")

    of: Annotated[
        Scale,
        meta(
            "哪部分",
            "限制哪一部分的分。",
            labels={"bonus": "加分", "deduction": "减分", "base": "基础分", "total": "总分"},
        ),
    ]
    per: Annotated[
        PeriodKind | None,
        meta(
            "每",
            "在多长时间里的合计不超过限额。",
            labels={"month": "月", "quarter": "季度", "half_year": "半年", "year": "年度"},
        ),
    ] = None
    at_most: Annotated[Number | None, meta("最高", "最多计几分；不限的不写。")] = None
    at_least: Annotated[Number | None, meta("最低", "最少计几分；不限的不写。")] = None
    unlimited: Annotated[bool, meta("无限", "写明不设限额的，写 true。")] = False


class HighestOnly(AssessmentNorm, frozen=True, tag="highest_only"):
    """Of several entries for the same ``group_by``, only the highest counts.

    ``compares``: what is higher, in all or for one. ``earlier``: of what counted in an earlier period already, only the
    difference counts, or all of it again.
    """

    about = meta("只取最高", "同一事项（matter）或同一事件（event）有几笔的，只按最高的一笔。")

    scale: Annotated[
        Literal["bonus", "deduction"], meta("种类", "管加分还是管减分。", labels={"bonus": "加分", "deduction": "减分"})
    ]
    group_by: Annotated[
        Literal["matter", "event"],
        meta("按", "什么相同的几笔，只计最高的一笔。", labels={"matter": "同一事项", "event": "同一事件"}),
    ]
    compares: Annotated[
        Literal["total", "points"],
        meta(
            "比什么",
            "比合计还是比单价，高的一笔怎样计。",
            labels={"total": "每项按件次合计", "points": "单价，只计一次"},
        ),
    ] = "total"
    earlier: Annotated[
        Literal["difference", "anew"],
        meta(
            "以前各期计过的",
            "以前的考核期已经计过的，本期怎样办。",
            labels={"difference": "只补差额", "anew": "各期重新计"},
        ),
    ] = "difference"


class AssessmentPeriod(AssessmentNorm, frozen=True, kw_only=True, tag="assessment_period"):
    """A period of assessment within an assessment year; days are given relative to the year that names it.

    ``times``: so many periods follow one another, each as many months after the one before as fit into a year; the days
    given are those of the first. ``basis_of``: the longer period that rests on it. ``straddling``: of a period in the
    middle of which the measures came into force, or before whose end they were issued, what counts.
    """

    about = meta("考核期", "考核期从哪天到哪天，一年几次。日子按考核年度说，跨年的写 year 为 -1。")

    period: Annotated[
        PeriodKind,
        meta("期间", "是哪种考核期。", labels={"month": "月", "quarter": "季度", "half_year": "半年", "year": "年度"}),
    ]
    number: Annotated[
        int | None, meta("第几", "一年里的第几期；只有一期或按 times 推出各期的不写。", minimum=1, maximum=12)
    ] = None
    start: Annotated[YearDay, meta("起", "从哪一天起；year 写相对考核年度的年（0 是本年，-1 是上年）。")]
    end: Annotated[YearDay, meta("止", "到哪一天止（含当天）；day 写 0 是当月最后一天。")]
    basis_of: Annotated[
        str | None,
        meta(
            "为何之基础",
            "哪一种更长的考核期以它为基础。",
            labels={"month": "月", "quarter": "季度", "half_year": "半年", "year": "年度"},
        ),
    ] = None
    times: Annotated[
        int | None, meta("连续几期", "一年里首尾相接的同样几期（2、4、12）；起止写第一期的。", minimum=2, maximum=12)
    ] = None

    straddling: Annotated[
        Literal["whole", "from_in_force", "from_issue"],
        meta(
            "中途施行的",
            "考核期中途才施行或印发的，哪些事实按本办法。",
            labels={"whole": "整期", "from_in_force": "施行日起的", "from_issue": "印发日起的"},
        ),
    ] = "from_in_force"

    def on(self, year: int) -> Iterator[tuple[int, datetime.date, datetime.date]]:
        """Number, first and last day of each of its periods in an assessment year."""
        first, times = self.number or 1, self.times or 1
        for n in range(times):
            months = 12 // times * n
            yield first + n, self.start.later(months).on(year), self.end.later(months).on(year)
