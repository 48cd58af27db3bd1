"""What of a window could not be read, or may not count, and between what its marks and its total lie all the same.

A part that was not read may say anything that is legible of it allows: the window is scored for what it may say at best
and at worst, so that both ends are totals that the whole file could have led to.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from itertools import product
from math import prod
from typing import TYPE_CHECKING, Any, NamedTuple

from msgspec import Struct, field
from msgspec.structs import replace

from banshi.base.text import Text
from banshi.law.assessment_periods import YearPeriod
from banshi.law.decisions import Decision, Reason
from banshi.subjects.assessment.book import AssessmentBook
from banshi.subjects.assessment.forms import Window
from banshi.subjects.assessment.results import ScoreEntry, ScoreLine, WindowScore, between

if TYPE_CHECKING:
    from banshi.subjects.assessment.walks import Scale

TRIED = 3  # so many unread entries of a list are tried one by one; where there are more, any number may be there
_TOGETHER = 64  # so many ways of completing a window are tried all; of more, the best and the worst part by part


class UnreadEntry(NamedTuple):
    """A bonus or deduction: what of it is legible, and the keys of which only that something stands there is known.

    Not among ``illegible``: what is tried anyhow where it is not legible (fact, day, count, matter or event).
    """

    scale: Scale
    legible: dict[str, Any]
    illegible: frozenset[str] = frozenset()


class UnreadOfWindow(Struct):
    """Of one window: what was not read, and what may not count.

    ``facts``, ``marks``: by slug and sub-item; ``entries``: bonuses and deductions; ``anything``: lists of which any
    number of entries may be missing; ``rest``: whether the same holds of every fact and mark that is not stated.
    ``perhaps``: entries, by their place in their list, that another file lists too and that count in one of the two;
    ``rows``: how many places or rows were not read. ``group``: whether it is not known which group it is of, which bears on no points.
    """

    facts: set[str] = field(default_factory=set)
    marks: set[str] = field(default_factory=set)
    entries: list[UnreadEntry] = field(default_factory=list)
    anything: set[Scale] = field(default_factory=set)
    rest: bool = False
    perhaps: dict[tuple[Scale, int], str] = field(default_factory=dict)
    rows: int = 0
    group: bool = False

    @property
    def bears(self) -> bool:
        """Whether there is anything that a mark or a total may depend on."""
        return bool(self.facts or self.marks or self.entries or self.anything or self.rest or self.perhaps)

    def add(self, entry: UnreadEntry) -> None:
        """Note an entry; of very many, that any may be there."""
        if sum(own.scale == entry.scale for own in self.entries) < TRIED:
            self.entries.append(entry)
        else:
            self.anything.add(entry.scale)

    def add_all(self, other: UnreadOfWindow) -> None:
        """Note what another says too."""
        self.facts |= other.facts
        self.marks |= other.marks
        self.anything |= other.anything
        self.rest |= other.rest
        self.group |= other.group
        self.rows += other.rows
        for entry in other.entries:
            self.add(entry)

    def may_list(self, scale: Scale, fact: str) -> bool:
        """Whether an entry of a fact may be among what was not read of a list."""
        return scale in self.anything or any(
            each.scale == scale and each.legible.get("fact", fact) == fact for each in self.entries
        )

    def facts_of(self, window: Window, book: AssessmentBook) -> set[str]:
        """Every fact that was not read."""
        return self.facts | ({slug for slug in book.sorts if slug not in window.facts} if self.rest else set())

    def marks_of(self, window: Window, book: AssessmentBook) -> set[str]:
        """Every mark that was not read."""
        own = {item.norm.id for item in book.sub_items}
        return self.marks | ({each for each in own if each not in window.marks} if self.rest else set())


Plain = Callable[[Window], WindowScore]


def weakened(
    score: WindowScore, unread: UnreadOfWindow, book: AssessmentBook, period: YearPeriod, plain: Plain
) -> WindowScore:
    """The score with the bounds that what was not read leaves; ``plain`` scores a window as it stands."""
    from banshi.subjects.assessment.completions import completions  # late: nearly every window is read whole

    tried = _tried(score.window, completions(score.window, unread, book, period), plain)
    least, most = min(each.at_least for each in tried), max(each.at_most for each in tried)
    lines = tuple(_line(own, [each.lines[n] for each in tried]) for n, own in enumerate(score.lines))
    bonus, deductions = (_entries(score, scale, unread) for scale in ("bonus", "deduction"))
    score = replace(score, lines=lines, bonus=bonus, deductions=deductions)
    if least == most == score.total.value:
        return score
    reasons = tuple(_reasons(unread, least, most))
    return replace(
        score,
        base=_one(score.base, [each.base for each in tried], reasons),
        bonus_total=_one(score.bonus_total, [each.bonus_total for each in tried], reasons),
        deduction_total=_one(score.deduction_total, [each.deduction_total for each in tried], reasons),
        total=Decision(None, (*reasons, *(score.total.reasons if score.total.value is None else ()))),
        at_least=least,
        at_most=most,
        notes=(*score.notes, *reasons),
    )


Way = Callable[[Window], Window]


def _tried(window: Window, choices: Sequence[Sequence[Way]], plain: Plain) -> list[WindowScore]:
    """The window scored as its parts may be: in every combination, or, of too many, each part after the other."""
    if prod(len(ways) for ways in choices) <= _TOGETHER:
        return [plain(_made(window, ways)) for ways in product(*choices)]
    low = high = window
    tried = [plain(window)]
    for ways in choices:
        below = [plain(way(low)) for way in ways]
        above = below if low is high else [plain(way(high)) for way in ways]
        low = min(below, key=lambda each: each.at_least).window
        high = max(above, key=lambda each: each.at_most).window
        tried += [*below, *above]
    return tried


def _made(window: Window, ways: Iterable[Way]) -> Window:
    for way in ways:
        window = way(window)
    return window


def _line(own: ScoreLine, tried: Sequence[ScoreLine]) -> ScoreLine:
    """A sub-item's line between what it may come to."""
    least, most = min(each.at_least for each in tried), max(each.at_most for each in tried)
    if (least, most) == (own.at_least, own.at_most):
        return own
    span = between(least, most)
    said = Text(f"有没有读出的或不知道计不计的，得分{span.zh}", f"not all was read: {span.en}")
    reasons = own.mark.reasons if own.mark.value is None else (Reason(said, own.placed.cite), *own.mark.reasons)
    return replace(own, mark=Decision(None, reasons), at_least=least, at_most=most, forfeited=False)


def _entries(score: WindowScore, scale: Scale, unread: UnreadOfWindow) -> tuple[ScoreEntry, ...]:
    entries = score.bonus if scale == "bonus" else score.deductions
    return tuple(
        _perhaps(own, other) if (other := unread.perhaps.get((scale, own.route[-1]))) else own  # type: ignore[arg-type]
        for own in entries
    )


def _perhaps(own: ScoreEntry, other: str) -> ScoreEntry:
    if own.counted is False:
        return own
    text = Text(f"{other} 里也列了，只计一次，计在哪里不能判定", f"listed in {other} too, and counts in one of them")
    return replace(own, counted=None, reasons=(*own.reasons, Reason(text)))


def _one(own: Decision[Decimal], tried: Sequence[Decision[Decimal]], reasons: tuple[Reason, ...]) -> Decision[Decimal]:
    values = {each.value for each in tried}
    return own if values == {own.value} else Decision(None, reasons)


def _reasons(unread: UnreadOfWindow, least: Decimal, most: Decimal) -> Iterable[Reason]:
    span, en = between(least, most).zh, between(least, most).en
    if unread.rows:
        yield Reason(
            Text(
                f"有 {unread.rows} 处没有读出或写得不对，总分{span}",
                f"{unread.rows} places were not read: the total is {en}",
            )
        )
    if unread.perhaps:
        many = len(unread.perhaps)
        yield Reason(
            Text(
                f"有 {many} 项在别的文件里也列了，只计一次，计在哪里不知道，总分{span}",
                f"{many} entries are listed in another file too and count once: the total is {en}",
            )
        )
