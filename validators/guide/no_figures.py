"""指南里不重写数字

金额、天数、条款号都从规范点取。指南的标题、导语、说明里若再写一遍，改了规范点而忘了改指南，两处就会不一致。
写“见哪一节”或引用规范点，页面自会印出数字和依据。
"""

import re
from collections.abc import Iterator

from banshi.checking.loaded import GuideFile
from banshi.checking.rules import Problem, Text
from banshi.files.findings import Route

TITLE = Text("指南里不重写数字", "A guide restates no figure")
SUBJECT = "guide"
SEVERITY = "error"
BASIS = ()
GOOD = """
summary: 样例指南，看金额走哪一档。
"""
BAD = """
summary: 样例指南，10万元以内由财政部门批准。
"""

# Digits, or Chinese numerals with a unit that only a rule would set.
_FIGURE = re.compile(r"[0-9０-９]+|[一二两三四五六七八九十百千万]+(?:元|万|亿|天|日内|个工作日|个月|小时|％|%)")


def check(file: GuideFile) -> Iterator[Problem]:
    """Every text that the guide writes itself."""
    for where, text in _texts(file):
        found = _FIGURE.search(text)
        if found:
            yield Problem(
                where=where,
                message=Text(f"这里写了数字“{found[0]}”", f"this states the figure {found[0]}"),
                fix=Text(
                    "改为引用规范点（norms 或 kinds），或去掉数字。", "Refer to a norm instead, or drop the figure."
                ),
            )


def _texts(file: GuideFile) -> Iterator[tuple[Route, str]]:
    guide = file.guide
    yield ("title",), guide.title
    yield ("short",), guide.short
    yield ("summary",), guide.summary
    for index, section in enumerate(guide.sections):
        yield ("sections", index, "title"), section.title
        yield ("sections", index, "lead"), section.lead
        for step, box in enumerate(section.steps):
            yield ("sections", index, "steps", step, "title"), box.title
    for name, element in guide.elements.items():
        yield ("elements", name, "text"), element.text
