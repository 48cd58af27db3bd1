"""Norms of one kind as a table that people can scan: one row a norm, the kind's fields as columns."""

from collections.abc import Sequence

from msgspec import Struct

from banshi.law.instruments import Placed, PolicyVersion
from banshi.law.norms import Norm
from banshi.site.content import Labels
from banshi.site.facts import FieldLine, NormWording, referred

# Kinds that read as sentences; a table would only repeat them.
_PROSE = frozenset(
    (
        "bill_price",
        "citation",
        "consequence",
        "definition",
        "duty",
        "enumeration",
        "evidence",
        "extension",
        "form",
        "information",
        "interpretation",
        "joint_application",
        "locality",
        "ordering",
        "precedence",
        "pricing",
        "procedure",
        "promulgation",
        "publicity",
        "record",
        "scope",
        "similarity",
        "substitution",
    )
)
_ROWS = 3  # fewer are seen at a glance anyway
_FEW = {"punch_window": 2}  # one for arrival, one for departure: as many as there are
_COLUMNS = 5  # more would not fit on a page
_SPLIT_BY = {"adjustment": "scale"}  # one table for each value of this field


class NormRow(Struct, frozen=True):
    """A norm: a cell for each column, what stands in no column, and the norms that refer to it."""

    placed: Placed[Norm]
    cells: list[str]
    rest: list[FieldLine]
    related: list[Placed[Norm]]


class NormTable(Struct, frozen=True):
    """Norms of a kind. ``same`` holds what is alike in all rows, ``related`` what the referring norms are called."""

    id: str
    title: str
    columns: list[str]
    rows: list[NormRow]
    same: list[FieldLine]
    related: str

    @property
    def has_rest(self) -> bool:
        """Whether any row holds more than its cells."""
        return any(row.rest for row in self.rows)


def tables(version: PolicyVersion, wording: NormWording, labels: Labels) -> list[NormTable]:
    """The tables of a version, in the order in which their kinds first appear."""
    groups: dict[tuple[str, str], list[Placed[Norm]]] = {}
    for placed in version.placed:
        split = str(getattr(placed.norm, _SPLIT_BY.get(placed.norm.kind, ""), ""))
        groups.setdefault((placed.norm.kind, split), []).append(placed)
    related = _related(version)
    referring = {p.norm.kind for norms in related.values() for p in norms}
    made = (
        _table(kind, split, norms, related, wording, labels)
        for (kind, split), norms in groups.items()
        if len(norms) >= _FEW.get(kind, _ROWS) and kind not in _PROSE and kind not in referring
    )
    return [table for table in made if table.columns]


def _related(version: PolicyVersion) -> dict[str, list[Placed[Norm]]]:
    """Norm id → norms of another kind that refer to it."""
    kinds = {placed.norm.id: placed.norm.kind for placed in version.placed}
    found: dict[str, list[Placed[Norm]]] = {}
    for placed in version.placed:
        for norm in referred(placed):
            if kinds.get(norm, placed.norm.kind) != placed.norm.kind:
                found.setdefault(norm, []).append(placed)
    return found


def _table(
    kind: str,
    split: str,
    norms: Sequence[Placed[Norm]],
    related: dict[str, list[Placed[Norm]]],
    wording: NormWording,
    labels: Labels,
) -> NormTable:
    facts = [{fact.key: fact for fact in wording.facts(placed)} for placed in norms]
    keys = list(dict.fromkeys(key for key in norms[0].norm.__struct_fields__ if any(key in row for row in facts)))
    same = [key for key in keys if len({row[key].text if key in row else "" for row in facts}) == 1]
    columns = _columns([key for key in keys if key not in same], facts)
    rows = [
        NormRow(
            placed,
            [row[key].text if key in row else "" for key in columns],
            [fact for key, fact in row.items() if key not in columns and key not in same],
            related.get(placed.norm.id, []),
        )
        for placed, row in zip(norms, facts, strict=True)
    ]
    split_by = _SPLIT_BY.get(kind, "")
    return NormTable(
        f"t-{kind}{'-' if split else ''}{split}".replace("_", "-"),
        labels.listed(kind, split_by).get(split) or labels.kind(kind),
        [labels.field(kind, key) for key in columns],
        rows,
        [facts[0][key] for key in same if key != split_by],
        next((labels.kind(p.norm.kind) for row in rows for p in row.related), ""),
    )


def _columns(keys: list[str], facts: list[dict[str, FieldLine]]) -> list[str]:
    """The fields that a third of the norms, and at least two, fill in; the fullest ones where there are too many."""
    filled = {key: sum(key in row for row in facts) for key in keys}
    worth = [key for key in keys if filled[key] >= max(2, len(facts) / 3)]
    best = sorted(worth, key=lambda key: -filled[key])[:_COLUMNS]
    return [key for key in worth if key in best]
