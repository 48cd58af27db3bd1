"""The workflows that a new project begins with, run as their hosts run them: what stands in their YAML, not a copy of it.

Shells, git and the engine are the real ones; what posts (``gh``, ``curl``) and installs (``pip``) is a script that notes what it is given.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import banshi
from lengths import LONG, longer, some
from test_diff_command import git

MAIN = "master"
VERSION = "policies/chengxi/change-management/2026-01-01.yaml"


@dataclass
class Step:
    """A script of a workflow, as its host calls it; ``always``: even where one before it failed."""

    script: str
    environment: dict[str, str]
    always: bool = False


def github(project: Path) -> Iterator[Step]:
    job = yaml.safe_load((project / ".github/workflows/banshi.yml").read_text("utf-8"))["jobs"]["check"]
    known = {"github.base_ref": MAIN, "github.token": "t", "github.event.pull_request.html_url": "https://example/1"}
    for step in job["steps"]:
        if "run" in step:
            asked = str(step.get("if", ""))
            if asked == "github.event_name != 'pull_request'":
                continue
            assert asked in (
                "",
                "github.event_name == 'pull_request'",
                "always() && github.event_name == 'pull_request'",
            )
            yield Step(
                step["run"],
                {
                    key: re.sub(r"\$\{\{\s*(\S+)\s*\}\}", lambda m: known[m[1]], v)
                    for key, v in step.get("env", {}).items()
                },
                "always()" in asked,
            )


def gitlab(project: Path) -> Iterator[Step]:
    jobs = yaml.safe_load((project / ".gitlab-ci.yml").read_text("utf-8"))
    given = {
        "CI_MERGE_REQUEST_TARGET_BRANCH_NAME": MAIN,
        "BANSHI_TOKEN": "t",
        "CI_API_V4_URL": "https://example/api",
        "CI_PROJECT_ID": "1",
        "CI_MERGE_REQUEST_IID": "2",
    }
    for job in jobs.values():
        yield Step("\n".join(job["script"]), given, always=True)  # jobs of one stage do not wait for each other


def gitee(project: Path) -> Iterator[Step]:
    pipeline = yaml.safe_load((project / ".workflow/banshi.yml").read_text("utf-8"))
    for stage in pipeline["stages"]:
        for step in stage["steps"]:
            yield Step("\n".join(step["commands"]), {})


HOSTS = {"github": github, "gitlab": gitlab, "gitee": gitee}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("project") / "p"
    words = ("--name", "甲中心", "--jurisdiction", "chengxi", "--with", "change")
    assert banshi("init", str(folder), *words, stdin=b"").returncode == 0
    git(folder, "init", "-q", "-b", MAIN)
    git(folder, "add", ".")
    git(folder, "commit", "-qm", "first")
    git(folder, "checkout", "-qb", "change")
    path = folder / VERSION
    text = path.read_text("utf-8")
    assert text.count("value: 10,") == 2
    path.write_text(text.replace("value: 10,", "value: 3,"), "utf-8")
    git(folder, "commit", "-qam", "in silence")
    git(folder, "checkout", "-q", MAIN)
    return folder


@pytest.fixture
def tools(tmp_path: Path) -> Path:
    """A folder of programs: what is not the engine notes its words and what it reads."""
    folder = tmp_path / "bin"
    folder.mkdir()
    notes = tmp_path / "notes"
    for name in ("gh", "curl", "pip"):
        say = f'echo "{name} $*" >> {notes}'
        body = {"gh": f"cat diff.md >> {notes}", "curl": f"cat diff.md >> {notes}", "pip": ":"}[name]
        write_program(folder / name, f"{say}\n{body}")
    # The site takes long, and nothing of it differs here.
    quick = "" if LONG else 'case "$1" in build) exit 0;; esac\n'
    write_program(folder / "banshi", f'{quick}exec {sys.executable} -m banshi "$@"')
    return folder


def write_program(path: Path, body: str) -> None:
    path.write_text(f"#!/bin/sh\n{body}\n", "utf-8")
    path.chmod(0o755)


def run(host: str, project: Path, tools: Path, depth: int) -> tuple[int, str]:
    """The status of a workflow in a clone such as the host makes, and everything that it said."""
    place = tools.parent / "clone"
    source = ["--depth", str(depth)] if depth else []
    git(tools.parent, "clone", "-q", *source, "-b", "change", project.as_uri(), str(place))
    status, said = 0, ""
    for step in HOSTS[host](place):
        if status and not step.always:
            continue
        environment = {**os.environ, **step.environment, "PATH": f"{tools}:{os.environ['PATH']}"}
        done: Any = subprocess.run(
            ["bash", "-eo", "pipefail", "-c", step.script], cwd=place, env=environment, capture_output=True, check=False
        )
        status, said = status or done.returncode, said + done.stdout.decode() + done.stderr.decode()
    return status, said


@longer
@pytest.mark.parametrize(("host", "depth"), some([("gitee", 1), ("github", 0), ("gitlab", 0), ("gitee", 0)], 2))
def test_a_silent_change_is_told_and_fails(host: str, depth: int, project: Path, tools: Path) -> None:
    """What changed and what it does to the recorded cases is posted, and the last word is the refusal."""
    status, said = run(host, project, tools, depth)
    assert status == 1, said
    assert "没有写明是更正还是修改" in said and "Traceback" not in said
    notes = tools.parent / "notes"
    posted = notes.read_text("utf-8") if notes.is_file() and host != "gitee" else said
    assert "3万元" in posted and "有结果改变" in posted
    assert (host == "gitee") == ("pip install banshi==" in (notes.read_text("utf-8") if notes.is_file() else ""))


def test_what_is_too_long_for_a_comment_is_cut_and_says_so(project: Path, tools: Path) -> None:
    """GitHub takes 65,536 characters; the whole stands in the log."""
    write_program(tools / "banshi", 'case "$1" in diff) yes 规定 | head -n 30000 > diff.md;; esac')
    status, said = run("github", project, tools, 0)
    posted = (tools.parent / "notes").read_text("utf-8")
    assert status == 0 and said.count("规定") == 30000
    assert 50_000 < len(posted.encode()) < 65_536 and "没有贴完" in posted


def test_a_law_that_cannot_be_read_fails_and_is_told(project: Path, tools: Path) -> None:
    """Where there is nothing to compare the check still speaks."""
    write_program(tools / "banshi", 'echo "$1 $2" >> said; case "$1" in diff|check) exit 1;; esac')
    for host in HOSTS:
        status, _ = run(host, project, tools, 0)
        assert status, host
        assert "check --since" in (tools.parent / "clone/said").read_text("utf-8"), host
        shutil.rmtree(tools.parent / "clone")
