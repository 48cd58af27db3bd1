"""No name, id, topic or word of any one centre stands in the engine: what a centre says stands in its policies alone.

The words are taken from the policies themselves, of every centre that is shipped. What is still there is listed, file by
file, in ``tests/data/centre_words_left.csv``; that list may only grow shorter.
"""

import csv
import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT

from banshi.checking.declared_uses import USES
from banshi.law.instruments import PolicyVersion
from banshi.law.library import NATION, Library
from banshi.subjects.cases.measures import MEASURES

LEFT = ROOT / "tests/data/centre_words_left.csv"
MOST_LEFT = 9  # only ever to be lowered
CENTRES = [ROOT / "policies", *sorted(ROOT.glob("examples/*/policies"))]
PARTS = ("src/**/*.py", "validators/**/*.py", "site_templates/**/*", "starters/**/*")  # schemas are written from src
LONG = 3  # words of an id from which on it is somebody's own: “tier” is everybody's, “no-chief-representative” is not
# Names that a centre's text shares with everybody's: bodies, parties and papers as people of the trade call them. Every
# other name of a body, a tier, a step or a paper is that of the text which declares it.
EVERYBODYS = """部门 单位 所在单位 原单位 中心 政务服务中心 市政务服务中心 窗口 部门窗口 综合窗口 小组 所在小组 窗口人员 代岗人员
    主管部门 行业主管部门 市政府 政府批准 主管部门批准 财政评审 影像资料 业主 项目业主 建设单位 设计 设计单位 监理 监理单位 代建 代建单位
    指纹 病历 医院证明 病假证明 统计 税务 公安 工商 质监 环境保护 发展改革 住房和城乡建设 监察机关"""


NAMED = ("offices", "tiers", "steps", "papers")


@cache
def words() -> dict[str, str]:
    """Each word of a centre, and what it is there."""
    found: dict[str, str] = {}
    for folder in CENTRES:
        library = Library([folder])
        for path in (p for name in library.instruments() for p in library.files(name)):
            version = library.load(path)
            if version.jurisdiction == NATION or not version.normative:
                continue
            place, topic = version.instrument.rsplit("/", 1)
            found |= {place.split("/")[0]: "jurisdiction", version.instrument: "instrument", topic: "folder"}
            found |= {re.sub("（.*", "", version.jurisdiction_name): "name", version.number: "number"}
            found |= {p.norm.id: "norm" for p in version.placed if p.norm.id.count("-") + 1 >= LONG}
            found |= {name: what for name, what in named(version) if name not in EVERYBODYS.split()}
            slugs = (*version.facts, *version.offices, *version.tiers, *version.steps, *version.papers)
            found |= dict.fromkeys((slug for slug in slugs if "_" in slug), "slug")
    return {word: what for word, what in found.items() if word and word not in engine_words()}


def named(version: PolicyVersion) -> Iterator[tuple[str, str]]:
    """What a version calls its bodies, tiers, steps and papers, and what each is."""
    for what in NAMED:
        for each in getattr(version, what).values():
            yield from ((name, what) for name in (each.name, *getattr(each, "also", ()), *getattr(each, "written", ())))


@cache
def engine_words() -> frozenset[str]:
    """Words that the engine defines for everybody: keys of its forms, its measures, what may be chosen from."""
    found = {*MEASURES, *(value for use in USES for _, value in use.selector.conditions)}
    for path in (ROOT / "schemas").glob("*.json"):
        schema = json.loads(path.read_text(encoding="utf-8"))
        found |= {word for part in _parts(schema) for word in part.get("properties", ())}
        found |= {word for part in _parts(schema) for word in part.get("enum", ()) if isinstance(word, str)}
    return frozenset(found)


def _parts(schema: Any) -> Iterator[dict[str, Any]]:
    if isinstance(schema, dict):
        yield schema
    for value in schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else ():
        yield from _parts(value)


def files() -> list[Path]:
    found = [p for part in PARTS for p in ROOT.glob(part) if p.is_file() and p.suffix not in (".png", ".ico", ".woff2")]
    return [p for p in found if not p.name.startswith("_") and "_law" not in p.parts]


def text_of(path: Path) -> str:
    """What is looked at: the examples of rules and of fields show a centre's words, and may; our modules have names of their own."""
    text = re.sub(r"(?m)^from banshi\.[\w.]+ import", "", path.read_text(encoding="utf-8", errors="replace"))
    if path.is_relative_to(ROOT / "validators"):
        return re.sub(r'(?ms)^(?:_?[A-Z][A-Z_]*)(?:: [^=]+)? = f?""".*?"""', "", text)
    return re.sub(r"(?s)examples=\[.*?\]", "", text)


def found_in(text: str) -> Iterator[str]:
    for word in words():
        edge = r"(?<![A-Za-z0-9_-]){}(?![A-Za-z0-9_-])" if word.isascii() else "{}"
        if word in text and re.search(edge.format(re.escape(word)), text):
            yield word


@cache
def left() -> frozenset[tuple[str, str]]:
    with open(LEFT, encoding="utf-8", newline="") as stream:
        return frozenset((row["file"], row["word"]) for row in csv.DictReader(stream))


@pytest.mark.parametrize("path", files(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_word_of_a_centre_stands_in_a_file(path: Path) -> None:
    name = path.relative_to(ROOT).as_posix()
    aside = NAMED if path.is_relative_to(ROOT / "site_templates/norm_kinds") else ()  # examples with names of their own
    said = [word for word in found_in(text_of(path)) if (name, word) not in left() and words()[word] not in aside]
    told = [f"{word} ({words()[word]})" for word in said]
    assert told == [], f"{name} speaks of one centre; say it in general, or let the policies say it"


def test_the_list_of_what_is_left_only_grows_shorter() -> None:
    assert len(left()) <= MOST_LEFT


def test_the_words_are_those_of_every_centre() -> None:
    assert {"luzhou", "linjiang", "qinghe", "泸州市", "临江市", "泸市府办发〔2011〕37号"} <= set(words())
    assert {"no-chief-representative", "组长", "督察科", "督查科", "三方会商", "首席代表"} <= set(words())
