"""A word of a text renamed throughout: everywhere in its prose and names, nowhere in ids and other spellings."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from banshi.law.terms import FILED_WORDS

_NO_PROSE = ("id", "kind", "inventory", "written", "also", "recognised", "aliases")
# Tables of names, with the key under which an entry lists other spellings of its own.
TABLES = {
    **dict.fromkeys(("offices", "case_kinds", "case_systems", "evaluations", "case_flags", "case_classes"), "also"),
    "project_fields": "also",
    **dict.fromkeys(("tiers", "criteria", "classes", "steps", "papers"), "written"),
    **dict.fromkeys(("shifts", "leave_kinds", "staff_groups"), "written"),
    **dict.fromkeys(FILED_WORDS, "written"),
    "facts": "",
}
_RENAMED = ("provisions", "readings", "forms", *TABLES)


def rename(data: dict[str, Any], words: Mapping[str, str]) -> dict[str, Any]:
    """The data of a text with words renamed; a name that changed stays known as another spelling of its entry.

    A word inside its own new form is left: 行业主管部门 does not become 行业行业主管部门.
    """
    fresh = _renaming(words)
    renamed = {key: _through(part, fresh) if key in _RENAMED else part for key, part in data.items()}
    for table, spelled in TABLES.items():
        for key, entry in renamed.get(table, {}).items():
            was = data[table][key]["name"]
            if spelled and was != entry["name"]:
                entry[spelled] = list(dict.fromkeys([*entry.get(spelled, ()), was]))
    return renamed


def _renaming(words: Mapping[str, str]) -> Callable[[str], str]:
    longest = sorted({*words, *words.values()}, key=len, reverse=True)
    pattern = re.compile("|".join(map(re.escape, longest)))
    return lambda text: pattern.sub(lambda found: words.get(found[0], found[0]), text)


def _through(part: Any, fresh: Callable[[str], str]) -> Any:
    if isinstance(part, dict):
        return {key: value if key in _NO_PROSE else _through(value, fresh) for key, value in part.items()}
    if isinstance(part, list):
        return [_through(each, fresh) for each in part]
    return fresh(part) if isinstance(part, str) else part
