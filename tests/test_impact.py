"""Impact: what was worked out by hand, and that it is nothing but deciding twice."""

import argparse
import copy
import csv
import io
import json
import random
import shutil
import tracemalloc
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, banshi, write_yaml
from test_diff_command import git
from test_since import FILE, repository

from banshi.base import limits
from banshi.base.text import Text
from banshi.checking import jobs
from banshi.checking.checker import Checker
from banshi.cli import main
from banshi.commands import impact as impact_command
from banshi.commands import impact_said
from banshi.commands.impact_said import ImpactTold
from banshi.files.reading import read
from banshi.files.report import Report
from banshi.law.decisions import Reason
from banshi.subjects.impact import kept_moves
from banshi.subjects.impact.answers import CaseAnswer, answers
from banshi.subjects.impact.comparing import Impact, Move
from banshi.subjects.impact.kept_moves import KeptMoves

__all__ = ("repository",)  # a fixture
LINJIANG = ROOT / "examples/linjiang"
with open(ROOT / "tests/data/linjiang/impact_july.csv", encoding="utf-8", newline="") as stream:
    JULY = list(csv.DictReader(stream))


def told(*words: str, cwd: Path = LINJIANG) -> dict[str, Any]:
    done = banshi("impact", *words, "--format", "json", cwd=cwd)
    assert done.returncode in (0, 1), done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_the_july_amendment_moves_what_was_worked_out_by_hand() -> None:
    found = told("@2026-06-30", "@2026-07-01", "change/riverside.yaml")
    moved = {(c["case"], c["question"]): c for c in found["changes"]}
    expected = {(row["case"], row["question"]): row for row in JULY if row["before"] != row["after"]}
    assert set(moved) == set(expected)
    for key, row in expected.items():
        assert {name: moved[key][name] for name in ("before", "after", "by")} == {
            k: row[k] for k in ("before", "after", "by")
        }
        assert moved[key]["basis"]
    assert (found["cases"], found["cases_changed"]) == (7, 2)
    assert found["unnoticed"] == []


@pytest.mark.parametrize("side", ["2026-06-30", "2026-07-01"])
def test_each_side_is_what_was_worked_out_by_hand(side: str) -> None:
    """The answers that stay too: against a law in which nothing is decided, every one moves."""
    found = told(f"@{side}", "@2025-01-01", "change/riverside.yaml")
    before = {(c["case"], c["question"]): c["before"] for c in found["changes"]}
    wanted = "before" if side == "2026-06-30" else "after"
    for row in JULY:
        if row["question"] != "查出的问题":
            assert before[row["case"], row["question"]] == row[wanted], row["working"]


def test_scores_move_by_what_was_worked_out_by_hand() -> None:
    found = told("@2026-12-31", "@2027-01-01", "assessment/2026-01.yaml")
    totals = {c["case"]: (c["before"], c["after"], c["by"]) for c in found["changes"] if c["question"] == "得分"}
    # W02: 网办 10 → 15, 环境 3 of 5 → none: 60 + 5 − 3. W13: 网办 10 − 12 → 0, and 15 − 12 = 3: 90 + 3 − 5.
    # All others: + 5 − 5; their bonus counts as before, though its days lie before the second version's first.
    assert totals == {"W02 2026-01": ("60", "62", "+2"), "W13 2026-01": ("90", "88", "−2")}


def test_a_change_that_no_case_notices_is_said(tmp_path: Path) -> None:
    before = read(LINJIANG / "policies/linjiang/change-rules/2026-01-01.yaml").document
    assert before is not None
    after = copy.deepcopy(before.data)
    norm = next(
        n for p in after["provisions"] for n in p["norms"] if n["id"] == "splitting" or n["kind"] == "splitting"
    )
    norm["within"]["value"] = 20
    write_yaml(tmp_path / "a.yaml", before.data)
    write_yaml(tmp_path / "b.yaml", after)
    found = told(str(tmp_path / "a.yaml"), str(tmp_path / "b.yaml"), "change/riverside.yaml")
    assert found["changes"] == []
    [unnoticed] = found["unnoticed"]
    assert unnoticed["norm"] == norm["id"] and "30" in unnoticed["said"][0] and "20" in unnoticed["said"][0]


def every(checker: Checker, path: Path) -> dict[Any, CaseAnswer]:
    found = (each for unit in checker.loader.units([path]) for each in checker.loader.load(unit, Report()))
    return {answer.key: answer for loaded in found for answer in answers(loaded)}


def test_lines_stream(tmp_path: Path) -> None:
    ledger = read(LINJIANG / "change/riverside.yaml").document
    assert ledger is not None
    lines = [json.dumps(_called(ledger.data, f"p{n}"), ensure_ascii=False, default=str) for n in range(40)]
    (tmp_path / "台账.jsonl").write_text("\n".join(lines), encoding="utf-8")
    found = told("@2026-06-30", "@2026-07-01", str(tmp_path / "台账.jsonl"))
    assert found["answers_changed"]["工程变更"] == 80 and found["cases_changed"] == 80


def test_however_many_processes_share_it_the_answer_is_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ledgers among scores (of which several make up a longer period), lines that are nothing, and folders."""
    monkeypatch.setattr(limits, "LINES_AT_ONCE", 3000)
    monkeypatch.setattr(jobs, "FOLDERS_AT_ONCE", 2)
    ledger = read(LINJIANG / "change/riverside.yaml").document
    score = read(LINJIANG / "assessment/2026-02.yaml").document
    assert ledger is not None and score is not None
    ledgers = [{**ledger.data, "project": {**ledger.data["project"], "name": f"{n} 号路"}} for n in range(9)]
    lines = [json.dumps(one, ensure_ascii=False, default=str) for one in (*ledgers, score.data, *ledgers[:3])]
    (tmp_path / "l.jsonl").write_text("\n".join([*lines[:4], "{", "", *lines[4:]]), encoding="utf-8")
    shutil.copytree(ROOT / "examples/change", tmp_path / "folders")
    words = ("impact", "@2026-06-30", "@2027-01-01", str(tmp_path), "--format", "json", "--jobs")
    alone = banshi(*words, "1", cwd=LINJIANG).stdout
    assert {banshi(*words, count, cwd=LINJIANG).stdout for count in ("2", "3")} == {alone}
    found = json.loads(alone)
    assert found["answers"]["工程变更"] > 100 and found["answers"]["窗口考核"] and found["cases_changed"]


def test_formats(tmp_path: Path) -> None:
    from openpyxl import load_workbook

    words = ("impact", "@2026-06-30", "@2026-07-01", "change/riverside.yaml")
    page = banshi(*words, "--format", "html", cwd=LINJIANG).stdout
    assert "<svg" in page and "重大变更" in page and "<script" not in page
    banshi(*words, "--format", "xlsx", "-o", str(tmp_path / "o.xlsx"), cwd=LINJIANG)
    rows = list(load_workbook(tmp_path / "o.xlsx")["影响"].values)
    assert any("公示截止" in row for row in rows) and len(rows) == 3 + 3
    said = banshi(*words, cwd=LINJIANG).stdout
    assert "应走档次：重大变更 → 较大变更" in said and "（早 2 天）" in said


@pytest.mark.parametrize("sides", [("main~1", "main"), ("main", "main~1")], ids=" → ".join)
def test_a_revision_that_cannot_be_read_is_named_as_git_names_it(
    sides: tuple[str, str], repository: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Not by the folder into which its files were laid for this run; nothing is advised that cannot be done."""
    sound = (repository / FILE).read_bytes()
    for text in (b"kind: policy\n  broken: [\n", sound):
        (repository / FILE).write_bytes(text)
        git(repository, "commit", "-qam", "another")
    shutil.copy(LINJIANG / "change/riverside.yaml", repository)
    monkeypatch.chdir(repository)
    assert main(["impact", *sides, "riverside.yaml"]) in (1, 2)
    said = "".join(capsys.readouterr())
    assert "main~1:policies/linjiang/change-rules" in said and "第 2 行" in said
    assert "/banshi-" not in said and "banshi check" not in said


def move(number: int) -> Move:
    reason = Reason(Text(f"因{number}", f"why {number}"))
    both = (
        CaseAnswer("工程变更", "a.yaml", f"甲 {number}", "应走档次", value, amount=Decimal(number), reasons=(reason,))
        for value in ("较大", f"重大{number}")
    )
    return Move(*both)


@pytest.mark.parametrize("many", [0, 1, kept_moves._BLOCK - 1, kept_moves._BLOCK, 2 * kept_moves._BLOCK + 3])
def test_moves_on_the_disk_are_what_was_put_there(many: int) -> None:
    every, kept = [move(number) for number in range(many)], KeptMoves()
    kept.extend(every)
    assert (list(kept), kept[:7], kept[-3:], len(kept)) == (every, every[:7], every[-3:], many)
    assert all(kept[number] == every[number] for number in random.Random(1).choices(range(many), k=min(many, 9)))


def test_every_move_is_written_however_many(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """JSON and rows whole; a workbook goes on in a second sheet where one is full; lines, pages and pictures count the rest."""
    from openpyxl import load_workbook

    from banshi.output import section_book, workbooks

    monkeypatch.chdir(LINJIANG)
    ledger = read(LINJIANG / "change/riverside.yaml").document
    assert ledger is not None
    lines = [json.dumps(_called(ledger.data, f"p{n}"), ensure_ascii=False, default=str) for n in range(40)]
    (tmp_path / "l.jsonl").write_text("\n".join(lines), encoding="utf-8")
    monkeypatch.setattr(kept_moves, "_BLOCK", 7)
    made: list[ImpactTold] = []
    with monkeypatch.context() as caught:
        caught.setattr(impact_command, "_written", lambda told, _: made.append(told) or 0)
        assert main(["impact", "@2026-06-30", "@2026-07-01", str(tmp_path / "l.jsonl")]) == 0

    def written(form: str, name: str | None = None) -> bytes:
        output = tmp_path / name if name else None
        options = argparse.Namespace(format=form, lang="zh", output=output, force=True)
        assert impact_command._written(made[0], options) == 0
        return output.read_bytes() if output else b""

    found = json.loads(written("json", "o.json"))
    assert written("json", "o.json").decode() == json.dumps(found, ensure_ascii=False, indent=2) + "\n"
    written("json")
    assert capsys.readouterr().out.encode() == written("json", "o.json")
    assert len(found["changes"]) == sum(found["answers_changed"].values()) == 120
    assert written("jsonl", "o.jsonl").count(b"\n") == 120
    assert all("另有 20 项没有列出" in written(form, form).decode() for form in ("text", "markdown", "html"))
    rows = {}
    monkeypatch.setattr(workbooks, "MOST_ROWS", 100)
    for large in (10**9, 5):
        monkeypatch.setattr(section_book, "_LARGE", large)
        book = load_workbook(io.BytesIO(written("xlsx", "o.xlsx")))
        rows[large] = [list(sheet.values) for sheet in book.worksheets if sheet.title.startswith("影响")]
    assert rows[5] == rows[10**9] and len(rows[5]) == 2
    cases = [row[2] for sheet in rows[5] for row in sheet if row[0] in found["answers"]]
    assert cases == [each["case"] for each in found["changes"]]


def test_a_sub_item_is_called_by_its_article_and_what_moved_it_is_named() -> None:
    """Both laws say the same of a mark but for its full marks: the provision is told all the same."""
    words = ("@2026-12-31", "@2027-01-01", "assessment/2026-01.yaml")
    moved = {(each["case"], each["question"]): each for each in told(*words)["changes"]}
    online = moved["W01 2026-01", "第七条 网办"]
    assert (online["before"], online["after"], online["by"]) == ("10", "15", "+5")
    assert "临政服〔2026〕18号" in online["basis"]
    assert moved["W01 2026-01", "第八条 环境"]["after"] == "（没有）"
    said = banshi("impact", *words, cwd=LINJIANG).stdout
    assert "第七条 网办：10 → 15（+5）" in said and "online" not in said
    assert "  现在 · 满分 15 分（临政服〔2026〕2号 第七条（经临政服〔2026〕18号" in said


def test_a_workbook_longer_than_memory_is_written_as_it_comes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows of 6 MB that cannot be packed much smaller: less than half of that is ever held, and the same rows come out."""
    from openpyxl import load_workbook

    from banshi.output import section_book
    from banshi.output.sections import MadeRows, Printout, SectionColumn, TableSection

    def row(number: int) -> list[str]:
        chosen = random.Random(number)
        return [f"{chosen.getrandbits(4000):x}", f"{chosen.getrandbits(4000):x}"]

    monkeypatch.setattr(section_book, "_LARGE", 100)
    columns = [SectionColumn(Text(name, name)) for name in "甲乙"]
    table = TableSection(Text("表", "table"), columns, MadeRows(3000, row))
    printout = Printout("题目", Text("题目", "title"), sections=[table])
    path = tmp_path / "o.xlsx"
    section_book.in_book(printout, "zh")  # what is loaded once is not counted
    tracemalloc.start()
    with path.open("wb") as stream:
        section_book.book_into(stream, printout, "zh")
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert path.stat().st_size > 3_000_000 > most
    assert path.read_bytes() == section_book.in_book(printout, "zh")
    cells = list(load_workbook(path, read_only=True)["表"].iter_rows(values_only=True))
    assert [list(each) for each in cells[2:]] == [row(number) for number in range(3000)]


def test_what_a_picture_leaves_out_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(impact_said, "_BARS", 2)
    found = Impact()
    for number in range(4):
        found.flows["应走档次", f"{number} 档", "甲"] += 3
    section = impact_said._drawn(found, "zh")
    assert section.note.zh == "另有 6 项改变没有画出" and len(section.pictures) == 1
    monkeypatch.setattr(impact_said, "_BARS", 4)
    assert not impact_said._drawn(found, "zh").note


def _called(ledger: dict[str, Any], name: str) -> dict[str, Any]:
    """The same ledger of another project."""
    one = copy.deepcopy(ledger)
    one["project"] |= {"id": name, "name": name}
    for change in one["changes"]:
        change["project"] = name
    return one


def test_nothing_to_decide_is_said(tmp_path: Path) -> None:
    done = banshi("impact", "@2026-06-30", "@2026-07-01", "policies/linjiang/change-rules", cwd=LINJIANG)
    assert done.returncode == 2 and "没有读到" in done.stderr


# projects told twice


def test_as_many_other_findings_are_no_difference_in_number() -> None:
    one, other = (
        CaseAnswer("校验", "a.yaml", "x", "查出的问题", said, amount=Decimal(1)) for said in ("甲不符", "乙不符")
    )
    assert Move(one, other).by == ""
    assert Move(one, CaseAnswer("校验", "a.yaml", "x", "查出的问题", "丙", amount=Decimal(3))).by == "+2"


def test_a_factor_of_attendance_is_called_by_what_it_counts(tmp_path: Path) -> None:
    """With its provision, in words; whatever its norm is called on one side, another factor of the article does not move."""
    text = (ROOT / "policies/luzhou/attendance/2009-12-01.yaml").read_text(encoding="utf-8")
    at = text.index("- id: month-days")
    later = text[:at] + text[at:].replace("lower: {value: 5,", "lower: {value: 0.5,", 1)
    for name, content in (("a", text), ("b", later)):
        (tmp_path / f"{name}.yaml").write_text(content, encoding="utf-8")
    found = told(str(tmp_path / "a.yaml"), str(tmp_path / "b.yaml"), "examples/attendance/2010-02", cwd=ROOT)
    moves = [change for change in found["changes"] if change["subject"] == "考勤"]
    assert {(m["question"], m["before"], m["after"]) for m in moves} == {
        ("考核因素 第十七条 病假、事假天数", "否", "是")
    }
    assert not any("month-days" in json.dumps(m["question"]) for m in moves)


def test_each_subject_moves_by_what_was_worked_out_by_hand(tmp_path: Path) -> None:
    """One figure changed for each: 61 % of cases rated, promises of 35 %, five minutes of grace, a whole point for lateness.

    住建 has nine of ten items within 40 % (one of exactly that), eight within 35 %; 12 of 20 and 42 of 70 cases are 60 %,
    120 of 199 are 60.3 %; one of the staff came at 08:40; windows were late 1.5, 3 times and once.
    """
    other = tmp_path / "other"
    shutil.copytree(ROOT / "examples/linjiang", other)
    for name, old, new in (
        ("case-targets", "lower: {value: 60,", "lower: {value: 61,"),
        ("case-targets", "each: {upper: {value: 40,", "each: {upper: {value: 35,"),
        ("window-assessment", "points: 0.5\n", "points: 1\n"),
        ("leave-and-hours", "grace: {value: 10,", "grace: {value: 5,"),
    ):
        file = other / f"policies/linjiang/{name}/2026-01-01.yaml"
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new, 1), encoding="utf-8")
    own = ROOT / "examples/linjiang"
    register = ROOT / "tests/data/linjiang/attendance/register.yaml"
    words = (str(own), str(other), "catalogue", "assessment", "cases", "change", str(register), "--format", "json")
    told = json.loads(banshi("impact", *words, cwd=own).stdout)
    moved = {
        (m["path"].rpartition("/")[2], m["case"], m["question"]): (m["before"], m["after"]) for m in told["changes"]
    }
    scores = {key[:2]: value for key, value in moved.items() if key[2] == "得分"}
    assert scores == {
        ("2026-01.yaml", "W01 2026-01"): ("101.25", "100.5"),  # 1.5 times
        ("2026-02.yaml", "W02 2026-02"): ("98.5", "97"),  # three times
        ("2026-03.yaml", "W03 2026-03"): ("99.5", "99"),  # once; W02 in January has a veto, and no marks left to lose
        ("assessment", "W01 2026-Q1"): ("98.98", "98.75"),  # 89.25 + 9.5
        ("assessment", "W02 2026-Q1"): ("85.55", "85.1"),
        ("assessment", "W03 2026-Q1"): ("98.98", "98.83"),
    }
    assert moved["assessment", "W01 2026-Q1", "名次"] == ("1", "2")
    assert moved["assessment", "W01 2026-Q1", "等次"] == ("优秀", "合格")
    targets = {key[1] for key in moved if key[2] == "指标"}
    assert {each.removeprefix("evaluation ").removesuffix("、非跨省通办") for each in targets} == {
        "住建、2026-01",
        "社保、2026-01",
        "住建、2026-Q1",
    }
    assert moved["register.yaml", "D01 2026-05", "正常天数"] == ("1", "0")
    [limits] = [value for key, value in moved.items() if key[0] == "目录.yaml"]
    assert ["2 处" in limits[0], "3 处" in limits[1]] == [True, True]
    assert told["answers"]["工程变更"] and "工程变更" not in told["answers_changed"]


def test_an_amendment_that_no_case_notices_is_said_norm_by_norm(tmp_path: Path) -> None:
    """As a pull request compares folders: the amending instrument itself holds no norm."""
    sides = []
    for name in ("before", "after"):
        shutil.copytree(ROOT / "examples/linjiang", tmp_path / name)
        sides.append(str(tmp_path / name))
    shutil.rmtree(tmp_path / "before/policies/linjiang/change-rules-amended")
    own = tmp_path / "after"
    told = json.loads(banshi("impact", *sides, "cases", "--format", "json", cwd=own).stdout)
    said = " ".join(map(str, told["unnoticed"]))
    assert not told["changes"] and "30万元改为50万元" in said and "7个工作日缩短为5个工作日" in said
    form = own / "change/riverside.yaml"  # its third change, of 400,000, as filed in July
    form.write_text(form.read_text("utf-8").replace("filed_on: 2026-04-13", "filed_on: 2026-07-03"), "utf-8")
    moved = json.loads(banshi("impact", *sides, "change", "--format", "json", cwd=own).stdout)
    assert moved["changes"] and "30万元改为50万元" not in " ".join(map(str, moved["unnoticed"]))
