"""What amends what: which files change the text of a file, without going round in a circle and not without end."""

from pathlib import Path

from banshi.base.limits import MAX_AMENDED
from banshi.base.text import Text
from banshi.law.instruments import PolicyVersion
from banshi.law.places import places_above
from banshi.law.unusable import PolicyUnreadable
from banshi.law.version_files import VersionFiles


class Chain:
    """The files that change each file's text; in a circle only what was decided later changes what was decided earlier."""

    def __init__(self, files: VersionFiles) -> None:
        self._files = files
        self._found: dict[Path, tuple[Path, ...]] = {}
        self._by_place: dict[str, dict[str, list[Path]]] = {}
        self._reached: dict[str, frozenset[str]] = {}
        self._short: set[Path] = set()

    def amending(self, path: Path) -> tuple[Path, ...]:
        """The files that change the text of a file: of its own place or of one above. Raises ``PolicyUnreadable``."""
        if path not in self._found:
            own = self._files.load(path)
            every = (
                other for place in places_above(own.jurisdiction) for other in self._of_place(place, own.instrument)
            )
            self._found[path] = tuple(
                other for other in every if other != path and self.changes(self._files.load(other), own)
            )
        return self._found[path]

    def changes(self, text: PolicyVersion, amended: PolicyVersion) -> bool:
        """Whether a text that amends another does change it; it does not where that one, decided later, amends it in turn."""
        one, other = text.instrument, amended.instrument
        return not (one == other or one in self._amended_by(other)) or _order(text) > _order(amended)

    def look(self, path: Path) -> None:
        """Raises ``PolicyUnreadable`` where amendments of amendments are stacked higher than any text's."""
        if path in self._short:
            return
        level: dict[Path, None] = {path: None}
        seen = dict(level)
        for _ in range(MAX_AMENDED + 1):
            level = {other: None for each in level for other in self.amending(each) if other not in self._short}
            seen |= level
            if not level:
                self._short |= seen.keys()
                return
        raise PolicyUnreadable(path, _STACKED)

    def _of_place(self, place: str, instrument: str) -> list[Path]:
        if place not in self._by_place:
            found = self._by_place.setdefault(place, {})
            for other in self._files.amending(place):
                for name in dict.fromkeys(entry.instrument for entry in self._files.load(other).amends):
                    found.setdefault(name, []).append(other)
        return self._by_place[place].get(instrument, [])

    def _amended_by(self, instrument: str) -> frozenset[str]:
        """The instruments that one amends, and those that these amend, and so on."""
        if instrument not in self._reached:
            found, waiting = set[str](), [instrument]
            while waiting:
                new = self._entries(waiting.pop()) - found
                found |= new
                waiting += new
            self._reached[instrument] = frozenset(found)
        return self._reached[instrument]

    def _entries(self, instrument: str) -> set[str]:
        place = instrument.rpartition("/")[0]
        files = set(self._files.files(instrument)) & set(self._files.amending(place))
        return {entry.instrument for path in files for entry in self._files.load(path).amends}


def _order(text: PolicyVersion) -> tuple[object, ...]:
    return text.dates.issued or text.begins, text.begins, text.instrument, text.version


_STACKED = Text(
    f"修改文件一层改一层，超过 {MAX_AMENDED} 层，没有合并",
    f"amendments of amendments are stacked more than {MAX_AMENDED} high; not applied",
)
