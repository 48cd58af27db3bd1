"""What may be compared: a version, a file, the law of a day, a git revision, a centre's folder; each as documents."""

import datetime
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from functools import cached_property
from itertools import product
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct, field
from msgspec.structs import replace

from banshi.base.folders import POLICIES, files_below
from banshi.base.text import Lang, Text, did_you_mean
from banshi.files.reading import read
from banshi.files.tables.contents import told
from banshi.law.instruments import PolicyVersion
from banshi.law.library import Library, PolicyUnreadable, to_version
from banshi.law.places import places_above
from banshi.law.revisions.trees import Tree, tree
from banshi.law.unusable import law_within

_SUFFIXES = (".yaml", ".yml")


class NoSide(Exception):
    """What was named cannot be compared; ``why`` says so in a line."""

    def __init__(self, why: Text) -> None:
        super().__init__(why.zh)
        self.why = why


class Side(Struct, frozen=True, dict=True):
    """One side of a comparison: what it is called, its documents by key (plain or typed), and its other files by path.

    ``unread``: files that could not be read, each with why. ``several``: whether one instrument may have many versions.
    """

    name: str
    versions: Mapping[str, Any]
    others: Mapping[str, Any] = field(default_factory=dict)
    unread: tuple[tuple[str, Text], ...] = ()
    several: bool = False
    day: datetime.date | None = None
    name_en: str = ""  # where the name is more than what was written

    def called(self, lang: Lang = "zh") -> str:
        """What it is called."""
        return self.name_en if lang == "en" and self.name_en else self.name

    def without(self, unread: Iterable[tuple[str, Text]]) -> "Side":
        """The same without files that another side could not read: whether they differ is not known."""
        paths = {path for path, _ in unread}
        if not paths:
            return self
        stems = {path.rpartition(".")[0] for path in paths}
        kept = {key: data for key, data in self.versions.items() if key not in stems}
        return replace(self, versions=kept, others={k: d for k, d in self.others.items() if k not in paths})

    @property
    def tree(self) -> Tree:
        """The documents in their normal form."""
        return tree(self.versions, self.others)

    @cached_property
    def sentences(self) -> dict[str, str]:
        """What each norm says, by its key in the tree; of versions that are not of today's shape there is nothing."""
        return dict(_sentences(self.versions))


def _sentences(versions: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for key, version in versions.items():
        with suppress(msgspec.ValidationError, KeyError, IndexError, ValueError, AttributeError):
            typed = version if isinstance(version, PolicyVersion) else to_version(version)
            yield from [(f"{key}#{placed.norm.id}", placed.statement) for placed in typed.placed]


_DATED = ("catalogues", "working-days")  # folders of a place whose files hold from a day
_BESIDE = ("guide", "catalogue", "working-days", "scenario")


def of_file(path: Path, *, beside: bool = False) -> Side:
    """One version in a file; ``beside``: or one of the files that lie beside versions. Raises ``NoSide``."""
    data = _read(path)
    if isinstance(data, Text):
        raise NoSide(Text(f"{path}：{data.zh}", f"{path}: {data.en}"))
    if beside and isinstance(data, dict) and data.get("kind") in _BESIDE:
        return Side(path.as_posix(), {}, {str(data["kind"]): data})
    if not _is_version(data):
        raise NoSide(
            Text(f"{path} 不是文件的版本（kind: policy）", f"{path} is no version of an instrument (kind: policy)")
        )
    return Side(path.as_posix(), {str(data.get("instrument")): data})


def of_version(library: Library, name: str) -> Side:
    """A version ``place/instrument/2011-11-04`` of a library. Raises ``NoSide``."""
    instrument, _, version = name.rpartition("/")
    for path in library.files(instrument):
        if path.stem == version:
            data = _read(path)
            if isinstance(data, Text):
                raise NoSide(Text(f"{path}：{data.zh}", f"{path}: {data.en}"))
            return Side(name, {instrument: data})
    for edition in library.versions(instrument):
        if edition.since.isoformat() == version:  # a text that amending instruments made
            return Side(name, {instrument: edition.text})
    known = [f"{each}/{path.stem}" for each in library.instruments() for path in library.files(each)]
    guess = did_you_mean(name, known)
    raise NoSide(
        Text(
            f"没有 {name} 这个版本、文件、文件夹或 git 版本。{guess.zh}",
            f"{name} is no version, file, folder or git revision. {guess.en}".rstrip(),
        )
    )


def of_day(library: Library, day: datetime.date, place: str) -> Side:
    """Everything in force in a place on a day; what is replaced or overlaid there is not. Raises ``NoSide``.

    Beside it the catalogues in use there and the working days arranged by then. Guides have no days: they show the law.
    """
    try:
        found = library.at(day, place)
        law = library.law(found.versions, place, day)
        kept = {id(placed.norm) for placed in law.norms}
        versions = {version.instrument: _only(version, library, kept) for version in law.versions}
        files = list(_files_of(library, place))
    except PolicyUnreadable as error:
        raise NoSide(error.in_words) from None
    said = Text(f"{day} 施行的规定（{place}）", f"the law of {day} ({place})")
    others = dict((*_arranged(files, day), *_in_use(files, day)))
    unread = tuple((near, data) for near, data in files if isinstance(data, Text))
    return Side(said.zh, versions, others, unread, day=day, name_en=said.en)


def _files_of(library: Library, place: str) -> Iterator[tuple[str, Any]]:
    """Catalogues and arrangements of working days of a place and of those above it, each with its path."""
    seen: set[str] = set()
    for own, name, folder in product(places_above(place), _DATED, library.folders):
        for path in sorted(law_within(folder / own / name)):
            near = path.relative_to(folder).as_posix()
            if path.suffix in _SUFFIXES and near not in seen:
                seen.add(near)
                yield near, _read(path)


def _arranged(files: Iterable[tuple[str, Any]], day: datetime.date) -> Iterator[tuple[str, Any]]:
    """Arrangements of working days with the notices that were known by a day, and those that do not say since when."""
    for near, data in files:
        if isinstance(data, dict) and data.get("kind") == "working-days":
            notices = [each for each in _entries(data, "notices") if _by(each.get("known") or each.get("issued"), day)]
            if notices:
                yield near, {**data, "notices": notices}


def _in_use(files: Iterable[tuple[str, Any]], day: datetime.date) -> Iterator[tuple[str, Any]]:
    """Catalogues in use on a day: one takes the place of an earlier one of its centre and of its kind of case."""
    found: dict[tuple[str, str], list[Any]] = {}
    for near, data in files:
        if isinstance(data, dict) and data.get("kind") == "catalogue" and _by(data.get("in_use_from"), day):
            own = f"{near.rpartition('/')[0]}/{data.get('case_kind')}", str(data.get("centre"))
            found.setdefault(own, []).append(data)
    last = {own: max(map(_first_day, several)) for own, several in found.items()}
    held = [(own[0], data) for own, several in found.items() for data in several if _first_day(data) == last[own]]
    times = Counter(key for key, _ in held)
    for key, data in held:
        yield key if times[key] == 1 else f"{key}（{data.get('title')}）", data


def _first_day(catalogue: Mapping[str, Any]) -> str:
    return str(catalogue.get("in_use_from") or "")


def _by(since: Any, day: datetime.date) -> bool:
    """Whether something was there on a day; what does not say since when always was."""
    return since is None or str(since) <= day.isoformat()


def _entries(data: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    listed = data.get(name)
    return [each for each in listed if isinstance(each, dict)] if isinstance(listed, list) else []


def _only(version: PolicyVersion, library: Library, kept: set[int]) -> Any:
    """A version with the norms that hold; its readings as they are written, with the places of figures unfilled."""
    provisions = tuple(
        msgspec.structs.replace(each, norms=tuple(norm for norm in each.norms if id(norm) in kept))
        for each in version.provisions
    )
    written = _as_written(version, library)
    made = msgspec.structs.replace(version, provisions=provisions, readings=written or version.readings)
    made.__dict__["_amended"] = version.amended
    return made


def _as_written(version: PolicyVersion, library: Library) -> Any:
    for path in library.files(version.instrument):
        data = _read(path) if path.stem == version.version else None
        if isinstance(data, dict):
            own = {key: value for key, value in data.items() if key != "$schema"}
            if to_version(own).readings == version.readings:
                return msgspec.convert(own, PolicyVersion).readings
    return None


def of_folder(folder: Path, name: str = "") -> Side:
    """Everything in a centre's folder, or in a folder of policies. Raises ``NoSide``."""
    top = folder / POLICIES if (folder / POLICIES).is_dir() else folder
    versions, others, unread = dict[str, Any](), dict[str, Any](), []
    for path in sorted(p for p in files_below(top) if p.suffix in _SUFFIXES and p.is_file() and not p.is_symlink()):
        near, data = path.relative_to(top).as_posix(), _read(path)
        if isinstance(data, Text):
            unread.append((near, data))
        elif _is_version(data):
            versions[f"{data.get('instrument')}/{data.get('version')}"] = data
        else:
            others[near] = data
    if not (versions or others or unread):
        raise NoSide(Text(f"{name or folder} 里没有政策文件", f"there are no policies in {name or folder}"))
    return Side(name or folder.as_posix(), versions, others, tuple(unread), several=True)


def as_day(text: str) -> datetime.date | None:
    """The day that ``@2026-06-30`` means; None where it is written otherwise. Raises ``NoSide`` for a day that is none."""
    if not text.startswith("@"):
        return None
    try:
        return (
            datetime.date.fromisoformat(text[1:])
            if re.fullmatch(r"@\d{4}-\d\d-\d\d", text, re.ASCII)
            else _no_day(text)
        )
    except ValueError:
        return _no_day(text)


def _no_day(text: str) -> datetime.date:
    raise NoSide(Text(f"“{text}”不是 @YYYY-MM-DD 写法的日期", f"{text} is not a day written @YYYY-MM-DD"))


def unread_said(sides: Iterable[Side], lang: Lang = "zh") -> list[str]:
    """Lines about what could not be compared."""
    return [
        Text(f"没有比较：{side.name} 的 {path}：{why.zh}", f"not compared: {path} of {side.name}: {why.en}").say(lang)
        for side in sides
        for path, why in side.unread
    ]


def _read(path: Path) -> Any:
    """The plain data of a file, or why there is none."""
    if (problem := told(path, "document")) is not None:
        return problem.message
    reading = read(path)
    if reading.document is None or reading.problems:
        return reading.problems[0].message if reading.problems else Text("读不出", "cannot be read")
    return reading.document.data


def _is_version(data: Any) -> bool:
    return isinstance(data, dict) and data.get("kind") == "policy"
