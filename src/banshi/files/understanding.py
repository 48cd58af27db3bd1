"""Values that are not written canonically and have one meaning all the same: put in place, and told as understood."""

from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from banshi.base.limits import MAX_SHOWN
from banshi.base.text import Text, listed
from banshi.files.findings import Route
from banshi.files.schema_parts import SchemaField, root
from banshi.files.shape import ShapeProblem, Shapes
from banshi.files.tables.cells import CellUnreadable
from banshi.files.written_values import SPELLED, Ambiguous, Choices, canonical, several_of, shown_as, value_of

# By the route of a property, without the numbers of entries: how its values are called by the law → value.
Names = Mapping[tuple[str, ...], Choices]
UNDERSTOOD = "input/understood"
_SHOWN = 6


class Understood(Struct, frozen=True):
    """A value: where it stands, what was written, what it is canonically, what it is called, and how a person reads it."""

    where: Route
    written: Any
    value: Any
    title: str
    shown: str


class Doubtful(Struct, frozen=True):
    """A value of which two meanings remain."""

    where: Route
    why: Text


def understand(data: Any, kind: str, shapes: Shapes, names: Names) -> tuple[list[Understood], list[Doubtful]]:
    """Put canonical values in place of what has one meaning (in ``data`` itself); what has not stays as it was."""
    found: list[Understood] = []
    doubtful: list[Doubtful] = []
    for part in _walk(data, root(shapes, kind), (), names):
        (found if isinstance(part, Understood) else doubtful).append(part)  # type: ignore[arg-type]
    for each in found:
        _put(data, each.where, each.value)
    return found, doubtful


def _put(data: Any, where: Route, value: Any) -> None:
    for step in where[:-1]:
        data = data[step]
    data[where[-1]] = value


def _walk(data: Any, field: SchemaField, where: Route, names: Names) -> Iterator[Understood | Doubtful]:
    if isinstance(data, dict):
        for key, value in data.items():
            part = field.field(key) or field.others
            if part is not None:
                yield from _walk(value, part, (*where, key), names)
    elif isinstance(data, list):
        entry = field.entry
        for n, value in enumerate(data if entry else ()):
            assert entry is not None
            yield from _walk(value, entry, (*where, n), names)
    elif where and data is not None:
        yield from _value(data, field, where, names)


def _value(data: Any, field: SchemaField, where: Route, names: Names) -> Iterator[Understood | Doubtful]:
    own = names.get(tuple(step for step in where if isinstance(step, str)))
    try:
        if field.sort == "array":
            entry = field.entry
            if not isinstance(data, str) or entry is None or not (entry.sort == "enum" or own is not None):
                return
            value: Any = several_of(field, data, own)
        elif isinstance(data, bool) or _right(field, data, own):
            return
        else:
            value = value_of(field, str(data), names=own)
    except Ambiguous as error:
        yield Doubtful(where, error.text)
        return
    except CellUnreadable:
        return  # what is wrong with it is for the schema to say
    if value != data or type(value) is not type(data):
        yield Understood(where, data, value, field.title, _shown(field, value, own))


def _right(field: SchemaField, data: Any, own: Choices | None) -> bool:
    """Whether a value is written as it should be, or is of a sort that is written in one way only."""
    if own is not None:
        return any(data == value for _, value in own)
    return field.sort not in SPELLED or canonical(field, data)


def _shown(field: SchemaField, value: Any, own: Choices | None) -> str:
    if own is None:
        return shown_as(field, value)
    called = {known: name for name, known in reversed(own)}
    return listed(called.get(each, str(each)) for each in (value if isinstance(value, list) else [value]))


def note(understood: list[Understood]) -> ShapeProblem | None:
    """What is said of values that were taken as understood: each as it was written and as it was taken.

    None where each is written just as it is called, or as it reads.
    """
    found = [each for each in understood if str(each.written) not in (each.shown, str(each.value))]
    if not found:
        return None
    zh = listed(f"“{each.title}”{_cut(each.written)}→{each.shown}" for each in found[:_SHOWN])
    en = ", ".join(f"{each.where[-1]}: {_cut(each.written)} → {each.value}" for each in found[:_SHOWN])
    more = len(found) > _SHOWN
    said = Text(
        f"{len(found)} 处按通常的写法读作：{zh}{'……' if more else ''}",
        f"{len(found)} values are read as usually meant: {en}{' …' if more else ''}",
    )
    return ShapeProblem(UNDERSTOOD, found[0].where, said, _FIX)


def explained(problem: ShapeProblem, doubtful: list[Doubtful]) -> ShapeProblem:
    """A deviation, with why no meaning was taken where there are two."""
    why = next((each.why for each in doubtful if each.where == problem.where), None)
    if why is None:
        return problem
    return replace(problem, message=Text(f"{problem.message.zh}；{why.zh}", f"{problem.message.en}; {why.en}"))


def doubts(problems: list[ShapeProblem], doubtful: list[Doubtful]) -> list[ShapeProblem]:
    """What is said of values of two meanings whose shape is right whatever is written there: words of the law."""
    told = {problem.where for problem in problems}
    return [ShapeProblem("shape/not-listed", each.where, each.why, _ONE) for each in doubtful if each.where not in told]


def _cut(value: Any) -> str:
    text = " ".join(str(value).split())
    return text if len(text) <= MAX_SHOWN else text[: MAX_SHOWN - 1] + "…"


_FIX = Text(
    "看是否都对；要改成规范写法，运行 banshi fix。", "See whether that is right; banshi fix writes them canonically."
)
_ONE = Text("写其中一个的标识或名称。", "Write the one that is meant.")
