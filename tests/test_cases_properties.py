"""Case logs: what must never change, whatever the cases are."""

import datetime
from typing import Any

from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st

from banshi.law.library import Library
from banshi.subjects.cases.forms import Case
from banshi.subjects.cases.measures import MEASURES, resolved, share
from banshi.subjects.cases.tally import CaseTally
from banshi.subjects.cases.vocabulary import vocabulary

DAYS = st.dates(datetime.date(2011, 11, 1), datetime.date(2012, 3, 31))
MAYBE = st.none() | st.booleans()
WORDS = vocabulary(Library([ROOT / "policies"]), "luzhou/yangliqu")


@st.composite
def cases(draw: Any) -> Case:
    accepted = draw(DAYS)
    after = st.none() | st.integers(0, 40).map(lambda n: accepted + datetime.timedelta(n))
    finished = draw(after)
    return WORDS.case(
        id=str(draw(st.uuids())),
        kind=draw(st.sampled_from(["investment_project", "enterprise_registration", "other"])),
        department=draw(st.sampled_from("甲乙")),
        window=draw(st.sampled_from("AB")),
        accepted_on=accepted,
        due_on=draw(after),
        statutory_due_on=draw(after),
        finished_on=finished,
        parallel=draw(MAYBE),
        on_site=draw(MAYBE),
        system=draw(st.sampled_from([None, "none", "investment_system"])),
        evaluation=draw(st.sampled_from([None, "none", "satisfied", "not_satisfied"])),
        domestic_new=draw(MAYBE),
    )


LOGS = st.lists(cases(), max_size=30, unique_by=lambda case: case.id)
AS_OF = datetime.date(2012, 3, 15)


def counted(own: list[Case], as_of: datetime.date | None = AS_OF) -> CaseTally:
    tally = CaseTally(as_of, [datetime.date(2012, 1, 1)], datetime.date(2011, 1, 1), WORDS)
    for n, case in enumerate(own):
        tally.add(case, n)
    return tally


@given(LOGS, st.randoms())
def test_the_order_of_rows_never_matters(own: list[Case], chance: Any) -> None:
    mixed = list(own)
    chance.shuffle(mixed)
    one, other = counted(own), counted(mixed)
    assert resolved(one, AS_OF) == resolved(other, AS_OF)
    assert [n.case for n in one.late.listed] == [n.case for n in other.late.listed]
    assert [n.case.id for n in one.waiting.listed] == [n.case.id for n in other.waiting.listed]
    assert {key: faults.count for key, faults in one.faults.items()} == {k: f.count for k, f in other.faults.items()}
    assert (one.last, one.days_taken) == (other.last, other.days_taken)


@given(LOGS, st.integers(1, 30))
def test_an_overdue_case_never_makes_things_look_better(own: list[Case], days: int) -> None:
    accepted = datetime.date(2012, 1, 4)
    late = WORDS.case(
        id="late", kind="other", department="甲", window="A", accepted_on=accepted, due_on=accepted,
        finished_on=accepted + datetime.timedelta(days),
    )  # fmt: skip
    before, after = (resolved(counted(log), AS_OF)[""][""] for log in (own, [*own, late]))
    assert share(after, MEASURES["overdue_cases"]).hits == share(before, MEASURES["overdue_cases"]).hits + 1
    was, now = (share(counts, MEASURES["on_time_rate"]).bounds for counts in (before, after))
    assert now is not None
    assert was is None or (now[0] <= was[0] and now[1] <= was[1])


@given(LOGS)
def test_groups_add_up_and_parts_never_exceed_the_whole(own: list[Case]) -> None:
    figures = resolved(counted(own), AS_OF)
    whole = figures[""][""]
    for dimension in ("kind", "department", "window", "month"):
        for measure in MEASURES.values():
            parts = [share(counts, measure) for counts in figures[dimension].values()]
            found = share(whole, measure)
            assert sum(p.hits for p in parts) == found.hits
            assert sum(p.of for p in parts) == found.of
    for measure in MEASURES.values():
        found = share(whole, measure)
        assert found.hits + found.unsure <= found.of
        if found.bounds:
            assert 0 <= found.bounds[0] <= found.bounds[1] <= 1


@given(LOGS)
def test_a_case_given_twice_counts_once(own: list[Case]) -> None:
    assert resolved(counted(own), AS_OF) == resolved(counted([*own, *own]), AS_OF)
    assert counted([*own, *own]).cases == counted(own).cases
