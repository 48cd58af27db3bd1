"""How far are the source documents encoded, and what uses each norm? Compared with an inventory of their norms."""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from banshi.checking.declared_uses import taking
from banshi.checking.rule_basis import basis_of
from banshi.checking.rules import Rule
from banshi.files.regular_files import read_text
from banshi.law.guides import Guide, law_of
from banshi.law.instruments import Placed
from banshi.law.library import Library
from banshi.law.norms import Norm
from banshi.law.uses import NO_COMPUTATION


class Use(StrEnum):
    """What uses a norm, from the most to the least binding."""

    COMPUTED = "computed"
    CHECKED = "checked"
    GUIDE = "guide"
    INFORMATIVE = "informative"


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the inventory: its id, and whether it is executable (E), a record (R), for a person (M), informative (I)."""

    id: str
    check: str


@dataclass(frozen=True, slots=True)
class Covered:
    """A row with the norm that encodes it (if any), the most binding use of it, and who uses it."""

    row: Row
    placed: Placed[Norm] | None
    use: Use
    used_by: tuple[str, ...]


def read_inventory(path: Path) -> list[Row]:
    """The inventory: a CSV file with the columns ``id`` and ``check``. Raises ``OSError``, ``KeyError``."""
    rows = csv.DictReader(io.StringIO(read_text(path), newline=""))
    return [Row(row["id"], row["check"]) for row in rows]


def cover(inventory: Iterable[Row], library: Library, rules: Iterable[Rule], guides: Iterable[Guide]) -> list[Covered]:
    """Each row of the inventory with what encodes and uses it, in the inventory's order."""
    encoded = {placed.norm.inventory: placed for placed in every_norm(library) if placed.norm.inventory}
    users = _users(library, rules, guides)
    return [_covered(row, encoded.get(row.id), users) for row in inventory]


def every_norm(library: Library) -> list[Placed[Norm]]:
    """Every norm of every version of every instrument."""
    texts = (text for instrument in library.instruments() for text in library.texts(instrument))
    return [placed for text in texts for placed in text.placed]


_Users = dict[tuple[str, str], list[tuple[Use, str]]]


def _users(library: Library, rules: Iterable[Rule], guides: Iterable[Guide]) -> _Users:
    """(instrument, norm) → its uses."""
    found: _Users = {}
    for rule in rules:
        for placed in basis_of(rule, library):
            found.setdefault(_key(placed), []).append((Use.CHECKED, rule.id))
    for guide in guides:
        laws = {name: law_of(guide, library, name) for name in ("", *guide.instruments)}
        found_in = ((pick, laws.get(pick.instrument)) for pick in guide.picks)
        for placed in {_key(p): p for pick, law in found_in for p in (pick.of(law) if law else [])}.values():
            found.setdefault(_key(placed), []).append((Use.GUIDE, guide.id))
    return found


def _key(placed: Placed[Norm]) -> tuple[str, str]:
    return placed.version.instrument, placed.norm.id


def _covered(row: Row, placed: Placed[Norm] | None, users: _Users) -> Covered:
    if placed is None:
        return Covered(row, None, Use.INFORMATIVE, ())
    uses = list(users.get(_key(placed), ()))
    command = _command(placed)
    if command:
        uses.insert(0, (Use.COMPUTED, command))
    use = min((use for use, _ in uses), key=list(Use).index, default=Use.INFORMATIVE)
    return Covered(row, placed, use, tuple(name for _, name in uses))


def _command(placed: Placed[Norm]) -> str | None:
    """The command that computes from a norm, or None."""
    found = (use.by for use in taking(placed.norm, placed.version.subjects))
    return next((by for by in found if by not in NO_COMPUTATION), None)
