"""列出的事项目录已经编成

一节印事项目录（show: items）的，列的是 cases 里各类办件的目录。没有写 cases 的，什么也列不出，是错误；
写了的一类还没有目录的，页面只印“还没有编成的目录”，在这里提醒。
"""

from collections.abc import Iterator

from banshi.checking.loaded import GuideFile
from banshi.checking.rules import Problem, Severity, Text
from banshi.law.unusable import PolicyUnreadable
from banshi.subjects.parallel.item_forms import catalogue_files, read_catalogue, shown_examples

TITLE = Text("列出的事项目录已经编成", "The catalogues that a section lists exist")
SUBJECT = "guide"
SEVERITY = "error"
BASIS = ()
_SECTION = """
instrument: luzhou/parallel-approval
sections:
  - {id: items, title: 事项目录, show: items, CASES}
elements:
  name: {field: title}
"""
GOOD = _SECTION.replace("CASES", "cases: [multi_department]")
BAD = _SECTION.replace(", CASES", "")  # 没有写 cases，列不出目录


def check(file: GuideFile) -> Iterator[Problem]:
    """Each section that lists catalogues."""
    sections = [(n, section) for n, section in enumerate(file.guide.sections) if section.show == "items"]
    there = _kinds(file) if sections else None
    for n, section in sections:
        if not section.cases:
            yield Problem(
                where=("sections", n, "show"),
                message=Text(
                    f"{section.id} 一节没有写 cases，列不出任何事项目录",
                    f"section {section.id} has no cases, so it lists no catalogue",
                ),
                fix=Text("用 cases 写明列哪些办件类别的目录。", "Name in cases the kinds of case to list."),
            )
        for place, case in enumerate(section.cases):
            if there is not None and case not in there:
                yield Problem(
                    where=("sections", n, "cases", place),
                    severity=Severity.WARNING,
                    message=Text(
                        f"{case} 还没有事项目录，页面的这一节印“还没有编成的目录”",
                        f"there is no catalogue for {case}: the page says so in this section",
                    ),
                    fix=Text(
                        "编好目录放在 policies/<辖区>/catalogues/；已经编了的，核对目录的 case_kind。",
                        "Put a catalogue into policies/<jurisdiction>/catalogues/, or check its case_kind.",
                    ),
                )


def _kinds(file: GuideFile) -> set[str] | None:
    """The kinds of case that have a catalogue; None where one cannot be read, which is told of that file."""
    try:
        files = catalogue_files(file.library.folders, shown_examples(file.project))
        return {read_catalogue(path, file.library).case_kind for path in files.values()}
    except PolicyUnreadable:
        return None
