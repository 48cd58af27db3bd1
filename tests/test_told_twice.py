"""Two assessment files that are checked together: what both list counts once, and till it is known where, nothing is a fact."""

import copy
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, write_yaml
from hypothesis import given
from hypothesis import strategies as st
from lengths import examples

from banshi.checking.checker import Checker
from banshi.checking.loaded import LoadedFile
from banshi.cli import main
from banshi.files.reading import read
from banshi.files.report import Report
from banshi.subjects.assessment.case import AssessmentInLaw
from banshi.subjects.assessment.results import WindowScore

FIRST = (ROOT / "examples/assessment/2012-Q1.yaml").read_text(encoding="utf-8")
CHECKER = Checker(ROOT)


def example(quarter: str) -> Any:
    document = read(ROOT / f"examples/assessment/{quarter}.yaml").document
    assert document
    return document.data


def second(folder: Path, **changes: Any) -> list[str]:
    """The second quarter with the late case of the first in the same window; the paths of what is told twice."""
    (folder / "a.yaml").write_text(FIRST, encoding="utf-8")
    data = example("2012-Q2")
    one, two = example("2012-Q1")["windows"], data["windows"]
    window, late = next((w, d) for w in one for d in w.get("deductions", ()) if d["fact"] == "overdue_cases")
    own = next(w for w in two if w["id"] == window["id"])
    own.setdefault("deductions", []).append({**late, **changes})
    write_yaml(folder / "b.yaml", data)
    return [f.path for f in Checker(ROOT).check([folder]).findings if f.rule == "input/told-twice"]


def scores(*paths: Path) -> dict[tuple[str, str], WindowScore]:
    """By file and window, of files that are read in one run."""
    report = Report()
    units = CHECKER.loader.units(list(paths))
    every = [x for unit in units for x in CHECKER.loader.load(unit, report) if isinstance(x, LoadedFile)]
    return {(Path(x.document.path).stem, s.window.id): s for x in every for s in x.value.scores}


@pytest.mark.parametrize("day", ["2012-01-20", "2012-04-05"])
def test_a_late_case_counts_in_one_quarter(day: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert [Path(path).name for path in second(tmp_path, on=day)] == ["b.yaml"]
    assert main(["assess", str(tmp_path)]) == 1
    said = capsys.readouterr()
    assert "一件只计一次" in said.err and "里也列了，只计一次，计在哪里不能判定" in said.out


def test_another_case_is_another_and_the_examples_list_nothing_twice(tmp_path: Path) -> None:
    assert second(tmp_path, on="2012-04-05", event="办件-9999") == []
    folder = ROOT / "examples/assessment"
    assert [f for f in Checker(ROOT).check([folder]).findings if f.rule == "input/told-twice"] == []


def window(deductions: list[Any], bonus: list[Any], **facts: Any) -> Any:
    own = copy.deepcopy(next(w for w in example("2012-Q1")["windows"] if w["id"] == "W01"))
    own["facts"].update(facts)
    return {**own, "deductions": deductions, "bonus": bonus}


def write(path: Path, quarter: str, own: Any) -> Path:
    write_yaml(path, {**example("2012-Q1"), "quarter": quarter, "windows": [own]})
    return path


ENTRIES: list[tuple[str, dict[str, Any]]] = [
    ("deductions", {"fact": "overdue_cases", "event": "办件-1", "evidence": "样例"}),
    ("deductions", {"fact": "overdue_cases", "event": "办件-2", "evidence": "样例", "parallel": True}),
    ("deductions", {"fact": "quarrels", "event": "争吵-1", "evidence": "样例", "on": "2012-02-29"}),
    ("bonus", {"fact": "suggestions_adopted", "matter": "建议", "evidence": "样例", "approved_on": "2012-02-20"}),
]


@examples(12)
@given(st.data())
def test_whichever_of_the_two_is_right_the_ranges_hold_it(tmp_path_factory: Any, data: st.DataObject) -> None:
    """Both files list the same entries; each with its own day. True is the one or the other, for every entry."""
    folder = tmp_path_factory.mktemp("two")
    days = {"a": "2012-01-10", "b": "2012-04-10"}
    quarters = {"a": "2012-Q1", "b": "2012-Q2"}
    shared = data.draw(st.lists(st.sampled_from(ENTRIES), min_size=1, max_size=3, unique_by=str))
    kept = {n: data.draw(st.sampled_from("ab")) for n in range(len(shared))}

    def own(name: str, some: list[tuple[str, dict[str, Any]]]) -> Any:
        lists: dict[str, list[Any]] = {"deductions": [], "bonus": []}
        for part, entry in some:
            lists[part].append({"on": days[name], **entry} if part == "deductions" else {**entry, "on": "2012-02-20"})
        late = sum(entry["fact"] == "overdue_cases" for _, entry in some)
        parallel = sum(bool(entry.get("parallel")) for _, entry in some)
        return window(**lists, overdue_cases=late, overdue_parallel_cases=parallel)  # type: ignore[arg-type]

    both = [write(folder / f"{name}.yaml", quarters[name], own(name, shared)) for name in "ab"]
    found = scores(*both)
    for name in "ab":
        right = [entry for n, entry in enumerate(shared) if kept[n] == name]
        true = scores(write(folder / "true.yaml", quarters[name], own(name, right)))["true", "W01"].total.value
        got = found[name, "W01"]
        assert true is not None and got.at_least <= true <= got.at_most
        assert got.total.value in (None, true)
    assert any(found[name, "W01"].total.value is None for name in "ab")


def test_one_window_of_a_period_in_two_files_lies_between_both(tmp_path: Path) -> None:
    write(tmp_path / "a.yaml", "2012-Q1", window([], []))
    write(tmp_path / "b.yaml", "2012-Q1", window([], [], upheld_complaints=1))
    found = scores(tmp_path)
    for name in "ab":
        own = found[name, "W01"]
        assert (own.total.value, own.at_least, own.at_most) == (None, Decimal(99), Decimal(100))
        assert "以哪个为准不知道" in own.total.reasons[0].text.zh
    report = Checker(ROOT).check([tmp_path])
    (told,) = [f for f in report.findings if f.rule == "input/told-twice"]
    assert told.path.endswith("b.yaml") and told.severity == "error"


def test_the_same_file_under_two_names_is_told_and_leads_to_the_same(tmp_path: Path) -> None:
    for name in ("a.yaml", "b.yaml"):
        (tmp_path / name).write_text(FIRST, encoding="utf-8")
    found = [f for f in Checker(ROOT).check([tmp_path]).findings if f.rule == "input/told-twice"]
    assert len(found) == 12 and {Path(f.path).name for f in found} == {"b.yaml"}
    again = Checker(ROOT).check([tmp_path / "a.yaml", tmp_path / "a.yaml"]).findings
    assert "input/told-twice" not in {f.rule for f in again}
    alone, both = scores(tmp_path / "a.yaml"), scores(tmp_path)
    assert all(both["a", own].total.value == score.total.value for (_, own), score in alone.items())


def test_windows_of_one_period_in_two_files_are_ranked_together(tmp_path: Path) -> None:
    data = example("2012-Q1")
    write_yaml(tmp_path / "whole.yaml", data)
    (tmp_path / "parts").mkdir()
    for n, name in enumerate("ab"):
        write_yaml(tmp_path / f"parts/{name}.yaml", {**data, "windows": data["windows"][n::2]})
    (whole,) = cases_in(tmp_path / "whole.yaml")
    places = {rank.score.window.id: (rank.best, rank.worst) for rank in whole.ranking}
    parts = cases_in(tmp_path / "parts")
    for case in parts:
        assert case.ranking and all(rank.place is None for rank in case.ranking if rank.best is not None)
        for rank in case.ranking:
            best, worst = places[rank.score.window.id]
            assert (rank.best is None) == (best is None)
            if best is not None and worst is not None and rank.best is not None and rank.worst is not None:
                assert rank.best <= best and worst <= rank.worst
    found = [f for f in Checker(ROOT).check([tmp_path / "parts"]).findings if f.rule == "input/told-twice"]
    assert [Path(f.path).name for f in found] == ["b.yaml"] and "名次" in found[0].message.zh


def cases_in(path: Path) -> list[AssessmentInLaw]:
    report = Report()
    units = CHECKER.loader.units([path])
    found = [x.value for unit in units for x in CHECKER.loader.load(unit, report) if isinstance(x, LoadedFile)]
    return [value for value in found if isinstance(value, AssessmentInLaw)]
