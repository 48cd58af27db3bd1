"""The kinds of norms are wide enough: a small rulebook for each thing that rulebooks say, with results worked out by hand.

As a stranger writes them: words of their own, the starters' fields, scenarios that ``banshi test`` runs. A rulebook must be
sound, and every scenario come out. By default a part of them; ``make long`` takes all.
"""

import datetime
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, banshi
from lengths import longer, some

from banshi.checking.checker import Checker
from banshi.files.findings import Severity
from banshi.files.reading import read
from banshi.subjects.scenarios.loading import to_scenarios
from banshi.subjects.scenarios.trying import tried

GOVERNS = {"change": "change", "attendance": "attendance", "assessment": "assessment", "cases": "parallel"}


def written(path: Path) -> Any:
    document = read(path).document
    assert document is not None
    return document.data


def every_clause() -> Iterator[tuple[str, dict[str, Any]]]:
    """Each clause that is written down, and those of the measures of cases, with the subject of each."""
    for subject in GOVERNS:
        yield from ((subject, clause) for clause in written(ROOT / f"tests/data/clauses/{subject}.yaml"))
    yield from (("cases", clause) for measure in MEASURED for clause in of_measure(measure))


def clauses() -> list[Any]:
    found = [pytest.param(subject, clause, id=f"{subject}: {clause['clause']}") for subject, clause in every_clause()]
    return some(found, 10)


# What a case states that a measure counts, and one that it does not; and what one that is not finished yet states.
MEASURED: dict[str, tuple[dict[str, Any], dict[str, Any], dict[str, Any]]] = {
    "on_time_rate": ({"finished_on": "2026-03-05"}, {"finished_on": "2026-03-25"}, {}),  # after the promised day, the statutory one
    "overdue_cases": ({"finished_on": "2026-03-05"}, {"finished_on": "2026-03-25"}, {}),
    "evaluation_rate": ({}, {"evaluation": "未评价"}, {}),
    "satisfaction_rate": ({}, {"evaluation": "不满意"}, {}),
    "on_site_rate": ({}, {"on_site": False}, {}),
    "recorded_rate": ({}, {"system": "none"}, {"system": "none"}),
    "parallel_share": ({}, {"parallel": False}, {"parallel": False}),
    "handled_in_system": ({}, {"system": "其他网"}, {"system": "其他网"}),
}  # fmt: skip
LOGGED = {
    "evaluations": {"well": {"name": "满意", "good": True}, "ill": {"name": "不满意", "good": False}},
    "case_systems": {"net": {"name": "政务网"}, "rest": {"name": "其他网"}},
}
CASE = {
    "kind": "承诺件", "department": "甲", "window": "一号", "accepted_on": "2026-03-02", "due_on": "2026-03-04", "statutory_due_on": "2026-03-20",
    "finished_on": "2026-03-03", "evaluation": "满意", "on_site": True, "system": "政务网", "parallel": True,
}  # fmt: skip


def of_measure(measure: str) -> Iterator[dict[str, Any]]:
    """A target of a measure by department, with all that may narrow it; and one by month, where some months have few cases."""
    good, bad, begun = MEASURED[measure]
    late, whole = (
        measure in ("on_time_rate", "overdue_cases"),
        measure in ("recorded_rate", "parallel_share", "handled_in_system"),
    )
    asked = {
        "id": "a",
        "kind": "target",
        "measure": measure,
        "cases": ["slow"],
        **({"against": "statutory"} if late else {}),
    }
    asked |= {"system": {"value": "net", "name": "政务网"}} if measure == "handled_in_system" else {}

    def rows(times: int, what: dict[str, Any], **but: Any) -> dict[str, Any]:
        return {**CASE, **what, **but, "times": times}

    # 甲 of the month: two good ones, a bad one, three that are not finished; then bad ones that the target does not speak of.
    open_ones = {
        key: value for key, value in rows(3, begun).items() if key not in ("finished_on", "evaluation", "on_site")
    }
    log = [
        rows(2, good), rows(1, bad), open_ones, rows(2, bad, window="二号"), rows(2, bad, kind="即办件"),
        rows(2, bad, accepted_on="2026-01-05", due_on="2026-01-07", statutory_due_on="2026-01-20"), rows(5, bad, department="丙"),
    ]  # fmt: skip
    if measure == "overdue_cases":
        bound, value = {"upper": {"value": 4, "inclusive": True}, "unit": "件"}, 4
        more, nothing = {}, []
    else:  # of what is finished 2 of 3, of all 2 of 6: rounded up to whole per cent
        least, of = (67, "finished") if whole else (34, "all")
        bound, value = {"lower": {"value": least, "inclusive": True}, "unit": "%"}, f"{least}%"
        more = {"rounding": {"digits": 0, "mode": "up"}, "zero_denominator": "full", "of": of}
        nothing = [{"target": "a", "group": "乙", "verdict": "达到"}]
    yield {
        "clause": f"{measure}，按部门",
        "more": LOGGED,
        "norms": [{
            **asked, **more, "statement": "原则上{bound}", "soft": True, "bound": bound, "by": ["department"],
            "where": {"windows": ["一号"]}, "holds_from": "2026-02-01",
        }, {"id": "b", "kind": "target", "statement": "{bound}", "measure": "on_time_rate", "cases": ["quick"], "bound": {"lower": {"value": 1, "inclusive": True}, "unit": "%"}}],
        "scenarios": [{
            "cases": {"departments": ["甲", "乙", "丙"], "as_of": "2026-04-30", "rows": log},
            "expect": {"targets": [
                {"target": "a", "group": "甲", "value": value, "verdict": "达到"}, *nothing,
                {"target": "a", "group": "丙", "verdict": "软目标未达到（提示）"},
            ]},
        }],
    }  # fmt: skip
    # One case of February is too few: the quarter holds four, of which one is bad, or two that are late.
    of_february = {
        "accepted_on": "2026-02-02",
        "due_on": "2026-02-04",
        "statutory_due_on": "2026-02-20",
        "finished_on": "2026-02-03",
    }
    if measure == "overdue_cases":
        bound = {"upper": {"value": 1, "inclusive": True}, "unit": "件"}
        february = rows(1, {}, **{**of_february, "finished_on": "2026-02-27"})
        month, quarter = (1, "达到"), (2, "未达到")
    else:
        bound = {"lower": {"value": 70, "inclusive": True}, "unit": "%"}
        february, month, quarter = (
            rows(1, {}, **of_february),
            ("66.66%", "未达到"),
            ("75%", "达到"),
        )  # never shown as more
    yield {
        "clause": f"{measure}，按月，件太少的看整个季度",
        "more": LOGGED,
        "norms": [{**asked, "statement": "{bound}", "bound": bound, "by": ["month"], "at_least_cases": 3, "too_few": "quarter"}],
        "scenarios": [{
            "cases": {"as_of": "2026-04-30", "rows": [february, rows(2, good), rows(1, bad)]},
            "expect": {"targets": [
                {"target": "a", "group": group, "value": value, "verdict": verdict}
                for group, (value, verdict) in (("2026-03", month), ("2026-Q1", quarter))
            ]},
        }],
    }  # fmt: skip


# Words that a rulebook may use; of those that must be used only the used ones are declared.
WORDS: dict[str, dict[str, dict[str, Any]]] = {
    "tiers": {own: {"name": name} for own, name in zip(("tiny", "small", "middle", "large", "huge"), ("微", "小", "中", "大", "特大"), strict=True)},
    "steps": {"look": {"name": "初审"}, "weigh": {"name": "财政审核"}, "grant": {"name": "批准"}},
    "criteria": {"height": {"name": "改变高度"}},
    "classes": {"slight": {"name": "一般"}, "serious": {"name": "较大"}, "grave": {"name": "重大"}},
    "pause_reasons": {"mending": {"name": "补正"}, "hearing": {"name": "听证"}},
    "staff_groups": {"clerk": {"name": "柜员", "at_windows": True}, "guard": {"name": "保安", "at_windows": False}},
    "shifts": {"dusk": {"name": "晚班"}, "dawn": {"name": "早班"}},
    "leave_kinds": {"own": {"name": "私事"}, "ill": {"name": "生病"}, "rest": {"name": "年假"}},
    "case_kinds": {"quick": {"name": "即办件"}, "slow": {"name": "承诺件"}},
}  # fmt: skip
OFFICES = {
    "owner": {"name": "业主", "field": "owner"},
    "competent": {"name": "主管部门", "field": "competent_authority"},
    "finance": {"name": "财政部门", "recognised": ["财政"]},
    "clerk": {"name": "柜员"},
    "guard": {"name": "保安"},
    "head": {"name": "科长"},
    "chief": {"name": "主任"},
}
PROJECT = {
    "kind": "project", "id": "p", "name": "样例工程（虚构）", "jurisdiction": "stranger", "level": "city", "owner": "甲公司",
    "competent_authority": "甲局", "industry_authority": "甲局", "approval_authority": "乙局", "designer": "丙院", "supervisor": "丁公司",
    "contractor": "戊公司", "funding": {"sources": ["fiscal"], "government_controlled": True},
    "contract": {"number": "一号", "signed_on": "2026-01-05", "bid_price": "1000.00", "includes_provisional_sum": False, "review_price": "1200.00"},
}  # fmt: skip
CHANGE = {
    "kind": "change", "number": "一", "project": "p", "sequence": 1, "filed_on": "2026-03-02", "type": "其他", "reason": "加宽。", "cause": "地质",
    "major_design_change": {"is_major": False}, "tier": "small", "status": "submitted",
    "items": [{"item": "1", "name": "路面", "unit": "m", "quantity_before": 0, "quantity_after": 1, "unit_price": "10.00",
               "pricing_basis": "agreed", "increase": "10.00", "decrease": 0}],
    "amounts": {"increase": "10.00", "decrease": 0, "net": "10.00", "cumulative_before": 0, "cumulative": "10.00"},
    "consultation": [{"party": "owner", "conclusion": "同意", "signed_on": "2026-03-01"}], "opinions": [], "attachments": [{"kind": "图", "file": "a.pdf"}],
}  # fmt: skip


def rulebook(subject: str, clause: dict[str, Any]) -> dict[str, Any]:
    """The clause as an instrument of a city of no name."""
    norms = [{"id": f"n{n}", "statement": "见原文。", **norm} for n, norm in enumerate(clause["norms"])]
    used = json.dumps([norms, clause.get("more", {})], ensure_ascii=False, default=str)
    words = {table: {own: w for own, w in each.items() if f'"{own}"' in used} for table, each in WORDS.items()}
    return {
        "kind": "policy",
        "instrument": f"stranger/{subject}",
        "version": "2026-01-01",
        "title": "某市规定（虚构）",
        "jurisdiction": "stranger",
        "jurisdiction_name": "某市（虚构）",
        "subject": "样例",
        "governs": [GOVERNS[subject]],
        "dates": {"issued": "2026-01-01", "in_force": "2026-01-01", "known": "2026-01-01"},
        "status": "in_force",
        "validity": "unverified",
        "normative": True,
        "source": {"note": "虚构"},
        "offices": OFFICES,
        "papers": {"face": {"name": "人脸"}},
        **{table: each for table, each in words.items() if each},
        **({"staff_groups": WORDS["staff_groups"]} if subject == "attendance" else {}),
        **clause.get("more", {}),
        "provisions": [{"id": "1", "label": "一", "heading": "一", "source": {"note": "虚构"}, "norms": norms}],
    }


def scenario(given: dict[str, Any]) -> dict[str, Any]:
    """As it stands in a file; ``change`` is laid over a sound filing."""
    if "change" not in given:
        return {"name": "一", **({"on": "2026-03-02"} if "tier" in given else {}), **given}
    filing = {"kind": "ledger", "fictional": True, "project": PROJECT, "changes": [{**CHANGE, **given["change"]}]}
    return {"name": "一", "filing": filing, "expect": given["expect"]}


def write(path: Path, data: Any) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(data, ensure_ascii=False, default=str), encoding="utf-8")
    return path


def calendar(days: list[datetime.date], working: list[datetime.date]) -> dict[str, Any]:
    off = [{"name": "本地节日", "from": day, "to": day} for day in days]
    notice = {
        "number": None,
        "title": "放假安排（虚构）",
        "issued": "2025-12-05",
        "known": "2025-12-05",
        "confirmed": False,
    }
    head = {"kind": "working-days", "year": 2026, "title": "放假安排（虚构）", "jurisdiction": "stranger"}
    return {**head, "notices": [{**notice, "days_off": off, "working": working}]}


def register(leave: list[dict[str, Any]]) -> dict[str, Any]:
    """A year of one person with these leaves, each in order."""
    order = {
        "staff": "A",
        "form": "written",
        "approver": "科长",
        "requested_at": "2026-01-05 09:00",
        "approved_at": "2026-01-05 10:00",
    }
    head = {
        "kind": "attendance",
        "fictional": True,
        "jurisdiction": "stranger",
        "centre": "某中心",
        "from": "2026-01-01",
        "to": "2026-12-31",
    }
    staff = [{"id": "A", "group": "柜员", "window": "W"}]
    windows = [{"id": "W", "name": "一号", "on_duty": 2}]
    return {**head, "windows": windows, "staff": staff, "leave": [{**order, **each} for each in leave]}


@longer
@pytest.mark.parametrize(("subject", "clause"), clauses())
def test_a_clause_comes_to_what_was_worked_out_by_hand(tmp_path: Path, subject: str, clause: dict[str, Any]) -> None:
    (tmp_path / "banshi.toml").write_text(
        'name = "某中心"\njurisdiction = "stranger"\nlevel = "city"\n', encoding="utf-8"
    )
    book = rulebook(subject, clause)
    rules = write(tmp_path / f"policies/stranger/{subject}/{book['version']}.yaml", book)
    if "days_off" in clause:
        write(
            tmp_path / "policies/stranger/working-days/2026.yaml",
            calendar(clause["days_off"], clause.get("working", [])),
        )
    checker = Checker(tmp_path)
    assert wrong(checker, rules) == []
    for n, each in enumerate(clause.get("registers", [])):
        filed = write(tmp_path / f"registers/{n}.yaml", register(each["leave"]))
        assert [rule for rule, _ in wrong(checker, filed)] == each["expect"]
    for n, each in enumerate(clause.get("documents", [])):
        filed = write(tmp_path / f"filed/{n}.yaml", each["document"])
        assert [f.rule for f in checker.check([filed]).findings] == each["expect"]
    if "log" in clause:
        assert facts_of(tmp_path, clause["log"]) == clause["log"]["facts"]
    if "scenarios" in clause:
        head = {"kind": "scenario", "fictional": True, "jurisdiction": "stranger"}
        data = {**head, "scenarios": [scenario(each) for each in clause["scenarios"]]}
        come_out(checker, write(tmp_path / "tests/s.yaml", data), len(clause["scenarios"]))


def facts_of(folder: Path, log: dict[str, Any]) -> Any:
    """What ``banshi cases`` writes of a log for the assessment of its only window."""
    head = {"kind": "cases", "fictional": True, "jurisdiction": "stranger", "centre": "某中心", "level": "city"}
    filed = write(folder / "logs/0.yaml", {**head, "as_of": "2026-04-30", "cases": log["rows"]})
    asked = ("cases", str(filed), "--assessment", str(folder / "facts.yaml"), "--period", log["period"], "--force")
    assert banshi(*asked, cwd=folder).returncode == 0
    return written(folder / "facts.yaml")["windows"][0]["facts"]


def wrong(checker: Checker, path: Path) -> list[tuple[str, str]]:
    """What is found that is more than a note."""
    return [(f.rule, f.message.zh) for f in checker.check([path]).findings if f.severity is not Severity.NOTE]


def come_out(checker: Checker, path: Path, many: int) -> None:
    """Every scenario of a sound file."""
    assert wrong(checker, path) == []
    document = read(path).document
    assert document is not None
    outcomes = list(tried(document, to_scenarios(document.data), checker))
    assert len(outcomes) == many
    for outcome in outcomes:
        assert outcome.expected == outcome.found, [reason.text.zh for reason in outcome.reasons]
