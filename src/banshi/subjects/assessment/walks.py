"""What rules walk over: the windows that are scored, and what they list as bonus and deduction with the norm for it."""

from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from typing import Literal

from msgspec import Struct

from banshi.base.text import Text
from banshi.files.findings import Citation, Route
from banshi.law.instruments import Placed
from banshi.law.norms import Adjustment
from banshi.subjects.assessment.case import AssessmentInLaw
from banshi.subjects.assessment.forms import Bonus, Deduction, Fact, Window

Scale = Literal["bonus", "deduction"]
PARTS: dict[Scale, str] = {"bonus": "bonus", "deduction": "deductions"}
SCALES: dict[Scale, Text] = {"bonus": Text("加分", "bonus"), "deduction": Text("减分", "deduction")}


class Listed(Struct, frozen=True):
    """An entry of a window's bonus or deduction; ``placed`` is None where no norm knows its fact (or what it is like)."""

    route: Route
    window: Window
    scale: Scale
    entry: Bonus | Deduction
    placed: Placed[Adjustment] | None
    name: str

    @property
    def called(self) -> Text:
        """W07 税务窗口 2012-04-07 的加分“锦旗”."""
        scale = SCALES[self.scale]
        return Text(
            f"{self.window.called} {self.entry.on} 的{scale.zh}“{self.name}”",
            f"{self.window.called}, {scale.en} {self.entry.fact} of {self.entry.on}",
        )

    @property
    def asks(self) -> Adjustment | None:
        """The norm whose conditions it must meet; an entry by analogy is judged by a person instead."""
        return self.placed.norm if self.placed and not self.entry.analogy else None

    def fate(self, stated: bool) -> Text:
        """What becomes of it where a condition is not met, or (``stated`` False) not stated: a deduction stays open."""
        if stated or self.scale == "bonus":
            return Text("不计分", "it does not count")
        return Text("计不计不能判定", "whether it counts is not determined")

    @property
    def basis(self) -> tuple[Citation, ...]:
        """The norm that gives or takes its points."""
        return (self.placed.cite,) if self.placed else ()


def windows(case: AssessmentInLaw) -> Iterator[tuple[Route, Window]]:
    """Every window that could be read, with its route."""
    for index, window in zip(case.indexes, case.assessment.windows, strict=True):
        yield ("windows", index), window


def scored(case: AssessmentInLaw) -> Iterator[tuple[Route, Window]]:
    """The windows that are scored; none where no measures were in force."""
    if case.law is not None:
        yield from ((route, window) for route, window in windows(case) if not window.combined)


def facts(case: AssessmentInLaw) -> Iterator[tuple[Route, Window, str, Fact]]:
    """Every fact that a scored window states, by its slug."""
    for route, window in scored(case):
        for slug, fact in window.facts.items():
            yield (*route, "facts", slug), window, slug, fact


def listed(case: AssessmentInLaw) -> Iterator[Listed]:
    """Every bonus and deduction of the scored windows."""
    book = case.book
    for route, window in scored(case):
        assert book is not None
        for scale, part in PARTS.items():
            for n, entry in window.entries(part):
                known = book.adjustments.get((scale, entry.like if entry.analogy and entry.like else entry.fact))
                name = entry.text or entry.fact if entry.analogy else book.name(entry.fact)
                yield Listed((*route, part, n), window, scale, entry, known, name)


def sort_of(fact: Fact) -> str:
    """Of which sort a fact is, as it is written; empty where it says nothing, or several things."""
    said = {
        "found": fact.found is not None,
        "days": fact.days is not None,
        "limits": fact.items is not None,
        "rate": fact.count is not None and fact.of is not None,
        "count": fact.count is not None and fact.of is None,
        "amount": fact.amount is not None,
    }
    sorts = [sort for sort, so in said.items() if so]
    return sorts[0] if len(sorts) == 1 and (fact.of is None or fact.count is not None) else ""


def meant(stated: Iterable[str], known: Iterable[str]) -> frozenset[str]:
    """What misspelt ids probably stand for: that these are missing needs no finding of its own."""
    names = list(known)
    return frozenset(own for word in stated if word not in names for own in get_close_matches(word, names, n=1))


def fits(fact: Fact, sort: str) -> bool:
    """Whether a fact is written as one of its sort is; a whole number is an amount too."""
    said = sort_of(fact)
    return said == sort or (sort == "amount" and said == "count")
