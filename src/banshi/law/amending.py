"""What an amending instrument states, what a correction of the encoding states, and what was done to a text."""

import datetime
from collections.abc import Iterable, Mapping
from typing import Annotated, Any

import msgspec
from msgspec import Struct, field

from banshi.base.text import Text
from banshi.files.described import DOTTED, Dotted, Place, Slug, Words, any_of, at_most_one_of, meta
from banshi.files.findings import Citation
from banshi.law.parts import VersionPart


class Renumbered(VersionPart, frozen=True):
    """What a provision is called from now on."""

    id: Annotated[Dotted, meta("标识", "改后的标识。")]
    label: Annotated[Words, meta("条款号", "改后的条款号，照原文写。")]


class Change(VersionPart, frozen=True, kw_only=True, tag_field="do"):
    """One thing that an amending instrument does to another's text; ``at`` is the amending instrument's own provision."""

    about = meta("一处修改", "对一个规范点、条款、口径或全文（都不写）做一件事。")
    chosen_by = meta("怎样改", "增加、替换、删去，还是别的；各种要写的项不同。")

    at: Annotated[Dotted | None, meta("本文件的条款", "写明修改的条款的标识，引用时写出。")] = None
    id: Annotated[Slug | None, meta("标识", "别的修改文件要改这一处时用。")] = None

    @property
    def last_day(self) -> datetime.date | None:
        """Until when it holds, where the change itself says so."""
        return getattr(self, "until", None)

    @property
    def do(self) -> str:
        """What is done, as written in the file."""
        return str(self.__struct_config__.tag)


class OfPart(Change, frozen=True, kw_only=True):
    """What it is done to: a norm, a provision; neither, the text as a whole."""

    holds = at_most_one_of("norm", "provision")

    norm: Annotated[Slug | None, meta("规范点", "被修改文本里的标识。")] = None
    provision: Annotated[Dotted | None, meta("条款", "被修改文本里的标识。")] = None


class OfAnyPart(OfPart, frozen=True, kw_only=True):
    """The same; or a reading, or a change of another amending instrument."""

    holds = at_most_one_of("norm", "provision", "reading", "change")

    reading: Annotated[Slug | None, meta("理解口径", "被修改文本里的标识。")] = None
    change: Annotated[Slug | None, meta("修改", "被修改的修改文件里，那一处修改的标识。")] = None


class NewValues(OfAnyPart, frozen=True, kw_only=True, tag="set"):
    """Values in place of what stands there, by dotted paths."""

    about = meta("改为")

    values: Annotated[
        dict[str, Any],
        meta(
            "改为",
            "字段的路径对应新的值；路径用点隔开，列表里写序号（从 0 起），列表末尾加一项写 -。",
            min_properties=1,
        ),
    ]


class NoValues(OfAnyPart, frozen=True, kw_only=True, tag="unset"):
    """Keys taken out, by dotted paths."""

    about = meta("删去字段")

    keys: Annotated[tuple[Annotated[Words, meta("路径")], ...], meta("删去的字段", "字段的路径。", min_items=1)]


class NewPart(Change, frozen=True, kw_only=True, tag="add"):
    """A norm ``into`` a provision, a provision, or a reading; ``after`` one."""

    about = meta("增加")

    new: Annotated[
        dict[str, Any],
        meta(
            "增加的内容",
            "规范点（写 into）、理解口径或条款，写法同正文。",
            required=["id"],
            properties={
                "id": {
                    "title": "标识",
                    "description": "在那一处不重复。",
                    "type": "string",
                    "pattern": DOTTED,
                    "format": "slug",
                }
            },
        ),
    ]
    into: Annotated[Dotted | None, meta("加进哪一条", "规范点所在条款的标识。")] = None
    after: Annotated[Dotted | None, meta("加在谁后面", "同一处的标识；不写的，加在末尾。")] = None


class Removed(OfAnyPart, frozen=True, kw_only=True, tag="remove"):
    """Taken out for good."""

    about = meta("删去")


class Suspended(OfPart, frozen=True, kw_only=True, tag="suspend"):
    """Taken out ``until`` a day, or until revived."""

    about = meta("暂停")

    until: Annotated[datetime.date | None, meta("暂停到哪天", "最后一天；不写的，直到恢复。")] = None


class Revived(OfPart, frozen=True, kw_only=True, tag="revive"):
    """Put back."""

    about = meta("恢复")


class Renumbering(Change, frozen=True, kw_only=True, tag="renumber"):
    """Provisions under new ids and labels."""

    about = meta("改条款号")

    provisions: Annotated[
        dict[str, Annotated[Renumbered, meta("新条款号")]],
        meta("条款号", "原标识对应新的标识和条款号；一次写全，同时改。", min_properties=1),
    ]


class Renamed(Change, frozen=True, kw_only=True, tag="rename"):
    """Words throughout."""

    about = meta("改称")

    words: Annotated[
        dict[str, Annotated[str, meta("新的词", min_length=1)]],
        meta("改称", "原来的词对应新的词；全文的名称、规定、口径里都改，登记表里仍认旧称。", min_properties=1),
    ]


AnyChange = NewValues | NoValues | NewPart | Removed | Suspended | Revived | Renumbering | Renamed


Pending = Annotated[
    str | None,
    meta(
        "以前申报的",
        "施行以前申报、还没有办完的：old_text 按旧规定办到底（不写即此），new_text 施行之日起按新规定办。",
        labels={"old_text": "按旧规定办到底", "new_text": "按新规定办"},
    ),
]


class Amends(VersionPart, frozen=True, kw_only=True):
    """What is changed in one instrument, from ``since`` (the amending instrument's first day) to ``until`` (for good).

    ``version``: of which text (None: of the one then in force). ``pending``: whether what was filed before follows the
    old text to its end (``old_text``) or the new one from its first day (``new_text``).
    """

    instrument: Annotated[Place, meta("被修改的文件", "本库标识。")]
    version: Annotated[
        str | None,
        meta(
            "被修改的版本",
            "不写的，是修改生效时施行的版本；那时没有的，是其后第一个版本。",
            pattern="^([0-9]{4}(-[0-9]{2}-[0-9]{2})?|undated)$",
            format="version",
        ),
    ] = None
    since: Annotated[datetime.date | None, meta("自哪天起", "不写的，是本文件的施行日。")] = None
    until: Annotated[datetime.date | None, meta("到哪天止", "最后一天；不写的，一直有效。")] = None
    pending: Pending = None
    changes: Annotated[tuple[Annotated[AnyChange, meta("一处修改")], ...], meta("改动", "按先后次序。", min_items=1)]


class Correction(VersionPart, frozen=True, kw_only=True):
    """An error of the encoding, mended: the text always said so, the file did not.

    ``since``: from which day of the law answers were wrong. ``told_from`` (None: since the text was known) and
    ``told_until``: when they were told. ``said``: by dotted paths, what the file said; ``lacked``: what it did not say.
    """

    holds = any_of("said", "lacked")

    id: Annotated[Slug, meta("标识", "在本文件里不重复。")]
    since: Annotated[datetime.date, meta("自哪天起答错", "正确的规定从哪天起施行。")]
    told_from: Annotated[datetime.date | None, meta("从哪天起这样说", "不写的，从知道这个文件起。")] = None
    told_until: Annotated[datetime.date, meta("到哪天为止这样说", "发现并改正的前一天。")]
    norm: Annotated[Slug | None, meta("规范点", "被修改文本里的标识。")] = None
    provision: Annotated[Dotted | None, meta("条款", "被修改文本里的标识。")] = None
    reading: Annotated[Slug | None, meta("理解口径", "被修改文本里的标识。")] = None
    change: Annotated[Slug | None, meta("修改", "被修改的修改文件里，那一处修改的标识。")] = None
    said: Annotated[
        dict[str, Any], meta("当时写的", "字段的路径对应当时错写的值；正确的值写在正文里。", min_properties=1)
    ] = msgspec.field(default_factory=dict)
    lacked: Annotated[tuple[Annotated[Words, meta("路径")], ...], meta("当时漏写的", "字段的路径。", min_items=1)] = ()
    note: Annotated[Words | None, meta("说明", "错在哪里，怎样发现的。")] = None


# What a change does, as it is said of what it was done to.
_DONE = {
    "set": Text("改", "changed"),
    "unset": Text("改", "changed"),
    "add": Text("增加", "added"),
    "remove": Text("删去", "removed"),
    "suspend": Text("暂停", "suspended"),
    "revive": Text("恢复", "revived"),
    "renumber": Text("改条款号", "renumbered"),
    "rename": Text("改称", "renamed"),
}


class Amended(Struct, frozen=True, eq=False):
    """That a norm or provision of a text was changed: what was done, by which provision of what, from which day to which.

    ``through``: what has amended this change of the amending instrument in its turn; it is the same change all the same.
    """

    do: str
    by: Citation
    since: datetime.date
    until: datetime.date | None = None  # the last day; None: for good
    through: tuple[Citation, ...] = ()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Amended) and self._same == other._same

    def __hash__(self) -> int:
        return hash(self._same)

    @property
    def _same(self) -> tuple[object, ...]:
        """What makes it this change and no other."""
        return self.do, self.by, self.since, self.until

    @property
    def itself(self) -> object:
        """What it remains when it is amended in its turn."""
        return self.by.instrument, self.by.provision, self.do, self.since

    @property
    def cited(self) -> tuple[Citation, ...]:
        """By which provisions, the latest last."""
        return self.by, *self.through

    @property
    def done(self) -> Text:
        """What was done, in words."""
        done = _DONE[self.do]
        if self.until is None:
            return done
        return Text(f"{done.zh}，到 {self.until} 为止", f"{done.en} until {self.until},")


def come_about(
    before: Iterable[Amended], after: Iterable[Amended]
) -> tuple[list[tuple[Amended, list[Citation]]], list[Amended]]:
    """Why a text differs from the one before it: amendments that are new or amended anew, each with by what; and those that are over."""
    before, after, known = list(before), list(after), dict[object, set[str]]()
    for each in before:
        known.setdefault(each.itself, set()).update(cited.instrument for cited in each.through)
    anew = []
    for each in after:
        through = [cited for cited in each.through if cited.instrument not in known.get(each.itself, ())]
        by = through if each.itself in known else [each.by]
        anew += [(each, by)] if by else []
    there = {each.itself for each in after}
    return anew, [each for each in before if each.itself not in there]


class Dropped(Struct, frozen=True):
    """That a norm or provision no longer stands in a text: its name in words, what took it out, of which kinds its norms are."""

    kind: str
    id: str
    said: str
    by: Amended
    kinds: frozenset[str]


class Amendments(Struct, frozen=True):
    """How a text came about: the version it began as, what was done to its norms and provisions (by id), what was dropped.

    ``by``: the amending instruments in the order in which they took effect. ``changes``: of a text that amends another
    itself, what was done to its changes (by id; "": to all of them, such as another first day).
    """

    base: str = ""
    by: tuple[Amended, ...] = ()
    norms: Mapping[str, tuple[Amended, ...]] = field(default_factory=dict)
    provisions: Mapping[str, tuple[Amended, ...]] = field(default_factory=dict)
    changes: Mapping[str, tuple[Amended, ...]] = field(default_factory=dict)
    dropped: tuple[Dropped, ...] = ()


NOT_AMENDED = Amendments()
