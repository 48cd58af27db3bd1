"""A county that no text of law is of, where others below the same place have texts: perhaps its name is written wrongly."""

from collections.abc import Iterator
from typing import Any

from banshi.base.text import Text, did_you_mean
from banshi.files.findings import Route
from banshi.files.shape import ShapeProblem
from banshi.law.library import Library

_HOLD_IT: tuple[Route, ...] = ((), ("project",))  # where documents say of which place they are


def unknown_places(data: Any, library: Library) -> Iterator[ShapeProblem]:
    """What is said of a place below one whose other places have law of their own, where it has none itself."""
    for route in _HOLD_IT:
        within = data.get(route[0]) if route and isinstance(data, dict) else data
        place = within.get("jurisdiction") if isinstance(within, dict) else None
        if not isinstance(place, str) or "/" not in place:
            continue
        outer = place.rpartition("/")[0]
        known = {name.rpartition("/")[0] for name in library.below(outer)}
        if known and not any(each == place or each.startswith(f"{place}/") for each in known):
            others, guess = "、".join(sorted(known)), did_you_mean(place, known)
            yield ShapeProblem(
                "input/place-without-law",
                (*route, "jurisdiction"),
                Text(
                    f"辖区 {place} 没有自己的文件，按 {outer} 的规定判定；有自己文件的是 {others}",
                    f"{place} has no texts of its own: judged by the law of {outer}; {others} have some",
                ),
                Text(f"{guess.zh}没有写错的，不用改。", f"{guess.en} If it is right, leave it."),
            )
