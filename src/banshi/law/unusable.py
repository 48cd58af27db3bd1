"""A policy file that is needed and cannot be used: which one, where in it, and why, in words."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn

from banshi.base.folders import files_below, near, shipped
from banshi.base.patterns import late
from banshi.base.text import Text
from banshi.files.blanks import drop_blanks
from banshi.files.findings import Route
from banshi.files.reading import ReadOutcome, read, unreadable
from banshi.files.shape import Shapes

_AT = late(r" - at `\$([^`]*)`$")
_STEPS = late(r"\.([^.\[]+)|\[(\d+)\]")


class PolicyUnreadable(Exception):
    """A policy file that the library needs cannot be used; ``banshi check`` on it says all that is wrong with it.

    ``line``: where in it the first fault is, if that can be told.
    """

    def __init__(self, path: Path, why: Text, line: int | None = None) -> None:
        self.path, self.why, self.line = path, why, line
        super().__init__(f"{self.shown}{f'（第 {line} 行）' if line else ''}：{why.zh}")

    @property
    def shown(self) -> Path:
        """The file as one names it from here."""
        return near(self.path)

    @property
    def in_words(self) -> Text:
        """All of it, in words."""
        return Text(str(self), f"{self.shown}{f':{self.line}' if self.line else ''}: {self.why.en}")


def law_below(folder: Path) -> Iterator[Path]:
    """Every file below a folder of law, in no order. Raises ``PolicyUnreadable`` where one in it cannot be listed."""
    return files_below(folder, blocked=_closed)


def law_within(folder: Path) -> list[Path]:
    """What lies in a folder of law; nothing where there is none. Raises ``PolicyUnreadable`` as ``law_below``."""
    try:
        return list(folder.iterdir())
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        _closed(folder, error)


def _closed(folder: Path, error: OSError) -> NoReturn:
    raise PolicyUnreadable(folder, unreadable(error).message) from error


def unread(path: Path, reading: ReadOutcome) -> PolicyUnreadable:
    """Of a file that could not be read as a document."""
    if not reading.problems:
        return PolicyUnreadable(path, Text("里面没有内容", "it is empty"))
    first = reading.problems[0]
    return PolicyUnreadable(path, first.message, first.place.line)


def unfit(path: Path, data: Any, kind: str, error: Exception) -> PolicyUnreadable:
    """Of plain data that does not make a file of its kind: the first deviation from its schema, or what the type says."""
    problem = next(iter(Shapes([shipped("schemas")], most=1).check(drop_blanks(data), kind)), None)
    if problem and problem.more:
        problem = None
    where = problem.where if problem else _where(str(error))
    why = problem.message if problem else Text(f"{_said(where)}不合这一项的格式", str(error))
    document = read(path).document
    return PolicyUnreadable(path, why, document.place(where).line if document else None)


def _where(said: str) -> Route:
    """The route that an error of the types names."""
    found = _AT.search(said)
    steps = _STEPS.findall(found.group(1)) if found else []
    return tuple(int(number) if number else key for key, number in steps)


def _said(where: Route) -> str:
    return f"{'.'.join(map(str, where))} " if where else ""
