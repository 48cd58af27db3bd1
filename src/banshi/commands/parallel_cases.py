"""Cases of parallel approval for the commands that answer from them."""

import argparse
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TypeVar

from banshi.base.text import Lang, Text
from banshi.centre.centre import Centre
from banshi.centre.own_code import RULES
from banshi.checking.checker import Checker
from banshi.checking.loaded import LoadedFile
from banshi.checking.loading import Loader
from banshi.commands.filings import law_at_fault, not_stated, print_problems, taken_as_they_stand, understood_told
from banshi.commands.output import ready, write
from banshi.commands.standing import centre_of, code_options, say_left_aside, within_option
from banshi.files.not_stated import NotStated
from banshi.files.report import Report
from banshi.output.terminal import refuse
from banshi.subjects.parallel.context import CaseFile, CatalogueFile

T = TypeVar("T")


def case_options(parser: argparse.ArgumentParser, metavar: str = "CASE", or_else: str = "") -> None:
    """The path of a case; ``or_else``: what else may be named in its place, for the help."""
    case = "办件计划（kind: parallel-case），或放有它的文件夹（- 读标准输入）"
    parser.add_argument("path", type=Path, metavar=metavar, help=case + or_else)
    code_options(parser)
    within_option(parser)


def answered(
    options: argparse.Namespace, of: Callable[[CaseFile], T | Text], form: Callable[[list[T], Centre], str | bytes]
) -> int:
    """Answer each case under the path, and write all answers in one; the exit status."""
    lang: Lang = options.lang
    if status := ready(options):
        return status
    centre, report = centre_of(options), Report()
    checker = checker_for(centre, options)
    loader = checker.loader
    loader.as_of = getattr(options, "as_of", None)
    found = list(cases(loader, options.path, report))
    status = print_problems(report, lang)
    if not found and not status:
        return refuse(Text(f"{options.path} 里没有办件计划（kind: parallel-case）", f"no case in {options.path}"), lang)
    status = max(status, errors_told(checker, found, lang, report))
    answers: list[T] = []
    for path, file in found:
        try:
            one = of(file)
        except NotStated as missing:
            one = not_stated(missing, called(missing, loader))
        if isinstance(one, Text):
            status = max(status, refuse(Text(f"{path}：{one.zh}", f"{path}: {one.en}"), lang, 1))
        else:
            answers.append(one)
    if len(answers) > 1 and options.format in ("html", "xlsx"):
        return refuse(Text("html、xlsx 一次只写一件；请指明一个文件", "html and xlsx take one case at a time"), lang)
    try:
        status = max(status, write(options, form(answers, centre))) if answers else status
    except NotStated as missing:
        return refuse(not_stated(missing, called(missing, loader)), lang, 1)
    return max(status, law_at_fault(loader, lang, "banshi schedule"))


def called(missing: NotStated, loader: Loader, kind: str = "parallel-case") -> str:
    """What is not stated in a file of a kind, as its schema calls it: of a case, or of its catalogue."""
    way, of_catalogue = missing.way, missing.way[:1] == ("catalogue",) and len(missing.way) > 1
    kind, rest = ("catalogue", way[1:]) if of_catalogue else (kind, way)
    titles = [loader.shapes.title_of(kind, rest[: n + 1]) for n, step in enumerate(rest) if isinstance(step, str)]
    title = "的".join(each for each in titles if each) or str(missing)
    return f"事项目录的{title}" if of_catalogue else title


def checker_for(centre: Centre, options: argparse.Namespace) -> Checker:
    """A checker with the content of the centre; what of its own code does not run is said."""
    say_left_aside(centre, options, RULES)
    checker = Checker(centre.folder, own_rules=centre.runs(RULES))
    checker.loader.in_lines = options.format == "text"
    checker.loader.within = options.within
    return checker


def parts_of(path: str, file: CaseFile | CatalogueFile) -> list[Path]:
    """The files that an answer from the file ``path`` rests on: a case also on its catalogue."""
    mine = Path(path)
    return [mine, mine.parent / file.case.catalogue] if isinstance(file, CaseFile) else [mine]


def errors_told(
    checker: Checker, files: Sequence[tuple[str, CaseFile | CatalogueFile]], lang: Lang, before: Report
) -> int:
    """Say on standard error where files that are answered from have errors: the answer takes them as they stand.

    Of a catalogue that a case names, also how values were understood, unless reading the files told it ``before``. The exit
    status that this calls for; 2 where a rule itself failed.
    """
    paths = [path for path in dict.fromkeys(part for each in files for part in parts_of(*each)) if path.is_file()]
    report = checker.check(paths)
    understood_told(report, set(paths) - {Path(path) for path, _ in files}, lang, before)
    return taken_as_they_stand(report, lang)


def cases(loader: Loader, path: Path, report: Report) -> Iterator[tuple[str, CaseFile]]:
    """The cases under a path, with the file of each."""
    for unit in loader.units([path]):
        for loaded in loader.load(unit, report):
            if isinstance(loaded, LoadedFile) and isinstance(loaded.value, CaseFile):
                yield loaded.document.path, loaded.value
