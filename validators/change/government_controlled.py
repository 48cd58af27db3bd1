"""项目在适用范围内

文件适用于政府投资占控股或主导地位的工程建设项目。project.yaml 写明不占控股或主导地位的，文件不适用于这个项目，
是警告：各份报批表仍照常核对，结果只作参考。

原文没有规定多少比例算控股或主导，由填报人判断。文件列举了资金来源而没有以“等”收尾的，用了没有列举的资金的，同样是警告；
列举以“等”收尾的，不据以判断。
"""

from collections.abc import Iterator

from banshi.base.text import listed
from banshi.checking.rules import Problem, Text
from banshi.law.instruments import Placed
from banshi.law.norms import Scope
from banshi.subjects.change.filing import Filing

TITLE = Text("项目在适用范围内", "The project is within scope")
SEVERITY = "warning"
SUBJECT = "project"
BASIS = ("scope",)
GOOD = """
project:
  funding: {sources: [fiscal], government_controlled: true}
"""
BAD = """
project:
  funding: {sources: [fiscal], government_controlled: false}
"""
_FIX = Text(
    "核对资金情况；确实不占的，不必按本文件报批，以下结果只作参考。",
    "Check the funding; if so, approval under this instrument is not needed and the findings are advice.",
)


def check(filing: Filing) -> Iterator[Problem]:
    """Whether government investment controls or leads, and whether the money is of the listed sorts, where that is asked."""
    law = filing.any_law
    placed = law.one(Scope) if law else None
    if placed:
        yield from _sources(filing, placed)
    funding = filing.project.funding
    if placed and funding and placed.norm.government_controlled and not funding.government_controlled:
        yield Problem(
            where=("funding", "government_controlled"),
            message=Text(
                f"政府投资不占控股或主导地位，不在{placed.version.number or placed.version.title}的适用范围",
                f"government investment does not control this project: {placed.version.instrument} does not apply",
            ),
            fix=_FIX,
        )


def _sources(filing: Filing, placed: Placed[Scope]) -> Iterator[Problem]:
    listed_ones = {source.value: source.name for source in placed.norm.funding}
    funding = filing.project.funding
    for n, source in enumerate(funding.sources if funding else ()):
        if listed_ones and not placed.norm.funding_open and source not in listed_ones:
            yield Problem(
                where=("funding", "sources", n),
                message=Text(
                    f"{placed.version.number or placed.version.title}适用于使用{listed(listed_ones.values())}的项目，没有列这一种资金",
                    f"{placed.version.instrument} applies to projects of {', '.join(listed_ones)}, not of {source}",
                ),
                fix=_FIX,
                basis=(placed.cite,),
            )
