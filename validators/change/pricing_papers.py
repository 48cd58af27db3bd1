"""作价依据有相应资料

按组价下浮、专项规定、招标（比选）作价的，要看得出依据：附上相应的附件（预算书、变更依据等），
或者在明细的“参照”里写明文件名称、文号。两样都没有的，是警告。

适用文件没有列的作价依据，是错误。草稿、未批准、已撤回的不查资料。
附件是否真的存在，用 --attachments 时另查。
"""

from collections.abc import Iterator

from banshi.base.text import listed
from banshi.checking.rules import Problem, Severity, Text
from banshi.files.findings import Citation
from banshi.law.library import Law
from banshi.law.norms import Named, Pricing
from banshi.subjects.change.amounts import row_name
from banshi.subjects.change.filing import FiledForm
from banshi.subjects.change.forms import Row
from banshi.subjects.change.pricing import pricing_norms

TITLE = Text("作价依据有相应资料", "Pricing bases are shown by papers")
SEVERITY = "warning"
BASIS = ("pricing",)
GOOD = """
changes:
  - items:
      - {item: "040202006", name: 石灰稳定土基层, unit: m2, quantity_before: 0, quantity_after: 1000,
         unit_price: 80.00, pricing_basis: quota_discount, increase: 80000.00, decrease: 0}
    attachments:
      - {kind: budget, file: 组价下浮计算书.xlsx}
"""
BAD = """
changes:
  - items:
      - {item: "040202006", name: 石灰稳定土基层, unit: m2, quantity_before: 0, quantity_after: 1000,
         unit_price: 80.00, pricing_basis: quota_discount, increase: 80000.00, decrease: 0}
    attachments: []
"""


def check(case: FiledForm) -> Iterator[Problem]:
    """Each row's pricing basis."""
    law = case.law
    if law is None or case.dropped or not law.all(Pricing):
        return
    kinds = {attachment.kind for attachment in case.change.attachments}
    for n, row in enumerate(case.change.items):
        allowed = pricing_norms(law, row.pricing_basis)
        if not allowed:
            yield _unknown(law, n, row)
        elif case.change.status != "draft" and row.reference is None:
            yield from (_missing(law, n, row, p.cite, b) for p, b in allowed if not kinds.issuperset(b.attachments))


def _unknown(law: Law, n: int, row: Row) -> Problem:
    known = {base.value: base.name for placed in law.all(Pricing) for base in placed.norm.bases}
    return Problem(
        where=("items", n, "pricing_basis"),
        severity=Severity.ERROR,
        message=Text(
            f"{row_name(n, row).zh}的作价依据 {row.pricing_basis} 不在文件所列之内",
            f"the instrument does not provide for pricing basis {row.pricing_basis}",
        ),
        fix=Text(f"可选：{listed(f'{k}（{v}）' for k, v in known.items())}。", f"One of: {', '.join(known)}."),
    )


def _missing(law: Law, n: int, row: Row, cite: Citation, base: Named) -> Problem:
    papers, kinds = listed(law.paper_name(paper) for paper in base.papers), ", ".join(base.attachments)
    return Problem(
        where=("items", n, "pricing_basis"),
        message=Text(
            f"{row_name(n, row).zh}作价依据为“{base.name}”，没有附{papers}，也没有写明参照",
            f"{row_name(n, row).en} is priced by {base.value} without papers or reference",
        ),
        fix=Text(
            f"附上{papers}（kind: {kinds}），或在 reference 写明文件名称、文号。",
            f"Attach the paper (kind: {kinds}), or name the document in reference.",
        ),
        basis=(cite,),
    )
