"""An instrument's version as typed data: provisions, norms, readings, errata, forms, offices."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Annotated, Any, Generic, Literal, TypeVar

import msgspec

from banshi.files.described import Dotted, Place, Slug, Words, holding, meta, narrowed
from banshi.files.findings import Citation
from banshi.law.amending import NOT_AMENDED, Amendments, Amends, Correction
from banshi.law.norms import AnyNorm, Names, Norm
from banshi.law.parts import Part
from banshi.law.reading_effects import as_read_if_it_fits, said_by_readings

N_co = TypeVar("N_co", bound=Norm, covariant=True)


class Dates(Part, frozen=True):
    """Issued, in force, since when the text was known, its last day; what the source does not state is missing.

    ``precision: year`` says that only the year of ``in_force`` is known, and its first day stands for it.
    """

    issued: Annotated[datetime.date | None, meta("成文", "成文或印发的那一天。")] = None
    in_force: Annotated[datetime.date | None, meta("施行", "非规范性文件可不写。")] = None
    known: Annotated[datetime.date | None, meta("可知", "公众从哪天起能知道它；不写的当作一直知道。")] = None
    ended: Annotated[datetime.date | None, meta("失效前最后一天", "全文失效以前的最后一天；没有失效的不写。")] = None
    precision: Annotated[
        str, meta("精度", "只知年份的写 year，日期写该年1月1日。", labels={"day": "到日", "year": "到年"})
    ] = "day"
    note: Annotated[Words | None, meta("说明", "日期从哪里来，或为什么不写。")] = None


class Source(Part, frozen=True):
    """Lines of the source file (None: it stands elsewhere, as the note says), and a note."""

    holds = holding(min_properties=1)

    lines: Annotated[
        tuple[Annotated[int, meta("行", minimum=1)], Annotated[int, meta("行", minimum=1)]] | None,
        meta("来源行", "来源文件的起止行号；不在来源文件里的不写，在说明里写明出处。"),
    ] = None
    note: Annotated[Words | None, meta("说明", "出处，或与来源文件不同的地方。")] = None


class Relation(Part, frozen=True):
    """How this instrument stands to another: ``instrument`` where that one is in the library, else title and number.

    ``replaces``: norms of the other instrument, each with the norms of this one that stand in its place from ``since``.
    """

    kind: Annotated[
        str,
        meta(
            "关系",
            "本文件对那个文件怎样。",
            labels={
                "cites": "引用",
                "implements": "贯彻",
                "prevails_over": "优先于",
                "forwards": "转发",
                "supplements": "补充",
                "amends": "修改",
                "repeals": "废止",
                "yields_to": "让位于",
            },
        ),
    ]
    title: Annotated[Words | None, meta("标题", "那个文件的标题，不带书名号。")] = None
    number: Annotated[Words | None, meta("文号", "那个文件的文号。")] = None
    instrument: Annotated[Words | None, meta("本库标识", "那个文件在本项目里的，写它的标识。")] = None
    at: Annotated[tuple[Words, ...], meta("所在条款", "本文件哪几条说到，写条款的标识。")] = ()
    since: Annotated[datetime.date | None, meta("自何时", "从哪天起是这样。")] = None
    replaces: Annotated[dict[str, tuple[str, ...]], meta("取代", "对方的规范点标识，对应本文件取代它的规范点。")] = (
        msgspec.field(default_factory=dict)
    )
    note: Annotated[Words | None, meta("说明", "两个文件是什么关系，要说明的写在这里。")] = None


class Office(Part, frozen=True):
    """A role: a body or party, how it is recognised in a form, and the project's key that names it.

    ``written``: other spellings in registers. Of people: ``deputy`` stands in for it where that is a question of how the
    text is read; ``leads_group``: it heads the group that somebody is in; ``same_as``: under one reading it is the same
    as another role; ``everyone``: it means all of the staff.
    """

    name: Annotated[Words, meta("名称", "机关、单位或职务的名称。")]
    also: Annotated[tuple[Words, ...], meta("又称", "原文里的其他称呼。")] = ()
    field: Annotated[Words | None, meta("项目文件中的键", "项目文件里写它名称的键；报批表里的名称与它核对。")] = None
    recognised: Annotated[tuple[Words, ...], meta("意见栏应见的字样", "意见栏里有其中之一，就认作是它的意见。")] = ()
    name_by_level: Annotated[dict[str, str], meta("各级名称", "市、区县两级名称不同的，级别对应名称。")] = (
        msgspec.field(default_factory=dict)
    )
    written: Annotated[tuple[Words, ...], meta("登记里的其他写法", "登记、表格里也会这样写的名称。")] = ()
    deputy: Annotated[Slug | None, meta("副职", "不在时由谁代行，是不是这样按口径定的；写它的标识。")] = None
    leads_group: Annotated[bool, meta("带领一个小组", "各人所在小组由他带领。")] = False
    same_as: Annotated[Slug | None, meta("可能是同一个人的", "按一种口径与哪个职务是同一个；写它的标识。")] = None
    everyone: Annotated[bool, meta("所有人员", "指全体人员，不论类别。")] = False


class Label(Part, frozen=True):
    """A word of an instrument: its name in Chinese, in English where messages need it, and other spellings."""

    name: Annotated[Words, meta("名称", "印在页面、消息里的名称。")]
    name_en: Annotated[Words | None, meta("英文名称", "英文消息里用的名称。")] = None
    written: Annotated[tuple[Words, ...], meta("登记里的其他写法", "登记、表格里也会这样写的名称。")] = ()


class Paper(Label, frozen=True):
    """A paper, and the words that show it in a list of what was handed in."""

    recognised: Annotated[
        tuple[Annotated[Words, meta("字样")], ...],
        meta("认得出的字样", "填报的文字里有其中之一，就认作列明了这种材料。"),
    ] = ()


class LeaveKind(Label, frozen=True):
    """A kind of leave: counted in 工作日 or 天 (calendar days); ``short``: less than half a day unless a length is given.

    ``covers``: with a short leave of this kind one may come late (arrival) or go early (departure).
    """

    unit: Annotated[str, meta("按什么天数计", "不写的，按工作日。", labels={"工作日": "工作日", "天": "日历日"})] = (
        "工作日"
    )
    short: Annotated[bool, meta("不满半天", "晚到、早走、中途离开一类：没有申报天数的，不满半天。")] = False
    covers: Annotated[
        str | None,
        meta(
            "可以晚到或早走",
            "请了这种短假，上班（下班）不打卡、晚打卡（早打卡）不算非正常。",
            labels={"arrival": "晚到", "departure": "早走"},
        ),
    ] = None


class StaffGroup(Label, frozen=True, kw_only=True):
    """A group of the people on a register; ``at_windows``: they serve windows."""

    at_windows: Annotated[bool, meta("在窗口上班", "这一类人员在窗口上班的写 true。")]


CountedMeasure = Literal[
    "on_site_rate",
    "on_time_rate",
    "satisfaction_rate",
    "recorded_rate",
    "online_rate",
    "overdue_cases",
    "poor_ratings_unanswered",
]


class Counted(Part, frozen=True):
    """What of a case log makes a fact: a measure, of all cases or of those ``among``."""

    measure: Annotated[
        CountedMeasure,
        meta(
            "指标",
            "办件登记的哪个指标。",
            labels={
                "on_site_rate": "现场办结率",
                "on_time_rate": "按时办结率",
                "satisfaction_rate": "满意率",
                "recorded_rate": "录入率",
                "online_rate": "网办率",
                "overdue_cases": "超期件数",
                "poor_ratings_unanswered": "没有按时回复的差评件数",
            },
        ),
    ]
    among: Annotated[
        Literal["all", "parallel", "online"],
        meta(
            "哪些办件",
            "不写的，是全部办件。",
            labels={"all": "全部办件", "parallel": "并联审批的", "online": "网上办理的"},
        ),
    ] = "all"


class Measure(Part, frozen=True):
    """What a fact or measure that norms speak of is called, what it is counted in, and what it is to a computation.

    ``role``: what it tells besides its own rule, for example that it counts the cases that were late. ``from_log``: how
    a case log tells it.
    """

    name: Annotated[Words, meta("名称", "印在页面、消息里的名称。")]
    unit: Annotated[Words, meta("单位", "按什么计，例如 件、次、%。")] = ""
    role: Annotated[
        str,
        meta(
            "作用",
            "除了本条规定以外，还和别的数有关的事实写明作用：超期件要逐件列出，考勤人次可以由登记补上，等等。",
            labels={
                "overdue": "超期件",
                "overdue_parallel": "并联审批的超期件",
                "overdue_online": "网上办理的超期件",
                "attendance_breaches": "考勤登记数得出的人次",
                "time_saved": "由各事项时限算出的精简比例",
                "finished_on_site": "现场办结的比率",
                "finished_on_time": "按时办结的比率",
            },
        ),
    ] = ""
    from_log: Annotated[Counted | None, meta("由办件登记算", "办件登记算得出的事实：是哪个指标，哪些办件的。")] = None


class CaseWord(Part, frozen=True):
    """A value that a case log may state (a kind, a system, an evaluation …), with its names."""

    name: Annotated[Words, meta("名称", "登记里写的名称。")]
    name_en: Annotated[Words | None, meta("英文名称", "英文消息里用的名称。")] = None
    also: Annotated[tuple[Words, ...], meta("又称", "登记里也可以这样写。")] = ()


class Evaluation(CaseWord, frozen=True, kw_only=True):
    """An evaluation; ``good``: it counts as satisfied."""

    good: Annotated[bool, meta("是否算满意", "这种评价算满意的写 true。")]


class CaseFlag(CaseWord, frozen=True):
    """A flag of a case; ``of``: only cases of this kind have it."""

    of: Annotated[Words | None, meta("哪一类别才有", "case_kinds 里的标识。")] = None


class CaseClass(CaseWord, frozen=True):
    """Cases of a kind (``of``) that have a ``flag``, or those of the projects on the log's list (``listed_projects``)."""

    of: Annotated[Words | None, meta("哪一类别", "case_kinds 里的标识。")] = None
    flag: Annotated[Words | None, meta("有哪一标记", "case_flags 里的标识。")] = None
    listed_projects: Annotated[bool, meta("是否名单里项目的办件", "登记的 signed_projects 里各项目的办件。")] = False


FieldType = Literal[
    "text",
    "long_text",
    "date",
    "amount",
    "integer",
    "quantity",
    "yes_no",
    "choice",
    "several",
    "document_number",
    "project_code",
    "credit_code",
]


class FormField(Part, frozen=True):
    """A field of a form: its label, where its value goes (``key``; none: written by hand), and who fills it in.

    ``type`` and what belongs to it: of a form that rules its own fields. ``columns``: it is a table of rows.
    """

    label: Annotated[Words, meta("栏名", "栏目印出来的名字。")]
    key: Annotated[
        Words | None,
        meta(
            "填报项",
            "填进某种文件的，写那里的位置，例如 change.amounts.net、leave.kind；自定的栏目写自拟的标识。没有的，留给手写（签字、盖章）。",
        ),
    ] = None
    filled_by: Annotated[Words, meta("由谁填", "由谁填，写 offices 里的标识，或直接写名称。")] = ""
    group: Annotated[Words, meta("栏组", "相邻的、同组的栏排在这个标题下面。")] = ""
    hint: Annotated[Words, meta("填写说明", "写在栏旁的提示。")] = ""
    type: Annotated[
        FieldType | None,
        meta(
            "填写方式",
            "自定的栏目怎样填；填进某种文件的由那种文件决定，不写。",
            labels={
                "text": "文字",
                "long_text": "多行文字",
                "date": "日期",
                "amount": "金额",
                "integer": "整数",
                "quantity": "数",
                "yes_no": "是或否",
                "choice": "选一项",
                "several": "选几项",
                "document_number": "文号",
                "project_code": "项目代码",
                "credit_code": "统一社会信用代码",
            },
        ),
    ] = None
    choices: Annotated[
        tuple[Annotated[Words, meta("选项")], ...], meta("可选的值", "选一项、选几项的栏目，可以选哪些。", min_items=1)
    ] = ()
    required: Annotated[bool, meta("必填", "不填不行的写 true。")] = False
    max_length: Annotated[int | None, meta("最多字数", "最多写几个字。", minimum=1, maximum=20000)] = None
    columns: Annotated[
        tuple[
            Annotated[
                "FormField",
                meta("列", required=["label", "key", "type"]),
                narrowed(filled_by=None, group=None, columns=None, rows=None),
            ],
            ...,
        ],
        meta("各列", "自定的、可以写几行的表：它的各列。", min_items=1),
    ] = ()
    rows: Annotated[int | None, meta("空行", "空表留几行。", minimum=1, maximum=200)] = None


class Form(Part, frozen=True, kw_only=True):
    """A form; ``reconstructed`` where the original is lost.

    ``fills``: the kind of file that a filled one is a part of; empty: a file of its own (kind ``form``). ``sample``: such
    contents, made up. ``page``: paper and direction.
    """

    id: Annotated[Slug, meta("标识", "别处引用这张表时写它；小写字母、数字、连字符或下划线。")]
    title: Annotated[Words, meta("标题", "表上印的标题。")]
    aliases: Annotated[tuple[Words, ...], meta("别名", "别处提到它时的其他名称。")] = ()
    reconstructed: Annotated[bool, meta("是否重拟", "原表没有栏目、由本项目重拟的写 true。")] = False
    note: Annotated[Words | None, meta("说明", "这张表从哪里来。")] = None
    fills: Annotated[
        str,
        meta(
            "填进哪种文件",
            "填好的表读成哪种文件的内容，例如 ledger（工程变更）、attendance（请假等登记）、assessment（窗口考核）；不写的，栏目由本表自己规定，读成 kind: form。",
            labels={"ledger": "工程变更台账", "attendance": "考勤登记", "assessment": "窗口考核"},
        ),
    ] = ""
    page: Annotated[
        str,
        meta(
            "纸张",
            "打印的纸张和方向；不写的，XLSX 横放 A4，文档和网页竖放 A4。",
            labels={"A4": "A4 竖放", "A4-landscape": "A4 横放", "A3": "A3 竖放", "A3-landscape": "A3 横放"},
        ),
    ] = ""
    sample: Annotated[
        dict[str, Any],
        meta(
            "填写样例",
            "一份填好的内容（虚构），与填好的表读出来的一样：填进某种文件的，写那种文件的键；自定的栏目，写各栏的 key。办事指南提供它的下载。",
            min_properties=1,
        ),
    ] = msgspec.field(default_factory=dict)
    fields: Annotated[
        tuple[Annotated[FormField, meta(required=["label", "filled_by"])], ...], meta("栏目", "从上到下的各栏。")
    ]


class Reading(Part, frozen=True, kw_only=True):
    """An unclear place: the question, the readings, the one taken, and why. ``computed``: the engine obeys it.

    ``norms``: what norms say under a reading (option → norm id → fields), where that is not what they are written as.
    """

    id: Annotated[Slug, meta("标识", "别处引用这个问题时写它；小写字母、数字、连字符或下划线。")]
    inventory: Annotated[Words | None, meta("清单编号", "对应来源清单的行。")] = None
    at: Annotated[tuple[Words, ...], meta("所在条款", "哪几条不清楚，写条款的标识。")] = ()
    question: Annotated[Words, meta("问题", "哪里不清楚，用一句话问。")]
    options: Annotated[
        dict[str, Annotated[str, meta(min_length=1)]], meta("各种口径", "标识对应说明。", min_properties=1)
    ]
    default: Annotated[Words, meta("采用", "采用哪一种口径，写它的标识。")]
    norms: Annotated[
        dict[
            str,
            Annotated[
                dict[str, Annotated[dict[str, Any], meta("各项", min_properties=1)]], meta("规范点", min_properties=1)
            ],
        ],
        meta(
            "按某一口径，规范点怎么说",
            "口径标识对应规范点标识，再对应按这一口径另有说法的各项（可以写到里层，如 length.unit）；写 null 表示按这一口径没有这一项。规范点按正文写的说法写，不用在这里重复。",
        ),
    ] = msgspec.field(default_factory=dict)
    computed: Annotated[bool, meta("是否据以计算", "计算按它算的写 true；只给人看的不写。")] = False
    ground: Annotated[Words, meta("理由", "为什么采用它。")]


class Erratum(Part, frozen=True, kw_only=True):
    """An error of the source: what was found, what is taken, how sure we are; ``also_lines`` where it stands again."""

    id: Annotated[Slug, meta("标识", "别处引用时写它；小写字母、数字、连字符或下划线。")]
    inventory: Annotated[Words | None, meta("清单编号", "对应来源清单的行。")] = None
    lines: Annotated[
        tuple[Annotated[int, meta("行", minimum=1)], Annotated[int, meta("行", minimum=1)]],
        meta("来源行", "来源文件的起止行号；不在来源文件里的不写，在说明里写明出处。"),
    ]
    also_lines: Annotated[
        tuple[Annotated[int, meta("行", minimum=1)], ...], meta("又见于", "同一个错又在哪几行。")
    ] = ()
    found: Annotated[Words, meta("原样", "来源文件上的原样。")]
    taken: Annotated[Words, meta("取作", "本文件取作什么。")]
    confidence: Annotated[
        str,
        meta(
            "把握",
            "有多大把握。",
            labels={
                "certain": "确定",
                "near_certain": "几乎确定",
                "probable": "很可能",
                "possible": "可能",
                "verified": "已核实",
            },
        ),
    ]


class Provision(Part, frozen=True, kw_only=True):
    """An article, paragraph or item with its norms."""

    id: Annotated[Dotted, meta("标识", "如 3.4.1。")]
    label: Annotated[Words, meta("条款号", "如 三（四）1。")]
    heading: Annotated[Words, meta("题名", "这一条讲什么，几个字。")]
    also: Annotated[tuple[Words, ...], meta("又作", "来源里的其他条款号。")] = ()
    source: Annotated[Source, meta("来源", "这一条在来源文件的哪几行。")]
    norms: Annotated[tuple[AnyNorm, ...], meta("规范点", "这一条规定的，一项一个规范点。")] = ()


class PolicyVersion(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, dict=True):
    """One version of an instrument; see ``schemas/policy.schema.json`` for each key."""

    about = meta("政策文件的一个版本", "一个文件的一个版本：来源、机关、条款、规范点、理解口径、勘误、表格。")

    kind: Annotated[str, meta("种类", const="policy")] = "policy"
    instrument: Annotated[Place, meta("文件标识", "所在文件夹：辖区/主题。")]
    version: Annotated[
        str,
        meta(
            "版本",
            "从哪天起施行；只知年份的写年份；非规范性文件写成文日，没有日期的写 undated。与文件名一致。",
            pattern="^([0-9]{4}(-[0-9]{2}-[0-9]{2})?|undated)$",
            format="version",
        ),
    ]
    title: Annotated[Words, meta("标题", "文件的正式标题，不带书名号。")]
    aliases: Annotated[tuple[Words, ...], meta("别名", "别的文件、登记里对它的称呼。")] = ()
    number: Annotated[
        str,
        meta(
            "文号",
            "例如 某市府办发〔2011〕37号。",
            pattern="^([\\u4e00-\\u9fff]{1,12}〔(19|20)[0-9]{2}〕[1-9][0-9]{0,4}号|[\\u4e00-\\u9fff]{0,10}令第([1-9][0-9]{0,3}|[一二三四五六七八九十百零〇]{1,8})号)$",
            format="document-number",
        ),
    ] = ""
    jurisdiction: Annotated[Place, meta("辖区", "在哪里适用；市写拼音名（小写），其下的区、县写 市/区县。")]
    jurisdiction_name: Annotated[Words, meta("辖区名称", "辖区的中文名称。")]
    subject: Annotated[Words, meta("主题", "讲什么，几个字，印在目录里。")]
    governs: Annotated[
        tuple[
            Annotated[
                str,
                meta(
                    "事项",
                    labels={
                        "change": "工程变更",
                        "attendance": "考勤和请假",
                        "assessment": "窗口考核",
                        "parallel": "并联审批和办件",
                        "licensing": "行政许可期限",
                    },
                ),
            ],
            ...,
        ],
        meta(
            "管什么",
            "管哪些事：change 工程变更，attendance 考勤和请假，assessment 窗口考核，parallel 并联审批和办件，licensing 行政许可期限。不写的，按规范点的种类认定。写成一行：governs: [change]。",
            unique_items=True,
            min_items=1,
        ),
    ] = ()
    issuers: Annotated[tuple[Words, ...], meta("制定机关", "制定、印发它的机关。")] = ()
    forwarded_by: Annotated[Words | None, meta("转发机关", "转发它的机关；没有的不写。")] = None
    dates: Annotated[Dates, meta("日期", "原文没有写明的不写。")]
    provenance: Annotated[str | None, meta("来路", "来路不明的写 unknown。", labels={"unknown": "不明"})] = None
    relations: Annotated[
        tuple[Annotated[Relation, meta("关系")], ...], meta("与其他文件的关系", "引用、贯彻、取代了哪些文件。")
    ] = ()
    status: Annotated[
        str,
        meta(
            "状态",
            "历史文件、施行中，还是草稿。",
            labels={"historical": "历史文件", "in_force": "施行中", "draft": "草稿"},
        ),
    ]
    validity: Annotated[
        str,
        meta(
            "效力",
            "现在还有没有效，经过主管部门确认没有。",
            labels={"unverified": "待主管部门确认", "confirmed": "已确认"},
        ),
    ]
    normative: Annotated[bool, meta("是否规范性文件", "规定事情的写 true；只是通报、介绍的写 false。")]
    source: Annotated[Source, meta("来源", "从哪里来的。")]
    offices: Annotated[dict[str, Annotated[Office, meta("机关")]], meta("机关与各方", "角色标识对应名称。")] = {}
    tiers: Annotated[dict[str, Annotated[Label, meta("名称")]], meta("审批档次", "由宽到严。")] = {}
    steps: Annotated[dict[str, Annotated[Label, meta("名称")]], meta("环节", "程序里的各个环节：标识对应名称。")] = {}
    papers: Annotated[dict[str, Annotated[Paper, meta("名称")]], meta("材料", "要交、要留的材料：标识对应名称。")] = {}
    facts: Annotated[
        dict[str, Annotated[Measure, meta("事实")]],
        meta("事实与指标", "规范点里用到的事实、指标：标识对应中文名称和单位；填报的文件按标识填写。"),
    ] = {}
    forms: Annotated[tuple[Form, ...], meta("表格", "文件所附的表格。")] = ()
    provisions: Annotated[tuple[Provision, ...], meta("条款", "逐条写来，每条之下是它的规范点。", min_items=1)]
    readings: Annotated[tuple[Reading, ...], meta("理解口径", "原文不清楚的地方，有哪几种理解，采用哪一种。")] = ()
    errata: Annotated[tuple[Erratum, ...], meta("勘误", "来源文件上的错字、错号，取作什么。")] = ()
    criteria: Annotated[dict[str, Annotated[Label, meta("名称")]], meta("情形", "由宽到严。")] = {}
    classes: Annotated[dict[str, Annotated[Label, meta("名称")]], meta("变更类别", "由宽到严。")] = {}
    shifts: Annotated[
        dict[str, Annotated[Label, meta("名称")]],
        meta("班次", "班次标识对应名称；rest（休息）不必写。", property_names={"not": {"const": "rest"}}),
    ] = {}
    staff_groups: Annotated[
        dict[str, Annotated[StaffGroup, meta("人员类别")]],
        meta("人员类别", "名册把人分成哪几类；标识与 offices 里的角色相同。"),
    ] = {}
    leave_kinds: Annotated[
        dict[str, Annotated[LeaveKind, meta("假别")]],
        meta("假别", "假别标识对应名称和算法；登记里可以写标识、名称或其他写法。"),
    ] = {}
    case_kinds: Annotated[
        dict[str, Annotated[CaseWord, meta("办件类别")]],
        meta(
            "办件类别",
            "办件登记里可写的类别（标识对应名称）；“其他”不用声明。",
            property_names={"pattern": "^[a-z][a-z0-9_]*$"},
        ),
    ] = {}
    case_systems: Annotated[
        dict[str, Annotated[CaseWord, meta("办件系统")]],
        meta(
            "办件系统", "办件登记里可写的系统；“未录入系统”不用声明。", property_names={"pattern": "^[a-z][a-z0-9_]*$"}
        ),
    ] = {}
    evaluations: Annotated[
        dict[str, Annotated[Evaluation, meta("群众评价")]],
        meta(
            "群众评价",
            "办件登记里可写的评价，各算不算满意；“未评议”不用声明。",
            property_names={"pattern": "^[a-z][a-z0-9_]*$"},
        ),
    ] = {}
    case_flags: Annotated[
        dict[str, Annotated[CaseFlag, meta("办件标记")]],
        meta(
            "办件标记",
            "办件登记里可写是或否的标记，标识就是登记里的键。",
            property_names={"pattern": "^[a-z][a-z0-9_]*$"},
        ),
    ] = {}
    case_classes: Annotated[
        dict[str, Annotated[CaseClass, meta("办件的类")]],
        meta(
            "办件的类",
            "指标所说的办件，除类别以外的：某一类别里有某一标记的，或者服务于签约项目名单的。",
            property_names={"pattern": "^[a-z][a-z0-9_]*$"},
        ),
    ] = {}
    amends: Annotated[
        tuple[Annotated[Amends, meta("修改一个文件")], ...],
        meta("修改", "本文件修改别的文件的内容：只写改动，正文由程序合并。", min_items=1),
    ] = ()
    pending: Annotated[
        str | None,
        meta(
            "以前申报的",
            "施行以前申报、还没有办完的：old_text 按旧规定办到底（不写即此），new_text 施行之日起按新规定办。",
            labels={"old_text": "按旧规定办到底", "new_text": "按新规定办"},
        ),
    ] = None
    corrections: Annotated[
        tuple[Correction, ...], meta("更正", "录入错误的更正：原文一直如此，是本文件曾经录错。不是修改。", min_items=1)
    ] = ()

    @cached_property
    def subjects(self) -> tuple[str, ...]:
        """What it governs: as stated, or else what its norms are about by their kinds."""
        kinds = (placed.norm.subject for placed in self.placed)
        return self.governs or tuple(dict.fromkeys(subject for subject in kinds if subject))

    @property
    def amended(self) -> "Amendments":
        """What was changed in this text by amending instruments; nothing in one as it was decided."""
        found: Amendments | None = self.__dict__.get("_amended")
        return found or NOT_AMENDED

    @property
    def begins(self) -> datetime.date:
        """The day from which the text is in force; a far day for a paper that never was."""
        return self.dates.in_force or datetime.date.max

    @property
    def cite(self) -> Citation:
        """The citation of the version as a whole."""
        return Citation(self.instrument, self.version, "", "", "", self.number, self.title)

    @cached_property
    def names(self) -> Names:
        """What the ids in its norms are called; where a tier and an office share an id, a norm means the office."""
        labels = {
            key: label.name
            for table in (self.tiers, self.criteria, self.classes, self.steps, self.papers)
            for key, label in table.items()
        }
        offices = {key: office.name for key, office in self.offices.items()}
        facts = {key: fact.name for key, fact in self.facts.items()}
        flags = {key: word.name for key, word in self.case_flags.items()}
        terms = {key: term.name for table in (self.leave_kinds, self.shifts) for key, term in table.items()}
        return {**{form.id: form.title for form in self.forms}, **flags, **facts, **terms, **labels, **offices}

    @cached_property
    def placed(self) -> "tuple[Placed[Norm], ...]":
        """Every norm with its provision, as the readings that are taken have it."""
        said = said_by_readings(self.readings)
        return tuple(
            Placed(as_read_if_it_fits(norm, said.get(norm.id)), provision, self)
            for provision in self.provisions
            for norm in provision.norms
        )

    @cached_property
    def kinds(self) -> dict[str, str]:
        """The kinds of its norms, by id."""
        return {placed.norm.id: placed.norm.kind for placed in self.placed}

    @cached_property
    def by_kind(self) -> "dict[str, list[Placed[Any]]]":
        """Its norms by their kind."""
        found: dict[str, list[Placed[Any]]] = {}
        for placed in self.placed:
            found.setdefault(placed.norm.kind, []).append(placed)
        return found

    @cached_property
    def words(self) -> frozenset[str]:
        """Every key and word that its norms use, as a file has them."""
        return frozenset(_words(msgspec.to_builtins([placed.norm for placed in self.placed])))


def _words(data: object) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict):
        yield from data
        for value in data.values():
            yield from _words(value)
    elif isinstance(data, list | tuple):
        for value in data:
            yield from _words(value)


@dataclass(frozen=True, slots=True)
class Placed(Generic[N_co]):
    """A norm that knows its provision and version, so that a citation costs nothing."""

    norm: N_co
    provision: Provision
    version: PolicyVersion

    def role(self, slug: str) -> str:
        """What a fact is to computations, as its version says; empty where it says nothing."""
        fact = self.version.facts.get(slug)
        return fact.role if fact else ""

    @property
    def cite(self) -> Citation:
        """The norm's citation."""
        version, provision = self.version, self.provision
        return Citation(
            version.instrument,
            version.version,
            provision.id,
            provision.label,
            self.norm.id,
            version.number,
            version.title,
            tuple(dict.fromkeys(each.by for each in version.amended.norms.get(self.norm.id, ()))),
        )

    @property
    def statement(self) -> str:
        """The statement in words."""
        return self.norm.say(self.version.names)
