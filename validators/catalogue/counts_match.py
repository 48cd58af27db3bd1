"""部门数和事项数与通知一致

文件说某类办件主要涉及多少个部门、多少个审批事项，并点了几个部门的名的，核对这一类的目录。各地要结合实际配置，所以不符、缺了点名的部门都只作提示；
文件说的是确数（exact: true）的，数目不符是错误。
"""

from collections.abc import Iterator

from banshi.base.text import listed
from banshi.checking.rules import Problem, Severity, Text
from banshi.law.instruments import Placed
from banshi.law.norms import Count
from banshi.subjects.parallel.context import CatalogueFile

TITLE = Text("部门数和事项数与通知一致", "Counts of departments and items are those of the notice")
SEVERITY = "note"
BASIS = ("count",)
GOOD = """
case_kind: multi_department     # 通知的数目只说投资建设项目
"""
BAD = """
case_kind: investment_project   # 只有两个部门、两个事项
"""
_WHAT = {"department": Text("部门", "departments"), "approval_item": Text("审批事项", "items")}
_KEYS = {"department": "departments", "approval_item": "items"}


def check(file: CatalogueFile) -> Iterator[Problem]:
    """Each count of the notice that is said of this kind of case."""
    for placed in file.of_this_kind(*BASIS):
        if placed.norm.of in _KEYS:
            yield from _count(file, placed)
            yield from _named(file, placed)


def _count(file: CatalogueFile, placed: Placed[Count]) -> Iterator[Problem]:
    key, what = _KEYS[placed.norm.of], _WHAT[placed.norm.of]
    found = len({one.id for one in getattr(file.catalogue, key)})
    wanted, exact = placed.norm.value, placed.norm.exact
    if found != wanted:
        yield Problem(
            where=(key,),
            message=Text(
                f"目录有 {found} 个{what.zh}，通知说{'' if exact else '主要'}涉及 {wanted} 个",
                f"{found} {what.en}; the notice says {wanted}",
            ),
            severity=Severity.ERROR if exact else None,
            fix=_EXACT if exact else _FIX,
            basis=(placed.cite,),
            at_key=True,
        )


def _named(file: CatalogueFile, placed: Placed[Count]) -> Iterator[Problem]:
    key, what = _KEYS[placed.norm.of], _WHAT[placed.norm.of]
    names = [one.name for one in getattr(file.catalogue, key)]
    lacking = [wanted for wanted in placed.norm.named if not any(wanted in name for name in names)]
    if lacking:
        yield Problem(
            where=(key,),
            message=Text(
                f"没有通知点名的{what.zh}：{listed(lacking)}", f"named by the notice but missing: {', '.join(lacking)}"
            ),
            fix=_FIX,
            basis=(placed.cite,),
            at_key=True,
        )


_EXACT = Text("通知说的是确数，补上缺的，或删去多的。", "The notice gives an exact number: add or delete some.")
_FIX = Text(
    "核对是不是漏了；按本地实际配置的，可以不同。",
    "See whether something was forgotten; local differences are allowed.",
)
