"""What a deviation from a schema means: its place, what was found and expected there, and what to do."""

from collections.abc import Callable, Iterator
from typing import Any

from banshi.base.limits import MAX_FINDINGS, MAX_SHOWN
from banshi.base.text import Text, did_you_mean
from banshi.files.findings import Route
from banshi.files.scalars import why_not
from banshi.files.shape import ShapeProblem
from banshi.files.shape_together import TOGETHER, together

MANY = 12  # longer lists of values are not printed where a guess is at hand


def explain(error: Any, title_of: Callable[[Route], str]) -> Iterator[ShapeProblem]:
    """What an error of jsonschema says; ``title_of``: what people call a place."""
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
            f"这里应写 {value}，写的是 {shown_value(error.instance)}",
            f"expected {value}, found {shown_value(error.instance)}",
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
        shown = shown_value(error.instance)
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
        message = Text(f"不认识的键 {shown_value(key)}", f"unknown key {shown_value(key)}")
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

    near = get_close_matches(shown_value(found), labels.values(), n=1, cutoff=0.6)
    by_label = next((value for value, label in labels.items() if near and label == near[0]), None)
    guess = did_you_mean(by_label or shown_value(found), allowed)
    english = ", ".join(str(value) for value in allowed)
    return ShapeProblem(
        "shape/not-listed",
        where,
        Text(
            f"“{title}”写的是 {shown_value(found)}，不在可选的值里",
            f"{_key(where)} is {shown_value(found)}, which is not a listed value",
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
    message = Text(
        f"“{title}”写的是 {shown_value(found)}：{why.zh}", f"{_key(where)} is {shown_value(found)}: {why.en}"
    )
    return ShapeProblem(rule, where, message, fix)


def _key(where: Route) -> str:
    return next((part for part in reversed(where) if isinstance(part, str)), "file")


def shown_value(value: Any) -> str:
    """A value as a person wrote it, cut short."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return "{…}"
    if isinstance(value, list):
        return "[…]"
    text = "（空）" if value is None or value == "" else str(value)
    return text if len(text) <= MAX_SHOWN else text[: MAX_SHOWN - 1] + "…"
