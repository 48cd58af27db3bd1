"""前后版本衔接

同一文件的前一版本没有写失效日的，到后一版本施行为止，不必写。写了失效日的，应是后一版本施行的前一天：
早了，中间几天没有规定；晚了，两个版本说的不一样（程序按后一版本）。中间确实没有规定的，可以不理会。
两个版本同一天施行的，不知道该按哪一个，是错误。

另一个文件已把这个文件整个废止（或全部取代），废止还在施行，以后又发布了新版本的，新版本一天也不施行，查哪天都查不到，也是错误：
重新规定了的，在废止的文件里写失效日，到新版本施行的前一天为止。发布在废止以前、还没有施行就被废止的版本，不施行是对的。
"""

import datetime
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from pathlib import Path
from weakref import WeakKeyDictionary

from banshi.checking.loaded import PolicyFile
from banshi.checking.rules import Problem, Severity, Text
from banshi.law.instruments import PolicyVersion
from banshi.law.library import Library

TITLE = Text("前后版本衔接", "Versions follow each other without gap or overlap")
SUBJECT = "policy"
SEVERITY = "warning"
BASIS = ()
_EARLIER = """
instrument: luzhou/change-management
jurisdiction: luzhou
version: 2010-01-01
dates: {issued: 2010-01-01, in_force: 2010-01-01, known: 2010-01-01, ended: ENDED}
"""
GOOD = _EARLIER.replace("ENDED", "2011-11-03")
BAD = _EARLIER.replace("ENDED", "2010-12-31")
_Versions = tuple[list[datetime.date], list[tuple[Path, PolicyVersion]]]
_KNOWN: WeakKeyDictionary[Library, dict[str, _Versions]] = WeakKeyDictionary()
_ONE_DAY = datetime.timedelta(days=1)


def check(policy: PolicyFile) -> Iterator[Problem]:
    """The version against the others of its instrument."""
    own = policy.version
    if not own.normative or own.dates.in_force is None:
        return
    yield from _ended_already(policy)
    others = list(_others(policy))
    if twin := next((other for other in others if other.begins == own.begins), None):
        yield Problem(
            where=("dates", "in_force"),
            severity=Severity.ERROR,
            message=Text(
                f"版本 {twin.version} 也从 {own.begins} 起施行", f"version {twin.version} is in force from then too"
            ),
            fix=Text("同一天只留一个版本。", "Keep one version for a day."),
        )
    following = min((other.begins for other in others if other.begins > own.begins), default=None)
    ended = own.dates.ended
    if ended is None or following is None or ended + _ONE_DAY == following:
        return
    first, last = sorted((ended, following - _ONE_DAY))
    days = f"{first + _ONE_DAY} 至 {last}" if first + _ONE_DAY < last else f"{last}"
    gap = ended < following
    yield Problem(
        where=("dates", "ended"),
        message=Text(
            f"后一版本从 {following} 起施行，{days} {'没有规定' if gap else '两个版本都有效'}",
            f"the next version begins on {following}: {'none' if gap else 'both'} in force on {days.replace('至', 'to')}",
        ),
        fix=Text(
            "失效日写后一版本施行的前一天，或者不写；中间确实没有规定的，不必改。",
            "Let it end on the day before the next begins, or state no end; a gap that there was may stay.",
        ),
    )


def _ended_already(policy: PolicyFile) -> Iterator[Problem]:
    """A version of an instrument that another one has ended as a whole by its first day."""
    own = policy.version
    for other in policy.beside:
        if (
            other is not own
            and _later(own, other)
            and any(_whole(own, since, ended) for since, _, ended in other.ending)
        ):
            yield Problem(
                where=("dates", "in_force"),
                severity=Severity.ERROR,
                message=Text(
                    f"这个版本从 {own.begins} 起施行，但《{other.title}》已把这个文件整个废止或取代，它一天也不施行",
                    f"it begins on {own.begins}, but {other.title} has ended the whole instrument: it is never in force",
                ),
                fix=Text(
                    f"重新规定了的，在《{other.title}》的 dates 里写 ended（新版本施行的前一天）；没有重新规定的，删去这个版本。",
                    f"Where the matter is ruled anew, end {other.title} (dates: ended) on the day before; else remove this version.",
                ),
            )
            return


def _whole(own: PolicyVersion, since: datetime.date, ended: frozenset[tuple[str, str | None]]) -> bool:
    return since <= own.begins and (own.instrument, None) in ended


def _later(own: PolicyVersion, other: PolicyVersion) -> bool:
    """Whether it was known no sooner than what ends it; what was repealed before it began is rightly never in force."""
    days = own.dates.known or own.dates.issued, other.dates.known or other.dates.issued
    return days[0] is None or days[1] is None or days[0] >= days[1]


def _others(policy: PolicyFile) -> Iterator[PolicyVersion]:
    """The other normative versions with a day in force, as far as they bear on this one: one of that day, and the next to come."""
    days, versions = _known(policy.library, policy.version.instrument)
    begins = policy.version.begins
    for path, other in versions[bisect_left(days, begins) : bisect_right(days, begins)]:
        if path.stem != policy.version.version and path.resolve() != Path(policy.path).resolve():
            yield other
            break
    yield from (other for _, other in versions[bisect_right(days, begins) :][:1])


def _known(library: Library, instrument: str) -> _Versions:
    """The normative versions of an instrument with a day in force, by that day; gone through once for a whole library."""
    known = _KNOWN.setdefault(library, {})
    if instrument not in known:
        every = [(path, library.load(path)) for path in library.files(instrument)]
        found = [each for each in every if each[1].normative and each[1].dates.in_force is not None]
        found.sort(key=lambda each: each[1].begins)
        known[instrument] = [version.begins for _, version in found], found
    return known[instrument]
