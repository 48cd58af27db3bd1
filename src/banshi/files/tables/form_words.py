"""What is said of forms in tables speaks of labels: keys of files, and values as files write them, are put in words."""

import re
from collections.abc import Mapping

from msgspec import Struct, field

from banshi.base.text import Text

_KEY = r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*(?:\.[a-z][a-z0-9]*(?:_[a-z0-9]+)*)*"
_BESIDE = re.compile(rf"(?<=[”\u4e00-\u9fff])（(?:{_KEY})(?:: ?{_KEY})?）")
_WITH_VALUE = re.compile(rf"(?<![\w./“-])({_KEY})(?:：|: ?| 写 ?(?!明)| 改为 ?)(?=[^\s/]|$)({_KEY}(?![\w./-]))?")
_FILE = re.compile(r"project\.yaml (?:的 ?)?")
_LOOSE = re.compile(r"(?<=[\u4e00-\u9fff，。；：]) “")
_ALONE = re.compile(rf"(?<![\w./\\“-])({_KEY})(?![\w./-])")


_YES_OR_NO = {"true": "是", "false": "否"}


class FormWording(Struct, frozen=True):
    """``titles``: key → label. ``values``: key → how its values are called. ``words``: any value → what it is called."""

    titles: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def without_keys(self, text: Text) -> Text:
        """The same in words."""
        return Text(self._chinese(text.zh), self._english(text.en))

    def _chinese(self, said: str) -> str:
        said = _BESIDE.sub(self._beside, said)
        said = _WITH_VALUE.sub(self._with_value, _FILE.sub("", said))
        return _LOOSE.sub("“", _ALONE.sub(self._alone, said))

    def _english(self, said: str) -> str:
        return _WITH_VALUE.sub(self._with_value, said)

    def _beside(self, found: re.Match[str]) -> str:
        """（key） behind what it is called says nothing more."""
        inside = found[0].strip("（）").partition(":")[0]
        return "" if self._known(inside) or self._called(inside) else found[0]

    def _with_value(self, found: re.Match[str]) -> str:
        title = self._known(found[1])
        if title is None:
            return found[0]
        called = self._called(found[2] or "", found[1].rpartition(".")[2]) or found[2] or ""
        return f"“{title}”写 {called}" if called else f"“{title}”写 "

    def _alone(self, found: re.Match[str]) -> str:
        title = self._known(found[1])
        called = self._called(found[1])
        return (
            (called or (f"“{title}”" if title else None) or found[0])
            if not title or "_" not in found[1]
            else f"“{title}”"
        )

    def _known(self, key: str) -> str | None:
        return self.titles.get(key.rpartition(".")[2])

    def _called(self, value: str, key: str = "") -> str | None:
        if key in self.values and value in self.values[key]:
            return self.values[key][value]
        if value in _YES_OR_NO:
            return _YES_OR_NO[value]
        return next((table[value] for table in self.values.values() if value in table), None)
