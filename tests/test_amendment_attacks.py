"""Amending instruments written to do harm: in circles, stacked, by the hundred, into what is another's; told, bounded, the rest decided."""

import datetime
import random
import shutil
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path

import msgspec
import pytest
from conftest import ROOT
from test_faults_in_bulk import calls

from banshi.base.limits import MAX_AMENDED
from banshi.checking.checker import Checker
from banshi.files.report import Report
from banshi.law.dotted import Nowhere, find, put
from banshi.law.library import Library, PolicyUnreadable

RULES = "yangcheng/change-rules"
HEAD = """kind: policy
instrument: {name}
version: {since}
title: 通知（虚构）
number: 虚构〔2020〕{number}号
jurisdiction: {place}
jurisdiction_name: 样城市（虚构）
subject: 工程变更审批
issuers: [样城市政府]
dates: {{issued: {since}, in_force: {since}, known: {since}}}
status: in_force
validity: unverified
normative: true
source: {{note: 虚构}}
provisions:
  - {{id: "1", label: 第一条, heading: 修改, source: {{note: 虚构}}}}
amends:
"""
Entry = tuple[str, str]  # what is amended, and the change
TITLE = "{do: set, values: {title: 又一个标题}}"


def limit(days: int) -> str:
    return f'{{at: "1", do: set, norm: limit, values: {{length.value: {days}}}}}'


def name(number: int) -> str:
    return f"yangcheng/n-{number:04d}"


def centre(folder: Path, notices: Iterable[list[Entry]], place: str = "yangcheng") -> Path:
    """A centre with a text of its own, and notices of days one after the other."""
    shutil.copytree(ROOT / "tests/data/through_time/policies/yangcheng/change-rules", folder / "policies" / RULES)
    for number, entries in enumerate(notices):
        since = datetime.date(2020, 2, 1) + datetime.timedelta(days=number)
        own = name(number).replace("yangcheng", place)
        path = folder / "policies" / own / f"{since}.yaml"
        path.parent.mkdir(parents=True)
        head = HEAD.format(name=own, since=since, number=number + 1, place=place)
        path.write_text(
            head + "".join(f"  - instrument: {what}\n    changes:\n      - {change}\n" for what, change in entries),
            "utf-8",
        )
    return folder


def checked(folder: Path) -> Report:
    return Checker(folder).check([folder / "policies"])


def told(report: Report) -> set[tuple[str, str]]:
    """The notices that something is told of, by which rule."""
    return {(Path(f.path).parent.name, f.rule) for f in report.findings if f.severity == "error"}


def days(folder: Path, on: str) -> str:
    """The limit of the text in force on a day."""
    law = Library([folder / "policies"]).at(datetime.date.fromisoformat(on), "yangcheng").law("change")
    placed = law.norm("limit") if law else None
    return str(placed.norm.length.value) if placed else "-"  # type: ignore[attr-defined]


@pytest.mark.parametrize("number", [2, 3, 6, 12])
def test_all_that_amend_each_other(number: int, tmp_path: Path) -> None:
    """Every later one amends every earlier one; what an earlier one would do to a later one is told, and comes to nothing."""
    every = [[(name(k), TITLE) for k in range(number) if k != n] + [(RULES, limit(n + 3))] for n in range(number)]
    folder = centre(tmp_path, every)
    assert told(checked(folder)) == {(f"n-{n:04d}", "policy/amendments-apply") for n in range(number - 1)}
    assert [days(folder, f"2020-02-{n + 1:02d}") for n in range(number)] == [str(n + 3) for n in range(number)]


def test_a_ring(tmp_path: Path) -> None:
    folder = centre(tmp_path, [[(name((n + 1) % 7), TITLE), (RULES, limit(9))] for n in range(7)])
    assert told(checked(folder)) == {(f"n-{n:04d}", "policy/amendments-apply") for n in range(6)}
    assert days(folder, "2020-03-01") == "9"


def test_one_that_amends_itself(tmp_path: Path) -> None:
    folder = centre(tmp_path, [[(name(0), TITLE), (RULES, limit(9))]])
    assert told(checked(folder)) == {("n-0000", "policy/amendments-apply")}
    assert days(folder, "2020-03-01") == "9"


@pytest.mark.parametrize("over", [0, 1])
@pytest.mark.parametrize("forward", [True, False])
def test_amendments_of_amendments(over: int, forward: bool, tmp_path: Path) -> None:
    """So many one upon the other, at the limit and above it, whichever was decided first; others are judged in either case."""
    number = MAX_AMENDED + over
    order = list(range(number)) if forward else list(reversed(range(number)))
    amended = dict(zip(order, [*order[1:], None], strict=True))
    notices = [[(RULES, limit(9)) if amended[n] is None else (name(amended[n] or 0), TITLE)] for n in range(number)]
    folder = centre(tmp_path, [*notices, [(RULES, limit(8)), ("yangcheng/nothing", TITLE)]])
    found = told(checked(folder))
    assert (f"n-{number:04d}", "policy/amendments-apply") in found  # of nothing that is there
    assert found - {(f"n-{number:04d}", "policy/amendments-apply")} == set() or over
    assert any("一层改一层" in f.message.zh for f in checked(folder).findings) == bool(over)


def test_what_is_another_centres_is_left_alone(tmp_path: Path) -> None:
    folder = centre(tmp_path, [[(RULES, limit(9))]], place="lincheng")
    assert told(checked(folder)) == {("n-0000", "policy/amendments-apply")}
    assert days(folder, "2020-03-01") == days(folder, "2020-01-02") != "9"


@pytest.mark.parametrize(
    "change",
    [
        "{do: remove, norm: nothing}",
        f"{{do: rename, words: {{{', '.join(f'没有{n}: 甲{n}' for n in range(2000))}}}}}",
        f"{{do: set, values: {{{'.'.join(['dates'] * 100)}: 1}}}}",
        f"{{do: set, norm: limit, values: {{{', '.join(f'length.value.{n}: 1' for n in range(500))}}}}}",
        "{do: renumber, provisions: {'1': {id: '2', label: 第二条}}}",
    ],
)
def test_what_finds_nothing_is_told_where_it_stands(change: str, tmp_path: Path) -> None:
    folder = centre(tmp_path, [[(RULES, change)], [("yangcheng/none", limit(3))]])
    report = checked(folder)
    assert {("n-0000", "policy/amendments-apply"), ("n-0001", "policy/amendments-apply")} <= told(report)
    assert all(f.line > 17 for f in report.findings if f.rule == "policy/amendments-apply")


def test_work_grows_with_the_amendments(tmp_path: Path) -> None:
    """Each makes a text of its own, which goes on from the one before it."""
    done = []
    for number in (6, 12, 24):
        folder = centre(tmp_path / str(number), [[(RULES, limit(3 + n % 9))] for n in range(number)])
        done.append(calls(lambda folder=folder: checked(folder)))
    assert all(after < 2.15 * before for before, after in pairwise(done)), done


def test_a_text_is_the_same_whichever_was_asked_for_before_it(tmp_path: Path) -> None:
    """Texts go on from one another: in whatever order they are made, each is what it is alone."""
    kinds = [
        limit(3),
        limit(9),
        "{do: set, provision: '1', values: {heading: 标题}}",
        "{do: rename, words: {批准: 审批}}",
        "{do: set, values: {title: 新办法}}",
        limit(5),
        "{do: rename, words: {审批: 批准}}",
        "{do: suspend, norm: limit, until: 2020-02-20}",
    ]
    changes = [(RULES, kinds[n % len(kinds)]) for n in range(len(kinds))]
    folder = centre(tmp_path, [[each] for each in changes for _ in range(3 if "length" in each[1] else 1)])
    path = folder / "policies" / RULES / "2020-01-01.yaml"
    start = datetime.date(2020, 1, 30)
    wanted = [start + datetime.timedelta(days=n) for n in range(30)]

    def asked(library: Library, day: datetime.date) -> object:
        try:
            text = library.consolidated(path, day)
        except PolicyUnreadable as why:
            return str(why)
        return msgspec.to_builtins(text), text.amended, library.consolidated_data(path, day)

    alone = [asked(Library([folder / "policies"]), day) for day in wanted]
    for seed in range(2):
        library = Library([folder / "policies"])
        for n in random.Random(seed).sample(range(30), 30):
            assert asked(library, wanted[n]) == alone[n], wanted[n]
    assert len({repr(each) for each in alone}) > 12, [each for each in alone if isinstance(each, str)]


@pytest.mark.parametrize(
    ("path", "found"), [("length.value", True), (".".join(["length"] * 200), False), ("a" + ".a" * 2**20, False)]
)
def test_steps_of_a_path(path: str, found: bool) -> None:
    data = {"length": {"value": 3}}
    if found:
        assert find(data, path) == 3
        return
    with pytest.raises(Nowhere):
        put(data, path, 1)
    assert data == {"length": {"value": 3}}


def test_many_changes_of_one(tmp_path: Path) -> None:
    done = []
    for number in (60, 120, 240):
        entries = [(RULES, "\n      - ".join(limit(3 + n % 9) for n in range(number)))]
        folder = centre(tmp_path / str(number), [entries])
        done.append(calls(lambda folder=folder: checked(folder)))
    assert all(after < 2.3 * before for before, after in pairwise(done)), done
