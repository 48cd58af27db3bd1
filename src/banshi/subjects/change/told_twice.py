"""A project that is told in several places of one run: each of them holds a part of its forms, or all of them once more.

Forms that only another place has are as good as unread here: they may come before, and count.
"""

import hashlib
from collections.abc import Callable, Hashable, Iterator, Sequence
from decimal import Decimal
from functools import cache, partial
from operator import attrgetter
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import Struct

from banshi.base.text import Text, listed
from banshi.checking.told_places import MOST_SEEN, Telling, Tellings
from banshi.files.documents import Document
from banshi.files.findings import Route, Severity
from banshi.files.locating import Located
from banshi.files.not_stated import NotStated, if_stated, plain
from banshi.files.shape import ShapeProblem
from banshi.subjects.change.forms import Change
from banshi.subjects.change.missing import Missing, listed_forms
from banshi.subjects.change.offices import plain_name
from banshi.subjects.change.project_forms import Project

if TYPE_CHECKING:
    from banshi.files.tables.filed import FiledDocument

Said = tuple[Any, ...]  # of a form: its number in sequence, its number, and what other forms' sums rest on
_FACTS = (Text("中标合同", "contract"), Text("项目层级", "level"), Text("投标报价清单", "bill of quantities"))
_SHORT = 24  # bytes of a column that are held as they are
_SHORT_ANYWAY = _SHORT // 4  # characters, whatever they are
_NAMED = 3  # how many places one message names


class ProjectTold(Struct, frozen=True):
    """What one place says of a project. ``said``: its facts and its forms, packed, for most are never compared."""

    place: str
    names: tuple[Hashable, ...]
    code: str | None
    contract: tuple[Hashable, ...] | None
    said: bytes

    def is_of(self, other: Telling) -> bool:
        """Whether another speaks of the same project: not of another code, nor of another contract of that name."""
        if not isinstance(other, ProjectTold) or (self.code and other.code and self.code != other.code):
            return False
        own, its = self.contract, other.contract
        return own is None or its is None or own[0] == its[0] or own[1:] == its[1:]

    def unpacked(self) -> tuple[list[Any], list[Said], list[int | None]]:
        """Its facts (``_FACTS``), its forms, and the numbers in sequence of forms that could not be used."""
        facts, forms, missing = msgspec.json.decode(self.said)
        return facts, [tuple(form) for form in forms], missing


def telling_of(
    project: Project, forms: Sequence[Change], missing: Sequence[Missing], located: Located
) -> ProjectTold | None:
    """What a file says of a project; None where it says neither of which place nor what the project is called."""
    place, code = if_stated(lambda: project.jurisdiction), if_stated(lambda: project.code)
    called = [plain_name(name) for name in (code, if_stated(lambda: project.name)) if name]
    if not called or place is None:
        return None
    facts = (
        if_stated(lambda: _whole(project.contract)),
        if_stated(lambda: project.level),
        if_stated(lambda: _rows(project.bill_of_quantities)),
    )
    said = [facts, [_said(form) for form in forms], [each.sequence for each in missing]]
    return ProjectTold(
        _place(located),
        tuple(("project", place, name) for name in called),
        plain_name(code) if code else None,
        if_stated(lambda: (project.contract.number, project.contractor, project.contract.bid_price)),
        msgspec.json.encode(said),
    )


def _whole(form: msgspec.Struct) -> list[str | None]:
    """A group of a form, value by value; None where one is not stated."""
    names = form.__struct_fields__
    try:  # of most all is stated
        return [each if type(each) is str else str(plain(each)) for each in _values(form)]
    except NotStated:
        return [if_stated(partial(_text, form, name)) for name in names]


def _text(form: msgspec.Struct, name: str) -> str:
    return str(plain(getattr(form, name)))


def _values(form: msgspec.Struct) -> tuple[Any, ...]:
    """The values of all fields. Raises ``NotStated``."""
    return _all_of(form.__struct_fields__)(form)


@cache
def _all_of(names: tuple[str, ...]) -> Callable[[Any], tuple[Any, ...]]:
    """Reads several fields of a form; of one that does not state each of them it raises ``NotStated``."""
    every: Callable[[Any], Any] = attrgetter(*names)
    return every if len(names) > 1 else lambda form: (every(form),)


def _rows(rows: tuple[Any, ...]) -> list[str | None]:
    """Rows, told from others, column by column; None for one of which a row does not state its value."""
    names = rows[0].__struct_fields__ if rows else ()
    try:
        columns: list[str | None]
        columns = [*map(_alone, _values(rows[0]))] if len(rows) == 1 else [_column(rows, name) for name in names]
    except NotStated:
        columns = [if_stated(partial(_column, rows, name)) for name in names]
    return [str(len(rows)), *columns]


_ENCODER = msgspec.json.Encoder()


def _column(rows: tuple[Any, ...], name: str) -> str:
    if len(rows) == 1:
        return _alone(getattr(rows[0], name))
    return _short(_ENCODER.encode([plain(getattr(row, name)) for row in rows]))


def _alone(value: Any) -> str:
    """The value of the only row: how many there are is told besides."""
    text = "" if value is None else value if type(value) is str else str(plain(value))
    return text if len(text) <= _SHORT_ANYWAY else _short(text.encode("utf-8", "surrogatepass"))


def _short(values: bytes) -> str:
    if len(values) <= _SHORT:
        return values.decode("utf-8", "surrogatepass")
    return hashlib.blake2b(values, digest_size=6).hexdigest()


def _said(form: Change) -> Said:
    """What of a form bears on others: whether and how it counts, and its rows."""
    try:
        amounts = form.amounts
        sums = str(amounts.increase), str(amounts.decrease), str(amounts.net)
        return form.sequence, form.number, str(form.filed_on), form.status, *sums, _rows(form.items)
    except NotStated:
        return form.sequence, *(if_stated(partial(part, form)) for part in _PARTS[1:])


_PARTS: tuple[Callable[[Change], Any], ...] = (
    lambda form: form.sequence,
    lambda form: form.number,
    lambda form: str(form.filed_on),
    lambda form: form.status,
    lambda form: str(form.amounts.increase),
    lambda form: str(form.amounts.decrease),
    lambda form: str(form.amounts.net),
    lambda form: _rows(form.items),
)


def _place(located: Located) -> str:
    """The file; of one that may tell of several projects, with the line or the row."""
    document = located.document
    if type(document) is not Document and isinstance(document, _filed()):
        at = document.place(located.prefix)
        return f"{document.path} {at.sheet}!{at.line}" if at.sheet else f"{document.path}:{at.line}"
    return document.path if document.first_line == 1 else f"{document.path}:{document.first_line}"


def _filed() -> "type[FiledDocument]":
    from banshi.files.tables.filed import FiledDocument  # late: most runs meet no table

    return FiledDocument


def told_elsewhere(
    project: Project, forms: Sequence[Change], missing: Sequence[Missing], located: Located, tellings: Tellings
) -> "ProjectElsewhere | None":
    """What other places of the run say of a project; None where none does. What this one says is added to ``tellings``."""
    own = telling_of(project, forms, missing, located)
    others = [each for each in tellings.add(own) if isinstance(each, ProjectTold)] if own else []
    return elsewhere(own, others, located.prefix) if own and others else None


class ProjectElsewhere(Struct, frozen=True):
    """What other places say of a project: what is to be told, forms that count as missing, and whether it can be judged."""

    problem: ShapeProblem
    severity: Severity
    missing: tuple[Missing, ...] = ()
    judged: bool = True


def elsewhere(own: ProjectTold, others: Sequence[ProjectTold], where: Route) -> ProjectElsewhere:
    """What the others make of it; ``others``: of the same project, at least one; ``where`` it stands in its document."""
    places = _places(others)
    facts, forms, _ = own.unpacked()
    differing: set[Text] = set()
    missing: list[Missing] = [Missing(places.zh, elsewhere=True)] if len(others) > MOST_SEEN else []
    vague = list(dict.fromkeys(str(form[1] or f"第 {form[0]} 次") for form in forms if _open(form)))
    for other in others[:MOST_SEEN]:
        its_facts, its_forms, unread = other.unpacked()
        differing |= {fact for fact, a, b in zip(_FACTS, facts, its_facts, strict=True) if not _alike(a, b)}
        at = f"{other.place} 的 " if len(others) > 1 else ""
        vague += [f"{other.place} 的 {form[1] or form[0]}" for form in its_forms if _open(form)]
        missing += [
            Missing(f"{at}{form[1]}", form[0], elsewhere=True, net=None if form[6] is None else Decimal(form[6]))
            for form in _only_there(forms, its_forms)
        ]
        missing += [Missing(f"{at}读不出的一份", number, elsewhere=True) for number in unread]
    if differing:
        return ProjectElsewhere(
            _differs(where, places, [fact for fact in _FACTS if fact in differing]), Severity.ERROR, judged=False
        )
    said = tuple(dict.fromkeys(missing))
    return ProjectElsewhere(_told(where, places, said, vague), Severity.ERROR if said else Severity.WARNING, said)


def _only_there(own: list[Said], its: list[Said]) -> Iterator[Said]:
    """The forms that stand elsewhere and not, or not alike, here."""
    here: dict[Any, list[Said]] = {}
    for form in own:
        here.setdefault(form[0], []).append(form)
    for form in its:
        if not any(_alike(form, each) for each in here.get(form[0], ())):
            yield form


def _alike(one: Any, other: Any) -> bool:
    """Whether two are the same as far as both are stated."""
    if one is None or other is None:
        return True
    if isinstance(one, list | tuple) and isinstance(other, list | tuple):
        return len(one) == len(other) and all(map(_alike, one, other))
    return bool(one == other)


def _places(others: Sequence[ProjectTold]) -> Text:
    named = [each.place for each in others[:_NAMED]]
    more = len(others) - _NAMED
    return Text(
        listed(named) + (f"等 {len(others) if len(others) <= MOST_SEEN else f'{MOST_SEEN} 多'} 处" if more > 0 else ""),
        ", ".join(named) + (f" and {more if len(others) <= MOST_SEEN else 'many'} more" if more > 0 else ""),
    )


def _open(form: Said) -> bool:
    """Whether something of a form is not stated for certain, so that it was not compared."""
    return any(part is None or (isinstance(part, list) and None in part) for part in form)


def _told(where: Route, places: Text, missing: tuple[Missing, ...], vague: Sequence[str]) -> ShapeProblem:
    if not missing:
        more = f"；{listed(vague[:_NAMED])}{'等' if len(vague) > _NAMED else ''}有读不出的值，没有比较" if vague else ""
        same = Text(
            f"这个项目在 {places.zh} 里也写了；那里的报批表这里都有，判断不受影响{more}",
            f"this project is told in {places.en} too; every form there is here as well, so nothing changes"
            + (f"; what cannot be read of {', '.join(vague[:_NAMED])} was not compared" if vague else ""),
        )
        return ShapeProblem("input/told-twice", where, same, _ONE)
    named = listed_forms(missing)
    message = Text(
        f"这个项目在 {places.zh} 里也写了，那里有这里没有或写得不一样的报批表：{named.zh}；序次在它之前的照常核对；"
        "在它之后的，累计不核对，档次最多只能给出下限",
        f"this project is told in {places.en} too, with forms that are not here or not alike: {named.en}; forms before are"
        " checked in full; for later ones the cumulative amounts are not checked, and at most the least tier is given",
    )
    return ShapeProblem("input/told-twice", where, message, _ONE)


def _differs(where: Route, places: Text, facts: list[Text]) -> ShapeProblem:
    message = Text(
        f"这个项目在 {places.zh} 里也写了，{listed(fact.zh for fact in facts)}写得不一样，以哪个为准不知道，没有判断",
        f"this project is told in {places.en} too, with another {', '.join(fact.en for fact in facts)}:"
        " which is right is not known, so nothing was judged",
    )
    return ShapeProblem("input/stated-twice", where, message, _ONE)


_ONE = Text(
    "一个项目的报批表放在一处：合到一起，或只检查其中一处；不是同一个项目的，写明各自的项目代码或合同编号。",
    "Keep the forms of a project in one place, or check one of them alone; tell different projects apart by code or contract.",
)
