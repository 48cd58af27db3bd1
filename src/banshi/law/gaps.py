"""A day on which nothing is in force on a subject: what was before it and what comes after, so that a wrong date shows."""

import datetime
from weakref import WeakKeyDictionary

from banshi.base.text import Text
from banshi.law.library import Library
from banshi.law.places import places_above
from banshi.law.repealed import in_force_of
from banshi.law.texts import Edition

_KNOWN: WeakKeyDictionary[Library, dict[tuple[str, str], list[Edition]]] = WeakKeyDictionary()


def nothing_in_force(said: Text, library: Library, jurisdiction: str, subject: str, day: datetime.date) -> Text:
    """``said`` (that nothing is in force) with the texts nearest to ``day``: until when the last was, from when the next is.

    Of texts as the library knows them, of the jurisdiction and those above it; that there is none at all is said.
    """
    before, after = nearest(library, jurisdiction, subject, day)
    zh, en = list[str](), list[str]()
    if before is not None:
        zh.append(f"以前的《{before.text.title}》施行到 {before.until}")
        en.append(f"the last before, {before.text.instrument}, was in force until {before.until}")
    if after is not None:
        zh.append(f"以后的《{after.text.title}》从 {after.since} 起施行")
        en.append(f"the next, {after.text.instrument}, is in force from {after.since}")
    if not zh:
        return Text(
            f"{said.zh}（所知的文件里，别的日子也没有）", f"{said.en} (nor on any other day, as far as is known)"
        )
    return Text(f"{said.zh}（{'；'.join(zh)}）", f"{said.en} ({'; '.join(en)})")


def nearest(
    library: Library, jurisdiction: str, subject: str, day: datetime.date
) -> tuple[Edition | None, Edition | None]:
    """The text on a subject that was the last in force before a day, and the one that is the first after it."""
    texts = _texts(library, jurisdiction, subject)
    before = [edition for edition in texts if edition.until is not None and edition.until < day]
    after = [edition for edition in texts if edition.since > day]
    return (
        max(before, key=lambda edition: edition.until or day, default=None),
        min(after, key=lambda edition: edition.since, default=None),
    )


def _texts(library: Library, jurisdiction: str, subject: str) -> list[Edition]:
    """Every text on a subject for a place; looked up once, for a register may ask of each of its forms."""
    known = _KNOWN.setdefault(library, {})
    if (jurisdiction, subject) not in known:
        here = [name for place in places_above(jurisdiction) for name in library.speaking(place, subject)]
        known[jurisdiction, subject] = [
            edition for name in here for edition in in_force_of(library, name) if subject in edition.text.subjects
        ]
    return known[jurisdiction, subject]


def nothing_in_period(said: Text, library: Library, jurisdiction: str, subject: str, last: datetime.date) -> Text:
    """The same of a period that ends about ``last``; a text that is in force then has no such period, which is said."""
    found = library.at(last, jurisdiction).law(subject)
    if found is None:
        return nothing_in_force(said, library, jurisdiction, subject, last)
    names = "、".join(f"《{version.title}》" for version in found.versions)
    own = ", ".join(version.instrument for version in found.versions)
    return Text(
        f"{said.zh}（{last} 施行的{names}没有这一期，或它在这一期不施行）",
        f"{said.en} ({own}, in force on {last}, has no such period, or not that one)",
    )
