"""An instrument's version as typed data: provisions, norms, readings, errata, forms, offices."""

import datetime
from collections.abc import Iterator
from functools import cached_property
from typing import Annotated, Any, Generic, TypeVar

import msgspec
from msgspec import Struct

from banshi.files.described import Place, Words, meta
from banshi.files.findings import Citation
from banshi.law.amending import NOT_AMENDED, Amendments, Amends, Correction, Pending
from banshi.law.norms import Names, Norm, Pricing, own_key
from banshi.law.reading_effects import as_read_if_it_fits, said_by_readings
from banshi.law.terms import (
    FILED_WORDS,
    NAMED_BY_NORMS,
    CaseClass,
    CaseFlag,
    CaseWord,
    Evaluation,
    Label,
    LeaveKind,
    Measure,
    Office,
    Paper,
    ProjectField,
    StaffGroup,
)
from banshi.law.version_parts import Dates, Erratum, Form, Provision, Reading, Relation, Source

N_co = TypeVar("N_co", bound=Norm, covariant=True)


class PolicyVersion(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, dict=True):
    """One version of an instrument; see ``schemas/policy.schema.json`` for each key."""

    about = meta("政策文件的一个版本", "一个文件的一个版本：来源、机关、条款、规范点、理解口径、勘误、表格。")

    kind: Annotated[str, meta("种类", "固定写 policy。", const="policy")] = "policy"
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
    criteria: Annotated[
        dict[str, Annotated[Label, meta("名称")]], meta("情形", "不论金额就决定档次的情形：标识对应名称。")
    ] = {}
    classes: Annotated[
        dict[str, Annotated[Label, meta("名称")]],
        meta("变更类别", "申报时写明的类别（如 一般、较大、重大）：标识对应名称。"),
    ] = {}
    change_types: Annotated[
        dict[str, Annotated[Label, meta("名称")]],
        meta("变更类型", "报批表可写的变更类型；文件有列举（of 为 change_type）的，可以不写，用列举里的。"),
    ] = {}
    change_causes: Annotated[
        dict[str, Annotated[Label, meta("名称")]],
        meta("责任归属", "报批表可写的变更起因、责任归属；不声明的，填报时照实写，没有计算依据它。"),
    ] = {}
    funding_sources: Annotated[
        dict[str, Annotated[Label, meta("名称")]],
        meta("资金来源", "项目可写的资金来源；适用范围列有资金（funding）的，可以不写，用那里的。"),
    ] = {}
    project_fields: Annotated[
        dict[str, Annotated[ProjectField, meta("项目的一项")]],
        meta(
            "项目填报的项",
            "项目文件要写、可写的参建各方和各项：键用项目文件里的键（owner、contract.review_price 等），别的参建单位用 offices 里的标识"
            "（项目文件写在 parties 里）。一声明，没有声明的就不能写；都不声明的，照实写，不核对。",
            property_names={"pattern": "^[a-z][a-z0-9]*([._-][a-z0-9]+)*$"},
        ),
    ] = {}
    attachment_kinds: Annotated[
        dict[str, Annotated[Label, meta("名称")]],
        meta("附件种类", "报批表附件可写的种类；规范点凭附件种类认材料的，要在这里声明。"),
    ] = {}
    pause_reasons: Annotated[
        dict[str, Annotated[Label, meta("名称")]],
        meta("不计入时限的期间", "补正、评审一类不计入时限的期间；时限的 pauses 写它们的标识。"),
    ] = {}
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
    pending: Pending = None
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

    @property
    def filed_words(self) -> tuple[dict[str, Label], ...]:
        """What filings on changes may write where nothing is computed from the word itself."""
        return tuple(getattr(self, table) for table in FILED_WORDS)

    @cached_property
    def names(self) -> Names:
        """What the ids in its norms are called, at all and in each table; an id of several means at all the office."""
        pricing = (norm for part in self.provisions for norm in part.norms if isinstance(norm, Pricing))
        bases = {base.value: base.name for norm in pricing for base in norm.bases}
        forms = {form.id: form.title for form in self.forms}
        named = {table: {key: word.name for key, word in getattr(self, table).items()} for table in NAMED_BY_NORMS}
        tables = {**named, "bases": bases, "forms": forms}
        in_tables = {own_key(table, key): name for table, own in tables.items() for key, name in own.items()}
        labels = {key: name for own in named.values() for key, name in own.items()}
        return {**bases, **forms, **labels, **in_tables}

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
    def ending(self) -> "tuple[tuple[datetime.date, Relation, frozenset[tuple[str, str | None]]], ...]":
        """Its relations to instruments, each with its first day and the norms (None: everything) of the other that it ends."""
        takes_over = any(
            reading.default in reading.ends for reading in self.readings
        )  # what it prevails over has ended
        return tuple(
            (each.since or self.begins, each, _ended_by(each, takes_over=takes_over))
            for each in self.relations
            if each.instrument is not None
        )

    @cached_property
    def ended(self) -> "tuple[datetime.date, frozenset[tuple[str, str | None]]]":
        """What all its relations end together, and from when on all of them do."""
        first_days = (since for since, _, _ in self.ending)
        return max(first_days, default=datetime.date.min), frozenset().union(*(ended for _, _, ended in self.ending))

    @cached_property
    def norm_keys(self) -> frozenset[tuple[str, str | None]]:
        """Its norms, as relations name them."""
        return frozenset((self.instrument, placed.norm.id) for placed in self.placed)

    @cached_property
    def citations(self) -> dict[tuple[str, str, str], Citation]:
        """How its norms are cited; filled as it is asked."""
        return {}

    @cached_property
    def words(self) -> frozenset[str]:
        """Every key and word that its norms use, as a file has them."""
        return frozenset(_words(msgspec.to_builtins([placed.norm for placed in self.placed])))


def _ended_by(relation: Relation, *, takes_over: bool) -> frozenset[tuple[str, str | None]]:
    named = str(relation.instrument)
    whole = relation.kind == "repeals" or (relation.kind == "prevails_over" and takes_over)
    return frozenset([*((named, norm) for norm in relation.replaces), *([(named, None)] if whole else ())])


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


class Placed(Struct, Generic[N_co], frozen=True):
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
        known, provision = self.version.citations, self.provision
        key = provision.id, provision.label, self.norm.id
        if key not in known:
            known[key] = self._cited()
        return known[key]

    def _cited(self) -> Citation:
        version, provision = self.version, self.provision
        return Citation(
            version.instrument,
            version.version,
            provision.id,
            provision.label,
            self.norm.id,
            version.number,
            version.title,
            tuple(dict.fromkeys(cited for each in version.amended.norms.get(self.norm.id, ()) for cited in each.cited)),
        )

    @property
    def statement(self) -> str:
        """The statement in words."""
        return self.norm.say(self.version.names)
