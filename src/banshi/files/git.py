"""Asking git about a folder: read-only, in bounded time, and so that nothing of the repository runs as a program.

A repository's own settings can name programs: hooks, text converters, external diffs, monitors, pagers, signers, and
what fetches a missing object. None of them is let run; only objects and names are read, never the index.
"""

import os
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import IO

from msgspec import Struct

from banshi.base.limits import GIT_BYTES, GIT_FILES, GIT_PRINTED, GIT_SECONDS, MAX_BYTES
from banshi.base.text import NOTHING, Text
from banshi.files.regular_files import read_text, unnoted

_QUIET = (
    "--no-pager",
    "--no-optional-locks",
    "--no-replace-objects",
    "--literal-pathspecs",
    "-c",
    "core.fsmonitor=",
    "-c",
    "core.hooksPath=/dev/null",
    "-c",
    "core.quotePath=false",
    "-c",
    "log.showSignature=false",
    "-c",
    "core.attributesFile=/dev/null",
    "-c",
    "core.commitGraph=false",
    # What is read line by line comes as it is expected; files that settings name may hold anything, and are not read.
    "-c",
    "i18n.logOutputEncoding=UTF-8",
    "-c",
    "log.mailmap=false",
    "-c",
    "log.showRoot=true",
    "-c",
    "log.follow=false",
    "-c",
    "log.diffMerges=separate",
    "-c",
    "mailmap.file=",
    "-c",
    "mailmap.blob=",
    "-c",
    "diff.orderFile=/dev/null",
    "-c",
    "advice.graftFileDeprecated=false",
)
_COMPLAINT = 65_536  # bytes of a complaint that are read
# What every command that could show content is told besides.
NO_PROGRAMS = ("--no-textconv", "--no-ext-diff", "--no-color")


class NoGit(Exception):
    """Git cannot tell; ``why`` says so in a line."""

    def __init__(self, why: Text) -> None:
        super().__init__(why.zh)
        self.why = why


class _Endless(NoGit):
    """Git would not end; what is asked next would not either."""


class Repository(Struct, frozen=True, dict=True):
    """The repository that ``folder`` lies in. Raises ``NoGit`` where there is none, or no git, or it takes too long."""

    folder: Path

    def ask(self, *words: str, data: bytes | None = None) -> bytes:
        """What a git command prints. Raises ``NoGit`` where it fails, takes too long or prints too much, or is of others."""
        if words[0] != "rev-parse" and self._foreign:  # that names places and commits, and shows nothing
            raise NoGit(self._foreign)
        return self._told_by_git(*words, data=data)

    def _told_by_git(self, *words: str, data: bytes | None = None) -> bytes:
        git = _own_git()
        if git is None:
            raise NoGit(Text("这台机器没有 git", "there is no git on this machine"))
        with tempfile.TemporaryFile() as asked, tempfile.TemporaryFile() as said:
            asked.write(data or b"")
            asked.seek(0)
            return _printed([git, "-C", str(self.folder), *_QUIET, *words], asked, said)

    @cached_property
    def _foreign(self) -> Text | None:
        """Why nothing of it is read: it lies elsewhere and does not know of this folder, or its objects are of another one."""
        said = self.ask("rev-parse", "--git-dir", "--git-common-dir", "--git-path", "objects")
        found = [Path(os.path.realpath(self.folder / os.fsdecode(each))) for each in said.splitlines()]
        if len(found) != 3:  # a name with the end of a line in it
            return _OF_OTHERS
        own, common, objects = found
        top = Path(os.path.realpath(self.top))
        if not own.is_relative_to(top) and not self._is_known(own, top / ".git"):
            return _OF_OTHERS
        if not common.is_relative_to(own) and not own.is_relative_to(common):
            return _OF_OTHERS
        stores = (Path(os.path.realpath(objects / name)) for name in ("", "pack", "info"))
        borrows = any(os.path.lexists(objects / "info" / name) for name in ("alternates", "http-alternates"))
        return _BORROWED if borrows or not all(store.is_relative_to(common) for store in stores) else None

    def _is_known(self, own: Path, link: Path) -> bool:
        """Whether a repository elsewhere says itself that this folder is a work tree of it, or that of a submodule."""
        try:
            with unnoted():
                back = read_text(own / "gitdir", _COMPLAINT).strip()
        except FileNotFoundError:
            try:
                return bool(self._told_by_git("config", "--local", "--get", "core.worktree"))  # ``top`` is what it says
            except NoGit:
                return False
        except (OSError, ValueError):
            return False
        return os.path.realpath(own / back) == os.path.realpath(link)

    @cached_property
    def top(self) -> Path:
        """The folder at the top of the working tree. Raises ``NoGit`` where its settings put the tree somewhere else."""
        top = Path(os.fsdecode(self.ask("rev-parse", "--show-toplevel").rstrip(b"\n")))
        if not Path(os.path.realpath(self.folder)).is_relative_to(os.path.realpath(top)):
            raise NoGit(_ELSEWHERE)
        return top

    @property
    def whole(self) -> "Repository":
        """The same from its top: git takes the paths of ``path_of`` as those from the folder that it is asked in."""
        return Repository(self.top)

    @cached_property
    def shallow(self) -> bool:
        """Whether older commits were left out when it was cloned."""
        return self.ask("rev-parse", "--is-shallow-repository").strip() == b"true"

    def commit(self, revision: str) -> str:
        """The full name of the commit that a revision means. Raises ``NoGit`` where it means none."""
        try:
            found = self.ask("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
        except _Endless:
            raise
        except NoGit as error:
            if not self.alive:
                raise error from None
            more = (
                Text("（这是浅克隆，更早的提交没有取来）", " (a shallow clone has no older commits)")
                if self.shallow
                else NOTHING
            )
            unknown = Text(f"git 里没有版本 {revision}{more.zh}", f"git knows no revision {revision}{more.en}")
            raise NoGit(unknown) from None
        return found.decode().strip()

    @cached_property
    def begun(self) -> bool:
        """Whether anything was committed on the branch that is checked out; what is about to be is its first commit."""
        try:
            self.ask("rev-parse", "--verify", "--quiet", "HEAD")
        except _Endless:
            raise
        except NoGit:
            return not self.alive
        return True

    @cached_property
    def alive(self) -> bool:
        """Whether the folder lies in a repository that git reads."""
        try:
            return bool(self.ask("rev-parse", "--git-dir"))
        except _Endless:
            raise
        except NoGit:
            return False

    def path_of(self, path: Path) -> str:
        """A path as the repository names it, from its top. Raises ``NoGit`` where it lies outside."""
        try:
            return Path(os.path.realpath(path)).relative_to(os.path.realpath(self.top)).as_posix()
        except ValueError:
            raise NoGit(_ELSEWHERE) from None

    def files(self, commit: str, below: str) -> Iterator[tuple[str, str]]:
        """The regular files of a commit at or below a path (from the top), each with the name of its content."""
        listed = self.ask("ls-tree", "-r", "-z", "--full-tree", commit, "--", *([below] if below != "." else []))
        for number, line in enumerate(filter(None, listed.split(b"\0"))):
            if number >= GIT_FILES:
                raise NoGit(Text(f"{below} 里的文件超过 {GIT_FILES} 个", f"more than {GIT_FILES} files in {below}"))
            about, _, name = line.partition(b"\t")
            mode, _, blob = about.decode().split(" ")
            if mode in ("100644", "100755") and not {b"", b".", b".."} & set(name.split(b"/")):
                yield os.fsdecode(name), blob

    def contents(self, blobs: Sequence[str]) -> Iterator[bytes | None]:
        """The contents of blobs; None for one that is not there or is too large. Raises ``NoGit`` for too much at once.

        Sizes are asked first: a few kilobytes of a repository can stand for many gigabytes.
        """
        sizes = [_size(line) for line in self._told("--batch-check", blobs).splitlines()]
        if sum(size or 0 for size in sizes) > GIT_BYTES:
            raise NoGit(
                Text(
                    f"这个版本的文件合起来超过 {GIT_BYTES >> 20} MB",
                    f"the files of this revision come to more than {GIT_BYTES >> 20} MB",
                )
            )
        there = [blob for blob, size in zip(blobs, sizes, strict=True) if size is not None]
        answer, at = self._told("--batch", there), 0
        for size in sizes:
            if size is None:
                yield None
                continue
            start = answer.index(b"\n", at) + 1
            yield answer[start : start + size]
            at = start + size + 1

    def _told(self, how: str, blobs: Sequence[str]) -> bytes:
        return self.ask("cat-file", how, data="".join(f"{blob}\n" for blob in blobs).encode()) if blobs else b""

    def extract(self, commit: str, below: str, into: Path, suffixes: tuple[str, ...]) -> None:
        """Write the files of a commit below a path into a folder, under their paths from there."""
        wanted = [(name, blob) for name, blob in self.files(commit, below) if name.endswith(suffixes)]
        for (name, _), content in zip(wanted, self.contents([blob for _, blob in wanted]), strict=True):
            near = PurePosixPath(name).relative_to(below if below != "." else "")
            if content is None or ".." in near.parts:
                continue
            target = into / near
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)


def _own_git() -> str | None:
    """The user's git; never one that lies in the folder in which a command happens to be run."""
    folders = os.environ.get("PATH", os.defpath).split(os.pathsep)
    found = shutil.which("git", path=os.pathsep.join(filter(os.path.isabs, folders)))
    return found if found and os.path.isabs(found) else None


def _printed(words: list[str], asked: IO[bytes], said: IO[bytes]) -> bytes:
    """What git prints that reads ``asked`` and complains into ``said``. Raises ``NoGit``."""
    with subprocess.Popen(  # noqa: S603 - words of ours, and names that git takes as names
        words, stdin=asked, stdout=subprocess.PIPE, stderr=said, env=_environment()
    ) as process:
        assert process.stdout is not None
        late = threading.Timer(GIT_SECONDS, process.kill)
        late.start()
        try:
            printed = process.stdout.read(GIT_PRINTED + 1)
            if len(printed) > GIT_PRINTED:
                raise _Endless(
                    Text(f"git 的答复超过 {GIT_PRINTED >> 20} MB", f"git printed more than {GIT_PRINTED >> 20} MB")
                )
            process.wait()
        except BaseException:
            process.kill()
            raise
        finally:
            in_time = late.is_alive()
            late.cancel()
    if not in_time:
        raise _Endless(Text(f"git 超过 {GIT_SECONDS} 秒没有答复", f"git took more than {GIT_SECONDS} seconds"))
    if process.returncode:
        said.seek(0)
        raise NoGit(_refused(said.read(_COMPLAINT).decode("utf-8", "replace")))
    return printed


def _size(line: bytes) -> int | None:
    """The size in a line of ``cat-file --batch-check``; None for what is not there or too large."""
    head = line.split(b" ")
    return size if len(head) == 3 and (size := int(head[2])) <= MAX_BYTES else None


_OF_OTHERS = Text(
    "这个文件夹指向别处的 git 仓库，那个仓库并没有把它当作工作区，没有读",
    "this folder points to a git repository elsewhere that does not know it as a work tree; nothing of it was read",
)
_BORROWED = Text(
    "这个 git 仓库的对象存在别处（objects/info/alternates 或链接），没有读；先运行 git repack -a -d，再删去 alternates",
    "this git repository keeps objects elsewhere (objects/info/alternates, or a link), and was not read; "
    "run git repack -a -d, then delete alternates",
)
_ELSEWHERE = Text("这个 git 仓库的工作区设在别处", "the work tree of this git repository is set to be elsewhere")


def _environment() -> dict[str, str]:
    """Ours without what steers git; nothing may be fetched, asked for or locked."""
    own = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    return {
        **own,
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_ALLOW_PROTOCOL": "none",
        "GIT_PAGER": "",
        "GIT_ALLOC_LIMIT": str(
            GIT_PRINTED
        ),  # of one object in its memory: some kilobytes of a pack stand for gigabytes
        "GIT_GRAFT_FILE": os.devnull,  # as with replaced objects: the commits as they were made
        "LC_ALL": "C.UTF-8",
    }


def _refused(said: str) -> Text:
    lines = [line for line in said.split("\n") if line.strip()]
    line = next((line for line in lines if line.startswith("fatal: ")), *lines[:1] or ["?"]).removeprefix("fatal: ")
    if "not a git repository" in line:
        return Text("这里不是 git 仓库", "this is no git repository")
    if "dubious ownership" in line:
        return Text(
            "这个 git 仓库是别人的，git 不肯读（safe.directory）", "the repository is somebody else's (safe.directory)"
        )
    return Text(f"git 没有答复：{line}", f"git did not answer: {line}")
