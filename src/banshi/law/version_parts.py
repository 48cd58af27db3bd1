"""The parts of a version of an instrument: where it comes from, its forms, readings, errata, provisions."""

import datetime
from typing import Annotated, Any, Literal

import msgspec

from banshi.files.described import Dotted, Slug, Words, holding, meta, narrowed
from banshi.law.norms import AnyNorm
from banshi.law.parts import VersionPart


class Dates(VersionPart, frozen=True):
    """Issued, in force, since when the text was known, its last day; what the source does not state is missing.

    ``precision: year`` says that only the year of ``in_force`` is known, and its first day stands for it.
    """

    issued: Annotated[datetime.date | None, meta("成文日", "成文或印发的那一天。")] = None
    in_force: Annotated[datetime.date | None, meta("施行日", "非规范性文件可不写。")] = None
    known: Annotated[datetime.date | None, meta("可知日", "公众从哪天起能知道它；不写的当作一直知道。")] = None
    ended: Annotated[datetime.date | None, meta("失效前最后一天", "全文失效以前的最后一天；没有失效的不写。")] = None
    precision: Annotated[
        str, meta("日期精度", "只知年份的写 year，日期写该年1月1日。", labels={"day": "到日", "year": "到年"})
    ] = "day"
    note: Annotated[Words | None, meta("日期说明", "日期从哪里来，或为什么不写。")] = None


class Source(VersionPart, frozen=True):
    """Lines of the source file (None: it stands elsewhere, as the note says), and a note."""

    holds = holding(min_properties=1)

    lines: Annotated[
        tuple[Annotated[int, meta("行", minimum=1)], Annotated[int, meta("行", minimum=1)]] | None,
        meta("来源行", "来源文件的起止行号；不在来源文件里的不写，在说明里写明出处。"),
    ] = None
    note: Annotated[Words | None, meta("说明", "出处，或与来源文件不同的地方。")] = None


class Relation(VersionPart, frozen=True):
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


class FormField(VersionPart, frozen=True):
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


class Form(VersionPart, frozen=True, kw_only=True):
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


class Reading(VersionPart, frozen=True, kw_only=True):
    """An unclear place: the question, the readings, the one taken, and why. ``computed``: the engine obeys it.

    ``norms``: what norms say under a reading (option → norm id → fields), where that is not what they are written as.
    ``ends``: the options under which what the version prevails over has ended.
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
    ends: Annotated[
        tuple[Words, ...],
        meta("前一文件失效的口径", "取其中的口径时，本文件优先于的文件（relations 的 prevails_over）就此失效。"),
    ] = ()
    computed: Annotated[bool, meta("是否据以计算", "计算按它算的写 true；只给人看的不写。")] = False
    ground: Annotated[Words, meta("理由", "为什么采用它。")]


class Erratum(VersionPart, frozen=True, kw_only=True):
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


class Provision(VersionPart, frozen=True, kw_only=True):
    """An article, paragraph or item with its norms."""

    id: Annotated[Dotted, meta("标识", "如 3.4.1。")]
    label: Annotated[Words, meta("条款号", "如 三（四）1。")]
    heading: Annotated[Words, meta("题名", "这一条讲什么，几个字。")]
    also: Annotated[tuple[Words, ...], meta("又作", "来源里的其他条款号。")] = ()
    source: Annotated[Source, meta("来源", "这一条在来源文件的哪几行。")]
    norms: Annotated[tuple[AnyNorm, ...], meta("规范点", "这一条规定的，一项一个规范点。")] = ()
