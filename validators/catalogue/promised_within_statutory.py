"""承诺时限不超过法定时限

承诺时限是在法定时限以内再缩短，不能更长。两个时限用同一单位。
"""

from collections.abc import Iterator

from banshi.catalogue.context import CatalogueFile
from banshi.rules import Problem, Text

TITLE = Text("承诺时限不超过法定时限", "The promised limit is within the statutory one")
SEVERITY = "error"
BASIS = ("promised-limits",)
_ITEM = """
items:
  - {id: road-opinion, name: 占道意见, department: gongan, with: [chengguan], stage: approval, limits: {statutory: 10, promised: %s}}
"""
GOOD = _ITEM % "3"
BAD = _ITEM % "12     # 比法定时限还长\n     "


def check(file: CatalogueFile) -> Iterator[Problem]:
    """Each item that states both limits."""
    law = file.assessment
    norm = law.placed.get("promised-limits") if law else None
    for n, item in enumerate(file.catalogue.items):
        promised, most, unit = item.limits.promised, item.limits.statutory, item.limits.unit
        if promised is None or most is None or promised <= most:
            continue
        yield Problem(
            where=("items", n, "limits", "promised"),
            message=Text(
                f"“{item.name}”承诺 {promised} {unit}，超过法定的 {most} {unit}",
                f"{item.name}: promised {promised}, more than the statutory {most}",
            ),
            fix=Text(f"承诺时限改为 {most} {unit}以内。", f"Promise at most {most}."),
            basis=(norm.cite,) if norm else (),
        )
