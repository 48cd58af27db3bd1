"""净额大写与小写一致

大写金额读成数，与本次净额比较。写法可以不同（圆与元、正与整、可写可不写的“零”），只比数值；
数值不同、或读不出来，是错误。核减的写“负”或“核减”。

写法不规范但读得出的不算错：用繁体字、文字中有空格只是提示；
用小写数字、“拾”前少“壹”、“零”多写少写、“元”后缺“整”、“分”后多“整”等是警告。
没有填写大写的，不报告；净额本身不等于增减之差、而大写等于的，只报净额；
大小写相差一万倍左右的，由“金额单位是元”报告。
"""

from collections.abc import Iterator
from decimal import Decimal

from banshi.base.amount_words import AmountInWords, WordsError, parse_words, style_message, write_words
from banshi.base.money import yuan, yuan_en
from banshi.checking.rules import Problem, Severity, Text
from banshi.subjects.change.amounts import difference, off
from banshi.subjects.change.filing import FiledForm

TITLE = Text("净额大写与小写一致", "The net amount in words")
SEVERITY = "error"
BASIS = ("form of=change",)
GOOD = """
changes:
  - amounts: {net: 80000.00, net_in_words: 人民币捌万圆正}
"""
BAD = """
changes:
  - amounts: {net: 80000.00, net_in_words: 捌万零捌佰元整}
"""
WHERE = ("amounts", "net_in_words")
HARMLESS = frozenset(("traditional", "whitespace"))


def check(case: FiledForm) -> Iterator[Problem]:
    """Readable, equal, and well written: the first of these that fails."""
    amounts = case.change.amounts
    if amounts.net_in_words is None or case.net_well_written:
        return
    try:
        words = parse_words(amounts.net_in_words)
    except WordsError as error:
        yield _unreadable(error, write_words(amounts.net))
        return
    if off(words.value, amounts.net) and words.value != difference(case.change):
        yield _unequal(amounts.net, words, write_words(amounts.net))
    elif words.value == amounts.net and words.style:
        yield _style(words, write_words(amounts.net))


def _unreadable(error: WordsError, canonical: str) -> Problem:
    return Problem(
        where=WHERE,
        message=Text(f"大写金额读不出来：{error.zh}", f"the amount in words cannot be read: {error.en}"),
        fix=_write(canonical),
    )


def _unequal(net: Decimal, words: AmountInWords, canonical: str) -> Problem:
    return Problem(
        where=WHERE,
        message=Text(
            f"大写是 {yuan(words.value)}，净额是 {yuan(net)}，不一致",
            f"in words {yuan_en(words.value)}, in figures {yuan_en(net)}",
        ),
        fix=Text(
            f"净额无误的，大写改为“{canonical}”；大写无误的，改净额。",
            f"If the figure is right, write “{canonical}”; if the words are right, correct the figure.",
        ),
    )


def _style(words: AmountInWords, canonical: str) -> Problem:
    said = [style_message(code) for code in words.style]
    harmless = HARMLESS.issuperset(words.style)
    return Problem(
        where=WHERE,
        severity=Severity.NOTE if harmless else Severity.WARNING,
        message=Text(
            "大写金额的写法：" + "；".join(zh for zh, _ in said),
            "the amount in words: " + " ".join(en for _, en in said),
        ),
        fix=_write(canonical),
    )


def _write(canonical: str) -> Text:
    return Text(f"规范写法：{canonical}", f"Properly: {canonical}")
