"""写下的都有用处

规范点写进来，是要拿去算、拿去校验、写进指南的。这里找写了也没有用处的：
种类与 `governs` 所说的事不相干的规范点；算法不认得的取值（例如一个没有算法的期间）；算法不看的字段；
没有规范点用到的档次、环节、情形、不计入时限的期间、事实，一个也没有用到的变更类别，也没有哪一栏会被读出的表格；没有金额、类别通到的档次下面的程序、公示、报告；报批表里没有的键；空的列表；两样东西写成同一样的（代行的就是没有的那个机关，报给自己）；公示放在哪一档的程序里都没有的环节前后；不公示的一档的公示期。要公示而没有写多久的，是警告。

哪些算法看哪些种类、哪些字段，写在各项计算旁边的 `uses.py` 里。可以只供阅读的种类（颁布、职责、后果、列举等），没有计算会看的
字段要写进陈述（如 `{effects}`），读的人才看得到；写的是另一个认得的名目而差一两个字母的，当作写错。
机关和材料的名称是给全文用的名录，不查。没有规范效力的材料不查。
"""

from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from typing import Any

from banshi.base.text import listed
from banshi.checking.declared_uses import ignored_fields, of_kind, taking, unmet
from banshi.checking.loaded import PolicyFile
from banshi.checking.rules import Problem, Severity, Text
from banshi.files.findings import Route
from banshi.law.instruments import PolicyVersion
from banshi.law.norms import Norm, Period, Procedure, Publicity, Record
from banshi.law.uses import NAMED_PARTS, TO_BE_READ, executable, said_in_statement
from banshi.subjects.change.uses import KEYS

TITLE = Text("写下的都有用处", "Nothing written is ignored")
SUBJECT = "policy"
SEVERITY = "error"
BASIS = ()
_PERIOD = """
provisions:
  - id: "1"
    label: 一
    heading: 公示
    source: {lines: [1, 1]}
    norms:
      - {id: finance-tier, kind: approval_tier, statement: "{amount}的，由财政部门批准。", tier: finance, measure: single,
         amount: {upper: {value: 100000, inclusive: true}, unit: 元}}
      - {id: government-tier, kind: approval_tier, statement: "{amount}的，由市政府批准。", tier: government, measure: single,
         amount: {lower: {value: 100000, inclusive: false}, unit: 元}}
      - {id: finance-procedure, kind: procedure, statement: "业主申请，{stages}。", tier: finance, position: 1,
         applicants: [owner], stages: [{steps: [{step: finance_approval, office: finance}]},
                                       {steps: [{step: government_approval, office: government}]}]}
      - {id: shown, kind: period, statement: "公示{length}。", of: WHAT, length: {value: 5, unit: 天}, inclusive: true}
readings: []
"""
GOOD = _PERIOD.replace("WHAT", "publicity")
BAD = _PERIOD.replace("WHAT", "publication")
_LEADS = ("approval_gate", "approval_tier", "class_tier")
# Names of what decides something; offices and papers are names for the whole text.
_TABLES = {
    "tiers": Text("档次", "tier"),
    "steps": Text("环节", "step"),
    "criteria": Text("情形", "criterion"),
    "classes": Text("变更类别", "class of change"),
    "pause_reasons": Text("不计入时限的期间", "time that does not count"),
    "facts": Text("事实", "fact"),
    "forms": Text("表格", "form"),
}


def check(policy: PolicyFile) -> Iterator[Problem]:
    """Each norm and each of its fields; then the names."""
    if not policy.version.normative:
        return
    for route, norm in policy.norms():
        yield from _norm(policy, route, norm)
        yield from _empty(norm, _at(policy.data, route), route)
        yield from _itself(route, norm)
    yield from _names(policy)


def _norm(policy: PolicyFile, route: Route, norm: Norm) -> Iterator[Problem]:
    subjects = policy.version.subjects
    if misspelt := list(_misspelt(route, norm, subjects)):
        yield from misspelt
        return
    yield from _parts(policy, route, norm)
    if executable(norm.kind) and not taking(norm, subjects):
        off = norm.subject and norm.subject not in subjects
        yield _off_subject(route, norm, subjects) if off else _nobody(route, norm, subjects)
        return
    for field in ignored_fields(norm, _stated(policy.data, route), subjects):
        yield _ignored(route, norm, field)
    if isinstance(norm, Record):
        yield from _of_no_leave(policy, route, norm)
    if "change" in subjects:
        yield from _unreached(policy, route, norm)
        yield from _taken_by_nobody(policy, route, norm)
        yield from _shown_for(policy, route, norm)
        yield from _unknown_keys(route, norm)


def _empty(norm: Norm, value: Any, route: Route) -> Iterator[Problem]:
    """A list of nothing, or a mapping: whether nobody is meant, or everybody, it does not say."""
    if value in ([], {}):
        yield Problem(
            where=route,
            message=Text(
                f"{norm.id} 的 {route[-1]} 是空的，等于没有写", f"{route[-1]} of {norm.id} is empty: it says nothing"
            ),
            fix=Text("补上要写的；不限的，删去这一项。", "Write what is meant, or leave it out."),
        )
    for key, part in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield from _empty(norm, part, (*route, key))


def _itself(route: Route, norm: Norm) -> Iterator[Problem]:
    """A norm that sets something in its own place, or compares it with itself."""
    for one, other in _APART.get(norm.kind, ()):
        left, right = (getattr(part, "key", part) for part in (getattr(norm, one), getattr(norm, other)))
        if left == right:
            yield Problem(
                where=(*route, other),
                message=Text(
                    f"{norm.id} 的 {one} 和 {other} 是同一个：{left}",
                    f"{one} and {other} of {norm.id} are the same: {left}",
                ),
                fix=Text("对照原文改正一个。", "Correct one of them."),
            )


_APART = {
    "substitution": [("absent", "acting")],
    "ordering": [("first", "then")],
    "report_after": [("by", "to")],
    "discount_price": [("bid", "ceiling"), ("price", "bid"), ("price", "ceiling")],
    "offset": [("leave", "taken_from")],
}


def _misspelt(route: Route, norm: Norm, subjects: tuple[str, ...]) -> Iterator[Problem]:
    """A norm that may be there to be read, but names nearly what a computation looks for."""
    for field in TO_BE_READ.get(norm.kind, "").split() if not executable(norm.kind) else ():
        known = sorted(set(_wanted(norm, field, subjects)) - {"*", "-"})
        written = getattr(norm, field)
        if isinstance(written, str) and written not in known and (near := get_close_matches(written, known, 1, 0.85)):
            yield Problem(
                where=(*route, field),
                message=Text(
                    f"没有计算会用 {norm.id}：不认得 {field}＝{written}",
                    f"nothing computes {norm.id}: {field} is {written}",
                ),
                fix=Text(f"是不是 {near[0]}？只供阅读的，换一个不会看错的名目。", f"Is {near[0]} meant?"),
            )


def _parts(policy: PolicyFile, route: Route, norm: Norm) -> Iterator[Problem]:
    """What belongs to a named value, and is not used of names in this field."""
    for (kind, field), used in NAMED_PARTS.items():
        given = _at(policy.data, (*route, field)) if kind == norm.kind else None
        for n, named in enumerate(given if isinstance(given, list) else [given] if given else []):
            where = (*route, field, n) if isinstance(given, list) else (*route, field)
            for part in named:
                if part not in ("value", "name", *used):
                    yield _ignored(where, norm, part)


def _of_no_leave(policy: PolicyFile, route: Route, record: Record) -> Iterator[Problem]:
    """What is computed of papers for a leave, with papers that are for none."""
    if "attendance" not in policy.version.subjects:
        return
    if any(record.when in version.leave_kinds for version in (policy.version, *policy.beside)):
        return
    for field in _stated(policy.data, route):
        if field in _OF_LEAVE and not said_in_statement(record, field):
            yield _ignored(route, record, field)


_OF_LEAVE = ("length", "due", "insured_hospital", "attachments")


def _at(data: Any, route: Route) -> Any:
    """What stands at a route of plain data; None where nothing does."""
    for key in route:
        data = data[key] if isinstance(data, list) else data.get(key)
    return data


def _stated(data: Any, route: Route) -> list[str]:
    """The fields that the file writes, those that say nothing (false, an empty list) apart."""
    for key in route:
        data = data[key]
    return [key for key, value in data.items() if value not in (None, False, [], {}, "")]


def _off_subject(route: Route, norm: Norm, subjects: tuple[str, ...]) -> Problem:
    return Problem(
        where=(*route, "kind"),
        message=Text(
            f"{norm.id} 是 {norm.subject} 的规范点（{norm.kind}），本文件的 governs 只有 {listed(subjects)}，不会被用到",
            f"{norm.id} ({norm.kind}) is about {norm.subject}, which the instrument does not govern: it is ignored",
        ),
        fix=Text(f"在 governs 里加上 {norm.subject}，或移到管这件事的文件。", f"Add {norm.subject} to governs."),
    )


def _of_others(route: Route, norm: Norm, subjects: tuple[str, ...], others: list[str]) -> Problem:
    """Of a kind that several subjects use, one that is computed in instruments on others alone."""
    return Problem(
        where=route,
        at_key=True,
        message=Text(
            f"{norm.id}（{norm.kind}）只在管 {listed(others)} 的文件里用到，本文件的 governs 是 {listed(subjects)}，不会被用到",
            f"{norm.id} ({norm.kind}) is used in instruments on {', '.join(others)} alone; this one governs {', '.join(subjects)}",
        ),
        fix=Text(
            f"这个文件也管这件事的，在 governs 里加上 {others[0]}；不管的，移到管 {listed(others)} 的文件。",
            f"Add {others[0]} to governs if it does, or move it to an instrument on {' or '.join(others)}.",
        ),
    )


def _nobody(route: Route, norm: Norm, subjects: tuple[str, ...]) -> Problem:
    elsewhere = [use.subject for use in of_kind(norm.kind) if use.subject and use.takes(norm, (use.subject,))]
    if elsewhere:
        return _of_others(route, norm, subjects, list(dict.fromkeys(elsewhere)))
    near = unmet(norm, subjects)
    missing = near[1] if near else {}
    field = next(iter(missing), "kind")
    written = getattr(norm, field)
    known = sorted(set(_wanted(norm, field, subjects)))
    return Problem(
        where=(*route, field) if near and hasattr(norm, field) else route,
        at_key=True,
        message=Text(
            f"没有计算会用 {norm.id}（{norm.kind}）：不认得 {field}＝{_plain(written)}",
            f"nothing computes {norm.id} ({norm.kind}): {field} is {_plain(written)}",
        ),
        fix=Text(
            f"{field} 现在能算的有：{listed(known) or '没有'}；只是说明的，改用 information 一类。",
            f"What can be computed for {field}: {', '.join(known) or 'nothing'}; what only informs is of another kind.",
        ),
    )


def _wanted(norm: Norm, field: str, subjects: tuple[str, ...]) -> Iterator[str]:
    for use in of_kind(norm.kind):
        if not use.subject or use.subject in subjects:
            yield from (wanted for name, wanted in use.selector.conditions if name == field)


def _plain(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return "、".join(map(str, value)) if isinstance(value, (tuple, dict)) else str(value)


def _ignored(route: Route, norm: Norm, field: str) -> Problem:
    return Problem(
        where=(*route, field),
        at_key=True,
        message=Text(
            f"{norm.id} 的 {field} 没有计算会看，写了也不起作用",
            f"nothing reads {field} of {norm.id}: it has no effect",
        ),
        fix=_IGNORED if executable(norm.kind) else _UNSAID,
    )


_IGNORED = Text("删去这一项；要起作用的，换成能算的写法。", "Leave it out, or say it in a way that can be computed.")
_UNSAID = Text(
    "删去这一项；只供阅读的，写进陈述（大括号里写字段名）；要起作用的，换成能算的写法。",
    "Leave it out; where it only informs, put it into the statement, its key in braces.",
)


def _unreached(policy: PolicyFile, route: Route, norm: Norm) -> Iterator[Problem]:
    """A norm of a tier to which no amount, class or gate leads."""
    tier = getattr(norm, "tier", None)
    if tier is None or norm.kind in _LEADS:
        return
    if not any(
        placed.norm.tier == tier
        for v in (policy.version, *policy.beside)
        for kind in _LEADS
        for placed in v.by_kind.get(kind, ())
    ):
        yield Problem(
            where=(*route, "tier"),
            message=Text(
                f"{norm.id} 说的是“{tier}”一档，没有金额、类别或关口通到这一档",
                f"{norm.id} is about tier {tier}, to which no amount, class or gate leads",
            ),
            fix=Text("补上这一档的金额或类别，或改正 tier。", "State when the tier applies, or correct it."),
        )


def _taken_by_nobody(policy: PolicyFile, route: Route, norm: Norm) -> Iterator[Problem]:
    """A publicity before or after a step that no procedure of its tier has, where one is laid down: no form comes to it."""
    if not isinstance(norm, Publicity):
        return
    laid_down = [p.norm for v in (policy.version, *policy.beside) for p in v.by_kind.get("procedure", ())]
    own = [procedure for procedure in laid_down if procedure.tier == norm.tier]
    taken = {step.step for procedure in own or laid_down for stage in procedure.stages for step in stage.steps}
    for field, step in (("after", norm.after), ("before", norm.before)) if laid_down else ():
        if step is not None and step not in taken:
            yield Problem(
                where=(*route, field),
                message=Text(
                    f"{norm.id} 说的环节 {step}，{'这' if own else '没有哪'}一档的程序里{'没' if own else ''}有，不起作用",
                    f"{norm.id} is about the step {step}, which no procedure of its tier has: it has no effect",
                ),
                fix=Text("写进 procedure 的 stages，或改正环节。", "Put it into a procedure's stages, or correct it."),
            )


def _shown_for(policy: PolicyFile, route: Route, norm: Norm) -> Iterator[Problem]:
    """A time of publicity for a tier that is not made public; a publicity of which nothing says how long it takes."""
    every = [placed.norm for v in (policy.version, *policy.beside) for placed in v.placed]
    if isinstance(norm, Period) and norm.of == "publicity" and norm.tier is not None:
        if not any(isinstance(other, Publicity) and other.tier == norm.tier for other in every):
            yield Problem(
                where=(*route, "tier"),
                message=Text(
                    f"{norm.id} 是“{norm.tier}”一档的公示期，这一档没有公示（publicity），不起作用",
                    f"{norm.id} says for how long tier {norm.tier} is public, which it never is: it has no effect",
                ),
                fix=Text("改正 tier，或补上这一档的公示。", "Correct the tier, or lay down that it is made public."),
            )
    elif isinstance(norm, Publicity):
        periods = [other for other in every if isinstance(other, Period) and other.of == "publicity"]
        if not any(period.tier in (None, norm.tier) for period in periods):
            yield Problem(
                where=route,
                severity=Severity.WARNING,
                message=Text(
                    f"{norm.id}：没有写“{norm.tier}”一档公示多久，期满没有、到哪天为止都不能判定",
                    f"{norm.id}: nothing says for how long tier {norm.tier} is public: its end is not determined",
                ),
                fix=Text(
                    "补上 of 为 publicity 的期间（period）；原文确实没有写的，不用改。",
                    "Add a period of publicity; where the source has none, leave it.",
                ),
            )


def _unknown_keys(route: Route, norm: Norm) -> Iterator[Problem]:
    for (kind, field), known in KEYS.items():
        for key in _keys(norm, field) if kind == norm.kind else ():
            if key not in known:
                yield Problem(
                    where=(*route, field),
                    message=Text(
                        f"{norm.id} 的 {field} 写了 {key}，报批表里没有这一项，永远对不上",
                        f"{field} of {norm.id} names {key}, which no form holds",
                    ),
                    fix=Text(f"可写：{listed(sorted(known))}。", f"One of: {', '.join(sorted(known))}."),
                )


def _keys(norm: Norm, field: str) -> Iterable[str]:
    """The keys of filings that a field names."""
    if isinstance(norm, Procedure):
        return [step.document for stage in norm.stages for step in stage.steps if step.document]
    value = getattr(norm, field)
    many = value.values() if isinstance(value, dict) else value if isinstance(value, tuple) else (value,)
    return [getattr(one, "key", one) for one in many]


def _names(policy: PolicyFile) -> Iterator[Problem]:
    version = policy.version
    for table, what in _TABLES.items():
        used = [key for key in _ids(version, table) if _used(policy, key)]
        if table == "classes" and used:
            continue  # a form states one of them: those that lead to no tier of their own are values too
        for key in _ids(version, table):
            if key not in used:
                yield Problem(
                    where=(table, key) if table != "forms" else ("forms",),
                    at_key=True,
                    message=Text(
                        f"{table} 里的 {key} 没有规范点用到", f"no norm uses the {what.en} {key} that {table} declares"
                    ),
                    fix=Text(
                        f"删去这个{what.zh}，或补上用到它的规范点。", "Leave it out, or add the norm that uses it."
                    ),
                )


def _used(policy: PolicyFile, key: str) -> bool:
    return key in policy.version.words or any(key in other.words for other in policy.beside)


def _ids(version: PolicyVersion, table: str) -> list[str]:
    """Those that only norms give a use: a form of which a field leads somewhere is filled in and read."""
    if table == "forms":
        return [form.id for form in version.forms if not any(field.key for field in form.fields)]
    return list(getattr(version, table))
