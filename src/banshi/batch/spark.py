"""Spark: lines from text, Parquet or a table, judged where they lie, with ``mapInArrow``; the results equal the local ones.

Every stage is a function of its lines alone, so a part that is done again gives the same. Lines are judged once; what
several of them tell of the same project is found by grouping, and those lines are judged again, knowing each other.
"""

import argparse
import json
import os
import pickle
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any
from urllib.parse import unquote

from msgspec import Struct, field

from banshi.base.repeats import in_brief
from banshi.base.text import Text
from banshi.batch.inputs import LINE, NUMBER, PATH, NoLines, as_bytes
from banshi.batch.job import Job, judge_of
from banshi.batch.lines import Judge, told_unread
from banshi.batch.local import Done
from banshi.batch.shares import from_json, row_texts, tellings_of
from banshi.checking.told_places import Telling
from banshi.files.findings import MORE, Severity
from banshi.output.records import DataColumn, arrow_batch, arrow_schema, csv_row
from banshi.output.summaries import CountedFindings, summary_json

Key = tuple[str, int]
Starts = dict[
    Key, Key
]  # a file and where a split of it begins: the name that is shown, and the number of its first line
_JUDGED = (
    "kind string, path string, number long, seq int, said string, brief binary, part int, lines long, rows long, "
    "severity string, rule string, tier string, jurisdiction string, month string"
)
_SQL = {"text": "string", "whole": "bigint", "number": "decimal(38,10)", "day": "date", "yes": "boolean"}
_AT_ONCE = 500  # lines in a batch: each may be thousands of bytes


class NoSpark(Exception):
    """pyspark or Java is missing, or the cluster refuses; ``why`` says so in a line."""

    def __init__(self, why: Text) -> None:
        super().__init__(why.zh)
        self.why = why


# On the executors ------------------------------------------------------------------------------------------------------


def _numbered(starts: Starts, batches: Iterable[Any]) -> Iterator[tuple[str, int, bytes]]:
    """Lines with the names and the numbers that a single machine would give them."""
    next_of: dict[Key, int] = {}
    for batch in batches:
        columns = (batch.column(n).to_pylist() for n in range(4))
        for file, start, number, line in zip(*columns, strict=True):
            if number is not None:
                yield file, number, as_bytes(line)
                continue
            shown, first = starts[file, start]
            own = next_of.get((file, start), first)
            next_of[file, start] = own + 1
            yield shown, own, as_bytes(line)


class _Rows(Struct):
    """Rows on their way back, by column."""

    names: tuple[str, ...] = tuple(each.split()[0] for each in _JUDGED.split(", "))
    held: list[dict[str, Any]] = field(default_factory=list)

    def batch(self, pa: Any) -> Any:
        text = {
            "brief": pa.binary(),
            "number": pa.int64(),
            "seq": pa.int32(),
            "part": pa.int32(),
            "lines": pa.int64(),
            "rows": pa.int64(),
        }
        arrays = [pa.array([row.get(name) for row in self.held], text.get(name, pa.string())) for name in self.names]
        self.held = []
        return pa.RecordBatch.from_arrays(arrays, names=list(self.names))


def _judged(job: Job, starts: Starts, batches: Iterable[Any]) -> Iterator[Any]:
    """Every line by itself: its rows, what it tells of, and how many lines of which file were in this part."""
    import pyarrow as pa
    from pyspark import TaskContext

    judge, rows = judge_of(job), _Rows()
    lines, counts = Counter[str](), Counter[str]()
    for path, number, raw in _numbered(starts, batches):
        lines[path] += 1
        if not raw.strip():
            continue
        own = list(_of_line(job, judge, path, number, raw))
        counts[path] += len(own)
        rows.held += own
        briefs = {in_brief(name) for each in judge.tellings() for name in each.names}
        rows.held += [{"kind": "told", "path": path, "number": number, "brief": brief} for brief in sorted(briefs)]
        if len(rows.held) >= _AT_ONCE:
            yield rows.batch(pa)
    context = TaskContext.get()
    part = context.partitionId() if context else 0
    rows.held += [
        {"kind": "part", "path": path, "lines": count, "rows": counts[path], "part": part}
        for path, count in lines.items()
    ]
    yield rows.batch(pa)


def _of_line(job: Job, judge: Judge, path: str, number: int, raw: bytes) -> Iterator[dict[str, Any]]:
    for seq, said in enumerate(row_texts(job, judge, path, number, raw)):
        found = json.loads(said)
        about = {name: found.get(name, "") for name in ("severity", "rule", "tier", "jurisdiction", "month")}
        if told_unread(found.get("question")):
            about["severity"] = Severity.ERROR.value
        yield {"kind": "row", "path": path, "number": number, "seq": seq, "said": said, **about}


def _tellings(job: Job, starts: Starts, wanted: frozenset[Key], batches: Iterable[Any]) -> Iterator[Any]:
    """What some lines tell of."""
    import pyarrow as pa

    judge = judge_of(job)
    for path, number, raw in _numbered(starts, batches):
        if (path, number) in wanted:
            packed = pickle.dumps(tellings_of(job, judge, path, number, raw))
            yield pa.RecordBatch.from_pylist([{"path": path, "number": number, "told": packed}])


def _knowing(
    job: Job, starts: Starts, wanted: frozenset[Key], told: list[Telling], batches: Iterable[Any]
) -> Iterator[Any]:
    """Some lines once more, knowing what they all tell of."""
    import pyarrow as pa

    judge, rows = judge_of(job), _Rows()
    judge.know(told)
    try:
        for path, number, raw in _numbered(starts, batches):
            if (path, number) in wanted:
                rows.held += _of_line(job, judge, path, number, raw)
                yield rows.batch(pa)
    finally:
        judge.know(())


def _as_columns(columns: tuple[DataColumn, ...], batches: Iterable[Any]) -> Iterator[Any]:
    import pyarrow as pa

    schema = arrow_schema(columns)
    for batch in batches:
        yield arrow_batch(pa, schema, columns, [from_json(columns, text) for text in batch.column(0).to_pylist()])


def _as_csv(columns: tuple[DataColumn, ...], batches: Iterable[Any]) -> Iterator[Any]:
    import pyarrow as pa

    for batch in batches:
        rows = (from_json(columns, text) if text else None for text in batch.column(0).to_pylist())
        said = [csv_row(row or [column.name for column in columns]).decode()[:-1] for row in rows]
        yield pa.RecordBatch.from_arrays([pa.array(said, pa.string())], names=["value"])


# On the driver ---------------------------------------------------------------------------------------------------------


def run_spark(job: Job, options: argparse.Namespace, counted: CountedFindings) -> Done:
    """Judge all lines of ``options.source`` into ``options.out``, and count what is found.

    Raises ``NoSpark``, ``NoLines``.
    """
    spark, ours = _session(options)
    from pyspark.errors import PySparkException

    try:
        return _run(spark, job, options, counted)
    except PySparkException as error:
        raise NoSpark(_said(error)) from error
    finally:
        if ours:
            spark.stop()


def _run(spark: Any, job: Job, options: argparse.Namespace, counted: CountedFindings) -> Done:
    out, mode = _address(options.out.rstrip("/")), "overwrite" if options.force else "errorifexists"
    result = f"{out}/{job.what}.{options.format}"
    lines, starts = _lines(spark, options)
    first = _kept(spark, lines.mapInArrow(partial(_judged, job, starts), _JUDGED), f"{out}/judged.parquet")
    done, parts = _counts(first)
    rows = first.where("kind = 'row'")
    wanted = _together(first)
    if wanted:
        told = lines.mapInArrow(partial(_tellings, job, starts, wanted), "path string, number long, told binary")
        found = sorted(((row.path, row.number), row.told) for row in told.collect())
        known = [each for _, packed in found for each in pickle.loads(packed)]  # noqa: S301 - of our own executors
        again = lines.mapInArrow(partial(_knowing, job, starts, wanted, known), _JUDGED)
        again = _kept(spark, again, f"{out}/together.parquet")
        keys = spark.createDataFrame(sorted(wanted), "path string, number long")
        rows = rows.join(keys, ["path", "number"], "left_anti").select(*first.columns).unionByName(again)
    done.together = len(wanted)
    _write(rows, job.columns, options.format, result, mode)
    for row in rows.groupBy("path").count().collect():
        done.rows[row.path] = row["count"]
    _count(rows, counted)
    whole = {"version": 1, "together": len(wanted), "partitions": parts}
    _put(spark, f"{out}/partitions.json", json.dumps(whole, ensure_ascii=False, indent=2) + "\n")
    _put(spark, f"{out}/summary.json", summary_json(counted, None))
    _away(spark, f"{out}/judged.parquet", f"{out}/together.parquet")
    return done


def _session(options: argparse.Namespace) -> tuple[Any, bool]:
    """A session, and whether it is ours to end: in a notebook there is one already."""
    try:
        from pyspark.errors import PySparkException
        from pyspark.sql import SparkSession
    except ImportError:
        raise NoSpark(_MISSING) from None
    if (there := SparkSession.getActiveSession()) is not None:
        return there, False
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    shows = sys.stderr.isatty() and not options.quiet
    builder = (
        SparkSession.builder.appName("banshi batch")
        .config("spark.sql.execution.arrow.maxRecordsPerBatch", _AT_ONCE)
        .config("spark.ui.showConsoleProgress", str(shows).lower())
    )
    try:
        return (builder.master(options.master) if options.master else builder).getOrCreate(), True
    except (PySparkException, RuntimeError, OSError) as error:
        raise NoSpark(_said(error)) from error


def _lines(spark: Any, options: argparse.Namespace) -> tuple[Any, Starts]:
    """The lines, and where the splits of their files begin."""
    source = options.source.rstrip("/")
    origin = options.origin or ("parquet" if source.endswith(".parquet") else "text")
    if origin == "text":
        return _text(spark, source)
    frame = (
        spark.read.table(source) if origin == "table" else _files(spark, source, "parquet").parquet(_address(source))
    )
    if LINE not in frame.columns or (origin == "table" and NUMBER not in frame.columns):
        raise NoLines(_no_columns(source, frame.columns, table=origin == "table"))
    number = NUMBER if NUMBER in frame.columns else "_metadata.row_index + 1"
    path = PATH if PATH in frame.columns else "_metadata.file_path" if origin == "parquet" else f"'{source}'"
    chosen = frame.selectExpr(
        f"{path} as file", "0L as start", f"cast({number} as bigint) as number", f"cast({LINE} as binary) as line"
    )
    if path != "_metadata.file_path":
        return chosen, {}
    shown = {row.file: _shown(row.file, source) for row in chosen.select("file").distinct().collect()}
    named = spark.createDataFrame(sorted(shown.items()), "file string, shown string")
    return chosen.join(named, "file").selectExpr("shown as file", "start", "number", "line"), {}


def _text(spark: Any, source: str) -> tuple[Any, Starts]:
    frame = _files(spark, source, "jsonl").text(_address(source))
    lines = frame.selectExpr(
        "_metadata.file_path as file",
        "_metadata.file_block_start as start",
        "cast(null as bigint) as number",
        "cast(value as binary) as line",
    )
    counts = lines.groupBy("file", "start").count().collect()
    splits = sorted((_shown(row.file, source), row.start, row.file, row["count"]) for row in counts)
    starts: Starts = {}
    before, number = "", 1
    for shown, start, file, count in splits:
        number = number if shown == before else 1
        starts[file, start] = shown, number
        before, number = shown, number + count
    return lines, starts


def _files(spark: Any, source: str, kind: str) -> Any:
    """A reader; of a folder it takes the files below it that a single machine would take."""
    reader = spark.read.option("recursiveFileLookup", "true")
    if source.endswith((".jsonl", ".ndjson", ".parquet", ".txt")):
        return reader
    return reader.option("pathGlobFilter", "*.{jsonl,ndjson}" if kind == "jsonl" else "*.parquet")


def _address(path: str) -> str:
    """Where a path leads: one that is relative is this machine's; of an absolute one the cluster says what it means."""
    return path if "://" in path or path.startswith("/") else f"file://{os.path.abspath(path)}"


def _shown(file: str, source: str) -> str:
    """The name of a file as a single machine would show it: what was asked for, and what lies below it."""
    whole = file if "://" in source else unquote(file.removeprefix("file://").removeprefix("file:"))
    top = source if "://" in source else os.path.abspath(source)
    below = whole[len(top) :] if whole.startswith(top) else "/" + whole.rpartition("/")[2]
    return source + below if below else source


def _kept(spark: Any, frame: Any, path: str) -> Any:
    """What was judged, written down: it is used several times, and judged once."""
    frame.write.mode("overwrite").parquet(path)
    return spark.read.parquet(path)


def _counts(first: Any) -> tuple[Done, list[dict[str, Any]]]:
    done, parts = Done(), []
    for row in first.where("kind = 'part'").orderBy("part", "path").collect():
        done.lines[row.path] = done.lines.get(row.path, 0) + row.lines
        parts.append({"partition": row.part, "path": row.path, "lines": row.lines, "rows": row.rows})
    return done, parts


def _together(first: Any) -> frozenset[Key]:
    """Lines that tell of something that other lines tell of too."""
    told = first.where("kind = 'told'")
    often = told.groupBy("brief").count().where("count > 1").select("brief")
    found = told.join(often, "brief", "left_semi").select("path", "number").distinct().collect()
    return frozenset((row.path, row.number) for row in found)


def _write(rows: Any, columns: tuple[DataColumn, ...], form: str, path: str, mode: str) -> None:
    said = rows.select("path", "number", "seq", "said")
    if form == "csv":
        said = said.unionByName(said.sparkSession.createDataFrame([("", -1, 0, "")], said.schema))
    ordered = said.orderBy("path", "number", "seq").select("said")
    if form == "parquet":
        schema = ", ".join(f"{column.name} {_SQL[column.kind]}" for column in columns)
        ordered.mapInArrow(partial(_as_columns, columns), schema).write.mode(mode).parquet(path)
    elif form == "csv":
        ordered.mapInArrow(partial(_as_csv, columns), "value string").write.mode(mode).text(path)
    else:
        ordered.write.mode(mode).text(path)


def _count(rows: Any, counted: CountedFindings) -> None:
    about = ("severity", "rule", "tier", "jurisdiction", "month")
    for row in rows.where(f"severity != '' and rule != '{MORE}'").groupBy(*about).count().collect():
        counted.add(row.severity, (row.rule, row.tier, row.jurisdiction, row.month), row["count"])


def _put(spark: Any, path: str, text: str) -> None:
    """A small file, wherever the results are."""
    fs, place = _file_system(spark, path)
    stream = fs.create(place, True)
    try:
        stream.write(bytearray(text.encode()))
    finally:
        stream.close()


def _away(spark: Any, *paths: str) -> None:
    for path in paths:
        fs, place = _file_system(spark, path)
        fs.delete(place, True)


def _file_system(spark: Any, path: str) -> tuple[Any, Any]:
    jvm, context = spark._jvm, spark.sparkContext
    place = jvm.org.apache.hadoop.fs.Path(path)
    return place.getFileSystem(context._jsc.hadoopConfiguration()), place


def _said(error: BaseException) -> Text:
    """What Spark has against it, in a line: what our own code said, where it was that."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    own = [line for line in lines if line.startswith("banshi.")]
    why = (own or lines or [type(error).__name__])[-1 if own else 0]
    return Text(f"Spark 没有做成：{why}", f"Spark failed: {why}")


def _no_columns(name: str, columns: list[str], *, table: bool) -> Text:
    wanted = f"{LINE}、{NUMBER}" if table else LINE
    return Text(
        f"{name} 要有 {wanted} 列（{PATH} 可以没有），有的是 {'、'.join(columns)}",
        f"{name} must have {wanted.replace('、', ' and ')} ({PATH} is optional); it has {', '.join(columns)}",
    )


_MISSING = Text(
    "没有装 pyspark：pip install 'banshi[spark]'（还要 Java 17）；或用 --engine local",
    "pyspark is not installed: pip install 'banshi[spark]' (and Java 17); or --engine local",
)
