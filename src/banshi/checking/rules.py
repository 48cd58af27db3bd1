"""Rules: one file each under ``validators/<subject>/``; the docstring is its page, the file's place its id.

A rule file holds ``TITLE``, ``SEVERITY``, ``BASIS``, ``GOOD`` and ``BAD`` examples and ``check``, a generator of
``Problem``. It opens no file and knows no line number. ``NEEDS_ALL = True`` marks a rule that makes sense only when
every form of the project could be read; ``ONLY_WITH``, keys of a form without which there is nothing to look at.
``SUBJECT``, where it is not the folder's name, says what ``check`` receives: one that nobody hands out is refused.
"""

import importlib.util
import sys
from collections.abc import Callable, Iterable
from functools import cached_property
from pathlib import Path
from types import ModuleType
from typing import Any

from msgspec import Struct

from banshi.base.folders import inside, shipped
from banshi.base.text import Text
from banshi.files.findings import Problem, Severity
from banshi.files.kinds import SUBJECTS
from banshi.law.selectors import selector

__all__ = ["Problem", "Rule", "RuleBroken", "Severity", "Text", "load_rules"]

_IN_PARTS = ("ledger",)  # rules see its project and its forms
Check = Callable[[Any], Iterable[Problem]]


class RuleBroken(Exception):
    """A rule file that cannot be loaded."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(f"{path}: {why}")
        self.path, self.why = path, why


class Rule(Struct, frozen=True, dict=True):
    """A rule as loaded from its file."""

    id: str
    path: Path
    module: ModuleType

    @property
    def title(self) -> Text:
        """What the rule is called."""
        title: Text = self.module.TITLE
        return title

    @property
    def severity(self) -> Severity:
        """How grave its findings are, unless one says otherwise."""
        return Severity(self.module.SEVERITY)

    @property
    def basis(self) -> tuple[str, ...]:
        """Selectors of the norms that it rests on: kinds, not ids, so that they hold in any centre."""
        return tuple(self.module.BASIS)

    @cached_property
    def subject(self) -> str:
        """What its check receives: ``change``, ``project``, ``attendance``, ``policy`` or ``working-days``."""
        return str(getattr(self.module, "SUBJECT", self.id.split("/")[0]))

    @cached_property
    def needs_all(self) -> bool:
        """Whether it makes sense only when every form of the project could be read."""
        return bool(getattr(self.module, "NEEDS_ALL", False))

    @cached_property
    def only_with(self) -> tuple[str, ...]:
        """Keys of a form; it is not asked of forms that lack one of them."""
        return tuple(getattr(self.module, "ONLY_WITH", ()))

    @cached_property
    def sort(self) -> str:
        """What tells which parts of a file it looks at: rules of one sort look at the same."""
        return f"{self.subject} {self.needs_all} {','.join(self.only_with)}"

    @cached_property
    def check(self) -> Check:
        """The check itself."""
        check: Check = self.module.check
        return check

    @property
    def page(self) -> str:
        """The docstring: what a clerk reads."""
        from inspect import getdoc  # late: a page of a rule asks

        return getdoc(self.module) or ""

    @property
    def good(self) -> str:
        """An example without this finding: YAML."""
        return str(self.module.GOOD).strip("\n")

    @property
    def bad(self) -> str:
        """An example with this finding: YAML."""
        return str(self.module.BAD).strip("\n")


def load_rules(folders: list[Path], subject: str | None = None) -> list[Rule]:
    """The rules of ``validators`` folders, in order of id (of one subject folder only, if given).

    Raises ``RuleBroken`` for a file that cannot be loaded.
    """
    found: dict[str, Rule] = {}
    for folder in folders:
        for path in sorted(folder.glob(f"{subject or '*'}/*.py")):
            rule_id = f"{path.parent.name}/{path.stem.replace('_', '-')}"
            if rule_id not in found:
                found[rule_id] = Rule(rule_id, path, _module(path))
    return [found[key] for key in sorted(found)]


def _module(path: Path) -> ModuleType:
    name = f"banshi_rules.{path.parent.name}.{path.stem}"
    loaded = sys.modules.get(name)
    if loaded is not None and loaded.__file__ == str(path):
        return loaded
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    try:
        if inside(path, shipped("validators")):
            spec.loader.exec_module(module)
        else:  # what runs is the text that was looked at, never a compiled copy that lies beside it
            exec(compile(path.read_bytes(), str(path), "exec"), module.__dict__)  # noqa: S102 - a trusted project's
        missing = [n for n in ("TITLE", "SEVERITY", "BASIS", "GOOD", "BAD", "check") if not hasattr(module, n)]
        for text in () if missing else module.BASIS:
            selector(text)
    except Exception as error:  # a rule file may fail in any way; that is reported, not raised to the user
        del sys.modules[name]
        raise RuleBroken(path, f"{type(error).__name__}: {error}") from error
    if missing:
        raise RuleBroken(path, f"缺少 {'、'.join(missing)}")
    folder = path.parent.name
    known = [name for name, kind in SUBJECTS.items() if kind.rules == folder and name not in _IN_PARTS]
    subject = getattr(module, "SUBJECT", folder)
    if subject not in known:
        raise RuleBroken(
            path, f"没有事项 {subject} 的文件会给 {folder} 里的规则看；可以写 {'、'.join(known) or '别的文件夹'}"
        )
    return module
