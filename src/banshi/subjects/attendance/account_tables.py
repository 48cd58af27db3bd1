"""What the tables of an account share: whose row it is, how a sheet is known, lines of several people."""

from collections.abc import Callable, Sequence

from banshi.base.text import NOTHING, Lang, Text, listed, same
from banshi.output.sections import (
    EVERY,
    LINES,
    PAGES,
    SHEETS,
    Face,
    SectionColumn,
    TableSection,
    Value,
)
from banshi.subjects.attendance.account import Account, PersonAccount

TOLD = LINES | PAGES
Told = Callable[[int, Lang], list[str]]


class LeaveKinds:
    """The kinds of leave of several accounts: counted in days, in times, those that lateness is converted into."""

    def __init__(self, accounts: Sequence[Account]) -> None:
        every = [found.case.words for found in accounts]
        named = {slug: words.kind(slug) for words in every for slug in words.kinds}
        short = {slug for words in every for slug in words.short_kinds}
        people = [person for found in accounts for person in found.people]
        self.long = {slug: name for slug, name in named.items() if slug not in short}
        self.short = {slug: name for slug, name in named.items() if slug in short}
        self.into = {kind: p.words.kind(kind) for p in people for month in p.converted for kind in month.leave}
        uses = [(person.words, use) for person in people for use in person.quotas]
        of = list(dict.fromkeys(words.kind(use.norm.norm.of) for words, use in uses))
        few = Text(listed(kind.zh for kind in of), ", ".join(kind.en for kind in of))
        self.limited = few if len(of) < _FEW_KINDS else Text("假期", "leave")
        self.monthly = all(use.norm.norm.per == "person_month" for _, use in uses)


def place_of(found: Account) -> list[Value]:
    """The cells of a row before its own."""
    days = found.period.value
    return [found.case.register.centre, days.label if days else None]


_EMPTY = Text("没有", "none")


def sheet_of(
    title: Text,
    columns: Sequence[SectionColumn],
    rows: Sequence[Sequence[Value]],
    faces: frozenset[Face] = EVERY,
    said: Told | None = None,
    empty: Text = _EMPTY,
    empty_in: frozenset[Face] = SHEETS,
) -> TableSection:
    """A table whose sheet is known by its Chinese name when the workbook is handed in again, and is there without rows too."""
    return TableSection(
        title,
        columns,
        rows,
        said=said,
        head=NOTHING,
        sheet=same(title.zh),
        empty=empty,
        empty_in=empty_in,
        faces=faces,
    )


def of_many(people: Sequence[PersonAccount], lines: Told) -> Told:
    """Lines of rows that belong to people, with a blank one between two people."""

    def told(number: int, lang: Lang) -> list[str]:
        apart = number and people[number] is not people[number - 1]
        return [*([""] if apart else []), *lines(number, lang)]

    return told


def beside(name: Text, many: object) -> Text:
    """A name with a figure."""
    return Text(f"{name.zh}{many}", f"{name.en}{many}")


def owner_of(found: Account, person: PersonAccount) -> list[Value]:
    """The same of a row about a person."""
    return [*place_of(found), person.person.called]


_FEW_KINDS = 3
DECIDED = {True: Text("是", "yes"), False: Text("否", "no"), None: Text("不能判定", "not determined")}
OWNER = (
    SectionColumn(Text("中心", "centre"), 20, faces=SHEETS),
    SectionColumn(Text("期间", "period"), 10, faces=SHEETS),
    SectionColumn(Text("人员", "staff"), 14, whole=True),
)
WHY = SectionColumn(Text("理由和依据", "why"), 70)
