"""Answers and moves as rows of a table."""

import datetime
from decimal import Decimal

from banshi.base.text import Lang
from banshi.law.decisions import Reason
from banshi.output.records import Row
from banshi.subjects.impact.answers import Answer
from banshi.subjects.impact.answers_in_english import in_english


def answer_row(answer: Answer, lang: Lang) -> Row:
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
