"""表格的栏目通到要填的地方

填进某种文件的表（写了 `fills`），每一栏的 key 要通到那种文件里的一处，各栏不同，怎样填由那种文件决定，栏目不能另写填写方式；
自定栏目的表，要读的每一栏写自拟的 key 和填写方式（或各列），选择的写可选的值，key 各不相同。没有 key 的栏目留给手写，
不能要求必填。填写样例（`sample`）读作填好的表，也要合乎格式。
"""

import re
from collections.abc import Iterator

from banshi.base.folders import shipped
from banshi.base.text import listed
from banshi.checking.filled_forms import OWN, form_kind
from banshi.checking.loaded import PolicyFile
from banshi.checking.rules import Problem, Text
from banshi.files.blanks import drop_blanks
from banshi.files.findings import Route
from banshi.files.schema_parts import root
from banshi.files.shape import Shapes
from banshi.law.form_fields import values_schema
from banshi.law.form_places import leads, way_of
from banshi.law.version_parts import Form, FormField

TITLE = Text("表格的栏目通到要填的地方", "Fields of forms lead to what they fill in")
SUBJECT = "policy"
SEVERITY = "error"
BASIS = ()
GOOD = """
forms:
  - id: slip
    title: 请假单
    fills: attendance
    fields: [{label: 姓名, key: staff.name, filled_by: 本人}, {label: 签字, filled_by: 科长}]
  - id: sign-up
    title: 报名表
    fields: [{label: 姓名, key: name, filled_by: 本人, type: text, required: true}]
    sample: {name: 样例甲}
"""
BAD = GOOD.replace("staff.name", "staff.nickname")
_SLUG = re.compile(r"[a-z0-9]+([_-][a-z0-9]+)*")
_OWN = ("type", "choices", "columns", "max_length", "required")


def check(policy: PolicyFile) -> Iterator[Problem]:
    """Each form: its fields, then its sample."""
    shapes = Shapes([shipped("schemas")])
    for n, form in enumerate(policy.version.forms):
        fields = _filling(form, shapes) if form.fills else _own(form.fields)
        wrong = [
            Problem(where=("forms", n, "fields", *each.where), message=each.message, fix=each.fix) for each in fields
        ]
        yield from wrong
        if form.sample and not wrong:
            yield from _sample(policy, n, form, shapes)


def _filling(form: Form, shapes: Shapes) -> Iterator[Problem]:
    """Of a form that fills in another kind of file."""
    whole = root(shapes, form.fills)
    seen: set[str] = set()
    for m, field in enumerate(form.fields):
        if field.key in seen:
            said = Text(f"“{field.label}”的 key 前面用过了", f"the key of {field.label} is used before")
            yield Problem(where=(m, "key"), message=said, fix=_ONE)
        seen.update([field.key] if field.key else [])
        if field.key and not leads(whole, way_of(field.key)):
            said = Text(
                f"“{field.label}”的 key 写的是 {field.key}，{form.fills} 里没有这一处",
                f"{field.key} leads nowhere in a file of kind {form.fills}",
            )
            yield Problem(where=(m, "key"), message=said, fix=_PLACES)
        if foreign := [name for name in _OWN if getattr(field, name)]:
            said = Text(
                f"“{field.label}”写了 {listed(foreign)}，这由 {form.fills} 的格式决定，写了也不起作用",
                f"{', '.join(foreign)} of {field.label} have no effect: the kind {form.fills} rules them",
            )
            yield Problem(where=(m, foreign[0]), message=said, fix=_LEAVE_OUT)


def _own(fields: tuple[FormField, ...], at: Route = ()) -> Iterator[Problem]:
    """Of fields that the form rules itself."""
    seen: set[str] = set()
    for m, field in enumerate(fields):
        here: Route = (*at, m)
        if why := _unsound(field, seen):
            yield Problem(where=here, message=Text(f"“{field.label}”{why.zh}", f"{field.label}: {why.en}"), fix=_SOUND)
        seen.add(field.key or "")
        yield from _own(field.columns, (*here, "columns"))


def _unsound(field: FormField, seen: set[str]) -> Text | None:
    if field.key is None:
        given = [name for name in _OWN if getattr(field, name)] + (["rows"] if field.rows else [])
        return Text(f"没有 key，写的 {listed(given)} 不起作用", "without a key nothing is read") if given else None
    chosen, text = field.type in ("choice", "several"), field.type in ("text", "long_text")
    faults = (
        (not _SLUG.fullmatch(field.key), "的 key 只用小写字母、数字、连字符、下划线", "its key is no identifier"),
        (field.key in seen, "的 key 前面用过了", "its key is used before"),
        (bool(field.type) == bool(field.columns), "要写填写方式（type）或各列（columns），取一样", "type or columns"),
        (
            chosen != bool(field.choices),
            "可选的值（choices）用于选择的栏目，也只用于这些",
            "choices belong to a choice",
        ),
        (bool(field.max_length) and not text, "最多字数（max_length）只用于文字", "max_length is for text"),
        (bool(field.rows) and not field.columns, "空行（rows）只用于有各列的栏目", "rows are for columns"),
    )
    return next((Text(zh, en) for wrong, zh, en in faults if wrong), None)


def _sample(policy: PolicyFile, n: int, form: Form, shapes: Shapes) -> Iterator[Problem]:
    data, prefix = form_kind(form).document(drop_blanks(form.sample), policy.version, form)
    kind = form.fills or OWN
    if not form.fills:
        general = shapes.schema(OWN)
        properties = {**general["properties"], "values": values_schema(form.fields)}
        shapes = shapes.varied(OWN, {**general, "properties": properties})
    for problem in shapes.check(data, kind):
        where = problem.where[len(prefix) :] if problem.where[: len(prefix)] == prefix else ()
        yield Problem(where=("forms", n, "sample", *where), message=problem.message, fix=problem.fix)


_PLACES = Text(
    "照那种文件的键写，例如 leave.kind、change.amounts.net（见网站“文件格式”）；留给手写的不写 key。",
    "Write the keys of that kind of file; leave the key out where it is written by hand.",
)
_ONE = Text("留下其中一栏。", "Keep one of them.")
_LEAVE_OUT = Text("删去这几项。", "Leave them out.")
_SOUND = Text(
    "照着改正；留给手写的栏目只写 label 和 filled_by。", "Correct it; what is written by hand has a label alone."
)
