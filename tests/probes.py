"""What banshi answers, in this process, about the shipped centres: inputs that touch as many norms as can be.

An answer is plain data without citations: a norm that is only cited decides nothing.
"""

import dataclasses
import datetime
import io
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import cache, partial
from itertools import product
from pathlib import Path
from typing import Any

import msgspec
import openpyxl
import pytest
from conftest import ROOT
from mutations import written
from zezhou_register import march

from banshi.checking.examples import example
from banshi.checking.rules import load_rules
from banshi.cli import main
from banshi.files.reading import read
from banshi.law.dotted import find, put, take
from banshi.law.guides import law_of, load_guides
from banshi.law.instruments import PolicyVersion
from banshi.law.library import Library
from banshi.law.norms import ApprovalTier, LocalLimit, Norm
from banshi.law.reading_effects import said_by_readings
from banshi.site.guide import GuideView
from banshi.subjects.attendance.needs import Needs, tables
from banshi.subjects.change.law_words import names_in

Probe = Callable[[], Any]
CENT = Decimal("0.01")
NOTES = ("policy/values-in-line",)  # what the group of an adjustment is for
CITED = ("basis", "law", "cite", "cites", "norm", "provision", "fingerprint", "statement")
LINJIANG, QINGHE = "examples/linjiang", "examples/qinghe"
ZEZHOU, BAIYUN = "tests/data/zezhou", "tests/data/baiyun"
POLICIES = [ROOT / project / "policies" for project in (LINJIANG, QINGHE, ZEZHOU, BAIYUN, ".")]


def without_citations(data: Any) -> Any:
    if isinstance(data, dict):
        return {key: without_citations(value) for key, value in data.items() if key not in CITED}
    return [without_citations(value) for value in data] if isinstance(data, list) else data


def title_of_report(path: str) -> Any:
    """What the page of a report is called."""
    status, page = answer("assess", path, form="html")
    return status, page[page.index("<title>") : page.index("</title>")]


def one_form(path: str) -> Any:
    """What the one form of a case is called, and which norms want it: that is the answer here."""
    status, said = answer("form", path, whole=True)
    return status, [(form["title"], [each["norm"] for each in form["basis"]]) for form in said["forms"]]


def answer(*words: str, project: str = ".", form: str = "json", whole: bool = False) -> Any:
    """What the command says in a project's folder, in this process, citations left out unless it is wanted ``whole``."""
    stdout, errors, sys.stdout, sys.stderr = sys.stdout, sys.stderr, _stream(), _stream()
    before = Path.cwd()
    try:
        os.chdir(ROOT / project)
        status = main([*words, "--format", form])
        sys.stdout.flush()
        said = sys.stdout.buffer.getvalue().decode()  # type: ignore[attr-defined]
    except SystemExit:
        sys.stderr.flush()
        raise AssertionError(f"{words}: {sys.stderr.buffer.getvalue().decode()}") from None  # type: ignore[attr-defined]
    finally:
        os.chdir(before)
        sys.stdout, sys.stderr = stdout, errors
    plain = json.loads(said) if said.startswith(("{", "[")) else said
    return status, plain if whole else without_citations(plain)


def _stream() -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(), encoding="utf-8")


def probes(instrument: str) -> list[Probe]:
    """The probes of an instrument, the cheapest and widest first."""
    return list(PROBES[instrument]())


def spelled(place: str) -> Any:
    """How filings may write the words of a place's law."""
    return 0, {".".join(way): choices for way, choices in names_in(Library(POLICIES), place).items()}


def other_levels() -> Path:
    """Approvals by bodies of either level, whose names end on each mark of one, for projects of both."""
    folder = Path(tempfile.mkdtemp(prefix="banshi-levels-"))
    county = ("江阳区人民政府", "泸县人民政府", "江阳区政府", "泸县政府")
    city = ("泸州市人民政府", "泸州市政府", "泸市府办")
    rule = next(rule for rule in load_rules([ROOT / "validators"], "change") if rule.id == "change/own-level")
    for level, other, own in (("city", county, city), ("county", city, county)):
        for n, name in enumerate((*other, *(f"{other[-1]}转{each}" for each in own))):
            text = (
                f"project: {{level: {level}}}\nchanges:\n  - government_reply: {{document: {name}, date: 2012-04-09}}\n"
            )
            written = json.dumps(apart(example(rule, text), f"{level}-{n}"), ensure_ascii=False)
            (folder / f"{level}-{n}.yaml").write_text(written, encoding="utf-8")
    return folder


def told(rule_id: str, *texts: str) -> Path:
    """Each text laid over the sound document that the examples of a rule vary, as files of a folder."""
    folder = Path(tempfile.mkdtemp(prefix="banshi-told-"))
    rule = next(rule for rule in load_rules([ROOT / "validators"], rule_id.partition("/")[0]) if rule.id == rule_id)
    for n, text in enumerate(texts):
        written = json.dumps(apart(example(rule, text), f"{rule_id.replace('/', '-')}-{n}"), ensure_ascii=False)
        (folder / f"{n}.yaml").write_text(written, encoding="utf-8")
    return folder


# A row by the prices of a tender without its documents, and one whose machinery alone is unlike that of the bill.
PRICED = """
changes:
  - items:
      - {item: "040101002", name: 挖沟槽土方, unit: m3, quantity_before: 0, quantity_after: 4000, unit_price: 20.00, increase: 80000.00,
         decrease: 0, %s}
    attachments: []
"""
TENDERED = "pricing_basis: tender"
UNLIKE = 'pricing_basis: similar_item, reference: "040101001", quota: {code: AD0007, labour: 6.50, machinery: 9.90}'
# A project of money that the scope does not list.
OTHER_MONEY = "project:\n  funding: {sources: [other], government_controlled: true}\n"
# Names of the centre's own, known by what the policy calls them.
BY_ID = """
case_kind: %s
departments: [{id: industry_commerce, name: 甲局}, {id: quality_supervision, name: 乙局}, {id: taxation, name: 丙局},
              {id: public_security, name: 丁局}]
stages: [{id: preliminary_design, name: 第一段}, {id: construction_preparation, name: 第二段}, {id: construction, name: 第三段}]
items:
  - {id: a, name: 甲事, department: industry_commerce, stage: preliminary_design}
  - {id: b, name: 乙事, department: quality_supervision, stage: construction_preparation}
  - {id: c, name: 丙事, department: taxation, with: [public_security], stage: construction}
"""
# Signed projects, each recorded in another system.
EACH_SYSTEM = """
signed_projects: [{id: XBH-01}, {id: XBH-02}]
cases:
  - {id: B-1, kind: investment_project, department: 甲局, window: W1, parallel: true, accepted_on: 2012-01-04,
     system: investment_system, signed_project: XBH-01}
  - {id: B-2, kind: enterprise_registration, department: 乙局, window: W2, parallel: true, accepted_on: 2012-01-05,
     system: registration_system, signed_project: XBH-02}
"""


def guide_of_tiers(instrument: str) -> Any:
    """What the guide of an instrument says of each tier: papers, stages with their offices, who has the last word, and who applies."""
    library = Library(POLICIES)
    guide = next(guide for guide in load_guides(POLICIES) if guide.instrument == instrument)
    law = law_of(guide, library)
    assert law is not None
    view = GuideView(guide, law, library)
    stages = [[(s.papers, [(x.name, x.office) for x in s.steps]) for s in tier.stages] for tier in view.tiers]
    papers = [[paper.name for paper in view.papers_of(tier)] for tier in view.tiers]
    told = [(tier.name, tier.decided_by, tier.shown_at) for tier in view.tiers]
    return 0, [stages, papers, told, [name for name, _ in view.applicants]]


# Nobody signed, every step was taken by a stranger, and no document is there.
EMPTY_HANDED = """
project: {agent_builder: %s}
changes:
  - tier: %s
    amounts: {increase: %s, decrease: 0, net: %s, cumulative_before: 0, cumulative: %s}
    major_design_change: {is_major: true, reason: 结构改变}
    status: implemented
    consultation: []
    attachments: []
    opinions: [%s]
"""
STEPS = {
    "consultation": "",
    "finance": "competent_review finance_approval",
    "government": "competent_preliminary finance_review government_approval",
    "full_procedure": "finance_preliminary industry_preliminary budget_preliminary technical_approval fiscal_evaluation"
    " investment_approval government_approval",
}
OPINION = (
    "{step: %s, office: 某单位, received_on: 2012-03-06, complete_on: 2012-03-06, decided_on: 2012-04-%02d,"
    " conclusion: agree%s}"
)


def empty_handed() -> Path:
    """A change of each tier that has nothing of what the tier asks for, with an agent builder and without."""
    amounts = {"consultation": 5000, "finance": 80000, "government": 400000, "full_procedure": 900000}
    texts = []
    for (tier, steps), more in product(STEPS.items(), ("", ", extension_reason: 情况特殊")):
        given = [OPINION % (step, n + 6, more) for n, step in enumerate(steps.split())]
        builder = "null" if more else "样例代建公司"
        texts.append(EMPTY_HANDED % (builder, tier, *(amounts[tier],) * 3, ", ".join(given)))
    return told("change/applicants-sign", *texts)


@cache
def county(instrument: str, limits: str) -> Path:
    """A project of a centre with a county that lays down all that its city lets it, no less strictly, and one thing more."""
    centre, city = instrument.partition("/")[0], first(instrument)
    free = next(placed.norm for placed in city.placed if placed.norm.id == limits)
    assert isinstance(free, LocalLimit)
    norms = [plain(placed.norm) for placed in city.placed if placed.norm.id in free.overlays]
    norms += [plain(placed.norm) for placed in city.placed if placed.norm.id not in free.overlays][:1]
    head = {
        "kind": "policy",
        "instrument": f"{centre}/below/limits",
        "version": str(city.begins),
        "title": "县里的限额",
    }
    place = {"jurisdiction": f"{centre}/below", "jurisdiction_name": "样例县", "subject": "限额", "governs": ["change"]}
    dates = {"issued": city.begins, "in_force": city.begins, "known": city.begins}
    more = {"status": "in_force", "validity": "unverified", "normative": True, "source": {"note": "虚构"}}
    part = {"id": "1", "label": "一", "heading": "限额", "source": {"note": "虚构"}, "norms": norms}
    whole = {**head, **place, "dates": dates, **more, "provisions": [part]}
    folder = Path(tempfile.mkdtemp(prefix="banshi-county-"))
    shutil.copytree(ROOT / PROJECT.get(centre, ".") / "policies", folder / "policies")
    path = folder / f"policies/{centre}/below/limits/{city.begins}.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps(whole, ensure_ascii=False, default=str), encoding="utf-8")
    return folder


def below(instrument: str, limits: str) -> Any:
    """What is said of a county's limits that are those of its city."""
    return answer(
        "check", "policies/" + instrument.partition("/")[0] + "/below", project=str(county(instrument, limits))
    )


def _luzhou_change() -> Iterator[Probe]:
    yield partial(spelled, "luzhou")
    yield partial(guide_of_tiers, "luzhou/change-management")
    yield partial(below, "luzhou/change-management", "county-limits")
    yield partial(answer, "check", str(other_levels()), str(told("change/funding-is-declared", OTHER_MONEY)))
    yield partial(answer, "check", str(empty_handed()))
    priced = (PRICED % TENDERED, PRICED % UNLIKE)
    yield partial(answer, "check", str(told("change/similar-item-price", *priced)))
    price = ["--bid-price", "5000000", "--provisional-sum", "0", "--on", "2012-03-01"]
    for net in around(("luzhou/change-management",)):
        yield partial(answer, "tier", f"--net={net}", *price)
    yield partial(answer, "tier", "--net=-1", *price)
    yield partial(answer, "tier", "--net=0", *price)
    yield partial(answer, "due", "--publicity", "2011-11-07")
    for step in ("finance_approval", "technical_approval", "fiscal_evaluation", "competent_review"):
        yield partial(answer, "due", "--step", step, "--complete", "2011-11-07")
        yield partial(answer, "due", "--step", step, "--complete", "2011-11-07", "--accepted", "2011-11-09")
        yield partial(answer, "due", "--step", step, "--complete", "2011-11-07", "--accepted", "2011-11-09", "--major")
    yield partial(answer, "check", "tests/cases/change", "examples/change", str(rule_examples("change")))


def guide_of_leave(place: str, *instruments: str) -> Any:
    """What the guide says that each leave needs, in words."""
    found = tables(Library(POLICIES), instruments, place)
    return 0, [
        [str(table.start), *([row.called, row.long, *_said(row.needs)] for row in table.rows)] for table in found
    ]


def _said(needs: Needs) -> Iterator[str]:
    parts = (getattr(needs, field.name) for field in dataclasses.fields(needs))
    return (part.text for parts_of_one in parts if isinstance(parts_of_one, tuple) for part in parts_of_one)


def _luzhou_attendance() -> Iterator[Probe]:
    yield partial(guide_of_leave, "luzhou", "luzhou/attendance", "luzhou/leave-and-attendance")
    yield partial(answer, "attendance", "examples/attendance")
    yield partial(answer, "check", "tests/cases/attendance", "examples/attendance", str(rule_examples("attendance")))
    yield partial(answer, "attendance", "examples/attendance", "--quarter", "2010-Q1")
    yield partial(answer, "attendance", "examples/attendance", "--year", "2010")
    yield from _files("attendance", "luzhou")


def _luzhou_assessment() -> Iterator[Probe]:
    yield from _scenarios("luzhou", "marks", "bonus", "deductions")
    yield partial(answer, "assess", "examples/assessment")
    yield partial(answer, "check", "tests/cases/assessment", "examples/assessment", str(rule_examples("assessment")))
    yield partial(title_of_report, "examples/assessment/2012-Q1.yaml")
    yield from _files("assess", "luzhou")
    for command in ("attendance", "check"):  # papers that it asks for besides
        yield partial(answer, command, str(ROOT / "tests/data/probes/luzhou/attendance-2012.yaml"))


def _luzhou_parallel() -> Iterator[Probe]:
    kinds = ("investment_project", "enterprise_registration")
    catalogues = told("catalogue/later-stages", *(BY_ID % kind for kind in kinds))
    yield partial(answer, "check", str(catalogues), str(told("cases/signed-projects-in-parallel", EACH_SYSTEM)))
    yield partial(answer, "cases", "examples/cases/city/办件登记.yaml")
    yield partial(answer, "cases", "examples/cases/yangliqu/办件登记.yaml")
    yield partial(answer, "cases", "examples/cases/xiaoliqu/办件登记.yaml")
    yield partial(
        answer,
        "check",
        "tests/cases/cases",
        "tests/cases/catalogue",
        "tests/cases/parallel-case",
        "examples/cases",
        str(rule_examples("cases")),
        str(rule_examples("catalogue")),
        str(rule_examples("parallel-case")),
    )
    yield from _plans()
    yield from _files("cases", "luzhou")


def _plans() -> Iterator[Probe]:
    for name in ("investment", "registration", "template"):
        yield partial(answer, "schedule", f"examples/parallel/{name}/case.yaml")
        yield partial(answer, "check", f"examples/parallel/{name}")
        yield partial(one_form, f"examples/parallel/{name}/case.yaml")


def _licensing() -> Iterator[Probe]:
    yield from _plans()
    yield partial(
        answer,
        "check",
        "tests/cases/catalogue",
        "tests/cases/parallel-case",
        str(rule_examples("catalogue")),
        str(rule_examples("parallel-case")),
    )


def _linjiang_change() -> Iterator[Probe]:
    yield partial(below, "linjiang/change-rules", "districts")
    yield partial(answer, "check", str(folder_of("linjiang/change")), project=LINJIANG)
    yield partial(answer, "check", str(by_strangers("linjiang/change")), project=LINJIANG)
    yield partial(answer, "due", str(folder_of("linjiang/change")), project=LINJIANG)
    yield partial(answer, "test", "tests", project=LINJIANG)
    yield partial(answer, "check", "change", project=LINJIANG)
    for on in ("2026-04-16", "2026-09-28"):
        yield partial(answer, "due", "--publicity", on, project=LINJIANG)
        for tier in ("major", "special"):
            yield partial(answer, "due", "--publicity", on, "--tier", tier, project=LINJIANG)
    for step, accepted in product(("competent_approval", "finance_examination", "evaluation"), ("03-05", "03-07")):
        dates = ("--complete", "2026-03-02", "--accepted", f"2026-{accepted}")
        yield partial(answer, "due", "--step", step, *dates, project=LINJIANG)
    for on, net, criteria in product(
        ("2026-03-02", "2026-08-03"),
        around(("linjiang/change-rules", "linjiang/change-rules-amended")),
        ("none", "structure"),
    ):
        yield partial(
            answer,
            "tier",
            "--contract-price",
            "20600000",
            "--provisional-sum",
            "600000",
            f"--net={net}",
            "--criteria",
            criteria,
            "--on",
            on,
            project=LINJIANG,
        )
    for net in ("60000.01", "59999"):
        yield partial(
            answer,
            "tier",
            "--contract-price",
            "1999999",
            "--provisional-sum",
            "0",
            f"--net={net}",
            "--criteria",
            "none",
            "--on",
            "2026-03-02",
            project=LINJIANG,
        )
        yield partial(
            answer,
            "tier",
            "--contract-price",
            "2000000",
            "--provisional-sum",
            "0",
            f"--net={net}",
            "--criteria",
            "none",
            "--on",
            "2026-03-02",
            project=LINJIANG,
        )


def _linjiang_attendance() -> Iterator[Probe]:
    register = str(ROOT / "tests/data/linjiang/attendance/register.yaml")
    yield partial(guide_of_leave, "linjiang", "linjiang/leave-and-hours")
    for month in ("2026-05", "2026-06"):
        yield partial(answer, "attendance", register, "--month", month, project=LINJIANG)
    yield partial(answer, "check", register, project=LINJIANG)
    yield from _files("attendance", "linjiang")


def _linjiang_assessment() -> Iterator[Probe]:
    yield partial(answer, "assess", "assessment", project=LINJIANG)
    yield partial(answer, "check", "assessment", project=LINJIANG)
    yield partial(month_of_a_log, str(ROOT / "tests/data/linjiang/poor_ratings.yaml"))
    for gone in ((), (5,), (4, 5, 6)):
        yield partial(answer, "assess", str(a_year(gone)), project=LINJIANG)


def month_of_a_log(path: str) -> Any:
    """The facts of windows that a log of cases gives for a month of their assessment."""
    made = Path(tempfile.mkdtemp(prefix="banshi-month-")) / "made.yaml"
    status, _ = answer("cases", path, "--period", "2026-01", "--assessment", str(made), project=LINJIANG)
    document = read(made).document
    return status, json.loads(json.dumps(document and document.data["windows"], default=str))


FULL = {
    **dict.fromkeys(("late_early_times", "absent_half_days", "away_from_post", "upheld_complaints"), 0),
    **dict.fromkeys(("cases_not_told_at_once", "overdue_cases", "wrong_cases", "poor_ratings_unanswered"), 0),
    **dict.fromkeys(("inspections_failed", "trainings_missed", "exams_failed"), 0),
    "online_rate": {"count": 9, "of": 10},
    "proposals": 1,
    "extortion": False,
    "major_public_opinion": False,
}
_LOST = ("absent_half_days", "upheld_complaints", "overdue_cases", "poor_ratings_unanswered", "inspections_failed")


@cache
def a_year(gone: tuple[int, ...]) -> Path:
    """A year of five windows without some months: little lost, much lost, items lost whole, a veto, many decimals."""
    folder = Path(tempfile.mkdtemp(prefix="banshi-year-"))
    for month in range(1, 13):
        if month not in gone:
            _assessed(folder, f"2026-{month:02d}", {own: _lost(own, month) for own in "12345"})
    for quarter in range(1, 5):
        marks = {own: {"hall_assessment": (own == "1") * 9 + quarter / 4} for own in "12345"}
        if not {3 * quarter - n for n in range(3)} <= {*gone}:
            _assessed(folder, f"2026-Q{quarter}", marks)
    return folder


def _lost(own: str, month: int) -> dict[str, Any]:
    lost: dict[str, Any] = {
        "1": {"late_early_times": 1.3, "online_rate": {"count": 79 + month % 2, "of": 100}},
        "2": {"late_early_times": 0.77, "overdue_cases": month % 4, "online_rate": {"count": 2000 - month, "of": 2501}},
        "3": {**dict.fromkeys(_LOST, 20), "online_rate": {"count": 0, "of": 10}, "trainings_missed": 9, "proposals": 0},
        "4": {"extortion": month == 7, "major_public_opinion": month == 11, "online_rate": {"count": 0, "of": 0}},
        "5": {"wrong_cases": 1, "away_from_post": 1, "exams_failed": 1, "cases_not_told_at_once": month},
    }
    return {**FULL, **lost[own]}


def _assessed(folder: Path, period: str, facts: dict[str, dict[str, Any]]) -> None:
    windows = [
        {"id": f"W{own}", "name": f"窗口{own}", "group": "A" if own < "4" else "B", "facts": stated}
        for own, stated in facts.items()
    ]
    whole = {
        "kind": "assessment",
        "fictional": True,
        "jurisdiction": "linjiang",
        "centre": "临江市政务服务中心（虚构）",
    }
    data = {**whole, "period": period, "windows": windows}
    (folder / f"{period}.yaml").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")


def _linjiang_cases() -> Iterator[Probe]:
    yield partial(answer, "cases", "cases/办件登记.yaml", project=LINJIANG)
    yield partial(answer, "check", "catalogue", project=LINJIANG)


def _qinghe_change(place: str = "qinghe") -> Iterator[Probe]:
    if place == "qinghe":
        yield partial(guide_of_tiers, "qinghe/variations")
        yield partial(below, "qinghe/variations", "districts")
    for step, start in (("company_approval", "2026-03-02"), ("review", "2026-04-02"), ("state_approval", "2026-03-02")):
        yield partial(answer, "due", "--step", step, "--complete", start, "--jurisdiction", place, project=QINGHE)
    for start in ("2026-03-02", "2026-04-21"):
        yield partial(answer, "due", "--publicity", start, "--tier", "state", "--jurisdiction", place, project=QINGHE)
    yield partial(answer, "check", str(folder_of("qinghe/change")), project=QINGHE)
    for bid, net in product(("1000000", "20000000"), around(("qinghe/variations", "qinghe/shuiwan/variations"))):
        yield partial(
            answer,
            "tier",
            "--bid-price",
            bid,
            f"--net={net}",
            "--jurisdiction",
            place,
            "--on",
            "2026-03-02",
            project=QINGHE,
        )
    for net in ("50000", "49999.99", "800000", "799999.99"):
        yield partial(
            answer,
            "tier",
            "--bid-price",
            "10000000",
            f"--net={net}",
            "--jurisdiction",
            place,
            "--on",
            "2026-03-02",
            project=QINGHE,
        )
    if place == "qinghe":
        yield from _qinghe_change("qinghe/shuiwan")


def _qinghe_attendance() -> Iterator[Probe]:
    register = str(ROOT / "tests/data/qinghe/attendance/register.yaml")
    yield partial(guide_of_leave, "qinghe", "qinghe/hours")
    yield partial(answer, "attendance", register, "--month", "2026-03", project=QINGHE)
    yield partial(answer, "check", register, project=QINGHE)
    yield partial(answer, "test", "tests/hours.yaml", project=QINGHE)
    yield from _files("attendance", "qinghe")


def _qinghe_assessment() -> Iterator[Probe]:
    yield partial(answer, "assess", "assessment", project=QINGHE)
    yield partial(answer, "check", "assessment", project=QINGHE)
    yield partial(answer, "test", "tests/appraisal.yaml", project=QINGHE)
    yield from _files("assess", "qinghe")


def _qinghe_cases() -> Iterator[Probe]:
    yield partial(answer, "cases", "cases/办件登记.yaml", project=QINGHE)
    yield partial(answer, "check", "cases", project=QINGHE)
    yield partial(answer, "test", "tests/case-goals.yaml", project=QINGHE)
    yield from _files("cases", "qinghe")


@cache
def together(*paths: Path) -> Path:
    """Some files in a folder of their own."""
    folder = Path(tempfile.mkdtemp(prefix="banshi-together-"))
    for path in paths:
        shutil.copy(path, folder)
    return folder


def empty_form(period: str, project: str) -> Any:
    """What stands in the empty workbook of an assessment's period."""
    path = Path(tempfile.mkdtemp(prefix="banshi-empty-")) / "empty.xlsx"
    status, _ = answer("assess", "--template", str(path), "--period", period, project=project, form="text")
    with path.open("rb") as stream:
        book = openpyxl.load_workbook(stream)
    return status, [[str(cell.value) for row in sheet for cell in row if cell.value is not None] for sheet in book]


def _zezhou_stars() -> Iterator[Probe]:
    yield partial(empty_form, "2026-H1", ZEZHOU)
    yield from _scenarios("zezhou", "stars")
    yield partial(answer, "assess", "stars", project=ZEZHOU)
    halves = [ROOT / ZEZHOU / f"stars/2026-H{n}.yaml" for n in (1, 2)]
    year = ROOT / "tests/data/probes/zezhou/assessment-2026.yaml"
    for given in (halves, halves[:1]):
        yield partial(answer, "assess", str(together(*given, year)), project=ZEZHOU)
    yield partial(answer, "check", "stars", project=ZEZHOU)


def _zezhou_goals() -> Iterator[Probe]:
    yield from _scenarios("zezhou", "goals")
    yield partial(answer, "cases", "cases/三月.yaml", project=ZEZHOU)
    yield partial(answer, "check", "cases", project=ZEZHOU)
    yield from _files("cases", "zezhou")


def _zezhou_time() -> Iterator[Probe]:
    register = str(march())
    yield partial(answer, "attendance", register, project=ZEZHOU)
    yield partial(guide_of_leave, "zezhou", "zezhou/time")
    yield partial(answer, "check", register, project=ZEZHOU)
    yield partial(answer, "attendance", register, "--quarter", "2026-Q1", project=ZEZHOU)
    yield from _files("attendance", "zezhou")


def _baiyun_change(place: str = "baiyun") -> Iterator[Probe]:
    yield partial(answer, "check", "road", project=BAIYUN)
    yield partial(answer, "due", "road", project=BAIYUN)
    at = ("--jurisdiction", place)
    for step in ("总监审查", "造价核定", "质量复核", "交通局批复", "指挥部决定"):
        for day in ("2026-04-01", "2026-04-03"):
            yield partial(answer, "due", "--step", step, "--complete", day, "--accepted", day, *at, project=BAIYUN)
    price = ("--contract-price", "110000000", "--provisional-sum", "10000000", "--on", "2026-04-01", *at)
    for net in around(("baiyun/design-changes", "baiyun/qingshi/limits"), 100000000):
        yield partial(answer, "tier", f"--net={net}", *price, "--criteria", "none", "--class", "一般类", project=BAIYUN)
    for word, class_ in (("路线走向改变", "一般类"), ("桥型改变", "一般类"), ("none", "较大类"), ("none", "重大类")):
        yield partial(answer, "tier", "--net=1", *price, "--criteria", word, "--class", class_, project=BAIYUN)
    yield partial(answer, "check", "policies/baiyun/qingshi", project=BAIYUN)
    if place == "baiyun":
        for command in ("check", "due"):
            yield partial(answer, command, str(folder_of("baiyun")), project=BAIYUN)
        yield partial(guide_of_tiers, "baiyun/design-changes")
        yield partial(answer, "due", "--publicity", "2026-04-01", project=BAIYUN)


PROBES: dict[str, Callable[[], Iterator[Probe]]] = {
    "luzhou/change-management": _luzhou_change,
    "luzhou/attendance": _luzhou_attendance,
    "luzhou/leave-and-attendance": _luzhou_attendance,
    "luzhou/window-assessment": _luzhou_assessment,
    "luzhou/parallel-approval": _luzhou_parallel,
    "cn/administrative-licensing": _licensing,
    "linjiang/change-rules": _linjiang_change,
    "linjiang/change-rules-amended": _linjiang_change,
    "linjiang/leave-and-hours": _linjiang_attendance,
    "linjiang/window-assessment": _linjiang_assessment,
    "linjiang/case-targets": _linjiang_cases,
    "qinghe/variations": _qinghe_change,
    "qinghe/hours": _qinghe_attendance,
    "qinghe/appraisal": _qinghe_assessment,
    "qinghe/case-goals": _qinghe_cases,
    "qinghe/shuiwan/variations": partial(_qinghe_change, "qinghe/shuiwan"),
    "zezhou/stars": _zezhou_stars,
    "zezhou/goals": _zezhou_goals,
    "zezhou/time": _zezhou_time,
    "baiyun/design-changes": _baiyun_change,
    "baiyun/qingshi/limits": partial(_baiyun_change, "baiyun/qingshi"),
}
PROJECT = {"linjiang": LINJIANG, "qinghe": QINGHE, "zezhou": ZEZHOU, "baiyun": BAIYUN}


def _scenarios(centre: str, *of: str) -> Iterator[Probe]:
    """Everything of a sort once, on both sides of its bounds, with what comes of it worked out by hand."""
    folder = ROOT / "tests/data/probes" / centre
    for each in of:
        yield partial(answer, "test", str(folder / f"scenarios-of-{each}.yaml"), project=PROJECT.get(centre, "."))


def _files(command: str, centre: str) -> Iterator[Probe]:
    """Inputs that were made for this alone: each is judged by its command, and checked."""
    folder = ROOT / "tests/data/probes" / centre
    project = PROJECT.get(centre, ".")
    kind = {"assess": "assessment", "attendance": "attendance", "cases": "cases"}[command]
    for path in sorted(folder.glob(f"{kind}*.yaml")):
        yield partial(answer, command, str(path), project=project)
        yield partial(answer, "check", str(path), project=project)


@cache
def around(instruments: tuple[str, ...], base: int = 20000000) -> list[str]:
    """Every end of an amount or share of the tiers of instruments, as amounts: itself, and a cent on either side."""
    library = Library(POLICIES)
    ends = set()
    for instrument in instruments:
        for placed in _LOAD(library, library.files(instrument)[-1]).placed:
            if isinstance(placed.norm, ApprovalTier):
                bounds = placed.norm.bounds
                scale = 1 if bounds.unit == "元" else base
                ends |= {end.value * scale for end in (bounds.lower, bounds.upper) if end}
    return [f"{end + cent:.2f}" for end in sorted(ends) for cent in (-CENT, 0, CENT)]


@cache
def rule_examples(rules: str) -> Path:
    """The examples of the rules of a folder, as files."""
    folder = Path(tempfile.mkdtemp(prefix="banshi-examples-"))
    for rule in load_rules([ROOT / "validators"], rules):
        for name, text in (("good", rule.good), ("bad", rule.bad)):
            path = folder / f"{rule.id.replace('/', '-')}-{name}.yaml"
            path.write_text(json.dumps(apart(example(rule, text), path.stem), ensure_ascii=False), encoding="utf-8")
    return folder


def apart(data: Any, name: str) -> Any:
    """A ledger as a project of its own: one project told twice in a run would be judged nowhere."""
    if not (isinstance(data, dict) and data.get("kind") == "ledger"):
        return data
    project, was = data["project"], data["project"]["id"]
    changes = [{**each, "project": name} if each.get("project") == was else each for each in data["changes"]]
    contract = {**project["contract"], "number": name}
    return {**data, "project": {**project, "id": name, "name": name, "contract": contract}, "changes": changes}


def folder_of(name: str) -> Path:
    """Filings of a centre, sound ones and ones with one thing wrong."""
    return ROOT / "tests/data/probes" / name


def by_strangers(name: str) -> Path:
    """The filings of a centre with every step taken by an office of nobody, and for no reason."""
    folder = Path(tempfile.mkdtemp(prefix="banshi-strangers-"))
    for path in sorted(folder_of(name).glob("*.yaml")):
        document = read(path).document
        assert document is not None
        for opinion in (each for change in document.data["changes"] for each in change.get("opinions", [])):
            opinion["office"] = "某单位"
            opinion.pop("extension_reason", None)
        written = json.dumps(document.data, ensure_ascii=False, default=str)
        (folder / path.name).write_text(written, encoding="utf-8")
    return folder


_LOAD = Library.load


class Edited:
    """The library with one norm of an instrument taken away, or another in its place; each file is read once.

    ``refused``: what the rules on policies say of the instrument as it stands now.
    """

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.instrument = self.norm_id = ""
        self.other: Norm | None = None
        self.known: dict[str, PolicyVersion] = {}
        self.copies = Path(tempfile.mkdtemp(prefix="banshi-policies-"))
        load = cache(lambda path: _LOAD(Library([]), path))
        patch.setattr(Library, "load", lambda _library, path: self._edited(load(path.resolve())))

    def _edited(self, version: PolicyVersion) -> PolicyVersion:
        if version.instrument != self.instrument:
            return version
        if version.version not in self.known:
            self.known[version.version] = replaced(version, self.norm_id, self.other)
        return self.known[version.version]

    def put(self, instrument: str = "", norm_id: str = "", other: Norm | None = None) -> None:
        """From now on: the norm is not there, or ``other`` is in its place."""
        self.instrument, self.norm_id, self.other, self.known = instrument, norm_id, other, {}

    def refused(self, instrument: str) -> Any:
        """What the rules on policies find in the first version of an instrument, as it is now: errors, and notes for which
        a field is there."""
        centre = instrument.partition("/")[0]
        copy = self.copies / centre
        if not copy.exists():
            shutil.copytree(ROOT / PROJECT.get(centre, ".") / "policies", copy / "policies")
        source = first_file(instrument)
        document = read(source).document
        assert document is not None
        data = document.data
        if self.instrument == instrument:
            data = self._written(data, first(instrument))
        place = copy / "policies" / instrument / source.name
        place.write_text(json.dumps(data, ensure_ascii=False, default=str), encoding="utf-8")
        status, said = answer("check", str(place.relative_to(copy)), project=str(copy))
        return status, [each for each in said["findings"] if each["severity"] == "error" or each["rule"] in NOTES]

    def _written(self, data: Any, version: PolicyVersion) -> Any:
        norm, said = parted(version, self.other) if self.other else (None, {})
        others = [] if norm is None else [plain(norm)]
        for provision in (provisions := [dict(each) for each in data["provisions"]]):
            norms = provision["norms"]
            provision["norms"] = [n for norm in norms for n in ([norm] if norm["id"] != self.norm_id else others)]
        readings = [_saying(each, self.norm_id, said) for each in data.get("readings", [])]
        return {**data, "provisions": provisions, **({"readings": readings} if readings else {})}


def _saying(reading: Any, norm_id: str, said: dict[str, Any]) -> Any:
    """A reading with which a norm has other fields."""
    of_option = reading.get("norms", {}).get(reading["default"], {})
    if norm_id not in of_option:
        return reading
    fields = {path: said.get(path, value) for path, value in of_option[norm_id].items()}
    return {**reading, "norms": {**reading["norms"], reading["default"]: {**of_option, norm_id: fields}}}


def parted(version: PolicyVersion, norm: Norm) -> tuple[Norm, dict[str, Any]]:
    """A norm as its text states it, and what the readings that are taken give it: together they make the norm."""
    fields = said_by_readings(version.readings).get(norm.id, {})
    original = next(each for part in version.provisions for each in part.norms if each.id == norm.id)
    text, whole = _as_plain(original), _as_plain(norm)
    said = {path: find(whole, path) for path in fields if not path.endswith("-")}
    for path in fields:
        if path.endswith(".-"):  # the reading adds one to a list
            take(whole, f"{path[:-1]}{len(find(whole, path[:-2])) - 1}")
        else:
            put(whole, path, find(text, path))
    return msgspec.convert(whole, type(norm)), said


def _as_plain(norm: Norm) -> Any:
    def lists(data: Any) -> Any:
        if isinstance(data, dict):
            return {key: lists(value) for key, value in data.items()}
        return [lists(value) for value in data] if isinstance(data, list | tuple) else data

    return lists(msgspec.to_builtins(norm, builtin_types=(Decimal, datetime.date)))


def plain(norm: Norm) -> Any:
    """A norm as a file states it."""
    return {
        "id": norm.id,
        "kind": norm.kind,
        "statement": norm.statement,
        **{key: value for key, value in written(norm).items() if key != "inventory"},
    }


@cache
def first_file(instrument: str) -> Path:
    return Library(POLICIES).files(instrument)[0]


def first(instrument: str) -> PolicyVersion:
    """The first version of an instrument, as it stands in its file."""
    return _LOAD(Library([]), first_file(instrument))


def replaced(version: PolicyVersion, norm_id: str, other: Norm | None) -> PolicyVersion:
    """A version with another norm, or none, in the place of one, and with what readings say of it."""
    norm, said = parted(version, other) if other else (None, {})
    provisions = tuple(
        msgspec.structs.replace(
            part, norms=tuple(n if n.id != norm_id else norm for n in part.norms if n.id != norm_id or norm)
        )
        for part in version.provisions
    )
    readings = []
    for reading in version.readings:
        norms = _saying({"default": reading.default, "norms": reading.norms}, norm_id, said)["norms"]
        readings.append(msgspec.structs.replace(reading, norms=norms))
    return msgspec.structs.replace(version, provisions=provisions, readings=tuple(readings))
