"""规定所说的人员，登记得出

考勤登记里一个人的类别，写 staff_groups 里的一种。规范点写“哪些人”（groups）、“对哪类人员由谁代”（stands_in）时，
写的若只是一个机关、职务（offices 里有），不是人员类别，就没有一个人是这一类：这一条对谁都不起作用，却像是管着人的。
说明由谁录入（duty 的 of 为 explaining）只写了人员类别，又不是带领小组的（leads_group），就没有人可以录入。
适用范围（scope 的 subjects）没有列进去的人员类别不判定，另给它写的时段、假期也就对谁都不起作用。
"""

from collections.abc import Iterator

from banshi.base.text import did_you_mean, listed
from banshi.checking.loaded import PolicyFile
from banshi.checking.rules import Problem, Text
from banshi.files.findings import Route
from banshi.law.norms import Duties, Norm, Scope
from banshi.law.terms import Office

TITLE = Text("规定所说的人员，登记得出", "People of whom the law speaks can be registered")
SUBJECT = "policy"
SEVERITY = "error"
BASIS = ()
_QUOTA = """
governs: [attendance]
offices: {clerk: {name: 窗口人员}, lead: {name: 班长}}
staff_groups: {clerk: {name: 窗口人员, at_windows: true}}
leave_kinds: {personal: {name: 事假}}
provisions:
  - id: "7"
    label: 第七条
    heading: 事假
    source: {lines: [1, 1]}
    norms:
      - {id: a-year, kind: quota, statement: "{groups}一年不超过{at_most}天。", of: personal, at_most: 5, unit: 工作日, per: person_year, groups: [WHO]}
tiers: {}
steps: {}
readings: []
"""
GOOD = _QUOTA.replace("WHO", "clerk")
BAD = _QUOTA.replace("WHO", "lead")  # 班长是职务，没有谁登记为这一类
_FIELDS = ("groups", "stands_in")


def check(policy: PolicyFile) -> Iterator[Problem]:
    """Each group of people that a norm on attendance names."""
    own = policy.version
    if "attendance" not in own.subjects:
        return
    versions = [version for version in (*policy.beside, own) if "attendance" in version.subjects]
    groups = {slug: group.name for version in versions for slug, group in version.staff_groups.items()}
    offices = {slug: office for version in versions for slug, office in version.offices.items()}
    if not groups:
        return
    within = {
        each for version in versions for p in version.placed if isinstance(p.norm, Scope) for each in p.norm.subjects
    }
    if not within <= {*offices, *groups}:  # said in words of their own
        within = set()
    for route, norm in policy.norms():
        if isinstance(norm, Duties) and norm.of == "explaining":
            yield from _enters(route, norm, offices, groups)
        for where, named in _named(norm, route):
            if (
                within
                and named in groups
                and named not in within
                and not any(offices[s].everyone for s in within if s in offices)
            ):
                yield _out_of_scope(where, norm, named, groups[named], within)
            if named in offices and named not in groups and not offices[named].everyone:
                yield _nobody(where, norm, named, offices[named].name, groups)


def _enters(route: Route, norm: Duties, offices: dict[str, Office], groups: dict[str, str]) -> Iterator[Problem]:
    """Nobody may enter what is explained: only groups of staff are named, none of which leads."""
    named = [each.office for each in norm.duties if each.office]
    if all(name in groups and not (name in offices and offices[name].leads_group) for name in named):
        yield Problem(
            where=(*route, "duties"),
            message=Text(
                f"{norm.id} 没有写由哪个机关、职务录入：{listed(named) or '一个也没有'} 是人员类别，谁录入的都不算数",
                f"{norm.id} names nobody who may enter explanations but groups of staff: {', '.join(named)}",
            ),
            fix=Text(
                "写上录入的机关、职务；由带领小组的人录入的，在 offices 里给它写 leads_group: true。",
                "Name the office; one that leads a group states leads_group: true in offices.",
            ),
        )


def _named(norm: Norm, route: Route) -> Iterator[tuple[Route, str]]:
    for field in _FIELDS:
        value = getattr(norm, field, None)
        names = value if isinstance(value, tuple | dict) else ()
        yield from (((*route, field), name) for name in names if isinstance(name, str))


def _out_of_scope(where: Route, norm: Norm, slug: str, name: str, within: set[str]) -> Problem:
    return Problem(
        where=where,
        message=Text(
            f"{norm.id} 说的“{name}”（{slug}）不在适用范围（{listed(sorted(within))}）里，不判定，这一条对谁都不起作用",
            f"{norm.id} is for {slug}, who are out of scope ({', '.join(sorted(within))}): it holds for nobody",
        ),
        fix=Text("在 scope 的 subjects 里补上，或删去这一条。", "Add it to the subjects of scope, or delete the norm."),
    )


def _nobody(where: Route, norm: Norm, slug: str, name: str, groups: dict[str, str]) -> Problem:
    guess = did_you_mean(slug, groups)
    return Problem(
        where=where,
        message=Text(
            f"{norm.id} 说的“{name}”（{slug}）不是人员类别，登记里没有人是这一类，这一条对谁都不起作用",
            f"{norm.id} is for {slug}, which is no group of staff: nobody can be registered so, and it holds for nobody",
        ),
        fix=Text(
            f"{guess.zh}人员类别有：{listed(f'{key}（{called}）' for key, called in groups.items())}；确有这一类人员的，在 staff_groups 里补上。",
            f"{guess.en} Groups: {', '.join(groups)}; or add it to staff_groups.".strip(),
        ),
    )
