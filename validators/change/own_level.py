"""本级政府批准

工程变更按属地管理：市级项目由市政府批准，区、县项目由本级政府批准。
看政府批准环节的“部门”和政府批复的文号，凡看得出是另一级政府的，是错误；看不出是哪一级的，不查。

名称以最后写的机关为准：“某市某区人民政府”是区政府，不因开头有“某市”就当作市政府。
条文写“报市政府批准”，区、县项目究竟报哪一级有两种理解，这里按本级政府；与口径有关的会注明。
"""

from collections.abc import Iterator

from banshi.checking.rules import Problem, Text
from banshi.files.findings import Route
from banshi.law.instruments import Placed
from banshi.law.library import Law
from banshi.law.norms import Locality
from banshi.law.otherwise import about, elsewhere
from banshi.subjects.change.filing import FiledForm
from banshi.subjects.change.offices import of_another_level

TITLE = Text("本级政府批准", "The government of the project's own level approves")
SEVERITY = "error"
BASIS = ("locality",)
EXAMPLE = "full-procedure"
GOOD = """
changes:
  - government_reply: {document: 市政府常务会议纪要〔2012〕3号（样例）, date: 2012-04-09}
"""
BAD = """
changes:
  - government_reply: {document: 江阳区政府常务会议纪要〔2012〕3号（样例）, date: 2012-04-09}   # 市级项目
"""


def check(case: FiledForm) -> Iterator[Problem]:
    """Every name and number of the government against the level of the project."""
    law = case.law
    if law is None or case.drafted:
        return
    found = _wrong(case, law)
    others = [_wrong(case, other.law) for other in elsewhere(law, about(law, Locality))] if found else []
    for where, (placed, said) in found.items():
        yield _problem(case, law, placed, where, said, depends=any(where not in wrong for wrong in others))


def _wrong(case: FiledForm, law: Law) -> dict[Route, tuple[Placed[Locality], str]]:
    """Where a form names a body of another level: the norm, and what the form says."""
    return {
        where: (placed, said)
        for placed in law.all(Locality)
        for where, said in _named(case, placed.norm.office)
        if of_another_level(placed.norm, _level(case, placed), said)
    }


def _level(case: FiledForm, placed: Placed[Locality]) -> str:
    return placed.norm.always or case.project.level


def _named(case: FiledForm, role: str) -> Iterator[tuple[Route, str]]:
    """Where a form names the body, with what it says: in the opinions on its steps and in their document."""
    progress = case.progress
    assert progress is not None
    for step in progress.procedures.taken_by(role, case.change.tier):
        for given in progress.given.get(step, []):
            yield (*given.where, "office"), given.opinion.office
        key = progress.documents.get(step, "")
        number = getattr(getattr(case.change, key, None), "document", None)
        if number:
            yield (key, "document"), number


def _problem(case: FiledForm, law: Law, placed: Placed[Locality], where: Route, said: str, *, depends: bool) -> Problem:
    level = _level(case, placed)
    due = law.office_name(placed.norm.office, level)
    own = {"city": Text("市级", "city"), "county": Text("区、县级", "county")}[case.project.level]
    return Problem(
        where=where,
        message=Text(
            f"这是{own.zh}项目，应由{due}批准，写的是“{said}”",
            f"a project of {own.en} level needs the {level} government's approval, not “{said}”",
        ),
        fix=Text(
            f"改填{due}及其批复；项目层级填错的，改 project.yaml 的 level。",
            f"State the {level} government and its reply; if the level is wrong, correct it in project.yaml.",
        ),
        basis=(placed.cite,),
        reading_dependent=depends,
    )
