"""What filings on changes may write is the law's: every word by every name of it, and no word that nobody declares."""

import copy
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import ROOT

from banshi.checking.checker import Checker
from banshi.checking.loading import Loader
from banshi.law.instruments import PolicyVersion
from banshi.law.library import Library
from banshi.law.terms import FILED_WORDS
from banshi.subjects.change.instrument_forms import places_of_ledger
from banshi.subjects.change.law_words import names_in
from banshi.subjects.change.words import CAUSE, MONEY, PARTY, PAUSE, TYPE

LEDGERS = {
    "luzhou": (ROOT, ROOT / "tests/cases/change/county-school.yaml"),
    "linjiang": (ROOT / "examples/linjiang", ROOT / "examples/linjiang/change/riverside.yaml"),
    "qinghe": (ROOT / "examples/qinghe", ROOT / "tests/data/probes/qinghe/change/pier.yaml"),
}
TOLD = ("input/understood",)
Way = tuple[str, ...]


def ledger(place: str) -> Any:
    return yaml.load(LEDGERS[place][1].read_text(encoding="utf-8"), Loader=yaml.BaseLoader)


def names(place: str) -> Any:
    return names_in(Library([LEDGERS[place][0] / "policies"]), place)


def spots(data: Any, way: Way) -> Iterator[tuple[Any, Any]]:
    """Where a word stands: what holds it, and its key."""
    if isinstance(data, list) and way:
        for entry in data:
            yield from spots(entry, way)
    elif isinstance(data, dict) and way[0] in data:
        held = data[way[0]]
        if len(way) > 1:
            yield from spots(held, way[1:])
        elif isinstance(held, list):
            yield from ((held, n) for n in range(len(held)))
        else:
            yield data, way[0]


def said(place: str, data: Any, folder: Path) -> list[tuple[str, Any, str]]:
    path = folder / "ledger.yaml"
    path.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), encoding="utf-8")
    report = Checker(LEDGERS[place][0]).check([path])
    return sorted((f.rule, f.where, f.message.zh) for f in report.findings if f.rule not in TOLD)


@pytest.mark.parametrize("place", LEDGERS)
def test_every_name_of_a_word_is_that_word(place: str, tmp_path: Path) -> None:
    """All words by their first name, by their second, …: as far as any has so many."""
    plain, seen, every = ledger(place), set(), names(place)
    expected = said(place, plain, tmp_path)
    for turn in range(4):
        other = copy.deepcopy(plain)
        for way, choices in every.items():
            for holder, key in spots(other, way):
                spelled = [name for name, word in choices if word == holder[key] and name != word]
                if turn < len(spelled):
                    holder[key] = spelled[turn]
                    seen.add(way)
        if other != plain:
            assert said(place, other, tmp_path) == expected
    assert {TYPE, CAUSE, PARTY, MONEY} <= seen


@pytest.mark.parametrize("place", LEDGERS)
def test_a_word_that_nobody_declares_is_told_with_those_that_there_are(place: str, tmp_path: Path) -> None:
    plain = ledger(place)
    expected = {rule for rule, *_ in said(place, plain, tmp_path)}
    for way in (TYPE, CAUSE, PARTY, MONEY, PAUSE, ("changes", "attachments", "kind")):
        other = copy.deepcopy(plain)
        *_, (holder, key) = [(None, None), *spots(other, way)]  # the first form of Luzhou's is older than its law
        if holder is None:
            assert way == PAUSE or place == "luzhou", way
            continue
        holder[key] = "天外来词"
        new = [each for each in said(place, other, tmp_path) if each[0] not in expected]
        rule = "change/funding-is-declared" if way == MONEY else "change/words-are-declared"
        assert [each for each in new if each[0] == rule and "天外来词" in each[2]], (way, new)


def test_where_a_law_declares_none_any_word_is_taken_and_changes_nothing(tmp_path: Path) -> None:
    policy = ROOT / "examples/qinghe/policies/qinghe/variations/2025-09-01.yaml"
    data = yaml.load(policy.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    for table in set(FILED_WORDS) - {"pause_reasons"}:
        del data[table]
    own = tmp_path / "policies/qinghe/variations/2025-09-01.yaml"
    own.parent.mkdir(parents=True)
    own.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), encoding="utf-8")
    form = ledger("qinghe")
    path = tmp_path / "ledger.yaml"

    def found() -> list[tuple[str, Any]]:
        path.write_text(yaml.safe_dump(form, allow_unicode=True), encoding="utf-8")
        return sorted((f.rule, f.where) for f in Checker(tmp_path).check([path]).findings)

    before = found()
    form["project"]["funding"]["sources"] = ["自有资金"]
    for number, change in enumerate(form["changes"]):
        change["type"], change["cause"] = f"第{number}种", f"另一种原因{number}"
        for attachment in change["attachments"]:
            attachment["kind"] = "材料"
    assert [each for each in found() if each[0] != "change/possible-splitting"] == [
        each for each in before if each[0] != "change/possible-splitting"
    ]


@pytest.mark.parametrize("place", LEDGERS)
def test_forms_offer_the_names_of_the_law(place: str) -> None:
    library = Library([LEDGERS[place][0] / "policies"])
    version: PolicyVersion = next(
        text for each in library.in_place(place) for text in library.texts(each) if text.change_types
    )
    offered = places_of_ledger(Loader(LEDGERS[place][0]), place).names
    for way, table in ((TYPE, version.change_types), (CAUSE, version.change_causes)):
        assert [name for name, word in offered[way] if name != word][: len(table)] == [
            one.name for one in table.values()
        ]


@pytest.mark.parametrize(
    ("right", "wrong", "says"),
    [
        ("pauses: [correction]", "pauses: [corection]", "没有定义不计入时限的期间 corection"),
        ("attachments: [pictures]", "attachments: [picture]", "没有定义附件种类 picture"),
        ("attachments: [estimate]", "attachments: [estimates]", "没有定义附件种类 estimates"),
    ],
)
def test_words_that_norms_compute_with_are_declared_or_refused(
    right: str, wrong: str, says: str, tmp_path: Path
) -> None:
    text = (ROOT / "examples/linjiang/policies/linjiang/change-rules/2026-01-01.yaml").read_text(encoding="utf-8")
    path = tmp_path / "policies/linjiang/change-rules/2026-01-01.yaml"
    path.parent.mkdir(parents=True)
    assert right in text
    path.write_text(text.replace(right, wrong), encoding="utf-8")
    findings = Checker(tmp_path).check([path]).findings
    assert says in [each.message.zh for each in findings if each.rule == "policy/references-resolve"]


@pytest.mark.parametrize("place", LEDGERS)
@pytest.mark.parametrize("named", [True, False])
def test_a_body_in_the_place_of_a_party_is_told_what_a_party_is(tmp_path: Path, place: str, named: bool) -> None:
    """Its role is told where the project's file names it so; what may be written, and where names stand, in any case."""
    data = ledger(place)
    name = data["project"]["owner"] if named else "城北建筑工程集团有限公司"
    signatures = [each for change in data["changes"] for each in change.get("consultation", ())]
    signatures[-1]["party"] = name
    path = tmp_path / "ledger.yaml"
    path.write_text(yaml.dump(data, allow_unicode=True), encoding="utf-8")
    found = Checker(LEDGERS[place][0]).check([path]).findings
    [told] = [each for each in found if each.rule == "change/words-are-declared" and each.where[-1] == "party"]
    assert "不写单位自己的名称" in told.message.zh and "owner（" in told.fix.zh and "project" in told.fix.zh
    assert told.fix.zh.startswith("写 owner。") is named and told.fix.en.startswith("Write owner.") is named
