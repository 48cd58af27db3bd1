"""A quarter's facts as an assessment file: what the log can tell; what it cannot is left to a person."""

import datetime
import json
from collections.abc import Iterator, Mapping

from banshi.base.text import escaped, visible
from banshi.files.law_used import LawUsed
from banshi.law.norms import Adjustment
from banshi.subjects.cases.case_log import CaseLog
from banshi.subjects.cases.faults import Noted
from banshi.subjects.cases.measures import CaseShare
from banshi.subjects.cases.quarter import COUNTS, OVERDUE, UNANSWERED, QuarterTally, wanted
from banshi.subjects.cases.ranges import count_range, left_said, rate_range


def as_assessment(log: CaseLog, found: QuarterTally, law: LawUsed) -> str:
    """The file (YAML): windows with their facts, and every overdue case that was kept as a deduction.

    While anything of the log was not counted, no figure is a fact, and what is known stands there as a remark.
    """
    as_of = log.as_of or found.quarter.end
    lines = [f"# {visible(law.said.zh)}", *_top(log, found, as_of)]
    overdue = found.overdue(as_of)
    windows = list(found.windows(as_of, log.left))
    counts = {slug: counted.measure for slug, counted in wanted(found.law).items() if counted.measure in COUNTS}
    settled = {window: sum(counts.values()) for window, counts in found.settled.groups["window"].items()}
    lines.append("windows:" if windows else "windows: []")
    for window, facts in windows:
        own = [noted for noted in overdue if noted.case.window == window] if _entered(found) else []
        deductions = [_deduction(noted, found, as_of) for noted in own]
        if log.left:
            lines += _unread_window(window, facts, deductions, counts)
        else:
            lines += _window(window, facts, deductions, _settled(found, settled.get(window, 0)), counts)
    return "\n".join(lines) + "\n"


def _top(log: CaseLog, found: QuarterTally, as_of: datetime.date) -> Iterator[str]:
    word = found.quarter.word.zh
    yield f"# 由办件登记算出（统计到 {as_of}）。比率是本{word}办结的件的；超期件是时限在本{word}届满、超期办结或{word}末还没有办结的。"
    if as_of < found.quarter.end:
        yield f"# 统计到的日子早于{word}末（{found.quarter.end}），本{word}的事实还不全。"
    if log.left:
        yield f"# 注意：{left_said(log.left).zh}，所以各窗口的事实都没有确定，一项也没有写；整个窗口的办件都没有读出的，窗口也没有列出。"
        yield "# 改好办件登记再算一次；下面“#”后是读出的部分，供人核对，不是事实。"
    yield "# 登记没有写明的事实没有列出；投诉、抽查、评分等由人补上。没有写的事实不算零。"
    if any(counted.measure == "on_site_rate" for counted in wanted(found.law).values()):
        yield "# 规定许可不计的件，登记看不出来，现场办结率由人核对。"
    yield "kind: assessment"
    if log.log.fictional:
        yield "fictional: true"
    yield f"jurisdiction: {log.log.jurisdiction}"
    yield f"centre: {_text(log.log.centre or '（请填写中心名称）')}"
    yield f"{'quarter' if found.quarter.kind == 'quarter' else 'period'}: {found.quarter}"


def _settled(found: QuarterTally, count: int) -> str:
    """A remark on cases whose lateness counted before; empty where there are none."""
    word = found.quarter.word.zh
    said = f"另有 {count} 件本{word}办结，时限在以前的{word}届满，在那一{word}计为超期，这里不再计，也不在按时办结率里"
    return said if count else ""


def _window(
    window: str, facts: dict[str, CaseShare], overdue: list[list[str]], settled: str, counts: Mapping[str, str]
) -> Iterator[str]:
    yield f"  - id: {_text(window)}"
    yield f"    name: {_text(window)}"
    yield "    facts:"
    if settled:
        yield f"      # {settled}"
    told = {name: one for name, one in facts.items() if one.complete}
    for name, one in told.items():
        yield f"      {name}: {_fact(one, count=name in counts)}"
    if not told:
        yield "      {}"
    for name, one in facts.items():
        if not one.complete:
            running = "，或还在回复的期限内" if counts.get(name) == UNANSWERED else ""
            yield f"      # {name}：有 {one.unsure + one.outside} 件没有写明{running}，由人补上"
    if overdue:
        yield "    deductions:"
        yield from (line for lines in overdue for line in lines)


def _unread_window(
    window: str, facts: dict[str, CaseShare], overdue: list[list[str]], counts: Mapping[str, str]
) -> Iterator[str]:
    """A window of which not every case was read: ranges and known cases as remarks."""
    yield f"  - id: {_text(window)}"
    yield f"    name: {_text(window)}"
    yield "    facts: {}"
    for name, one in facts.items():
        span = count_range(one) if name in counts else rate_range(one)
        yield f"      # {name}：{span}，没有确定"
    for lines in overdue:
        yield from (f"    # 已知的超期件：{line.strip().lstrip('#- ')}" for line in lines)


def _fact(one: CaseShare, *, count: bool) -> str:
    return str(one.hits) if count else f"{{count: {one.hits}, of: {one.of}}}"


def _deduction(noted: Noted, found: QuarterTally, as_of: datetime.date) -> list[str]:
    """An overdue case: finished late in the quarter (on that day), or still open at its end (on the day it was due)."""
    case, limit, last = noted.case, found.limit(noted.case), min(as_of, found.quarter.end)
    finished = case.finished_on if case.finished_on is not None and case.finished_on <= last else None
    open_at = f"{found.quarter.word.zh}末" if last == found.quarter.end else f"到 {last} "
    state = f"{finished} 办结" if finished else f"{open_at}还没有办结"
    only = "，没有超法定时限" if _within_statute(noted, finished or last) else ""
    evidence = _text(f"办件登记：应在 {limit} 前（含当日）办结，{state}{only}")
    marks = "".join(f", {name}: true" for name in ("parallel", "online") if getattr(case, name))
    event = _text("办件 " + case.id)
    return [
        f"      - {{fact: {_late(found)}, on: {finished or limit}, event: {event}, count: 1{marks}, evidence: {evidence}}}"
    ]


def _late(found: QuarterTally) -> str:
    """The fact that late cases are entered under."""
    facts = (fact for version in found.law.versions for fact in version.facts.items())
    return next((slug for slug, fact in facts if fact.role == "overdue"), OVERDUE)


def _entered(found: QuarterTally) -> bool:
    """Whether the law takes late cases as entries, and not only by their number."""
    return any(placed.norm.fact == _late(found) for placed in found.law.all(Adjustment))


def _within_statute(noted: Noted, day: datetime.date) -> bool:
    """Whether the case broke its promise alone by that day."""
    return noted.case.statutory_due_on is not None and day <= noted.case.statutory_due_on


def _text(words: str) -> str:
    """Text as YAML, whatever it holds."""
    return escaped(json.dumps(words, ensure_ascii=False))
