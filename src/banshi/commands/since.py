"""``banshi check --since REV``: versions in force that were changed without a word of whether it is a correction."""

import datetime
import os
from collections.abc import Iterator
from pathlib import Path

from banshi.base.folders import POLICIES
from banshi.base.limits import MAX_BYTES
from banshi.base.text import Text
from banshi.files.documents import Document, Place
from banshi.files.findings import Finding
from banshi.files.git import Repository
from banshi.files.locating import from_input
from banshi.files.reading import InputProblem, decode, read, read_text
from banshi.files.regular_files import read_bytes
from banshi.law.revisions.trees import id_of
from banshi.law.revisions.unsaid import unsaid

RULE = "input/changed-in-force"
_FIX = Text(
    "原文一直如此、只是我们写错的，在 corrections 里写明原来误作什么；规定改了的，另写修改它的文件（amends）或新版本。",
    "Where the text always said so, record a correction; where the law changed, write an amendment or a new version.",
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
    if before is None or not isinstance(before.data, dict) or before.data.get("kind") != "policy":
        return  # what could not be read then holds nothing that could be changed
    after = read(path).document if path.is_file() else None
    if after is not None and not isinstance(after.data, dict):
        return  # the check of the file says so
    for key in unsaid(before.data, after.data if after else None, today):
        place = _place(after, id_of(key)) if after else Place(1, 1, 1)
        yield from_input(path.as_posix(), InputProblem(RULE, place, _said(id_of(key), before, revision), _FIX), after)


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


def _place(document: Document, wanted: str) -> Place:
    """Where a norm stands; else the top of the file."""
    for n, provision in enumerate(document.data.get("provisions") or ()):
        for m, norm in enumerate(provision.get("norms") or ()):
            if norm.get("id") == wanted:
                return document.place(("provisions", n, "norms", m))
    return Place(1, 1, 1)
