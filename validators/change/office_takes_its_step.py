"""环节由应办的部门办理

意见的“部门”一栏与环节的职责对应：主管部门、行业主管的环节，应是 project.yaml 写明的那个单位
（空格、全半角不计）；其他机关的环节，名称里应看得出是这个机关（字样见政策文件的 offices）。

没有主管部门的项目（competent_authority 写 null），由审批项目的部门代行。
文件没有写明由谁办理的环节，或看名称认不出的角色，不查。是哪一级政府，由“本级政府批准”查对。
"""

from collections.abc import Iterator

from banshi.base.text import listed
from banshi.checking.rules import Problem, Text
from banshi.files.findings import Citation
from banshi.law.library import Law
from banshi.subjects.change.filing import FiledForm
from banshi.subjects.change.offices import named, recognised, same_body
from banshi.subjects.change.progress import FormProgress, GivenOpinion

TITLE = Text("环节由应办的部门办理", "Each step is taken by its own office")
SEVERITY = "error"
BASIS = ("procedure", "substitution")
GOOD = """
project:
  competent_authority: null          # 没有主管部门，由审批项目的部门代行
changes:
  - opinions:
      - {step: competent_review, office: 市发展改革委, received_on: 2012-03-06, complete_on: 2012-03-06,
         decided_on: 2012-03-08, conclusion: agree}
      - {step: finance_approval, office: 市财政局, received_on: 2012-03-09, complete_on: 2012-03-09,
         decided_on: 2012-03-13, conclusion: agree}
"""
BAD = """
changes:
  - opinions:
      - {step: competent_review, office: 市财政局, received_on: 2012-03-06, complete_on: 2012-03-06,
         decided_on: 2012-03-08, conclusion: agree}     # 应是主管部门市住房城乡建设局
      - {step: finance_approval, office: 市财政局, received_on: 2012-03-09, complete_on: 2012-03-09,
         decided_on: 2012-03-13, conclusion: agree}
"""


def check(case: FiledForm) -> Iterator[Problem]:
    """The office of each opinion against the role of its step."""
    law, progress = case.law, case.progress
    if law is None or progress is None or case.drafted:
        return
    for step in progress.steps:
        role = progress.procedures.office(step, case.change.tier)
        expected, acting = named(law, case.project, role)
        for given in progress.given.get(step, []):
            office = given.opinion.office
            if expected and not same_body(office, expected):
                wanted = Text(f"{expected}（{law.office_name(role)}）", f"{expected} ({role})")
                yield _problem(law, progress, given, wanted, acting)
            elif not expected and not recognised(law, role, office):
                words = law.offices[role].recognised
                wanted = Text(
                    f"{law.office_name(role, case.project.level)}（名称含“{listed(words)}”）",
                    f"{role} (recognised by {', '.join(words)})",
                )
                yield _problem(law, progress, given, wanted, ())


def _problem(
    law: Law, progress: FormProgress, given: GivenOpinion, wanted: Text, acting: tuple[Citation, ...]
) -> Problem:
    step, office = given.opinion.step, given.opinion.office
    name = law.step_name(step)
    instead = Text("；没有主管部门的由它代行", ", acting in place of the missing authority") if acting else Text("", "")
    return Problem(
        where=(*given.where, "office"),
        message=Text(
            f"“{name.zh}”应由{wanted.zh}办理{instead.zh}，填的是{office}",
            f"“{name.en}” is for {wanted.en}{instead.en}, not {office}",
        ),
        fix=Text(
            "改填实际办理的部门；确由别的部门办理的，退回应办部门。project.yaml 里写错单位的，改 project.yaml。",
            "State the office that acted; if another acted, return it. If project.yaml names the wrong one, correct it.",
        ),
        basis=(progress.steps[step].cite, *acting),
    )
