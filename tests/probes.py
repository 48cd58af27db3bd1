"""What banshi answers about the shipped centres, by instrument: the cheapest and widest questions first."""

from collections.abc import Callable, Iterator
from functools import partial

from asking import Probe
from probes_assessment import linjiang_assessment, luzhou_assessment, qinghe_assessment, zezhou_stars
from probes_attendance import linjiang_attendance, luzhou_attendance, qinghe_attendance, zezhou_time
from probes_cases import licensing, linjiang_cases, luzhou_parallel, qinghe_cases, zezhou_goals
from probes_change import baiyun_change, linjiang_change, luzhou_change, qinghe_change


def probes(instrument: str) -> list[Probe]:
    """The probes of an instrument, the cheapest and widest first."""
    return list(PROBES[instrument]())


PROBES: dict[str, Callable[[], Iterator[Probe]]] = {
    "luzhou/change-management": luzhou_change,
    "luzhou/attendance": luzhou_attendance,
    "luzhou/leave-and-attendance": luzhou_attendance,
    "luzhou/window-assessment": luzhou_assessment,
    "luzhou/parallel-approval": luzhou_parallel,
    "cn/administrative-licensing": licensing,
    "linjiang/change-rules": linjiang_change,
    "linjiang/change-rules-amended": linjiang_change,
    "linjiang/leave-and-hours": linjiang_attendance,
    "linjiang/window-assessment": linjiang_assessment,
    "linjiang/case-targets": linjiang_cases,
    "qinghe/variations": qinghe_change,
    "qinghe/hours": qinghe_attendance,
    "qinghe/appraisal": qinghe_assessment,
    "qinghe/case-goals": qinghe_cases,
    "qinghe/shuiwan/variations": partial(qinghe_change, "qinghe/shuiwan"),
    "zezhou/stars": zezhou_stars,
    "zezhou/goals": zezhou_goals,
    "zezhou/time": zezhou_time,
    "baiyun/design-changes": baiyun_change,
    "baiyun/qingshi/limits": partial(baiyun_change, "baiyun/qingshi"),
}
