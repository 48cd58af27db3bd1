"""Service guides as typed data: which norms a guide speaks of, in which order; it holds no figures of its own."""

import datetime
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Annotated

import msgspec

from banshi.files.described import FreeText, Place, Slug, holding, keyed, meta
from banshi.files.reading import read
from banshi.law.guide_elements import Service
from banshi.law.instruments import Placed
from banshi.law.library import Law, Library
from banshi.law.norms import Norm
from banshi.law.unusable import PolicyUnreadable, law_below, unfit, unread

FOLDER = "guides"
NormId = Annotated[str, meta(pattern="^[a-z][a-z0-9-]*$", format="slug")]
KindName = Annotated[str, meta(pattern="^[a-z][a-z_]*$", format="slug")]


class Pick(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Norms by id, and norms by kind (``cases``: of those only such as speak of these kinds of case).

    ``instrument``: another of the guide's instruments than its own.
    """

    norms: Annotated[
        tuple[NormId, ...],
        meta("规范点", "所依据文件中规范点的标识；按条文次序印出。", min_items=1),
    ] = ()
    kinds: Annotated[
        tuple[KindName, ...],
        meta("规范点种类", "这些种类的规范点全部印出，文件新增同类规范点时自动跟上。", min_items=1),
    ] = ()
    cases: Annotated[
        tuple[Annotated[KindName, meta("办件类别")], ...],
        meta("哪类办件", "只取说到这几类办件的规范点，与 kinds 同用。", min_items=1),
    ] = ()
    instrument: Annotated[
        Place, meta("另一个文件", "取另一个文件的规范点时写其标识；须是 instrument 或 also 里的。")
    ] = ""

    def of(self, law: Law) -> list[Placed[Norm]]:
        """The picked norms, in the order of the text."""
        return [p for p in law.placed.values() if p.norm.id in self.norms or self._is_of_a_kind(p.norm)]

    def _is_of_a_kind(self, norm: Norm) -> bool:
        speaks = not self.cases or bool(set(self.cases) & set(getattr(norm, "cases", ())))
        return norm.kind in self.kinds and speaks


class Box(Pick, frozen=True, kw_only=True):
    """A step of a flow chart: its title, the norms that say so.

    ``each_of``: a list whose values run side by side, or with ``in_turn`` one after the other.
    """

    leads = ("title", "each_of", "in_turn")

    title: Annotated[FreeText, meta("名称", "这一步叫什么。")]
    each_of: Annotated[Slug, meta("并列的各方", "一个列举的规范点；其中各项并列成几格。")] = ""
    in_turn: Annotated[bool, meta("依次", "列举的各项依次办理，各成一步；不写的并列。")] = False
    norms: Annotated[tuple[NormId, ...], meta("规范点", "说到这一步的规范点。", min_items=1)] = ()
    kinds: Annotated[tuple[KindName, ...], meta("规范点种类", "说到这一步的规范点种类。", min_items=1)] = ()


class Section(Pick, frozen=True, kw_only=True):
    """A section of the guide; ``show`` names the part of the templates that prints it."""

    leads = ("id", "title", "lead", "show")

    id: Annotated[Slug, meta("标识", "也是页内链接的锚点。")]
    title: Annotated[FreeText, meta("标题", "节的标题。")]
    lead: Annotated[FreeText, meta("导语", "节首的一句话，不得含数字。")] = ""
    show: Annotated[
        str,
        meta(
            "怎样印",
            "用哪一个版式：norms 逐条列出，其余各有表格。",
            enum=[
                "norms",
                "applicants",
                "tiers",
                "procedure",
                "limits",
                "papers",
                "forms",
                "quarters",
                "score_parts",
                "score_sub_items",
                "manual_marks",
                "results",
                "bonus",
                "deductions",
                "score_facts",
                "flow",
                "targets",
                "duties",
                "items",
                "leave",
            ],
            labels={
                "norms": "逐条列出",
                "applicants": "申请人",
                "tiers": "档次表",
                "procedure": "分档步骤",
                "limits": "时限表",
                "papers": "材料表",
                "forms": "表格",
                "quarters": "考核期间表",
                "score_parts": "分值构成表",
                "score_sub_items": "基础分各小项",
                "manual_marks": "由人评分的小项",
                "bonus": "加分表",
                "deductions": "减分表",
                "score_facts": "要记录的事实",
                "flow": "流程图",
                "targets": "指标表",
                "duties": "职责表",
                "items": "事项目录",
                "leave": "请假对照表",
                "results": "否决、合成、排名和等次",
            },
        ),
    ]
    readings: Annotated[
        tuple[Annotated[NormId, meta("口径")], ...],
        meta("理解口径", "本节要提醒读者的口径，写其标识。", min_items=1),
    ] = ()
    steps: Annotated[
        tuple[Annotated[Box, meta("步骤", "流程图的一格，或并列的几格。")], ...],
        meta("流程图的各步", "show 写 flow 时用：自上而下的各步，文字不得含数字。", min_items=1),
    ] = ()


class Element(Pick, frozen=True, kw_only=True):
    """Where one of the standard elements comes from: norms, a field of the instrument, a section, or our own words."""

    leads = ("text", "field")
    about = meta("要素", "要素的内容从哪里来；至少写一项。")
    holds = holding(min_properties=1)

    text: Annotated[FreeText, meta("文字", "本项目的说明，不得含数字；原文没有的不要编。")] = ""
    field: Annotated[
        str,
        meta(
            "取文件的哪一项",
            "title 指南名称，instrument 依据的文件，version 版本与施行日期。",
            labels={"title": "指南名称", "instrument": "依据的文件", "version": "版本与施行日期"},
        ),
    ] = ""
    section: Annotated[Slug, meta("见哪一节", "本指南中某一节的标识。")] = ""


# The elements of a guide, in the order in which they are printed.
ELEMENTS = {
    "name": meta("事项名称", "办的是什么事。"),
    "code": meta("事项编码", "实施清单上的编码；历史事项没有。"),
    "type": meta("事项类型", "行政许可、其他行政权力等；各地编码不同，只写名称。"),
    "basis": meta("设定依据", "文件、文号和条款。"),
    "version": meta("版本与施行区间", "指南依据哪一个版本，从哪天起施行。"),
    "body": meta("实施主体", "由谁办理、谁决定。"),
    "level": meta("行使层级", "市级、区县级。"),
    "served": meta("服务对象", "谁可以申报。"),
    "conditions": meta("适用范围与受理条件", "什么情形适用、什么条件下受理。"),
    "materials": meta("申请材料", "要交什么。"),
    "flow": meta("办理流程", "步骤、责任机关、时限。"),
    "limit": meta("规定时限", "文件规定的时限和单位。"),
    "promised": meta("承诺时限", "办理机关另行承诺的时限。"),
    "fee": meta("收费", "是否收费、依据和标准。"),
    "result": meta("结果名称与送达", "办成后得到什么、怎样送达。"),
    "visits": meta("到现场次数", "要到办事现场几次。"),
    "place": meta("办理地点", "到哪里办。"),
    "hours": meta("办理时间", "什么时间办。"),
    "contact": meta("咨询方式", "向谁咨询、怎样联系。"),
    "complaints": meta("监督投诉方式", "向谁投诉、怎样联系。"),
}


class Guide(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A guide; see ``schemas/guide.schema.json`` for each key."""

    about = meta("办事指南", "一份办事指南讲什么、按什么次序讲；内容取自所依据文件的规范点，这里不写数字。")

    kind: str
    id: Annotated[Slug, meta("标识", "也是网址的一段，如 change-approval。")]
    instrument: Annotated[Place, meta("依据的文件", "文件标识：辖区/主题；页面取其最新版本。")]
    also: Annotated[
        tuple[Annotated[Place, meta("文件标识", "辖区/主题。")], ...],
        meta("另外依据的文件", "指南还取自哪些文件。", min_items=1),
    ] = ()
    title: Annotated[FreeText, meta("名称", "指南的全名。")]
    short: Annotated[FreeText, meta("简称", "目录和首页上的短名。")]
    summary: Annotated[FreeText, meta("一句话说明", "这份指南回答什么问题，不写数字。")]
    written_for: Annotated[
        datetime.date | None,
        meta(
            "按哪天的规定写成",
            "写这份指南（或最后一次核对）时依据的是哪一天施行的规定；后来改了的，check 逐节提示重看。",
        ),
    ] = None
    sections: Annotated[
        tuple[Annotated[Section, meta("节", "正文的一节。")], ...], meta("各节", "正文各节，按次序。", min_items=1)
    ]
    elements: Annotated[
        dict[str, Element],
        meta("二十项要素", "原文载明的要素写明取自哪里；原文没有的不写，页面印“原文未载明”。次序固定。"),
        keyed(**ELEMENTS),
    ]
    service: Annotated[
        Service | None,
        meta("服务要素", "办理机关自己公布的要素；没有公布的不写，页面印“原文未载明”。校验规则核对它们是否一致。"),
    ] = None

    @property
    def instruments(self) -> tuple[str, ...]:
        """Every instrument that it draws on, its own first."""
        return tuple(dict.fromkeys((self.instrument, *self.also)))

    @property
    def picks(self) -> list[Pick]:
        """Everything in it that picks norms."""
        boxes = (box for section in self.sections for box in section.steps)
        return [*self.sections, *boxes, *self.elements.values()]


def to_guide(data: object) -> Guide:
    """Typed guide from plain data that has passed its schema. Raises ``msgspec.ValidationError``."""
    own = {key: value for key, value in data.items() if key != "$schema"} if isinstance(data, dict) else data
    return msgspec.convert(own, Guide)


def law_of(guide: Guide, library: Library, instrument: str = "") -> Law | None:
    """What a guide speaks of: its instrument's text on the library's day, over what its jurisdiction's parents decided.

    ``instrument``: another one of its instruments. None where there is no such instrument.
    """
    wanted = instrument or guide.instrument
    shown = library.shown(wanted)
    if shown is None:
        return None
    law = library.at(library.on, shown.jurisdiction).about(wanted, beside=guide.instruments)
    if law is None or shown not in law.versions:  # its text has ended, or is still to come: it has to be shown as it is
        return Law((shown,), shown.jurisdiction)
    return law


def load_guides(folders: Iterable[Path], left_out: Callable[[PolicyUnreadable], object] | None = None) -> list[Guide]:
    """The guides of policy folders in order of id; the first folder that has a file counts.

    ``left_out`` is told of each that cannot be used, and the others are given; without it raises ``PolicyUnreadable``.
    """
    files: dict[Path, Path] = {}
    for folder in folders:
        for path in law_below(folder):
            if path.parent.name == FOLDER and path.match("*.y*ml"):
                files.setdefault(path.relative_to(folder), path)
    guides = []
    for path in files.values():
        try:
            guides.append(_load(path))
        except PolicyUnreadable as why:
            if left_out is None:
                raise
            left_out(why)
    return sorted(guides, key=lambda guide: guide.id)


def _load(path: Path) -> Guide:
    reading = read(path)
    if reading.document is None or reading.problems:
        raise unread(path, reading)
    try:
        return to_guide(reading.document.data)
    except msgspec.ValidationError as error:
        raise unfit(path, reading.document.data, "guide", error) from None
