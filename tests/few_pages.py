"""A site of a few pages, for tests of building and serving: of each kind of page the first, and those asked for."""

import os
from collections.abc import Collection
from itertools import islice
from pathlib import Path

from banshi.site import render
from banshi.site.content import Content
from banshi.site.forms import Forms
from banshi.site.pages import Page, pages

_AT_START = """\
import runpy, sys
from importlib.machinery import PathFinder
if {{"build", "banshi"}} <= {{*sys.orig_argv}} or "banshi.site.warm" in sys.orig_argv:
    sys.path.append({tests!r})
    import few_pages
    few_pages.build_few({more!r})
other = PathFinder.find_spec("sitecustomize", [path for path in sys.path if path != {here!r}])
if other:  # what would have run in our place runs all the same
    runpy.run_path(other.origin)
"""


def few(content: Content, more: Collection[str]) -> list[Page]:
    """The first page of each template, and those whose paths are ``more``."""
    every = list(pages(content))
    return [
        *({page.template: page for page in reversed(every)} | {p.path: p for p in every if p.path in more}).values()
    ]


def few_forms(forms: Forms, every: object = Forms.files) -> object:
    """A form in one format."""
    return islice(every(forms), 1)


def build_few(more: Collection[str]) -> None:
    """From now on this process builds but these pages."""
    render.pages = lambda content: few(content, more)
    Forms.files = few_forms


def in_processes(folder: Path, *more: str) -> dict[str, str]:
    """An environment in which ``banshi build`` as a process builds but these pages; ``folder`` holds what makes it so."""
    folder.mkdir()
    tests = str(Path(__file__).parent)
    (folder / "sitecustomize.py").write_text(
        _AT_START.format(tests=tests, more=more, here=str(folder)), encoding="utf-8"
    )
    paths = (str(folder), os.environ.get("PYTHONPATH", str(Path(tests).parent / "src")))
    return {**os.environ, "PYTHONPATH": os.pathsep.join(paths)}
