"""The reference of the kinds of norm: what each means, what reads it, a sound example and a faulty one.

What the schema and the declarations of uses do not tell stands in ``site_templates/norm_kinds``: ``kinds.yaml``, and the
instruments whose norms are the sound examples. A kind without an entry there has its keys and its uses alone.
"""

import inspect
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, get_args

from msgspec import Struct

from banshi.base.folders import first_file
from banshi.checking.declared_uses import of_kind
from banshi.checking.rules import Rule
from banshi.files.reading import read
from banshi.files.regular_files import read_text
from banshi.law.norms import AnyNorm, Norm
from banshi.law.selectors import selector
from banshi.law.uses import GUIDES, executable
from banshi.site.formats import NormKind

FOLDER = "site_templates/norm_kinds"
KINDS: dict[str, type[Norm]] = {str(kind.__struct_config__.tag): kind for kind in get_args(AnyNorm)}
_NORM = re.compile(r"(?m)^(?=      - id: )")
_END = re.compile(r"(?m)^(?=  - id: |\S)")


class NormReader(Struct, frozen=True):
    """What reads norms of a kind: a command (empty: the guides), of which norms, and which fields."""

    command: str
    of: tuple[str, ...]
    fields: tuple[str, ...]


class Example(Struct, frozen=True):
    """A sound norm, the same norm made faulty, and what a check then says, by which rule."""

    good: str
    bad: str
    rule: str
    says: str


class KindView(Struct, frozen=True):
    """The page of a kind: its keys and meaning by the schema (in English by the docstring of its class), its uses."""

    kind: NormKind
    in_english: str
    readers: list[NormReader]
    rules: list[Rule]
    example: Example | None

    @property
    def to_be_read(self) -> bool:
        """Whether it is there for readers only, unless something selects it."""
        return not executable(self.kind.name)


def kind_views(project: Path, kinds: Sequence[NormKind], rules: Sequence[Rule]) -> list[KindView]:
    """A view of each kind, in the order of the schema."""
    told = _told(project)
    return [_view(project, kind, told.get(kind.name, {}), rules) for kind in kinds]


def _told(project: Path) -> Mapping[str, Any]:
    document = read(first_file(project, f"{FOLDER}/kinds.yaml")).document
    return dict(document.data) if document else {}


def _view(project: Path, kind: NormKind, told: Mapping[str, Any], rules: Sequence[Rule]) -> KindView:
    known = KINDS.get(kind.name)
    based = [rule for rule in rules if any(selector(each).kind is known for each in rule.module.BASIS)]
    meant = inspect.getdoc(known) if known else ""
    return KindView(kind, meant or "", _readers(kind.name), based, _example(project, kind, told))


def _readers(kind: str) -> list[NormReader]:
    """What reads the kind, each once for norms of the same conditions."""
    return [
        NormReader(
            "" if use.by == GUIDES else use.by,
            tuple(f"{field}={wanted}" for field, wanted in use.selector.conditions),
            tuple(sorted(use.fields)),
        )
        for use in of_kind(kind)
    ]


def _example(project: Path, kind: NormKind, told: Mapping[str, Any]) -> Example | None:
    if "in" not in told:
        return None
    good = norm_text(instrument_text(project, told["in"]), kind.name)
    right, wrong = told["wrong"]
    return Example(_plain(good), _plain(good.replace(right, wrong, 1)), told["rule"], told["says"])


def instrument_text(project: Path, name: str) -> str:
    """The instrument that holds sound examples."""
    return read_text(first_file(project, f"{FOLDER}/{name}.yaml"))


def norm_text(text: str, kind: str) -> str:
    """The lines of the first norm of a kind in the text of an instrument. Raises ``StopIteration`` where it has none."""
    own = next(part for part in _NORM.split(text) if f"\n        kind: {kind}\n" in part)
    return _END.split(own)[0].rstrip() + "\n"


def _plain(text: str) -> str:
    return "\n".join(line.removeprefix("      ") for line in text.splitlines())
