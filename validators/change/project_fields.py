"""项目写齐了规定要的各项

适用文件声明（project_fields）项目要写、可写哪些项：参建各方、资金、评审价、项目代码等。声明必填的没有写，是错误；
写了没有声明的项或参建单位，也是错误：没有一处依据用得到它。自某天起必填的，合同在那天以前签订的项目可以不写。

文件没有声明（project_fields）的，照实写，这里不核对。没有主管部门的项目，competent_authority 写 null，算写了。
"""

from collections.abc import Iterator, Mapping

from banshi.base.text import did_you_mean, listed
from banshi.checking.rules import Problem, Text
from banshi.files.findings import Route
from banshi.law.library import Law
from banshi.subjects.change.declared_fields import KEYS, Declared, declared_in, lacking, strange
from banshi.subjects.change.filing import Filing

TITLE = Text("项目写齐了规定要的各项", "The project states what the instruments ask for, and nothing else")
SEVERITY = "error"
SUBJECT = "project"
BASIS = ("scope",)
GOOD = """
project:
  designer: 样例设计院
"""
BAD = """
project:
  designer: null     # 适用文件声明设计单位必填
"""


def check(filing: Filing) -> Iterator[Problem]:
    """What is asked for and missing, and what nobody declares."""
    law = _law(filing)
    fields = law.once(declared_in) if law else {}
    if not fields:
        return
    for key in lacking(filing.project, fields):
        yield _missing(key, fields[key])
    for key, where in strange(filing.project, fields):
        yield _undeclared(key, where, fields)


def _law(filing: Filing) -> Law | None:
    """That of the last form; of a project without forms, the newest there was when its contract was signed."""
    if filing.any_law or not filing.law_begins:
        return filing.any_law
    day = max(filing.law_begins, filing.project.contract.signed_on)
    return filing.law(day, day)


def _missing(key: str, declared_one: Declared) -> Problem:
    name, own = declared_one.field.name, key in KEYS
    where: Route = tuple(key.split(".")) if own else ("parties",)
    said = f"{key}: …" if own else f"parties: [{{party: {key}, name: …}}]"
    return Problem(
        where=where,
        message=Text(f"项目没有写“{name}”，适用文件要求写", f"the project lacks {key}, which the law asks for"),
        fix=Text(f"填上{name}（{said}）。", f"State it ({said})."),
        basis=(declared_one.cite,),
    )


def _undeclared(key: str, where: Route, fields: Mapping[str, Declared]) -> Problem:
    guess = did_you_mean(key, [*fields, *(each.field.name for each in fields.values())])
    there = listed(f"{each.field.name}（{one}）" for one, each in fields.items())
    return Problem(
        where=where,
        message=Text(f"适用文件没有声明项目的“{key}”这一项", f"the law declares no {key!r} of a project"),
        fix=Text(
            f"{guess.zh}删去这一项；适用文件声明的有：{there}。确有的，在 project_fields 里补上。",
            f"{guess.en} Delete it; the law declares {', '.join(fields)}. Or declare it under project_fields.".strip(),
        ),
        basis=tuple(dict.fromkeys(each.cite for each in fields.values())),
    )
