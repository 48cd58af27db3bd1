"""Values that are worked out when they are first asked for, and then kept."""

from collections.abc import Callable
from typing import Any, Generic, Self, TypeVar, overload

V = TypeVar("V")


class kept(Generic[V]):  # noqa: N801 - it is used as a decorator
    """``functools.cached_property`` without the lock that Python 3.11 takes on every first use.

    For what is made by the million, and by one thread each.
    """

    def __init__(self, work: Callable[[Any], V]) -> None:
        self._work, self._name, self.__doc__ = work, work.__name__, work.__doc__

    @overload
    def __get__(self, instance: None, owner: type) -> Self: ...
    @overload
    def __get__(self, instance: object, owner: type) -> V: ...
    def __get__(self, instance: object | None, owner: type) -> Self | V:
        if instance is None:
            return self
        value = instance.__dict__[self._name] = self._work(instance)
        return value
