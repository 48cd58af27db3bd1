"""Centres' catalogues on the site: a page for each catalogue, and a guide page for each of its items."""

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

import msgspec
from markupsafe import Markup
from msgspec import Struct

from banshi.law.instruments import PolicyVersion
from banshi.law.library import Library
from banshi.law.version_parts import Form
from banshi.output.flowchart import FlowStep, flow
from banshi.subjects.parallel.context import CatalogueFile
from banshi.subjects.parallel.elements import elements, kind_said
from banshi.subjects.parallel.forms import Catalogue, Item
from banshi.subjects.parallel.item_forms import EXAMPLES, FOLDER, catalogue_files, item_forms, read_catalogue
from banshi.subjects.parallel.schedule import Limit, promised, statutory


class CatalogueView(Struct, frozen=True, eq=False, dict=True):
    """A catalogue with its place among the pages and the path of its file in the project's folder."""

    slug: str
    place: str
    file: CatalogueFile

    @property
    def catalogue(self) -> Catalogue:
        """The catalogue itself."""
        return self.file.catalogue

    @property
    def kind(self) -> str:
        """What its kind of parallel approval is called."""
        return kind_said(self.file)

    @property
    def path(self) -> str:
        """Its page."""
        return f"guides/{self.own}/index.md"

    @property
    def own(self) -> str:
        """What its calculators are called by."""
        return f"items/{self.slug}"

    @cached_property
    def items(self) -> list["ItemView"]:
        """Its items in its own order, each id once."""
        once = self.catalogue.by_id
        return [ItemView(self, item) for item in self.catalogue.items if once[item.id] is item]

    @cached_property
    def printed(self) -> list["ItemView"]:
        """The items that have a page: all; of a fictional catalogue one a stage, the one of which most is stated."""
        if not self.catalogue.fictional:
            return self.items
        return [max(views, key=lambda view: view.stated) for _, views in self.stages]

    @cached_property
    def application_forms(self) -> PolicyVersion:
        """The application forms of the items that have a page."""
        version, printed = item_forms(self.slug, self.catalogue), {view.item.id for view in self.printed}
        return msgspec.structs.replace(version, forms=tuple(form for form in version.forms if form.id in printed))

    @cached_property
    def _forms(self) -> dict[str, Form]:
        return {form.id: form for form in self.application_forms.forms}

    def form(self, item: Item) -> Form | None:
        """The application form of an item; None where it has none."""
        return self._forms.get(item.id)

    @cached_property
    def waiting(self) -> dict[str, list["ItemView"]]:
        """By the id of an item, those that need its result first."""
        found: dict[str, list[ItemView]] = {}
        for view in self.items:
            for wanted in dict.fromkeys(view.item.requires):
                found.setdefault(wanted, []).append(view)
        return found

    @property
    def stages(self) -> list[tuple[str, list["ItemView"]]]:
        """Its items by stage, in order; those of no stage come last."""
        names = [*(stage.id for stage in self.catalogue.stages), None]
        found = [(self.catalogue.stage_name(n), [v for v in self.items if v.item.stage == n]) for n in names]
        return [(name, views) for name, views in found if views]


class ItemView(Struct, frozen=True, eq=False, dict=True):
    """An item as its page prints it."""

    of: CatalogueView
    item: Item

    @property
    def path(self) -> str:
        """Its page."""
        return f"guides/items/{self.of.slug}/{self.item.id}.md"

    @cached_property
    def elements(self) -> dict[str, list[str]]:
        """The standard elements that the catalogue states."""
        return elements(self.of.catalogue, self.item)

    @property
    def has_page(self) -> bool:
        """Whether its page is made."""
        return self in self.of.printed

    @property
    def stated(self) -> int:
        """How much the catalogue says of it."""
        return len(self.elements) + len(self.item.materials) + len(self.item.requires) + len(self.item.others)

    @property
    def department(self) -> str:
        """The department that decides it."""
        return self.of.catalogue.department_name(self.item.department)

    @property
    def promised(self) -> str:
        """The limit that it promises (the statutory one where none is promised), in words; empty where none is stated."""
        return _said(promised(self.item))

    @property
    def statutory(self) -> str:
        """The statutory limit in words; empty where none is stated."""
        return _said(statutory(self.item))

    @property
    def before(self) -> list["ItemView"]:
        """Items whose results are needed first."""
        wanted = self.item.requires
        return [view for view in self.of.items if view.item.id in wanted] if wanted else []

    @property
    def after(self) -> list["ItemView"]:
        """Items that need its result first."""
        return self.of.waiting.get(self.item.id, [])

    @property
    def beside(self) -> list["ItemView"]:
        """Other items of its stage, neither before nor after it."""
        if not self.item.stage:
            return []
        here = [view for view in self.of.items if view.item.stage == self.item.stage]
        return [view for view in here if view not in (*self.before, *self.after) and view.item.id != self.item.id]

    @property
    def steps(self) -> list[FlowStep]:
        """The steps that the catalogue states, else those that follow from its other entries."""
        if self.item.steps:
            return [FlowStep(s.name, note="，".join(filter(None, (s.by, s.limit)))) for s in self.item.steps]
        return list(self._derived())

    def _derived(self) -> Iterator[FlowStep]:
        others = tuple(self.of.catalogue.department_name(d) for d in self.item.departments)
        if self.before:
            yield FlowStep("先有前置事项的结果", tuple(view.item.name for view in self.before))
        yield FlowStep("受理", note=self.department)
        yield FlowStep("审查", others) if len(others) > 1 else FlowStep("审查", note=self.department)
        yield FlowStep("办结", note=f"承诺{self.promised}" if self.item.limits.promised else self.promised)
        if self.item.result:
            yield FlowStep("送达", note=self.item.result.name)

    @property
    def chart(self) -> Markup:
        """The steps as a flow chart."""
        return flow(f"{self.item.name}：办理流程", self.steps)


def _said(limit: Limit | None) -> str:
    return limit.say().zh if limit else ""


def load_catalogues(library: Library, examples: list[Path]) -> list[CatalogueView]:
    """The catalogues in a library's folders (the first that has a file counts), then the fictional examples.

    Raises ``PolicyUnreadable``.
    """
    found = []
    for slug, path in catalogue_files(library.folders, examples).items():
        own = slug.startswith(f"{EXAMPLES}/")
        above, _, _ = slug.rpartition("/")
        place = f"{slug}/{path.name}" if own else f"policies/{above}/{FOLDER}/{path.name}"
        view = CatalogueView(slug, place, CatalogueFile(read_catalogue(path, library), library))
        if view.catalogue.fictional or not own:
            found.append(view)
    return found
