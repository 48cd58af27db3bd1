"""How many of the items, or of each department's, promise a limit that is short enough for the law's targets?"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from banshi.law.instruments import Placed
from banshi.law.norms import Bounds, Target
from banshi.subjects.cases.measures import Share
from banshi.subjects.cases.ranges import compared_with, in_unit, percentage, rounded_share, within
from banshi.subjects.parallel.context import CatalogueFile
from banshi.subjects.parallel.forms import Item

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
        departments = [d.id for d in file.catalogue.departments] if placed.norm.by else [None]
        for department in departments:
            items = [one for one in file.catalogue.items if department in (None, one.department)]
            found = _share(items, placed.norm.each)
            yield LimitVerdict(placed, department, found, _met(found, placed.norm))


def _share(items: list[Item], each: Bounds) -> Share:
    """Items without a statutory limit have nothing to be compared with; those that promise nothing are not certain."""
    limited = [item for item in items if item.limits.statutory]
    short = [_short(item, each) for item in limited]
    return Share(short.count(True), len(limited), short.count(None))


def _short(item: Item, each: Bounds) -> bool | None:
    promised, statutory = 0 if item.immediate else item.limits.promised, item.limits.statutory
    if promised is None or not statutory:
        return None
    share = Fraction(promised, statutory)
    return within(each, share * 100 if each.unit == "%" else share)


def _met(found: Share, target: Target) -> bool | None:
    if found.bounds is None or target.bound is None:
        return {"full": True, "zero": False}.get(target.zero_denominator or "")
    return compared_with(target.bound, in_unit(found.bounds, target.bound, target.rounding, rate=True))
