"""Targets of any centre: random words, filters, groups and logs against a small oracle; every figure decides something."""

import datetime
from collections import defaultdict
from fractions import Fraction
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lengths import examples

from banshi.law.library import Law, to_version
from banshi.law.norms import Target
from banshi.subjects.cases.forms import Log
from banshi.subjects.cases.groups import Group, cells_for
from banshi.subjects.cases.judged_target import compared
from banshi.subjects.cases.measures import MEASURES, CaseShare, Left, resolved
from banshi.subjects.cases.tally import CaseTally
from banshi.subjects.cases.targets import judge
from banshi.subjects.cases.vocabulary import Vocabulary, declared

AS_OF = datetime.date(2026, 6, 30)
KINDS, FLAGS = ("permit", "other"), ("urgent", "remote")
GRADES = {"great": True, "fine": True, "poor": False}


def version(target: dict[str, Any]) -> dict[str, Any]:
    """A policy of a city of no name that holds one target."""
    norm = {"id": "t", "kind": "target", "statement": "{bound}", **target}
    return {
        "kind": "policy",
        "instrument": "elsewhere/targets",
        "version": "2026-01-01",
        "title": "别处的指标（虚构）",
        "jurisdiction": "elsewhere",
        "jurisdiction_name": "别处（虚构）",
        "subject": "指标",
        "governs": ["parallel"],
        "dates": {"in_force": "2026-01-01", "known": "2026-01-01"},
        "status": "in_force",
        "validity": "unverified",
        "normative": True,
        "source": {"note": "虚构"},
        "case_kinds": {"permit": {"name": "许可"}},
        "evaluations": {slug: {"name": slug, "good": good} for slug, good in GRADES.items()},
        "case_flags": {flag: {"name": flag} for flag in FLAGS},
        "provisions": [{"id": "1", "label": "一", "heading": "指标", "source": {"note": "虚构"}, "norms": [norm]}],
    }


def words_of(target: dict[str, Any]) -> tuple[Law, Vocabulary]:
    read = to_version(version(target))
    words = declared([read])
    assert words is not None
    return Law((read,), "elsewhere"), words


def verdicts(target: dict[str, Any], cases: list[dict[str, Any]], left: Left | None = None) -> dict[Any, Any]:
    """Group → (hits, of, verdict), as the engine has them."""
    law, words = words_of(target)
    norm = law.norms[0].norm
    tally = CaseTally(AS_OF, words=words, dimensions=cells_for([norm]))  # type: ignore[list-item]
    for n, case in enumerate(cases):
        tally.add(words.case(**case), n)
    whole = resolved(tally, AS_OF)[""][""]
    log = Log(jurisdiction="elsewhere", level="city")
    found = judge(log, tally, whole, law, left or Left(), AS_OF)
    return {j.group.key if j.group else (): (j.share.hits, j.share.of, j.verdict) for j in found}


# the oracle: over lists of cases, with nothing of the engine's


def oracle(target: dict[str, Any], cases: list[dict[str, Any]]) -> dict[Any, Any]:
    chosen = [case for case in cases if _chosen(target, case)]
    by = target.get("by", [])
    if not by:
        return {(): _verdict(target, chosen)}
    groups: dict[Any, list[dict[str, Any]]] = defaultdict(list)
    for case in chosen:
        groups[tuple((name, _value(name, case)) for name in by)].append(case)
    least = target.get("at_least_cases")
    if least is None or "month" not in by:
        return {key: _verdict(target, own) for key, own in groups.items() if not _nothing(target, key, own)}
    found, quarters = {}, defaultdict(list)
    short = set()
    for key, own in groups.items():
        quarter = tuple(("quarter", _quarter(v)) if n == "month" else (n, v) for n, v in key)
        quarters[quarter] += own
        if sum(1 for case in own if case["finished_on"]) >= least:
            found[key] = _verdict(target, own)
        elif target.get("too_few") == "quarter":
            if not _nothing(target, key, own):
                short.add(quarter)
        else:
            found[key] = (0, 0, "undetermined")
    return {**found, **{key: _verdict(target, quarters[key]) for key in short}}


def _chosen(target: dict[str, Any], case: dict[str, Any]) -> bool:
    where = target.get("where", {})
    return (
        (not target.get("cases") or case["kind"] in target["cases"])
        and ("parallel" not in where or case["parallel"] is where["parallel"])
        and ("departments" not in where or case["department"] in where["departments"])
        and ("months" not in where or _value("month", case) in where["months"])
        and all(case[flag] is value for flag, value in where.get("flags", {}).items())
    )


def _value(name: str, case: dict[str, Any]) -> Any:
    if name == "month":
        return case["finished_on"].isoformat()[:7] if case["finished_on"] else ""
    return case[name]


def _quarter(month: str) -> str:
    return f"{month[:4]}-Q{(int(month[5:]) - 1) // 3 + 1}" if month else ""


def _nothing(target: dict[str, Any], key: Any, own: list[dict[str, Any]]) -> bool:
    """Open cases are no month of a rate of finished ones."""
    return ("month", "") in key and not _counted(target, own)[1]


def _counted(target: dict[str, Any], own: list[dict[str, Any]]) -> tuple[int, int]:
    finished = [case for case in own if case["finished_on"]]
    rated = [case for case in finished if case["evaluation"] != "none"]
    if target["measure"] == "overdue_cases":
        late = [c for c in own if (c["finished_on"] or AS_OF) > c["due_on"]]
        return len(late), len(own)
    hits, of = {
        "on_time_rate": ([c for c in finished if c["finished_on"] <= c["due_on"]], finished),
        "evaluation_rate": (rated, finished),
        "satisfaction_rate": ([c for c in rated if GRADES[c["evaluation"]]], rated),
    }[target["measure"]]
    of = {None: of, "all": own, "finished": finished, "evaluated": rated}[target.get("of")]
    return len([case for case in hits if case in of]), len(of)


def _verdict(target: dict[str, Any], own: list[dict[str, Any]]) -> tuple[int, int, str]:
    hits, of = _counted(target, own)
    bound = target["bound"]
    if target["measure"] == "overdue_cases":
        figure = Fraction(hits)
    elif of:
        figure = Fraction(hits, of) * (100 if bound["unit"] == "%" else 1)
        figure = _rounded(figure, target.get("rounding"))
    else:
        zero = {"full": "met", "zero": "missed", "not_applicable": "not_applicable"}
        return hits, of, zero.get(target.get("zero_denominator", ""), "undetermined")
    low, high = bound.get("lower"), bound.get("upper")
    met = not low or figure > Fraction(low["value"]) or (low["inclusive"] and figure == Fraction(low["value"]))
    met = met and (
        not high or figure < Fraction(high["value"]) or (high["inclusive"] and figure == Fraction(high["value"]))
    )
    return hits, of, "met" if met else "missed"


def _rounded(figure: Fraction, rounding: dict[str, Any] | None) -> Fraction:
    if rounding is None:
        return figure
    scaled = figure * 10 ** rounding["digits"]
    whole, rest = divmod(scaled.numerator, scaled.denominator)
    twice = 2 * rest >= scaled.denominator
    whole += {"up": rest > 0, "down": False, "half_up": twice}[rounding["mode"]]
    return Fraction(whole, 10 ** rounding["digits"])


# what is asked, and of what


def optional(**values: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({}, optional=values)


BOUND = st.builds(
    lambda value, inclusive, upper: {
        **({"upper": {"value": str(value + 20), "inclusive": inclusive}} if upper else {}),
        "lower": {"value": str(value), "inclusive": inclusive},
    },
    st.sampled_from([0, 1, 25, 33, 50, 60, 66, 67, 80, 100]),
    st.booleans(),
    st.booleans(),
)
WHERE = optional(
    parallel=st.booleans(),
    departments=st.just(["甲"]),
    months=st.lists(st.sampled_from(["2026-01", "2026-02"]), min_size=1, unique=True),
    flags=st.dictionaries(st.sampled_from(FLAGS), st.booleans(), min_size=1),
)
MORE = optional(
    cases=st.lists(st.sampled_from(KINDS), min_size=1, unique=True),
    where=WHERE.filter(bool),
    by=st.lists(st.sampled_from(["department", "month", "kind", "urgent"]), min_size=1, unique=True),
    at_least_cases=st.integers(1, 4),
    too_few=st.sampled_from(["quarter", "not_determined"]),
)
RATE = optional(
    of=st.sampled_from(["all", "finished", "evaluated"]),
    rounding=st.fixed_dictionaries({"digits": st.integers(0, 3), "mode": st.sampled_from(["half_up", "up", "down"])}),
    zero_denominator=st.sampled_from(["not_determined", "not_applicable", "full", "zero"]),
)


@st.composite
def targets(draw: Any) -> dict[str, Any]:
    measure = draw(st.sampled_from(["on_time_rate", "evaluation_rate", "satisfaction_rate", "overdue_cases"]))
    rate = measure != "overdue_cases"
    bound = {**draw(BOUND), "unit": "%" if rate else "件"}
    return {"measure": measure, "bound": bound, **draw(MORE), **(draw(RATE) if rate else {})}


DAY = st.dates(datetime.date(2026, 1, 1), datetime.date(2026, 4, 30))
ONE = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(KINDS),
        "department": st.sampled_from("甲乙"),
        "window": st.just("W"),
        "accepted_on": st.just(datetime.date(2026, 1, 1)),
        "due_on": DAY,
        "finished_on": DAY | st.none(),
        "parallel": st.booleans(),
        "evaluation": st.sampled_from([*GRADES, "none"]),
        **{flag: st.booleans() for flag in FLAGS},
    }
)
LOGS = st.lists(ONE, max_size=14).map(lambda rows: [{**row, "id": str(n)} for n, row in enumerate(rows)])


@examples(300)
@given(target=targets(), cases=LOGS)
def test_any_target_on_any_log_agrees_with_the_oracle(target: dict[str, Any], cases: list[dict[str, Any]]) -> None:
    assert verdicts(target, cases) == oracle(target, cases)


@examples(100)
@given(target=targets(), cases=LOGS, hidden=st.sampled_from(["evaluation", "parallel", "urgent"]), n=st.integers(0, 13))
def test_a_verdict_without_a_fact_holds_whatever_the_fact_is(
    target: dict[str, Any], cases: list[dict[str, Any]], hidden: str, n: int
) -> None:
    """What one case does not state may be anything: a verdict that is given all the same is that of each of them."""
    if n >= len(cases):
        return
    values: tuple[Any, ...] = (*GRADES, "none") if hidden == "evaluation" else (True, False)
    blind = [{k: v for k, v in case.items() if not (i == n and k == hidden)} for i, case in enumerate(cases)]
    found = verdicts(target, blind)
    for value in values:
        whole = oracle(target, [{**case, hidden: value} if i == n else case for i, case in enumerate(cases)])
        for key, (_, _, verdict) in found.items():
            if verdict in ("met", "missed") and key in whole:
                assert whole[key][2] == verdict


# every figure and word of a target decides something

_CASES: list[dict[str, Any]] = [
    {
        "id": f"{n}", "kind": "permit" if n % 3 else "other", "department": "甲乙"[n % 2], "window": "W",
        "accepted_on": datetime.date(2026, 1, 1), "due_on": datetime.date(2026, 2, 10),
        "finished_on": datetime.date(2026, 1 + n % 4, 1 + n), "parallel": n % 4 < 2, "evaluation": (*GRADES, "none")[n % 4],
        "urgent": n % 5 == 0, "remote": n % 7 == 0,
    }
    for n in range(24)
]  # fmt: skip
_BASE = {
    "measure": "on_time_rate",
    "cases": ["permit"],
    "where": {"flags": {"remote": False}},
    "by": ["department", "month"],
    "bound": {"lower": {"value": "60", "inclusive": True}, "unit": "%"},
    "rounding": {"digits": 0, "mode": "half_up"},
    "at_least_cases": 4,
    "too_few": "quarter",
}


@pytest.mark.parametrize(
    "changed",
    [
        {"measure": "evaluation_rate"},
        {"measure": "satisfaction_rate"},
        {"cases": []},
        {"cases": ["other"]},
        {"where": {"flags": {"remote": True}}},
        {"where": {"parallel": True}},
        {"where": {"departments": ["乙"]}},
        {"where": {"months": ["2026-02"]}},
        {"where": {"windows": ["X"]}},
        {"by": ["department"]},
        {"by": ["month"]},
        {"by": ["department", "month", "urgent"]},
        {"bound": {"lower": {"value": "100", "inclusive": False}, "unit": "%"}},
        {"bound": {"upper": {"value": "60", "inclusive": True}, "unit": "%"}},
        {"bound": {"lower": {"value": "60", "inclusive": True}, "unit": "比率"}},
        {"at_least_cases": 3},
        {"too_few": "not_determined"},
        {"of": "evaluated"},
    ],
    ids=str,
)
def test_any_change_of_a_target_changes_a_verdict(changed: dict[str, Any]) -> None:
    assert verdicts({**_BASE, **changed}, _CASES) != verdicts(_BASE, _CASES)


@pytest.mark.parametrize(
    ("rounding", "value", "met"),
    [
        (None, "66.7", False),
        ({"digits": 1, "mode": "half_up"}, "66.7", True),
        ({"digits": 1, "mode": "down"}, "66.7", False),
        ({"digits": 0, "mode": "up"}, "67", True),
        ({"digits": 0, "mode": "down"}, "67", False),
    ],
)
def test_rounding_decides(rounding: dict[str, Any] | None, value: str, met: bool) -> None:
    own = [{**_CASES[n], "due_on": datetime.date(2026, 12, 31) if n else datetime.date(2026, 1, 1)} for n in (0, 1, 2)]
    own[0]["finished_on"] = datetime.date(2026, 1, 2)  # late: 2 of 3 in time
    target = {"measure": "on_time_rate", "bound": {"lower": {"value": value, "inclusive": True}, "unit": "%"}}
    found = verdicts({**target, **({"rounding": rounding} if rounding else {})}, own)
    assert found == {(): (2, 3, "met" if met else "missed")}


@pytest.mark.parametrize(
    ("says", "verdict"),
    [("full", "met"), ("zero", "missed"), ("not_applicable", "not_applicable"), ("not_determined", "undetermined")],
)
def test_nothing_to_count_is_what_the_target_says(says: str, verdict: str) -> None:
    bound = {"lower": {"value": "60", "inclusive": True}, "unit": "%"}
    assert verdicts({"measure": "on_time_rate", "bound": bound, "zero_denominator": says}, []) == {(): (0, 0, verdict)}


def test_what_was_not_read_leaves_open_which_months_are_many_enough() -> None:
    sure = verdicts(_BASE, _CASES)
    some = verdicts(_BASE, _CASES, Left(unread=1))
    assert {key for key, (_, _, verdict) in some.items() if verdict == "undetermined"}
    assert all(some[key][2] in (verdict, "undetermined") for key, (_, _, verdict) in sure.items() if key in some)


def test_names_stand_for_values_everywhere() -> None:
    _, words = words_of(_BASE)
    record = {"kind": "许可", "evaluation": "great", "system": "未录入系统"}
    words.spelled(record)
    assert record == {"kind": "permit", "evaluation": "great", "system": "none"}


@pytest.mark.parametrize("measure", ["evaluation_rate", "satisfaction_rate"])
@pytest.mark.parametrize("of", [None, "all", "finished", "evaluated"])
@pytest.mark.parametrize("least", ["20", "25", "30", "75", "80"])
def test_what_is_not_stated_never_decides(measure: str, of: str | None, least: str) -> None:
    """Whatever one case's evaluation turns out to be: a verdict without it is that of every possible one, or open."""
    target = {"measure": measure, "bound": {"lower": {"value": least, "inclusive": True}, "unit": "%"}}
    target |= {"of": of} if of else {}
    cases = [case for case in _CASES if case["finished_on"] <= AS_OF][:20]
    for n in range(4):
        completed = [[*cases[:n], {**cases[n], "evaluation": e}, *cases[n + 1 :]] for e in (*GRADES, "none")]
        possible = {verdicts(target, one)[()][2] for one in completed}
        silent = [*cases[:n], {**cases[n], "evaluation": None}, *cases[n + 1 :]]
        found = verdicts(target, silent)[()][2]
        assert found == "undetermined" or possible == {found}


@pytest.mark.parametrize(
    ("says", "words"), [("full", "按规定算达到"), ("zero", "按规定算没有达到"), ("", "比率不能判定")]
)
def test_what_is_said_of_nothing_to_count_is_what_is_decided(says: str, words: str) -> None:
    target = {
        "id": "t",
        "statement": "-",
        "kind": "target",
        "measure": "on_time_rate",
        "zero_denominator": says or None,
    }
    bound = {"lower": {"value": "60", "inclusive": True}, "unit": "%"}
    norm = msgspec.convert({**target, "bound": bound}, Target, strict=False)
    said = compared(CaseShare(0, 0), MEASURES["on_time_rate"], norm).reasons[0].text.zh
    assert said == f"没有可计的件，{words}"


def test_a_flag_called_quarter_makes_no_months() -> None:
    assert Group((("quarter", True),), {}).months == frozenset()
