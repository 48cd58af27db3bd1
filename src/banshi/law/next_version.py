"""A new version of an instrument, begun as the text in force on the day before: comments and layout of its file stay."""

import datetime
from collections import Counter
from pathlib import Path
from typing import Any

from banshi.files.reading import read_text
from banshi.files.regular_files import read_text as text_of
from banshi.files.yaml_round_trip import rewritten
from banshi.law.instruments import PolicyVersion
from banshi.law.library import Library

_ONE_DAY = datetime.timedelta(days=1)
_OF_THE_OLD = ("ended", "precision")  # dates that say something of the old version alone
SCHEMA_LINE = "# yaml-language-server:"


def source(library: Library, instrument: str, day: datetime.date) -> Path | None:
    """The version file whose text is in force on the day before, or was the last in force by then; None where none was."""
    earlier = [edition.text for edition in library.versions(instrument) if edition.since < day]
    before = library.version_at(instrument, day - _ONE_DAY) or next(reversed(earlier), None)
    base = before and (before.amended.base or before.version)
    return next((path for path in library.files(instrument) if library.load(path).version == base), None)


def next_version(library: Library, path: Path, day: datetime.date, title: str | None) -> str:
    """The text of a version from ``day``, as the one at ``path`` stands on the day before, under a note of what to fill in.

    Raises ``PolicyUnreadable``.
    """
    before = library.consolidated(path, day - _ONE_DAY)
    wanted = _with_dates(library.consolidated_data(path, day - _ONE_DAY), day)
    wanted |= {"title": title} if title else {}
    renumbered = {"provisions": _renumbered(library.load(path), before)}
    written, left = rewritten(_without_schema_line(text_of(path)), wanted, renumbered)
    read_back = read_text(written, "").document
    if read_back is None or read_back.data != wanted:
        raise AssertionError(f"{path}: not written as it is meant")
    ended = library.version_at(before.instrument, day - _ONE_DAY) is None
    return "".join(f"# {line}\n" for line in _note(before, day, left, ended=ended)) + written


def _renumbered(version: PolicyVersion, text: PolicyVersion) -> dict[str, str]:
    """The provisions of a file that have another id in the text, as the norms that stand in them tell."""
    places = {placed.norm.id: placed.provision.id for placed in text.placed}
    found: dict[str, str] = {}
    for provision in version.provisions:
        now = Counter(places[norm.id] for norm in provision.norms if norm.id in places)
        if now and (most := now.most_common(1)[0][0]) not in found.values():
            found[provision.id] = most
    return found


def _with_dates(data: dict[str, Any], day: datetime.date) -> dict[str, Any]:
    dates = {key: value for key, value in data["dates"].items() if key not in _OF_THE_OLD}
    dates["in_force"] = day.isoformat()
    if "known" in dates:
        dates["known"] = min(datetime.date.today(), day).isoformat()
    kept = {key: value for key, value in data.items() if key != "corrections"}  # those are of the old file
    return {**kept, "version": day.isoformat(), "dates": dates}


def _without_schema_line(text: str) -> str:
    first, _, rest = text.partition("\n")
    return rest if first.startswith(SCHEMA_LINE) else text


def _note(before: PolicyVersion, day: datetime.date, left: list[str], *, ended: bool) -> list[str]:
    by = "、".join(dict.fromkeys(each.by.say() for each in before.amended.by))
    merged = f"，已合并 {by}" if by else ""
    note = [
        f"待改：自 {day} 起的新版本，从 {before.amended.base or before.version} 的版本抄来{merged}；"
        "改正文号、日期和改动的条文，再删去这几行。"
    ]
    note += [f"{day - _ONE_DAY} 没有施行的文本：抄的是此前最后施行的。"] if ended else []
    note += [f"没有抄来：{each.said}（{each.by.by.say()}，{each.by.done.zh}）" for each in before.amended.dropped]
    return note + [f"原来写在已经改掉的文字旁边的注释：{comment.lstrip('# ')}" for comment in left]
