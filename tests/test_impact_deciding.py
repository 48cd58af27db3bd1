"""What both laws decide alike is decided once: the same answers as by deciding twice."""

import copy
import datetime
import json
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from conftest import ROOT, write_yaml
from lengths import LONG, longer
from test_impact import LINJIANG, every, told

from banshi.checking.checker import Checker
from banshi.files.reading import read
from banshi.files.report import Report
from banshi.law.version_files import to_version
from banshi.subjects.impact.answers import CaseAnswer
from banshi.subjects.impact.comparing import Impact, impact
from banshi.subjects.impact.deciding import DecidingTwice, Second, decided
from banshi.subjects.impact.supposing import Supposed


@pytest.mark.parametrize(
    ("edit", "path"),
    [
        (("change-rules", "value: 30,", "value: 45,"), "change/riverside.yaml"),
        (
            ("change-rules", "length: {value: 5, unit: 工作日}", "length: {value: 4, unit: 工作日}"),
            "change/riverside.yaml",
        ),
        (("window-assessment", "points: 2", "points: 3"), "assessment/2026-02.yaml"),
        (("case-targets", "value: 97.5", "value: 99.9"), "cases"),
        (("leave-and-hours", "grace: {value: 10, unit: 分钟}", "grace: {value: 1, unit: 分钟}"), "attendance"),
    ],
)
def test_it_is_deciding_twice(edit: tuple[str, str, str], path: str, tmp_path: Path) -> None:
    sides = []
    for side in ("a", "b"):
        shutil.copytree(LINJIANG, tmp_path / side)
        sides.append(tmp_path / side)
    shutil.copytree(ROOT / "tests/data/linjiang/attendance", tmp_path / "a/attendance")
    instrument, old, new = edit
    file = sides[1] / f"policies/linjiang/{instrument}/2026-01-01.yaml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")
    case = sides[0] / path
    before, after = (every(Checker(side), case) for side in sides)
    differing = {
        key
        for key in (*before, *after)
        if before.get(key) is None or after.get(key) is None or not before[key].agrees(after[key])
    }
    checkers = Checker(sides[0]), Checker(sides[1])
    found = impact(checkers, Checker(sides[0]).loader.units([case]), lambda _: None)
    moved = {move.answer.key for move in found.moves if move.answer.question != "查出的问题"}
    assert moved == differing and moved
    for move in found.moves:
        if move.answer.key in before and move.before:
            assert move.before.value == before[move.answer.key].value
    nothing: Impact = impact((checkers[0], Checker(sides[0])), Checker(sides[0]).loader.units([case]), lambda _: None)
    assert not nothing.moves and sum(nothing.answers.values()) == sum(found.answers.values())


def naive(checkers: tuple[Checker, Checker], path: Path) -> tuple[list[CaseAnswer], list[CaseAnswer]]:
    """Everything loaded and decided under each law by itself."""
    found: tuple[list[CaseAnswer], list[CaseAnswer]] = [], []
    for checker, own in zip(checkers, found, strict=True):
        for unit in checker.loader.units([path]):
            for number, loaded in enumerate(checker.loader.load(unit, Report())):
                own.extend(decided(checker, loaded, str(number)))
    return found


def by_deciding_once(checkers: tuple[Checker, Checker], path: Path) -> tuple[list[CaseAnswer], list[CaseAnswer]]:
    found: tuple[list[CaseAnswer], list[CaseAnswer]] = [], []
    deciding = DecidingTwice(checkers)
    for unit in checkers[0].loader.units([path]):
        second = Second(checkers[1], unit, Report())
        for number, loaded in enumerate(checkers[0].loader.load(unit, Report())):
            both = deciding.both(loaded, second.of(number, loaded), str(number))
            for own, answers_of in zip(found, both, strict=True):
                own.extend(answers_of)
    return found


def laws(*days: str) -> tuple[Checker, Checker]:
    one, other = (Checker(LINJIANG) for _ in days)
    for checker, on in zip((one, other), days, strict=True):
        checker.loader.library = Supposed(checker.loader.library.folders, day=datetime.date.fromisoformat(on))
    return one, other


def test_what_is_decided_once_is_what_would_be_decided_each_time(tmp_path: Path) -> None:
    """Ledgers that differ in names alone, in a figure, in an id that does not match; names that hold one another."""
    ledger = read(LINJIANG / "change/riverside.yaml").document
    assert ledger is not None
    lines = []
    for number, (name, own, price) in enumerate(
        [
            ("p1", "p1", None),
            ("p10", "p10", None),
            ("p1 号路", "p10 号路", None),
            ("p1", "p1", "9000000"),
            ("甲", "乙", None),
        ]
    ):
        one = copy.deepcopy(ledger.data)
        one["project"] |= {"id": f"q{number}", "name": name}
        for change in one["changes"]:
            change["project"] = f"q{number}" if own == name else "q999"
        if price:
            one["project"]["contract"]["bid_price"] = price
        lines.append(json.dumps(one, ensure_ascii=False, default=str))
    (tmp_path / "l.jsonl").write_text("\n".join(lines), encoding="utf-8")
    for days in (("2026-06-30", "2026-07-01"), ("2026-07-01", "2026-07-02"), ("2025-01-01", "2026-07-01")):
        once, each = by_deciding_once(laws(*days), tmp_path / "l.jsonl"), naive(laws(*days), tmp_path / "l.jsonl")
        assert once == each and once[0]


def test_where_both_laws_say_the_same_it_is_decided_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """2027 changes hours and scores, not changes: ledgers are decided once, registers twice."""
    checkers = laws("2026-12-31", "2027-01-01")
    held: list[Checker] = []
    hold = Checker.hold
    monkeypatch.setattr(Checker, "hold", lambda self, *a, **k: (held.append(self), hold(self, *a, **k))[1])
    once = by_deciding_once(checkers, LINJIANG / "change/riverside.yaml")
    assert held == [checkers[0]] and once == naive(laws("2026-12-31", "2027-01-01"), LINJIANG / "change/riverside.yaml")
    registers = ROOT / "tests/data/linjiang/attendance"
    held.clear()
    once = by_deciding_once(checkers, registers)
    assert set(held) == set(checkers) and once == naive(laws("2026-12-31", "2027-01-01"), registers)


def ledgers_apart() -> list[dict[str, Any]]:
    """Each form of the project as a ledger of its own: they read different norms."""
    ledger = read(LINJIANG / "change/riverside.yaml").document
    assert ledger is not None
    return [{**ledger.data, "changes": [change]} for change in ledger.data["changes"]]


def edits(data: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """A law with each of its norms taken away, and with each of their fields made another, in turn."""
    for p, provision in enumerate(data["provisions"]):
        for n, norm in enumerate(provision["norms"]):
            for field in (None, *(key for key in norm if key not in ("id", "kind", "statement"))):
                made = copy.deepcopy(data)
                norms = made["provisions"][p]["norms"]
                if field is None:
                    del norms[n]
                else:
                    norms[n][field] = another(norm[field])
                yield f"{norm['id']} {field}", made


def another(value: Any) -> Any:
    """Another value of the same shape."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + 1
    if isinstance(value, str) and value.replace(".", "").isdigit():
        return str(int(float(value)) + 1)
    if isinstance(value, dict):
        return {key: another(each) for key, each in value.items()}
    return value[1:] if isinstance(value, list) else value


@longer
def test_what_reads_nothing_that_changed_is_decided_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is changed in a law: the same as deciding twice; and a good part is decided once alone."""
    path = tmp_path / "l.jsonl"
    path.write_text("\n".join(json.dumps(one, ensure_ascii=False, default=str) for one in ledgers_apart()), "utf-8")
    checkers, held, moved = laws("2026-06-30", "2026-06-30"), Counter[bool](), 0
    folders = checkers[0].loader.library.folders
    law = read(LINJIANG / "policies/linjiang/change-rules/2026-01-01.yaml").document
    assert law is not None
    before, hold = to_version(law.data), Checker.hold
    for what, data in list(edits(law.data))[:: 3 if LONG else 5]:
        try:
            after = to_version(data)
        except msgspec.ValidationError:
            continue  # no law at all
        for checker, text in zip(checkers, (before, after), strict=True):
            checker.loader.library = Supposed(folders, versions={before.instrument: text})
        each = naive(checkers, path)
        with monkeypatch.context() as patched:
            patched.setattr(Checker, "hold", lambda s, *a, **k: (held.update([s is checkers[0]]), hold(s, *a, **k)))
            once = by_deciding_once(checkers, path)
        for mine, theirs in zip(once, each, strict=True):
            assert [(a.key, a.code or a.value) for a in mine] == [(a.key, a.code or a.value) for a in theirs], what
        moved += any(not one.agrees(other) for one, other in zip(*each, strict=False))
    assert moved > (5 if LONG else 1) and held[False] < held[True] * 0.8


def test_parallel_cases_are_decided_too(tmp_path: Path) -> None:
    """With a limit of two working days for handling as one, an extension no longer suffices; the plan stays."""
    law = read(ROOT / "policies/cn/administrative-licensing/2004-07-01.yaml").document
    assert law is not None
    after = copy.deepcopy(law.data)
    limits = {n.get("of"): n for p in after["provisions"] for n in p["norms"] if n["kind"] == "period"}
    limits["combined_handling"]["length"]["value"] = 2
    write_yaml(tmp_path / "a.yaml", law.data)
    write_yaml(tmp_path / "b.yaml", after)
    found = told(str(tmp_path / "a.yaml"), str(tmp_path / "b.yaml"), "examples/parallel/investment/case.yaml", cwd=ROOT)
    assert found["answers"]["并联审批"] >= 3
    moved = {each["question"]: each for each in found["changes"] if each["subject"] == "并联审批"}
    assert "全部事项的合并办理" in moved and "全部办结" not in moved and "比逐项办节省" not in moved
    whole = moved["全部事项的合并办理"]
    assert (whole["before"], whole["after"]) == ("超过上限，延长要经批准", "延长也不够") and whole["basis"]
