"""What changed, as an Atom feed: new texts, amendments, ends and corrections that were known by the site's day."""

import datetime
from collections.abc import Iterator

from banshi.law.revisions.entries import LABELS
from banshi.site.atom import Channel, FeedEntry, atom
from banshi.site.pages import address, changes_path, day_path, version_path
from banshi.site.revisions import AMENDED, ENDED, FIRST, NEW_VERSION, Mended, Revisions, TextChange

__all__ = ["PATH", "feed"]

PATH = "revisions/feed.xml"
_SAID = {FIRST: "施行", AMENDED: "修改", NEW_VERSION: "换用新文本", ENDED: "不再施行"}


def feed(revisions: Revisions, title: str, site: str = "") -> bytes:
    """The feed of a site; ``site``: its address, where it is set."""
    channel = Channel(f"feed {title}", f"{title}：规定的修改", title, PATH, "revisions/")
    return atom(channel, _entries(revisions), revisions.time.on, site)


def _entries(revisions: Revisions) -> Iterator[FeedEntry]:
    on = revisions.time.on
    for step in (step for steps in revisions.steps.values() for step in steps):
        if (known := _known(revisions, step)) <= on:
            yield _of_step(revisions, step, known)
    yield from (_of_correction(each) for each in revisions.mended if each.day <= on)


def _known(revisions: Revisions, step: TextChange) -> datetime.date:
    """When a change became known; where that is not stated, it is as old as the change."""
    if step.how != AMENDED:
        return min(step.text.dates.known or step.day, step.day) if step.how != ENDED else step.day
    library = revisions.time.library
    anew, over = revisions.time.whence(step.text)
    last = {cited.instrument for cited in (*anew, *(each.by for each in over))}
    found = (edition.text.dates.known for name in last for edition in library.versions(name))
    return max((day for day in found if day and day <= step.day), default=step.day)


def _of_step(revisions: Revisions, step: TextChange, known: datetime.date) -> FeedEntry:
    text = step.text
    said = f"《{text.title}》自{step.day.isoformat()}起{_SAID.get(step.how, '恢复施行')}"
    lines = [said]
    if step.before and step.after:
        for document in revisions.comparison(step.before.text, step.after.text).documents:
            lines += [f"{LABELS[e.sort].zh} {e.where.zh}：{e.said()}" for e in document.entries]
    page = changes_path(text) if len(lines) > 1 else version_path(text) if step.after else day_path(step.day)
    return FeedEntry(f"{text.instrument} {step.day.isoformat()} {step.how}", said, known, address(page), tuple(lines))


def _of_correction(each: Mended) -> FeedEntry:
    text, correction = each.text, each.correction
    said = f"更正《{text.title}》的数据"
    line = f"{correction.since}起的答复，到{correction.told_until}为止按误写的作出。{correction.note or ''}"
    about = f"{text.instrument} {text.version} correction {correction.id}"
    return FeedEntry(about, said, each.day, address(version_path(text)), (said, line))
