"""What a person names to compare: a version, a file, a folder, a day, a git revision; as a side, and as law to decide by."""

import argparse
import datetime
import re
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path, PurePosixPath
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from banshi.base.folders import POLICIES, SETTINGS, layered, real_path
from banshi.base.text import Text
from banshi.centre.centre import Centre
from banshi.commands.standing import ProjectUnusable, place_compared
from banshi.files.findings import Finding
from banshi.files.git import NoGit, Repository
from banshi.law.library import Library
from banshi.law.revisions.effects import effects
from banshi.law.revisions.saying import Comparison
from banshi.law.revisions.sides import NoSide, Side, as_day, of_day, of_file, of_folder, of_version
from banshi.law.unusable import PolicyUnreadable

_AT_DAY = re.compile(r"(.+)(@\d{4}-\d\d-\d\d)", re.ASCII)
HERE = "."  # the project as it stands on the disk


class NamedSide(Struct, frozen=True):
    """One of two sides that a person named: the side itself, and the project whose law it is.

    ``day``: the law of that day is meant, whatever day is asked; ``instrument``: of it, this version is meant, from ``files``
    where it was named as a file.
    """

    side: Side
    project: Path
    day: datetime.date | None = None
    instruments: tuple[str, ...] = ()
    files: tuple[Path, ...] = ()


class Names(Struct):
    """Finds what names mean, for one command; folders that it makes go with ``kept``."""

    options: argparse.Namespace
    centre: Centre
    kept: ExitStack = field(default_factory=ExitStack)
    beside: bool = False  # files beside versions may be named too: guides, catalogues, arrangements of working days
    places: dict[Path | None, str] = field(default_factory=dict)  # by project, the place whose law is meant
    laid: dict[Path, str] = field(default_factory=dict)  # folders with the files of revisions, and how these are named

    def find(self, name: str) -> NamedSide:
        """What a name means. Raises ``NoSide``, ``NoGit`` or ``ProjectUnusable``."""
        if (day := as_day(name)) is not None:
            return self._of_day(name, self.centre.folder, day)
        if found := _AT_DAY.fullmatch(name):
            inner = self.find(found[1])
            at = as_day(found[2])
            assert at is not None
            return self._of_day(name, inner.project, at)
        return self._of_files(name) or self._revision(name)

    def _of_files(self, name: str) -> NamedSide | None:
        """A file, a folder or a version; None where a name means none of them, and may be a revision."""
        path, version = Path(name), self._is_version(name)
        if name == HERE:
            side = replace(of_folder(self.centre.folder, "现在的文件"), name_en="the files as they are")
            return NamedSide(side, self.centre.folder)
        if path.is_file():
            return replace(self._version(of_file(path, beside=self.beside)), files=(path,))
        if path.is_dir() and not version:
            return NamedSide(of_folder(path), path.absolute())
        if version or ("/" in name and not self._is_revision(name)):
            return self._version(of_version(self.library, name))
        return None

    def named(self, text: Text) -> Text:
        """A text in which files of a revision stand as git names them, not where they were laid for this run."""
        for folder, name in self.laid.items():
            text = Text(*(said.replace(f"{folder}/", f"{name}:") for said in (text.zh, text.en)))
        return text

    def name_files(self, findings: list[Finding]) -> None:
        """The same in findings; a file of a revision cannot be corrected."""
        for n, each in enumerate(findings):
            message, path = self.named(each.message), self._name_of(real_path(each.path)) or each.path
            if (message, path) != (each.message, each.path):
                findings[n] = replace(each, message=message, path=path, fix=_NOT_MENDED)

    def _name_of(self, path: Path) -> str | None:
        """How git names a file of a revision; None where it is none."""
        laid = ((real_path(folder), name) for folder, name in self.laid.items())
        return next((f"{name}:{path.relative_to(top).as_posix()}" for top, name in laid if top in path.parents), None)

    @property
    def library(self) -> Library:
        """The law of the project."""
        return Library(layered(self.centre.folder, POLICIES))

    def _version(self, side: Side) -> NamedSide:
        return NamedSide(side, self.centre.folder, instruments=tuple(side.versions))

    def _of_day(self, name: str, project: Path, day: datetime.date) -> NamedSide:
        centre = self.centre if project == self.centre.folder else Centre(project)
        library = Library(layered(project, POLICIES))
        if project not in self.places:
            self.places[project] = place_compared(self.options, centre, library)
        side = of_day(library, day, self.places[project])
        return NamedSide(side if name.startswith("@") else _called(side, name), project, day)

    def _is_version(self, name: str) -> bool:
        instrument, _, version = name.rpartition("/")
        library = self.library
        if not instrument or not library.files(instrument):
            return False
        return any(path.stem == version for path in library.files(instrument)) or any(
            edition.since.isoformat() == version for edition in library.versions(instrument)
        )

    def _is_revision(self, name: str) -> bool:
        try:
            return bool(Repository(self.centre.folder).commit(name.partition(":")[0]))
        except NoGit:
            return False

    def _revision(self, name: str) -> NamedSide:
        """A git revision of the project, or of it one version (``main~3:place/instrument/2026-01-01``) or one file, as git names it."""
        repository = Repository(self.centre.folder)
        if not repository.alive:
            repository.ask("rev-parse", "--git-dir")  # says why not
        revision, _, version = name.partition(":")
        try:
            commit = repository.commit(revision)
        except NoGit as error:
            why = error.why
            raise NoSide(
                Text(f"没有 {name} 这个版本、文件、文件夹；{why.zh}", f"{name}: no version, file or folder; {why.en}")
            ) from None
        folder = Path(self.kept.enter_context(tempfile.TemporaryDirectory(prefix="banshi-")))
        self.laid[folder] = name
        top = repository.path_of(self.centre.folder)
        own = "" if top == "." else f"{top}/"
        repository.extract(commit, f"{own}{POLICIES}", folder / POLICIES, (".yaml", ".yml"))
        repository.extract(commit, f"{own}{SETTINGS}", folder / SETTINGS, (SETTINGS,))
        if version.endswith((".yaml", ".yml")):
            path = folder / Path(
                *(step for step in PurePosixPath(version.removeprefix(own)).parts if step not in ("/", ".."))
            )
            if not path.is_file():
                raise NoSide(Text(f"{revision} 的政策文件里没有 {version}", f"{revision} has no policy file {version}"))
            return self._version(_called(of_file(path, beside=self.beside), name))
        if version:
            return self._version(_called(of_version(Library([folder / POLICIES]), version), name))
        if not (folder / POLICIES).is_dir():
            raise NoSide(Text(f"{name} 里还没有政策文件", f"there are no policies yet in {name}"))
        return NamedSide(of_folder(folder, name), folder)


def _called(side: Side, name: str) -> Side:
    return replace(side, name=name, name_en="")


@contextmanager
def names(options: argparse.Namespace, centre: Centre, *, beside: bool = False) -> Iterator[Names]:
    """What names mean, as long as the block lasts; ``beside``: also those of files beside versions. What cannot be compared is said as ``ProjectUnusable``."""
    with ExitStack() as kept:
        known = Names(options, centre, kept, beside)
        try:
            yield known
        except (NoSide, NoGit) as error:
            raise ProjectUnusable(error.why) from None
        except PolicyUnreadable as error:
            raise ProjectUnusable(known.named(error.in_words)) from None


_NOT_MENDED = Text(
    "git 版本里的文件改不了：换一个读得出的版本来比较。",
    "A file of a git revision cannot be corrected: compare with a revision that can be read.",
)


def side_options(parser: argparse.ArgumentParser) -> None:
    """The two sides, and whose law is meant."""
    said = "版本（辖区/文件/2011-11-04）、文件、@日期（那一天施行的规定）、git 版本（main~3）或中心的文件夹"
    parser.add_argument("before", metavar="A", help=f"原来的：{said}")
    parser.add_argument(
        "after", metavar="B", nargs="?" if _one(parser) else None, default=HERE, help="后来的：同上；. 是现在的文件"
    )
    parser.add_argument("--jurisdiction", metavar="PLACE", help="辖区（默认：项目的；区、县写 市/区县）")


def _one(parser: Any) -> bool:
    """``diff A`` compares with what is there now; ``impact A B FILES`` needs both."""
    return str(parser.prog).endswith("diff")


def with_effects(found: Comparison, sides: tuple[NamedSide, NamedSide]) -> Comparison:
    """Of two folders also what their amending instruments make of the texts that they amend. Raises ``PolicyUnreadable``."""
    if not all(each.side.several and not each.side.unread for each in sides):
        return found
    libraries = Library(layered(sides[0].project, POLICIES)), Library(layered(sides[1].project, POLICIES))
    return replace(found, more=tuple(effects(found, libraries)))
