"""One machine: lines shared among processes, written in order, whatever their number; what is interrupted can be resumed."""

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path

from msgspec import Struct, field

from banshi.base.repeats import Repeats
from banshi.base.writing import NotWritten, refusal, whole_stream
from banshi.batch.inputs import files_of, lines_of
from banshi.batch.job import Job, judge_of
from banshi.batch.shares import LineShare, SharedLines, from_json, row_texts, tellings_of
from banshi.batch.state import CHANGED, NAME, UNFINISHED, Digest, NotResumed, State
from banshi.checking.jobs import shared
from banshi.checking.told_places import Telling
from banshi.files.units import SomeLines
from banshi.output.records import Row, write_rows

Key = tuple[str, int]  # a file and the number of a line


class Done(Struct):
    """How much was judged, by file: lines, rows; ``together``: lines that tell of what others tell of too."""

    lines: dict[str, int] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)
    together: int = 0
    failed: bool = False


class BatchRun(Struct, frozen=True):
    """From where, to where (a folder), as what (``jsonl``, ``csv``, ``parquet``), and how."""

    source: Path
    out: Path
    form: str
    jobs: int = 1
    resume: bool = False
    force: bool = False


def run_local(job: Job, run: BatchRun, on_row: Callable[[Row], None] = lambda _: None) -> Done:
    """Judge every line below ``run.source`` into ``<what>.<form>``; ``on_row`` is told of every row that is written.

    Raises ``OSError``, ``NoLines``, ``NoParquet``, ``NotResumed``, ``NotWritten``.
    """
    files, out = files_of(run.source), run.out / f"{job.what}.{run.form}"
    run.out.mkdir(parents=True, exist_ok=True)
    key = f"{job.key} {run.form} {[path.as_posix() for path in files]}"
    state = State(run.out / NAME, hashlib.sha256(key.encode()).hexdigest(), LineShare)
    if not run.resume and state.path.exists() and not run.force:
        raise NotResumed(UNFINISHED)
    if why := refusal(out, force=run.force, inputs=files):
        raise NotWritten(why)
    (state.resume if run.resume else state.begin)()
    try:
        _judge(job, run.source, files, state, run.jobs)
        done, others = Done(), _together(job, state)
        done.together = len(others)
        with whole_stream(out, force=run.force, inputs=files) as stream:
            write_rows(run.form, job.columns, _rows(job, state, others, done, on_row), stream)
        state.done()
        return done
    finally:
        state.close()


def _judge(job: Job, source: Path, files: list[Path], state: State[LineShare], jobs: int) -> None:
    """Every line that is not judged yet; what was judged is checked against the lines."""
    digest, before = Digest(), state.shares()
    after: dict[int, str] = {}
    top = source if source.is_dir() else None

    def to_do() -> Iterator[SomeLines]:
        judged: Iterator[LineShare] | None = before
        for unit in (unit for path in files for unit in lines_of(path, top)):
            told = digest.after(unit)
            share = next(judged, None) if judged else None
            if share is None:
                judged = None
                after[id(unit)] = told
                yield unit
            elif share.digest != told or share.path != unit.path.as_posix():
                raise NotResumed(CHANGED)
        if judged and next(judged, None) is not None:
            raise NotResumed(CHANGED)

    for unit, share in shared(SharedLines(job), to_do(), jobs):
        share.digest = after.pop(id(unit))
        state.add(share)


def _together(job: Job, state: State[LineShare]) -> dict[Key, list[str]]:
    """The rows of lines that tell of the same as others do, judged once more, knowing those."""
    repeats = Repeats()
    for share in state.shares():
        for _, brief in share.told:
            repeats.add(brief)
    repeated = repeats.found()
    if not repeated:
        return {}
    wanted = {
        (share.path, number): None for share in state.shares() for number, brief in share.told if brief in repeated
    }
    judge = judge_of(job)
    judge.know(())
    told: list[Telling] = []
    for path, number, raw in _again(wanted):
        told += tellings_of(job, judge, path, number, raw)
    judge.know(told)
    found = {(path, number): row_texts(job, judge, path, number, raw) for path, number, raw in _again(wanted)}
    judge.know(())
    return found


def _again(wanted: dict[Key, None]) -> Iterator[tuple[str, int, bytes | None]]:
    for name in dict.fromkeys(path for path, _ in wanted):
        for unit in lines_of(Path(name)):
            for number, raw in unit.lines:
                if (name, number) in wanted:
                    yield name, number, raw


def _rows(
    job: Job, state: State[LineShare], others: dict[Key, list[str]], done: Done, on_row: Callable[[Row], None]
) -> Iterator[Row]:
    for share in state.shares():
        done.lines[share.path] = done.lines.get(share.path, 0) + share.lines
        done.failed |= share.failed
        own = dict(share.rows)
        numbers = sorted({*own, *(number for number, _ in share.told if (share.path, number) in others)})
        for number in numbers:
            for text in others.get((share.path, number), own.get(number, [])):
                row = from_json(job.columns, text)
                done.rows[share.path] = done.rows.get(share.path, 0) + 1
                on_row(row)
                yield row
