"""签约项目全部纳入并联审批

文件要求签约项目全部纳入并联审批、并记录在规定的软件系统里的，逐个核对。
名单（signed_projects）里的项目，登记中至少要有一件是按并联审批办理、录入其中一个系统的；办件写的签约项目要在名单里。
有办件没有读出、或编号重复没有计入时，缺的可能就在其中，不说某个项目没有纳入。
"""

from collections.abc import Iterator

from banshi.checking.rules import Problem, Text
from banshi.subjects.cases.case_log import CaseLog
from banshi.subjects.cases.other_targets import missing_projects

TITLE = Text("签约项目全部纳入并联审批", "Signed projects are all handled in parallel")
SEVERITY = "warning"
BASIS = ("target measure=parallel_share", "enumeration of=case_system")
GOOD = """
signed_projects: [{id: XBH-01}]
"""
BAD = """
signed_projects: [{id: XBH-01}, {id: XBH-02}]     # 登记里没有 XBH-02 的办件
"""


def check(log: CaseLog) -> Iterator[Problem]:
    """Projects of the list without a case in parallel or outside the systems; projects that are not in the list."""
    if not log.applies.value or log.log.signed_projects is None or not log.project_targets:
        return
    missing = set(missing_projects(log.log, log.tally))
    for n, project in enumerate(log.log.signed_projects if not log.left else ()):
        if n in missing:
            yield _not_in_parallel(log, n, project.called)
        elif project.id in log.outside_systems:
            yield _not_recorded(log, n, project.called, "、".join(log.project_systems.values()))
    yield from _unknown(log)


def _not_in_parallel(log: CaseLog, n: int, name: str) -> Problem:
    return Problem(
        where=("signed_projects", n, "id"),
        message=Text(f"签约项目 {name} 没有按并联审批办理的件", f"signed project {name} has no case in parallel"),
        fix=Text("把这个项目的审批纳入并联审批；登记漏写的补上。", "Handle it in parallel, or complete the log."),
        basis=log.projects_basis,
    )


def _not_recorded(log: CaseLog, n: int, name: str, systems: str) -> Problem:
    return Problem(
        where=("signed_projects", n, "id"),
        message=Text(
            f"签约项目 {name} 的并联件没有录入规定的系统", f"signed project {name} is recorded in none of the systems"
        ),
        fix=Text(f"录入其中一个系统：{systems}。", f"Record it in one of these: {systems}."),
        basis=log.projects_basis,
    )


def _unknown(log: CaseLog) -> Iterator[Problem]:
    known = {project.id for project in log.log.signed_projects or ()}
    for name, project in log.tally.projects.items():
        if name not in known:
            yield Problem(
                where=("cases", project.first.index, "signed_project"),
                message=Text(f"签约项目 {name} 不在名单里", f"signed project {name} is not in the list"),
                fix=Text(
                    "核对编号，或在 signed_projects 补上这个项目。", "Check the id, or add it to signed_projects."
                ),
                basis=log.projects_basis,
            )
