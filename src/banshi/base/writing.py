"""Files that are written whole or not at all, and never over what somebody else wrote.

What is written goes into a file beside the wanted one, onto the disk, and takes its place in one step. A file that is
there already is replaced only where we wrote it and nobody changed it since (a digest in the user's own state folder
tells), or where ``--force`` says so; one that this run has read, never.
"""

import contextlib
import errno
import hashlib
import os
import stat
import sys
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Self

from banshi.base.our_files import digest_of, is_ours, remember
from banshi.base.text import Text, same

_PART = "banshi-part"
_WINDOWS = sys.platform == "win32"
_WHY = {
    errno.EACCES: Text("没有权限，或文件正开着", "permission denied, or it is open"),
    errno.EPERM: Text("没有权限", "not permitted"),
    errno.EROFS: Text("只读，写不进去", "read-only"),
    errno.ENOSPC: Text("磁盘满了", "the disk is full"),
    errno.EDQUOT: Text("磁盘配额用完了", "the disk quota is used up"),
    errno.EFBIG: Text("超过允许的文件大小", "larger than a file may be"),
    errno.EBADF: Text("标准输出是关着的", "standard output is closed"),
    errno.EIO: Text("磁盘读写出错", "the disk failed"),
    errno.ENOENT: Text("没有这个文件或文件夹，也建不了", "it does not exist and cannot be made"),
    errno.ENOTDIR: Text("路径里有一段是文件，不是文件夹", "a part of the path is a file"),
    errno.EEXIST: Text("已有同名的文件", "a file of that name exists"),
    errno.EBUSY: Text("正被系统占用", "the system is using it"),
    errno.ENAMETOOLONG: Text("名称太长", "the name is too long"),
    errno.ENXIO: Text("不是普通文件", "not a regular file"),
    errno.EPIPE: Text("没有程序在读这个管道", "no program reads this pipe"),
    errno.ESTALE: Text("看过以后、打开以前换成了别处的文件", "it was replaced by another file while it was looked at"),
    errno.EMFILE: Text("打开的文件太多", "too many files are open"),
    errno.ENFILE: Text("打开的文件太多", "too many files are open"),
    errno.ELOOP: Text("链接绕成了圈", "its links go in circles"),
}

_read: set[tuple[int, int]] = set()  # device and number of every file that this run has read


class NotWritten(Exception):
    """Nothing was written; ``why`` says so in a line."""

    def __init__(self, why: Text) -> None:
        super().__init__(why.zh)
        self.why = why


def begin() -> None:
    """A run begins: it has read nothing yet. The system gives the number of a file that is gone to another one."""
    _read.clear()


def note_read(found: os.stat_result) -> None:
    """A file is being read, and so must not be written by this run."""
    _read.add((found.st_dev, found.st_ino))


def refusal(path: Path, *, force: bool = False, inputs: Iterable[Path] = ()) -> Text | None:
    """Why nothing will be written to ``path``, or None; to be asked before long work. ``inputs``: what will be read."""
    try:
        target = Path(os.path.realpath(path))
        found = _stat(target)
        if not force and _leads_out(path, target, found):
            return Text(
                f"{path} 是链接，指到所在文件夹外面的 {target}，没有动它；换一个名字，确要写的加 --force",
                f"{path} is a link to {target}, outside its folder; it is left alone. Choose another name, or say --force",
            )
        if found is None:
            return None if target.parent.is_dir() else _no_folder(target.parent)
        return _kept(path, target, found, force, inputs)
    except (OSError, ValueError) as error:
        return _cannot(path, error)


def write_whole(path: Path, data: bytes, *, force: bool = False, inputs: Iterable[Path] = ()) -> None:
    """Write a file, or leave everything as it was. Raises ``NotWritten``."""
    if why := refusal(path, force=force, inputs=inputs):
        raise NotWritten(why)
    target = Path(os.path.realpath(path))
    try:
        found = _stat(target)
        if found and not stat.S_ISREG(found.st_mode):  # a pipe or a device: there is nothing to keep
            with _into(target) as stream:
                stream.write(data)
            return
        _replace(target, data, found)
    except OSError as error:
        raise NotWritten(_cannot(path, error)) from error
    remember(target, hashlib.sha256(data).hexdigest())


@contextlib.contextmanager
def whole_stream(path: Path, *, force: bool = False, inputs: Iterable[Path] = ()) -> Iterator[IO[bytes]]:
    """A stream for a file that may be larger than memory; it is there once the block ends well, else all is as it was.

    Raises ``NotWritten``; what fails inside the block is the block's own.
    """
    if why := refusal(path, force=force, inputs=inputs):
        raise NotWritten(why)
    target = Path(os.path.realpath(path))
    part = beside(target, _PART)
    try:
        found = _stat(target)
        if found and not stat.S_ISREG(found.st_mode):
            stream: IO[bytes] = _into(target)
        else:
            _sweep(target)
            stream = open(part, "xb")  # noqa: SIM115 - closed below, whatever happens
            _take_over(stream, found)
    except OSError as error:
        raise NotWritten(_cannot(path, error)) from error
    try:
        with stream:
            yield stream
            stream.flush()
            if part.exists():
                os.fsync(stream.fileno())
        if part.exists():
            _place(part, target, replaces=found is not None)
            settle(target.parent)
            remember(target, digest_of(target))
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)


class MadeFiles:
    """Folders and files that are new; within ``with`` they are all taken away again if what makes them does not end well."""

    def __init__(self) -> None:
        self._made: list[Path] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """Take away what is new, the last first; what somebody else has put there stays."""
        for path in reversed(self._made if kind else []):
            with contextlib.suppress(OSError):
                path.rmdir() if path.is_dir() and not path.is_symlink() else path.unlink()

    def folder(self, path: Path) -> None:
        """A folder and those above it, where there is none. Raises ``NotWritten``."""
        try:
            missing = [each for each in (path, *path.parents) if not each.exists()]
            for each in reversed(missing):
                each.mkdir(exist_ok=True)
                self._made.append(each)
            if not path.is_dir():
                path.mkdir()
        except OSError as error:
            raise NotWritten(_cannot(path, error)) from error

    def file(self, path: Path, data: bytes, *, force: bool = False) -> None:
        """A file, as ``write_whole`` writes it. Raises ``NotWritten``."""
        new = not os.path.lexists(path)
        write_whole(path, data, force=force)
        if new:
            self._made.append(path)


def rewrite(path: Path, old: bytes, new: bytes) -> None:
    """Put ``new`` in the place of a file that was read as ``old``, if that is what still stands there. Raises ``NotWritten``."""
    target = Path(os.path.realpath(path))
    try:
        found = os.stat(target)
        if not os.access(target, os.W_OK):
            raise NotWritten(
                Text(f"写不了 {path}：文件只读，没有动它", f"cannot write {path}: it is read-only and left alone")
            )
        if target.read_bytes() != old:
            raise NotWritten(Text(f"{path} 刚刚被人改过，没有动它", f"{path} was just changed by somebody; left alone"))
        _replace(target, new, found)
    except (OSError, ValueError) as error:
        raise NotWritten(_cannot(path, error)) from error


def why_not(error: OSError) -> Text:
    """What the system has against it."""
    return _WHY.get(error.errno or 0) or same(error.strerror or type(error).__name__)


def why_said(message: str) -> Text:
    """What another program's message comes to, where it is of the system; else the message."""
    return next((why for code, why in _WHY.items() if os.strerror(code) in message), same(message))


# What must stay -----------------------------------------------------------------------------------------------------


def _leads_out(path: Path, target: Path, found: os.stat_result | None) -> bool:
    """Whether a name is a link to a file (there already or not) outside its folder: who made it chooses where we write."""
    regular = found is None or stat.S_ISREG(found.st_mode)  # not /dev/stdout, which leads to a pipe or a terminal
    return regular and path.is_symlink() and not target.is_relative_to(os.path.realpath(path.parent))


def _into(target: Path) -> IO[bytes]:
    """A pipe or device, opened as what it is: never a file that has taken its place meanwhile."""
    waiting = getattr(os, "O_NONBLOCK", 0)  # a pipe that nobody reads would be waited for without end
    flags = os.O_WRONLY | waiting | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    try:
        descriptor = os.open(target, flags)
    except OSError as error:
        unread = error.errno == errno.ENXIO and stat.S_ISFIFO(os.stat(target).st_mode)
        raise OSError(errno.EPIPE, os.strerror(errno.EPIPE), str(target)) if unread else error from None
    if stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise OSError(errno.ESTALE, "replaced while it was looked at", str(target))
    if waiting:
        os.set_blocking(descriptor, True)
    return os.fdopen(descriptor, "wb")


def _kept(path: Path, target: Path, found: os.stat_result, force: bool, inputs: Iterable[Path]) -> Text | None:
    """Why what is there stays."""
    if stat.S_ISDIR(found.st_mode):
        return Text(f"{path} 是文件夹；要写文件名", f"{path} is a folder; give the name of a file")
    if not stat.S_ISREG(found.st_mode):
        return None
    if (found.st_dev, found.st_ino) in _read or any(_same(found, each) for each in inputs):
        return Text(
            f"{path} 正是这次要读的文件，没有动它；换一个名字", f"{path} is what is being read; choose another name"
        )
    if not os.access(target, os.W_OK):
        return Text(f"写不了 {path}：文件只读，没有动它", f"cannot write {path}: it is read-only and left alone")
    if force or is_ours(target):
        return None
    return Text(
        f"已有 {path}，不是 banshi 写的，或者写后有人改过，没有动它；换一个名字，确要覆盖的加 --force",
        f"{path} exists and banshi did not write it, or it was changed since; it is left alone. "
        "Choose another name, or say --force",
    )


def _same(found: os.stat_result, path: Path) -> bool:
    try:
        return os.path.samestat(found, os.stat(path))
    except (OSError, ValueError):
        return False


def _stat(target: Path) -> os.stat_result | None:
    try:
        return os.stat(target)
    except FileNotFoundError:
        return None


def _no_folder(folder: Path) -> Text:
    return Text(f"没有文件夹 {folder}；先建好再写", f"there is no folder {folder}; make it first")


def _cannot(path: Path, error: Exception) -> Text:
    why = why_not(error) if isinstance(error, OSError) else Text("名称里有不能用的字符", "the name cannot be used")
    return Text(f"写不了 {path}：{why.zh}", f"cannot write {path}: {why.en}")


# One step -----------------------------------------------------------------------------------------------------------


def beside(target: Path, kind: str) -> Path:
    """A name beside ``target`` for what this process is still making of it."""
    return target.parent / f"{_stem(target, kind)}{os.getpid()}"


def beside_all(target: Path, kind: str) -> Path:
    """A name beside ``target`` that is the same for every process."""
    return target.parent / _stem(target, kind).rstrip("-")


def leftovers(target: Path, kind: str) -> list[Path]:
    """What processes that are no more (or this one) left beside ``target``."""
    stem = _stem(target, kind)
    found = [path for path in target.parent.iterdir() if path.name.startswith(stem)]
    return [path for path in found if not _at_work(path.name.removeprefix(stem), path)]


def _stem(target: Path, kind: str) -> str:
    return f".{kind}-{zlib.crc32(os.fsencode(target.name)):08x}-"  # short, whatever the name's length


def _at_work(pid: str, path: Path) -> bool:
    """Whether another process is still making this."""
    if not pid.isascii() or not pid.isdecimal():
        return True  # not a name of ours
    if int(pid) == os.getpid():
        return False
    if _WINDOWS:  # a file that is open cannot be removed there
        return path.is_dir()
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True


def _replace(target: Path, data: bytes, found: os.stat_result | None) -> None:
    _sweep(target)
    part = beside(target, _PART)
    try:
        _fill(part, data, found)
        _place(part, target, replaces=found is not None)
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
    settle(target.parent)


def _sweep(target: Path) -> None:
    """Away with what others left half made."""
    for path in leftovers(target, _PART):
        path.unlink()


def _take_over(stream: IO[bytes], found: os.stat_result | None) -> None:
    """The owner and rights of the file that will be replaced."""
    if found and not _WINDOWS:
        with contextlib.suppress(PermissionError):
            os.fchown(stream.fileno(), found.st_uid, found.st_gid)
        os.fchmod(stream.fileno(), stat.S_IMODE(found.st_mode))


def _fill(part: Path, data: bytes, found: os.stat_result | None) -> None:
    """The data onto the disk, with the owner and rights of the file that it will replace."""
    with open(part, "xb") as stream:
        _take_over(stream, found)
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())


def _place(part: Path, target: Path, *, replaces: bool) -> None:
    if replaces:
        os.replace(part, target)
        return
    try:
        os.link(part, target)  # fails where somebody has just made the file; a rename would replace it
    except FileExistsError:
        raise
    except OSError:  # no links on this kind of disk
        os.rename(part, target)


def settle(folder: Path) -> None:
    """The names in a folder onto the disk too, where the system can say so."""
    if _WINDOWS:
        return
    with contextlib.suppress(OSError):
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)
