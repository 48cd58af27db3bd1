"""写了的都用得上

情形（criteria）、类别（class）、不计入时限的期间（pauses）、延长理由（extension_reason）、事后报告（reports）、
信息价（info_price），只有适用文件作了规定才用得上。文件里没有的情形和类别是错误：多半写错了，档次会判错。
文件没有规定不计的期间、没有规定可以延长的时限的延长理由、没有要求的报告、不按信息价作价的信息价，是警告：
没有规则会用到它，时限照算。止日早于起日的期间扣不出一天，也是警告。
"""

from collections.abc import Iterable, Iterator

from banshi.base.text import did_you_mean
from banshi.checking.rules import Problem, Severity, Text
from banshi.files.findings import Route
from banshi.law.library import Law
from banshi.law.norms import Extension, ReportAfter
from banshi.law.terms import Label
from banshi.subjects.change.deadlines import limit_for
from banshi.subjects.change.filing import FiledForm
from banshi.subjects.change.pricing import discounted

TITLE = Text("写了的都用得上", "What is stated is used")
SEVERITY = "error"
BASIS = ("approval_tier",)
EXAMPLE = "elsewhere"
GOOD = """
changes:
  - reports: [{to: competent_authority, on: 2012-03-09}]
"""
BAD = """
changes:
  - criteria: [structure]      # 适用文件没有列这种情形
"""


def check(case: FiledForm) -> Iterator[Problem]:
    """Each statement that only some laws ask for."""
    law, change = case.law, case.change
    if law is None:
        return
    yield from _known(("criteria",), change.criteria or (), law.criteria)
    yield from _known(("class",), filter(None, (change.change_class,)), law.classes)
    yield from _times(case, law)
    if change.reports and not any(p.norm.tier == change.tier for p in law.all(ReportAfter)):
        yield _unused(("reports",), Text("这一档次不要求事后报告", "this tier asks for no report after the fact"))
    for n, row in enumerate(change.items):
        if row.info_price is not None and not discounted(law, row):
            why = Text("这一行不按信息价下浮作价", "this row is not priced by discount")
            yield _unused(("items", n, "info_price"), why)


def _known(where: Route, stated: Iterable[str], table: dict[str, Label]) -> Iterator[Problem]:
    for one in stated:
        if one in table:
            continue
        known = "、".join(f"{key}（{label.name}）" for key, label in table.items())
        guess = did_you_mean(one, table)
        only = f"可用：{known}。" if known else f"文件没有规定 {where[-1]} 可以写什么，删去它。"
        yield Problem(
            where=where,
            message=Text(f"适用文件没有 {one} 这一项", f"the law knows no {one}"),
            fix=Text(f"{guess.zh}{only}", f"{guess.en} Known: {', '.join(table) or 'none'}.".lstrip()),
        )


def _times(case: FiledForm, law: Law) -> Iterator[Problem]:
    """What is to stop or to extend a limit."""
    for n, opinion in enumerate(case.change.opinions):
        limit = limit_for(law, opinion.step, major=case.change.major_design_change.is_major)
        where = ("opinions", n)
        for m, pause in enumerate(opinion.pauses):
            if pause.end < pause.start:
                why = Text("止日早于起日，扣不出一天", "it ends before it begins and leaves out no day")
                yield _unused((*where, "pauses", m, "to"), why)
            elif limit is None or pause.reason not in limit.norm.pauses:
                why = Text("适用文件没有规定这样的期间不计入时限，照算", "the law leaves no such days out; they count")
                yield _unused((*where, "pauses", m, "reason"), why)
        extended = limit is not None and any(p.norm.of == limit.norm.id for p in law.all(Extension))
        if opinion.extension_reason and not extended:
            why = Text("适用文件没有规定这一时限可以延长", "the law lets this limit not be extended")
            yield _unused((*where, "extension_reason"), why)


def _unused(where: Route, why: Text) -> Problem:
    return Problem(
        where=where,
        severity=Severity.WARNING,
        message=Text(f"{why.zh}，写了也用不上", f"{why.en}: it is not used"),
        fix=Text("写错的改正；文件没有规定的，删去。", "Correct it, or delete what the law does not ask for."),
    )
