"""A document that was read: its data, and the line and column of any place in it."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any, NamedTuple, Protocol

from msgspec import Struct, field

from banshi.base.patterns import late
from banshi.base.text import Text
from banshi.files.findings import Route

_LINE_END = late(r"\r\n|\r|\n")
_LINE = late(r"[^\r\n]*(?:\r\n|\r|\n)?")


def lines_of(text: str) -> list[str]:
    """The lines as editors and code hosts count them: U+0085, U+2028 and the like end none, a lone CR does."""
    return _LINE_END.split(text)


def lines_with_ends(text: str) -> list[str]:
    """The same lines, each with its end; joined they are the text."""
    return [line for line in _LINE.findall(text) if line]


class Place(NamedTuple):
    """A span in a file: line and columns from 1, in characters; ``end_column`` is exclusive.

    ``sheet``: of a workbook, the sheet; line and column are then those of the cell.
    """

    line: int
    column: int
    end_column: int
    sheet: str = ""


class Mark(Protocol):
    """Where a value stands, and the marks of what it contains (by key for a mapping, in order for a sequence)."""

    @property
    def line(self) -> int: ...  # noqa: D102
    @property
    def column(self) -> int: ...  # noqa: D102
    @property
    def end_column(self) -> int: ...  # noqa: D102
    @property
    def children(self) -> "Mapping[str, KeyMark] | Sequence[Mark] | None": ...  # noqa: D102


class PlaceTree(NamedTuple):
    """Where a value stands, and the marks of what it contains (a dict for a mapping, a list for a sequence)."""

    line: int
    column: int
    end_column: int
    children: "dict[str, KeyMark] | list[PlaceTree] | None"


class KeyMark(NamedTuple):
    """Where a mapping's key stands, and the mark of its value."""

    key: Place
    value: Mark


class Document(Struct):
    """Plain data (dict, list, str, int, bool, None: decimals and dates stay text) and a way to its places.

    ``broken``: indexes of a ledger's changes whose shape is wrong. ``astray``: where the parts of a register deviate from
    their shape. ``doubtful``: where a value stands that nobody may rely on (a key written twice, characters that cannot be
    seen); the empty route: more stands behind the document. ``understood``: values that were not written canonically
    (``understanding.Understood``). ``renamed``: routes whose last key stands otherwise in the file. ``strange``: what stood
    under keys at its top that nobody knows, set aside where the kind can weigh what they bear on; ``lost``: keys of the kind's ``head``
    that are wrong or lacking; ``aside``: all such keys, at any depth, and values that are wrong; ``unstated``: what nobody may rely on therefore; ``filled``: the data with something in
    the place of that, where something must be. ``blanks``: whether any value may be left blank. ``find_marks`` is called only
    when a place is asked for, so that a file without problems never pays for it.
    """

    path: str
    data: Any
    find_marks: Callable[[], Mark]
    text: str
    first_line: int = 1
    broken: frozenset[int] = frozenset()
    astray: tuple[Route, ...] = ()
    doubtful: tuple[Route, ...] = ()
    understood: tuple[Any, ...] = ()
    renamed: dict[Route, str] = field(default_factory=dict)
    strange: dict[str, Any] = field(default_factory=dict)
    lost: frozenset[str] = frozenset()
    aside: frozenset[Route] = frozenset()
    unstated: frozenset[Route] = frozenset()
    blanks: bool = True
    filled: Any = None
    _written: Any = None
    _marks: Mark | None = None
    _lines: list[str] | None = None

    @property
    def marks(self) -> Mark:
        """The tree of marks, made on first use."""
        if self._marks is None:
            self._marks = self.find_marks()
        return self._marks

    def place(self, route: Route, at_key: bool = False) -> Place:
        """The place of the value (or key) that ``route`` leads to; of the nearest parent where it leads nowhere."""
        mark, key = self.marks, None
        for depth, step in enumerate(route):
            found = _step(mark, self.renamed.get(route[: depth + 1], step))
            if found is None:
                # What is missing has no place of its own: point at the key that should hold it.
                return key if depth and key else Place(mark.line, mark.column, mark.end_column)
            key, mark = found
        if at_key and key:
            return key
        if mark.children is not None and key:
            return key
        return Place(mark.line, mark.column, mark.end_column)

    def set_aside(self, keys: Iterable[str]) -> None:
        """Leave out what stands under keys at its top that nobody knows."""
        self.strange = {key: self.data[key] for key in keys}
        self.set_aside_within(frozenset((key,) for key in self.strange), frozenset())

    def lose(self, keys: Mapping[str, Any]) -> None:
        """Leave out what is wrong under keys at its top; their values here stand in its place (None: nothing does)."""
        whole, self.lost = self.whole, frozenset(keys)
        rest = {key: value for key, value in self.data.items() if key not in keys}
        self.aside |= {(key,) for key in keys}
        self.data = rest | {key: value for key, value in keys.items() if value is not None}
        self._written = whole

    def set_aside_within(self, routes: frozenset[Route], unstated: frozenset[Route]) -> None:
        """Leave out what stands at these routes, the last step of each a key; a value may not be there."""
        self.aside, self.unstated = routes, unstated
        self._written, self.data = self.data, _without(self.data, self.aside, ())

    @property
    def to_type(self) -> Any:
        """Its data as a typed value can be made of it, of which what is ``unstated`` must never be read."""
        return self.data if self.filled is None else self.filled

    @property
    def whole(self) -> Any:
        """Its data with what was set aside."""
        return self.data if self._written is None else self._written

    def lies_aside(self, route: Route) -> bool:
        """Whether what a route leads to was set aside."""
        return bool(self.aside) and any(route[:n] in self.aside for n in range(1, len(route) + 1))

    def source(self, place: Place) -> str:
        """The text that stands where a place is."""
        return self.line(place.line)

    def said(self, where: Route, message: Text) -> Text:  # noqa: ARG002 - files of text are shown with their line
        """A message about the value at a route, in the terms of this sort of document."""
        return message

    def name_of(self, way: Route) -> str:
        """What a part is called, by the keys that lead to it."""
        return ".".join(map(str, way))

    def in_words(self, text: Text) -> Text:
        """What to do, in the terms of this sort of document."""
        return text

    def line(self, number: int) -> str:
        """The text of a line of the file, or an empty string."""
        if self._lines is None:
            self._lines = lines_of(self.text)
        index = number - self.first_line
        return self._lines[index] if 0 <= index < len(self._lines) else ""


def _without(data: Any, aside: Collection[Route], at: Route) -> Any:
    if isinstance(data, dict):
        return {k: _without(v, aside, (*at, k)) for k, v in data.items() if (*at, k) not in aside}
    if isinstance(data, list):
        return [_without(value, aside, (*at, n)) for n, value in enumerate(data)]
    return data


def shifted(mark: Mark, lines: int) -> Mark:
    """The same marks, ``lines`` lines further down."""
    return _shifted(mark, lines) if lines else mark


def _shifted(mark: Mark, lines: int) -> PlaceTree:
    children: dict[str, KeyMark] | list[PlaceTree] | None = None
    if isinstance(mark.children, dict):
        children = {
            name: KeyMark(key._replace(line=key.line + lines), _shifted(value, lines))
            for name, (key, value) in mark.children.items()
        }
    elif isinstance(mark.children, list):
        children = [_shifted(child, lines) for child in mark.children]
    return PlaceTree(mark.line + lines, mark.column, mark.end_column, children)


def _step(mark: Mark, step: str | int) -> tuple[Place | None, Mark] | None:
    children = mark.children
    if isinstance(children, dict) and isinstance(step, str) and step in children:
        found: tuple[Place | None, Mark] = children[step]
        return found
    if isinstance(children, list) and isinstance(step, int) and 0 <= step < len(children):
        return None, children[step]
    return None
