"""Which items the one form of a case is for, as far as its file and the catalogue say it."""

from functools import partial

from msgspec import Struct

from banshi.base.text import Text, listed
from banshi.files.not_stated import NotStated, if_stated
from banshi.subjects.parallel.context import CaseFile
from banshi.subjects.parallel.forms import Item
from banshi.subjects.parallel.one_form import LeftOut


class FormItems(Struct, frozen=True):
    """The items of a form, in the catalogue's order; what is said of those that are not known, or may not be meant."""

    items: tuple[Item, ...]
    notes: tuple[Text, ...] = ()
    left_out: tuple[LeftOut, ...] = ()


def form_items(file: CaseFile) -> FormItems:
    """The items of a case. Where it does not say which, all of the catalogue. Raises ``NotStated`` where that holds none for certain."""
    known: dict[str, Item] = {}
    nameless: list[LeftOut] = []
    for n, item in enumerate(file.catalogue.items):
        try:
            known.setdefault(item.id, item)
        except NotStated as lacking:
            name = if_stated(partial(getattr, item, "name")) or f"目录的第 {n + 1} 个事项"
            nameless.append(LeftOut("items", name, (), lacking.way))
    named, held = if_stated(lambda: file.case.items), if_stated(lambda: file.case.held)
    wanted = {*(named or known)} - {*(held or ())}
    lost = [one for one in dict.fromkeys((*(named or ()), *(held or ()))) if one not in known]
    notes = [_WHICH] if named is None else []
    notes += [_HELD] if held is None else []
    if lost:
        may = "（可能是下面没有写明标识的事项）" if nameless else ""
        notes.append(
            Text(f"目录里没有 {listed(lost)}，没有并入{may}", f"not in the catalogue, left out: {', '.join(lost)}")
        )
    meant = nameless if lost or not named else []  # else each that the case names is there
    return FormItems(tuple(item for own, item in known.items() if own in wanted), tuple(notes), tuple(meant))


_WHICH = Text(
    "本件办哪些事项没有写明，或写得不对：按目录的全部事项合成，本件不办的事项不用填",
    "which items the case is of is not stated, or wrongly: merged of all in the catalogue",
)
_HELD = Text(
    "哪些事项已有结果（held）没有写明，或写得不对：都按要办合成",
    "which items are held already is not stated, or wrongly: taken as if none were",
)
