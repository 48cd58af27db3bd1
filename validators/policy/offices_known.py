"""各方认得出来

有的规范点看项目有没有某一方（有代建方的共同申请，没有主管部门的由别的部门代行）：项目文件要有一项写它，不然永远是没有。
办环节的机关，要么项目文件写明是谁，要么凭名称里的字样（`recognised`）认出；都没有的，环节由谁办了都不核对，提示一下。
写了不受时限约束的机关，要办得到环节，不然写了也不起作用。
"""

from collections.abc import Iterator

from banshi.checking.loaded import PolicyFile
from banshi.checking.rules import Problem, Severity, Text
from banshi.files.findings import Route
from banshi.law.norms import Norm, Procedure, TimeLimit

TITLE = Text("各方认得出来", "Parties and offices are known")
SUBJECT = "policy"
SEVERITY = "error"
BASIS = ()
_JOINT = """
offices:
  owner: {name: 项目业主, field: owner}
  agent: {name: 代建单位FIELD}
project_fields:
  owner: {name: 项目业主, required: true}
  agent_builder: {name: 代建单位}
provisions:
  - id: "1"
    label: 一
    heading: 申请
    source: {lines: [1, 1]}
    norms:
      - {id: both, kind: joint_application, statement: "有代建单位的，由{parties}共同申请。", when: agent, parties: [owner, agent]}
tiers: {}
steps: {}
forms: []
readings: []
"""
GOOD = _JOINT.replace("FIELD", ", field: agent_builder")
BAD = _JOINT.replace("FIELD", "")


def check(policy: PolicyFile) -> Iterator[Problem]:
    """What rests on whether a project has somebody; then who takes the steps."""
    if not policy.version.normative or "change" not in policy.version.subjects:
        return
    for route, norm in policy.norms():
        yield from _named_by_nobody(policy, route, norm)
        yield from _not_known(policy, route, norm)
        yield from _takes_no_step(policy, route, norm)


def _not_known(policy: PolicyFile, route: Route, norm: Norm) -> Iterator[Problem]:
    """Offices of steps of which nothing says by what they are known: whoever takes such a step, nothing is compared."""
    fields = {key for version in (policy.version, *policy.beside) for key in version.project_fields}
    stages = norm.stages if isinstance(norm, Procedure) else ()
    for role in dict.fromkeys(step.office for stage in stages for step in stage.steps if step.office):
        office = policy.version.offices.get(role)
        if office and not (office.field or office.recognised or role in fields):
            yield Problem(
                where=(*route, "stages"),
                severity=Severity.NOTE,
                message=Text(
                    f"“{office.name}”（{role}）没有写凭什么认出，它的环节由谁办了都不核对",
                    f"nothing says by what {role} is known: whoever takes its steps, nothing is compared",
                ),
                fix=Text(
                    "在 offices 里写 recognised（名称里见得到的字），或 field（项目文件里的键）。",
                    "Give the office recognised, words of its name, or field, the project's key that names it.",
                ),
            )


def _takes_no_step(policy: PolicyFile, route: Route, norm: Norm) -> Iterator[Problem]:
    """Offices that are to have no limit, and that take no step of any procedure."""
    exempt = norm.offices_without_limit if isinstance(norm, TimeLimit) else ()
    procedures = [placed.norm for placed in policy.law("change").all(Procedure)] if exempt else []
    taking = {step.office for each in procedures for stage in each.stages for step in stage.steps}
    for n, role in enumerate(exempt if procedures else ()):
        if role not in taking:
            yield Problem(
                where=(*route, "offices_without_limit", n),
                message=Text(
                    f"{norm.id} 写 {role} 没有时限，它不办任何环节，写了也不起作用",
                    f"{norm.id}: {role} is to have no limit, but takes no step: it has no effect",
                ),
                fix=Text("改成办环节的机关，或删去。", "Name an office that takes a step, or leave it out."),
            )


def _named_by_nobody(policy: PolicyFile, route: Route, norm: Norm) -> Iterator[Problem]:
    """An office on which it rests whether a project has one, and which no project's file can name."""
    fields = {key for version in (policy.version, *policy.beside) for key in version.project_fields}
    for field in _WHETHER_THERE.get(norm.kind, ()) if fields else ():
        role = getattr(norm, field)
        office = policy.version.offices.get(role)
        key = (office and office.field) or role
        if office and key not in fields:
            yield Problem(
                where=(*route, field),
                message=Text(
                    f"{norm.id} 看项目有没有“{office.name}”（{role}），项目文件没有一项写它，永远是没有",
                    f"{norm.id} asks whether a project has {role}, which no field of a project names: it never has",
                ),
                fix=Text(
                    f"在 project_fields 里声明 {key}；项目文件里本来就有那一项的，在 offices 里写明 field。",
                    f"Declare {key} in project_fields, or give the office the field that names it.",
                ),
            )


_WHETHER_THERE = {"joint_application": ("when",), "substitution": ("absent", "acting")}
