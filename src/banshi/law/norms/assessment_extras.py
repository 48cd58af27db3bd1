"""Kinds of norm about what comes on top in an assessment: bonus, deductions, and where they end."""

from typing import Annotated, Literal

from banshi.files.described import NOUGHT, SIGNED, ClockTime, Number, Words, meta
from banshi.law.norms.assessment import AssessmentNorm, PeriodKind, Scale
from banshi.law.norms.values import Bounds, Level


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
    above: Annotated[Number, meta("起点", "比率从百分之几起加分。"), NOUGHT]
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
    at_most: Annotated[Number | None, meta("最高", "最多计几分；不限的不写。"), NOUGHT] = None
    at_least: Annotated[Number | None, meta("最低", "最少计几分；不限的不写。"), SIGNED] = None
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
