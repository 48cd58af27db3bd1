"""A case log as typed values; field by field what ``cases.schema.json`` describes."""

import datetime
from typing import Annotated, Literal

import msgspec

from banshi.files.described import STATED, FreeText, Place, Words, meta

Level = Literal["county", "city"]
_SAID = msgspec.Meta(min_length=1, max_length=2000, pattern=r"\S")  # enforced, too: lines are read by the type alone
Name = Annotated[FreeText, _SAID]
Word = Annotated[Words, _SAID]


class Case(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """One case. ``None`` is always "not stated", never "no". Which kinds, systems, evaluations and flags there are, the
    instruments say: ``vocabulary.Vocabulary.case`` is a case with a key for each flag.

    ``due_on``: the last day of the promised limit; ``statutory_due_on``: that of the statutory one. ``others``: the
    departments that take part besides ``department``. ``evaluated_on``: when the applicant gave the evaluation;
    ``answered_on``: when the centre answered it. ``signed_project``: the signed fair project that it serves.
    """

    id: Annotated[Name, meta("办件编号", "在本登记中不重复。")]
    kind: Annotated[Word, meta("类别", "当地文件声明的类别（case_kinds），或 other（其他）。写标识或名称。")]
    item: Annotated[Name | None, meta("事项", "办的是什么事项。")] = None
    department: Annotated[Name, meta("部门", "承办（牵头）部门。")]
    others: Annotated[
        tuple[Annotated[Name, meta("部门", "一个协同部门。")], ...] | None,
        meta("协同部门", "一同审批的其他部门；表格里用顿号隔开。涉及两个以上部门的必须写。"),
    ] = msgspec.field(default=None, name="with")
    window: Annotated[Name, meta("窗口", "受理的窗口（编号或名称，同一窗口写法一致）。")]
    parallel: Annotated[bool | None, meta("是否并联", "是否按并联审批办理。")] = None
    accepted_on: Annotated[datetime.date, meta("受理日期", "受理的那一天。")]
    due_on: Annotated[datetime.date | None, meta("承诺办结日", "按承诺时限最迟哪一天办结（含当天）。")] = None
    statutory_due_on: Annotated[
        datetime.date | None, meta("法定办结日", "按法定时限最迟哪一天办结（含当天）。没有承诺办结日的，超期按它算。")
    ] = None
    finished_on: Annotated[datetime.date | None, meta("办结日期", "办结的那一天；没有办结的不写。")] = None
    on_site: Annotated[bool | None, meta("是否现场办结", "是否在政务服务中心现场办结。")] = None
    system: Annotated[
        Word | None,
        meta("所用系统", "录入哪个软件系统办理：当地文件声明的（case_systems），没有录入的写 none。写标识或名称。"),
    ] = None
    evaluation: Annotated[
        Word | None,
        meta(
            "群众评议",
            "申请人的评议：当地文件声明的（evaluations）；没有评议的写 none（未评议），不写的算没有写明。写标识或名称。",
        ),
    ] = None
    evaluated_on: Annotated[datetime.date | None, meta("评价日期", "群众作出评价的那一天。")] = None
    answered_on: Annotated[datetime.date | None, meta("回复日期", "差评何时回复；没有回复的不写。")] = None
    online: Annotated[bool | None, meta("是否网上办件", "是否网上预审、网上审批的件。")] = None
    signed_project: Annotated[Name | None, meta("签约项目", "服务于哪个签约项目（名单中的编号）。")] = None

    @property
    def limit(self) -> datetime.date | None:
        """The last day that the case may take: the promised one, else the statutory one."""
        return self.due_on or self.statutory_due_on


class SignedProject(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A project signed at the fair."""

    id: Annotated[FreeText, meta("项目编号", "在名单中不重复。")]
    name: Annotated[FreeText | None, meta("项目名称", "项目的名称。")] = None

    @property
    def called(self) -> str:
        """The id, with the name where there is one."""
        return f"{self.id} {self.name}" if self.name else self.id


class Log(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A centre's case log; its cases stand in ``cases``, in the table ``log`` beside the file, or on lines of their own.

    ``signed_projects``: the whole list of signed fair projects (``None``: not stated). ``jurisdiction`` and ``level``
    are missing where a table stands alone. ``departments``: the whole list of the centre's departments.
    """

    about = meta(
        "办件登记",
        "一个政务服务中心的办件登记，用来核算按时办结、超期、评议、满意、现场办结、录入系统和并联审批的比率。办件写在 cases 下，或放在旁边的 CSV、XLSX 表里并在 log 写文件名；上百万件的用 JSON Lines：第一行写本文件除 cases、log 以外的内容，以后一行一件。",
    )

    fictional: Annotated[bool, meta("是否虚构", "样例写 true。")] = False
    jurisdiction: Annotated[Place | None, STATED, meta("辖区", "政务服务中心所在辖区，决定依据哪些规定。")] = None
    centre: Annotated[FreeText | None, STATED, meta("政务服务中心", "政务服务中心名称。")] = None
    level: Annotated[
        Level | None,
        STATED,
        meta(
            "中心级别",
            "市的中心，还是区、县的中心；有的文件的指标只对其中一级。",
            labels={"county": "区、县", "city": "市"},
        ),
    ] = None
    as_of: Annotated[datetime.date | None, meta("统计截止日", "统计到哪一天；不写的，取办件中最后的受理、办结日。")] = (
        None
    )
    signed_projects: Annotated[
        tuple[Annotated[SignedProject, meta("签约项目", "一个签约项目。")], ...] | None,
        meta("签约项目名单", "签约项目的全部名单；没有签约项目的写空列表，没有名单的不写。"),
    ] = None
    departments: Annotated[
        tuple[Annotated[Name, meta("部门", "登记里写的部门名称。")], ...] | None,
        meta("部门名单", "本中心全部部门；没有办件的部门由此看出。"),
    ] = None
    log: Annotated[FreeText | None, meta("办件表", "同一文件夹里的 CSV、XLSX 文件名。")] = None
    cases: Annotated[
        tuple[
            Annotated[
                Case,
                meta(
                    description="一件。没有写的内容一律算“没有写明”，不算“否”。当地文件声明的标记（case_flags）各有一个键，写 true 或 false。"
                ),
            ],
            ...,
        ],
        meta("办件", "一件一项。"),
    ] = ()
