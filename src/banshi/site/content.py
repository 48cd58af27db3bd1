"""What the site is made of: the instruments shown, their guides, the rules, the calendar."""

import datetime
import re
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import Any

from msgspec import Struct

from banshi.base.folders import is_project, layered
from banshi.centre.centre import Centre
from banshi.centre.own_code import RULES
from banshi.checking.checker import Checker
from banshi.checking.loading import Loader
from banshi.checking.norm_users import KindOfUse, User, citing, key_of, users_of_norms
from banshi.checking.rule_basis import basis_of
from banshi.checking.rules import Rule, load_rules
from banshi.files.builtin import BUILTIN, BuiltIn
from banshi.files.shape import Shapes
from banshi.law.forms_in_force import Found
from banshi.law.guides import Guide, load_guides
from banshi.law.instruments import Placed, PolicyVersion
from banshi.law.library import NATION, Library
from banshi.law.norms import Norm
from banshi.law.revisions.words import SchemaWords
from banshi.law.working_days import FOLDER as WORKING_DAYS
from banshi.law.working_days import WorkingDays
from banshi.site.calculators.pages import Calculators
from banshi.site.checker import BrowserChecker as InBrowser
from banshi.site.filings import filings
from banshi.site.forms import Forms
from banshi.site.items import CatalogueView, load_catalogues
from banshi.site.notices import Notices
from banshi.site.relations import Relations
from banshi.site.revisions import Revisions
from banshi.site.through_time import ThroughTime
from banshi.site.worked import Worked, WorkedExamples
from banshi.subjects.change.loading import LoadedFiling
from banshi.subjects.impact.recorded import cited_by_cases
from banshi.subjects.parallel.item_forms import shown_examples


class Content(Struct, frozen=True, dict=True):
    """Everything that a centre's site shows."""

    centre: Centre
    on: datetime.date | None = None  # the day whose law is shown; None: today
    checker: InBrowser = InBrowser.LEFT_OUT  # whether files can be checked on the site

    @property
    def project(self) -> Path:
        """The centre's folder."""
        return self.centre.folder

    @cached_property
    def folders(self) -> list[Path]:
        """The policy folders: the centre's own first."""
        return layered(self.project, "policies")

    @cached_property
    def library(self) -> Library:
        """Every version of every instrument."""
        return Library(self.folders, self.on)

    @cached_property
    def versions(self) -> dict[str, list[PolicyVersion]]:
        """The texts of each instrument shown, oldest first: each version, and each of the texts that amendments made of it."""
        names = filter(self.centre.publishes, self.library.instruments())
        return {name: self.library.texts(name) for name in names}

    @cached_property
    def through_time(self) -> ThroughTime:
        """When each text is in force, what came before it and what comes after."""
        return ThroughTime(self.library, list(self.versions))

    @cached_property
    def revisions(self) -> Revisions:
        """What changes when."""
        return Revisions(self.through_time, SchemaWords.of(self.project))

    @cached_property
    def forms(self) -> Forms:
        """The forms that can be taken along."""
        shown = [version for versions in self.versions.values() for version in versions]
        items = [view.application_forms for view in self.catalogues]
        return Forms(self.centre, (*shown, *items), self._loader, lambda: self._filings)

    @cached_property
    def calculators(self) -> Calculators:
        """The calculators of the guides and the catalogues."""
        shown = {(v.instrument, v.version) for versions in self.versions.values() for v in versions}
        catalogues = {view.own: view.file for view in self.catalogues}
        return Calculators(
            self.library, self.days, self.guides, lambda name, version: (name, version) in shown, catalogues
        )

    @cached_property
    def notices(self) -> Notices:
        """The public notices of the project's filings."""
        return Notices(self.centre, self._loader, self._filings, self.through_time.on)

    @cached_property
    def _loader(self) -> Loader:
        return Loader(self.project)

    @cached_property
    def _filings(self) -> list[LoadedFiling]:
        return filings(self.centre, self._loader)

    @property
    def historical(self) -> bool:
        """Whether every version shown is a historical one."""
        return all(v.status == "historical" for versions in self.versions.values() for v in versions)

    @property
    def newest(self) -> list[PolicyVersion]:
        """The text of each instrument shown, as it is on the day of the site."""
        return [shown for name in self.versions if (shown := self.library.shown(name))]

    @cached_property
    def relations(self) -> Relations:
        """How the instruments shown stand to one another."""
        return Relations(self.versions)

    @cached_property
    def _users(self) -> dict[tuple[str, str], list[User]]:
        worked = ((each.name, reason.basis) for each in self._worked.every() for reason in each.reasons if reason.basis)
        cases = cited_by_cases(self.project, self._checker)
        others = (*self.calculators.users(), *citing(KindOfUse.SCENARIO, worked), *citing(KindOfUse.CASE, cases))
        return users_of_norms(self.library, self.rules, self.guides, others)

    def users_of(self, placed: Placed[Norm]) -> dict[str, list[str]]:
        """Who uses a norm: the names of commands, rules, guides and scenarios, by the sort of use, the most binding first."""
        found: dict[str, list[str]] = {}
        for user in self._users.get(key_of(placed), ()):
            found.setdefault(user.use.value, []).append(user.name)
        return {use.value: found[use.value] for use in KindOfUse if use.value in found}

    @cached_property
    def guides(self) -> list[Guide]:
        """The guides whose instrument is shown."""
        return [guide for guide in load_guides(self.folders) if guide.instrument in self.versions]

    @cached_property
    def catalogues(self) -> list[CatalogueView]:
        """The catalogues of the jurisdictions shown, then the fictional examples."""
        found = load_catalogues(self.library, shown_examples(self.project))
        return [view for view in found if view.catalogue.fictional or self.centre.publishes(view.slug)]

    @cached_property
    def days(self) -> WorkingDays:
        """The calendar."""
        return WorkingDays(self.folders)

    @property
    def calendars(self) -> list[str]:
        """The places shown that arrange days of their own, over what the nation arranges."""
        return [place for place in self.days.places if self.centre.publishes(f"{place}/{WORKING_DAYS}")]

    @cached_property
    def rules(self) -> list[Rule]:
        """Every rule; a centre's own only where this user trusts them."""
        return load_rules(self.centre.rule_folders)

    @property
    def builtin(self) -> dict[str, BuiltIn]:
        """Pages of the findings that come from the engine itself."""
        return BUILTIN

    @cached_property
    def basis(self) -> dict[str, list[Placed[Norm]]]:
        """Rule id → the norms that it rests on, in the instruments shown."""
        found = {rule.id: basis_of(rule, self.library) for rule in self.rules}
        return {key: [p for p in norms if self.centre.publishes(p.version.instrument)] for key, norms in found.items()}

    @cached_property
    def _elsewhere(self) -> list[tuple[re.Pattern[str], str]]:
        """Slugs and names of jurisdictions that the site does not show, with those that stand in their place in samples."""
        own = self.centre.jurisdiction
        if own is None or not is_project(self.project):
            return []
        theirs: dict[str, str] = {}
        names: dict[str, str] = {}
        for instrument in self.library.instruments():
            version = self.library.texts(instrument)[-1]
            place, shown = version.jurisdiction.split("/")[0], self.centre.publishes(instrument)
            (names if shown else theirs).setdefault(place, version.jurisdiction_name)
        called = names.get(own.split("/")[0], self.centre.settings.name or own)
        found = [(p, name) for p, name in theirs.items() if p not in names and p != NATION]
        slugs = [(re.compile(rf"(?<![\w-]){re.escape(place)}(?![\w-])"), own) for place, _ in found]
        return [*slugs, *((re.compile(re.escape(name)), called) for _, name in found)]

    def told(self, text: str) -> str:
        """A shipped sample as this centre tells it: no place stands in it whose instruments the site does not show."""
        for pattern, own in self._elsewhere:
            text = pattern.sub(lambda _, own=own: own, text)  # type: ignore[misc]
        return text

    @cached_property
    def rules_by_id(self) -> dict[str, Rule]:
        """The rules, by id."""
        return {rule.id: rule for rule in self.rules}

    @cached_property
    def guides_by_id(self) -> dict[str, Guide]:
        """The guides whose instrument is shown, by id."""
        return {guide.id: guide for guide in self.guides}

    @cached_property
    def _worked(self) -> WorkedExamples:
        return WorkedExamples(self.project, self.folders, self._checker)

    @cached_property
    def _checker(self) -> Checker:
        return Checker(self.project, own_rules=self.centre.runs(RULES))

    def worked_on(self, guide: Guide) -> list[Worked]:
        """The worked examples of a guide's page."""
        return [each for each in self._worked.of(guide.instrument) if each.on(guide.id)]

    def forms_on(self, guide: Guide, versions: Iterable[PolicyVersion]) -> list[Found]:
        """What can be taken along of a guide's ``versions``: the forms of an instrument with a guide of its own stand there."""
        elsewhere = {other.instrument for other in self.guides} - {guide.instrument}
        return self.forms.offered(version for version in versions if version.instrument not in elsewhere)

    def opened(self, guide: Guide, example: Worked) -> str:
        """The anchor that opens a calculator of a guide with an example's facts; empty where none answers it."""
        return self.calculators.opened(guide, example.place, example.scenario)

    @cached_property
    def labels(self) -> "Labels":
        """Chinese labels of keys and values."""
        return Labels(self._shapes)

    @cached_property
    def _shapes(self) -> Shapes:
        return Shapes(layered(self.project, "schemas"))


class Labels:
    """Chinese titles of keys and listed values, as the schemas give them."""

    def __init__(self, shapes: Shapes) -> None:
        """``shapes`` of the centre."""
        policy = shapes.schema("policy")
        self._values = _listed(policy)
        own = policy["$defs"]["norm"]["properties"]
        self._kinds: dict[str, str] = own["kind"]["x-labels"]
        self._fields: dict[tuple[str, str], Any] = {
            (branch["if"]["properties"]["kind"]["const"], key): part
            for branch in policy["$defs"]["norm"]["allOf"]
            for key, part in (*own.items(), *branch["then"].get("properties", {}).items())
        }
        self._of_fields: dict[tuple[str, str], dict[str, str]] = {}
        self.elements: dict[str, str] = {
            key: part["title"] for key, part in shapes.schema("guide")["properties"]["elements"]["properties"].items()
        }

    def kind(self, kind: str) -> str:
        """What a kind of norm is called; values of other fields are written like some of them."""
        return self._kinds.get(kind, kind)

    def field(self, kind: str, key: str) -> str:
        """What a field of a kind of norm is called."""
        return str(self._fields.get((kind, key), {}).get("title", key))

    def listed(self, kind: str, key: str) -> dict[str, str]:
        """What the values listed for a field of a kind of norm are called."""
        if (kind, key) not in self._of_fields:
            self._of_fields[kind, key] = _listed(self._fields.get((kind, key)))
        return self._of_fields[kind, key]

    def value(self, text: str) -> str:
        """A listed value's label, or the value itself."""
        return self._values.get(text, text)


def _listed(schema: Any) -> dict[str, str]:
    """Every ``x-labels`` in a schema."""
    parts = schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else ()
    found: dict[str, str] = dict(schema.get("x-labels", {})) if isinstance(schema, dict) else {}
    for part in parts:
        found.update(_listed(part))
    return found
