"""A schedule in words, the same in a terminal, in a table and on a page."""

from collections.abc import Sequence

from banshi.base.columns import lined_up
from banshi.base.text import NOTHING, Lang, Text
from banshi.law.decisions import Reason
from banshi.output.saying import reasons_text
from banshi.subjects.parallel.answer import Answer
from banshi.subjects.parallel.combined import VERDICTS
from banshi.subjects.parallel.schedule import Plan, working
from banshi.subjects.parallel.schedule_rows import HEADINGS, rows


def headline(found: Answer) -> list[Text]:
    """When the case was accepted, when it is to end by the plan, and when it will end as things stand."""
    case, plan, stands = found.file.case, found.plan, found.stands
    said = [
        Text(
            f"受理日 {case.starts_on}，{len(plan.slots)} 个事项", f"accepted {case.starts_on}, {len(plan.slots)} items"
        )
    ]
    said.append(_planned(plan))
    if case.done or found.file.as_of:
        said.append(_forecast(found, stands))
    return said


def _planned(plan: Plan) -> Text:
    if plan.length is None:
        return Text("按计划哪天办完，不能推算", "the end of the plan is not determined")
    return Text(
        f"按计划 {plan.ends_on} 办完，共 {plan.length} 个工作日",
        f"by the plan it ends on {plan.ends_on}, {plan.length} working days",
    )


def _forecast(found: Answer, stands: Plan) -> Text:
    when = found.file.as_of
    known = f"截至 {when}，" if when else ""
    done = sum(slot.finished is not None for slot in stands.slots)
    if stands.ends_on is None:
        return Text(f"{known}已办结 {done} 个事项，哪天办完不能推算", f"{done} finished; the end is not determined")
    ends = "办完" if done == len(stands.slots) else "预计办完"
    return Text(
        f"{known}已办结 {done} 个事项，{stands.ends_on} {ends}{_against(found)}",
        f"{done} finished, ends on {stands.ends_on}",
    )


def _against(found: Answer) -> str:
    """By how much it ends before or after the plan."""
    planned, now = found.plan.ends_on, found.stands.ends_on
    if planned is None or now is None:
        return ""
    first, last = sorted((planned, now))
    days = working(found.file.days, first, last)
    if not days:
        return "，与计划一致"
    return f"，比计划{'晚' if now > planned else '早'} {days} 个工作日"


def path_said(found: Answer) -> Text:
    """The chain of items that decides the end."""
    path = found.stands.path
    if not path:
        return Text("关键线路不能确定", "the critical path is not determined")
    names = "→".join(
        " ".join(found.file.catalogue.item_name(i).split()) for i in path
    )  # a line of its own, whatever a name holds
    return Text(f"关键线路：{names}", f"critical path: {' → '.join(path)}")


def as_text(found: Answer, lang: Lang) -> str:
    """The schedule for a terminal."""
    case = found.file.case
    lines = [f"{case.name}  {case.id}", *(said.say(lang) for said in headline(found))]
    lines += _block(Text("卡在哪里：", "Held up by:"), [h.text for h in found.holdups], lang)
    lines += ["", *_table(found, lang), "", path_said(found).say(lang)]
    lines += _reasons(
        Text("节省的时间：", "Time saved:"), [*found.saved.reasons, *found.saved_by_promise.reasons], lang
    )
    lines += _reasons(
        Text("合并办理时限对照（另一来源，仅供参考）：", "Combined limits, another source, advice:"),
        advice(found),
        lang,
    )
    lines += _reasons(Text("说明：", "Notes:"), list(found.notes), lang)
    return "\n".join(lines)


def advice(found: Answer) -> list[Reason]:
    """The comparison with the limits of combined handling, each span with its verdict."""
    said = []
    for _, decision in found.combined:
        known = VERDICTS[decision.value] if decision.value else None
        verdict = Text(f"：{known.zh}", f": {known.en}") if known else NOTHING
        first, *more = decision.reasons
        said.append(Reason(Text(first.text.zh + verdict.zh, first.text.en + verdict.en), first.basis))
        said += more
    return list(dict.fromkeys(said)) + ([found.not_counted] if found.not_counted else [])


def _table(found: Answer, lang: Lang) -> list[str]:
    table = [[heading.say(lang) for heading in HEADINGS]]
    for row in rows(found):
        slot = row.slot
        dates = [str(day) if day else "-" for day in (slot.accepted, slot.due, slot.finished)]
        slack = "-" if slot.slack is None else str(slot.slack)
        names = [row.item.name, row.department, row.stage or "-", row.limit.say(lang)]
        table.append([*names, *dates, row.status_text.say(lang), slack, row.requires or "-"])
    return lined_up(table)


def _block(title: Text, lines: Sequence[Text], lang: Lang) -> list[str]:
    return ["", title.say(lang), *(f"  · {line.say(lang)}" for line in lines)] if lines else []


def _reasons(title: Text, reasons: Sequence[Reason], lang: Lang) -> list[str]:
    once = list(dict.fromkeys(reasons))
    return ["", title.say(lang), *reasons_text(once, lang)] if once else []
