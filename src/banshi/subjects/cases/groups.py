"""The cases that a target is held to, group by group: by department, window, item, kind, month of finishing, or flag."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import product
from typing import Any

from msgspec import Struct

from banshi.base.text import Text, same
from banshi.files.tables.cells import plain_text
from banshi.law.norms import Target
from banshi.subjects.cases.measures import Counts, Seen, merged
from banshi.subjects.cases.tally import OPEN, CaseTally
from banshi.subjects.cases.vocabulary import Vocabulary, said
from banshi.subjects.cases.words import NO_ITEM, UNFINISHED

CELLS = ("department", "window", "item", "month")  # dimensions that are counted apart where a target asks for them
QUARTER = "quarter"
_WHERE = {"department": "departments", "window": "windows", "item": "items", "month": "months"}


class Group(Struct, frozen=True):
    """Cases that a target is held to together. ``key``: the value of each dimension that makes the group."""

    key: tuple[tuple[str, Any], ...]
    counts: Counts

    @property
    def open(self) -> bool:
        """Whether these are the cases that belong to no month, for they are not finished."""
        return ("month", OPEN) in self.key

    @property
    def months(self) -> frozenset[str]:
        """The months of finishing that make it, those of a quarter each; of one of all months none."""
        for name, value in self.key:
            if name == "month":
                return frozenset((value,))
            if name == QUARTER and value and isinstance(value, str):  # a flag called so would be true or false
                first = 3 * int(value[-1]) - 2
                return frozenset(f"{value[:4]}-{month:02}" for month in range(first, first + 3))
        return frozenset()

    def said(self, words: Vocabulary) -> Text:
        """住建、2026-03."""
        return Text(
            "、".join(_said(*each, words).zh for each in self.key),
            ", ".join(_said(*each, words).en for each in self.key),
        )


def cells_for(targets: Iterable[Target]) -> tuple[str, ...]:
    """The dimensions that a log must be counted by for these targets."""
    wanted = set()
    for target in targets:
        filters = {name for name, key in _WHERE.items() if target.where and getattr(target.where, key)}
        wanted |= filters | (set(target.by) & set(CELLS))
    return tuple(name for name in CELLS if name in wanted)


def groups(target: Target, tally: CaseTally, whole: Counts, as_of: Any) -> list[Group]:
    """The groups of a target in order; a target without any is held to all its cases together."""
    cells = _chosen(target, tally, whole, as_of)
    if not target.by:
        return [Group((), joined_counts(counts for _, counts in cells))]
    found: dict[tuple[tuple[str, Any], ...], list[Counts]] = defaultdict(list)
    for cell, counts in cells:
        parts = [(name, [cell[name]]) if name in cell else (name, _values(name, counts)) for name in target.by]
        for values in product(*(values for _, values in parts)):
            key = tuple(zip(target.by, values, strict=True))
            found[key].append(_where_stated(key, cell, counts, tally.words))
    return [Group(key, joined_counts(found[key])) for key in sorted(found, key=str) if any(found[key])]


def quarter_of(month: str) -> str:
    """2026-Q1, of 2026-03; nothing of a case that is open."""
    return f"{month[:4]}-Q{(int(month[5:7]) + 2) // 3}" if month else OPEN


def whole_quarters(months: list[Group]) -> Iterator[Group]:
    """The same groups with the months of a quarter taken together."""
    found: dict[tuple[tuple[str, Any], ...], list[Counts]] = defaultdict(list)
    for group in months:
        key = tuple((QUARTER, quarter_of(value)) if name == "month" else (name, value) for name, value in group.key)
        found[key].append(group.counts)
    for key, counts in found.items():
        yield Group(key, joined_counts(counts))


def _chosen(target: Target, tally: CaseTally, whole: Counts, as_of: Any) -> list[tuple[dict[str, str], Counts]]:
    """The cells that a target speaks of, as they stand on a day."""
    if not cells_for([target]):
        return [({}, whole)]
    stated = {name: getattr(target.where, key) for name, key in _WHERE.items()} if target.where else {}
    wanted = {name: {as_in_tables(each) for each in names} for name, names in stated.items() if names}
    found = []
    for values, counts in tally.cells.items():
        cell = dict(zip(tally.dimensions, values, strict=True))
        if all(as_in_tables(cell[name]) in names for name, names in wanted.items()):
            found.append((cell, merged(counts, as_of, tally.words.good)))
    return found


def as_in_tables(name: str) -> str:
    """A name as tables are read: whether its brackets are wide or narrow does not make two of it."""
    return plain_text(name) if isinstance(name, str) else name


def _values(name: str, counts: Counts) -> list[Any]:
    """The values of a dimension that no cell is made of: of a kind those that there are; of a flag yes and no."""
    return sorted({one.kind for one in counts}) if name == "kind" else [False, True]


def _where_stated(
    key: tuple[tuple[str, Any], ...], cell: Mapping[str, str], counts: Counts, words: Vocabulary
) -> Counts:
    """The counts of a cell that may be of a group: those that state something else are left out."""
    inside = [(name, value) for name, value in key if name not in cell]
    return {one: n for one, n in counts.items() if all(has(one, *each, words) is not False for each in inside)}


def has(one: Seen, name: str, value: Any, words: Vocabulary) -> bool | None:
    """Whether a sort of case has a value of a kind or of a flag; None where it does not say."""
    if name == "kind":
        return bool(one.kind == value)
    stated = words.flag(name, one.flags)
    return None if stated is None else stated is value


def joined_counts(many: Iterable[Counts]) -> Counts:
    """The counts of all of these."""
    found: dict[Seen, int] = defaultdict(int)
    for counts in many:
        for one, number in counts.items():
            found[one] += number
    return found


def _said(name: str, value: Any, words: Vocabulary) -> Text:
    if name == "kind":
        return words.name("kind", value)
    if name in words.flags and isinstance(value, bool):
        flag = said(words.flags[name], name)
        return flag if value else Text(f"非{flag.zh}", f"not {flag.en}")
    if not value:
        return UNFINISHED if name in ("month", QUARTER) else NO_ITEM
    return same(str(value))
