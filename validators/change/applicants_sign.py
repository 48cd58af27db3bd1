"""申请单位签章

变更由规定的单位申请；实行代建制的，代建单位共同报审的，也要签。申报以后（草稿、未批准、已撤回的除外），
consultation 里要有申请单位签署的同意，签署日期不晚于实施日期。

会商确定的一档里，本来就是会商一方的，由“会商各方齐全”查对，这里不重复。
紧急变更可以先实施，不比签署与实施的先后。
"""

from collections.abc import Iterator

from banshi.checking.rules import Problem, Text
from banshi.files.findings import Citation
from banshi.law.library import Law
from banshi.law.norms import JointApplication, Procedure
from banshi.subjects.change.filing import FiledForm
from banshi.subjects.change.forms import Signature
from banshi.subjects.change.offices import stated
from banshi.subjects.change.progress import last_signature
from banshi.subjects.change.step_forms import agrees

TITLE = Text("申请单位签章", "The applicants sign")
SEVERITY = "error"
BASIS = ("procedure position=1", "joint_application")
GOOD = """
project:
  agent_builder: 样例代建公司
changes:
  - consultation:
      - {party: owner, conclusion: 同意, signed_on: 2012-03-05}
      - {party: agent_builder, conclusion: 同意, signed_on: 2012-03-05}
"""
BAD = """
project:
  agent_builder: 样例代建公司     # 代建单位没有签章
changes:
  - consultation:
      - {party: owner, conclusion: 同意, signed_on: 2012-03-05}
"""


def check(case: FiledForm) -> Iterator[Problem]:
    """The signature of everybody who has to apply."""
    law = case.law
    if law is None or case.drafted or case.dropped or case.change.tier not in law.tiers:
        return
    for party, basis in _applicants(case, law).items():
        signed = last_signature(case.change, party)
        if signed is None or not agrees(signed[1].conclusion):
            yield _unsigned(case, law, party, basis, signed[0] if signed else None)
        else:
            yield from _late(case, law, party, basis, signed)


def _first_of_all(law: Law) -> dict[str, dict[str, Citation]]:
    """By tier, who applies by its procedure, each with the norm that says so."""
    found: dict[str, dict[str, Citation]] = {}
    for procedure in law.all(Procedure):
        for party in procedure.norm.applicants:
            found.setdefault(procedure.norm.tier, {}).setdefault(party, procedure.cite)
    return found


def _applicants(case: FiledForm, law: Law) -> dict[str, Citation]:
    """Who applies in the declared tier, each with the norm that says so; parties of the gate's consultation aside."""
    found = dict(law.once(_first_of_all).get(case.change.tier, {}))
    for joint in law.all(JointApplication):
        if stated(law, case.project, joint.norm.when):
            found.update({party: joint.cite for party in joint.norm.parties if party not in found})
    gate = case.procedures and case.procedures.consultation(case.change.tier)
    consulted = gate.norm.parties if gate else ()
    return {party: cite for party, cite in found.items() if party not in consulted}


def _unsigned(case: FiledForm, law: Law, party: str, basis: Citation, place: int | None) -> Problem:
    name = law.office_name(party)
    said = case.change.consultation[place].conclusion if place is not None else ""
    return Problem(
        where=("consultation",) if place is None else ("consultation", place, "conclusion"),
        message=Text(
            f"应由{name}签章同意，{f'签署的是“{said}”' if said else '没有签章'}",
            f"{party} has to sign the application, {f'but wrote “{said}”' if said else 'but did not'}",
        ),
        fix=Text(
            f"由{name}签署后填入 consultation（party: {party}）；不同意申报的，撤回。",
            f"Have {party} sign and enter it in consultation; if it does not agree, withdraw the form.",
        ),
        basis=(basis,),
    )


def _late(case: FiledForm, law: Law, party: str, basis: Citation, signed: tuple[int, Signature]) -> Iterator[Problem]:
    (place, signature), done = signed, case.change.implemented_on
    if done is None or case.change.emergency or signature.signed_on <= done:
        return
    name = law.office_name(party)
    yield Problem(
        where=("consultation", place, "signed_on"),
        message=Text(
            f"{name} {signature.signed_on} 签署，晚于实施日期 {done}",
            f"{party} signed on {signature.signed_on}, after the change was carried out on {done}",
        ),
        fix=Text("核对签署日期和实施日期，改正填错的一个。", "Check both dates and correct the wrong one."),
        basis=(basis,),
    )
