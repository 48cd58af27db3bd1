"""How many of the items, or of each department's, promise a limit that is short enough for the law's targets?"""

from collections.abc import Iterator
from fractions import Fraction

from msgspec import Struct

from banshi.files.not_stated import NotStated
from banshi.law.instruments import Placed
from banshi.law.norms import Bounds, Target
from banshi.subjects.cases.measures import CaseShare
from banshi.subjects.cases.ranges import compared_with, in_unit, percentage, rounded_share, within
from banshi.subjects.parallel.context import CatalogueFile, Promise, promises

MEASURE = "promised_limits"


class LimitVerdict(Struct, frozen=True):
    """A target for a department (None: for all items): the items that are short enough, and whether that is enough.

    ``open``: of how many the limits are not stated for certain.
    """

    placed: Placed[Target]
    department: str | None
    share: CaseShare
    met: bool | None
    open: int = 0

    @property
    def figure(self) -> str:
        """8/9 = 88.89%; 8/9，1 个没有写明."""
        if self.open:
            return f"{self.share.hits}/{self.share.of}，其中 {self.open} 个没有写明，或写得不对"
        value = rounded_share(self.share.value, self.placed.norm)
        return f"{self.share.hits}/{self.share.of}" + (f" = {percentage(value)}" if value is not None else "")


def limit_verdicts(file: CatalogueFile) -> Iterator[LimitVerdict]:
    """Every target about promised limits, department by department where it is so held. Raises ``NotStated``."""
    for placed in file.law.all(Target) if file.law else ():
        if placed.norm.measure != MEASURE or placed.norm.each is None or placed.norm.bound is None:
            continue
        if not placed.norm.speaks_of(file.catalogue.case_kind):
            continue
        if file.beside is None:
            raise NotStated(("items",))
        promised = _each_once(promises(file.catalogue), file.beside)
        every = [one for one in promised if one.kind is None or placed.norm.speaks_of(one.kind)]
        departments = [d.id for d in file.catalogue.departments] if placed.norm.by else [None]
        for department in departments:
            name = file.catalogue.department_name(department) if department else None
            theirs = [one for one in every if name in (None, one.department) or one.department is None]
            found = _share(theirs, placed.norm.each)
            yield LimitVerdict(placed, department, found, _met(found, placed.norm), sum(one.open for one in theirs))


def _each_once(own: tuple[Promise, ...], beside: tuple[Promise, ...]) -> Iterator[Promise]:
    """The items of all catalogues; of one that does not say which it is nobody knows whether another lists it too."""
    if not beside:
        yield from own
        return
    for one in dict.fromkeys((*own, *beside)):
        yield one._replace(open=one.open or None in (one.kind, one.item))


def judges_limits(file: CatalogueFile) -> bool:
    """Whether some target about promised limits is held against the items."""
    targets = [placed.norm for placed in (file.law.all(Target) if file.law else ())]
    return any(norm.measure == MEASURE and norm.speaks_of(file.catalogue.case_kind) for norm in targets)


def _share(items: list[Promise], each: Bounds) -> CaseShare:
    """Items without a statutory limit have nothing to be compared with; those that promise nothing are not certain.

    Of an item that does not state its limits for certain nobody knows that it has none.
    """
    limited = [item for item in items if item.statutory or item.open]
    short = [_short(item, each) for item in limited]
    return CaseShare(short.count(True), len(limited), short.count(None))


def _short(item: Promise, each: Bounds) -> bool | None:
    if item.open or item.promised is None or not item.statutory:
        return None
    share = Fraction(item.promised, item.statutory)
    return within(each, share * 100 if each.unit == "%" else share)


def _met(found: CaseShare, target: Target) -> bool | None:
    if found.bounds is None or target.bound is None:
        return {"full": True, "zero": False}.get(target.zero_denominator or "")
    return compared_with(target.bound, in_unit(found.bounds, target.bound, target.rounding, rate=True))
