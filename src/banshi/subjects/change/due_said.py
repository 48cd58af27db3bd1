"""Days on which something is due, as an answer in sections: what is said of them, for every face alike."""

import datetime
from collections.abc import Iterable
from typing import Any

from msgspec import Struct

from banshi.base.text import NOTHING, Lang, Text
from banshi.files.law_used import LawUsed
from banshi.law.decisions import Decision
from banshi.output.saying import alternatives_json, reasons_json
from banshi.output.sections import Printout, ReasonsSection


class DueAnswer(Struct, frozen=True):
    """What is due: the form's number (if any), what for, when it was done (if it was), and the decision.

    ``lawless``: nothing was in force on the day.
    """

    number: str
    what: Text
    done: datetime.date | None
    decision: Decision[datetime.date]
    lawless: bool = False


def due_printout(answers: Iterable[DueAnswer], law: LawUsed, *, fictional: bool = False) -> Printout:
    """A section for each; ``fictional``: forms among them are."""
    return Printout("期限", NOTHING, sections=[_section(each) for each in answers], fictional=fictional, law=law)


def as_json(answer: DueAnswer, lang: Lang) -> dict[str, Any]:
    """The answer as plain data."""
    decision = answer.decision
    return {
        "change": answer.number,
        "what": answer.what.say(lang),
        "due": decision.value.isoformat() if decision.value else None,
        "done": answer.done.isoformat() if answer.done else None,
        "reading_dependent": decision.reading_dependent,
        "reasons": reasons_json(decision.reasons, lang),
        "alternatives": alternatives_json(decision.alternatives, lang),
    }


def _section(answer: DueAnswer) -> ReasonsSection:
    head = Text(_head(answer, "zh"), _head(answer, "en"))
    return ReasonsSection(head, answer.decision.reasons, answer.decision.alternatives, head=head)


def _head(answer: DueAnswer, lang: Lang) -> str:
    label = "  ".join(part for part in (answer.number, answer.what.say(lang)) if part)
    day = answer.decision.value.isoformat() if answer.decision.value else _UNDETERMINED.say(lang)
    done = Text(f"（实际 {answer.done}）", f" (done {answer.done})").say(lang) if answer.done else ""
    return f"{label}：{day}{done}" if label else f"{day}{done}"


_UNDETERMINED = Text("不能判定", "not determined")
