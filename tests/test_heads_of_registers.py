"""A wrong or missing key at the head of a register: what does not depend on it is decided, what does is not, and why."""

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, banshi
from lengths import longer, some

from banshi.files.kinds import KINDS, UNREAD_CENTRE
from banshi.files.reading import read

ATTENDANCE = ROOT / "examples/attendance/2009-10/register.yaml"
ASSESSMENT = ROOT / "examples/assessment/2012-Q1.yaml"
LOG = ROOT / "examples/cases/xiaoliqu/办件登记.yaml"
WRONG = ("[1, 2]", "{a: b}", "~", None)  # None: the key is not there


def spoilt(source: Path, key: str, value: str | None, folder: Path) -> Path:
    """A copy in which a key at the top has another value, or is missing."""
    text, line = source.read_text(encoding="utf-8"), "" if value is None else f"{key}: {value}\n"
    found = re.compile(rf"(?m)^{key}:.*\n(?: .*\n)*")
    made = found.sub(line, text) if found.search(text) else re.sub(r"(?m)^(kind:.*\n)", rf"\1{line}", text)
    shutil.copy(source, folder)
    (folder / source.name).write_text(made, encoding="utf-8")
    return folder / source.name


def plain(path: Path) -> dict[str, Any]:
    document = read(path).document
    assert document is not None
    return dict(document.data)


def answer(command: str, path: Path) -> tuple[dict[str, Any], int, str]:
    done = banshi(command, str(path), "--format", "json")
    return (json.loads(done.stdout) if done.stdout else {}), done.returncode, done.stderr


def without(data: Any, *keys: str) -> Any:
    """An answer without what says whose it is, and of which files it was made."""
    if isinstance(data, dict):
        return {
            key: without(value, *keys) for key, value in data.items() if key not in (*keys, "law", "reading", "path")
        }
    return [without(value, *keys) for value in data] if isinstance(data, list) else data


@longer
@pytest.mark.parametrize(
    ("command", "source", "key", "value"),
    some(
        [
            (command, source, key, value)
            for command, source in (("attendance", ATTENDANCE), ("assess", ASSESSMENT), ("cases", LOG))
            for key in ("centre", "fictional")
            for value in WRONG
        ],
        8,
    ),
)
def test_whose_file_it_is_changes_no_decision(
    command: str, source: Path, key: str, value: str | None, tmp_path: Path
) -> None:
    whole, _, _ = answer(command, source)
    found, status, said = answer(command, spoilt(source, key, value, tmp_path))
    assert without(found, "centre", "fictional") == without(whole, "centre", "fictional")
    assert status == (0 if key == "fictional" and value in ("~", None) else 1)  # that it is made up need not be said
    if status:
        assert "shape/" in said


def test_a_register_that_may_be_made_up_is_marked_as_if_it_were(tmp_path: Path) -> None:
    done = banshi("attendance", str(spoilt(ATTENDANCE, "fictional", "[]", tmp_path)), "--format", "markdown")
    assert "样例（虚构）" in done.stdout


def test_a_centre_that_cannot_be_read_is_said_to_be_so(tmp_path: Path) -> None:
    done = banshi("attendance", str(spoilt(ATTENDANCE, "centre", "[]", tmp_path)))
    assert UNREAD_CENTRE in done.stdout and "shape/wrong-type" in done.stderr


@pytest.mark.parametrize("key", ["from", "to"])
@pytest.mark.parametrize("value", ["下月", None])
def test_days_beyond_the_punches_are_open_where_a_date_is_lost(key: str, value: str | None, tmp_path: Path) -> None:
    whole, _, _ = answer("attendance", ATTENDANCE)
    found, status, said = answer("attendance", spoilt(ATTENDANCE, key, value, tmp_path))
    assert status == 1 and "input/period-derived" in said
    (one,), (other,) = whole["accounts"], found["accounts"]
    punched = sorted(set(re.findall(r"2009-10-\d\d", ATTENDANCE.read_text(encoding="utf-8").split("punches:")[1])))
    for person, alone in zip(other["people"], one["people"], strict=True):
        told = {json.dumps(each, ensure_ascii=False) for each in person["exceptions"]}
        assert told == {json.dumps(each, ensure_ascii=False) for each in alone["exceptions"]}
        left = [each["day"] for each in person["not_judged"]]
        assert all(day > punched[-1] for day in left) and bool(left) == (key == "to")  # before: the holidays of October


def test_nothing_is_counted_where_no_punch_tells_the_days(tmp_path: Path) -> None:
    path = spoilt(ATTENDANCE, "from", "x", tmp_path)
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r"(?s)\npunches:\n(  .*?\n)+", "\npunches: []\n", text), encoding="utf-8")
    found, status, said = answer("attendance", path)
    assert status == 1 and "不知道登记的是哪几天" in said and not found


@pytest.mark.parametrize("key", ["jurisdiction", "level"])
def test_no_target_is_met_where_nobody_knows_whose_the_log_is(key: str, tmp_path: Path) -> None:
    whole, _, _ = answer("cases", LOG)
    found, status, _ = answer("cases", spoilt(LOG, key, "[]", tmp_path))
    assert status == 1 and found["targets"] == [] and found["applies"]["reasons"]
    assert found["total"] == whole["total"] and found["by"] == whole["by"]


def test_a_day_of_the_report_that_cannot_be_read_leaves_room(tmp_path: Path) -> None:
    found, status, _ = answer("cases", spoilt(LOG, "as_of", "[]", tmp_path))
    assert status == 1 and found["not_counted"]["unknown_number"]
    assert not [each for each in found["targets"] if each["verdict"] == "met"]
    for key in ("signed_projects", "departments"):
        found, status, _ = answer("cases", spoilt(LOG, key, "7", tmp_path))
        assert status == 1 and not found["not_counted"]["unknown_number"]


def test_lines_of_records_are_weighed_as_the_same_log_in_yaml(tmp_path: Path) -> None:
    lines, data = tmp_path / "log.jsonl", plain(LOG)
    cases = "".join(f"{json.dumps(case, ensure_ascii=False)}\n" for case in data.pop("cases"))
    for key in ("centre", "fictional", "jurisdiction", "level", "as_of", "signed_projects", "departments"):
        head = json.dumps(data | {key: [1, {}]}, ensure_ascii=False)
        lines.write_text(f"{head}\n{cases}", encoding="utf-8")
        of_lines, status, _ = answer("cases", lines)
        of_yaml, wanted, _ = answer("cases", spoilt(LOG, key, "[1, {}]", tmp_path))
        (tmp_path / LOG.name).unlink()
        assert (without(of_lines), status) == (without(of_yaml), wanted), key


def test_a_register_named_wrongly_gives_no_counts_and_the_rest_is_scored(tmp_path: Path) -> None:
    whole, _, _ = answer("assess", ASSESSMENT)
    found, status, _ = answer("assess", spoilt(ASSESSMENT, "attendance", "[]", tmp_path))
    assert status == 1 and without(found) == without(whole)


def test_registers_of_one_place_of_which_one_has_no_legible_centre_are_taken_together(tmp_path: Path) -> None:
    text = ATTENDANCE.read_text(encoding="utf-8")
    (tmp_path / "a.yaml").write_text(text, encoding="utf-8")
    (tmp_path / "b.yaml").write_text(re.sub(r"(?m)^centre:.*$", "centre: []", text), encoding="utf-8")
    done = banshi("attendance", str(tmp_path), "--format", "json")
    assert len(json.loads(done.stdout)["accounts"]) == 1 and "input/told-twice" in done.stderr


def test_every_key_that_is_done_without_is_one_of_the_kind() -> None:
    for kind in KINDS.values():
        assert not kind.head or kind.strange == "top"
