"""A large document looked through piece by piece: the fast validator keeps all that it finds, some 2.5 kB each, to its end.

A piece is some of the children of one mapping or list, put into the document in which nothing else stands but what may
decide about them: the plain values beside them and above them. A small document is one piece. (What is wrong with a single
norm of thousands of values may be counted a little otherwise: whether a key of it is known rests on what else is wrong.)
"""

from collections.abc import Callable, Collection, Iterator
from functools import partial
from typing import Any

from banshi.files.findings import Route
from banshi.files.validators import repeated

PIECE = 2000  # values that are looked at together
_MISSING = "shape/missing-key"
_FEW = 3  # entries that stand for all of a long list: no schema asks for at most so many
Wrong = Iterator[tuple[str, Route]]  # rules, and where
_Children = list[tuple[Any, Any]]  # by key, or by place in a list


def piecemeal(data: Any, wrong: Callable[[Any], Wrong], named: Collection[str]) -> Wrong:
    """What ``wrong`` finds in ``data``, each as often as in the whole. ``named``: the keys that its schema knows."""
    return _Pieces(wrong, named).of(data, (), lambda piece: piece) if _large(data) else wrong(data)


class _Pieces:
    def __init__(self, wrong: Callable[[Any], Wrong], named: Collection[str]) -> None:
        self._wrong, self._named = wrong, named

    def of(self, value: Any, at: Route, around: Callable[[Any], Any]) -> Wrong:
        """Of a large value that stands ``at``; ``around`` puts a piece in its place, within lists as the only entry."""
        there = tuple(0 if isinstance(step, int) else step for step in at)
        for rule, where in self._wrong(around(self._bare(value))):
            if where == there or (rule == _MISSING and where[:-1] == there and where[-1] not in value):
                yield rule, (*at, *where[len(at) :])
        plain = self._plain(value)
        for group in _groups(value):
            if _large(group[0][1]):
                key, child = group[0]
                yield from self.of(child, (*at, key), partial(_within, around, value, plain, key))
                continue
            keys = {n if isinstance(value, list) else key: key for n, (key, _) in enumerate(group)}
            for rule, where in self._wrong(around(_holding(value, plain, group))):
                if len(where) > len(at) and where[: len(at)] == there and where[len(at)] in keys:
                    yield rule, (*at, keys[where[len(at)]], *where[len(at) + 1 :])

    def _plain(self, value: Any) -> dict[str, Any]:
        """The plain values of a mapping that its schema may know."""
        own = value.items() if isinstance(value, dict) else ()
        return {key: each for key, each in own if key in self._named and not isinstance(each, dict | list)}

    def _bare(self, value: Any) -> Any:
        """A mapping or list without what stands in it: enough to tell what is wrong with itself."""
        if isinstance(value, dict):
            return {
                key: type(each)() if isinstance(each, dict | list) else each
                for key, each in value.items()
                if key in self._named
            }
        few = [str(n) for n in range(min(_FEW, len(value)))]
        return few if next(repeated(value), None) is None else [*few[:-1], "0"]


def _within(around: Callable[[Any], Any], value: Any, plain: dict[str, Any], key: Any, piece: Any) -> Any:
    return around(_holding(value, plain, [(key, piece)]))


def _holding(value: Any, plain: dict[str, Any], children: _Children) -> Any:
    """The same mapping or list with no others of its children than these and the plain ones."""
    return {**plain, **dict(children)} if isinstance(value, dict) else [child for _, child in children]


def _groups(value: Any) -> Iterator[_Children]:
    """The children of a mapping or list, as many together as make a piece; a large one is alone."""
    group: _Children = []
    room = PIECE
    for key, child in value.items() if isinstance(value, dict) else enumerate(value):
        size = _size(child)
        if group and size > room:
            yield group
            group, room = [], PIECE
        group.append((key, child))
        room -= size
    if group:
        yield group


def _large(value: Any) -> bool:
    return _size(value) > PIECE


def _size(value: Any) -> int:
    """How many values there are, counted as far as that matters."""
    count, waiting = 0, [value]
    while waiting and count <= PIECE:
        each = waiting.pop()
        count += 1
        if isinstance(each, dict | list):
            waiting.extend(each.values() if isinstance(each, dict) else each)
    return count
