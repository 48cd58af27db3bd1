"""What every norm has: an id, a statement with placeholders, and the phrases that fill them."""

from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from typing import Annotated, ClassVar, get_args, get_type_hints

import msgspec

from banshi.files.described import Slug, Words, meta
from banshi.law.norms.pointing import table_of
from banshi.law.norms.values import Names, phrase


class Norm(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, tag_field="kind"):
    """One checkable statement of a provision; ``inventory`` is its row in the inventory of the sources.

    ``subject``: what an instrument that holds such a norm governs; empty for kinds that any instrument may hold.
    """

    subject: ClassVar[str] = ""
    chosen_by = meta("规范点种类", "是哪一种规定；各种要写的项不同。")
    about = meta("规范点", "一个可以核对的规定。")

    id: Annotated[Slug, meta("标识", "在本文件里不重复；口径、修改、依据用它指到这一条。")]
    inventory: Annotated[Words | None, meta("清单编号", "对应来源清单的行。")] = None
    statement: Annotated[Words, meta("内容", "自己的话；花括号里写字段名，数字由字段填入。")]
    soft: Annotated[bool, meta("是否软性", "原文写“原则上”“争取”一类的写 true。")] = False

    def __post_init__(self) -> None:
        """Refuse a unit that the field does not take: the types of lengths and bounds hold those of all fields."""
        for field, units in _units_of(type(self)).items():
            unit = getattr(getattr(self, field), "unit", None)
            if unit is not None and unit not in units:
                raise ValueError(f"{field} 的单位不能是 {unit}，可选：{'、'.join(units)}")

    @property
    def kind(self) -> str:
        """The name of the kind, as written in the file."""
        return str(self.__struct_config__.tag)

    def phrases(self, names: Names) -> dict[str, str]:
        """What each field of the norm is called in a sentence; one of a choice as the choice is called.

        One that is not stated stays a placeholder.
        """
        labels, kind = labels_of(type(self)), self.kind
        stated = ((field, getattr(self, field)) for field in self.__struct_fields__)
        return {
            field: f"{{{field}}}"
            if value is None
            else phrase(value, {**names, **labels[field]} if field in labels else names, table_of(kind, field))
            for field, value in stated
        }

    def say(self, names: Names) -> str:
        """The statement with its figures and names filled in; as it is written where a placeholder names no field.

        That such a placeholder is wrong is said where the policy is checked.
        """
        if "{" not in self.statement:
            return self.statement
        try:
            return self.statement.format_map(self.phrases(names))
        except (KeyError, ValueError, IndexError, AttributeError):
            return self.statement


@cache
def labels_of(form: type[Norm]) -> dict[str, dict[str, str]]:
    """Of the fields that hold a choice (or several), what each value is called."""
    hints = get_type_hints(form, include_extras=True)
    return {field: labels for field, hint in hints.items() if (labels := _labels_in(hint))}


def _labels_in(hint: object) -> dict[str, str]:
    own = [
        (each.extra_json_schema or {}).get("x-labels")
        for each in getattr(hint, "__metadata__", ())
        if isinstance(each, msgspec.Meta)
    ]
    found = {key: name for labels in own for key, name in (labels or {}).items()}
    for part in get_args(hint):
        if not isinstance(part, str | msgspec.Meta):
            found |= _labels_in(part)
    return found


@cache
def figures_of(form: type[msgspec.Struct]) -> dict[str, tuple[bool, bool]]:
    """The fields of a norm, or of a part of one, that are figures of its own: whether nought, and whether less, has a meaning."""
    found: dict[str, tuple[bool, bool]] = {}
    for field, hint in get_type_hints(form, include_extras=True).items():
        if _holds(hint, Decimal):
            extra = {key: value for each in _notes(hint) for key, value in (each.extra or {}).items()}
            least = any("minimum" in (each.extra_json_schema or {}) for each in _notes(hint))
            found[field] = bool(extra.get("nought")) or least, bool(extra.get("signed"))
    return found


@cache
def titles_of(form: type[msgspec.Struct]) -> dict[str, str]:
    """What each field of a type is called in Chinese; its key where nothing says."""
    hints = get_type_hints(form, include_extras=True)
    own = {
        field: next((note.title for note in _notes(hints[field]) if note.title), None)
        for field in form.__struct_fields__
    }
    return {field: title or field for field, title in own.items()}


def _holds(hint: object, what: type) -> bool:
    """Whether a field is of a type, or of it and nothing else but None, a row or a mapping of it."""
    return hint is what or any(_holds(part, what) for part in get_args(hint))


def _notes(hint: object) -> Iterator[msgspec.Meta]:
    """All that is said of a type and its parts."""
    yield from (each for each in getattr(hint, "__metadata__", ()) if isinstance(each, msgspec.Meta))
    for part in get_args(hint):
        if not isinstance(part, str | msgspec.Meta):
            yield from _notes(part)


@cache
def _units_of(form: type[Norm]) -> dict[str, tuple[str, ...]]:
    """Of the fields whose unit is ``narrowed``, the units that they take."""
    found: dict[str, tuple[str, ...]] = {}
    for field, hint in get_type_hints(form, include_extras=True).items():
        for each in getattr(hint, "__metadata__", ()):
            units = ((each.extra or {}).get("narrowed") or {}).get("unit") if isinstance(each, msgspec.Meta) else None
            if units is not None:
                found[field] = get_args(units)
    return found
