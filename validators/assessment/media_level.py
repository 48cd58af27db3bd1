"""媒体够得上规定的级别

正面报道、负面报道各要够得上规定的级别才加分、减分，各是哪一级以上见下面的依据。级别不够的不计分。
"""

from collections.abc import Iterator

from banshi.checking.rules import Problem, Text
from banshi.law.norms.values import Level
from banshi.subjects.assessment.case import AssessmentInLaw
from banshi.subjects.assessment.walks import listed

TITLE = Text("媒体够得上规定的级别", "The medium is of the level asked for")
SEVERITY = "warning"
BASIS = ("adjustment level=*",)
GOOD = """
windows:
  - id: W01
    name: 发展改革窗口
    bonus:
      - {fact: positive_media_reports, on: 2012-01-13, matter: 报道-1, evidence: 版面, level: province,
         approved_on: 2012-02-28}
"""
BAD = """
windows:
  - id: W01
    name: 发展改革窗口
    bonus:
      - {fact: positive_media_reports, on: 2012-01-13, matter: 报道-1, evidence: 版面, level: city,
         approved_on: 2012-02-28}     # 市级媒体
"""
_ORDER = ("county", "city", "province", "nation")
_NAMES = {"county": "县级", "city": "市级", "province": "省级", "nation": "国家级"}


def check(case: AssessmentInLaw) -> Iterator[Problem]:
    """Each entry whose norm asks for a level."""
    for item in listed(case):
        asked = item.asks.level if item.asks else None
        level = item.entry.level
        if asked is None or (level and _reaches(level, asked)):
            continue
        said, fate = f"是{_NAMES[level]}的" if level else "没有写级别", item.fate(bool(level))
        yield Problem(
            where=(*item.route, "level") if level else item.route,
            message=Text(
                f"{item.called.zh}要{asked.phrase({})}的，这一条{said}，{fate.zh}",
                f"{item.called.en}: the level must be {asked.lowest} or higher, not {level}; {fate.en}",
            ),
            fix=Text(
                "核对媒体的级别并写在“级别”（level）里；级别不够的，删去。", "Check the level; delete what is too low."
            ),
            basis=item.basis,
        )


def _reaches(level: str, asked: Level) -> bool:
    above = _ORDER.index(level) - _ORDER.index(asked.lowest)
    return above > 0 or (above == 0 and asked.inclusive)
