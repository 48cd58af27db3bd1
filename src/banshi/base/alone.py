"""One process at a time in one place: by the system's own lock, which ends with the processes that hold it, however they end."""

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from banshi.base.writing import beside_all

_LOCK = "banshi-lock"
_HELD = (errno.EAGAIN, errno.EACCES, errno.EDEADLK)


class Busy(Exception):
    """Another process is at work there."""

    def __init__(self, place: Path) -> None:
        super().__init__(str(place))
        self.place = place


@contextmanager
def alone(place: Path) -> Iterator[int]:
    """Nobody else is at work in ``place`` (a path without links) inside the block; gives the lock's descriptor.

    A process that is handed the descriptor holds the lock too, until it ends. Where the disk knows no locks, there is
    none. Raises ``Busy`` and ``OSError``.
    """
    lock = beside_all(place, _LOCK)
    descriptor = _taken(lock, place)
    try:
        yield descriptor
    finally:
        with suppress(OSError):  # while it is held, so that nobody waits for a file that is gone
            lock.unlink()
        os.close(descriptor)


def _taken(lock: Path, place: Path) -> int:
    while True:
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            descriptor = os.open(lock, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o600)
        except OSError as error:  # of our own names nobody has heard
            raise OSError(error.errno, error.strerror, str(place)) from error
        try:
            if not _locked(descriptor):
                raise Busy(place)
            if _still(lock, descriptor):
                return descriptor
        except BaseException:
            os.close(descriptor)
            raise
        os.close(descriptor)  # whoever held it has just removed the file: another one will be made


def _locked(descriptor: int) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        return error.errno not in _HELD
    return True


def _still(lock: Path, descriptor: int) -> bool:
    try:
        return os.path.samestat(os.stat(lock, follow_symlinks=False), os.fstat(descriptor))
    except FileNotFoundError:
        return False
