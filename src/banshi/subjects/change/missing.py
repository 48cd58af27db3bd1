"""Forms of a project that could not be read, and what that leaves open: what comes before them is certain, the rest is not."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from msgspec import Struct

from banshi.base.text import Text

_NAMED = 6  # how many forms one message names


class Missing(Struct, frozen=True):
    """A form that could not be used: how messages call it, and its sequence number where that can be read.

    ``elsewhere``: another place of the run tells of the same project, and has it; ``net``: what it comes to there (yuan).
    """

    name: str
    sequence: int | None = None
    elsewhere: bool = False
    net: Decimal | None = None


def missing_form(name: str, data: Any) -> Missing:
    """The form as missing; ``data``: what there is of it, whatever is wrong with it."""
    found = data.get("sequence") if isinstance(data, dict) else None
    return Missing(name, found if type(found) is int and found > 0 else None)


def may_come_before(missing: Iterable[Missing], sequence: int) -> bool:
    """Whether one of the forms may count before the form of this number (or claims the same number)."""
    return any(form.sequence is None or form.sequence <= sequence for form in missing)


def why_missing(missing: tuple[Missing, ...]) -> Text:
    """The forms, and why they are left out of account."""
    unread = tuple(form for form in missing if not form.elsewhere)
    others = tuple(form for form in missing if form.elsewhere)
    said = []
    if unread:
        named = listed_forms(unread)
        said.append(Text(f"{named.zh} 读不出", f"{named.en} cannot be read"))
    if others:
        named = listed_forms(others)
        said.append(Text(f"{named.zh} 写在别处，与这里的不一样", f"{named.en} stands elsewhere, and not alike here"))
    return Text("，".join(each.zh for each in said), " and ".join(each.en for each in said))


def same_number(sequence: int) -> Text:
    """Why sums are open where several forms claim one number."""
    return Text(
        f"另有报批表也写第 {sequence} 次，先后不明",
        f"another form is numbered {sequence} too: which came first is not known",
    )


def listed_forms(missing: tuple[Missing, ...]) -> Text:
    """The forms by name and number."""
    zh = [f"{form.name}（{f'第 {form.sequence} 次' if form.sequence else '序次不明'}）" for form in missing[:_NAMED]]
    en = [f"{form.name} ({f'no. {form.sequence}' if form.sequence else 'number unknown'})" for form in missing[:_NAMED]]
    more = len(missing) - _NAMED
    return Text(
        "、".join(zh) + (f"等 {len(missing)} 份" if more > 0 else ""),
        ", ".join(en) + (f" and {more} more" if more > 0 else ""),
    )
