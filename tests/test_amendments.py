"""The law through time: amending instruments, future and retroactive ones, pending matters, corrections; texts worked out by hand."""

import csv
import datetime
import json
import re
import shutil
from copy import deepcopy
from itertools import pairwise
from pathlib import Path
from typing import Any

import msgspec
import pytest
from conftest import ROOT, banshi
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from banshi.law.amending import Amended, AnyChange, Change
from banshi.law.amendments import CannotAmend, Consolidation
from banshi.law.instruments import PolicyVersion
from banshi.law.library import Law, Library, PolicyUnreadable
from banshi.law.texts import AmendmentFails

HERE = ROOT / "tests/data/through_time"
LIBRARY = Library([HERE / "policies"])
LINJIANG = Library([ROOT / "examples/linjiang/policies", ROOT / "policies"])
RULES = "yangcheng/change-rules"
with open(HERE / "expected.csv", encoding="utf-8", newline="") as stream:
    ROWS = list(csv.DictReader(stream))
day = datetime.date.fromisoformat
ONE_DAY = datetime.timedelta(days=1)


def law_on(on: str, place: str = "yangcheng", known_on: str | None = None, filed_on: str | None = None) -> Law | None:
    known, filed = (day(each) if each else None for each in (known_on, filed_on))
    return LIBRARY.at(day(on), place, known, filed).law("change")


def said(law: Law | None, norm: str) -> str:
    placed = law.norm(norm) if law else None
    return placed.statement if placed else "-"


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['day']} {row['place']}")
def test_the_text_of_a_day_is_what_was_worked_out_by_hand(row: dict[str, str]) -> None:
    law = law_on(row["day"], row["place"])
    norms = ("limit", "extension", "publicity-days", "one-matter", "finance-tier")
    assert {norm: said(law, norm) for norm in norms} == {norm: row[norm] for norm in norms}
    placed = law.norm("publicity-days") if law else None
    assert (placed.provision.label if placed else "-") == row["provision_of_publicity"]


def test_the_texts_of_an_instrument_follow_each_other_without_a_gap() -> None:
    found = LIBRARY.versions(RULES)
    assert [edition.text.version for edition in found] == [
        "2020-01-01",
        "2020-07-01",
        "2021-01-01",
        "2022-01-01",
        "2022-06-01",
        "2023-01-01",
        "2023-07-01",
        "2024-01-01",
        "2027-01-01",
    ]
    assert all(now.until is not None and now.until + ONE_DAY == then.since for now, then in pairwise(found))
    assert found[-1].until is None


@given(st.dates(datetime.date(2019, 6, 1), datetime.date(2028, 1, 1)))
def test_the_law_is_the_same_between_the_days_on_which_it_changes(on: datetime.date) -> None:
    (holding,) = [e.text for e in LIBRARY.versions(RULES) if e.holds(on)] or [None]
    assert LIBRARY.version_at(RULES, on) is holding


def test_a_citation_names_what_has_amended_the_norm() -> None:
    law = law_on("2022-01-01")
    assert law is not None
    cite = law.placed["finance-tier"].cite
    by = "样府〔2020〕11号第二条、样府〔2021〕15号第一条、样府〔2021〕14号第一条"  # the last has put 20 where notice 5 said 50
    assert cite.say() == f"样府〔2020〕1号 第一条（经{by}修改）"
    assert cite.version == "2022-01-01"
    assert [each.instrument.rpartition("-")[2] for each in cite.amended_by] == ["1", "5", "4"]
    before = law_on("2020-01-01")
    assert before is not None and before.placed["finance-tier"].cite.amended_by == ()


def test_what_follows_a_renumbered_provision_follows_it() -> None:
    law = law_on("2021-01-01")
    assert law is not None
    counted = law.reading("counted")
    assert counted is not None and counted.at == ("5",)


def test_an_amendment_of_an_amendment_that_was_not_known_yet_leaves_it_as_it_was() -> None:
    as_known = law_on("2022-01-01", known_on="2021-05-31")
    assert said(as_known, "finance-tier").startswith("50万元以内")
    assert said(law_on("2022-01-01", known_on="2021-06-01"), "finance-tier").startswith("20万元以内")


def test_a_future_text_is_known_before_it_is_in_force() -> None:
    assert [e.text.version for e in LIBRARY.versions(RULES, day("2026-11-01"))][-1] == "2024-01-01"
    assert [e.text.version for e in LIBRARY.versions(RULES, day("2026-11-02"))][-1] == "2027-01-01"


PENDING = [
    # Filed, judged on, what it follows: the old text to its end, but what notice 7 says reaches pending matters.
    ("2022-05-31", "2022-06-02", "市财政局8个工作日内办完。", "同一事项30天内分几次申报的，按一次算。"),
    ("2022-06-01", "2022-06-02", "市财政局6天内办完。", "-"),
    ("2022-06-02", "2023-06-30", "市财政局6天内办完。", "-"),
    ("2022-06-02", "2023-07-01", "市财政局6天内办完。", "同一事项60天内分几次申报的，按一次算。"),
    ("2023-07-02", "2024-02-01", "市财政局6天内办完。", "同一事项60天内分几次申报的，按一次算。"),
]


@pytest.mark.parametrize(("filed", "on", "limit", "matter"), PENDING)
def test_a_pending_matter_follows_the_old_text_unless_the_new_one_reaches_it(
    filed: str, on: str, limit: str, matter: str
) -> None:
    law = law_on(on, filed_on=filed)
    assert (said(law, "limit"), said(law, "one-matter")) == (limit, matter)


@pytest.mark.parametrize(
    ("on", "known_on", "days"),
    [
        ("2020-03-01", None, 10),
        ("2020-03-01", "2020-02-11", 10),
        ("2020-03-01", "2020-02-10", 12),
        ("2020-07-01", "2020-02-10", 12),  # what amends it then was not known yet
        ("2020-07-01", "2020-06-30", 8),
    ],
)
def test_a_correction_of_a_text_that_was_amended_later(on: str, known_on: str | None, days: int) -> None:
    said_then = said(law_on(on, known_on=known_on), "limit")
    assert f"{days}个工作日" in said_then


def test_a_correction_tells_what_was_told() -> None:
    def points(known: str | None) -> str:
        law = LINJIANG.at(day("2026-02-01"), "linjiang", day(known) if known else None).law("assessment")
        assert law is not None
        return law.placed["poor-ratings"].statement.partition("每件")[2]

    assert points(None) == points("2026-03-15") == "减2分。"
    assert points("2026-03-14") == "减3分。"


# One change after the other: what it must not do, and what it may.

BASE = YAML(typ="safe", pure=True).load(
    (HERE / "policies/yangcheng/change-rules/2020-01-01.yaml").read_text(encoding="utf-8")
)
for key, value in BASE["dates"].items():
    BASE["dates"][key] = str(value)
BASE["version"] = str(BASE["version"])
_LAW = LIBRARY.version_at(RULES, day("2020-01-01"))
assert _LAW is not None
BY = Amended("set", _LAW.cite, day("2020-07-01"))

IMPOSSIBLE: list[dict[str, Any]] = [
    {"do": "set", "norm": "nothing", "values": {"length": 1}},
    {"do": "set", "norm": "limit", "values": {"length.days.value": 1}},
    {"do": "set", "norm": "limit", "values": {"id": "other"}},
    {"do": "set", "values": {"governs": ["attendance"]}},
    {"do": "set", "provision": "1", "values": {"norms": []}},
    {"do": "unset", "norm": "limit", "keys": ["grace"]},
    {"do": "remove", "norm": "nothing"},
    {"do": "remove", "provision": "9"},
    {"do": "revive", "norm": "limit"},
    {"do": "revive"},
    {"do": "add", "into": "1", "new": {"id": "limit", "kind": "information", "statement": "样例"}},
    {"do": "add", "into": "9", "new": {"id": "new", "kind": "information", "statement": "样例"}},
    {"do": "add", "into": "1", "after": "nothing", "new": {"id": "new", "kind": "information", "statement": "样例"}},
    {"do": "add", "new": {"id": "1", "label": "又一条", "heading": "样例", "source": {"note": "虚构"}}},
    {"do": "renumber", "provisions": {"1": {"id": "2", "label": "第二条"}}},
    {"do": "renumber", "provisions": {"9": {"id": "10", "label": "第十条"}}},
    {"do": "rename", "words": {"没有这个词": "别的词"}},
]


def typed(change: dict[str, Any]) -> Change:
    return msgspec.convert(change, AnyChange)  # type: ignore[no-any-return]


@pytest.mark.parametrize("change", IMPOSSIBLE, ids=str)
def test_a_change_that_finds_nothing_to_change_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(CannotAmend):
        Consolidation(BASE).apply(typed(change), BY)


def test_what_is_suspended_comes_back_in_its_place_whatever_else_was_taken_out() -> None:
    making = Consolidation(BASE)
    for wanted in ("2", "3", "4"):
        making.apply(typed({"do": "suspend", "provision": wanted}), BY)
    assert [provision["id"] for provision in making.text["provisions"]] == ["1", "5"]
    for wanted in ("4", "2", "3"):
        making.apply(typed({"do": "revive", "provision": wanted}), BY)
    assert making.text == BASE


def test_a_word_inside_its_new_form_is_not_renamed_again() -> None:
    making = Consolidation(BASE)
    making.apply(typed({"do": "rename", "words": {"财政局": "市财政局"}}), BY)
    once = making.text
    assert once["provisions"][2]["norms"][0]["statement"] == "市财政局{length}内办完。"
    assert once["offices"]["finance"]["also"] == ["财政局"], "registers may go on saying the old name"
    with pytest.raises(CannotAmend):
        making.apply(typed({"do": "rename", "words": {"财政局": "市财政局"}}), BY)


VALUES = {
    "finance-tier": "amount.upper.value",
    "government-tier": "amount.lower.value",
    "limit": "length.value",
    "publicity-days": "length.value",
    "one-matter": "within.value",
}
CHANGES = st.lists(
    st.one_of(
        st.tuples(st.just("set"), st.sampled_from(sorted(VALUES)), st.integers(1, 99)),
        st.tuples(st.just("remove"), st.sampled_from(sorted(VALUES)), st.just(0)),
        st.tuples(st.just("revive"), st.sampled_from(sorted(VALUES)), st.just(0)),
    ),
    max_size=8,
)


@given(CHANGES)
def test_changes_one_by_one_come_to_the_same_as_a_text_written_whole(changes: list[tuple[str, str, int]]) -> None:
    """The other side is written with plain dicts: what each norm says, and which norms stand."""
    making, figures = Consolidation(BASE), dict.fromkeys(VALUES, 0)
    standing = dict.fromkeys(VALUES, True)
    for do, norm, figure in changes:
        change = {"do": do, "norm": norm, **({"values": {VALUES[norm]: figure}} if do == "set" else {})}
        if standing[norm] == (do == "revive"):
            with pytest.raises(CannotAmend):
                making.apply(typed(change), BY)
            continue
        making.apply(typed(change), BY)
        figures[norm] = figure or figures[norm]
        standing[norm] = do != "remove"
    whole = deepcopy(BASE)
    for provision in whole["provisions"]:
        for norm in provision["norms"]:
            if figure := figures.get(norm["id"], 0):
                first, *rest = VALUES[norm["id"]].split(".")
                (norm[first][rest[0]] if len(rest) == 2 else norm[first])[rest[-1]] = figure
        provision["norms"] = [norm for norm in provision["norms"] if standing.get(norm["id"], True)]
    assert making.text == whole


def a_copy(tmp_path: Path) -> Path:
    shutil.copytree(HERE / "policies", tmp_path / "policies")
    return tmp_path / "policies/yangcheng"


def test_a_change_that_cannot_be_made_stops_what_rests_on_it_and_says_where(tmp_path: Path) -> None:
    place = a_copy(tmp_path)
    path = place / "notice-2/2020-07-01.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("norm: limit", "norm: limits"), encoding="utf-8")
    library = Library([tmp_path / "policies"])
    assert library.at(day("2020-06-30"), "yangcheng").law("change") is not None
    with pytest.raises(AmendmentFails) as failed:
        library.at(day("2020-07-01"), "yangcheng").law("change")
    assert failed.value.path == path and failed.value.where == ("amends", 0, "changes", 1)
    assert isinstance(failed.value, PolicyUnreadable)


def test_an_amendment_may_be_put_off_and_taken_back(tmp_path: Path) -> None:
    place = a_copy(tmp_path)
    path = place / "notice-4/2021-06-01.yaml"
    text = path.read_text(encoding="utf-8")
    head = text.partition("    changes:\n")[0]
    path.write_text(head + '    changes:\n      - {at: "1", do: set, values: {dates.in_force: 2022-03-01}}\n', "utf-8")
    library = Library([tmp_path / "policies"])
    assert [e.text.version for e in library.versions(RULES)][3:5] == ["2022-03-01", "2022-06-01"]
    path.write_text(head + '    changes:\n      - {at: "1", do: remove}\n', "utf-8")
    taken_back = Library([tmp_path / "policies"])
    assert [e.text.version for e in taken_back.versions(RULES)][3] == "2022-06-01"
    path.write_text(head + '    changes:\n      - {at: "1", do: remove, change: raise-lower}\n', "utf-8")
    half: PolicyVersion | None = Library([tmp_path / "policies"]).version_at(RULES, day("2022-01-01"))
    assert half is not None
    assert [p.statement[:6] for p in half.placed][:2] == ["50万元以内", "超过10万元"]


def test_two_that_amend_each_other_do_not_go_round_for_ever(tmp_path: Path) -> None:
    place = a_copy(tmp_path)
    path = place / "notice-5/2022-01-01.yaml"
    path.write_text(
        path.read_text(encoding="utf-8")
        + "  - instrument: yangcheng/notice-4\n    since: 2021-03-01\n    changes:\n"
        + "      - {do: set, values: {title: 另一个标题}}\n",
        encoding="utf-8",
    )
    library = Library([tmp_path / "policies"])
    assert said(library.at(day("2022-01-01"), "yangcheng").law("change"), "finance-tier").startswith("20万元")
    assert len(library.versions(RULES)) == 9


def test_the_whole_text_may_be_repealed_and_revived(tmp_path: Path) -> None:
    place = a_copy(tmp_path)
    for name, since, do in (("notice-4", "2021-06-01", "remove"), ("notice-3", "2021-01-01", "revive")):
        path = place / f"{name}/{since}.yaml"
        head = path.read_text(encoding="utf-8").partition("amends:\n")[0]
        entry = f"amends:\n  - instrument: {RULES}\n    changes:\n      - {{do: {do}}}\n"
        path.write_text(head + entry, encoding="utf-8")
    for later in ("notice-6", "notice-7"):  # they speak of what notice 3 would have added
        shutil.rmtree(place / later)
    late = place / "notice-3/2021-01-01.yaml"
    late.write_text(late.read_text("utf-8").replace("changes:", "since: 2021-09-01\n    changes:"), encoding="utf-8")
    library = Library([tmp_path / "policies"])
    assert [str(e.until) for e in library.versions(RULES)][1] == "2021-05-31"
    assert library.version_at(RULES, day("2021-08-31")) is None
    assert library.version_at(RULES, day("2021-09-01")) is not None


def findings(tmp_path: Path, name: str, old: str, new: str) -> list[str]:
    """What a check of one file of a copy finds, once something in it is written otherwise."""
    place = a_copy(tmp_path)
    path = next((place / name).iterdir())
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    done = banshi("check", str(path), "--format", "json", cwd=tmp_path)
    return [f"{f['rule']} {f['line']} {f['message']}" for f in json.loads(done.stdout)["findings"]]


MISWRITTEN = [
    ("notice-2", "norm: limit", "norm: limits", "policy/amendments-apply 20 那时的文本里没有规范点 limits"),
    ("notice-2", "length.value", "lenght.value", "policy/amendments-apply 19 那时的文本里没有 lenght.value"),
    ("notice-2", "length.value: 5", "length.value: 五", "policy/amendments-apply 19 改了以后的文本不能用：“数值”"),
    ("notice-2", 'at: "1"', 'at: "7"', "policy/amendments-apply 19 本文件没有条款 7"),
    ("notice-2", "yangcheng/change-rules", "yangcheng/notice-2", "policy/amendments-apply 17 文件不能修改自己"),
    ("notice-2", "yangcheng/change-rules", "yangcheng/none", "policy/amendments-apply 17 本库没有 yangcheng/none"),
    ("notice-2", "    changes:", "    version: 2019-01-01\n    changes:", "policy/amendments-apply 18 没有 2019-01-01"),
    ("notice-2", "    changes:", "    since: 2020-06-01\n    changes:", "policy/amendments-apply 18 早于本文件施行"),
    ("notice-6", "until: 2022-12-31", "until: 2022-05-31", "policy/amendments-apply 21 还没有生效就已经到期"),
    ("notice-2", "do: set", "do: sett", "shape/"),
    ("notice-2", "values:", "words: {a: b}, values:", "shape/"),
    ("notice-2", "norm: limit", "norm: limit, provision: '1'", "shape/"),
]


@pytest.mark.parametrize(("name", "old", "new", "found"), MISWRITTEN)
def test_a_miswritten_amendment_is_a_located_finding(tmp_path: Path, name: str, old: str, new: str, found: str) -> None:
    said = findings(tmp_path, name, old, new)
    assert any(each.startswith(found) for each in said), said


def test_what_an_amendment_spoils_is_told_of_it_and_of_no_other_file(tmp_path: Path) -> None:
    place = a_copy(tmp_path)
    path = next((place / "notice-2").iterdir())
    path.write_text(path.read_text(encoding="utf-8").replace("length.value: 5", "length.value: 五"), encoding="utf-8")
    told = json.loads(banshi("check", str(place), "--format", "json", cwd=tmp_path).stdout)["findings"]
    assert {Path(f["path"]).parent.name for f in told if f["rule"] == "policy/amendments-apply"} == {"notice-2"}
    unusable = [f["message"] for f in told if f["rule"] == "engine/policy-unusable"]
    assert unusable and all("notice-2" in each for each in unusable)
    assert not any("Text(" in f["message"] for f in told)


def test_an_amendment_of_a_text_that_has_ended_is_a_finding(tmp_path: Path) -> None:
    place = a_copy(tmp_path)
    first, *later = sorted((place / "change-rules").iterdir())
    for path in later:
        path.unlink()
    text = first.read_text(encoding="utf-8")
    first.write_text(re.sub(r"(?m)^(dates: \{.*)\}", r"\1, ended: 2020-06-30}", text), encoding="utf-8")
    said = banshi("check", str(place / "notice-2"), cwd=tmp_path).stdout
    assert "[policy/amendments-apply]" in said and "在 2020-07-01 以前已经失效" in said


def test_what_is_written_rightly_is_found_sound() -> None:
    done = banshi("check", str(HERE / "policies"), "--project", str(HERE))
    # The two notices of one day that change the same limit are told, and the district's 7 working days from the day on
    # which the city has 6 days; nothing else.
    assert done.returncode == 0 and done.stdout.count("[policy/") == 3, done.stdout
    assert done.stdout.count("[policy/amended-once-a-day]") == 2
    assert done.stdout.count("[policy/county-loosens]\n  自 2022-06-01 起") == 1
