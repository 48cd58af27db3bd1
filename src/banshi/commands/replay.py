"""``banshi replay``: do again what a receipt tells of; the same result, or what differs and why."""

import argparse
import importlib
import json
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from banshi.base.command_names import WITH_RECEIPT
from banshi.base.limits import MAX_TABLE_BYTES
from banshi.base.text import Text, visible
from banshi.commands.output import add_output, ready, write
from banshi.commands.receipts import KIND, Receipt, receipt
from banshi.commands.standing import centre_of
from banshi.files.law_used import LawUsed
from banshi.files.regular_files import STDIN, read_text
from banshi.output.progress import Progress, size_of
from banshi.output.terminal import refuse

_READ = Text("已读", "read")
_SHOWN = 50  # places where the results differ that are listed
_REFUSED = ("trust_project", "template", "assessment", "annotate")  # what would run or write something
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
    again, law = found
    same = _bytes(told["result"]) == _bytes(again["result"]) and told["status"] == again["status"]
    causes, places = list(_causes(told, again)), list(_differing(told["result"], again["result"]))
    if options.format == "json":
        whole = {"version": 1, "same": same, "causes": causes, "differences": places}
        whole |= {"law": law.as_json(), "result": again["result"]}
        return max(write(options, json.dumps(whole, ensure_ascii=False, indent=2)), int(not same))
    return max(write(options, "\n".join(map(visible, [*_said(same, causes, places), "", law.said.zh]))), int(not same))


def _said(same: bool, causes: list[str], places: list[list[str]]) -> Iterator[str]:
    yield "结果和收据一样。" if same else "结果和收据不一样。"
    if causes:
        yield "此后有变动：" if same else "为什么："
        yield from (f"  · {cause}" for cause in causes)
    elif not same:
        yield "规定、输入、口径和工具的版本都没有变，结果却不同：请报告这个错误。"
    for where, old, new in places[:_SHOWN]:
        yield f"  {where}：{old} → {new}"
    if len(places) > _SHOWN:
        yield f"  还有 {len(places) - _SHOWN} 处；--format json 列出全部"


def _bytes(result: Any) -> str:
    return json.dumps(result, ensure_ascii=False, indent=2)


def read_receipt(path: Path) -> Receipt | Text:
    """The receipt in a file, or why it is none."""
    try:
        told = json.loads(read_text(path, MAX_TABLE_BYTES))
    except FileNotFoundError:
        return Text(f"没有文件 {path}", f"there is no file {path}")
    except (OSError, ValueError, RecursionError):
        return Text(f"{path} 读不出，或者不是收据", f"{path} cannot be read, or is no receipt")
    kinds = {"command": list, "law": dict, "inputs": dict, "readings": dict, "engine": str, "status": int}
    sound = isinstance(told, dict) and told.get("kind") == KIND and told.get("version") == 1 and "result" in told
    if not sound or not all(isinstance(told.get(key), kind) for key, kind in kinds.items()):
        return Text(f"{path} 不是收据", f"{path} is no receipt")
    if not all(isinstance(word, str) for word in told["command"]) or not told["command"]:
        return Text(f"{path} 不是收据", f"{path} is no receipt")
    receipt_of: Receipt = told
    return receipt_of


def _again(told: Receipt, asked: argparse.Namespace) -> tuple[Receipt, LawUsed] | Text:
    """The receipt of doing it again with the law that is used now, or why it cannot be done."""
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
    run: Callable[[argparse.Namespace], int] = importlib.import_module(f"banshi.commands.{words[0]}").run
    itself = hasattr(options, "quiet")  # it shows itself how far it has come
    options.quiet = asked.quiet
    size = partial(size_of, [Path(name) for name in told["inputs"]])
    with Progress(_READ, size, lang=asked.lang, quiet=asked.quiet or itself):
        return receipt(options, run, words), centre_of(options).law


def _causes(told: Receipt, again: Receipt) -> Iterator[str]:
    """What has changed of all that the result rests on."""
    if told["engine"] != again["engine"]:
        yield f"工具的版本由 {told['engine']} 变为 {again['engine']}"
    taken = told["readings"], again["readings"]
    for text in sorted({*taken[0], *taken[1]}):
        old, new = (side.get(text, {}) for side in taken)
        for question in sorted({*old, *new}):
            if old.get(question) != new.get(question):
                yield f"{text} 的口径 {question} 由 {old.get(question, '没有')} 改为 {new.get(question, '没有')}"
    for part, name in _WHY.items():
        for path in sorted({*told[part], *again[part]}):
            if path not in again[part]:
                yield f"{name} {path} 这次没有用到"
            elif path not in told[part]:
                yield f"{name} {path} 是新的"
            elif told[part][path] != again[part][path]:
                yield f"{name} {path} 的内容改过"


def _differing(old: Any, new: Any, where: str = "") -> Iterator[list[str]]:
    """The places where two results differ: where, before, after."""
    if isinstance(old, dict) and isinstance(new, dict):
        for key in dict.fromkeys((*old, *new)):
            yield from _differing(old.get(key), new.get(key), f"{where}.{key}".strip("."))
    elif isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        for number, (one, other) in enumerate(zip(old, new, strict=True)):
            yield from _differing(one, other, f"{where}[{number}]")
    elif old != new or isinstance(old, bool) != isinstance(new, bool):
        yield [where, _short(old), _short(new)]


def _short(value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 200 else text[:200] + "…"
