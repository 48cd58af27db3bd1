"""A project's own settings: ``[tool.banshi]`` in its ``pyproject.toml``, or a ``banshi.toml``."""

import tomllib
from dataclasses import dataclass
from pathlib import Path


class SettingsUnusable(Exception):
    """The settings file cannot be used; the text says why."""


@dataclass(frozen=True, slots=True)
class Settings:
    """``run_project_rules`` lets the project's own ``validators/`` run: they are code, so it is off by default."""

    run_project_rules: bool = False

    @classmethod
    def read(cls, project: Path) -> "Settings":
        """The settings of a project's folder; defaults where there are none. Raises ``SettingsUnusable``."""
        table = _table(project / "banshi.toml") or _table(project / "pyproject.toml").get("tool", {}).get("banshi", {})
        unknown = set(table) - {"run_project_rules"}
        if unknown:
            raise SettingsUnusable(f"设置里有不认识的项：{'、'.join(sorted(unknown))}（可用：run_project_rules）")
        value = table.get("run_project_rules", False)
        if not isinstance(value, bool):
            raise SettingsUnusable("run_project_rules 应是 true 或 false")
        return cls(value)


def _table(path: Path) -> dict[str, dict[str, dict[str, object]]]:
    if not path.is_file():
        return {}
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsUnusable(f"{path.name} 读不出：{error}") from None
