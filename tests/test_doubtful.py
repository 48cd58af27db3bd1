"""A value that nobody may rely on (a key written twice, characters that cannot be seen) decides nothing, in any kind of file."""

import json
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st
from test_assessment_tables import example, load

from banshi.checking.checker import Checker
from banshi.cli import main
from banshi.files.json_text import json_values
from banshi.files.reading import read
from banshi.files.yaml_events import parse_values

_KEYS = st.sampled_from(("a", "b", "c"))
_LEAVES = st.one_of(st.integers(0, 9), st.sampled_from(("x", "y z", "丙")))
_TREES = st.recursive(
    _LEAVES, lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(_KEYS, inner, max_size=3)), max_leaves=9
)  # fmt: skip


def boxes(value: Any, route: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """The routes to every key of a mapping in it."""
    if isinstance(value, dict):
        return [found for key, one in value.items() for found in ((*route, key), *boxes(one, (*route, key)))]
    if isinstance(value, list):
        return [found for n, one in enumerate(value) for found in boxes(one, (*route, n))]
    return []


def doubled(value: Any, wanted: tuple[str | int, ...], again: str, route: tuple[str | int, ...] = ()) -> str:
    """The value as JSON, with the key at a route written twice, behind the other keys."""
    if isinstance(value, dict):
        parts = [f"{json.dumps(key)}: {doubled(one, wanted, again, (*route, key))}" for key, one in value.items()]
        parts += [f"{json.dumps(wanted[-1])}: {again}"] if wanted[:-1] == route else []
        return "{" + ", ".join(parts) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(doubled(one, wanted, again, (*route, n)) for n, one in enumerate(value)) + "]"
    return json.dumps(value, ensure_ascii=False)


@given(st.dictionaries(_KEYS, _TREES, min_size=1), st.data())
def test_json_and_yaml_know_where_a_key_stands_twice(tree: dict[str, Any], data: st.DataObject) -> None:
    wanted = data.draw(st.sampled_from(boxes(tree)))
    text = doubled(tree, wanted, data.draw(st.sampled_from(("1", '"z"', '{"q": [1]}'))))
    for values, faults in (json_values(text), parse_values(text)):
        assert list(faults.doubtful) == [wanted]
        assert values == tree  # the first one stays, to be looked at


@given(st.dictionaries(_KEYS, _TREES, min_size=1), st.data())
def test_json_and_yaml_know_where_something_unseen_stands(tree: dict[str, Any], data: st.DataObject) -> None:
    *where, last = data.draw(st.sampled_from(boxes(tree)))
    box = tree
    for step in where:
        box = box[step]  # type: ignore[index]
    box[last] = "0\b1"  # type: ignore[index]
    text = json.dumps(tree)
    for _, faults in (json_values(text), parse_values(text)):
        assert list(faults.doubtful) == [(*where, last)]


def test_what_an_alias_stands_for_is_as_doubtful() -> None:
    _, faults = parse_values("a: &x {k: 1, k: 2}\nb: [*x]\n")
    assert set(faults.doubtful) == {("a", "k"), ("b", 0, "k")}


def test_every_place_is_kept_however_few_are_listed() -> None:
    text = "{" + ", ".join(f'"k{n}": 1, "k{n}": 2' for n in range(50)) + "}"
    for _, faults in (json_values(text, 3), parse_values(text, 3)):
        assert (len(faults.listed), faults.left, len(faults.doubtful)) == (3, 47, 50)


# what follows of it


@pytest.mark.parametrize("again", ['"status": "approved"', '"sequence": 7'])
def test_a_form_with_a_key_twice_counts_as_one_that_cannot_be_used(
    again: str, sound_project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    form = sorted((sound_project / "changes").iterdir())[0]
    text = form.read_text(encoding="utf-8").rstrip()
    form.write_text(f"{text[:-1]}, {again}}}", encoding="utf-8")
    found = Checker(ROOT).check([sound_project])
    assert {"input/duplicate-key", "input/incomplete-project"} <= {f.rule for f in found.findings}
    assert not [f for f in found.findings if f.path == form.as_posix() and not f.rule.startswith("input/")]
    named = next(f.message.zh for f in found.findings if f.rule == "input/incomplete-project")
    assert ("序次不明" in named) == ("sequence" in again)
    assert main(["tier", str(sound_project)]) == 1


def test_a_key_twice_that_no_sum_rests_on_costs_only_itself(
    sound_project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    form = sorted((sound_project / "changes").iterdir())[0]
    text = form.read_text(encoding="utf-8").rstrip()
    form.write_text(f'{text[:-1]}, "reason": "\\u0007"}}', encoding="utf-8")
    found = {f.rule for f in Checker(ROOT).check([sound_project]).findings}
    assert "input/duplicate-key" in found and not found & {"input/incomplete-project", "input/not-judged"}
    assert main(["tier", str(sound_project)]) == 1 and "应走档次：" in capsys.readouterr().out


ASSESSMENT = ROOT / "examples/assessment/2012-Q1.yaml"


def assessment(folder: Path, old: str, new: str) -> Path:
    text = ASSESSMENT.read_text(encoding="utf-8")
    assert text.count(old) >= 1
    path = folder / "q.yaml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return path


def test_a_window_with_a_key_twice_is_scored_but_for_that_key(tmp_path: Path) -> None:
    case, findings = load(assessment(tmp_path, "  - id: W02\n", "  - id: W02\n    marks: {}\n"))
    assert case is not None
    sound = {score.window.id: score for score in example("2012-Q1").scores}
    for score in case.scores:
        assert score.total.value == (None if score.window.id == "W02" else sound[score.window.id].total.value)
    twice, true = next(score for score in case.scores if score.window.id == "W02"), sound["W02"].total.value
    assert true is not None and twice.at_least < true <= twice.at_most
    assert {"input/duplicate-key", "input/incomplete-assessment"} == {f.rule for f in findings}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("quarter: 2012-Q1", "quarter: 2012-Q2\nquarter: 2012-Q1"),
        ("windows:\n", "windows: []\nwindows:\n"),
    ],
)
def test_nothing_is_scored_where_the_head_is_not_certain(
    old: str, new: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["assess", str(assessment(tmp_path, old, new))]) == 1
    assert capsys.readouterr().out == ""


def test_a_second_document_may_hold_the_rest(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "q.yaml"
    path.write_text(ASSESSMENT.read_text(encoding="utf-8") + "\n---\nkind: assessment\n", encoding="utf-8")
    assert main(["assess", str(path)]) == 1
    assert capsys.readouterr().out == ""


CASE = (
    '"kind": "investment_project", "department": "甲", "window": "W01", "accepted_on": "2011-12-05", "parallel": true'
)
CASE += (
    ', "due_on": "2011-12-12", "finished_on": "2011-12-09", "system": "investment_system", "evaluation": "satisfied"'
)
HEAD = '"kind": "cases", "jurisdiction": "luzhou", "centre": "样例", "level": "county", "as_of": "2012-02-29"'


@pytest.mark.parametrize("suffix", ["yaml", "json", "jsonl"])
def test_a_case_with_a_key_twice_is_not_counted(
    suffix: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cases = [f'{{"id": "1", {CASE}}}', f'{{"id": "2", {CASE}, "finished_on": "2011-12-30"}}']
    path = tmp_path / f"log.{suffix}"
    path.write_text(
        "\n".join((f"{{{HEAD}}}", *cases)) if suffix == "jsonl" else f'{{{HEAD}, "cases": [{", ".join(cases)}]}}',
        encoding="utf-8",
    )
    assert main(["cases", str(path), "--format", "json"]) == 1
    found = json.loads(capsys.readouterr().out)
    assert found["not_counted"] == {"unreadable": 1, "twice": 0, "unknown_number": False, "doubtful": 0}
    assert found["total"]["overdue_cases"]["range"] == "0–1"
    assert "met" not in {one["verdict"] for one in found["targets"]}


def test_no_log_is_judged_by_a_head_that_says_two_things(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "log.yaml"
    path.write_text(f'{{{HEAD}, "level": "city", "cases": [{{"id": "1", {CASE}}}]}}', encoding="utf-8")
    assert main(["cases", str(path)]) == 1
    said = capsys.readouterr().out
    assert "不知道指标是否适用" in said and "达到" not in said  # what it adds up to rests on no level


REGISTER = """\
kind: attendance
fictional: true
jurisdiction: luzhou
centre: 样例（虚构）
from: 2010-03-01
to: 2010-03-01
windows: [{id: W01, name: 甲}]
staff:
  - {id: "001", group: window_staff, window: W01}
  - {id: "002", group: window_staff, window: W01}
punches:
  - {staff: "001", day: 2010-03-01, time: "08:30"}
"""


def judged(capsys: pytest.CaptureFixture[str], path: Path) -> dict[str, str]:
    main(["attendance", str(path), "--format", "json"])
    out = capsys.readouterr().out
    return {one["staff"]: json.dumps(one, sort_keys=True) for one in json.loads(out)["accounts"][0]["people"]} if out else {}  # fmt: skip


def test_a_punch_with_a_key_twice_is_no_punch_and_no_absence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "r.yaml"
    entry = '  - {staff: "002", day: 2010-03-01, time: "08:31", time: "11:31"}\n'
    path.write_text(REGISTER + entry, encoding="utf-8")
    twice = judged(capsys, path)
    path.write_text(REGISTER + entry.replace(', time: "11:31"', "").replace("08:31", "八点"), encoding="utf-8")
    assert twice == judged(capsys, path)  # as one whose time cannot be read


def test_no_register_is_judged_by_a_head_that_says_two_things(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "r.yaml"
    path.write_text(REGISTER + "jurisdiction: linjiang\n", encoding="utf-8")
    assert judged(capsys, path) == {}


def test_policies_are_looked_at_as_they_are_written(tmp_path: Path) -> None:
    source = ROOT / "policies/luzhou/change-management/2011-11-04.yaml"
    text = source.read_text(encoding="utf-8")
    path = tmp_path / "2011-11-04.yaml"
    path.write_text(text.replace("status: historical", "status: historical\nstatus: historical", 1), encoding="utf-8")
    found = Checker(ROOT).check([path])
    assert [f.rule for f in found.findings if f.severity == "error"] == ["input/duplicate-key"]
    assert read(path).document is not None
