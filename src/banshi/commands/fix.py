"""``banshi fix PATH…``: values as people write them, written canonically in the files themselves; nothing else changes."""

import argparse
import json
from collections.abc import Iterator
from pathlib import Path

from banshi.base.limits import MAX_TABLE_BYTES
from banshi.base.text import Lang, Text, visible
from banshi.base.writing import NotWritten, rewrite
from banshi.checking.loading import Loader, one_fate
from banshi.commands.filings import print_problems
from banshi.commands.standing import centre_of, project_option
from banshi.files.canonical_text import NotRewritten, canonical_text
from banshi.files.discovery import PROJECT_FILE, change_files
from banshi.files.documents import Document, Place, lines_with_ends
from banshi.files.locating import from_input
from banshi.files.reading import InputProblem, ReadOutcome, decode, read_text, unreadable
from banshi.files.regular_files import STDIN, read_bytes
from banshi.files.report import Report
from banshi.files.tables.contents import not_a_document
from banshi.files.understanding import Understood
from banshi.files.units import LinesFile, OneFile, ProjectFolder, TableFile, Trouble, Unit
from banshi.output.progress import Progress, size_of
from banshi.output.terminal import complain


def add(parser: argparse.ArgumentParser) -> None:
    """Options."""
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="文件或文件夹（YAML、JSON、JSON Lines）")
    parser.add_argument("--check", action="store_true", help="只列出要改的，不动文件；有要改的退出码为1")
    project_option(parser)


def run(options: argparse.Namespace) -> int:
    """Rewrite, say what was changed, and give the exit status."""
    centre = centre_of(options)
    loader, report = Loader(centre.folder), Report()
    files = values = status = 0
    with Progress(_LOOKED_AT, lambda: size_of(options.paths), lang=options.lang, quiet=options.quiet, stays=_STAYS):
        for unit in loader.units(options.paths):
            for path in _files(unit, report, options.lang):
                changed = failed = 0
                with one_fate(path.as_posix(), report):
                    changed, failed = _fix(path, loader, report, options)
                values, files, status = values + changed, files + bool(changed), max(status, failed)
    _say_total(files, values, options, whole=not report.findings)
    print(centre.law.said.say(options.lang))
    status = max(status, print_problems(report, options.lang))
    return max(status, int(bool(values) and options.check))


def _files(unit: Unit, report: Report, lang: Lang) -> Iterator[Path]:
    """The text files of a unit; of tables, and of what cannot be looked into, it is said."""
    if isinstance(unit, ProjectFolder):
        wanted = [unit.folder / PROJECT_FILE, *change_files(unit.folder)[0]]
        yield from (path for path in wanted if path.is_file() and (unit.only is None or path in unit.only))
    elif isinstance(unit, Trouble):
        report.failed |= unit.fatal
        report.findings.append(from_input(unit.path.as_posix(), unit.problem, severity=unit.severity))
    elif isinstance(unit, TableFile):
        complain(Text(f"{unit.path}：{_TABLE.zh}", f"{unit.path}: {_TABLE.en}").say(lang))
    elif isinstance(unit, OneFile | LinesFile) and str(unit.path) == STDIN:
        report.findings.append(from_input(STDIN, _STANDARD_INPUT))
    elif isinstance(unit, OneFile | LinesFile) and (problem := not_a_document(unit.path)):
        report.findings.append(from_input(unit.path.as_posix(), problem))
    elif isinstance(unit, OneFile | LinesFile):
        yield unit.path


def _fix(path: Path, loader: Loader, report: Report, options: argparse.Namespace) -> tuple[int, int]:
    """How many values of one file are (or would be) written anew, and the exit status of it; what is not read is told."""
    try:
        raw = read_bytes(path, MAX_TABLE_BYTES)
    except OSError as error:
        report.findings.append(from_input(path.as_posix(), unreadable(error)))
        return 0, 2
    text, problems = decode(raw)
    report.findings += [from_input(path.as_posix(), problem) for problem in problems]
    if text is None:
        return 0, 1
    begun, parts, said = raw[: len(raw) - len(text.encode())], [], []
    for reading, own in _documents(path, text):
        told = reading.problems if own.strip() else ()  # an empty line of a file of lines is none
        report.findings += [from_input(path.as_posix(), problem, reading.document) for problem in told]
        found = _understood(reading, loader)
        try:
            parts.append(canonical_text(reading.document, found) if reading.document and found else own)
            said += [_change(reading.document, each) for each in found if reading.document]
        except NotRewritten:
            complain(Text(f"{path}：{_LEFT.zh}", f"{path}: {_LEFT.en}").say(options.lang))
            return 0, 2
    for each in said:
        print(visible(each.say(options.lang)))
    if not said or options.check:
        return len(said), 0
    try:
        rewrite(path, raw, begun + "".join(parts).encode())
    except NotWritten as error:
        complain(error.why.say(options.lang))
        return 0, 2
    return len(said), 0


def _documents(path: Path, text: str) -> Iterator[tuple[ReadOutcome, str]]:
    """The documents of a file, each with its own text: the whole file, or a line of a file of lines."""
    if path.suffix.lower() not in (".jsonl", ".ndjson"):
        yield read_text(text, path.as_posix()), text
        return
    for number, line in enumerate(lines_with_ends(text), start=1):
        yield read_text(line, path.as_posix(), number), line


def _understood(reading: ReadOutcome, loader: Loader) -> tuple[Understood, ...]:
    if reading.document is None or reading.problems:
        return ()
    loader.shaped(reading, Report())
    return reading.document.understood


def _change(document: Document, each: Understood) -> Text:
    place = document.place(each.where)
    at = f"{document.path}:{place.line}:{place.column}"
    value = json.dumps(each.value, ensure_ascii=False) if not isinstance(each.value, str) else each.value
    return Text(f"{at} “{each.title}” {each.written} → {value}", f"{at} {each.where[-1]}: {each.written} → {value}")


def _say_total(files: int, values: int, options: argparse.Namespace, *, whole: bool) -> None:
    if not values and not whole:
        said = Text("读出的没有要改的。", "Nothing to change in what was read.")
    elif not values:
        said = Text(
            "读得懂的都是规范写法，没有要改的；写得对不对，用 banshi check 看。",
            "What is understood is written canonically; whether it is right, banshi check says.",
        )
    elif options.check:
        said = Text(f"{files} 个文件有 {values} 处要改。", f"{values} values in {files} files would change.")
    else:
        said = Text(f"改了 {files} 个文件的 {values} 处。", f"{values} values in {files} files were rewritten.")
    print(said.say(options.lang))


_STANDARD_INPUT = InputProblem(
    "input/unreadable",
    Place(1, 1, 1),
    Text("标准输入不是文件，不能改写", "standard input is no file that could be rewritten"),
    Text("写明文件的路径。", "Name a file."),
)
_LOOKED_AT = Text("已看", "looked at")
_STAYS = Text("已经改好的文件是完整的，其余没有动", "files that were rewritten are whole, the others are untouched")
_TABLE = Text(
    "表格里的写法不用改，照样读；要 YAML 的，用 banshi convert", "a table is read as it is; banshi convert gives YAML"
)
_LEFT = Text(
    "有的值改写后读出来会不一样，没有动这个文件；照 banshi check 指出的地方改",
    "some values would read differently once rewritten, so it was left alone; correct what banshi check points at",
)
