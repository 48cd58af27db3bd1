"""What is asked of the rules on changes: tiers around every bound, due dates, filings, guides, counties."""

import json
import shutil
import tempfile
from collections.abc import Iterator
from decimal import Decimal
from functools import cache, partial
from itertools import product
from pathlib import Path
from typing import Any

from asking import (
    BAIYUN,
    CENT,
    LINJIANG,
    LOAD,
    POLICIES,
    PROJECT,
    QINGHE,
    Probe,
    answer,
    apart,
    first,
    folder_of,
    plain,
    rule_examples,
    told,
)
from conftest import ROOT

from banshi.checking.examples import example
from banshi.checking.rules import load_rules
from banshi.files.reading import read
from banshi.law.guides import law_of, load_guides
from banshi.law.library import Library
from banshi.law.norms import ApprovalTier, LocalLimit
from banshi.site.guide import GuideView
from banshi.subjects.change.law_words import names_in


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


def luzhou_change() -> Iterator[Probe]:
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


def linjiang_change() -> Iterator[Probe]:
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
    for net, price in product(("60000.01", "59999"), ("1999999", "2000000")):
        words = ("--contract-price", price, "--provisional-sum", "0", f"--net={net}", "--criteria", "none")
        yield partial(answer, "tier", *words, "--on", "2026-03-02", project=LINJIANG)


def qinghe_change(place: str = "qinghe") -> Iterator[Probe]:
    if place == "qinghe":
        yield partial(guide_of_tiers, "qinghe/variations")
        yield partial(below, "qinghe/variations", "districts")
    for step, start in (("company_approval", "2026-03-02"), ("review", "2026-04-02"), ("state_approval", "2026-03-02")):
        yield partial(answer, "due", "--step", step, "--complete", start, "--jurisdiction", place, project=QINGHE)
    for start in ("2026-03-02", "2026-04-21"):
        yield partial(answer, "due", "--publicity", start, "--tier", "state", "--jurisdiction", place, project=QINGHE)
    yield partial(answer, "check", str(folder_of("qinghe/change")), project=QINGHE)
    bids = {bid: around(("qinghe/variations", "qinghe/shuiwan/variations"), bid) for bid in (1000000, 20000000)}
    for bid, net in ((bid, net) for bid, ends in bids.items() for net in ends if Decimal(net) < bid):
        yield partial(
            answer,
            "tier",
            f"--bid-price={bid}",
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
        yield from qinghe_change("qinghe/shuiwan")


def baiyun_change(place: str = "baiyun") -> Iterator[Probe]:
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
    yield partial(answer, "check", str(by_slugs_of_money("fuel_tax", "special_bonds")), project=BAIYUN)
    yield partial(answer, "check", "policies/baiyun/qingshi", project=BAIYUN)
    if place == "baiyun":
        for command in ("check", "due"):
            yield partial(answer, command, str(folder_of("baiyun")), project=BAIYUN)
        yield partial(guide_of_tiers, "baiyun/design-changes")
        yield partial(answer, "due", "--publicity", "2026-04-01", project=BAIYUN)


@cache
def around(instruments: tuple[str, ...], base: int = 20000000) -> list[str]:
    """Every end of an amount or share of the tiers of instruments, as amounts: itself, and a cent on either side."""
    library = Library(POLICIES)
    ends = set()
    for instrument in instruments:
        for placed in LOAD(library, library.files(instrument)[-1]).placed:
            if isinstance(placed.norm, ApprovalTier):
                bounds = placed.norm.bounds
                scale = 1 if bounds.unit == "元" else base
                ends |= {end.value * scale for end in (bounds.lower, bounds.upper) if end}
    return [f"{end + cent:.2f}" for end in sorted(ends) for cent in (-CENT, 0, CENT)]


@cache
def by_slugs_of_money(*slugs: str) -> Path:
    """The project of the road, whose money is written as the rules write it for themselves, and not as it is called."""
    folder = Path(tempfile.mkdtemp(prefix="banshi-money-")) / "road"
    shutil.copytree(ROOT / BAIYUN / "road", folder)
    written = (folder / "project.yaml").read_text(encoding="utf-8")
    assert "专项债券" in written
    (folder / "project.yaml").write_text(written.replace("专项债券", ", ".join(slugs)), encoding="utf-8")
    return folder


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
