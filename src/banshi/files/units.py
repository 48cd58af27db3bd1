"""Units of work: one project's folder, one file, some lines of one, or what is to be said of a place."""

from pathlib import Path

from msgspec import Struct

from banshi.files.findings import Severity
from banshi.files.reading import InputProblem
from banshi.files.unread_files import UnreadFiles


class ProjectFolder(Struct, frozen=True):
    """A folder with ``project.yaml`` and ``changes/``; ``only`` limits what is reported to these files."""

    folder: Path
    only: frozenset[Path] | None = None

    @property
    def path(self) -> Path:
        """Where something is told that concerns all of it."""
        return min(self.only) if self.only else self.folder


class OneFile(Struct, frozen=True):
    """One YAML or JSON file (``-`` for standard input)."""

    path: Path


class LinesFile(Struct, frozen=True):
    """A JSON Lines file: one ledger a line."""

    path: Path


Lines = tuple[tuple[int, bytes | None], ...]  # numbers and bytes; None for a line that is too long


class SomeLines(Struct, frozen=True):
    """Lines of a JSON Lines file in which each is a document; ``first``: they are its first ones.

    ``problem``: why there are no more.
    """

    path: Path
    lines: Lines
    first: bool = False
    problem: InputProblem | None = None


class TableFile(Struct, frozen=True):
    """A file of tables: CSV or XLSX.

    ``walked``: it was met in a folder, and may belong to a document there; ``claimed``: kinds of documents beside it
    that say themselves which tables bear on them; ``severity``: of what is said where it is no table of a known kind.
    """

    path: Path
    walked: bool = False
    claimed: frozenset[str] = frozenset()
    severity: Severity = Severity.ERROR


class Trouble(Struct, frozen=True):
    """A place that could not be looked into, or of which something is to be said.

    ``unread``: it is about files that no reader takes. ``fatal``: what was asked for could not be done (exit status 2).
    """

    path: Path
    problem: InputProblem
    fatal: bool = False
    severity: Severity = Severity.ERROR
    unread: UnreadFiles | None = None


Unit = ProjectFolder | OneFile | LinesFile | SomeLines | TableFile | Trouble
