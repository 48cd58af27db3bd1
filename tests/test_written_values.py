"""Values as people write them: taken where they have one meaning, refused where two remain, written back canonically."""

import json
import re
import shutil
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st
from lengths import examples

from banshi.base.amount_words import write_words
from banshi.checking.checker import Checker
from banshi.cli import main
from banshi.files.schema_parts import root
from banshi.files.shape import Shapes
from banshi.files.tables.cells import CellUnreadable
from banshi.files.written_values import amount, document_number, number, value_of

EXAMPLE = ROOT / "examples/change/binhe-road"
CHANGE = root(Shapes([ROOT / "schemas"]), "change")

AMOUNTS = {
    "5000000": "5000000",
    "5,000,000.00": "5000000",
    "5 000 000": "5000000",
    "５００万元": "5000000",
    "500万": "5000000",
    "0.5亿元": "50000000",
    "12.345678万元": "123456.78",
    "￥5000元整": "5000",
    "人民币 1,234.50 元": "1234.5",
    "-34650.00": "-34650",
    "−34,650": "-34650",
    "(34,650.00)": "-34650",
    "核减34650元": "-34650",
    "伍佰万元整": "5000000",
    "五百万元": "5000000",
    "人民币负叁万肆仟陆佰伍拾元整": "-34650",
    "50千元": "50000",
}
NO_AMOUNTS = (
    "约500万元",
    "5,00,000",
    "1.234,50",
    "1万5千元",
    "12:30",
    "no",
    "0123",
    "1e3",
    "--5",
    "500吨",
    "伍佰伍",
    "",
    "五〇〇",
    "=1+1",
)


@pytest.mark.parametrize(("written", "meant"), AMOUNTS.items())
def test_an_amount_in_any_plain_spelling_is_yuan(written: str, meant: str) -> None:
    assert amount(written) == Decimal(meant)


@pytest.mark.parametrize("written", NO_AMOUNTS)
def test_an_amount_that_may_mean_something_else_is_refused(written: str) -> None:
    with pytest.raises(CellUnreadable):
        amount(written)


def test_the_unit_of_a_heading_holds_for_amounts_without_one() -> None:
    assert amount("500", "万元") == Decimal(5_000_000)
    assert amount("500元", "万元") == Decimal(500)
    with pytest.raises(CellUnreadable):
        amount("伍佰", "万元")  # 元, or 万元?


@given(st.decimals(min_value="-99999999999.99", max_value="99999999999.99", places=2))
@examples(300)
def test_every_amount_survives_every_spelling(value: Decimal) -> None:
    ten_thousands = format(value / 10_000, "f") + "万元"
    for written in (
        f"{value:,.2f}",
        f"{value:.2f}元",
        ten_thousands,
        write_words(value),
        write_words(value, prefix=True),
    ):
        assert amount(written) == value, written


@pytest.mark.parametrize(
    ("key", "written", "meant"),
    [
        ("filed_on", "2012年1月5日", "2012-01-05"),
        ("filed_on", "2012.1.5", "2012-01-05"),
        ("filed_on", "二〇一二年一月五日", "2012-01-05"),
        ("filed_on", "２０１２-０１-０５", "2012-01-05"),
        ("status", "已批准", "approved"),
        ("status", " 批准 ", "approved"),
        ("status", "approved", "approved"),
        ("sequence", "十二", 12),
        ("sequence", "１２", 12),
    ],
)
def test_a_value_is_understood_by_its_field(key: str, written: str, meant: Any) -> None:
    field = CHANGE.field(key)
    assert field is not None
    assert value_of(field, written) == meant


@pytest.mark.parametrize("written", ["1/5/2012", "12年1月5日", "2012年1月", "2012-02-30", "某日"])
def test_a_date_with_two_meanings_or_none_is_refused(written: str) -> None:
    field = CHANGE.field("filed_on")
    assert field is not None
    with pytest.raises(CellUnreadable):
        value_of(field, written)


def test_yes_and_no_in_every_spelling() -> None:
    major = CHANGE.field("major_design_change")
    field = major and major.field("is_major")
    assert field is not None
    assert [value_of(field, each) for each in ("是", "√", "Y", "否", "×", "无")] == [
        True,
        True,
        True,
        False,
        False,
        False,
    ]


def test_numbers_and_document_numbers() -> None:
    assert number("三百二十") == 320
    assert number("1,234.5") == Decimal("1234.5")
    assert document_number("样建审[2013]61 号") == "样建审〔2013〕61号"
    assert document_number("没有年份的字") == "没有年份的字"


# a whole file, and banshi fix

SPELLINGS = [
    ("filed_on: 2011-12-12", "filed_on: 二〇一一年十二月十二日"),
    ("type: local_modification", "type: 必须的局部修改"),
    ("cause: objective", "cause: '客观'"),
    ("is_major: false", "is_major: 否"),
    ("pricing_basis: same_item ", "pricing_basis: 相同项目 "),
    ("    increase: 4600.00\n", "    increase: 4,600.00元\n"),
    ("decrease: 39250.00 ", "decrease: 叁万玖仟贰佰伍拾元整 "),
    ("net: -34650.00 ", "net: -3.465万元 "),
    ("tier: consultation", "tier: 三方会商"),
    ("status: implemented", 'status: "已实施"'),
    ("{party: owner,", "{party: 项目业主,"),
]


def project(tmp_path: Path, *pairs: tuple[str, str]) -> Path:
    folder = tmp_path / "binhe-road"
    shutil.copytree(EXAMPLE, folder)
    form = folder / "changes/001.yaml"
    text = form.read_text(encoding="utf-8")
    for stands, written in pairs:
        assert stands in text
        text = text.replace(stands, written, 1)
    form.write_text(text, encoding="utf-8")
    return folder


def test_a_form_in_peoples_words_is_judged_like_the_canonical_one(tmp_path: Path) -> None:
    report = Checker(ROOT).check([project(tmp_path, *SPELLINGS)])
    assert [f.rule for f in report.findings] == ["input/understood"]
    said = report.findings[0].message
    assert "5 处" in said.zh  # what is written as it is called (三方会商) needs no telling
    assert "2011-12-12" in said.zh


def test_fix_writes_what_was_understood_and_nothing_else(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = project(tmp_path, *SPELLINGS)
    form = folder / "changes/001.yaml"
    before = form.read_bytes()
    assert main(["fix", "--check", str(folder)]) == 1
    assert form.read_bytes() == before
    assert main(["fix", str(folder)]) == 0
    told = capsys.readouterr().out
    assert f"{len(SPELLINGS)} 处" in told
    assert "否 → false" in told
    own = (EXAMPLE / "changes/001.yaml").read_text(encoding="utf-8")
    expected = own.replace("cause: objective", "cause: 'objective'").replace(
        "status: implemented", 'status: "implemented"'
    )
    written = form.read_text(encoding="utf-8")
    assert re.sub(r"-34650(?=\s+#)", "-34650.00", written) == expected
    assert main(["fix", str(folder)]) == 0
    assert "没有要改的" in capsys.readouterr().out
    assert not Checker(ROOT).check([folder]).findings


def test_fix_keeps_json_and_every_line_of_json_lines(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    ledger = '{"kind": "ledger", "project": {"id": "x", "level": "市级"},  "changes": []}\r\n'
    other = '{"kind": "ledger", "project": {"id": "y", "level": "city"}, "changes": []}\n'
    path.write_bytes((ledger + "\r\n" + other).encode())
    assert main(["fix", str(path)]) == 0
    assert path.read_bytes() == (ledger.replace("市级", "city") + "\r\n" + other).encode()
    json.loads(path.read_text(encoding="utf-8").splitlines()[0])


def test_a_choice_with_two_meanings_is_refused_and_both_are_named(tmp_path: Path) -> None:
    schemas = tmp_path / "schemas"
    schemas.mkdir()
    schema = json.loads((ROOT / "schemas/change.schema.json").read_text(encoding="utf-8"))
    schema["properties"]["status"]["x-written"] = {"approved": ["两可"], "rejected": ["两可"]}
    (schemas / "change.schema.json").write_text(json.dumps(schema), encoding="utf-8")
    (tmp_path / "policies").symlink_to(ROOT / "policies")
    said = two_meanings(project(tmp_path, ("status: implemented", "status: 两可")), tmp_path)
    assert "approved" in said and "rejected" in said


def test_a_word_of_the_law_with_two_meanings_is_refused_and_both_are_named(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "policies", tmp_path / "policies")
    path = tmp_path / "policies/luzhou/change-management/2011-11-04.yaml"
    text = path.read_text(encoding="utf-8")
    assert text.count("written: [客观原因,") == 1 and text.count("written: [业主原因,") == 1
    text = text.replace("written: [客观原因,", "written: [两可,").replace("written: [业主原因,", "written: [两可,")
    path.write_text(text, encoding="utf-8")
    said = two_meanings(project(tmp_path, ("cause: objective", "cause: 两可")), tmp_path)
    assert "objective" in said and "owner" in said


def two_meanings(folder: Path, centre: Path) -> str:
    report = Checker(centre).check([folder])
    said = next(f.message.zh for f in report.findings if f.rule == "shape/not-listed")
    assert "几个意思" in said
    return said


@pytest.mark.parametrize("hostile", ["=cmd|' /C calc'!A0", "\u202e否", "是\n否: 1", "1" * 5000, "元" * 300, "〔2012〕"])
def test_hostile_values_are_told_and_nothing_fails(hostile: str, tmp_path: Path) -> None:
    folder = project(tmp_path, ("net: -34650.00 ", f"net: {json.dumps(hostile)} "))
    report = Checker(ROOT).check([folder])
    assert not report.failed
    assert any(f.where[:1] == ("amounts",) or f.rule.startswith("input/") for f in report.findings)
    before = (folder / "changes/001.yaml").read_bytes()
    main(["fix", str(folder)])
    assert (folder / "changes/001.yaml").read_bytes() == before
