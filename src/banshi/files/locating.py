"""From problems to findings: what each stage reports, made concrete as file, line and column."""

from typing import Any

from msgspec import Struct

from banshi.base.limits import MAX_SAID, MAX_SHOWN, MAX_STEP
from banshi.base.text import NOTHING, Text
from banshi.files.documents import Document, Place
from banshi.files.findings import Finding, Route, Severity
from banshi.files.reading import InputProblem
from banshi.files.shape import ShapeProblem


class Located(Struct, frozen=True):
    """A document, and the route that leads to a form inside it (a ledger holds several)."""

    document: Document
    prefix: Route = ()


def from_input(
    path: str, problem: InputProblem, document: Document | None = None, severity: Severity = Severity.ERROR
) -> Finding:
    """A finding of the first stage: the file could not be read, or not all of it."""
    line = problem.source_line or (document.line(problem.place.line) if document else "")
    said = {"message": problem.message, "fix": problem.fix}
    return finding_at(path, problem.place, line, rule=problem.rule, severity=severity, **said)


def from_shape(document: Document, problem: ShapeProblem, severity: Severity = Severity.ERROR) -> Finding:
    """A finding of the second stage: the document deviates from its schema."""
    place = document.place(problem.where, problem.at_key)
    message, fix = document.said(problem.where, problem.message), document.in_words(problem.fix)
    said = {"where": problem.where, "message": message, "fix": fix}
    return finding_at(document.path, place, document.source(place), rule=problem.rule, severity=severity, **said)


def from_failure(path: str, error: BaseException, line: int = 1) -> Finding:
    """A finding about the tool itself: it failed over a file, or over one line of it."""
    return from_input(path, failure(error, line))


def failure(error: BaseException, line: int = 1) -> InputProblem:
    """What is said of a file, or of one line of it, over which the tool itself failed."""
    why = shortened(f"{type(error).__name__}: {error}", MAX_SHOWN * 4)
    message = Text(f"工具在这里出错（{why}），没有检查完", f"the tool failed here ({why}); not everything was checked")
    return InputProblem("engine/unit-failed", Place(line, 1, 2), message, _NOT_YOURS)


def from_broken_rule(path: str, why: str) -> Finding:
    """A finding about the tool itself: a rule file cannot be loaded."""
    message = Text(f"校验规则文件载入失败：{why}", f"this rule file cannot be loaded: {why}")
    return of_the_tool(path, Place(1, 1, 1), message)


def of_the_tool(path: str, place: Place, message: Text) -> Finding:
    """A finding about the tool itself."""
    return finding_at(
        path, place, "", rule="engine/rule-crashed", severity=Severity.ERROR, message=message, fix=_NOT_YOURS
    )


def finding_at(path: str, place: Place, source_line: str, **rest: Any) -> Finding:
    """A finding at a place, what it says cut to what a report can hold."""
    end = max(place.end_column, place.column + 1)
    for name in ("message", "fix"):
        rest[name] = Text(*(shortened(said, MAX_SAID) for said in rest.get(name, NOTHING)))
    rest["where"] = tuple(shortened(s, MAX_STEP) if isinstance(s, str) else s for s in rest.get("where", ()))
    return Finding(
        path=path,
        line=place.line,
        column=place.column,
        end_column=end,
        source_line=source_line,
        sheet=place.sheet,
        **rest,
    )


def shortened(said: str, most: int) -> str:
    """At most so many characters, the last one then "…"."""
    return said if len(said) <= most else said[: most - 1] + "…"


_NOT_YOURS = Text(
    "这不是您的表格的错；请把这一行告诉维护人员。", "This is not your form's fault; please report this line."
)
