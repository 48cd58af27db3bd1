"""Everything that is said about a case's schedule, computed once for text, JSON, XLSX and pages."""

from functools import cached_property, partial

from msgspec import Struct

from banshi.base.text import Text, listed
from banshi.files.not_stated import if_stated, not_stated_in, stated_in
from banshi.law.decisions import Decision, Reason
from banshi.subjects.parallel.combined import CaseSpan, combined_limit, not_counted, spans
from banshi.subjects.parallel.context import CaseFile, cycles
from banshi.subjects.parallel.forms import Item
from banshi.subjects.parallel.holdups import Holdup, holdups, statuses
from banshi.subjects.parallel.savings import Saving, saving, without_limit
from banshi.subjects.parallel.schedule import Plan, as_it_stands, limits_of, one_after_another, side_by_side


class ScheduleAnswer(Struct, frozen=True, dict=True):
    """The schedule of a case whose prerequisites do not go in a circle."""

    file: CaseFile

    @cached_property
    def plan(self) -> Plan:
        """By the promised limits, nothing finished yet."""
        return side_by_side(self.file, limits_of(self.file.items))

    @cached_property
    def stands(self) -> Plan:
        """As it stands: finished items on their days, overdue ones on the day asked about at the earliest."""
        return as_it_stands(self.file)

    @cached_property
    def statuses(self) -> dict[str, str]:
        """How each item stands."""
        ways = self.file.as_it_may_be
        return statuses([(way, as_it_stands(way) if len(ways) > 1 else self.stands) for way in ways])

    @cached_property
    def serial(self) -> Plan:
        """The same items one after another."""
        return one_after_another(self.file, limits_of(self.file.items))

    @cached_property
    def saved(self) -> Decision[Saving]:
        """Against one after another."""
        return saving(self.file, self.serial, self.plan, Text("逐项依次办", "one after another"))

    @cached_property
    def saved_by_promise(self) -> Decision[Saving]:
        """Against the statutory limits side by side; not determined where an item states none."""
        lacking = without_limit(self.file)
        if lacking:
            return Decision(None, (Reason(lacking),))
        by_law = side_by_side(self.file, limits_of(self.file.items, by_law=True))
        return saving(
            self.file, by_law, self.plan, Text("都用足法定时限的并联", "side by side by the statutory limits")
        )

    @cached_property
    def combined(self) -> list[tuple[CaseSpan, Decision[str]]]:
        """Advice on the law's limits for combined handling, for the whole and for each stage."""
        return [(span, combined_limit(self.file, span)) for span in spans(self.file, self.plan)]

    @cached_property
    def not_counted(self) -> Reason | None:
        """What those limits leave out of account."""
        return not_counted(self.file)

    @cached_property
    def holdups(self) -> list[Holdup]:
        """What holds the case up."""
        return holdups(self.file, self.stands, self.statuses)

    @cached_property
    def notes(self) -> tuple[Reason, ...]:
        """What the schedule takes for granted."""
        return (
            *_unknown(self.file),
            *_open(self.file),
            *_promises_missing(self.file),
            *_prerequisites_missing(self.file),
            *self.stands.reasons,
        )


def answer(file: CaseFile) -> ScheduleAnswer | Text:
    """The answer, or why there can be none."""
    return obstacle(file) or ScheduleAnswer(file)


_MOST = 12  # names of a circle that are told; of a longer one the rest is counted


def obstacle(file: CaseFile) -> Text | None:
    """Why nothing can be dated: no item to handle, or prerequisites that go in a circle; None: nothing hinders."""
    if not file.items:
        return nothing_to_do(file)
    circle = next(cycles(file.items), None)
    if circle is None:
        return None
    names = [file.catalogue.item_name(i) for i in (*circle, circle[0])]
    rest = len(names) - _MOST
    way = "→".join(names) if rest <= 1 else f"{'→'.join(names[:_MOST])}→…→{names[-1]}（共 {len(circle)} 个事项）"
    return Text(f"前置事项绕成了圈，不能推算：{way}", f"prerequisites go in a circle: {' → '.join(circle)}")


def nothing_to_do(file: CaseFile) -> Text:
    """Said of a case without items to handle."""
    if file.case.held and not set(file.case.items) - set(file.case.held):
        return Text("本件的事项都已经有结果（held），没有要办的", "all items of the case are held already")
    named = listed(list(file.case.items)[:_MOST])
    return Text(
        f"本件没有目录里的事项{f'：目录里没有 {named}' if named else ''}",
        f"the case holds no item of the catalogue{f': not in it: {named}' if named else ''}",
    )


def _unknown(file: CaseFile) -> list[Reason]:
    """What the case names without its being in the catalogue, and what is finished without being in the case."""
    here, known = {item.id for item in file.items}, file.catalogue.by_id
    done = {**not_stated_in(file.case.done), **stated_in(file.case.done)}
    named = dict.fromkeys((*file.case.items, *file.case.held, *done))
    lost = [one for one in named if one not in known]
    beside = [file.catalogue.item_name(one) for one in done if one in known and one not in here]
    found = []
    if lost:
        found.append(
            Reason(Text(f"目录里没有 {listed(lost)}，没有排进计划", f"not in the catalogue: {', '.join(lost)}"))
        )
    if beside:
        found.append(Reason(Text(f"{listed(beside)}不是本件的事项，办结日没有用上", "finished, but not in the case")))
    return found


def _open(file: CaseFile) -> list[Reason]:
    """Which items nobody knows of whether they are finished."""
    here = {item.id for item in file.items}
    names = [file.catalogue.item_name(one) for one in file.open if one in here]
    if not names:
        return []
    rest = f"等 {len(names)} 个事项" if len(names) > _MOST else ""
    text = (
        f"{listed(names[:_MOST])}{rest}办没办结、哪天办结没有读到：它们和等它们的事项、全部办完的日子，只说怎样都一样的"
    )
    return [Reason(Text(text, f"not known whether or when they were finished: {', '.join(file.open[:_MOST])}"))]


def _promises_missing(file: CaseFile) -> list[Reason]:
    names = [item.name for item in file.items if if_stated(partial(_promises_nothing, item))]
    text = "没有写承诺时限的，按法定时限推算：{}"
    return [Reason(Text(text.format("、".join(names)), "no promised limit, so the statutory one"))] if names else []


def _promises_nothing(item: Item) -> bool:
    return item.limits.promised is None and not item.immediate and item.limits.statutory is not None


def _prerequisites_missing(file: CaseFile) -> list[Reason]:
    found = []
    for item in file.items:
        for required in file.missing(item):
            name = file.catalogue.item_name(required)
            zh = f"“{item.name}”要先有“{name}”，本件没有列入，也没有写已有结果；按已经具备推算"
            found.append(Reason(Text(zh, f"{item.name} needs {name}, which the case lacks; taken as there")))
    return found
