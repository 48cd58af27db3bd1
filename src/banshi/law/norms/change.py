"""Kinds of norm about changes to construction projects: tiers, procedures, time limits."""

from decimal import Decimal
from typing import Annotated, ClassVar, Literal

from banshi.files.described import Words, meta, narrowed, one_of
from banshi.law.norms.base import Norm
from banshi.law.norms.values import Bounds, Keyed, Length, Names, Role, Stage, Tier


class ChangeNorm(Norm, frozen=True):
    """A norm of this subject."""

    subject: ClassVar[str] = "change"


Earlier = Annotated[
    Literal["counted", "not_counted"],
    meta(
        "施行前申报的变更计入累计吗",
        "counted 计入（不写即此），not_counted 不计入。",
        labels={"counted": "计入", "not_counted": "不计入"},
    ),
]


class ApprovalGate(ChangeNorm, frozen=True, kw_only=True, tag="approval_gate"):
    """The tier that applies while ``measure`` does not exceed ``against``, and whose consultation decides there.

    ``provisional_sum``: whether it is left out of the expenditure, or counted. ``earlier``: whether changes filed before
    the instrument came into force count in it.
    """

    about = meta(
        "第一道关口",
        "看金额分档之前的第一道关口：变更以后要支出的不超过中标价的，归 tier 一档，由 parties 会商决定；超过了才按金额分档。类别、情形要求的档次（class_tier）仍是最低要求。没有这道关口的办法不写它。",
    )

    tier: Tier
    measure: Annotated[
        Literal["expenditure_after_change"],
        meta("量什么", "拿什么和价格比。", labels={"expenditure_after_change": "变更以后要支出的"}),
    ]
    against: Annotated[Literal["bid_price"], meta("与什么比", "和哪个价格比。", labels={"bid_price": "中标价"})]
    inclusive: Annotated[bool, meta("是否含本数", "正好相等的，也算没有超过，写 true。")]
    provisional_sum: Annotated[
        Literal["left_out", "counted"],
        meta(
            "变更后支出怎么算暂列金",
            "left_out 中标价减去暂列金再加累计净额（不写即此），counted 中标价加累计净额。",
            labels={"left_out": "减去", "counted": "不减"},
        ),
    ] = "left_out"
    earlier: Earlier = "counted"
    parties: Annotated[tuple[Role, ...], meta("会商各方", "会商确定的各方，offices 里的标识；各方都要签署同意。")]
    papers: Annotated[tuple[Words, ...], meta("材料", "会商要有的材料，papers 里的标识。")] = ()

    def within(self, measured: Decimal, limit: Decimal) -> bool:
        """Whether the gate lets ``measured`` through; equality passes only if the bound is inclusive."""
        return measured < limit or (self.inclusive and measured == limit)

    def phrases(self, names: Names) -> dict[str, str]:
        """Adds ``comparison``."""
        return {**super().phrases(names), "comparison": "未超过" if self.inclusive else "低于"}


Of = Literal["net", "increase", "absolute", "excess"]
Base = Literal[
    "bid_price", "bid_price_without_provisional_sum", "contract_price", "contract_price_without_provisional_sum"
]
_BASES = {
    "bid_price": "中标价",
    "bid_price_without_provisional_sum": "中标价（不含暂列金）",
    "contract_price": "合同价",
    "contract_price_without_provisional_sum": "合同价（不含暂列金）",
}
YUAN, TEN_THOUSAND_YUAN, PER_CENT = "元", "万元", "%"


class ApprovalTier(ChangeNorm, frozen=True, tag="approval_tier"):
    """The tier for changes whose ``measure`` lies within ``amount``.

    ``amount`` is in 元 or 万元, or in % of ``base``. ``of`` tells what is measured: the net, the increase, increase and
    decrease added up, or what the expenditure exceeds the price of the gate by. ``base_within``: only contracts whose
    base lies there are measured so. ``earlier``: whether changes filed before the instrument came into force count.
    """

    about = meta(
        "审批档次",
        "哪些变更归哪个档次：measure 是单项、累计还是两者取大，of 是净额、增加额还是增减之和，amount 是金额或占价款的百分数。同一种量法的各档要首尾相接，漏了、重了都算不出。",
    )

    tier: Tier
    measure: Annotated[
        Literal["single", "cumulative", "larger_of_single_and_cumulative"],
        meta(
            "量什么",
            "看单项的金额、累计的金额，还是两者中较大的。",
            labels={"single": "单项", "cumulative": "累计", "larger_of_single_and_cumulative": "单项与累计取大"},
        ),
    ]
    amount: Annotated[Bounds, meta("金额范围", "单位写 元、万元 或 %。"), narrowed(unit=Literal["元", "万元", "%"])]
    of: Annotated[
        Of,
        meta(
            "按什么额",
            "net 增减相抵的净额（不写即此），increase 增加额，absolute 增加额与减少额之和，excess 变更后支出超出关口所比的价的部分（须有 approval_gate）。",
            labels={"net": "净额", "increase": "增加额", "absolute": "增减之和", "excess": "超出中标价的部分"},
        ),
    ] = "net"
    base: Annotated[
        Base | None,
        meta(
            "占什么的比例",
            "金额范围的单位是 % 时必填。",
            labels={
                "bid_price": "中标价",
                "bid_price_without_provisional_sum": "中标价（不含暂列金）",
                "contract_price": "合同价",
                "contract_price_without_provisional_sum": "合同价（不含暂列金）",
            },
        ),
    ] = None
    base_within: Annotated[
        Bounds | None,
        meta("只用于基数在此范围的合同", "合同的基数落在这里的，才按这一条分档；不写的不限。"),
        narrowed(unit=Literal["元", "万元"]),
    ] = None
    earlier: Earlier = "counted"

    @property
    def bounds(self) -> Bounds:
        """The bounds in yuan; a share as a fraction of 1."""
        if self.amount.unit == TEN_THOUSAND_YUAN:
            return self.amount.scaled(Decimal(10000), YUAN)
        return self.amount.scaled(Decimal("0.01"), "") if self.amount.unit == PER_CENT else self.amount

    @property
    def base_within_yuan(self) -> Bounds | None:
        """Which contracts are measured so, in yuan."""
        if self.base_within is None or self.base_within.unit != TEN_THOUSAND_YUAN:
            return self.base_within
        return self.base_within.scaled(Decimal(10000), YUAN)

    @property
    def condition(self) -> str:
        """When it applies, in words: 单项或累计超过3万元、7万元以内（含7万元）."""
        what = {"single": "单项", "cumulative": "累计", "larger_of_single_and_cumulative": "单项或累计"}[self.measure]
        of = {"net": "", "increase": "增加额", "absolute": "增减之和", "excess": "超出中标价的部分"}[self.of]
        base = f"占{_BASES[self.base]}" if self.base else ""
        only = f"（{_BASES[self.base]}{self.base_within.phrase({})}的合同）" if self.base and self.base_within else ""
        return f"{what}{of}{base}{self.amount.phrase({})}{only}"

    def phrases(self, names: Names) -> dict[str, str]:
        """Adds ``condition``."""
        return {**super().phrases(names), "condition": self.condition}

    @property
    def scale(self) -> tuple[str, str, str, Bounds | None, str]:
        """What it measures; tiers of one scale tile it."""
        return self.measure, self.of, self.base or "", self.base_within, self.earlier


class ClassTier(ChangeNorm, frozen=True, tag="class_tier"):
    """The tier that a change needs at least where one of ``criteria`` is met, or it is of one of ``classes``."""

    about = meta(
        "类别档次",
        "不论金额、按情形（criteria）或申报的类别（classes）至少归哪一档。情形和类别的名称在文件开头的 criteria、classes 里。",
    )

    tier: Tier
    criteria: Annotated[
        tuple[Annotated[Words, meta(description="criteria 里的标识。")], ...],
        meta("符合其一即至少走这一档的情形", "有其中一种情形的，不论金额至少走这一档；criteria 里的标识。"),
    ] = ()
    classes: Annotated[
        tuple[Annotated[Words, meta(description="classes 里的标识。")], ...],
        meta("变更类别", "属于这些类别的，不论金额至少走这一档；classes 里的标识。"),
    ] = ()


class TierChoice(ChangeNorm, frozen=True, tag="tier_choice"):
    """Which tier applies where several measures lead to different ones; never a looser one than a class calls for."""

    about = meta(
        "取哪一档",
        "几种量法（单项、累计、类别）得出不同的档次时取哪一档：从严 strictest，从宽 loosest。有几种量法而没有这一条的，不能判定。",
    )

    takes: Annotated[
        Literal["strictest", "loosest"],
        meta(
            "几种算法结果不同时",
            "strictest 从严，loosest 从宽。类别、情形要求的档次总是最低要求，从宽也不低于它。",
            labels={"strictest": "从严", "loosest": "从宽"},
        ),
    ]

    def phrases(self, names: Names) -> dict[str, str]:
        """``takes`` in words."""
        return {**super().phrases(names), "takes": "从严" if self.takes == "strictest" else "从宽"}


class Consultation(ChangeNorm, frozen=True, tag="consultation"):
    """The parties of a tier that is decided by their consultation alone."""

    about = meta("会商决定", "一个档次只由几方会商决定，没有报批程序：列出要会商的各方，少一方签字就是问题。")

    tier: Tier
    parties: Annotated[tuple[Role, ...], meta("会商各方", "由哪几方会商确定，offices 里的标识；各方都要签署同意。")]
    papers: Annotated[tuple[Words, ...], meta("材料", "会商要有的材料，papers 里的标识。")] = ()


class ReportAfter(ChangeNorm, frozen=True, tag="report_after"):
    """What a tier has to be reported ``to`` after it was decided, and within which time of that."""

    about = meta(
        "事后报告",
        "一个档次决定以后要在多久内报给谁。within 可用工作日、天、小时、月；从次日起算，当日算第一天的写 first_day。",
    )

    tier: Tier
    by: Annotated[Words, meta("由谁", "offices 里的角色标识。")]
    to: Annotated[Words, meta("报给谁", "offices 里的角色标识。")]
    within: Annotated[Length, meta("多久以内", "自决定之日起。")]
    first_day: Annotated[
        Literal["next_day", "same_day"],
        meta("第一天", "next_day 从次日算，same_day 当日算第一天。", labels={"next_day": "次日", "same_day": "当日"}),
    ] = "next_day"
    moved: Annotated[bool, meta("末日是休息日的顺延", "最后一天是休息日的，顺延到下一个工作日，写 true。")] = False


class Splitting(ChangeNorm, frozen=True, tag="splitting"):
    """Within which time of the first filing several changes of one matter count as one."""

    about = meta("拆分合并", "同一事项在多久内分几次申报的，按一次算。没有这一条的，只提示，不合并。")

    within: Annotated[
        Length,
        meta("多久以内算一次", "自第一次申报之日起，按日历日。"),
        narrowed(value=Annotated[int, meta(minimum=1)], unit=Literal["天", "日"]),
    ]


class Procedure(ChangeNorm, frozen=True, kw_only=True, tag="procedure"):
    """A stretch of a tier's procedure, placed by ``position`` (from 1)."""

    about = meta(
        "程序",
        "一个档次的程序：谁申请，经过哪些环节，每个环节由谁办。一个阶段（stages 的一项）里的几个环节同时办，全部办完才进入下一阶段。",
    )

    tier: Tier
    position: Annotated[int, meta("次序", "同一档次里的先后，从1起。", minimum=1)]
    applicants: Annotated[tuple[Role, ...], meta("申请人", "由谁申请，offices 里的标识；申请的各方都要签章。")]
    papers: Annotated[tuple[Words, ...], meta("材料", "申请要交的材料，papers 里的标识。")] = ()
    stages: Annotated[tuple[Stage, ...], meta("环节组", "依次经过的环节；同一组里的各环节同时进行。", min_items=1)]


class Publicity(ChangeNorm, frozen=True, kw_only=True, tag="publicity"):
    """Where a tier's changes are made public, by whom, with which form; ``after`` which step, or ``before`` which.

    ``objections_suspend``: from the receipt of an objection until it is answered no day counts.
    """

    about = meta(
        "公示",
        "一个档次在哪里公示，由谁公示，在哪个环节之后（after）或之前（before）。公示多久，写在 of 为 publicity 的期间（period）里。",
    )
    holds = one_of("after", "before")

    tier: Tier
    form: Annotated[Words | None, meta("用表", "公示用的表，forms 里的标识。")] = None
    by: Annotated[Words, meta("由谁", "offices 里的角色标识。")]
    platform: Annotated[Words, meta("平台", "在哪里公示。")]
    host: Annotated[Words, meta("平台所属", "公示的平台是谁的。")] = ""
    after: Annotated[Words | None, meta("在哪个环节之后", "在哪个环节办完之后公示，steps 里的标识。")] = None
    before: Annotated[Words | None, meta("在哪个环节之前", "steps 里的标识；与 after 写一个。")] = None
    objections_suspend: Annotated[bool, meta("异议处理期间不计", "收到异议至答复之间的日子不计入公示期。")] = False


class TimeLimit(ChangeNorm, frozen=True, tag="time_limit"):
    """By when a step must be decided. ``first_day``: whether the day of ``counted_from`` itself counts.

    ``moved``: a last day of rest moves on. ``pauses``: what does not count while it lasts (as filed with the opinion).
    """

    about = meta(
        "时限",
        "环节要在多久内办结：length 的单位是工作日、天、小时、月或年；从哪一天起算（counted_from），当日算不算（first_day），末日逢休息日顺不顺延（moved），哪些日子不计（pauses）。",
    )

    length: Annotated[Length, meta("长度", "多长时间：数和单位。")]
    inclusive: Annotated[bool, meta("是否含本数", "正好在最后一天（一刻）办结的算按时，写 true。")]
    counted_from: Annotated[
        Literal["received_on", "complete_on", "accepted_on"],
        meta(
            "从哪一天算",
            "从意见表上的哪一个日子起算。",
            labels={"received_on": "收件日", "complete_on": "资料齐备日", "accepted_on": "接受日"},
        ),
    ]
    first_day: Annotated[
        Literal["next_day", "same_day"],
        meta("第一天", "next_day 从次日算，same_day 当日算第一天。", labels={"next_day": "次日", "same_day": "当日"}),
    ]
    steps: Annotated[tuple[Words, ...], meta("只管这些环节", "只管哪些环节，steps 里的标识；不写的，各环节都管。")] = ()
    when: Annotated[
        Literal["major_design_change"] | None,
        meta("何时适用", "只在这种情形下适用；不写的，一般都适用。", labels={"major_design_change": "重大设计变更"}),
    ] = None
    offices_without_limit: Annotated[
        tuple[Role, ...], meta("不受此限的机关", "由这些机关办理的环节没有这个时限，offices 里的标识。")
    ] = ()
    moved: Annotated[bool, meta("末日是休息日的顺延", "最后一天是休息日的，顺延到下一个工作日，写 true。")] = False
    pauses: Annotated[
        tuple[Words, ...],
        meta("哪些期间不计", "pause_reasons 里的标识；报批表各环节意见的 pauses 写明起止的，从期限里扣去。"),
    ] = ()


class Extension(ChangeNorm, frozen=True, tag="extension"):
    """A limit that may be exceeded, and what that requires; by ``length`` from its end, once, where that is stated."""

    about = meta(
        "延长", "一个时限（of 写它的标识）可以延长一次，要登记什么，延长多久。没有写 length 的，延到几时算不出。"
    )

    of: Annotated[Words, meta("哪个时限", "可以延长的是哪一个时限，写那一条规范点的标识。")]
    requires: Annotated[tuple[Words, ...], meta("须写明", "延长的，意见里要写明哪几项，写填报的键。")]
    length: Annotated[Length | None, meta("可延长多久", "从原时限末日的次日起，延长一次。不写的，上限未载明。")] = None


class Substitution(ChangeNorm, frozen=True, tag="substitution"):
    """Who acts where an office is absent."""

    about = meta("代行", "项目没有某个机关时由谁代行。")

    absent: Annotated[Words, meta("没有哪个机关", "offices 里的角色标识。")]
    acting: Annotated[Words, meta("由谁代行", "offices 里的角色标识。")]


class JointApplication(ChangeNorm, frozen=True, tag="joint_application"):
    """Who applies together where ``when`` (a party of the project) exists."""

    about = meta("共同申报", "有某一方（例如代建单位）的项目，由哪几方共同申报。")

    when: Annotated[Words, meta("有哪一方时", "offices 里的角色标识。")]
    parties: Annotated[tuple[Role, ...], meta("各方", "一起申请的各方，offices 里的标识。")]


class Emergency(ChangeNorm, frozen=True, tag="emergency"):
    """The dated acts that must precede ``then`` in an emergency, in order.

    ``regularised_within``: by when after the start of the works the papers must be handed in; missing where the text
    sets no limit.
    """

    about = meta(
        "紧急程序",
        "紧急时开工（then）以前要先有哪些带日期的手续，开工以后多久内补办。sequence 的 key 是报批表 emergency 里的键。",
    )

    convened_by: Annotated[Words, meta("召集人", "offices 里的角色标识。")]
    sequence: Annotated[tuple[Keyed, ...], meta("依次", "依次要有的各个日期，写 emergency 里的键。")]
    then: Annotated[Words, meta("然后", "这些手续以后可以做什么。")]
    papers: Annotated[tuple[Words, ...], meta("材料", "要留存的材料，papers 里的标识。")] = ()
    regularised_within: Annotated[Length | None, meta("补办手续的期限", "自开工之日次日起。不写的，原文没有规定。")] = (
        None
    )


class ContractRecording(ChangeNorm, frozen=True, tag="contract_recording"):
    """With whom a contract must be recorded before it may serve ``before``."""

    about = meta("合同备案", "补充合同要向谁备案，备案以前不能作什么用。")

    document: Annotated[Words, meta("合同的填报项", "哪一份合同要备案，写填报的键。")]
    recorded_with: Annotated[Words, meta("备案机关", "offices 里的角色标识。")]
    before: Annotated[Words, meta("在什么之前", "在做什么之前要备案。")]
