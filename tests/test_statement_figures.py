"""A literal figure of a statement has to stand in a field; a count of the things that are named beside it is none."""

import re
import shutil
from pathlib import Path

import pytest
from conftest import ROOT

from banshi.checking.checker import Checker
from banshi.checking.rules import load_rules
from banshi.law.library import Library

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


def test_a_choice_is_said_as_it_is_called() -> None:
    """Wherever a statement has room for a field that holds a choice, its value reads in words."""
    for city, words in (("ningchuan", ("迟到、早退15分钟以内", "月每3次", "年度得分由半年得分平均", "半年在大窗口")),):
        library = Library([ROOT / f"tests/data/{city}/policies"])
        said = [
            p.norm.say(text.names)
            for name in library.instruments()
            for text in library.texts(name)
            for p in text.placed
        ]
        for word in words:
            assert any(word in each for each in said), (word, said)
        assert not [each for each in said if re.search("[a-z_]{3,}", each)]


def test_a_field_that_prints_an_id_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "policies"
    shutil.copytree(ROOT / "tests/data/ningchuan/policies", folder)
    path = folder / "ningchuan/changes/2026-01-01.yaml"
    text = path.read_text("utf-8")
    old = "财政核定的时限，县区可以从严。"
    assert old in text
    path.write_text(text.replace(old, "{overlays}，县区可以从严。"), "utf-8")
    [found] = Checker(tmp_path).check([path]).findings
    assert (found.rule, found.severity) == (
        "policy/placeholders-resolve",
        "warning",
    ) and "fin-limit" in found.message.zh
