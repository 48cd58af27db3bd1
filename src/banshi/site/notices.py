"""Public notices of the project's filings: those that have begun by the day of the site, with their state on it.

Only what is public stands in them; one that holds the number of a person is refused, and with it the site.
"""

import datetime
import re
from collections.abc import Iterator
from functools import cached_property
from pathlib import PurePosixPath
from typing import Any

from msgspec import Struct

from banshi.base.text import Text
from banshi.centre.centre import Centre
from banshi.checking.loading import Loader
from banshi.subjects.change.filing import FiledForm
from banshi.subjects.change.instrument_forms import changes_in, places_of_ledger
from banshi.subjects.change.loading import LoadedFiling
from banshi.subjects.change.public_notice import PublicNotice, notice_of, private_parts
from banshi.subjects.change.public_notice_said import Block, blocks, book, document, title_of

FOLDER = "notices"
INDEX, FEED = f"{FOLDER}/index.md", f"{FOLDER}/feed.xml"
COMING = "尚未开始"
RUNNING, PAST, UNKNOWN = "公示中", "已期满", "截止日不能判定"


class ShownNotice(Struct, frozen=True):
    """A notice on the site: its page without suffix, its state on the site's day, how many objections came and are open."""

    notice: PublicNotice
    place: str
    state: str
    received: int
    open: int

    @property
    def path(self) -> str:
        """Its page."""
        return f"{self.place}.md"

    @property
    def name(self) -> str:
        """The last part of the place, as its files are called."""
        return PurePosixPath(self.place).name

    @property
    def title(self) -> str:
        """What it is called, with the number of the change."""
        return title_of(self.notice)

    @property
    def blocks(self) -> list[Block]:
        """What it says."""
        return blocks(self.notice, "zh")

    @property
    def case(self) -> FiledForm:
        """The change."""
        return self.notice.case

    @property
    def started_on(self) -> datetime.date:
        """Its first day."""
        assert self.notice.record is not None
        return self.notice.record.started_on

    @property
    def said(self) -> tuple[str, ...]:
        """Its state in a line or two."""
        end = f"，到{self.notice.end.value}为止" if self.notice.end.value else ""
        heard = f"收到异议{self.received}件，未处理{self.open}件" if self.received else "没有收到异议"
        return f"{self.case.project.name}：{self.started_on}起公示{end}，{self.state}", heard


class Coming(Struct, frozen=True):
    """A notice that begins after the site's day: what it says is not public yet, but that it comes."""

    notice: PublicNotice

    @property
    def title(self) -> str:
        """What it is called, with the number of the change."""
        return title_of(self.notice)

    @property
    def said(self) -> str:
        """Its state in a line."""
        assert self.notice.record is not None
        end = f"，到{self.notice.end.value}为止" if self.notice.end.value else ""
        return f"{self.notice.case.project.name}：{COMING}，{self.notice.record.started_on}起公示{end}"


class Notices(Struct, frozen=True, dict=True):
    """The notices of a site on its day."""

    centre: Centre
    loader: Loader
    filings: list[LoadedFiling]
    on: datetime.date

    @cached_property
    def shown(self) -> tuple[ShownNotice, ...]:
        """The notices that have begun, the latest first."""
        taken: set[str] = set()
        found = [self._shown(notice, taken) for notice in self._held if _first(notice) <= self.on]
        return tuple(sorted(found, key=lambda each: (each.started_on, each.place), reverse=True))

    @cached_property
    def coming(self) -> tuple[Coming, ...]:
        """The notices that are yet to begin, the first to come first."""
        found = [notice for notice in self._held if _first(notice) > self.on]
        return tuple(Coming(each) for each in sorted(found, key=_first))

    @property
    def any(self) -> bool:
        """Whether there is anything to list."""
        return bool(self.shown or self.coming)

    @cached_property
    def _held(self) -> list[PublicNotice]:
        """The notices that are asked for, of forms that are on their way, and of which the first day is filed."""
        found = (
            notice_of(case, data, places_of_ledger(self.loader, case.project.jurisdiction))
            for case, data in self._changes()
        )
        return [each for each in found if isinstance(each, PublicNotice) and _is_held(each)]

    @cached_property
    def refused(self) -> Text | None:
        """Why no notice may be published: what number of a person stands in which of them."""
        listed: tuple[ShownNotice | Coming, ...] = (*self.shown, *self.coming)
        for each in listed:
            for kind, _, label in private_parts(each.notice):
                return Text(
                    f"公示“{each.title}”的“{label}”里有{kind.zh}，网站没有生成；删去，或者改成单位的办公电话",
                    f"the notice {each.notice.case.change.number} holds {kind.en} ({label}): no site was made",
                )
        return None

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Each notice as a document and a workbook."""
        for each in self.shown:
            yield f"{each.place}.docx", document([each.notice], self.centre.law.said.zh)
            yield f"{each.place}.xlsx", book([each.notice], self.centre)

    def _changes(self) -> Iterator[tuple[FiledForm, dict[str, Any]]]:
        for loaded in self.filings:
            yield from zip(loaded.filing.in_order, changes_in(loaded), strict=True)

    def _shown(self, notice: PublicNotice, taken: set[str]) -> ShownNotice:
        record, end = notice.record, notice.end.value
        assert record is not None
        state = UNKNOWN if end is None else RUNNING if self.on <= end else PAST
        heard = [each for each in record.objections if each.received_on <= self.on]
        still = [each for each in heard if each.resolved_on is None or each.resolved_on > self.on]
        return ShownNotice(notice, _place(notice, taken), state, len(heard), len(still))


def _first(notice: PublicNotice) -> datetime.date:
    assert notice.record is not None
    return notice.record.started_on


def _is_held(notice: PublicNotice) -> bool:
    case = notice.case
    return notice.asked is not None and notice.record is not None and not (case.drafted or case.dropped)


def _place(notice: PublicNotice, taken: set[str]) -> str:
    """Project and sequence, as far as an address may hold them; never the same twice."""
    change = notice.case.change
    name = re.sub(r"[^\w-]+", "-", f"{notice.case.project.id}-{change.sequence}").strip("-").lower() or "notice"
    number, found = 1, name
    while found in taken:
        number += 1
        found = f"{name}-{number}"
    taken.add(found)
    return f"{FOLDER}/{found}"
