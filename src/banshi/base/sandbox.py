"""Every template runs in a sandbox: it prints what it is given, and cannot reach files, modules or the interpreter."""

from pathlib import PurePath
from types import ModuleType
from typing import Any

from jinja2.sandbox import ImmutableSandboxedEnvironment

_OF_PATHS = ("name", "stem", "suffix", "as_posix")


class Sandbox(ImmutableSandboxedEnvironment):
    """Jinja's own sandbox, closed also where our objects hold modules (rules) or paths (which open files)."""

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Whether a template may look at an attribute."""
        if isinstance(obj, ModuleType) or (isinstance(obj, PurePath) and attr not in _OF_PATHS):
            return False
        return super().is_safe_attribute(obj, attr, value)
