"""What tests of assessments share: a window that gets every mark, to be varied, and its score."""

from decimal import Decimal
from typing import Any

from conftest import ROOT

from banshi.law.library import Library
from banshi.law.working_days import WorkingDays
from banshi.subjects.assessment.case import AssessmentInLaw
from banshi.subjects.assessment.forms import Assessment
from banshi.subjects.assessment.loading import to_window
from banshi.subjects.assessment.results import WindowScore

D = Decimal
POLICIES = [ROOT / "policies"]
LIBRARY, DAYS = Library(POLICIES), WorkingDays(POLICIES)
MEASURES = "luzhou/window-assessment/2011-04-01.yaml"
# The sub-items of the measures with their full marks (lines 94 to 150 of the source).
FULL = {
    "functions-concentrated": 6,
    "staff-concentrated": 3,
    "chief-representative-sent": 3,
    "authorisation": 8,
    "stages-on-site": 5,
    "documents-signed": 5,
    "parallel-system": 2,
    "parallel-person": 3,
    "parallel-rates": 4,
    "parallel-software": 1,
    "matters-concentrated": 3,
    "related-departments-included": 2,
    "cases-recorded": 1,
    "standard-process": 1,
    "samples-online": 1,
    "online-consultation": 1,
    "online-appointments": 2,
    "online-review": 2,
    "on-site-completion": 12,
    "on-time-completion": 9,
    "satisfaction": 6,
    "complaints": 6,
    "first-inquiry": 3,
    "promised-limits": 1,
    "staff-assigned": 2,
    "attendance-kept": 2,
    "tidy-window": 2,
    "meetings-attended": 2,
    "tasks-done": 2,
}
MANUAL = (
    "functions-concentrated",
    "staff-concentrated",
    "chief-representative-sent",
    "parallel-system",
    "parallel-person",
    "parallel-software",
    "related-departments-included",
    "samples-online",
    "promised-limits",
    "tidy-window",
    "meetings-attended",
    "tasks-done",
)
# What costs a mark, with the sub-items that it costs: facts that are counts, and facts that are found or not.
ZEROING = {
    "unauthorised_matters": ["authorisation"],
    "activities_not_organised_by_chief": ["authorisation"],
    "cases_not_sealed_on_site": ["authorisation"],
    "offsite_stages": ["stages-on-site"],
    "documents_signed_without_authority": ["documents-signed"],
    "documents_not_issued_at_window": ["documents-signed"],
    "overdue_parallel_cases": ["parallel-rates"],
    "cases_handled_elsewhere": ["matters-concentrated"],
    "cases_not_recorded_at_once": ["cases-recorded"],
    "matters_without_standard_process": ["standard-process"],
    "working_days_offline": ["online-consultation"],
    "online_appointments_refused": ["online-appointments"],
    "overdue_online_cases": ["online-review"],
    "overdue_cases": ["on-time-completion"],
    "cases_not_told_at_once": ["first-inquiry"],
    "posts_without_backup": ["first-inquiry"],
    "absences_without_note": ["first-inquiry"],
}
FINDINGS = {
    "chief_representative_missing": ["authorisation", "chief-representative-sent"],
    "window_not_managed_by_chief": ["authorisation"],
    "staff_not_assigned_by_rule": ["staff-assigned"],
}
FACTS: dict[str, Any] = {
    **dict.fromkeys(ZEROING, 0),
    **dict.fromkeys(FINDINGS, False),
    "calls_over_limit_per_day": {"days": {}},
    "online_consultation_windows": 1,
    "parallel_satisfaction_rate": {"count": 95, "of": 100},
    "on_site_rate": {"count": 120, "of": 120},
    "satisfaction_rate": {"count": 95, "of": 100},
    "upheld_complaints": 0,
    "attendance_breaches": 0,
}
MARKS = {sub_item: {"mark": FULL[sub_item], "by": "督察科", "reason": "样例"} for sub_item in MANUAL}


def window(facts: dict[str, Any] | None = None, **rest: Any) -> dict[str, Any]:
    """A window that gets every mark, with some facts changed; a fact of None is left out."""
    own = {slug: value for slug, value in {**FACTS, **(facts or {})}.items() if value is not None}
    return {"id": "W01", "name": "样例窗口", "facts": own, "marks": MARKS, **rest}


def case_of(*windows: dict[str, Any], quarter: str = "2012-Q1", library: Library = LIBRARY) -> AssessmentInLaw:
    assessment = Assessment(
        jurisdiction="luzhou", centre="样例", quarter=quarter, windows=tuple(to_window(w) for w in windows)
    )
    return AssessmentInLaw(assessment, library, DAYS)


def score(
    facts: dict[str, Any] | None = None, *, quarter: str = "2012-Q1", library: Library = LIBRARY, **rest: Any
) -> WindowScore:
    return case_of(window(facts, **rest), quarter=quarter, library=library).scores[0]


def mark(facts: dict[str, Any], sub_item: str, **rest: Any) -> Decimal | None:
    return score(facts, **rest).line(sub_item).mark.value


def bonus(fact: str, **rest: Any) -> dict[str, Any]:
    given = {"fact": fact, "on": "2012-01-09", "matter": f"{fact}-1", "evidence": "样例", "approved_on": "2012-02-20"}
    return {key: value for key, value in {**given, **rest}.items() if value is not None}


def deduction(fact: str, **rest: Any) -> dict[str, Any]:
    return {"fact": fact, "on": "2012-01-10", "event": f"{fact}-1", "evidence": "样例", **rest}


def with_bonus(*entries: dict[str, Any], **rest: Any) -> WindowScore:
    return score(bonus=list(entries), **rest)


def with_deductions(*entries: dict[str, Any], facts: dict[str, Any] | None = None, **rest: Any) -> WindowScore:
    return score(facts, deductions=list(entries), **rest)
