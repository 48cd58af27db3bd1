"""The rules on procedure, time, publicity and implementation, case by case: one variation of a sound form each."""

import datetime
import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lengths import examples

from banshi.checking.checker import Checker
from banshi.checking.examples import laid_over
from banshi.files.reading import read, read_text
from banshi.files.typed import to_form
from banshi.law.library import Law, Library
from banshi.law.norms import Locality
from banshi.subjects.change.offices import named, of_another_level, recognised
from banshi.subjects.change.project_forms import Project

ROOT = Path(__file__).resolve().parent.parent
FOUND = Library([ROOT / "policies"]).at(datetime.date(2012, 3, 5), "luzhou").law("change")
assert FOUND is not None
LAW: Law = FOUND


@cache
def sound(base: str) -> Any:
    document = read(ROOT / "validators/change" / f"_example{base}.yaml").document
    assert document is not None
    return document.data


def checked(base: str, variation: Any, folder: Path, as_of: str = "", root: Path = ROOT) -> list[tuple[str, str]]:
    """Rule (without its folder) and severity of each finding, a star where it depends on a reading."""
    path = folder / "ledger.yaml"
    path.write_text(json.dumps(laid_over(sound(base), variation), ensure_ascii=False), encoding="utf-8")
    day = datetime.date.fromisoformat(as_of) if as_of else None
    findings = Checker(root, as_of=day).check([path]).findings
    return sorted((f.rule.removeprefix("change/"), f.severity + "*" * f.reading_dependent) for f in findings)


def yaml(text: str) -> Any:
    document = read_text(text, "variation").document
    assert document is not None
    return document.data


def opinion(step: str, office: str, received: str, decided: str = "", conclusion: str = "", **more: str) -> Any:
    given = {"step": step, "office": office, "received_on": received, "complete_on": received, **more}
    return {**given, **({"decided_on": decided, "conclusion": conclusion or "agree"} if decided else {})}


def competent(decided: str = "2012-03-08", conclusion: str = "agree", **more: str) -> Any:
    return opinion("competent_review", "市住房城乡建设局", "2012-03-06", decided, conclusion, **more)


def finance(received: str = "2012-03-09", decided: str = "2012-03-13", conclusion: str = "agree", **more: str) -> Any:
    return opinion("finance_approval", "市财政局", received, decided, conclusion, **more)


EMERGENCY = {
    "joint_meeting_on": "2012-03-05",
    "opinion_on": "2012-03-05",
    "government_consent_on": "2012-03-06",
    "records": ["政府批示"],
}
PHOTOS = [{"kind": "photos", "file": "照片.zip"}]
EMERGENT = {"emergency": EMERGENCY, "attachments": PHOTOS}
SUBMITTED = {"status": "submitted", "implemented_on": None}

# What is varied in a sound finance-tier form, and which findings that gives.
FINANCE_TIER: dict[str, tuple[Any, list[tuple[str, str]]]] = {
    "sound": ({}, []),
    "under way": ({**SUBMITTED, "opinions": [competent()]}, []),
    "nothing yet": ({**SUBMITTED, "opinions": []}, []),
    "draft": ({"status": "draft", "implemented_on": None, "opinions": [], "consultation": []}, []),
    "refused": ({"status": "rejected", "implemented_on": None, "opinions": [competent(conclusion="disagree")]}, []),
    "withdrawn": ({"status": "withdrawn", "implemented_on": None, "opinions": []}, []),
    "refused by nobody": (
        {"status": "rejected", "implemented_on": None, "opinions": []},
        [("status-matches-record", "note")],
    ),
    "one missing": ({"opinions": [finance()]}, [("steps-complete", "error")]),
    "none at all": ({"opinions": []}, [("steps-complete", "error")]),
    "still open": ({"opinions": [competent(), finance(decided="")]}, [("steps-complete", "error")]),
    "skipped": ({**SUBMITTED, "opinions": [finance()]}, [("steps-complete", "error")]),
    "misspelt": (
        {"opinions": [competent(), {**finance(), "step": "finance_aproval"}]},
        [("steps-belong", "error")],
    ),
    "of another tier": (
        {"opinions": [competent(), finance(), {**finance(), "step": "finance_review"}]},
        [("steps-belong", "warning")],
    ),
    "too soon": (
        {"opinions": [competent(), finance("2012-03-07")]},
        [("decided-in-time", "warning*"), ("steps-in-order", "error")],
    ),
    "before the first is done": (
        {**SUBMITTED, "opinions": [competent(decided=""), finance(decided="")]},
        [("steps-in-order", "error")],
    ),
    "sent back, then agreed": (
        {
            "opinions": [
                competent("2012-03-07", "supplement"),
                {**competent(), "received_on": "2012-03-07", "complete_on": "2012-03-07"},
                finance(),
            ]
        },
        [],
    ),
    "sent back only": (
        {"opinions": [competent(conclusion="supplement"), finance()]},
        [("disagreement-stops", "error")],
    ),
    "refused at the end": (
        {"opinions": [competent(), finance(conclusion="disagree")]},
        [("disagreement-stops", "error")],
    ),
    "wrong office": (
        {"opinions": [{**competent(), "office": "市交通局"}, finance()]},
        [("office-takes-its-step", "error")],
    ),
    "not a finance office": (
        {"opinions": [competent(), {**finance(), "office": "市审计局"}]},
        [("office-takes-its-step", "error")],
    ),
    "blanks in the office": ({"opinions": [{**competent(), "office": " 市住房城乡建设局　"}, finance()]}, []),
    "late": (
        {"opinions": [competent("2012-03-12"), finance("2012-03-12", "2012-03-14")]},
        [("decided-in-time", "error")],
    ),
    "late by one reading": (
        {"opinions": [competent(), finance("2012-03-09", "2012-03-16")]},
        [("decided-in-time", "warning*")],
    ),
    "late by both": (
        {"opinions": [competent(), finance("2012-03-07", "2012-03-20")], "implemented_on": "2012-03-21"},
        [("decided-in-time", "error"), ("steps-in-order", "error")],
    ),
    "major, late, extended": (
        {
            "major_design_change": {"is_major": True, "reason": "改变基础形式"},
            "opinions": [competent(), finance("2012-03-09", "2012-03-30", extension_reason="专家论证")],
            "implemented_on": "2012-04-05",
        },
        [("decided-in-time", "note")],
    ),
    "major, late": (
        {
            "major_design_change": {"is_major": True, "reason": "改变基础形式"},
            "opinions": [competent(), finance("2012-03-09", "2012-03-30")],
            "implemented_on": "2012-04-05",
        },
        [("decided-in-time", "error")],
    ),
    "major without reason": ({"major_design_change": {"is_major": True}}, [("major-change-has-reason", "error")]),
    "papers complete after the decision": (
        {"opinions": [competent(), {**finance(), "complete_on": "2012-03-14"}]},
        [("opinion-dates-in-order", "error")],
    ),
    "filed after receipt": ({"filed_on": "2012-03-12"}, [("opinion-dates-in-order", "error")]),
    "decided without conclusion": (
        {"opinions": [competent(), {k: v for k, v in finance().items() if k != "conclusion"}]},
        [("opinion-dates-in-order", "error")],
    ),
    "implemented too soon": ({"implemented_on": "2012-03-12"}, [("implemented-after-approval", "error")]),
    "implemented the same day": ({"implemented_on": "2012-03-13"}, []),
    "implemented without approval": (
        {"status": "submitted", "opinions": [competent()]},
        [("implemented-after-approval", "error")],
    ),
    "implemented though refused": (
        {"status": "rejected", "opinions": [competent(conclusion="disagree")]},
        [("implemented-after-approval", "error")],
    ),
    "implemented as a draft": (
        {"status": "draft", "opinions": [], "consultation": []},
        [("implemented-after-approval", "error")],
    ),
    "status behind": ({"status": "submitted"}, [("status-matches-record", "error")]),
    "status a little behind": ({"status": "approved"}, [("status-matches-record", "warning")]),
    "approved, still a draft": (
        {"status": "draft", "implemented_on": None},
        [("status-matches-record", "warning")],
    ),
    "approved, then withdrawn": (
        {"status": "withdrawn", "implemented_on": None},
        [("status-matches-record", "warning")],
    ),
    "withdrawn half way": ({"status": "withdrawn", "implemented_on": None, "opinions": [competent()]}, []),
    "settled without a day": ({"status": "settled", "implemented_on": None}, [("status-matches-record", "error")]),
    "owner did not sign": ({"consultation": []}, [("applicants-sign", "error")]),
    "owner refused": (
        {"consultation": [{"party": "owner", "conclusion": "不同意", "signed_on": "2012-03-05"}]},
        [("applicants-sign", "error")],
    ),
    "owner signed too late": (
        {"consultation": [{"party": "owner", "conclusion": "同意", "signed_on": "2012-03-21"}]},
        [("applicants-sign", "error")],
    ),
    "contract not recorded": (
        {"supplementary_contract": {"number": "补1", "signed_on": "2012-03-14"}},
        [("supplementary-contract-recorded", "note")],
    ),
    "contract recorded elsewhere": (
        {
            "supplementary_contract": {
                "number": "补1",
                "signed_on": "2012-03-14",
                "recorded_on": "2012-03-15",
                "recorded_with": "市财政局",
            }
        },
        [("supplementary-contract-recorded", "error")],
    ),
    "contract recorded before it was signed": (
        {
            "supplementary_contract": {
                "number": "补1",
                "signed_on": "2012-03-14",
                "recorded_on": "2012-03-13",
                "recorded_with": "市住房城乡建设局",
            }
        },
        [("supplementary-contract-recorded", "error")],
    ),
    "emergency, complete": ({**EMERGENT, "implemented_on": "2012-03-06"}, []),
    "emergency, under way": (
        {**EMERGENT, "implemented_on": "2012-03-06", "status": "submitted", "opinions": [competent()]},
        [("emergency-regularised", "note")],
    ),
    "emergency, not begun": (
        {**EMERGENT, "implemented_on": "2012-03-06", "opinions": []},
        [("emergency-regularised", "note")],
    ),
    "emergency, settled without approval": (
        {**EMERGENT, "status": "settled", "opinions": []},
        [("steps-complete", "error")],
    ),
    "emergency, refused afterwards": (
        {
            **EMERGENT,
            "implemented_on": "2012-03-06",
            "status": "rejected",
            "opinions": [competent(conclusion="disagree")],
        },
        [("emergency-regularised", "note"), ("status-matches-record", "warning")],
    ),
    "emergency before consent": (
        {**EMERGENT, "implemented_on": "2012-03-05"},
        [("implemented-after-approval", "error")],
    ),
    "emergency without photos": ({"emergency": EMERGENCY}, [("emergency-records", "error")]),
    "emergency with photos listed": ({"emergency": {**EMERGENCY, "records": ["政府批示", "抢险影像"]}}, []),
    "emergency without records": (
        {**EMERGENT, "emergency": {**EMERGENCY, "records": []}},
        [("emergency-records", "error")],
    ),
    "emergency in disorder": (
        {**EMERGENT, "emergency": {**EMERGENCY, "opinion_on": "2012-03-07"}},
        [("emergency-in-order", "error")],
    ),
}


@pytest.mark.parametrize("name", FINANCE_TIER)
def test_finance_tier(name: str, tmp_path: Path) -> None:
    variation, expected = FINANCE_TIER[name]
    assert checked("", {"changes": [variation]}, tmp_path) == expected


def full(n: int, **changes: Any) -> Any:
    """The sound full-procedure form with one opinion varied."""
    opinions = list(sound(".full-procedure")["changes"][0]["opinions"])
    opinions[n] = {k: v for k, v in {**opinions[n], **changes}.items() if v is not None}
    return {"opinions": opinions}


OBJECTION = {"received_on": "2012-04-13", "resolved_on": "2012-04-17", "resolution": "已答复"}
FULL_PROCEDURE: dict[str, tuple[Any, list[tuple[str, str]]]] = {
    "sound": ({}, []),
    "one of three is late": (
        full(1, decided_on="2012-03-13"),
        [("decided-in-time", "error"), ("steps-in-order", "error")],
    ),
    "evaluation has longer": (full(4, decided_on="2012-03-23"), []),
    "another level": (full(6, office="泸州市江阳区人民政府"), [("own-level", "error")]),
    "not a government": (full(6, office="市发展改革委"), [("office-takes-its-step", "error")]),
    "the service centre is no government": (
        full(6, office="泸州市人民政府政务服务中心"),
        [("office-takes-its-step", "error")],
    ),
    "no report": ({"review": None}, [("approval-documents", "error")]),
    "no number of approval": ({"budget_approval": None}, [("approval-documents", "error")]),
    "reply before the request": ({"government_reply": {"date": "2012-03-27"}}, [("approval-documents", "error")]),
    "reply after the decision": ({"government_reply": {"date": "2012-04-10"}}, [("approval-documents", "warning")]),
    "reply before the decision": ({"government_reply": {"date": "2012-04-05"}}, [("approval-documents", "warning")]),
    "reviewed lower": ({"review": {"reviewed_price": "571300.00"}}, [("reviewed-price-is-used", "warning")]),
    "not public": ({"publicity": None}, [("publicity-held", "error")]),
    "approved, not yet public": ({"publicity": None, "status": "approved", "implemented_on": None}, []),
    "public too early": (
        {"publicity": {"started_on": "2012-04-05"}},
        [("publicity-after-approval", "error")],
    ),
    "public too short": ({"publicity": {"ended_on": "2012-04-15"}}, [("publicity-long-enough", "error")]),
    "ended before it started": (
        {"publicity": {"ended_on": "2012-04-02"}, "implemented_on": None, "status": "approved"},
        [("publicity-long-enough", "error")],
    ),
    "long enough by one reading": (
        {"publicity": {"ended_on": "2012-04-16"}},
        [("publicity-long-enough", "warning*")],
    ),
    "elsewhere": ({"publicity": {"platform": "政府门户网站"}}, [("publicity-platform", "error")]),
    "objection resolved": ({"publicity": {"objections": [OBJECTION], "conclusion": "resolved"}}, []),
    "objection not listed": ({"publicity": {"conclusion": "resolved"}}, [("objections-resolved", "error")]),
    "objection hidden": ({"publicity": {"objections": [OBJECTION]}}, [("objections-resolved", "error")]),
    "objection open": (
        {"publicity": {"objections": [{"received_on": "2012-04-13"}], "conclusion": "resolved"}},
        [("objections-resolved", "error")],
    ),
    "objection open, not implemented": (
        {
            "status": "approved",
            "implemented_on": None,
            "publicity": {"objections": [{"received_on": "2012-04-13"}], "conclusion": "failed"},
        },
        [],
    ),
    "objection resolved too late": (
        {"publicity": {"objections": [{**OBJECTION, "resolved_on": "2012-04-21"}], "conclusion": "resolved"}},
        [("objections-resolved", "error")],
    ),
    "failed": ({"publicity": {"conclusion": "failed"}}, [("objections-resolved", "error")]),
    "on the last day of publicity": ({"implemented_on": "2012-04-18"}, [("implemented-after-approval", "error")]),
    "on the day after": ({"implemented_on": "2012-04-19"}, []),
}


@pytest.mark.parametrize("name", FULL_PROCEDURE)
def test_full_procedure(name: str, tmp_path: Path) -> None:
    variation, expected = FULL_PROCEDURE[name]
    assert checked(".full-procedure", {"changes": [variation]}, tmp_path) == expected


CONSULTED = {"tier": "consultation", "opinions": [], "amounts": {}}
WITHIN = {"contract": {"provisional_sum": "200000.00"}}
ALL_THREE = sound("")["changes"][0]["consultation"]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, []),
        ({"implemented_on": "2012-03-04"}, [("implemented-after-approval", "error")]),
        ({"consultation": ALL_THREE[:2]}, [("three-parties-consult", "error")]),
        ({"consultation": ALL_THREE[:2], **SUBMITTED}, []),
        (
            {"consultation": [*ALL_THREE[:2], {**ALL_THREE[2], "conclusion": "不同意"}]},
            [("three-parties-consult", "error")],
        ),
        ({"consultation": ALL_THREE[:2], "status": "submitted"}, [("implemented-after-approval", "error")]),
    ],
)
def test_consultation(change: Any, expected: list[tuple[str, str]], tmp_path: Path) -> None:
    found = checked("", {"project": WITHIN, "changes": [{**CONSULTED, **change}]}, tmp_path)
    assert [f for f in found if f[0] != "tier-depends-on-reading"] == expected


def test_who_builds_as_agent_applies_too(tmp_path: Path) -> None:
    project = {"agent_builder": "样例代建公司"}
    assert checked("", {"project": project}, tmp_path) == [("applicants-sign", "error")]
    consulted = {"project": {**project, **WITHIN}, "changes": [CONSULTED]}
    assert ("applicants-sign", "error") in checked("", consulted, tmp_path)


# A day of checking, and years without a calendar ------------------------------------------------------------------


def test_open_steps_fall_due(tmp_path: Path) -> None:
    change = {"changes": [{**SUBMITTED, "opinions": [competent(decided="")]}]}
    assert checked("", change, tmp_path, "2012-03-09") == []
    assert checked("", change, tmp_path, "2012-03-10") == [("decided-in-time", "warning")]


def test_dates_in_the_future_are_told_once(tmp_path: Path) -> None:
    assert checked("", {}, tmp_path, "2012-03-08") == [("opinion-dates-in-order", "error")]
    assert checked("", {}, tmp_path, "2012-03-20") == []


def test_without_a_calendar_nothing_is_guessed(tmp_path: Path) -> None:
    first, second = competent("2030-03-04"), finance("2030-03-04", "2030-03-06")
    change = {"opinions": [{**first, "received_on": "2030-03-01", "complete_on": "2030-03-01"}, second],
              "filed_on": "2030-02-28", "implemented_on": "2030-03-10",
              "consultation": [{"party": "owner", "conclusion": "同意", "signed_on": "2030-02-28"}]}  # fmt: skip
    assert checked("", {"changes": [change]}, tmp_path) == [], "three days hold at most three working days"
    late = {**change, "opinions": [change["opinions"][0], finance("2030-03-04", "2030-03-08")]}
    assert checked("", {"changes": [late]}, tmp_path) == [("decided-in-time", "warning")]


def test_publicity_without_a_calendar(tmp_path: Path) -> None:
    def ends(day: str) -> list[tuple[str, str]]:
        public = {"started_on": "2030-04-11", "ended_on": day}
        change = {"publicity": public, "implemented_on": "2031-01-01"}
        return checked(".full-procedure", {"changes": [change]}, tmp_path)

    assert ends("2030-04-15") == [("publicity-long-enough", "error")], "too short whatever the calendar says"
    assert ends("2030-04-18") == [("publicity-long-enough", "warning")]


# Other readings ---------------------------------------------------------------------------------------------------


def other_reading(folder: Path, reading: str, option: str) -> Path:
    """A centre of its own that takes another reading."""
    place = "policies/luzhou/change-management/2011-11-04.yaml"
    text = (ROOT / place).read_text(encoding="utf-8")
    before, after = text.split(f"  - id: {reading}\n", 1)
    start, end = after.split("    default: ", 1)
    target = folder / "centre" / place
    target.parent.mkdir(parents=True)
    target.write_text(f"{before}  - id: {reading}\n{start}    default: {option}\n{end.split(chr(10), 1)[1]}", "utf-8")
    return folder / "centre"


def test_first_steps_one_after_the_other(tmp_path: Path) -> None:
    root = other_reading(tmp_path, "first-step-parallel", "sequential")
    assert set(checked(".full-procedure", {}, tmp_path, root=root)) == {("steps-in-order", "error*")}


COUNTY = {"level": "county", "jurisdiction": "luzhou/example"}


def test_a_county_project_by_both_readings(tmp_path: Path) -> None:
    own = {**full(6, office="江阳区人民政府"), "government_reply": {"document": "江阳区政府常务会议纪要〔2012〕3号"}}
    city: Any = {}
    root = other_reading(tmp_path, "county-government", "always_city")
    for change, expected, where in ((own, 0, ROOT), (city, 2, ROOT), (own, 2, root), (city, 0, root)):
        found = checked(".full-procedure", {"project": COUNTY, "changes": [change]}, tmp_path, root=where)
        assert found == [("own-level", "error*")] * expected


@pytest.mark.parametrize(
    ("level", "jurisdiction", "fits"),
    [
        ("city", "luzhou", True),
        ("county", "luzhou/example", True),
        ("county", "luzhou", False),
        ("city", "luzhou/example", False),
        ("county", "elsewhere", True),
    ],
)
def test_the_level_and_the_jurisdiction(level: str, jurisdiction: str, fits: bool, tmp_path: Path) -> None:
    found = checked("", {"project": {"level": level, "jurisdiction": jurisdiction}}, tmp_path)
    assert (("level-matches-jurisdiction", "error") not in found) is fits


# Names of bodies --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("level", "name", "other"),
    [
        ("city", "市政府", False),
        ("city", "泸州市人民政府", False),
        ("city", "泸州市人民政府办公室", False),
        ("city", "泸市府函〔2012〕12号", False),
        ("city", "泸州市江阳区人民政府", True),
        ("city", "泸州市 龙马潭区政府", True),
        ("city", "泸县人民政府", True),
        ("city", "会议纪要第5号", False),
        ("county", "泸州市江阳区人民政府", False),
        ("county", "泸县人民政府", False),
        ("county", "江阳区政府常务会议纪要", False),
        ("county", "泸州市人民政府", True),
        ("county", "市政府", True),
        ("county", "泸市府函〔2012〕12号", True),
    ],
)
def test_levels_by_name(level: str, name: str, other: bool) -> None:
    locality = LAW.one(Locality)
    assert locality is not None
    assert of_another_level(locality.norm, level, name) is other


@pytest.mark.parametrize(
    ("role", "name", "fits"),
    [
        ("finance", "泸州市财政局", True),
        ("finance", "市审计局", False),
        ("evaluation_centre", "市财政评审中心", True),
        ("government", "泸州市人民政府", True),
        ("government", "泸州市人民政府政务服务中心", False),
        ("budget_authority", "随便什么", True),
        ("", "随便什么", True),
    ],
)
def test_roles_by_name(role: str, name: str, fits: bool) -> None:
    assert recognised(LAW, role, name) is fits


def test_who_acts_for_a_missing_authority() -> None:
    project = to_form({**sound("")["project"], "competent_authority": None}, Project)
    name, cites = named(LAW, project, "competent_authority")
    assert (name, [c.norm for c in cites]) == (project.approval_authority, ["no-competent-authority"])
    assert named(LAW, project, "finance") == ("", ())


# Anything at all --------------------------------------------------------------------------------------------------

days = st.dates().map(str) | st.sampled_from(["0001-01-01", "9999-12-31", "2012-03-08", "2012-04-11", "2026-12-31"])
status = st.sampled_from(["draft", "submitted", "approved", "rejected", "withdrawn", "implemented", "settled"])
tiers = st.sampled_from(["consultation", "finance", "government", "full_procedure", "nonsense"])
conclusions = st.sampled_from(["agree", "disagree", "supplement", None])
steps = st.sampled_from(["competent_review", "finance_approval", "government_approval", "fiscal_evaluation", "typo"])
opinions = st.fixed_dictionaries(
    {"step": steps, "office": st.sampled_from(["市政府", "市财政局", "x"]), "received_on": days, "complete_on": days},
    optional={"accepted_on": days, "decided_on": days, "conclusion": conclusions},
)
forms = st.fixed_dictionaries(
    {"status": status, "tier": tiers},
    optional={
        "filed_on": st.dates(datetime.date(1900, 1, 1)).map(str),
        "opinions": st.lists(opinions, max_size=4),
        "implemented_on": days | st.none(),
        "publicity": st.none() | st.fixed_dictionaries({"started_on": days, "ended_on": days}),
        "emergency": st.just(EMERGENCY),
        "major_design_change": st.fixed_dictionaries({"is_major": st.booleans()}),
        "review": st.none(),
    },
)


@examples(150)
@given(forms, st.none() | days)
def test_no_rule_crashes(tmp_path_factory: pytest.TempPathFactory, form: Any, as_of: str | None) -> None:
    folder = tmp_path_factory.getbasetemp()
    found = checked(".full-procedure", {"changes": [form]}, folder, as_of or "")
    assert [rule for rule, _ in found if rule.startswith("engine/")] == []
