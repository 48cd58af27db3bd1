"""An instrument that another one repeals as a whole, and that comes back when the repeal ends: every command says the same."""

import datetime
import shutil
from pathlib import Path

import pytest
from conftest import ROOT, banshi

from banshi.law.library import Library
from banshi.site.through_time import ThroughTime

LINJIANG = ROOT / "examples/linjiang"
REPEAL = """kind: policy
instrument: linjiang/clearing
version: 2028-01-01
title: 临江市关于废止部分文件的决定（虚构）
number: 临府发〔2027〕9号
jurisdiction: linjiang
jurisdiction_name: 临江市（虚构）
subject: 文件清理
governs: [change]
issuers: [临江市人民政府（虚构）]
dates: {issued: 2027-12-01, in_force: 2028-01-01, known: 2027-12-01, ended: 2029-12-31}
status: in_force
validity: unverified
normative: true
source: {note: 虚构。}
relations:
  - {kind: repeals, instrument: linjiang/change-rules}
provisions:
  - {id: "1", label: 第一条, heading: 废止, source: {note: 虚构}, norms: []}
"""


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("repeal") / "city"
    shutil.copytree(LINJIANG, folder)
    for amending in ("centre-rules-amended", "change-rules-amended"):
        shutil.rmtree(folder / "policies/linjiang" / amending)
    (folder / "policies/linjiang/clearing").mkdir()
    (folder / "policies/linjiang/clearing/2028-01-01.yaml").write_text(REPEAL, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("day", "holds"),
    [("2027-12-31", True), ("2028-01-01", False), ("2029-12-31", False), ("2030-01-01", True)],
)
def test_decisions_and_texts_agree_on_each_day(city: Path, day: str, holds: bool) -> None:
    tier = banshi("tier", "--net", "1000", "--bid-price", "100000", "--on", day, cwd=city)
    text = banshi("text", "linjiang/change-rules", "--on", day, cwd=city)
    due = banshi("due", "--publicity", day, cwd=city)
    assert [done.returncode for done in (tier, text, due)] == [0 if holds else 1] * 3
    if not holds:
        for done in (tier, due):
            assert "施行到 2027-12-31" in done.stdout and "从 2030-01-01 起施行" in done.stdout
        assert "2026-01-01—2027-12-31、2030-01-01—" in text.stderr


def test_history_has_both_spans(city: Path) -> None:
    said = banshi("history", "linjiang/change-rules", cwd=city).stdout
    assert "2026-01-01 至 2027-12-31" in said and "2030-01-01 起" in said


def test_the_repeal_is_no_later_text_of_what_it_repeals(city: Path) -> None:
    for before, after in (("@2027-12-31", "@2028-01-01"), ("@2029-12-31", "@2030-01-01")):
        said = banshi("diff", before, after, cwd=city).stdout
        assert "题名由" not in said and "条号" not in said, said


@pytest.mark.parametrize(("day", "said"), [("2027-06-01", ""), ("2028-06-01", "已不施行"), ("2030-06-01", "")])
def test_pages_speak_of_the_span_of_their_day(city: Path, day: str, said: str) -> None:
    library = Library([city / "policies"], datetime.date.fromisoformat(day))
    time = ThroughTime(library, library.instruments())
    text = library.versions("linjiang/change-rules")[0].text
    assert time.not_in_force(text) == said


@pytest.mark.parametrize(
    ("known", "ended", "reported"),
    [
        ("2028-06-01", "2029-12-31", True),  # it comes while the repeal holds
        ("2028-06-01", "2028-12-31", False),  # the repeal ends on the day before
        ("2027-11-01", "2029-12-31", False),  # it was repealed before it began
    ],
)
def test_a_version_that_comes_while_the_repeal_holds_is_told(
    city: Path, tmp_path: Path, known: str, ended: str, reported: bool
) -> None:
    folder = tmp_path / "city"
    shutil.copytree(city, folder)
    texts = folder / "policies/linjiang"
    (texts / "clearing/2028-01-01.yaml").write_text(REPEAL.replace("2029-12-31", ended), encoding="utf-8")
    first = (texts / "change-rules/2026-01-01.yaml").read_text(encoding="utf-8")
    again = first.replace("version: 2026-01-01", "version: 2029-01-01").replace(
        "dates: {issued: 2025-12-05, in_force: 2026-01-01, known: 2025-12-05}",
        f"dates: {{issued: {known}, in_force: 2029-01-01, known: {known}}}",
    )
    (texts / "change-rules/2029-01-01.yaml").write_text(again, encoding="utf-8")
    done = banshi("check", "policies", cwd=folder)
    assert ("policy/versions-follow" in done.stdout and "一天也不施行" in done.stdout) == reported, done.stdout
    holds = banshi("tier", "--net", "1000", "--bid-price", "100000", "--on", "2029-06-01", cwd=folder)
    assert ("没有施行中的" in holds.stdout) == (ended == "2029-12-31")
