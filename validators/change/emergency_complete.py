"""紧急变更该有的日期

紧急变更先办哪几件事，由适用文件规定；每一件都要写日期。
开工后限期补报手续的，补报日期不得超过期限；还没有补报的，用 --as-of 指定核对日期时看是否已经过期。
写了文件没有规定的日期，是警告：没有规则会用到它。
"""

from collections.abc import Iterator

from banshi.checking.rules import Problem, Severity, Text
from banshi.law.instruments import Placed
from banshi.law.norms import Emergency
from banshi.law.time_limits import Counting, ends
from banshi.subjects.change.filing import FiledForm
from banshi.subjects.change.forms import EmergencyPapers

TITLE = Text("紧急变更该有的日期", "The dated acts of an emergency are all there")
SEVERITY = "error"
BASIS = ("emergency",)
ONLY_WITH = ("emergency",)
GOOD = """
changes:
  - emergency:
      {joint_meeting_on: 2012-03-05, opinion_on: 2012-03-05, government_consent_on: 2012-03-06, records: [抢险影像]}
    attachments: [{kind: photos, file: 抢险照片.zip}]
"""
BAD = """
changes:
  - emergency: {joint_meeting_on: 2012-03-05, opinion_on: 2012-03-05, records: [抢险影像]}     # 没有写政府同意的日期
    attachments: [{kind: photos, file: 抢险照片.zip}]
"""
_START, _PAPERS = "started_on", "papers_on"


def check(case: FiledForm) -> Iterator[Problem]:
    """Each act that the law names, each date that it does not, and the papers after the start."""
    placed = case.law.one(Emergency) if case.law else None
    stated = case.change.emergency
    if placed is None or stated is None:
        return
    named = {act.key: act.name for act in placed.norm.sequence}
    late = placed.norm.regularised_within is not None
    for key, name in (named | ({_START: "开工"} if late else {})).items():
        if getattr(stated, key, None) is None:
            yield _missing(placed, key, name)
    used = {*named, *((_START, _PAPERS) if late else ()), "records"}
    for key in stated.__struct_fields__:
        if key not in used and getattr(stated, key) is not None:
            yield _unused(placed, key)
    yield from _regularised(case, placed, stated)


def _missing(placed: Placed[Emergency], key: str, name: str) -> Problem:
    return Problem(
        where=("emergency",),
        at_key=True,
        message=Text(f"紧急变更没有写{name}的日期（{key}）", f"the emergency does not state {key}"),
        fix=Text(f"按记录填上 {key}。", f"State {key} from the record."),
        basis=(placed.cite,),
    )


def _unused(placed: Placed[Emergency], key: str) -> Problem:
    return Problem(
        where=("emergency", key),
        severity=Severity.WARNING,
        message=Text(f"适用文件的紧急程序里没有 {key}，写了也用不上", f"the law's emergency procedure knows no {key}"),
        fix=Text("写错键的改正；确是另一回事的，写在变更原因里。", "Correct the key, or say it in the reason."),
        basis=(placed.cite,),
    )


def _regularised(case: FiledForm, placed: Placed[Emergency], stated: EmergencyPapers) -> Iterator[Problem]:
    length, start = placed.norm.regularised_within, stated.started_on
    if length is None or start is None:
        return
    due, handed_in = ends(case.days, start, length, Counting()), stated.papers_on
    day = handed_in or case.filing.as_of
    if due.last is not None and day is not None and day > due.last:
        said = f"{day} 才补报手续" if handed_in else f"到 {day} 还没有补报手续"
        yield Problem(
            where=("emergency", _PAPERS if handed_in else _START),
            message=Text(
                f"{said}：{due.text.zh}",
                f"papers {'handed in' if handed_in else 'not handed in by'} {day}: {due.text.en}",
            ),
            fix=Text(
                "核对日期；确实晚了的，补办并说明。", "Check the dates; if it was late, hand them in and explain."
            ),
            basis=(placed.cite,),
        )
