"""Kinds of norm about periods of assessment: which there are, how scores are combined, ranked and graded."""

import datetime
from collections.abc import Iterator
from decimal import Decimal
from typing import Annotated, Literal

from banshi.files.described import NOUGHT, Number, Slug, Words, meta
from banshi.law.norms.assessment import AssessmentNorm, PeriodKind
from banshi.law.norms.values import Bounds, Named, Names, Value, YearDay, called, phrase


class PersonalMark(Value, frozen=True):
    """A mark that people give for the whole period: a fact with decimals, from ``at_least`` to ``at_most``."""

    about = meta("评分", "由人对整个考核期评的分。")

    fact: Annotated[Words, meta("事实", "评分写在考核文件的哪个事实里，facts 里的标识。")]
    at_least: Annotated[Number, meta("最低", "最低评几分；低于它的不用。"), NOUGHT]
    at_most: Annotated[Number, meta("最高", "最高评几分；高于它的不用。")]
    weight: Annotated[Number, meta("占百分之几", "不写的是 100。")] = Decimal(100)

    def phrase(self, names: Names) -> str:
        """大厅评议（0至10分）."""
        share = "" if self.weight == 100 else f" × {phrase(self.weight, names)}%"
        low, high = phrase(self.at_least, names), phrase(self.at_most, names)
        return f"{called(names, 'facts', self.fact)}（{low}至{high}分）{share}"


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

    percent: Annotated[Number, meta("百分之几", "以组内全部窗口为准；从第一名数起，已评更好等次的也数在内。")]
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
