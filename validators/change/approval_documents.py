"""批准文件齐全，日期、文号相符

有的环节要有专门的文件：财政评审有评审报告，内容与概算审批有审批文号，政府批准有批复（文号或会议纪要号）。
这一环节同意之后，表中相应栏目就要填。状态为已批准、已实施、已结算的，缺少是错误；还在办理的，是警告。

文件日期应在收件日与办结日之间：早于收件日，是还没有收到就批了，属错误；晚于办结日，是警告，请核对哪个日期填错。
政府批复就是政府批准本身，批复日期应与办结日相同；早于办结日的也是警告。文号与这一环节意见里所写的不同，也是警告。
"""

import datetime
from collections.abc import Iterator

from banshi.checking.rules import Problem, Severity, Text
from banshi.files.findings import Route
from banshi.law.library import Law
from banshi.subjects.change.filing import FiledForm
from banshi.subjects.change.progress import FormProgress, GivenOpinion

TITLE = Text("批准文件齐全，日期、文号相符", "Approvals have their documents, with dates and numbers that agree")
SEVERITY = "error"
BASIS = ("procedure",)
EXAMPLE = "full-procedure"
GOOD = """
changes:
  - government_reply: {document: 市政府常务会议纪要〔2012〕3号（样例）, date: 2012-04-09}
"""
BAD = """
changes:
  - government_reply: null     # 政府已批准，没有批复文号
"""
# The day of a document, by the key that holds it; a bare number has none.
_DECISION = "government_reply"  # the document that is itself the decision, so dated alike
_DAYS = {"review": "reviewed_on", _DECISION: "date"}
_NUMBERS = {"review": "number", _DECISION: "document"}


def check(case: FiledForm) -> Iterator[Problem]:
    """The documents of the steps that agreed."""
    law, progress = case.law, case.progress
    if law is None or progress is None or case.drafted or case.dropped:
        return
    for step, key in progress.documents.items():
        last = progress.last(step)
        if last is None or not last.agrees:
            continue
        record = getattr(case.change, key, None)
        if record is None:
            yield _missing(case, law, progress, last, key)
        elif key in _DAYS:
            yield from _dates(law, progress, last, (key, _DAYS[key]), getattr(record, _DAYS[key]))
            yield from _numbers(law, progress, last, (key, _NUMBERS[key]), getattr(record, _NUMBERS[key]))


def _missing(case: FiledForm, law: Law, progress: FormProgress, given: GivenOpinion, key: str) -> Problem:
    name = law.step_name(given.opinion.step)
    return Problem(
        where=(*given.where, "conclusion"),
        severity=Severity.ERROR if case.must_be_complete else Severity.WARNING,
        message=Text(f"“{name.zh}”已同意，没有填 {key}", f"“{name.en}” agreed, but {key} is not filled in"),
        fix=Text(
            f"在 {key} 填上文件的编号（及日期、金额）；没有文件的，向办理部门取得。",
            f"State the document in {key}; where there is none, obtain it from the office.",
        ),
        basis=(progress.steps[given.opinion.step].cite,),
    )


def _dates(
    law: Law, progress: FormProgress, given: GivenOpinion, where: Route, day: datetime.date
) -> Iterator[Problem]:
    received, decided = given.opinion.received_on, given.opinion.decided_on
    name = law.step_name(given.opinion.step)
    early = day < received
    differs = where[0] == _DECISION and day != decided
    if not early and (decided is None or (day <= decided and not differs)):
        return
    yield Problem(
        where=where,
        severity=Severity.ERROR if early else Severity.WARNING,
        message=Text(
            f"文件日期 {day}，{f'早于“{name.zh}”收件日 {received}' if early else _off(name, day, decided).zh}",
            f"dated {day}, {f'before “{name.en}” received the papers on {received}' if early else _off(name, day, decided).en}",
        ),
        fix=Text("按文件原件和收发登记核对，改正填错的日期。", "Check against the document and the register."),
        basis=(progress.steps[given.opinion.step].cite,),
    )


def _numbers(law: Law, progress: FormProgress, given: GivenOpinion, where: Route, number: str) -> Iterator[Problem]:
    """The number of the document, where the opinion states another: it may be a slip in one of them."""
    stated, name = given.opinion.document, law.step_name(given.opinion.step)
    if stated is None or "".join(stated.split()) == "".join(number.split()):
        return
    yield Problem(
        where=where,
        severity=Severity.WARNING,
        message=Text(
            f"文号 {number}，“{name.zh}”的意见里写的是 {stated}",
            f"number {number}, while the opinion of “{name.en}” states {stated}",
        ),
        fix=Text("按文件原件核对；确是两个文件的，不必理会。", "Check against the document; two documents may differ."),
        basis=(progress.steps[given.opinion.step].cite,),
    )


def _off(name: Text, day: datetime.date, decided: datetime.date | None) -> Text:
    later = decided is not None and day > decided
    return Text(
        f"{'晚于' if later else '早于'}“{name.zh}”办结日 {decided}",
        f"{'after' if later else 'before'} “{name.en}” was decided on {decided}",
    )
