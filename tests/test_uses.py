"""Every kind of norm and each of its fields is declared: read by a computation, or there to be read by people."""

import ast
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, get_args, get_type_hints

import msgspec
import pytest
from conftest import ROOT, banshi, write_yaml
from msgspec import defstruct, to_builtins

from banshi.checking.declared_uses import UNITS, USES, ignored_fields, of_kind
from banshi.files.reading import read
from banshi.law.instruments import PolicyVersion
from banshi.law.library import Library
from banshi.law.norms import AnyNorm, Norm, Value
from banshi.law.uses import COMMON, NAMED_PARTS, STATED, TO_BE_READ, Use, executable, to_be_read

KINDS: dict[str, type[Norm]] = {str(kind.__struct_config__.tag): kind for kind in get_args(AnyNorm)}


def declared(kind: str) -> set[str]:
    return {field for use in of_kind(kind) for field in (*use.fields, *(c for c, _ in use.selector.conditions))}


def undeclared(of: type[Norm]) -> list[str]:
    """The fields of a kind that nothing declares to read."""
    kind = str(of.__struct_config__.tag)
    fields = [f for f in of.__struct_fields__ if f not in COMMON and f != "soft"]
    return [f for f in fields if executable(kind) and f not in declared(kind) and not to_be_read(kind, f)]


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_and_field_is_declared(kind: str) -> None:
    assert not executable(kind) or of_kind(kind), (
        f"nothing declares that it reads norms of kind {kind!r}: add it to the uses.py beside what computes it,"
        " or to STATED in src/banshi/law/uses.py where it only informs"
    )
    left = undeclared(KINDS[kind])
    assert left == [], f"{kind}: nothing declares that it reads {left}: add them to the uses.py beside what reads them"


def widened(of: type[Norm]) -> type[Norm]:
    """A kind with one field more, which no computation knows."""
    config = of.__struct_config__
    more = [("brand_new", int | None, None)]
    return defstruct(of.__name__, more, bases=(of,), frozen=True, kw_only=True, tag_field="kind", tag=str(config.tag))


@pytest.mark.parametrize("kind", KINDS)
def test_a_field_that_is_added_and_used_nowhere_is_seen(kind: str) -> None:
    """By the test above, and wherever a policy writes it."""
    assert undeclared(widened(KINDS[kind])) == (["brand_new"] if executable(kind) else [])
    found = [(p.norm, v.subjects) for v in shipped() for p in v.placed if p.norm.kind == kind]
    for norm, subjects in found[:1]:
        more = msgspec.convert(
            {**to_builtins(norm, builtin_types=(Decimal, date)), "brand_new": 3}, widened(type(norm))
        )
        assert list(ignored_fields(more, ["brand_new"], subjects)) == ["brand_new"]


@cache
def shipped() -> list[PolicyVersion]:
    library = Library([ROOT / folder / "policies" for folder in (".", "examples/linjiang", "examples/qinghe")])
    return [version for name in library.instruments() for version in library.texts(name)]


def parts(of: Any) -> Iterator[type[Value]]:
    """The types of values that a type holds, at any depth."""
    for hint in get_type_hints(of).values():
        for each in leaves(hint):
            if isinstance(each, type) and issubclass(each, Value):
                yield from (each, *parts(each))


def leaves(hint: Any) -> Iterator[Any]:
    yield from (leaf for each in get_args(hint) for leaf in leaves(each)) if get_args(hint) else [hint]


def test_every_part_of_a_value_is_read_by_a_computation() -> None:
    read = attributes(phrases=False)
    values = {value for kind in KINDS.values() for value in parts(kind)}
    left = {(value.__name__, field) for value in values for field in value.__struct_fields__ if field not in read}
    assert len(values) > 10
    assert left == set()


@pytest.mark.parametrize("use", USES, ids=lambda use: f"{use.subject}: {use.selects}")
def test_a_declaration_names_fields_that_exist(use: Use) -> None:
    assert [field for field in use.fields if field not in KINDS[use.kind].__struct_fields__] == []


def test_what_is_to_be_read_exists() -> None:
    assert set(KINDS) >= STATED
    for kind, fields in TO_BE_READ.items():
        assert set(fields.split()) <= set(KINDS[kind].__struct_fields__), kind


def test_every_field_of_named_values_says_what_of_them_is_used() -> None:
    fields = {
        (kind, name) for kind, of in KINDS.items() for name, hint in get_type_hints(of).items() if "Named" in str(hint)
    }
    assert fields == set(NAMED_PARTS)


def attributes(*, phrases: bool = True) -> set[str]:
    """Every attribute that code outside the kinds themselves reads, and their methods (with or without ``phrases``)."""
    kinds = [ast.parse(p.read_text(encoding="utf-8")) for p in (ROOT / "src/banshi/law/norms").glob("*.py")]
    for node in (node for tree in kinds if not phrases for node in ast.walk(tree)):
        if isinstance(node, ast.FunctionDef) and node.name in ("phrase", "phrases", "whole"):
            node.body = []
    return attributes_outside().union(*map(attributes_in, kinds))


@cache
def attributes_outside() -> frozenset[str]:
    files = [*(ROOT / "src/banshi").rglob("*.py"), *(ROOT / "validators").rglob("*.py")]
    trees = (ast.parse(p.read_text(encoding="utf-8")) for p in files if p.parent.name != "norms")
    return frozenset[str]().union(*map(attributes_in, trees))


def attributes_in(tree: ast.AST) -> set[str]:
    return {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}


def test_no_declaration_claims_a_field_that_no_code_reads() -> None:
    read = attributes()
    fields = {(use.kind, field) for use in USES for field in use.fields}
    by_value = {(use.kind, field) for use in USES for field, _ in use.selector.conditions}
    assert sorted((kind, field) for kind, field in fields - by_value if field not in read) == []


# Sound in shape, and yet without effect: each is refused, with the line.
CHANGE = "change-management/2011-11-04"
ASSESSMENT = "window-assessment/2011-04-01"
IGNORED = [
    (CHANGE, "publicity-period", {"of": "exhibition"}, "of＝exhibition"),
    (CHANGE, "publicity-period", {"inclusive": False}, "inclusive＝false"),
    (CHANGE, "department-limit", {"inclusive": False}, "inclusive＝false"),
    (CHANGE, "supplementary-contract-recorded", {"before": "acceptance"}, "before＝acceptance"),
    (CHANGE, "supplementary-contract-recorded", {"document": "side_letter"}, "document＝side_letter"),
    (CHANGE, "finance-tier", {"soft": True}, "soft 没有计算会看"),
    (CHANGE, "emergency-procedure", {"then": "settlement"}, "then＝settlement"),
    (CHANGE, "emergency-procedure", {"sequence": [{"key": "mayor_told_on", "name": "报告"}]}, "mayor_told_on"),
    (CHANGE, "major-change-extension", {"requires": ["leader_note"]}, "leader_note"),
    (CHANGE, "similar-item", {"equal_keys": ["fuel"]}, "fuel"),
    (CHANGE, "review-price-formula", {"divisor": {"key": "ceiling", "name": "限价"}}, "ceiling"),
    (CHANGE, "emergency-records", {"when": "emergancy"}, "when＝emergancy"),
    (CHANGE, "emergency-records", {"filed_with": "audit"}, "filed_with 没有计算会看"),
    (CHANGE, "emergency-records", {"length": {"unit": "天", "lower": {"value": 1, "inclusive": True}}}, "length 没有"),
    (CHANGE, "scope", {"levels": ["city"]}, "levels 没有计算会看"),
    (CHANGE, "change-types", {"of": "change_types"}, "of＝change_types"),
    (CHANGE, "own-level", {"soft": True}, "soft 没有计算会看"),
    (CHANGE, "dereliction", {"unless": ["不可抗力"]}, "unless 没有计算会看"),
    ("attendance/2009-12-01", "monthly-attendance", {"insured_hospital": True}, "insured_hospital 没有计算会看"),
    ("attendance/2009-12-01", "monthly-attendance", {"attachments": ["photos"]}, "attachments 没有计算会看"),
    ("attendance/2009-12-01", "scope", {"funding": [{"value": "fiscal", "name": "财政"}]}, "funding 没有计算会看"),
    ("attendance/2009-12-01", "scope", {"territory": "全市"}, "territory 没有计算会看"),
    (
        ASSESSMENT,
        "bulletin-grounds",
        {"values": [{"value": "a", "name": "甲", "papers": ["work_bulletin"]}]},
        "papers 没",
    ),
    (ASSESSMENT, "bulletin-grounds", {"cases": ["other"]}, "cases 没有计算会看"),
    (ASSESSMENT, "highest-bonus", {"group_by": "event"}, "group_by＝event"),
    (ASSESSMENT, "deduction-unlimited", {"at_least": 3}, "at_least 没有计算会看"),
]


def policy(instrument: str) -> Any:
    """The data of a shipped policy, to be changed."""
    document = read(ROOT / f"policies/luzhou/{instrument}.yaml").document
    assert document is not None
    return document.data


def norms(data: Any) -> Iterator[Any]:
    return (norm for provision in data["provisions"] for norm in provision["norms"])


def checked(folder: Path, instrument: str, data: Any) -> list[str]:
    path = folder / f"policies/luzhou/{instrument}.yaml"
    path.parent.mkdir(parents=True)
    write_yaml(path, data)
    done = banshi("check", str(path.relative_to(folder)), cwd=folder)
    return done.stdout.split("[policy/nothing-computes-it]\n  ")[1:]


@pytest.mark.parametrize(("instrument", "norm_id", "fields", "said"), IGNORED, ids=lambda value: str(value)[:40])
def test_what_would_be_ignored_is_refused(
    tmp_path: Path, instrument: str, norm_id: str, fields: dict[str, Any], said: str
) -> None:
    data = policy(instrument)
    next(norm for norm in norms(data) if norm["id"] == norm_id).update(fields)
    found = checked(tmp_path, instrument, data)  # a publicity of which nobody says how long it takes is told besides
    assert [said in one.splitlines()[0] for one in found if "公示多久" not in one] == [True]


@pytest.mark.parametrize("table", ["tiers", "steps", "facts"])
def test_a_name_that_no_norm_uses_is_refused(tmp_path: Path, table: str) -> None:
    data = policy(CHANGE)
    data.setdefault(table, {})["idle"] = {"name": "没有用到"}
    assert [one.splitlines()[0] for one in checked(tmp_path, CHANGE, data)] == [f"{table} 里的 idle 没有规范点用到"]


def test_a_subject_that_is_not_governed_is_refused(tmp_path: Path) -> None:
    data = policy(CHANGE)
    data["governs"] = ["attendance"]
    said = checked(tmp_path, CHANGE, data)
    assert len(said) > 20
    assert "finance-tier 是 change 的规范点" in "".join(said)


def test_a_procedure_of_a_tier_to_which_nothing_leads_is_refused(tmp_path: Path) -> None:
    data = policy(CHANGE)
    for provision in data["provisions"]:
        provision["norms"] = [norm for norm in provision["norms"] if norm["id"] != "finance-tier"]
    assert [one.splitlines()[0] for one in checked(tmp_path, CHANGE, data)] == [
        "finance-procedure 说的是“finance”一档，没有金额、类别或关口通到这一档"
    ]


# Units: exactly those that are computed.


def measured(kind: str) -> Iterator[str]:
    """The fields of a kind that hold a length, an interval, or intervals."""
    for name, hint in get_type_hints(KINDS[kind]).items():
        if any(named in str(hint) for named in ("Bounds", "Length", "Band", "Measured")):
            yield name


@pytest.mark.parametrize("kind", KINDS)
def test_every_length_and_interval_has_units_that_count(kind: str) -> None:
    stated = {unit.field for unit in UNITS if unit.selector.kind is KINDS[kind]}
    assert set(measured(kind)) <= stated, f"{kind}: declare the units beside what computes it (UNITS in its uses.py)"


@pytest.mark.parametrize(
    ("instrument", "norm_id", "field"),
    [
        (CHANGE, "department-limit", ("length", "unit")),
        (CHANGE, "publicity-period", ("length", "unit")),
        (CHANGE, "full-tier", ("amount", "unit")),
        ("attendance/2009-12-01", "month-days", ("bound", "unit")),
        ("leave-and-attendance/2007-07-01", "errand-quota", ("unit",)),
        (ASSESSMENT, "not-organised", ("bound", "unit")),
        (ASSESSMENT, "parallel-rates", ("further", 0, "bound", "unit")),
        (ASSESSMENT, "corrected-repeatedly", ("bound", "unit")),
        ("parallel-approval/2011", "investment-evaluation-rate", ("bound", "unit")),
        ("parallel-approval/2011", "multi-department", ("bound", "unit")),
    ],
)
def test_a_unit_that_nothing_computes_is_refused(
    tmp_path: Path, instrument: str, norm_id: str, field: tuple[str | int, ...]
) -> None:
    data = policy(instrument)
    at = next(norm for norm in norms(data) if norm["id"] == norm_id)
    for step in field[:-1]:
        at = at[step]
    at[field[-1]] = "分钟"
    path = tmp_path / f"policies/luzhou/{instrument}.yaml"
    path.parent.mkdir(parents=True)
    write_yaml(path, data)
    said = banshi("check", str(path.relative_to(tmp_path)), cwd=tmp_path).stdout
    assert "[policy/units-computed]" in said or "[shape/" in said, said
