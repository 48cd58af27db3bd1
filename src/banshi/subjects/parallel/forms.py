"""A catalogue of approval items and a case as typed values; field by field what their schemas describe."""

import datetime
from functools import cached_property, partial
from typing import Annotated, Literal

import msgspec

from banshi.files.described import FreeText, Place, Slug, Words, meta
from banshi.files.not_stated import if_stated
from banshi.law.guide_elements import SERVICE_KINDS

Handling = Literal["immediate", "promised"]
Unit = Literal["工作日", "天"]
FieldType = Literal["text", "date", "amount", "integer", "choice", "yes_no"]
MaterialForm = Literal["paper", "electronic", "both"]

FIELD_TYPES = {
    "text": "文字",
    "date": "日期",
    "amount": "金额",
    "integer": "整数",
    "choice": "选择",
    "yes_no": "是或否",
}
MATERIAL_FORMS = {"paper": "纸质", "electronic": "电子", "both": "纸质和电子"}
HANDLING = {"immediate": "即办件", "promised": "承诺件"}


class CataloguePart(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A part of a catalogue. ``None`` is always "not stated", never "no"."""


class Department(CataloguePart, frozen=True):
    """A department that decides items."""

    id: Annotated[Slug, meta("部门标识", "在本目录中不重复。")]
    name: Annotated[FreeText, meta("部门名称", "部门的名称。")]
    note: Annotated[FreeText | None, meta("备注", "其他说明。")] = None


class Stage(CataloguePart, frozen=True):
    """A stage of a project; the order of the list is the order of the stages."""

    id: Annotated[Slug, meta("阶段标识", "在本目录中不重复。")]
    name: Annotated[FreeText, meta("阶段名称", "阶段的名称。")]


class Published(CataloguePart, frozen=True):
    """The items that the government at this level has made public."""

    document: Annotated[FreeText, meta("公布的文件", "公布事项的文件名称。")]
    items: Annotated[
        tuple[Annotated[Slug, meta(description="一个事项的标识。")], ...], meta("事项", "公布的事项的标识。")
    ]


class Limits(CataloguePart, frozen=True):
    """Statutory and promised limits in one unit (working days, or 天: calendar days); ``basis`` of the statutory one."""

    unit: Annotated[
        Unit, meta("单位", "写工作日，或天（日历日）；不写的算工作日。", labels={"工作日": "工作日", "天": "日历日"})
    ] = "工作日"
    statutory: Annotated[
        int | None, meta("法定时限", "法律、法规规定最长多少天，不含特别程序。", minimum=0, maximum=9999)
    ] = None
    promised: Annotated[int | None, meta("承诺时限", "本部门承诺多少天办结；即办件写 0。", minimum=0, maximum=9999)] = (
        None
    )
    basis: Annotated[FreeText | None, meta("法定时限依据", "法定时限出自哪里。")] = None


class Material(CataloguePart, frozen=True):
    """A paper to be handed in; ``from_item``: it is the result of another item; ``application_form``: it is the form."""

    id: Annotated[Slug, meta("材料标识", "各事项中同一种材料用同一个标识。")]
    name: Annotated[FreeText, meta("材料名称", "材料的名称。")]
    form: Annotated[
        MaterialForm | None,
        meta(
            "材料形式",
            "交纸质的、电子的，还是两种都交。",
            labels={"paper": "纸质", "electronic": "电子", "both": "纸质和电子"},
        ),
    ] = None
    copies: Annotated[int | None, meta("份数", "纸质材料要几份。", minimum=1, maximum=99)] = None
    application_form: Annotated[
        bool | None, meta("是否申请表", "它就是这个事项的申请表的写 true；合成一张表以后由那张表代替。")
    ] = None
    from_item: Annotated[Slug | None, meta("来自事项", "它是另一事项的办理结果时，写那个事项的标识。")] = None
    note: Annotated[FreeText | None, meta("要求", "对材料的要求。")] = None


class Result(CataloguePart, frozen=True):
    """What an item ends with."""

    name: Annotated[FreeText, meta("结果名称", "结果文书或证照的名称。")]
    kind: Annotated[Literal["证照", "批文", "其他", "无"] | None, meta("结果类型", "结果属于哪一类。")] = None
    sample: Annotated[FreeText | None, meta("结果样本", "样本的文件名或网址。")] = None


class Field(CataloguePart, frozen=True):
    """What the application form of an item asks for."""

    id: Annotated[Slug, meta("项目标识", "各事项中同一项内容用同一个标识。")]
    name: Annotated[FreeText, meta("项目名称", "表上的名称。")]
    type: Annotated[
        FieldType,
        meta(
            "填写方式",
            "填什么样的内容。",
            labels={
                "text": "文字",
                "date": "日期",
                "amount": "金额",
                "integer": "整数",
                "choice": "选择",
                "yes_no": "是或否",
            },
        ),
    ]
    choices: Annotated[
        tuple[Annotated[FreeText, meta("选项", "一个选项。")], ...] | None,
        meta("可选的值", "填写方式为选择的，列出全部选项。", min_items=1),
    ] = None
    unit: Annotated[FreeText | None, meta("计量单位", "金额、整数用什么单位。")] = None
    max_length: Annotated[int | None, meta("最多字数", "文字最多几个字。", minimum=1, maximum=9999)] = None
    note: Annotated[FreeText | None, meta("填写说明", "怎样填写。")] = None


class Fee(CataloguePart, frozen=True):
    """Whether a fee is charged, on which basis and by which standard."""

    charged: Annotated[bool, meta("是否收费", "收费的写 true。")]
    item: Annotated[FreeText | None, meta("收费项目", "收什么费。")] = None
    basis: Annotated[FreeText | None, meta("收费依据", "收费的依据。")] = None
    standard: Annotated[FreeText | None, meta("收费标准", "收费的标准。")] = None
    online_payment: Annotated[bool | None, meta("是否可以网上支付", "可以的写 true。")] = None


class Step(CataloguePart, frozen=True):
    """A step of handling an item."""

    name: Annotated[FreeText, meta("环节名称", "环节的名称。")]
    by: Annotated[FreeText | None, meta("经办", "由谁办。")] = None
    limit: Annotated[FreeText | None, meta("时限", "这一环节的时限。")] = None


class Question(CataloguePart, frozen=True):
    """A common question and its answer."""

    question: Annotated[FreeText, meta("问题", "常见的问题。")]
    answer: Annotated[FreeText, meta("回答", "对问题的回答。")]


class Themes(CataloguePart, frozen=True):
    """Under which themes for persons, and for organisations, an item is listed."""

    persons: Annotated[
        tuple[Annotated[FreeText, meta("主题", "主题的名称。")], ...], meta("面向个人的主题", "如 住房保障。")
    ] = ()
    organisations: Annotated[
        tuple[Annotated[FreeText, meta("主题", "主题的名称。")], ...], meta("面向单位的主题", "如 设立变更。")
    ] = ()


class Item(CataloguePart, frozen=True, kw_only=True):
    """An approval item; see ``schemas/catalogue.schema.json`` for each key.

    ``others``: departments whose opinion or approval it needs besides its own. ``requires``: items whose results are
    needed before it can be accepted.
    """

    id: Annotated[Slug, meta("事项标识", "在本目录中不重复，别处用它引用这个事项。")]
    name: Annotated[FreeText, meta("事项名称", "事项的全名。")]
    code: Annotated[FreeText | None, meta("事项编码", "基本编码或实施编码；历史事项无编码的不写。")] = None
    department: Annotated[Slug, meta("主办部门", "departments 中一个部门的标识。")]
    others: Annotated[
        tuple[Annotated[Slug, meta("部门", "departments 中一个部门的标识。")], ...],
        meta("协同部门", "还要征求意见或同时审批的部门。"),
    ] = msgspec.field(default=(), name="with")
    stage: Annotated[Slug | None, meta("阶段", "stages 中一个阶段的标识；不分阶段的不写。")] = None
    kind: Annotated[
        str | None,
        meta(
            "事项类型",
            "按通行的分类。",
            enum=SERVICE_KINDS,
        ),
    ] = None
    handling: Annotated[
        Handling | None,
        meta("办件类型", "当场办结的写即办件，其余写承诺件。", labels={"immediate": "即办件", "promised": "承诺件"}),
    ] = None
    legal_basis: Annotated[
        tuple[Annotated[FreeText, meta("依据", "一条依据。")], ...] | None,
        meta("设定依据", "法律、法规、规章或文件的名称、文号和条款，一条一项。"),
    ] = None
    level: Annotated[str | None, meta("行使层级", "由哪一级行使。", enum=["国家", "省", "市", "县", "乡"])] = None
    limits: Annotated[Limits, meta("办理时限", "法定时限和承诺时限，用同一单位；没有规定的不写。")] = Limits()
    requires: Annotated[
        tuple[Annotated[Slug, meta("事项", "本目录中一个事项的标识。")], ...],
        meta("前置事项", "要先有结果的其他事项的标识。"),
    ] = ()
    materials: Annotated[
        tuple[Annotated[Material, meta("材料", "一种材料。")], ...], meta("申请材料", "要交的材料。")
    ] = ()
    result: Annotated[Result | None, meta("办理结果", "办结后给什么。")] = None
    fields: Annotated[
        tuple[Annotated[Field, meta(description="一项内容。")], ...], meta("申请表项目", "申请表要填的内容。")
    ] = ()
    fee: Annotated[Fee | None, meta("收费", "是否收费。")] = None
    place: Annotated[FreeText | None, meta("办理地点", "在哪里办。")] = None
    hours: Annotated[FreeText | None, meta("办理时间", "什么时候办。")] = None
    phone: Annotated[FreeText | None, meta("咨询电话", "单位的咨询电话。")] = None
    complaint: Annotated[FreeText | None, meta("监督投诉电话", "单位的监督投诉电话。")] = None
    visits: Annotated[int | None, meta("到现场次数", "申请人要到现场几次。", minimum=0, maximum=99)] = None
    visits_reason: Annotated[FreeText | None, meta("必须到现场的原因", "要到现场的，写明原因。")] = None
    online: Annotated[bool | None, meta("能否网上办理", "能的写 true。")] = None
    entirely_online: Annotated[bool | None, meta("全程网办", "从申请到领取结果都不用到现场的写 true。")] = None
    courier: Annotated[bool | None, meta("能否寄送", "材料、结果能寄送的写 true。")] = None
    served: Annotated[
        tuple[
            Annotated[
                str,
                meta(
                    description="一类对象。",
                    enum=["自然人", "企业法人", "事业法人", "社会组织法人", "非法人企业", "行政机关", "其他组织"],
                ),
            ],
            ...,
        ]
        | None,
        meta("服务对象", "哪些人可以申请。"),
    ] = None
    themes: Annotated[Themes | None, meta("主题分类", "列在哪些主题之下。")] = None
    conditions: Annotated[
        tuple[Annotated[FreeText, meta("条件", "一个条件。")], ...] | None, meta("受理条件", "什么条件下受理。")
    ] = None
    steps: Annotated[
        tuple[Annotated[Step, meta("环节", "一个环节。")], ...] | None, meta("办理流程", "办理的各个环节，按先后。")
    ] = None
    faq: Annotated[
        tuple[Annotated[Question, meta("问答", "一问一答。")], ...] | None, meta("常见问题", "常见问题和回答。")
    ] = None
    note: Annotated[FreeText | None, meta("备注", "其他说明。")] = None

    @property
    def immediate(self) -> bool:
        """Whether it is decided on the spot."""
        return self.handling == "immediate"

    @property
    def departments(self) -> tuple[str, ...]:
        """Ids of all departments that take part, each once, its own first."""
        return tuple(dict.fromkeys((self.department, *self.others)))


class Catalogue(CataloguePart, frozen=True, kw_only=True, dict=True):
    """A centre's catalogue of items of one kind of parallel approval; ``in_use_from``: judged by the law of that day."""

    about = meta(
        "审批事项目录",
        "一个政务服务中心一类并联审批的事项目录：部门、阶段、事项、时限、前置、材料、结果和申请表项目。办件计划、一张表和事项指南都从这里来。",
    )

    fictional: Annotated[bool, meta("是否虚构", "样例写 true。")] = False
    jurisdiction: Annotated[Place, meta("辖区", "政务服务中心所在辖区，决定依据哪些规定。")]
    centre: Annotated[FreeText, meta("政务服务中心", "政务服务中心名称。")]
    title: Annotated[FreeText, meta("目录名称", "目录的名称。")]
    case_kind: Annotated[Words, meta("类别", "当地文件声明的办件类别（case_kinds）。写标识或名称。")]
    in_use_from: Annotated[datetime.date, meta("启用日", "从哪一天起用；按这一天有效的文件核对。")]
    departments: Annotated[
        tuple[Annotated[Department, meta(description="一个部门。")], ...],
        meta("部门", "目录中各事项的部门。", min_items=1),
    ]
    stages: Annotated[
        tuple[Annotated[Stage, meta(description="一个阶段。")], ...],
        meta("阶段", "办理的阶段，按先后；不分阶段的不写。"),
    ] = ()
    published: Annotated[Published | None, meta("本级公布的事项", "本级政府已经公布的审批事项，用来核对。")] = None
    items: Annotated[
        tuple[
            Annotated[Item, meta(description="一个审批事项。没有写的内容一律算“没有写明”，指南上写“原文未载明”。")], ...
        ],
        meta("事项", "目录中的审批事项。", min_items=1),
    ]

    @cached_property
    def by_id(self) -> dict[str, Item]:
        """Items by id; the first counts where an id stands twice."""
        found: dict[str, Item] = {}
        for item in self.items:
            found.setdefault(item.id, item)
        return found

    @cached_property
    def stated(self) -> dict[str, Item]:
        """The same of those items whose id is stated: others of a catalogue may state none."""
        found: dict[str, Item] = {}
        for item in self.items:
            if (own := if_stated(partial(getattr, item, "id"))) is not None:
                found.setdefault(own, item)
        return found

    def department_name(self, department: str) -> str:
        """What a department is called; its id where it is not listed."""
        return next((d.name for d in self.departments if d.id == department), department)

    def stage_name(self, stage: str | None) -> str:
        """What a stage is called; empty for none."""
        return next((s.name for s in self.stages if s.id == stage), stage or "")

    def item_name(self, item: str) -> str:
        """What an item is called; its id where it is not listed."""
        return self.by_id[item].name if item in self.by_id else item


class Case(CataloguePart, frozen=True, kw_only=True):
    """One applicant's case: some items of a catalogue (all where ``items`` is empty), and how far it has come.

    ``held``: items whose results the applicant had before. ``done``: items finished so far, with the day of each.
    ``as_of``: the day on which that is how things stood.
    """

    about = meta(
        "并联审批办件计划",
        "一个申请人的一件并联审批：办目录中的哪些事项、哪天开始、哪些已经办完。用来排出办理计划，合成一张申请表。",
    )

    fictional: Annotated[bool, meta("是否虚构", "样例写 true。")] = False
    id: Annotated[FreeText, meta("办件编号", "一件一号。")]
    name: Annotated[FreeText, meta("办件名称", "项目或企业的名称。")]
    catalogue: Annotated[FreeText, meta("事项目录", "目录文件（kind: catalogue）的路径，相对于本文件。")]
    starts_on: Annotated[datetime.date, meta("受理日", "统一受理的那一天；当天不计入时限。")]
    items: Annotated[
        tuple[Annotated[Slug, meta(description="目录中一个事项的标识。")], ...],
        meta("事项", "本件要办的事项的标识；不写这个键的，办目录中全部事项。", min_items=1),
    ] = ()
    held: Annotated[
        tuple[Annotated[Slug, meta("事项", "目录中一个事项的标识。")], ...],
        meta("已有结果的事项", "申请人以前已经取得结果、本件不再办的事项的标识。"),
    ] = ()
    done: Annotated[
        dict[str, Annotated[datetime.date, meta("办结日", "这一事项哪天办结。")]],
        meta("已办结的事项", "事项标识: 办结日。"),
    ] = {}
    as_of: Annotated[datetime.date | None, meta("截至日", "以上情况截至哪一天；用来看有没有超期、卡在哪里。")] = None
