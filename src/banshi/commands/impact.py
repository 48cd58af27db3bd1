"""``banshi impact``: which recorded cases would be decided differently under another law, and by which norm."""

import argparse
from pathlib import Path
from typing import Any

from banshi.base.folders import POLICIES, layered
from banshi.base.text import Lang, Text
from banshi.centre.centre import Centre
from banshi.checking.checker import Checker
from banshi.checking.law_faults import law_faults
from banshi.checking.told_places import knowing_all
from banshi.commands.compared import NamedSide, names, side_options
from banshi.commands.filings import print_problems, tell_faults
from banshi.commands.impact_said import ImpactTold, impact_json
from banshi.commands.jobs_asked import jobs_of, jobs_option
from banshi.commands.output import add_output, ready, write, write_data, write_into, write_parts
from banshi.commands.standing import centre_of, code_options, say_left_aside, within_option
from banshi.files.findings import Finding
from banshi.files.report import Report
from banshi.law.instruments import PolicyVersion
from banshi.law.library import to_version
from banshi.output.faces import FORMATS, face
from banshi.output.progress import Progress, size_of
from banshi.output.records import DATA_FORMATS, MOVES
from banshi.output.terminal import refuse
from banshi.subjects.impact.comparing import Impact, impact
from banshi.subjects.impact.records import move_row
from banshi.subjects.impact.supposing import Supposed


def add(parser: argparse.ArgumentParser) -> None:
    """Options."""
    side_options(parser)
    parser.add_argument(
        "paths", nargs="+", type=Path, metavar="FILE", help="已有的报批表、台账、登记、考核文件或文件夹"
    )
    code_options(parser)
    within_option(parser)
    jobs_option(parser)
    add_output(parser, (*FORMATS, *DATA_FORMATS))


def run(options: argparse.Namespace) -> int:
    """Decide twice, compare and print; what could not be read calls for 1, as in ``check``."""
    if status := ready(options):
        return status
    centre = centre_of(options)
    say_left_aside(centre, options)
    with names(options, centre) as known:
        sides = known.find(options.before), known.find(options.after)
        checkers = tuple(_checker(side, options, centre) for side in sides)
        assert len(checkers) == 2
        said, quiet = Text("已比较", "compared"), options.quiet
        with Progress(said, lambda: size_of(options.paths), lang=options.lang, quiet=quiet) as progress:
            found = _compared((checkers[0], checkers[1]), options.paths, progress, jobs_of(options))
        found.reports[0].findings.settle()
        known.name_files(found.reports[0].findings)
        told = ImpactTold(found, sides, centre)
        status = _status(found, _written(told, options), options.lang)
        faults = [each for side, checker in zip(sides, checkers, strict=True) for each in _faults(side, checker)]
        known.name_files(faults)
        return max(status, tell_faults(list(dict.fromkeys(faults)), options.lang))


def _written(told: ImpactTold, options: argparse.Namespace) -> int:
    """The answer, written as the options say: rows, JSON and workbooks as they come, for they may be longer than memory."""
    lang: Lang = options.lang
    if options.format in DATA_FORMATS:
        return write_data(options, MOVES, (move_row(move, lang) for move in told.found.moves))
    if options.format == "json":
        return write_parts(options, impact_json(told, lang))
    if options.format == "xlsx":
        from banshi.output.section_book import book_into  # late: only workbooks need the writing library

        return write_into(options, lambda stream: book_into(stream, told.printout(lang), lang))
    return write(options, face(options.format, told.printout(lang), lang, told.centre, "impact.html.j2"))


def _status(found: Impact, status: int, lang: Lang) -> int:
    """The exit status, with what could not be read said."""
    status = max(status, print_problems(found.reports[0], lang))
    if not found.answers and not status:
        return refuse(Text("没有读到可以判定的东西", "nothing that could be decided was read"), lang)
    return status


def _compared(checkers: tuple[Checker, Checker], paths: list[Path], progress: Progress, jobs: int) -> Impact:
    """Under both laws, once more where a project turns out to be told in several places."""
    loaders = [checker.loader for checker in checkers]
    loaders[1].tellings = loaders[0].tellings

    def run(_: Report) -> Impact:
        loaders[1].begin()
        return impact(checkers, loaders[0].units(paths), progress.unit_done, jobs)

    return knowing_all(loaders[0].tellings, Report(), run, progress.again)


def _checker(side: NamedSide, options: argparse.Namespace, centre: Centre) -> Checker:
    """What decides by the law of a side; files stay where they are."""
    checker = Checker(centre.folder)
    folders = layered(side.project, POLICIES)
    versions = {key: _typed(side.side.versions[key]) for key in side.instruments}
    checker.loader.library = Supposed(folders, day=side.day, versions=versions)
    if side.project != centre.folder:
        checker.loader.days = Checker(side.project).loader.days
    checker.loader.within = options.within
    return checker


def _faults(side: NamedSide, checker: Checker) -> list[Finding]:
    """What is wrong in the texts of a side that were asked."""
    return law_faults(side.project, checker.loader.library, texts=side.files)


def _typed(version: Any) -> PolicyVersion:
    return version if isinstance(version, PolicyVersion) else to_version(version)
