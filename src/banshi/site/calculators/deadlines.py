"""Last days, as a calculator counts them: time limits of steps, publicity, and the days of a whole procedure."""

from collections.abc import Iterator, Sequence

from banshi.base.text import Text, listed
from banshi.law.library import Law
from banshi.law.norms import Extension, Length, Period, Publicity, TimeLimit
from banshi.law.otherwise import OtherAnswer, about, elsewhere
from banshi.law.time_limits import COUNTED, WORKING
from banshi.site.answer import taken, total
from banshi.site.calculators.data import Cites, Node, nothing, others, words
from banshi.subjects.change.deadlines import limit_for, no_limit, supposed
from banshi.subjects.change.procedure import Procedures
from banshi.subjects.change.publicity import counting_of, not_public, period
from banshi.subjects.change.timetable import PUBLICITY, planned

_NOT_COUNTED = {True: "，不能推算工作日", False: "，公示截止日不能判定"}


def due(law: Law, step: str, cites: Cites) -> Node:
    """The last day of a step and where other readings lead, as ``deadlines.due`` decides it."""
    asked = list(elsewhere(law, about(law, TimeLimit, Extension)))
    made = others(law, asked, lambda read: _limit(read, step, cites), _read_so, cites)
    return {"main": _limit(law, step, cites), "others": made, "notes": _notes(law, [step], cites)}


def public(law: Law, tier: str | None, cites: Cites) -> Node:
    """The last day of publicity in a tier (None: in any), as ``publicity_end`` decides it."""
    if none := not_public(law, tier):
        return {"main": nothing(none.zh), "others": [], "notes": {}}
    asked = list(elsewhere(law, about(law, Period, Publicity)))
    there = others(law, asked, lambda read: _period(read, tier, cites), lambda _: "{text:reason}", cites)
    return {"main": _period(law, tier, cites), "others": there, "notes": {"usual": _suspended(law, tier, cites)}}


def _notes(law: Law, steps: Sequence[str], cites: Cites) -> Node:
    """What may move the last days of steps besides: stretches that do not count, and extensions."""
    found: dict[str, list[Node]] = {}
    for key, major in (("usual", False), ("major", True)):
        limits = [limit for step in steps if (limit := limit_for(law, step, major=major))]
        found[key] = [
            note for limit in dict.fromkeys(limit.norm.id for limit in limits) for note in _moved(law, limit, cites)
        ]
    return found


def _moved(law: Law, limit: str, cites: Cites) -> Iterator[Node]:
    for placed in law.all(TimeLimit):
        if placed.norm.id == limit and placed.norm.pauses:
            labels = placed.version.pause_reasons
            said = listed(labels[each].name if each in labels else each for each in placed.norm.pauses)
            yield {"say": f"{said}的时间不计入时限，有的往后顺延", "cite": cites.of(placed.cite)}
    for extension in law.all(Extension):
        if extension.norm.of == limit:
            yield {"say": words(extension.statement), "cite": cites.of(extension.cite)}


def _suspended(law: Law, tier: str | None, cites: Cites) -> list[Node]:
    """Where objections suspend the publicity."""
    suspending = [p for p in law.all(Publicity) if p.norm.objections_suspend and tier in (None, p.norm.tier)]
    return [{"say": "有异议的，从收到到答复之间的日子不计入公示期", "cite": cites.of(p.cite)} for p in suspending[:1]]


def _read_so(other: OtherAnswer) -> str:
    return f"若按“{words(other.said)}”，{{text:reason}}"


def _limit(law: Law, step: str, cites: Cites) -> Node:
    usual, major = (_limit_of(law, step, cites, major=major) for major in (False, True))
    return usual if usual == major else {"do": "switch", "of": "major", "cases": {"yes": major}, "else": usual}


def _limit_of(law: Law, step: str, cites: Cites, *, major: bool) -> Node:
    placed = limit_for(law, step, major=major)
    if placed is None:
        return nothing(no_limit(law, step).zh)
    norm = placed.norm
    asked = norm.counted_from.removesuffix("_on")
    long = ("原则上" if norm.soft else "") + norm.length.phrase({})
    same = norm.first_day == "same_day"
    cite = cites.of(placed.cite)
    if asked == "complete":
        return _ends(asked, norm.length, long, cite, same=same, moved=norm.moved, limit=True)
    made = _ends(["or", asked, "complete"], norm.length, long, cite, same=same, moved=norm.moved, limit=True)
    said = supposed(norm.counted_from, "{day:complete}").zh
    return {**made, "supposed": [asked, {"say": said, "cite": cite}]}


def _period(law: Law, tier: str | None, cites: Cites) -> Node:
    placed = period(law, tier)
    if isinstance(placed, Text):
        return nothing(placed.zh)
    length, counting = placed.norm.length, counting_of(placed.norm)
    same, long = counting.first_day == "same_day", counting.said or length.phrase({})
    return _ends("started", length, long, cites.of(placed.cite), same=same, moved=counting.moved, limit=False)


def _ends(
    start: str | list[str], length: Length, long: str, cite: int, *, same: bool, moved: bool, limit: bool
) -> Node:
    fails = _NOT_COUNTED[limit]
    if length.unit not in COUNTED:
        return nothing(f"不能按“{length.unit}”推算期限{fails}", cite)
    counted = {"n": length.value, "unit": length.unit, "same": same, "moved": moved}
    named = {"made_up": limit and length.unit == WORKING, "long": long, "fails": fails, "cite": cite}
    return {"do": "ends", "from": start, **counted, **named}


# a whole procedure


def procedure(law: Law, tier: str, cites: Cites) -> Node:
    """The days of a tier's procedure, as ``timetable`` finds them, and the procedure under other readings."""
    asked = list(elsewhere(law, about(law, TimeLimit, Extension, Period, Publicity)))
    main = _stages(law, tier, cites)
    there = [(other, _stages(other.law, tier, cites)) for other in asked]
    row = [
        {"reading": o.question, "option": o.option, "said": o.said, "cite": cites.reading(o), "stages": stages}
        for o, stages in there
        if stages != main
    ]
    steps = [step for stage in planned(law, tier) for step in stage.steps]
    notes = _notes(law, [step for step in steps if step != PUBLICITY], cites)
    suspended = _suspended(law, tier, cites) if PUBLICITY in steps else []
    notes = {key: [*each, *suspended] for key, each in notes.items()}
    return {"stages": main, "others": row, "total": total(taken(law, tier)).said, "notes": notes}


def _stages(law: Law, tier: str, cites: Cites) -> list[list[Node]]:
    procedures = Procedures(law)
    return [
        [_step(procedures, tier, step, cites, optional=step in stage.optional) for step in stage.steps]
        for stage in planned(law, tier)
    ]


def _step(procedures: Procedures, tier: str, step: str, cites: Cites, *, optional: bool) -> Node:
    law = procedures.law
    if step == PUBLICITY:
        laid = procedures.publicity(tier)
        office, name, by = (law.role(laid.norm.by) if laid else ""), "公示", _period(law, tier, cites)
    else:
        laid = procedures.steps(tier)[step]  # type: ignore[assignment]
        office, name, by = law.role(procedures.office(step)), law.step_name(step).zh, _limit(law, step, cites)
    row = {"id": step, "name": name, "office": office, "by": by, "laid": laid and cites.of(laid.cite)}
    return {**row, "optional": True} if optional else row
