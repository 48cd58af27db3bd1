"""What is asked of the rules on attendance and leave: registers, and the guide's tables."""

from collections.abc import Iterator
from functools import partial
from typing import Any

import msgspec
from asking import LINJIANG, POLICIES, QINGHE, ZEZHOU, Probe, answer, inputs, rule_examples
from conftest import ROOT
from zezhou_register import march

from banshi.law.library import Library
from banshi.subjects.attendance.needs import Needs
from banshi.subjects.attendance.needs_tables import tables


def guide_of_leave(place: str, *instruments: str) -> Any:
    """What the guide says that each leave needs, in words."""
    found = tables(Library(POLICIES), instruments, place)
    return 0, [
        [str(table.start), *([row.called, row.long, *_said(row.needs)] for row in table.rows)] for table in found
    ]


def _said(needs: Needs) -> Iterator[str]:
    parts = (getattr(needs, field.name) for field in msgspec.structs.fields(needs))
    return (part.text for parts_of_one in parts if isinstance(parts_of_one, tuple) for part in parts_of_one)


def luzhou_attendance() -> Iterator[Probe]:
    yield partial(guide_of_leave, "luzhou", "luzhou/attendance", "luzhou/leave-and-attendance")
    yield partial(answer, "attendance", "examples/attendance")
    yield partial(answer, "check", "tests/cases/attendance", "examples/attendance", str(rule_examples("attendance")))
    yield partial(answer, "attendance", "examples/attendance", "--quarter", "2010-Q1")
    yield partial(answer, "attendance", "examples/attendance", "--year", "2010")
    yield from inputs("attendance", "luzhou")


def linjiang_attendance() -> Iterator[Probe]:
    register = str(ROOT / "tests/data/linjiang/attendance/register.yaml")
    yield partial(guide_of_leave, "linjiang", "linjiang/leave-and-hours")
    for month in ("2026-05", "2026-06"):
        yield partial(answer, "attendance", register, "--month", month, project=LINJIANG)
    yield partial(answer, "check", register, project=LINJIANG)
    yield from inputs("attendance", "linjiang")


def qinghe_attendance() -> Iterator[Probe]:
    register = str(ROOT / "tests/data/qinghe/attendance/register.yaml")
    yield partial(guide_of_leave, "qinghe", "qinghe/hours")
    yield partial(answer, "attendance", register, "--month", "2026-03", project=QINGHE)
    yield partial(answer, "check", register, project=QINGHE)
    yield partial(answer, "test", "tests/hours.yaml", project=QINGHE)
    yield from inputs("attendance", "qinghe")


def zezhou_time() -> Iterator[Probe]:
    register = str(march())
    yield partial(answer, "attendance", register, project=ZEZHOU)
    yield partial(guide_of_leave, "zezhou", "zezhou/time")
    yield partial(answer, "check", register, project=ZEZHOU)
    yield partial(answer, "attendance", register, "--quarter", "2026-Q1", project=ZEZHOU)
    yield from inputs("attendance", "zezhou")
