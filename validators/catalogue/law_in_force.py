"""启用日有并联审批的文件

目录按启用日施行的文件核对。那一天没有施行中的并联审批文件，部门数、事项数、部门是否齐全就都没有核对，在这里说明，免得以为已经核对过。
辖区有并联审批的文件、只是那一天没有施行的，是错误；根本没有的，是提示。
"""

from collections.abc import Iterator

from banshi.checking.rules import Problem, Severity, Text
from banshi.subjects.parallel.context import PARALLEL, CatalogueFile

TITLE = Text("启用日有并联审批的文件", "An instrument on parallel approval is in force")
SEVERITY = "note"
BASIS = ()
GOOD = """
in_use_from: 2011-06-01
"""
BAD = """
in_use_from: 2010-06-01     # 通知是2011年的
"""


def check(file: CatalogueFile) -> Iterator[Problem]:
    """The day from which the catalogue is used."""
    if file.law is not None:
        return
    begins = file.library.begins(file.catalogue.jurisdiction, PARALLEL)
    since = f"，最早自 {begins} 起才有" if begins else ""
    day = file.catalogue.in_use_from
    yield Problem(
        where=("in_use_from",),
        severity=Severity.ERROR if begins else Severity.NOTE,
        message=Text(
            f"{day} 没有施行中的并联审批文件{since}，部门和事项没有与文件核对",
            f"nothing on parallel approval was in force on {day}, so the catalogue was not compared with it",
        ),
        fix=Text(
            "核对启用日和辖区；都没有写错的，部门和事项由人核对。",
            "Check the day and the jurisdiction; where both are right, people must compare.",
        ),
    )
