"""A centre's attendance register as typed values; field by field what ``attendance.schema.json`` describes."""

import datetime
from decimal import Decimal
from functools import cached_property, lru_cache

import msgspec

Half = tuple[datetime.date, str]  # a day and "am" or "pm"


class Part(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A part of a register."""


class Window(Part, frozen=True):
    """A window; ``on_duty``: how many serve it (None: as many as the register lists)."""

    id: str
    name: str
    on_duty: int | None = None


class Person(Part, frozen=True):
    """Somebody on the register."""

    id: str
    group: str
    name: str | None = None
    window: str | None = None
    team: str | None = None
    role: str = "member"
    password_approved_on: datetime.date | None = None

    @property
    def called(self) -> str:
        """The id, with the name where there is one."""
        return f"{self.id} {self.name}" if self.name else self.id


class Punch(Part, frozen=True):
    """One punch; ``time`` is ``HH:MM`` or ``HH:MM:SS``."""

    staff: str
    day: datetime.date
    time: str
    method: str = "fingerprint"

    @property
    def minute(self) -> int:
        """Minutes since midnight."""
        return minutes(self.time)

    @property
    def second(self) -> int:
        """Seconds since midnight."""
        return seconds(self.time)


class Certificate(Part, frozen=True):
    """A hospital's certificate; ``insurance``: the hospital meets the rules of medical insurance."""

    hospital: str
    insurance: bool


class Substitute(Part, frozen=True):
    """Who stood in, and when the unit sent them."""

    name: str
    dispatched_at: str | None = None


class SpecialApproval(Part, frozen=True):
    """The centre's consent to completing the formalities afterwards."""

    by: str
    on: datetime.date


class Leave(Part, frozen=True, rename={"start": "from", "end": "to"}):
    """One leave as registered; ``days`` is a declared length, for a leave within one day.

    ``short``, ``covers`` and ``calendar_days`` are the law's: its kind is shorter than half a day, excuses an arrival or
    a departure, counts days of rest too.
    """

    staff: str
    kind: str
    start: datetime.date
    end: datetime.date | None = None
    from_half: str = "am"
    to_half: str = "pm"
    days: Decimal | None = None
    left_at: str | None = None
    requested_at: str | None = None
    approved_at: str | None = None
    form: str | None = None
    approver: str | None = None
    unit_consent: bool = False
    filed_with: tuple[str, ...] = ()
    certificate: Certificate | None = None
    papers: tuple[str, ...] = ()
    papers_on: datetime.date | None = None
    substitute: Substitute | None = None
    sudden: bool = False
    reported_to: str | None = None
    special_approval: SpecialApproval | None = None
    reason: str | None = None
    short: bool = False
    covers: str | None = None
    calendar_days: bool = False

    @property
    def last(self) -> datetime.date:
        """The last day."""
        return self.end or self.start

    @property
    def short_by_kind(self) -> bool:
        """A late arrival, early leaving or going out for which no length is declared: shorter than half a day."""
        return self.short and self.days is None


class DutyEntry(Part, frozen=True):
    """What the duty leader found on the rounds."""

    day: datetime.date
    staff: str
    finding: str


class Note(Part, frozen=True):
    """An irregular attendance that the group leader entered."""

    day: datetime.date
    staff: str
    type: str
    recorded_by: str
    text: str | None = None


class Rostered(Part, frozen=True):
    """Which shift somebody works on a day; ``rest``: none."""

    staff: str
    day: datetime.date
    shift: str


class Register(msgspec.Struct, frozen=True, kw_only=True, dict=True, rename={"start": "from", "end": "to"}):
    """A centre's register from ``start`` to ``end`` inclusive."""

    jurisdiction: str
    centre: str
    start: datetime.date
    end: datetime.date
    windows: tuple[Window, ...] = ()
    staff: tuple[Person, ...] = ()
    punches: tuple[Punch, ...] = ()
    leave: tuple[Leave, ...] = ()
    duty_log: tuple[DutyEntry, ...] = ()
    notes: tuple[Note, ...] = ()
    roster: tuple[Rostered, ...] = ()
    fictional: bool = False

    @cached_property
    def people(self) -> dict[str, Person]:
        """Staff by id; the first of an id written twice."""
        found: dict[str, Person] = {}
        for person in self.staff:
            found.setdefault(person.id, person)
        return found

    @cached_property
    def at_windows(self) -> dict[str, list[Person]]:
        """Who is listed for each window; those of none under an empty name."""
        found: dict[str, list[Person]] = {}
        for person in self.people.values():
            found.setdefault(person.window or "", []).append(person)
        return found

    @cached_property
    def serving(self) -> dict[str, int]:
        """How many serve each window: as stated, else as many as are listed for it."""
        listed: dict[str, int] = {}
        for person in self.people.values():
            if person.window:
                listed[person.window] = listed.get(person.window, 0) + 1
        return {**listed, **{window.id: window.on_duty for window in self.windows if window.on_duty}}


@lru_cache(maxsize=4096)
def minutes(clock: str) -> int:
    """Minutes since midnight of ``HH:MM`` or ``HH:MM:SS``."""
    return int(clock[:2]) * 60 + int(clock[3:5])


@lru_cache(maxsize=86_400)
def seconds(clock: str) -> int:
    """Seconds since midnight of ``HH:MM`` or ``HH:MM:SS``."""
    return minutes(clock) * 60 + int(clock[6:8] or 0)


def clock(minute: int) -> str:
    """``HH:MM`` of minutes since midnight."""
    return f"{minute // 60:02d}:{minute % 60:02d}"


def clock_to_the_second(second: int) -> str:
    """``HH:MM`` of seconds since midnight (次日 beyond the next one), or ``HH:MM:SS`` where there are seconds too."""
    days, second = divmod(second, 86_400)
    return "次日" * days + clock(second // 60) + (f":{second % 60:02d}" if second % 60 else "")


def moment(text: str) -> datetime.datetime:
    """A moment written ``YYYY-MM-DD HH:MM``, or the beginning of a day written ``YYYY-MM-DD``. Raises ``ValueError``."""
    return datetime.datetime.strptime(text, "%Y-%m-%d %H:%M" if has_time(text) else "%Y-%m-%d")


def has_time(text: str) -> bool:
    """Whether a moment tells more than its day."""
    return " " in text
