"""Many faults cost what they are worth: each once, and time in proportion to the file."""

import cProfile
import json
import random
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from conftest import ROOT
from lengths import LONG, longer
from test_change_missing import project

from banshi.base.limits import MAX_COUNTED, MAX_FINDINGS
from banshi.checking.checker import Checker
from banshi.files import findings, piecemeal, shape
from banshi.files.findings import MORE
from banshi.files.kinds import KINDS
from banshi.files.reading import read
from banshi.files.report import Report
from banshi.files.shape import Shapes
from banshi.files.tables.entries import Entries, read_entries
from banshi.output.reports.json_report import as_json
from banshi.output.reports.text_report import as_text
from banshi.subjects.change import tables

LINE = '{"kind": "ledger", "project": {"id": %d}, "changes": [], "x": 1}'


def checked(path: Path, lines: list[str], most: int | None = MAX_FINDINGS) -> Report:
    path.write_text("\n".join(lines), encoding="utf-8")
    return Checker(ROOT, most=most).check([path])


def test_a_place_that_lacks_many_keys_is_explained_once() -> None:
    shapes = Shapes([ROOT / "schemas"], None)
    for kind in KINDS:
        found = list(shapes.check({"kind": kind}, kind))
        assert len(found) == len(set(found))
        required = set(shapes.schema(kind).get("required", ())) - {"kind"}
        assert required == {p.where[0] for p in found if p.rule == "shape/missing-key" and len(p.where) == 1}, kind


def test_what_is_only_counted_is_counted_like_what_is_listed(tmp_path: Path) -> None:
    lines = [LINE % n for n in range(60)]
    every, some = (checked(tmp_path / "a.jsonl", lines, most).summary for most in (None, MAX_FINDINGS))
    assert every == some and every.errors > MAX_FINDINGS


def test_so_many_that_their_number_does_not_matter(tmp_path: Path) -> None:
    """The listed ones stay what they are, the rest is “at least”, and no line is taken for sound."""
    per_line = checked(tmp_path / "a.jsonl", [LINE % 0]).summary.errors
    enough = (MAX_FINDINGS + MAX_COUNTED) // per_line + 2
    sound = json.dumps({"kind": "nonsense"})
    report = checked(tmp_path / "a.jsonl", [LINE % n for n in range(enough + 50)] + [sound])
    listed = [f for f in report.findings if f.rule != MORE]
    told = {"shape/missing-key", "shape/unknown-key", "input/not-stated"}
    assert len(listed) == MAX_FINDINGS and {f.rule for f in listed} <= told
    assert "至少" in next(f.message.zh for f in report.findings if f.rule == MORE)
    assert report.summary.errors >= MAX_FINDINGS + MAX_COUNTED + 50


ITEMS = [{"name": n, "x": 1, "attachments": [str(n), n]} for n in range(7)]
LARGE = {
    "ledger": {
        "kind": "ledger",
        "x": 1,
        "project": {"id": 3, "amounts": ITEMS},
        "changes": [{"sequence": 1, "a": n, "items": ITEMS, "reason": {"b": n}, "project": ITEMS} for n in range(5)],
    },
    "change": {"kind": "change", "items": [*ITEMS, 3, []], **{f"k{n}": n for n in range(9)}},
    "policy": {
        "kind": "policy",
        "jurisdiction": [1, 2, 3],
        "norms": [{"kind": "scope", "subjects": ["a", "a", "b", "b"], "x": [{"y": n}]} for n in range(4)],
        "attachments": {f"k{n}": {"title": n, "z": [n]} for n in range(6)},
    },
}


@pytest.mark.parametrize("kind", LARGE)
def test_a_large_document_is_looked_through_in_pieces(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """As at once: the same places, each as often, whatever the size of a piece."""
    shapes, data = Shapes([ROOT / "schemas"]), LARGE[kind]
    whole = sorted(map(str, shapes._places(kind, data)))
    assert len(whole) > 10
    for size in (1, 2, 5, 20):
        monkeypatch.setattr(piecemeal, "PIECE", size)
        assert sorted(map(str, shapes._places(kind, data))) == whole


EXAMPLES = [path for path in sorted((ROOT / "examples").rglob("*.yaml")) if "policies" not in path.parts]


@longer
@pytest.mark.parametrize("path", EXAMPLES[:: 1 if LONG else 12], ids=str)
def test_spoiled_examples_are_looked_through_in_pieces(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Likewise where nearly all is right, and decides about the rest."""
    shapes, document = Shapes([ROOT / "schemas"]), read(path).document
    assert document is not None
    kind, draw = document.data["kind"], random.Random(path.name)
    for _ in range(5):
        data = spoiled(document.data, draw)
        whole = sorted(map(str, shapes._places(kind, data)))
        monkeypatch.setattr(piecemeal, "PIECE", draw.choice((1, 3, 10)))
        assert sorted(map(str, shapes._places(kind, data))) == whole
        monkeypatch.undo()


def spoiled(value: Any, draw: random.Random) -> Any:
    """The same with some keys missing, some unknown, some values wrong."""
    if draw.random() < 0.03:
        return draw.choice((None, 1, "？", [], {}, [[]], {"a": [1]}))
    if isinstance(value, list):
        return [spoiled(each, draw) for each in value] * draw.choice((1, 1, 2))
    if isinstance(value, dict):
        kept = {key: spoiled(each, draw) for key, each in value.items() if draw.random() > 0.03}
        return kept | ({"?": [1]} if draw.random() < 0.03 else {})
    return value


@pytest.mark.parametrize("entry", ["a{n}", ["{n}"], {"a": "{n}"}])
def test_what_stands_twice_is_looked_for_in_time_that_grows_with_the_list(entry: Any) -> None:
    shapes = Shapes([ROOT / "schemas"])

    def looked_at(count: int) -> list[str]:
        entries = [json.loads(json.dumps(entry).replace("{n}", str(n % (count - 1)))) for n in range(count)]
        return [problem.message.zh for problem in shapes.check({"kind": "change", "criteria": entries}, "change")]

    looked_at(10)  # what is done once
    assert any("写了两次" in said for said in looked_at(50))
    done = [calls(lambda count=count: looked_at(count)) for count in (400, 800)]
    assert done[1] < 2.2 * done[0], done


def test_everything_that_stands_twice_in_a_list_is_counted() -> None:
    """However many findings are listed: all of a list is one."""
    criteria = [f"a{n % 300}" for n in range(600)]
    (problem,) = (
        each
        for each in Shapes([ROOT / "schemas"]).check({"kind": "change", "criteria": criteria}, "change")
        if "写了两次" in each.message.zh
    )
    assert "共 300 处" in problem.message.zh and "a0、a1" in problem.message.zh


@pytest.mark.parametrize(
    "line",
    [LINE % 1, '{"kind": "ledger", "a": 1, "a": 2}', '{"kind": "nonsense"}', "x: [1", '{"kind": "project", "id": 3}'],
)
def test_work_grows_with_the_lines(line: str, tmp_path: Path) -> None:
    checked(tmp_path / "a.jsonl", [line])  # what is done once
    done = [calls(lambda count=count: checked(tmp_path / "a.jsonl", [line] * count)) for count in (100, 200, 400)]
    assert all(after < 2.2 * before for before, after in pairwise(done)), done


def calls(run: Callable[[], object]) -> int:
    """How many calls something takes: work that no busy machine makes longer."""
    profile = cProfile.Profile()
    profile.runcall(run)
    return sum(entry.callcount for entry in profile.getstats())


def filed(path: Path, rows: int, wrong: tuple[int, ...] = ()) -> Path:
    """A ledger with few columns, which is all right: what has no place in it is not stated. ``wrong``: rows with a bad number."""
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("报批表")
        sheet.write_row(0, 0, ["项目标识", "编号", "序次", "申报日期", "金额·本次净额（元）", "申报档次"])
        for n in range(1, rows + 1):
            number = "" if n in wrong else f"变-{n}"
            sheet.write_row(n, 0, ["p", number, str(n), "2012-03-01", "1000", "三方会商"])
    return path


def test_what_has_no_place_in_a_long_ledger_is_no_deviation(tmp_path: Path) -> None:
    """It is none in a short one; nor is it counted where others are listed, and it takes no room from them."""
    assert checked_file(filed(tmp_path / "a.xlsx", 300)).summary.errors == 0
    report = checked_file(filed(tmp_path / "b.xlsx", 300, (299,)))
    assert [(f.rule, f.line) for f in report.findings if f.severity == "error"] == [("shape/missing-key", 300)]
    assert not any(f.rule == "input/not-judged" for f in report.findings)


def test_rows_are_counted_like_what_is_listed(tmp_path: Path) -> None:
    path = filed(tmp_path / "a.xlsx", 300, tuple(range(1, 290)))
    every, some = (Checker(ROOT, most=most).check([path]) for most in (None, 20))
    assert every.summary == some.summary and every.summary.errors == 289
    for report in (every, some):  # the eleven that are right are judged in either case
        assert not any(f.rule == "input/not-judged" for f in report.findings)


def test_what_is_counted_does_not_rest_on_what_is_listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of more deviations than are counted, a report that lists more of them tells of as many: “at least”, in every form."""
    for module in (shape, findings):
        monkeypatch.setattr(module, "MAX_COUNTED", 100)
    path = filed(tmp_path / "a.xlsx", 400, tuple(range(1, 390)))
    some, more = (Checker(ROOT, most=most).check([path]) for most in (MAX_FINDINGS, MAX_FINDINGS + 90))
    assert some.summary == more.summary and some.summary.errors == MAX_FINDINGS + 100 and some.summary.at_least
    assert {f.rule for f in some.findings} == {f.rule for f in more.findings}
    assert "错误 至少 300" in as_text(some, "zh") and json.loads(as_json(some, "zh"))["summary"]["at_least"] is True
    exact = Checker(ROOT, most=None).check([path])
    assert exact.summary.errors == 389 and "至少" not in as_text(exact, "zh")
    assert "at_least" not in json.loads(as_json(exact, "zh"))["summary"]


def test_what_is_kept_of_cells_is_what_can_be_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows of several bad cells: no more of these are kept than are listed, and all are counted."""
    kept: list[Entries] = []
    monkeypatch.setattr(tables, "read_entries", lambda *asked: kept.append(read_entries(*asked)) or kept[-1])
    with xlsxwriter.Workbook(str(tmp_path / "a.xlsx")) as book:
        sheet = book.add_worksheet("报批表")
        sheet.write_row(0, 0, ["项目标识", "编号", "序次", "申报日期", "金额·本次净额（元）", "申报档次"])
        for n in range(1, 101):
            sheet.write_row(n, 0, ["p", f"变-{n}", str(n), "昨天", "很多", "没有"])
    some, every = (Checker(ROOT, most=most).check([tmp_path / "a.xlsx"]) for most in (20, None))
    assert every.summary == some.summary and every.summary.errors == 300
    assert [each.table.cells_told for each in kept] == [21, 300] and len(kept[0].table.findings) < 30


def checked_file(path: Path) -> Report:
    return Checker(ROOT).check([path])


def of_items(count: int) -> str:
    """A ledger of one form in which every item has four faults: two keys unknown, one lacking, a value that is none."""
    data = project([80_000])
    (item,) = data["changes"][0]["items"]
    del item["name"]
    wrong = {**item, "unit_price": "很多", "附注": 1, "备注": 2}
    data["changes"][0]["items"] = [{**wrong, "item": f"{n:06}"} for n in range(count)]
    return json.dumps(data, ensure_ascii=False)


def test_items_that_are_only_counted_are_counted_like_those_listed(tmp_path: Path) -> None:
    """The fast validator counts what the slow one would tell, so that nothing is explained which nobody reads."""
    every, some = (checked(tmp_path / "a.json", [of_items(80)], most).summary for most in (None, 20))
    assert every == some and every.errors >= 80 * 4


def test_what_a_faulty_item_costs_does_not_grow_with_what_is_told(tmp_path: Path) -> None:
    checked(tmp_path / "a.json", [of_items(1)])  # what is done once
    few, many = (calls(lambda n=n: checked(tmp_path / "a.json", [of_items(n)], 20)) for n in (100, 300))
    assert (many - few) / 200 < 2000, "of each item that is only counted"
