"""``banshi diff``: versions, days, files, folders and revisions, in every format."""

import copy
import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, banshi, write_yaml
from test_diff import LINJIANG, norm


def put(path: Path, data: Any) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    write_yaml(path, data)


def test_versions_days_files_and_folders(tmp_path: Path) -> None:
    linjiang = ROOT / "examples/linjiang"
    name = "linjiang/window-assessment"
    done = banshi("diff", f"{name}/2026-01-01", f"{name}/2027-01-01", cwd=linjiang)  # an amendment made the second
    assert done.returncode == 0, done.stderr
    assert "满分由10改为15" in done.stdout and "删去本条：环境" in done.stdout
    assert "“主管部门”全文改称“行业主管部门”" in banshi("diff", "@2026-06-30", "@2026-07-01", cwd=linjiang).stdout
    name = "policies/luzhou/leave-and-attendance/2007-07-01.yaml", "policies/luzhou/attendance/2009-12-01.yaml"
    versions = [path.removeprefix("policies/").removesuffix(".yaml") for path in name]
    said = [banshi("diff", *words, cwd=ROOT).stdout.splitlines()[1:] for words in (name, versions)]
    assert said[0] == said[1] and said[0]
    days = banshi("diff", "@2026-06-30", "@2026-07-01", cwd=linjiang).stdout
    assert "上限由30万元改为50万元" in days and "由7个工作日缩短为5个工作日" in days
    assert "没有改变" in banshi("diff", str(linjiang), str(linjiang), cwd=tmp_path).stdout
    same = banshi("diff", "@2026-03-01", "@2026-04-01", cwd=linjiang)
    assert "没有改变" in same.stdout


def test_formats(tmp_path: Path) -> None:
    linjiang = ROOT / "examples/linjiang"
    words = ("diff", "@2026-06-30", "@2026-07-01")
    whole = json.loads(banshi(*words, "--format", "json", cwd=linjiang).stdout)
    assert whole["version"] == 1 and not whole["same"] and whole["difference"]["norms"]
    page = banshi(*words, "--format", "html", cwd=linjiang).stdout
    assert page.startswith("<!DOCTYPE html>") and "<script" not in page and "50万元" in page
    marked = banshi(*words, "--format", "markdown", cwd=linjiang).stdout
    assert marked.startswith("**规定的改变**") and "\n- 修改 **" in marked


def test_markdown_calls_nobody_and_opens_nothing(tmp_path: Path) -> None:
    before, after = copy.deepcopy(LINJIANG), copy.deepcopy(LINJIANG)
    norm(after, "publicity-period")["statement"] = "@someone ![x](http://evil.example/c) <script> #12 `a`"
    write_yaml(tmp_path / "a.yaml", before)
    write_yaml(tmp_path / "b.yaml", after)
    said = banshi("diff", "a.yaml", "b.yaml", "--format", "markdown", cwd=tmp_path).stdout
    assert "@someone" not in said and "](http" not in said and "<script" not in said and "://" not in said


@pytest.mark.parametrize("name", ["nosuch", "@2026-02-30", "@", "place/none/2020-01-01", "--upload-pack=x", "a\nb"])
def test_what_cannot_be_compared_is_one_line(name: str, tmp_path: Path) -> None:
    done = banshi("diff", "--", name, ".", cwd=ROOT / "examples/linjiang")
    assert done.returncode == 2 and len(done.stderr.splitlines()) == 1 and "Traceback" not in done.stderr


def git(folder: Path, *words: str) -> None:
    own = ["-c", "user.name=甲", "-c", "user.email=a@example.invalid", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", "-C", str(folder), *own, *words], check=True, capture_output=True)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A centre's project with one version, committed."""
    put(tmp_path / "policies/linjiang/change-rules/2026-01-01.yaml", LINJIANG)
    (tmp_path / "banshi.toml").write_text('jurisdiction = "linjiang"\n', encoding="utf-8")
    git(tmp_path, "init", "-q", "-b", "main")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-qm", "first")
    return tmp_path


def test_revisions_and_the_working_tree(repository: Path) -> None:
    path = repository / "policies/linjiang/change-rules/2026-01-01.yaml"
    assert "没有改变" in banshi("diff", "main", cwd=repository).stdout
    after = copy.deepcopy(LINJIANG)
    norm(after, "larger-single")["amount"]["upper"]["value"] = 50
    write_yaml(path, after)
    assert "上限由30万元改为50万元" in banshi("diff", "main", cwd=repository).stdout
    assert "上限由50万元改为30万元" in banshi("diff", ".", "HEAD", cwd=repository).stdout
    assert "由30万元改为50万元" in banshi("diff", "main@2026-05-01", ".@2026-05-01", cwd=repository).stdout
    new = copy.deepcopy(after)
    new["version"], new["dates"]["in_force"] = "2027-01-01", "2027-01-01"
    norm(new, "larger-single")["amount"]["upper"]["value"] = 60
    write_yaml(path.with_name("2027-01-01.yaml"), new)
    said = banshi("diff", "main", cwd=repository).stdout
    assert "新版本 2027-01-01，与 2026-01-01 相比" in said and "由50万元改为60万元" in said


def test_what_an_amending_instrument_changes_is_told_of_the_text_that_it_amends(repository: Path) -> None:
    """Added, altered and taken away again in a working tree; each text once, from the first day on which it differs."""
    file = repository / "policies/linjiang/amended/2026-07-01.yaml"
    change = {"do": "set", "norm": "larger-single", "values": {"amount.upper.value": 40}}
    amending = {
        **{
            key: LINJIANG[key] for key in ("kind", "jurisdiction", "jurisdiction_name", "issuers", "status", "validity")
        },
        "instrument": "linjiang/amended",
        "version": "2026-07-01",
        "title": "修改通知",
        "subject": "修改",
        "normative": True,
        "source": {"note": "虚构"},
        "dates": {"in_force": "2026-07-01", "known": "2026-06-01"},
        "relations": [{"kind": "amends", "instrument": "linjiang/change-rules"}],
        "provisions": [{"id": "1", "label": "第一条", "heading": "修改", "source": {"note": "虚构"}}],
        "amends": [{"instrument": "linjiang/change-rules", "changes": [change]}],
    }
    put(file, amending)
    said = banshi("diff", "HEAD", cwd=repository).stdout
    assert "新增：修改通知" in said and "新增文件 1 份" in said
    assert said.count("2026-07-01 起的文本\n") == 1 and "上限由30万元改为40万元" in said
    git(repository, "add", ".")
    git(repository, "commit", "-qm", "修改")
    change["values"] = {"amount.upper.value": 45}
    put(file, amending)
    told = json.loads(banshi("diff", "HEAD", "--format", "json", cwd=repository).stdout)["documents"]
    assert [each["document"] for each in told] == ["linjiang/amended/2026-07-01", "linjiang/change-rules"]
    assert [entry["key"] for entry in told[1]["entries"]] == ["linjiang/change-rules#larger-single"]
    by_path = banshi("diff", "HEAD:policies/linjiang/amended/2026-07-01.yaml", file.as_posix(), cwd=repository)
    assert by_path.returncode == 0 and "修改 1 处" in by_path.stdout
    file.unlink()
    assert "不再有的文件 1 份" in banshi("diff", "HEAD", cwd=repository).stdout
    outside = banshi("diff", "HEAD:../policies/linjiang/none.yaml", cwd=repository)
    assert outside.returncode == 2 and "没有 ../policies/linjiang/none.yaml" in outside.stderr


def test_an_old_commit_that_does_not_parse_and_a_merge_under_way(repository: Path) -> None:
    path = repository / "policies/linjiang/change-rules/2026-01-01.yaml"
    path.write_text("kind: [policy", encoding="utf-8")
    git(repository, "commit", "-qam", "broken")
    write_yaml(path, LINJIANG)
    git(repository, "commit", "-qam", "mended")
    done = banshi("diff", "main~1", cwd=repository)
    assert done.returncode == 1 and "没有比较：main~1 的" in done.stderr and "Traceback" not in done.stderr
    path.write_text(f"<<<<<<< HEAD\n{path.read_text(encoding='utf-8')}=======\n>>>>>>> b\n", encoding="utf-8")
    (repository / ".git/MERGE_HEAD").write_text("0" * 40 + "\n", encoding="utf-8")
    done = banshi("diff", "main", cwd=repository)
    assert done.returncode == 1 and "没有比较" in done.stderr
    assert banshi("diff", "main~2", "main", cwd=repository).returncode == 0


def test_nothing_of_the_repository_runs(repository: Path) -> None:
    """Programs that a repository's settings name are not run, whatever git would do with them."""
    bait = repository / "ran"
    trap = repository / "trap.sh"
    trap.write_text(f'#!/bin/sh\ntouch {bait}\ncat "$1" 2>/dev/null\n', encoding="utf-8")
    trap.chmod(0o755)
    for key in (
        "core.fsmonitor",
        "core.pager",
        "diff.external",
        "diff.x.textconv",
        "filter.x.clean",
        "filter.x.smudge",
        "core.sshCommand",
        "gpg.program",
        "core.hooksPath",
        "core.editor",
        "diff.x.command",
    ):
        git(repository, "config", key, str(trap))
    git(repository, "config", "log.showSignature", "true")
    (repository / ".gitattributes").write_text("*.yaml diff=x filter=x\n", encoding="utf-8")
    bait.unlink(missing_ok=True)
    assert banshi("diff", "main", cwd=repository).returncode == 0
    assert not bait.exists()


def test_without_git(tmp_path: Path) -> None:
    put(tmp_path / "policies/linjiang/change-rules/2026-01-01.yaml", LINJIANG)
    done = banshi("diff", "main", cwd=tmp_path)
    assert done.returncode == 2 and "git" in done.stderr and len(done.stderr.splitlines()) == 1


def test_a_text_that_ends_is_told_once(tmp_path: Path) -> None:
    """Its norms are counted; a program reads each, and so does who opens the page."""
    policies = tmp_path / "policies/linjiang"
    first = {**LINJIANG, "dates": {**LINJIANG["dates"], "ended": "2026-12-31"}}
    put(policies / "change-rules/2026-01-01.yaml", first)
    count = sum(len(p.get("norms", ())) for p in first["provisions"])
    days = ("@2026-12-31", "@2027-01-01", "--jurisdiction", "linjiang")
    for form_of in ("text", "markdown"):
        said = banshi("diff", *days, "--format", form_of, cwd=tmp_path).stdout
        assert f"{count} 个规范点一并失去效力" in said and "不再施行：" in said and "审批档次" not in said
    page = banshi("diff", *days, "--format", "html", cwd=tmp_path).stdout
    assert f"{count} 个规范点" in page and "<details>" in page and page.count("审批档次") == 8
    data = json.loads(banshi("diff", *days, "--format", "json", cwd=tmp_path).stdout)
    assert [(each["whole"], len(each["entries"])) for each in data["documents"]] == [("removed", count)]
    assert "开始施行：" in banshi("diff", days[1], days[0], *days[2:], cwd=tmp_path).stdout


def test_until_when_a_norm_is_suspended_stands_on_the_page(tmp_path: Path) -> None:
    put(tmp_path / "policies/linjiang/change-rules/2026-01-01.yaml", LINJIANG)
    pause = {
        **{key: LINJIANG[key] for key in ("kind", "jurisdiction", "jurisdiction_name", "subject", "governs", "status")},
        **{key: LINJIANG[key] for key in ("validity", "normative", "source", "issuers")},
        "instrument": "linjiang/pause",
        "version": "2026-07-01",
        "title": "暂停通知（虚构）",
        "dates": {"in_force": "2026-07-01", "known": "2026-06-01"},
        "provisions": [{"id": "1", "label": "第一条", "heading": "暂停", "source": {"note": "虚构"}}],
        "amends": [
            {
                "instrument": "linjiang/change-rules",
                "changes": [{"do": "suspend", "norm": "one-matter", "until": "2026-09-30"}],
            }
        ],
    }
    put(tmp_path / "policies/linjiang/pause/2026-07-01.yaml", pause)
    days = ("@2026-06-30", "@2026-07-01", "--jurisdiction", "linjiang")
    for form_of in ("text", "markdown", "html", "json"):
        said = banshi("diff", *days, "--format", form_of, cwd=tmp_path).stdout.replace("\\", "")
        assert "到 2026-09-30 为止" in said, form_of
        assert said.count("同一事项自第一次申报起30天内") == (2 if form_of == "json" else 1)


def test_days_tell_of_catalogues_in_use_and_of_arrangements_published_by_then(tmp_path: Path) -> None:
    centre = shutil.copytree(ROOT / "examples/linjiang", tmp_path / "centre")
    own = centre / "policies/linjiang/catalogues"
    later = (own / "eatery.yaml").read_text("utf-8").replace("in_use_from: 2026-01-01", "in_use_from: 2026-07-01")
    (own / "eatery-2.yaml").write_text(later.replace("promised: 8", "promised: 5"), "utf-8")
    for days, wanted in (
        (("@2025-11-03", "@2025-11-04"), "增加放假安排“国务院办公厅关于2026年部分节假日安排的通知”"),
        (("@2025-12-05", "@2025-12-04"), "删去放假安排“临江市2026年地方放假安排（虚构）”"),
        (("@2026-06-30", "@2026-07-01"), "事项“食品经营许可”：办理时限的承诺时限由8改为5"),
        (("@2026-07-01", "@2026-06-30"), "事项“食品经营许可”：办理时限的承诺时限由5改为8"),
    ):
        assert wanted in banshi("diff", *days, cwd=centre).stdout
    told = banshi("diff", "@2026-06-30", "@2026-07-01", cwd=centre).stdout
    assert told.index("办法（虚构）") < told.index("全文改称“行业主管部门”") and told.count("全文改称") == 1
    (own / "broken.yaml").write_text("kind: [", "utf-8")
    same = banshi("diff", "@2026-02-01", "@2026-03-01", cwd=centre)
    assert same.returncode == 1 and "读得出的没有改变" in same.stdout and same.stderr.count("broken.yaml") == 2
