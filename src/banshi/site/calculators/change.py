"""The calculators of a guide on changes: which tier and on which days, by when a step is due, until when a change is public."""

import datetime
from functools import partial

import msgspec

from banshi.law.library import Law, Library
from banshi.law.norms import ApprovalTier, ClassTier, Publicity, TimeLimit
from banshi.law.terms import Label
from banshi.law.working_days import WorkingDays
from banshi.site.calculators.data import Cites, Node, as_json
from banshi.site.calculators.deadlines import due, procedure, public
from banshi.site.calculators.laws import PLACE, Laws, placed
from banshi.site.calculators.tiers import DERIVED, question
from banshi.subjects.change.figures import Figures
from banshi.subjects.change.filing import SUBJECT

_NAMES: Node = {**DERIVED, "complete": "on"}
_WHEN = ["place", "filed"]


def calculators(library: Library, days: WorkingDays, jurisdiction: str, cites: Cites) -> Node | None:
    """The data of all of them for a jurisdiction and those below it; None where nothing was ever in force."""
    laws = Laws(library, SUBJECT, partial(answers, cites=cites))
    found = placed(laws, days, jurisdiction)
    asked = questions([law for place in found["places"] for law in laws.known(place)])
    return {**asked, **found, "cites": cites.rows} if asked["calculators"] else None


def questions(laws: list[Law]) -> Node:
    """What is asked by the calculators that some laws have anything for."""
    asks = {"place": PLACE, **_ASKS, **_figures()}
    return {"calculators": _kinds(laws), "asks": asks, "names": _NAMES, "none": "没有施行中的工程变更文件"}


def answers(law: Law, cites: Cites) -> Node:
    """Everything that one law answers."""
    tiers = law.tiers
    return {
        "instruments": [cites.of(version.cite) for version in law.versions],
        "order": list(tiers),
        "called": {tier: law.tier_name(tier).zh for tier in tiers},
        "options": {
            "step": _named(law.steps),
            "tier": _named(law.tier_labels),
            "change_class": _named(law.classes),
            "criteria": _named(law.criteria),
        },
        "questions": {
            "tier": {"": question(law, cites)},
            "step": {step: due(law, step, cites) for step in law.steps},
            "public": {tier: public(law, tier or None, cites) for tier in ("", *tiers)},
        },
        "procedures": {tier: procedure(law, tier, cites) for tier in tiers},
    }


def _named(labels: dict[str, Label]) -> list[list[str]]:
    return [[key, label.name] for key, label in labels.items()]


def _kinds(laws: list[Law]) -> list[Node]:
    """The calculators for which any of the laws has norms."""
    found: list[Node] = []
    if any(law.all(ApprovalTier) or law.all(ClassTier) for law in laws):
        asks = ["on", "place", *_figures(), "major", "complete"]
        lead = "写上金额和日期，看走哪一档、谁来批、每一步最迟哪天办完。"
        found.append({**_kind("tier", "走哪一档，哪天办完", "应走档次", lead, "on", asks, ["net"]), "doubt": _DOUBT})
    if any(law.all(TimeLimit) for law in laws):
        asks = ["step", "complete", "received", "accepted", "major", *_WHEN]
        lead = "写上环节和资料齐备的那一天，看最迟哪天办完。"
        found.append(_kind("step", "一个环节哪天到期", "最迟办结", lead, "complete", asks, ["step", "complete"]))
    if any(law.all(Publicity) for law in laws):
        lead = "写上公示开始的那一天，看公示到哪天为止。"
        asks = ["started", "tier", *_WHEN]
        found.append(_kind("public", "公示到哪天", "公示到", lead, "started", asks, ["started"]))
    return found


def _kind(name: str, title: str, verdict: str, lead: str, day: str, asks: list[str], needs: list[str]) -> Node:
    said = {"id": name, "title": title, "verdict": verdict, "lead": lead}
    said["shows"] = "tier" if name == "tier" else "day"
    return {**said, "day": day, "asks": asks, "needs": needs, "by": {"step": "step", "public": "tier"}.get(name)}


def example_of_tier(law: Node, day: datetime.date) -> dict[str, str]:
    """A made-up question: a net of 300,000 yuan, with as much else as the rules ask for."""
    asked, options = as_json(law["questions"]["tier"]), law["options"]
    prices = {"bid_price": "5000000", "contract_price": "5000000", "provisional_sum": "0"}
    given = {name: value for name, value in prices.items() if f'"{name}"' in asked}
    given |= {"change_class": options["change_class"][0][0]} if options["change_class"] else {}
    given |= {"criteria": ""} if options["criteria"] else {}  # none of them
    return {"on": day.isoformat(), "net": "300000", **given}


def example_of_step(law: Node, day: datetime.date) -> dict[str, str]:
    """A made-up question: the first step that has a limit."""
    timed = [step for step, each in law["questions"]["step"].items() if each["main"]["do"] != "none"]
    return {"step": timed[0], "complete": day.isoformat()} if timed else {}


def example_of_publicity(law: Node, day: datetime.date) -> dict[str, str]:
    """A made-up question: a change of the first tier that is made public."""
    public = [tier for tier, each in law["questions"]["public"].items() if each["main"]["do"] != "none"]
    return {"started": day.isoformat(), **({"tier": public[0]} if public[0] else {})} if public else {}


_ASKS: Node = {
    "on": {"label": "申报日期", "sort": "date", "help": "按这一天施行的规定算。", "today": True},
    "step": {"label": "环节", "sort": "choice"},
    "tier": {"label": "哪一档的变更", "sort": "choice", "help": "各档公示期不同时才要。", "optional": True},
    "complete": {"label": "资料齐备日", "sort": "date"},
    "received": {
        "label": "收件日",
        "sort": "date",
        "help": "不写的，按资料齐备日算。",
        "optional": True,
    },
    "accepted": {
        "label": "接受日、受理日",
        "sort": "date",
        "help": "没有另行受理的不写，同资料齐备日。",
        "optional": True,
    },
    "started": {"label": "公示开始日", "sort": "date"},
    "major": {"label": "是重大设计变更", "sort": "yes", "optional": True},
    "filed": {
        "label": "申报日期",
        "sort": "date",
        "help": "以前申报、后来规定改了的才写：按申报那天的规定办到底的，照旧规定算。",
        "optional": True,
    },
}


def _figures() -> Node:
    """The figures that decide a tier, with their labels."""
    shape = msgspec.json.schema(Figures)["$defs"]["Figures"]
    sorts = {"class": ("change_class", "choice"), "criteria": ("criteria", "many")}
    found: Node = {}
    for key, field in shape["properties"].items():
        name, sort = sorts.get(key, (key, "yuan"))
        ask = {"label": field["title"], "sort": sort, "help": _HELP.get(name, field.get("description", ""))}
        found[name] = ask | _FLAGS.get(name, {} if name in _STATED else {"optional": True})
    return dict(sorted(found.items(), key=lambda each: (each[0] != "net", each[0] not in _STATED)))


_STATED = ("net", "bid_price", "contract_price", "change_class", "criteria")  # what has to be said; the rest follows
_FLAGS: Node = {
    "net": {"signed": True},
    "cumulative": {"signed": True, "optional": True},
    "bid_price": {"positive": True},
    "contract_price": {"positive": True},
    "provisional_sum": {"optional": True, "main": True},
}
_DOUBT = {"figures": ["net", "cumulative", "provisional_sum"], "prices": ["bid_price", "contract_price"]}
_HELP = {
    "contract_price": "",
    "provisional_sum": "中标价里的暂列金；没有的写 0，不知道数额的不写。",
    "cumulative": "加上以前各次；以前没有变更的不写。",
    "change_class": "",
    "criteria": "符合的都选上。",
}
