"""A job: what is asked of lines, with all that the answers rest on; it travels to wherever lines are judged."""

import atexit
import datetime
import hashlib
import os
import shutil
import stat
import tempfile
import time
from contextlib import ExitStack, suppress
from functools import cache
from pathlib import Path

import msgspec

from banshi import __version__
from banshi.base.alone import Busy, alone
from banshi.base.folders import real_path
from banshi.base.text import Lang
from banshi.batch.bundle import packed, unpack
from banshi.batch.lines import COLUMNS, Judge, What
from banshi.files.all_that_applies import digest
from banshi.output.records import DataColumn


class OtherEngine(Exception):
    """Where lines should be judged, another engine or another law is installed than where the job comes from."""


class Job(msgspec.Struct, frozen=True):
    """``bundle``: what the project brings of its own; ``digest``: of all that applies, own and shipped.

    ``sides``: two days (ISO), whose laws are compared.
    """

    what: What
    bundle: bytes
    digest: str
    version: str
    own_rules: bool
    as_of: str
    lang: Lang
    sides: tuple[str, str] | None = None

    @property
    def columns(self) -> tuple[DataColumn, ...]:
        """What a row of its results holds."""
        return COLUMNS[self.what]

    @property
    def key(self) -> str:
        """The same for the same question on the same law, whatever the lines."""
        return hashlib.sha256(msgspec.msgpack.encode(self)).hexdigest()


def job_of(
    project: Path, what: What, *, own_rules: bool, as_of: datetime.date, lang: Lang, sides: tuple[str, str] | None
) -> Job:
    """The job, packed. ``as_of``: the day that counts as today, wherever and whenever lines are judged."""
    return Job(
        what,
        packed(project, own_rules=own_rules),
        digest(project, own_rules=own_rules),
        __version__,
        own_rules,
        as_of.isoformat(),
        lang,
        sides,
    )


@cache
def judge_of(job: Job) -> Judge:
    """The judge of a job; made once in a process. Raises ``OtherEngine``."""
    folder = _own_folder()
    unpack(job.bundle, folder)
    if job.version != __version__ or job.digest != digest(folder, own_rules=job.own_rules):
        raise OtherEngine(
            f"banshi {job.version} 的作业（摘要 {job.digest[:12]}）到了装着 banshi {__version__} 的机器上，规定、格式或规则不同；"
            "各机器装同一个版本 ／ another engine, law or rules are installed here than where the job comes from"
        )
    return _judge(job, folder)


def _own_folder() -> Path:
    """An empty folder of this process, locked as long as it lives, and cleared away when it ends.

    Workers of Spark end without that: what they left more than a day ago is cleared away by whoever comes next.
    """
    for left in Path(tempfile.gettempdir()).glob(f"{_NAME}*"):
        with suppress(OSError, Busy):
            if _left_behind(left.lstat()):
                with alone(left):
                    shutil.rmtree(left)
    folder, held = real_path(Path(tempfile.mkdtemp(prefix=_NAME))), ExitStack()
    held.enter_context(alone(folder))
    held.callback(shutil.rmtree, folder, ignore_errors=True)
    atexit.register(held.close)
    return folder


def _left_behind(about: os.stat_result) -> bool:
    mine = about.st_uid == getattr(os, "getuid", lambda: 0)()
    return mine and stat.S_ISDIR(about.st_mode) and time.time() - about.st_mtime > _A_DAY


_NAME, _A_DAY = "banshi-job-", 24 * 3600


def _judge(job: Job, project: Path) -> Judge:
    day = datetime.date.fromisoformat
    sides = (day(job.sides[0]), day(job.sides[1])) if job.sides else None
    return Judge(project, own_rules=job.own_rules, as_of=day(job.as_of), sides=sides)
