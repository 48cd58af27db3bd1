"""For engineers: results as data, queries of them, and what the last run of the benchmarks measured."""

import json
from typing import Any

from msgspec import Struct

from banshi.base.folders import shipped
from banshi.files.regular_files import read_text
from banshi.output.records import ANSWERS, FINDINGS, MOVES, DataColumn

FIGURES = "benchmarks/figures.json"


class Query(Struct, frozen=True):
    """A question, and how DuckDB is asked."""

    asks: str
    sql: str


QUERIES = (
    Query(
        "哪些规则查出的问题最多",
        "SELECT rule, severity, count(*) AS n FROM 'found.parquet' GROUP BY ALL ORDER BY n DESC",
    ),
    Query(
        "各月、各申报档次有多少错误",
        "SELECT month, tier, count(*) FILTER (severity = 'error') AS errors FROM 'found.parquet'\n"
        "WHERE month <> '' GROUP BY ALL ORDER BY ALL",
    ),
    Query(
        "哪些规范点用得最多",
        "SELECT norm, count(*) AS n FROM (SELECT unnest(string_split(norms, ' ')) AS norm FROM 'found.parquet')\n"
        "WHERE norm <> '' GROUP BY ALL ORDER BY n DESC",
    ),
    Query(
        "每一问的答案各有多少",
        "SELECT question, value, count(*) AS n FROM 'answers.parquet' GROUP BY ALL ORDER BY n DESC LIMIT 50",
    ),
    Query(
        "是数的答案，最小、平均、最大",
        "SELECT question, min(amount), avg(amount), max(amount) FROM 'answers.parquet'\n"
        "WHERE amount IS NOT NULL GROUP BY ALL ORDER BY question",
    ),
)
TABLES: tuple[tuple[str, str, tuple[DataColumn, ...]], ...] = (
    ("findings", "问题：check、batch", FINDINGS),
    ("answers", "判定：tier、attendance、assess、cases、batch --answers", ANSWERS),
    ("moves", "规定一改就不同的判定：impact、batch --moves", MOVES),
)
TYPES = {
    "text": "文字（string）",
    "whole": "整数（int64）",
    "number": "小数（decimal(38,10)；JSON 和 CSV 里是文字）",
    "day": "日期（date32；JSON 和 CSV 里写 YYYY-MM-DD）",
    "yes": "是否（bool）",
}


class BenchmarkFigures(Struct, frozen=True):
    """What a benchmark found: the sizes with seconds of processor and peak memory (MB), and how seconds grow with size."""

    name: str
    unit: str
    day: str
    machine: str
    repeat: str
    sizes: list[dict[str, Any]]
    exponent: float
    peers: list[dict[str, Any]]


def measured() -> list[BenchmarkFigures]:
    """Those of the last run, in order of name; none where only the package is installed."""
    path = shipped(FIGURES)
    if not path.is_file():
        return []
    found = json.loads(read_text(path))
    return [BenchmarkFigures(name=name, **found[name]) for name in sorted(found)]
