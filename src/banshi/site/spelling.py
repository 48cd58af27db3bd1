"""What readers type instead of a word: its pinyin, its initials, a wrong character that sounds or looks like the right one.

The vocabulary is taken from the pages: runs of two to eight characters that headings hold, that the text repeats,
and the names that the instruments give, however seldom a page says them.
A word is filed under keys; the client asks for the key of what was typed and gets the words that it may stand for.

- ``=qinjia``: pinyin, without tones and without what many do not tell apart (zh/z, ng/n, n/l) or write alike (ü is u, lü is lv or lu)
- ``=qj``: initials
- ``*值?长``: three characters of which the second is another
"""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Set
from functools import cache, lru_cache

from pypinyin.constants import PHRASES_DICT, PINYIN_DICT

from banshi.site.sections import PageSection
from banshi.site.words import fold

_RUN = re.compile(r"[\u3400-\u9fff]+")
_FIGURE = re.compile("[零〇一二三四五六七八九十百千万]+")
_IN_HEADING, _FEWEST = 6, 3
_LONGEST_IN_HEADING, _LONGEST_IN_TEXT = 8, 4
_NO_WORD_OF_ITS_OWN = 0.8  # of the places where a run stands, the share in which one longer run holds it
_LONGEST_PHRASE = 4
_KEPT = 6  # words under one key
_ALIKE = ((re.compile("([zcs])h"), r"\1"), (re.compile("([aeio])ng"), r"\1n"), (re.compile("n(?=[aeiou])"), "l"))
_READINGS = 3  # of a character, those that are looked at


def syllables(word: str) -> list[str]:
    """How a word is read: as the longest phrases in it are, else by its characters: 行政 xing, 银行 hang."""
    found: list[str] = []
    while (at := len(found)) < len(word):
        lengths = range(min(_LONGEST_PHRASE, len(word) - at), 1, -1)
        phrase = next((PHRASES_DICT[part] for n in lengths if (part := word[at : at + n]) in PHRASES_DICT), None)
        found += [_toneless(each[0]) for each in phrase] if phrase else [of_character(word[at])]
    return found


@cache
def of_character(char: str) -> str:
    """How a character is read most often."""
    return _toneless(PINYIN_DICT.get(ord(char), char).split(",")[0])


@cache
def _toneless(syllable: str) -> str:
    letters = unicodedata.normalize("NFD", syllable)
    return "".join(char for char in letters if not unicodedata.combining(char))


def spelt(syllables: Iterable[str]) -> str:
    """Pinyin as a key, without the differences that many do not hear: 请假 and 亲家 have one.

    Of the whole, for nobody types where a syllable ends: biangeng is 变更, though it has an ``ang`` in it.
    """
    found = "".join(syllables)
    for pattern, same in _ALIKE:
        found = pattern.sub(same, found)
    return found


class SpeltWords:
    """Gathers the words worth spelling, section by section."""

    def __init__(self) -> None:
        self._headings, self._texts = Counter[str](), Counter[str]()

    def add(self, section: PageSection) -> None:
        """What stands in a section."""
        self._headings[section.heading] += 1
        self._texts[section.text] += 1

    def counted(self, terms: Iterable[str]) -> Counter[str]:
        """The words, with how much each counts; ``terms`` are words whatever the pages say."""
        texts, headings = _counted(self._texts, _LONGEST_IN_TEXT), _counted(self._headings, _LONGEST_IN_HEADING)
        found = Counter({gram: n for gram, n in texts.items() if n >= _FEWEST or gram in headings})
        for gram, n in headings.items():
            found[gram] += _IN_HEADING * n
        for gram in _parts_of_words(found):
            del found[gram]
        # Before all else that the pages say: of a large site as of a small one, qj is 请假 before 期间. What no page says comes last.
        most = max(found.values(), default=0)
        given = {word for term in terms for word in _RUN.findall(fold(term)) if len(word) > 1}
        found.update({word: most if word in texts or word in headings else 1 for word in given})
        return found


def _counted(texts: Counter[str], longest: int) -> Counter[str]:
    """In how many of the sections each run stands; many sections say the same."""
    found = Counter[str]()
    for text, times in texts.items():
        runs = _grams(text, longest)
        found.update(runs if times == 1 else dict.fromkeys(runs, times))
    return found


def _grams(text: str, longest: int) -> set[str]:
    return set().union(*(_of_run(run, longest) for run in _RUN.findall(fold(text))))


@lru_cache(maxsize=4096)  # the same runs stand on many pages
def _of_run(run: str, longest: int) -> frozenset[str]:
    return frozenset(run[n : n + length] for length in range(2, longest + 1) for n in range(len(run) - length + 1))


def _parts_of_words(found: Counter[str]) -> set[str]:
    """Runs that hardly ever stand but within one longer run: 联审 in 并联审批."""
    inside: set[str] = set()
    for gram, n in found.items():
        for part in (gram[1:], gram[:-1]):
            if len(part) > 1 and found[part] and n >= _NO_WORD_OF_ITS_OWN * found[part] and len(part) > 2:
                inside.add(part)
    return inside


def keys(words: Counter[str], given: Set[str] = frozenset()) -> dict[str, str]:
    """Key → the words filed under it, those that count for most first, with a space between.

    ``given``: words of a list, which are filed under their other readings too.
    """
    filed: defaultdict[str, list[str]] = defaultdict(list)
    for word in sorted((word for word in words if not _FIGURE.fullmatch(word)), key=lambda word: (-words[word], word)):
        for key in _of(word, doubtful=word in given):
            if len(filed[key]) < _KEPT:
                filed[key].append(word)
    return {key: " ".join(held) for key, held in filed.items()}


def _of(word: str, *, doubtful: bool) -> set[str]:
    found = {
        key
        for sounds in _readings(word, doubtful=doubtful)
        for key in (f"={spelt(sounds)}", f"={''.join(each[0] for each in sounds)}")
    }
    if len(word) == 3:
        found.add(f"*{word[0]}?{word[2]}")
    return found


def _readings(word: str, *, doubtful: bool) -> Iterator[list[str]]:
    """How a word is read, and with one character read otherwise where no phrase says how: 调休 is tiaoxiu or diaoxiu."""
    sounds = syllables(word)
    yield sounds
    if not doubtful or any(word[n : n + 2] in PHRASES_DICT for n in range(len(word) - 1)):
        return
    for place, char in enumerate(word):
        for other in _others(char):
            yield [*sounds[:place], other, *sounds[place + 1 :]]


@cache
def _others(char: str) -> list[str]:
    """The other ways in which a character is read often."""
    every = map(_toneless, PINYIN_DICT.get(ord(char), char).split(",")[:_READINGS])
    return [each for each in dict.fromkeys(every) if each != of_character(char)]


def characters() -> dict[str, str]:
    """``'请`` → qin: how each character of GB 2312 sounds, as a key."""
    every = (bytes((row, cell)) for row in range(0xB0, 0xF8) for cell in range(0xA1, 0xFF))
    chars = "".join(each.decode("gb2312", "ignore") for each in every)
    return {f"'{char}": of_character(char) for char in chars}
