"""The files that a document names: beside it or below it, its links followed, unless the person allows more."""

import os
from pathlib import Path

from banshi.base.text import Text
from banshi.files.documents import Document
from banshi.files.regular_files import STDIN, stays_inside
from banshi.files.shape import ShapeProblem


def named_file(document: Document, key: str, name: str, within: Path | None = None) -> Path | ShapeProblem:
    """The file or folder that a document names under ``key``, or why it may not be looked at.

    ``within``: a folder that it may lie in instead of the document's own. Nothing is opened here.
    """
    own = Path() if document.path == STDIN else Path(document.path).parent
    path = own / name
    if any(stays_inside(path, folder) for folder in (own, within) if folder is not None):
        return path
    where = os.path.normpath(own) if within is None else within
    message = Text(f"写的是 {name}：在文件夹 {where} 外面，没有读", f"{name} lies outside the folder {where}; not read")
    return ShapeProblem("input/outside", (key,), message, _FIX)


_FIX = Text(
    "把那个文件放进这个文件夹，写相对路径；确实在别处的，运行时用 --within 写明可以用到的文件夹。",
    "Put it into this folder and give its relative path; or say with --within how far files may reach.",
)
