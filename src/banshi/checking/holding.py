"""Hold: the rules on what was loaded, rule by rule, each on several things at once.

A rule that looks at one ledger after the other finds its own code and its law still in the processor's cache; sixty rules
in turn on each ledger do not, and take half as long again. What is told, and in which order, is the same.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path

from msgspec import Struct, field
from msgspec.structs import replace

from banshi.checking.loaded import Loaded, Subject
from banshi.checking.rule_findings import from_crash, from_not_stated, from_unusable_policy
from banshi.checking.rules import Rule, RuleBroken
from banshi.files.documents import Document
from banshi.files.findings import UNKNOWN, About, Finding, Problem, Route
from banshi.files.locating import Located, from_broken_rule
from banshi.files.not_stated import NotStated
from banshi.files.report import Report
from banshi.law.library import Law, PolicyUnreadable

Told = Callable[[Rule, Problem, Located, Law | None], Finding]


class Held(Struct):
    """Something that was loaded, and what the rules find in it.

    ``after``: how many findings of its report come before. ``without``: the rules that could not be applied, by the policy
    that they need. ``asked``: what the rules of each sort look at in it.
    """

    loaded: Loaded
    after: int
    found: list[Finding] = field(default_factory=list)
    by: dict[str, Rule] = field(default_factory=dict)
    failed: bool = False
    unjudged: dict[Route, set[str]] = field(default_factory=dict)
    unusable: dict[Path, PolicyUnreadable] = field(default_factory=dict)
    without: dict[Path, set[str]] = field(default_factory=dict)
    asked: dict[str, Sequence[Subject]] = field(default_factory=dict)

    def broken(self, why: RuleBroken) -> None:
        """A rule that cannot be used."""
        self.found.append(from_broken_rule(why.path.as_posix(), why.why))
        self.failed = True

    def ended(self) -> None:
        """All rules have looked at it: what they could not judge is said."""
        for path, unread in self.unusable.items():
            self.found.append(from_unusable_policy(self.loaded.place, unread, len(self.without[path])))
        if self.unjudged:
            self.found.append(from_not_stated(self.loaded.place, self.unjudged))


def in_lots(held: Iterator[Held], most: int) -> Iterator[list[Held]]:
    """So many at a time."""
    while lot := list(islice(held, most)):
        yield lot


def hold_together(rules_of: Callable[[str], list[Rule]], several: list[Held], report: Report, told: Told) -> None:
    """Run the rules on each of several things of one unit of work, and put what they find into its report."""
    for folder in dict.fromkeys(each.loaded.rules for each in several):
        alike = [each for each in several if each.loaded.rules == folder]
        try:
            rules = rules_of(folder)
        except RuleBroken as why:
            for each in alike:
                each.broken(why)
            continue
        for rule in rules:
            check, sort = rule.check, rule.sort
            for each in alike:
                subjects = each.asked.get(sort)
                for subject in _looked_at(rule, each) if subjects is None else subjects:
                    try:
                        for problem in check(subject[0]):
                            each.by[rule.id] = rule
                            each.found.append(_found(rule, problem, subject, each.loaded, told))
                    except Exception as error:  # a rule that crashes is itself a finding, and the rest still run
                        if not _goes_on(rule, each, subject, error):
                            break
    _report(several, report)


def _report(several: list[Held], report: Report) -> None:
    for each in several:
        each.ended()
        report.failed |= each.failed
        report.rules.update(each.by)
    if any(each.found for each in several):
        start = several[0].after
        since, at = report.findings.taken_back(start), 0
        for each in several:
            report.findings += since[at : each.after - start]
            report.findings += each.found
            at = each.after - start
        report.findings += since[at:]


def _looked_at(rule: Rule, held: Held) -> Sequence[Subject]:
    """What a rule, and every other of its sort, looks at; nothing where that cannot be told, which is noted."""
    try:
        found = held.asked[rule.sort] = held.loaded.looked_at(rule)
        return found
    except RuleBroken as why:
        held.broken(why)
    except (NotStated, PolicyUnreadable) as why:  # a ledger that does not say of which place it is has no law
        _not_applied(rule, held, why)
    return ()


def _goes_on(rule: Rule, held: Held, subject: Subject, error: Exception) -> bool:
    """Note why a rule ended before its time; whether it looks at what comes after the subject."""
    if isinstance(error, PolicyUnreadable | NotStated):
        _not_applied(rule, held, error)
    else:
        held.failed = True
        held.found.append(from_crash(rule, subject[1], f"{type(error).__name__}: {error}"))
    return not isinstance(error, PolicyUnreadable)


def _not_applied(rule: Rule, held: Held, why: PolicyUnreadable | NotStated) -> None:
    if isinstance(why, NotStated):  # a ledger without that column: the rule says nothing of it
        held.unjudged.setdefault(why.way, set()).add(rule.id)
    else:  # the rules that can do without that policy go on
        held.unusable.setdefault(why.path, why)
        held.without.setdefault(why.path, set()).add(rule.id)


def _found(rule: Rule, problem: Problem, subject: Subject, loaded: Loaded, told: Told) -> Finding:
    value, located, law = subject
    place = loaded.place if problem.on == "project" else loaded.sources.get(_part(problem.where), located)
    return replace(_told_there(rule, problem, place, law, told), about=_about(value))


def _told_there(rule: Rule, problem: Problem, place: Located, law: Law | None, told: Told) -> Finding:
    """A finding in that of several files which holds the row; it keeps the row's number among all of them."""
    where, sheet = problem.where, place.document
    if type(sheet) is Document:
        return told(rule, problem, place, law)
    from banshi.files.tables.sheet import SheetDocument  # late: most runs meet no table

    if not (isinstance(sheet, SheetDocument) and sheet.then and len(where) > 1 and isinstance(where[1], int)):
        return told(rule, problem, place, law)
    first, own = [each for each in sheet.files() if each[0] <= where[1]][-1]
    there = replace(problem, where=(where[0], where[1] - first, *where[2:]))
    return replace(told(rule, there, Located(own), law), where=where)


def _about(value: object) -> About:
    """Of whom it speaks, where that is stated."""
    try:
        return getattr(value, "about", UNKNOWN)
    except NotStated:
        return UNKNOWN


def _part(where: Route) -> str:
    """The part of a document that a route leads into; it may stand in a table of its own."""
    return str(where[0]) if where else ""
