"""The styles part with fills for marks: each style of a marked cell once more, with the fill of its mark."""

from msgspec import Struct, field

from banshi.files.findings import Severity
from banshi.output.annotating.spans import Edit, ElementSpan, edited, inside_end, spans, with_attribute

_COLOURS = {Severity.ERROR: "FFFFC7CE", Severity.WARNING: "FFFFEB9C", Severity.NOTE: "FFDDEBF7"}


class MarkedStyles(Struct):
    """A styles part while marks are added. ``data`` is empty where the workbook has none: then nothing is coloured."""

    data: bytes
    _fills: dict[Severity, int] = field(default_factory=dict)
    _formats: list[bytes] = field(default_factory=list)
    _made: dict[tuple[int, Severity], int] = field(default_factory=dict)
    _own: list[ElementSpan] = field(default_factory=list)
    _count: int = 0
    _text: int | None = None

    def __post_init__(self) -> None:
        if not self.data:
            return
        found = spans(self.data, "cellXfs", "xf", "fills", "fill")
        outer = next((span for span in found if span.name == "cellXfs"), None)
        if outer is not None:
            self._own = [s for s in found if s.name == "xf" and outer.start < s.start < outer.end]
            self._own.sort(key=lambda span: span.start)
        self._count = len(self._own)

    def marked(self, style: int, severity: Severity) -> int | None:
        """The style of a cell with the fill of a mark."""
        if not 0 <= style < len(self._own):
            return None
        key = (style, severity)
        if key not in self._made:
            span = self._own[style]
            tag = with_attribute(self.data[span.start : span.opened], "fillId", str(self._fill(severity)))
            tag = with_attribute(tag, "applyFill", "1")
            self._made[key] = self._add(tag + self.data[span.opened : span.end])
        return self._made[key]

    def text(self) -> int | None:
        """A style for what is said: text, in several lines."""
        if self._text is None and self._own:
            p = self._own[0].prefix
            self._text = self._add(
                f'<{p}xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" '
                f'applyAlignment="1"><{p}alignment vertical="top" wrapText="1"/></{p}xf>'.encode()
            )
        return self._text

    def _add(self, made: bytes) -> int:
        self._formats.append(made)
        return self._count + len(self._formats) - 1

    def _fill(self, severity: Severity) -> int:
        if severity not in self._fills:
            own = [span for span in spans(self.data, "fills", "fill") if span.name == "fill"]
            self._fills[severity] = len(own) + len(self._fills)
        return self._fills[severity]

    def whole(self) -> bytes:
        """The part with what was added."""
        if not self._formats:
            return self.data
        edits: list[Edit] = []
        for span in spans(self.data, "fills", "cellXfs"):
            if span.name == "fills":
                edits += self._counted(span, [_fill_of(span.prefix, each) for each in self._fills])
            else:
                edits += self._counted(span, self._formats)
        return b"".join(edited(self.data, edits))

    def _counted(self, span: ElementSpan, more: list[bytes]) -> list[Edit]:
        if not more:
            return []
        count = int(span.attributes.get("count", "0") or 0) + len(more)
        tag = with_attribute(self.data[span.start : span.opened], "count", str(count))
        return [(span.start, span.opened, tag), *inside_end(span, self.data, b"".join(more))]


def _fill_of(prefix: str, severity: Severity) -> bytes:
    p, colour = prefix, _COLOURS[severity]
    return (
        f'<{p}fill><{p}patternFill patternType="solid"><{p}fgColor rgb="{colour}"/><{p}bgColor indexed="64"/>'
        f"</{p}patternFill></{p}fill>"
    ).encode()
