"""Deciding recorded things under two laws: each distinct ledger once, and once where both laws say the same of its subject."""

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from banshi.base.text import Text
from banshi.checking.checker import Checker
from banshi.checking.loaded import Loaded, LoadedFile
from banshi.files.documents import Document
from banshi.files.not_stated import if_stated
from banshi.files.report import Report
from banshi.files.units import SomeLines, Unit
from banshi.law.decisions import Reason
from banshi.subjects.attendance.case import RegisterInLaw as Register
from banshi.subjects.cases.case_log import CaseLog
from banshi.subjects.change.forms import Change
from banshi.subjects.change.loading import LoadedFiling
from banshi.subjects.change.project_forms import Project
from banshi.subjects.impact.answers import CaseAnswer, answers, findings_answer
from banshi.subjects.impact.same_law import SameLaw

Both = tuple[list[CaseAnswer], list[CaseAnswer]]
_ID, _NAME, _PATH = "\ue000", "\ue001", "\ue002"  # stand for what a project is called: for private use, in no form
_MOST_KEPT = 1_000  # of 20 to 50 KB each
_FOUND_IN = (
    "change",
    "attendance",
    "assessment",
    "cases",
    "catalogue",
    "parallel-case",
)  # files of which what a check finds is an answer too


class Second:
    """What a unit holds under the second law: made of what was loaded under the first, or loaded when it has to be."""

    def __init__(self, checker: Checker, unit: Unit, report: Report) -> None:
        """``report``: what cannot be read there."""
        self._checker, self._unit, self._report = checker, unit, report
        self._loaded: Iterator[Loaded] | None = None
        self._next = 0

    def of(self, number: int, first: Loaded) -> Loaded | None:
        """What stands at a place of the unit; None where nothing can be used there."""
        if isinstance(first, LoadedFiling) and _plain(first):
            loader = self._checker.loader
            return replace(first, filing=first.filing.under(loader.library, loader.days))
        if self._loaded is None:
            self._loaded = self._checker.loader.load(self._unit, self._report)
        for each in self._loaded:
            self._next += 1
            if self._next > number:
                return each
        return None

    def rest(self) -> Iterator[Loaded]:
        """What only the second law can use."""
        yield from self._loaded or ()


def _plain(loaded: LoadedFiling) -> bool:
    """Whether what was read does not turn on a law: written canonically, in a document."""
    documents = [each.document for each in (loaded.place, *loaded.forms)]
    return all(type(each) is Document and not each.understood for each in documents)


class _Told(Struct, frozen=True):
    """A ledger as it is kept: what a project is called, and where it stands, do not matter to what is decided."""

    path: str
    id: str
    name: str


class DecidingTwice:
    """Answers of two checkers to the same things."""

    def __init__(self, checkers: tuple[Checker, Checker]) -> None:
        """``checkers``: each with its law."""
        self._checkers = checkers
        self._same = SameLaw(checkers[0].loader, checkers[1].loader)
        self._kept: dict[bytes, Both] = {}

    def both(self, first: Loaded, second: Loaded | None, name: str) -> Both:
        """What is decided under either law of what stands at a place of a unit and is called so."""
        same = self._same.says(*_about(first))
        if isinstance(first, LoadedFiling) and isinstance(second, LoadedFiling) and (key := _key(first)):
            filing = first.filing
            told = _Told(first.place.document.path, filing.project.id, filing.project.name)
            if key not in self._kept:
                kept = self._decided(_nameless(first), _nameless(second), name, same=same)
                if len(self._kept) >= _MOST_KEPT:
                    self._kept.clear()
                self._kept[key] = kept
            before, after = self._kept[key]
            renamed = [_renamed(each, told) for each in before]
            return renamed, renamed if before is after else [_renamed(each, told) for each in after]
        return self._decided(first, second, name, same=same)

    def _decided(self, first: Loaded, second: Loaded | None, name: str, *, same: bool) -> Both:
        self._same.begin()
        before = list(decided(self._checkers[0], first, name))
        if same or self._read_the_same(first, second):
            return before, before
        return before, list(decided(self._checkers[1], second, name)) if second else []

    def _read_the_same(self, first: Loaded, second: Loaded | None) -> bool:
        """Whether both hold the same forms, and nothing that was read of the law is another in the second one."""
        if not (isinstance(first, LoadedFiling) and isinstance(second, LoadedFiling)):
            return False
        return _plain(first) and self._same.where_read(first.filing, second.filing)


def decided(checker: Checker, loaded: Loaded, name: str) -> Iterator[CaseAnswer]:
    """Every answer of one checker, what a check finds among them."""
    yield from answers(loaded)
    report = Report()
    checker.hold(loaded, report, placed=False)
    titles = {rule: described.title.zh for rule, described in report.rules.items()}
    if isinstance(loaded, (LoadedFiling, LoadedFile)) and loaded.rules in _FOUND_IN:
        own = if_stated(lambda: loaded.filing.project.id) if isinstance(loaded, LoadedFiling) else None
        name = own or name
        yield findings_answer(loaded.place.document.path, name, report.findings, titles)


def _about(loaded: Loaded) -> tuple[str | None, str]:
    """Where it belongs to and what alone it is decided by; no place where that is not known."""
    if isinstance(loaded, LoadedFiling):
        return if_stated(lambda: loaded.filing.project.jurisdiction), "change"
    value: Any = getattr(loaded, "value", None)
    if isinstance(value, Register):
        return value.register.jurisdiction, "attendance"
    if isinstance(value, CaseLog):
        return value.log.jurisdiction, "parallel"
    return None, ""


def _key(loaded: LoadedFiling) -> bytes:
    """What a ledger says beside what its project is called; nothing where it cannot be told from another."""
    filing = loaded.filing
    stated = type(filing.project) is Project and all(type(case.change) is Change for case in filing.cases)
    if not stated or filing.missing or len({each.document.path for each in (loaded.place, *loaded.forms)}) > 1:
        return b""
    nameless = _nameless(loaded).filing
    return msgspec.json.encode([nameless.project, [case.change for case in nameless.cases]])


def _nameless(loaded: LoadedFiling) -> LoadedFiling:
    """The same with signs in the place of what its project is called and of where it stands."""
    filing = loaded.filing
    project = msgspec.structs.replace(filing.project, id=_ID, name=_NAME)
    own = filing.project.id
    changes = [
        msgspec.structs.replace(case.change, project=_ID) if case.change.project == own else case.change
        for case in filing.cases
    ]
    return replace(loaded, filing=filing.restated(project, changes))


def _renamed(answer: CaseAnswer, told: _Told) -> CaseAnswer:
    reasons = answer.reasons
    if any(_ID in each.text.zh or _NAME in each.text.zh for each in reasons):
        reasons = tuple(_reason(each, told) for each in reasons)
    return replace(
        answer, path=told.path, case=_said(answer.case, told), value=_said(answer.value, told), reasons=reasons
    )


def _reason(reason: Reason, told: _Told) -> Reason:
    return Reason(Text(_said(reason.text.zh, told), _said(reason.text.en, told)), reason.basis)


def _said(text: str, told: _Told) -> str:
    return text.replace(_ID, told.id).replace(_NAME, told.name) if _ID in text or _NAME in text else text


def named(unit: Unit, loaded: Loaded, number: int) -> str:
    """What stands at a place of a unit: by its line where each line is a document, else by its number.

    Ledgers have names of their own; to look for their lines would cost a fifth of deciding them.
    """
    if isinstance(unit, SomeLines) and not isinstance(loaded, LoadedFiling):
        return f"第 {loaded.place.document.place(()).line} 行"
    return f"第 {number + 1} 份"


def unit_answers(checker: Checker, unit: Unit, loaded: Iterable[Loaded]) -> Iterator[CaseAnswer]:
    """What is decided of what only one law can use."""
    for number, each in enumerate(loaded):
        yield from decided(checker, each, named(unit, each, number))
