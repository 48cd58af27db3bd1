"""Attendance rules of centres unlike the shipped one: windows, grace, seasons, shifts, against a small oracle."""

import datetime
import json
from itertools import combinations_with_replacement
from pathlib import Path
from typing import Any

import msgspec
import pytest
from conftest import ROOT, banshi
from hypothesis import given
from hypothesis import strategies as st

from banshi.checking.rules import load_rules
from banshi.law.library import Law, Library, to_version
from banshi.law.norms import PunchWindow, WorkingTime
from banshi.law.working_days import WorkingDays
from banshi.subjects.attendance.account import account
from banshi.subjects.attendance.case import RegisterInLaw
from banshi.subjects.attendance.facts import DayFacts
from banshi.subjects.attendance.forms import Leave, Note, Person, Punch, Register, Rostered, seconds
from banshi.subjects.attendance.irregular import fix_of, irregularities
from banshi.subjects.attendance.periods import month
from banshi.subjects.attendance.punch_windows import in_order, windows_on
from banshi.subjects.attendance.punches import judge, judge_by
from banshi.subjects.attendance.rulebook import Rules
from banshi.subjects.attendance.vocabulary import words_of

day = datetime.date.fromisoformat
MONDAY = day("2026-03-02")
OFFICES = {"clerk": {"name": "窗口人员"}, "desk": {"name": "综合窗口人员"}, "head": {"name": "科长"}}


def version(norms: list[dict[str, Any]], **more: Any) -> dict[str, Any]:
    """A policy of a city of no name, as data."""
    return {
        "kind": "policy",
        "instrument": "elsewhere/hours",
        "version": "2026-01-01",
        "title": "别处的考勤规定（虚构）",
        "jurisdiction": "elsewhere",
        "jurisdiction_name": "别处（虚构）",
        "subject": "考勤",
        "governs": ["attendance"],
        "dates": {"in_force": "2026-01-01", "known": "2026-01-01"},
        "status": "in_force",
        "validity": "unverified",
        "normative": True,
        "source": {"note": "虚构"},
        "offices": OFFICES,
        "shifts": {"a": {"name": "早班"}, "b": {"name": "晚班"}},
        "provisions": [{"id": "1", "label": "一", "heading": "考勤", "source": {"note": "虚构"}, "norms": norms}],
        **more,
    }


def law(norms: list[dict[str, Any]], **more: Any) -> Law:
    return Law((to_version(version(norms, **more)),), "elsewhere")


def window(moment: str, clock: str, other: str = "", *, grace: int = 0, **more: Any) -> dict[str, Any]:
    """An arrival by ``clock``, or a departure from then on; ``other``: the other end of the window."""
    own, far = ("end", "start") if moment == "arrival" else ("start", "end")
    said = {
        "id": f"{moment}-{clock}".replace(":", ""),
        "kind": "punch_window",
        "statement": "{window}",
        "moment": moment,
    }
    ends = {own: clock, f"{own}_inclusive": True, **({far: other, f"{far}_inclusive": True} if other else {})}
    held = {"grace": {"value": grace, "unit": "分钟"}} if grace else {}
    return {**said, "days": "rostered_days" if "shift" in more else "working_days", **ends, **held, **more}


FOUR = [
    window("arrival", "08:30", grace=10),
    window("departure", "12:00"),
    window("arrival", "13:30"),
    window("departure", "17:30"),
]


def values(norms: list[dict[str, Any]], *clocks: str, on: datetime.date = MONDAY, **more: Any) -> list[str | None]:
    found = judge(law(norms), "clerk", map(seconds, clocks), on, **more)
    return [decision.value for decision in found.decisions]


NORMAL = ["normal"] * 4


@pytest.mark.parametrize(
    ("clocks", "expected"),
    [
        (["08:40", "12:00", "13:30", "17:30"], NORMAL),
        (["08:41", "12:00", "13:30", "17:30"], ["late", "normal", "normal", "normal"]),
        (["08:30", "12:00", "13:31", "17:30"], ["normal", "normal", "late", "normal"]),
        (["08:30", "11:59", "13:30", "17:29"], ["normal", "early_leaving", "normal", "early_leaving"]),
        (["10:15", "11:00"], ["late", "early_leaving", "missing", "missing"]),
        (["08:30", "12:10", "13:50", "17:30"], ["normal", "normal", "late", "normal"]),
        (["08:30", "11:30", "12:30", "17:30"], ["normal", "early_leaving", "normal", "normal"]),
        (["08:30", "12:40", "17:30"], ["normal", "unclear", "unclear", "normal"]),
        (["08:30", "08:31", "12:05", "13:00", "13:02", "17:30"], NORMAL),
        ([], ["missing"] * 4),
    ],
)
def test_every_window_of_a_day_is_judged(clocks: list[str], expected: list[str]) -> None:
    assert values(FOUR, *clocks) == expected


def test_minutes_count_from_the_hour_and_not_from_the_grace() -> None:
    found = judge(law(FOUR), "clerk", map(seconds, ["08:41", "12:00", "13:30", "17:05"]), MONDAY)
    assert [decision.off // 60 for decision in found.decisions] == [11, 0, 0, 25]
    assert "迟到 11 分钟" in found.arrival.reasons[0].text.zh


def test_a_half_day_off_leaves_the_other_half() -> None:
    clocks = ["12:50", "17:30"]
    assert values(FOUR, *clocks)[2:] == ["unclear", "normal"]
    assert values(FOUR, *clocks, waived=frozenset({"am"}))[2:] == ["normal", "normal"]


SUMMER = {"first": {"month": 6, "day": 1}, "last": {"month": 9, "day": 30}}
WINTER = {"first": {"month": 10, "day": 1}, "last": {"month": 5, "day": 31}}
SEASONS = [
    *FOUR[:2],
    window("arrival", "13:30", season=WINTER),
    window("departure", "17:30", season=WINTER),
    window("arrival", "14:30", season=SUMMER),
    window("departure", "18:00", season=SUMMER),
]


@pytest.mark.parametrize(
    ("on", "summer"), [("2026-05-31", False), ("2026-06-01", True), ("2026-09-30", True), ("2026-10-01", False)]
)
def test_hours_change_with_the_season(on: str, summer: bool) -> None:
    found = values(SEASONS, "08:30", "12:00", "14:20", "18:00", on=day(on))
    assert found == (NORMAL if summer else ["normal", "normal", "late", "normal"])


def test_hours_of_a_weekday_and_of_a_group() -> None:
    friday: Any = {"weekdays": [5]}
    other: Any = {"weekdays": [1, 2, 3, 4]}
    norms = [window("arrival", "09:00"), window("departure", "16:00", **friday), window("departure", "17:00", **other)]
    assert values(norms, "08:50", "16:10", on=day("2026-03-06")) == ["normal", "normal"]
    assert values(norms, "08:50", "16:10", on=day("2026-03-05")) == ["normal", "early_leaving"]
    own = [window("arrival", "09:00", groups=["clerk"]), window("departure", "17:00", groups=["clerk"])]
    own += [window("arrival", "10:00", groups=["desk"]), window("departure", "18:00", groups=["desk"])]
    assert values(own, "09:30", "18:00") == ["late", "normal"]
    found = judge(law(own), "desk", map(seconds, ["09:30", "18:00"]), MONDAY)
    assert [decision.value for decision in found.decisions] == ["normal", "normal"]


def test_windows_that_make_no_pairs_are_not_judged() -> None:
    norms = [window("arrival", "08:30"), window("arrival", "13:30"), window("departure", "17:30")]
    found = judge(law(norms), "clerk", map(seconds, ["08:00", "17:30"]), MONDAY)
    assert found.arrival.value is None
    assert "不能判定" in found.arrival.reasons[0].text.zh


# A small oracle: every way of giving punches to moments in order of time is tried ------------------------------------

CLOCK = st.integers(7 * 60, 20 * 60)


@st.composite
def rows(draw: st.DrawFn) -> list[dict[str, Any]]:
    """One to three pairs of windows with open ends, some with grace."""
    count = draw(st.integers(1, 3))
    times = sorted(draw(st.lists(st.integers(8, 36), min_size=2 * count, max_size=2 * count, unique=True)))
    norms = []
    for n, half_hours in enumerate(times):
        clock = f"{half_hours // 2:02d}:{half_hours % 2 * 30:02d}"
        norms.append(window(("arrival", "departure")[n % 2], clock, grace=draw(st.sampled_from((0, 0, 5, 14)))))
    return norms


def _minute(norm: dict[str, Any]) -> int:
    clock = norm["end"] if norm["moment"] == "arrival" else norm["start"]
    return int(clock[:2]) * 60 + int(clock[3:])


def _by_words(norms: list[dict[str, Any]], punched: list[int]) -> set[tuple[str, ...]]:
    """The results of the best ways: fewest missing, then fewest irregular.

    A punch before the break belongs to the pair before it, one after it to the pair after it; in the break to either.
    """
    slack = [norm.get("grace", {}).get("value", 0) for norm in norms]
    times = [_minute(norm) for norm in norms]
    pairs = range(0, len(norms), 2)
    allowed = []
    for at in punched:
        sides = []
        for n in pairs:
            after = n == 0 or at >= times[n - 1] - slack[n - 1]
            before = n + 2 >= len(norms) or at <= times[n + 2] + slack[n + 2]
            sides += [n] if after and before else []
        allowed.append(sides)
    best: dict[tuple[int, int], set[tuple[str, ...]]] = {}
    for owners in combinations_with_replacement(pairs, len(punched)):
        if all(owner in sides for owner, sides in zip(owners, allowed, strict=True)):
            found: list[str] = []
            for n in pairs:
                own = [at for at, owner in zip(punched, owners, strict=True) if owner == n]
                found += _of_pair(own, times[n], slack[n], times[n + 1], slack[n + 1])
            cost = found.count("missing"), sum(value != "normal" for value in found)
            best.setdefault(cost, set()).add(tuple(found))
    return best[min(best)]


def _of_pair(own: list[int], comes: int, late: int, goes: int, early: int) -> list[str]:
    """An arrival is normal until its time and grace, a departure from its time less its grace; between them punches are late or early."""
    inside = [at <= comes + late for at in own], [at >= goes - early for at in own]
    between = [at for at in own if comes + late < at < goes - early]
    arrival, departure = ("normal" if any(inside[0]) else ""), ("normal" if any(inside[1]) else "")
    first = [at for at in between if 2 * at < comes + goes]
    last = [at for at in between if 2 * at >= comes + goes]
    if not arrival and (first or (last and (departure or len(last) > 1))):
        arrival = "late"
    if not departure and (last or (first and (inside[0].count(True) or len(first) > 1))):
        departure = "early_leaving"
    return [arrival or "missing", departure or "missing"]


@given(rows(), st.lists(CLOCK, max_size=5, unique=True).map(sorted))
def test_random_windows_and_punches_against_the_words(norms: list[dict[str, Any]], punched: list[int]) -> None:
    windows = in_order(law(norms).all(PunchWindow))
    if windows.problem:
        return
    found = judge_by(windows, 60, [at * 60 for at in punched])
    ways = _by_words(norms, punched)
    expected = ["/".join(sorted(set(each))) for each in zip(*ways, strict=True)]
    got = [decision.value for decision in found.decisions]
    assert [value if value != "unclear" else each for value, each in zip(got, expected, strict=True)] == expected
    assert all(("/" in each) == (value == "unclear") for value, each in zip(got, expected, strict=True))


@given(rows(), st.integers(0, 5))
def test_every_figure_of_a_window_counts(norms: list[dict[str, Any]], which: int) -> None:
    """One minute more in any window changes what some minute of a day comes to."""
    place = which % len(norms)
    moved = [dict(norm) for norm in norms]
    key = "end" if norms[place]["moment"] == "arrival" else "start"
    minute = _minute(norms[place]) + 1
    moved[place][key] = f"{minute // 60:02d}:{minute % 60:02d}"
    before, after = (in_order(law(each).all(PunchWindow)) for each in (norms, moved))
    if before.problem or after.problem:
        return
    at = [_minute(norms[place]) + grace for grace in range(-16, 17)]
    said = [[[d.value for d in judge_by(w, 60, [m * 60]).decisions] for m in at] for w in (before, after)]
    assert said[0] != said[1]


# A register without any norm on evidence -----------------------------------------------------------------------------


def case(
    norms: list[dict[str, Any]], tmp_path: Path, said: dict[str, Any] | None = None, **parts: Any
) -> RegisterInLaw:
    """A register under these norms; ``said``: what else the version says."""
    folder = tmp_path / "elsewhere" / "hours"
    folder.mkdir(parents=True)
    (folder / "2026-01-01.yaml").write_text(
        json.dumps(version(norms, **said or {}), ensure_ascii=False), encoding="utf-8"
    )
    library = Library([tmp_path, ROOT / "policies"])
    register = Register(
        jurisdiction="elsewhere", centre="别处", start=day("2026-03-02"), end=day("2026-03-08"), **parts
    )
    return RegisterInLaw(register, library, WorkingDays([ROOT / "policies"]))


def test_punch_windows_are_judged_without_a_norm_on_evidence(tmp_path: Path) -> None:
    one = case(
        FOUR, tmp_path, staff=(Person(id="1", group="clerk"),), punches=(Punch(staff="1", day=MONDAY, time="09:10"),)
    )
    found = account(one, month(2026, 3)).people[0]
    assert [(each.day.day, each.type) for each in found.irregular][:4] == [
        (2, "late"),
        (2, "missing"),
        (2, "missing"),
        (2, "missing"),
    ]
    assert sum(each.type == "absent" for each in found.irregular) == 4


SHIFTS = [
    window("arrival", "08:00", shift="a"),
    window("departure", "14:00", shift="a"),
    window("arrival", "13:00", shift="b"),
    window("departure", "19:00", shift="b"),
]


def test_whom_to_tell_is_said_only_where_the_law_says_so(tmp_path: Path) -> None:
    """Who enters explanations is called what the law calls them; where it says nothing nobody is named."""
    own = {
        "id": "told",
        "kind": "duty",
        "of": "explaining",
        "statement": "{duties}。",
        "duties": [{"task": "录入", "office": "head"}],
    }
    norms = [window("arrival", "09:00"), window("departure", "17:00")]
    punches = (Punch(staff="A", day=MONDAY, time="09:20"), Punch(staff="A", day=MONDAY, time="17:00"))
    for more, said in (([], False), ([own], True)):
        found = case([*norms, *more], tmp_path / str(said), staff=(Person(id="A", group="clerk"),), punches=punches)
        late, absent = account(found, month(2026, 3)).people[0].irregular[:2]
        assert any("科长" in reason.text.zh for reason in late.outcome.reasons) is said
        assert ("科长" in fix_of(late).zh) is said
        assert absent.type == "absent" and "科长" not in fix_of(absent).zh


def test_shifts_are_judged_on_the_days_of_the_roster(tmp_path: Path) -> None:
    roster = [("2026-03-02", "a"), ("2026-03-03", "b"), ("2026-03-04", "rest"), ("2026-03-07", "a")]
    one = case(
        [{**norm, "id": f"{norm['id']}-{norm['shift']}"} for norm in SHIFTS],
        tmp_path,
        staff=(Person(id="1", group="clerk"),),
        roster=tuple(Rostered(staff="1", day=day(on), shift=shift) for on, shift in roster),
        punches=tuple(
            Punch(staff="1", day=day(on), time=clock)
            for on, clock in [
                ("2026-03-02", "08:01"),
                ("2026-03-02", "14:00"),
                ("2026-03-03", "12:58"),
                ("2026-03-03", "18:59"),
            ]
        ),
    )
    found = account(one, month(2026, 3))
    assert [(each.day.day, each.type) for each in found.people[0].irregular] == [
        (2, "late"),
        (3, "early_leaving"),
        (7, "absent"),
    ]
    assert any("2 个工作日没有排班" in reason.text.zh for reason in found.undetermined)


def test_a_policy_whose_windows_make_no_pairs_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "policies" / "elsewhere" / "hours"
    folder.mkdir(parents=True)
    path = folder / "2026-01-01.yaml"
    (tmp_path / "banshi.toml").write_text("")
    for norms, wrong in ((SEASONS, False), (SEASONS[:-1], True)):
        text = json.dumps(version(norms, status="historical"), ensure_ascii=False)
        path.write_text(text.replace('"note": "虚构"', '"lines": [1, 1]'), encoding="utf-8")
        done = banshi("check", str(path), cwd=tmp_path)
        assert ("policy/punch-windows-sound" in done.stdout) is wrong, done.stdout


# Words belong to the instrument --------------------------------------------------------------------------------------

WORDS = {
    "leave_kinds": {
        "marriage": {"name": "婚假", "written": ["结婚假"], "unit": "工作日"},
        "birth": {"name": "产假", "unit": "天"},
    },
    "staff_groups": {"clerk": {"name": "窗口人员", "at_windows": True}},
    "offices": {**OFFICES, "personnel": {"name": "人事主管", "written": ["人事"]}},
    "papers": {"certificate": {"name": "结婚证", "written": ["结婚登记证"]}},
}
BY_PERSONNEL = {"id": "all", "kind": "leave_approval", "statement": "{approver}", "approver": "personnel"}


def project(folder: Path, norms: list[dict[str, Any]], **more: Any) -> Path:
    """A centre's project with one instrument."""
    place = folder / "policies" / "elsewhere" / "hours"
    place.mkdir(parents=True)
    text = json.dumps(version(norms, status="historical", **more), ensure_ascii=False)
    (place / "2026-01-01.yaml").write_text(text.replace('"note": "虚构"', '"lines": [1, 1]'), encoding="utf-8")
    (folder / "banshi.toml").write_text("")
    return folder


REGISTER = """\
kind: attendance
fictional: true
jurisdiction: elsewhere
centre: 别处（虚构）
from: 2026-03-02
to: 2026-03-31
windows: [{id: W1, name: 一号窗口}]
staff: [{id: A, group: GROUP, window: W1}]
punches: []
leave: [{staff: A, kind: KIND, from: 2026-03-09, approver: APPROVER, papers: [PAPER]}]
"""


def checked(folder: Path, **words: str) -> str:
    said = {"GROUP": "clerk", "KIND": "marriage", "APPROVER": "personnel", "PAPER": "certificate", **words}
    text = REGISTER
    for key, word in said.items():
        text = text.replace(key, word)
    (folder / "register.yaml").write_text(text, encoding="utf-8")
    return banshi("check", "register.yaml", cwd=folder).stdout


def test_registers_write_the_words_that_the_instrument_declares(tmp_path: Path) -> None:
    folder = project(tmp_path, [*FOUR, BY_PERSONNEL], **WORDS)
    assert "错误 [" not in banshi("check", "policies", cwd=folder).stdout
    for words in ({}, {"GROUP": "窗口人员", "KIND": "婚假", "APPROVER": "人事主管", "PAPER": "结婚证"}):
        assert "错误 [" not in checked(folder, **words)
    assert "错误 [" not in checked(folder, KIND="结婚假", APPROVER="人事", PAPER="结婚登记证")


@pytest.mark.parametrize("key", ["GROUP", "KIND", "APPROVER", "PAPER"])
def test_a_word_that_no_instrument_declares_is_an_error(key: str, tmp_path: Path) -> None:
    folder = project(tmp_path, [*FOUR, BY_PERSONNEL], **WORDS)
    assert "attendance/words-are-declared" in checked(folder, **{key: "别的词"})


def test_the_account_prints_the_names_of_the_law(tmp_path: Path) -> None:
    folder = project(tmp_path, [*FOUR, BY_PERSONNEL], **WORDS)
    checked(folder)
    table = "人员编号,假别,开始日,批准人,其他凭据\nA,结婚假,2026-03-09,人事,结婚证\n"
    text = (folder / "register.yaml").read_text(encoding="utf-8")
    (folder / "register.yaml").write_text(text[: text.index("leave:")], encoding="utf-8")
    (folder / "请假.csv").write_text(table, encoding="utf-8")
    done = banshi("attendance", "register.yaml", "--month", "2026-03", cwd=folder)
    assert "婚假1" in done.stdout, done.stdout + done.stderr
    (folder / "请假.csv").write_text(table.replace("结婚假", "探亲假"), encoding="utf-8")
    assert "可写：婚假、产假" in banshi("check", ".", cwd=folder).stdout


def test_a_kind_of_leave_that_no_table_names_is_an_error_of_the_policy(tmp_path: Path) -> None:
    norm = {**BY_PERSONNEL, "leave": ["marriage"]}
    folder = project(tmp_path, [*FOUR, norm], **{**WORDS, "leave_kinds": {}})
    assert "没有定义假别 marriage" in banshi("check", "policies", cwd=folder).stdout


# times at which one must be present: three punches a day


def present(low: str, high: str, **more: Any) -> dict[str, Any]:
    return {**window("departure", low, high), "id": "noon", "moment": "present", **more}


NOON = present("11:30", "13:00")
THREE = [window("arrival", "09:00"), NOON, window("departure", "17:00")]


@pytest.mark.parametrize(
    ("clocks", "expected"),
    [
        (["08:50", "12:00", "17:05"], ["normal", "normal", "normal"]),
        (["09:00", "11:30", "17:00"], ["normal", "normal", "normal"]),
        (["09:00", "13:00", "17:00"], ["normal", "normal", "normal"]),
        (["09:00", "11:29", "17:00"], ["normal", "missing", "normal"]),
        (["09:00", "13:01", "17:00"], ["normal", "missing", "normal"]),
        (["09:00", "17:00"], ["normal", "missing", "normal"]),
        (["12:00", "17:00"], ["missing", "normal", "normal"]),  # shows that one is there, and not when one came
        (["09:10", "12:00", "16:50"], ["late", "normal", "early_leaving"]),
    ],
)
def test_a_time_of_presence_between_arrival_and_departure(clocks: list[str], expected: list[str]) -> None:
    assert values(THREE, *clocks) == expected


def test_who_is_on_leave_at_noon_need_not_be_present() -> None:
    found = judge(law(THREE), "clerk", map(seconds, ["13:05", "17:00"]), MONDAY, waived=frozenset(["am"]))
    assert [(d.moment, d.half) for d in found.decisions] == [("arrival", "am"), ("present", "am"), ("departure", "pm")]
    assert "11:30 至 13:00 没有在岗打卡（当天打卡 13:05、17:00）" in found.decisions[1].reasons[0].text.zh


@pytest.mark.parametrize(
    "norms",
    [
        [NOON],
        [NOON, window("arrival", "12:00"), window("departure", "17:00")],
        [NOON, window("arrival", "09:00"), window("departure", "12:00")],
        [NOON, window("arrival", "11:00", grace=30), window("departure", "17:00")],
        [*FOUR, NOON],  # over the midday break
    ],
)
def test_a_time_of_presence_outside_working_time_is_no_law(norms: list[dict[str, Any]]) -> None:
    found = in_order(law(norms).all(PunchWindow))
    assert found.problem is not None and "noon" in found.problem.zh


_CLOCKS = st.lists(st.integers(0, 24 * 60 - 1), max_size=7)


@given(st.lists(st.integers(1, 1438), min_size=4, max_size=8, unique=True), _CLOCKS, st.booleans(), st.booleans())
def test_presence_against_an_oracle(ends: list[int], found: list[int], first: bool, last: bool) -> None:
    """Each time of presence asks for a punch of its own; the others judge arrival and departure as if there were none."""
    at = sorted(ends)
    clocks = [f"{minute // 60:02d}:{minute % 60:02d}" for minute in at]
    times = [
        present(low, high, id=f"p{n}", start_inclusive=first, end_inclusive=last)
        for n, (low, high) in enumerate(zip(clocks[1:-1:2], clocks[2:-1:2], strict=False))
    ]
    pair = [window("arrival", clocks[0]), window("departure", clocks[-1])]
    inside = [
        [m for m in found if low <= m <= high and (first or m > low) and (last or m < high)]
        for low, high in zip(at[1:-1:2], at[2:-1:2], strict=False)
    ]
    rest = [m for m in found if not any(m in own for own in inside)]
    judged = judge(law([*pair, *times]), "clerk", [60 * m for m in found], MONDAY)
    alone = judge(law(pair), "clerk", [60 * m for m in rest], MONDAY)
    assert [judged.arrival.value, judged.departure.value] == [alone.arrival.value, alone.departure.value]
    assert [d.value for d in judged.decisions[1:-1]] == ["normal" if own else "missing" for own in inside]


def test_places_in_a_group_are_written_as_the_law_calls_them() -> None:
    """班长 and 副班长 where a text has 班长 lead; the plain words everywhere; another centre's words nowhere."""
    offices = {**OFFICES, "foreman": {"name": "班长", "leads_group": True}}
    names = words_of([to_version(version([], offices=offices))]).position_names
    assert (names["班长"], names["副班长"], names["负责人"], names["组员"]) == ("leader", "deputy", "leader", "member")
    assert "组长" not in names


def test_whoever_the_duty_names_may_enter_explanations_of_any_group(tmp_path: Path) -> None:
    """Also of people who serve no window; a group of staff that only has to explain enters nothing."""
    duties = [{"task": "说明情况", "office": "clerk"}, {"task": "录入", "office": "head"}]
    own = {"id": "told", "kind": "duty", "of": "explaining", "statement": "{duties}。", "duties": duties}
    norms = [window("arrival", "09:00"), window("departure", "17:00"), own]
    punches = (Punch(staff="A", day=MONDAY, time="09:20"), Punch(staff="A", day=MONDAY, time="17:00"))
    for by, outcome in (("head", "explained"), ("clerk", "unexplained")):
        notes = (Note(staff="A", day=MONDAY, type="late", recorded_by=by),)
        staff = (Person(id="A", group="desk"),)
        groups = {"clerk": {"name": "窗口人员", "at_windows": True}, "desk": {"name": "后台", "at_windows": False}}
        found = case(norms, tmp_path / by, {"staff_groups": groups}, staff=staff, punches=punches, notes=notes)
        assert account(found, month(2026, 3)).people[0].irregular[0].outcome.value == outcome


def test_a_quota_of_ones_own_leave_is_told_by_its_name_and_rests_on_no_reading(tmp_path: Path) -> None:
    """Pieces of another centre's leave; nothing there is unclear, so nothing depends on how it is read."""
    quota = {
        "id": "q",
        "kind": "quota",
        "statement": "{of}{at_most}天。",
        "of": "care",
        "at_most": 5,
        "unit": "天",
        "per": "person_year",
    }
    norms = [window("arrival", "09:00"), window("departure", "17:00"), {**quota, "pieces": [0.5, 1]}]
    leave = (Leave(staff="A", kind="care", start=MONDAY, end=day("2026-03-04")),)
    kinds = {"leave_kinds": {"care": {"name": "护理假"}}}
    found = case(norms, tmp_path, kinds, staff=(Person(id="A", group="clerk"),), leave=leave)
    rule = next(
        each for each in load_rules([ROOT / "validators"], "attendance") if each.id == "attendance/official-pieces"
    )
    (problem,) = rule.module.check(found)
    assert problem.message.zh == "A 2026-03-02 护理假3天，每次可以是 0.5、1 天"
    assert "迟到" not in problem.fix.zh and problem.reading_dependent is False


@pytest.mark.parametrize(
    ("norm", "expected"),
    [
        ({"kind": "conversion", "every": 0, "per": "month", "into": "care", "days": 0.5}, "“每几次”写的是 0：数太小"),
        ({"kind": "working_time", "at_least": {"value": 25, "unit": "小时"}}, "一天最多算得出 1440 分钟"),
        (
            {"kind": "punch_window", "moment": "present", "start": "10:00", "end": "10:30", "days": "working_days", "grace": {"value": 5, "unit": "分钟"}},
            "与同一处的别的项不相容",
        ),
    ],
)  # fmt: skip
def test_what_nobody_could_meet_or_count_is_refused(norm: dict[str, Any], expected: str, tmp_path: Path) -> None:
    kinds = {"leave_kinds": {"care": {"name": "护理假"}}}
    norms = [window("arrival", "09:00"), window("departure", "17:00"), {"id": "own", "statement": "样例。", **norm}]
    path = tmp_path / "policies/elsewhere/hours/2026-01-01.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps(version(norms, **kinds), ensure_ascii=False), encoding="utf-8")
    done = banshi("check", str(path), "--project", str(tmp_path))
    assert expected in done.stdout


@pytest.mark.parametrize("field", ["at_least", "pause"])
def test_a_unit_that_a_field_does_not_take_makes_the_norm_unusable(field: str) -> None:
    norm = {"kind": "working_time", "id": "t", "statement": "-", "at_least": {"value": 7, "unit": "小时"}}
    with pytest.raises(msgspec.ValidationError, match="单位"):
        msgspec.convert({**norm, field: {"value": 1, "unit": "工作日"}}, WorkingTime)


@pytest.mark.parametrize(
    ("written_on", "irregular"),
    [((), ["arrival", "departure"]), (("arrival",), ["departure"]), (("departure",), ["arrival"])],
    ids=["neither", "arrival", "departure"],
)
def test_a_window_lets_be_what_lies_beyond_it_where_it_says_so_itself(
    written_on: tuple[str, ...], irregular: list[str]
) -> None:
    """Whatever the other window of the day says: nothing that is written on one of them is ignored."""
    own = [
        window(moment, *clocks, **({"only_due": True} if moment in written_on else {}))
        for moment, clocks in {"arrival": ("09:00", "08:00"), "departure": ("17:00", "18:00")}.items()
    ]
    known = law(own)
    rules = Rules(known.versions, known.jurisdiction, known.gone, words_of(known.versions))
    facts = DayFacts([seconds("07:30"), seconds("18:30")])
    found = irregularities(rules, Person(id="P", group="clerk"), MONDAY, facts, windows_on(rules, "clerk", MONDAY))
    assert [(each.type, each.moment) for each in found] == [("out_of_window", moment) for moment in irregular]
