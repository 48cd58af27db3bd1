"""金额单位是元

表中金额一律以元计。把万元数填进来，档次和累计都会错一万倍，所以先查单位，再查别的。

以下情形是错误：

- 同一份表里应当相等的两个数相差一万倍左右（上下百分之一）：明细行与数量乘单价、合计与明细、净额与增减之差、
  净额与大写、累计与前后相加、送审价与净额、单价与清单单价；
- 净额比整个中标价还大（多数表都这样的，是中标价填错，由“合同价的单位是元”报告）。

净额超过中标价一半的只是警告：可能是真的，请看一眼单位。金额小本身不算疑点。
有错误时，这份表和以后各次的档次、累计暂不核对，一份表只报一处，其余疑点合计在内。
"""

from collections.abc import Iterator

from banshi.base.money import yuan, yuan_en
from banshi.base.text import NOTHING
from banshi.checking.rules import Problem, Severity, Text
from banshi.subjects.change.amounts import Doubt, doubts
from banshi.subjects.change.filing import FiledForm

TITLE = Text("金额单位是元", "Amounts are in yuan")
SEVERITY = "error"
BASIS = ("approval_tier",)
GOOD = """
changes:
  - amounts: {increase: 80000.00, net: 80000.00, cumulative: 80000.00}
"""
BAD = """
changes:
  - amounts:             # 明细是 80,000 元，合计误按万元填
      increase: 8.00
      net: 8.00
      cumulative: 8.00
"""


def check(case: FiledForm) -> Iterator[Problem]:
    """The first doubt about a unit; the others are counted."""
    found = doubts(case)
    if found:
        yield _problem(found[0], len(found) - 1)


def _problem(doubt: Doubt, others: int) -> Problem:
    more = Text(f"（另有 {others} 处疑点）", f" ({others} more)") if others else NOTHING
    message = _RATIO if doubt.kind == "ratio" else _SIZE
    figures = {"value": yuan(doubt.value), "against": yuan(doubt.against), "what": doubt.what.zh}
    figures_en = {"value": yuan_en(doubt.value), "against": yuan_en(doubt.against), "what": doubt.what.en}
    sized = _BEYOND if doubt.kind == "beyond" else _LARGE
    return Problem(
        where=doubt.where,
        severity=None if doubt.grave else Severity.WARNING,
        message=Text(
            message.zh.format(**figures, size=sized.zh) + more.zh,
            message.en.format(**figures_en, size=sized.en) + more.en,
        ),
        fix=_FIX if doubt.grave else _LOOK,
    )


_RATIO = Text(
    "这里是 {value}，{what}是 {against}，相差约一万倍，疑似元、万元混填",
    "{value} here, but {what} is {against}: about ten thousand times apart, as if 万元 were mixed with yuan",
)
_SIZE = Text("净额 {value} {size}（{against}），疑似把万元当作元", "net {value} is {size} ({against}): is it in yuan?")
_BEYOND = Text("比中标价还大", "larger than the bid price")
_LARGE = Text("超过中标价的一半", "over half the bid price")
_FIX = Text(
    "把填错的一处改成元（8 万元写 80000.00）；中标价填错的，改 project.yaml。",
    "Write the wrong one in yuan (8 万元 is 80000.00); if it is the bid price, correct project.yaml.",
)
_LOOK = Text("核对单位；确是元的，不用改。", "Check the unit; if it is yuan, leave it.")
