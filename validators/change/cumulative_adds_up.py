"""累计净额前后相接

以前累计净额（不含本次）＝本项目此前各次变更净额之和，按序次计；累计净额（含本次）＝以前累计＋本次净额。

哪些算、哪些不算：

- 已申报、已批准、已实施、已结算的，都算，包括会商确定的；
- 草稿、未批准的、已撤回的，不算。

一处填错只报一处：以前累计照抄前一次（计入累计的）的累计净额的，前后相接，不再报，错在哪一次就只报那一次；
以前累计填错的，累计净额按表上填的或改正后的以前累计核对，与其中之一相符即可；
净额不等于增减之差的，按哪一个数累计都可以，由净额的规则报告。

序次不连续或重复时，此前有哪些变更说不清，以前累计暂不核对，先由“序次连续”报告；金额单位存疑时也暂不核对。
有报批表读不出时，只核对序次在它之前的各份；它的序次也读不出的，都不核对。
"""

from collections.abc import Iterator

from banshi.base.money import ZERO, yuan, yuan_en
from banshi.checking.rules import Problem, Text
from banshi.subjects.change.amounts import difference, off
from banshi.subjects.change.filing import FiledForm

TITLE = Text("累计净额前后相接", "Cumulative amounts carry on")
SEVERITY = "error"
BASIS = ("approval_tier",)
GOOD = """
changes:
  - sequence: 1          # 净额 80,000 元
  - number: 变-2012-样例-002
    sequence: 2
    filed_on: 2012-06-01
    status: submitted
    implemented_on: null
    opinions: []
    consultation: [{party: owner, conclusion: 同意, signed_on: 2012-06-01}]
    items:
      - {item: "040101001", name: 挖一般土方, unit: m3, quantity_before: 5000, quantity_after: 6000,
         unit_price: 20.00, pricing_basis: same_item, increase: 20000.00, decrease: 0}
    amounts: {increase: 20000.00, net: 20000.00, cumulative_before: 80000.00, cumulative: 100000.00,
              net_in_words: 贰万元整}
"""
BAD = """
changes:
  - sequence: 1
    status: rejected     # 未批准的不算
  - number: 变-2012-样例-002
    sequence: 2
    filed_on: 2012-06-01
    status: submitted
    implemented_on: null
    opinions: []
    consultation: [{party: owner, conclusion: 同意, signed_on: 2012-06-01}]
    amounts: {cumulative_before: 80000.00, cumulative: 160000.00}
"""
SHOWN = 6
LEFT_OUT = {
    "draft": Text("草稿", "draft"),
    "rejected": Text("未批准", "rejected"),
    "withdrawn": Text("已撤回", "withdrawn"),
}


def check(case: FiledForm) -> Iterator[Problem]:
    """What came before, then the sum; neither where a form before this one could not be read."""
    if not case.settled:
        return
    amounts = case.change.amounts
    total = amounts.cumulative_before + amounts.net
    right = {total, amounts.cumulative_before + difference(case.change)}
    if _in_place(case) and not case.unit_doubtful and _before_is_off(case):
        yield _before(case)
        right.add(case.cumulative)
    if not case.unit_doubtful and amounts.cumulative not in right and off(amounts.cumulative, total):
        yield Problem(
            where=("amounts", "cumulative"),
            message=Text(
                f"累计净额填 {yuan(amounts.cumulative)}，以前累计 {yuan(amounts.cumulative_before)}"
                f" 加本次净额 {yuan(amounts.net)} 是 {yuan(total)}",
                f"cumulative {yuan_en(amounts.cumulative)}; before {yuan_en(amounts.cumulative_before)}"
                f" plus net {yuan_en(amounts.net)} is {yuan_en(total)}",
            ),
            fix=Text(f"改为 cumulative: {total:.2f}。", f"Write cumulative: {total:.2f}."),
        )


def _in_place(case: FiledForm) -> bool:
    """Whether no form is missing or doubled before this one."""
    return case.filing.places[case.index] + 1 == case.change.sequence


def _before_is_off(case: FiledForm) -> bool:
    """Whether the declared sum is neither that of the earlier nets nor that of their increases less decreases."""
    stated, corrected = case.change.amounts.cumulative_before, sum((difference(c.change) for c in case.earlier), ZERO)
    if case.earlier and stated == case.earlier[-1].change.amounts.cumulative:
        return False  # carried on as stated there: what is wrong with it is reported where it went wrong
    return off(stated, case.cumulative_before) and off(stated, corrected)


def _before(case: FiledForm) -> Problem:
    stated, computed = case.change.amounts.cumulative_before, case.cumulative_before
    counted, left_out = _counted(case), _left_out(case)
    return Problem(
        where=("amounts", "cumulative_before"),
        message=Text(
            f"以前累计填 {yuan(stated)}，应为 {yuan(computed)}：{counted.zh}{left_out.zh}",
            f"cumulative before {yuan_en(stated)}, should be {yuan_en(computed)}: {counted.en}{left_out.en}",
        ),
        fix=Text(
            f"改为 cumulative_before: {computed:.2f}、cumulative: {case.cumulative:.2f}；以后各次的累计随之改，再核对档次。",
            f"Write cumulative_before: {computed:.2f} and cumulative: {case.cumulative:.2f}; then later forms and the tier.",
        ),
    )


def _counted(case: FiledForm) -> Text:
    if not case.earlier:
        return Text("此前没有计入累计的变更", "no earlier form counts")
    last = [(c.change.sequence, c.change.amounts.net) for c in case.earlier[-SHOWN:]]
    more, more_en = ("……、", "…, ") if len(case.earlier) > SHOWN else ("", "")
    zh = more + "、".join(f"第 {n} 次 {yuan(net)}" for n, net in last)
    return Text(zh, more_en + ", ".join(f"no. {n} {yuan_en(net)}" for n, net in last))


def _left_out(case: FiledForm) -> Text:
    before = case.filing.in_order[: case.filing.places[case.index]]
    forms = [(c.change.sequence, LEFT_OUT[c.change.status]) for c in before if not c.counts][-SHOWN:]
    if not forms:
        return Text("", "")
    zh = "、".join(f"第 {n} 次（{why.zh}）" for n, why in forms)
    return Text(f"；不计 {zh}", "; not counted: " + ", ".join(f"no. {n} ({why.en})" for n, why in forms))
