"""What a decision says as JSON and what it says as text are one answer: every sentence of each stands in the other."""

import json
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, banshi
from lengths import longer, some

EXAMPLES = ROOT / "examples"
Way = tuple[str | int, ...]
Found = tuple[Way, str]
# Of sums the text prints no other readings (those of their parts stand there), of what is no factor no reason (否 does).
_SUMS = {"base", "bonus_total", "deduction_total"}


def _leaves(data: Any, way: Way = ()) -> Iterator[Found]:
    if isinstance(data, dict | list):
        for key, each in data.items() if isinstance(data, dict) else enumerate(data):
            yield from _leaves(each, (*way, key))
    elif isinstance(data, str):
        yield way, data


def _close(text: str) -> str:
    return re.sub(r"\s", "", text)


def _spoilt(path: Path, *changes: tuple[str, str]) -> None:
    text = path.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    path.write_text(text, encoding="utf-8")


def _changes(folder: Path) -> Path:
    own = shutil.copytree(EXAMPLES / "change/binhe-road", folder / "changes")
    _spoilt(own / "project.yaml", ("  provisional_sum: 50000.00", "  # 没有写明"))
    _spoilt(own / "changes/004.yaml", ("net: 143971.53", "net: 很多"))
    return own


def _register(folder: Path) -> Path:
    own = shutil.copytree(EXAMPLES / "attendance/2010-02", folder / "register")
    _spoilt(own / "打卡.csv", ("2010-02-02,08:42,A02", "2010-02-02,八点多,A02"))
    return own


def _log(folder: Path) -> Path:
    own = shutil.copytree(EXAMPLES / "cases/yangliqu", folder / "log")
    rows = (own / "办件.csv").read_text(encoding="utf-8").splitlines()[:60]
    (own / "办件.csv").write_text(
        "\n".join([*rows, rows[1].replace("TZ-0001", "TZ-9999").replace("2011-09-13", "不详")])
    )
    return own


def _scores(folder: Path) -> Path:
    own = folder / "scores.yaml"
    shutil.copy(EXAMPLES / "assessment/2012-Q1.yaml", own)
    _spoilt(own, ("satisfaction_rate: {count: 114, of: 120}", "satisfaction_rate: 很高"))
    return own


def _case(folder: Path) -> Path:
    own = shutil.copytree(EXAMPLES / "parallel/investment", folder / "case")
    _spoilt(own / "case.yaml", ("as_of: 2011-09-22", "as_of: 2011-10-20"))
    return own / "case.yaml"


ASKED: dict[str, tuple[str, Callable[[Path], Path] | Path]] = {
    "tier": ("tier", EXAMPLES / "change/binhe-road"),
    "due": ("due", EXAMPLES / "change/binhe-road"),
    "attendance": ("attendance", EXAMPLES / "attendance/2010-03"),
    "schedule": ("schedule", EXAMPLES / "parallel/registration/case.yaml"),
    "tier of spoilt forms": ("tier", _changes),
    "due of spoilt forms": ("due", _changes),
    "a spoilt register": ("attendance", _register),
    "a spoilt log": ("cases", _log),
    "a spoilt assessment": ("assess", _scores),
    "a late case": ("schedule", _case),
}


@longer
@pytest.mark.parametrize("name", some(list(ASKED), 5))
def test_every_sentence_of_one_stands_in_the_other(name: str, tmp_path: Path) -> None:
    command, source = ASKED[name]
    path = source if isinstance(source, Path) else source(tmp_path)
    text, data = banshi(command, str(path)), banshi(command, str(path), "--format", "json")
    assert (text.returncode, text.stderr) == (data.returncode, data.stderr), "beside the answer the same is told"
    leaves = list(_leaves(json.loads(data.stdout)))
    said, shown = {each for _, each in leaves}, _close(text.stdout)
    lines = [line.strip()[2:] for line in text.stdout.splitlines() if re.match(r"\s+[·?] ", line)]
    assert lines
    parts = [re.split(r"？ (?=若按)", line)[-1] for line in lines]
    assert [part for part in parts if not any(part.startswith(each) for each in said if each)] == []
    sentences = [
        each
        for way, each in leaves
        if way[-1] == "text" and "factors" not in way and not (_SUMS & set(way) and "alternatives" in way)
    ]
    assert sentences and [each for each in sentences if _close(each) not in shown] == []


def test_an_entry_that_was_not_read_is_not_called_none(tmp_path: Path) -> None:
    path = _scores(tmp_path)
    _spoilt(path, ("  - id: W03\n", "  - id: W03\n    deductions: [{on: 2012-01-10, count: 1}]\n"))
    text = banshi("assess", str(path), "--window", "W03").stdout
    assert "减分：读出的没有" in text and "减分：没有" not in text


def test_findings_are_the_same_in_both() -> None:
    path = str(ROOT / "tests/cases/change/binhe-road-faulty")
    text, data = banshi("check", path), json.loads(banshi("check", path, "--format", "json").stdout)
    shown, found = _close(text.stdout), data["findings"]
    told = re.findall(r"^\S+:\d+:\d+ \S+ \[(.+)\]$", text.stdout, re.M)
    assert found and told == [each["rule"] for each in found]
    assert [each["message"] for each in found if _close(each["message"]) not in shown] == []
    assert f"错误{data['summary']['errors']}，警告{data['summary']['warnings']}" in shown
