"""From what rules say to findings: a problem, a rule that failed, a policy that the rules need and that cannot be used."""

from collections.abc import Mapping

from banshi.base.limits import MAX_SHOWN
from banshi.base.text import Text, listed
from banshi.checking.rule_basis import cites
from banshi.checking.rules import Rule
from banshi.files.documents import Place
from banshi.files.findings import Finding, Problem, Route, Severity
from banshi.files.locating import Located, finding_at, of_the_tool, shortened
from banshi.law.library import Law, PolicyUnreadable


def from_problem(rule: Rule, problem: Problem, located: Located, law: Law | None) -> Finding:
    """A finding of a rule; where the problem names no basis, the rule's own norms in the law in force speak."""
    document, where = located.document, (*located.prefix, *problem.where)
    return _told(rule, problem, located, law, document.place(where, problem.at_key))


def unplaced(rule: Rule, problem: Problem, located: Located, law: Law | None) -> Finding:
    """The same without looking for its place, where nobody will be led there: to find it costs more than the rule."""
    return _told(rule, problem, located, law, Place(1, 1, 1))


def _told(rule: Rule, problem: Problem, located: Located, law: Law | None, place: Place) -> Finding:
    document, where = located.document, (*located.prefix, *problem.where)
    basis = problem.basis or cites(rule, law)  # what a rule names may be nothing, where no norm of the sort is in force
    return finding_at(
        document.path,
        place,
        document.source(place),
        rule=rule.id,
        severity=problem.severity or rule.severity,
        where=where,
        message=document.said(where, problem.message),
        fix=document.in_words(problem.fix),
        basis=tuple(dict.fromkeys(basis)),
        reading_dependent=problem.reading_dependent,
        stands_for=problem.stands_for,
    )


def from_crash(rule: Rule, located: Located, why: str) -> Finding:
    """A finding about the tool itself: a rule failed while it looked at a document."""
    why = shortened(why, MAX_SHOWN * 4)
    message = Text(f"校验规则 {rule.id} 自身出错（{why}），这条规则没有检查完", f"rule {rule.id} itself failed ({why})")
    return of_the_tool(located.document.path, located.document.place(located.prefix), message)


def from_not_stated(located: Located, unjudged: Mapping[Route, set[str]]) -> Finding:
    """A note of what a file has no place for, or says in a way that nobody may rely on, and how many rules were silent."""
    from banshi.files.tables.filed import FiledDocument  # late: most checks meet no table

    document, rules = located.document, sorted(set().union(*unjudged.values()))
    ways = sorted(unjudged, key=lambda way: (-len(unjudged[way]), str(way)))
    named = list(dict.fromkeys(document.name_of(way) for way in ways))
    shown = listed(named[:_NAMED]) + (f"等 {len(named)} 项" if len(named) > _NAMED else "")
    in_table = isinstance(document, FiledDocument)
    zh, en = (
        ("表里没有（没有这一列，或格里写的读不出）的有", "the table does not state, or not legibly:")
        if in_table
        else ("没有写明（没有填、写得不对，或可能写在不认识的键下）的有", "not stated, or wrongly:")
    )
    message = Text(
        f"{zh} {shown}，有关的 {len(rules)} 条规则没有查（{listed(rules[:_NAMED])}{'……' if len(rules) > _NAMED else ''}）",
        f"{en} {', '.join(named[:_NAMED])}, so {len(rules)} rules were not applied",
    )
    place = document.place(located.prefix)
    said = {
        "rule": "input/not-stated",
        "severity": Severity.NOTE,
        "message": message,
        "fix": _ADD if in_table else _NAME,
    }
    return finding_at(document.path, place, document.source(place), **said)


_NAMED = 8
_NAME = Text("先改好上面列出的各处，再检查一次。", "Correct what is listed above first, then check again.")
_ADD = Text(
    "先改好上面列出的各处；没有这一列的，要查就补上列或明细表。",
    "Correct what is listed above first; add the columns or tables that are lacking to have them checked.",
)


_NOTHING_CHECKED = ("没有检查完", "not everything was checked")


def from_unusable_policy(located: Located, error: PolicyUnreadable, rules: int) -> Finding:
    """A finding where a policy that so many rules need cannot be used."""
    place = located.document.place(located.prefix)
    return unusable_policy(located.document.path, place, located.document.source(place), error, rules)


def unusable_policy(path: str, place: Place, source: str, error: PolicyUnreadable, rules: int = 0) -> Finding:
    """The same; without a number of rules, for a file that is not read yet, or of which nothing was checked."""
    shown, at = error.shown, f"第 {error.line} 行" if error.line else ""
    left = (
        (f"要用它的 {rules} 条规则没有查", f"{rules} rules that need it were not applied")
        if rules
        else _NOTHING_CHECKED
    )
    message = Text(
        f"所依据的 {shown.name}（{shown.parent}）{at}不能用，{left[0]}：{error.why.zh}",
        f"{shown}{f':{error.line}' if error.line else ''}, on which the rules rest, cannot be used; {left[1]}: "
        f"{error.why.en}",
    )
    fix = Text(f"先用 banshi check {shown} 把它改好。", f"Correct it first: banshi check {shown}")
    said = {"rule": "engine/policy-unusable", "severity": Severity.ERROR, "message": message, "fix": fix}
    return finding_at(path, place, source, **said)
