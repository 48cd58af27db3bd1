"""What would have been otherwise: what each fact costs, and what the next place takes."""

from assessing import D, case_of, deduction, window

from banshi.subjects.assessment.what_if import costs, to_next_rank


def test_what_if() -> None:
    own = window(
        {"upheld_complaints": 1, "offsite_stages": 1, "attendance_breaches": 2}, deductions=[deduction("quarrels")]
    )
    case = case_of(own, window({"upheld_complaints": 2}, id="W02"), window(id="W03"))
    found = [(cost.subject, cost.points) for cost in costs(case, case.scores[0])]
    assert found == [
        ("offsite_stages", 5),
        ("upheld_complaints", 1),
        ("quarrels", D("0.5")),
        ("attendance_breaches", D("0.4")),
    ]
    step = to_next_rank(case, case.scores[0])
    assert step is not None
    assert (step.place.place, step.missing) == (2, D("4.9"))
    assert [cost.subject for cost in step.alone] == ["offsite_stages"]
    assert [cost.subject for cost in step.together] == ["offsite_stages"]
    assert to_next_rank(case, case.scores[2]) is None


def test_what_if_only_several_changes_would_do() -> None:
    case = case_of(
        window({"upheld_complaints": 1, "attendance_breaches": 2}), window({"attendance_breaches": 1}, id="W02")
    )
    step = to_next_rank(case, case.scores[0])
    assert step is not None
    assert (step.place.place, step.missing) == (1, D("1.2"))
    assert step.alone == ()
    assert [cost.subject for cost in step.together] == ["upheld_complaints", "attendance_breaches"]


def test_a_rate_is_made_good_only_as_far_as_it_cost_something() -> None:
    case = case_of(window({"satisfaction_rate": {"count": 90, "of": 101}, "on_site_rate": {"count": 3, "of": 4}}))
    found = [(cost.subject, cost.points) for cost in costs(case, case.scores[0])]
    assert found == [("satisfaction_rate", 6), ("on_site_rate", 3)]


def test_what_if_an_overdue_case_had_not_been() -> None:
    case = case_of(window({"overdue_cases": 1}, deductions=[deduction("overdue_cases", parallel=True)]))
    assert [(cost.subject, cost.points) for cost in costs(case, case.scores[0])] == [("overdue_cases", 15)]


def test_what_if_counts_the_rates_that_overdue_cases_lower() -> None:
    """9 of 15(2), 4 of 12(3), 2 of 14(4) and the deduction of 2 all come back, the rates being whole again."""
    facts = {
        "overdue_cases": 1,
        "on_time_rate": {"count": 119, "of": 120},
        "parallel_on_time_rate": {"count": 11, "of": 12},
    }
    case = case_of(window(facts, deductions=[deduction("overdue_cases", parallel=True, online=True)]))
    assert [(cost.subject, cost.points) for cost in costs(case, case.scores[0])] == [("overdue_cases", 17)]
