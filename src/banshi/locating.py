"""From problems to findings: what each stage reports, made concrete as file, line and column."""

from dataclasses import dataclass
from typing import Any

from banshi.documents import Document, Place
from banshi.findings import Finding, Problem, Route, Severity
from banshi.library import Law, PolicyUnreadable
from banshi.limits import MAX_SAID, MAX_SHOWN, MAX_STEP
from banshi.reading import InputProblem
from banshi.rule_basis import cites
from banshi.rules import Rule
from banshi.shape import ShapeProblem
from banshi.text import NOTHING, Text


@dataclass(frozen=True, slots=True)
class Located:
    """A document, and the route that leads to a form inside it (a ledger holds several)."""

    document: Document
    prefix: Route = ()


def from_input(
    path: str, problem: InputProblem, document: Document | None = None, severity: Severity = Severity.ERROR
) -> Finding:
    """A finding of the first stage: the file could not be read, or not all of it."""
    line = problem.source_line or (document.line(problem.place.line) if document else "")
    said = {"message": problem.message, "fix": problem.fix}
    return _at(path, problem.place, line, rule=problem.rule, severity=severity, **said)


def from_shape(document: Document, problem: ShapeProblem, severity: Severity = Severity.ERROR) -> Finding:
    """A finding of the second stage: the document deviates from its schema."""
    place = document.place(problem.where, problem.at_key)
    said = {"where": problem.where, "message": problem.message, "fix": problem.fix}
    return _at(document.path, place, document.line(place.line), rule=problem.rule, severity=severity, **said)


def from_problem(rule: Rule, problem: Problem, located: Located, law: Law | None) -> Finding:
    """A finding of a rule; where the problem names no basis, the rule's own norms in the law in force speak."""
    document, where = located.document, (*located.prefix, *problem.where)
    place = document.place(where, problem.at_key)
    basis = problem.basis
    if basis is None:
        basis = cites(rule, law)
    return _at(
        document.path,
        place,
        document.line(place.line),
        rule=rule.id,
        severity=problem.severity or rule.severity,
        where=where,
        message=problem.message,
        fix=problem.fix,
        basis=tuple(dict.fromkeys(basis)),
        reading_dependent=problem.reading_dependent,
    )


def from_crash(rule: Rule, located: Located, why: str) -> Finding:
    """A finding about the tool itself: a rule failed while it looked at a document."""
    why = _short(why, MAX_SHOWN * 4)
    message = Text(f"校验规则 {rule.id} 自身出错（{why}），这条规则没有检查完", f"rule {rule.id} itself failed ({why})")
    return _engine(located.document.path, located.document.place(located.prefix), message)


def from_failure(path: str, error: BaseException, line: int = 1) -> Finding:
    """A finding about the tool itself: it failed over a file, or over one line of it."""
    why = _short(f"{type(error).__name__}: {error}", MAX_SHOWN * 4)
    message = Text(f"工具在这里出错（{why}），没有检查完", f"the tool failed here ({why}); not everything was checked")
    return _at(
        path, Place(line, 1, 2), "", rule="engine/unit-failed", severity=Severity.ERROR, message=message, fix=_NOT_YOURS
    )


def from_broken_rule(path: str, why: str) -> Finding:
    """A finding about the tool itself: a rule file cannot be loaded."""
    message = Text(f"校验规则文件载入失败：{why}", f"this rule file cannot be loaded: {why}")
    return _engine(path, Place(1, 1, 1), message)


def from_unusable_policy(located: Located, error: PolicyUnreadable) -> Finding:
    """A finding where a policy that the rules need cannot be used."""
    place = located.document.place(located.prefix)
    return unusable_policy(located.document.path, place, located.document.line(place.line), error)


def unusable_policy(path: str, place: Place, source: str, error: PolicyUnreadable) -> Finding:
    """The same for a file that is not read yet."""
    message = Text(
        f"所依据的 {error.path.name}（{error.path.parent}）不能用，没有检查完：{error.why}",
        f"{error.path}, on which the rules rest, cannot be used, so not everything was checked: {error.why}",
    )
    fix = Text(f"先用 banshi check {error.path} 把它改好。", f"Correct it first: banshi check {error.path}")
    said = {"rule": "engine/policy-unusable", "severity": Severity.ERROR, "message": message, "fix": fix}
    return _at(path, place, source, **said)


def _engine(path: str, place: Place, message: Text) -> Finding:
    return _at(path, place, "", rule="engine/rule-crashed", severity=Severity.ERROR, message=message, fix=_NOT_YOURS)


def _at(path: str, place: Place, source_line: str, **rest: Any) -> Finding:
    end = max(place.end_column, place.column + 1)
    for name in ("message", "fix"):
        rest[name] = Text(*(_short(said, MAX_SAID) for said in rest.get(name, NOTHING)))
    rest["where"] = tuple(_short(s, MAX_STEP) if isinstance(s, str) else s for s in rest.get("where", ()))
    return Finding(path=path, line=place.line, column=place.column, end_column=end, source_line=source_line, **rest)


def _short(said: str, most: int) -> str:
    return said if len(said) <= most else said[: most - 1] + "…"


_NOT_YOURS = Text(
    "这不是您的表格的错；请把这一行告诉维护人员。", "This is not your form's fault; please report this line."
)
