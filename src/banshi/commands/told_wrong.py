"""Who was told something wrong: the corrections of an instrument, and the receipts that rest on the text as it was."""

import contextlib
import datetime
import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from banshi.base.folders import files_below, real_path
from banshi.base.limits import MAX_BYTES
from banshi.base.text import Lang, Text
from banshi.commands.receipt_read import read_receipt
from banshi.commands.receipts import Receipt
from banshi.files.git import NO_PROGRAMS, NoGit, Repository
from banshi.files.reading import read_text
from banshi.files.regular_files import read_bytes, stays_inside
from banshi.law.amending import Correction
from banshi.law.amendments import Consolidation
from banshi.law.instruments import Placed, PolicyVersion
from banshi.law.library import Library
from banshi.law.norms import Norm
from banshi.law.revisions.value_changes import said as value_said
from banshi.law.revisions.words import SchemaWords
from banshi.law.texts import told

Row = dict[str, Any]
_SAID = {
    "wrong": Text("依据有误的文本", "rests on the wrong text"),
    "right": Text("依据的文本没有这个错", "rests on a text without that error"),
    "unknown": Text(
        "不能确定：那时的文本找不到（不在 git 里，或者没有取来）",
        "not known: the text of then is not there (not in git, or not fetched)",
    ),
}


class NoReceipt(Exception):
    """A file that was named as a receipt and is none; ``why`` in a line."""

    def __init__(self, why: Text) -> None:
        super().__init__(why.zh)
        self.why = why


def told_wrong(library: Library, instrument: str, project: Path, named: list[Path]) -> Row:
    """Each correction with what was told wrong, from when to when, and the receipts that used its file. Raises ``NoReceipt``.

    A folder that is named stands for the JSON files in it; those that are no receipts are listed as ``left_aside``.
    """
    receipts, aside = _receipts(named)
    files = library.files(instrument)
    rows, words = [], SchemaWords.of(project)
    for path in files:
        corrections = library.load(path).corrections
        texts = _Texts(path, project) if corrections and receipts else None
        for each in corrections:
            row = _row(library.load(path), path, each, words)
            if texts is not None:
                row["receipts"] = list(_judged(receipts, f"{instrument}/{path.name}", each, texts))
            rows.append(row)
    title = library.load(files[-1]).title
    return {
        "instrument": instrument,
        "title": title,
        "told_wrong": rows,
        "receipts": len(receipts),
        "left_aside": aside,
    }


def _row(version: PolicyVersion, path: Path, correction: Correction, words: SchemaWords) -> Row:
    known = version.dates.known
    placed = next((each for each in version.placed if each.norm.id == correction.norm), None)
    return {
        "id": correction.id,
        "version": path.stem,
        "about": correction.norm or correction.provision or correction.reading or correction.change,
        "provision": placed.provision.label if placed else None,
        "titles": {path: _title(words, placed, path) for path in (*correction.said, *correction.lacked)},
        "since": str(correction.since),
        "told_from": str(correction.told_from or known or "") or None,
        "told_until": str(correction.told_until),
        "said": correction.said,
        "lacked": list(correction.lacked),
        "note": correction.note,
    }


def _title(words: SchemaWords, placed: Placed[Norm] | None, path: str) -> str:
    """What a field is called; as it is written where it is of no norm."""
    return words.of_norm(placed.norm.kind, tuple(path.split(".")))[0].zh if placed else path


_LED_OUT = Text("通到文件夹外面的链接", "a link that leads out of the folder")


def _receipts(named: list[Path]) -> tuple[dict[str, Receipt], list[str]]:
    """The receipts by their paths, and files of named folders that are none."""
    found: dict[str, Receipt] = {}
    aside: list[str] = []
    for name in named:
        for path in sorted(p for p in files_below(name) if p.suffix == ".json") if name.is_dir() else [name]:
            read = _LED_OUT if name.is_dir() and not stays_inside(path, name) else read_receipt(path)
            if not isinstance(read, Text):
                found[path.as_posix()] = read
            elif name.is_dir():
                aside.append(path.as_posix())
            else:
                raise NoReceipt(read)
    return found, aside


def _judged(receipts: dict[str, Receipt], text: str, correction: Correction, texts: "_Texts") -> Iterator[Row]:
    """Each receipt that used a text: whether that text was wrong, and whether the result cites what was."""
    instrument = text.rpartition("/")[0]
    for path, receipt in receipts.items():
        if text in receipt["law"]:
            cited = correction.norm is not None and _cites(receipt["result"], instrument, correction.norm)
            found = _verdict(receipt, receipt["law"][text], correction, texts)
            yield {"receipt": path, "text": found, "cited": cited}


def _verdict(receipt: Receipt, digest: str, correction: Correction, texts: "_Texts") -> str:
    if known_on := str(receipt.get("known_on") or ""):
        try:
            if told(correction, datetime.date.fromisoformat(known_on)):
                return "wrong"  # it asked for what was told then
        except ValueError:
            return "unknown"
    data = texts.data(digest)
    if data is None:
        return "unknown"
    return "wrong" if Consolidation(data).says(correction) else "right"


def _cites(result: Any, instrument: str, norm: str) -> bool:
    if isinstance(result, dict):
        own = result.get("instrument") == instrument and result.get("norm") == norm
        return own or any(_cites(each, instrument, norm) for each in result.values())
    return isinstance(result, list) and any(_cites(each, instrument, norm) for each in result)


class _Texts:
    """What a version file has said, by digest: as it is now, and in every commit that git has of it."""

    def __init__(self, path: Path, project: Path) -> None:
        now = read_bytes(path, MAX_BYTES)
        self._found = {hashlib.sha256(now).hexdigest(): now}
        with contextlib.suppress(NoGit):  # what is not found is said to be unknown
            for content in _committed(Repository(project).whole, path):
                self._found[hashlib.sha256(content).hexdigest()] = content

    def data(self, digest: str) -> dict[str, Any] | None:
        """The plain data of a text; None where it is not there or cannot be read."""
        content = self._found.get(digest)
        document = read_text(content.decode("utf-8", "replace"), "").document if content is not None else None
        data = document.data if document else None
        return data if isinstance(data, dict) and "version" in data and "provisions" in data else None


def _committed(repository: Repository, path: Path) -> Iterator[bytes]:
    if not real_path(path).is_relative_to(real_path(repository.top)):
        return
    own = repository.path_of(path)
    log = repository.ask(
        "log", *NO_PROGRAMS, "--no-show-signature", "--raw", "--no-abbrev", "--format=", "HEAD", "--", own
    )
    blobs = dict.fromkeys(
        line.split()[3] for line in log.decode("utf-8", "replace").split("\n") if line.startswith(":")
    )
    yield from (content for content in repository.contents(list(blobs)) if content is not None)


def said(row: Row, lang: Lang = "zh") -> list[str]:
    """For people: a correction a block, its receipts below it."""
    lines = [f"{row['title']}（{row['instrument']}）"]
    for each in row["told_wrong"]:
        lines += ["", *(line.say(lang) for line in _correction(each))]
        lines += [f"  {each['note']}"] if each["note"] else []
        lines += [_receipt(receipt).say(lang) for receipt in each.get("receipts", ())]
    if not row["told_wrong"]:
        lines += ["", Text("没有更正，没有答复错的。", "no corrections: nothing was told wrong.").say(lang)]
    if row["receipts"]:
        looked = Text(
            f"看了 {row['receipts']} 份收据；没有列出的，没有用到更正过的文本。",
            f"{row['receipts']} receipts looked at; those not listed used no text that was corrected.",
        )
        lines += ["", looked.say(lang)]
    aside = (Text(f"不是收据，没有看：{path}", f"no receipt, left aside: {path}") for path in row["left_aside"])
    return [*lines, *(each.say(lang) for each in aside)]


def _correction(each: Row) -> Iterator[Text]:
    about, version, own = each["about"], each["version"], each["id"]
    where, titles = each["provision"] or "", each["titles"]
    yield Text(
        f"{where}{about or '全文'}（版本 {version}，更正 {own}）：",
        f"{about or 'the whole text'} (version {version}, correction {own}):",
    )
    for path, value in each["said"].items():
        yield Text(f"  “{titles[path]}”误作 {value_said(value, {})}", f"  {path} was {value_said(value, {})}")
    yield from (Text(f"  漏录“{titles[path]}”", f"  {path} was missing") for path in each["lacked"])
    began, until, since = each["told_from"], each["told_until"], each["since"]
    yield Text(
        f"  {began or '起初'} 至 {until} 的答复有误，涉及 {since} 以来的事项",
        f"  told wrong from {began or 'the beginning'} to {until}, about matters since {since}",
    )


def _receipt(receipt: Row) -> Text:
    verdict, cited = _SAID[receipt["text"]], receipt["cited"]
    return Text(
        f"  收据 {receipt['receipt']}：{verdict.zh}{'，结果用到了这一条' if cited else ''}",
        f"  receipt {receipt['receipt']}: {verdict.en}{', and its result cites it' if cited else ''}",
    )
