"""What is wrong with keys or entries taken together: one calls for another, one too many, the same twice; in plain words."""

from collections.abc import Callable, Iterator
from typing import Any

from banshi.base.text import Text, listed
from banshi.files.findings import Route
from banshi.files.validators import repeated

Named = Callable[[str], str]  # a key's title, or the key where it has none
_Said = tuple[Text, Text]  # what is wrong, and how it is put right
_SHOWN = 5  # entries that one message names
_SAME = Text("同样的一项", "the same entry")


def _dependent_required(error: Any, named: Named) -> Iterator[_Said]:
    for key, wanted in error.validator_value.items():
        for missing in wanted:
            if key in error.instance and missing not in error.instance:
                yield (
                    Text(
                        f"写了“{named(key)}”（{key}），就要写“{named(missing)}”（{missing}）",
                        f"{key} is stated, so {missing} must be stated too",
                    ),
                    Text(f"补上 {missing}: …，或删去 {key}。", f"Add {missing}: …, or leave {key} out."),
                )


def _alternatives(error: Any, named: Named) -> Iterator[_Said]:
    keys = [key for branch in error.validator_value for key in branch.get("required", ())]
    if not keys:
        return
    called, plain = "、".join(f"“{named(key)}”（{key}）" for key in keys), "、".join(keys)
    if not isinstance(error.instance, dict):  # which lacks none of its keys, so every branch holds
        text = Text(
            f"这里要写成键和值，其中{called}写一项", f"keys and values are expected here, one of {plain} among them"
        )
        yield text, Text(f"写成“{keys[0]}: …”。", f"Write {keys[0]}: ….")
    elif sum(key in error.instance for key in keys) > 1:
        text = Text(f"{called}只能写一项", f"only one of {plain} may be stated")
        yield text, Text("留下其中一项。", "Keep one of them.")
    else:
        text = Text(f"{called}要写一项", f"one of {plain} must be stated")
        yield text, Text(f"补上 {plain} 里的一项。", f"Add one of {plain}.")


def _not(error: Any, named: Named) -> Iterator[_Said]:
    keys = error.validator_value.get("required", ())
    if keys:
        called = "、".join(f"“{named(key)}”（{key}）" for key in keys)
        yield (
            Text(f"{called}不能同时写", f"{', '.join(keys)} must not be stated together"),
            Text("留下其中一项。", "Keep one of them."),
        )
    elif "const" in error.validator_value:
        word = error.validator_value["const"]
        yield (
            Text(f"{word} 另有含义，不能用作标识", f"{word} has a meaning of its own and cannot be an id"),
            Text("换一个标识。", "Take another id."),
        )


def _too_many(error: Any, _named: Named) -> Iterator[_Said]:
    most = error.validator_value
    yield (
        Text(f"最多 {most} 项，写了 {len(error.instance)} 项", f"at most {most} entries, found {len(error.instance)}"),
        Text("删去多写的。", "Leave out what is too many."),
    )


def _twice(error: Any, _named: Named) -> Iterator[_Said]:
    """All of a list together, as the validator that only decides has it: otherwise the two would not count alike."""
    again = [Text(each, each) if isinstance(each, str) else _SAME for _, each in repeated(error.instance)]
    which = list(dict.fromkeys(again))[:_SHOWN]
    zh = f"等，共 {len(again)} 处，" if len(again) > len(which) else " "
    en = f" and others ({len(again)} places)" if len(again) > len(which) else ""
    yield (
        Text(
            f"{listed(each.zh for each in which)}{zh}写了两次",
            f"{', '.join(each.en for each in which)}{en} stands twice",
        ),
        Text("删去重复的。", "Leave out the second one."),
    )


_SAID: dict[str, Callable[[Any, Named], Iterator[_Said]]] = {
    "dependentRequired": _dependent_required,
    "anyOf": _alternatives,
    "oneOf": _alternatives,
    "not": _not,
    "maxItems": _too_many,
    "uniqueItems": _twice,
}
TOGETHER = tuple(_SAID)


def together(error: Any, where: Route, title_of: Callable[[Route], str]) -> Iterator[_Said]:
    """What a deviation of one of these keywords says; nothing where a centre's own schema uses it otherwise."""
    properties = error.schema.get("properties", {}) if isinstance(error.schema, dict) else {}

    def named(key: str) -> str:
        return title_of((*where, key)) or properties.get(key, {}).get("title") or key

    yield from _SAID[error.validator](error, named)
