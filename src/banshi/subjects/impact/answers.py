"""What is decided of a recorded case: each answer with its question, its value in words, and its reasons."""

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress
from decimal import Decimal
from fractions import Fraction
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from banshi.base.money import plain
from banshi.base.text import Text, listed
from banshi.checking.loaded import Loaded, LoadedFile
from banshi.files.findings import Finding
from banshi.files.not_stated import NotStated, if_stated
from banshi.law.decisions import Decision, Reason
from banshi.law.instruments import Placed
from banshi.law.library import Law
from banshi.law.norms import Factor, ScoreSubItem
from banshi.subjects.assessment.case import AssessmentInLaw as Assessment
from banshi.subjects.assessment.combining import combined
from banshi.subjects.assessment.sub_items import called
from banshi.subjects.attendance.account import Account, PersonAccount, account
from banshi.subjects.attendance.case import RegisterInLaw as Register
from banshi.subjects.attendance.irregular import OUTCOMES
from banshi.subjects.attendance.periods import month
from banshi.subjects.cases.case_log import CaseLog
from banshi.subjects.cases.judged_target import VERDICTS
from banshi.subjects.cases.ranges import percentage
from banshi.subjects.change.deadlines import due_of
from banshi.subjects.change.filing import FiledForm as Form
from banshi.subjects.change.loading import LoadedFiling
from banshi.subjects.change.publicity import publicity_end
from banshi.subjects.change.step_forms import Opinion
from banshi.subjects.change.tiers import TierDecision
from banshi.subjects.parallel.answer import ScheduleAnswer as Schedule
from banshi.subjects.parallel.combined import VERDICTS as COMBINED
from banshi.subjects.parallel.context import CaseFile, cycles

OPEN = "不能判定"
NO_LAW = "没有施行中的规定"
TIER = "应走档次"
CHANGE, ATTENDANCE, ASSESSMENT, CASES, FINDINGS = "工程变更", "考勤", "窗口考核", "办件", "校验"
PARALLEL = "并联审批"


class CaseAnswer(Struct, frozen=True):
    """One answer about one case: ``amount`` is its value where it is a number or a day.

    ``about`` and ``code``: ids of the question and of the value, where what they are called may change with the law.
    """

    subject: str
    path: str
    case: str
    question: str
    value: str
    reasons: tuple[Reason, ...] = ()
    amount: Decimal | datetime.date | None = None
    about: str = ""
    code: str = ""

    @property
    def key(self) -> tuple[str, str, str, str]:
        """What it is an answer to."""
        return self.subject, self.path, self.case, self.about or self.question

    def agrees(self, other: "CaseAnswer") -> bool:
        """Whether another answer says the same, whatever that is called there."""
        return (self.code or self.value) == (other.code or other.value)


def answers(loaded: Loaded) -> Iterator[CaseAnswer]:
    """Everything that is decided of what was loaded."""
    if isinstance(loaded, LoadedFiling):
        for form in loaded.filing.in_order:
            yield from of_change(form, loaded.forms[form.index].document.path)
    elif isinstance(loaded, LoadedFile):
        path, value = loaded.document.path, loaded.value
        if isinstance(value, Register):
            yield from of_register(value, path)
        elif isinstance(value, Assessment):
            yield from of_assessment(value, path)
        elif isinstance(value, CaseLog):
            yield from of_log(value, path)
        elif isinstance(value, CaseFile):
            yield from _of_parallel_case(value, path)


def findings_answer(path: str, case: str, found: Iterable[Finding], titles: dict[str, str]) -> CaseAnswer:
    """What a check finds, as one answer."""
    every = list(found)
    counts = Counter(finding.rule for finding in every)
    said = listed(
        f"{titles.get(rule, rule)}{f' {count} 处' if count > 1 else ''}" for rule, count in sorted(counts.items())
    )
    reasons = tuple(Reason(finding.message, next(iter(finding.basis), None)) for finding in every)
    return CaseAnswer(FINDINGS, path, case, "查出的问题", said or "没有问题", reasons, Decimal(len(every)))


def of_change(form: Form, path: str) -> Iterator[CaseAnswer]:
    """The tier of a form, the due dates of its steps, and until when it is public; what it does not state is open."""
    named = (if_stated(lambda: form.project.id), if_stated(lambda: form.change.number))
    case = " ".join(filter(None, named))
    try:
        law, tier = form.law, form.tier
        decided = law is not None and tier is not None and not form.unit_doubtful
    except NotStated:
        yield CaseAnswer(CHANGE, path, case, TIER, OPEN)
        return
    if law is None or tier is None or not decided:
        yield CaseAnswer(CHANGE, path, case, TIER, NO_LAW if law is None else OPEN)
        return
    yield tier_answer(path, case, law, tier)
    for opinion in if_stated(lambda: form.change.opinions) or ():
        with suppress(NotStated):  # not even the step
            yield _of_step(form, law, opinion, path, case)
    if if_stated(lambda: form.change.publicity):
        yield _of_publicity(form, law, path, case)


def _of_step(form: Form, law: Law, opinion: Opinion, path: str, case: str) -> CaseAnswer:
    name, about = f"“{law.step_name(opinion.step).zh}”的期限", f"期限 {opinion.step}"
    try:
        return replace(_day(CHANGE, path, case, name, due_of(law, form.days, form.change, opinion)), about=about)
    except NotStated:
        return CaseAnswer(CHANGE, path, case, name, OPEN, about=about)


def _of_publicity(form: Form, law: Law, path: str, case: str) -> CaseAnswer:
    try:
        record = form.change.publicity
        assert record is not None
        end = publicity_end(law, form.days, record.started_on, form.change.tier, record.objections)
        return _day(CHANGE, path, case, "公示截止", end)
    except NotStated:
        return CaseAnswer(CHANGE, path, case, "公示截止", OPEN)


def tier_answer(path: str, case: str, law: Law, tier: TierDecision) -> CaseAnswer:
    """The tier that was decided, as it is called."""
    named = (
        law.tier_name(tier.value).zh
        if tier.value
        else f"{OPEN}（从严为{law.tier_name(tier.strictest).zh}）"
        if tier.possible
        else OPEN
    )
    return CaseAnswer(CHANGE, path, case, TIER, named, tuple(tier.reasons), code=tier.value or named)


def _day(subject: str, path: str, case: str, question: str, decision: Decision[datetime.date]) -> CaseAnswer:
    value = decision.value
    return CaseAnswer(
        subject, path, case, question, value.isoformat() if value else OPEN, tuple(decision.reasons), value
    )


def of_register(case: Register, path: str) -> Iterator[CaseAnswer]:
    """What the accounts of its months say."""
    start, end = case.register.start, case.register.end
    for number in range(start.year * 12 + start.month - 1, end.year * 12 + end.month):
        yield from of_account(account(case, month(number // 12, number % 12 + 1)), path)


def of_account(found: Account, path: str) -> Iterator[CaseAnswer]:
    """What an account says of each person."""
    period = found.period.value.label if found.period.value else OPEN
    for person in found.people:
        yield from of_person(person, path, f"{person.person.id} {period}")


def of_person(person: PersonAccount, path: str, case: str) -> Iterator[CaseAnswer]:
    """What an account says of a person."""
    yield _count(path, case, "正常天数", person.normal)
    reasons: dict[str, list[Reason]] = {}
    for each in person.irregular:
        outcome = OUTCOMES[each.outcome.value or "undetermined"].zh
        reasons.setdefault(outcome, []).extend(each.outcome.reasons)
    counts = Counter(OUTCOMES[each.outcome.value or "undetermined"].zh for each in person.irregular)
    said = listed(f"{outcome} {count} 次" for outcome, count in sorted(counts.items())) or "没有"
    every = tuple(reason for own in reasons.values() for reason in own)
    yield CaseAnswer(ATTENDANCE, path, case, "非正常考勤", said, every, Decimal(len(person.irregular)))
    yield from _factors(person, path, case)
    for made in person.converted:
        leave = listed(f"折{kind} {plain(days)} 天" for kind, days in sorted(made.leave.items()))
        said = f"{plain(made.times)} 次，旷工 {plain(made.absence)} 天" + (f"，{leave}" if leave else "")
        yield CaseAnswer(
            ATTENDANCE, path, case, f"{made.year}-{made.month:02d} 迟到早退折算", said, tuple(made.reasons), made.times
        )
    lacks = [shortcoming for fault in person.faults for shortcoming in fault.shortcomings]
    said = listed(sorted({each.text.zh for each in lacks})) or "齐全"
    yield CaseAnswer(ATTENDANCE, path, case, "请假手续", said, tuple(Reason(each.text, each.basis) for each in lacks))


def _factors(person: PersonAccount, path: str, case: str) -> Iterator[CaseAnswer]:
    """Whether each sum of leave is a factor: told apart by the norm's id, and called by what it counts."""
    stated = [(factor, factor.norm) for factor in person.factors if factor.norm]
    names = [_factor_name(placed, person) for _, placed in stated]
    seen: set[str] = set()
    for (factor, placed), name in zip(stated, names, strict=True):
        known = placed.norm.id
        about = f"{placed.cite.instrument}/{known}" if known in seen else known  # two instruments may use one id
        seen.add(known)
        named = f"{name}，{placed.norm.bound.phrase({})}" if names.count(name) > 1 else name
        yes = {True: "是", False: "否", None: OPEN}[factor.value]
        yield CaseAnswer(
            ATTENDANCE, path, case, f"考核因素 {named}", yes, tuple(factor.reasons), about=f"考核因素 {about}"
        )


def _factor_name(placed: Placed[Factor], person: PersonAccount) -> str:
    """The provision and what is counted: 四（一） 事假、病假次数."""
    joined = "、或" if placed.norm.each_kind else "、"
    kinds = joined.join(person.words.kind(kind).zh for kind in placed.norm.of)
    return f"{placed.provision.label} {kinds}{'次数' if placed.norm.counted == 'times' else '天数'}"


def _count(path: str, case: str, question: str, count: int | None) -> CaseAnswer:
    return CaseAnswer(
        ATTENDANCE,
        path,
        case,
        question,
        OPEN if count is None else str(count),
        (),
        None if count is None else Decimal(count),
    )


def of_assessment(case: Assessment, path: str) -> Iterator[CaseAnswer]:
    """Scores, marks and places of every window; of a period that others make up, nothing."""
    asked = str(case.assessment.asked)
    if case.law is None:
        yield CaseAnswer(ASSESSMENT, path, asked, "得分", NO_LAW)
        return
    if case.combined:
        return  # with the shorter periods that make it up
    places = {rank.score.index: rank for rank in case.ranking}
    for score in case.scores:
        window = f"{score.window.id} {asked}"
        yield _mark(path, window, "得分", score.total)
        for line in score.lines:
            mark = _mark(path, window, _named(line.placed), line.mark, line.placed.norm.id)
            yield replace(mark, reasons=(*mark.reasons, _full_marks(line.placed)))
        rank = places.get(score.index)
        place = None if rank is None else rank.place
        yield CaseAnswer(
            ASSESSMENT,
            path,
            window,
            "名次",
            OPEN if place is None else str(place),
            (),
            None if place is None else Decimal(place),
        )


def _named(placed: Placed[ScoreSubItem]) -> str:
    """A sub-item by its article and its name."""
    return f"{placed.provision.label} {called(placed)}"


def _full_marks(placed: Placed[ScoreSubItem]) -> Reason:
    marks = plain(placed.norm.marks)
    return Reason(Text(f"满分 {marks} 分", f"full marks {marks}"), placed.cite)


def _mark(path: str, case: str, question: str, mark: Any, item: str = "") -> CaseAnswer:
    value = mark.value
    return CaseAnswer(
        ASSESSMENT,
        path,
        case,
        question,
        OPEN if value is None else plain(value.normalize()),
        tuple(mark.reasons),
        value,
        about=item,
    )


def longer_periods(cases: list[Assessment], path: str) -> Iterator[CaseAnswer]:
    """Scores, places and grades of the periods that several files make up."""
    for period in combined(cases):
        for row in period.rows:
            case = f"{row.window.id} {period.period}"
            yield _mark(path, case, "得分", row.total.decision)
            place = row.place
            yield CaseAnswer(
                ASSESSMENT,
                path,
                case,
                "名次",
                OPEN if place is None else str(place),
                (),
                None if place is None else Decimal(place),
            )
            if row.grade:
                grade = row.grade.grade
                yield CaseAnswer(
                    ASSESSMENT,
                    path,
                    case,
                    "等次",
                    row.grade.said.zh,
                    tuple(row.grade.reasons),
                    code=grade.grade if grade else "",
                )


def of_log(log: CaseLog, path: str) -> Iterator[CaseAnswer]:
    """What a log comes to against each target."""
    for judged in log.judged:
        group = judged.group.said(log.words).zh if judged.group else ""
        case = f"{judged.placed.norm.id} {group}".rstrip()
        value = judged.value
        said = OPEN if value is None else percentage(value) if isinstance(value, Fraction) else str(value)
        verdict = VERDICTS[judged.verdict].zh
        yield CaseAnswer(
            CASES,
            path,
            case,
            "指标",
            f"{verdict}（{said}）" if value is not None else verdict,
            tuple(judged.met.reasons),
        )


def _of_parallel_case(file: CaseFile, path: str) -> Iterator[CaseAnswer]:
    """When the last result is there, what side by side saves, and how that stands to the limits of combined handling."""
    case = file.case.id
    if any(cycles(file.items)):
        yield CaseAnswer(PARALLEL, path, case, "全部办结", OPEN)
        return
    schedule = Schedule(file)
    end, saved = schedule.stands.ends_on, schedule.saved
    yield CaseAnswer(PARALLEL, path, case, "全部办结", end.isoformat() if end else OPEN, (), end)
    days = saved.value.days if saved.value else None
    said, amount = (OPEN, None) if days is None else (f"{days} 个工作日", Decimal(days))
    yield CaseAnswer(PARALLEL, path, case, "比逐项办节省", said, tuple(saved.reasons), amount)
    for span, decision in schedule.combined:
        told = COMBINED[decision.value].zh if decision.value else OPEN
        question = f"{span.name}的合并办理"
        yield CaseAnswer(PARALLEL, path, case, question, told, tuple(decision.reasons), code=decision.value or OPEN)
