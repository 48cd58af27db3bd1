"""Schedules worked by hand across Spring Festival 2012, and what must hold for any schedule.

2012: 22 to 28 January are off; Saturday 21 and Sunday 29 January are make-up days.
"""

import io
import json
import shutil
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import msgspec
import pytest
from conftest import ROOT, banshi, write_yaml
from hypothesis import given
from hypothesis import strategies as st
from lengths import examples
from msgspec.structs import replace
from openpyxl import load_workbook

from banshi.base.text import Text
from banshi.checking.checker import Checker
from banshi.files.not_stated import without
from banshi.files.reading import read
from banshi.law.library import Library
from banshi.law.working_days import WorkingDays
from banshi.output.timeline import Axis, TimelineRow, timeline
from banshi.subjects.parallel.answer import ScheduleAnswer, answer
from banshi.subjects.parallel.combined import BEYOND, WITH_APPROVAL, WITHIN, CaseSpan, combined_limit
from banshi.subjects.parallel.context import CaseFile, CatalogueFile, cycles, in_order
from banshi.subjects.parallel.forms import Case, Catalogue, Item
from banshi.subjects.parallel.holdups import FINISHED, FINISHED_LATE, OVERDUE, UNDER_WAY, WAITING, status
from banshi.subjects.parallel.notice import of_case
from banshi.subjects.parallel.savings import Saving
from banshi.subjects.parallel.schedule import limits_of, one_after_another, side_by_side
from banshi.subjects.parallel.schedule_json import as_json
from banshi.subjects.parallel.schedule_said import schedule_printout

POLICIES = [ROOT / "policies"]
LIBRARY, DAYS = Library(POLICIES), WorkingDays(POLICIES)
START = date(2012, 1, 18)  # a Wednesday
CASE = ROOT / "examples/parallel/investment/case.yaml"


def item(
    name: str, promised: int | None, *requires: str, statutory: int | None = None, unit: str = "工作日"
) -> dict[str, Any]:
    limits = {"promised": promised, "statutory": statutory, "unit": unit}
    return {"id": name, "name": name.upper(), "department": "one", "limits": limits, "requires": list(requires)}


def case_of(*items: dict[str, Any], **case: Any) -> CaseFile:
    catalogue = {
        "jurisdiction": "luzhou/yangliqu",
        "centre": "样例（虚构）",
        "title": "样例（虚构）",
        "case_kind": "investment_project",
        "in_use_from": "2011-06-01",
        "departments": [{"id": "one", "name": "甲部门"}],
        "items": list(items),
    }
    own = {"id": "1", "name": "样例（虚构）", "catalogue": "-", "starts_on": START, **case}
    file = CatalogueFile(msgspec.convert(catalogue, Catalogue), LIBRARY)
    return CaseFile(msgspec.convert(own, Case), file, DAYS)


def answered(*items: dict[str, Any], **case: Any) -> ScheduleAnswer:
    found = answer(case_of(*items, **case))
    assert isinstance(found, ScheduleAnswer)
    return found


FOUR = (item("a", 2), item("b", 3), item("c", 5, "a", "b"), item("d", 0, "a"))


def test_start_due_and_slack_over_the_festival() -> None:
    plan = answered(*FOUR).plan
    got = {slot.item.id: (slot.accepted, slot.due, slot.slack) for slot in plan.slots}
    assert got == {
        "a": (START, date(2012, 1, 20), 1),  # 19, 20; may slip to the make-up Saturday
        "b": (START, date(2012, 1, 21), 0),  # 19, 20, 21
        "c": (date(2012, 1, 21), date(2012, 2, 2), 0),  # 29, 30, 31, 1, 2
        "d": (date(2012, 1, 20), date(2012, 1, 20), 6),  # on the spot; 21, 29, 30, 31, 1, 2
    }
    assert (plan.length, plan.ends_on, plan.path) == (8, date(2012, 2, 2), ("b", "c"))


def test_one_after_another_and_the_saving() -> None:
    found = answered(*FOUR)
    assert (found.serial.length, found.serial.ends_on) == (10, date(2012, 2, 6))
    assert found.saved.value == Saving(10, 8)
    assert str(found.saved.value.percent) == "20.0"
    assert any(reason.basis and reason.basis.norm == "investment-speed" for reason in found.saved.reasons)


def test_finished_items_shift_the_rest() -> None:
    done = {"a": date(2012, 1, 19), "b": date(2012, 1, 30)}
    found = answered(*FOUR, done=done, as_of=date(2012, 1, 31))
    third = found.stands.by_id["c"]
    assert (third.accepted, third.due) == (date(2012, 1, 30), date(2012, 2, 6))
    assert [status(found.file, s) for s in found.stands.slots] == [FINISHED, FINISHED_LATE, UNDER_WAY, OVERDUE]
    assert [h.item for h in found.holdups] == ["d", "b"]
    assert "晚了2个工作日" in found.holdups[1].text.zh
    assert found.plan.ends_on == date(2012, 2, 2)


def test_an_overdue_item_holds_the_case_up() -> None:
    done = {"a": date(2012, 1, 20), "d": date(2012, 1, 20)}
    found = answered(*FOUR, done=done, as_of=date(2012, 1, 30))
    late = found.stands.by_id["b"]
    assert (late.due, late.end) == (date(2012, 1, 21), date(2012, 1, 30))
    assert found.stands.ends_on == date(2012, 2, 6)
    (holdup,) = found.holdups
    assert (holdup.item, holdup.status) == ("b", OVERDUE)
    assert "已超期2个工作日" in holdup.text.zh
    assert "等它的有C" in holdup.text.zh


def test_what_waits_and_what_holds_up_without_delay() -> None:
    found = answered(*FOUR, done={}, as_of=date(2012, 1, 19))
    assert [status(found.file, s) for s in found.stands.slots] == [UNDER_WAY, UNDER_WAY, WAITING, WAITING]
    assert [h.item for h in found.holdups] == ["b"]


def test_what_is_finished_after_the_day_asked_about_is_not_known_yet() -> None:
    found = answered(*FOUR, done={"a": date(2012, 1, 20)}, as_of=date(2012, 1, 19))
    assert found.stands.by_id["a"].finished is None


def test_calendar_days_roll_to_a_working_day() -> None:
    (slot,) = answered(item("a", 5, unit="天")).plan.slots
    assert slot.due == date(2012, 1, 29)  # 23 January is off
    (slot,) = answered(item("a", 3, unit="天")).plan.slots
    assert slot.due == date(2012, 1, 21)  # a make-up Saturday is a working day


def test_an_item_on_the_spot_on_a_day_off_is_done_on_the_next_working_day() -> None:
    (slot,) = answered(item("a", 0), starts_on=date(2012, 1, 24)).plan.slots
    assert slot.due == date(2012, 1, 29)


def test_a_year_without_arrangement_is_said_and_the_rest_is_dated() -> None:
    found = answered(item("a", 1), item("b", 5), item("c", 1, "b"), starts_on=date(2026, 12, 30))
    by_id = found.plan.by_id
    assert by_id["a"].due == date(2026, 12, 31)
    assert (by_id["b"].due, by_id["c"].accepted) == (None, None)
    assert (found.plan.length, found.plan.ends_on, found.plan.path) == (None, None, ())
    assert found.saved.value is None
    assert ["2027 年的放假安排未录入" in reason.text.zh for reason in found.notes] == [True]


def test_slack_does_not_need_the_year_after_the_last_calendar() -> None:
    plan = answered(item("a", 1), item("b", 2), starts_on=date(2026, 12, 29)).plan
    assert [slot.slack for slot in plan.slots] == [1, 0]


def test_without_a_promise_the_statutory_limit_holds_and_that_is_said() -> None:
    found = answered(item("a", None, statutory=3), item("b", None))
    assert found.plan.by_id["a"].due == date(2012, 1, 21)
    assert found.plan.by_id["b"].due is None
    said = " ".join(reason.text.zh for reason in found.notes)
    assert "没有写承诺时限的，按法定时限推算：A" in said
    assert "“B”没有写办理时限" in said


def test_a_prerequisite_outside_the_case_is_said() -> None:
    found = answered(item("a", 1), item("b", 1, "a"), items=["b"])
    assert [reason.text.zh for reason in found.notes] == [
        "“B”要先有“A”，本件没有列入，也没有写已有结果；按已经具备推算"
    ]
    assert answered(item("a", 1), item("b", 1, "a"), items=["b"], held=["a"]).notes == ()


def test_a_circle_gives_no_schedule() -> None:
    said = answer(case_of(item("a", 1, "b"), item("b", 1, "a")))
    assert not isinstance(said, ScheduleAnswer)
    assert "绕成了圈" in said.zh


def test_the_order_of_a_topological_sort_is_that_of_the_catalogue() -> None:
    file = case_of(item("z", 1), item("c", 1, "a"), item("a", 1))
    assert [i.id for i in in_order(file.items)] == ["z", "a", "c"]


def test_every_circle_is_found() -> None:
    made = case_of(item("a", 1, "b"), item("b", 1, "a"), item("c", 1, "d"), item("d", 1, "c"), item("e", 1, "a"))
    assert sorted(cycles(made.items)) == [("a", "b"), ("c", "d")]


# against the statutory limits, and the limits of combined handling


def test_the_saving_against_the_statutory_limits() -> None:
    found = answered(item("a", 3, statutory=10), item("b", 6, "a", statutory=20))
    assert found.saved_by_promise.value == Saving(30, 9)
    lacking = answered(item("a", 3, statutory=10), item("b", 6)).saved_by_promise
    assert lacking.value is None
    assert "1个事项没有写法定时限：B" in lacking.reasons[0].text.zh


@pytest.mark.parametrize(
    ("length", "verdict"), [(45, WITHIN), (46, WITH_APPROVAL), (60, WITH_APPROVAL), (61, BEYOND), (None, None)]
)
def test_the_limits_of_combined_handling(length: int | None, verdict: str | None) -> None:
    decision = combined_limit(case_of(item("a", 1)), CaseSpan("全部事项", length))
    assert decision.value == verdict
    if verdict:
        assert {b.instrument for b in decision.basis} == {"cn/administrative-licensing"}
        assert decision.reasons[0].basis is not None
        assert decision.reasons[0].basis.say() == "中华人民共和国行政许可法 第四十二条第二款"


def test_before_the_law_nothing_is_compared() -> None:
    decision = combined_limit(case_of(item("a", 1), starts_on=date(2004, 6, 30)), CaseSpan("全部事项", 3))
    assert decision.value is None


# whatever the case


@st.composite
def networks(draw: st.DrawFn) -> list[dict[str, Any]]:
    size = draw(st.integers(1, 8))
    made = []
    for n in range(size):
        before = draw(st.lists(st.integers(0, n - 1), unique=True, max_size=3)) if n else []
        unit = draw(st.sampled_from(["工作日", "工作日", "天"]))
        made.append(item(f"i{n}", draw(st.integers(0, 12)), *(f"i{m}" for m in before), unit=unit))
    return made


STARTS = st.dates(date(2011, 12, 20), date(2012, 2, 10))


@given(network=networks(), start=STARTS, data=st.data())
def test_one_more_prerequisite_never_shortens(network: list[dict[str, Any]], start: date, data: st.DataObject) -> None:
    later = data.draw(st.integers(0, len(network) - 1))
    if later:
        before = data.draw(st.integers(0, later - 1))
        more = json.loads(json.dumps(network))
        more[later]["requires"] = sorted({*more[later]["requires"], f"i{before}"})
        was, now = (answered(*each, starts_on=start).plan.length for each in (network, more))
        assert was is not None
        assert now is not None
        assert now >= was


@given(network=networks(), start=STARTS)
def test_side_by_side_is_never_longer_than_one_after_another(network: list[dict[str, Any]], start: date) -> None:
    file = case_of(*network, starts_on=start)
    limits = limits_of(file.items)
    parallel, serial = side_by_side(file, limits), one_after_another(file, limits)
    assert parallel.length is not None
    assert serial.length is not None
    assert parallel.length <= serial.length


@given(network=networks(), start=STARTS, data=st.data())
def test_slack_is_exact(network: list[dict[str, Any]], start: date, data: st.DataObject) -> None:
    file = case_of(*network, starts_on=start)
    plan = side_by_side(file, limits_of(file.items))
    slot = data.draw(st.sampled_from(plan.slots))
    assert slot.end is not None
    assert slot.slack is not None
    assert plan.ends_on is not None

    def ends_when_late(by: int) -> date:
        done = {slot.item.id: DAYS.add(slot.end or start, by)}
        late = CaseFile(msgspec.structs.replace(file.case, done=done), file.file, DAYS)
        ends = side_by_side(late, limits_of(file.items), as_it_stands=True).ends_on
        assert ends is not None
        return ends

    assert ends_when_late(slot.slack) <= plan.ends_on
    assert ends_when_late(slot.slack + 1) > plan.ends_on


@given(network=networks(), start=STARTS)
def test_the_path_leads_from_the_start_to_the_end(network: list[dict[str, Any]], start: date) -> None:
    plan = answered(*network, starts_on=start).plan
    slots = [plan.by_id[one] for one in plan.path]
    assert slots[0].after is None
    assert slots[-1].end == plan.ends_on
    assert all(b.accepted == max(a.end or start, start) for a, b in pairwise(slots))
    if all(slot.limit and slot.limit.unit == "工作日" for slot in slots):  # calendar days may end on a day off anyway
        assert all(slot.critical for slot in slots)


# the example, and how it is shown


def example(name: str) -> ScheduleAnswer:
    from banshi.checking.loading import Loader
    from banshi.commands.parallel_cases import cases
    from banshi.files.report import Report

    report = Report()
    ((_, file),) = cases(Loader(ROOT), ROOT / "examples/parallel" / name, report)
    found = answer(file)
    assert isinstance(found, ScheduleAnswer)
    assert report.findings == []
    return found


def test_the_example_of_a_project_is_the_size_of_the_notice() -> None:
    found = example("investment")
    catalogue = found.file.catalogue
    assert (len(catalogue.departments), len(catalogue.items)) == (18, 85)
    assert {i.department for i in catalogue.items} == {d.id for d in catalogue.departments}
    assert (len(found.plan.slots), len({s.item.stage for s in found.plan.slots})) == (20, 4)
    assert (found.plan.length, found.serial.length) == (50, 107)  # 9+6+6+6+6+4+9+4; the sum of all promises


def test_the_example_of_a_registration_crosses_the_festival() -> None:
    plan = example("registration").plan
    assert plan.by_id["company-registration"].due == date(2012, 1, 20)
    assert plan.by_id["organisation-code"].due == date(2012, 1, 21)
    assert plan.by_id["tax-registration"].due == date(2012, 1, 29)
    assert (plan.ends_on, plan.length) == (date(2012, 2, 1), 9)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_command_in_text_and_json(lang: str) -> None:
    words = ("schedule", str(CASE.relative_to(ROOT)), "--lang", lang)
    text, told = banshi(*words), banshi(*words, "--format", "json")
    assert (text.returncode, told.returncode, text.stderr) == (0, 0, "")
    (found,) = json.loads(told.stdout)["schedules"]
    assert found["plan"]["working_days"] == 50
    assert found["saved"]["value"] == {"days": 57, "percent": "53.3"}
    assert {i["item"] for i in found["items"] if i["status"] == "under_way"} == {
        "project-approval",
        "green-plan",
        "fire-design",
    }


def test_the_day_asked_about_may_be_given() -> None:
    done = banshi("schedule", str(CASE.relative_to(ROOT)), "--as-of", "2011-10-10", "--format", "json")
    found = json.loads(done.stdout)["schedules"][0]
    assert {i["item"] for i in found["items"] if i["status"] == "overdue"} == {
        "project-approval",
        "green-plan",
        "fire-design",
    }
    assert found["stands"]["ends_on"] > found["plan"]["ends_on"]


def test_the_workbook_and_the_page(tmp_path: Path) -> None:
    for form in ("xlsx", "html"):
        made = [tmp_path / f"{n}.{form}" for n in (1, 2)]
        for file in made:
            done = banshi("schedule", str(CASE.relative_to(ROOT)), "--format", form, "-o", str(file))
            assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
        assert made[0].read_bytes() == made[1].read_bytes()
    book = load_workbook(io.BytesIO((tmp_path / "1.xlsx").read_bytes()))
    rows = list(book["办理计划"].iter_rows(values_only=True))
    approval = next(row for row in rows if row[0] == "项目核准")
    assert (approval[4].date(), approval[5].date(), approval[8]) == (date(2011, 9, 19), date(2011, 9, 27), 0)
    page = (tmp_path / "1.html").read_text(encoding="utf-8")
    assert page.count("<svg") == 4
    assert "<script" not in page
    assert "http" not in page.replace("http://www.w3.org/2000/svg", "")
    assert "项目核准，9月19日至9月27日，关键" in page


def test_a_folder_without_a_case_is_said() -> None:
    done = banshi("schedule", "examples/change")
    assert done.returncode == 2
    assert "没有办件计划" in done.stderr


def test_the_timeline_escapes_and_tells() -> None:
    row = TimelineRow("<b>", "甲", "critical", START, date(2012, 2, 2), None)
    picture = timeline("图", [row, msgspec.structs.replace(row, start=None)], Axis(START, date(2012, 2, 2), START))
    assert "<b>" not in picture
    assert "&lt;b&gt;，1月18日至2月2日，关键；&lt;b&gt;，日期不能推算，关键。" in picture


def test_items_of_a_case_keep_the_order_of_the_catalogue() -> None:
    file = case_of(item("a", 1), item("b", 1), items=["b", "a"])
    assert [i.id for i in file.items] == ["a", "b"]
    assert all(isinstance(i, Item) for i in file.items)


def test_a_changed_figure_of_the_law_changes_the_advice(tmp_path: Path) -> None:
    place = Path("policies/cn/administrative-licensing/2004-07-01.yaml")
    (tmp_path / place).parent.mkdir(parents=True)
    text = (ROOT / place).read_text(encoding="utf-8")
    assert text.count("value: 45") == 1
    (tmp_path / place).write_text(text.replace("value: 45", "value: 30"), encoding="utf-8")
    file = case_of(item("a", 1))
    changed = CatalogueFile(file.catalogue, Library([tmp_path / "policies", *POLICIES]))
    span = CaseSpan("全部事项", 31)
    assert combined_limit(file, span).value == WITHIN
    assert combined_limit(CaseFile(file.case, changed, DAYS), span).value == WITH_APPROVAL


def test_what_the_catalogue_lacks_is_said_and_not_dropped_in_silence() -> None:
    found = answered(
        item("a", 1), item("b", 1), items=["a", "x"], done={"b": date(2012, 1, 19), "y": date(2012, 1, 19)}
    )
    said = [reason.text.zh for reason in found.notes]
    beside = ["目录里没有 x、y，没有排进计划", "B不是本件的事项，办结日没有用上"]
    assert said[:2] == beside and said[2].startswith("A办没办结")  # the day under y may be meant for it


@examples(60)
@given(data=st.data())
def test_of_a_case_with_days_that_cannot_be_read_is_said_what_holds_whatever_they_are(data: st.DataObject) -> None:
    names = "abcdef"
    items = [
        item(n, data.draw(st.integers(0, 4)), *data.draw(st.lists(st.sampled_from(names[:k] or ["-"]), max_size=2)))
        for k, n in enumerate(names)
    ]
    day = st.dates(START, date(2012, 2, 20))
    as_of = data.draw(st.sampled_from((None, date(2012, 1, 30), date(2012, 2, 20))))
    done = data.draw(st.dictionaries(st.sampled_from(names), day, max_size=4))
    lost = data.draw(st.lists(st.sampled_from(names), min_size=1, max_size=2, unique=True))
    known = case_of(*items, done={n: each for n, each in done.items() if n not in lost}, as_of=as_of)
    harmed = replace(known, case=without(known.case, [("done", n) for n in lost]))
    found = answer(harmed)
    assert isinstance(found, ScheduleAnswer) and found.plan == answered(*items).plan
    for days in [{}, *(data.draw(st.fixed_dictionaries(dict.fromkeys(lost, day))) for _ in range(4))]:
        case = msgspec.structs.replace(known.case, done={**known.case.done, **days})
        truth = ScheduleAnswer(replace(known, case=case))
        for slot, own in zip(found.stands.slots, truth.stands.slots, strict=True):
            for key in ("accepted", "due", "finished", "end", "slack"):
                assert getattr(slot, key) in (None, getattr(own, key)), (slot, own)
            assert found.statuses[slot.item.id] in ("not_determined", truth.statuses[slot.item.id])
        assert found.stands.ends_on in (None, truth.stands.ends_on)
        assert found.stands.length in (None, truth.stands.length)
        assert {each.item for each in found.holdups if each.status != "under_way"} <= {e.item for e in truth.holdups}
    schedule_printout(found), as_json(found, "zh"), of_case(harmed)


def test_a_case_that_names_itself_or_another_case_as_its_catalogue_is_told(tmp_path: Path) -> None:
    for name, other in (("one.yaml", "two.yaml"), ("two.yaml", "one.yaml"), ("self.yaml", "self.yaml")):
        case = {"kind": "parallel-case", "id": "1", "name": "样例", "catalogue": other, "starts_on": "2011-09-05"}
        write_yaml(tmp_path / name, case)
    for command in ("check", "schedule", "form", "notice"):
        done = banshi(command, "self.yaml", cwd=tmp_path)
        assert done.returncode == 1
        assert "self.yaml:5:15 错误 [input/unreadable]" in done.stdout + done.stderr
        assert "事项目录 self.yaml 不能用：它不是事项目录" in done.stdout + done.stderr
    assert banshi("check", ".", cwd=tmp_path).stdout.count("它不是事项目录") == 3


def test_a_long_circle_is_told_in_short() -> None:
    items = [
        {"id": f"i{n}", "name": f"事项{n}", "department": "one", "requires": [f"i{(n + 1) % 30}"]} for n in range(30)
    ]
    found = answer(case_of(*items))
    assert isinstance(found, Text)
    assert found.zh.startswith("前置事项绕成了圈，不能推算：事项0→事项1→")
    assert found.zh.endswith("→…→事项0（共 30 个事项）") and found.zh.count("→") == 13


@pytest.mark.parametrize(("sign", "status"), [("\\u202e", 0), ("\\e[31m", 1)])
def test_what_a_name_holds_cannot_steer_the_terminal(sign: str, status: int, tmp_path: Path) -> None:
    folder = ROOT / "examples/parallel/template"
    for name in ("catalogue.yaml", "case.yaml"):
        text = (folder / name).read_text(encoding="utf-8")
        text = text.replace("name: 占道施工交通意见", f'name: "占道{sign}施工\\n意见"')
        (tmp_path / name).write_text(text, encoding="utf-8")
    done = banshi("schedule", "case.yaml", cwd=tmp_path)
    assert done.returncode == status, "a control in a catalogue makes it one that nobody plans by"
    assert not {"\x1b", "\u202e"} & set(done.stdout)
    assert ("占道⟨U+202E⟩施工 意见" in done.stdout) is (status == 0)
    assert not any(line.startswith("意见") for line in done.stdout.splitlines())


FAULTY = {"energy-review": "2011-09-02", "land-preliminary": "2011-09-22", "design-scheme": "2011-09-30"}


@pytest.mark.parametrize("spoilt", ["eia-table", "energy-review", "land-preliminary", "design-scheme", "site-opinion"])
def test_one_wrong_day_costs_what_rests_on_it(spoilt: str, tmp_path: Path) -> None:
    shutil.copytree(CASE.parent, tmp_path, dirs_exist_ok=True)
    data = read(CASE).document.data  # type: ignore[union-attr]
    done = {**data["done"], **FAULTY}

    def found(done: dict[str, str]) -> set[tuple[str, tuple[Any, ...], str]]:
        write_yaml(tmp_path / "case.yaml", {**data, "done": done})
        report = Checker(ROOT).check([tmp_path / "case.yaml"], jobs=1)
        return {(f.rule, f.where, f.message.zh) for f in report.findings if f.rule.startswith("parallel-case/")}

    whole, part = found(done), found({**done, spoilt: "2011-09-99"})
    assert part <= whole and len(whole) > len(FAULTY)
    items = read(tmp_path / "catalogue.yaml").document.data["items"]  # type: ignore[union-attr]
    behind = {spoilt}
    for _ in items:
        behind |= {item["id"] for item in items if behind & {*item.get("requires", ())}}
    assert {each for each in whole if each[1][0] == "done" and each[1][1] not in behind} <= part


@pytest.mark.parametrize("day", [1, "2011-09-05"])
def test_a_day_under_an_unknown_name_may_be_of_any_item(day: object, tmp_path: Path) -> None:
    shutil.copytree(CASE.parent, tmp_path, dirs_exist_ok=True)
    data = read(CASE).document.data  # type: ignore[union-attr]

    def late(done: dict[str, object]) -> list[str]:
        write_yaml(tmp_path / "case.yaml", {**data, "done": done})
        report = Checker(ROOT).check([tmp_path / "case.yaml"], jobs=1)
        return [f.message.zh for f in report.findings if f.rule == "parallel-case/finished-in-time"]

    assert late({}) and not late({"x": day})
