"""The limits of the Administrative Licensing Law for combined handling, as advice beside a plan.

That law is another source than the notice on parallel approval, which names no limit; whether it governs a case is for
the centre to say.
"""

from msgspec import Struct

from banshi.base.text import Text, listed
from banshi.law.decisions import Decision, Reason
from banshi.law.gaps import nothing_in_force
from banshi.law.instruments import Placed
from banshi.law.library import Law
from banshi.law.norms import Enumeration, Extension, Period
from banshi.subjects.parallel.context import LICENSING, CaseFile
from banshi.subjects.parallel.schedule import Plan, Slot, working

WITHIN, WITH_APPROVAL, BEYOND = "within", "with_approval", "beyond"
VERDICTS = {
    WITHIN: Text("在上限以内", "within the limit"),
    WITH_APPROVAL: Text("超过上限，延长要经批准", "beyond the limit: an extension needs approval"),
    BEYOND: Text("延长也不够", "beyond the extension"),
}


class CaseSpan(Struct, frozen=True):
    """A part of a case that may be handled as one: the whole, or a stage; working days from its start to its end."""

    name: str
    length: int | None


def spans(file: CaseFile, plan: Plan) -> list[CaseSpan]:
    """The whole case, and each of its stages where there are several."""
    whole = [CaseSpan("全部事项", plan.length)]
    stages = [(s.name, [slot for slot in plan.slots if slot.item.stage == s.id]) for s in file.catalogue.stages]
    present = [(name, slots) for name, slots in stages if slots]
    return whole + ([CaseSpan(name, _length(file, slots)) for name, slots in present] if len(present) > 1 else [])


def _length(file: CaseFile, slots: list[Slot]) -> int | None:
    if any(slot.accepted is None or slot.end is None for slot in slots):
        return None
    first = min(slot.accepted for slot in slots if slot.accepted)
    return working(file.days, first, max(slot.end for slot in slots if slot.end))


def combined_limit(file: CaseFile, span: CaseSpan) -> Decision[str]:
    """Whether a span lies within the limit, needs an extension, or goes beyond that: advice, with the provisions."""
    law = file.licensing
    if law is None:
        text = Text("受理日的行政许可法没有录入，不作对照", "no licensing law is entered for the day of acceptance")
        place, day = file.catalogue.jurisdiction, file.case.starts_on
        return Decision(None, (Reason(nothing_in_force(text, file.file.library, place, LICENSING, day)),))
    limit, more = _period(law, "combined_handling"), _period(law, "combined_extension")
    if limit is None or more is None or span.length is None:
        text = Text(f"{span.name}的用时不能推算，不作对照", f"{span.name}: length not determined, not compared")
        return Decision(None, (Reason(text),))
    return _compared(law, span, span.length, limit, more)


def _compared(law: Law, span: CaseSpan, length: int, limit: Placed[Period], more: Placed[Period]) -> Decision[str]:
    most, extended = limit.norm.length.value, limit.norm.length.value + more.norm.length.value
    said = Text(
        f"{span.name}用{length}个工作日，上限{most}个工作日",
        f"{span.name}: {length} working days, limit {most}",
    )
    if length <= most:
        return Decision(WITHIN, (Reason(said, limit.cite),))
    if length <= extended:
        return Decision(WITH_APPROVAL, (Reason(said, limit.cite), _extension(law, more)))
    beyond = Text(
        f"延长以后最多{extended}个工作日，还差{length - extended}个工作日",
        f"with the extension {extended} working days at most, {length - extended} too few",
    )
    return Decision(BEYOND, (Reason(said, limit.cite), Reason(beyond, more.cite)))


def _extension(law: Law, more: Placed[Period]) -> Reason:
    conditions = law.one(Extension)
    needs = f"，要有{listed(conditions.norm.requires)}" if conditions else ""
    days = more.norm.length.value
    return Reason(Text(f"可延长{days}个工作日{needs}", f"{days} more working days on conditions"), more.cite)


def not_counted(file: CaseFile) -> Reason | None:
    """What the limit leaves out of account; None where the law is not entered."""
    placed = _left_out(file)
    if placed is None:
        return None
    names = listed(value.name for value in placed.norm.values)
    return Reason(
        Text(f"{names}所需时间不计入，目录没有分开登记，有的要另算", "hearings, reviews and the like are not counted"),
        placed.cite,
    )


def kinds_not_counted(file: CaseFile) -> list[str]:
    """What the limit leaves out of account, by the words of the law's version."""
    placed = _left_out(file)
    return [named.value for named in placed.norm.values] if placed else []


def _left_out(file: CaseFile) -> Placed[Enumeration] | None:
    lists = file.licensing.all(Enumeration) if file.licensing else []
    return next((p for p in lists if p.norm.of == "time_not_counted"), None)


def _period(law: Law, of: str) -> Placed[Period] | None:
    return next((placed for placed in law.all(Period) if placed.norm.of == of), None)
