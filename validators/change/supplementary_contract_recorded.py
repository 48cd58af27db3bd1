"""补充合同已备案

因变更签订的补充合同、协议，要报规定的部门备案，没有备案的不能作结算依据。

已结算的，备案日期和备案机关都要填，缺少是错误；没有结算的，没有备案只作提示。
备案机关应是 project.yaml 写明的那个部门（空格、全半角不计）；备案日期不早于签订日期。草稿不查。
"""

from collections.abc import Iterator

from banshi.checking.rules import Problem, Severity, Text
from banshi.law.instruments import Placed
from banshi.law.library import Law
from banshi.law.norms import ContractRecording
from banshi.subjects.change.filing import FiledForm
from banshi.subjects.change.offices import named, same_body
from banshi.subjects.change.step_forms import SupplementaryContract

TITLE = Text("补充合同已备案", "Supplementary contracts are recorded")
SEVERITY = "error"
BASIS = ("contract_recording",)
ONLY_WITH = ("supplementary_contract",)
GOOD = """
changes:
  - status: settled
    supplementary_contract:
      {number: 样例补〔2012〕1号, signed_on: 2012-03-14, recorded_on: 2012-03-16, recorded_with: 市住房城乡建设局}
"""
BAD = """
changes:
  - status: settled
    supplementary_contract: {number: 样例补〔2012〕1号, signed_on: 2012-03-14}     # 没有备案就结算
"""
ROUTE = "supplementary_contract"


def check(case: FiledForm) -> Iterator[Problem]:
    """The recording of a supplementary contract."""
    law, contract = case.law, case.change.supplementary_contract
    if law is None or contract is None or case.drafted or case.dropped:
        return
    for placed in (p for p in law.all(ContractRecording) if p.norm.document == ROUTE):
        missing = [key for key in ("recorded_on", "recorded_with") if not getattr(contract, key)]
        if missing:
            yield _missing(case, law, placed, missing)
        yield from _wrong(case, law, placed, contract)


def _missing(case: FiledForm, law: Law, placed: Placed[ContractRecording], missing: list[str]) -> Problem:
    settled = case.change.status == "settled" and placed.norm.before == "settlement"
    office = law.office_name(placed.norm.recorded_with)
    return Problem(
        where=(ROUTE, "number"),
        severity=Severity.ERROR if settled else Severity.NOTE,
        message=Text(
            f"补充合同没有填{'、'.join(_LABELS[key] for key in missing)}{'，不能作结算依据' if settled else ''}",
            f"the supplementary contract lacks {', '.join(missing)}"
            + (" and cannot serve for settlement" if settled else ""),
        ),
        fix=Text(
            f"报{office}备案，填上 {'、'.join(missing)}。",
            f"Have it recorded with {placed.norm.recorded_with} and state {', '.join(missing)}.",
        ),
        basis=(placed.cite,),
    )


def _wrong(
    case: FiledForm, law: Law, placed: Placed[ContractRecording], contract: SupplementaryContract
) -> Iterator[Problem]:
    expected, acting = named(law, case.project, placed.norm.recorded_with)
    body, day = contract.recorded_with, contract.recorded_on
    if body and expected and not same_body(body, expected):
        yield Problem(
            where=(ROUTE, "recorded_with"),
            message=Text(
                f"备案机关应是{expected}（{law.office_name(placed.norm.recorded_with)}），填的是{body}",
                f"must be recorded with {expected}, not {body}",
            ),
            fix=Text(f"报{expected}备案；单位填错的改正。", f"Have it recorded with {expected}, or correct the name."),
            basis=(placed.cite, *acting),
        )
    if day and day < contract.signed_on:
        yield Problem(
            where=(ROUTE, "recorded_on"),
            message=Text(
                f"备案日期 {day} 早于签订日期 {contract.signed_on}",
                f"recorded on {day}, signed on {contract.signed_on}",
            ),
            fix=Text("按合同和备案回执改正日期。", "Correct the date from the contract and the receipt."),
            basis=(placed.cite,),
        )


_LABELS = {"recorded_on": "备案日期", "recorded_with": "备案机关"}
