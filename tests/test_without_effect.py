"""What is written in another city's rules and makes no difference, or contradicts what stands beside it, is told."""

import shutil
from pathlib import Path

import pytest
from conftest import ROOT

from banshi.checking.checker import Checker

CITY = ROOT / "examples/linjiang/policies"
LEAVE = "linjiang/leave-and-hours/2026-01-01.yaml"
GRACE = "grace: {value: 10, unit: 分钟}"


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        (
            "linjiang/change-rules/2026-01-01.yaml",
            "offices_without_limit: [leader, standing_meeting]",
            "offices_without_limit: [leader, standing_meeting, designer]",
            "它不办任何环节",
        ),
        ("linjiang/change-rules-amended/2026-07-01.yaml", 'at: ["1", "2", "3"]', 'at: ["1", "2"]', "没有写第三条"),
        (LEAVE, "times: 0.5", "times: 5", "比 up-to-thirty 的 5 次还轻"),
        (LEAVE, GRACE, f"{GRACE}\n        only_due: true", "外侧一端本来就不限"),
        (LEAVE, GRACE, f"{GRACE}\n        to_the_second: true", "morning-departure 没有写"),
        (LEAVE, "of: personal, at_most: 10, unit: 工作日", "of: personal, at_most: 10, unit: 天", "事假（personal）按工作日计"),
        (
            "linjiang/window-assessment/2026-01-01.yaml",
            "effect: by_steps",
            "effect: multiply",
            "points 没有计算会看",
        ),
    ],
    ids=["office", "relation", "weight", "only-due", "second", "quota", "points"],
)  # fmt: skip
def test_it_is_told(tmp_path: Path, name: str, old: str, new: str, said: str) -> None:
    shutil.copytree(CITY, tmp_path / "policies")
    path = tmp_path / "policies" / name
    text = path.read_text("utf-8")
    assert old in text
    assert not [f for f in Checker(tmp_path).check([path]).findings if said in f.message.zh]
    path.write_text(text.replace(old, new, 1), "utf-8")
    found = [f for f in Checker(tmp_path).check([path]).findings if said in f.message.zh]
    assert found and all(f.severity != "note" and f.line for f in found)


def test_a_department_that_a_target_calls_otherwise_is_told(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "examples/qinghe", tmp_path, dirs_exist_ok=True)
    path = tmp_path / "policies/qinghe/case-goals/2026-01-01.yaml"
    text = path.read_text("utf-8")
    for name, told in (("不动产", False), ("不动产登记中心", True)):
        path.write_text(text.replace("departments: [不动产]", f"departments: [{name}]"), "utf-8")
        found = [f for f in Checker(tmp_path).check([tmp_path / "cases"]).findings if "没有它的办件" in f.message.zh]
        assert [(f.rule, str(f.severity)) for f in found] == [("cases/departments-listed", "warning")] * told
