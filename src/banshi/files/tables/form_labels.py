"""What may stand on forms of a sort: labels of values, titles of groups, headings of tables, and what else is printed there."""

from collections.abc import Collection, Mapping, Sequence
from itertools import islice

from banshi.files.tables.cells import plain_text
from banshi.files.tables.grids import Grid, GridRow
from banshi.files.tables.headings import heading
from banshi.files.tables.listings import Leaf, Listing, Way

Label = tuple[Listing, Leaf]


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
