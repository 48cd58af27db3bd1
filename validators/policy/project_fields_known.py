"""项目填报的项写得到、用得上

`project_fields` 的键要是项目文件里的键（owner、contract.review_price 等），或者 offices 里的一个参建单位；名称各不相同，表格才读得清。
offices 的 field、表格栏目的 key、作价用的数，说到项目文件的哪一项，那一项就要声明：没有声明的，项目文件不能写。
都不声明的，offices 的 field 也要是项目文件里的键。
"""

from collections.abc import Iterable, Iterator

from banshi.base.text import did_you_mean, listed
from banshi.checking.loaded import PolicyFile
from banshi.checking.rules import Problem, Text
from banshi.files.findings import Route
from banshi.subjects.change.declared_fields import KEYS
from banshi.subjects.change.uses import KEYS as NAMED

TITLE = Text("项目填报的项写得到、用得上", "Fields of projects can be written and are those that are used")
SUBJECT = "policy"
SEVERITY = "error"
BASIS = ()
GOOD = """
project_fields:
  owner: {name: 项目业主, required: true}
  finance: {name: 财政部门}
"""
BAD = """
project_fields:
  owner: {name: 项目业主, required: true}
  superviser: {name: 监理单位}      # 项目文件没有这个键，offices 里也没有
"""
_FILLS = "ledger"
_NEEDS_BILL = ("bill_price", "similarity")  # they compare prices with the bill of the project's file


def check(policy: PolicyFile) -> Iterator[Problem]:
    """The keys that are declared, then what names keys."""
    version = policy.version
    together = (version, *policy.beside)
    names: dict[str, str] = {}
    for key, field in version.project_fields.items():
        where = ("project_fields", key)
        if key not in KEYS and not any(key in each.offices for each in together):
            yield _unknown(key, where, {*KEYS, *(role for each in together for role in each.offices)})
        for name in (field.name, *field.also):
            if names.setdefault(name, key) != key:
                yield _twice(name, names[name], where)
    for key, where in _used(policy):
        if key not in KEYS:
            yield _unknown(key, where, KEYS)
        elif not any(key in each.project_fields for each in together) and any(each.project_fields for each in together):
            yield _undeclared(key, where)


def _used(policy: PolicyFile) -> Iterator[tuple[str, Route]]:
    """The keys of a project's file that a version names, of those that are to be declared, with where it does."""
    version = policy.version
    for role, office in version.offices.items():
        if office.field:
            yield office.field, ("offices", role, "field")
    for n, form in enumerate(version.forms):
        for m, field in enumerate(form.fields if form.fills == _FILLS else ()):
            head, _, key = (field.key or "").partition(".")
            if head == "project" and key in KEYS:
                yield key, ("forms", n, "fields", m, "key")
    for n, provision in enumerate(version.provisions):
        for m, norm in enumerate(provision.norms):
            if norm.kind in _NEEDS_BILL:
                yield "bill_of_quantities", ("provisions", n, "norms", m, "kind")
            for kind, name in NAMED:
                if kind == norm.kind:
                    named = getattr(norm, name)
                    for each in named if isinstance(named, tuple) else (named,):
                        if (key := f"contract.{getattr(each, 'key', each)}") in KEYS:
                            yield key, ("provisions", n, "norms", m, name)


def _unknown(key: str, where: Route, known: Iterable[str]) -> Problem:
    guess = did_you_mean(key, [*known])
    return Problem(
        where=where,
        message=Text(f"项目文件没有 {key} 这个键", f"the file of a project has no key {key}"),
        fix=Text(
            f"{guess.zh}可写：{listed(KEYS)}；别的参建单位先写进 offices，再在 project_fields 里声明。",
            f"{guess.en} One of: {', '.join(KEYS)}; or an office, declared under project_fields.".strip(),
        ),
    )


def _twice(name: str, other: str, where: Route) -> Problem:
    return Problem(
        where=where,
        message=Text(f"“{name}”已经是 {other} 的名称，表格里分不清", f"{name} is the name of {other} already"),
        fix=Text("改成不同的名称。", "Give them different names."),
    )


def _undeclared(key: str, where: Route) -> Problem:
    return Problem(
        where=where,
        message=Text(
            f"这里用到项目文件的 {key}，project_fields 却没有声明它",
            f"{key} is used here and not declared under project_fields",
        ),
        fix=Text("在 project_fields 里补上它，或者不用它。", "Declare it, or do not use it."),
    )
