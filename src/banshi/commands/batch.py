"""``banshi batch``: lines by the million, on one machine or on Spark; what comes of them is data."""

import argparse
import datetime
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from banshi.base.alone import Busy, alone
from banshi.base.folders import real_path
from banshi.base.text import Lang, Text, listed
from banshi.base.writing import NotWritten, write_whole
from banshi.batch.inputs import NoLines, holds_nothing, passed_over
from banshi.batch.job import Job, OtherEngine, job_of
from banshi.batch.lines import told_unread
from banshi.batch.local import BatchRun, Done, run_local
from banshi.batch.state import NAME, NotResumed
from banshi.centre.centre import Centre
from banshi.centre.own_code import RULES
from banshi.checking.checker import Checker
from banshi.checking.jobs import cores
from banshi.commands.filings import law_at_fault
from banshi.commands.jobs_asked import jobs_option
from banshi.commands.standing import centre_of, code_options, say_left_aside
from banshi.files.findings import MORE, Severity
from banshi.output.progress import Progress, size_of
from banshi.output.records import DATA_FORMATS, FINDINGS, NoParquet, Row, look_for_parquet
from banshi.output.summaries import CountedFindings, summary_json, summary_page, summary_text
from banshi.output.terminal import complain, printing, refuse

_NAMED = 5  # files that were passed over, by name


def add(parser: argparse.ArgumentParser) -> None:
    """Options."""
    parser.add_argument(
        "source",
        metavar="IN",
        help="一行一份台账的 .jsonl 文件、有 line 列的 .parquet 文件、放有这些的文件夹；Spark 上也可以是地址或表名",
    )
    parser.add_argument("out", metavar="OUT", help="结果放在这个文件夹")
    parser.add_argument("--engine", choices=("local", "spark"), default="local", help="在这台机器上，或交给 Spark")
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--answers", action="store_true", help="写判定（档次、期限、公示截止……），不写问题")
    what.add_argument(
        "--moves", nargs=2, metavar=("@A", "@B"), help="写按 A 日的规定和按 B 日的规定结果不同的判定，如 @2026-06-30"
    )
    parser.add_argument("--format", choices=DATA_FORMATS, default="jsonl", help="结果写成什么")
    parser.add_argument("--as-of", type=datetime.date.fromisoformat, metavar="DATE", help="以这一天为今天（默认今天）")
    parser.add_argument(
        "--fail-on", choices=("error", "warning", "note"), default="error", help="达到哪一级时退出码为1"
    )
    parser.add_argument(
        "--resume", action="store_true", help=f"接着上次没有做完的做（OUT/{NAME}；输入和规定没有变才接）"
    )
    parser.add_argument(
        "--force", action="store_true", help="不管上次没有做完的，从头做；结果文件不是 banshi 写的也覆盖"
    )
    parser.add_argument("--master", metavar="URL", help="Spark 的 master，如 local[2]（默认照 spark-submit 或环境的）")
    parser.add_argument(
        "--from", dest="origin", choices=("text", "parquet", "table"), help="IN 是什么（只用于 Spark；默认看后缀）"
    )
    jobs_option(parser)
    code_options(parser)


def run(options: argparse.Namespace) -> int:
    """Judge, write, and say what it comes to."""
    lang: Lang = options.lang
    printing("text")  # the results go into files
    if wrong := _wrong(options):
        return refuse(wrong, lang)
    centre = centre_of(options)
    say_left_aside(centre, options, RULES)
    try:
        look_for_parquet(options.format)
        job = _job(options, centre)
        engine = _spark if options.engine == "spark" else _local
        status = engine(job, options, centre)
        loader = Checker(centre.folder).loader  # which texts the workers asked, nobody tells
        return max(status, law_at_fault(loader, lang, every=True))
    except (NoLines, NoParquet, NotResumed, NotWritten) as error:
        return refuse(error.why, lang)
    except Busy:
        return refuse(
            Text(f"另一个 banshi batch 正在写 {options.out}，等它完成再运行", f"another run is writing {options.out}"),
            lang,
        )
    except OtherEngine as error:
        complain(str(error))
        return 2


def _wrong(options: argparse.Namespace) -> Text | None:
    spark = options.engine == "spark"
    only_there = [name for name, given in (("--master", options.master), ("--from", options.origin)) if given]
    if only_there and not spark:
        return Text(f"{only_there[0]} 只用于 --engine spark", f"{only_there[0]} belongs to --engine spark")
    if spark and (options.resume or options.jobs):
        return Text(
            "--resume、--jobs 只用于 --engine local；Spark 自己重做失败的部分",
            "--resume and --jobs belong to --engine local; Spark does failed parts again by itself",
        )
    if options.resume and options.force:
        return Text("--resume 和 --force 不能同时给出", "--resume and --force do not go together")
    for day in options.moves or ():
        if not day.startswith("@") or _day(day[1:]) is None:
            return Text(f"--moves 的“{day}”不是 @日期，如 @2026-06-30", f"{day} is no day; write @2026-06-30")
    return None


def _say_passed_over(source: Path, lang: Lang) -> None:
    """Name the files of a folder of which nothing is judged."""
    if others := passed_over(source):
        named = listed(map(str, others[:_NAMED])) + ("……" if len(others) > _NAMED else "")
        zh = f"{len(others)} 个文件没有看（batch 只看 .jsonl、.ndjson、.parquet）：{named}"
        en = f"{len(others)} files were not looked at (batch takes .jsonl, .ndjson, .parquet): {named}"
        complain(Text(zh, en).say(lang))


def _day(text: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        return None


def _job(options: argparse.Namespace, centre: Centre) -> Job:
    return job_of(
        centre.folder,
        "answers" if options.answers else "moves" if options.moves else "findings",
        own_rules=centre.runs(RULES),
        as_of=options.as_of or datetime.date.today(),
        lang=options.lang,
        sides=tuple(day[1:] for day in options.moves) if options.moves else None,
    )


def _local(job: Job, options: argparse.Namespace, centre: Centre) -> int:
    source, out, counted = Path(options.source), Path(options.out), CountedFindings()
    run = BatchRun(source, out, options.format, options.jobs or cores(), options.resume, options.force)
    with _nobody_else(out):
        with Progress(_JUDGED, lambda: size_of([source]), lang=options.lang, quiet=options.quiet, stays=_stays(out)):
            done = run_local(job, run, _counting(job, counted))
        _say_passed_over(source, options.lang)
        _write(out / "partitions.json", _parts(done), options)
        status = _told(job, counted, done, options, centre)
        if holds_nothing(source):
            why = Text(
                f"{source} 里没有一行内容，什么也没有看",
                f"{source} has no line with anything on it: nothing was judged",
            )
            return refuse(why, options.lang, max(status, 1))
        return status


@contextmanager
def _nobody_else(out: Path) -> Iterator[None]:
    """Two runs into one folder would mix what they write. Raises ``Busy``; where nothing can be written, that is said later."""
    new = not out.exists()
    with ExitStack() as held:
        with suppress(OSError):
            held.enter_context(alone(real_path(out) / NAME))
        try:
            yield
        finally:
            held.close()
            if new:
                with suppress(OSError):  # nothing came of it
                    out.rmdir()


def _counting(job: Job, counted: CountedFindings) -> Callable[[Row], None]:
    """What counts a row: of findings by how grave it is, of others the lines that could not be used."""
    at = {column.name: n for n, column in enumerate(job.columns)}
    if job.columns is not FINDINGS:
        question = at["question"]

        def count_unread(row: Row) -> None:
            counted.severities[Severity.ERROR.value] += told_unread(row[question])

        return count_unread
    rule, severity = at["rule"], at["severity"]
    about = [at[name] for name in ("tier", "jurisdiction", "month")]

    def count(row: Row) -> None:
        if row[rule] != MORE:
            tier, place, month = (row[n] for n in about)
            counted.add(row[severity], (row[rule], tier, place, month))

    return count


def _spark(job: Job, options: argparse.Namespace, centre: Centre) -> int:
    from banshi.batch.spark import NoSpark, run_spark  # late: an extra

    counted = CountedFindings()
    try:
        done = run_spark(job, options, counted)
    except NoSpark as error:
        return refuse(error.why, options.lang)
    return _told(job, counted, done, options, centre)


_FAILED = {"engine/rule-crashed", "engine/unit-failed"}  # findings about the tool itself


def _told(job: Job, counted: CountedFindings, done: Done, options: argparse.Namespace, centre: Centre) -> int:
    """Say what came of it, and write it in summary; the exit status."""
    lines, rows, lang = sum(done.lines.values()), sum(done.rows.values()), options.lang
    said = Text(
        f"{lines} 行，{rows} 行结果；{done.together} 行与别的行写的是同一个项目，合起来看过。结果在 {options.out}。",
        f"{lines} lines, {rows} rows of results; {done.together} lines tell of a project that others tell of too, and were"
        f" judged knowing those. Results: {options.out}.",
    )
    if job.columns is FINDINGS:
        if options.engine == "local":
            _write(Path(options.out) / "summary.json", summary_json(counted, centre.law), options)
            _write(Path(options.out) / "summary.html", summary_page(counted, lang, centre), options)
        print(summary_text(counted, lang, None))
    elif unread := counted.severities[Severity.ERROR.value]:
        said_of = Text(
            f"其中 {unread} 行读不出，或有写得不对的地方：见结果里“校验”各行。",
            f"{unread} of them could not be read, or hold something wrong: see the rows of checking.",
        )
        print(said_of.say(lang))
    print(said.say(lang))
    print(centre.law.said.say(lang))
    worst = [Severity(each).rank for each, count in counted.severities.items() if count]
    failed = done.failed or bool(_FAILED & counted.by["rule"].keys())
    return 2 if failed else int(any(rank <= Severity(options.fail_on).rank for rank in worst))


def _parts(done: Done) -> str:
    import json

    parts = [{"path": path, "lines": count, "rows": done.rows.get(path, 0)} for path, count in done.lines.items()]
    return (
        json.dumps({"version": 1, "together": done.together, "partitions": parts}, ensure_ascii=False, indent=2) + "\n"
    )


def _write(path: Path, text: str, options: argparse.Namespace) -> None:
    write_whole(path, text.encode(), force=options.force)


def _stays(out: Path) -> Text:
    return Text(
        f"看过的记在 {out / NAME}，加 --resume 接着做",
        f"what was judged is kept in {out / NAME}; --resume goes on with it",
    )


_JUDGED = Text("已看", "judged")
