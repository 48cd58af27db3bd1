"""Months, half-years, years: combined as three norms say, with weights, marks of people, vetoes, caps and grades by share.

Every figure was worked out by hand before anything was computed; the working stands beside it.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from banshi.cli import main

FACTS = {
    "errors": {"name": "差错", "unit": "件"},
    "leak": {"name": "泄密"},
    "self_mark": {"name": "自评"},
    "hall_mark": {"name": "厅评"},
}
ALL = ["month", "half_year", "year"]
SHARE = {"percent": 50, "rounding": "down", "at_least": 1}


def norms(ties: bool) -> list[dict[str, Any]]:
    def norm(own: str, kind: str, **said: Any) -> dict[str, Any]:
        return {"id": own, "kind": kind, "statement": "样例。", **said}

    first, last = {"month": 1, "day": 1}, {"month": 1, "day": 0}
    half, year = {"month": 6, "day": 0}, {"month": 12, "day": 0}
    return [
        norm("months", "assessment_period", period="month", start=first, end=last, times=12, basis_of="half_year"),
        norm("halves", "assessment_period", period="half_year", start=first, end=half, times=2, basis_of="year"),
        norm("whole", "assessment_period", period="year", start=first, end=year),
        norm(
            "half",
            "score_combination",
            period="half_year",
            of="month",
            how="mean",
            mean_digits=1,
            weight=80,
            digits=2,
            missing="left_out",
            plus=[
                {"fact": "self_mark", "at_least": 0, "at_most": 100, "weight": 5},
                {"fact": "hall_mark", "at_least": 0, "at_most": 100, "weight": 15},
            ],
        ),
        norm(
            "year",
            "score_combination",
            period="year",
            of="half_year",
            how="sum",
            weight=50,
            digits=1,
            missing="not_determined",
        ),
        norm("total", "score_total", base_marks=100, digits=2),
        norm("marks", "score_items", marks={"1": 100}),
        norm("item", "score_sub_item", item="1", marks=100, floor=0),
        norm(
            "each",
            "score_rule",
            sub_item="item",
            effect="subtract",
            fact="errors",
            points=7,
            bound={"lower": {"value": 1, "inclusive": True}, "unit": "件"},
            at_most=35,
        ),
        norm("least", "cap", of="base", per="month", at_least=70),
        norm("leaked", "veto", fact="leak", score=20),
        norm("rank", "ranking", periods=ALL, groups=[{"value": "a", "name": "甲组"}, {"value": "b", "name": "乙组"}]),
        norm(
            "best",
            "grade",
            grade="best",
            name="优",
            rank=1,
            periods=ALL,
            share={**SHARE, "ties": ties},
            barred_by_veto=True,
        ),
        norm("rest", "grade", grade="rest", name="合格", rank=2, periods=ALL),
    ]


def law(ties: bool) -> dict[str, Any]:
    provision = {"id": "1", "label": "一", "heading": "评定", "source": {"note": "虚构"}, "norms": norms(ties)}
    return {
        "kind": "policy", "instrument": "anywhere/marks", "version": "2026-01-01", "title": "某地评定办法（虚构）",
        "jurisdiction": "anywhere", "jurisdiction_name": "某地（虚构）", "subject": "评定", "governs": ["assessment"],
        "issuers": ["某中心（虚构）"], "dates": {"issued": "2026-01-01", "in_force": "2026-01-01", "known": "2026-01-01"},
        "status": "in_force", "validity": "unverified", "normative": True, "source": {"note": "虚构"}, "facts": FACTS,
        "provisions": [provision],
    }  # fmt: skip


# By window: its group, errors of months 1 to 12 (None: no file of that month), the month with a leak, marks of the halves.
WINDOWS: dict[str, tuple[str, list[int | None], int, tuple[tuple[int, int], tuple[int, int]]]] = {
    "W1": ("a", [0, 1, 2, 3, 4, 9, *[0] * 6], 0, ((100, 90), (80, 80))),
    "W2": ("a", [0] * 12, 3, ((100, 100), (100, 100))),
    "W3": ("b", [1] * 12, 0, ((60, 70), (60, 70))),
    "W4": ("b", [1] * 12, 0, ((60, 70), (60, 70))),
    "W5": ("b", [None, None, None, None, 5, 0, *[2] * 6], 0, ((90, 90), (90, 90))),
}


def written(folder: Path, ties: bool) -> Path:
    policy = folder / "policies/anywhere/marks/2026-01-01.yaml"
    policy.parent.mkdir(parents=True)
    policy.write_text(json.dumps(law(ties), ensure_ascii=False), encoding="utf-8")
    (folder / "banshi.toml").write_text(
        'name = "某中心"\njurisdiction = "anywhere"\nlevel = "city"\n', encoding="utf-8"
    )
    files = folder / "files"
    files.mkdir()
    for n in range(1, 13):
        own = [
            {"id": w, "name": w, "group": group, "facts": {"errors": errors[n - 1], "leak": leak == n}}
            for w, (group, errors, leak, _) in WINDOWS.items()
            if errors[n - 1] is not None
        ]
        _put(files / f"2026-{n:02d}.json", f"2026-{n:02d}", own)
    for h in (0, 1):
        own = [
            {"id": w, "name": w, "group": group, "facts": {"self_mark": marks[h][0], "hall_mark": marks[h][1]}}
            for w, (group, _, _, marks) in WINDOWS.items()
        ]
        _put(files / f"2026-H{h + 1}.json", f"2026-H{h + 1}", own)
    return folder


def _put(path: Path, period: str, windows: list[dict[str, Any]]) -> None:
    data = {
        "kind": "assessment",
        "fictional": True,
        "jurisdiction": "anywhere",
        "centre": "某中心",
        "period": period,
        "windows": windows,
    }
    path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")


def longer(folder: Path, capsys: pytest.CaptureFixture[str]) -> dict[tuple[str, str], tuple[str, str, str]]:
    """By period and window: the score, the place and the grade."""
    main(["assess", str(folder / "files"), "--project", str(folder)])
    rows, period = {}, ""
    for line in capsys.readouterr().out.splitlines():
        if line.endswith("：得分、名次和等次"):
            period = line.split("  ")[1].split("（")[0]
        cells = line.split()
        if len(cells) >= 5 and cells[0] in ("甲组", "乙组"):
            rows[period, cells[2]] = (cells[-2], cells[1], cells[-1])
    return rows


# W1, months 1–6: 100, 93, 86, 79, 72, 70 (35 at most are lost: 65; 70 at least): mean 83.333 → 83.3; 83.3 × 80 % = 66.64;
#   100 × 5 % = 5; 90 × 15 % = 13.5: 85.14. Months 7–12: 100 → 80 + 4 + 12 = 96.
# W2: the leak of March is 20: (5 × 100 + 20) / 6 = 86.667 → 86.7; 69.36 + 5 + 15 = 89.36; then 100. No best in the first half.
# W3, W4: 93 each month: 74.4 + 3 + 10.5 = 87.9, twice.
# W5: two months, 70 and 100 (5 errors: 35 off, 65, 70 at least): 85; 68 + 4.5 + 13.5 = 86; then 86: 68.8 + 18 = 86.8.
# Year, half of the sum: W1 (85.14 + 96) / 2 = 90.57 → 90.6; W2 94.68 → 94.7; W3, W4 87.9; W5 86.4.
FIRST, SECOND, YEAR = "2026年上半年", "2026年下半年", "2026年度"
EXPECTED = {
    (FIRST, "W1"): ("85.14", "第2名"), (FIRST, "W2"): ("89.36", "第1名"),
    (FIRST, "W3"): ("87.90", "第1名"), (FIRST, "W4"): ("87.90", "第1名"), (FIRST, "W5"): ("86.00", "第3名"),
    (SECOND, "W1"): ("96.00", "第2名"), (SECOND, "W2"): ("100.00", "第1名"),
    (SECOND, "W3"): ("87.90", "第1名"), (SECOND, "W4"): ("87.90", "第1名"), (SECOND, "W5"): ("86.80", "第3名"),
    (YEAR, "W1"): ("90.60", "第2名"), (YEAR, "W2"): ("94.70", "第1名"),
    (YEAR, "W3"): ("87.90", "第1名"), (YEAR, "W4"): ("87.90", "第1名"), (YEAR, "W5"): ("86.40", "第3名"),
}  # fmt: skip


def test_months_make_half_years_and_those_the_year(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = longer(written(tmp_path, ties=True), capsys)
    assert {key: row[:2] for key, row in found.items() if key in EXPECTED} == EXPECTED


@pytest.mark.parametrize("ties", [True, False])
def test_grades_by_share_where_two_are_level(ties: bool, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Half of two is one: W2, but not where a veto is in the period; then it is W1. Half of three is one: both, or none."""
    found = longer(written(tmp_path, ties), capsys)
    best = {key for key, row in found.items() if row[2] == "优"}
    level = {(period, window) for period in (FIRST, SECOND, YEAR) for window in ("W3", "W4")} if ties else set()
    expected = {(FIRST, "W1"), (SECOND, "W2"), (YEAR, "W1"), *level}
    assert {key for key in best if key[0] in (FIRST, SECOND, YEAR)} == expected


def test_a_group_without_members_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = written(tmp_path, ties=True)
    path = folder / "files/2026-H1.json"
    data = json.loads(path.read_text(encoding="utf-8"))
    data["windows"] = [window for window in data["windows"] if window["group"] == "a"]
    path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    main(["check", str(path), "--project", str(folder)])
    assert "乙组" in capsys.readouterr().out
