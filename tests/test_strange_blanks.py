"""What is left blank is not filled in; but a key that nobody knows, or that a file names itself, says something even so."""

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, banshi
from lengths import longer, some
from spoiling import checked, data_of, errors, routes
from test_spoilt_files import SAMPLES, Sample

from banshi.files.reading import read_text

MORE = [
    Sample("examples/assessment/2012-Q1.yaml"),
    Sample("examples/change/binhe-road/project.yaml"),
    Sample("policies/luzhou/change-management/scenarios.yaml"),
    Sample("policies/luzhou/change-management/2011-11-04.yaml"),
    Sample("policies/luzhou/attendance/2009-12-01.yaml"),
    Sample("policies/luzhou/guides/leave.yaml"),
]
ALL = [*SAMPLES, *MORE]
STRANGE = "某某"


def mappings(node: Any, where: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    found = [where] if isinstance(node, dict) else []
    for key, value in node.items() if isinstance(node, dict) else enumerate(node):
        if isinstance(value, dict | list):
            found += mappings(value, (*where, key))
    return found


def at(data: Any, where: tuple[Any, ...]) -> Any:
    for step in where:
        data = data[step]
    return data


def told_with(sample: Sample, path: Path, places: list[tuple[Any, ...]], value: Any) -> set[tuple[Any, ...]]:
    """Where such a key is said to be unknown, put into each of these places with this value."""
    data = data_of(ROOT / sample.path)
    for where in places:
        at(data, where)[STRANGE] = value
    report = checked(path, json.dumps(data, ensure_ascii=False), sample.project)
    return {tuple(f.where) for f in errors(report) if f.rule == "shape/unknown-key" and f.where[-1] == STRANGE}


def spread(places: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """Thirty or so of many, from the first to the last."""
    return places[:: max(1, len(places) // 30)]


@longer
@pytest.mark.parametrize("sample", ALL, ids=lambda each: each.path)
def test_a_key_that_nobody_knows_is_told_blank_or_not(sample: Sample, tmp_path: Path) -> None:
    path = sample.put(tmp_path)
    places = some(spread(mappings(data_of(ROOT / sample.path))), 8)
    filled = told_with(sample, path, places, 1)
    assert filled and told_with(sample, path, places, None) == filled


@longer
@pytest.mark.parametrize("sample", ALL, ids=lambda each: each.path)
def test_a_value_that_stands_in_its_key_is_told(sample: Sample, tmp_path: Path) -> None:
    """As in ``{promised： 6}`` and ``{promised:6}``: YAML takes all of it for a key without a value."""
    path, data = sample.put(tmp_path), data_of(ROOT / sample.path)
    singles = [
        where for where in routes(data) if isinstance(where[-1], str) and not isinstance(at(data, where), dict | list)
    ]
    for n, where in enumerate(some(spread(singles), 4)):
        glued = copy.deepcopy(data)
        holder = at(glued, where[:-1])
        holder[f"{where[-1]}{'：' if n % 2 else ':'}{holder.pop(where[-1])}"] = None
        found = checked(path, json.dumps(glued, ensure_ascii=False), sample.project).findings
        assert any(each.severity == "error" for each in found), where


def test_what_a_file_names_itself_is_counted_by_its_value_alone(tmp_path: Path) -> None:
    text = (ROOT / "examples/assessment/2012-Q1.yaml").read_text(encoding="utf-8")
    for days in ("{2012-01-05: }", "{2012-01-05:6}", "{2012-01-05： 6}"):
        found = checked(tmp_path / "a.yaml", text.replace("{days: {}}", f"{{days: {days}}}", 1))
        assert [f.where[:5] for f in errors(found)] == [("windows", 0, "facts", "calls_over_limit_per_day", "days")], (
            days
        )
    case = (ROOT / "examples/parallel/template/case.yaml").read_text(encoding="utf-8")
    (tmp_path / "catalogue.yaml").write_bytes((ROOT / "examples/parallel/template/catalogue.yaml").read_bytes())
    for done in ("{road-opinion: }", "{road-opinion:2011-09-08}"):
        found = checked(tmp_path / "case.yaml", case.replace("done: {}", f"done: {done}"))
        assert [f.where[0] for f in errors(found)] == ["done"], done


HEAD = {
    "kind": "cases",
    "fictional": True,
    "jurisdiction": "luzhou/yangliqu",
    "centre": "样例区（虚构）",
    "level": "county",
}
CASE = {
    "id": "A-1",
    "kind": "other",
    "department": "工商",
    "window": "W01",
    "accepted_on": "2011-09-01",
    "finished_on": "2011-09-08",
}


@pytest.mark.parametrize(
    ("head", "case"), [({"levle": None}, {}), ({}, {"finish_on": None}), ({}, {"附注": None, "system": None})]
)
def test_a_line_is_read_alike(head: dict[str, Any], case: dict[str, Any], tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    lines = [{**HEAD, **head}, {**CASE, **case}, {**CASE, "id": "A-2", "system": None}]
    path.write_text("\n".join(json.dumps(each, ensure_ascii=False) for each in lines), encoding="utf-8")
    done = banshi("check", str(path), "--format", "json")
    found = [each for each in json.loads(done.stdout)["findings"] if each["severity"] == "error"]
    assert done.returncode == 1 and [each["rule"] for each in found] == ["shape/unknown-key"]
    assert found[0]["line"] == (1 if head else 2)


NO_VALUES = ["NaN", "Infinity", "-Infinity", ".nan", ".NaN", "-.inf", ".INF", "None", "undefined"]


@pytest.mark.parametrize("word", NO_VALUES)
@pytest.mark.parametrize("text", ["a: {}\n", "[{}]", '{{"a": {}, "b": 1}}', "- a\n- {}\n", '{{"a": [1, {}]}}'])
def test_what_programs_write_for_no_value_is_told(word: str, text: str) -> None:
    found = read_text(text.format(word), "x.yaml")
    assert [each.rule for each in found.problems] == ["input/no-value"]
    assert found.document is not None and found.document.doubtful
    quoted = read_text(text.format(f'"{word}"'), "x.yaml")
    assert not quoted.problems


@pytest.mark.parametrize("word", ["nan", "none", "Nan", "NaN1", "infinity", "无", "南"])
def test_names_that_look_alike_are_names(word: str) -> None:
    assert not read_text(f"a: {word}\n", "x.yaml").problems


@pytest.mark.parametrize("word", ["NaN", "-Infinity"])
def test_nor_is_it_a_value_of_a_case(word: str, tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    line = json.dumps({**CASE, "window": "W"}).replace('"W"', word)
    path.write_text(f"{json.dumps(HEAD)}\n{line}\n", encoding="utf-8")
    done = banshi("cases", str(path))
    assert done.returncode == 1 and "读不出的 1 件" in done.stdout


def test_no_items_are_not_all_items(tmp_path: Path) -> None:
    case = (ROOT / "examples/parallel/template/case.yaml").read_text(encoding="utf-8")
    (tmp_path / "catalogue.yaml").write_bytes((ROOT / "examples/parallel/template/catalogue.yaml").read_bytes())
    found = checked(tmp_path / "case.yaml", case.replace("items: [road-opinion, road-occupation]", "items: []"))
    assert [(f.rule, f.where) for f in errors(found)] == [("shape/too-few", ("items",))]


@pytest.mark.parametrize("mode", [["--answers"], ["--moves", "@2011-11-04", "@2012-05-01"]])
def test_in_bulk_a_line_that_is_used_without_what_is_wrong_in_it_is_told(mode: list[str], tmp_path: Path) -> None:
    project = ROOT / "examples/change/binhe-road"
    done = banshi("convert", str(project), str(tmp_path / "one.jsonl"))
    assert done.returncode == 0, done.stderr
    line = (tmp_path / "one.jsonl").read_text(encoding="utf-8").strip()
    lines = [line.replace("binhe-road", f"road-{n}").replace("滨河", f"某路{n}") for n in range(4)]
    lines[1] = lines[1].replace('"owner":', '"ownr：甲": null, "owner":', 1)
    lines[2] = lines[2].replace('"level":', '"level": "county", "level":', 1)
    (tmp_path / "in.jsonl").write_text("\n".join(lines), encoding="utf-8")
    done = banshi("batch", str(tmp_path / "in.jsonl"), str(tmp_path / "out"), "--jobs", "1", *mode)
    assert done.returncode == 1 and "其中 2 行读不出，或有写得不对的地方" in done.stdout
    rows = [
        json.loads(each) for each in next((tmp_path / "out").glob("*.jsonl")).read_text(encoding="utf-8").splitlines()
    ]
    assert [row["item"] for row in rows if row["question"] == "写得不对"] == ["第 2 行", "第 3 行"]


def test_what_stands_in_a_key_is_not_lost_by_turning_it_into_a_workbook(tmp_path: Path) -> None:
    for path in sorted((ROOT / "examples/change/binhe-road").rglob("*.yaml")):
        copy = tmp_path / "p" / path.relative_to(ROOT / "examples/change/binhe-road")
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(path.read_bytes())
    head = tmp_path / "p/project.yaml"
    head.write_text(
        head.read_text(encoding="utf-8").replace("level: city", 'level: city\n"level：county":'), encoding="utf-8"
    )
    done = banshi("convert", str(tmp_path / "p"), str(tmp_path / "o.xlsx"))
    assert done.returncode == 2 and "转换后读出来会不一样" in done.stderr and not (tmp_path / "o.xlsx").exists()
