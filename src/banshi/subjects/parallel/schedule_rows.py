"""A schedule as rows that text, tables and pages share, in the order in which people read them."""

import datetime

from markupsafe import Markup
from msgspec import Struct

from banshi.base.text import Text, listed
from banshi.output.timeline import MOST_ROWS, Axis, TimelineRow, timeline
from banshi.subjects.parallel.answer import ScheduleAnswer
from banshi.subjects.parallel.forms import Item
from banshi.subjects.parallel.holdups import FINISHED, FINISHED_LATE, OVERDUE, STATUSES
from banshi.subjects.parallel.schedule import Slot


class ScheduleRow(Struct, frozen=True):
    """An item's slot with its status and names; ``on_path``: it belongs to the chain that decides the end;
    ``position``: of its stage among the stages.
    """

    slot: Slot
    status: str
    department: str
    stage: str
    requires: str
    on_path: bool
    position: int

    @property
    def item(self) -> Item:
        """The item."""
        return self.slot.item

    @property
    def status_text(self) -> Text:
        """办理中, 关键."""
        said = STATUSES[self.status]
        return Text(f"{said.zh}，关键", f"{said.en}, critical") if self.critical else said

    @property
    def critical(self) -> bool:
        """Whether any delay of it moves the end."""
        return self.slot.critical

    @property
    def limit(self) -> Text:
        """What it may take."""
        return self.slot.limit.say() if self.slot.limit else Text("未写明", "not stated")

    @property
    def look(self) -> str:
        """How its bar looks."""
        if self.status in (OVERDUE, FINISHED_LATE):
            return "late"
        if self.status == FINISHED:
            return "finished"
        return "critical" if self.critical else "ordinary"


def rows(found: ScheduleAnswer) -> list[ScheduleRow]:
    """Every item as it stands: by stage, then by the day on which it is accepted, then as the catalogue lists it."""
    catalogue = found.file.catalogue
    stages = {stage.id: n for n, stage in enumerate(catalogue.stages)}
    place = {item.id: n for n, item in enumerate(found.file.items)}
    path = set(found.stands.path)
    made = [
        _row(found, slot, slot.item.id in path, stages.get(slot.item.stage or "", len(stages)))
        for slot in found.stands.slots
    ]
    return sorted(
        made,
        key=lambda row: (
            row.position,
            row.slot.accepted or datetime.date.max,
            row.slot.end or datetime.date.max,
            place[row.item.id],
        ),
    )


def _row(found: ScheduleAnswer, slot: Slot, on_path: bool, position: int) -> ScheduleRow:
    catalogue, item = found.file.catalogue, slot.item
    return ScheduleRow(
        slot,
        found.statuses[item.id],
        _departments(found, item),
        catalogue.stage_name(item.stage),
        listed(catalogue.item_name(required) for required in item.requires),
        on_path,
        position,
    )


def _departments(found: ScheduleAnswer, item: Item) -> str:
    """城市管理（会同公安）."""
    own, *others = (found.file.catalogue.department_name(one) for one in item.departments)
    return f"{own}（会同{listed(others)}）" if others else own


def pictures(found: ScheduleAnswer) -> list[tuple[str, Markup]]:
    """A picture for each stage (or part of a long one) with its title, all on one axis."""
    every = rows(found)
    end = max((day for row in every for day in (row.slot.end, found.file.as_of) if day), default=None)
    if end is None:
        return []
    axis = Axis(found.file.case.starts_on, end, found.file.as_of)
    made = []
    for stage, part in _parts(every):
        title = f"{stage}：时间安排" if stage else "时间安排"
        made.append((title, timeline(title, [_bar(found, row) for row in part], axis)))
    return made


def _parts(every: list[ScheduleRow]) -> list[tuple[str, list[ScheduleRow]]]:
    stages = dict.fromkeys(row.stage for row in every)
    by_stage = [(stage, [row for row in every if row.stage == stage]) for stage in stages]
    return [(stage, part[n : n + MOST_ROWS]) for stage, part in by_stage for n in range(0, len(part), MOST_ROWS)]


def _bar(found: ScheduleAnswer, row: ScheduleRow) -> TimelineRow:
    slot = row.slot
    when = f"{slot.end.month}月{slot.end.day}日" if slot.end else "不能推算"
    latest = None
    if slot.slack and slot.end:
        latest = found.file.days.add(slot.end, slot.slack)
    own = found.file.catalogue.department_name(row.item.department)
    return TimelineRow(row.item.name, f"{own} {when}", row.look, slot.accepted, slot.end, latest)
