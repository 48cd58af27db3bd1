"""How many of the items, or of each department's, promise a limit that is short enough for the law's targets?"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from banshi.law.instruments import Placed
from banshi.law.norms import Bounds, Target
from banshi.subjects.cases.measures import Share
from banshi.subjects.cases.ranges import compared_with, in_unit, percentage, rounded_share, within
from banshi.subjects.parallel.context import CatalogueFile, Promise, promises

MEASURE = "promised_limits"


@dataclass(frozen=True, slots=True)
class LimitVerdict:
    """A target for a department (None: for all items): the items that are short enough, and whether that is enough."""

    placed: Placed[Target]
    department: str | None
    share: Share
    met: bool | None

    @property
    def figure(self) -> str:
        """8/9 = 88.89%."""
        value = rounded_share(self.share.value, self.placed.norm)
        return f"{self.share.hits}/{self.share.of}" + (f" = {percentage(value)}" if value is not None else "")


def limit_verdicts(file: CatalogueFile) -> Iterator[LimitVerdict]:
    """Every target about promised limits, department by department where it is so held."""
    for placed in file.law.all(Target) if file.law else ():
        if placed.norm.measure != MEASURE or placed.norm.each is None or placed.norm.bound is None:
            continue
        every = dict.fromkeys((*promises(file.catalogue), *file.beside))
        departments = [d.id for d in file.catalogue.departments] if placed.norm.by else [None]
        for department in departments:
            name = file.catalogue.department_name(department) if department else None
            found = _share([one for one in every if name in (None, one.department)], placed.norm.each)
            yield LimitVerdict(placed, department, found, _met(found, placed.norm))


def judges_limits(file: CatalogueFile) -> bool:
    """Whether some target about promised limits is held against the items."""
    return any(placed.norm.measure == MEASURE for placed in (file.law.all(Target) if file.law else ()))


def _share(items: list[Promise], each: Bounds) -> Share:
    """Items without a statutory limit have nothing to be compared with; those that promise nothing are not certain."""
    limited = [item for item in items if item.statutory]
    short = [_short(item, each) for item in limited]
    return Share(short.count(True), len(limited), short.count(None))


def _short(item: Promise, each: Bounds) -> bool | None:
    if item.promised is None or not item.statutory:
        return None
    share = Fraction(item.promised, item.statutory)
    return within(each, share * 100 if each.unit == "%" else share)


def _met(found: Share, target: Target) -> bool | None:
    if found.bounds is None or target.bound is None:
        return {"full": True, "zero": False}.get(target.zero_denominator or "")
    return compared_with(target.bound, in_unit(found.bounds, target.bound, target.rounding, rate=True))
