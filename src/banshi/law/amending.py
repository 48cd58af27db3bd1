"""What an amending instrument states, what a correction of the encoding states, and what was done to a text."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import msgspec

from banshi.files.findings import Citation
from banshi.law.parts import Part


class Renumbered(Part, frozen=True):
    """What a provision is called from now on."""

    id: str
    label: str


class Change(Part, frozen=True):
    """One thing that an amending instrument does to another's text; ``at`` is the amending instrument's own provision.

    ``do``: ``set`` 改为 (``values`` by dotted paths), ``unset`` 删去字段 (``keys``), ``add`` 增加 (``new``, a norm ``into`` a
    provision, a provision, or a reading; ``after`` one), ``remove`` 删去, ``suspend`` 暂停 (until ``until``), ``revive`` 恢复,
    ``renumber`` 改条款号 (``provisions``), ``rename`` 改称 (``words``). What it is done to: a norm, a provision, a reading,
    a ``change`` of another amending instrument, or (none of them) the text as a whole.
    """

    do: str
    at: str | None = None
    id: str | None = None
    norm: str | None = None
    provision: str | None = None
    reading: str | None = None
    change: str | None = None
    values: dict[str, Any] = msgspec.field(default_factory=dict)
    keys: tuple[str, ...] = ()
    new: dict[str, Any] = msgspec.field(default_factory=dict)
    into: str | None = None
    after: str | None = None
    provisions: dict[str, Renumbered] = msgspec.field(default_factory=dict)
    words: dict[str, str] = msgspec.field(default_factory=dict)
    until: datetime.date | None = None


class Amends(Part, frozen=True):
    """What is changed in one instrument, from ``since`` (the amending instrument's first day) to ``until`` (for good).

    ``version``: of which text (None: of the one then in force). ``pending``: whether what was filed before follows the
    old text to its end (``old_text``) or the new one from its first day (``new_text``).
    """

    instrument: str
    changes: tuple[Change, ...]
    version: str | None = None
    since: datetime.date | None = None
    until: datetime.date | None = None
    pending: str | None = None


class Correction(Part, frozen=True):
    """An error of the encoding, mended: the text always said so, the file did not.

    ``since``: from which day of the law answers were wrong. ``told_from`` (None: since the text was known) and
    ``told_until``: when they were told. ``said``: by dotted paths, what the file said; ``lacked``: what it did not say.
    """

    id: str
    since: datetime.date
    told_until: datetime.date
    told_from: datetime.date | None = None
    norm: str | None = None
    provision: str | None = None
    reading: str | None = None
    change: str | None = None
    said: dict[str, Any] = msgspec.field(default_factory=dict)
    lacked: tuple[str, ...] = ()
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Amended:
    """That a norm or provision of a text was changed: what was done, by which provision of what, from which day."""

    do: str
    by: Citation
    since: datetime.date


@dataclass(frozen=True, slots=True)
class Dropped:
    """A norm or provision that no longer stands in a text: its name in words, and what took it out."""

    kind: str
    id: str
    said: str
    by: Amended


@dataclass(frozen=True, slots=True)
class Amendments:
    """How a text came about: the version it began as, what was done to its norms and provisions (by id), what was dropped.

    ``by``: the amending instruments in the order in which they took effect.
    """

    base: str = ""
    by: tuple[Amended, ...] = ()
    norms: Mapping[str, tuple[Amended, ...]] = field(default_factory=dict)
    provisions: Mapping[str, tuple[Amended, ...]] = field(default_factory=dict)
    dropped: tuple[Dropped, ...] = ()


NOT_AMENDED = Amendments()
