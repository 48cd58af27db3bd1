"""What changed in the files beside instruments, in words: guides, catalogues, arrangements of working days, scenarios."""

from collections.abc import Iterator, Mapping
from typing import Any

from banshi.base.text import NOTHING, Text, listed, same
from banshi.files.kinds import KINDS
from banshi.law.norms import Names
from banshi.law.revisions.entries import ADDED, CHANGED, LABELS, MOVED, REMOVED, DiffEntry
from banshi.law.revisions.speaking import Speaker, stated_value
from banshi.law.revisions.trees import Part
from banshi.law.revisions.value_changes import ValueWords, changed, said
from banshi.law.revisions.words import SchemaWords

Way = tuple[str, ...]
_OTHER = Text("其他文件", "other files")
_CALLED = ("name", "title", "label", "id", "number", "key")
_SIGNS = ("id", "key", "number", "name", "title", "label")  # by which entries of a list are told apart
_LONG = 200  # characters of what stands in an entry
_ORDER = Text("次序", "order")


def files(at: Speaker, section: str) -> Iterator[tuple[str, DiffEntry]]:
    """Each file that is new, gone, called otherwise or changed."""
    changes = at.of(section)
    for sort, parts in ((REMOVED, changes.removed), (ADDED, changes.added)):
        for key, part in parts.items():
            what, done = _kind(part), LABELS[sort]
            line = Text(f"{done.zh}{what.zh}“{title_of(part, key)}”", f"{what.en} {done.en}: {title_of(part, key)}")
            yield key, DiffEntry(sort, what, (line,), key=key)
    edited = {edit.key for edit in changes.edits}
    for old, new in changes.renamed.items():
        kept = NOTHING if new in edited else Text("，内容未变", ", otherwise unchanged")
        line = Text(f"文件由 {old} 改名为 {new}{kept.zh}", f"file {old} is now {new}{kept.en}")
        yield new, DiffEntry(MOVED, _kind(at.after[section][new]), (line,), key=new)
    for key in sorted(edited):
        before, after = at.before[section][at.earlier(section, key)], at.after[section][key]
        for where, lines in _FileSpeaker(at, before, after).entries():
            yield key, DiffEntry(CHANGED, where, lines, key=key)


def title_of(part: Part, key: str) -> str:
    """What a file is called: by its title, else by where it lies."""
    return str(part.get("title") or part.get("about") or key)


def _kind(part: Part) -> Text:
    kind = KINDS.get(str(part.get("kind")))
    return Text(kind.title, kind.name.replace("-", " ")) if kind else _OTHER


class _FileSpeaker:
    """Two states of one file, with the words of its schema and the names that stand in it."""

    def __init__(self, at: Speaker, before: Part, after: Part) -> None:
        self._before, self._after, self._kind = before, after, _kind(after)
        kind = str(after.get("kind"))
        self._scenario = kind == "scenario"
        self._schema = at.schema.of_kind(kind) if kind in KINDS else None
        named = at.schema.named | at.schema.kinds
        self._names: tuple[Names, Names] = (named | dict(_named(before)), named | dict(_named(after)))

    def entries(self) -> Iterator[tuple[Text, tuple[Text, ...]]]:
        """Where, and what: one for each entry of a list that changed, one for the rest."""
        own: list[Text] = []
        for name in _union(self._before, self._after):
            old, new = self._before.get(name), self._after.get(name)
            pair = _things(old), _things(new)
            if old == new:
                continue
            if pair[0] is None or pair[1] is None:
                own += self._lines((name,), old, new)
                continue
            for where, lines in self._of_list((name,), pair[0], pair[1]):
                if where is None:
                    own += lines
                elif lines:
                    yield where, tuple(lines)
        if own:
            yield self._kind, tuple(own)

    def _of_list(
        self, way: Way, old: dict[str, Part], new: dict[str, Part]
    ) -> Iterator[tuple[Text | None, list[Text]]]:
        """What changed in entries of a list, each by itself; of the list as a whole under no place."""
        title, _ = self._words(way)
        for sort, here, there in ((REMOVED, old, new), (ADDED, new, old)):
            if told := [self._entry(way, here[key]) for key in here if key not in there]:
                done = LABELS[sort]
                zh, en = f"{title.zh}{done.zh}{listed(told)}", f"{title.en} {done.en}: {listed(told)}"
                yield None, [Text(zh, en)]
        both = [key for key in old if key in new]
        for key in both:
            if old[key] != new[key]:
                name = self._called(new[key])
                one = title.zh.removeprefix("各个").removeprefix("各")
                where = Text(f"{one}“{name}”", f"{title.en} “{name}”")
                yield where, list(self._of_mapping(way, old[key], new[key]))
        if both != [key for key in new if key in old]:
            yield None, [Text(f"{title.zh}的{_ORDER.zh}改变", f"{_ORDER.en} of {title.en} changed")]

    def _of_mapping(self, way: Way, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Text]:
        for name in _union(old, new):
            was, now = old.get(name), new.get(name)
            if was != now and self._is_of_facts(was, now):
                title, _ = self._words((*way, name))
                yield Text(f"{title.zh}有改动", f"{title.en} changed")
            elif was != now:
                yield from self._lines((*way, name), was, now)

    def _is_of_facts(self, *values: Any) -> bool:
        """Whether what differs are the facts of a scenario: they are forms of other kinds, and no rules."""
        return self._scenario and any(isinstance(each, (dict, list)) for each in values)

    def _lines(self, way: Way, old: Any, new: Any) -> Iterator[Text]:
        title, labels = self._words(way)
        things = _things(old), _things(new)
        if things[0] is not None and things[1] is not None and things[0] | things[1]:
            for where, lines in self._of_list(way, things[0], things[1]):
                own = NOTHING if where is None else Text(f"{where.zh}的", f"{where.en}: ")
                yield from (Text(f"{own.zh}{line.zh}", f"{own.en}{line.en}") for line in lines)
        elif isinstance(old, Mapping) and isinstance(new, Mapping):
            for line in self._of_mapping(way, old, new):
                yield Text(f"{title.zh}的{line.zh}", f"{title.en}: {line.en}")
        else:
            words = ValueWords(*self._names, labels)
            yield from changed(title, self._plain(way, old), self._plain(way, new), words)

    def _plain(self, way: Way, value: Any) -> Any:
        """A value for people: entries and tables as all that stands in them."""
        if isinstance(value, list):
            return tuple(self._within(way, each) if isinstance(each, Mapping) else each for each in value)
        return self._whole(way, value) if isinstance(value, Mapping) else stated_value(value)

    def _within(self, way: Way, entry: Mapping[str, Any]) -> str:
        """An entry of a list as a part of what is said: by its name, where it has an id of its own."""
        return self._called(entry) if "id" in entry else self._whole(way, entry)

    def _whole(self, way: Way, entry: Mapping[str, Any]) -> str:
        found = []
        for name, value in entry.items():
            title, labels = self._words((*way, name))
            found.append(f"{title.zh} {said(self._plain((*way, name), value), self._names[1], labels)}")
        return "，".join(found)

    def _entry(self, way: Way, entry: Part) -> str:
        """An entry that is new or gone: what it is called, and what stands in it."""
        name = self._called(entry)
        if self._scenario:
            return f"“{name}”"
        whole = self._whole(way, {key: value for key, value in entry.items() if str(value) != name and key != "id"})
        more = whole if len(whole) <= _LONG else f"{whole[:_LONG]}…"
        return f"“{name}”（{more}）" if more else f"“{name}”"

    def _called(self, entry: Mapping[str, Any]) -> str:
        return str(next(entry[name] for name in _CALLED if name in entry))  # an entry told apart has one of them

    def _words(self, way: Way) -> tuple[Text, dict[str, str]]:
        """What the last step of a way is called, and its choices."""
        if self._schema is None:
            return same(way[-1]), {}
        return _last(self._schema, way)


def _last(schema: SchemaWords, way: Way) -> tuple[Text, dict[str, str]]:
    return schema.of_version(way[-1:], way[:-1])


def _union(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[str]:
    """The keys of both, as the later side has them in order."""
    return list(dict.fromkeys((*new, *old)))


def _things(value: Any) -> dict[str, Part] | None:
    """The entries of a list by what tells them apart; None where nothing does. What is not there is an empty list."""
    if value is None:
        return {}
    if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
        return None
    for sign in _SIGNS:
        own = [each.get(sign) for each in value]
        if None not in own and len({str(each) for each in own}) == len(own):
            return dict(zip(map(str, own), value, strict=True))
    return None


def _named(value: Any) -> Iterator[tuple[str, str]]:
    """What ids of a file are called in it."""
    if isinstance(value, Mapping):
        name = value.get("name") or value.get("title")
        if isinstance(value.get("id"), str) and isinstance(name, str):
            yield value["id"], name
        for each in value.values():
            yield from _named(each)
    elif isinstance(value, list):
        for each in value:
            yield from _named(each)
