"""Comments of a YAML file that take back what stands there (# 此份作废): no content, but nobody writes them for nothing."""

import re
from collections.abc import Iterator

from banshi.base.text import Text
from banshi.files.documents import Document, Place
from banshi.files.reading import InputProblem

_MAYBE = re.compile(r"#[^\n]*(?:作废|删除|删去|废止|注销|取消|撤|无效|更正|订正|勘误|改为|应为|应是|实为|为准|重复)")
_COMMENT = re.compile(r"(?:^|[ \t])#+[ \t]*(?=\S)(.*)$")
_SHOWN = 40


def taken_back_in_comments(document: Document) -> Iterator[InputProblem]:
    """What is told of each; of JSON nothing, which has no comments."""
    if not _MAYBE.search(document.text) or document.text.lstrip()[:1] in ("{", "["):
        return
    from banshi.files.tables.remarks import TAKES_BACK, says_outright  # late: few comments say such a thing

    lines = document.text.replace("\r\n", "\n").split("\n")
    for number, line in enumerate(lines, start=document.first_line):
        found = _COMMENT.search(line) if _MAYBE.search(line) else None
        if found is None or says_outright(found[1]) not in TAKES_BACK or _quoted(line[: found.start()]):
            continue
        said = Text(
            f"注释写着“{found[1].strip()[:_SHOWN]}”，没有据以改动任何内容",
            f"a comment says {found[1].strip()[:_SHOWN]}: nothing was changed by it",
        )
        yield InputProblem("input/left-aside", Place(number, found.start(1) + 1, len(line) + 1), said, _FIX)


def _quoted(before: str) -> bool:
    """Whether what follows stands within quotation marks that are still open."""
    return before.count('"') % 2 == 1 or before.count("'") % 2 == 1


_FIX = Text("作废的，删去；更正的，照它改好；不影响的，不必理会。", "Do as it says; else ignore this.")
