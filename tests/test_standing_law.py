"""What stands in force is found by what changes from day to day; it is what every instrument says when it is asked by itself."""

import datetime
import json
import random
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st
from lengths import examples

from banshi.base.text import same
from banshi.checking.checker import Checker
from banshi.checking.loaded import PolicyFile
from banshi.law import library as of_library
from banshi.law.instruments import PolicyVersion
from banshi.law.library import Law, Library
from banshi.law.standing import Standing
from banshi.law.unusable import PolicyUnreadable

FIRST = datetime.date(2020, 1, 1)


def day(number: int) -> datetime.date:
    return FIRST + datetime.timedelta(days=number)


SPANS = st.lists(st.lists(st.integers(0, 30), min_size=1, max_size=4, unique=True).map(sorted), min_size=1, max_size=6)


@examples(200)
@given(spans=SPANS, asked=st.lists(st.integers(-2, 32), max_size=20), broken=st.integers(0, 12))
def test_on_whatever_days_it_is_asked(spans: list[list[int]], asked: list[int], broken: int) -> None:
    """Texts that begin, end, begin again; one that cannot be read on some days is told on these, and on no other."""

    def in_force(name: str, on: datetime.date) -> Any:
        number = int(name)
        if number == broken and on.day % 3 == 0:
            raise PolicyUnreadable(Path(name), same("broken"))
        begun = sum(day(each) <= on for each in spans[number])
        return (name, begun) if begun % 2 else None

    def days(name: str) -> set[datetime.date]:
        if int(name) == broken:
            raise PolicyUnreadable(Path(name), same("broken"))
        return {day(each) for each in spans[int(name)]}

    names = [str(number) for number in range(len(spans))]
    standing = Standing(names, in_force, days, few=2)
    for on in map(day, asked):
        try:
            expected = [found for name in names if (found := in_force(name, on)) is not None]
        except PolicyUnreadable:
            with pytest.raises(PolicyUnreadable):
                standing.at(on)
            continue
        assert standing.at(on) == expected


def centre(folder: Path, luck: random.Random) -> Path:
    """Instruments of a city and a district: versions, amendments, ends, replacements, repeals, some of them later than they begin."""
    for place in ("yang", "yang/east"):
        for n in range(7):
            for number in sorted(luck.sample(range(40), luck.choice((1, 1, 2)))):
                write(folder, place, n, number, luck)
    return folder / "policies"


def write(folder: Path, place: str, n: int, number: int, luck: random.Random) -> None:
    other = f"{luck.choice(('yang', place))}/t{luck.randrange(7)}"
    begins = str(day(number))
    norm: dict[str, Any] = {
        "id": f"n{luck.randrange(4)}",
        "kind": "period",
        "statement": "公示{length}。",
        "of": "publicity",
    }
    norm |= {"length": {"value": luck.randrange(3, 9), "unit": "天"}, "inclusive": True}
    data: dict[str, Any] = {
        "kind": "policy",
        "instrument": f"{place}/t{n}",
        "version": begins,
        "title": "办法（虚构）",
        "jurisdiction": place,
        "jurisdiction_name": "样城（虚构）",
        "subject": "公示",
        "issuers": ["样城"],
        "governs": [luck.choice(("change", "attendance"))],
        "status": "in_force",
        "validity": "unverified",
        "dates": {"issued": begins, "in_force": begins, "known": begins},
        "normative": luck.random() < 0.9,
        "source": {"note": "虚构"},
        "provisions": [{"id": "1", "label": "一", "heading": "公示", "source": {"note": "虚构"}, "norms": [norm]}],
    }
    if luck.random() < 0.2:
        data["dates"]["ended"] = str(day(number + luck.randrange(20)))
    if luck.random() < 0.4 and other != data["instrument"]:
        since = {"since": str(day(number + luck.randrange(-5, 15)))} if luck.random() < 0.5 else {}
        relation: dict[str, Any] = {"kind": luck.choice(("prevails_over", "repeals")), "instrument": other, **since}
        relation |= {"replaces": {f"n{luck.randrange(4)}": [norm["id"]]}} if luck.random() < 0.7 else {}
        data["relations"] = [relation]
    if luck.random() < 0.3 and other != data["instrument"]:
        lasting = {"until": str(day(number + luck.randrange(1, 9)))} if luck.random() < 0.5 else {}
        dates = {"do": "set", "values": {"dates.ended": str(day(number + luck.randrange(1, 12)))}}
        title = {"do": "set", "values": {"title": f"第{number}次"}}
        data["amends"] = [{"instrument": other, "changes": [luck.choice((dates, title))], **lasting}]
    path = folder / "policies" / place / f"t{n}" / f"{begins}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")


def told(ask: Callable[..., Any], *words: Any) -> Any:
    try:
        return ask(*words)
    except PolicyUnreadable as why:
        return str(why)


def by_itself(library: Library, place: str, on: datetime.date, subject: str) -> list[PolicyVersion]:
    """What each instrument says on a day."""
    names = library.speaking(place, subject) if subject else library.in_place(place)
    found = [version for name in names if (version := library.version_at(name, on))]
    return [version for version in found if not subject or subject in version.subjects]


def ended(versions: Sequence[PolicyVersion], on: datetime.date) -> set[tuple[str, str | None]]:
    """What relations end, one after the other, as they are written; no text here says that some of it must stay."""
    found: set[tuple[str, str | None]] = set()
    by_name = {version.instrument: version for version in versions}
    for version in versions:
        for relation in version.relations:
            other = by_name.get(relation.instrument or "")
            if relation.instrument is None or (relation.since or version.begins) > on:
                continue
            if other is not None and version.jurisdiction.startswith(f"{other.jurisdiction}/"):
                there = {placed.norm.id for placed in other.placed}
                for norm, ours in relation.replaces.items():
                    stands = norm in there and any(placed.norm.id in ours for placed in version.placed)
                    found |= {(other.instrument, norm)} if stands else {(version.instrument, each) for each in ours}
                continue
            found |= {(relation.instrument, norm) for norm in relation.replaces}
            found |= {(relation.instrument, None)} if relation.kind == "repeals" else set()
    return found


@examples(40, 4)
@given(seed=st.integers(0, 10**6))
def test_a_law_of_every_kind_of_change(seed: int, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = centre(tmp_path_factory.mktemp("centre"), random.Random(seed))
    one, other = Library([folder]), Library([folder])
    for place in ("yang", "yang/east"):
        for on in (day(number) for number in random.Random(seed).sample(range(-1, 60), 40)):
            for subject in ("", "change"):
                assert told(one.standing, place, on, subject) == told(by_itself, other, place, on, subject)
            if isinstance(found := told(other.at(on, place).versions_on, "change"), list):
                law = other.law(tuple(found), place, on)
                assert law.gone == ended(found, on)
                assert list(law.norms) == laid_over(law)


def laid_over(law: Law) -> list[Any]:
    """The norms of a law, one after the other: an inner place's in the place of the outer one's of its id."""
    found: list[Any] = []
    for version in law.versions:
        for placed in version.placed:
            if (version.instrument, placed.norm.id) in law.gone:
                continue
            outer = [p for p in found if p.norm.id == placed.norm.id and p.version.jurisdiction != version.jurisdiction]
            alike = [p for p in outer if p.version.instrument.split("/")[-1] == version.instrument.split("/")[-1]]
            if taken := alike or outer:
                found[next(n for n, p in enumerate(found) if p is taken[0])] = placed
                found = [p for p in found if not any(p is each for each in taken[1:])]
            else:
                found.append(placed)
    return found


def test_laws_that_are_many_are_forgotten_and_made_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(of_library, "_HELD", 5)
    library = Library([ROOT / "examples/linjiang/policies"])
    texts: list[PolicyVersion] = [library.load(path) for i in library.instruments() for path in library.files(i)]
    for text in [*texts, *texts]:
        file = PolicyFile("", text, {}, library)
        for subject in text.subjects:
            assert (
                file.law(subject).norms
                == Library(library.folders).law(file.law(subject).versions, text.jurisdiction, text.begins).norms
            )
    assert sum(len(law.versions) for law in library._laws.values()) <= 5 + max(
        len(law.versions) for law in library._laws.values()
    )


def chained(folder: Path, count: int, *, replacing: bool) -> list[str]:
    """What is found in texts with one figure each, all of them different: each in the place of the one before, or beside it."""
    for number in range(count):
        before = f"yang/t{number - 1:03}"
        relation = {"kind": "prevails_over", "instrument": before, "replaces": {f"n{number - 1}": [f"n{number}"]}}
        norm = {
            "id": f"n{number}",
            "kind": "period",
            "statement": "公示{length}。",
            "of": "publicity",
            "inclusive": True,
        }
        norm["length"] = {"value": 3 + number, "unit": "天"}
        part = {"id": "1", "label": "一", "heading": "公示", "source": {"note": "虚构"}, "norms": [norm]}
        begins = str(day(number))
        data = {
            "kind": "policy",
            "instrument": f"yang/t{number:03}",
            "version": begins,
            "title": "办法（虚构）",
            "jurisdiction": "yang",
            "jurisdiction_name": "样城（虚构）",
            "subject": "公示",
            "issuers": ["样城"],
            "governs": ["change"],
            "status": "in_force",
            "validity": "unverified",
            "normative": True,
            "dates": {"issued": begins, "in_force": begins, "known": begins},
            "source": {"note": "虚构"},
            "number": f"虚构〔2020〕{number}号",
            "provisions": [part],
            **({"relations": [relation]} if replacing and number else {}),
        }
        path = folder / f"policies/yang/t{number:03}/{begins}.yaml"
        path.parent.mkdir(parents=True)
        path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    report = Checker(folder).check([folder / "policies"])
    return [finding.message.zh for finding in report.findings if finding.rule in RULES]


RULES = ("policy/conflicting-figures", "policy/decided-once")


def test_what_is_replaced_conflicts_with_nothing(tmp_path: Path) -> None:
    """Nor does a text with the one two steps before it, of which it says nothing itself."""
    assert chained(tmp_path, 5, replacing=True) == []


def test_of_very_many_conflicts_some_are_told_and_the_others_counted(tmp_path: Path) -> None:
    found = chained(tmp_path, 14, replacing=False)
    assert len(found) == 2 * (sum(range(10)) + 4 * 10)
    assert sum("还有 3 处也不同" in said for said in found) == sum("还有 3 条也是" in said for said in found) == 1
