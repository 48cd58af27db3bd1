"""``banshi replay``: do again what a receipt tells of; the same result, or what differs and why."""

import argparse
import contextlib
import datetime
import importlib
import json
from collections.abc import Callable, Iterable, Iterator
from difflib import SequenceMatcher
from functools import partial
from itertools import zip_longest
from pathlib import Path
from typing import Any

from banshi.base.command_names import WITH_RECEIPT
from banshi.base.folders import POLICIES, layered
from banshi.base.text import Text, listed, visible
from banshi.base.today import taken_for_today
from banshi.centre.centre import Centre
from banshi.commands.output import add_output, ready, write
from banshi.commands.receipt_read import contradicted, read_receipt
from banshi.commands.receipts import Receipt, receipt
from banshi.commands.replay_said import in_words
from banshi.commands.standing import centre_of
from banshi.files.regular_files import STDIN
from banshi.law.instruments import PolicyVersion
from banshi.law.unusable import PolicyUnreadable
from banshi.law.version_files import VersionFiles
from banshi.output.progress import Progress, size_of
from banshi.output.terminal import refuse

_READ = Text("已读", "read")
_REFUSED = ("trust_project", "template", "assessment", "annotate")  # what would run or write something
_BY_HAND = "，而这个文本一字未改：收据被人改过"
_WHY = {"law": "规定", "inputs": "输入"}


def add(parser: argparse.ArgumentParser) -> None:
    """Options."""
    parser.add_argument("path", type=Path, metavar="RECEIPT", help="收据（判定或检查时用 --receipt 写的）")
    add_output(parser, ("text", "json"))


def run(options: argparse.Namespace) -> int:
    """0 where the result is the same, 1 where it is another one (with why), 2 where it cannot be done again."""
    if status := ready(options):
        return status
    told = read_receipt(options.path)
    if isinstance(told, Text):
        return refuse(told, options.lang)
    found = _again(told, options)
    if isinstance(found, Text):
        return refuse(found, options.lang)
    again, centre, complaints = found
    law, policies = centre.law, layered(centre.folder, POLICIES)
    same = _bytes(told["result"]) == _bytes(again["result"]) and told["status"] == again["status"]
    causes, places = list(_causes(told, again, policies)), list(_differing(told["result"], again["result"]))
    if options.format == "json":
        whole = {"version": 1, "same": same, "causes": causes, "differences": places}
        whole |= {"status": {"receipt": told["status"], "now": again["status"]}, "complaints": complaints}
        whole |= {"law": law.as_json(), "result": again["result"]}
        return max(write(options, json.dumps(whole, ensure_ascii=False, indent=2)), int(not same))
    said = in_words(same, causes, places, _names(again["law"], policies), () if same else complaints)
    return max(write(options, "\n".join(map(visible, [*said, "", law.said.zh]))), int(not same))


def _names(law: Iterable[str], policies: list[Path]) -> dict[str, str]:
    """What the texts that the result rests on call their ids."""
    found: dict[str, str] = {}
    for text in _versions(law, policies):
        found |= {**text.names, **{key: label.name for key, label in (*text.steps.items(), *text.tiers.items())}}
    return found


def _versions(law: Iterable[str], policies: list[Path]) -> Iterator[PolicyVersion]:
    """The texts of law (by their paths among the policies) as they stand in their files now; not those that are gone or broken."""
    library, wanted = VersionFiles(policies), set(law)
    for instrument in dict.fromkeys(text.rpartition("/")[0] for text in wanted):
        for path in library.files(instrument):
            if f"{instrument}/{path.name}" in wanted:
                with contextlib.suppress(PolicyUnreadable):
                    yield library.load(path)


def _bytes(result: Any) -> str:
    return json.dumps(result, ensure_ascii=False, indent=2)


def _again(told: Receipt, asked: argparse.Namespace) -> tuple[Receipt, Centre, list[str]] | Text:
    """The receipt of doing it again, the centre whose law is used now, and what was complained of; or why it cannot be done."""
    words: list[str] = told["command"]
    options = _options(told, asked)
    if isinstance(options, Text):
        return options
    run: Callable[[argparse.Namespace], int] = importlib.import_module(f"banshi.commands.{words[0]}").run
    itself = hasattr(options, "quiet")  # it shows itself how far it has come
    options.quiet = asked.quiet
    size = partial(size_of, [Path(name) for name in told["inputs"]])
    with Progress(_READ, size, lang=asked.lang, quiet=asked.quiet or itself), taken_for_today(_day(told)):
        complaints: list[str] = []
        return receipt(options, run, words, complaints), centre_of(options), complaints


def _options(told: Receipt, asked: argparse.Namespace) -> argparse.Namespace | Text:
    """What the command of a receipt asks for; or why it cannot be done again."""
    words: list[str] = told["command"]
    if words[0] not in WITH_RECEIPT:
        return Text(f"收据上的命令 {words[0]} 不能重做", f"the command {words[0]} of the receipt cannot be done again")
    if STDIN in told["inputs"]:
        return Text("收据的输入来自标准输入，没有文件可以重做", "the receipt rests on standard input, which is gone")
    if lost := [name for name in told["inputs"] if not Path(name).exists()]:
        return Text(f"收据的输入 {lost[0]} 不在了", f"the input {lost[0]} of the receipt is gone")
    try:
        options: argparse.Namespace = asked.understand(words)
    except SystemExit:  # the parser has said what is wrong
        return Text("收据上的命令现在不能用了", "the command of the receipt is not understood today")
    if refused := [name for name in _REFUSED if getattr(options, name, None)]:
        return Text(
            f"收据上的选项 {refused[0]} 不能重做", f"the option {refused[0]} of the receipt cannot be done again"
        )
    return contradicted(told, options) or options


def _day(told: Receipt) -> datetime.date | None:
    """The day on which the receipt was written; None where it does not say."""
    return datetime.date.fromisoformat(told["day"]) if "day" in told else None


def _causes(told: Receipt, again: Receipt, policies: list[Path]) -> Iterator[str]:
    """What has changed of all that the result rests on; of a text also the corrections that it has now."""
    if "day" not in told:
        yield "收据没有写是哪一天做的，这次按今天重做"
    if told["engine"] != again["engine"]:
        yield f"工具的版本由 {told['engine']} 变为 {again['engine']}"
    taken = told["readings"], again["readings"]
    for text in sorted(told["law"].keys() & again["law"].keys()):  # of others it is said below
        old, new = (side.get(text, {}) for side in taken)
        for question in sorted({*old, *new}):
            if old.get(question) != new.get(question):
                same_text = told["law"][text] == again["law"][text]
                yield (
                    f"{text} 的口径 {question} 由 {old.get(question, '没有')} 改为 {new.get(question, '没有')}"
                    f"{_BY_HAND if same_text else ''}"
                )
    for part, name in _WHY.items():
        for path in sorted({*told[part], *again[part]}):
            if path not in again[part]:
                yield f"{name} {path} 这次没有用到"
            elif path not in told[part]:
                yield f"{name} {path} 是新的"
            elif told[part][path] != again[part][path]:
                mended = [each.id for text in _versions((path,), policies) for each in text.corrections]
                yield f"{name} {path} 的内容改过{f'（现在记有更正：{listed(mended)}）' if mended else ''}"


def _differing(old: Any, new: Any, where: str = "") -> Iterator[list[str]]:
    """The places where two results differ: where, before, after."""
    if isinstance(old, dict) and isinstance(new, dict):
        for key in dict.fromkeys((*old, *new)):
            yield from _differing(old.get(key), new.get(key), f"{where}.{key}".strip("."))
    elif isinstance(old, list) and isinstance(new, list):
        for number, one, other in _beside(old, new):
            yield from _differing(one, other, f"{where}[{number}]")
    elif old != new or isinstance(old, bool) != isinstance(new, bool):
        yield [where, _short(old), _short(new)]


def _beside(old: list[Any], new: list[Any]) -> Iterator[tuple[int, Any, Any]]:
    """What stands beside each other in two lists and is not the same: its number, before, after (None: nothing)."""
    if len(old) == len(new):
        yield from ((number, *pair) for number, pair in enumerate(zip(old, new, strict=True)))
        return
    one, other = ([json.dumps(each, sort_keys=True) for each in side] for side in (old, new))
    for tag, i, j, k, m in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if tag != "equal":
            pairs = zip_longest(old[i:j], new[k:m])
            yield from ((k + number, *pair) for number, pair in enumerate(pairs))


def _short(value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 200 else text[:200] + "…"
