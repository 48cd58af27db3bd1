r"""Who decides whether a document has the shape of its schema: jsonschema-rs, which is fast, or jsonschema where it cannot run.

jsonschema also explains what is wrong, whoever decided; so the two must agree, in the dialect of patterns too, which is
ECMA-262's: ``$`` is the end of a text, and not also the place before a line break that ends it; what is a blank (``\s``), a
digit, a letter is what it is there. ``BANSHI_VALIDATOR=jsonschema`` does without the fast one.
"""

import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any, Protocol

from banshi.base.patterns import late
from banshi.files.unchanging import in_place_of_rpds

try:
    import jsonschema_rs
except ImportError:  # no build of it for this machine
    jsonschema_rs = None  # type: ignore[assignment]

SWITCH = "BANSHI_VALIDATOR"
_PATTERNS_KEPT = 1024
_BLANKS = r"\t\n\x0b\x0c\r \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
_SORTS = {"s": _BLANKS, "d": "0-9", "w": "A-Za-z0-9_"}
_PART = late(r"\\.|\[\^?|\]|\$|[^\\\[\]$]+", re.DOTALL)


class Deviation(Protocol):
    """Where a document deviates, and what the validator says of it."""

    @property
    def instance_path(self) -> list[str | int]:
        """The way to the place."""

    @property
    def message(self) -> str:
        """In the validator's own words."""


class Deciding(Protocol):
    """Tells whether a document is right, and roughly where it is not."""

    def is_valid(self, instance: Any) -> bool:
        """Whether nothing is wrong."""

    def iter_errors(self, instance: Any) -> Iterator[Deviation]:
        """What is wrong."""


def fast() -> bool:
    """Whether jsonschema-rs decides."""
    return jsonschema_rs is not None and os.environ.get(SWITCH) != "jsonschema"


def deciding(schema: dict[str, Any], others: Mapping[str, Any]) -> Deciding:
    """A validator of ``schema`` that decides; ``others``: the schemas that it may refer to, by the name of their file."""
    if not fast():
        return _Plain(explaining(schema, others))
    registry = jsonschema_rs.Registry(list(others.items()))
    found: Deciding = jsonschema_rs.validator_for(
        schema, registry=registry, validate_formats=True, retriever=_only_ours
    )
    return found


def explaining(schema: dict[str, Any], others: Mapping[str, Any]) -> Any:
    """The validator of jsonschema for the same, whose errors say which keyword was not met by what."""
    in_place_of_rpds()
    import jsonschema  # late: a file without a deviation never needs it
    from referencing import Registry
    from referencing.jsonschema import DRAFT202012

    own = {"pattern": _pattern, "uniqueItems": _unique}
    made: Any = jsonschema.validators.extend(jsonschema.Draft202012Validator, own)  # type: ignore[no-untyped-call]
    # A schema that names its draft would be left to that draft's own validator, and its patterns to Python's dialect.
    drafts = {name: {key: value for key, value in other.items() if key != "$schema"} for name, other in others.items()}
    resources = [(name, DRAFT202012.create_resource(draft)) for name, draft in drafts.items()]
    registry: Any = Registry().with_resources(resources)
    return made(schema, registry=registry, format_checker=jsonschema.FormatChecker(formats=("date",)))


def wrong_places(error: Any) -> Iterator[tuple[str, tuple[str | int, ...]]]:
    """What jsonschema-rs finds, as the rule that tells of such and the place: a key that is missing has one, each unknown one too."""
    kind, where = error.kind, tuple(error.instance_path)
    if isinstance(kind, jsonschema_rs.ValidationErrorKind.Required):
        yield "shape/missing-key", (*where, kind.property)
    elif isinstance(kind, jsonschema_rs.ValidationErrorKind.AdditionalProperties):
        yield from (("shape/unknown-key", (*where, key)) for key in kind.unexpected)
    else:
        few = isinstance(kind, jsonschema_rs.ValidationErrorKind.MinItems)
        yield "shape/too-few" if few else "shape/wrong-value", where


class _Plain:
    """jsonschema in the place of jsonschema-rs."""

    def __init__(self, validator: Any) -> None:
        self._validator = validator

    def is_valid(self, instance: Any) -> bool:
        return bool(self._validator.is_valid(instance))

    def iter_errors(self, instance: Any) -> Iterator[Deviation]:
        return (_Said(list(error.absolute_path), error.message) for error in self._validator.iter_errors(instance))


class _Said:
    def __init__(self, path: list[str | int], message: str) -> None:
        self.instance_path, self.message = path, message


def _pattern(_validator: Any, pattern: str, instance: Any, _schema: Any) -> Iterator[Any]:
    import jsonschema

    if isinstance(instance, str) and not _compiled(pattern).search(instance):
        yield jsonschema.ValidationError(f"{instance!r} does not match {pattern!r}")


def _unique(_validator: Any, wanted: bool, instance: Any, _schema: Any) -> Iterator[Any]:
    """In time that grows with the list: jsonschema's own compares each with each where they cannot be put in order."""
    import jsonschema

    if wanted and isinstance(instance, list) and next(repeated(instance), None) is not None:
        yield jsonschema.ValidationError("not unique")


def repeated(entries: Iterable[Any]) -> Iterator[tuple[int, Any]]:
    """The entries of a list that stand before in it too, each with its place."""
    seen: set[str] = set()
    for place, each in enumerate(entries):
        key = json.dumps(each, sort_keys=True, default=lambda value: f"\0{value}")  # no text holds such a sign
        if key in seen:
            yield place, each
        seen.add(key)


@lru_cache(maxsize=_PATTERNS_KEPT)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(_in_python(pattern))


def _in_python(pattern: str) -> str:
    """A pattern of ECMA-262 as one of Python's. Raises ``re.error`` where it asks for no blank within a set of others."""
    inside, parts = False, []
    for part in _PART.findall(pattern):
        parts.append(_in_set(part) if inside else _outside(part))
        inside = part != "]" if inside else part.startswith("[")
    return "".join(parts)


def _outside(part: str) -> str:
    sort = _sort(part)
    if sort:
        return f"[{'^' if part[1].isupper() else ''}{sort}]"
    return r"\Z" if part == "$" else part


def _in_set(part: str) -> str:
    sort = _sort(part)
    if sort and part[1].isupper():
        raise re.error(f"{part} within []")
    return sort or part


def _sort(part: str) -> str:
    return _SORTS.get(part[1:].lower(), "") if part.startswith("\\") else ""


def _only_ours(address: str) -> Any:
    """A schema refers to its neighbours; nothing is fetched, from no disk and no host."""
    raise LookupError(address)
