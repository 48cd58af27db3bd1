"""Reading a receipt back: whole and as it was written, or where it is not."""

import datetime
import json
import re
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any, NoReturn

from banshi.base.limits import MAX_DEPTH, MAX_TABLE_BYTES
from banshi.base.text import Text, did_you_mean
from banshi.commands.receipts import KIND, VERSION, Receipt
from banshi.files.documents import Document, Place
from banshi.files.findings import Route
from banshi.files.json_places import marks_in
from banshi.files.reading import decode, unreadable
from banshi.files.regular_files import read_bytes

Wrong = tuple[Route, Text]  # where, and what was expected there
_BEGIN = Place(1, 1, 1)
_WORD = re.compile(r'"(?:[^"\\]|\\.)*+"|-?[A-Za-z]+')
_DIGEST = re.compile(r"[0-9a-f]{64}")
_ASKED = ("on", "as_of", "known_on")  # days that the command was given, "" where it was not


class _NoReceipt(Exception):
    """What a file holds is no receipt: where, and why."""

    def __init__(self, place: Place, why: Text) -> None:
        super().__init__(why.zh)
        self.place, self.why = place, why


def read_receipt(path: Path) -> Receipt | Text:
    """The receipt in a file, or why it is none, with the place where it is not."""
    try:
        return _receipt(read_bytes(path, MAX_TABLE_BYTES))
    except FileNotFoundError:
        return Text(f"没有文件 {path}", f"there is no file {path}")
    except OSError as error:
        why = unreadable(error).message
        return Text(f"{path}：{why.zh}", f"{path}: {why.en}")
    except _NoReceipt as error:
        at = f"{path}:{error.place.line}:{error.place.column}"
        return Text(f"{at} 不是完好的收据：{error.why.zh}", f"{at} is no sound receipt: {error.why.en}")


def _receipt(raw: bytes) -> Receipt:
    text, problems = decode(raw)
    if text is None:
        raise _NoReceipt(problems[0].place, problems[0].message)
    told = _values(text)
    if wrong := next(_wrong(told), None):
        where, why = wrong
        document = Document("", told, partial(marks_in, text, 1), text)
        raise _NoReceipt(document.place(where, at_key=True) if where else _BEGIN, why)
    receipt: Receipt = told
    return receipt


def _values(text: str) -> Any:
    """What JSON says, each key once. Raises ``_NoReceipt``."""
    try:
        return json.loads(text, object_pairs_hook=_each_once, parse_constant=_no_json)
    except json.JSONDecodeError as error:
        raise _NoReceipt(
            Place(error.lineno, error.colno, error.colno + 1), _CUT if _ends(error) else _NO_JSON
        ) from None
    except RecursionError:
        why = Text(f"嵌套超过 {MAX_DEPTH} 层", f"more than {MAX_DEPTH} levels of nesting")
        raise _NoReceipt(_BEGIN, why) from None
    except _Unwritten as error:
        raise _NoReceipt(_found(text, error.word, error.times), error.why) from None
    except ValueError:  # Python reads no number of so many digits
        raise _NoReceipt(_BEGIN, Text("有一个数字太长", "a number is too long")) from None


class _Unwritten(ValueError):
    """What JSON may not hold, or not again: the word as it is written, and how often it stands there at least."""

    def __init__(self, word: str, times: int, why: Text) -> None:
        super().__init__(why.zh)
        self.word, self.times, self.why = word, times, why


def _found(text: str, word: str, times: int) -> Place:
    """Where a word stands outside of others, for the so-manieth time."""
    all_words = (each.span() for each in _WORD.finditer(text) if each.group() == word)
    start, end = next(islice(all_words, times - 1, None), (0, 1))
    before = text[:start].split("\n")
    return Place(len(before), len(before[-1]) + 1, len(before[-1]) + 1 + end - start)


def contradicted(told: Receipt, options: Any) -> Text | None:
    """Where the days that a receipt names are not those of its own command; None where they agree."""
    for key in _ASKED:
        of_command = str(getattr(options, key, None) or "")
        if told[key] != of_command:
            one, other = (side or "没有写" for side in (told[key], of_command))
            return Text(
                f"收据自己前后不一：{key} 是 {one}，而它的命令说的是 {other}；收据被人改过",
                f"the receipt contradicts itself: {key} is {told[key] or 'not given'}, "
                f"its command says {of_command or 'nothing'}; it was changed",
            )
    return None


_CUT = Text("到这里就断了，后面没有了", "it breaks off here")
_NO_JSON = Text("这里不是 JSON", "this is no JSON")


def _ends(error: json.JSONDecodeError) -> bool:
    """Whether a text stops where more should follow: there, or within the last word that was begun."""
    return not error.doc[error.pos :].strip() or error.msg.startswith("Unterminated string")


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [key for key, _ in pairs]
        twice = next(key for key in names if names.count(key) > 1)
        why = Text(f"{twice} 写了两次", f"{twice} stands there twice")
        raise _Unwritten(json.dumps(twice, ensure_ascii=False), 2, why)
    return found


def _no_json(word: str) -> NoReturn:
    raise _Unwritten(word, 1, Text(f"JSON 里没有 {word}", f"JSON has no {word}"))


def _wrong(told: Any) -> Iterator[Wrong]:
    """Everything in which a receipt is not as the engine writes it; what it is at all comes first."""
    if not isinstance(told, dict) or told.get("kind") != KIND:
        yield (
            ("kind",) if isinstance(told, dict) and "kind" in told else (),
            Text(f"kind 应是 {KIND}", f"kind should be {KIND}"),
        )
        return
    if type(told.get("version")) is not int or told["version"] != VERSION:
        yield (
            ("version",),
            Text(f"version 应是 {VERSION}；别的版本这个工具不认识", f"version should be {VERSION}; no other is known"),
        )
        return
    for key in told:
        if key not in _KEYS:
            meant = did_you_mean(key, _KEYS)
            yield (
                (key,),
                Text(f"不认识的键 {key}。{meant.zh}".rstrip("。"), f"unknown key {key}. {meant.en}".rstrip(" .")),
            )
    for key, sound in _KEYS.items():
        if key in told:
            yield from sound(key, told[key])
        elif key != "day":  # the first receipts had none
            yield (), Text(f"没有 {key}", f"{key} is missing")
    if isinstance(told.get("readings"), dict) and isinstance(told.get("law"), dict):
        for text in told["readings"]:
            if text not in told["law"]:
                yield ("readings", text), Text(f"law 里没有 {text}", f"{text} is not in law")


def _words(key: str, found: Any) -> Iterator[Wrong]:
    """The command line."""
    if not isinstance(found, list) or not found:
        yield (key,), Text(f"{key} 应是命令的各个词", f"{key} should be the words of a command")
        return
    for n, word in enumerate(found):
        if not isinstance(word, str) or not word:
            yield (key, n), Text(f"{key} 第 {n + 1} 项应是文字", f"item {n + 1} of {key} should be text")


def _text(key: str, found: Any) -> Iterator[Wrong]:
    if not isinstance(found, str) or not found:
        yield (key,), Text(f"{key} 应是文字", f"{key} should be text")


def _day(key: str, found: Any) -> Iterator[Wrong]:
    if not isinstance(found, str) or not _is_day(found):
        yield (key,), Text(f"{key} 应是 YYYY-MM-DD 写法的日期", f"{key} should be a date, YYYY-MM-DD")


def _day_or_none(key: str, found: Any) -> Iterator[Wrong]:
    if found != "":
        yield from _day(key, found)


def _is_day(found: str) -> bool:
    try:
        return str(datetime.date.fromisoformat(found)) == found
    except ValueError:
        return False


def _digests(key: str, found: Any) -> Iterator[Wrong]:
    """Files and the digests of their bytes."""
    if not isinstance(found, dict):
        yield (key,), Text(f"{key} 应是文件和各自的摘要", f"{key} should be files and their digests")
        return
    for name, digest in found.items():
        if not isinstance(digest, str) or not _DIGEST.fullmatch(digest):
            yield (
                (key, name),
                Text(
                    f"{key} 里 {name} 的摘要应是 64 位十六进制数",
                    f"the digest of {name} in {key} should be 64 hexadecimal digits",
                ),
            )


def _readings(key: str, found: Any) -> Iterator[Wrong]:
    """Texts, and by question the reading that each takes."""
    if not isinstance(found, dict):
        yield (key,), Text(f"{key} 应是各文本采用的口径", f"{key} should be the readings of each text")
        return
    for text, taken in found.items():
        if not isinstance(taken, dict):
            yield (
                (key, text),
                Text(f"{key} 里 {text} 应是问题和口径", f"{text} in {key} should be questions and readings"),
            )
            continue
        for question, answer in taken.items():
            if not isinstance(answer, str) or not answer:
                yield (key, text, question), Text(f"口径 {question} 应是文字", f"reading {question} should be text")


def _status(key: str, found: Any) -> Iterator[Wrong]:
    if type(found) is not int or found not in (0, 1):  # what could not be done is on no receipt
        yield (key,), Text(f"{key} 应是 0 或 1", f"{key} should be 0 or 1")


def _anything(_key: str, _found: Any) -> Iterator[Wrong]:
    yield from ()


_KEYS: Mapping[str, Callable[[str, Any], Iterator[Wrong]]] = {
    "kind": _text,
    "version": _anything,
    "command": _words,
    "engine": _text,
    **dict.fromkeys(_ASKED, _day_or_none),
    "day": _day,
    "law": _digests,
    "readings": _readings,
    "inputs": _digests,
    "status": _status,
    "result": _anything,
}
