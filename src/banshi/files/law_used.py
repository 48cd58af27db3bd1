"""Which law a report rests on: whose policies, with which version of what is shipped, and the digest of their content."""

import hashlib
from pathlib import Path

from msgspec import Struct

from banshi import __version__
from banshi.base.folders import POLICIES, files_below, layered, near, own_policies
from banshi.base.limits import MAX_BYTES
from banshi.base.text import Text
from banshi.files.regular_files import read_bytes, unnoted

_SUFFIXES = (".yaml", ".yml")
_SHORT = 12  # digits of the digest that a line for people shows


class LawUsed(Struct, frozen=True):
    """``folder``: the project's own policies, as one would name them from here; None where only the shipped ones apply.

    ``version``: of banshi, and so of the shipped policies. ``digest``: SHA-256 over the names and contents of every
    policy file that applies, own and shipped; neither the place of the folder nor times of files are in it.
    """

    folder: str | None
    version: str
    digest: str

    def as_json(self) -> dict[str, str | None]:
        """For programs."""
        return {"folder": self.folder, "version": self.version, "digest": f"sha256:{self.digest}"}

    @property
    def said(self) -> Text:
        """A line for people."""
        short = self.digest[:_SHORT]
        return Text(
            f"规定：{self.folder or '随附的'}（banshi {self.version}），摘要 {short}",
            f"law: {self.folder or 'as shipped'} (banshi {self.version}), digest {short}",
        )


def law_used(project: Path) -> LawUsed:
    """The law of a project as it is now, with what is shipped below it."""
    own = own_policies(project)
    return LawUsed(None if own is None else near(own).as_posix(), __version__, _digest(layered(project, POLICIES)))


def _digest(folders: list[Path]) -> str:
    files: dict[str, str] = {}
    for folder in reversed(folders):
        files.update(_files(str(folder)))
    whole = hashlib.sha256()
    for name in sorted(files):
        content = _content(Path(files[name]))
        whole.update(f"{name}\0{content}\n".encode(errors="surrogateescape"))
    return whole.hexdigest()


def _content(path: Path) -> str:
    """The digest of a file; of one that cannot be read it is said elsewhere why."""
    try:
        with unnoted():
            return hashlib.sha256(read_bytes(path, MAX_BYTES)).hexdigest()
    except OSError:
        return "unreadable"


def _passed(*_: object) -> None:
    """Of a folder that cannot be listed it is said elsewhere why."""


def _files(top: str) -> dict[str, str]:
    """Path below ``top`` → path, of every policy file."""
    return {
        path.relative_to(top).as_posix(): str(path)
        for path in files_below(Path(top), blocked=_passed)
        if path.name.endswith(_SUFFIXES)
    }
