"""What is asked of the rules on case logs and combined handling: logs, catalogues, plans, the one form."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from asking import LINJIANG, QINGHE, ZEZHOU, Probe, answer, inputs, rule_examples, scenarios, told


def one_form(path: str) -> Any:
    """What the one form of a case is called, and which norms want it: that is the answer here."""
    status, said = answer("form", path, whole=True)
    return status, [(form["title"], [each["norm"] for each in form["basis"]]) for form in said["forms"]]


# Names of the centre's own, known by what the policy calls them.
BY_ID = """
case_kind: %s
departments: [{id: industry_commerce, name: 甲局}, {id: quality_supervision, name: 乙局}, {id: taxation, name: 丙局},
              {id: public_security, name: 丁局}]
stages: [{id: preliminary_design, name: 第一段}, {id: construction_preparation, name: 第二段}, {id: construction, name: 第三段}]
items:
  - {id: a, name: 甲事, department: industry_commerce, stage: preliminary_design}
  - {id: b, name: 乙事, department: quality_supervision, stage: construction_preparation}
  - {id: c, name: 丙事, department: taxation, with: [public_security], stage: construction}
"""
# Signed projects, each recorded in another system.
EACH_SYSTEM = """
signed_projects: [{id: XBH-01}, {id: XBH-02}]
cases:
  - {id: B-1, kind: investment_project, department: 甲局, window: W1, parallel: true, accepted_on: 2012-01-04,
     system: investment_system, signed_project: XBH-01}
  - {id: B-2, kind: enterprise_registration, department: 乙局, window: W2, parallel: true, accepted_on: 2012-01-05,
     system: registration_system, signed_project: XBH-02}
"""


def luzhou_parallel() -> Iterator[Probe]:
    kinds = ("investment_project", "enterprise_registration")
    catalogues = told("catalogue/later-stages", *(BY_ID % kind for kind in kinds))
    yield partial(answer, "check", str(catalogues), str(told("cases/signed-projects-in-parallel", EACH_SYSTEM)))
    yield partial(answer, "cases", "examples/cases/city/办件登记.yaml")
    yield partial(answer, "cases", "examples/cases/yangliqu/办件登记.yaml")
    yield partial(answer, "cases", "examples/cases/xiaoliqu/办件登记.yaml")
    yield partial(
        answer,
        "check",
        "tests/cases/cases",
        "tests/cases/catalogue",
        "tests/cases/parallel-case",
        "examples/cases",
        str(rule_examples("cases")),
        str(rule_examples("catalogue")),
        str(rule_examples("parallel-case")),
    )
    yield from plans()
    yield from inputs("cases", "luzhou")


def plans() -> Iterator[Probe]:
    for name in ("investment", "registration", "template"):
        yield partial(answer, "schedule", f"examples/parallel/{name}/case.yaml")
        yield partial(answer, "check", f"examples/parallel/{name}")
        yield partial(one_form, f"examples/parallel/{name}/case.yaml")


def licensing() -> Iterator[Probe]:
    yield from plans()
    yield partial(
        answer,
        "check",
        "tests/cases/catalogue",
        "tests/cases/parallel-case",
        str(rule_examples("catalogue")),
        str(rule_examples("parallel-case")),
    )


def linjiang_cases() -> Iterator[Probe]:
    yield partial(answer, "cases", "cases/办件登记.yaml", project=LINJIANG)
    yield partial(answer, "check", "catalogue", project=LINJIANG)


def qinghe_cases() -> Iterator[Probe]:
    yield partial(answer, "cases", "cases/办件登记.yaml", project=QINGHE)
    yield partial(answer, "check", "cases", project=QINGHE)
    yield partial(answer, "test", "tests/case-goals.yaml", project=QINGHE)
    yield from inputs("cases", "qinghe")


def zezhou_goals() -> Iterator[Probe]:
    yield from scenarios("zezhou", "goals")
    yield partial(answer, "cases", "cases/三月.yaml", project=ZEZHOU)
    yield partial(answer, "check", "cases", project=ZEZHOU)
    yield from inputs("cases", "zezhou")
