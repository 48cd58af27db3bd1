"""YAML by libyaml's events: values or marks, with limits on depth and alias expansion, and no recursion.

Working from events (instead of a loader) keeps every scalar as written and stops hostile input before it grows:
nesting is counted as it opens, an alias costs what it stands for, merge keys and type tags are refused.
"""

from collections.abc import Iterator
from typing import Any

import yaml
from msgspec import Struct, field
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from banshi.base.limits import MAX_ALIASED_NODES, MAX_DEPTH, MAX_DIGITS, MAX_FINDINGS
from banshi.base.patterns import late
from banshi.files.documents import KeyMark, Place, PlaceTree, lines_of
from banshi.files.findings import Route
from banshi.files.yaml_faults import (
    ALIAS_BOMB,
    COMPLEX_KEY,
    MERGE,
    SELF_REFERENCE,
    SEVERAL,
    UNKNOWN_ALIAS,
    TooMuch,
    YamlFault,
    duplicate,
    fault,
    no_value,
    position,
    refused_tag,
    syntax,
    too_deep,
    unseen,
)
from banshi.files.yaml_parsers import next_event_of
from banshi.files.yaml_text import UNSEEN, StandIns, seen, stand_ins, unseen_in

_INTEGER = late(rf"-?(?:0|[1-9][0-9]{{0,{MAX_DIGITS - 1}}})\Z")
_NO_VALUE = late(r"(?:[-+]?(?:NaN|Infinity|\.(?:nan|NaN|NAN|inf|Inf|INF))|None|undefined)\Z")
_NULLS = frozenset(("", "~", "null", "Null", "NULL"))
_BOOLEANS = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}


class YamlFaults(Struct):
    """What is wrong but leaves the rest readable: the first ``most`` (None: all), and how many more there are.

    ``doubtful``: the routes to every value that nobody may rely on for it, those of the unlisted ones too. ``blanks``:
    whether any value may be left blank.
    """

    most: int | None = MAX_FINDINGS
    listed: list[YamlFault] = field(default_factory=list)
    left: int = 0
    doubtful: dict[Route, None] = field(default_factory=dict)
    blanks: bool = True

    def room(self) -> bool:
        """Whether one more is listed; it is counted either way."""
        if self.most is None or len(self.listed) < self.most:
            return True
        self.left += 1
        return False


class _Frame(Struct):
    """A container being filled; ``key`` is the mapping key that waits for its value."""

    container: Any
    marks: Any
    event: Any
    anchor: str | None
    nodes_before: int
    height: int = 1  # levels from here down
    key: str | None = None
    key_event: Any = None


class _Anchored(Struct):
    value: Any
    mark: PlaceTree | None
    nodes: int
    height: int = 0
    complete: bool = False


class _Builder(Struct):
    """Builds plain values, and marks when asked, from one document's events."""

    text: str
    with_marks: bool
    stand_ins: StandIns | None
    escapes: bool  # some of the text may not be what the parser takes it for
    faults: YamlFaults
    stack: list[_Frame] = field(default_factory=list)
    anchors: dict[str, _Anchored] = field(default_factory=dict)
    nodes: int = 0
    aliased: int = 0
    root: Any = None
    root_mark: PlaceTree | None = None
    doubts: list[tuple[Any, str | int]] = field(default_factory=list)  # containers, and where in them

    def doubt(self, key: str | None = None) -> None:
        """The value that comes next in the open container; in a mapping where no key waits, what ``key`` leads to."""
        frame = self.stack[-1] if self.stack else None
        if frame is None:
            self.faults.doubtful[()] = None
        elif type(frame.container) is list:
            self.doubts.append((frame.container, len(frame.container)))
        else:
            self.doubts.append((frame.container, frame.key if frame.key is not None else key or ""))

    def scalar(self, event: Any) -> None:
        self.nodes += 1
        text, frame = event.value, self.stack[-1] if self.stack else None
        if self.escapes:
            text = self._written(event)
        if frame is not None and type(frame.container) is dict and frame.key is None:
            self._key(frame, text, event)
            return
        if event.tag not in (None, "!", "tag:yaml.org,2002:str"):
            raise refused_tag(event)
        value = text
        if event.implicit[0] and not event.style:
            value = plain_value(text)
            if _NO_VALUE.match(text):
                self.doubt()
                if self.faults.room():
                    self.faults.listed.append(no_value(event))
        mark = _scalar_mark(event) if self.with_marks else None
        if event.anchor:
            self.anchors[event.anchor] = _Anchored(value, mark, 1, complete=True)
        self._put(value, mark)

    def _written(self, event: Any) -> str:
        """The value of a scalar, without what the parser would take otherwise than YAML 1.2 or cannot be shown."""
        text: str = event.value
        if self.stand_ins:
            text = self.stand_ins.quoted(text) if event.style == '"' else self.stand_ins.plain(text)
        if event.style != '"' or not UNSEEN.search(text):
            return text
        start, end = event.start_mark.index, event.end_mark.index
        for offset, character in unseen_in(self.text[start:end]):
            if self.faults.room():
                before = lines_of(self.text[start : start + offset])
                line, column = position(event.start_mark)
                column = len(before[-1]) + (column if len(before) == 1 else 1)
                self.faults.listed.append(unseen(character, line + len(before) - 1, column))
        self.doubt(seen(text))
        return seen(text)

    def _key(self, frame: _Frame, text: str, event: Any) -> None:
        if text == "<<" and not event.style:
            raise fault("input/merge-key", event, MERGE)
        if text in frame.container:
            self.doubt(text)
        if text in frame.container and self.faults.room():
            self.faults.listed.append(duplicate(text, *position(event.start_mark)))
        frame.key, frame.key_event = text, event

    def open(self, event: Any, container: Any) -> None:
        self.nodes += 1
        if len(self.stack) >= MAX_DEPTH:
            raise too_deep(*position(event.start_mark))
        if self.stack and type(self.stack[-1].container) is dict and self.stack[-1].key is None:
            raise fault("input/syntax", event, COMPLEX_KEY)
        if event.tag not in (None, "!", "tag:yaml.org,2002:map", "tag:yaml.org,2002:seq"):
            raise refused_tag(event)
        marks: Any = type(container)() if self.with_marks else None
        if event.anchor:
            self.anchors[event.anchor] = _Anchored(container, None, 0)
        self.stack.append(_Frame(container, marks, event, event.anchor, self.nodes + self.aliased))

    def close(self) -> None:
        frame = self.stack.pop()
        if self.anchors and self.stack:
            self.stack[-1].height = max(self.stack[-1].height, frame.height + 1)
        mark = None
        if self.with_marks:
            line, column = position(frame.event.start_mark)
            mark = PlaceTree(line, column, column + 1, frame.marks)
        if frame.anchor:
            anchored = self.anchors[frame.anchor]
            anchored.mark, anchored.complete, anchored.height = mark, True, frame.height
            anchored.nodes = self.nodes + self.aliased - frame.nodes_before + 1
        self._put(frame.container, mark)

    def alias(self, event: Any) -> None:
        anchored = self.anchors.get(event.anchor)
        if anchored is None:
            raise fault("input/syntax", event, UNKNOWN_ALIAS)
        if not anchored.complete:
            raise fault("input/self-reference", event, SELF_REFERENCE)
        self.aliased += anchored.nodes
        if self.aliased > MAX_ALIASED_NODES:
            raise TooMuch("input/alias-expansion", *position(event.start_mark), *ALIAS_BOMB)
        if len(self.stack) + anchored.height > MAX_DEPTH:
            raise too_deep(*position(event.start_mark))
        frame = self.stack[-1] if self.stack else None
        if frame is not None:
            frame.height = max(frame.height, anchored.height + 1)
            if type(frame.container) is dict and frame.key is None:
                raise fault("input/syntax", event, COMPLEX_KEY)
        # The alias keeps its own place: a problem in it is shown where it is used.
        mark = PlaceTree(*_place(event)[:3], anchored.mark.children) if anchored.mark else None
        self._put(anchored.value, mark)

    def _put(self, value: Any, mark: PlaceTree | None) -> None:
        if not self.stack:
            self.root, self.root_mark = value, mark
            return
        frame = self.stack[-1]
        if type(frame.container) is list:
            frame.container.append(value)
            if mark is not None:
                frame.marks.append(mark)
            return
        key = frame.key
        assert key is not None
        if key not in frame.container:
            frame.container[key] = value
            if mark is not None:
                frame.marks[key] = KeyMark(_place(frame.key_event), mark)
        frame.key = None


def parse_values(text: str, most: int | None = MAX_FINDINGS) -> tuple[Any, YamlFaults]:
    """The plain value of the only document in ``text``, and faults that left the rest readable (``most`` are listed).

    Raises ``YamlFault`` (or its kind ``TooMuch``) where nothing can be made of the text.
    """
    builder = _build(text, with_marks=False, most=most)
    builder.faults.doubtful.update(dict.fromkeys(_routes(builder.root, builder.doubts)))
    return builder.root, builder.faults


def _routes(root: Any, doubts: list[tuple[Any, str | int]]) -> Iterator[Route]:
    """The routes to places in containers; a container that aliases stand for has as many."""
    wanted: dict[int, dict[str | int, None]] = {}
    for container, key in doubts:
        wanted.setdefault(id(container), {})[key] = None
    waiting: list[tuple[Any, Route]] = [(root, ())] if wanted else []
    while waiting:
        container, route = waiting.pop()
        yield from ((*route, key) for key in wanted.get(id(container), ()))
        inner = container.items() if type(container) is dict else enumerate(container)
        waiting += [(value, (*route, key)) for key, value in inner if type(value) in (dict, list)]


def parse_marks(text: str) -> PlaceTree:
    """The tree of places of the same document."""
    return _build(text, with_marks=True).root_mark or PlaceTree(1, 1, 1, None)


def _build(text: str, *, with_marks: bool, most: int | None = 0) -> _Builder:
    replaced = stand_ins(text)
    escapes = replaced is not None or "\\" in text
    builder, documents = _Builder(text, with_marks, replaced, escapes, YamlFaults(most)), 0
    try:
        next_event = next_event_of(replaced.text if replaced else text)
        while True:
            event = next_event()
            kind = type(event)
            if kind is ScalarEvent:
                builder.scalar(event)
            elif kind is MappingStartEvent:
                builder.open(event, {})
            elif kind is SequenceStartEvent:
                builder.open(event, [])
            elif kind is MappingEndEvent or kind is SequenceEndEvent:
                builder.close()
            elif kind is AliasEvent:
                builder.alias(event)
            elif kind is DocumentStartEvent:
                documents += 1
                if documents > 1:
                    builder.faults.listed.append(fault("input/several-documents", event, SEVERAL))
                    builder.faults.doubtful[()] = None
                    return builder
            elif kind is StreamEndEvent:
                return builder
    except (yaml.YAMLError, UnicodeEncodeError) as error:
        own = _too_deep(error, text) if _parsers_own_limit(error) else syntax(error, text)
        raise own from None


def _parsers_own_limit(error: Exception) -> bool:
    said = str(getattr(error, "problem", "")).lower()
    return "maximum" in said and "nesting" in said


def _too_deep(error: Any, text: str) -> YamlFault:
    """Where our own limit was passed, when a parser that looks ahead of its events met one of its own first."""
    before = text[: min(error.problem_mark.index, len(text) - 1)]
    try:
        _build(before, with_marks=False)
    except TooMuch as fault:
        return fault
    except YamlFault:  # cut off there, the text is no longer sound
        pass
    return too_deep(*position(error.problem_mark))


def plain_value(text: str) -> str | int | bool | None:
    """What a plain (unquoted) scalar means; anything but a whole number, true, false or null stays text."""
    if text in _NULLS:
        return None
    if text in _BOOLEANS:
        return _BOOLEANS[text]
    return int(text) if _INTEGER.match(text) else text


def _end(event: Any) -> int:
    start, end = event.start_mark, event.end_mark
    return int(end.column + 1) if end.line == start.line else int(start.column + 2)


def _place(event: Any) -> Place:
    return Place(*position(event.start_mark), _end(event))


def _scalar_mark(event: Any) -> PlaceTree:
    return PlaceTree(*position(event.start_mark), _end(event), None)
