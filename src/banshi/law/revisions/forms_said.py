"""What changed in a form, in words: its fields by their labels, its sample as one thing."""

from collections.abc import Iterator
from typing import Any

from banshi.base.text import Text, listed
from banshi.law.revisions.comparing import Edit
from banshi.law.revisions.speaking import Speaker
from banshi.law.revisions.trees import FORMS

_SAMPLE = Text("填写样例有改动", "the sample changed")
_FIELD = Text("栏目", "field")
Field = dict[str, Any]
Fields = dict[str, Field]


def form_lines(at: Speaker, key: str, edits: list[Edit]) -> Iterator[Text]:
    """What is said of the edits of one form."""
    for edit in (each for each in edits if not at.only_terms(each)):
        if edit.path == ("fields",):
            before, after = at.before[FORMS][at.earlier(FORMS, key)], at.after[FORMS][key]
            yield from _fields(at, key, _by_key(before.get("fields")), _by_key(after.get("fields")))
        elif edit.path[0] != "sample":
            yield at.plain(edit, "forms")
    if any(edit.path[0] == "sample" and not at.explained(edit) for edit in edits):
        yield _SAMPLE


def _fields(at: Speaker, key: str, old: Fields, new: Fields, what: Text = _FIELD) -> Iterator[Text]:
    """Fields that came, went, are called or filled in otherwise; the same field is told by its key, else by its label."""
    if gone := [_label(old[each]) for each in old if each not in new]:
        yield Text(f"{what.zh}删去{listed(gone)}", f"{what.en}s removed: {', '.join(gone)}")
    if come := [_label(new[each]) for each in new if each not in old]:
        yield Text(f"{what.zh}增加{listed(come)}", f"{what.en}s added: {', '.join(come)}")
    both = [each for each in old if each in new]
    for each in both:
        yield from _field(at, key, old[each], new[each], what)
    if both != [each for each in new if each in old]:
        yield Text(f"{what.zh}的次序改变", f"the order of the {what.en}s changed")


def _field(at: Speaker, key: str, old: Field, new: Field, what: Text) -> Iterator[Text]:
    was, now = str(old.get("label")), str(new.get("label"))
    own = Text(f"{what.zh}“{now}”的", f"{what.en} “{now}”: ")
    for name in ("label", *sorted({*old, *new} - {"label", "key", "columns"})):
        edit = Edit(key, (name,), old.get(name), new.get(name))
        if edit.before == edit.after or at.explained(edit):
            continue
        if name == "label":
            yield Text(f"{what.zh}“{was}”改称“{now}”", f"{what.en} “{was}” is called “{now}” now")
        else:
            said = at.plain(edit, "forms", "fields")
            yield Text(f"{own.zh}{said.zh}", f"{own.en}{said.en}")
    columns = Text(f"{own.zh}列", f"{own.en}column")
    yield from _fields(at, key, _by_key(old.get("columns")), _by_key(new.get("columns")), columns)


def _by_key(fields: Any) -> Fields:
    """Fields by what tells them apart; one of a key (or label) that another one has before it is told by its place."""
    found: Fields = {}
    for number, field in enumerate(each for each in fields or () if isinstance(each, dict)):
        own = str(field.get("key") or field.get("label"))
        found[own if own not in found else f"{own}~{number}"] = field
    return found


def _label(field: Field) -> str:
    return f"“{field.get('label')}”"
