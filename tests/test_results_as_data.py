"""Results as data: what the rows say is what the report says, in every format, and what is counted adds up."""

import csv
import json
import os
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, banshi

from banshi.base.writing import NotWritten, whole_stream
from banshi.output import records
from banshi.output.records import ANSWERS, DATA_FORMATS, FINDINGS, MOVES, NoParquet
from banshi.site import measured as site_measured

FAULTY = str(ROOT / "tests/cases/change/binhe-road-faulty")
DECIDING = {
    "tier": ("examples/change",),
    "attendance": ("examples/attendance/2010-02",),
    "assess": ("examples/assessment/2012-Q1.yaml",),
    "cases": ("examples/cases/yangliqu",),
    "impact": ("@2011-01-01", "@2012-01-01", "examples/change"),
}


def read(path: Path) -> list[dict[str, Any]]:
    if path.suffix == ".jsonl":
        return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    if path.suffix == ".csv":
        with open(path, encoding="utf-8", newline="") as stream:
            return list(csv.DictReader(stream))
    found: list[dict[str, Any]] = (
        pytest.importorskip("pyarrow.parquet", reason="没有 pyarrow：make spark").read_table(path).to_pylist()
    )
    return found


def written(value: Any) -> str:
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_findings_are_those_of_the_report(form: str, tmp_path: Path) -> None:
    if form == "parquet":
        pytest.importorskip("pyarrow", reason="没有 pyarrow：make spark")
    out = tmp_path / f"found.{form}"
    done = banshi("check", FAULTY, "--format", form, "-o", str(out))
    report = json.loads(banshi("check", FAULTY, "--format", "json").stdout)
    rows = read(out)
    assert done.returncode == 1 and len(rows) == len(report["findings"]) > 10
    for row, finding in zip(rows, report["findings"], strict=True):
        assert [*row] == [column.name for column in FINDINGS]
        for name in ("path", "line", "rule", "severity", "message", "fix"):
            assert written(row[name]) == str(finding[name])
        assert row["route"] == "/".join(map(str, finding["where"]))
        assert row["norms"].count("#") == len({(c["version"], c["norm"]) for c in finding["basis"] if c["norm"]})
    of_rules = [row for row in rows if row["rule"].startswith("change/")]
    assert {row["jurisdiction"] for row in of_rules} == {"luzhou"}
    assert {row["month"][:2] for row in of_rules if row["tier"]} == {"20"}


@pytest.mark.parametrize("command", DECIDING)
def test_decisions_are_written_as_data(command: str, tmp_path: Path) -> None:
    found = {}
    for form in ("jsonl", "csv"):
        out = tmp_path / f"out.{form}"
        done = banshi(command, *DECIDING[command], "--format", form, "-o", str(out))
        assert done.returncode in (0, 1), done.stderr
        found[form] = [{key: written(value) for key, value in row.items()} for row in read(out)]
        assert banshi(command, *DECIDING[command], "--format", form).stdout.encode() == out.read_bytes()
    assert found["jsonl"] == found["csv"] and found["csv"]
    columns = MOVES if command == "impact" else ANSWERS
    assert [*found["csv"][0]] == [column.name for column in columns]


def test_a_row_is_said_in_english() -> None:
    done = banshi(
        "tier", "--net", "300000", "--bid-price", "5000000", "--on", "2012-03-01", "--format", "jsonl", "--lang", "en"
    )
    row = json.loads(done.stdout)
    assert row["code"] in ("", "government") and "应走档次" not in row["question"]


def test_a_summary_adds_up(tmp_path: Path) -> None:
    report = json.loads(banshi("check", FAULTY, "--format", "json").stdout)["summary"]
    counted = json.loads(banshi("check", FAULTY, "--summary", "--format", "json").stdout)
    assert counted["severities"] == {"error": report["errors"], "warning": report["warnings"], "note": report["notes"]}
    for which in ("rule", "tier", "jurisdiction", "month"):
        sums = [
            sum(each[severity] for each in counted[f"by_{which}"].values()) for severity in ("error", "warning", "note")
        ]
        assert sums == list(counted["severities"].values())
    page = tmp_path / "summary.html"
    assert banshi("check", FAULTY, "--summary", "--format", "html", "-o", str(page)).returncode == 1
    assert page.read_text(encoding="utf-8").count("<svg") == 4
    assert "按规则\n  change/" in banshi("check", FAULTY, "--summary").stdout


def test_formats_that_make_no_sense_are_refused() -> None:
    for words in (("--summary", "--format", "csv"), ("--format", "html")):
        done = banshi("check", FAULTY, *words)
        assert (done.returncode, done.stdout) == (2, "") and "--summary" in done.stderr


def test_without_pyarrow_it_is_said_before_the_work(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def missing() -> None:
        raise NoParquet

    monkeypatch.setattr(records, "_pyarrow", missing)
    done = banshi("check", FAULTY, "--format", "parquet", "-o", str(tmp_path / "x.parquet"))
    assert done.returncode == 2 and "banshi[parquet]" in done.stderr and not os.listdir(tmp_path)


def test_columns_are_described_and_need_no_quotes_in_sql() -> None:
    reserved = {"case", "column", "where", "by", "order", "group", "from", "to", "when", "then", "end", "user"}
    for columns in (FINDINGS, ANSWERS, MOVES):
        names = [column.name for column in columns]
        assert len(set(names)) == len(names) and not reserved & set(names)
        assert all(column.title and column.about for column in columns)
    assert set(DATA_FORMATS) == set(records._WRITERS)


def test_what_does_not_end_well_leaves_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    with whole_stream(path) as stream:
        stream.write(b"first")
    with pytest.raises(ZeroDivisionError), whole_stream(path) as stream:
        stream.write(b"sec" * (1 // 0))
    assert (path.read_bytes(), os.listdir(tmp_path)) == (b"first", ["out.csv"])
    with whole_stream(path) as stream:  # it is ours, and unchanged
        stream.write(b"third")
    path.write_bytes(b"by hand")
    with pytest.raises(NotWritten), whole_stream(path) as stream:
        stream.write(b"never")
    assert path.read_bytes() == b"by hand"


def test_pages_of_columns_and_figures_are_made_of_what_is_declared(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    page = (ROOT / "site_templates/results.md.j2").read_text(encoding="utf-8")
    assert "{% for column in columns %}" in page and "{{ query.sql|safe }}" in page
    assert {column.kind for _, _, columns in site_measured.TABLES for column in columns} <= set(site_measured.TYPES)
    figures = tmp_path / "figures.json"
    monkeypatch.setattr(site_measured, "shipped", lambda _: figures)
    assert site_measured.measured() == []
    size = {"count": 10, "seconds": 1.5, "memory": 40}
    told = {
        "unit": "行",
        "day": "2026-01-01",
        "machine": "m",
        "repeat": "r",
        "sizes": [size],
        "exponent": 1.0,
        "peers": [],
    }
    figures.write_text(json.dumps({"b": told, "a": told}), encoding="utf-8")
    assert [(each.name, each.sizes[0]["seconds"]) for each in site_measured.measured()] == [("a", 1.5), ("b", 1.5)]


def test_tiers_are_summed_up(tmp_path: Path) -> None:
    source = ROOT / "examples/change/binhe-road"
    forms = json.loads(banshi("tier", str(source), "--format", "json").stdout)["decisions"]
    whole = json.loads(banshi("tier", str(source), "--summary", "--format", "json").stdout)
    assert sum(whole["outcomes"].values()) == len(forms) > 5
    for part in ("by_tier", "by_declared", "by_jurisdiction", "by_month"):
        assert sum(sum(each.values()) for each in whole[part].values()) == len(forms)
    for tier, counts in whole["by_tier"].items():
        assert sum(counts.values()) == sum(each["tier"] == tier for each in forms)
    page = tmp_path / "summary.html"
    assert banshi("tier", str(source), "--summary", "--format", "html", "-o", str(page)).returncode == 0
    assert "应走档次汇总" in page.read_text(encoding="utf-8") and "<svg" in page.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("declared", "outcome"),
    [("finance", "same"), ("full_procedure", "looser"), ("consultation", "stricter"), ("甲", "other")],
)
def test_a_tier_is_counted_by_how_it_stands_to_the_declared_one(declared: str, outcome: str, tmp_path: Path) -> None:
    form = (ROOT / "validators/change/_example.yaml").read_text(encoding="utf-8")
    path = tmp_path / "ledger.yaml"
    path.write_text(form.replace("tier: finance", f"tier: {declared}"), encoding="utf-8")
    done = banshi("tier", str(path), "--summary", "--format", "json", "--project", str(ROOT))
    counted = json.loads(done.stdout)["outcomes"]
    assert {sort: count for sort, count in counted.items() if count} == {outcome: 1}, done.stderr


def test_a_summary_of_tiers_is_asked_of_forms() -> None:
    source = str(ROOT / "examples/change/binhe-road")
    for words in (
        ("--summary", "--net", "5"),
        (source, "--summary", "--format", "csv"),
        (source, "--summary", "--format", "xlsx"),
    ):
        done = banshi("tier", *words)
        assert (done.returncode, done.stdout) == (2, "") and "--summary" in done.stderr
