"""Which guides and catalogues have calculators, the files that these need, and addresses that open one with everything filled in."""

import datetime
from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import cached_property
from urllib.parse import urlencode

import msgspec
from msgspec import Struct, field

from banshi.base.money import plain
from banshi.checking.norm_users import Key, KindOfUse, User
from banshi.law.guides import Guide
from banshi.law.library import Law, Library
from banshi.law.working_days import UndeterminedYear, WorkingDays
from banshi.site.calculators import attendance, change, leave, punches, schedule, scores
from banshi.site.calculators.data import Cites, Node, as_script
from banshi.subjects.change.figures import Figures, by_id, id_of
from banshi.subjects.change.filing import SUBJECT
from banshi.subjects.parallel.context import CatalogueFile
from banshi.subjects.scenarios.forms import Scenario

_REASON, _FORM = "assets/calculate.js", "assets/calculator.js"
# What reckons a calculator that has a way of its own.
_WAYS = {each: module.SCRIPT for each, module in (("punches", punches), ("schedule", schedule), ("scores", scores))}
_EXAMPLES = {
    "tier": change.example_of_tier,
    "step": change.example_of_step,
    "public": change.example_of_publicity,
    "leave": leave.example,
    "punches": punches.example,
    "schedule": schedule.example,
    "scores": scores.example,
}


class Calculators(Struct, frozen=True, dict=True):
    """The calculators of some guides and catalogues (by the folder of the page); ``shown``: whether the site has a page of a version of an instrument."""

    library: Library
    days: WorkingDays
    guides: list[Guide]
    shown: Callable[[str, str], bool]
    catalogues: dict[str, CatalogueFile] = field(default_factory=dict)

    @cached_property
    def _data(self) -> dict[str, Node]:
        guides = {guide.id: data for guide in self.guides if (data := self._of(guide)) is not None}
        made = ((at, schedule.calculators(file, self.days, self._new(at))) for at, file in self.catalogues.items())
        return guides | {at: data for at, data in made if data is not None}

    def _new(self, of: str) -> Cites:
        return self._cites.setdefault(of, Cites(self.shown))

    @cached_property
    def _cites(self) -> dict[str, Cites]:
        return {}  # of each guide, filled as its data is made

    def users(self) -> Iterator[tuple[Key, User]]:
        """The norms that the calculators of each guide are made of."""
        for guide in (guide.id for guide in self.guides if guide.id in self._data):
            yield from ((key, User(KindOfUse.CALCULATOR, guide)) for key in self._cites[guide].norms)

    def _of(self, guide: Guide) -> Node | None:
        shown = self.library.shown(guide.instrument)
        if shown is None:
            return None
        cites = self._new(guide.id)
        if SUBJECT in shown.subjects:
            return change.calculators(self.library, self.days, shown.jurisdiction, cites)
        if any(section.show == "leave" or "punch_window" in section.kinds for section in guide.sections):
            return attendance.calculators(self.library, self.days, shown.jurisdiction, cites)
        if any(section.show == "score_sub_items" for section in guide.sections):
            return scores.calculators(self.library, self.days, shown.jurisdiction, cites)
        return None

    def on(self, of: str) -> list[Node]:
        """The calculators of a guide (its id) or a catalogue, each with its id, title and lead."""
        data = self._data.get(of)
        return data["calculators"] if data else []

    def scripts(self, of: str) -> tuple[str, ...]:
        """The scripts of the page of a guide (its id) or a catalogue, from the root of the site."""
        ways = dict.fromkeys(_WAYS[kind["way"]] for kind in self.on(of) if "way" in kind)
        return (_REASON, *ways, _FORM, _path(of)) if of in self._data else ()

    def files(self) -> dict[str, bytes]:
        """The data of each guide, by its path."""
        return {_path(of): as_script({"of": of, **data}) for of, data in self._data.items()}

    def tried(self) -> list[str]:
        """Guides and catalogues whose calculators stand beside each other: of each sort the first, of the least catalogue."""
        found: list[str] = []
        known: set[str] = set()
        for of in sorted(self._data, key=lambda of: len(self._data[of].get("catalogue", {}).get("items", ()))):
            kinds = {kind["id"] for kind in self.on(of)}
            if not kinds & known:
                found.append(of)
                known |= kinds
        return found

    def tried_scripts(self) -> tuple[str, ...]:
        """The scripts of a page on which those stand."""
        return tuple(sorted({each for of in self.tried() for each in self.scripts(of)}, key=_in_turn))

    def example(self, of: str, kind: str) -> str:
        """A made-up question to a calculator, as its address has it; empty where none is made up."""
        data = self._data[of]
        made = _EXAMPLES.get(kind)
        if made is None:
            return ""
        place, spans = next((place, each["spans"]) for place, each in data["places"].items())
        since = data["catalogue"]["since"] if "catalogue" in data else spans[-1]["from"]
        row = spans[-1]["laws"][0]
        return (
            urlencode(made(data["laws"][row], self._working(place, datetime.date.fromisoformat(since))))
            if row is not None
            else ""
        )

    def _working(self, place: str, day: datetime.date) -> datetime.date:
        """The first working day from a day on; the day itself where nothing is known of its year."""
        try:
            return self.days.in_place(place).roll(day)
        except UndeterminedYear:
            return day

    def opened(self, guide: Guide, place: str, scenario: Scenario) -> str:
        """The anchor that opens a calculator with the facts of a scenario of a place; empty where none answers it."""
        kind, state = _state(self.library, place, scenario)
        if kind not in {each["id"] for each in self.on(guide.id)}:
            return ""
        return f"calculate-{kind}?{urlencode({**state, **self._where(guide, place)})}"

    def _where(self, guide: Guide, place: str) -> dict[str, str]:
        places = self._data[guide.id]["places"]
        return {"place": place} if len(places) > 1 and place in places else {}


def _in_turn(script: str) -> tuple[bool, bool, str]:
    """What reckons before the forms, the forms before the data."""
    return script.endswith("calculators.js"), script == _FORM, "" if script == _REASON else script


def _path(of: str) -> str:
    return f"guides/{of}/calculators.js"


def _state(library: Library, place: str, scenario: Scenario) -> tuple[str, dict[str, str]]:
    """The calculator that a scenario asks, and what is filled in; none where the law is not that of the day asked about."""
    if scenario.tier is not None and scenario.on is not None:
        law = library.at(scenario.on, place).law(SUBJECT)
        return "tier", {"on": f"{scenario.on}", **(_figures(law, scenario.tier) if law else {})}
    if scenario.on is None and (asked := scenario.due) is not None:
        law = library.at(asked.complete_on, place).law(SUBJECT)
        state = {"step": id_of(asked.step, law.steps) or asked.step if law else asked.step}
        dates = {"complete": asked.complete_on, "received": asked.received_on, "accepted": asked.accepted_on}
        state |= {name: f"{day}" for name, day in dates.items() if day}
        return "step", {**state, **({"major": "yes"} if asked.major else {})}
    if scenario.on is None and (public := scenario.publicity) is not None:
        law = library.at(public.started_on, place).law(SUBJECT)
        tier = id_of(public.tier, law.tier_labels) if public.tier and law else None
        return "public", {"started": f"{public.started_on}", **({"tier": tier} if tier else {})}
    return "", {}


def _figures(law: Law, figures: Figures) -> dict[str, str]:
    given = msgspec.structs.asdict(by_id(law, figures))
    return {key: _written(value) for key, value in given.items() if value is not None}


def _written(value: Decimal | str | tuple[str, ...]) -> str:
    if isinstance(value, Decimal):
        return plain(value)
    return value if isinstance(value, str) else ",".join(value)
