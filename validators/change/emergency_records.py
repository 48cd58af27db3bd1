"""紧急变更保留记录

紧急变更边报批边实施的，要保留规定的记录备查。规定要的是留存，所以 emergency.records 不能空着；
可以作为附件（种类见规范点的 attachments），也可以只在 emergency.records 列明；
认哪些字样，写在政策文件的 papers 里。既没有附上、也没有列明的，是错误。
还没有实施的、草稿，不查。附件是否真的存在，用 --attachments 时另查。
"""

from collections.abc import Iterator

from banshi.base.text import listed
from banshi.checking.rules import Problem, Text
from banshi.law.instruments import Placed
from banshi.law.library import Law
from banshi.law.norms import Record
from banshi.subjects.change.filing import FiledForm

TITLE = Text("紧急变更保留记录", "Records of an emergency are kept")
SEVERITY = "error"
BASIS = ("record when=emergency",)
ONLY_WITH = ("emergency",)
GOOD = """
changes:
  - emergency:
      joint_meeting_on: 2012-03-05
      opinion_on: 2012-03-05
      government_consent_on: 2012-03-06
      records: [政府批示, 抢险影像]
    attachments: [{kind: photos, file: 抢险照片.zip}]
"""
BAD = """
changes:
  - emergency:
      joint_meeting_on: 2012-03-05
      opinion_on: 2012-03-05
      government_consent_on: 2012-03-06
      records: [政府批示]
    attachments: [{kind: basis, file: 勘察补充报告.pdf}]     # 没有附上、也没有列明影像资料
"""


def check(case: FiledForm) -> Iterator[Problem]:
    """The records and attachments of an emergency that was carried out."""
    law, emergency = case.law, case.change.emergency
    if law is None or emergency is None or case.drafted or case.change.implemented_on is None:
        return
    for placed in (p for p in law.all(Record) if p.norm.when == "emergency"):
        kinds = {attachment.kind for attachment in case.change.attachments}
        lacking = [k for k in placed.norm.attachments if k not in kinds]
        missing = [k for k in lacking if not _listed(law, _shown_by(placed, k), emergency.records)]
        if missing:
            yield _no_attachment(law, placed, missing)
        if not emergency.records:
            yield _no_records(law, placed)


def _shown_by(placed: Placed[Record], kind: str) -> tuple[str, ...]:
    """The papers of a norm that a kind of attachment shows: that of its own name, else any of them."""
    return (kind,) if kind in placed.norm.papers else placed.norm.papers


def _listed(law: Law, papers: tuple[str, ...], records: tuple[str, ...]) -> bool:
    """Whether a list of what was kept names one of some papers, by the words that the law's version gives for it."""
    labels = [version.papers[paper] for version in law.versions for paper in papers if paper in version.papers]
    words = [word for label in labels for word in label.recognised]
    return any(word in record for record in records for word in words)


def _no_attachment(law: Law, placed: Placed[Record], missing: list[str]) -> Problem:
    named = dict.fromkeys(paper for kind in missing for paper in _shown_by(placed, kind))
    papers, kinds = listed(law.paper_name(paper) for paper in named), ", ".join(missing)
    return Problem(
        where=("attachments",),
        message=Text(f"紧急变更已实施，没有附上、也没有列明{papers}", f"an emergency was carried out without {kinds}"),
        fix=Text(
            f"附上{papers}（kind: {kinds}），或在 emergency.records 列明。",
            f"Attach them (kind: {kinds}) or list them.",
        ),
        basis=(placed.cite,),
    )


def _no_records(law: Law, placed: Placed[Record]) -> Problem:
    papers = listed(law.paper_name(paper) for paper in placed.norm.papers)
    return Problem(
        where=("emergency", "records"),
        message=Text("紧急变更已实施，没有列留存的记录", "an emergency was carried out, but no record is listed"),
        fix=Text(f"列出留存的{papers}。", f"List what was kept: {', '.join(placed.norm.papers)}."),
        basis=(placed.cite,),
    )
