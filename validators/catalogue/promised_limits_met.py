"""承诺时限够短的事项达到比例

文件规定承诺时限不超过法定时限的几成、达到的事项要占多少的，按部门（或全部事项）计算比较。没有法定时限的事项不计，
即办的算承诺为零；有法定时限、没有写承诺时限的，算不准，结果取决于它们的不作判断。
"""

from collections.abc import Iterator

from banshi.checking.rules import Problem, Text
from banshi.files.findings import Severity
from banshi.subjects.parallel.context import CatalogueFile
from banshi.subjects.parallel.limit_targets import LimitVerdict, limit_verdicts

TITLE = Text("承诺时限够短的事项达到比例", "Enough items promise a limit that is short enough")
SUBJECT = "catalogue"
SEVERITY = "warning"
BASIS = ("target measure=promised_limits",)
_ITEM = """
jurisdiction: elsewhere
in_use_from: 2012-06-01
case_kind: project
departments: [{id: gongan, name: 公安}]
items:
  - {id: road-opinion, name: 占道意见, department: gongan, limits: {statutory: 20, promised: %s}}
"""
GOOD = _ITEM % "10"
BAD = _ITEM % "11     # 超过一半\n     "


def check(file: CatalogueFile) -> Iterator[Problem]:
    """Every department that misses a target, or of which nothing can be said."""
    for verdict in limit_verdicts(file):
        if verdict.met is False:
            yield _problem(file, verdict, Text("没有达到", "missed"), None)
        elif verdict.met is None and verdict.placed.norm.zero_denominator != "not_applicable":
            yield _problem(file, verdict, Text("不能判定", "not determined"), Severity.NOTE)


def _problem(file: CatalogueFile, verdict: LimitVerdict, said: Text, severity: Severity | None) -> Problem:
    norm, catalogue = verdict.placed.norm, file.catalogue
    assert norm.each is not None
    assert norm.bound is not None
    name = catalogue.department_name(verdict.department) if verdict.department else "全部事项"
    at = next((n for n, d in enumerate(catalogue.departments) if d.id == verdict.department), None)
    wanted, each = norm.bound.phrase({}), norm.each.phrase({})
    return Problem(
        where=("items",) if at is None else ("departments", at, "id"),
        message=Text(
            f"{name}：承诺时限为法定时限{each}的事项 {verdict.figure}，指标是 {wanted}，{said.zh}",
            f"{name}: items that promise {each} of the statutory limit {verdict.figure}; target {wanted}: {said.en}",
        ),
        fix=Text("核对两个时限；属实的，缩短承诺时限。", "Check both limits; shorten the promised ones."),
        severity=severity,
        basis=(verdict.placed.cite,),
        at_key=at is None,
    )
