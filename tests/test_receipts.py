"""Receipts: the same result again, or what differs and why."""

import copy
import datetime
import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from conftest import ROOT, banshi

from banshi.base.text import Text
from banshi.commands import replay as replaying
from banshi.commands.receipt_read import read_receipt

Way = tuple[str | int, ...]

RULES = "policies/linjiang/change-rules/2026-01-01.yaml"
COMMANDS = [
    ("check", "change"),
    ("check", "."),
    ("tier", "change/riverside.yaml"),
    (
        "tier",
        "--contract-price",
        "20600000",
        "--provisional-sum",
        "600000",
        "--net",
        "400000",
        "--increase",
        "400000",
        "--criteria",
        "none",
    ),
    ("due", "change/riverside.yaml"),
    ("due", "--step", "competent_approval", "--complete", "2026-05-13", "--accepted", "2026-05-13"),
    ("publicity", "change/riverside.yaml"),
    ("assess", "assessment/2026-01.yaml"),
    ("cases", "cases/办件登记.yaml"),
]


@pytest.fixture
def centre(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "examples/linjiang", tmp_path / "linjiang")
    return tmp_path / "linjiang"


def write(centre: Path, *words: str) -> dict[str, Any]:
    done = banshi(*words, "--receipt", "../收据.json", cwd=centre)
    assert done.returncode in (0, 1), done.stderr
    told: dict[str, Any] = json.loads((centre.parent / "收据.json").read_text(encoding="utf-8"))
    return told


def replay(centre: Path) -> tuple[int, dict[str, Any], str]:
    done = banshi("replay", "../收据.json", "--format", "json", cwd=centre)
    said = banshi("replay", "../收据.json", cwd=centre)
    assert done.returncode == said.returncode
    return done.returncode, json.loads(done.stdout) if done.stdout else {}, said.stdout + said.stderr


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_the_same_again(words: tuple[str, ...], centre: Path) -> None:
    told = write(centre, *words)
    assert told["engine"] and told["law"] and all(len(digest) == 64 for digest in told["law"].values())
    assert bool(set(told["inputs"]) - {"banshi.toml"}) == (not words[1].startswith("--"))
    assert not any(Path(name).is_absolute() for name in told["inputs"])
    status, found, said = replay(centre)
    assert (status, found["same"], found["causes"], found["differences"]) == (0, True, [], [])
    assert found["result"] == told["result"] and "结果和收据一样" in said


def test_a_receipt_answers_as_the_command_does(centre: Path) -> None:
    told = write(centre, "tier", "change/riverside.yaml")
    done = banshi("tier", "change/riverside.yaml", "--format", "json", cwd=centre)
    plain = json.loads(done.stdout)
    plain.pop("law")
    assert told["result"] == plain and told["result"]["decisions"][0]["reasons"]
    assert told["command"] == ["tier", "change/riverside.yaml"]


def test_only_the_law_that_was_used_is_in_it(centre: Path) -> None:
    told = write(centre, "assess", "assessment/2026-01.yaml")
    assert not any("case-targets" in text for text in told["law"])
    edit(centre / "policies/linjiang/case-targets/2026-01-01.yaml", "97.5", "96.5")
    assert replay(centre)[:2][0] == 0


def test_the_law_was_corrected(centre: Path) -> None:
    write(centre, "tier", "change/riverside.yaml")
    edit(centre / RULES, "upper: {value: 30,", "upper: {value: 45,")
    edit(centre / RULES, "lower: {value: 30,", "lower: {value: 45,")
    status, found, said = replay(centre)
    assert status == 1 and not found["same"]
    assert found["causes"] == ["规定 linjiang/change-rules/2026-01-01.yaml 的内容改过"]
    assert ["decisions[2].tier", "major", "larger"] in found["differences"]
    assert "为什么" in said and "的内容改过" in said


def test_a_correction_is_named_and_ids_are_called_by_their_names(centre: Path) -> None:
    """The figure was written wrongly when the receipt was made; the text says by now that this was mended."""
    for bound in ("upper", "lower"):
        edit(centre / RULES, f"{bound}: {{value: 30,", f"{bound}: {{value: 45,")
    write(centre, "tier", "change/riverside.yaml")
    for bound in ("upper", "lower"):
        edit(centre / RULES, f"{bound}: {{value: 45,", f"{bound}: {{value: 30,")
    with open(centre / RULES, "a", encoding="utf-8") as stream:
        stream.write(
            "\ncorrections:\n  - {id: misread, since: 2026-01-01, told_until: 2026-02-10, norm: larger-single, "
            "said: {amount.upper.value: 45}}\n"
        )
    status, found, said = replay(centre)
    assert status == 1
    assert found["causes"] == ["规定 linjiang/change-rules/2026-01-01.yaml 的内容改过（现在记有更正：misread）"]
    assert "判定第 3 项 · 档次：较大变更（larger） → 重大变更（major）" in said and "decisions[" not in said


def test_what_rests_on_the_day_is_done_again_as_of_that_day(centre: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a check says of guides turns on the day; the receipt knows which it was."""
    guide = centre / "policies/linjiang/guides/change.yaml"
    text = "\n".join(line for line in guide.read_text(encoding="utf-8").splitlines() if "written_for" not in line)
    guide.write_text(f"{text}\n", encoding="utf-8")

    def on(day: str) -> None:
        clock = SimpleNamespace(today=lambda: datetime.date.fromisoformat(day))
        monkeypatch.setattr("banshi.base.today.datetime", SimpleNamespace(date=clock))

    on("2026-06-30")
    told = write(centre, "check", "policies")
    on("2031-01-01")
    assert told["day"] == "2026-06-30" and replay(centre)[:2][1]["differences"] == []
    assert write_again(centre)["result"] != told["result"]


def write_again(centre: Path) -> dict[str, Any]:
    (centre.parent / "收据.json").unlink()
    return write(centre, "check", "policies")


@pytest.mark.parametrize(
    ("old", "new", "places"),
    [
        ([1, 2, 3], [2, 3], ["x[0] 1 null"]),
        ([2, 3], [1, 2, 3], ["x[0] null 1"]),
        ([1, 2], [1, 3], ["x[1] 2 3"]),
        ([{"a": 1}, {"a": 2}], [{"a": 2}], ['x[0] {"a": 1} null']),
        ([{"a": 1, "b": 1}], [{"a": 2, "b": 1}], ["x[0].a 1 2"]),
        ([], [True], ["x[0] null true"]),
    ],
)
def test_lists_are_laid_beside_each_other(old: list[Any], new: list[Any], places: list[str]) -> None:
    assert [" ".join(each) for each in replaying._differing({"x": old}, {"x": new})] == places


SPOILT: list[Any] = [None, True, 5, -1, 1.0, "甲", "2026-02-30", [], {}, ["甲"], {"甲": None}]


def ways(value: Any, way: Way = ()) -> Iterator[Way]:
    """Every place in a receipt but those within its result, which may be anything."""
    yield way
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in parts if way[:1] != ("result",) else ():
        yield from ways(part, (*way, key))


def spoilt(told: Any, way: Way, *new: Any) -> Any:
    """A receipt with another value in a place, or with nothing there."""
    told = copy.deepcopy(told)
    place = told
    for key in way[:-1]:
        place = place[key]
    place.pop(way[-1])
    if new and isinstance(place, dict):
        place[way[-1]] = new[0]
    elif new:
        place.insert(way[-1], new[0])
    return told


def told_why(path: Path, text: str) -> str:
    """Why a text is no receipt, behind the place where it is not; "" where it is one."""
    path.write_text(text, encoding="utf-8")
    found = read_receipt(path)
    if not isinstance(found, Text):
        return ""
    assert re.match(rf"{re.escape(str(path))}:\d+:\d+ 不是完好的收据：", found.zh), found.zh
    return found.zh.removeprefix(f"{path}:")


def test_a_receipt_is_told_where_it_is_spoilt(centre: Path, tmp_path: Path) -> None:
    told, path = write(centre, "tier", "change/riverside.yaml"), tmp_path / "r.json"
    for way in ways(told):
        if way in ((), ("result",)):
            continue
        # Text that is as good as another: it is compared with what is so now.
        free = way == ("engine",) or (way[0] == "command" and len(way) == 2) or (way[0] == "readings" and len(way) == 3)
        for new in SPOILT:
            if (free and isinstance(new, str)) or (way == ("command",) and new == ["甲"]):
                continue
            empty = new == {} and way[:2] in (("inputs",), ("readings",), ("readings", RULES.removeprefix("policies/")))
            empty = empty and len(way) < 3  # nothing was read, or the text leaves no question open
            text = json.dumps(spoilt(told, way, new), ensure_ascii=False, indent=2)
            said = told_why(path, text)
            assert bool(said) != empty, (way, new, said)
            if said and "甲" not in said and way != ("law",):
                key = f'"{way[-1]}": ' if isinstance(way[-1], str) else ""
                assert key in text.splitlines()[int(said.split(":")[0]) - 1], (way, new, said)
        gone = told_why(path, json.dumps(spoilt(told, way), ensure_ascii=False, indent=2))
        assert bool(gone) == (
            (len(way) == 1 and way != ("day",)) or (way[:1] == ("law",) and way[-1] in told["readings"])
        )


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ('"status": 0', '"status": 0, "status": 0', "status 写了两次"),
        ('"status": 0', '"status": NaN', "JSON 里没有 NaN"),
        ('"status": 0', '"status": 0, "state": 0', "不认识的键 state"),
        ('"kind"', '// 收据\n"kind"', "不是 JSON"),
        ('"inputs"', '"inptus"', "不认识的键 inptus。您是不是想写 inputs？"),
        ('"status": 0', f'"status": {"9" * 5000}', "数字太长"),
    ],
)
def test_what_json_is_not_is_told_with_its_place(old: str, new: str, why: str, centre: Path, tmp_path: Path) -> None:
    write(centre, "tier", "change/riverside.yaml")
    text = (centre.parent / "收据.json").read_text(encoding="utf-8")
    assert why in told_why(tmp_path / "r.json", text.replace(old, new, 1))


def test_a_receipt_that_breaks_off_says_where(centre: Path, tmp_path: Path) -> None:
    write(centre, "tier", "change/riverside.yaml")
    text = (centre.parent / "收据.json").read_text(encoding="utf-8").rstrip()
    for end in range(1, len(text), len(text) // 60):
        assert told_why(tmp_path / "r.json", text[:end])
    path = tmp_path / "other"
    for raw in (text.encode("gbk"), text.encode("utf-16"), b"\xff" + text.encode()):
        path.write_bytes(raw)
        found = read_receipt(path)
        assert isinstance(found, Text) and "不是 UTF-8" in found.zh
    assert told_why(path, "\ufeff" + text) == ""


@pytest.mark.parametrize("key", ["on", "as_of", "known_on"])
def test_a_day_that_is_not_its_commands_is_told(key: str, centre: Path) -> None:
    told = write(centre, "tier", "change/riverside.yaml")
    (centre.parent / "收据.json").write_text(json.dumps({**told, key: "2026-01-31"}), encoding="utf-8")
    status, _, said = replay(centre)
    assert status == 2 and f"{key} 是 2026-01-31，而它的命令说的是 没有写" in said


def test_readings_that_were_changed_on_the_receipt_alone_are_told(centre: Path) -> None:
    told = write(centre, "tier", "change/riverside.yaml")
    (centre.parent / "收据.json").write_text(json.dumps({**told, "readings": {}}), encoding="utf-8")
    _, found, _ = replay(centre)
    assert found["causes"] and all("收据被人改过" in cause for cause in found["causes"])


def test_a_receipt_without_its_day_says_that_today_is_taken(centre: Path) -> None:
    told = write(centre, "tier", "change/riverside.yaml")
    told.pop("day")
    (centre.parent / "收据.json").write_text(json.dumps(told), encoding="utf-8")
    assert "按今天重做" in replay(centre)[1]["causes"][0]


def test_a_change_that_makes_no_difference_is_told_and_no_more(centre: Path) -> None:
    write(centre, "tier", "change/riverside.yaml")
    with open(centre / RULES, "a", encoding="utf-8") as stream:
        stream.write("# 注释\n")
    status, found, said = replay(centre)
    assert status == 0 and found["causes"] and "此后有变动" in said


def test_a_reading_was_changed(tmp_path: Path) -> None:
    tmp_path = tmp_path / "luzhou"
    shutil.copytree(ROOT / "policies", tmp_path / "policies")
    (tmp_path / "banshi.toml").write_text('jurisdiction = "luzhou"\n', encoding="utf-8")
    words = ("due", "--publicity", "2012-09-26")
    told = write(tmp_path, *words)
    taken = told["readings"]["luzhou/change-management/2011-11-04.yaml"]
    assert taken["publicity-days"] == "calendar"
    path = tmp_path / "policies/luzhou/change-management/2011-11-04.yaml"
    head, _, tail = path.read_text(encoding="utf-8").partition("id: publicity-days")
    path.write_text(
        head + "id: publicity-days" + tail.replace("default: calendar", "default: working", 1), encoding="utf-8"
    )
    status, found, _ = replay(tmp_path)
    assert status == 1
    assert "luzhou/change-management/2011-11-04.yaml 的口径 publicity-days 由 calendar 改为 working" in found["causes"]


def test_the_input_changed_or_is_gone(centre: Path) -> None:
    write(centre, "tier", "change/riverside.yaml")
    edit(centre / "change/riverside.yaml", "unit_price: 400.00", "unit_price: 500.00")
    status, found, _ = replay(centre)
    assert found["causes"] == ["输入 change/riverside.yaml 的内容改过"] and status in (0, 1)
    (centre / "change/riverside.yaml").unlink()
    status, _, said = replay(centre)
    assert status == 2 and "不在了" in said


@pytest.mark.parametrize(
    ("spoilt", "rule"),
    [
        (b"kind: ledger\n  bad: [\n", "input/syntax"),
        (b"\xff\xfe\x00x", "input/"),
        (b"", "input/"),
        (b"kind: nonesuch\n", "shape/unknown-kind"),
        (b"kind: cases\ncases: []\n", ""),  # another kind, in which there is no change
        (None, ""),  # a folder in its place
    ],
)
def test_an_input_that_is_spoilt_says_what_is_wrong_with_it_now(spoilt: bytes | None, rule: str, centre: Path) -> None:
    write(centre, "tier", "change/riverside.yaml")
    path = centre / "change/riverside.yaml"
    if spoilt is None:
        path.unlink()
        path.mkdir()
    else:
        path.write_bytes(spoilt)
    status, found, said = replay(centre)
    assert status == 1 and found["status"]["receipt"] == 0 and found["status"]["now"] > 0
    assert any(rule in line for line in found["complaints"]) and found["complaints"][0].strip() in said
    assert any("change/riverside.yaml" in cause for cause in found["causes"])
    assert not any("口径" in cause for cause in found["causes"])  # no reading was changed


def test_another_version_of_the_tool(centre: Path) -> None:
    told = write(centre, "tier", "change/riverside.yaml")
    told["engine"] = "0.0.1"
    (centre.parent / "收据.json").write_text(json.dumps(told), encoding="utf-8")
    status, found, _ = replay(centre)
    assert status == 0 and found["causes"][0].startswith("工具的版本由 0.0.1 变为")
    told["result"]["decisions"][0]["tier"] = "special"
    (centre.parent / "收据.json").write_text(json.dumps(told), encoding="utf-8")
    status, found, _ = replay(centre)
    assert status == 1 and ["decisions[0].tier", "special", "ordinary"] in found["differences"]


@pytest.mark.parametrize(
    "command",
    [
        ["build"],
        ["trust", "--yes"],
        ["init", "x"],
        ["replay", "../收据.json"],
        ["check", "--trust-project"],
        ["assess", "--template", "x.xlsx", "--quarter", "2026-Q1"],
        ["check", "--nosuch"],
        [],
        [1],
    ],
    ids=str,
)
def test_a_receipt_runs_and_writes_nothing_else(command: list[Any], centre: Path) -> None:
    told = write(centre, "check", "change")
    told["command"] = command
    (centre.parent / "收据.json").write_text(json.dumps(told), encoding="utf-8")
    before = sorted(path for path in centre.rglob("*"))
    status, _, said = replay(centre)
    assert status == 2 and said and "Traceback" not in said
    assert sorted(path for path in centre.rglob("*")) == before


@pytest.mark.parametrize("text", ["", "[]", "{", '{"kind": "receipt"}', "\x00", "[" * 100_000])
def test_what_is_no_receipt_is_said(text: str, centre: Path) -> None:
    (centre.parent / "收据.json").write_text(text, encoding="utf-8")
    done = banshi("replay", "../收据.json", cwd=centre)
    assert done.returncode == 2 and len(done.stderr.splitlines()) == 1 and "Traceback" not in done.stderr


def test_no_receipt_over_a_file_that_is_read(centre: Path) -> None:
    path = centre / "change/riverside.yaml"
    before = path.read_bytes()
    done = banshi("tier", "change/riverside.yaml", "--receipt", "change/riverside.yaml", cwd=centre)
    assert done.returncode == 2 and path.read_bytes() == before


def test_standard_input_cannot_be_done_again(centre: Path) -> None:
    done = banshi(
        "check", "-", "--receipt", "../收据.json", cwd=centre, stdin=(centre / "change/riverside.yaml").read_bytes()
    )
    assert done.returncode == 0, done.stdout
    status, _, said = replay(centre)
    assert status == 2 and "标准输入" in said


@pytest.mark.parametrize(
    "words", [("check", "change"), ("tier", "change/riverside.yaml"), ("cases", "cases/办件登记.yaml")]
)
@pytest.mark.parametrize("joined", [True, False])
def test_absolute_paths_that_were_typed_are_not_handed_on(words: tuple[str, ...], joined: bool, centre: Path) -> None:
    """Whatever was typed, a receipt names paths as from where the command was run; one of before still replays."""
    place = centre.resolve()
    project = [f"--project={place}"] if joined else ["--project", str(place)]
    told = write(centre, words[0], str(place / words[1]), *project)
    text = (centre.parent / "收据.json").read_text(encoding="utf-8")
    assert str(place) not in text and told["inputs"] and told["law"]
    assert told["command"][:2] == [*words] and told["command"][2:] == (
        ["--project=."] if joined else ["--project", "."]
    )
    status, found, _ = replay(centre)
    assert (status, found["same"], found["causes"]) == (0, True, [])
    old = {**told, "command": [words[0], str(place / words[1]), *project]}
    folder = words[1].partition("/")[0]
    result = json.dumps(told["result"], ensure_ascii=False).replace(f'"{folder}/', f'"{place / folder}/')
    old["result"] = json.loads(result)
    (centre.parent / "收据.json").write_text(json.dumps(old), encoding="utf-8")
    status, found, _ = replay(centre)
    assert (status, found["same"], found["causes"]) == (0, True, []), found["differences"]
