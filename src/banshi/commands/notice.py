"""``banshi notice``: what an applicant is told in one go, about an item or a case, with the days on which it is due."""

import argparse
import datetime
import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec.structs import replace

from banshi.base.text import Lang, Text, did_you_mean, listed
from banshi.centre.centre import Centre
from banshi.checking.loaded import LoadedFile
from banshi.checking.loading import Loader
from banshi.commands.filings import law_at_fault, not_stated, print_problems
from banshi.commands.notice_said import as_json, text
from banshi.commands.output import add_output, ready, write
from banshi.commands.parallel_cases import called, checker_for, errors_told
from banshi.commands.standing import centre_of, code_options, within_option
from banshi.files.not_stated import NotStated, restated
from banshi.files.report import Report
from banshi.output.terminal import refuse
from banshi.subjects.parallel.answer import obstacle
from banshi.subjects.parallel.context import CaseFile, CatalogueFile
from banshi.subjects.parallel.forms import Case
from banshi.subjects.parallel.notice import InformingSheet, of_case, of_item, part_of
from banshi.subjects.parallel.notice_page import page


def add(parser: argparse.ArgumentParser) -> None:
    """Options."""
    parser.add_argument("path", type=Path, metavar="PATH", help="审批事项目录，或并联审批办件计划（- 读标准输入）")
    parser.add_argument("--item", metavar="ID", help="只告知这一个事项（默认：整个办件或目录的全部事项）")
    parser.add_argument(
        "--from", dest="start", type=datetime.date.fromisoformat, metavar="DATE", help="受理日（办件计划已写的可省）"
    )
    code_options(parser)
    within_option(parser)
    add_output(parser, ("text", "html", "json"))


def run(options: argparse.Namespace) -> int:
    """Compute and print."""
    lang: Lang = options.lang
    if status := ready(options):
        return status
    centre, report = centre_of(options), Report()
    checker = checker_for(centre, options)
    files = list(_files(checker.loader, options.path, report))
    if not files:
        return print_problems(report, lang) or refuse(_nothing(options.path), lang)
    try:
        found = _several(files) if len(files) > 1 else _notice(files[0][1], options, checker.loader)
        if isinstance(found, Text):
            return refuse(found, lang)
        status = errors_told(checker, files, lang, report)
        made = _printed(found, options, centre)
    except NotStated as missing:
        kind = "catalogue" if isinstance(files[0][1], CatalogueFile) else "parallel-case"
        name = called(missing, checker.loader, kind)
        return max(print_problems(report, lang), refuse(not_stated(missing, name), lang, 1))
    faults = max(status, law_at_fault(checker.loader, lang, "banshi schedule"))
    return write(options, made) or max(print_problems(report, lang), faults)


def _printed(notice: InformingSheet, options: argparse.Namespace, centre: Centre) -> str:
    lang: Lang = options.lang
    if options.format == "html":
        return page(notice, centre)
    if options.format == "json":
        return json.dumps(
            {"version": 1, "law": centre.law.as_json(), **as_json(notice, lang)}, ensure_ascii=False, indent=2
        )
    return f"{text(notice, lang)}\n\n{centre.law.said.say(lang)}"


def _files(loader: Loader, path: Path, report: Report) -> Iterator[tuple[str, CatalogueFile | CaseFile]]:
    for unit in loader.units([path]):
        for loaded in loader.load(unit, report):
            if isinstance(loaded, LoadedFile) and isinstance(loaded.value, CatalogueFile | CaseFile):
                yield loaded.document.path, loaded.value


def _notice(file: CatalogueFile | CaseFile, options: argparse.Namespace, loader: Loader) -> InformingSheet | Text:
    """The sheet that is asked for, or why there is none."""
    item, catalogue = options.item, file.catalogue
    if item and item not in catalogue.by_id:
        known = listed(catalogue.by_id)
        guess = did_you_mean(item, catalogue.by_id)
        return Text(f"目录里没有事项 {item}。{guess.zh}可选：{known}", f"no item {item}. {guess.en} Known: {known}")
    if isinstance(file, CaseFile):
        return _of_case(file, item, options.start)
    return _of_catalogue(file, item, options.start, loader)


def _of_catalogue(
    file: CatalogueFile, item: str | None, start: datetime.date | None, loader: Loader
) -> InformingSheet | Text:
    if start is None:
        return Text("目录没有受理日，请给出 --from", "a catalogue states no day: give --from")
    days = loader.days.in_place(file.catalogue.jurisdiction)
    if item:
        return of_item(file, file.catalogue.by_id[item], start, days)
    case = Case(id="all", name=file.catalogue.title, catalogue="", starts_on=start, fictional=file.catalogue.fictional)
    whole = CaseFile(case, file, days)
    return obstacle(whole) or of_case(whole)


def _of_case(file: CaseFile, item: str | None, start: datetime.date | None) -> InformingSheet | Text:
    if start is not None:
        file = replace(file, case=restated(file.case, starts_on=start))
    if why := obstacle(file):
        return why
    notice = of_case(file)
    if not item:
        return notice
    part = part_of(notice, item)
    return part if part.told else Text(f"这个办件不含事项 {item}", f"this case does not include {item}")


def _several(files: Sequence[object]) -> Text:
    return Text(
        f"这里有 {len(files)} 份目录和办件计划，请指定其中一份", f"{len(files)} catalogues and cases here: name one"
    )


def _nothing(path: Path) -> Text:
    return Text(f"{path} 里没有审批事项目录，也没有办件计划", f"no catalogue and no case in {path}")
