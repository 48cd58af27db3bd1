"""The calculators' own script, run outside a browser, beside what the engine decides: a question, and the answers of both."""

import datetime
import json
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from conftest import ROOT

from banshi.law.decisions import Decision, Reason
from banshi.law.library import Law
from banshi.law.norms import Extension, Period, Publicity, TimeLimit
from banshi.law.otherwise import about, elsewhere
from banshi.law.working_days import WorkingDays
from banshi.site.calculators.data import Node, as_json, folded
from banshi.subjects.change.timetable import timetable

CENTRES = {
    "luzhou": ROOT / "policies",
    "linjiang": ROOT / "examples/linjiang/policies",
    "qinghe": ROOT / "examples/qinghe/policies",
    "ningchuan": ROOT / "tests/data/ningchuan/policies",
    "lanling": ROOT / "tests/data/lanling/policies",
    "lanping": ROOT / "tests/data/lanping/policies",
    "xiayu": ROOT / "tests/data/xiayu/policies",
}
NODE = shutil.which("node")


def ruling(subject: str) -> list[str]:
    """The centres with rules of their own on a subject."""
    said = {
        name: (each.read_text(encoding="utf-8") for each in folder.rglob("*.yaml")) for name, folder in CENTRES.items()
    }
    says = re.compile(rf"^governs: \[.*\b{subject}\b", re.M)
    return [name for name, texts in said.items() if any(says.search(text) for text in texts)]


EPOCH = datetime.date(1970, 1, 1)
Given = dict[str, Any]
Question = tuple[str, Given]
Answer = dict[str, Any]


class Script:
    """The script at work in a process of its own: questions about one calculator's data in, answers out."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def answers(self, data: Node, questions: Sequence[Question]) -> list[Answer]:
        assert self._process.stdin and self._process.stdout
        self._process.stdin.write(as_json({"data": folded(data), "questions": questions}) + "\n")
        self._process.stdin.flush()
        found: list[Answer] = json.loads(self._process.stdout.readline())
        return found


@contextmanager
def script(*ways: str) -> Iterator[Script]:
    """``ways``: scripts that reckon in a way of their own."""
    assets = [str(ROOT / "site_templates/assets" / name) for name in ("calculate.js", *ways)]
    command = [NODE or "node", str(ROOT / "tests/calculated.js"), *assets]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
    ) as process:
        yield Script(process)
        assert process.stdin
        process.stdin.close()


def number(day: datetime.date | None) -> int | None:
    """A day as the script counts it."""
    return None if day is None else (day - EPOCH).days


def said(decision: Decision[Any]) -> Answer:
    """A decision as the script answers."""
    plain = number if isinstance(decision.value, datetime.date) else lambda value: value
    return {
        "value": plain(decision.value),
        "possible": list(getattr(decision, "possible", ())),
        "reasons": reasons(decision.reasons),
        "others": [[o.reading, o.option, plain(o.value), o.text.zh] for o in decision.alternatives],
        "last": None,
        "stages": [],
        "planned": [],
        "doubt": None,
        "card": None,
    }


def reasons(given: Sequence[Reason]) -> list[list[str | None]]:
    return [[reason.text.zh, reason.basis.url if reason.basis else None] for reason in given]


def planned(
    law: Law, days: WorkingDays, tier: str, start: datetime.date, done: Mapping[str, datetime.date], *, major: bool
) -> Answer:
    """The days of a procedure as the script answers."""
    taken = timetable(law, days, tier, start, done, major=major)
    others = []
    for other in elsewhere(law, about(law, TimeLimit, Extension, Period, Publicity)):
        there = timetable(other.law, days, tier, start, done, major=major).last
        if taken.last is not None and there is not None and there != taken.last:
            others.append([other.question, other.option, number(there)])
    rows = [
        [[s.step, number(s.begins), number(s.ends), [r.text.zh for r in s.reasons]] for s in stage]
        for stage in taken.stages
    ]
    return {"last": number(taken.last), "stages": rows, "planned": others}
