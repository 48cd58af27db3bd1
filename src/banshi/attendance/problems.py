"""What a leave lacks, as problems for the rules on registers."""

from collections.abc import Iterator

from banshi.attendance.case import Case
from banshi.attendance.words import KINDS
from banshi.findings import Problem
from banshi.text import Text


def lacking(case: Case, *codes: str) -> Iterator[Problem]:
    """A problem for each leave that falls short in one of these ways, with the norm on which that rests."""
    for entry in case.entries:
        for short in entry.decision.shortcomings if entry.decision else ():
            if short.code in codes:
                kind = KINDS[entry.leave.kind]
                yield Problem(
                    where=("leave", entry.index, short.key),
                    message=Text(
                        f"{entry.leave.staff} {entry.leave.start} 的{kind.zh}：{short.text.zh}",
                        f"{entry.leave.staff}, {kind.en} of {entry.leave.start}: {short.text.en}",
                    ),
                    fix=short.fix,
                    basis=(short.basis,) if short.basis else (),
                )
