"""What a leave lacks, as problems for the rules on registers."""

from collections.abc import Iterator

from banshi.base.text import Text
from banshi.files.findings import Problem
from banshi.subjects.attendance.case import LeaveEntry, RegisterInLaw
from banshi.subjects.attendance.words import days_zh


def lacking(case: RegisterInLaw, *codes: str) -> Iterator[Problem]:
    """A problem for each leave that falls short in one of these ways, with the norm on which that rests."""
    for entry in case.entries:
        for short in entry.decision.shortcomings if entry.decision else ():
            if short.code in codes:
                kind, together = case.words.kind(entry.leave.kind), _together(entry)
                yield Problem(
                    where=("leave", entry.index, short.key),
                    message=Text(
                        f"{entry.leave.staff} {entry.leave.start} 的{kind.zh}{together.zh}：{short.text.zh}",
                        f"{entry.leave.staff}, {kind.en} of {entry.leave.start}{together.en}: {short.text.en}",
                    ),
                    fix=short.fix,
                    basis=(short.basis,) if short.basis else (),
                )


def _together(entry: LeaveEntry) -> Text:
    """That leaves without a working day between them count as one, whose length decides who approves it."""
    spell = entry.question.spell if entry.question else None
    if spell is None or not entry.halves or len(spell.halves) == len(entry.halves):
        return Text("", "")
    return Text(
        f"（与前后相连的请假合计{days_zh(spell.length)}）", f" (with adjoining leave {spell.length} days in all)"
    )
