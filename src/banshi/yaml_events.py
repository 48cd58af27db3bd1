"""YAML by libyaml's events: values or marks, with limits on depth and alias expansion, and no recursion.

Working from events (instead of a loader) keeps every scalar as written and stops hostile input before it grows:
nesting is counted as it opens, an alias costs what it stands for, merge keys and type tags are refused.
"""

import re
from dataclasses import dataclass, field
from typing import Any

import yaml
from yaml.cyaml import CParser  # type: ignore[attr-defined]
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

from banshi.documents import KeyMark, Mark, Place
from banshi.text import NOTHING, Text

MAX_DEPTH = 40
MAX_ALIASED_NODES = 10_000

_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]{0,17})\Z")
_NULLS = frozenset(("", "~", "null", "Null", "NULL"))
_BOOLEANS = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}


class YamlFault(Exception):
    """A fault at a place (line and column from 1) that stops the reading, or is collected beside it."""

    def __init__(self, rule: str, line: int, column: int, message: Text, fix: Text = NOTHING) -> None:
        super().__init__(message.en)
        self.rule, self.line, self.column, self.message, self.fix = rule, line, column, message, fix


class TooMuch(YamlFault):
    """The document is deeper, or expands further, than any honest file does."""


@dataclass(slots=True)
class _Frame:
    """A container being filled; ``key`` is the mapping key that waits for its value."""

    container: Any
    marks: Any
    event: Any
    anchor: str | None
    nodes_before: int
    key: str | None = None
    key_event: Any = None


@dataclass(slots=True)
class _Anchored:
    value: Any
    mark: Mark | None
    nodes: int
    complete: bool = False


@dataclass(slots=True)
class _Builder:
    """Builds plain values, and marks when asked, from one document's events."""

    with_marks: bool
    stack: list[_Frame] = field(default_factory=list)
    anchors: dict[str, _Anchored] = field(default_factory=dict)
    faults: list[YamlFault] = field(default_factory=list)
    nodes: int = 0
    aliased: int = 0
    root: Any = None
    root_mark: Mark | None = None

    def scalar(self, event: Any) -> None:
        self.nodes += 1
        text, frame = event.value, self.stack[-1] if self.stack else None
        if frame is not None and type(frame.container) is dict and frame.key is None:
            self._key(frame, text, event)
            return
        if event.tag not in (None, "!", "tag:yaml.org,2002:str"):
            raise _refused_tag(event)
        value = plain_value(text) if event.implicit[0] and not event.style else text
        mark = _scalar_mark(event) if self.with_marks else None
        if event.anchor:
            self.anchors[event.anchor] = _Anchored(value, mark, 1, True)
        self._put(value, mark)

    def _key(self, frame: _Frame, text: str, event: Any) -> None:
        if text == "<<" and not event.style:
            raise _fault("input/merge-key", event, _MERGE)
        if text in frame.container:
            self.faults.append(_duplicate(text, event))
        frame.key, frame.key_event = text, event

    def open(self, event: Any, container: Any) -> None:
        self.nodes += 1
        if len(self.stack) >= MAX_DEPTH:
            raise too_deep(*_position(event.start_mark))
        if self.stack and type(self.stack[-1].container) is dict and self.stack[-1].key is None:
            raise _fault("input/syntax", event, _COMPLEX_KEY)
        if event.tag not in (None, "!", "tag:yaml.org,2002:map", "tag:yaml.org,2002:seq"):
            raise _refused_tag(event)
        marks: Any = type(container)() if self.with_marks else None
        if event.anchor:
            self.anchors[event.anchor] = _Anchored(container, None, 0)
        self.stack.append(_Frame(container, marks, event, event.anchor, self.nodes))

    def close(self) -> None:
        frame = self.stack.pop()
        mark = None
        if self.with_marks:
            line, column = _position(frame.event.start_mark)
            mark = Mark(line, column, column + 1, frame.marks)
        if frame.anchor:
            anchored = self.anchors[frame.anchor]
            anchored.mark, anchored.complete = mark, True
            anchored.nodes = self.nodes + self.aliased - frame.nodes_before + 1
        self._put(frame.container, mark)

    def alias(self, event: Any) -> None:
        anchored = self.anchors.get(event.anchor)
        if anchored is None:
            raise _fault("input/syntax", event, _UNKNOWN_ALIAS)
        if not anchored.complete:
            raise _fault("input/self-reference", event, _SELF_REFERENCE)
        self.aliased += anchored.nodes
        if self.aliased > MAX_ALIASED_NODES:
            raise TooMuch("input/alias-expansion", *_position(event.start_mark), *_ALIAS_BOMB)
        frame = self.stack[-1] if self.stack else None
        if frame is not None and type(frame.container) is dict and frame.key is None:
            raise _fault("input/syntax", event, _COMPLEX_KEY)
        # The alias keeps its own place: a problem in it is shown where it is used.
        mark = Mark(*_place(event), anchored.mark.children) if anchored.mark else None
        self._put(anchored.value, mark)

    def _put(self, value: Any, mark: Mark | None) -> None:
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


def parse_values(text: str) -> tuple[Any, list[YamlFault]]:
    """The plain value of the only document in ``text``, and faults that left the rest readable.

    Raises ``YamlFault`` (or its kind ``TooMuch``) where nothing can be made of the text.
    """
    builder = _build(_PAIR.sub(_paired, text), with_marks=False)
    return builder.root, builder.faults


def parse_marks(text: str) -> Mark:
    """The tree of places of the same document."""
    builder = _build(_PAIR.sub(r"\\u4e00\\u4e00", text), with_marks=True)  # as long as what it stands for
    return builder.root_mark or Mark(1, 1, 1, None)


# JSON writes characters beyond the first plane as two escapes; YAML knows only one.
_PAIR = re.compile(r"\\u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})")


def _paired(match: re.Match[str]) -> str:
    high, low = int(match[1], 16), int(match[2], 16)
    return f"\\U{0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00):08X}"


def _build(text: str, with_marks: bool) -> _Builder:
    builder, documents = _Builder(with_marks), 0
    try:
        next_event = CParser(text).get_event
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
                    builder.faults.append(_fault("input/several-documents", event, _SEVERAL))
                    return builder
            elif kind is StreamEndEvent:
                return builder
    except yaml.YAMLError as error:
        fault = _too_deep(error, text) if _parsers_own_limit(error) else _syntax(error, text)
        raise fault from None


def _parsers_own_limit(error: yaml.YAMLError) -> bool:
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
    return too_deep(*_position(error.problem_mark))


def too_deep(line: int, column: int) -> TooMuch:
    """The fault of nesting more than ``MAX_DEPTH`` levels, at the first place beyond."""
    return TooMuch("input/too-deep", line, column, *_TOO_DEEP)


def plain_value(text: str) -> str | int | bool | None:
    """What a plain (unquoted) scalar means; anything but a whole number, true, false or null stays text."""
    if text in _NULLS:
        return None
    if text in _BOOLEANS:
        return _BOOLEANS[text]
    return int(text) if _INTEGER.match(text) else text


def _position(mark: Any) -> tuple[int, int]:
    return mark.line + 1, mark.column + 1


def _end(event: Any) -> int:
    start, end = event.start_mark, event.end_mark
    return int(end.column + 1) if end.line == start.line else int(start.column + 2)


def _place(event: Any) -> Place:
    return Place(*_position(event.start_mark), _end(event))


def _scalar_mark(event: Any) -> Mark:
    return Mark(*_position(event.start_mark), _end(event), None)


def _fault(rule: str, event: Any, texts: tuple[Text, Text]) -> YamlFault:
    return YamlFault(rule, *_position(event.start_mark), *texts)


def _duplicate(key: str, event: Any) -> YamlFault:
    texts = (
        Text(f"键 {key} 在同一处写了两次，只认第一次", f"the key {key} stands twice here; only the first one counts"),
        Text("留下一个，删去另一个。", "Keep one and delete the other."),
    )
    return _fault("input/duplicate-key", event, texts)


def _refused_tag(event: Any) -> YamlFault:
    texts = (
        Text(f"不支持类型标签 {event.tag}", f"type tags such as {event.tag} are not supported"),
        Text("删去标签，直接写值。", "Delete the tag and write the plain value."),
    )
    return _fault("input/tag", event, texts)


def _syntax(error: yaml.YAMLError, text: str) -> YamlFault:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    said = f"{getattr(error, 'problem', '') or error}"
    line, column = _within(text, *_position(mark)) if mark is not None else _character_place(text)
    if _is_tab(text, line, column):
        return YamlFault("input/tab", line, column, *_TAB)
    slipped = _full_width_colon(text, line)
    if slipped:
        return YamlFault("input/syntax", slipped, _colon_column(text, slipped), *_FULL_WIDTH_COLON)
    zh = next((chinese for english, chinese in _SYNTAX if english in said), "这里不合 YAML 的写法")
    en = said.splitlines()[0] if said else "this is not valid YAML"
    return YamlFault("input/syntax", line, column, Text(zh, en), _SYNTAX_FIX)


def _full_width_colon(text: str, line: int) -> int | None:
    """The line at or just above a fault where a key is followed by a full-width colon."""
    lines = text.splitlines()
    return next((n for n in (line, line - 1) if 0 < n <= len(lines) and _KEY_COLON.match(lines[n - 1])), None)


def _colon_column(text: str, line: int) -> int:
    """The column of the full-width colon in a line."""
    return text.splitlines()[line - 1].index("：") + 1


_KEY_COLON = re.compile(r"\s*(- )?[A-Za-z_]+：")


def _within(text: str, line: int, column: int) -> tuple[int, int]:
    """A place in the text: what is found missing at its very end belongs to the last line."""
    lines = text.splitlines() or [""]
    return (line, column) if line <= len(lines) else (len(lines), len(lines[-1]) + 1)


def _is_tab(text: str, line: int, column: int) -> bool:
    lines = text.splitlines()
    return 0 < line <= len(lines) and lines[line - 1][column - 1 : column] == "\t"


def _character_place(text: str) -> tuple[int, int]:
    """Where a control character stands: libyaml gives a byte offset that does not count lines."""
    found = re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", text)
    before = text[: found.start()] if found else ""
    return before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1


_SYNTAX = (
    ("mapping values are not allowed", "这里不应出现冒号：上一行缩进不齐，或文字里的冒号没有加引号"),
    ("did not find expected key", "这里应是一个键：缩进与同级的键不齐，或上一处引号、括号没有配对"),
    ("did not find expected ',' or '}'", "花括号里缺逗号，或花括号没有闭合"),
    ("did not find expected ',' or ']'", "方括号里缺逗号，或方括号没有闭合"),
    ("did not find expected '-' indicator", "列表里这一行应以“- ”开头，或缩进不齐"),
    ("did not find expected node content", "这里缺内容，或括号没有闭合"),
    ("could not find expected ':'", "键后面缺冒号，或冒号后面缺空格"),
    ("found unexpected end of stream", "文件到此突然结束：引号没有闭合"),
    ("found unexpected document indicator", "引号没有闭合就遇到了文档分隔线"),
    ("found character that cannot start any token", "这个字符不能用在值的开头；请给整个值加引号"),
    ("control characters are not allowed", "含有看不见的控制字符"),
    ("found unknown escape character", "双引号里的反斜杠写法不认识；改用单引号"),
    ("did not find expected alphabetic or numeric character", "& 或 * 后面应是锚点名；若是文字请加引号"),
    ("block sequence entries are not allowed", "列表的“- ”不能写在这里；请换行并缩进"),
    ("did not find expected <document start>", "这里多出了内容：前一部分已经结束"),
    ("found incompatible YAML document", "YAML 版本声明不受支持"),
)
_SYNTAX_FIX = Text(
    "对照上一行检查缩进（用空格）、冒号后的空格和引号、括号是否成对。",
    "Compare with the line above: indent with spaces, a space after each colon, quotes and brackets in pairs.",
)
_FULL_WIDTH_COLON = (
    Text("键后面用了全角冒号（：）", "a key is followed by a full-width colon (：)"),
    Text("改成半角冒号加一个空格，例如 status: approved。", "Write a plain colon and a blank, as in status: approved."),
)
_TAB = (
    Text("这里用了制表符（Tab）缩进", "a tab is used here for indentation"),
    Text("把制表符换成空格，每级缩进两个空格。", "Replace tabs by spaces, two for each level."),
)
_TOO_DEEP = (
    Text(f"嵌套超过 {MAX_DEPTH} 层，没有继续读", f"nested more than {MAX_DEPTH} levels deep; reading stopped"),
    Text("表格没有这么深的层次；检查括号是否成对。", "No form is that deep; check that brackets are paired."),
)
_ALIAS_BOMB = (
    Text("别名（*）展开后内容过多，没有继续读", "the aliases (*) expand to too much; reading stopped"),
    Text("不要用别名，把内容写全。", "Write the content out instead of using aliases."),
)
_SELF_REFERENCE = (
    Text("别名（*）指向包含它自己的内容", "this alias (*) refers to what contains it"),
    Text("不要用别名，把内容写全。", "Write the content out instead of using an alias."),
)
_UNKNOWN_ALIAS = (
    Text("别名（*）没有对应的锚点（&）", "this alias (*) has no anchor (&)"),
    Text("若是普通文字，请加引号。", "If it is plain text, put it in quotes."),
)
_MERGE = (
    Text("不支持合并键 <<", "merge keys (<<) are not supported"),
    Text("把要合并的各键写全。", "Write out the keys that you want to merge."),
)
_COMPLEX_KEY = (
    Text("键应是一个词，不能是列表、映射或别名", "a key must be a word, not a list, a mapping or an alias"),
    Text("若是普通文字，请加引号。", "If it is plain text, put it in quotes."),
)
_SEVERAL = (
    Text(
        "一个文件里有几个文档（---），只检查了第一个", "several documents (---) in one file; only the first was checked"
    ),
    Text("一份内容一个文件，把后面的拆出去。", "Move the later ones to files of their own."),
)
