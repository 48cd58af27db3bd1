"""Files of assessment may write the names of facts and sub-items, and yes and no, wherever they may write ids and values."""

import json
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT
from ruamel.yaml import YAML

from banshi.checking.checker import Checker
from banshi.cli import main

CENTRE = ROOT / "examples/linjiang"
FILE: dict[str, Any] = YAML(typ="safe", pure=True).load((CENTRE / "assessment/2026-01.yaml").read_text("utf-8"))
LAW = YAML(typ="safe", pure=True).load(
    (CENTRE / "policies/linjiang/window-assessment/2026-01-01.yaml").read_text("utf-8")
)
NAMES = {slug: fact["name"] for slug, fact in LAW["facts"].items()}
YES = {True: "是", False: "否"}


def written(tmp_path: Path, data: dict[str, Any]) -> Path:
    path = tmp_path / "2026-01.yaml"
    path.write_text(json.dumps(data, ensure_ascii=False, default=str), encoding="utf-8")
    return path


def in_words(window: dict[str, Any]) -> dict[str, Any]:
    facts = {NAMES[slug]: YES.get(v, v) if isinstance(v, bool) else v for slug, v in window["facts"].items()}
    bonus = [{**entry, "fact": NAMES[entry["fact"]]} for entry in window.get("bonus", ())]
    return {**window, "facts": facts, **({"bonus": bonus} if bonus else {})}


def scores(path: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    main(["assess", str(path), "--project", str(CENTRE), "--format", "json"])
    return json.loads(capsys.readouterr().out)["assessments"]


def test_names_give_what_ids_give(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = written(tmp_path, {**FILE, "windows": [in_words(window) for window in FILE["windows"]]})
    named = scores(path, capsys)
    assert named == scores(written(tmp_path, FILE), capsys)
    path = written(tmp_path, {**FILE, "windows": [in_words(window) for window in FILE["windows"]]})
    assert not Checker(CENTRE).check([path]).findings  # names are as good as ids: nothing to tell


def test_what_is_told_by_name_and_by_id_is_not_taken(tmp_path: Path) -> None:
    window = FILE["windows"][0]
    both = {**window, "facts": {**window["facts"], NAMES["wrong_cases"]: 3}}
    found = Checker(CENTRE).check([written(tmp_path, {**FILE, "windows": [both]})]).findings
    assert any("错件数 和 wrong_cases 是同一项，写了两次" in f.message.zh for f in found)
    assert any("缺 1 项事实" in f.message.zh and "错件数" in f.message.zh for f in found)


def test_a_finding_points_at_the_name_that_was_written(tmp_path: Path) -> None:
    window = in_words(FILE["windows"][0])
    window["facts"][NAMES["overdue_cases"]] = True
    path = tmp_path / "2026-01.yaml"
    YAML().dump({**FILE, "windows": [window]}, path)
    line = next(n for n, text in enumerate(path.read_text("utf-8").splitlines(), 1) if NAMES["overdue_cases"] in text)
    found = [f for f in Checker(CENTRE).check([path]).findings if f.rule == "assessment/facts-fit-their-form"]
    assert [f.line for f in found] == [line]


@pytest.mark.parametrize("period", [2026, "2026"])
def test_a_year_may_be_a_number(period: object, tmp_path: Path) -> None:
    windows = [{"id": "W01", "name": "住建窗口", "group": "A", "facts": {}}]
    path = written(tmp_path, {**FILE, "period": period, "windows": windows})
    assert not [f for f in Checker(CENTRE).check([path]).findings if f.rule.startswith("shape/")]
