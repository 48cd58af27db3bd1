"""公示异议处理完毕

公示结束无异议后才能实施。收到异议怎么办，原文没有写；这里的理解是：处理完毕并有记录之前不得实施。

已实施的，每件异议都要有处理日期和处理结果，处理日期不晚于实施日期、不早于收到日期。
公示结论要与异议相符：写“无异议”而列有异议、写“已处理”而没有异议或还有没处理的、写“未通过”而已实施，都是错误。
还没有实施的，异议可以尚在处理。适用文件规定了答复期限的，答复晚了是错误。
"""

from collections.abc import Iterator

from banshi.checking.rules import Problem, Text
from banshi.law.norms import Period
from banshi.law.time_limits import Counting, ends
from banshi.subjects.change.filing import FiledForm
from banshi.subjects.change.forms import Change
from banshi.subjects.change.implementation import open_objections
from banshi.subjects.change.step_forms import Objection, PublicityRecord

TITLE = Text("公示异议处理完毕", "Objections to a publicity are resolved")
SEVERITY = "error"
BASIS = ("ordering first=publicity_without_objection",)
ONLY_WITH = ("publicity",)
EXAMPLE = "full-procedure"
GOOD = """
changes:
  - publicity:
      objections: [{received_on: 2012-04-13, resolved_on: 2012-04-17, resolution: 已答复，异议人无意见。}]
      conclusion: resolved
"""
BAD = """
changes:
  - publicity:
      objections: [{received_on: 2012-04-13}]     # 没有处理，4 月 20 日已实施
      conclusion: resolved
"""


def check(case: FiledForm) -> Iterator[Problem]:
    """Every objection, and the conclusion."""
    change, record = case.change, case.change.publicity
    if case.law is None or record is None or case.drafted or case.dropped:
        return
    for n, objection in enumerate(record.objections):
        said = _objection(change, objection)
        if said:
            key, message, fix = said
            yield Problem(where=("publicity", "objections", n, key), message=message, fix=fix)
        yield from _answered_late(case, n, objection)
    wrong = _conclusion(change, record)
    if wrong:
        yield Problem(where=("publicity", "conclusion"), message=wrong, fix=_CONCLUSION_FIX)


def _answered_late(case: FiledForm, n: int, objection: Objection) -> Iterator[Problem]:
    """An answer after the time that the law sets for it, where it sets any."""
    periods = case.law.all(Period) if case.law else []
    own = (p for p in periods if p.norm.of == "objection_answer" and p.norm.tier in (None, case.change.tier))
    placed = next(own, None)
    if placed is None or objection.resolved_on is None:
        return
    norm = placed.norm
    due = ends(case.days, objection.received_on, norm.length, Counting(norm.first_day, norm.moved))
    if due.last is not None and objection.resolved_on > due.last:
        yield Problem(
            where=("publicity", "objections", n, "resolved_on"),
            message=Text(
                f"异议 {objection.resolved_on} 才答复：{due.text.zh}",
                f"answered on {objection.resolved_on}: {due.text.en}",
            ),
            fix=Text("核对日期；确实晚了的，由受理单位说明。", "Check the dates; if it was late, the office explains."),
            basis=(placed.cite,),
        )


def _objection(change: Change, objection: Objection) -> tuple[str, Text, Text] | None:
    received, resolved, done = objection.received_on, objection.resolved_on, change.implemented_on
    if resolved is None:
        if done is None:
            return None
        message = Text(
            f"{received} 收到的异议没有处理，{done} 已实施",
            f"the objection of {received} is not resolved, yet the change was carried out on {done}",
        )
        return "received_on", message, _RESOLVE
    if resolved < received:
        message = Text(f"异议 {received} 收到，{resolved} 就处理了", f"resolved on {resolved}, received on {received}")
        return "resolved_on", message, Text("改正填错的日期。", "Correct the wrong date.")
    if done and resolved > done:
        message = Text(f"异议 {resolved} 才处理，{done} 已实施", f"resolved on {resolved}, carried out on {done}")
        return "resolved_on", message, _RESOLVE
    if objection.resolution is None:
        message = Text("异议已处理，没有写处理结果", "the objection was resolved, but no resolution is stated")
        return "resolved_on", message, Text("补写 resolution。", "State the resolution.")
    return None


def _conclusion(change: Change, record: PublicityRecord) -> Text | None:
    count, pending = len(record.objections), len(open_objections(record))
    if record.conclusion == "no_objection" and count:
        return Text(f"结论是无异议，却列有 {count} 件异议", f"no_objection, but {count} objection(s) are listed")
    if record.conclusion == "resolved" and not count:
        return Text("结论是有异议已处理，却没有列异议", "resolved, but no objection is listed")
    if record.conclusion == "resolved" and pending and not change.implemented_on:
        return Text(f"结论是已处理，还有 {pending} 件没有处理", f"resolved, but {pending} objection(s) are open")
    if record.conclusion == "failed" and change.implemented_on:
        day = change.implemented_on
        return Text(f"公示未通过，{day} 却已实施", f"the publicity failed, yet the change was carried out on {day}")
    return None


_RESOLVE = Text(
    "异议处理完毕并记录之前不得实施；已处理的，填上处理日期和结果。",
    "Do not carry out the change before objections are resolved; if this one is, state the day and the resolution.",
)
_CONCLUSION_FIX = Text(
    "按异议登记改正结论，或补列异议；未通过的不得实施。",
    "Correct the conclusion or the list of objections; a change whose publicity failed may not be carried out.",
)
