"""A project's own settings: ``banshi.toml``, or ``[tool.banshi]`` in its ``pyproject.toml``."""

import tomllib
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

from banshi.files import read_bytes
from banshi.limits import MAX_DEPTH, MAX_SETTINGS_BYTES


class SettingsUnusable(Exception):
    """The settings file cannot be used; the text says why."""


@dataclass(frozen=True, slots=True)
class Settings:
    """There are no settings at present: an empty ``banshi.toml`` marks a project. A key that means nothing is refused.

    ``run_project_rules`` was one. A project's files cannot say that its code may run; the user does, with ``banshi trust``.
    """

    @classmethod
    def read(cls, project: Path) -> "Settings":
        """The settings of a project's folder; defaults where there are none. Raises ``SettingsUnusable``."""
        table = _table(project / "banshi.toml") or _table(project / "pyproject.toml").get("tool", {}).get("banshi", {})
        if "run_project_rules" in table:
            raise SettingsUnusable(
                "设置里的 run_project_rules 已取消，请删去这一行：项目自己的规则由使用者用 banshi trust 信任后运行"
            )
        if table:
            raise SettingsUnusable(f"设置里有不认识的项：{'、'.join(sorted(table))}")
        return cls()


def _levels(text: str) -> int:
    """How many brackets are open at once; those in texts and comments count too, which no settings of ours come near."""
    steps = ((character in "[{") - (character in "]}") for character in text if character in "[]{}")
    return max(accumulate(steps), default=0)


def _table(path: Path) -> dict[str, dict[str, dict[str, object]]]:
    if not path.is_file():
        return {}
    try:
        text = read_bytes(path, MAX_SETTINGS_BYTES).decode()
        if _levels(text) > MAX_DEPTH:
            raise SettingsUnusable(f"{path.name} 嵌套超过 {MAX_DEPTH} 层")
        return tomllib.loads(text)
    except (OSError, ValueError, RecursionError) as error:
        raise SettingsUnusable(f"{path.name} 读不出：{error}") from None
