"""``banshi check --since REV``: what is in force and was changed without a word of whether it is a correction."""

import datetime
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from banshi.base.folders import POLICIES
from banshi.base.limits import MAX_BYTES
from banshi.base.text import Text
from banshi.files.documents import Document, Place
from banshi.files.findings import Finding, Severity
from banshi.files.git import Repository
from banshi.files.locating import from_input
from banshi.files.reading import InputProblem, decode, read, read_text
from banshi.files.regular_files import read_bytes
from banshi.law.revisions.trees import id_of
from banshi.law.revisions.unsaid import told_otherwise, unsaid
from banshi.law.revisions.unsaid_beside import changed_beside, is_dated

RULE = "input/changed-in-force"
_FIX = Text(
    "原文一直如此、只是我们写错的，在 corrections 里写明原来误作什么；规定改了的，另写修改它的文件（amends）或新版本。",
    "Where the text always said so, record a correction; where the law changed, write an amendment or a new version.",
)
_KEEP = Text(
    "照原样留着；又发现错的，另写一条更正。更正本身记错的，核对 banshi history --told-wrong 列出的答复后再改。",
    "Keep it as it was; record what was found later as another. Where the record itself was wrong, look at what "
    "banshi history --told-wrong lists first.",
)


_ARRANGED = Text(
    "后来的通知改的，另写一个通知（notices，后者为准）；当初录错的，与公布的原文核对后改，提交说明里写明。",
    "Where a later notice changed it, add that notice; where it was entered wrongly, say so when you commit.",
)
_CATALOGUE = Text(
    "改了的，另写一份目录，启用日（in_use_from）写改的那天；当初录错的，提交说明里写明。",
    "Where it changed, write another catalogue that is in use from that day; where it was wrong, say so when you commit.",
)


def changed_in_force(project: Path, revision: str, today: datetime.date) -> Iterator[Finding]:
    """Findings on the project's policies, against a git revision. Raises ``NoGit``."""
    repository = Repository(project)
    if revision == "HEAD" and not repository.begun:
        return  # there is nothing yet that could be changed
    commit = repository.commit(revision)
    top = repository.path_of(project)
    below = POLICIES if top == "." else f"{top}/{POLICIES}"
    files = [(name, blob) for name, blob in repository.files(commit, below) if name.endswith((".yaml", ".yml"))]
    for (name, _), content in zip(files, repository.contents([blob for _, blob in files]), strict=True):
        path = Path(os.path.relpath(repository.top / name))
        if content is not None and (not path.is_file() or read_bytes(path, MAX_BYTES) != content):
            yield from _of_file(path, content, revision, today)


def _of_file(path: Path, content: bytes, revision: str, today: datetime.date) -> Iterator[Finding]:
    text = decode(content, 1)[0]
    before = read_text(text, "").document if text is not None else None
    if before is None or not isinstance(before.data, dict):
        return  # what could not be read then holds nothing that could be changed
    after = read(path).document if path.is_file() else None
    if is_dated(before.data):
        yield from _beside(path, before.data, after, revision, today)
    if before.data.get("kind") != "policy":
        return
    if after is not None and not isinstance(after.data, dict):
        return  # the check of the file says so
    for own in told_otherwise(before.data, after.data if after else before.data):
        place = _place(after, own) if after else Place(1, 1, 1)
        problem = InputProblem(RULE, place, _no_longer(own, revision), _KEEP)
        yield from_input(path.as_posix(), problem, after, Severity.WARNING)
    for key in unsaid(before.data, after.data if after else None, today):
        place = _place(after, id_of(key)) if after else Place(1, 1, 1)
        yield from_input(path.as_posix(), InputProblem(RULE, place, _said(id_of(key), before, revision), _FIX), after)


def _beside(
    path: Path, before: dict[str, Any], after: Document | None, revision: str, today: datetime.date
) -> Iterator[Finding]:
    """Of arrangements of working days that were known, and of catalogues in use: nothing in them says why they changed."""
    now = after.data if after and isinstance(after.data, dict) else None
    if after is not None and now is None:
        return  # the check of the file says so
    for where, what in changed_beside(before, now, today):
        place = after.place(where) if after else Place(1, 1, 1)
        zh, en = f"与 {revision} 相比，{what.zh}，以前照它算过", f"since {revision} {what.en}, and answers rested on it"
        problem = InputProblem(RULE, place, Text(zh, en), _ARRANGED if before["kind"] == "working-days" else _CATALOGUE)
        yield from_input(path.as_posix(), problem, after, Severity.WARNING)


def _said(what: str, before: Document, revision: str) -> Text:
    since = before.data["dates"]["in_force"]
    if not what:
        return Text(
            f"{since} 起施行的版本在 {revision} 里有，现在没有了",
            f"a version in force since {since} was taken away since {revision}",
        )
    return Text(
        f"{since} 起施行的版本里，{what} 与 {revision} 不同，没有写明是更正还是修改",
        f"{what} differs from {revision} in a version in force since {since}, and nothing says whether it is a correction",
    )


def _no_longer(correction: str, revision: str) -> Text:
    return Text(
        f"更正 {correction} 与 {revision} 不同，或者不见了：当时怎样答错、答错到哪天，都据它还原",
        f"correction {correction} differs from {revision}, or is gone: what was told wrong, and until when, rests on it",
    )


def _place(document: Document, wanted: str) -> Place:
    """Where a norm, a reading, a correction, a word or a field of the version stands; else the top of the file."""
    for n, provision in enumerate(document.data.get("provisions") or ()):
        for m, norm in enumerate(provision.get("norms") or ()):
            if norm.get("id") == wanted:
                return document.place(("provisions", n, "norms", m))
    for section in ("readings", "corrections"):
        for n, part in enumerate(document.data.get(section) or ()):
            if isinstance(part, dict) and part.get("id") == wanted:
                return document.place((section, n))
    table, _, rest = wanted.replace("/", ".").partition(".")
    if table in document.data:
        own = document.data[table]
        return document.place((table, rest) if isinstance(own, dict) and rest in own else (table,))
    return Place(1, 1, 1)
