"""The history of an instrument: dates of law from data, the rest from git, and what is not known is said."""

import copy
import datetime
import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import ROOT, Pages, banshi, write_yaml
from test_diff import LINJIANG, norm
from test_diff_command import git, put

from banshi.files.git import Repository

NAME = "linjiang/change-rules"
FILE = f"policies/{NAME}/2026-01-01.yaml"


def history(folder: Path, *words: str) -> dict[str, Any]:
    done = banshi("history", NAME, *words, "--format", "json", cwd=folder)
    assert done.returncode == 0, done.stderr
    told: dict[str, Any] = json.loads(done.stdout)
    return told


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A centre's project that is a repository."""
    return committed(tmp_path / "centre", tmp_path / "centre")


@pytest.fixture(params=["甲市", "各地/甲市"])
def below(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """A centre's project that is a folder of a repository."""
    return committed(tmp_path, tmp_path / request.param)


def committed(top: Path, folder: Path) -> Path:
    put(folder / FILE, LINJIANG)
    (folder / "banshi.toml").write_text('jurisdiction = "linjiang"\n', encoding="utf-8")
    git(top, "init", "-q", "-b", "main")
    git(folder, "add", ".")
    git(folder, "commit", "-qm", "第一次")
    after = copy.deepcopy(LINJIANG)
    norm(after, "larger-single")["amount"]["upper"]["value"] = 35
    write_yaml(folder / FILE, after)
    git(folder, "commit", "-qam", "改为三十五万")
    return folder


def test_texts_come_from_data_and_amendments() -> None:
    told = history(ROOT / "examples/linjiang", "--blame", "larger-single")
    assert [text["since"] for text in told["texts"]] == ["2026-01-01", "2026-07-01"]
    assert told["texts"][0]["until"] == "2026-06-30" and not told["texts"][0]["amended_by"]
    assert any("临府办〔2026〕30号" in by for by in told["texts"][1]["amended_by"])
    first, second = told["readings_of_norm"]
    assert "30万元" in first["says"] and "50万元" in second["says"] and second["since"] == "2026-07-01"
    assert any("临府办〔2026〕30号" in by for by in second["by"])


PAUSE = """\
kind: policy
instrument: linjiang/pause
version: 2026-09-01
title: 关于暂停较大变更的通知
number: 临府办〔2026〕40号
jurisdiction: linjiang
jurisdiction_name: 临江市
subject: 暂停
issuers: [临江市人民政府]
dates: {issued: 2026-08-01, in_force: 2026-09-01, known: 2026-08-01}
status: in_force
validity: unverified
normative: true
source: {note: 虚构}
relations: [{kind: amends, instrument: linjiang/change-rules, since: 2026-09-01}]
provisions: [{id: "1", label: 第一条, heading: 暂停, source: {note: 虚构}}]
amends:
  - instrument: linjiang/change-rules
    changes: [{at: "1", id: pause, do: suspend, norm: larger-single, until: 2026-12-31}]
"""


def test_a_suspension_says_by_what_and_until_when_and_its_figures(repository: Path) -> None:
    other = repository / "policies/linjiang/pause/2026-09-01.yaml"
    other.parent.mkdir()
    other.write_text(PAUSE, encoding="utf-8")
    shorter = (
        PAUSE.replace("linjiang/pause", "linjiang/shorter").replace("40号", "41号").replace("2026-09-01", "2026-10-01")
    )
    shorter = shorter.replace("linjiang/change-rules", "linjiang/pause").replace("2026-08-01", "2026-09-15")
    change = "do: set, change: pause, values: {until: 2026-10-31}"
    sooner = repository / "policies/linjiang/shorter/2026-10-01.yaml"
    sooner.parent.mkdir()
    sooner.write_text(
        shorter.replace("id: pause, do: suspend, norm: larger-single, until: 2026-12-31", change), encoding="utf-8"
    )
    git(repository, "add", ".")
    git(repository, "commit", "-qm", "暂停")
    said = banshi("text", NAME, "--on", "2026-09-01", cwd=repository).stdout
    assert (
        "不再有：单项增减之和超过5万元、35万元以内（含35万元）的，为较大变更。〔2026-09-01 临府办〔2026〕40号第一条暂停，到 2026-12-31 为止〕"
        in said
    )
    assert (
        "（2026-09-01 起，经临府办〔2026〕41号修改）"
        in banshi("text", NAME, "--on", "2026-10-01", cwd=repository).stdout
    )
    told = history(repository, "--blame", "larger-single")
    by = {row["since"]: row["by"] for row in told["readings_of_norm"]}
    assert by["2026-09-01"] == ["临府办〔2026〕40号 第一条（暂停，到 2026-12-31 为止）"]
    assert by["2026-11-01"] == ["临府办〔2026〕40号 第一条 的暂停期满"]
    assert [commit["why"] for commit in told["commits"]] == ["暂停", "改为三十五万", "第一次"]
    texts = {row["since"]: row["amended_by"] for row in told["texts"]}
    assert texts["2026-10-01"][-1].endswith("（暂停，到 2026-10-31 为止，经 临府办〔2026〕41号 修改）")
    said = banshi("history", NAME, cwd=repository).stdout
    assert said.count("不再有 临府办〔2026〕40号 第一条（暂停，到 2026-10-31 为止") == 1 and said.count("不再有") == 1
    pages = Pages(repository, datetime.date(2026, 12, 1))
    made = {day: plain_page(pages(f"revisions/{day}.md")) for day in ("2026-09-01", "2026-10-01", "2026-11-01")}
    assert "经临府办〔2026〕40号修改（新旧对照）" in made["2026-09-01"]
    assert "经临府办〔2026〕41号修改（新旧对照）" in made["2026-10-01"]
    assert "》临府办〔2026〕40号第一条的暂停期满（新旧对照）" in made["2026-11-01"]
    assert "经" not in made["2026-11-01"].split("这一天变了什么")[1].split("##")[0]
    version = f"instruments/{NAME}/2026-10-01"
    assert "已不施行：施行至2026年10月31日" in pages(f"{version}.md"), "each text has a page of its own"
    assert "（临府办〔2026〕40号第一条的暂停期满）" in plain_page(pages(f"{version}.md"))
    assert "，临府办〔2026〕40号第一条的暂停期满。" in plain_page(pages(f"instruments/{NAME}/2026-11-01/changes.md"))
    assert {(Path(row["file"]).parent.name, row["why"]) for row in told["blame"]} >= {("pause", "暂停")}


def plain_page(page: str) -> str:
    return re.sub(r"<[^>]+>", "", page)


def test_what_stands_in_a_suspended_provision_is_suspended_not_deleted(repository: Path) -> None:
    other = repository / "policies/linjiang/pause/2026-09-01.yaml"
    other.parent.mkdir()
    version = yaml.safe_load((repository / FILE).read_text("utf-8"))
    norms = {norm["id"]: p["id"] for p in version["provisions"] for norm in p.get("norms", ())}
    whole = PAUSE.replace("norm: larger-single", f'provision: "{norms["larger-single"]}"')
    other.write_text(whole, encoding="utf-8")
    pages = Pages(repository, datetime.date(2026, 8, 1))
    for days, label, until in (
        ("@2026-08-31 @2026-09-01", "暂停", "：到 2026-12-31 为止；"),
        ("@2026-12-31 @2027-01-01", "恢复", "："),
    ):
        said = banshi("diff", *days.split(), cwd=repository).stdout
        assert f"{until}{label}本条" in said and f"{until}单项增减之和" in said
        assert "删去" not in said and "增加" not in said
    page = plain_page(pages(f"instruments/{NAME}/2026-01-01.md"))
    assert "将于2026年9月1日暂停，到2026年12月31日为止（临府办〔2026〕40号第一条）" in page and "删去" not in page


def test_commits_and_blame(repository: Path) -> None:
    told = history(repository, "--blame", "larger-single")
    assert [commit["why"] for commit in told["commits"]] == ["改为三十五万", "第一次"]
    assert {row["why"] for row in told["blame"]} == {"改为三十五万", "第一次"} and told["blame"][0]["who"] == "甲"
    assert sum(row["lines"] for row in told["blame"]) > 3
    other = history(repository, "--blame", "publicity-period")
    assert {row["why"] for row in other["blame"]} == {"第一次"}
    said = banshi("history", NAME, "--blame", "larger-single", cwd=repository).stdout
    assert "change-rules/2026-01-01.yaml" in said
    assert "改为三十五万" in said and "不是施行日期" in said


def test_a_folder_of_a_repository_has_the_same_history(below: Path) -> None:
    test_commits_and_blame(below)
    assert "commits" in history(below) and "git" not in history(below)


def test_a_shallow_clone_and_no_git_say_what_they_cannot_know(repository: Path, tmp_path: Path) -> None:
    subprocess.run(["git", "clone", "-q", "--depth", "1", repository.as_uri(), str(tmp_path / "s")], check=True)
    told = history(tmp_path / "s")
    assert len(told["commits"]) == 1 and "浅克隆" in told["git"]
    put(tmp_path / "plain" / FILE, LINJIANG)
    told = history(tmp_path / "plain")
    assert "commits" not in told and "不知道" in told["git"] and told["texts"]


def test_a_broken_commit_and_a_merge_under_way(repository: Path) -> None:
    text = (repository / FILE).read_text(encoding="utf-8")
    (repository / FILE).write_text("kind: [", encoding="utf-8")
    git(repository, "commit", "-qam", "坏了")
    (repository / FILE).write_text(text, encoding="utf-8")
    told = history(repository, "--blame", "larger-single")
    assert len(told["commits"]) == 3 and told["blame"] == []
    (repository / ".git/MERGE_HEAD").write_text("0" * 40 + "\n", encoding="utf-8")
    assert history(repository)["commits"]


def test_nothing_of_the_repository_runs(repository: Path) -> None:
    bait, trap = repository / "ran", repository / "trap.sh"
    trap.write_text(f'#!/bin/sh\ntouch {bait}\ncat "$1" 2>/dev/null\n', encoding="utf-8")
    trap.chmod(0o755)
    for key in (
        "core.fsmonitor",
        "core.pager",
        "pager.log",
        "pager.blame",
        "diff.external",
        "diff.x.textconv",
        "gpg.program",
    ):
        git(repository, "config", key, str(trap))
    git(repository, "config", "log.showSignature", "true")
    (repository / ".gitattributes").write_text("*.yaml diff=x filter=x\n", encoding="utf-8")
    bait.unlink(missing_ok=True)
    assert history(repository, "--blame", "larger-single")["blame"]
    assert not bait.exists()


def test_five_thousand_commits_of_other_files_ask_git_no_more(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []
    ask = Repository.ask

    def counted(*words: Any, **how: Any) -> Any:
        asked.append(words)
        return ask(*words, **how)

    def asks() -> int:
        before = len(asked)
        told = history(repository, "--blame", "larger-single")
        assert len(told["commits"]) == 2 and told["blame"]
        return len(asked) - before

    monkeypatch.setattr(Repository, "ask", counted)
    few = asks()
    stream = ["reset refs/heads/main\nfrom refs/heads/main^0\n"]
    for number in range(5000):
        words = f"c{number}"
        body = f"{number}\n"
        stream.append(
            f"commit refs/heads/main\ncommitter 甲 <a@example.invalid> {1_700_000_000 + number} +0000\n"
            f"data {len(words)}\n{words}\nM 100644 inline policies/other.txt\ndata {len(body)}\n{body}\n"
        )
    words = ["git", "-C", str(repository), "fast-import", "--quiet", "--force"]
    subprocess.run(words, input="".join(stream).encode(), check=True)
    assert few and asks() == few


@pytest.mark.parametrize(
    ("words", "said"), [(("luzhou/nosuch",), "没有文件"), ((NAME, "--blame", "nosuch"), "没有规范点")]
)
def test_what_is_not_there_is_said(words: tuple[str, ...], said: str) -> None:
    done = banshi("history", *words, cwd=ROOT / "examples/linjiang")
    assert done.returncode == 2 and said in done.stderr and len(done.stderr.splitlines()) == 1
