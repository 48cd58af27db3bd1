"""Every finding carries what it rests on, whatever the centre: its own norms, or the instruments that are in force there.

Rules that look at the data alone (a date before another, a number written twice) rest on no law, and say so by an empty BASIS.
"""

from pathlib import Path

import pytest
from conftest import ROOT
from zezhou_register import march

from banshi.checking.checker import Checker
from banshi.checking.rules import load_rules

PROBES = ROOT / "tests/data/probes"
GIVEN = {
    "examples/linjiang": [PROBES / "linjiang", ROOT / "tests/data/linjiang"],
    "examples/qinghe": [PROBES / "qinghe", ROOT / "tests/data/qinghe"],
    "tests/data/zezhou": [PROBES / "zezhou"],
    "tests/data/baiyun": [PROBES / "baiyun"],
}
# What a register of a city of no name says wrongly, a rule a row.
STRANGE = """
kind: attendance
fictional: true
jurisdiction: zezhou
centre: 泽州市政务服务中心
from: 2026-03-02
to: 2026-03-03
windows: [{id: Z1, name: 一号专区, on_duty: 3}]
staff: [{id: T1, group: 柜员, window: Z1}, {id: P1, group: 厨师}]
punches: [{staff: T1, day: 2026-03-02, time: "08:10", method: 人脸识别}]
leave:
  - {staff: T1, kind: 私假, from: 2026-03-02, form: 书面, approver: 人事主管, papers: [请假单]}
  - {staff: P1, kind: 探亲假, from: 2026-03-03, form: 书面, requested_at: 2026-03-02 10:00, approver: 大厅主任}
"""
ASKED = {"no-punches-during-leave", "words-are-declared", "leave-can-be-judged"}
ON_DATA = {rule.id for rule in load_rules([ROOT / "validators"]) if not rule.basis}


@pytest.mark.parametrize("centre", GIVEN)
def test_every_finding_on_law_has_a_basis(centre: str, tmp_path: Path) -> None:
    strange = tmp_path / "register.yaml"
    strange.write_text(STRANGE, encoding="utf-8")
    more = [strange, march()] if centre.endswith("zezhou") else []
    found = Checker(ROOT / centre).check([*GIVEN[centre], *more]).findings
    judged = [each for each in found if not each.rule.startswith(("shape/", "input/", "engine/"))]
    assert judged
    assert {each.rule for each in judged if not each.basis} - ON_DATA == set()
    if more:
        said = {each.rule.partition("/")[2]: each.basis for each in judged if each.path == str(strange)}
        assert all(said[rule] for rule in ASKED)
