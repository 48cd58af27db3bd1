"""How many processes share the work: what is asked for, and when it can only be one."""

import argparse

from banshi.base.limits import MAX_JOBS
from banshi.checking.jobs import cores
from banshi.files.regular_files import STDIN


def jobs_option(parser: argparse.ArgumentParser) -> None:
    """``--jobs``."""
    parser.add_argument(
        "--jobs",
        type=_number,
        metavar="N",
        help="分给几个进程做（默认：有几个处理器就几个；读标准输入、--receipt、--annotate 和 Windows 上只用一个）；结果一样",
    )


def _number(text: str) -> int:
    """A number of processes."""
    if not text.isascii() or not text.isdecimal() or not 1 <= (number := int(text)) <= MAX_JOBS:
        raise argparse.ArgumentTypeError(f"--jobs 要写 1 到 {MAX_JOBS} 的整数")
    return number


def jobs_of(options: argparse.Namespace) -> int:
    """How many: one where every file that is opened has to be noted, or a stream is read."""
    noted = getattr(options, "annotate", None) or getattr(options, "receipt", None)
    alone = noted or STDIN in map(str, options.paths)
    return 1 if alone else options.jobs or cores()
