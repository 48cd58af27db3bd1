"""Every template runs in a sandbox: it prints what it is given, and cannot reach files, modules or the interpreter."""

from pathlib import PurePath
from types import BuiltinMethodType, MethodType, ModuleType
from typing import Any

from jinja2.sandbox import ImmutableSandboxedEnvironment

_OF_PATHS = ("name", "stem", "suffix", "as_posix")


class Sandbox(ImmutableSandboxedEnvironment):
    """Jinja's own sandbox, closed also where our objects hold modules (rules) or paths (which open files)."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self._safe: dict[tuple[type, str], bool] = {}

    def getattr(self, obj: Any, attribute: str) -> Any:
        """What Jinja's own gives; in fewer steps where the attribute is known to be safe and its value is no method."""
        if self._safe.get((type(obj), attribute)):
            value = getattr(obj, attribute, None)
            if value is not None and not isinstance(value, MethodType | BuiltinMethodType):
                return value
        return super().getattr(obj, attribute)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Whether a template may look at an attribute; the same for all objects of a type, so each is settled once."""
        key = (type(obj), attr)
        if key not in self._safe:
            closed = isinstance(obj, ModuleType) or (isinstance(obj, PurePath) and attr not in _OF_PATHS)
            self._safe[key] = not closed and super().is_safe_attribute(obj, attr, value)
        return self._safe[key]
