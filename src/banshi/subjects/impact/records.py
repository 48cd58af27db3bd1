"""Answers and moves as rows of a table."""

import datetime
from decimal import Decimal

from banshi.base.text import Lang
from banshi.law.decisions import Reason
from banshi.output.records import Row
from banshi.subjects.impact.answers import CaseAnswer
from banshi.subjects.impact.answers_in_english import in_english
from banshi.subjects.impact.comparing import Move


def answer_row(answer: CaseAnswer, lang: Lang) -> Row:
    """An answer as ``output.records.ANSWERS`` has it."""
    words = answer.subject, answer.question, answer.value
    subject, question, value = words if lang == "zh" else map(in_english, words)
    amount = answer.amount
    basis = dict.fromkeys(reason.basis.say() for reason in answer.reasons if reason.basis)
    return (
        subject,
        answer.path,
        answer.case,
        question,
        value,
        answer.code if answer.code != answer.value else "",
        amount if isinstance(amount, Decimal) else None,
        amount if isinstance(amount, datetime.date) else None,
        _said(answer.reasons, lang),
        "；".join(basis),
    )


def _said(reasons: tuple[Reason, ...], lang: Lang) -> str:
    return ("；" if lang == "zh" else "; ").join(reason.text.say(lang) for reason in reasons)


def move_row(move: Move, lang: Lang) -> Row:
    """An answer that moved as ``output.records.MOVES`` has it."""
    answer, (old, new) = move.answer, move.why
    mark = "；" if lang == "zh" else "; "
    said = (mark.join(reason_said(one, lang) for one in own) for own in (old, new))
    basis = mark.join(dict.fromkeys(cited.say() for cited in move.basis))
    words = (answer.subject, answer.question, value_said(move.before), value_said(move.after), move.by)
    subject, question, was, now, by = words if lang == "zh" else map(in_english, words)
    return (subject, answer.path, answer.case, question, was, now, by, *said, basis)


def reason_said(one: Reason, lang: Lang) -> str:
    """A reason with its provision."""
    if lang == "zh":
        return f"{one.text.zh}{f'（{one.basis.say()}）' if one.basis else ''}"
    return f"{one.text.en}{f' ({one.basis.say()})' if one.basis else ''}"


def value_said(answer: CaseAnswer | None) -> str:
    """The value of an answer; that there is none."""
    return answer.value if answer else "（没有）"
