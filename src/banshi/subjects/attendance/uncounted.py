"""Rows that were read but count for nobody: ids that the register does not list, days that it does not cover."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from banshi.base.text import Text, listed
from banshi.law.decisions import Reason
from banshi.subjects.attendance.columns import PARTS
from banshi.subjects.attendance.forms import Register

_PARTS = ("punches", "leave", "notes", "duty_log")
_SHOWN = 8


def uncounted(register: Register, *, alone: bool = False) -> Iterator[Reason]:
    """What of the register's rows no account takes in; and that there are no punches at all.

    ``alone``: it is one person's own record, out of a register in which others may have punched.
    """
    if not alone and not punched(register):
        yield Reason(_none_within(register) if register.punches else _NO_PUNCHES)
    for part in _PARTS:
        rows = getattr(register, part)
        strangers = Counter(row.staff for row in rows if row.staff not in register.people)
        if strangers:
            yield Reason(_strangers(part, strangers, register))
        if part != "leave" and (outside := [row for row in rows if not register.start <= row.day <= register.end]):
            yield Reason(_outside(part, outside))


def punched(register: Register) -> bool:
    """Whether anybody punched within the register's days: where nobody did, the punches were hardly handed in."""
    return any(register.start <= punch.day <= register.end for punch in register.punches)


def _none_within(register: Register) -> Text:
    days = [punch.day for punch in register.punches]
    return Text(
        f"登记期间 {register.start} – {register.end} 里一条打卡也没有，打卡都在 {min(days)} – {max(days)}：谁也不因此算作缺打卡、旷工，窗口也不因此算作空岗；"
        "核对起止日（月份）和打卡表对不对",
        f"no punch lies within {register.start} – {register.end} (they lie within {min(days)} – {max(days)}), so nobody is held to have missed any: "
        "check the days of the register",
    )


def _strangers(part: str, strangers: Counter[str], register: Register) -> Text:
    title, rows = PARTS[part].title, sum(strangers.values())
    ids = sorted(strangers)
    shown = listed(ids[:_SHOWN]) + ("等" if len(ids) > _SHOWN else "")
    hint = _like(ids, register)
    return Text(
        f"{title.zh}里有 {rows} 行没有计入：名册里没有 {shown}{hint.zh}",
        f"{rows} rows of {title.en} are not counted: nobody on the register is {', '.join(ids[:_SHOWN])}{hint.en}",
    )


def _like(ids: list[str], register: Register) -> Text:
    """Spreadsheets drop the zeros before a number."""
    bare = {known.lstrip("0"): known for known in register.people if known.isdigit()}
    close = [(one, bare[one.lstrip("0")]) for one in ids if one.isdigit() and one.lstrip("0") in bare]
    if not close:
        return Text("", "")
    pairs = listed(f"{one} 与 {known}" for one, known in close[:_SHOWN])
    return Text(
        f"（{pairs} 只差前面的 0：多半是电子表格去掉了 0，把编号一列设为文本，或改名册，使两处一致）",
        " (only zeros in front differ: format the column as text)",
    )


def _outside(part: str, rows: list[Any]) -> Text:
    title, days = PARTS[part].title, sorted({row.day for row in rows})
    shown = listed(str(day) for day in days[:_SHOWN]) + ("等" if len(days) > _SHOWN else "")
    return Text(
        f"{title.zh}里有 {len(rows)} 行没有计入：{shown} 不在登记期间",
        f"{len(rows)} rows of {title.en} are not counted: they lie outside the register's days",
    )


_NO_PUNCHES = Text(
    "登记里一条打卡也没有：谁也不因此算作缺打卡、旷工，窗口也不因此算作空岗；核对打卡表交了没有，文件名、格式对不对",
    "the register holds no punches at all, so nobody is held to have missed any: check that they were handed in",
)
