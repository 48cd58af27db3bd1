"""取代说得通

一个文件取代、废止另一个文件（或其中的规范点），从写明的日子起，对方的就不再用了。所以：
取代要写明对方是本库的哪个文件；双方要管同一件事，否则查哪件事都用不到；开始的日子不能早于本文件施行，那时本文件还管不着。
写了自哪天起修改的，要同 amends 里的改动一致：改动照 amends 的日子，关系里另写的日子不会起作用；写了由哪几条（at）修改的，改动用到的各条都要写上。
"""

from collections.abc import Iterator

from banshi.base.text import listed
from banshi.checking.loaded import PolicyFile
from banshi.checking.rules import Problem, Severity, Text
from banshi.files.findings import Route
from banshi.law.norms import Norm
from banshi.law.version_parts import Relation

TITLE = Text("取代说得通", "Replacements make sense")
SUBJECT = "policy"
SEVERITY = "error"
BASIS = ()
_RELATION = """
dates: {issued: 2012-01-01, in_force: 2012-01-01, known: 2012-01-01}
relations:
  - {kind: repeals, instrument: luzhou/change-management, since: SINCE}
"""
GOOD = _RELATION.replace("SINCE", "2012-01-01")
BAD = _RELATION.replace("SINCE", "2011-12-01")
_ENDING = ("repeals", "prevails_over", "amends")


def check(policy: PolicyFile) -> Iterator[Problem]:
    """Each relation by which norms of another instrument give way."""
    if not policy.version.normative:
        return
    for n, relation in enumerate(policy.version.relations):
        if relation.replaces and relation.instrument is None:
            yield _nameless(("relations", n, "replaces"))
        if relation.replaces or relation.kind in _ENDING:
            yield from _early(policy, relation, ("relations", n, "since"))
            yield from _left_out(policy, relation, ("relations", n, "at"))
            yield from _another_day(policy, relation, ("relations", n, "since"))
            yield from _other_matter(policy, relation, ("relations", n))
            yield from _other_thing(policy, relation, ("relations", n, "replaces"))


def _nameless(where: Route) -> Problem:
    return Problem(
        where=where,
        at_key=True,
        message=Text(
            "写了取代哪些规范点，没有写是本库的哪个文件", "it replaces norms, but of no instrument of the library"
        ),
        fix=Text("写上 instrument（辖区/文件）。", "State the instrument."),
    )


def _early(policy: PolicyFile, relation: Relation, where: Route) -> Iterator[Problem]:
    begins = policy.version.begins
    if relation.since is not None and relation.since < begins and policy.version.dates.precision == "day":
        yield Problem(
            where=where,
            message=Text(
                f"自 {relation.since} 起取代，本文件 {begins} 才施行，以前的日子不会起作用",
                f"it gives way from {relation.since}, but this instrument is in force from {begins} only",
            ),
            fix=Text("改为本文件施行之日或以后。", "Use the day on which this instrument comes into force, or later."),
        )


def _another_day(policy: PolicyFile, relation: Relation, where: Route) -> Iterator[Problem]:
    """An amendment of which the changes themselves begin on another day."""
    own = policy.version
    days = sorted({each.since or own.begins for each in own.amends if each.instrument == relation.instrument})
    if relation.kind == "amends" and relation.since is not None and days and relation.since not in days:
        said = listed(day.isoformat() for day in days)
        yield Problem(
            where=where,
            message=Text(
                f"写的是自 {relation.since} 起修改，amends 里的改动自 {said} 起",
                f"it amends from {relation.since}, but its changes begin on {said}",
            ),
            fix=Text("对照原文，改成同一天。", "Compare with the source: both are one day."),
        )


def _left_out(policy: PolicyFile, relation: Relation, where: Route) -> Iterator[Problem]:
    """Provisions that change the instrument and that the relation, which names some, does not name."""
    own = (each for each in policy.version.amends if each.instrument == relation.instrument)
    changing = dict.fromkeys(change.at for each in own for change in each.changes if change.at)
    alike = [
        each for each in policy.version.relations if (each.kind, each.instrument) == ("amends", relation.instrument)
    ]
    named = {at for each in alike for at in each.at}
    missing = [at for at in changing if at not in named]
    if relation.kind == "amends" and relation is alike[0] and named and missing:
        labels = {provision.id: provision.label for provision in policy.version.provisions}
        said = listed(labels.get(at, at) for at in missing)
        yield Problem(
            where=where,
            severity=Severity.WARNING,
            message=Text(
                f"写的是由哪几条修改，没有写{said}，amends 里它也改了 {relation.instrument}",
                f"of the provisions that change {relation.instrument}, {', '.join(missing)} is not named",
            ),
            fix=Text("补上，或改正改动里的 at。", "Name it too, or correct at of the changes."),
        )


def _other_matter(policy: PolicyFile, relation: Relation, where: Route) -> Iterator[Problem]:
    files = policy.library.files(relation.instrument or "")
    theirs = dict.fromkeys(subject for path in files for subject in policy.library.load(path).subjects)
    ours = policy.version.subjects
    if files and theirs and ours and not set(theirs) & set(ours):
        yield Problem(
            where=where,
            message=Text(
                f"{relation.instrument} 管 {listed(theirs)}，本文件管 {listed(ours)}：取代不会起作用",
                f"{relation.instrument} governs {', '.join(theirs)}, this instrument {', '.join(ours)}: nothing gives way",
            ),
            fix=Text("核对 governs，或改正取代的文件。", "Check what both govern, or correct the instrument."),
        )


def _other_thing(policy: PolicyFile, relation: Relation, where: Route) -> Iterator[Problem]:
    """Norms that give way to others of their kind, all of which are about another leave, fact or measure."""
    texts = [policy.library.load(path) for path in policy.library.files(relation.instrument or "")]
    for old, new in relation.replaces.items():
        theirs = [p.norm for text in texts for p in text.placed if p.norm.id == old]
        ours = [norm for _, norm in policy.norms() if norm.id in new]
        if theirs and ours and all(_apart(one, other) for one in theirs for other in ours):
            yield Problem(
                where=(*where, old),
                message=Text(
                    f"取代 {old} 的 {listed(new)} 说的是另一回事：{old} 不再适用，没有别的接着管",
                    f"{', '.join(new)} is about something else than {old}, which gives way and leaves a gap",
                ),
                fix=Text("对照原文，写真正取代它的规范点。", "Name the norm that really takes its place."),
            )


def _apart(one: Norm, other: Norm) -> bool:
    if type(one) is not type(other):
        return False
    for field in ("of", "leave", "fact", "measure"):
        own, its = (_names(getattr(norm, field, None)) for norm in (one, other))
        if own and its and not own & its:
            return True
    return False


def _names(value: object) -> set[str]:
    return {value} if isinstance(value, str) else set(value) if isinstance(value, tuple) else set()
