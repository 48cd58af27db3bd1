"""附件都在

用 --attachments 给出附件所在的文件夹时，报批表列的每个附件都要在里面能找到；没有给出文件夹的，只看写法。

文件名按相对于这个文件夹的路径写，可以带子文件夹（如 图纸/平面图.pdf），大小写、后缀要一致。
指到文件夹外面去的（以 / 或盘符开头，或用 .. 退出去的）总是错误；文件夹里通到外面的链接不算有。只看文件在不在，不看内容。
"""

import posixpath
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from banshi.base.patterns import late
from banshi.base.text import NOTHING, did_you_mean
from banshi.checking.rules import Problem, Text
from banshi.subjects.change.filing import FiledForm

TITLE = Text("附件都在", "Attachments exist")
SEVERITY = "error"
BASIS = ("form of=change",)
ATTACHED = ("勘察补充报告.pdf", "工程量计算书.xlsx", "预算书.xlsx")  # what the folder of the examples holds
GOOD = """
changes:
  - attachments:
      - {kind: basis, file: 勘察补充报告.pdf}
"""
BAD = """
changes:
  - attachments:
      - {kind: basis, file: 勘查补充报告.pdf}      # 文件夹里是“勘察补充报告.pdf”
      - {kind: drawings, file: ../图纸/平面图.pdf}
"""
LEADS = late(r"[/\\:]|^\.\.$")  # without any of these a name stays inside
DRIVE = late(r"[A-Za-z]:")


def check(case: FiledForm) -> Iterator[Problem]:
    """Each attachment's name: that it stays inside; and that it exists, where the names of the files are known."""
    attached = case.filing.attached
    existing = _existing(attached) if attached else {}
    for n, attachment in enumerate(case.change.attachments):
        if attached is None and not LEADS.search(attachment.file):
            continue
        where = ("attachments", n, "file")
        name = posixpath.normpath(unicodedata.normalize("NFC", attachment.file).replace("\\", "/"))
        if name.startswith(("/", "../")) or name == ".." or DRIVE.match(name):
            yield Problem(where=where, message=_outside(attachment.file), fix=_INSIDE)
        elif attached is not None and name not in existing:
            guess = did_you_mean(name, existing)
            yield Problem(
                where=where,
                message=Text(
                    f"附件文件夹里没有 {attachment.file}", f"there is no {attachment.file} among the attachments"
                ),
                fix=Text(f"{guess.zh}{_ADD.zh}", f"{guess.en} {_ADD.en}".strip()) if guess is not NOTHING else _ADD,
            )


@lru_cache(maxsize=2)
def _existing(attached: frozenset[str]) -> dict[str, str]:
    """The names of the files as they are compared, and as they are; the same for every form of a run."""
    return {unicodedata.normalize("NFC", name): name for name in attached}


def _outside(name: str) -> Text:
    return Text(f"附件 {name} 指到附件文件夹外面", f"{name} leads out of the attachments folder")


_INSIDE = Text("把文件放进附件文件夹，只写相对路径。", "Put the file into the folder and write its relative path.")
_ADD = Text("改正文件名，或补上文件。", "Correct the name, or add the file.")
