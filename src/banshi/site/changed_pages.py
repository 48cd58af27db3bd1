"""mkdocs in this process, for some of the pages: what it does for the others of the site is left as it stands."""

import contextlib
import logging
import sys
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files

from banshi.base.folders import real_path

_BUILDER = logging.getLogger("mkdocs.commands.build")
Wanted = Callable[[str, Path], bool]  # a file's path below the pages or the theme, and where it lies


class PagesUnbuildable(Exception):
    """mkdocs made no pages; the text says why."""


def build_pages(config: Path, wanted: Wanted) -> list[str]:
    """Build the pages and copy the files that are ``wanted`` into the site's folder that ``config`` names.

    Gives the paths of all files that a whole build would put there but for templates of the theme (which are always built).
    What mkdocs warns of stops it, as where the whole site is built. Raises ``PagesUnbuildable``.
    """
    said = _Said()
    root = logging.getLogger("mkdocs")
    with tempfile.TemporaryDirectory(prefix="banshi-") as nowhere, contextlib.chdir(nowhere), _listening(root, said):
        sys.pycache_prefix = nowhere  # of a project's own code, no compiled copy that lies beside it
        try:
            settings = load_config(str(real_path(config)), strict=True)
            only = _Only(wanted)
            settings.plugins["banshi"] = only
            settings.plugins.on_startup(command="build", dirty=True)
            try:
                build(settings, dirty=True)
            finally:
                settings.plugins.on_shutdown()
        except (Exception, SystemExit) as error:  # a page's or a template's own fault may be any
            raise PagesUnbuildable(next(reversed(said.lines), str(error))) from error
    return only.paths


class _Only(BasePlugin):  # type: ignore[type-arg,no-untyped-call]
    """Lets mkdocs take those files for changed that are wanted."""

    def __init__(self, wanted: Wanted) -> None:
        self._wanted, self.paths = wanted, list[str]()

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:  # noqa: ARG002 - the builder names it
        """Behind the other hooks, so that these are the files of the site."""
        for file in files:
            file.is_modified = partial(self._of, file)  # type: ignore[method-assign]
        self.paths += [file.dest_uri for file in files]
        return files

    def _of(self, file: File) -> bool:
        return file.abs_src_path is None or self._wanted(file.src_uri, Path(file.abs_src_path))


class _Said(logging.Handler):
    """Keeps what mkdocs complains of."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())


def _not_of_us(record: logging.LogRecord) -> bool:
    """Not the warning that only some pages are built, which is what we want."""
    return not str(record.msg).startswith("A 'dirty' build")


@contextlib.contextmanager
def _listening(logger: logging.Logger, said: logging.Handler) -> Iterator[None]:
    logger.addHandler(said)
    _BUILDER.addFilter(_not_of_us)
    before, logger.propagate = logger.propagate, False
    try:
        yield
    finally:
        logger.propagate = before
        _BUILDER.removeFilter(_not_of_us)
        logger.removeHandler(said)
