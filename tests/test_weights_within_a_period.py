"""Own score, self-assessment and the hall's, each with its weight inside of one period. Worked out by hand before anything was computed."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from banshi.checking.checker import Checker
from banshi.cli import main

FACTS = {
    "errors": {"name": "差错", "unit": "件"},
    "leak": {"name": "泄密"},
    "self": {"name": "自评"},
    "hall": {"name": "厅评"},
}
PLUS = [
    {"fact": "self", "at_least": 0, "at_most": 100, "weight": 10},
    {"fact": "hall", "at_least": 0, "at_most": 100, "weight": 20},
]


def norm(own: str, kind: str, **said: Any) -> dict[str, Any]:
    return {"id": own, "kind": kind, "statement": "样例。", **said}


def law(**changed: Any) -> dict[str, Any]:
    """7 points an error, 35 at most; a leak: 20. ``changed``: of the weighting."""
    bound = {"lower": {"value": 1, "inclusive": True}, "unit": "件"}
    first = {"month": 1, "day": 1}
    norms = [
        norm("months", "assessment_period", period="month", start=first, end={"month": 1, "day": 0}, times=12, basis_of="quarter"),
        norm("quarters", "assessment_period", period="quarter", start=first, end={"month": 3, "day": 0}, times=4),
        norm("total", "score_total", base_marks=100, digits=2),
        norm("marks", "score_items", marks={"1": 100}),
        norm("item", "score_sub_item", item="1", marks=100, floor=0),
        norm("each", "score_rule", sub_item="item", effect="subtract", fact="errors", points=7, bound=bound, at_most=35),
        norm("leaked", "veto", fact="leak", score=20),
        norm("shares", "score_weighting", **{"period": "month", "weight": 70, "plus": PLUS, "digits": 1, **changed}),
        norm("mean", "score_combination", period="quarter", of="month", how="mean", digits=2, missing="left_out"),
        norm("rank", "ranking", periods=["month", "quarter"]),
        norm("good", "grade", grade="good", name="优", rank=1, periods=["month"], band={"lower": {"value": 92.3, "inclusive": True}, "unit": "分"}),
        norm("rest", "grade", grade="rest", name="合格", rank=2, periods=["month"]),
    ]  # fmt: skip
    provision = {"id": "1", "label": "一", "heading": "评定", "source": {"note": "虚构"}, "norms": norms}
    return {
        "kind": "policy", "instrument": "anywhere/marks", "version": "2026-01-01", "title": "某地评定办法（虚构）",
        "jurisdiction": "anywhere", "jurisdiction_name": "某地（虚构）", "subject": "评定", "governs": ["assessment"],
        "issuers": ["某中心（虚构）"], "dates": {"issued": "2026-01-01", "in_force": "2026-01-01", "known": "2026-01-01"},
        "status": "in_force", "validity": "unverified", "normative": True, "source": {"note": "虚构"}, "facts": FACTS,
        "provisions": [provision],
    }  # fmt: skip


# Errors, leak, self, hall.
# W1: 100 − 14 = 86; 86 × 70 % = 60.2; 95 × 10 % = 9.5; 80 × 20 % = 16; together 85.7.
# W2: 100 × 70 % = 70; 10; 61.25 × 20 % = 12.25; 92.25, to one decimal 92.3: just good.
# W3: a leak: 20, whatever else there is.
# W4: 93 × 70 % = 65.1; 90 × 20 % = 18; without its own mark between 83.1 and 93.1.
# W5: 8 errors cost 35: 65 × 70 % = 45.5; a mark of 101 is none: with 10 for itself between 55.5 and 75.5.
WINDOWS: dict[str, tuple[int, bool, int | None, Any]] = {
    "W1": (2, False, 95, 80),
    "W2": (0, False, 100, {"amount": "61.25"}),
    "W3": (0, True, 100, 100),
    "W4": (1, False, None, 90),
    "W5": (8, False, 100, 101),
}
SCORES = {"W1": "85.7", "W2": "92.3", "W3": "20", "W4": None, "W5": None}
BETWEEN = {"W4": ("83.1", "93.1"), "W5": ("55.5", "75.5")}


def centre(folder: Path, said: dict[str, Any], months: int = 1) -> Path:
    path = folder / "policies/anywhere/marks/2026-01-01.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps(said, ensure_ascii=False), encoding="utf-8")
    (folder / "banshi.toml").write_text(
        'name = "某中心"\njurisdiction = "anywhere"\nlevel = "city"\n', encoding="utf-8"
    )
    for n in range(1, months + 1):
        own = []
        for name, (errors, leak, mark, hall) in WINDOWS.items():
            facts = {"errors": errors, "leak": leak, "hall": hall} | ({"self": mark} if mark else {})
            own.append({"id": name, "name": name, "facts": facts})
        data = {
            "kind": "assessment",
            "fictional": True,
            "jurisdiction": "anywhere",
            "centre": "某中心",
            "period": f"2026-{n:02d}",
            "windows": own,
        }
        (folder / f"2026-{n:02d}.json").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    return folder


def answer(folder: Path, capsys: pytest.CaptureFixture[str], *files: Path) -> Any:
    main(["assess", *map(str, files or [folder / "2026-01.json"]), "--project", str(folder), "--format", "json"])
    return json.loads(capsys.readouterr().out)


def test_each_part_counts_by_its_weight(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = answer(centre(tmp_path, law()), capsys)
    (sheet,) = found["assessments"]
    totals = {each["id"]: each["total"] for each in sheet["windows"]}
    assert {name: total["value"] for name, total in totals.items()} == SCORES
    assert {name: (totals[name]["at_least"], totals[name]["at_most"]) for name in BETWEEN} == BETWEEN
    said = "".join(reason["text"] for reason in totals["W1"]["reasons"])
    assert (
        "小项得分 86.00 × 70%" in said and "自评 95 × 10%" in said and "60.2 ＋ 9.5 ＋ 16，保留1位小数为 85.7" in said
    )
    grades = {row["id"]: row["grade"] for (period,) in [found["periods"]] for row in period["windows"]}
    assert {name for name, grade in grades.items() if "优" in json.dumps(grade, ensure_ascii=False)} == {"W2"}


def test_a_longer_period_takes_the_weighed_scores(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = centre(tmp_path, law(), months=3)
    found = answer(folder, capsys, folder)
    quarter = next(each for each in found["periods"] if each["period"] == "2026-Q1")
    assert {row["id"]: row["score"]["value"] for row in quarter["windows"]}["W1"] == "85.7"


def test_a_workbook_holds_the_weighed_total_and_a_form_asks_for_the_marks(tmp_path: Path) -> None:
    folder = centre(tmp_path, law())
    out = tmp_path / "scores.xlsx"
    assert main(
        ["assess", str(folder / "2026-01.json"), "--project", str(folder), "--format", "xlsx", "-o", str(out)]
    ) in (0, 1)
    cells = [cell.value for sheet in openpyxl.load_workbook(out) for row in sheet.iter_rows() for cell in row]
    assert 85.7 in cells and 92.3 in cells
    blank = tmp_path / "blank.xlsx"
    assert main(["assess", "--template", str(blank), "--period", "2026-01", "--project", str(folder)]) == 0
    asked = [str(cell.value) for sheet in openpyxl.load_workbook(blank) for row in sheet.iter_rows() for cell in row]
    assert any("自评" in each for each in asked) and any("厅评" in each for each in asked)


def _elsewhere(said: dict[str, Any]) -> None:
    said["provisions"][0]["norms"][7]["period"] = "quarter"


def _lost(said: dict[str, Any]) -> None:
    said["provisions"][0]["norms"][7]["weight"] = 60


def _unknown(said: dict[str, Any]) -> None:
    said["provisions"][0]["norms"][7]["plus"] = [{"fact": "selfie", "at_least": 0, "at_most": 100, "weight": 30}]


def _unlaid(said: dict[str, Any]) -> None:
    said["provisions"][0]["norms"][7]["period"] = "year"


def _own(said: dict[str, Any]) -> None:
    said["provisions"][0]["norms"][8]["of"] = "quarter"


@pytest.mark.parametrize(
    ("edit", "rule", "expected"),
    [
        (_elsewhere, "policy/combinations-sound", "季度的得分由短的考核期合成，没有按小项算出的得分"),
        (_lost, "policy/weights-add-up", "合起来是 90 分"),
        (_unknown, "policy/references-resolve", "没有定义事实 selfie"),
        (_unlaid, "policy/combinations-sound", "没有规定年度的起止"),
        (_own, "policy/combinations-sound", "用 score_weighting"),
    ],
)
def test_what_cannot_be_weighed_is_refused(
    edit: Callable[[dict[str, Any]], None], rule: str, expected: str, tmp_path: Path
) -> None:
    said = law()
    edit(said)
    found = Checker(centre(tmp_path, said)).check([tmp_path / "policies"]).findings
    assert any(f.rule == rule and expected in f.message.zh for f in found), [f.message.zh for f in found]


def test_a_mark_that_this_period_does_not_ask_for_is_refused(tmp_path: Path) -> None:
    """Months that weigh nothing: the marks of people are no facts of theirs."""
    said = law()
    del said["provisions"][0]["norms"][7]
    found = Checker(centre(tmp_path, said)).check([tmp_path / "2026-01.json"]).findings
    assert any("hall" in f.message.zh or "厅评" in f.message.zh for f in found)


def test_the_last_grade_may_take_whatever_the_others_leave(tmp_path: Path) -> None:
    """Without a band it is the rest; bands above it may leave gaps, and must not overlap."""
    said = law()
    assert not [
        f
        for f in Checker(centre(tmp_path / "a", said)).check([tmp_path / "a/policies"]).findings
        if f.rule == "policy/grades-tile"
    ]
    good = said["provisions"][0]["norms"][10]
    said["provisions"][0]["norms"].insert(11, {**good, "id": "fair", "grade": "fair", "name": "良", "rank": 2})
    said["provisions"][0]["norms"][12]["rank"] = 3
    found = Checker(centre(tmp_path / "b", said)).check([tmp_path / "b/policies"]).findings
    assert any(f.rule == "policy/grades-tile" and "有两个等次" in f.message.zh for f in found)
