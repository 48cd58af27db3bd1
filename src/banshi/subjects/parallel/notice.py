"""What an applicant is told in one go (一次性告知): papers, order, and by which day each result is due.

Dates come from the schedule, so that the sheet, the schedule and a check of the case agree.
"""

import datetime
from collections.abc import Iterable, Iterator
from functools import cached_property

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from banshi.base.text import Text, listed
from banshi.law.decisions import Decision, Reason
from banshi.law.norms import Target
from banshi.law.working_days import UndeterminedYear, WorkingDays
from banshi.subjects.parallel.context import CaseFile, CatalogueFile
from banshi.subjects.parallel.elements import fee_said
from banshi.subjects.parallel.forms import Case, Item, Material
from banshi.subjects.parallel.schedule import (
    Limit,
    Plan,
    Slot,
    as_it_stands,
    limits_of,
    promised,
    side_by_side,
    statutory,
)

_DAY = datetime.timedelta(days=1)
OVERDUE = "overdue_cases"
# What a sheet tells besides dates and papers, with the keys under which a catalogue states it.
BESIDES = (
    (Text("收费", "fees"), "fee"),
    (Text("办理地点", "place"), "place"),
    (Text("办理时间", "hours"), "hours"),
    (Text("咨询电话", "enquiries"), "phone"),
    (Text("投诉电话", "complaints"), "complaint"),
)


class ItemTold(Struct, frozen=True):
    """One item: when it is accepted, by when it is promised and due by law, and the items whose results it waits for.

    ``finished``: when it was decided, if it was.
    """

    item: Item
    department: str
    accepted: datetime.date | None
    promised_by: Decision[datetime.date]
    lawful_by: Decision[datetime.date]
    waits_for: tuple[str, ...]
    finished: datetime.date | None = None


class PaperAsked(Struct, frozen=True):
    """A paper to hand in: for which items, how many copies in all (None: not stated), and what else is said of it."""

    name: str
    items: tuple[str, ...]
    copies: int | None
    forms: tuple[str, ...]
    notes: tuple[str, ...]


class InformingSheet(Struct, frozen=True, dict=True):
    """A sheet about one item or, as ``whole``, about a case."""

    file: CaseFile
    told: tuple[ItemTold, ...]
    plan: Plan
    whole: bool

    @cached_property
    def papers(self) -> list[PaperAsked]:
        """What the applicant brings, each paper once; results of other items of the sheet are not asked for again."""
        here = {told.item.id for told in self.told}
        found: dict[tuple[str, str], list[tuple[Item, Material]]] = {}
        for told in self.told:
            for material in told.item.materials:
                if material.from_item not in here:
                    found.setdefault((material.id, material.name), []).append((told.item, material))
        return [self._paper(name, uses) for (_, name), uses in found.items()]

    def _paper(self, name: str, uses: list[tuple[Item, Material]]) -> PaperAsked:
        copies = [material.copies for _, material in uses]
        total = None if None in copies else sum(c for c in copies if c)
        origins = [f"“{self.file.catalogue.item_name(m.from_item)}”的结果" for _, m in uses if m.from_item]
        shared = [_ONE_FORM] if len(uses) > 1 and all(m.application_form for _, m in uses) else []
        notes = _once([*shared, *origins, *(m.note for _, m in uses if m.note)])
        return PaperAsked(name, _once(i.name for i, _ in uses), total, _once(m.form for _, m in uses if m.form), notes)

    @cached_property
    def late(self) -> tuple[Reason, ...]:
        """What the law in force says of cases that are late, for this kind of case."""
        law, kind = self.file.law, self.file.catalogue.case_kind
        targets = [p for p in law.all(Target) if p.norm.measure == OVERDUE and p.norm.speaks_of(kind)] if law else []
        return tuple(Reason(Text(p.statement, p.statement), p.cite) for p in targets)

    def every(self, key: str) -> list[tuple[str, str | None]]:
        """What the items say under a key of ``BESIDES``, each answer once with the items that give it."""
        answers: dict[str | None, list[str]] = {}
        for told in self.told:
            answers.setdefault(beside(told.item, key), []).append(told.item.name)
        return [(listed(names), answer) for answer, names in answers.items()]


def beside(item: Item, key: str) -> str | None:
    """What an item says under a key of ``BESIDES``; None where the catalogue does not state it. Raises ``NotStated``."""
    if key == "fee":
        return "，".join(fee_said(item)) or None
    said: str | None = getattr(item, key)
    return said


def of_item(file: CatalogueFile, item: Item, day: datetime.date, days: WorkingDays) -> InformingSheet:
    """The sheet about one item accepted on ``day``, whatever else it would have to wait for."""
    case = Case(id=item.id, name=item.name, catalogue="", starts_on=day, fictional=file.catalogue.fictional)
    alone = CaseFile(msgspec.structs.replace(case, items=(item.id,)), file, days)
    return replace(of_case(alone), whole=False)


def of_case(file: CaseFile) -> InformingSheet:
    """The sheet about a whole case. Raises ``graphlib.CycleError`` where prerequisites go in a circle."""
    begun = file.as_of is not None or bool(file.open or file.finished)
    plan = as_it_stands(file) if begun else side_by_side(file, limits_of(file.items))
    return InformingSheet(file, tuple(_told(file, slot) for slot in plan.slots), plan, True)


def part_of(notice: InformingSheet, item: str) -> InformingSheet:
    """The sheet about one item of a case, with its place in the case's schedule."""
    return replace(notice, told=tuple(told for told in notice.told if told.item.id == item), whole=False)


def _told(file: CaseFile, slot: Slot) -> ItemTold:
    item = slot.item
    department = listed(file.catalogue.department_name(d) for d in item.departments)
    promise = due(promised(item), slot.accepted, file.days)
    if promise.value and item.limits.promised is None and not item.immediate:
        promise = replace(promise, reasons=(Reason(_BY_LAW), *promise.reasons))
    by_law = due(statutory(item), slot.accepted, file.days)
    waits = tuple(file.catalogue.item_name(required) for required in item.requires if required not in file.case.held)
    return ItemTold(item, department, slot.accepted, promise, by_law, waits, slot.finished)


def due(limit: Limit | None, accepted: datetime.date | None, days: WorkingDays) -> Decision[datetime.date]:
    """The last day of a limit for what was accepted on a day; not determined without either, or without a calendar."""
    if limit is None:
        return Decision(None, UNSTATED)
    if accepted is None:
        return Decision(None, (Reason(_NOT_ACCEPTED),))
    try:
        end = limit.end(accepted, days)
        return Decision(end, tuple(_counted(limit, accepted, end, days)))
    except (UndeterminedYear, OverflowError) as error:
        zh, en = error.said if isinstance(error, UndeterminedYear) else UndeterminedYear(accepted.year).said
        return Decision(None, (Reason(Text(f"{zh}，不能推算", f"{en}: not determined")),))


def _counted(limit: Limit, accepted: datetime.date, end: datetime.date, days: WorkingDays) -> Iterator[Reason]:
    said = limit.say()
    if not limit.days:
        yield Reason(Text(f"受理当天（{accepted}）办结", f"on the day of acceptance ({accepted})"))
        return
    last = accepted + _DAY * limit.days if limit.unit != "工作日" else end
    moved = Text(f"；{last} 是休息日，顺延到 {end}", f"; {last} is a day off: moved to {end}")
    more = moved if last != end else Text("", "")
    zh, en = f"{accepted} 受理，次日起{said.zh}，到 {last}", f"accepted on {accepted}, {said.en}: until {last}"
    yield Reason(Text(zh + more.zh, en + more.en))
    if limit.unit != "工作日":
        return
    between = [accepted + _DAY * n for n in range(1, (end - accepted).days + 1)]
    made_up = [day.isoformat() for day in between if day.weekday() >= 5 and days.is_working(day)]
    off = [day.isoformat() for day in between if day.weekday() < 5 and not days.is_working(day)]
    if made_up:
        yield Reason(Text(f"调休上班计入：{listed(made_up)}", f"make-up days count: {', '.join(made_up)}"))
    if off:
        yield Reason(Text(f"放假不计：{listed(off)}", f"holidays do not count: {', '.join(off)}"))


def _once(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words))


_BY_LAW = Text("没有写承诺时限，按法定时限", "no limit is promised, so the statutory one holds")
_ONE_FORM = "各事项合填一张并联审批申请表，内容只填一次"
_NO_LIMIT = Text("时限原文未载明", "no time limit is stated")
UNSTATED = (Reason(_NO_LIMIT),)
_NOT_ACCEPTED = Text(
    "要先办好的事项哪天办结不能推算，所以受理日也不能推算", "what it waits for cannot be dated, so neither can this"
)
