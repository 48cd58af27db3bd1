"""The kinds of file: what each is called, which rules look at it, and how it is loaded. A new kind is a row here.

``load`` and the two table functions are named as ``module:function`` and imported when a file of the kind turns up, so
that checking one kind never pays for the others.
"""

import importlib
from functools import cache
from typing import Any, Literal

from msgspec import Struct


class Kind(Struct, frozen=True):
    """A kind of file.

    ``typed``: the type that its schema is written from (``make schemas``).
    ``title``: what the rules on it are called together; ``rules``: their folder under ``validators``. ``load`` turns a
    document of the right shape into what rules look at; ``load_folder``
    does so for a folder whose files belong together.
    ``entries``: the list whose broken entries are left out, the others still being used. ``parts``: lists of which the
    kind's own loader weighs what a deviation bears on (``Document.astray``). ``fits`` tells by their
    headings whether tables (CSV, XLSX) are of this kind, and ``load_table`` loads such a file. ``fits_line`` tells by
    one of the first records whether a file of JSON Lines is of this kind as a whole, and ``load_lines`` loads it;
    otherwise every line is a document of its own. ``tables`` describes the tables of this kind for the site (``TableShape`` values).
    ``strange``: keys that nobody knows are told and set aside; those at its ``top``, of which the kind's own loader weighs
    what they bear on, or those ``anywhere``, with what each may be meant for; so are then values that are wrong or lacking
    (``Document.unstated``). ``counted``: of those, what other documents' sums rest on (dotted, without numbers of entries):
    where it is wrong, lacking or may stand under such a key, the document, or the entry of it, cannot be used; so where
    anything is wrong below a name that ends in a dot.
    ``as_written``: nothing is decided by such a file, and its rules look at what is written, whatever is wrong with it.
    ``names`` tells what the law calls the choices of a file (``understanding.Names``, of its data and the loader).
    ``tables_beside``: its documents name tables that hold their rows, so one that nobody reads may be missed (``named``);
    or they say themselves what bears on them of the tables that lie beside them (``own``).
    ``forms``: the module that says what forms of instruments are of such a file (``filled_forms.FormKind``).
    ``item_forms``: what finds a form that documents of this kind rule, by its whole name.
    ``prepare`` puts values in place of their names, and gives the schemas by which a centre's own words are right.
    """

    name: str
    title: str
    rules: str
    typed: str
    load: str = ""
    load_folder: str = ""
    entries: str = ""
    parts: tuple[str, ...] = ()
    fits: str = ""
    load_table: str = ""
    fits_line: str = ""
    load_lines: str = ""
    tables: str = ""
    prepare: str = ""
    names: str = ""
    forms: str = ""
    item_forms: str = ""
    strange: Literal["", "top", "anywhere"] = ""
    head: tuple[tuple[str, Any], ...] = ()
    counted: tuple[str, ...] = ()
    as_written: bool = False
    tables_beside: Literal["", "named", "own"] = ""


UNREAD_CENTRE = "（中心名称读不出）"  # whose file it is, nobody knows
# A file of which nobody can tell whether it is made up is marked as if it were: nobody may take it for a real one.
_WHOSE = (("centre", UNREAD_CENTRE), ("fictional", True))
_CHANGE_NAMES = "banshi.subjects.change.law_words:names"
_AMOUNTS = ("amounts", "amounts.increase", "amounts.decrease", "amounts.net")
_LOG_HEAD = ("jurisdiction", "centre", "level", "as_of", "signed_projects", "departments")
_COUNTED = ("number", "sequence", "filed_on", "status", "items", *_AMOUNTS)
_ROWS = (
    Kind(
        "change",
        "工程变更报批表",
        "change",
        typed="banshi.subjects.change.forms:Change",
        load="banshi.subjects.change.loading:load",
        names=_CHANGE_NAMES,
        strange="anywhere",
        counted=_COUNTED,
    ),
    Kind(
        "project",
        "一个项目的全部报批表",
        "change",
        typed="banshi.subjects.change.project_forms:Project",
        load="banshi.subjects.change.loading:load",
        load_folder="banshi.subjects.change.loading:load_folder",
        names=_CHANGE_NAMES,
        strange="anywhere",
    ),
    Kind(
        "ledger",
        "工程变更台账",
        "change",
        typed="banshi.subjects.change.forms:Ledger",
        load="banshi.subjects.change.loading:load",
        entries="changes",
        fits="banshi.subjects.change.table_kinds:fits",
        load_table="banshi.subjects.change.tables:load_table",
        tables="banshi.subjects.change.table_kinds:tables",
        forms="banshi.subjects.change.instrument_forms",
        names=_CHANGE_NAMES,
        strange="anywhere",
        counted=("project", "changes", *(f"changes.{way}" for way in _COUNTED)),
    ),
    # Before attendance, whose sheets are known by fewer headings.
    Kind(
        "assessment",
        "窗口考核",
        "assessment",
        typed="banshi.subjects.assessment.forms:Assessment",
        load="banshi.subjects.assessment.loading:load",
        names="banshi.subjects.assessment.names:names",
        forms="banshi.subjects.assessment.instrument_forms",
        parts=("windows",),
        fits="banshi.subjects.assessment.tables:fits",
        load_table="banshi.subjects.assessment.tables:load_table",
        tables_beside="named",
        strange="top",
        head=(*_WHOSE, ("attendance", None)),
    ),
    Kind(
        "attendance",
        "考勤登记",
        "attendance",
        typed="banshi.subjects.attendance.forms:Register",
        load="banshi.subjects.attendance.loading:load",
        forms="banshi.subjects.attendance.instrument_forms",
        parts=("windows", "staff", "punches", "leave", "duty_log", "notes", "roster"),
        fits="banshi.subjects.attendance.loading:fits",
        load_table="banshi.subjects.attendance.loading:load_table",
        tables="banshi.subjects.attendance.columns:tables",
        tables_beside="own",
        strange="top",
        head=(*_WHOSE, ("from", None), ("to", None)),
    ),
    Kind(
        "cases",
        "办件登记",
        "cases",
        typed="banshi.subjects.cases.forms:Log",
        load="banshi.subjects.cases.loading:load",
        entries="cases",
        fits="banshi.subjects.cases.loading:fits",
        load_table="banshi.subjects.cases.loading:load_table",
        fits_line="banshi.subjects.cases.first_records:fits_line",
        load_lines="banshi.subjects.cases.lines:load_lines",
        tables="banshi.subjects.cases.columns:tables",
        prepare="banshi.subjects.cases.loading:prepare",
        tables_beside="named",
        strange="top",
        head=(("fictional", True), *((key, None) for key in _LOG_HEAD)),
    ),
    Kind(
        "catalogue",
        "审批事项目录",
        "catalogue",
        typed="banshi.subjects.parallel.forms:Catalogue",
        load="banshi.subjects.parallel.loading:load_catalogue",
        item_forms="banshi.subjects.parallel.item_forms:form_called",
        prepare="banshi.subjects.parallel.loading:prepare",
        strange="anywhere",
    ),
    Kind(
        "parallel-case",
        "并联审批办件计划",
        "parallel-case",
        typed="banshi.subjects.parallel.forms:Case",
        load="banshi.subjects.parallel.loading:load_case",
        strange="anywhere",
    ),
    Kind(
        "form",
        "填好的表",
        "form",
        typed="banshi.law.form_fields:FilledFile",
        load="banshi.subjects.forms.loading:load",
        strange="anywhere",
        counted=("instrument", "form", "values"),
        prepare="banshi.subjects.forms.loading:prepare",
        forms="banshi.subjects.forms.instrument_forms",
    ),
    Kind(
        "policy",
        "政策文件",
        "policy",
        typed="banshi.law.instruments:PolicyVersion",
        load="banshi.checking.policy_files:load_policy",
        as_written=True,
    ),
    Kind(
        "guide",
        "办事指南",
        "guide",
        typed="banshi.law.guides:Guide",
        load="banshi.checking.policy_files:load_guide",
        as_written=True,
    ),
    Kind(
        "scenario",
        "情景",
        "scenario",
        typed="banshi.subjects.scenarios.forms:Scenarios",
        load="banshi.subjects.scenarios.loading:load",
        entries="scenarios",
        strange="anywhere",
        counted=("jurisdiction", "scenarios", "scenarios."),
    ),
    Kind(
        "working-days",
        "放假安排",
        "policy",
        typed="banshi.law.working_days:Year",
        load="banshi.checking.policy_files:load_year",
        as_written=True,
    ),
)
KINDS = {kind.name: kind for kind in _ROWS}
# What rules look at: whole files, and the services that guides and catalogues describe.
SUBJECTS = {**KINDS, "service": Kind("service", "服务事项的要素", "guide", typed="banshi.law.guide_elements:Service")}


@cache
def function(name: str) -> Any:
    """The function that a row names as ``module:function``."""
    module, _, attribute = name.partition(":")
    return getattr(importlib.import_module(module), attribute)


def module(name: str) -> Any:
    """The module that a row names."""
    return importlib.import_module(name)
