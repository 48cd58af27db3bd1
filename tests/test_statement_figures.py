"""A literal figure of a statement has to stand in a field; a count of the things that are named beside it is none."""

import pytest
from conftest import ROOT

from banshi.checking.rules import load_rules

RULE = next(rule for rule in load_rules([ROOT / "validators"], "policy") if rule.id == "policy/statement-figures")


@pytest.mark.parametrize(
    ("statement", "figures"),
    [
        ("有下列两种情形之一的，不受理", []),
        ("窗口人员分三类，各有分值", []),
        ("分两级审批，三档金额", []),
        ("从四个方面考核，两个环节并行，三个阶段", []),
        ("3种材料、2类事项、4个季度", []),
        ("各窗口负责人是第一责任人，一次性告知，第一时间办", []),
        ("两者不一致的", []),
        ("公示7天", ["7"]),
        ("三个工作日内答复", ["三"]),
        ("不少于两个以上窗口", ["两"]),
        ("每季度至少三条建议", ["三"]),
        ("第三次起，每次扣2分", ["三", "2"]),
        ("两人以上签字", ["两"]),
        ("超过5万元的", ["5万"]),
    ],
)
def test_a_count_of_kinds_is_no_figure(statement: str, figures: list[str]) -> None:
    assert [printed for printed, _ in RULE.module._literal(statement)] == figures
