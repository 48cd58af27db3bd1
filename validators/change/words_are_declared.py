"""填报用的词规定里都有

变更类型、责任归属、签章的各方、附件种类、不计入时限的期间，要写适用文件声明过的标识、名称或其他写法：类型在 change_types 或
列举里，责任归属在 change_causes，各方是规范点要求会商、申请的机关（offices），附件种类在 attachment_kinds，期间在
pause_reasons。适用文件没有声明哪一样的，那一样照实写，不核对，也没有计算依据它。

作价依据不在这里，见“作价依据有相应资料”；档次、环节、类别、情形各有自己的规则。
"""

from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from banshi.base.patterns import late
from banshi.base.text import did_you_mean, listed
from banshi.checking.rules import Problem, Text
from banshi.files.findings import Route
from banshi.files.not_stated import if_stated
from banshi.law.library import Law
from banshi.subjects.change.filing import FiledForm
from banshi.subjects.change.forms import Change
from banshi.subjects.change.words import ATTACHMENT, CAUSE, PARTY, PAUSE, TYPE, Spelled, words_of

TITLE = Text("填报用的词规定里都有", "Filings use the words that the instruments declare")
SEVERITY = "error"
BASIS = ("enumeration of=change_type", "consultation")
GOOD = """
changes:
  - {cause: objective}
"""
BAD = """
changes:
  - {cause: 天气}      # 适用文件没有列这种责任归属
"""
_CALLED = {
    TYPE: (Text("变更类型", "type of change"), "change_types"),
    CAUSE: (Text("责任归属", "cause"), "change_causes"),
    PARTY: (Text("签章的一方", "party that signs"), "offices"),
    ATTACHMENT: (Text("附件种类", "kind of attachment"), "attachment_kinds"),
    PAUSE: (Text("不计入时限的期间", "time that does not count"), "pause_reasons"),
}
_SHOWN = 12
_FIRM = late("(公司|集团|设计院|研究院|事务所|局|委员会|中心|单位)(（[^）]*）)?$")  # as bodies are called


def check(case: FiledForm) -> Iterator[Problem]:
    """Each word of the form, which by now is a slug where somebody declares it."""
    law = case.law
    words = words_of(law) if law else {}
    for way, where, word in _words(case.change):
        if law and way in words and word not in words[way]:
            problem = _named_party(case, law, where, word, words[way]) if way == PARTY else None
            yield replace(problem or _unknown(way, where, word, words[way]), basis=(law.versions[0].cite,))


def _words(change: Change) -> Iterator[tuple[tuple[str, ...], Route, str]]:
    yield TYPE, ("type",), change.type
    yield CAUSE, ("cause",), change.cause
    for n, signature in enumerate(change.consultation):
        yield PARTY, ("consultation", n, "party"), signature.party
    for n, attachment in enumerate(change.attachments):
        yield ATTACHMENT, ("attachments", n, "kind"), attachment.kind
    for n, opinion in enumerate(change.opinions):
        for m, pause in enumerate(opinion.pauses):
            yield PAUSE, ("opinions", n, "pauses", m, "reason"), pause.reason


def _named_party(case: FiledForm, law: Law, where: Route, name: str, known: Spelled) -> Problem | None:
    """Of a body's own name: that a party is its role, and which roles have that name in the project."""
    parties = {slug: office for slug, office in law.offices.items() if slug in known}
    roles = [slug for slug, office in parties.items() if office.field and _named(case, office.field) == name]
    if not roles and not _FIRM.search(name):
        return None
    own = f"“{name}”是项目文件里写的{listed(parties[slug].name for slug in roles)}的名称；" if roles else ""
    return Problem(
        where=where,
        message=Text(
            f"{own or f'“{name}”像是一个单位的名称；'}签章的一方写它在项目里的身份，不写单位自己的名称",
            f"a party is a role in the project, not the name of a body ({name!r})",
        ),
        fix=Text(
            f"{f'写 {listed(roles)}。' if roles else ''}可写：{_shown(f'{value}（{names[0]}）' for value, names in known.items())}；"
            "单位的名称写在项目文件（project）的这些键下。",
            f"{f'Write {listed(roles)}. ' if roles else ''}One of: {', '.join(known)}; names of bodies stand in the project's file.",
        ),
    )


def _named(case: FiledForm, field: str) -> object:
    """The body that the project's file names under a key; None where it names none for certain."""
    return if_stated(lambda: getattr(case.project, field, None))


def _unknown(way: tuple[str, ...], where: Route, word: str, known: Spelled) -> Problem:
    what, table = _CALLED[way]
    guess = did_you_mean(word, [*known, *(name for names in known.values() for name in names)])
    said = _shown(f"{value}（{names[0]}）" for value, names in known.items())
    return Problem(
        where=where,
        message=Text(f"适用文件没有“{word}”这种{what.zh}", f"the law knows no {what.en} {word!r}"),
        fix=Text(
            f"{guess.zh}可写：{said}。文件里确有的，在 {table} 里补上。",
            f"{guess.en} One of: {', '.join(known)}; or declare it under {table}.".strip(),
        ),
    )


def _shown(names: Iterable[str]) -> str:
    every = list(names)
    return listed(every[:_SHOWN]) + ("等" if len(every) > _SHOWN else "")
