"""``banshi explain NORM``: a norm, a reading or a word of an instrument: what it says, field by field, and what uses it."""

import json
from collections.abc import Iterator
from functools import cached_property
from typing import Any

import msgspec
from msgspec import Struct, field

from banshi.base.folders import POLICIES, layered
from banshi.base.text import Lang, Text, did_you_mean
from banshi.centre.centre import Centre
from banshi.checking.norm_users import KindOfUse, key_of, users_of_norms
from banshi.checking.rules import Rule
from banshi.files.shape import Shapes
from banshi.law.guides import Guide, load_guides
from banshi.law.instruments import Placed, PolicyVersion
from banshi.law.library import Library
from banshi.law.norms import Norm
from banshi.law.revisions.trees import TABLES
from banshi.law.revisions.value_changes import said
from banshi.law.revisions.words import SchemaWords
from banshi.law.unusable import PolicyUnreadable
from banshi.law.version_parts import Reading
from banshi.site.content import Labels
from banshi.site.facts import NormWording, names_for, plain

_USES = {
    KindOfUse.COMPUTED: Text("参与计算", "computed by"),
    KindOfUse.CHECKED: Text("用于校验", "checked by"),
    KindOfUse.GUIDE: Text("写进指南", "told in the guide"),
}
Rows = list[tuple[str, Text, str]]  # key, what it is called, how its value reads


class Explained(Struct, frozen=True):
    """A part of an instrument: its id, its place in words, what it says, its fields, and more lines that bear on it."""

    id: str
    sort: str
    where: str
    heading: Text
    statement: str
    rows: Rows
    readings: list[Reading] = field(default_factory=list)
    users: list[tuple[KindOfUse, str]] = field(default_factory=list)

    def text(self, lang: Lang) -> str:
        """Lines for people."""
        lines = [f"{self.id}  {self.heading.say(lang)}", self.where]
        lines += ["", self.statement] if self.statement else []
        lines += ["", *(f"  {label.say(lang)}：{value}" for _, label, value in self.rows)]
        for reading in self.readings:
            taken = Text("采用", "taken").say(lang)
            lines += ["", f"  ? {reading.question}", f"    {taken}：{reading.options[reading.default]}（{reading.id}）"]
        lines += [""] if self.users else []
        lines += [f"  {_USES[use].say(lang)}：{name}" for use, name in self.users]
        return "\n".join(lines)

    def data(self, lang: Lang) -> dict[str, Any]:
        """The same as plain data."""
        return {
            "id": self.id,
            "sort": self.sort,
            "where": self.where,
            "title": self.heading.say(lang),
            "statement": self.statement,
            "fields": [{"key": key, "label": label.say(lang), "text": value} for key, label, value in self.rows],
            "readings": [
                {"id": each.id, "question": each.question, "taken": each.options[each.default]}
                for each in self.readings
            ],
            "users": [{"use": use.value, "name": name} for use, name in self.users],
        }


class Parts:
    """What can be explained in the instruments of a centre, on the library's day. ``left_out``: guides that cannot be used."""

    def __init__(self, centre: Centre, library: Library, rules: list[Rule]) -> None:
        self._centre, self._library, self._rules = centre, library, rules
        self.left_out: list[PolicyUnreadable] = []
        shapes = Shapes(layered(centre.folder, "schemas"))
        self._words = SchemaWords(shapes)
        self.wording = NormWording(Labels(shapes), names_for(centre.folder))

    def find(self, wanted: str) -> list[Explained]:
        """Every part of this id: ``norm``, or ``jurisdiction/instrument#norm`` for one instrument alone."""
        instrument, _, own = wanted.rpartition("#")
        return [found for version in self._versions(instrument) for found in self._in(version, own)]

    def guess(self, wanted: str) -> Text:
        """Which norm may have been meant."""
        instrument, _, own = wanted.rpartition("#")
        return did_you_mean(own, [norm for version in self._versions(instrument) for norm in version.kinds])

    def _versions(self, instrument: str) -> Iterator[PolicyVersion]:
        for name in [instrument] if instrument else self._library.instruments():
            shown = self._library.shown(name) if instrument or self._centre.applies(name) else None
            if shown is not None:
                yield shown

    def _in(self, version: PolicyVersion, own: str) -> Iterator[Explained]:
        yield from (self.norm(placed) for placed in version.placed if placed.norm.id == own)
        yield from (self.reading(version, each) for each in version.readings if each.id == own)
        for table in TABLES:
            words = getattr(version, table)
            if own in words:
                yield self.word(version, table, own)

    def norm(self, placed: Placed[Norm]) -> Explained:
        """A norm: its statement, its fields, the readings of its provision, and what uses it."""
        kind = placed.norm.kind
        rows = [
            (fact.key, Text(fact.label, fact.key.replace("_", " ")), plain(fact.text))
            for fact in self.wording.facts(placed, ids=True)
        ]
        own = (placed.provision.id, placed.norm.id)
        readings = [each for each in placed.version.readings if own[0] in each.at or _speaks_of(each, own[1])]
        users = [(user.use, user.name) for user in self._users(placed) if user.use in _USES]
        return Explained(
            own[1], "norm", placed.cite.say(), self._words.kind(kind), placed.statement, rows, readings, users
        )

    def _users(self, placed: Placed[Norm]) -> Any:
        return users_of_norms(self._library, self._rules, self._guides).get(key_of(placed), ())

    @cached_property
    def _guides(self) -> list[Guide]:
        return load_guides(layered(self._centre.folder, POLICIES), self.left_out.append)

    def reading(self, version: PolicyVersion, reading: Reading) -> Explained:
        """An unclear place: the ways to read it, the one taken and why, and what norms say under each."""
        rows = [
            (option, Text(*([f"口径 {option}{'（采用）' if option == reading.default else ''}"] * 2)), text)
            for option, text in reading.options.items()
        ]
        for option, norms in reading.norms.items():
            for norm, fields in norms.items():
                told = "；".join(f"{path} {said(value, version.names)}" for path, value in fields.items())
                rows.append((f"{option}.{norm}", Text(f"按 {option}，{norm}", f"under {option}, {norm}"), told))
        labels = {"ends": self._title("readings", "ends"), "computed": self._title("readings", "computed")}
        rows += [
            (key, label, said(getattr(reading, key), {})) for key, label in labels.items() if getattr(reading, key)
        ]
        rows.append(("ground", self._title("readings", "ground"), reading.ground))
        where = f"{version.cite.say()} {'、'.join(p.label for p in version.provisions if p.id in reading.at)}"
        heading = Text("理解口径", "reading")
        return Explained(reading.id, "reading", where.strip(), heading, reading.question, rows)

    def word(self, version: PolicyVersion, table: str, own: str) -> Explained:
        """A word that the instrument declares, with all that is said of it."""
        word = getattr(version, table)[own]
        rows: Rows = []
        for each in msgspec.structs.fields(word):
            value = getattr(word, each.name)
            if value is not None and value not in ((), {}, "", False):
                title, labels = self._words.of_version((each.name,), (table,))
                rows.append((each.name, title, said(value, version.names, labels)))
        title, _ = self._words.of_version((table,))
        return Explained(own, "word", version.cite.say(), title, "", rows)

    def _title(self, *path: str) -> Text:
        return self._words.of_version(path[1:], path[:1])[0]


def _speaks_of(reading: Reading, norm: str) -> bool:
    return any(norm in norms for norms in reading.norms.values())


def said_of(found: list[Explained], form: str, centre: Centre, lang: Lang) -> str:
    """What is printed of the parts found."""
    if form == "json":
        whole = {"law": centre.law.as_json(), "parts": [each.data(lang) for each in found]}
        return json.dumps(whole, ensure_ascii=False, indent=2)
    return "\n\n".join([*(each.text(lang) for each in found), centre.law.said.say(lang)])
