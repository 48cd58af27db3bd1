"""What is written otherwise is told otherwise: in the explanation of a norm, a reading or a word, and in the guide.

Every figure, bound, unit, word, office and step that a computation reads, as ``make uses`` writes them otherwise; by default
a sample drawn by chance, once for all; ``make long`` takes all that is explained, ``make uses`` all that guides say too.
"""

import hashlib
import json
import os
from collections.abc import Iterator
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

import msgspec
import pytest
from conftest import ROOT, banshi
from edited import Edited
from lengths import LONG, longer
from mutations import _leaves, general, otherwise, places, pools, written

from banshi.centre.centre import Centre
from banshi.checking.declared_uses import taking
from banshi.checking.rules import load_rules
from banshi.commands.explain_part import Parts
from banshi.law import texts
from banshi.law.guides import Guide, law_of
from banshi.law.instruments import Placed, PolicyVersion
from banshi.law.library import Library
from banshi.law.norms import Norm
from banshi.law.revisions.trees import TABLES
from banshi.law.uses import GUIDES
from banshi.site import render
from banshi.site.content import Content
from banshi.site.facts import plain
from banshi.site.guide import GuideView

WHOLE = bool(os.environ.get("BANSHI_WHOLE"))
CENTRES = {
    "luzhou": ".",
    "linjiang": "examples/linjiang",
    "qinghe": "examples/qinghe",
    "zezhou": "tests/data/zezhou",
    "baiyun": "tests/data/baiyun",
}
WAYS = 8  # to write one thing otherwise
Place = tuple[str | int, ...]


@cache
def parts(centre: str) -> Parts:
    at = Centre(ROOT / CENTRES[centre])
    return Parts(at, library(centre), load_rules([ROOT / "validators"]))


@cache
def library(centre: str) -> Library:
    return Library([ROOT / CENTRES[centre] / "policies"])


def versions(centre: str) -> Iterator[PolicyVersion]:
    return (version for name in library(centre).instruments() for version in library(centre).texts(name))


def computed(placed: Placed[Norm]) -> bool:
    return any(use.by != GUIDES for use in taking(placed.norm, placed.version.subjects))


@cache
def words() -> dict[tuple[str, Place], set[Any]]:
    """What norms of a kind say at a place, in whatever centre."""
    return pools(placed.norm for centre in CENTRES for version in versions(centre) for placed in version.placed)


def ways(norm: Norm, version: PolicyVersion, path: Place) -> list[Norm]:
    pool, offices = words().get((norm.kind, general(path)), set()), set(version.offices)
    others = otherwise(norm, path, pool | offices if pool & offices else pool)
    return [other for other in islice(others, WAYS) if other != norm]


def drawn(cases: list[Any], one_in: int) -> list[Any]:
    """All of them, or one in so many: by chance, and yet the same whatever else is written."""
    chosen = (case for case in cases if int(hashlib.sha256(repr(case).encode()).hexdigest(), 16) % one_in == 0)
    return cases if WHOLE or one_in == 1 else list(chosen)


def explained(centre: str, placed: Placed[Norm]) -> list[tuple[str, str]]:
    return [(fact.key, plain(fact.text)) for fact in parts(centre).wording.facts(placed, ids=True)]


@longer
@pytest.mark.parametrize("centre", CENTRES)
def test_an_explanation_tells_everything_that_a_norm_states(centre: str) -> None:
    cases = [
        (version.instrument, version.version, placed.norm.id, path)
        for version in versions(centre)
        for placed in version.placed
        if computed(placed)
        for path in places(placed.norm)
    ]
    by_id = {(v.instrument, v.version, p.norm.id): p for v in versions(centre) for p in v.placed}
    untold = []
    for *key, path in drawn(cases, 1 if LONG else 6):
        placed = by_id[tuple(key)]
        before = explained(centre, placed)
        for other in ways(placed.norm, placed.version, path):
            if explained(centre, msgspec.structs.replace(placed, norm=other)) == before:
                untold.append((placed.norm.id, path, other))
    assert cases
    assert untold == []


@longer
@pytest.mark.parametrize("centre", CENTRES)
def test_an_explanation_tells_everything_that_is_said_of_a_word(centre: str) -> None:
    seen, untold = 0, []
    for version in versions(centre):
        for table, own, word in ((t, own, word) for t in TABLES for own, word in getattr(version, t).items()):
            before = parts(centre).word(version, table, own).text("zh")
            for path in drawn(list(_leaves(written(word), ())), 1 if LONG else 4):
                seen += 1
                for other in islice((o for o in otherwise(word, path) if o != word), WAYS):
                    put = msgspec.structs.replace(version, **{table: {**getattr(version, table), own: other}})
                    if parts(centre).word(put, table, own).text("zh") == before:
                        untold.append((table, own, path))
    assert seen
    assert untold == []


@pytest.mark.parametrize("centre", ["luzhou", "linjiang"])  # no other has any
def test_an_explanation_tells_everything_of_a_reading(centre: str) -> None:
    seen, untold = 0, []
    for version in versions(centre):
        for reading in version.readings:
            seen += 1
            before = parts(centre).reading(version, reading).text("zh")
            changed = [
                msgspec.structs.replace(
                    reading, default=next(o for o in (*reading.options, "-") if o != reading.default)
                ),
                *(
                    msgspec.structs.replace(reading, **{name: other})
                    for name, other in (
                        ("question", "改？"),
                        ("ground", "改。"),
                        ("options", {**reading.options, reading.default: "改"}),
                        ("computed", not reading.computed),
                        ("ends", (*reading.ends, "x")),
                        ("norms", {**reading.norms, reading.default: {"some-norm": {"at_most": 3}}}),
                    )
                ),
            ]
            untold += [each for each in changed if parts(centre).reading(version, each).text("zh") == before]
    assert seen
    assert untold == []


def test_what_is_explained_is_printed() -> None:
    placed = next(p for v in versions("luzhou") for p in v.placed if p.norm.id == "government-procedure")
    said = banshi("explain", "luzhou/change-management#government-procedure")
    assert said.returncode == 0
    assert all(plain(fact.text) in said.stdout for fact in parts("luzhou").wording.facts(placed, ids=True))
    assert "财政部门审核（财政部门）" in said.stdout
    part = json.loads(banshi("explain", "tier-amount", "--format", "json").stdout)["parts"][0]
    assert (part["sort"], part["where"]) == ("reading", "泸市府办发〔2011〕37号 " + part["where"].split()[-1])
    assert "采用" in banshi("explain", "tier-amount").stdout
    assert "taken" in banshi("explain", "finance-tier", "--lang", "en").stdout
    wrong = banshi("explain", "finance-teir")
    assert (wrong.returncode, "finance-tier" in wrong.stderr) == (2, True)


# Guides --------------------------------------------------------------------------------------------------------------

LINES = """{% for section in view.guide.sections %}{% include "parts/guide_" ~ section.show ~ ".md.j2" %}
{% endfor %}{% include "parts/guide_reckoned.md.j2" %}"""


# By which files know what has a name; a guide prints the name alone.
IDS = (
    ("values", "value"),
    ("bases", "value"),
    ("groups", "value"),
    ("funding", "value"),
    ("system", "value"),
    ("grade",),
)


def an_id(path: Place) -> bool:
    return general(path) in IDS or path[-1] in ("key", "document")


class Guides:
    """The lines of a centre's guides that tell norms, with one norm of the law written otherwise."""

    def __init__(self, centre: str, edited: Edited) -> None:
        self.content = Content(Centre(ROOT / CENTRES[centre]))
        self.edited = edited
        self.template = render._environment(self.content).from_string(LINES)

    def view(self, guide: Guide) -> GuideView:
        fresh = Library(self.content.folders)
        law = law_of(guide, fresh)
        assert law is not None
        return GuideView(guide, law, fresh)

    def lines(self, guide: Guide) -> str:
        view = self.view(guide)
        return self.template.render(view=view, version=view.version, root="../../", page=None)


@pytest.fixture(scope="module")
def edited() -> Iterator[Edited]:
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        edited, typed = Edited(patch), texts.typed

        def made(path: Path, data: Any) -> PolicyVersion:
            version = typed(path, data)
            return edited._edited(version) if edited.norm_id in version.kinds else version

        patch.setattr(texts, "typed", made)  # a text that amendments made is not loaded from a file
        yield edited


def refused(edited: Edited, instrument: str) -> bool:
    """Whether the rules on policies find an error in what is written otherwise."""
    return any(each["severity"] == "error" for each in edited.refused(instrument)[1])


@longer
@pytest.mark.parametrize(
    "centre", [name for name in CENTRES if any((ROOT / CENTRES[name]).glob("policies/*/guides/*.yaml"))]
)
def test_a_guide_tells_everything_that_its_norms_state(centre: str, edited: Edited) -> None:
    edited.put()
    guides, seen, untold = Guides(centre, edited), 0, []
    for guide in guides.content.guides:
        edited.put()
        before = guides.lines(guide)
        told = {placed.norm.id: placed for placed, _ in guides.view(guide).told if computed(placed)}
        cases = [(own, path) for own, placed in told.items() for path in places(placed.norm) if not an_id(path)]
        for norm_id, path in drawn(cases, 8 if LONG else 100):
            placed = told[norm_id]
            seen += 1
            for other in ways(placed.norm, placed.version, path)[:: 3 if WHOLE else WAYS]:
                edited.put(placed.version.instrument, norm_id, other)
                if guides.lines(guide) == before and not refused(edited, placed.version.instrument):
                    untold.append((guide.id, norm_id, path))
    assert seen
    assert untold == []
