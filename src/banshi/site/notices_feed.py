"""Public notices as an Atom feed: those that have begun, each as of its last event that had come by the site's day."""

import datetime
from collections.abc import Iterator

from banshi.site.atom import Channel, FeedEntry, atom
from banshi.site.content import Content
from banshi.site.notices import FEED, ShownNotice
from banshi.site.pages import address


def notices_feed(content: Content, site: str = "") -> bytes:
    """The feed of a site's notices."""
    title = content.centre.settings.site_name or "办事"
    channel = Channel(f"notices {title}", f"{title}：公示", title, FEED, "notices/")
    on = content.notices.on
    entries = (
        FeedEntry(
            f"notice {each.case.project.id} {each.case.change.number}",
            each.title,
            _updated(each, on),
            address(each.path),
            each.said,
        )
        for each in content.notices.shown
    )
    return atom(channel, entries, on, site)


def _updated(each: ShownNotice, on: datetime.date) -> datetime.date:
    """The last day on which something happened: begun, objected, answered, ended."""
    return max(day for day in _days(each) if day <= on)


def _days(each: ShownNotice) -> Iterator[datetime.date]:
    record = each.notice.record
    assert record is not None
    yield record.started_on
    for objection in record.objections:
        yield from (day for day in (objection.received_on, objection.resolved_on) if day)
    if end := each.notice.end.value:
        yield end + datetime.timedelta(days=1)
