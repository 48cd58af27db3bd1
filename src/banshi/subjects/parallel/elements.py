"""What a catalogue says of an item's standard elements, by their keys in ``guide.schema.json``."""

from itertools import chain

import msgspec

from banshi.base.text import listed
from banshi.files.not_stated import plain
from banshi.law.guide_elements import Service, said
from banshi.law.norms import Enumeration
from banshi.subjects.parallel.context import CatalogueFile
from banshi.subjects.parallel.forms import Catalogue, Item


def service_of(item: Item) -> Service:
    """An item's elements as the rules of the guide linter see them. Raises ``NotStated``."""
    stated = {key: value for key, value in plain(item).items() if value is not None}
    return msgspec.convert(stated, Service)


def fee_said(item: Item) -> list[str]:
    """What an item costs. Raises ``NotStated``."""
    return said(msgspec.convert({"fee": plain(item.fee)}, Service)).get("fee", [])


def elements(catalogue: Catalogue, item: Item) -> dict[str, list[str]]:
    """Element → its lines; an element that the catalogue does not state is not there."""
    departments = [catalogue.department_name(department) for department in item.departments]
    day = catalogue.in_use_from
    found = {
        "name": [item.name],
        "code": [item.code or "历史事项，没有编码"],
        "basis": list(item.legal_basis or ()),
        "version": [f"{catalogue.title}，{day.year}年{day.month}月{day.day}日起使用"],
        "body": [departments[0], *([f"协同：{listed(departments[1:])}"] if departments[1:] else [])],
        "level": [f"{item.level}级"] if item.level else [],
        **said(service_of(item)),
    }
    return {key: lines for key, lines in found.items() if lines}


def kind_said(file: CatalogueFile) -> str:
    """What the law in force calls the catalogue's kind of parallel approval, in a list of kinds or in its words; else as written."""
    kind, law = file.catalogue.case_kind, file.law
    if law is None:
        return kind
    lists = (placed.norm for placed in law.all(Enumeration) if placed.norm.of == "case_kind")
    listed_as = (value.name for norm in lists for value in norm.values if value.value == kind)
    declared = (version.case_kinds[kind].name for version in law.versions if kind in version.case_kinds)
    return next(chain(listed_as, declared), kind)
