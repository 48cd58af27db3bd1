"""What is prepared once, or looked at only where something is amiss, finds the same as what was looked at before it, or afresh."""

import copy
import datetime
import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lengths import LONG, longer

from banshi.base.kept import kept
from banshi.checking.checker import Checker
from banshi.files.law_words import LawWords, other_words
from banshi.files.reading import read
from banshi.files.units import SomeLines
from banshi.law.library import Library, forget_beyond

ROOT = Path(__file__).resolve().parent.parent
WORDS = {
    "status": ("draft", "submitted", "rejected", "withdrawn", "settled"),
    "tier": ("consultation", "finance", "government", "full_procedure", "none"),
    "conclusion": ("agree", "disagree", "supplement", "不同意"),
    "step": ("finance_review", "government_approval", "competent_review", "x"),
    "pricing_basis": ("formula", "similar_item", "quota_discount"),
}


def places(data: Any, route: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    parts = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, part in parts:
        yield (*route, key)
        yield from places(part, (*route, key))


def spoil(data: dict[str, Any], chance: random.Random) -> None:
    """One thing missing, twice, another word, another day, another figure."""
    route = chance.choice([each for each in places(data) if each[0] != "kind"])
    holder = data
    for step in route[:-1]:
        holder = holder[step]
    key: Any = route[-1]
    value = holder[key]
    if chance.random() < 0.15:
        del holder[key]
    elif isinstance(holder, list):
        holder.append(copy.deepcopy(value))
    elif key in WORDS:
        holder[key] = chance.choice(WORDS[key])
    elif str(key).endswith("_on"):
        holder[key] = f"{datetime.date.fromisoformat(value) + datetime.timedelta(chance.choice((-40, -3, 5, 700)))}"
    elif isinstance(value, bool):
        holder[key] = not value
    elif str(value).replace(".", "").isdigit():
        holder[key] = f"{float(value) * chance.choice((0, 0.0001, 0.9, 2, 10000)):.2f}"


def lines(count: int) -> list[bytes]:
    chance, found = random.Random(18), []
    seeds = [read(ROOT / f"validators/change/_example{name}.yaml").document for name in ("", ".full-procedure")]
    for number in range(count):
        seed = seeds[number % 2]
        assert seed is not None
        data = json.loads(json.dumps(seed.data, default=str))
        data["project"]["name"] = f"{number}号路"
        for _ in range(chance.choice((0, 1, 1, 2, 4))):
            spoil(data, chance)
        found.append(json.dumps(data, ensure_ascii=False).encode())
    return found


def found_in(checker: Checker, line: bytes) -> list[str]:
    checker.loader.tellings.apart()
    return [repr(each) for each in sorted(checker.of_one(SomeLines(Path("x"), ((1, line),))).findings, key=str)]


@longer
def test_what_came_before_makes_no_difference() -> None:
    some = lines(2000 if LONG else 24)
    one, other = Checker(ROOT), Checker(ROOT)
    forward = [found_in(one, line) for line in some]
    assert [found_in(other, line) for line in reversed(some)] == forward[::-1]
    assert sum(map(bool, forward)) > 10 and not all(forward)


def plainly_other(data: Any, names: dict[tuple[str, ...], Any], way: tuple[str, ...] = ()) -> bool:
    """What ``other_words`` says, looking at every value by its whole way."""
    if isinstance(data, list):
        return any(plainly_other(each, names, way) for each in data)
    if way in names and data is not None and data not in [word for _, word in names[way]]:
        return True
    return isinstance(data, dict) and any(plainly_other(v, names, (*way, k)) for k, v in data.items())


def test_words_are_held_against_those_of_their_own_place() -> None:
    chance = random.Random(18)
    names = LawWords(
        dict.fromkeys((("x",), ("x", "y"), ("y", "z"), ("z", "x", "y"), ("z", "z")), (("甲", "a"), ("乙", "b")))
    )

    def drawn(depth: int) -> Any:
        if depth and chance.random() < 0.7:
            return {key: drawn(depth - 1) for key in "xyz" if chance.random() < 0.7}
        if depth and chance.random() < 0.3:
            return [drawn(depth - 1) for _ in range(2)]
        return chance.choice(("a", "a", "b", "b", None, "a", "甲", 1))

    seen = set()
    for _ in range(3000):
        data = drawn(3)
        assert other_words(data, names) == plainly_other(data, names), data
        seen.add(other_words(data, names))
    assert seen == {True, False}


def test_a_library_keeps_no_more_days_than_it_needs() -> None:
    library, day = Library([ROOT / "policies"]), datetime.date(2012, 1, 1)
    known = {n: n for n in range(5000)}
    forget_beyond(known)
    assert not known
    laws = {id(library.at(day + datetime.timedelta(n), "luzhou").law("change")) for n in range(5000)}
    assert len(laws) < 20  # days forgotten and asked for again have the same law
    assert len(library.laws_at) <= 4096 and len(library._at) <= 4096


def test_what_is_kept_is_worked_out_once() -> None:
    class Counted:
        asked = 0

        @kept
        def value(self) -> int:
            """What it is."""
            self.asked += 1
            return 7

    one = Counted()
    assert (one.value, one.value, one.asked, Counted.value.__doc__) == (7, 7, 1, "What it is.")
