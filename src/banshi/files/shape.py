"""Shape: a document against the JSON Schema of its kind, each deviation a located problem in plain language.

One validator says whether anything is wrong at all (``validators``); only then does another, slower one say what and where.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import islice, pairwise
from pathlib import Path
from typing import Any

from banshi.base.limits import MAX_COUNTED, MAX_FINDINGS, MAX_SHOWN
from banshi.base.text import NOTHING, Text, did_you_mean
from banshi.files.findings import Route
from banshi.files.kept_schemas import Others, Schema, decides, explains, parsed
from banshi.files.kinds import KINDS
from banshi.files.piecemeal import piecemeal
from banshi.files.regular_files import read_text
from banshi.files.scalars import why_not
from banshi.files.shape_together import TOGETHER, together
from banshi.files.validators import Deciding, fast, wrong_places

SUFFIX = ".schema.json"
_TITLES_KEPT = 4096  # many files have the same faults; routes with odd keys in them never end
MANY = 12  # longer lists of values are not printed where a guess is at hand
_PARTS = {"ledger": ("project", "change")}


@dataclass(frozen=True, slots=True)
class ShapeProblem:
    """A deviation from the schema; ``rule`` is one of the ``shape/…`` ids; ``meant`` is the key probably meant."""

    rule: str
    where: Route
    message: Text
    fix: Text = NOTHING
    at_key: bool = False
    meant: str = ""
    more: int = 0  # stands for so many deviations that are not told one by one
    routes: tuple[Route, ...] = ()  # of those, where they are


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

        One by one up to the limit; of more it is said, of the whole document, how many there are. ``unless``: those that
        are none.
        """
        if self._fast(kind).is_valid(data):
            return
        errors = _each_once(self._slow(kind).iter_errors(data))
        every = (problem for error in errors for problem in _explain(error, self._titles(kind, error)))
        passed = 0

        def counts(problem: ShapeProblem) -> bool:
            nonlocal passed
            passed += (none := unless(problem))
            return not none

        found = filter(counts, every)
        # Two keywords of a schema may speak of one fault; it is said once.
        listed = list(islice(found, self._most))
        problems = dict.fromkeys(listed)
        rest = self._untold(data, kind, listed, found, unless) if len(listed) == self._most else []
        misspelt = {(*p.where[:-1], p.meant) for p in problems if p.meant}
        told = [p for p in problems if not (p.rule == "shape/missing-key" and p.where in misspelt)]
        yield from sorted(told, key=lambda p: [str(step) for step in p.where])
        if rest:
            yield _rest(rest)
        elif not told and not passed:
            yield self._told_by_the_fast(kind, data)

    def _untold(
        self,
        data: Any,
        kind: str,
        listed: list[ShapeProblem],
        found: Iterator[ShapeProblem],
        unless: Callable[[ShapeProblem], bool],
    ) -> list[Route]:
        """Where else ``data`` deviates than where it is told: the fast validator finds that too, but for conditions."""
        if not fast() or KINDS[kind].as_written:
            return [problem.where for problem in islice(found, MAX_COUNTED)]
        told = Counter(problem.where for problem in listed)
        places: list[Route] = []
        for rule, where in self._places(kind, data):
            if told[where]:
                told[where] -= 1
            elif not unless(ShapeProblem(rule, where, NOTHING)):
                places.append(where)
                if len(places) == MAX_COUNTED:
                    break
        return places

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

    def _names(self) -> list[str]:
        return sorted({p.name.removesuffix(SUFFIX) for f in self._folders for p in f.glob(f"*{SUFFIX}")})

    def _others(self) -> Others:
        return tuple((f"{name}{SUFFIX}", self._kept(name)) for name in self._names())

    def _fast_validator(self, kind: str) -> Deciding:
        return decides(self._kept(kind), self._others(), fast())

    def _slow_validator(self, kind: str) -> Any:
        return explains(self._kept(kind), self._others())

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
        said = _shown(kind)
        message = Text(f"kind 写的是 {said}，没有这一种文件", f"kind is {said}, and there is no such kind of file")
        return None, ShapeProblem("shape/unknown-kind", ("kind",), message, _kinds_fix(_shown(kind)))
    return kind, None


def _kinds_fix(kind: str) -> Text:
    guess, known = did_you_mean(kind, KINDS), "、".join(KINDS)
    return Text(f"{guess.zh}可用的有 {known}。", f"{guess.en} Known kinds: {', '.join(KINDS)}.".strip())


def _explain(error: Any, title_of: Callable[[Route], str]) -> Iterator[ShapeProblem]:
    where = tuple(error.absolute_path)
    keyword, value, schema = error.validator, error.validator_value, error.schema
    title = title_of(where) or schema.get("title", "")
    if keyword in ("additionalProperties", "unevaluatedProperties"):
        yield from _unknown_keys(error, where)
    elif keyword == "required":
        yield from _missing_key(error, where, title_of)
    elif keyword == "enum":
        yield _not_listed(error.instance, value, schema, title, where)
    elif keyword == "const":
        message = Text(
            f"这里应写 {value}，写的是 {_shown(error.instance)}", f"expected {value}, found {_shown(error.instance)}"
        )
        yield ShapeProblem("shape/wrong-value", where, message, Text(f"改为 {value}。", f"Write {value}."))
    elif keyword in ("type", "pattern", "format", "minimum", "maximum", "exclusiveMinimum", "minLength", "maxLength"):
        yield _wrong_value(error.instance, keyword, value, schema, title, where)
    elif keyword in ("minItems", "minProperties"):
        message = Text(f"“{title}”至少要有 {value} 项", f"{_key(where)} needs at least {value} entries")
        fix = Text(
            "补上内容；确实没有的，看是不是放错了文件。", "Add what is missing, or see whether this is the right file."
        )
        yield ShapeProblem("shape/too-few", where, message, fix)
    elif keyword in TOGETHER and (said := list(together(error, where, title_of))):
        yield from (ShapeProblem("shape/wrong-value", where, message, fix) for message, fix in said)
    elif keyword is None:  # ruled out by what stands beside it; which key it is the validator does not say
        shown = _shown(error.instance)
        message = Text(f"这里不能写 {shown}，与同一处的别的项不相容", f"{shown} cannot stand beside what else is here")
        fix = Text(
            "删去它；要写它的，看别的项（如种类、时机）是不是写错了。", "Delete it, or correct what rules it out."
        )
        yield ShapeProblem("shape/wrong-value", where, message, fix)
    else:
        # No schema of ours uses another keyword; a centre's own may.
        yield ShapeProblem("shape/wrong-value", where, Text(f"不合格式要求（{keyword}）", error.message))


def _unknown_keys(error: Any, where: Route) -> Iterator[ShapeProblem]:
    known = _known_properties(error)
    if known is None:  # the kind itself is unknown, which has a finding of its own
        return
    listed, free = ", ".join(sorted(known)), known - set(error.instance)
    for n, key in enumerate(key for key in error.instance if key not in known):
        meant = _meant(key, free, error.schema) if n < MAX_FINDINGS else ""
        fix = Text(f"您是不是想写 {meant}？", f"Did you mean {meant}?") if meant else _known_keys(listed)
        message = Text(f"不认识的键 {_shown(key)}", f"unknown key {_shown(key)}")
        yield ShapeProblem("shape/unknown-key", (*where, key), message, fix, at_key=True, meant=meant)


def _meant(key: str, free: set[str], schema: dict[str, Any]) -> str:
    """The key that was probably meant: its label was written instead, or a few letters are wrong."""
    by_label = {part.get("title"): name for name, part in schema.get("properties", {}).items() if name in free}
    from difflib import get_close_matches  # late: most keys are known

    return by_label.get(key) or next(iter(get_close_matches(key, free, n=1, cutoff=0.6)), "")


def _known_keys(listed: str) -> Text:
    return Text(f"这里可用的键：{listed}。", f"Keys known here: {listed}.")


def _known_properties(error: Any) -> set[str] | None:
    known = set(error.schema.get("properties", {}))
    if error.validator == "additionalProperties":
        return known
    for branch in error.schema.get("allOf", ()):
        condition = branch["if"]["properties"]
        if all(error.instance.get(key) == wanted.get("const") for key, wanted in condition.items()):
            return known | set(branch["then"].get("properties", {}))
    return None


def _missing_key(error: Any, where: Route, title_of: Callable[[Route], str]) -> Iterator[ShapeProblem]:
    for key in error.validator_value:
        if key not in error.instance:
            title = title_of((*where, key)) or key
            message = Text(f"缺少“{title}”（{key}）", f"{key} is missing")
            fix = Text(f"补上 {key}: …", f"Add {key}: …")
            yield ShapeProblem("shape/missing-key", (*where, key), message, fix)


def _not_listed(found: Any, allowed: list[Any], schema: dict[str, Any], title: str, where: Route) -> ShapeProblem:
    labels = schema.get("x-labels", {})
    said = "、".join(f"{value}（{labels[value]}）" if value in labels else str(value) for value in allowed)
    from difflib import get_close_matches  # late, as above

    near = get_close_matches(_shown(found), labels.values(), n=1, cutoff=0.6)
    by_label = next((value for value, label in labels.items() if near and label == near[0]), None)
    guess = did_you_mean(by_label or _shown(found), allowed)
    english = ", ".join(str(value) for value in allowed)
    return ShapeProblem(
        "shape/not-listed",
        where,
        Text(
            f"“{title}”写的是 {_shown(found)}，不在可选的值里",
            f"{_key(where)} is {_shown(found)}, which is not a listed value",
        ),
        guess
        if guess and len(allowed) > MANY
        else Text(f"{guess.zh}可选：{said}。", f"{guess.en} One of: {english}.".strip()),
    )


def _wrong_value(
    found: Any, keyword: str, wanted: Any, schema: dict[str, Any], title: str, where: Route
) -> ShapeProblem:
    name = schema.get("format") or (wanted if keyword == "type" and isinstance(wanted, str) else "")
    why, fix = why_not(str(name), found, keyword, wanted)
    if schema.get("examples"):
        fix = Text(f"例如 {'、'.join(schema['examples'])}。", f"For example {', '.join(schema['examples'])}.")
    # Text that is no number with decimals is of a wrong type where a fact belongs.
    of_type = keyword == "type" or (name == "fact" and keyword == "pattern")
    rule = "shape/wrong-type" if of_type else "shape/wrong-value"
    message = Text(f"“{title}”写的是 {_shown(found)}：{why.zh}", f"{_key(where)} is {_shown(found)}: {why.en}")
    return ShapeProblem(rule, where, message, fix)


def _key(where: Route) -> str:
    return next((part for part in reversed(where) if isinstance(part, str)), "file")


def _shown(value: Any) -> str:
    """A value as a person wrote it, cut short."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return "{…}"
    if isinstance(value, list):
        return "[…]"
    text = "（空）" if value is None or value == "" else str(value)
    return text if len(text) <= MAX_SHOWN else text[: MAX_SHOWN - 1] + "…"


def places_of(problems: Iterable[ShapeProblem]) -> list[Route]:
    """Where something is wrong, those not told one by one too; the whole document where not all of them are known."""
    places = [route for problem in problems for route in (problem.routes or (problem.where,))]
    return [*places, *[()] * any(problem.more == MAX_COUNTED for problem in problems)]


def _rest(routes: Sequence[Route]) -> ShapeProblem:
    count = len(routes)
    at_least = Text("至少 ", "at least ") if count == MAX_COUNTED else NOTHING
    said = Text(
        f"另有{at_least.zh} {count} 处格式不对，没有列出", f"{at_least.en}{count} more deviations are not listed"
    )
    return ShapeProblem(
        "shape/more-deviations",
        (),
        said,
        Text("先改好列出的；要全部列出，加 --all。", "Correct those listed first; --all lists them all."),
        more=count,
        routes=tuple(routes),
    )
