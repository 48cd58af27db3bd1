"""各项内容与办件相符

没有办结的件不会有群众评议；当地文件声明只有某一类别才有的标记，别的类别不会有。这样的内容多半填错了列或漏填了办结日期。
没有办结的件的评议不计入评议率、满意率。
"""

from collections.abc import Iterator

from banshi.checking.rules import Problem, Text
from banshi.subjects.cases.case_log import CaseLog
from banshi.subjects.cases.vocabulary import said

TITLE = Text("各项内容与办件相符", "The facts fit the case")
SEVERITY = "warning"
BASIS = ()
GOOD = """
cases:
  - {id: B-001, kind: other, department: 发展改革, window: W01, accepted_on: 2012-01-04, evaluation: none}
"""
BAD = """
cases:
  - {id: B-001, kind: other, department: 发展改革, window: W01, accepted_on: 2012-01-04, evaluation: satisfied}   # 还没有办结
"""
_UNFINISHED = (
    Text("没有办结日期，却有群众评议", "is not finished, yet evaluated"),
    Text("补上办结日期，或删去评议。", "Add the day of finishing, or delete the evaluation."),
)


def check(log: CaseLog) -> Iterator[Problem]:
    """Facts that a case of its sort cannot have."""
    for sort in ("evaluated-unfinished", "flag-elsewhere"):
        for noted in log.listed(sort):
            wrong, fix = _UNFINISHED if sort == "evaluated-unfinished" else _elsewhere(log, noted.key)
            yield Problem(
                where=("cases", noted.index, noted.key),
                message=Text(f"{noted.case.id} {wrong.zh}", f"{noted.case.id} {wrong.en}"),
                fix=fix,
            )
        yield from log.more(sort)


def _elsewhere(log: CaseLog, flag: str) -> tuple[Text, Text]:
    """Said of a flag that only cases of another kind have."""
    word = log.words.flags[flag]
    kind, name = log.words.name("kind", word.of or ""), said(word, flag)
    wrong = Text(f"不是{kind.zh}，却写了{name.zh}", f"is no {kind.en}, yet a {name.en}")
    return wrong, Text(f"改正类别，或删去 {flag}。", f"Correct the kind, or delete {flag}.")
