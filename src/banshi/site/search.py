"""The search index: small files that the reader's browser fetches as it needs them, and no server.

``search/plan.js``, with ``plan1.js`` … where it is long, says how the index is cut; ``search/w<n>.js`` hold words with the
sections they stand in, the spellings of words and the intervals of norms; ``search/s<n>.js`` hold what is shown of the
sections; ``search/days.js``, fetched where a day is asked for, says when the texts are in force; ``search/guides.js``,
fetched where nothing is found, holds what is shown then.
"""

import heapq
import math
import re
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from operator import add
from pathlib import Path

from msgspec import Struct

from banshi.base.folders import files_below
from banshi.law.instruments import PolicyVersion
from banshi.site import spelling
from banshi.site.bounds import intervals
from banshi.site.search_files import FOLDER, as_json, fences, packed, posting, write, write_cut, write_text
from banshi.site.search_terms import Terms, read_terms
from banshi.site.sections import PageSection, sections
from banshi.site.through_time import ThroughTime
from banshi.site.words import fold, traditional, unbroken, words

__all__ = ["FOLDER", "index"]
_SECTIONS_A_FILE = 6
_TEXT_KEPT = 400
_SUGGESTED = 6
_BEST_OF_A_CHARACTER = 60
_INTERVALS_AN_ENTRY = 200
# A word in a section's own heading counts for more than one in the page's title, and that for more than the text.
_IN_LABEL, _IN_HEADING, _IN_TITLE, _IN_TEXT, _IN_SMALL = 16.0, 8.0, 2.0, 1.5, 0.5
_IN_ID = 24.0  # who types price-ratio asks for the rule of that name, whatever rules are worth to others
_LONG_HEADING = 20  # words
_NUMERAL = re.compile("[一二三四五六七八九十]{1,3}")
# What a reader is after: the provision itself, the guide, the rule's own page; least of all a rule's examples or the keys of a file.
# Each kind with what it is worth, and what of that where no page holds most of what was asked.
_KINDS = {
    "instruments": ("文件条款", 1.4, 1.0),
    "guides": ("办事指南", 1.5, 1.0),
    "calendar": ("放假安排", 1.0, 1.0),
    "rules": ("校验规则", 0.4, 0.4),
    "formats": ("表格与数据", 0.7, 0.4),
    "": ("其他", 1.0, 0.4),
}
_PART = 0.5
_READING = 0.4  # asks much the same as a reader does, but the provision itself is the answer
_BESIDE = 0.5  # lists of bodies, tables, errata, forms to take along: not the provision
_OF_ONE_CASE = 0.7  # a notice holds what provisions say of all, and is asked for by the name of its project
_WHOLE = 1.25  # the top of a guide, which opens with the answer
_PAST, _NOT_LAW, _REPLACED = 0.8, 0.7, 0.85
_FOR_WRITERS = ("formats/norms/", "rules/policy/", "rules/guide/")  # for who writes rules, not for who asks
_HOW_TO = ("#hand-in", "#run")
# Said again of a day or of two texts: the provision itself is what is sought.
_AGAIN = re.compile(r"revisions/\d|instruments/[^#]*/changes/")
_FICTIONAL = "guides/items/examples/"  # samples are to be looked at, not to be found as if they were rules


def index(
    place: Path,
    terms: Path,
    versions: Sequence[PolicyVersion] = (),
    time: ThroughTime | None = None,
    out: Path | None = None,
) -> int:
    """Index the built site in ``place``; gives the size of the index in bytes.

    ``terms``: search_terms.yaml; ``versions``: those shown, oldest first within an instrument; ``time``: when each is in
    force; ``out``: where the index is put, if not into the site itself.
    """
    into = out or place
    files = sorted(path for path in files_below(place) if path.name == "index.html")
    found = (
        each for file in files if not _left_out(file.relative_to(place).as_posix()) for each in sections(place, file)
    )
    kept = sorted(found, key=_order)
    known = read_terms(terms, versions)
    standing = _standing(versions, time)
    entries, characters = _entries(kept, known, versions, standing)
    words_in = list(packed(entries))
    size = sum(write_text(into, f"w{n}", held.text) for n, held in enumerate(words_in))
    for n in range(0, len(kept), _SECTIONS_A_FILE):
        shown = [_shown(s, standing) for s in kept[n : n + _SECTIONS_A_FILE]]
        size += write(into, f"s{n // _SECTIONS_A_FILE}", shown)
    size += write_cut(into, "days", {"texts": _days(kept, versions, time)})
    size += write(into, "guides", [_shown(s, standing) for s in kept if _is_guide(s)][:_SUGGESTED])
    return size + write_cut(into, "plan", _plan(kept, known, fences(words_in), standing, characters))


class TextStanding(Struct, frozen=True):
    """Of a text that is not in force on the site's day: what is said of it, and whether the instrument has one nearer to it."""

    said: str
    other: bool


def _standing(versions: Sequence[PolicyVersion], time: ThroughTime | None) -> dict[str, TextStanding]:
    """The texts not in force on the site's day, by the address of their page."""
    found = {}
    for version in versions:
        edition = time.edition(version) if time else None
        if time is None or edition is None or edition.holds(time.on):
            continue
        said = f"自{edition.since}起施行" if edition.since > time.on else f"施行至{edition.until}"
        shown = time.library.shown(version.instrument)
        other = shown is not None and shown.version != version.version
        found[f"instruments/{version.instrument}/{version.version}/"] = TextStanding(said, other)
    return found


def _days(kept: list[PageSection], versions: Sequence[PolicyVersion], time: ThroughTime | None) -> list[list[object]]:
    """Of each text that is in force on some day: its first section, how many it has, from when and until when (or "")."""
    of_page = {f"instruments/{version.instrument}/{version.version}/": version for version in versions}
    found: dict[str, list[object]] = {}
    for number, section in enumerate(kept):
        version = of_page.get(section.document)
        edition = time.edition(version) if time and version else None
        if edition:
            first = found.get(section.document, [number])[0]
            assert isinstance(first, int)
            until = edition.until.isoformat() if edition.until else ""
            found[section.document] = [first, number - first + 1, edition.since.isoformat(), until]
    return list(found.values())


def _left_out(page: str) -> bool:
    return page.startswith(_FICTIONAL) or _AGAIN.match(page) is not None


def _shown(section: PageSection, standing: Mapping[str, TextStanding]) -> list[str]:
    """Page, heading, address, text; and of a text that is not in force, from when or until when it is."""
    shown = [section.page, section.heading, section.address, section.text[:_TEXT_KEPT]]
    return [*shown, standing[section.document].said] if section.document in standing else shown


def _is_guide(section: PageSection) -> bool:
    parts = section.address.split("/")
    return parts[0] == "guides" and len(parts) == 3 and section.address.endswith("#page")


def _order(section: PageSection) -> tuple[int, str]:
    return list(_KINDS).index(_kind(section)), section.document


def _kind(section: PageSection) -> str:
    first = section.address.split("/", maxsplit=1)[0]
    return first if first in _KINDS else ""


def _plan(
    kept: list[PageSection],
    known: Terms,
    starts: list[str],
    standing: Mapping[str, TextStanding],
    characters: set[str],
) -> dict[str, object]:
    simpler = {old: new for old, new in traditional().items() if new in characters}
    of_kind = Counter(map(_kind, kept))
    return {
        "count": len(kept),
        # Sections of texts that another of the same instrument stands before: found when asked for.
        "others": [n for n, s in enumerate(kept) if s.document in standing and standing[s.document].other],
        "times": known.times,
        "fences": starts,
        "shown": _SECTIONS_A_FILE,
        "kinds": [[label, of_kind[kind], unsure] for kind, (label, _, unsure) in _KINDS.items()],
        "from": "".join(simpler),
        "to": "".join(simpler.values()),
        "groups": known.groups,
        "intents": [says for says, _ in known.intents],
        "questions": known.questions,
        "spoken": known.spoken,
    }


# Words with the sections they stand in -------------------------------------------------------------------------------


def _entries(
    kept: list[PageSection], known: Terms, versions: Sequence[PolicyVersion], standing: Mapping[str, TextStanding]
) -> tuple[dict[str, str], set[str]]:
    """What is held under each word, as JSON; and every character that the sections have."""
    spelt, characters = spelling.SpeltWords(), set[str]()
    held, meant = _Held(), _Meant(known)
    for section, worth in zip(kept, _worths(kept, versions, standing), strict=True):
        held.add(section, meant.weights(section), worth)
        spelt.add(section)
        characters.update(fold(section.text), fold(section.heading))
    every = {term for group in (*known.groups, *(means for _, means in known.intents)) for term in group}
    others = (
        spelling.keys(spelt.counted(every | known.names), every) | spelling.characters() | _intervals(kept, versions)
    )
    entries = {key: as_json(words) for key, words in others.items()}
    entries.update(held.entries())
    return entries, characters


_of_heading = lru_cache(maxsize=1024)(words)  # every section of a page has the page's title


class _Held:
    """In which sections each word stands, and how much it weighs there.

    Most stand once in a section's text and weigh the same there as all others that do: of these the section alone is kept.
    """

    def __init__(self) -> None:
        self._once = array("d")  # of each section, what a word weighs that stands once in its text
        self._plain: defaultdict[str, array[int]] = defaultdict(lambda: array("I"))
        self._marked: defaultdict[str, tuple[array[int], array[float]]] = defaultdict(lambda: (array("I"), array("d")))

    def add(self, section: PageSection, more: Mapping[str, float], worth: float) -> None:
        """The next section; ``more``: words that are meant there; ``worth``: what the section is worth to a reader."""
        number, text = len(self._once), words(section.text)
        length = 1 + text.total() / 400
        marked = {**_marked(section, text, length), **more}
        self._once.append(_IN_TEXT / length * worth)
        for word, weight in marked.items():
            numbers, weights = self._marked[word]
            numbers.append(number)
            weights.append(weight * worth)
        plain = self._plain
        for word in text.keys() - marked.keys():
            plain[word].append(number)

    def entries(self) -> Iterator[tuple[str, str]]:
        """Each word with its sections, as JSON; what was held of it is let go."""
        every = len(self._once)
        for word in [*self._plain.keys(), *(self._marked.keys() - self._plain.keys())]:
            plain = self._plain.pop(word, ())
            numbers, weights = self._marked.pop(word, ((), ()))
            pairs = [*zip(plain, map(self._once.__getitem__, plain), strict=True), *zip(numbers, weights, strict=True)]
            if len(word) == 1:
                pairs = heapq.nsmallest(_BEST_OF_A_CHARACTER, pairs, key=lambda each: (-each[1], each[0]))
            pairs.sort()
            rarity = _rarity(every, len(pairs))
            yield word, posting([n for n, _ in pairs], [round(weight * rarity) or 1 for _, weight in pairs])


def _rarity(every: int, holding: int) -> float:
    return math.log(1 + every / holding)


def _marked(section: PageSection, text: Counter[str], length: float) -> dict[str, float]:
    """The words of a section but for those that stand only in its text, and only once."""
    small, heading, title = words(section.small), _of_heading(section.heading), _of_heading(section.page)
    # 六 of a text that counts its parts so is what a reader calls 第六条.
    label = _of_heading(f"第{section.label}条" if _NUMERAL.fullmatch(section.label) else section.label)
    weights = {word: _IN_TEXT * (1 + math.log(count)) / length for word, count in text.items() if count > 1}
    for part, weight in (
        (small, _IN_SMALL),
        (title, _IN_TITLE),
        # A word of a long heading (a question) says less about its section than the only word of a short one.
        (heading, _IN_HEADING / (1 + len(heading) / (2 * _LONG_HEADING))),
        ([word for word in label if word[0] == "@"], _IN_LABEL),
        (_of_heading(_id(section)), _IN_ID),
    ):
        for word in part:
            held = weights.get(word)
            weights[word] = (_IN_TEXT / length if word in text else 0.0) + weight if held is None else held + weight
    return weights


def _id(section: PageSection) -> str:
    """The id of the rule whose page begins with the section, as it is typed; of other sections nothing."""
    rule = re.fullmatch(r"rules/(\w+/[\w-]+)/#page", section.address)
    return rule[1] if rule else ""


class _Meant:
    """Finds the groups and intents of which a word stands in a section."""

    def __init__(self, known: Terms) -> None:
        words: defaultdict[str, list[str]] = defaultdict(list)
        for sort, sets in (("~", known.groups), ("?", [means for _, means in known.intents])):
            for n, terms in enumerate(sets):
                for term in terms:
                    words[term].append(f"{sort}{n}")
        self._beginning: defaultdict[str, list[tuple[str, list[str]]]] = defaultdict(list)  # with these two characters
        for term, meant in words.items():
            self._beginning[term[:2]].append((term, meant))
        self._in_heading = lru_cache(maxsize=1024)(self._in)

    def weights(self, section: PageSection) -> dict[str, float]:
        """The word of each group or intent → its weight."""
        found: defaultdict[str, float] = defaultdict(float)
        for held, weight in (
            (self._in(section.text), _IN_TEXT),
            (self._in_heading(section.heading), _IN_HEADING / 2),
            (self._in_heading(section.page), _IN_TITLE),
        ):
            for word in held:
                found[word] += weight
        return found

    def _in(self, text: str) -> set[str]:
        whole = unbroken(fold(text))
        here = self._beginning.keys() & {*map(add, whole, whole[1:]), *whole}
        return {word for start in here for term, words in self._beginning[start] if term in whole for word in words}


def _worths(
    kept: list[PageSection], versions: Sequence[PolicyVersion], standing: Mapping[str, TextStanding]
) -> list[float]:
    """What each section is worth to a reader: provisions and guides before the rest, law in force before what is not."""
    of_page = {
        page: (_NOT_LAW if not version.normative else 1.0) * (_PAST if page in standing else 1.0)
        for version in versions
        for page in (f"instruments/{version.instrument}/{version.version}/",)
    }
    return [_worth(section) * of_page.get(section.document, 1.0) for section in kept]


def _worth(section: PageSection) -> float:  # noqa: PLR0911 - a kind of section after the other
    kind = _kind(section)
    worth = _KINDS[kind][1] * (_REPLACED if section.replaced else 1.0)
    anchor = section.address.partition("#")[2]
    if section.address.endswith(_HOW_TO):
        return 1.0
    if section.document.startswith(_FOR_WRITERS):
        worth *= _PART
    if section.document.startswith("notices/"):
        worth *= _OF_ONE_CASE
    if kind in ("rules", "formats") and section.heading != section.page:
        return _PART * worth
    if kind == "guides" and anchor == "page":
        return _WHOLE * worth
    if kind == "guides" and anchor.startswith(("download-", "elements")):
        return _BESIDE * worth
    if kind == "instruments" and anchor.startswith("reading-"):
        return _READING * worth
    if kind == "instruments" and not anchor.startswith(("p-", "page", "form-")):
        return _BESIDE * worth
    return worth


def _intervals(kept: list[PageSection], versions: Sequence[PolicyVersion]) -> dict[str, object]:
    """``<元`` → section, lower end, upper end, which ends belong to it; section … What does not fit there follows under ``<元+``."""
    numbers = {section.address: number for number, section in enumerate(kept)}
    found: defaultdict[str, list[list[object]]] = defaultdict(list)
    for each in intervals(list(versions)):
        if each.address in numbers:
            found[f"<{each.unit}"].append([numbers[each.address], each.lower, each.upper, each.closed])
    return {
        unit + "+" * (start // _INTERVALS_AN_ENTRY): [
            end for interval in held[start : start + _INTERVALS_AN_ENTRY] for end in interval
        ]
        for unit, held in found.items()
        for start in range(0, len(held), _INTERVALS_AN_ENTRY)
    }
