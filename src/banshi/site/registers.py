"""Registers over all instruments shown: by year, by body, the open readings, the terms, the errata."""

from collections.abc import Iterable, Iterator

from msgspec import Struct, field

from banshi.law.instruments import Placed, PolicyVersion
from banshi.law.norms import Definition, Norm
from banshi.law.version_parts import Erratum, Reading

ISSUES, FORWARDS, NAMED = "制定", "转发", "提到"


class Body(Struct):
    """A body: the versions it issued, those it forwarded, and those that name it."""

    name: str
    versions: dict[str, list[PolicyVersion]] = field(default_factory=dict)


class NamedTerm(Struct, frozen=True):
    """A name in one version: its other names, what it means where the text says so, and where it stands."""

    sort: str
    name: str
    also: tuple[str, ...]
    version: PolicyVersion
    norms: list[Placed[Norm]]
    means: str = ""


class TermEntry(Struct):
    """A term with what each version makes of it."""

    name: str
    uses: list[NamedTerm] = field(default_factory=list)

    @property
    def also(self) -> list[str]:
        """Its other names in any version, once each."""
        return list(dict.fromkeys(name for use in self.uses for name in use.also if name != self.name))


def by_year(versions: Iterable[PolicyVersion]) -> dict[str, list[PolicyVersion]]:
    """Versions by the year from which they are in force (or of their date), the newest first; undated ones last."""
    found: dict[str, list[PolicyVersion]] = {}
    for version in versions:
        day = version.dates.in_force or version.dates.issued
        found.setdefault(f"{day.year}年" if day else "", []).append(version)
    return {year: found[year] for year in sorted(found, reverse=True)}


def by_subject(versions: Iterable[PolicyVersion]) -> dict[str, list[PolicyVersion]]:
    """Versions by subject, in order of their ids."""
    found: dict[str, list[PolicyVersion]] = {}
    for version in versions:
        found.setdefault(version.subject, []).append(version)
    return found


def bodies(versions: Iterable[PolicyVersion]) -> list[Body]:
    """Every body that issued, forwarded or is named, in order of first appearance; issuing ones first."""
    found: dict[str, Body] = {}
    for name, role, version in sorted(_roles(versions), key=lambda each: (ISSUES, FORWARDS, NAMED).index(each[1])):
        body = found.setdefault(name, Body(name))
        listed = body.versions.setdefault(role, [])
        if version not in listed:
            listed.append(version)
    return list(found.values())


def _roles(versions: Iterable[PolicyVersion]) -> Iterator[tuple[str, str, PolicyVersion]]:
    for version in versions:
        known = {alias: office.name for office in version.offices.values() for alias in office.also}
        yield from ((known.get(name, name), ISSUES, version) for name in version.issuers)
        if version.forwarded_by:
            yield known.get(version.forwarded_by, version.forwarded_by), FORWARDS, version
        yield from ((office.name, NAMED, version) for office in version.offices.values())


def readings(versions: Iterable[PolicyVersion]) -> list[tuple[PolicyVersion, Reading]]:
    """Every recorded reading with its version."""
    return [(version, reading) for version in versions for reading in version.readings]


def errata(versions: Iterable[PolicyVersion]) -> list[tuple[PolicyVersion, Erratum]]:
    """Every erratum with its version."""
    return [(version, erratum) for version in versions for erratum in version.errata]


def terms(versions: Iterable[PolicyVersion]) -> dict[str, list[TermEntry]]:
    """Terms by sort (机关与各方, 材料 …), each with its uses in order of the documents."""
    found: dict[str, dict[str, TermEntry]] = {}
    for version in versions:
        for term in _terms(version):
            found.setdefault(term.sort, {}).setdefault(term.name, TermEntry(term.name)).uses.append(term)
    return {sort: list(entries.values()) for sort, entries in found.items()}


def _terms(version: PolicyVersion) -> Iterator[NamedTerm]:
    for office in version.offices.values():
        yield _term("机关与各方", office.name, office.also, version)
    for sort, table in (("审批档次", version.tiers), ("环节", version.steps), ("材料", version.papers)):
        yield from (_term(sort, label.name, (), version) for label in table.values())
    for form in version.forms:
        yield _term("表格", form.title, form.aliases, version)
    for placed in version.placed:
        if isinstance(placed.norm, Definition):
            yield NamedTerm("定义", placed.norm.term, (), version, [placed], placed.statement)
    yield NamedTerm("文件的别名", version.title, version.aliases, version, [])


def _term(sort: str, name: str, also: tuple[str, ...], version: PolicyVersion) -> NamedTerm:
    return NamedTerm(sort, name, also, version, [p for p in version.placed if name in p.statement])
