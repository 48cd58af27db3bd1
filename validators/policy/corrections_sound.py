"""更正说得通

更正（corrections）记下文件以前错录了什么、从哪天到哪天照错的答复过人；写错一个字母，就还原不出当时的答复，所以是错误。
更正的规范点、条款、字段要找得到，还原的写法要读得懂，和现在的写法要不同；日期要顺：答复止日不早于答复起日，
也不早于本文件为人所知的那天；有误的日子不早于本版本施行。
"""

import datetime
from collections.abc import Iterator
from pathlib import Path

from banshi.checking.loaded import PolicyFile
from banshi.checking.rules import Problem, Text
from banshi.files.findings import Route
from banshi.law.amending import Correction
from banshi.law.amendments import CannotAmend, Consolidation
from banshi.law.library import PolicyUnreadable
from banshi.law.version_files import typed

TITLE = Text("更正说得通", "Corrections can be undone, and their dates are in order")
SUBJECT = "policy"
SEVERITY = "error"
BASIS = ()
_CORRECTED = """
corrections:
  - {id: wrong-limit, norm: finance-tier, since: 2012-01-01, told_until: 2012-03-01, said: {FIELD: 50000}}
"""
GOOD = _CORRECTED.replace("FIELD", "amount.upper.value")
BAD = _CORRECTED.replace("FIELD", "amount.uper.value")


def check(policy: PolicyFile) -> Iterator[Problem]:
    """Each correction by itself."""
    for n, correction in enumerate(policy.version.corrections):
        where: Route = ("corrections", n)
        if any(correction.id == other.id for other in policy.version.corrections[:n]):
            yield _at((*where, "id"), f"前面已有更正 {correction.id}", f"there is a correction {correction.id} already")
        yield from _undone(policy, correction, where)
        for key, day, least, zh, en in _orders(policy, correction):
            if day is not None and least is not None and day < least:
                yield _at((*where, key), f"{day} 早于{zh} {least}", f"{day} is before {least}, {en}")


def _undone(policy: PolicyFile, correction: Correction, where: Route) -> Iterator[Problem]:
    """What stands in the way of putting back what the file said."""
    data = {key: value for key, value in policy.data.items() if key != "$schema"}
    making = Consolidation(data)
    try:
        making.correct(correction)
        typed(Path(policy.path), making.text)
    except CannotAmend as why:
        yield Problem(where=where, message=why.why, fix=_FIX)
    except PolicyUnreadable as unreadable:
        yield _at(where, f"还原的写法不能用：{unreadable.why}", f"what it said cannot be used: {unreadable.why}")
    else:
        if making.text == data:
            yield _at(where, "更正前后一样，没有更正什么", "nothing differs from what the file says now")


_Order = tuple[str, datetime.date | None, datetime.date | None, str, str]


def _orders(policy: PolicyFile, correction: Correction) -> Iterator[_Order]:
    """The days that may not be before another one: key, day, the other, what that one is."""
    dates = policy.version.dates
    yield "told_until", correction.told_until, correction.told_from, "答复起日", "from which it was told"
    yield "told_until", correction.told_until, dates.known, "本文件为人所知的", "when the text was known"
    yield "since", correction.since, dates.in_force, "本版本施行的", "when the version came into force"


def _at(where: Route, zh: str, en: str) -> Problem:
    return Problem(where=where, message=Text(zh, en), fix=_FIX)


_FIX = Text(
    "said 写更正前文件里的写法（字段的路径和值），lacked 写当时漏录的字段；核对各个日期。",
    "Under said, write what the file said by paths; under lacked, what it left out; check the dates.",
)
