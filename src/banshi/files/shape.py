"""Shape: a document against the JSON Schema of its kind, each deviation a located problem in plain language.

One validator says whether anything is wrong at all (``validators``); only then does another, slower one say what and where.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, lru_cache
from itertools import islice, pairwise
from operator import itemgetter
from pathlib import Path
from typing import Any

from msgspec import Struct

from banshi.base.limits import MAX_COUNTED, MAX_FINDINGS
from banshi.base.text import NOTHING, Text, did_you_mean
from banshi.files.findings import Route
from banshi.files.kept_schemas import Others, Schema, decides, explains, parsed
from banshi.files.kinds import KINDS
from banshi.files.piecemeal import piecemeal
from banshi.files.regular_files import read_text
from banshi.files.validators import Deciding, fast, wrong_places

SUFFIX = ".schema.json"
_TITLES_KEPT = 4096  # many files have the same faults; routes with odd keys in them never end
_PARTS = {"ledger": ("project", "change")}


class ShapeProblem(Struct, frozen=True):
    """A deviation from the schema; ``rule`` is one of the ``shape/…`` ids; ``meant`` is the key probably meant."""

    rule: str
    where: Route
    message: Text
    fix: Text = NOTHING
    at_key: bool = False
    meant: str = ""
    more: int = 0  # stands for so many deviations that are not told one by one
    routes: tuple[Route, ...] = ()  # of those, where they are
    at_least: bool = False  # there may be still more of those


class Shapes:
    """The schemas of one or more ``schemas`` folders, by kind; the first folder that has a file counts."""

    def __init__(self, folders: list[Path], most: int | None = MAX_FINDINGS) -> None:
        """``folders`` as ``folders.layered`` gives them; ``most`` deviations of a document are told one by one."""
        self._most = most
        self._folders = folders
        self._fast = cache(self._fast_validator)
        self._slow = cache(self._slow_validator)
        self._kept = cache(self._read)
        self.property_titles = cache(self._property_titles)
        self._title = lru_cache(_TITLES_KEPT)(self._find_title)

    def strange(self, data: dict[str, Any], kind: str) -> list[str]:
        """The keys at the top of a document that nobody knows: all of them, though not each may be told."""
        known = self.schema(kind)["properties"]
        return [key for key in data if key not in known]

    def varied(self, kind: str, schema: dict[str, Any]) -> "Shapes":
        """The same schemas with another one for ``kind``."""
        own, kept = Shapes(self._folders, self._most), parsed(json.dumps(schema))
        own._kept = cache(lambda name: kept if name == kind else self._kept(name))
        return own

    def fits(self, data: Any, kind: str) -> bool:
        """Whether ``data`` deviates nowhere from the schema of ``kind``; blanks must have been dropped before."""
        return self._fast(kind).is_valid(data)

    def check(
        self, data: Any, kind: str, unless: Callable[[ShapeProblem], bool] = lambda _: False
    ) -> Iterator[ShapeProblem]:
        """Every deviation of ``data`` from the schema of ``kind``; blanks must have been dropped before.

        One by one up to the limit; of more it is said, of the whole document, how many there are: as far as they are
        counted, which rests on no limit of what is listed. ``unless``: those that are none.
        """
        if self._fast(kind).is_valid(data):
            return
        from banshi.files.shape_explained import explain  # late: most files are as they should be

        errors = _each_once(self._slow(kind).iter_errors(data))
        every = (problem for error in errors for problem in explain(error, self._titles(kind, error)))
        passed = 0

        def counts(problem: ShapeProblem) -> bool:
            nonlocal passed
            passed += (none := unless(problem))
            return not none

        found = filter(counts, every)
        # Two keywords of a schema may speak of one fault; it is said once.
        listed = list(islice(found, self._most))
        problems = dict.fromkeys(listed)
        room = max(MAX_FINDINGS + MAX_COUNTED - len(listed), 1)
        rest = list(islice(self._untold(data, kind, listed, found, unless), room)) if len(listed) == self._most else []
        misspelt = {(*p.where[:-1], p.meant) for p in problems if p.meant}
        told = [p for p in problems if not (p.rule == "shape/missing-key" and p.where in misspelt)]
        yield from sorted(told, key=lambda p: [str(step) for step in p.where])
        if rest:
            yield _rest(rest, at_least=len(rest) == room)
        elif not told and not passed:
            yield self._told_by_the_fast(kind, data)

    def _untold(
        self,
        data: Any,
        kind: str,
        listed: list[ShapeProblem],
        found: Iterator[ShapeProblem],
        unless: Callable[[ShapeProblem], bool],
    ) -> Iterator[Route]:
        """Where else ``data`` deviates than where it is told: the fast validator finds that too, but for conditions."""
        if not fast() or KINDS[kind].as_written:
            yield from (problem.where for problem in found)
            return
        told = Counter(problem.where for problem in listed)
        for rule, where in self._places(kind, data):
            if told[where]:
                told[where] -= 1
            elif not unless(ShapeProblem(rule, where, NOTHING)):
                yield where

    def _places(self, kind: str, data: Any) -> Iterator[tuple[str, Route]]:
        """What the fast validator finds, as rule and place."""

        def wrong(piece: Any) -> Iterator[tuple[str, Route]]:
            return (each for error in self._fast(kind).iter_errors(piece) for each in wrong_places(error))

        return piecemeal(data, wrong, self.property_titles(kind))

    def deviates(self, data: Any, kind: str, unless: Callable[[ShapeProblem], bool]) -> bool:
        """Whether ``data`` deviates anywhere from the schema of ``kind``, told quickly; ``unless``: by what it does not."""
        return not fast() or not all(map(unless, self.roughly(data, kind)))

    def roughly(self, data: Any, kind: str) -> Iterator[ShapeProblem]:
        """Where ``data`` deviates, quickly, for what is not listed anyway; nothing of what is wrong is said."""
        return (ShapeProblem(rule, where, NOTHING) for rule, where in self._places(kind, data))

    def _told_by_the_fast(self, kind: str, data: Any) -> ShapeProblem:
        """Where the two validators disagree, the file does not pass: what the one that refuses it says."""
        error = next(iter(self._fast(kind).iter_errors(data)), None)
        said = Text("不合格式要求", "it does not fit its schema")
        if error is None:
            return ShapeProblem("shape/wrong-value", (), said)
        return ShapeProblem("shape/wrong-value", tuple(error.instance_path), said, Text(error.message, error.message))

    def schema(self, name: str) -> dict[str, Any]:
        """The schema of a kind, not to be changed."""
        return self._kept(name).data

    def _read(self, name: str) -> Schema:
        path = next(f / f"{name}{SUFFIX}" for f in self._folders if (f / f"{name}{SUFFIX}").is_file())
        return parsed(read_text(path))

    def _others(self, kind: str) -> Others:
        """The schemas that the one of a kind refers to, and those that these refer to."""
        found: dict[str, Schema] = {}
        waiting = [self._kept(kind)]
        while waiting:
            for name in waiting.pop().names - found.keys():
                if any((folder / name).is_file() for folder in self._folders) and name.endswith(SUFFIX):
                    found[name] = self._kept(name.removesuffix(SUFFIX))
                    waiting.append(found[name])
        return tuple(sorted(found.items(), key=itemgetter(0)))

    def _fast_validator(self, kind: str) -> Deciding:
        return decides(self._kept(kind), self._others(kind), fast())

    def _slow_validator(self, kind: str) -> Any:
        return explains(self._kept(kind), self._others(kind))

    def title_of(self, kind: str, where: Route) -> str:
        """What the property at a route is called in Chinese; by its key alone where the way is not plain."""
        return self._title(kind, tuple(0 if isinstance(step, int) else step for step in where))

    def _titles(self, kind: str, error: Any) -> Callable[[Route], str]:
        """Titles of places as the part of the schema that was not met calls them; keys of one name differ by kind of norm."""
        here, stated = tuple(error.absolute_path), self._stated_title(kind, list(error.absolute_schema_path))

        def title_of(where: Route) -> str:
            missing = error.schema.get("properties", {}).get(where[-1], {}) if where[:-1] == here and where else {}
            own = stated if where == here else missing.get("title", "")
            return own or self.title_of(kind, where)

        return title_of

    def _stated_title(self, kind: str, path: list[Any]) -> str:
        """The title of the last property on a way through the schema; empty where it names none."""
        schema: Any = self.schema(kind)
        part, title = schema, ""
        for before, step in pairwise(("", *path)):
            if step not in part and "$ref" in part:  # the way does not name references
                schema, part = self._referred(schema, part["$ref"])
            part = part[step]
            if before in ("properties", "items"):
                title = part.get("title", "") if isinstance(part, dict) else ""
        return title

    def _find_title(self, kind: str, where: Route) -> str:
        part: Any = self.schema(kind)
        title = ""
        for step in where:
            part = self._resolved(part)
            part = part.get("items", {}) if isinstance(step, int) else part.get("properties", {}).get(step, {})
            title = part.get("title", "")
        return title or self.property_titles(kind).get(str(where[-1]) if where else "", "")

    def _resolved(self, part: dict[str, Any]) -> dict[str, Any]:
        reference = part.get("$ref", "")
        return self._referred({}, reference)[1] if reference.partition("#")[0] else part

    def _referred(self, schema: Any, reference: str) -> tuple[Any, Any]:
        """The schema that a reference of ``schema`` leads into, and the part of it that is meant."""
        file, _, pointer = reference.partition("#")
        schema = part = self.schema(file.removesuffix(SUFFIX)) if file else schema
        for key in pointer.strip("/").split("/") if pointer else ():
            part = part[key]
        return schema, part

    def _property_titles(self, kind: str) -> dict[str, str]:
        """Chinese titles of every property in a schema, by key (the label on forms and in messages); "" where it has none."""
        titles: dict[str, str] = {}
        for name in (kind, *_PARTS.get(kind, ())):
            _collect_titles(self.schema(name), titles)
        return titles


def _each_once(errors: Iterable[Any]) -> Iterator[Any]:
    """One error for all keys that a place lacks: the validator gives one for each, and each names them all."""
    seen = set()
    for error in errors:
        if error.validator in ("required", "dependentRequired"):
            place = (tuple(error.absolute_path), id(error.validator_value))
            if place in seen:
                continue
            seen.add(place)
        yield error


def _collect_titles(schema: Any, into: dict[str, str]) -> None:
    if isinstance(schema, list):
        for part in schema:
            _collect_titles(part, into)
    elif isinstance(schema, dict):
        for key, part in schema.get("properties", {}).items():
            if isinstance(part, dict) and not into.get(key):
                into[key] = part.get("title", "")
        for part in schema.values():
            _collect_titles(part, into)


def kind_of(data: Any) -> tuple[str | None, ShapeProblem | None]:
    """The kind that a document declares, or why none can be told."""
    if not isinstance(data, dict):
        message = Text("文件的顶层应是“键: 值”的映射", "the top level must be a mapping of keys to values")
        fix = Text("从 kind 一行写起，样例见 examples/。", "Start with a line for kind; see examples/.")
        return None, ShapeProblem("shape/wrong-type", (), message, fix)
    kind = data.get("kind")
    if kind is None:
        message = Text("没有写 kind，不知道这是哪一种文件", "no kind is given, so it is unknown what this file is")
        return None, ShapeProblem("shape/missing-kind", (), message, _kinds_fix(""))
    if not isinstance(kind, str) or kind not in KINDS:
        from banshi.files.shape_explained import shown_value

        said = shown_value(kind)
        message = Text(f"kind 写的是 {said}，没有这一种文件", f"kind is {said}, and there is no such kind of file")
        return None, ShapeProblem("shape/unknown-kind", ("kind",), message, _kinds_fix(said))
    return kind, None


def _kinds_fix(kind: str) -> Text:
    guess, known = did_you_mean(kind, KINDS), "、".join(KINDS)
    return Text(f"{guess.zh}可用的有 {known}。", f"{guess.en} Known kinds: {', '.join(KINDS)}.".strip())


def places_of(problems: Iterable[ShapeProblem]) -> list[Route]:
    """Where something is wrong, those not told one by one too; the whole document where not all of them are known."""
    places = [route for problem in problems for route in (problem.routes or (problem.where,))]
    return [*places, *[()] * any(problem.at_least for problem in problems)]


def _rest(routes: Sequence[Route], *, at_least: bool) -> ShapeProblem:
    count = len(routes)
    least = Text("至少", "at least ") if at_least else NOTHING
    said = Text(f"另有{least.zh} {count} 处格式不对，没有列出", f"{least.en}{count} more deviations are not listed")
    return ShapeProblem(
        "shape/more-deviations",
        (),
        said,
        Text("先改好列出的；要全部列出，加 --all。", "Correct those listed first; --all lists them all."),
        more=count,
        routes=tuple(routes),
        at_least=at_least,
    )
