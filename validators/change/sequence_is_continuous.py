"""序次连续

序次是本项目第几次变更，从 1 起逐份加 1，不重号、不跳号。草稿、未批准、已撤回的也占一个序次，
它们的报批表要留在文件夹里，这样累计才说得清。

重号的报在后一份（按文件次序）上；跳号的报在缺号之后的第一份上。改好之前，以后各份的以前累计暂不核对。
读不出的报批表，序次还看得清的照样占号；看不清的，缺号暂不核对，免得把读不出的当成缺号。
"""

from collections.abc import Iterator

from banshi.checking.rules import Problem, Text
from banshi.subjects.change.filing import FiledForm

TITLE = Text("序次连续", "Sequence numbers are continuous")
SEVERITY = "error"
BASIS = ("form of=change", "approval_tier")
GOOD = """
changes:
  - sequence: 1
"""
BAD = """
changes:
  - sequence: 1
  - number: 变-2012-样例-002
    filed_on: 2012-06-01
    status: submitted
    implemented_on: null
    opinions: []
    consultation: [{party: owner, conclusion: 同意, signed_on: 2012-06-01}]
    sequence: 3          # 缺第 2 次
    amounts: {cumulative_before: 80000.00, cumulative: 160000.00}
"""
WHERE = ("sequence",)


def check(case: FiledForm) -> Iterator[Problem]:
    """The form just before this one in order has the number just before."""
    own, previous = case.change.sequence, case.previous
    before = previous.change.sequence if previous else 0
    if previous and own == before:
        yield Problem(
            where=WHERE,
            message=Text(
                f"序次 {own} 与 {previous.change.number} 重号",
                f"sequence {own} is also that of {previous.change.number}",
            ),
            fix=Text(
                "按申报先后重排序次，再核对以前累计。",
                "Renumber in order of filing, then check the cumulative amounts.",
            ),
        )
        return
    lost = [form.sequence for form in case.filing.missing]
    before = max((before, *(number for number in lost if number is not None and number < own)))
    if own > before + 1 and None not in lost:
        yield _gap(own, before)


def _gap(own: int, before: int) -> Problem:
    first, last = before + 1, own - 1
    span = f"第 {first} 次" if first == last else f"第 {first}–{last} 次"
    span_en = f"no. {first}" if first == last else f"nos. {first}–{last}"
    return Problem(
        where=WHERE,
        message=Text(f"序次是 {own}，缺{span}", f"sequence {own}, but {span_en} is missing"),
        fix=Text(
            f"补上{span}的报批表（未批准、已撤回的也要留存）；确实没有的，改序次。补齐前累计暂不核对。",
            f"Add the form of {span_en} (refused ones too), or renumber. Cumulative amounts wait until then.",
        ),
    )
