"""Filings for the commands that answer from a file or folder; what cannot be read is reported as ``check`` would."""

import argparse
import sys
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from decimal import Decimal, InvalidOperation
from pathlib import Path

from msgspec import Struct

from banshi.base.text import Lang, Text
from banshi.centre.centre import Centre
from banshi.centre.own_code import RULES
from banshi.checking.checker import Checker
from banshi.checking.law_faults import AT_FAULT, law_faults, own_calendars
from banshi.checking.loaded import Loaded
from banshi.checking.loading import Loader
from banshi.checking.told_places import knowing_all
from banshi.commands.standing import code_options, say_left_aside
from banshi.files.discovery import PROJECT_FILE
from banshi.files.findings import Finding, Severity
from banshi.files.locating import Located
from banshi.files.not_stated import NotStated, if_stated
from banshi.files.report import Report
from banshi.files.understanding import UNDERSTOOD
from banshi.files.units import ProjectFolder
from banshi.output.terminal import complain
from banshi.subjects.change.filing import FiledForm
from banshi.subjects.change.loading import LoadedFiling


class Filed(Struct, frozen=True):
    """A change, and where its form and its project stand."""

    case: FiledForm
    form: Located
    loaded: LoadedFiling

    @property
    def project(self) -> Located:
        """Where its project stands."""
        return self.loaded.place


def filed_in(loader: Loader, path: Path, report: Report) -> list[Filed]:
    """The change forms under ``path`` in sequence (of one file alone, if it is a form); problems go into ``report``."""
    return knowing_all(loader.tellings, report, lambda own: list(_filed(loader, path, own)))


def _filed(loader: Loader, path: Path, report: Report) -> Iterator[Filed]:
    for unit in loader.units([path]):
        forms = unit.only if isinstance(unit, ProjectFolder) else None
        wanted = None if not forms or unit_project(forms) else {p.as_posix() for p in forms}
        for loaded in loader.load(unit, report):
            if isinstance(loaded, LoadedFiling):
                for case in loaded.filing.in_order:
                    form = loaded.forms[case.index]
                    if wanted is None or form.document.path in wanted:
                        yield Filed(case, form, loaded)


def made_up(case: FiledForm) -> bool:
    """Whether a form, or its project, says that it is a fictional sample."""
    return bool(if_stated(lambda: case.change.fictional) or if_stated(lambda: case.project.fictional))


def unit_project(paths: frozenset[Path]) -> bool:
    """Whether a project's own file is among the paths: then all of its forms are meant."""
    return any(path.name == PROJECT_FILE for path in paths)


def print_problems(report: Report, lang: Lang) -> int:
    """Problems of reading go to standard error; the exit status that they call for: warnings and notes keep it at 0."""
    if not report.findings:
        return 0
    from banshi.output.reports.text_report import as_text

    report.findings.settle()
    sys.stderr.write(as_text(report, lang))
    return 2 if report.failed else int(report.summary.errors > 0)


def understood_told(report: Report, named: Collection[Path], lang: Lang, before: Report) -> None:
    """Say on standard error how values were understood in files (and folders) that others name, unless said ``before``."""
    ways, already = [each.parts for each in named], {each.path for each in before.findings if each.rule == UNDERSTOOD}
    found = [
        each
        for each in report.findings
        if each.rule == UNDERSTOOD
        and each.path not in already
        and any(Path(each.path).parts[: len(way)] == way for way in ways)
    ]
    told = Report(files=len({each.path for each in found}))
    told.findings.extend(found)
    print_problems(told, lang)


def taken_as_they_stand(report: Report, lang: Lang) -> int:
    """Say on standard error in which files the rules find errors: an answer takes them as they stand.

    1 where there are any; 2 where a rule itself failed, which is said alike.
    """
    errors = Counter(each.path for each in report.findings if each.severity is Severity.ERROR)
    for path, count in sorted(errors.items()):
        said = Text(
            f"{path} 有 {count} 处错误，下面照原样推算；先用 banshi check {path} 看一看",
            f"{path} has {count} error{'s' * (count > 1)}, taken as they stand; see banshi check {path}",
        )
        complain(said.say(lang))
    return 2 if report.failed else int(bool(errors))


def rules_heard(centre: Centre, options: argparse.Namespace, rests_on: Iterable[Loaded]) -> int:
    """Say on standard error in which of the files that an answer rests on the rules find errors.

    The answer itself was given, so that they leave the exit status alone: 0; 2 where a rule itself failed.
    """
    asked = list({id(each): each for each in rests_on}.values())
    if not asked:
        return 0
    say_left_aside(centre, options, RULES)
    checker, report = Checker(centre.folder, own_rules=centre.runs(RULES), law_too=False), Report()
    for each in asked:
        checker.hold(each, report, placed=False)
    return 2 if taken_as_they_stand(report, options.lang) == 2 else 0


def law_at_fault(
    loader: Loader, lang: Lang, command: str = "", texts: Iterable[Path] = (), *, every: bool = False
) -> int:
    """Say on standard error what is wrong in a centre's own texts that were asked, as ``law_faults`` finds it; 1 where anything is.

    ``command``, ``texts``, ``every``: as there.
    """
    texts = [*texts, *own_calendars(loader.days)]
    return tell_faults(law_faults(loader.project, loader.library, command, texts, every=every), lang)


def tell_faults(faults: list[Finding], lang: Lang) -> int:
    """Say on standard error that an answer rests on texts with these errors; 1 where there are any."""
    at_fault = Report()
    at_fault.findings += faults
    status = print_problems(at_fault, lang)
    if status:
        complain(AT_FAULT.say(lang))
    return status


def given(options: argparse.Namespace, *names: str) -> list[str]:
    """Which of some options were given, as they are written: ``--bid-price``. A switch left off was not given."""
    found = [name for name in names if getattr(options, name) is not None and getattr(options, name) is not False]
    return [f"--{name.replace('_', '-')}" for name in found]


def refuse_with(options: argparse.Namespace, what: str, *names: str) -> Text | None:
    """Said where options were given that make no sense with ``what``, rather than leave them out of account."""
    extra = given(options, *names)
    if not extra:
        return None
    return Text(f"{what} 与 {'、'.join(extra)} 不能同时给出", f"{what} does not go with {', '.join(extra)}")


def yuan_amount(text: str) -> Decimal:
    """An amount given as an option (yuan, at most two decimals). Raises ``ValueError``."""
    try:
        amount = Decimal(text)
    except InvalidOperation:
        raise ValueError(text) from None
    exponent = amount.as_tuple().exponent
    if not isinstance(exponent, int) or exponent < -2 or abs(amount) >= Decimal(10) ** 12:
        raise ValueError(text)
    return amount


def law_options(parser: argparse.ArgumentParser) -> None:
    """Options that say which law is asked."""
    parser.add_argument("--jurisdiction", metavar="PLACE", help="辖区（默认：项目的；区、县写 市/区县）")
    code_options(parser)


def nothing_said(lacking: Sequence[NotStated], answers: int, report: Report) -> None:
    """Raise ``NotStated`` where that is why nothing at all can be answered, and no finding says so."""
    if lacking and len(lacking) == answers and not report.findings:
        raise lacking[0]


def not_stated(error: NotStated, name: str = "") -> Text:
    """Said where a command needs what a file has no place for, or says in a way that nobody may rely on.

    ``name``: what that is called; else as a form of a change calls it.
    """
    from banshi.subjects.change.table_kinds import part_name  # late: only tables leave something out

    name = name or part_name(tuple(step for step in error.way if isinstance(step, str)))
    return Text(
        f"没有写明“{name}”（没有这一列、没有填、写得不对，或可能写在不认识的键下），这里要用到它；先运行 banshi check，补上改好",
        f"{error} is not stated, or wrongly (no column, a fault, or an unknown key), and it is needed here: run banshi check",
    )
