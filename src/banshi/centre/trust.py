"""What this user has trusted: projects by path, and every file of their own code by its content.

The record lies in the user's own configuration, never in a project; a project cannot vouch for itself.
"""

import contextlib
import json
import os
from collections.abc import Mapping
from enum import Enum
from pathlib import Path
from typing import Any

from msgspec import Struct

from banshi.base.folders import inside
from banshi.base.writing import why_not
from banshi.centre.own_code import OwnCode

_FILE = "trust.json"


class CodeStanding(Enum):
    """How a part of a project's own code stands with this user."""

    NONE = "none"  # there is no such code
    TRUSTED = "trusted"
    UNKNOWN = "unknown"
    CHANGED = "changed"  # since it was trusted
    UNFIT = "unfit"  # links, or files outside the project


class TrustUnusable(Exception):
    """The record cannot be read or written; the text says why (in Chinese)."""


class TrustRecord(Struct, frozen=True):
    """The record of one user: where it lies, and real path of a project → file → SHA-256."""

    place: Path
    projects: Mapping[str, Mapping[str, str]]

    def standing(self, project: Path, code: OwnCode) -> CodeStanding:
        """How a part of a project stands."""
        if not code:
            return CodeStanding.NONE
        if code.unfit:
            return CodeStanding.UNFIT
        known = self.projects.get(os.path.realpath(project))
        if known is None or self.inside(project):
            return CodeStanding.UNKNOWN
        return CodeStanding.CHANGED if self.changed(project, code) else CodeStanding.TRUSTED

    def inside(self, project: Path) -> bool:
        """Whether the record lies in a project, which must not vouch for itself."""
        return inside(self.place, project)

    def changed(self, project: Path, code: OwnCode) -> list[str]:
        """The files of a part that are new, other or gone since the project was trusted."""
        known = self.projects.get(os.path.realpath(project), {})
        before = {name: digest for name, digest in known.items() if _part(name, code.part)}
        names = {**code.files, **before}
        return sorted(name for name in names if code.files.get(name) != known.get(name))

    def trusting(self, project: Path, codes: list[OwnCode]) -> "TrustRecord":
        """The record with a project's code as it is now."""
        files = {name: digest for code in codes for name, digest in code.files.items()}
        return TrustRecord(self.place, {**self.projects, os.path.realpath(project): files})

    def without(self, project: Path) -> "TrustRecord":
        """The record without a project."""
        real = os.path.realpath(project)
        return TrustRecord(self.place, {path: files for path, files in self.projects.items() if path != real})

    def save(self) -> None:
        """Write it, readable by this user alone. Raises ``TrustUnusable``."""
        whole = {"version": 1, "projects": {path: self.projects[path] for path in sorted(self.projects)}}
        beside = self.place.with_name(f"{_FILE}.{os.getpid()}")
        try:
            self.place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            with open(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as stream:
                json.dump(whole, stream, ensure_ascii=False, indent=1)
            os.replace(beside, self.place)
        except OSError as error:
            raise TrustUnusable(f"写不了 {self.place}：{why_not(error).zh}") from error
        finally:
            with contextlib.suppress(OSError):
                beside.unlink(missing_ok=True)


def _part(name: str, part: str) -> bool:
    """Whether a recorded file belongs to a part; the files of mkdocs lie anywhere but in the folders of the others."""
    top = name.split("/", maxsplit=1)[0]
    return top == part or (part == "mkdocs.yml" and top not in ("validators", "site_templates"))


def record() -> TrustRecord:
    """The record of this user; empty where there is none yet. Raises ``TrustUnusable``."""
    place = _place()
    try:
        data = json.loads(place.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return TrustRecord(place, {})
    except OSError as error:
        raise TrustUnusable(f"读不出 {place}：{why_not(error).zh}") from error
    except ValueError as error:
        raise TrustUnusable(f"{place} 不是信任记录") from error
    if not _is_record(data):
        raise TrustUnusable(f"{place} 不是信任记录")
    return TrustRecord(place, data["projects"])


def _is_record(data: Any) -> bool:
    if not isinstance(data, dict) or data.get("version") != 1 or not isinstance(data.get("projects"), dict):
        return False
    return all(
        isinstance(files, dict) and all(isinstance(digest, str) for digest in files.values())
        for files in data["projects"].values()
    )


def _place() -> Path:
    """Where the record lies. Raises ``TrustUnusable`` where this user has no folder for settings."""
    from platformdirs import user_config_path  # late: only a project with code of its own needs it

    place = user_config_path("banshi", appauthor=False, roaming=True) / _FILE
    if not place.is_absolute() or "~" in place.parts:
        raise TrustUnusable("不知道用户的配置文件夹在哪里（HOME、XDG_CONFIG_HOME 没有设，或不是绝对路径）")
    return place
