"""Kinds of norm that any instrument may hold."""

import datetime
from typing import Annotated, Literal

import msgspec

from banshi.files.described import Words, meta, narrowed
from banshi.law.norms.base import Norm
from banshi.law.norms.values import Bounds, Cited, Duty, Length, Marks, Named


class Promulgation(Norm, frozen=True, tag="promulgation"):
    """Who issued, agreed, forwarded; when it was issued and came into force."""

    about = meta("颁布", "谁制定、谁同意、谁转发，何时印发、施行。和文件开头 dates 里的要一致。")

    number: Annotated[Words | None, meta("文号", "这个文件的文号。")] = None
    issued: Annotated[datetime.date | None, meta("成文日期", "成文或印发的那一天。")] = None
    in_force: Annotated[datetime.date | None, meta("施行日期", "从哪天起施行。")] = None
    authors: Annotated[tuple[Words, ...], meta("提出机关", "由哪些机关提出。")] = ()
    consented_by: Annotated[Words | None, meta("同意机关", "经哪个机关同意。")] = None
    forwarded_by: Annotated[Words | None, meta("转发机关", "由哪个机关转发。")] = None
    addressees: Annotated[tuple[Words, ...], meta("主送机关", "发给哪些机关。")] = ()


class Scope(Norm, frozen=True, tag="scope"):
    """To what, and to whom, the instrument applies; ``levels``: of the centres that its targets are set for."""

    about = meta(
        "适用范围",
        "适用于哪里、哪些人、哪些资金的项目；考勤里 subjects 以外的人不判定，变更里 funding 以外的项目要说明。",
    )

    territory: Annotated[Words | None, meta("地域", "在哪里适用。")] = None
    subjects: Annotated[tuple[Words, ...], meta("适用的人或单位", "对哪些人、单位、项目适用。")] = ()
    organisers: Annotated[tuple[Words, ...], meta("组织实施单位", "由哪些单位组织实施。")] = ()
    funding: Annotated[tuple[Named, ...], meta("资金来源", "使用哪些资金的项目适用，标识和名称。")] = ()
    funding_open: Annotated[bool, meta("资金列举是否开放", "没有列出的资金也可以适用的，写 true。")] = False
    government_controlled: Annotated[
        bool | None, meta("是否要求政府投资控股或主导", "只对政府投资占控股或主导地位的项目适用的，写 true。")
    ] = None
    levels: Annotated[
        tuple[Annotated[Literal["county", "city"], meta(labels={"county": "区、县", "city": "市"})], ...],
        meta("哪一级的中心", "指标对哪一级的政务服务中心；不写的对各级。"),
    ] = ()


class Ordering(Norm, frozen=True, tag="ordering"):
    """``first`` comes before ``then``; within one tier if ``tier`` is given."""

    about = meta("先后", "先有什么，后有什么；给人看的，也是校验规则的依据。")

    first: Annotated[Words, meta("在先", "先做什么。")]
    then: Annotated[Words, meta("在后", "后做什么。")]
    tier: Annotated[Words | None, meta("档次", "tiers 里的标识。")] = None


class Enumeration(Norm, frozen=True, tag="enumeration"):
    """The values that a key may take; an open list also takes those that ``needs_explanation`` names.

    ``cases``: of which kinds of case this is said; empty: of all.
    """

    about = meta("列举", "一项内容可以写哪些值。open 为 true 的，还可以写别的；needs_explanation 里的值要附说明。")

    of: Annotated[Words, meta("列举什么", "列举的是什么；计算要用的写规定的名目，例如 change_type。")]
    values: Annotated[tuple[Named, ...], meta("各项", "列出的各项：标识和名称。")]
    open: Annotated[bool, meta("是否开放", "没有列出的也可以的，写 true。")]
    needs_explanation: Annotated[tuple[Words, ...], meta("须说明的项", "选了这几项的要写说明，写标识。")] = ()
    cases: Annotated[
        tuple[Words, ...], meta("哪些办件", "case_kinds 里的标识：只对这些类别的目录；不写的对各类。")
    ] = ()


class Locality(Norm, frozen=True, kw_only=True, tag="locality"):
    """Each level decides for itself; ``marks`` tells by which words an ``office`` of a level is recognised.

    ``always``: the level whose office decides on whatever level a project is.
    """

    about = meta("属地", "属地管理：一个机关在市、区县两级各叫什么，凭哪些字认得出是哪一级的。")

    office: Annotated[Words, meta("机关", "offices 里的角色标识。")]
    always: Annotated[
        Literal["county", "city"] | None,
        meta(
            "一律由哪一级",
            "不论项目层级都由这一级的机关批准；不写的由项目本级。",
            labels={"county": "县级", "city": "市级"},
        ),
    ] = None
    marks: Annotated[
        dict[str, Annotated[Marks, meta("字样")]], meta("各级机关的字样", "按层级写明本级和他级机关名称里的字样。")
    ]


class Duties(Norm, frozen=True, tag="duty"):
    """Who has to do what; ``of``: which question of the computations it answers, where it answers one, for these kinds of
    ``cases`` (empty: all). ``stands_in``: for groups without a leader, who does it.
    """

    about = meta("职责", "谁做什么。给人看的；of 写了的几种（解释、带资料、看记录等），考勤的计算和校验也用。")

    duties: Annotated[tuple[Duty, ...], meta("职责", "谁做什么：机关（offices 里的标识）和事情。")]
    of: Annotated[
        Literal["working_hours", "explaining", "carrying_papers", "seeing_records", "one_form", "published_items"]
        | None,
        meta(
            "回答什么问题",
            "计算要用到这条职责时写。",
            labels={
                "working_hours": "上下班时刻",
                "explaining": "非正常考勤的说明与录入",
                "carrying_papers": "送件由谁承担",
                "seeing_records": "谁可以查看考勤记录",
                "one_form": "一表制",
                "published_items": "结合已公布的事项",
            },
        ),
    ] = None
    cases: Annotated[
        tuple[Words, ...], meta("哪些办件", "case_kinds 里的标识：只对这些类别的目录；不写的对各类。")
    ] = ()
    stands_in: Annotated[
        dict[str, str],
        meta("对哪类人员由谁代", "非正常考勤的录入：不由上面所写的人录入的人员类别，对应 offices 里的角色标识。"),
    ] = msgspec.field(default_factory=dict)


class Definition(Norm, frozen=True, tag="definition"):
    """What a term includes, and by which keys of a filing that is stated."""

    about = meta("定义", "一个词包括什么；keys 写报批表里哪个键说明它包不包括。")

    term: Annotated[Words, meta("术语", "解释的是哪一个词。")]
    includes: Annotated[tuple[Words, ...], meta("包括", "这个词包括哪些，几个字一项。")] = ()
    keys: Annotated[dict[str, str], meta("对应的填报项", "填报里哪个键写明它包不包括：键对应名称。")] = msgspec.field(
        default_factory=dict
    )


class Period(Norm, frozen=True, tag="period"):
    """How long something lasts; the day it begins is not counted unless ``first_day`` says so.

    ``moved``: a last day of rest moves on. ``tier``: only in that tier.
    """

    about = meta(
        "期间",
        "一件事持续多久：of 写 publicity（公示）、objection_answer（答复异议）、rating_answer（回复差评，自评价那天）等；从次日起算，当日算第一天的写 first_day，末日逢休息日顺延的写 moved。",
    )

    of: Annotated[Words, meta("什么的期间", "是什么的期间，例如 publicity（公示）。")]
    length: Annotated[Length, meta("长度", "多长时间：数和单位。")]
    inclusive: Annotated[bool, meta("是否含本数", "满这么长就够的，写 true。")]
    first_day: Annotated[
        Literal["next_day", "same_day"],
        meta("第一天", "next_day 从次日算，same_day 当日算第一天。", labels={"next_day": "次日", "same_day": "当日"}),
    ] = "next_day"
    moved: Annotated[bool, meta("末日是休息日的顺延", "最后一天是休息日的，顺延到下一个工作日，写 true。")] = False
    tier: Annotated[Words | None, meta("只用于哪一档", "tiers 里的标识。")] = None


class Consequence(Norm, frozen=True, tag="consequence"):
    """What follows when ``trigger`` happens, save in the cases of ``unless``; ``of``: the event, where one computes it.

    ``though_explained``: of lateness without leave, though it was explained and entered.
    """

    about = meta("后果", "发生什么就怎样处理。of 写了的几种（例如在打卡时段以外），计算也用；其余给人看。")

    trigger: Annotated[Words, meta("情形", "什么情形下有这个后果。")]
    effects: Annotated[tuple[Words, ...], meta("后果", "有什么后果，几个字一项。")]
    by: Annotated[Words | None, meta("由谁", "offices 里的角色标识。")] = None
    subjects: Annotated[tuple[Words, ...], meta("对谁", "后果由谁承担，offices 里的标识或名称。")] = ()
    unless: Annotated[tuple[Words, ...], meta("除外", "有这些情形的除外，几个字一项。")] = ()
    of: Annotated[
        Literal["outside_windows", "leave_rules_broken", "case_not_named"] | None,
        meta(
            "什么事的后果",
            "计算要用到这个后果时写。",
            labels={
                "outside_windows": "不在打卡时段内打卡",
                "leave_rules_broken": "没有请假手续",
                "case_not_named": "规定没有写到、可以比照的情形",
            },
        ),
    ] = None
    though_explained: Annotated[
        bool, meta("说明了的也算", "没有请假手续的：写 true 的，迟到、早退说明并录入了的也可能是旷工。")
    ] = False


class LocalLimit(Norm, frozen=True, tag="local_limit"):
    """Norms that a lower jurisdiction may lay down otherwise: more strictly alone, or as it likes (``otherwise``)."""

    about = meta(
        "下级额度",
        "本文件的哪些规范点，下级辖区可以另定：只能更严（stricter），还是宽严都可以（otherwise）。没有列出的，下级写了也不适用。",
    )

    overlays: Annotated[tuple[Words, ...], meta("可以另定的规范点", "下级可以另定的是哪几条，写规范点的标识。")]
    may_be: Annotated[
        Literal["stricter", "otherwise"],
        meta("方向", "下级只能定得怎样。", labels={"stricter": "更严", "otherwise": "另定，可严可宽"}),
    ]


class Interpretation(Norm, frozen=True, tag="interpretation"):
    """Who interprets the instrument."""

    about = meta("解释", "由谁解释；给人看的。")

    by: Annotated[tuple[Words, ...], meta("解释机关", "由谁解释，offices 里的标识或名称。")]


class Record(Norm, frozen=True, tag="record"):
    """Papers to be kept or handed in, by whom and to whom, and the kinds of attachment that show them.

    With a leave (``when`` is its kind): only with one of this ``length``, ``due`` so long after its end;
    ``insured_hospital``: it is the certificate of a hospital under medical insurance.
    """

    about = meta(
        "留存",
        "什么时候要留存、交哪些材料，交给谁，附件里凭哪一类认得出。请假的材料 when 写假别，length 写多长的假才要，due 写几时交。",
    )

    when: Annotated[Words, meta("何时", "什么时候要；随某种假交的，写那种假的标识。")]
    papers: Annotated[tuple[Words, ...], meta("材料", "要留存、要交的材料，papers 里的标识。")]
    by: Annotated[Words | None, meta("由谁", "offices 里的角色标识。")] = None
    filed_with: Annotated[Words | None, meta("报谁备案", "offices 里的角色标识。")] = None
    attachments: Annotated[
        tuple[Words, ...], meta("对应的附件种类", "附上这些种类的附件就算有了，attachment_kinds 里的标识。")
    ] = ()
    length: Annotated[Bounds | None, meta("请假长度", "这么长的假才要。")] = None
    due: Annotated[
        Length | None,
        meta("期限", "假期结束的次日起几个工作日（天）内交；登记的“凭据交来日”与它比。"),
        narrowed(value=Annotated[int, meta(minimum=1)], unit=Literal["工作日", "天"]),
    ] = None
    insured_hospital: Annotated[
        bool, meta("须符合医保规定的医院", "凭医院证明（登记的 certificate），医院须符合医保规定。")
    ] = False


class FormNorm(Norm, frozen=True, tag="form"):
    """A form that belongs to the instrument, and what is filed or made public with it."""

    about = meta("表格", "文件所附的表格，用在哪里；表格本身在文件末尾的 forms 里。")

    form: Annotated[Words, meta("表格", "forms 里的标识。")]
    of: Annotated[
        Literal["change", "publicity", "leave", "assessment", "parallel_case"] | None,
        meta(
            "用于",
            "用它报什么：change 工程变更报批，publicity 变更公示，leave 请假，assessment 考核，parallel_case 并联审批。",
            labels={
                "change": "工程变更报批",
                "publicity": "变更公示",
                "leave": "请假",
                "assessment": "考核",
                "parallel_case": "并联审批",
            },
        ),
    ] = None


class CitationNorm(Norm, frozen=True, tag="citation"):
    """Documents that the text refers to, by title and number."""

    about = meta(
        "引用文件", "提到的别的文件：标题、文号、哪一条；在本项目里的，instrument 写它的标识，网页上就有链接。"
    )

    documents: Annotated[tuple[Cited, ...], meta("文件", "说到的各个文件：标题和文号。", min_items=1)]


class Precedence(Norm, frozen=True, tag="precedence"):
    """What gives way to this instrument where both speak, and what fills its silence."""

    about = meta(
        "优先",
        "和别的规定不一致时以谁为准，没有写的依什么；给人看的。真正替换别的文件的规范点，写在 relations 的 replaces 里。",
    )

    over: Annotated[Words, meta("优先于", "与它不一致的，以本文件为准的是哪些文件。")]
    silent: Annotated[Words, meta("未规定的依什么", "本文件没有规定的，依哪些文件。")]


class Information(Norm, frozen=True, tag="information"):
    """What the text reports or announces without laying anything down."""

    about = meta("情况", "通报、介绍的情况，不作规定。只是给人知道的话，都写成这一种，不要写成要计算的种类。")

    points: Annotated[tuple[Words, ...], meta("要点", "通报、介绍的各点，供阅读。")]
