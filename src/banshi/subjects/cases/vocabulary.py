"""The words of a case log: which kinds of case, systems, evaluations and flags there are, as the instruments declare them.

A version that governs parallel approval declares them (``case_kinds``, ``case_systems``, ``evaluations``,
``case_flags``); later versions go before earlier ones. Where none of the jurisdiction declares any, what any instrument
of the library declares may be written, so that a table of unknown origin can still be read.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from operator import attrgetter
from typing import Any, Literal

import msgspec
from msgspec import Struct, field

from banshi.base.patterns import late
from banshi.base.text import Text
from banshi.law.instruments import PolicyVersion
from banshi.law.library import Library
from banshi.law.terms import CaseClass, CaseFlag, CaseWord, Evaluation
from banshi.subjects.cases.forms import Case

SUBJECT = "parallel"
NONE = "none"  # of a system: in none; of an evaluation: the applicant gave none
OTHER_KIND = CaseWord(name="其他", name_en="other", also=("一般",))
NO_SYSTEM = CaseWord(name="未录入系统", name_en="no system", also=("无",))
NO_EVALUATION = Evaluation(
    name="未评议", name_en="no evaluation", also=("没有评议", "未评价", "没有评价", "无"), good=False
)
Words = Mapping[str, CaseWord]
_PLACE = late(r"[a-z][a-z0-9-]*(/[a-z][a-z0-9-]*)*")
_SLOTS = {"kind": "kinds", "system": "systems", "evaluation": "evaluations"}


class Vocabulary(Struct, frozen=True, eq=False, dict=True):
    """Slug → word, for each sort of value; ``flags`` are facts that a case may state as yes or no.

    ``classes``: sorts of case that targets speak of besides the kinds.
    """

    kinds: Words = field(default_factory=lambda: {"other": OTHER_KIND})
    systems: Words = field(default_factory=lambda: {NONE: NO_SYSTEM})
    evaluations: Mapping[str, Evaluation] = field(default_factory=lambda: {NONE: NO_EVALUATION})
    flags: Mapping[str, CaseFlag] = field(default_factory=dict)
    classes: Mapping[str, CaseClass] = field(default_factory=dict)

    @cached_property
    def good(self) -> frozenset[str]:
        """The evaluations that count as satisfied."""
        return frozenset(slug for slug, word in self.evaluations.items() if word.good)

    @cached_property
    def case(self) -> type[Case]:
        """A case whose values are those that are declared, with a key for each flag."""
        given: list[Any] = [("kind", Literal[tuple(self.kinds)])]
        given += [(key, Literal[tuple(self.of(key))] | None, None) for key in ("system", "evaluation")]
        given += [(flag, bool | None, None) for flag in self.flags]
        return msgspec.defstruct(  # type: ignore[return-value]
            "Case", given, bases=(Case,), frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False
        )

    @cached_property
    def flags_of(self) -> Callable[[Case], tuple[bool | None, ...]]:
        """What a case states of each flag, in their order."""
        names = list(self.flags)
        if not names:
            return lambda _case: ()
        one: Callable[[Case], Any] = attrgetter(*names)
        return one if len(names) > 1 else lambda case: (one(case),)

    def of(self, key: str) -> Words:
        """The words of a key of a case: ``kind``, ``system`` or ``evaluation``."""
        words: Words = getattr(self, _SLOTS[key])
        return words

    def labels(self, key: str) -> dict[str, str]:
        """What may be written for each value: the value itself, its name, other names."""
        words = self.of(key)
        also = {name: slug for slug, word in words.items() for name in word.also}
        return {**{slug: slug for slug in words}, **{word.name: slug for slug, word in words.items()}, **also}

    def name(self, key: str, slug: str) -> Text:
        """What a value is called."""
        return said(self.of(key)[slug], slug)

    def about(self, name: str) -> str:
        """What a kind or a class of case is called; its slug where nobody declares it."""
        word = self.kinds.get(name) or self.classes.get(name)
        return word.name if word else name

    def knows(self, name: str) -> bool:
        """Whether a kind or a class of that name is declared, so that cases of it can be told."""
        return name in self.kinds or name in self.classes

    @cached_property
    def _at(self) -> dict[str, int]:
        return {flag: n for n, flag in enumerate(self.flags)}

    def flag(self, name: str, stated: tuple[bool | None, ...]) -> bool | None:
        """What was stated of one flag, by the tuple that ``flags_of`` gives; None where nobody declares it."""
        return stated[self._at[name]] if name in self._at else None

    def belongs(self, name: str, kind: str, stated: tuple[bool | None, ...]) -> bool | None:
        """Whether a case of a kind with these flags is of a kind or class; None where that is not known, or nobody declares it."""
        if name in self.kinds:
            return kind == name
        word = self.classes.get(name)
        if word is None:
            return None
        if word.of is not None and word.of != kind:
            return False
        return True if word.flag is None else self.flag(word.flag, stated)

    def spelled(self, record: Any) -> None:
        """Put the value in place of its name in a record of a case, where a name was written."""
        if isinstance(record, dict):
            for key, labels in self._labels.items():
                if isinstance(written := record.get(key), str) and written in labels:
                    record[key] = labels[written]

    @cached_property
    def _labels(self) -> dict[str, dict[str, str]]:
        return {key: self.labels(key) for key in _SLOTS}

    def schema(self, general: dict[str, Any]) -> dict[str, Any]:
        """The schema of case logs with the values and the flags that are declared."""
        case = general["properties"]["cases"]["items"]
        own = dict(case["properties"])
        for key in _SLOTS:
            words = self.of(key)
            given = {"enum": list(words), "x-labels": {slug: word.name for slug, word in words.items()}}
            own[key] = {k: v for k, v in own[key].items() if k != "$ref"} | given
        for flag, word in self.flags.items():
            own[flag] = {"title": f"是否{word.name}", "type": "boolean", "format": "boolean"}
        cases = {**general["properties"]["cases"], "items": {**case, "properties": own}}
        return {**general, "properties": {**general["properties"], "cases": cases}}


def said(word: CaseWord, slug: str) -> Text:
    """What a word is called; in English by its slug, where it has no name there."""
    return Text(word.name, word.name_en or slug.replace("_", " "))


def place_of(data: Any) -> str | None:
    """The jurisdiction that a document names, if it is written as one."""
    place = data.get("jurisdiction")
    return place if isinstance(place, str) and _PLACE.fullmatch(place) else None


def vocabulary(library: Library, jurisdiction: str | None) -> Vocabulary:
    """The words that the instruments of a jurisdiction declare. Raises ``PolicyUnreadable``."""
    if jurisdiction is not None:
        found = declared(library.versions_on(jurisdiction, SUBJECT))
        if found is not None:
            return found
    every = (text for name in library.instruments() if library.governing(name, SUBJECT) for text in library.texts(name))
    return declared(text for text in every if text.normative and SUBJECT in text.subjects) or Vocabulary()


def declared(versions: Iterable[PolicyVersion]) -> Vocabulary | None:
    """The words that some versions declare together; None where they declare none."""
    kinds, systems, evaluations, flags, classes = ({} for _ in range(5))  # type: ignore[var-annotated]
    for version in sorted(versions, key=lambda version: (version.jurisdiction.count("/"), version.begins)):
        kinds |= version.case_kinds
        systems |= version.case_systems
        evaluations |= version.evaluations
        flags |= version.case_flags
        classes |= version.case_classes
    if not (kinds or systems or evaluations or flags or classes):
        return None
    return Vocabulary(
        {**kinds, "other": OTHER_KIND},
        {**systems, NONE: NO_SYSTEM},
        {**evaluations, NONE: NO_EVALUATION},
        flags,
        classes,
    )
