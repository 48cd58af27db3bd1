"""Results as data: a finding or an answer a row, with a declared schema, as JSON Lines, CSV or Parquet, for millions.

Rows are written as they come; nothing of them is kept. Parquet needs pyarrow (``banshi[parquet]``).
"""

import csv
import datetime
import io
import json
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from itertools import islice
from typing import IO, Any, Literal

from msgspec import Struct

from banshi.base.patterns import late
from banshi.base.text import Lang, Text, escaped, visible_lines
from banshi.files.findings import Finding
from banshi.output.reports.json_report import cell_name

DATA_FORMATS = ("jsonl", "csv", "parquet")
_AT_ONCE = 20_000  # rows that Parquet holds in memory: a row group

Kind = Literal["text", "whole", "number", "day", "yes"]
Row = tuple[Any, ...]


class DataColumn(Struct, frozen=True):
    """A column: its name, what type its values are of, what it is called and means."""

    name: str
    kind: Kind
    title: str
    about: str


PLACES = 10  # decimal places of a number in Parquet; what has more is rounded there, and whole in the text beside it
FINDINGS = (
    DataColumn("path", "text", "文件", "文件，照给出的写法"),
    DataColumn("line", "whole", "行", "行号，从 1 起；工作簿里是格所在的行"),
    DataColumn("col", "whole", "列", "列号，从 1 起，按字符数；工作簿里是格所在的列"),
    DataColumn("sheet", "text", "工作表", "工作簿里的表名；不是工作簿的，空"),
    DataColumn("cell", "text", "单元格", "如 C12；不是工作簿的，空"),
    DataColumn("rule", "text", "规则", "规则标识；banshi explain 说明"),
    DataColumn("severity", "text", "级别", "error、warning 或 note"),
    DataColumn("message", "text", "问题", "查出什么"),
    DataColumn("fix", "text", "改法", "怎样改"),
    DataColumn("route", "text", "字段", "值所在的键，逐级用 / 隔开，如 changes/0/tier"),
    DataColumn("basis", "text", "依据", "条款，照公文的引用写法，分号隔开"),
    DataColumn("norms", "text", "规范点", "文件/版本#规范点，空格隔开"),
    DataColumn("reading_dependent", "yes", "看口径", "换一种口径，结论会不同"),
    DataColumn("jurisdiction", "text", "辖区", "辖区标识；不知道的，空"),
    DataColumn("tier", "text", "档次", "申报的审批档次；不知道、没有的，空"),
    DataColumn("month", "text", "月份", "YYYY-MM：申报、考勤或考核期末的月份；不知道的，空"),
)
ANSWERS = (
    DataColumn("subject", "text", "事项", "工程变更、考勤、窗口考核、办件、并联审批"),
    DataColumn("path", "text", "文件", "文件，照给出的写法"),
    DataColumn("item", "text", "哪一件", "项目和编号、人员和月份、窗口和考核期"),
    DataColumn("question", "text", "问什么", "应走档次、某一环节的期限、得分……"),
    DataColumn("value", "text", "结果", "判定的结果；不能判定的，写“不能判定”"),
    DataColumn("code", "text", "标识", "结果的标识（档次、等次）；没有的，空"),
    DataColumn("amount", "number", "数", f"结果是数的，这个数：元、分、天、次，看所问的是什么；取 {PLACES} 位小数"),
    DataColumn("day", "day", "日期", "结果是一天的，这一天"),
    DataColumn("reasons", "text", "理由", "理由，分号隔开"),
    DataColumn("basis", "text", "依据", "条款，照公文的引用写法，分号隔开"),
)
MOVES = (
    *ANSWERS[:4],
    DataColumn("before", "text", "原来", "按原来的规定的结果；没有的，写“（没有）”"),
    DataColumn("after", "text", "现在", "按现在的规定的结果"),
    DataColumn("difference", "text", "相差", "差多少、早晚几天"),
    DataColumn("why_before", "text", "为什么（原来）", "只有原来才有的理由"),
    DataColumn("why_after", "text", "为什么（现在）", "只有现在才有的理由"),
    DataColumn("basis", "text", "依据", "条款，照公文的引用写法，分号隔开"),
)


class NoParquet(Exception):
    """pyarrow is not installed; ``why`` says so in a line."""

    def __init__(self) -> None:
        self.why = Text(
            "写 Parquet 要用 pyarrow，没有装：pip install 'banshi[parquet]'；或用 --format jsonl、csv",
            "Parquet needs pyarrow, which is not installed: pip install 'banshi[parquet]'; or --format jsonl, csv",
        )
        super().__init__(self.why.zh)


def finding_row(finding: Finding, lang: Lang) -> Row:
    """A finding as ``FINDINGS`` has it."""
    norms = dict.fromkeys(f"{c.instrument}/{c.version}#{c.norm}".rstrip("#") for c in finding.basis)
    return (
        finding.path,
        finding.line,
        finding.column,
        finding.sheet,
        cell_name(finding) if finding.sheet else "",
        finding.rule,
        finding.severity.value,
        finding.message.say(lang),
        finding.fix.say(lang),
        "/".join(map(str, finding.where)),
        "；".join(dict.fromkeys(cited.say() for cited in finding.basis)),
        " ".join(norms),
        finding.reading_dependent,
        *finding.about,
    )


def write_rows(form: str, columns: tuple[DataColumn, ...], rows: Iterable[Row], stream: IO[bytes]) -> None:
    """Write rows as JSON Lines, CSV (UTF-8, a heading) or Parquet. Raises ``NoParquet``, ``OSError``."""
    _WRITERS[form](columns, rows, stream)


def look_for_parquet(form: str) -> None:
    """To be asked before long work. Raises ``NoParquet``."""
    if form == "parquet":
        _pyarrow()


def json_row(columns: tuple[DataColumn, ...], row: Row) -> str:
    """A row as a line of JSON, without its end."""
    values = {column.name: _plain(value) for column, value in zip(columns, row, strict=True)}
    return escaped(json.dumps(values, ensure_ascii=False))


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return f"{value:f}"  # a number in JSON would lose digits in most readers
    return value.isoformat() if isinstance(value, datetime.date) else value


def _json_lines(columns: tuple[DataColumn, ...], rows: Iterable[Row], stream: IO[bytes]) -> None:
    for row in rows:
        stream.write(f"{json_row(columns, row)}\n".encode())


def _csv(columns: tuple[DataColumn, ...], rows: Iterable[Row], stream: IO[bytes]) -> None:
    stream.write(csv_row(column.name for column in columns))
    for row in rows:
        stream.write(csv_row(row))


def csv_row(row: Iterable[Any]) -> bytes:
    """A row as CSV has it, with its end."""
    line = io.StringIO()
    csv.writer(line, lineterminator="\n").writerow([_cell(value) for value in row])
    return line.getvalue().encode()


# What a spreadsheet that opens the file would compute; a number with its sign is none.
_AS_FORMULA = late(r"[=+@＝＋＠\t\r]|[-－](?=[^0-9])")


def _cell(value: Any) -> Any:
    if value is None or isinstance(value, bool):
        return "" if value is None else str(value).lower()
    plain = _plain(value)
    if not isinstance(plain, str):
        return plain
    shown = visible_lines(plain)
    return f"'{shown}" if _AS_FORMULA.match(shown) else shown


def _parquet(columns: tuple[DataColumn, ...], rows: Iterable[Row], stream: IO[bytes]) -> None:
    pa = _pyarrow()
    from pyarrow import parquet

    schema, waiting = arrow_schema(columns), iter(rows)
    with parquet.ParquetWriter(stream, schema, compression="zstd") as writer:
        for batch in _batches(waiting):
            writer.write_batch(arrow_batch(pa, schema, columns, batch))


def _batches(rows: Iterator[Row]) -> Iterator[list[Row]]:
    while batch := list(islice(rows, _AT_ONCE)):
        yield batch


def arrow_schema(columns: tuple[DataColumn, ...]) -> Any:
    """The schema for Arrow and Parquet; a column's title and meaning stand in its metadata. Raises ``NoParquet``."""
    pa = _pyarrow()
    types = {
        "text": pa.string(),
        "whole": pa.int64(),
        "number": pa.decimal128(38, PLACES),
        "day": pa.date32(),
        "yes": pa.bool_(),
    }
    return pa.schema(
        [
            pa.field(each.name, types[each.kind], metadata={"title": each.title, "description": each.about})
            for each in columns
        ]
    )


def arrow_batch(pa: Any, schema: Any, columns: tuple[DataColumn, ...], rows: list[Row]) -> Any:
    """Rows for Arrow."""
    arrays = [
        pa.array([_fitting(row[n], column.kind) for row in rows], schema.field(n).type)
        for n, column in enumerate(columns)
    ]
    return pa.RecordBatch.from_arrays(arrays, schema=schema)


def _fitting(value: Any, kind: Kind) -> Any:
    if kind == "number" and value is not None:
        return Decimal(value).quantize(Decimal(1).scaleb(-PLACES))
    return value.encode("utf-8", "backslashreplace").decode() if isinstance(value, str) else value


def _pyarrow() -> Any:
    try:
        import pyarrow  # late: an extra
    except ImportError:
        raise NoParquet from None
    return pyarrow


_WRITERS: dict[str, Callable[[tuple[DataColumn, ...], Iterable[Row], IO[bytes]], None]] = {
    "jsonl": _json_lines,
    "csv": _csv,
    "parquet": _parquet,
}
