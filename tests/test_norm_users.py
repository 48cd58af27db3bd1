"""Who uses a norm: told on its page and by ``banshi coverage``; what nothing uses is listed, and the list may only shrink."""

import csv
import datetime
import json
import shutil
from functools import cache
from pathlib import Path

import pytest
from conftest import ROOT, Pages

from banshi.centre.centre import Centre
from banshi.checking.norm_users import KindOfUse, User, Users, key_of, users_of_norms
from banshi.cli import main
from banshi.commands.coverage import users_in
from banshi.files.law_used import law_used
from banshi.law.guides import load_guides
from banshi.law.instruments import Placed
from banshi.law.library import Library
from banshi.law.norms import Norm
from banshi.law.unusable import PolicyUnreadable

CENTRES = (".", "examples/linjiang", "examples/qinghe")
# Norms that no command, rule, guide or scenario uses: they are there to be read.
with open(ROOT / "tests/data/norms_unused.csv", encoding="utf-8", newline="") as stream:
    LISTED = {(row["instrument"], row["norm"]) for row in csv.DictReader(stream)}
MOST_UNUSED = 28


@cache
def users_of(name: str) -> tuple[Users, list[Placed[Norm]]]:
    return users_in(Centre(ROOT / name))


def test_what_nothing_uses_is_listed_and_the_list_does_not_grow() -> None:
    unused = set()
    for name in CENTRES:
        users, norms = users_of(name)
        unused |= {key_of(placed) for placed in norms if not users.get(key_of(placed))}
    assert unused - LISTED == set(), "nothing uses these norms: compute from them, check, or show them in a guide"
    assert LISTED - unused == set(), "something uses these now: take them off the list"
    assert len(LISTED) <= MOST_UNUSED


def test_users_of_each_sort() -> None:
    users, _ = users_of("examples/linjiang")
    found = users["linjiang/change-rules", "larger-single"]
    assert User(KindOfUse.COMPUTED, "banshi tier") in found
    assert User(KindOfUse.CHECKED, "change/tier-matches-amount") in found
    assert {user.use for user in found} == {
        KindOfUse.COMPUTED,
        KindOfUse.CHECKED,
        KindOfUse.CALCULATOR,
        KindOfUse.GUIDE,
        KindOfUse.SCENARIO,
    }
    assert User(KindOfUse.CALCULATOR, "change") in found


def test_recorded_cases_are_users(tmp_path: Path) -> None:
    """A case uses what its answers and findings cite; without the case nobody is told to."""
    shutil.copytree(ROOT / "examples/linjiang", tmp_path / "own")
    key, cases = ("linjiang/change-rules", "publicity-period"), tmp_path / "own/tests/cases"
    without = users_of("examples/linjiang")[0][key]
    cases.mkdir()
    shutil.copy(ROOT / "examples/linjiang/change/riverside.yaml", cases)
    users = users_in(Centre(tmp_path / "own"))[0][key]
    assert [user for user in users if user not in without] == [User(KindOfUse.CASE, "tests/cases/riverside.yaml")]
    root, _ = users_of(".")
    late = User(KindOfUse.CASE, "tests/cases/change/late-by-one-working-day.yaml")
    assert any(late in users for users in root.values())


def test_calculators_are_listed_by_what_they_were_made_of() -> None:
    library = Library([ROOT / "policies"])
    key = "luzhou/window-assessment", "legal-basis"
    alone = users_of_norms(library, (), (), [(key, User(KindOfUse.CASE, "a")), (key, User(KindOfUse.CALCULATOR, "b"))])
    assert alone[key] == [User(KindOfUse.CALCULATOR, "b"), User(KindOfUse.CASE, "a")]
    assert key not in users_of_norms(library, (), ())


def test_the_command_lists_norms_with_their_users(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT / "examples/linjiang")
    assert main(["coverage", "--norms", "--format", "json"]) == 0
    told = json.loads(capsys.readouterr().out)
    law = law_used(Path())
    assert told["law"] == law.as_json()
    norms = {(n["instrument"], n["norm"]): n for n in told["norms"]}
    assert "banshi tier" in norms["linjiang/change-rules", "larger-single"]["uses"]["computed"]
    assert main(["coverage", "--norms"]) == 0  # each use with its sort, for a guide and a calculator may have one id
    [line] = [each for each in capsys.readouterr().out.splitlines() if " larger-single  计算 banshi tier" in each]
    assert all(f"；{sort} " in line for sort in ("校验", "计算器", "指南"))
    assert main(["coverage", "--unused", "--lang", "en"]) == 0
    *lines, last, _, named = capsys.readouterr().out.splitlines()
    assert named == law.said.say("en")
    assert last == f"{len(norms)} norms, {len(lines)} unused" and all(line.endswith("unused") for line in lines)


def test_a_guide_that_cannot_be_used_is_told_and_the_rest_answered(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    shutil.copytree(ROOT / "examples/linjiang/policies", tmp_path / "policies")
    guides = tmp_path / "policies/linjiang/guides"
    first, *_ = sorted(guides.iterdir())
    first.write_text(first.read_text(encoding="utf-8").replace("sections:", "sektions:"), encoding="utf-8")
    (guides / "broken.yaml").write_text("kind: guide\nid: [\n", encoding="utf-8")
    (tmp_path / "i.csv").write_text("id,check\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    for words in (["explain", "larger-single"], ["coverage", "--inventory", "i.csv"]):
        assert main([*words, "--lang", "en"]) == 1
        said = capsys.readouterr()
        assert law_used(Path()).said.say("en") in said.out
        for place, line in ((first, 3), (guides / "broken.yaml", 2)):
            assert f" {place.relative_to(tmp_path)}:{line}: " in said.err
    with pytest.raises(PolicyUnreadable):
        load_guides([tmp_path / "policies"])


def test_a_page_says_who_uses_a_norm() -> None:
    made = Pages(ROOT / "examples/linjiang", datetime.date(2026, 11, 27))
    page = made("instruments/linjiang/change-rules/2026-07-01.md")
    norm = page.partition('id="n-larger-single"')[2].partition("</div>")[0]
    users = norm.partition('<p class="facts users">')[2]
    assert "计算：<code>banshi tier</code>" in users and "rules/change/tier-matches-amount/" in users
    assert '计算器：<a class="guide" href="../../../../guides/change/">' in users and "情景：" in users
