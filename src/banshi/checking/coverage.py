"""How far are the source documents encoded, and what uses each norm? Compared with an inventory of their norms."""

import csv
import io
from collections.abc import Iterable
from pathlib import Path

from msgspec import Struct

from banshi.checking.norm_users import KindOfUse, Users, every_norm, key_of, users_of_norms
from banshi.checking.rules import Rule
from banshi.files.regular_files import read_text
from banshi.law.guides import Guide
from banshi.law.instruments import Placed
from banshi.law.library import Library
from banshi.law.norms import Norm


class InventoryRow(Struct, frozen=True):
    """A row of the inventory: its id, and whether it is executable (E), a record (R), for a person (M), informative (I)."""

    id: str
    check: str


class Covered(Struct, frozen=True):
    """A row with the norm that encodes it (if any), the most binding use of it, and who uses it."""

    row: InventoryRow
    placed: Placed[Norm] | None
    use: KindOfUse
    used_by: tuple[str, ...]


def read_inventory(path: Path) -> list[InventoryRow]:
    """The inventory: a CSV file with the columns ``id`` and ``check``. Raises ``OSError``, ``KeyError``."""
    rows = csv.DictReader(io.StringIO(read_text(path), newline=""))
    return [InventoryRow(row["id"], row["check"]) for row in rows]


def cover(
    inventory: Iterable[InventoryRow], library: Library, rules: Iterable[Rule], guides: Iterable[Guide]
) -> list[Covered]:
    """Each row of the inventory with what encodes and uses it, in the inventory's order."""
    encoded = {placed.norm.inventory: placed for placed in every_norm(library) if placed.norm.inventory}
    users = users_of_norms(library, rules, guides)
    return [_covered(row, encoded.get(row.id), users) for row in inventory]


def _covered(row: InventoryRow, placed: Placed[Norm] | None, users: Users) -> Covered:
    found = users.get(key_of(placed), []) if placed else []
    use = min((each.use for each in found), key=list(KindOfUse).index, default=KindOfUse.INFORMATIVE)
    return Covered(row, placed, use, tuple(each.name for each in found))
