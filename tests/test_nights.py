"""Work over night: a punch at any minute beside it is never more minutes late or early than the work is long."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lengths import examples
from test_any_centre_attendance import MONDAY, law, values, window

from banshi.subjects.attendance.facts import DayFacts
from banshi.subjects.attendance.forms import Person
from banshi.subjects.attendance.irregular import irregularities
from banshi.subjects.attendance.punch_windows import windows_on
from banshi.subjects.attendance.rulebook import Rules
from banshi.subjects.attendance.vocabulary import words_of

A_DAY = 24 * 60
CLERK = Person(id="P", group="clerk")


@examples(1500, 150)
@given(
    due_in=st.integers(16 * 60, 23 * 60),
    wide=st.integers(0, 120),
    end=st.integers(3 * 60, 9 * 60),
    late=st.integers(0, 120),
    open_=st.booleans(),
    came=st.one_of(st.none(), st.integers(0, 120)),
    went=st.one_of(st.none(), st.integers(0, 120)),
    stray=st.lists(st.integers(0, A_DAY - 1), max_size=2),
)
def test_nothing_beside_work_over_night_is_more_minutes_than_it_is_long(
    *, due_in: int, wide: int, end: int, late: int, open_: bool, came: int | None, went: int | None, stray: list[int]
) -> None:
    """A punch of the morning before it ends another night, or nothing: never an arrival, nor an early leaving; it is said."""
    night = {"shift": "night"}
    start = "" if open_ else _at(due_in - wide)
    norms = [
        window("arrival", _at(due_in), start, **night),
        window("departure", _at(end), _at(end + late), next_day=True, **night),
    ]
    known = law(norms)
    rules = Rules(known.versions, known.jurisdiction, known.gone, words_of(known.versions))
    own = [due_in - min(came, wide)] if came is not None else []
    own += [A_DAY + end + min(went, late)] if went is not None else []
    punched = [60 * minute for minute in (*own, *stray)]
    windows = windows_on(rules, "clerk", MONDAY, "night")
    found = list(irregularities(rules, CLERK, MONDAY, DayFacts(punched), windows))
    assert max((each.off for each in found), default=0) <= 60 * (A_DAY + end - due_in)
    before = [minute for minute in stray if minute <= end + late]
    if before and len(before) == len(stray):  # then all is as if they were not there, but for what is said of them
        plain = irregularities(rules, CLERK, MONDAY, DayFacts([60 * m for m in own]), windows)
        assert [(each.type, each.moment) for each in found] == [(each.type, each.moment) for each in plain]
        assert all("前一晚的班下班以前" in each.outcome.reasons[-1].text.zh for each in found)


def _at(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"


@pytest.mark.parametrize(
    ("clocks", "expected"),
    [
        (["06:00", "08:30"], ["normal", "missing"]),  # nobody leaves before work begins
        (["17:30", "20:00"], ["missing", "normal"]),  # nor arrives after it
        (["06:00"], ["out_of_window", "missing"]),
        (["08:30", "10:00"], ["normal", "early_leaving"]),
        (["10:00", "17:30"], ["late", "normal"]),
    ],
)
def test_a_punch_beyond_the_day_is_neither_late_nor_early(clocks: list[str], expected: list[str]) -> None:
    assert values([window("arrival", "09:00", "08:00"), window("departure", "17:00", "19:00")], *clocks) == expected
