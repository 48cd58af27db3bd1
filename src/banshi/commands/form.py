"""``banshi form``: a form of an instrument, blank or filled; or one application form for all items of a case (一表制)."""

import argparse
import json
from functools import partial
from pathlib import Path

from banshi.base.text import Text
from banshi.centre.centre import Centre
from banshi.commands.output import FORMATS, add_output
from banshi.commands.parallel_cases import answered, case_options
from banshi.files.regular_files import STDIN
from banshi.output.terminal import refuse
from banshi.subjects.parallel.answer import nothing_to_do
from banshi.subjects.parallel.context import CaseFile
from banshi.subjects.parallel.form_said import OneFormSheet, as_text


def add(parser: argparse.ArgumentParser) -> None:
    """Options."""
    case_options(
        parser, "FORM", "；或文件里的一张表、目录里的一个事项：写它的名称、标识或“附件1”这样的编号，写错时列出有哪些"
    )
    parser.add_argument(
        "--from",
        dest="source",
        type=Path,
        metavar="FILE",
        help="表用这里的内容填好：报批表、项目文件夹、台账；不写的是空表",
    )
    add_output(parser, (*FORMATS, "docx"))


def run(options: argparse.Namespace) -> int:
    """Merge and write."""
    if options.source or not _is_there(options.path):
        from banshi.commands.instrument_form import run_form  # late: a case needs none of it

        return run_form(options, str(options.path))
    if options.format == "docx":
        return refuse(_NO_DOCUMENT, options.lang)
    return answered(options, _sheet, partial(_form, options))


def _is_there(path: Path) -> bool:
    """Whether a file or folder is meant, and not the name of a form."""
    if "#" in path.name and not path.exists():  # a form by its whole name
        return False
    return str(path) == STDIN or path.exists() or bool(path.suffix) or len(path.parts) != 1


def _sheet(file: CaseFile) -> OneFormSheet | Text:
    sheet = OneFormSheet(file)
    return sheet if sheet.known.items else nothing_to_do(file)


def _form(options: argparse.Namespace, sheets: list[OneFormSheet], centre: Centre) -> str | bytes:
    if options.format == "text":
        return "\n\n".join([*(as_text(sheet, options.lang) for sheet in sheets), centre.law.said.say(options.lang)])
    from banshi.subjects.parallel.form_outputs import as_book, as_json, as_page

    if options.format == "json":
        told = {"version": 1, "law": centre.law.as_json(), "forms": [as_json(sheet, options.lang) for sheet in sheets]}
        return json.dumps(told, ensure_ascii=False, indent=2)
    return as_book(sheets[0], centre.law) if options.format == "xlsx" else as_page(sheets[0], centre)


_NO_DOCUMENT = Text(
    "办件的申请表不能写成 docx：用 xlsx 或 html；docx 用于文件里的表",
    "docx is for forms of an instrument; use xlsx or html",
)
