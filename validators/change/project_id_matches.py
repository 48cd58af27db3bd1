"""报批表属于本项目

报批表写明的项目标识（project）要与 project.yaml 的 id 一致。不一致的，多半是表放错了文件夹，或从别的项目抄来没有改；
这样的表会混进本项目的累计。
"""

from collections.abc import Iterator

from banshi.checking.rules import Problem, Text
from banshi.subjects.change.filing import FiledForm

TITLE = Text("报批表属于本项目", "The form belongs to this project")
SEVERITY = "error"
BASIS = ("form of=change",)
GOOD = """
changes:
  - project: example
"""
BAD = """
changes:
  - project: another     # project.yaml 的 id 是 example
"""


def check(case: FiledForm) -> Iterator[Problem]:
    """The form's project against the project's id."""
    named, own = case.change.project, case.project.id
    if named != own:
        yield Problem(
            where=("project",),
            message=Text(f"项目标识是 {named}，本项目是 {own}", f"project {named}, but this project is {own}"),
            fix=Text(
                f"改为 project: {own}；属于别的项目的，移到那个项目的文件夹。",
                f"Write project: {own}, or move the form to the project it belongs to.",
            ),
        )
