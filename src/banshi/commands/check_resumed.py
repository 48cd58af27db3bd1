"""``banshi check --resume``: lines by the million in several runs; what was judged is kept beside the report until that is written."""

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from banshi.base.alone import Busy, alone
from banshi.base.folders import real_path
from banshi.base.text import Text
from banshi.batch.checked import Checked, Unfinished, key_of
from banshi.batch.state import NotResumed, State
from banshi.centre.centre import Centre
from banshi.centre.own_code import RULES
from banshi.checking.checker import Checker
from banshi.checking.lines_of_files import kind_of_lines
from banshi.files.all_that_applies import digest
from banshi.files.reading import LINES_SUFFIXES

ENDING = ".unfinished"  # of the state, after the name of the report


class NotKept(Exception):
    """Nothing can be kept, or taken over; ``why`` says so in a line."""

    def __init__(self, why: Text) -> None:
        super().__init__(why.zh)
        self.why = why


def not_resumable(options: argparse.Namespace, paths: list[Path]) -> Text | None:
    """Why such a check cannot be resumed; None where it can."""
    lines = all(path.suffix.lower() in LINES_SUFFIXES and path.is_file() for path in paths)
    if lines and options.output is not None:
        for path in paths:
            if kind := kind_of_lines(path):
                zh = f"{path} 的各行合起来才是一份（{kind.title}），不能分几次看"
                return Text(zh, f"the lines of {path} make one document and are only judged together")
        return None
    return Text(
        "--resume 只用于 .jsonl、.ndjson 文件，并要写明 -o", "--resume is for .jsonl and .ndjson files, with -o"
    )


def place_of(options: argparse.Namespace) -> Path:
    """Where the state lies."""
    out: Path = options.output
    return out.with_name(out.name + ENDING)


def stays(options: argparse.Namespace) -> Text:
    """What is there after an interrupt."""
    return Text(
        f"看过的记在 {place_of(options)}，同样再运行一次，接着做",
        f"what was judged is kept in {place_of(options)}; run the same again to go on with it",
    )


@contextmanager
def resumed(
    options: argparse.Namespace, centre: Centre, checker: Checker, paths: list[Path]
) -> Iterator[tuple[Unfinished, State[Checked]]]:
    """What an unfinished run has judged, and where this one notes its own. Raises ``NotKept``.

    The state is left where it is; who has written the report is ``done`` with it.
    """
    attached = checker.loader.attached
    key = key_of(
        digest(centre.folder, own_rules=centre.runs(RULES)),
        options.as_of,
        checker.loader.most,
        sorted(attached) if attached is not None else None,
        [path.as_posix() for path in paths],
    )
    place = place_of(options)
    state = State(place, key, Checked)
    try:
        with alone(real_path(place)):
            (state.resume if place.exists() and not options.force else state.begin)()
            try:
                yield Unfinished(state), state
            finally:
                state.close()
    except NotResumed as error:
        raise NotKept(error.why) from None
    except Busy:
        busy = (
            f"另一个 banshi check 正在写 {options.output}，等它完成再运行",
            f"another run is writing {options.output}",
        )
        raise NotKept(Text(*busy)) from None
    except OSError as error:
        raise NotKept(Text(f"{place} 写不了：{error.strerror}", f"{place}: {error.strerror}")) from None
