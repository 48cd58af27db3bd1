"""A schedule as an answer in sections: what is said of it, for every face alike."""

from banshi.base.text import NOTHING, Text, same
from banshi.files.law_used import LawUsed
from banshi.files.not_stated import stated_in
from banshi.law.decisions import Reason
from banshi.output.sections import (
    LINES,
    PAGES,
    SHEETS,
    DrawingsSection,
    LinesSection,
    Printout,
    ReasonsSection,
    Section,
    SectionColumn,
    TableSection,
    Value,
)
from banshi.subjects.parallel.answer import ScheduleAnswer
from banshi.subjects.parallel.combined import VERDICTS
from banshi.subjects.parallel.holdups import OPEN
from banshi.subjects.parallel.schedule import Plan, working
from banshi.subjects.parallel.schedule_rows import ScheduleRow, pictures, rows


def headline(found: ScheduleAnswer) -> list[Text]:
    """When the case was accepted, when it is to end by the plan, and when it will end as things stand."""
    case, plan, stands = found.file.case, found.plan, found.stands
    said = [
        Text(
            f"受理日 {case.starts_on}，{len(plan.slots)} 个事项", f"accepted {case.starts_on}, {len(plan.slots)} items"
        )
    ]
    said.append(_planned(plan))
    if stated_in(case.done) or found.file.open or found.file.as_of:
        said.append(_forecast(found, stands))
    return said


def _planned(plan: Plan) -> Text:
    if plan.length is None:
        return Text("按计划哪天办完，不能推算", "the end of the plan is not determined")
    return Text(
        f"按计划 {plan.ends_on} 办完，共 {plan.length} 个工作日",
        f"by the plan it ends on {plan.ends_on}, {plan.length} working days",
    )


def _forecast(found: ScheduleAnswer, stands: Plan) -> Text:
    when = found.file.as_of
    known = f"截至 {when}，" if when else ""
    done = sum(slot.finished is not None for slot in stands.slots)
    open_ = sum(found.statuses[slot.item.id] == OPEN for slot in stands.slots)
    more = Text(f"，另有 {open_} 个不能判定", f", {open_} not determined") if open_ else Text("", "")
    if stands.ends_on is None:
        return Text(
            f"{known}已办结 {done} 个事项{more.zh}，哪天办完不能推算",
            f"{done} finished{more.en}; the end is not determined",
        )
    ends = "办完" if done == len(stands.slots) else "预计办完"
    return Text(
        f"{known}已办结 {done} 个事项{more.zh}，{stands.ends_on} {ends}{_against(found)}",
        f"{done} finished{more.en}, ends on {stands.ends_on}",
    )


def _against(found: ScheduleAnswer) -> str:
    """By how much it ends before or after the plan."""
    planned, now = found.plan.ends_on, found.stands.ends_on
    if planned is None or now is None:
        return ""
    first, last = sorted((planned, now))
    days = working(found.file.days, first, last)
    if not days:
        return "，与计划一致"
    return f"，比计划{'晚' if now > planned else '早'} {days} 个工作日"


def path_said(found: ScheduleAnswer) -> Text:
    """The chain of items that decides the end."""
    path = found.stands.path
    if not path:
        return Text("关键线路不能确定", "the critical path is not determined")
    names = "→".join(
        " ".join(found.file.catalogue.item_name(i).split()) for i in path
    )  # a line of its own, whatever a name holds
    return Text(f"关键线路：{names}", f"critical path: {' → '.join(path)}")


def schedule_printout(found: ScheduleAnswer, law: LawUsed | None = None) -> Printout:
    """The schedule: how it stands, what holds it up, every item, what parallel handling saves, what it takes for granted."""
    case, path = found.file.case, path_said(found)
    centre = LinesSection([same(found.file.catalogue.centre)], faces=PAGES)
    sections: list[Section] = [
        centre,
        LinesSection([path], faces=PAGES | SHEETS),
        LinesSection([holdup.text for holdup in found.holdups], Text("卡在哪里", "Held up by")),
        DrawingsSection(
            Text("时间安排", "When"), [(title, str(drawn)) for title, drawn in pictures(found)], note=_DRAWN
        ),
        _items(found),
        LinesSection([path], faces=LINES),
        ReasonsSection(Text("节省的时间", "Time saved"), [*found.saved.reasons, *found.saved_by_promise.reasons]),
        ReasonsSection(_COMBINED, advice(found), note=_ADVICE),
        ReasonsSection(Text("说明", "Notes"), found.notes),
    ]
    name, number = found.file.called
    title = f"{name}办理计划"
    return Printout(title, same(f"{name}  {number}"), headline(found), sections, fictional=case.fictional, law=law)


_COMBINED = Text("合并办理时限对照（另一来源，仅供参考）", "Combined limits, another source, advice")
_ADVICE = Text(
    "目录所依的规定没有写总时限的，拿另一来源的规定对照，只供参考，适不适用由中心认定。",
    "Where the law of the catalogue states no limit for the whole, another source is compared; whether it applies the centre says.",
)
_DRAWN = Text(
    "横条从受理日的次日画到办结日（没有办结的画到应办结日）。图上的内容都在下面的表里。",
    "A bar runs from the day after acceptance to the end. Everything drawn stands in the table below.",
)
_RECKONED = Text(
    "受理当天不计入时限；前置事项办结的当天受理。没有办结的日期都是推算。“机动”是最多可以推后几个工作日，而不影响全部办完的日期；为 0 的是关键事项。",
    "The day of acceptance does not count; what waits is accepted on the day its prerequisite ends. Slack: working days by which it may be late.",
)
_NONE = Text("-", "-")
_COLUMNS = (
    SectionColumn(Text("事项", "item"), 26),
    SectionColumn(Text("部门", "department"), 18),
    SectionColumn(Text("阶段", "stage"), 12, nothing=_NONE, faces=LINES | SHEETS),
    SectionColumn(Text("时限", "limit"), 12),
    SectionColumn(Text("受理日", "accepted"), 12, nothing=_NONE, whole=True),
    SectionColumn(Text("应办结日", "due"), 12, nothing=_NONE, whole=True),
    SectionColumn(Text("办结日", "finished"), 12, nothing=_NONE, whole=True),
    SectionColumn(Text("状态", "status"), 16),
    SectionColumn(Text("机动（工作日）", "slack"), 8, nothing=_NONE, figures=True),
    SectionColumn(Text("前置", "prerequisites"), 34, nothing=_NONE),
)
_STATUS = 7


def _items(found: ScheduleAnswer) -> TableSection:
    every = rows(found)
    stages = dict.fromkeys(row.position for row in every)
    parts = [[row for row in every if row.position == stage] for stage in stages]
    return TableSection(
        Text("各事项", "Items"),
        _COLUMNS,
        [_cells(row) for row in every],
        parts=[(part[0].stage, len(part)) for part in parts],
        strong=lambda number: frozenset({_STATUS} if every[number].critical or every[number].look == "late" else ()),
        head=NOTHING,
        sheet=Text("办理计划", "Schedule"),
        note=_RECKONED,
        style="plan",
    )


def _cells(row: ScheduleRow) -> list[Value]:
    slot = row.slot
    days = [slot.accepted, slot.due, slot.finished]
    return [row.item.name, row.department, row.stage, row.limit, *days, row.status_text, slot.slack, row.requires]


def advice(found: ScheduleAnswer) -> list[Reason]:
    """The comparison with the limits of combined handling, each span with its verdict."""
    said = []
    for _, decision in found.combined:
        known = VERDICTS[decision.value] if decision.value else None
        verdict = Text(f"：{known.zh}", f": {known.en}") if known else NOTHING
        first, *more = decision.reasons
        said.append(Reason(Text(first.text.zh + verdict.zh, first.text.en + verdict.en), first.basis))
        said += more
    return list(dict.fromkeys(said)) + ([found.not_counted] if found.not_counted else [])
