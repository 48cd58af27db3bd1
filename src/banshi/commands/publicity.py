"""``banshi publicity``: the public notice of a change: what is public, from when until when, where, how to object."""

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from banshi.base.text import Lang, Text, listed
from banshi.centre.centre import Centre
from banshi.checking.loading import Loader
from banshi.commands.filings import Filed, filed_in, law_at_fault, not_stated, print_problems, rules_heard
from banshi.commands.output import FORMATS, add_output, ready, write
from banshi.commands.standing import centre_of, code_options, say_left_aside
from banshi.files.findings import Route
from banshi.files.locating import Located, from_shape
from banshi.files.not_stated import NotStated
from banshi.files.report import Report
from banshi.files.shape import ShapeProblem
from banshi.output.terminal import refuse
from banshi.subjects.change.instrument_forms import places_of_ledger
from banshi.subjects.change.public_notice import PublicNotice, notice_of, private_parts
from banshi.subjects.change.public_notice_said import as_json, book, document, page, text


def add(parser: argparse.ArgumentParser) -> None:
    """Options."""
    parser.add_argument("path", type=Path, metavar="FILE", help="项目文件夹、报批表或台账（- 读标准输入）")
    parser.add_argument("--change", metavar="N", help="只要这一份：序次或者报批表编号（默认：全部）")
    code_options(parser)
    add_output(parser, (*FORMATS, "docx"))


def run(options: argparse.Namespace) -> int:
    """Compute, refuse what is private, and write."""
    lang: Lang = options.lang
    if status := ready(options):
        return status
    centre, report = centre_of(options), Report()
    say_left_aside(centre, options)
    loader = Loader(centre.folder)
    loader.in_lines = options.format in ("text", "html")
    filed = filed_in(loader, options.path, report)
    chosen = [each for each in filed if options.change in (None, str(each.case.change.sequence), _number(each))]
    if not chosen:
        status = print_problems(report, lang)
        return max(status, refuse(_nothing(options, filed), lang))
    notices: list[PublicNotice] = []
    for each in chosen:
        try:
            made = _notice(each, loader)
            if isinstance(made, Text):
                return max(print_problems(report, lang), refuse(made, lang, 1))
            _refuse_private(each, made, report)
            as_json(made, lang)  # what is not stated is missed here, not when all are written
            notices.append(made)
        except NotStated as missing:
            why = not_stated(missing)
            status = refuse(Text(f"{_number(each)} 没有印：{why.zh}", f"{_number(each)} left out: {why.en}"), lang, 1)
    if report.findings and any(finding.rule == _PRIVATE for finding in report.findings):
        return print_problems(report, lang)
    written = write(options, _written(notices, options, centre)) if notices else 0
    heard = rules_heard(centre, options, (each.loaded for each in chosen))
    return written or max(status, print_problems(report, lang), heard, law_at_fault(loader, lang, "banshi due"))


def _number(filed: Filed) -> str:
    return filed.case.change.number


def _notice(filed: Filed, loader: Loader) -> PublicNotice | Text:
    data = {"kind": "ledger", "project": _at(filed.project), "changes": [_at(filed.form)]}
    return notice_of(filed.case, data, places_of_ledger(loader, filed.case.project.jurisdiction))


def _at(place: Located) -> Any:
    data = place.document.data
    for step in place.prefix:
        data = data[step]
    return data


def _refuse_private(filed: Filed, notice: PublicNotice, report: Report) -> None:
    for kind, route, label in private_parts(notice):
        place, rest = (filed.project if route[0] == "project" else filed.form), route[1:]
        message = Text(
            f"“{label}”里有{kind.zh}，不公示，什么也没有打印", f"{label} holds {kind.en}: nothing is printed"
        )
        where: Route = (*place.prefix, *rest)
        report.findings.append(from_shape(place.document, ShapeProblem(_PRIVATE, where, message, _FIX)))


def _written(notices: Sequence[PublicNotice], options: argparse.Namespace, centre: Centre) -> str | bytes:
    lang: Lang = options.lang
    if options.format == "html":
        return page(notices, centre)
    if options.format == "xlsx":
        return book(notices, centre)
    if options.format == "docx":
        return document(notices, centre.law.said.zh)
    if options.format == "json":
        told = {"version": 1, "law": centre.law.as_json(), "notices": [as_json(each, lang) for each in notices]}
        return json.dumps(told, ensure_ascii=False, indent=2)
    return "\n\n".join([*(text(each, lang) for each in notices), centre.law.said.say(lang)])


def _nothing(options: argparse.Namespace, filed: Sequence[Filed]) -> Text:
    if not filed:
        return Text(f"{options.path} 里没有报批表", f"no form in {options.path}")
    known = [f"{each.case.change.sequence}（{_number(each)}）" for each in filed]
    return Text(f"没有第 {options.change} 份；有：{listed(known)}", f"no change {options.change}: {', '.join(known)}")


_PRIVATE = "input/private-data"
_FIX = Text(
    "删去，或者改成单位的办公电话，再打印一次。", "Delete it, or give the telephone of the office, and print again."
)
