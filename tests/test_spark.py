"""The same lines on Spark (two processes of one machine): the results equal the local ones to the byte, whatever fails on the way."""

import copy
import json
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, banshi
from test_batch import AS_OF, ledgers

MISSING = "没有 pyspark 或 Java，没有试：make spark ／ no pyspark or Java here, not tried: make spark"
if os.environ.get("BANSHI_SPARK"):  # there they are installed: not being tried would be a fault
    import pyspark
else:
    pyspark = pytest.importorskip("pyspark", reason=MISSING)
    if shutil.which("java") is None:
        pytest.skip(MISSING, allow_module_level=True)


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    from pyspark.sql import SparkSession

    os.environ["PYSPARK_PYTHON"] = sys.executable
    session = (
        SparkSession.builder.master("local[2,2]")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "2")
        .config("spark.sql.files.maxPartitionBytes", "40000")
        .config("spark.sql.files.openCostInBytes", "0")
        .config("spark.sql.execution.arrow.maxRecordsPerBatch", "7")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("ERROR")
    yield session
    session.stop()


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Files of lines below a folder, one of them split among processes, with ends of lines of every sort."""
    folder = tmp_path_factory.mktemp("spark")
    lines = ledgers(45)
    (folder / "in/二 号").mkdir(parents=True)
    (folder / "in/a.jsonl").write_bytes(b"".join(lines[:30]))
    (folder / "in/二 号/b.ndjson").write_bytes(b"\xef\xbb\xbf" + b"".join(line[:-1] + b"\r\n" for line in lines[30:]))
    (folder / "in/c.jsonl").write_bytes(b"\xff\xfe not text\r" + lines[0][:-1])
    (folder / "in/_left.jsonl").write_bytes(lines[0])
    return folder


def whole(path: Path) -> bytes:
    """What was written, in parts or in one."""
    return path.read_bytes() if path.is_file() else b"".join(p.read_bytes() for p in sorted(path.glob("part-*")))


def both(here: Path, name: str, *words: str) -> tuple[Path, Path]:
    """A job on one machine and on Spark."""
    for engine in ("local", "spark"):
        jobs = ("--jobs", "1") if engine == "local" else ()
        done = banshi("batch", "in", f"{name}-{engine}", "--engine", engine, *jobs, *words, *AS_OF, cwd=here)
        assert done.returncode in (0, 1) and "合起来看过" in done.stdout, done.stderr
    return here / f"{name}-local", here / f"{name}-spark"


def test_findings_are_the_local_ones_to_the_byte(spark: Any, here: Path) -> None:
    local, other = both(here, "found")
    assert whole(other / "findings.jsonl") == whole(local / "findings.jsonl")
    rules = {json.loads(line)["rule"] for line in whole(local / "findings.jsonl").splitlines()}
    assert {"input/told-twice", "input/not-utf8", "input/syntax", "change/cumulative-adds-up"} <= rules
    one, two = (json.loads((folder / "partitions.json").read_text(encoding="utf-8")) for folder in (local, other))
    assert one["together"] == two["together"] == 5
    lines = {each["path"]: each["lines"] for each in one["partitions"]}
    assert len(two["partitions"]) > len(lines), "one file was split"
    summed: dict[str, int] = dict.fromkeys(lines, 0)
    for each in two["partitions"]:
        summed[each["path"]] += each["lines"]
    assert {**lines, "in/c.jsonl": 2} == {**summed, "in/c.jsonl": 2}
    summaries = [json.loads((folder / "summary.json").read_text(encoding="utf-8")) for folder in (local, other)]
    assert (
        summaries[0]["severities"] == summaries[1]["severities"] and summaries[0]["by_rule"] == summaries[1]["by_rule"]
    )
    assert {path.name for path in other.iterdir() if path.name[0] != "."} == {
        "findings.jsonl",
        "partitions.json",
        "summary.json",
    }


def test_answers_as_csv_and_as_parquet(spark: Any, here: Path) -> None:
    local, other = both(here, "csv", "--answers", "--format", "csv")
    assert whole(other / "answers.csv") == whole(local / "answers.csv")
    from pyarrow import parquet

    local, other = both(here, "parquet", "--answers", "--format", "parquet")
    one, two = (parquet.read_table(folder / "answers.parquet") for folder in (local, other))
    assert one.to_pylist() == two.to_pylist() and len(one) > 100
    assert [str(field.type) for field in one.schema] == [str(field.type) for field in two.schema]


def test_a_part_that_fails_is_done_again_to_the_same(spark: Any, here: Path) -> None:
    from datetime import date

    from pyspark import TaskContext

    from banshi.batch.job import job_of
    from banshi.batch.spark import _JUDGED, _judged, _text

    job = job_of(ROOT, "findings", own_rules=False, as_of=date(2013, 1, 1), lang="zh", sides=None)
    lines, starts = _text(spark, str(here / "in"))

    def failing(batches: Any) -> Iterator[Any]:
        for count, batch in enumerate(_judged(job, starts, batches)):
            yield batch
            if TaskContext.get().attemptNumber() == 0 and count == 0:
                raise RuntimeError("the first try of every part fails, after it has given something")

    def sound(batches: Any) -> Iterator[Any]:
        yield from _judged(job, starts, batches)

    again, once = (sorted(map(str, lines.mapInArrow(each, _JUDGED).collect())) for each in (failing, sound))
    assert again == once and len(once) > 30


def test_parquet_and_a_table_in(spark: Any, here: Path) -> None:
    texts = [line.decode().strip() for line in ledgers(8)]
    rows = [(text, number) for number, text in enumerate(texts, 1)]
    frame = spark.createDataFrame(rows, "line string, number long").coalesce(1)
    frame.select("line").write.parquet(str(here / "lines.parquet"))
    frame.createOrReplaceTempView("lines")
    found = {}
    for name, words in (("lines.parquet", ()), ("lines", ("--from", "table"))):
        done = banshi("batch", name, f"out-{name}", "--engine", "spark", *words, *AS_OF, cwd=here)
        assert done.returncode == 1, done.stderr
        told = [json.loads(line) for line in whole(here / f"out-{name}" / "findings.jsonl").splitlines()]
        found[name] = [(each["line"], each["rule"], each["message"]) for each in told]
    assert found["lines.parquet"] == found["lines"] and found["lines"]
    frame.select("line").createOrReplaceTempView("bare")
    done = banshi("batch", "bare", "out-bare", "--engine", "spark", "--from", "table", cwd=here)
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1) and "number" in done.stderr


def test_what_is_there_stays_and_what_is_not_there_is_said(spark: Any, here: Path) -> None:
    for words in (("in", "found-spark"), ("nowhere", "out-nowhere")):
        done = banshi("batch", *words, "--engine", "spark", cwd=here)
        assert (done.returncode, len(done.stderr.splitlines())) == (2, 1), done.stderr


def test_the_documented_queries(tmp_path: Path) -> None:
    """Those of README and of the page for engineers, on results of every sort."""
    duckdb = pytest.importorskip("duckdb")
    from banshi.site.measured import QUERIES

    found, decided = str(tmp_path / "found.parquet"), str(tmp_path / "answers.parquet")
    assert banshi("check", "tests/cases/change/binhe-road-faulty", "--format", "parquet", "-o", found).returncode == 1
    assert banshi("attendance", "examples/attendance/2010-02", "--format", "parquet", "-o", decided).returncode in (
        0,
        1,
    )
    for query in QUERIES:
        text = copy.copy(query.sql).replace("found.parquet", found).replace("answers.parquet", decided)
        assert duckdb.sql(text).fetchall(), query.sql
