"""One row that is not read makes nothing that is told as certain into something else that is told as certain."""

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st
from lengths import examples, longer, some
from test_change_missing import NETS, damaged, project
from test_change_tables import EXAMPLE, book, ledger, tables

from banshi.checking.loading import Loader
from banshi.files.report import Report
from banshi.subjects.change.loading import LoadedFiling

LOADER = Loader(ROOT)
TIERS = ("consultation", "finance", "government", "full_procedure")
SPOILT = {
    "void": lambda sheet, row, remarks: setattr(sheet.cell(row, remarks), "value", "作废"),
    "corrected": lambda sheet, row, remarks: setattr(sheet.cell(row, remarks), "value", "更正：以后附表为准"),
}


@lru_cache(maxsize=1)
def sheets() -> tuple[tuple[str, Any], ...]:
    return tuple(tables(ledger(EXAMPLE)))


def decided(path: Path) -> dict[str, tuple[Any, Any]]:
    """By form its tier, and the least that it may be (of a form whose tier is known: that)."""
    report = Report()
    found: dict[str, tuple[Any, Any]] = {}
    LOADER.begin()
    for unit in LOADER.units([path]):
        for each in LOADER.load(unit, report):
            assert isinstance(each, LoadedFiling)
            for case in each.filing.cases:
                tier = case.tier
                assert tier is not None
                found[case.change.number] = tier.value, tier.value or tier.least
    return found


def spoilt(folder: Path, how: str, row: int) -> Path:
    path = book(folder / "台账.xlsx", list(sheets()))
    made = openpyxl.load_workbook(path)
    sheet = made["报批表"]
    remarks = sheet.max_column + 1
    sheet.cell(1, remarks, "备注")
    if how == "gone":
        number = sheet.cell(row, 3).value
        sheet.delete_rows(row)
        for other in made.worksheets[3:]:
            for n in range(other.max_row, 1, -1):
                if other.cell(n, 2).value == number:
                    other.delete_rows(n)
    elif row:
        SPOILT[how](sheet, row, remarks)
    made.save(path)
    return path


@longer
@pytest.mark.parametrize("how", ["void", "corrected"])
@pytest.mark.parametrize("row", some(range(2, 13), 4))
def test_a_form_that_was_not_read_changes_no_tier_that_is_told(how: str, row: int, tmp_path: Path) -> None:
    """Whether it counts or not, what is certain without it is so; what is told as the least is no more than either."""
    whole, without = decided(spoilt(tmp_path, how, 0)), decided(spoilt(tmp_path, "gone", row))
    found = decided(spoilt(tmp_path, how, row))
    assert len(found) == len(whole) - 1, "every other form is decided, or said not to be"
    for number, (tier, least) in found.items():
        for other in (whole[number], without[number]):
            assert tier in (None, other[0]), number
            assert least is None or TIERS.index(least) <= TIERS.index(other[0]), number
    assert how == "corrected" or row == 2 or any(tier for tier, _ in found.values()), "what comes before it is certain"
    assert row == 12 or any(tier is None for tier, _ in found.values())


def told(data: Any, folder: Path) -> dict[str, tuple[Any, Any]]:
    path = folder / "ledger.yaml"
    path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    return decided(path)


def without(data: Any, lost: set[int]) -> Any:
    return {**data, "changes": [form for n, form in enumerate(data["changes"]) if n not in lost]}


BOTH_WAYS = NETS | st.sampled_from([-600_000, -300_000, -100_000, 100_000, 300_000, 600_000])


@examples(150)
@given(st.lists(BOTH_WAYS, min_size=2, max_size=5), st.booleans(), st.data())
def test_the_least_that_is_told_holds_whichever_of_the_lost_forms_count(
    tmp_path_factory: pytest.TempPathFactory, nets: list[int], number: bool, data: st.DataObject
) -> None:
    whole, folder = project(nets), tmp_path_factory.mktemp("ledger")
    lost = data.draw(st.sets(st.integers(0, len(nets) - 1), min_size=1, max_size=2))
    spoiled = whole
    for n in lost:
        spoiled = damaged(spoiled, n, number=number)
    found = told(spoiled, folder)
    for gone in (set(), *({n} for n in lost), lost):
        true = told(without(whole, gone), folder)
        for name, (tier, least) in found.items():
            assert tier in (None, true[name][0])
            assert least is None or TIERS.index(least) <= TIERS.index(true[name][0]), (name, gone)


@pytest.mark.parametrize(
    ("nets", "lost", "least"),
    [
        ([80_000, 600_000], [0], "full_procedure"),  # past the price whether the first counts or not
        ([500_000, -300_000, 200_000], [0], None),  # 500 000 is what it passes the price by
        ([-300_000, 200_000], [0], None),
        ([-300_000, 300_000, 600_000], [0, 1], None),  # if only the first counts, the last is less than …
        ([-700_000, 700_000, 600_000], [0, 1], None),  # … what is saved
        ([80_000, 20_000, 600_000], [1], "full_procedure"),
    ],
)
def test_the_least_rests_on_no_form_that_may_not_count(
    nets: list[int], lost: list[int], least: str | None, tmp_path: Path
) -> None:
    data = project(nets)
    for n in lost:
        data = damaged(data, n, number=True)
    assert told(data, tmp_path)[f"变-{len(nets)}"] == (None, least)


def test_forms_of_one_number_take_away_what_they_may(tmp_path: Path) -> None:
    """Which of two came first is not known: the sum of one may be with the other or without."""
    data = project([200_000, -400_000, 150_000])
    data["changes"][2]["sequence"] = 2
    data["changes"][2]["amounts"] |= {"cumulative_before": "200000.00", "cumulative": "350000.00"}
    assert told(data, tmp_path)["变-3"] == (None, None)
    data["changes"][2]["amounts"]["net"] = "600000.00"
    assert told(data, tmp_path)["变-3"] == (None, "full_procedure")


@pytest.mark.parametrize(
    ("sheet", "column", "judged"), [("会商与签章", 1, True), ("变更明细", 2, False), ("项目", 1, False)]
)
def test_what_a_lost_row_bears_on_is_only_what_it_says(sheet: str, column: int, judged: bool, tmp_path: Path) -> None:
    """A row inside of a form leaves that list of it open; one that does not say whose it is, the whole file."""
    path = spoilt(tmp_path, "void", 0)
    made = openpyxl.load_workbook(path)
    made[sheet].cell(1, made[sheet].max_column + 1, "备注")
    made[sheet].cell(2, made[sheet].max_column, "作废")
    if not judged:
        made[sheet].cell(2, column).value = None
    made.save(path)
    found = decided(path)
    assert bool(found) == judged
    assert not judged or found == decided(spoilt(tmp_path, "void", 0))
