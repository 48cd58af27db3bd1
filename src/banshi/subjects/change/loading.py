"""Change filings: a project's folder, or one file that holds the project and its forms."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct

from banshi.base.kept import kept
from banshi.base.text import Text
from banshi.checking.loaded import Subject
from banshi.checking.loading import Loader, one_fate, read_document
from banshi.checking.not_read import NO_PROJECT
from banshi.checking.rules import Rule, RuleBroken
from banshi.checking.wrong_shapes import certain, certain_entries
from banshi.files.discovery import CHANGES, PROJECT_FILE, change_files, not_followed
from banshi.files.documents import Document, Place
from banshi.files.findings import Route, Severity
from banshi.files.locating import Located, from_input, from_shape
from banshi.files.not_stated import NotStated, Way, without
from banshi.files.reading import InputProblem, unreadable
from banshi.files.report import Report
from banshi.files.shape import ShapeProblem
from banshi.files.typed import to_form
from banshi.subjects.change.filing import Filing
from banshi.subjects.change.forms import Change
from banshi.subjects.change.missing import Missing, listed_forms, missing_form
from banshi.subjects.change.other_files import unread_forms
from banshi.subjects.change.project_forms import Project
from banshi.subjects.change.told_twice import told_elsewhere

Ways = frozenset[Way]
_NOTHING_OPEN: Ways = frozenset()


class LoadedFiling(Struct, frozen=True, dict=True):
    """A project with its forms, and where each of them stands."""

    filing: Filing
    place: Located
    forms: tuple[Located, ...]

    @property
    def rules(self) -> str:
        """The folder of the rules that look at it."""
        return "change"

    @property
    def sources(self) -> Mapping[str, Located]:
        """No part of it stands in a table of its own."""
        return {}

    def looked_at(self, rule: Rule) -> Sequence[Subject]:
        """What a rule looks at: the project as a whole, or each of its forms."""
        if rule.needs_all and not self.filing.complete:
            return ()
        if rule.subject == "project":
            return self._whole
        return self._stating(rule) if rule.only_with else self._cases

    @kept
    def _whole(self) -> list[Subject]:
        return [(self.filing, self.place, self.filing.any_law)]

    def _stating(self, rule: Rule) -> list[Subject]:
        """The forms that state what the rule is about, or that cannot tell whether they do."""
        keys = rule.only_with
        if keys not in self._by_keys:
            if unknown := [key for key in keys if key not in Change.__struct_fields__]:
                raise RuleBroken(rule.path, f"ONLY_WITH：报批表没有 {'、'.join(unknown)}")
            self._by_keys[keys] = [each for each in self._cases if _may_state(each[0].change, keys)]
        return self._by_keys[keys]

    @kept
    def _by_keys(self) -> dict[tuple[str, ...], list[Subject]]:
        return {}

    @kept
    def _cases(self) -> list[Subject]:
        return [(case, self.forms[case.index], case.law) for case in self.filing.cases]


def _may_state(change: Change, keys: tuple[str, ...]) -> bool:
    for key in keys:
        try:
            if getattr(change, key) is None:
                return False
        except NotStated:
            continue
    return True


def load(document: Document, loader: Loader, report: Report) -> Iterator[LoadedFiling]:
    """A file by itself: a ledger, or a project without forms; a form alone cannot be judged."""
    kind = document.data["kind"]
    if kind == "ledger":
        yield from _ledger(document, loader, report)
    elif kind == "project":
        yield from filing_of(loader, report, document.to_type, Located(document), [], unstated=document.unstated)
    else:
        report.findings.append(from_input(document.path, NO_PROJECT))


def load_folder(folder: Path, loader: Loader, report: Report) -> Iterator[LoadedFiling]:
    """A project's folder: ``project.yaml`` and the forms in ``changes/``."""
    project = loader.of_kind(folder / PROJECT_FILE, "project", report)
    loader.of_place = project.data.get("jurisdiction") if project else None
    out = not_followed(folder / CHANGES, folder)
    if out:
        report.findings.append(from_input((folder / CHANGES).as_posix(), out))
    lost = bool(out)
    try:
        paths, others = ([], []) if out else change_files(folder)
    except OSError as error:
        report.failed = True
        report.findings.append(from_input((folder / CHANGES).as_posix(), unreadable(error)))
        paths, others, lost = [], [], True
    read_forms = [(path, *_form(path, folder, loader, report)) for path in paths]
    lying = tuple(unread_forms(folder / CHANGES, others, [data for _, _, data in read_forms], report))
    if project is None:
        path = folder / PROJECT_FILE
        if path.exists():
            report.findings.append(from_input(path.as_posix(), _UNHELD, severity=Severity.NOTE))
        return
    usable = [form for _, form, _ in read_forms if form is not None]
    missing = tuple(missing_form(path.name, data) for path, form, data in read_forms if form is None)
    missing += (*lying, *((Missing(CHANGES),) if lost else ()))
    if missing:
        report.findings.append(from_shape(project, not_used(missing), Severity.NOTE))
    forms = [(form.to_type, Located(form), form.unstated) for form in usable]
    yield from filing_of(loader, report, project.to_type, Located(project), forms, missing, project.unstated)
    loader.of_place = None  # what comes next is no part of this project


def _form(path: Path, folder: Path, loader: Loader, report: Report) -> tuple[Document | None, Any]:
    """A change form if it can be used, and what could be read of it; what goes wrong with it is its own."""
    with one_fate(path.as_posix(), report):
        if out := not_followed(path, folder):
            report.findings.append(from_input(path.as_posix(), out))
            return None, None
        report.files += 1
        reading = read_document(path, loader.most)
        found = loader.shaped(reading, report, "change")[0]
        return found, certain(reading.document)
    return None, None


def _ledger(document: Document, loader: Loader, report: Report) -> Iterator[LoadedFiling]:
    data, broken = document.to_type, document.broken
    entries = certain_entries(document, "changes", sorted(broken))
    missing = tuple(missing_form(f"changes 第 {n + 1} 项", entry) for n, entry in entries)
    if missing:
        report.findings.append(from_shape(document, not_used(missing), Severity.NOTE))
    numbered = [(n, change) for n, change in enumerate(data["changes"]) if n not in broken]
    open_in = unstated_in(document)
    forms = [
        (change, Located(document, ("changes", n)), frozenset(open_in.get(("changes", n), ())))
        for n, change in numbered
    ]
    project = {**data["project"], "fictional": True} if data.get("fictional") else data["project"]  # all of it is
    unstated = frozenset(open_in.get(("project",), ()))
    yield from filing_of(loader, report, project, Located(document, ("project",)), forms, missing, unstated)


def unstated_in(document: Document) -> dict[Route, set[Way]]:
    """What the parts of a ledger do not state for certain, by part, each by the way from there."""
    found: dict[Route, set[Way]] = {}
    for way in document.unstated:
        at = 2 if way[0] == "changes" else 1
        if len(way) > at:
            found.setdefault(way[:at], set()).add(way[at:])
    return found


def filing_of(
    loader: Loader,
    report: Report,
    project: Any,
    place: Located,
    forms: Sequence[tuple[Any, Located, Ways]],
    missing: tuple[Missing, ...] = (),
    unstated: Ways = _NOTHING_OPEN,
) -> Iterator[LoadedFiling]:
    """A project and its forms as rules look at them; nothing where another place of the run says otherwise what it rests on.

    ``unstated``, and the last of each form: what its file has no place for, or says in a way that nobody may rely on.
    """
    changes = [without(to_form(data, Change, of_one_sort=True), ways) for data, _, ways in forms]
    typed = without(to_form(project, Project, of_one_sort=True), unstated)
    if told := told_elsewhere(typed, changes, missing, place, loader.tellings):
        report.findings.append(from_shape(place.document, told.problem, told.severity))
        if not told.judged:
            return
        missing += told.missing
    filing = Filing(
        typed,
        changes,
        loader.library,
        loader.days,
        missing=missing,
        as_of=loader.as_of,
        attached=loader.attached,
    )
    yield LoadedFiling(filing, place, tuple(located for _, located, _ in forms))


def not_used(missing: tuple[Missing, ...]) -> ShapeProblem:
    """Said of a project of which some forms cannot be used: which, and what that leaves open."""
    named = listed_forms(missing)
    message = Text(
        f"{named.zh} 读不出或格式不对：序次在它之前的照常核对；在它之后的，累计不核对，档次最多只能给出下限",
        f"{named.en} cannot be used: forms before are checked in full; for later ones the cumulative amounts are not"
        " checked, and at most the least tier is given",
    )
    fix = Text("先改好那些报批表，再检查一次。", "Correct those forms first, then check again.")
    return ShapeProblem("input/incomplete-project", (), message, fix)


_UNHELD = InputProblem(
    "input/incomplete-project",
    Place(1, 1, 1),
    Text(
        "project.yaml 不能用，各份报批表只核对了格式",
        "project.yaml cannot be used, so only the shape of the forms was checked",
    ),
    Text("先改好 project.yaml，再检查一次。", "Correct project.yaml first, then check again."),
)
