"""The columns of a case log as a table: Chinese headings, and how their cells are read."""

import datetime
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from banshi.files.tables.cells import NONE, NOTHING, Nothing, day_of, name, one_of, parts, plain_text, yes_or_no
from banshi.files.tables.describing import TableShape, described
from banshi.files.tables.reading import TableColumn
from banshi.law.terms import CaseWord
from banshi.law.working_days import WorkingDays
from banshi.subjects.cases.first_records import NEEDED
from banshi.subjects.cases.forms import Case
from banshi.subjects.cases.limits import last_day, limit_or_day, project
from banshi.subjects.cases.vocabulary import Vocabulary

LIMITS = {"due_on": "promised_limit", "statutory_due_on": "statutory_limit"}
RENAMED = {"with": "others"}  # what a case's own type calls the value of a column
_MANY = 4096


def _kept(read: Callable[[str], Any]) -> Callable[[str], Any]:
    """A reader that remembers: the same few spellings stand in every row."""
    return lru_cache(maxsize=_MANY)(read)


def _names(cell: str) -> tuple[str, ...]:
    """Names with 、 between them (or a comma, semicolon, slash or line end); 无 is none."""
    return () if plain_text(cell) in (*NONE, "-", "/") else tuple(parts(cell))


def _finished(cell: str) -> datetime.date | Nothing:
    """The day on which a case was finished; ``NOTHING`` where it says that it was not."""
    return NOTHING if plain_text(cell) in _NOT_FINISHED else day_of(cell)


_NOT_FINISHED = ("未办结", "尚未办结", "没有办结", "未办理", "在办", "办理中", "正在办理", *NONE)
_LIMIT = "几个工作日（5个工作日），或日期；写天数的，另有承诺办结日、法定办结日一列的以那一列为准"

_COLUMNS = {
    "id": TableColumn(("办件编号", "编号", "受理编号", "id"), name, "办件的编号，不重复"),
    "kind": TableColumn(("类别", "办件类别", "kind"), name, "当地文件声明的类别，或其他"),
    "item": TableColumn(("事项", "事项名称", "item"), _kept(name), "事项名称"),
    "department": TableColumn(("部门", "承办部门", "department"), _kept(name), "承办（牵头）部门"),
    "with": TableColumn(("协同部门", "with"), _kept(_names), "其他部门，用顿号隔开"),
    "window": TableColumn(("窗口", "窗口编号", "window"), _kept(name), "受理的窗口"),
    "parallel": TableColumn(("是否并联", "并联", "是否并联审批", "parallel"), _kept(yes_or_no), "是或否"),
    "accepted_on": TableColumn(("受理日期", "受理日", "受理时间", "accepted_on"), day_of, "日期，后面可带时刻"),
    "due_on": TableColumn(("承诺办结日", "承诺办结日期", "due_on"), day_of, "日期"),
    "promised_limit": TableColumn(
        ("承诺期限", "承诺时限", "承诺办结时限", "承诺办理时限", "承诺办结期限"), limit_or_day, _LIMIT, counted=True
    ),
    "statutory_due_on": TableColumn(("法定办结日", "法定办结日期", "statutory_due_on"), day_of, "日期"),
    "statutory_limit": TableColumn(
        ("法定期限", "法定时限", "法定办结时限", "法定办理时限", "法定办结期限"), limit_or_day, _LIMIT, counted=True
    ),
    "finished_on": TableColumn(
        ("办结日期", "办结日", "办结时间", "finished_on"), _finished, "日期，后面可带时刻；没有办结的空着，或写 未办结"
    ),
    "on_site": TableColumn(("是否现场办结", "现场办结", "on_site"), _kept(yes_or_no), "是或否"),
    "system": TableColumn(("所用系统", "系统", "system"), name, "系统名称，没有录入的写“未录入系统”"),
    "evaluation": TableColumn(
        ("群众评议", "评议", "群众评价", "评价", "好差评", "evaluation"), name, "当地文件声明的评价，或未评议"
    ),
    "evaluated_on": TableColumn(("评价日期", "评议日期", "评价日", "evaluated_on"), day_of, "日期，后面可带时刻"),
    "answered_on": TableColumn(
        ("回复日期", "差评回复日期", "答复日期", "回复日", "answered_on"), _finished, "差评何时回复；没有回复的空着"
    ),
    "online": TableColumn(("是否网上办件", "网上办件", "online"), _kept(yes_or_no), "是或否"),
    "signed_project": TableColumn(
        ("签约项目", "签约项目编号", "signed_project"), _kept(project), "签约项目的编号，没有的空着"
    ),
}


GENERAL = _COLUMNS  # what any log has, whichever words its centre uses


def columns(words: Vocabulary) -> dict[str, TableColumn]:
    """The columns of a log with these words: their names where a value is wanted, and a column for each flag."""
    found: dict[str, TableColumn] = {}
    for key, column in _COLUMNS.items():
        if key == "signed_project":
            found.update({flag: _flag(flag, word) for flag, word in words.flags.items()})
        found[key] = _worded(column, key, words) if key in ("kind", "system", "evaluation") else column
    return found


def _worded(column: TableColumn, key: str, words: Vocabulary) -> TableColumn:
    about = column.about if key == "system" else "、".join(word.name for word in words.of(key).values())
    return TableColumn(column.headings, _kept(one_of(words.labels(key))), about)


def _flag(flag: str, word: CaseWord) -> TableColumn:
    return TableColumn((f"是否{word.name}", word.name, *word.also, flag), _kept(yes_or_no), "是或否")


def enough(found: Mapping[str, int]) -> bool:
    """Whether the headings that were found make a case log."""
    return all(key in found for key in NEEDED)


def to_case(values: dict[str, Any], days: WorkingDays, words: Vocabulary) -> Case:
    """A case from a row's values. Raises ``KeyError`` for what it must have, ``CellUnreadable`` for limits without a day."""
    for key in NEEDED:
        if key not in values:
            raise KeyError(key)
    for key, limit in LIMITS.items():
        if (term := values.pop(limit, None)) is not None:
            values[key] = last_day(term, values.get(key), values["accepted_on"], days, _COLUMNS[limit].headings[0])
    for key, own in RENAMED.items():
        if key in values:
            values[own] = values.pop(key)
    return words.case(**values)


def tables() -> list[TableShape]:
    """The log as the site describes it."""
    return [described("办件", (), GENERAL, (frozenset(NEEDED),))]
