"""How files are handed in and commands are run, as the site says it: from ``site_templates/usage.yaml``."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct

from banshi.base.command_names import COMMANDS
from banshi.base.folders import first_file
from banshi.files.reading import read

FILE = "site_templates/usage.yaml"


class UsageRun(Struct, frozen=True):
    """Something to do, and the command line that does it."""

    do: str
    run: str

    @property
    def command(self) -> str:
        """``check`` of ``banshi check PATH``."""
        return self.run.split()[1]


class Usage(Struct, frozen=True):
    """Of a kind of file: how it is handed in, what is to be said of its tables only, and what to run."""

    hand_in: tuple[str, ...] = ()
    tables: tuple[str, ...] = ()
    runs: tuple[UsageRun, ...] = ()


class Command(Struct, frozen=True):
    """A command, what it does, and examples."""

    name: str
    about: str
    runs: tuple[UsageRun, ...]


class Usages(Struct, frozen=True):
    """Kind of file → how it is used; and what belongs to no kind of file."""

    kinds: Mapping[str, Usage]
    others: tuple[UsageRun, ...]

    def of(self, kind: str) -> Usage:
        """How a kind of file is used; nothing is said of one that a centre added."""
        return self.kinds.get(kind, Usage())

    def commands(self) -> list[Command]:
        """Every command with its examples, each once."""
        runs = tuple(dict.fromkeys(self._runs()))
        return [Command(n, about, tuple(r for r in runs if r.command == n)) for n, about in COMMANDS.items()]

    def _runs(self) -> Iterator[UsageRun]:
        yield from self.others
        for usage in self.kinds.values():
            yield from usage.runs


def usages(project: Path) -> Usages:
    """What the project's templates say; nothing where they say nothing."""
    document = read(first_file(project, FILE)).document
    data: Any = document.data if document else {}
    kinds = {kind: _usage(given) for kind, given in data.get("kinds", {}).items()}
    return Usages(kinds, _list(data.get("others", ())))


def _usage(given: Mapping[str, Any]) -> Usage:
    return Usage(tuple(given.get("hand_in", ())), tuple(given.get("tables", ())), _list(given.get("runs", ())))


def _list(given: Any) -> tuple[UsageRun, ...]:
    return tuple(UsageRun(each["do"], each["run"]) for each in given)
