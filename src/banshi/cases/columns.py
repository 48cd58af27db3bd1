"""The columns of a case log as a table: Chinese headings, and how their cells are read."""

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from banshi.cases.forms import Case
from banshi.cases.limits import last_day, limit_or_day, project
from banshi.cases.words import EVALUATIONS, KINDS, SYSTEMS
from banshi.tables.cells import day_of, name, one_of, plain_text, yes_or_no
from banshi.tables.describing import TableShape, described
from banshi.tables.reading import Column
from banshi.text import Text
from banshi.working_days import WorkingDays

NEEDED = ("id", "kind", "department", "window", "accepted_on")
LIMITS = {"due_on": "promised_limit", "statutory_due_on": "statutory_limit"}
_MANY = 4096


def _labels(words: Mapping[str, Text], more: Mapping[str, str]) -> dict[str, str]:
    """What may be written for each value: the value itself, its name, and short forms."""
    return {**{value: value for value in words}, **{text.zh: value for value, text in words.items()}, **more}


def _kept(read: Callable[[str], Any]) -> Callable[[str], Any]:
    """A reader that remembers: the same few spellings stand in every row."""
    return lru_cache(maxsize=_MANY)(read)


def _names(cell: str) -> tuple[str, ...]:
    """Names with 、 between them (or a comma, semicolon or slash)."""
    text = plain_text(cell)
    for sign in ("，", ",", "；", ";", "/"):
        text = text.replace(sign, "、")
    return tuple(part.strip() for part in text.split("、") if part.strip())


_KINDS = _labels(
    KINDS,
    {
        "投资项目": "investment_project",
        "企业登记": "enterprise_registration",
        "涉及两个以上部门事项": "multi_department",
        "一个审批事项涉及两个以上部门": "multi_department",
        "一般": "other",
    },
)
_SYSTEMS = _labels(
    SYSTEMS,
    {
        "投资建设项目并联审批软件系统": "investment_system",
        "企业设立登记并联审批软件系统": "registration_system",
        "通用软件": "general_software",
        "无": "none",
    },
)
_EVALUATIONS = _labels(EVALUATIONS, {"没有评议": "none", "无": "none"})

_LIMIT = "几个工作日（5个工作日），或日期；写天数的，另有承诺办结日、法定办结日一列的以那一列为准"

COLUMNS = {
    "id": Column(("办件编号", "编号", "受理编号", "id"), name, "办件的编号，不重复"),
    "kind": Column(
        ("类别", "办件类别", "kind"), _kept(one_of(_KINDS)), "投资建设项目、企业设立登记、涉及两个以上部门、其他"
    ),
    "item": Column(("事项", "事项名称", "item"), _kept(name), "事项名称"),
    "department": Column(("部门", "承办部门", "department"), _kept(name), "承办（牵头）部门"),
    "with": Column(("协同部门", "with"), _kept(_names), "其他部门，用顿号隔开"),
    "window": Column(("窗口", "窗口编号", "window"), _kept(name), "受理的窗口"),
    "parallel": Column(("是否并联", "并联", "是否并联审批", "parallel"), _kept(yes_or_no), "是或否"),
    "accepted_on": Column(("受理日期", "受理日", "受理时间", "accepted_on"), day_of, "日期，后面可带时刻"),
    "due_on": Column(("承诺办结日", "承诺办结日期", "due_on"), day_of, "日期"),
    "promised_limit": Column(
        ("承诺期限", "承诺时限", "承诺办结时限", "承诺办理时限", "承诺办结期限"), limit_or_day, _LIMIT
    ),
    "statutory_due_on": Column(("法定办结日", "法定办结日期", "statutory_due_on"), day_of, "日期"),
    "statutory_limit": Column(
        ("法定期限", "法定时限", "法定办结时限", "法定办理时限", "法定办结期限"), limit_or_day, _LIMIT
    ),
    "finished_on": Column(
        ("办结日期", "办结日", "办结时间", "finished_on"), day_of, "日期，后面可带时刻；没有办结的空着"
    ),
    "on_site": Column(("是否现场办结", "现场办结", "on_site"), _kept(yes_or_no), "是或否"),
    "system": Column(("所用系统", "系统", "system"), _kept(one_of(_SYSTEMS)), "系统名称，没有录入的写“未录入系统”"),
    "evaluation": Column(("群众评议", "评议", "evaluation"), _kept(one_of(_EVALUATIONS)), "满意、不满意、未评议"),
    "online": Column(("是否网上办件", "网上办件", "online"), _kept(yes_or_no), "是或否"),
    "domestic_new": Column(("是否新设立内资企业", "新设立内资企业", "domestic_new"), _kept(yes_or_no), "是或否"),
    "signed_project": Column(
        ("签约项目", "签约项目编号", "signed_project"), _kept(project), "签约项目的编号，没有的空着"
    ),
}


def enough(found: Mapping[str, int]) -> bool:
    """Whether the headings that were found make a case log."""
    return all(key in found for key in NEEDED)


def to_case(values: dict[str, Any], days: WorkingDays) -> Case:
    """A case from a row's values. Raises ``KeyError`` for what it must have, ``CellUnreadable`` for limits without a day."""
    for key in NEEDED:
        if key not in values:
            raise KeyError(key)
    for key, limit in LIMITS.items():
        if (term := values.pop(limit, None)) is not None:
            values[key] = last_day(term, values.get(key), values["accepted_on"], days, COLUMNS[limit].headings[0])
    if "with" in values:
        values["others"] = values.pop("with")
    return Case(**values)


def tables() -> list[TableShape]:
    """The log as the site describes it."""
    return [described("办件", (), COLUMNS, (frozenset(NEEDED),))]
