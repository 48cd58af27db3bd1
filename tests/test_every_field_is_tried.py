"""No declaration stands alone: each field that a computation says it reads stands in a rulebook with results worked out.

Either in one of the clauses, of which here each field is left out and written otherwise, or in a centre of which
``make uses`` does that, or in another answer to a question of one (``test_*_readings``).
"""

from collections.abc import Iterator
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

import msgspec
import pytest
from lengths import longer, some
from mutations import otherwise, places, written
from test_clauses import GOVERNS, calendar, every_clause, facts_of, register, rulebook, scenario, write, wrong
from test_told_otherwise import versions

from banshi.checking.checker import Checker
from banshi.checking.declared_uses import USES, taking
from banshi.files.reading import read
from banshi.law.instruments import PolicyVersion
from banshi.law.library import Law
from banshi.law.norms import AnyNorm, Norm
from banshi.law.otherwise import elsewhere
from banshi.law.uses import GUIDES
from banshi.subjects.scenarios.loading import to_scenarios
from banshi.subjects.scenarios.trying import tried

Field = tuple[str, str]  # a selector of norms, and a field of theirs
CENTRES = ("luzhou", "linjiang", "qinghe", "zezhou", "baiyun")


def norms_of(clause: dict[str, Any]) -> list[Norm]:
    return [
        msgspec.convert({"id": f"n{n}", "statement": "见原文。", **norm}, AnyNorm, strict=False)
        for n, norm in enumerate(clause["norms"])
    ]


def governs(subject: str, clause: dict[str, Any]) -> tuple[str, ...]:
    return tuple(clause.get("more", {}).get("governs", (GOVERNS[subject],)))


def fields_read(norm: Norm, subjects: tuple[str, ...], stated: set[str]) -> Iterator[Field]:
    for use in taking(norm, subjects):
        if use.by != GUIDES:
            own = (*use.fields, *(field for field, _ in use.selector.conditions))
            yield from ((use.selects, field) for field in own if field in stated)


def stated_by(norm: Norm) -> set[str]:
    """The fields that say something else than what holds anyway."""
    stated = ((name, default, getattr(norm, name)) for name, default in defaults_of(type(norm)))
    return {name for name, default, value in stated if value not in (None, (), {}, default)}


@cache
def defaults_of(kind: type[Norm]) -> tuple[tuple[str, Any], ...]:
    return tuple((field.name, field.default) for field in msgspec.structs.fields(kind))


@cache
def in_clauses() -> frozenset[Field]:
    return frozenset(
        field
        for subject, clause in every_clause()
        for norm, raw in zip(norms_of(clause), clause["norms"], strict=True)
        for field in fields_read(norm, governs(subject, clause), set(raw))
    )


@cache
def in_centres() -> frozenset[Field]:
    return frozenset(
        field
        for centre in CENTRES
        for version in versions(centre)
        for norm in (*(placed.norm for placed in version.placed), *answered_otherwise(version))
        for field in fields_read(norm, version.subjects, stated_by(norm))
    )


def answered_otherwise(version: PolicyVersion) -> Iterator[Norm]:
    """The norms of a text as its questions' other answers make them."""
    law = Law((version,), version.jurisdiction)
    for other in elsewhere(law, law.readings):
        yield from (placed.norm for placed in other.law.norms)


DECLARED = {
    (use.selects, field)
    for use in USES
    if use.by != GUIDES
    for field in (*use.fields, *(condition for condition, _ in use.selector.conditions))
}


def test_every_declared_field_stands_in_a_rulebook_that_is_tried() -> None:
    assert DECLARED - in_clauses() - in_centres() == set()


def outcome(folder: Path, subject: str, clause: dict[str, Any]) -> tuple[bool, list[Any]]:
    """Whether the rules on policies find it wrong, and what comes of its scenarios and registers."""
    book = rulebook(subject, clause)
    folder.mkdir(exist_ok=True)
    (folder / "banshi.toml").write_text('jurisdiction = "stranger"\nlevel = "city"\n', encoding="utf-8")
    rules = write(folder / f"policies/stranger/{subject}/{book['version']}.yaml", book)
    if "days_off" in clause:
        write(
            folder / "policies/stranger/working-days/2026.yaml", calendar(clause["days_off"], clause.get("working", []))
        )
    checker = Checker(folder)
    if wrong(checker, rules):
        return True, []
    found: list[Any] = []
    for n, each in enumerate(clause.get("registers", [])):
        found.append(wrong(checker, write(folder / f"registers/{n}.yaml", register(each["leave"]))))
    for n, each in enumerate(clause.get("documents", [])):
        filed = write(folder / f"filed/{n}.yaml", each["document"])
        found.append([finding.message.zh for finding in checker.check([filed]).findings])
    if "log" in clause:
        found.append(facts_of(folder, clause["log"]))
    head = {"kind": "scenario", "fictional": True, "jurisdiction": "stranger"}
    data = {**head, "scenarios": [scenario(each) for each in clause.get("scenarios", [])]}
    if data["scenarios"] and (document := read(write(folder / "tests/s.yaml", data)).document):
        found += [one.found for one in tried(document, to_scenarios(document.data), checker)]
    return False, found


def changed(clause: dict[str, Any], field: Field, subject: str) -> Iterator[dict[str, Any]]:
    """The clause with a field of a norm written otherwise; with one that has a single value left out."""
    for n, (norm, raw) in enumerate(zip(norms_of(clause), clause["norms"], strict=True)):
        if field not in set(fields_read(norm, governs(subject, clause), set(raw))):
            continue
        other_norms = (o for place in places(norm) if place[0] == field[1] for o in islice(otherwise(norm, place), 6))
        others = [{**raw, field[1]: written(other).get(field[1])} for other in other_norms]
        if isinstance(raw[field[1]], bool):
            others = [{**raw, field[1]: not raw[field[1]]}]
        for other in others or [{key: value for key, value in raw.items() if key != field[1]}]:
            yield {**clause, "norms": [*clause["norms"][:n], other, *clause["norms"][n + 1 :]]}


@longer
@pytest.mark.parametrize("field", some(sorted(in_clauses() - in_centres()), 6), ids=" ".join)
def test_a_field_written_otherwise_leads_to_something_else(tmp_path: Path, field: Field) -> None:
    """In some clause that states it; or it may not be written otherwise. What centres state, ``make uses`` writes otherwise."""
    refused = []
    for n, (subject, clause) in enumerate(every_clause()):
        before = None
        for m, other in enumerate(changed(clause, field, subject)):
            before = before or outcome(tmp_path / f"{n}", subject, clause)
            now = outcome(tmp_path / f"{n}-{m}", subject, other)
            if now != before and not now[0]:
                return
            refused.append(now[0])
    assert refused and all(refused), f"{field[1]} of {field[0]} may say anything: no result of a clause rests on it"
