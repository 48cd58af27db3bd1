"""``banshi convert IN OUT``: the same content as YAML, JSON Lines or a workbook; nothing is written that would lose anything."""

import argparse
import datetime
import json
import re
import tempfile
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from banshi.base.folders import files_below
from banshi.base.text import Text, listed
from banshi.base.writing import NotWritten, refusal, write_whole
from banshi.centre.centre import Centre
from banshi.checking.loading import Loader, read_document
from banshi.commands.convert_left import files_left, say_comments, tables_left
from banshi.commands.filings import print_problems
from banshi.commands.output import write_new
from banshi.commands.standing import centre_of, project_option
from banshi.files.blanks import drop_blanks, put_back, strange_blanks
from banshi.files.discovery import CHANGES, PROJECT_FILE, change_files
from banshi.files.kinds import KINDS
from banshi.files.locating import from_input
from banshi.files.reading import LINES_SUFFIXES, TABLE_SUFFIXES, ReadOutcome, read_lines
from banshi.files.report import Report
from banshi.files.tables.contents import told
from banshi.files.tables.grids import Unusable
from banshi.files.yaml_writing import as_yaml
from banshi.output.progress import Progress, size_of
from banshi.output.terminal import complain, refuse

Documents = list[dict[str, Any]]
_NUMBER = re.compile(r"-?(0|[1-9]\d*)(\.\d+)?")
_NAMED = 20  # lines that were not converted, by number
_NAME = re.compile(r"[\w.\-（）()]{1,80}")


class NotConverted(Exception):
    """Nothing was written; ``why`` says so."""

    def __init__(self, why: Text) -> None:
        super().__init__(why.zh)
        self.why = why


def add(parser: argparse.ArgumentParser) -> None:
    """Options."""
    parser.add_argument("path", type=Path, metavar="IN", help="项目文件夹、YAML、JSON Lines 或工作簿")
    parser.add_argument(
        "out", type=Path, metavar="OUT", help="写成什么看后缀：.yaml、.jsonl、.xlsx；没有后缀的是文件夹"
    )
    parser.add_argument(
        "--as",
        dest="standard",
        choices=("oc4ids",),
        help="照公开标准写（OUT 用 .json）：oc4ids 是项目、合同和已批准的变更；标准里没有的不写",
    )
    parser.add_argument("--force", action="store_true", help="已有的文件不是 banshi 写的，或者写后有人改过，也覆盖")
    project_option(parser)


def run(options: argparse.Namespace) -> int:
    """Read, write, read again, and only keep what says the same."""
    centre = centre_of(options)
    loader, report = Loader(centre.folder, most=None), Report()
    left: list[str] = []
    folder = not options.out.suffix
    if not folder and (why := refusal(options.out, force=options.force, inputs=[options.path])):
        return refuse(why, options.lang)
    try:
        with Progress(_READ_SO_FAR, lambda: size_of([options.path]), lang=options.lang, quiet=options.quiet):
            documents = _read(options.path, loader, report, left)
        if not documents:
            raise NotConverted(_BROKEN if left else _NOTHING)
        if options.standard:
            return _published(options, centre, documents, loader) or _left_out(left, report, options)
        if options.out.suffix.lower() in ("", ".xlsx"):
            documents = [_of_the_project(each) for each in documents]
        files = _files(documents, options.out, loader)
        _same_again(documents, files, options.out, loader)
        if folder:
            if status := write_new(options, files):
                return status
        else:
            write_whole(options.out, files[options.out], force=options.force, inputs=[options.path])
    except (NotConverted, NotWritten) as error:
        print_problems(report, options.lang)
        return refuse(error.why, options.lang)
    if not folder:
        print(Text(f"写了 {options.out}：{len(documents)} 份。", f"{options.out}: {len(documents)}.").say(options.lang))
    print(centre.law.said.say(options.lang))
    say_comments(options.path, options.lang)
    tables_left(options.path, {str(each.get("kind")) for each in documents}, report)
    return _left_out(left, report, options)


def _left_out(left: list[str], report: Report, options: argparse.Namespace) -> int:
    """Say what was left aside in what was read, and which of many documents are not in the result; 1 where there are any."""
    print_problems(report, options.lang)
    if not left:
        return int(report.summary.errors > 0)
    where = listed(left[:_NAMED]) + ("……" if len(left) > _NAMED else "")
    zh = f"有 {len(left)} 份没有转换，{options.out} 里没有它们：{where}；先用 banshi check 改好，再转一次"
    en = f"{len(left)} were not converted and are not in {options.out}: {where}; mend them by banshi check, then convert again"
    complain(Text(zh, en).say(options.lang))
    return 1


def _published(options: argparse.Namespace, centre: Centre, documents: Documents, loader: Loader) -> int:
    """Write what a public standard asks for. Raises ``NotConverted``, ``NotWritten``."""
    from banshi.subjects.change.law_words import names_in  # late: only who publishes asks
    from banshi.subjects.change.oc4ids import NotExported, package

    if options.out.suffix.lower() != ".json":
        raise NotConverted(_NOT_JSON)
    if any(each.get("kind") != "ledger" for each in documents):
        raise NotConverted(_NO_FOLDER)
    settings, today = centre.settings, datetime.date.today()

    def types(place: str) -> dict[str, str]:
        return {
            slug: name
            for name, slug in reversed(names_in(loader.library, place).get(("changes", "type"), ()))
            if name != slug
        }

    try:
        data = package(
            [_of_the_project(each) for each in documents],
            types,
            settings.name,
            settings.address,
            today,
        )
    except NotExported as error:
        raise NotConverted(error.why) from None
    write_whole(options.out, data, force=options.force, inputs=[options.path])
    print(
        Text(
            f"写了 {options.out}：{len(documents)} 个项目；明细、意见、附件、公示和没有批准的变更，标准里没有位置，没有写。",
            f"{options.out}: {len(documents)} projects; items, opinions, papers, publicity and what did not pass are left out.",
        ).say(options.lang)
    )
    print(centre.law.said.say(options.lang))
    return 0


# reading


def _read(path: Path, loader: Loader, report: Report, left: list[str] | None = None) -> Documents:
    """The documents of a path. Of many lines, those that cannot be used go into ``left``. Raises ``NotConverted``."""
    if path.is_dir():
        return _folder(path, loader, report)
    if path.suffix.lower() in TABLE_SUFFIXES:
        return _tables(path, loader, report)
    lines = path.suffix.lower() in LINES_SUFFIXES and told(path, "document") is None
    if not lines:
        return [_data(read_document(path, None), loader, report)]
    documents: Documents = []
    for reading in read_lines(path, most=None):
        try:
            documents.append(_data(reading, loader, report))
        except NotConverted:
            if left is None:
                raise
            left.append(_line_of(reading))
    return documents


def _line_of(reading: ReadOutcome) -> str:
    """The line that was read, as it is named."""
    number = reading.problems[0].place.line if reading.problems else 0
    if reading.document is not None:
        number = reading.document.place(()).line
    return f"{Path(reading.path).name}:{number}"


def _tables(path: Path, loader: Loader, report: Report) -> Documents:
    """The documents of tables. Raises ``NotConverted`` where they cannot be read; why, is in the report."""
    try:
        return _in_tables(path, loader, report)
    except Unusable as unusable:
        report.findings += [from_input(path.as_posix(), problem) for problem in unusable.problems]
        raise NotConverted(_BROKEN) from None


def _in_tables(path: Path, loader: Loader, report: Report) -> Documents:
    """The documents of a workbook: of any kind in one of ours, else change filings however they are laid out."""
    from banshi.files.tables.kind_books import documents_in, kind_in  # late: only tables ask
    from banshi.subjects.change.tables import ledgers_in

    if (kind := kind_in(path)) is None:
        return ledgers_in(path, loader, report)
    documents, found, _ = documents_in(path, kind, loader.shapes)
    report.findings += found
    if report.summary.errors:
        raise NotConverted(_BROKEN)
    return [_data(ReadOutcome(path.as_posix(), each), loader, report) for each in documents]


def _folder(folder: Path, loader: Loader, report: Report) -> Documents:
    if not (folder / PROJECT_FILE).is_file():
        raise NotConverted(Text(f"{folder} 里没有 {PROJECT_FILE}", f"there is no {PROJECT_FILE} in {folder}"))
    project = _data(read_document(folder / PROJECT_FILE, None), loader, report)
    loader.of_place = project.get("jurisdiction")
    changes = [_data(read_document(path, None), loader, report) for path in change_files(folder)[0]]
    files_left(folder, report)
    return [{"kind": "ledger", "project": _part(project), "changes": [_part(each) for each in changes]}]


def _of_the_project(document: dict[str, Any]) -> dict[str, Any]:
    """A ledger that says of all of it that it is fictional, said of its project: tables and folders have no other place."""
    if document.get("kind") != "ledger" or "fictional" not in document:
        return document
    project = document["project"] | ({"fictional": True} if document["fictional"] else {})
    return {key: value for key, value in document.items() if key != "fictional"} | {"project": project}


def _part(data: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in data.items() if key not in ("kind", "$schema")}


def _data(reading: ReadOutcome, loader: Loader, report: Report) -> dict[str, Any]:
    """The data of a document with its values canonical. Raises ``NotConverted`` where not all of it was read."""
    if reading.document is None or reading.problems or reading.document.doubtful:
        loader.shaped(reading, report)
        raise NotConverted(_BROKEN)
    loader.shaped(reading, Report())
    data = reading.document.whole
    if not _whole(data):
        loader.shaped(reading, report)
        raise NotConverted(_BROKEN)
    return {key: value for key, value in data.items() if key != "$schema"}


def _whole(data: Any) -> bool:
    """Whether a document has the parts that it is taken apart into; within them anything is carried over as it is."""
    if not isinstance(data, dict):
        return False
    project, changes = data.get("project"), data.get("changes")
    parts = isinstance(project, dict) and isinstance(changes, list) and all(isinstance(each, dict) for each in changes)
    return data.get("kind") != "ledger" or parts


# writing


def _files(documents: Documents, out: Path, loader: Loader) -> dict[Path, bytes]:
    suffix = out.suffix.lower()
    if not suffix:
        return dict(_folders(documents, out))
    write = _WRITERS.get(suffix)
    if write is None:
        raise NotConverted(
            Text(f"不会写 {suffix}；写 .yaml、.jsonl 或 .xlsx", f"{suffix} is not written; .yaml, .jsonl or .xlsx")
        )
    return {out: write(documents, loader)}


def _yaml(documents: Documents, _loader: Loader) -> bytes:
    if len(documents) != 1:
        raise NotConverted(_SEVERAL)
    return as_yaml(documents[0]).encode()


def _lines(documents: Documents, _loader: Loader) -> bytes:
    return "".join(json.dumps(each, ensure_ascii=False) + "\n" for each in documents).encode()


def _book(documents: Documents, loader: Loader) -> bytes:
    kinds = {str(each.get("kind")) for each in documents}
    if len(kinds) > 1 or not kinds <= KINDS.keys():
        raise NotConverted(_SEVERAL_KINDS)
    from banshi.files.tables.kind_books import book_of  # late: only workbooks ask
    from banshi.subjects.change.as_tables import workbook_of

    [kind] = kinds
    return workbook_of(documents, loader) if kind == "ledger" else book_of(kind, documents, loader.shapes)


_WRITERS: dict[str, Callable[[Documents, Loader], bytes]] = {
    **dict.fromkeys((".yaml", ".yml"), _yaml),
    **dict.fromkeys(LINES_SUFFIXES, _lines),
    ".xlsx": _book,
}


def _folders(documents: Documents, out: Path) -> Iterator[tuple[Path, bytes]]:
    for document in documents:
        if document.get("kind") != "ledger":
            raise NotConverted(_NO_FOLDER)
        project, changes = document["project"], document["changes"]
        name = str(project.get("id", ""))
        if len(documents) > 1 and (not _NAME.fullmatch(name) or name.startswith(".")):
            raise NotConverted(Text(f"项目标识 {name} 不能作文件夹名", f"{name} cannot be the name of a folder"))
        folder = out / name if len(documents) > 1 else out
        yield folder / PROJECT_FILE, as_yaml({"kind": "project", **project}).encode()
        for number, change in enumerate(changes, start=1):
            yield folder / CHANGES / f"{number:03}.yaml", as_yaml({"kind": "change", **change}).encode()


# the same again


def _same_again(documents: Documents, files: dict[Path, bytes], out: Path, loader: Loader) -> None:
    """Read what would be written; raises ``NotConverted`` where it says anything else."""
    with tempfile.TemporaryDirectory() as name:
        top = Path(name) / f"out{out.suffix}"
        for path, data in files.items():
            copy = top / path.relative_to(out) if path != out else top
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(data)
        report = Report()
        if top.is_dir():
            roots = sorted({path.parent for path in files_below(top) if path.name == PROJECT_FILE})
            again = [each for root in roots for each in _folder(root, loader, report)]
            documents = (
                sorted(documents, key=lambda each: str(each["project"].get("id"))) if len(documents) > 1 else documents
            )
        else:
            again = _read(top, loader, report)
    where = _difference([_plain(each) for each in documents], [_plain(each) for each in again], ())
    if where is not None:
        raise NotConverted(_lost(where))


def _plain(document: dict[str, Any]) -> Any:
    """Data as it is compared: numbers by their value, blanks left out, a part's kind where it is plain anyway.

    A key that holds its value, as in ``{2012-01-05:6}``, is no blank.
    """
    data = drop_blanks(document)
    if data is not document:
        put_back(data, strange_blanks(document, None))
    if data.get("kind") == "ledger":
        data = {**data, "project": _part(data["project"]), "changes": [_part(each) for each in data["changes"]]}
    return _numbers(data)


def _numbers(data: Any) -> Any:
    if isinstance(data, dict):
        return {key: _numbers(value) for key, value in data.items()}
    if isinstance(data, list):
        return [_numbers(value) for value in data]
    if isinstance(data, bool) or data is None:
        return data
    text = str(data)
    return Decimal(text).normalize() if _NUMBER.fullmatch(text) else text


def _difference(one: Any, other: Any, where: tuple[str | int, ...]) -> tuple[str | int, ...] | None:
    """Where two data differ first."""
    if isinstance(one, dict) and isinstance(other, dict):
        for key in dict.fromkeys((*one, *other)):
            if key not in one or key not in other:
                return (*where, key)
            if (found := _difference(one[key], other[key], (*where, key))) is not None:
                return found
        return None
    if isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        parts = (_difference(a, b, (*where, n)) for n, (a, b) in enumerate(zip(one, other, strict=True)))
        return next((found for found in parts if found is not None), None)
    return None if one == other and type(one) is type(other) else where


def _lost(where: tuple[str | int, ...]) -> Text:
    at = ".".join(str(step + 1) if isinstance(step, int) else step for step in where)
    return Text(
        f"{at} 转换后读出来会不一样，什么也没有写；先用 banshi check 看这一处，改好再转",
        f"{at} would read differently once converted, so nothing was written; see it with banshi check first",
    )


_READ_SO_FAR = Text("已读", "read")
_NOTHING = Text("没有可转换的内容", "there is nothing to convert")
_BROKEN = Text(
    "文件没有全部读到，什么也没有写；先用 banshi check 改好", "not all of it could be read, so nothing was written"
)
_SEVERAL = Text(
    "有几份，一个 YAML 文件只写一份；写 .jsonl、.xlsx 或文件夹", "there are several; write .jsonl, .xlsx or a folder"
)
_SEVERAL_KINDS = Text(
    "一个工作簿只写一种内容（kind），这里有几种，或者不认识", "a workbook holds documents of one known kind"
)
_NOT_JSON = Text("--as oc4ids 写成 .json", "--as oc4ids writes .json")
_NO_FOLDER = Text("文件夹只用于工程变更的项目", "a folder holds a project with its change forms")
