"""From what rules say to findings: a problem, a rule that failed, a policy that the rules need and that cannot be used."""

from banshi.base.limits import MAX_SHOWN
from banshi.base.text import Text
from banshi.checking.rule_basis import cites
from banshi.checking.rules import Rule
from banshi.files.documents import Place
from banshi.files.findings import Finding, Problem, Severity
from banshi.files.locating import Located, finding_at, of_the_tool, shortened
from banshi.law.library import Law, PolicyUnreadable


def from_problem(rule: Rule, problem: Problem, located: Located, law: Law | None) -> Finding:
    """A finding of a rule; where the problem names no basis, the rule's own norms in the law in force speak."""
    document, where = located.document, (*located.prefix, *problem.where)
    place = document.place(where, problem.at_key)
    basis = problem.basis
    if basis is None:
        basis = cites(rule, law)
    return finding_at(
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
    why = shortened(why, MAX_SHOWN * 4)
    message = Text(f"校验规则 {rule.id} 自身出错（{why}），这条规则没有检查完", f"rule {rule.id} itself failed ({why})")
    return of_the_tool(located.document.path, located.document.place(located.prefix), message)


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
    return finding_at(path, place, source, **said)
