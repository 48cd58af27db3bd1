"""Two assessment files that are checked together: what both list counts once."""

from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, write_yaml

from banshi.checking.checker import Checker
from banshi.cli import main
from banshi.files.reading import read

FIRST = (ROOT / "examples/assessment/2012-Q1.yaml").read_text(encoding="utf-8")


def second(folder: Path, **changes: Any) -> list[str]:
    """The second quarter with the late case of the first in the same window; the paths of what is told twice."""
    (folder / "a.yaml").write_text(FIRST, encoding="utf-8")
    documents = [read(ROOT / f"examples/assessment/2012-Q{n}.yaml").document for n in (1, 2)]
    one, two = (document.data["windows"] for document in documents if document)
    window, late = next((w, d) for w in one for d in w.get("deductions", ()) if d["fact"] == "overdue_cases")
    own = next(w for w in two if w["id"] == window["id"])
    own.setdefault("deductions", []).append({**late, **changes})
    assert documents[1]
    write_yaml(folder / "b.yaml", documents[1].data)
    return [f.path for f in Checker(ROOT).check([folder]).findings if f.rule == "input/told-twice"]


@pytest.mark.parametrize("day", ["2012-01-20", "2012-04-05"])
def test_a_late_case_counts_in_one_quarter(day: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert [Path(path).name for path in second(tmp_path, on=day)] == ["b.yaml"]
    assert main(["assess", str(tmp_path)]) == 1
    assert "一件只计一次" in capsys.readouterr().err


def test_another_case_is_another_and_the_examples_list_nothing_twice(tmp_path: Path) -> None:
    assert second(tmp_path, on="2012-04-05", event="办件-9999") == []
    folder = ROOT / "examples/assessment"
    assert [f for f in Checker(ROOT).check([folder]).findings if f.rule == "input/told-twice"] == []


def test_the_same_file_under_two_names_lists_everything_twice(tmp_path: Path) -> None:
    for name in ("a.yaml", "b.yaml"):
        (tmp_path / name).write_text(FIRST, encoding="utf-8")
    found = [f for f in Checker(ROOT).check([tmp_path]).findings if f.rule == "input/told-twice"]
    assert len(found) > 5 and {Path(f.path).name for f in found} == {"b.yaml"}
    again = Checker(ROOT).check([tmp_path / "a.yaml", tmp_path / "a.yaml"]).findings
    assert "input/told-twice" not in {f.rule for f in again}
