"""该填的事实都填了

没有填的事实当作不知道，不当作零，也不给满分：有关的小项不能判定，总分也就不能判定，只能给出范围。
查明没有的，写 0 或 false。一个窗口只报告一次，写明缺哪些。考勤登记能补上的不算缺。
"""

from collections.abc import Iterable, Iterator

from banshi.base.text import listed
from banshi.checking.rules import Problem, Text
from banshi.subjects.assessment.case import AssessmentInLaw
from banshi.subjects.assessment.results import ScoreLine, WindowScore
from banshi.subjects.assessment.walks import meant

TITLE = Text("该填的事实都填了", "No fact is missing")
SEVERITY = "warning"
BASIS = ()
GOOD = """
quarter: 2012-Q1
"""
BAD = """
windows:
  - id: W01
    name: 发展改革窗口
    facts:
      upheld_complaints: 0     # 其余事实都没有填
"""

_SHOWN = 6  # missing facts that a message names


def check(case: AssessmentInLaw) -> Iterator[Problem]:
    """Each scored window."""
    for index, window, score in case.windows_with_scores:
        if case.book is None or not score.scored:
            continue
        told = meant(window.facts, case.book.sorts) | case.not_read(index)
        missing = {slug: name for slug, name in _missing(score).items() if slug not in told}
        if missing:
            yield Problem(
                where=("windows", index, "facts"),
                message=Text(
                    f"{window.called}缺 {len(missing)} 项事实，有关的小项不能判定：{_some(missing.values())}",
                    f"{window.called} lacks {len(missing)} facts, so sub-items are not determined: {_some(missing)}",
                ),
                fix=Text(
                    f"补填，查明没有的写 0 或 false（表格里填 0 或 否）；标识是 {_some(missing)}。",
                    "Enter them; what was found to be none is 0 or false.",
                ),
                basis=tuple(line.placed.cite for line in _lacking(score)),
            )


def _some(words: Iterable[str]) -> str:
    """The first of many words."""
    first = list(words)
    return listed(first[:_SHOWN]) + ("……" if len(first) > _SHOWN else "")


def _lacking(score: WindowScore) -> list[ScoreLine]:
    """Lines that rules decide, and that could not look at something."""
    return [
        line for line in score.undetermined if not line.placed.norm.manual and not all(use.stated for use in line.facts)
    ]


def _missing(score: WindowScore) -> dict[str, str]:
    """Slug and name of what they could not look at."""
    return {use.slug: use.name for line in _lacking(score) for use in line.facts if not use.stated}
