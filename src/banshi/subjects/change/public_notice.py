"""The public notice of a change: what is public, from when until when, where, how to object, and what objections came."""

import datetime
from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct

from banshi.base.text import Text
from banshi.files.findings import Route
from banshi.law.decisions import Decision, Reason
from banshi.law.form_places import Places
from banshi.law.instruments import Placed
from banshi.law.library import Law
from banshi.law.norms import Period, Publicity
from banshi.law.time_limits import Counting, ends
from banshi.law.version_parts import Form, FormField
from banshi.output.forms.layout import FormSection, FormTable, Layout, layout
from banshi.subjects.change.filing import FiledForm
from banshi.subjects.change.forms import STATUSES
from banshi.subjects.change.no_law import no_law
from banshi.subjects.change.private_data import private_in
from banshi.subjects.change.publicity import period, publicity_end
from banshi.subjects.change.step_forms import Objection, PublicityRecord

UNSTATED = Text("原文未载明", "not stated")
CONCLUSIONS = {
    "no_objection": Text("无异议", "no objection"),
    "resolved": Text("有异议已处理", "objections, resolved"),
    "failed": Text("未通过", "failed"),
}
_HELD = "publicity"  # what a filing holds of publicity is told by itself
# What identifies a change, where the law names no form: nothing that concerns offices among themselves.
_LEAST = (
    ("报批表编号", "change.number"),
    ("项目名称", "project.name"),
    ("项目业主", "project.owner"),
    ("中标单位", "project.contractor"),
    ("变更内容", "change.items"),
    ("变更原因", "change.reason"),
    ("变更金额", "change.amounts.net"),
)

_NO_DAY: Decision[datetime.date] = Decision(None, ())


class Heard(Struct, frozen=True):
    """An objection within (or after) the period, by when it must be answered, and what became of it."""

    objection: Objection
    due: Decision[datetime.date]
    state: Text


class PublicNotice(Struct, frozen=True):
    """The notice of one change. ``asked``: the norm that asks for publicity; None, with ``why_none``, where none does.

    ``public``: what is made public; ``start``: as filed; ``end``: by the calendar; ``remarks``: what a reader must know.
    """

    case: FiledForm
    title: str
    asked: Placed[Publicity] | None
    why_none: tuple[Reason, ...] = ()
    public: Layout | None = None
    start: Decision[datetime.date] = _NO_DAY
    end: Decision[datetime.date] = _NO_DAY
    where: tuple[Reason, ...] = ()
    how: tuple[Reason, ...] = ()
    heard: tuple[Heard, ...] = ()
    remarks: tuple[Text, ...] = ()

    @property
    def record(self) -> PublicityRecord | None:
        """What the filing says of the publicity."""
        return self.case.change.publicity


def notice_of(case: FiledForm, data: Mapping[str, Any], places: Places) -> PublicNotice | Text:
    """The notice of a change, or why there is none. ``data``: the same change as a ledger that holds it alone."""
    law, change = case.law, case.change
    if law is None or case.procedures is None:
        return no_law(case.filing.library, change.filed_on, case.project.jurisdiction)
    asked = case.procedures.publicity(change.tier)
    remarks = tuple(_remarks(case, law))
    if asked is None:
        return PublicNotice(case, "不要求公示", None, tuple(_why_none(case, law)), remarks=remarks)
    form, end = _form(law, asked), _end(case, law)
    return PublicNotice(
        case,
        form.title if form else "工程变更公示",
        asked,
        public=_public(form, asked, data, places),
        start=_start(case, law, asked),
        end=end,
        where=tuple(_where(case, asked)),
        how=tuple(_how(law, asked, end.value)),
        heard=tuple(_heard(case, law)),
        remarks=(*remarks, *(() if form else (_NO_FORM,))),
    )


def _remarks(case: FiledForm, law: Law) -> Iterator[Text]:
    change, found = case.change, case.tier
    if found and found.value and found.value != change.tier:
        by_amounts, filed = law.tier_name(found.value), law.tier_name(change.tier)
        yield Text(
            f"报批表写的档次是“{filed.zh}”，按金额应是“{by_amounts.zh}”；这里按报批表写的",
            f"filed as “{filed.en}”, by its amounts “{by_amounts.en}”; this follows the filing",
        )
    if case.drafted or case.dropped:
        yield Text(f"报批表的状态是“{STATUSES[change.status]}”", f"the form's status is {change.status}")


def _why_none(case: FiledForm, law: Law) -> Iterator[Reason]:
    """The provision that lays down the tier's procedure, and those that ask other tiers for publicity."""
    name, procedures = law.tier_name(case.change.tier), case.procedures
    assert procedures is not None
    own = [each.cite for each in procedures.of(case.change.tier)]
    if consulted := procedures.consultation(case.change.tier):
        own.append(consulted.cite)
    said = Text(f"“{name.zh}”的变更不要求公示", f"a change of tier “{name.en}” need not be made public")
    yield from (Reason(said, cite) for cite in dict.fromkeys(own[:1]))
    if not own:
        yield Reason(said)
    others = law.all(Publicity)
    if not others:
        yield Reason(Text("适用文件没有要求公示的规定", "the law in force asks for no publicity"))
    for each in others:
        other = law.tier_name(each.norm.tier)
        yield Reason(Text(f"要求公示的是“{other.zh}”", f"publicity is for “{other.en}”"), each.cite)


def _form(law: Law, asked: Placed[Publicity]) -> Form | None:
    forms = [form for version in (asked.version, *law.versions) for form in version.forms]
    return next((form for form in forms if form.id == asked.norm.form), None)


def _public(form: Form | None, asked: Placed[Publicity], data: Mapping[str, Any], places: Places) -> Layout:
    by = asked.norm.by
    fields = form.fields if form else tuple(FormField(label=label, filled_by=by, key=key) for label, key in _LEAST)
    shown = tuple(each for each in fields if not (each.key or "").startswith(f"change.{_HELD}."))
    asked_for = Form(id=form.id if form else _HELD, title=form.title if form else "", fields=shown)
    return layout(asked_for, asked.version.offices, places, data, alone=True)


def _start(case: FiledForm, law: Law, asked: Placed[Publicity]) -> Decision[datetime.date]:
    """The day as filed; not determined without one: the law sets no day, only what comes before or after."""
    record, norm = case.change.publicity, asked.norm
    reasons = []
    if norm.after:
        name = law.step_name(norm.after)
        day = case.progress.agreed_on(norm.after) if case.progress else None
        done = f"（{day} 同意）" if day else "（还没有同意）"
        said = Text(f"在“{name.zh}”{done}之后公示", f"after “{name.en}” ({day or 'still open'})")
        reasons.append(Reason(said, asked.cite))
    if norm.before:
        name = law.step_name(norm.before)
        reasons.append(Reason(Text(f"在“{name.zh}”之前公示期满", f"it ends before “{name.en}”"), asked.cite))
    if record is None:
        return Decision(None, (Reason(_NOT_HELD), *reasons))
    return Decision(record.started_on, tuple(reasons))


def _end(case: FiledForm, law: Law) -> Decision[datetime.date]:
    record, tier = case.change.publicity, case.change.tier
    if record is not None:
        return publicity_end(law, case.days, record.started_on, tier, record.objections)
    placed = period(law, tier)
    if isinstance(placed, Text):
        return Decision(None, (Reason(_NOT_HELD), Reason(placed)))
    return Decision(None, (Reason(_NOT_HELD), Reason(Text(placed.statement, placed.statement), placed.cite)))


def _where(case: FiledForm, asked: Placed[Publicity]) -> Iterator[Reason]:
    record, norm = case.change.publicity, asked.norm
    if record is not None:
        said = f"{record.platform}（{record.url}）" if record.url else record.platform
        yield Reason(Text(said, said))
    wanted = f"{norm.host}{norm.platform}"
    if wanted:
        yield Reason(Text(f"规定的网站：{wanted}", f"as the law says: {wanted}"), asked.cite)
    elif record is None:
        yield Reason(UNSTATED)


def _how(law: Law, asked: Placed[Publicity], end: datetime.date | None) -> Iterator[Reason]:
    """How to object as far as the law says; and that it does not, where it does not."""
    last, last_en = (f"到 {end} 为止", f"until {end}") if end else ("截止日不能判定", "whose end is not determined")
    yield Reason(Text(f"公示期内提出，{last}", f"within the period of publicity, {last_en}"))
    yield Reason(
        Text(
            "受理异议的单位、联系方式和提出的方式：原文未载明", "to which office, by which means: not stated in the law"
        )
    )
    if asked.norm.objections_suspend:
        yield Reason(
            Text("异议收到后到答复前的日子不计入公示期", "days from an objection until its answer do not count"),
            asked.cite,
        )
    answer = _answer_period(law, asked.norm.tier)
    if answer:
        yield Reason(Text(answer.statement, answer.statement), answer.cite)
    else:
        yield Reason(Text("答复的期限：原文未载明", "time for an answer: not stated"))


def _answer_period(law: Law, tier: str) -> Placed[Period] | None:
    found = [p for p in law.all(Period) if p.norm.of == "objection_answer" and p.norm.tier in (None, tier)]
    return next((p for p in found if p.norm.tier == tier), found[0] if found else None)


def _heard(case: FiledForm, law: Law) -> Iterator[Heard]:
    record = case.change.publicity
    answer = _answer_period(law, case.change.tier)
    for each in record.objections if record else ():
        due: Decision[datetime.date] = Decision(None, (Reason(UNSTATED),))
        if answer:
            norm = answer.norm
            found = ends(case.days, each.received_on, norm.length, Counting(norm.first_day, norm.moved))
            due = Decision(found.last, (Reason(found.text, answer.cite),))
        assert record is not None
        yield Heard(each, due, _state(each, record))


def _state(each: Objection, record: PublicityRecord) -> Text:
    outside = not record.started_on <= each.received_on <= record.ended_on
    zh = "（不在公示期内收到）" if outside else ""
    en = " (received outside the period)" if outside else ""
    if each.resolved_on is None:
        return Text(f"尚未处理{zh}", f"open{en}")
    result = each.resolution or ""
    return Text(
        f"{each.resolved_on} 已处理{zh}：{result or '没有写处理结果'}",
        f"resolved on {each.resolved_on}{en}: {result or 'no resolution stated'}",
    )


def private_parts(notice: PublicNotice) -> Iterator[tuple[Text, Route, str]]:
    """Numbers of persons in what would be printed: what it is, the route to it in a ledger, the label it stands under."""
    for route, label, text in _texts(notice):
        if kind := private_in(text):
            yield kind, route, label


def _texts(notice: PublicNotice) -> Iterator[tuple[Route, str, str]]:
    yield ("changes", "number"), "报批表编号", notice.case.change.number
    yield ("project", "name"), "项目名称", notice.case.project.name
    for part in notice.public.parts if notice.public else ():
        yield from _of_table(part) if isinstance(part, FormTable) else _of_section(part)
    if notice.asked and (record := notice.record):
        yield ("changes", _HELD, "platform"), "公示网站", record.platform
        yield ("changes", _HELD, "url"), "网址", record.url
        for n, each in enumerate(record.objections):
            yield ("changes", _HELD, "objections", n, "resolution"), "处理结果", each.resolution or ""


def _of_section(part: FormSection) -> Iterator[tuple[Route, str, str]]:
    for cell in part.cells:
        if cell.leaf and cell.leaf.field.sort not in _FIGURES:
            yield cell.way, cell.label, cell.value


def _of_table(part: FormTable) -> Iterator[tuple[Route, str, str]]:
    for n, row in enumerate(part.rows):
        for leaf, value in zip(part.listing.leaves, row, strict=True):
            if leaf.field.sort not in _FIGURES:
                yield (*part.listing.way, n, *leaf.way), f"{part.title}·{leaf.name}", value


_FIGURES = ("amount", "signed-amount", "quantity", "number", "integer", "date", "boolean")
_NOT_HELD = Text(
    "报批表没有公示记录，不知道哪天开始，不能判定", "no publicity is filed, so its first day is not determined"
)
_NO_FORM = Text(
    "公示哪些内容：原文未载明；下面是辨认这次变更所必需的",
    "which contents are public: not stated; these identify the change",
)
