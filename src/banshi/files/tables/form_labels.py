"""What may stand on forms of a sort: labels of values, titles of groups, headings of tables, and what else is printed there."""

import re
from collections.abc import Collection, Mapping, Sequence
from itertools import islice

from banshi.files.tables.cells import plain_text
from banshi.files.tables.grids import Grid, GridRow
from banshi.files.tables.headings import heading
from banshi.files.tables.listings import Leaf, Listing, Way

Label = tuple[Listing, Leaf]
UNIT = re.compile(r"亿元|百万元|万元|千元")
ROW_NUMBERS = {"序号", "行号"}
_NAME = re.compile(r"[^:=\d]+?(?=\s*(?:[:=]|[-+]?\d))")
_TO_FILL_IN = re.compile(r"[\s_年月日时分元万亿.…—-]*")  # what a blank leaves free: 年  月  日
_FEWEST, _SURE = 2, 4  # values that a row of headings names at least: under the title of its table; without one


class FormLabels:
    """What may stand on forms of a sort: the labels of single values, the titles of groups, the headings of tables."""

    def __init__(
        self,
        outer: Sequence[Listing],
        inner: Sequence[Listing],
        sections: Mapping[str, str],
        printed: Mapping[str, Collection[Way]] | None = None,
        hints: Collection[str] = (),
    ) -> None:
        """``outer``: listings whose one entry the form is; ``inner``: the tables in it.

        ``sections``: other titles of groups and tables, each with the one that it stands for. ``printed``: what
        stands on the blank form, with the ways that each text labels there. ``hints``: what its comments say.
        """
        self.hints = frozenset(hints)
        self._exactly = {plain_text(text) for text in printed or {}}
        self.printed = {heading(text): ways for text, ways in (printed or {}).items()}
        self.outer, self.inner = outer, inner
        self.sections = {heading(title): heading(own) for title, own in sections.items()}
        self.titles = {heading(each.title): each for each in inner}
        grouped = [(listing, leaf) for listing in outer for leaf in listing.leaves if leaf.groups]
        self.groups = {heading(group) for _, leaf in grouped for group in leaf.groups}
        self.groups |= {*self.titles, *self.sections.values()}
        self.within: dict[str, dict[str, Label]] = {}  # by the title of a group, labels that mean a value of it
        for listing, leaf in grouped:
            own = self.within.setdefault(heading(leaf.groups[-1]), {})
            own.setdefault(heading(leaf.field.title), (listing, leaf))
        self.anywhere: dict[str, Label] = {}
        for listing in reversed(outer):
            self.anywhere.update({name: (listing, leaf) for name, leaf in listing.names.items()})
        self.by_way = {(*each.way, *leaf.way): (each, leaf) for each in reversed(outer) for leaf in each.leaves}

    def prints(self, cell: str) -> bool:
        """Whether a text stands on the blank form to the letter."""
        return plain_text(cell) in self._exactly

    def label(self, name: str, section: str) -> Label | None:
        """What a label means: within the section that it stands in first."""
        if found := self.within.get(section, {}).get(name):
            return found
        # Who fills it in may stand in brackets behind a label that has brackets of its own.
        return next(
            (found for each in (name, UNIT.sub("", name), heading(name)) if (found := self.anywhere.get(each))),
            None,
        )

    def another(self, name: str, label: Label, section: str) -> Leaf | None:
        """The value that the label beside a named cell means, where that is another one."""
        listing, leaf = label
        meant = {heading(each) for each in (leaf.name, leaf.field.title, *leaf.also)}
        own = (*listing.way, *leaf.way) in self.printed.get(name, ())
        if own or name in meant or listing.names.get(name) is leaf:
            return None
        found = self.label(name, section)
        return None if found is None or found[1].way == leaf.way else found[1]

    def says_more(self, cell: str, label: Label) -> str:
        """What a label says behind its name, as 本次净额：400000 does; "" where it says no more."""
        listing, leaf = label
        way = (*listing.way, *leaf.way)
        named = (name for name, ways in self.printed.items() if way in ways)
        names = {leaf.name, leaf.field.title, *leaf.also, *named}
        if self.prints(cell) or heading(cell) in map(heading, names):
            return ""
        for name in sorted(names, key=len, reverse=True):
            if found := re.match(
                rf"{re.escape(plain_text(name))}(?:[:=]\s*(?=[^\s(\[])|\s*(?=[-+]?\d))(.*)", plain_text(cell)
            ):
                more = re.sub(r"[(\[][^()\[\]]*[)\]]$", "", found[1]).strip()
                return "" if _TO_FILL_IN.fullmatch(more) else more
        return ""

    def begun(self, cell: str, section: str) -> tuple[Label, str] | None:
        """The value that a cell both names and states, and what it states."""
        name = _NAME.match(plain_text(cell))
        label = self.label(heading(name[0]), section) if name else None
        more = self.says_more(cell, label) if label else ""
        return (label, more) if label and more else None

    def titled(self, said: Sequence[tuple[int, str]], section: str) -> int:
        """How many cells the title of a group takes: it stands alone, or merged beside what is neither label nor heading; else 0."""
        first = said[0][1] if said else ""
        run = next((n for n, (_, name) in enumerate(said) if name != first), len(said))
        is_title = self.sections.get(first, first) in self.groups and (run > 1 or run == len(said))
        known = any(self.label(name, section) or name in each.names for _, name in said[run:] for each in self.inner)
        return run if is_title and not known else 0

    def head(self, said: Sequence[tuple[int, str]], section: str) -> tuple[Listing, dict[Way, int]] | None:
        """The table whose headings a row holds, all of its cells being such."""
        different = {name for _, name in said}
        titled = self.titles.get(section)
        asked = [titled] if titled else self.inner
        best: tuple[Listing, dict[Way, int]] | None = None
        for listing in asked:
            names = listing.own_names if len(asked) == 1 else listing.names
            if not different - ROW_NUMBERS <= names.keys():
                continue
            found = {names[name].way: n for n, name in reversed(said) if name in names}
            asks = sum(leaf.field.required for leaf in listing.leaves)
            fewest = _FEWEST if len(asked) == 1 else max(_FEWEST, min(asks, _SURE))
            if len(found) >= fewest and (best is None or len(found) > len(best[1])):
                best = (listing, found)
        return best


def _way_of(cell: str, outer: Sequence[Listing]) -> Way | None:
    """The way of the value that a cell names."""
    name = heading(cell)
    return next((listing.names[name].way for listing in reversed(outer) if name in listing.names), None)


def labels_in(cells: Sequence[str], outer: Sequence[Listing]) -> int:
    """How many values of the outer listings some cells name."""
    return len({_way_of(cell, outer) for cell in cells} - {None})


_BESIDE = 4  # labels next to each other, which on a form have values between them
_TOP = 10  # rows in which headings stand


def row_of_labels(grid: Grid, outer: Sequence[Listing]) -> GridRow | None:
    """The row at the top of a sheet that is nothing but headings, each column under another: no form has one of its own labels."""
    if grid.named():
        return None
    for row in islice(grid.rows(), _TOP):
        ways = [_way_of(cell, outer) for cell in row.cells]
        if _longest_run(ways) >= _BESIDE:
            return row
    return None


def _longest_run(ways: Sequence[Way | None]) -> int:
    """How many different values are named in neighbouring cells."""
    longest, run = 0, list[Way]()
    for way in ways:
        run = [] if way is None or way in run else [*run, way]
        longest = max(longest, len(run))
    return longest
