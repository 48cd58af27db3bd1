"""One form for a whole case (一表制): the fields and materials of its items merged, each asked once.

The outcome does not depend on the order of the items. Where items describe one field or material differently the form
still asks once, and the difference is reported with the items on either side.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import Any, Generic, Literal, TypeVar

import msgspec
from msgspec import Struct

from banshi.base.text import Text, listed
from banshi.files.findings import Route
from banshi.files.not_stated import NotStated, if_stated, plain
from banshi.subjects.parallel.forms import FIELD_TYPES, MATERIAL_FORMS, Catalogue, Field, Item, Material

P = TypeVar("P", bound=Field | Material)
L = TypeVar("L")


class AskedField(Struct, Generic[P], frozen=True):
    """A field or material as one item asks for it; ``where`` leads to it in the catalogue."""

    item: str
    part: P
    where: Route


class Conflict(Struct, frozen=True):
    """A trait (type, unit, name …) in which items differ: each value with the items that state it."""

    part: str
    name: str
    trait: Text
    values: tuple[tuple[str, tuple[str, ...]], ...]
    places: tuple[Route, ...]

    def say(self, catalogue: Catalogue) -> Text:
        """What the items state."""
        told = "；".join(f"{value or '（未写明）'}：{names(catalogue, who)}" for value, who in self.values)
        told_en = "; ".join(f"{value or '(not stated)'}: {', '.join(who)}" for value, who in self.values)
        return Text(f"“{self.name}”的{self.trait.zh}不一致：{told}", f"{self.part}: {self.trait.en} differs: {told_en}")


class MergedField(Struct, frozen=True):
    """A field of the form, and the items and departments that need it. ``max_length``: the strictest of all."""

    field: Field
    items: tuple[str, ...]
    departments: tuple[str, ...]
    max_length: int | None

    @property
    def shared(self) -> bool:
        """Whether several items need it."""
        return len(self.items) > 1


class FormMaterial(Struct, frozen=True):
    """A material, who needs it, and how many paper copies in all (None: some item does not say).

    ``source``: the item of this case whose result it is; ``replaced``: it is an application form, in whose place this
    form stands. The applicant hands in neither.
    """

    material: Material
    items: tuple[str, ...]
    departments: tuple[str, ...]
    copies: int | None
    source: str | None
    replaced: bool

    @property
    def handed_in(self) -> bool:
        """Whether the applicant hands it in."""
        return self.source is None and not self.replaced


class LeftOut(Struct, frozen=True):
    """What has no line in the form, for nobody may rely on what the catalogue says at ``way``.

    ``part``: the id of a field or material; of an item all that it asks for (``fields``, ``materials``), or the item itself.
    """

    part: str
    name: str
    items: tuple[str, ...]
    way: Route

    def say(self, catalogue: Catalogue) -> Text:
        """What it is, who asks for it, and what is lacking."""
        lacking = ".".join(map(str, self.way))
        who = f"（{listed(item_called(catalogue, item) for item in self.items)}）" if self.items else ""
        who_en = f" ({', '.join(self.items)})" if self.items else ""
        return Text(
            f"“{self.name}”{who}：没有写明，或写得不对的是 {lacking}",
            f"{self.part}{who_en}: {lacking} is not stated, or wrongly",
        )


class OneForm(Struct, frozen=True):
    """The form of a case: what is filled in, what is handed in, and where the catalogue's items disagree.

    ``asked_before``: how many fields and materials the items ask for one by one, ``left_out`` apart. ``at_least``: of some item
    it is not known what is handed in, so that more copies may be needed.
    """

    fields: tuple[MergedField, ...]
    materials: tuple[FormMaterial, ...]
    conflicts: tuple[Conflict, ...]
    asked_before: tuple[int, int]
    left_out: tuple[LeftOut, ...] = ()
    at_least: bool = False

    @property
    def handed_in(self) -> tuple[FormMaterial, ...]:
        """What the applicant hands in."""
        return tuple(m for m in self.materials if m.handed_in)

    @property
    def passed_on(self) -> tuple[FormMaterial, ...]:
        """Results of other items of the case, which the departments pass on."""
        return tuple(m for m in self.materials if m.source is not None)

    @property
    def replaced(self) -> tuple[FormMaterial, ...]:
        """Application forms of single items, in whose place this one stands."""
        return tuple(m for m in self.materials if m.replaced)


def merged(catalogue: Catalogue, items: Sequence[Item], beside: Sequence[LeftOut] = ()) -> OneForm:
    """The form for some items of a catalogue, in whatever order they come; what nobody may rely on is left out, and told.

    ``beside``: items that belong to it too, or may, of which it is not stated which they are.
    """
    placed, no_lists = _placed(catalogue, items), [*beside]
    fields, materials = _asked(placed, "fields", no_lists), _asked(placed, "materials", no_lists)
    here = {item.id for _, item in placed}
    lines, no_lines = _lines(fields, partial(_field, catalogue))
    papers, no_papers = _lines(materials, partial(_material, catalogue, here=here, beside=beside))
    return OneForm(
        tuple(sorted(lines, key=_first_shared)),
        tuple(sorted(papers, key=_first_shared_paper)),
        tuple(conflicts(fields.values(), FIELD_TRAITS)) + tuple(conflicts(materials.values(), MATERIAL_TRAITS)),
        (sum(map(len, fields.values())), sum(map(len, materials.values()))),
        (*no_lists, *no_lines, *no_papers),
        bool(beside) or any("materials" in each.way for each in no_lists),
    )


def _lines(
    groups: dict[str, list[AskedField[P]]], line: Callable[[list[AskedField[P]]], L]
) -> tuple[list[L], list[LeftOut]]:
    """A line of each group; one of which something is not stated is taken from the groups, for the whole line rests on it."""
    made, left_out = [], []
    for part, every in list(groups.items()):
        try:
            for asked in every:
                plain(asked.part)
            made.append(line(every))
        except NotStated as lacking:
            names = (if_stated(partial(_name, asked)) for asked in every)
            left_out.append(LeftOut(part, next(filter(None, names), part), _items(every), lacking.way))
            del groups[part]
    return made, left_out


def _name(asked: AskedField[P]) -> str:
    return asked.part.name


def _asked(
    placed: list[tuple[int, Item]], kind: Literal["fields", "materials"], left_out: list[LeftOut]
) -> dict[str, list[AskedField[Any]]]:
    """By id, who asks for a field or material, in the catalogue's order; what has no legible id goes into ``left_out``."""
    found: dict[str, list[AskedField[Any]]] = {}
    for n, item in placed:
        try:
            parts = getattr(item, kind)
        except NotStated as lacking:
            left_out.append(LeftOut(kind, _ALL[kind], (item.id,), lacking.way))
            continue
        for m, part in enumerate(parts):
            try:
                found.setdefault(part.id, []).append(AskedField(item.id, part, ("items", n, kind, m)))
            except NotStated as lacking:
                name = if_stated(partial(getattr, part, "name")) or _ONE[kind]
                left_out.append(LeftOut(kind, name, (item.id,), lacking.way))
    return dict(sorted(found.items()))


_ALL = {"fields": "要填的各项", "materials": "要交的各种材料"}
_ONE = {"fields": "一项要填的内容", "materials": "一种材料"}


def _placed(catalogue: Catalogue, items: Sequence[Item]) -> list[tuple[int, Item]]:
    """Items with their places; of an id that stands twice the first counts, as everywhere."""
    wanted = {if_stated(partial(getattr, item, "id")) for item in items} - {None}
    found: dict[str, tuple[int, Item]] = {}
    for n, item in enumerate(catalogue.items):
        own = if_stated(partial(getattr, item, "id"))
        if own in wanted and own is not None:
            found.setdefault(own, (n, item))
    return list(found.values())


Trait = tuple[str, Text, Callable[[P], str]]
FIELD_TRAITS: tuple[Trait[Field], ...] = (
    ("name", Text("名称", "name"), lambda f: f.name),
    ("type", Text("填写方式", "type"), lambda f: FIELD_TYPES[f.type]),
    ("unit", Text("计量单位", "unit"), lambda f: f.unit or ""),
    ("choices", Text("选项", "choices"), lambda f: listed(sorted(f.choices or ()))),
)
MATERIAL_TRAITS: tuple[Trait[Material], ...] = (
    ("name", Text("名称", "name"), lambda m: m.name),
    ("form", Text("形式", "form"), lambda m: MATERIAL_FORMS[m.form] if m.form else ""),
    ("from_item", Text("来源", "source"), lambda m: m.from_item or ""),
    ("application_form", Text("是否申请表", "being the form"), lambda m: "是" if m.application_form else "否"),
)


def conflicts(groups: Iterable[list[AskedField[P]]], traits: tuple[Trait[P], ...]) -> Iterable[Conflict]:
    """Traits in which those who ask for one thing differ; the places are those that differ from the first."""
    for every in groups:
        for key, name, read in traits:
            stated: dict[str, list[AskedField[P]]] = {}
            for asked in every:
                stated.setdefault(read(asked.part), []).append(asked)
            if len(stated) > 1:
                values = tuple((value, _items(who)) for value, who in sorted(stated.items()))
                first = read(every[0].part)
                others = [asked for value, who in stated.items() if value != first for asked in who]
                places = tuple((*asked.where, key) for asked in others)
                yield Conflict(_shown(every).id, _shown(every).name, name, values, places)


def _field(catalogue: Catalogue, every: list[AskedField[Field]]) -> MergedField:
    shown, who = _shown(every), _items(every)
    lengths = [a.part.max_length for a in every if a.part.max_length is not None and shown.type == "text"]
    return MergedField(shown, who, departments(catalogue, who), min(lengths, default=None))


def _material(
    catalogue: Catalogue, every: list[AskedField[Material]], here: set[str], beside: Sequence[LeftOut]
) -> FormMaterial:
    who = _items(every)
    for asked in every:  # whether the applicant hands it in rests on whether that item is one of the case
        source = asked.part.from_item
        if beside and source and source not in here and not list(_of_ids(catalogue, [source])):
            raise NotStated(beside[0].way)
    copies = [a.part.copies for a in every]
    total = None if None in copies else sum(filter(None, copies))
    source = min((a.part.from_item for a in every if a.part.from_item in here), default=None)
    replaced = all(asked.part.application_form for asked in every)
    return FormMaterial(_shown(every), who, departments(catalogue, who), total, source, replaced)


def _shown(every: Sequence[AskedField[P]]) -> P:
    """The description that the form shows: where items differ, one that does not depend on their order."""
    if len(every) == 1:
        return every[0].part
    return min((asked.part for asked in every), key=lambda part: msgspec.json.encode(plain(part)))


def _items(every: Sequence[AskedField[P]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(asked.item for asked in every))


def departments(catalogue: Catalogue, items: Sequence[str]) -> tuple[str, ...]:
    """Ids of the departments of items, as far as they are stated."""
    own = (if_stated(partial(getattr, item, "department")) for _, item in _of_ids(catalogue, items))
    return tuple(dict.fromkeys(each for each in own if each is not None))


def _of_ids(catalogue: Catalogue, ids: Sequence[str]) -> Iterator[tuple[str, Item]]:
    """The items of some ids, in the order of these; others of the catalogue may state none."""
    stated = catalogue.stated
    return ((own, stated[own]) for own in ids if own in stated)


def item_called(catalogue: Catalogue, item: str) -> str:
    """An item by its name; by its id where its name is not stated."""
    return next((if_stated(partial(getattr, own, "name")) or item for _, own in _of_ids(catalogue, [item])), item)


def department_called(catalogue: Catalogue, department: str) -> str:
    """A department by its name; by its id where the name is not stated."""
    for own in if_stated(lambda: catalogue.departments) or ():
        if if_stated(partial(getattr, own, "id")) == department:
            return if_stated(partial(getattr, own, "name")) or department
    return department


def _first_shared(field: MergedField) -> tuple[int, str]:
    """What most items need comes first."""
    return -len(field.items), field.field.id


def _first_shared_paper(material: FormMaterial) -> tuple[int, str]:
    return -len(material.items), material.material.id


def names(catalogue: Catalogue, items: Sequence[str], most: int = 0) -> str:
    """Items by name; of many only the first ``most`` and the number of all."""
    said = [item_called(catalogue, item) for item in items]
    return listed(said) if not most or len(said) <= most else f"{listed(said[:most])}等{len(said)}项"


def by_department(catalogue: Catalogue, departments: Sequence[str]) -> str:
    """Departments by name."""
    return listed(department_called(catalogue, d) for d in departments) or "部门没有写明"
