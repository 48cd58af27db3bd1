"""The form of a calculator's data: citations and readings once each, words with places for figures, what occurs twice once.

Words hold places such as ``{yuan:net}``; what comes from an instrument is escaped. assets/calculate.js says how it is read.
"""

import json
from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from msgspec import Struct, field

from banshi.base.money import plain
from banshi.base.text import visible_lines
from banshi.files.findings import Citation
from banshi.law.instruments import PolicyVersion
from banshi.law.library import Law
from banshi.law.norms import Bounds
from banshi.law.otherwise import OtherAnswer
from banshi.law.version_parts import Reading

Node = dict[str, Any]
Expression = str | list[Any]
_CALL = "banshiCalculators.put({});\n"
_WORTH = 60  # characters from which a part that occurs again is written once


class Cites(Struct):
    """Where each provision and reading that is cited stands: ``[what is printed, address, what it says in full]``.

    ``shown``: whether the site has a page of a version of an instrument; else there is no address.
    """

    shown: Callable[[str, str], bool]
    rows: list[list[str]] = field(default_factory=list)
    norms: dict[tuple[str, str], None] = field(default_factory=dict)  # instrument, norm: what the data was made of

    def of(self, cited: Citation) -> int:
        """The row of a provision."""
        if cited.norm:
            self.norms[cited.instrument, cited.norm] = None
        url = cited.url if self.shown(cited.instrument, cited.version) else ""
        return self._row([cited.label or cited.title, url, cited.say()])

    def reading(self, other: OtherAnswer) -> int:
        """The row of a recorded question."""
        version = next(v for v in other.asked_by.versions if any(r.id == other.question for r in v.readings))
        return self.asked(version, other.asked_by.readings[other.question])

    def asked(self, version: PolicyVersion, reading: Reading) -> int:
        """The row of a question that a version records."""
        shown = self.shown(version.instrument, version.version)
        url = f"instruments/{version.instrument}/{version.version}/#reading-{reading.id}" if shown else ""
        return self._row(["口径", url, reading.question])

    def _row(self, row: list[str]) -> int:
        if row not in self.rows:
            self.rows.append(row)
        return self.rows.index(row)


def words(text: str) -> str:
    """Text of an instrument, in which a brace is a brace."""
    return text.replace("{", "{{").replace("}", "}}")


def exact(number: Decimal) -> Expression:
    """A number as an expression."""
    return ["n", plain(number)]


def interval(bounds: Bounds) -> list[Any]:
    """Lower end, whether it belongs, upper end, whether it belongs."""
    low, high = bounds.lower, bounds.upper
    return [
        low and plain(low.value),
        bool(low and low.inclusive),
        high and plain(high.value),
        bool(high and high.inclusive),
    ]


def holds(ends: list[Any], number: Decimal) -> bool:
    """Whether a number lies in an interval that is written so."""
    low, low_in, high, high_in = ends
    above = low is None or number > Decimal(low) or (low_in and number == Decimal(low))
    return above and (high is None or number < Decimal(high) or (high_in and number == Decimal(high)))


def nothing(text: str, cite: int | None = None) -> Node:
    """A node that finds nothing and says why."""
    return {"do": "none", "say": words(text), "cite": cite}


def others(
    law: Law, asked: list[OtherAnswer], made: Callable[[Law], Node], say: Callable[[OtherAnswer], str], cites: Cites
) -> list[Node]:
    """What other readings make of a node, where they make another one of it."""
    taken = as_json(made(law))
    found = []
    for other in asked:
        main = made(other.law)
        if as_json(main) != taken:
            row = {"reading": other.question, "option": other.option, "cite": cites.reading(other)}
            found.append({**row, "say": say(other), "main": main})
    return found


def as_script(data: Node) -> bytes:
    """A calculator's data as a script, which can be loaded from a folder as from a server."""
    return _CALL.format(as_json(_seen(folded(data)))).encode()


def _seen(data: Any) -> Any:
    """The same with every character visible: what it says is shown on the page as it stands."""
    if isinstance(data, dict):
        return {visible_lines(key): _seen(value) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return [_seen(each) for each in data]
    return visible_lines(data) if isinstance(data, str) else data


def as_json(data: object) -> str:
    """Data in the fewest characters."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def folded(data: Node) -> Node:
    """The data with each larger part that occurs again in ``parts``, and ``{"#": n}`` where it stood."""
    times: Counter[str] = Counter()
    _count(data, times)
    places: dict[str, int] = {}
    parts: list[Any] = []

    def put(value: Any) -> Any:
        if not isinstance(value, dict | list):
            return value
        text = as_json(value)
        if times[text] < 2 or len(text) < _WORTH:
            return _inside(value, put)
        if text not in places:
            inner = _inside(value, put)
            places[text] = len(parts)
            parts.append(inner)
        return {"#": places[text]}

    return {"parts": parts, **_inside(data, put)}


def _count(value: Any, times: Counter[str]) -> None:
    if isinstance(value, dict | list):
        text = as_json(value)
        times[text] += 1
        if times[text] == 1:
            for inner in value.values() if isinstance(value, dict) else value:
                _count(inner, times)


def _inside(value: Any, put: Callable[[Any], Any]) -> Any:
    return {key: put(v) for key, v in value.items()} if isinstance(value, dict) else [put(v) for v in value]
