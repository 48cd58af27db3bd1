"""Who splits YAML into events: libyaml, or PyYAML's own parser where there is no build of libyaml (in a browser, say).

Both follow the same algorithm. Where they differ, libyaml is right here: the words and places of its complaints are what the
messages are made of, so those of the other are put into its words.
"""

# mypy: disable-error-code="no-untyped-call"
import re
from collections.abc import Callable
from functools import lru_cache
from itertools import count
from typing import Any

from yaml.error import Mark, MarkedYAMLError, YAMLError
from yaml.parser import Parser
from yaml.reader import Reader
from yaml.scanner import Scanner, ScannerError
from yaml.tokens import FlowEntryToken, FlowMappingEndToken, FlowSequenceEndToken, ScalarToken

try:
    from yaml.cyaml import CParser  # type: ignore[attr-defined]
except ImportError:  # no build of it for this machine
    CParser = None  # type: ignore[assignment,misc]


def next_event_of(text: str) -> Callable[[], Any]:
    """What gives the events of a text one by one. It raises ``yaml.YAMLError``."""
    if CParser is not None:
        found: Callable[[], Any] = CParser(text).get_event
        return found
    return (_events(text) if len(text) <= _REMEMBERED else _Events(text)).again()


class _Events:
    """The events of a text as PyYAML's own parser gives them, each made once: values are read first, places may be asked for later."""

    def __init__(self, text: str) -> None:
        self._parser = _Plain(text)
        self._made: list[Any] = []

    def again(self) -> Callable[[], Any]:
        """What gives them from the first on."""
        return map(self._at, count()).__next__

    def _at(self, place: int) -> Any:
        if place == len(self._made):
            try:
                self._made.append(self._parser.next_event())
            except YAMLError as error:
                self._made.append(error)
        found = self._made[place]
        if isinstance(found, YAMLError):
            raise found
        return found


_REMEMBERED = 1 << 20  # characters of the text whose events stay in memory until another is read
_events = lru_cache(maxsize=1)(_Events)


_BREAKS = "\r\n\x85\u2028\u2029"
_ENDS = f"\0 \t{_BREAKS}"


class _Plain(Reader, Scanner, Parser):
    """PyYAML's own parser, reading and complaining as libyaml does."""

    def __init__(self, text: str) -> None:
        Reader.__init__(self, text)
        Scanner.__init__(self)
        Parser.__init__(self)

    def next_event(self) -> Any:
        """The next one."""
        try:
            return self.get_event()
        except MarkedYAMLError as error:
            error.problem = _as_libyaml(error.problem or "", error.context or "")
            raise

    def forward(self, length: int = 1) -> None:
        """A byte-order mark within a line takes a column, as any character does."""
        marks = self.prefix(length).count("\ufeff") if self.index else 0
        Reader.forward(self, length)
        self.column += marks

    def process_empty_scalar(self, mark: Mark) -> Any:
        """What is left out between brackets stands where the next token does."""
        in_brackets = self.check_token(FlowEntryToken, FlowMappingEndToken, FlowSequenceEndToken)
        return Parser.process_empty_scalar(self, self.peek_token().start_mark if in_brackets else mark)

    def scan_to_next_token(self) -> None:
        """Tabs are blanks, but where they would indent."""
        while True:
            if self.column == 0 and self.peek() == "\ufeff":
                self.forward()
            while self.peek() == " " or (self.peek() == "\t" and (self.flow_level or not self.allow_simple_key)):
                self.forward()
            if self.peek() == "#":
                while self.peek() not in f"\0{_BREAKS}":
                    self.forward()
            if not self.scan_line_break():
                return
            if not self.flow_level:
                self.allow_simple_key = True

    def scan_plain(self) -> ScalarToken:
        """A scalar without quotes: tabs may stand in it, in brackets question marks too."""
        start = end = self.get_mark()
        said, between, indent, folded = "", "", self.indent + 1, False
        while self.peek() != "#" and not self._document_ends():
            length = self._word(start)
            if not length:
                break
            said += between + self.prefix(length)
            self.forward(length)
            self.allow_simple_key = False
            end = self.get_mark()
            between, folded = self._between(indent, start)
            if not between or (not self.flow_level and self.column < indent):
                break
        if folded:
            self.allow_simple_key = True
        return ScalarToken(said, True, start, end)

    def _document_ends(self) -> bool:
        return self.column == 0 and self.prefix(3) in ("---", "...") and self.peek(3) in _ENDS

    def _word(self, start: Mark) -> int:
        """How many characters there are up to a blank, or to what ends a scalar."""
        length = 0
        while (character := self.peek(length)) not in _ENDS:
            after = self.peek(length + 1)
            if character == ":" and self.flow_level and after in ",?[]{}":
                self.forward(length)
                raise ScannerError("while scanning a plain scalar", start, "found unexpected ':'", self.get_mark())
            if (character == ":" and after in _ENDS) or (self.flow_level and character in ",[]{}"):
                break
            length += 1
        return length

    def _between(self, indent: int, start: Mark) -> tuple[str, bool]:
        """The blanks or the folded lines after a word, as they count in the scalar; whether a line was left."""
        blanks = ""
        breaks: list[str] = []
        while self.peek() in f" \t{_BREAKS}":
            if self.peek() in " \t":
                if breaks and self.peek() == "\t" and self.column < indent:
                    raise ScannerError("while scanning a plain scalar", start, _TAB, self.get_mark())
                blanks += self.peek()
                self.forward()
            else:
                breaks.append(self.scan_line_break())
        if not breaks:
            return blanks, False
        first, *more = breaks
        return ("".join(more) or " ") if first == "\n" else first + "".join(more), True


_TAB = "found a tab character that violates indentation"
_WORDS = (
    (r"mapping values are not allowed here", "mapping values are not allowed in this context"),
    (r"mapping keys are not allowed here", "mapping keys are not allowed in this context"),
    (r"found unexpected document separator", "found unexpected document indicator"),
    (r"found incompatible YAML document .*", "found incompatible YAML document"),
    (r"sequence entries are not allowed here", "block sequence entries are not allowed in this context"),
    (r"expected (',' or '[}\]]'), but got .*", r"did not find expected \1"),
    (r"expected the node content, but found .*", "did not find expected node content"),
    (r"found character .* that cannot start any token", "found character that cannot start any token"),
    (r"expected '<document start>', but found .*", "did not find expected <document start>"),
    (
        r"expected alphabetic or numeric character, but found .*",
        "did not find expected alphabetic or numeric character",
    ),
    (r"expected escape sequence of \d+ hexadecimal numbers, but found .*", "did not find expected hexdecimal number"),
    (r"found unknown escape character .*", "found unknown escape character"),
    (
        r"expected (a comment or a line break|chomping or indentation indicators), but found .*",
        "did not find expected comment or line break",
    ),
)
_BLOCK_END = {"while parsing a block mapping": "key", "while parsing a block collection": "'-' indicator"}


def _as_libyaml(problem: str, context: str) -> str:
    if problem.startswith("expected <block end>"):
        return f"did not find expected {_BLOCK_END.get(context, 'key')}"
    for pattern, words in _WORDS:
        made, count = re.subn(rf"{pattern}\Z", words, problem, flags=re.DOTALL)
        if count:
            return made
    return problem
