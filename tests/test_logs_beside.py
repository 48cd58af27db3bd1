"""Cases of a centre that stand in two logs of one run: what is decided by one holds whatever of the other is added."""

import csv
import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, banshi, write_yaml
from lengths import LONG, longer

from banshi.checking.checker import Checker
from banshi.checking.loaded import LoadedFile
from banshi.checking.told_places import knowing_all
from banshi.files.report import Report
from banshi.subjects.cases.case_log import CaseLog
from banshi.subjects.cases.judged_target import JudgedTarget
from banshi.subjects.cases.summary import total

CENTRE = ROOT / "examples/linjiang"
HEAD = {"kind": "cases", "jurisdiction": "linjiang", "centre": "甲中心", "level": "city", "as_of": "2026-04-10"}
HEAD["departments"] = ["住建", "社保", "公积金"]  # type: ignore[assignment]
with open(CENTRE / "cases/办件.csv", encoding="utf-8", newline="") as stream:
    TITLES, *ROWS = list(csv.reader(stream))
MONTH, DONE, RATED = (TITLES.index(title) for title in ("受理日期", "办结日期", "好差评"))
TWICE = "input/told-twice"


def write(folder: Path, name: str, rows: list[list[str]], **head: Any) -> None:
    folder.mkdir(exist_ok=True)
    with open(folder / f"{name}.csv", "w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([TITLES, *rows])
    write_yaml(folder / f"{name}.yaml", {**HEAD, "log": f"{name}.csv", **head})


def logs(folder: Path) -> tuple[list[CaseLog], Report]:
    loader, report = Checker(CENTRE).loader, Report()

    def run(own: Report) -> list[CaseLog]:
        found = [each for unit in loader.units([folder]) for each in loader.load(unit, own)]
        return [each.value for each in found if isinstance(each, LoadedFile) and isinstance(each.value, CaseLog)]

    return knowing_all(loader.tellings, report, run), report


def keyed(log: CaseLog) -> dict[tuple[str, Any], JudgedTarget]:
    return {(each.placed.norm.id, each.group.key if each.group else ()): each for each in log.judged}


def verdicts(log: CaseLog) -> dict[tuple[str, Any], str]:
    return {key: each.verdict for key, each in keyed(log).items()}


def until(day: str, rows: list[list[str]]) -> list[list[str]]:
    """The rows as they stood on a day."""
    found = [list(row) for row in rows if row[MONTH] <= day]
    for row in found:
        if row[DONE] > day:
            row[DONE], row[RATED] = "", "未评议" if row[RATED] else ""
    return found


def figures(log: CaseLog) -> list[tuple[Any, Any]]:
    whole = total(log)
    of = (whole.many.ends, whole.done.ends, *(each.bounds or (0, 1) for each in whole.shares.values()))
    return [*of, *(each.ends for each in whole.shares.values())]


def within(each: JudgedTarget, whole: JudgedTarget) -> bool:
    """Whether the range of a figure holds that of the whole."""
    (least, most), (fewest, many) = each.share.bounds or (0, 1), whole.share.bounds or (0, 1)
    return not each.rate or not whole.share.of or (least <= fewest and many <= most)


@longer
@pytest.mark.parametrize("seed", range(24 if LONG else 3))
def test_what_is_decided_by_a_part_is_so_of_the_whole(seed: int, tmp_path: Path) -> None:
    rng = random.Random(seed)
    parts: list[list[list[str]]] = [[], []]
    share = rng.choice((0.5, 0.95))
    for row in ROWS:
        here = rng.random() > share
        for part in (here, not here) if rng.random() < 0.1 else (here,):
            parts[part].append(row)
    days = [rng.choice(("2026-03-05", "2026-03-31", "2026-04-10")) for _ in parts]
    for name, rows, day in zip("ab", parts, days, strict=True):
        write(tmp_path / "parts", name, until(day, rows), as_of=day)
    found, report = logs(tmp_path / "parts")
    decided = 0
    for log, own, others, day in zip(found, parts, parts[::-1], days, strict=True):
        more = [row for row in others if row not in own and row[MONTH] <= min(days)]
        assert (log.left.elsewhere + log.left.strange, log.left.open) == (len(more), False)
        assert days[0] != days[1] or not log.left.strange
        for extra in ([], more, [row for row in more if rng.random() < 0.5]):
            write(tmp_path / "whole", "办件", [*own, *extra], as_of=day)
            (whole,), _ = logs(tmp_path / "whole")
            expected = keyed(whole)
            for key, each in keyed(log).items():
                decided += each.met.value is not None
                assert each.met.value is None or each.met.value == expected[key].met.value
                assert key not in expected or within(each, expected[key])
            for one, its in zip(figures(log), figures(whole), strict=True):
                assert one[0] <= its[0] and its[1] <= one[1]
    assert decided
    write(tmp_path / "whole", "办件", ROWS)
    told = [f for f in report.findings if f.rule == TWICE]
    assert len(told) == 2 and {f.severity for f in told} == {"error"}
    checked = Checker(CENTRE).check([tmp_path / "parts"], jobs=rng.choice((1, 2))).findings
    assert len([f for f in checked if f.rule == TWICE]) == 2
    missed = [f for f in Checker(CENTRE).check([tmp_path / "whole"]).findings if f.rule == "cases/targets-met"]
    assert len([f for f in checked if f.rule == "cases/targets-met"]) <= 2 * len(missed)


def test_the_same_cases_twice_change_nothing(tmp_path: Path) -> None:
    write(tmp_path, "a", ROWS)
    write(tmp_path, "b", ROWS[::-1])
    (one, other), report = logs(tmp_path)
    assert not one.left and verdicts(one) == verdicts(other)
    assert {f.severity for f in report.findings if f.rule == TWICE} == {"warning"}


def early(row: list[str]) -> bool:
    return row[MONTH] < "2026-02-01"


def test_logs_one_after_the_other_share_the_months_of_finishing_alone(tmp_path: Path) -> None:
    write(tmp_path / "whole", "办件", ROWS)
    (whole,), _ = logs(tmp_path / "whole")
    write(tmp_path / "parts", "a", [row for row in ROWS if early(row)])
    write(tmp_path / "parts", "b", [row for row in ROWS if not early(row)])
    found, _ = logs(tmp_path / "parts")
    expected, decided = keyed(whole), 0
    for log in found:
        assert not log.left
        for key, each in keyed(log).items():
            if "month" in dict(key[1]) and each.met.value is not None:
                decided += 1
                assert each.met.value == expected[key].met.value
    assert decided


@pytest.mark.parametrize("other", [{"centre": "乙中心"}, {"jurisdiction": "luzhou"}])
def test_logs_of_other_centres_are_apart(other: dict[str, str], tmp_path: Path) -> None:
    write(tmp_path, "a", ROWS[::2])
    write(tmp_path, "b", ROWS[1::2], **other)
    found, report = logs(tmp_path)
    assert [f for f in report.findings if f.rule == TWICE] == [] and not any(log.beside for log in found)


def a_table(folder: Path) -> None:
    (folder / "b.yaml").unlink()


def lines(folder: Path) -> None:
    (folder / "b.yaml").unlink()
    (folder / "b.csv").unlink()
    case = {"kind": "other", "department": "住建", "window": "W1", "accepted_on": "2026-02-03"}
    heading = {key: value for key, value in HEAD.items() if key != "as_of"}
    rows = [heading, *({"id": f"X{n}", **case} for n in range(3))]
    text = "\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    (folder / "b.jsonl").write_text(text, encoding="utf-8")


def test_logs_of_months_share_nothing_where_no_target_is_of_a_month(tmp_path: Path) -> None:
    """By the rules of 泸州, whose targets are of a log as a whole."""
    for name, days in (("a", ("05", "20")), ("b", ("05",))):
        month = {"a": "01", "b": "02"}[name]
        cases = [
            {"id": f"{name}{day}", "kind": "other", "department": "甲", "window": "W", "finished_on": "2012-02-10"}
            | {"accepted_on": f"2012-{month}-{day}"}
            for day in days
        ]
        head = {"kind": "cases", "jurisdiction": "luzhou", "centre": "甲", "level": "county", "as_of": "2012-03-01"}
        write_yaml(tmp_path / f"{name}.yaml", {**head, "cases": cases})
    assert [f for f in Checker(ROOT).check([tmp_path]).findings if f.rule == TWICE] == []


def test_tables_that_do_not_say_whose_they_are_are_told_of_to_others_alone(tmp_path: Path) -> None:
    write(tmp_path, "a", ROWS[::2])
    write(tmp_path, "b", ROWS[1::2])
    for name in "ab":
        (tmp_path / f"{name}.yaml").unlink()
    assert [f for f in Checker(CENTRE).check([tmp_path]).findings if f.rule == TWICE] == []


@pytest.mark.parametrize(("change", "own"), [(a_table, 1), (lines, 2)])
def test_however_the_other_is_written(change: Callable[[Path], None], own: int, tmp_path: Path) -> None:
    write(tmp_path, "a", ROWS[::2])
    write(tmp_path, "b", ROWS[1::2])
    change(tmp_path)
    found, report = logs(tmp_path)
    assert len([f for f in report.findings if f.rule == TWICE]) == own
    assert all(log.left.strange or log.left.elsewhere for log in found)


# the same case, told otherwise


ID, DUE, KIND = TITLES.index("办件编号"), TITLES.index("承诺办结日"), TITLES.index("部门")


def otherwise(folder: Path, how: Callable[[list[str]], None], *, at: int = 3, **head: Any) -> Report:
    """The log twice, of which the second tells one case otherwise."""
    write(folder, "a", ROWS)
    rows = [list(row) for row in ROWS]
    how(rows[at])
    write(folder, "b", rows[::-1], **head)
    return logs(folder)[1]


def apart(report: Report) -> list[tuple[str, tuple[Any, ...], str]]:
    told = [f for f in report.findings if f.rule == TWICE and f.where[:1] == ("cases",)]
    return [(Path(f.path).name, f.where, f.message.zh) for f in told]


def put(column: int, value: str) -> Callable[[list[str]], None]:
    def change(row: list[str]) -> None:
        row[column] = value

    return change


@pytest.mark.parametrize(("column", "key", "value"), [(DUE, "due_on", "2026-12-31"), (KIND, "department", "别的部门")])
def test_facts_that_differ_are_told_at_both_places(column: int, key: str, value: str, tmp_path: Path) -> None:
    found = apart(otherwise(tmp_path, put(column, value)))
    assert [(name[0], where[2]) for name, where, _ in found] == [("a", key), ("b", key)]
    assert all(ROWS[3][ID] in said and value in said for _, _, said in found)
    assert found[0][1][1] == 3 and found[1][1][1] == len(ROWS) - 4
    checked = Checker(CENTRE).check([tmp_path], jobs=2).findings
    assert len([f for f in checked if f.rule == TWICE and f.where[:1] == ("cases",)]) == 2


def test_what_a_case_that_differs_bears_on_is_a_range(tmp_path: Path) -> None:
    otherwise(tmp_path, put(DUE, "2026-12-31"))
    for log in logs(tmp_path)[0]:
        assert log.left.twice == 1 and log.contested == 1


def test_lines_say_which_line_it_is(tmp_path: Path) -> None:
    otherwise(tmp_path, put(DUE, "2026-12-31"))
    lines(tmp_path)
    (tmp_path / "b.jsonl").unlink()
    case = {"id": ROWS[3][ID], "kind": "other", "department": "别的部门", "window": "W1", "accepted_on": ROWS[3][MONTH]}
    text = "\n".join(json.dumps(each, ensure_ascii=False) for each in (HEAD, case))
    (tmp_path / "b.jsonl").write_text(text, encoding="utf-8")
    _, report = logs(tmp_path)
    told = [f for f in report.findings if f.rule == TWICE and f.where[:1] == ("cases",)]
    assert {(Path(f.path).name, f.line) for f in told} >= {("b.jsonl", 2)}


def test_what_is_not_stated_or_came_later_is_no_contradiction(tmp_path: Path) -> None:
    done = next(n for n, row in enumerate(ROWS) if row[TITLES.index("办结日期")] > "2026-02-28")
    report = otherwise(tmp_path, put(TITLES.index("办结日期"), ""), at=done, as_of="2026-02-28")
    assert not apart(report)
    (tmp_path / "b.yaml").unlink()
    assert apart(otherwise(tmp_path / "c", put(TITLES.index("办结日期"), ""), at=done))


def test_another_centre_may_have_the_same_numbers(tmp_path: Path) -> None:
    assert not apart(otherwise(tmp_path, put(DUE, "2026-12-31"), centre="乙中心"))


def monthly(folder: Path, *, same: int, own: int, **odd: Any) -> Report:
    """Two logs of two months that have no common day, in which some cases have the same numbers."""
    base = {"kind": "other", "department": "住建", "window": "W1", "item": "甲"}
    for month, name in ((1, "a"), (2, "b")):
        dates = {"accepted_on": f"2026-0{month}-05", "finished_on": f"2026-0{month}-06"}
        ids = [*(f"S{n}" for n in range(same)), *(f"{name}{n}" for n in range(own))]
        cases = [{"id": each, **base, **dates, **(odd if name == "b" else {})} for each in ids]
        head = {key: value for key, value in HEAD.items() if key != "log"}
        folder.mkdir(exist_ok=True)
        write_yaml(folder / f"{name}.yaml", {**head, "cases": cases})
    return logs(folder)[1]


def test_a_number_that_stands_in_logs_of_other_days_is_told_and_left_open(tmp_path: Path) -> None:
    found = apart(monthly(tmp_path, same=1, own=3))
    assert [(name, where[:2]) for name, where, _ in found] == [("a.yaml", ("cases", 0)), ("b.yaml", ("cases", 0))]
    assert all("受理" in said and "2026-02-05" in said for _, _, said in found)
    for log in logs(tmp_path)[0]:
        assert log.contested == 1 and not log.beside


def test_numbers_that_begin_anew_are_other_cases(tmp_path: Path) -> None:
    report = monthly(tmp_path, same=12, own=2)
    assert not apart(report)
    told = [f for f in report.findings if f.rule == TWICE]
    assert len(told) == 2 and {f.severity for f in told} == {"warning"} and "编号重新起算" in told[0].message.zh
    assert not any(log.left for log in logs(tmp_path)[0])


@pytest.mark.parametrize("jobs", ["1", "2"])
@pytest.mark.parametrize("names", [("办件.csv", "办件登记.yaml"), ("办件登记.yaml", "办件.csv")])
def test_a_log_named_beside_its_register_is_the_same_log(names: tuple[str, str], jobs: str) -> None:
    """As a hook hands files over: what is said is what is said of the folder."""
    centre = ROOT / "examples/linjiang"
    whole, named = (
        banshi("check", "--jobs", jobs, *words, cwd=centre)
        for words in (("cases",), tuple(f"cases/{name}" for name in names))
    )
    assert named.stdout == whole.stdout and named.returncode == whole.returncode == 0
    assert "检查了 2 个文件" in whole.stdout
