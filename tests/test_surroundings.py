"""Where the program runs, in a process of its own: what a shell, a language and a system of files bring about.

What every command does in a trouble is in ``test_troubles``.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT, banshi
from lengths import LONG, longer

FORM = (ROOT / "validators/change/_example.yaml").read_text(encoding="utf-8")
BANSHI = f"{sys.executable} -m banshi"
LANGUAGES: list[dict[str, str]] = [{}, {"PYTHONUTF8": "0"}, {"PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}]
pytestmark = pytest.mark.skipif(os.name != "posix", reason="a shell and its redirections")


def shell(script: str, cwd: Path = ROOT, **env: str | None) -> subprocess.CompletedProcess[bytes]:
    settings = {k: v for k, v in {**os.environ, **env}.items() if v is not None}
    settings["PYTHONPATH"] = str(ROOT / "src")
    return subprocess.run(["bash", "-c", script], cwd=cwd, env=settings, capture_output=True, timeout=120, check=False)


@pytest.fixture
def form(tmp_path: Path) -> Path:
    path = tmp_path / "表格.yaml"
    path.write_text(FORM.replace("tier: finance", "tier: nonsense"), encoding="utf-8")
    return path


def one_line(done: subprocess.CompletedProcess[bytes]) -> str:
    said = done.stderr.decode()
    assert said.startswith("banshi: ") and said.count("\n") == 1, said
    return said


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a disk that is always full")
def test_a_full_disk(form: Path) -> None:
    done = shell(f"{BANSHI} check --format json {form} > /dev/full")
    assert "磁盘满了" in one_line(done)
    assert done.returncode == 2


def test_a_reader_that_goes_away() -> None:
    done = shell(
        f"set -o pipefail; {BANSHI} check policies --format json --fail-on note | true; exit ${{PIPESTATUS[0]}}"
    )
    assert b"Traceback" not in done.stderr
    assert done.stderr == b"" or "先关了" in one_line(done)
    assert done.returncode in (0, 1, 2)


def test_closed_streams(form: Path) -> None:
    assert "标准输出" in one_line(done := shell(f"{BANSHI} check {form} >&-"))
    assert done.returncode == 2
    assert (done := shell(f"{BANSHI} check {form} 2>&-")).returncode == 1 and done.stdout
    done = shell(f"{BANSHI} check - <&-")
    assert (done.returncode, "input/unreadable" in done.stdout.decode()) == (1, True)
    done = shell(f"{BANSHI} check nowhere >&- 2>&- <&-")
    assert done.returncode == 2
    done = shell(f"{BANSHI} check {form} <&-")  # nobody asked for it
    assert done.returncode == 1


@longer
@pytest.mark.parametrize("more", LANGUAGES if LONG else LANGUAGES[-1:])
def test_a_language_without_chinese(more: dict[str, str], form: Path) -> None:
    plain = banshi("check", str(form), "--format", "json")
    done = shell(f"{BANSHI} check {form} --format json", LC_ALL="C", LANG="C", HOME=None, **more)
    assert (done.returncode, done.stdout.decode(), done.stderr) == (1, plain.stdout, b"")
    said = shell(f"{BANSHI} check {form}", LC_ALL="C", LANG="C", HOME=None, **more).stdout.decode()
    assert "表格.yaml:60:11" in said and "档次" in said


@pytest.mark.parametrize("form_of", ["text", "json", "jsonl", "github", "sarif"])
def test_a_file_name_in_another_encoding(form_of: str, tmp_path: Path) -> None:
    name = os.fsencode(tmp_path) + b"/" + "表格".encode("gbk") + b".yaml"
    try:
        with open(name, "w", encoding="utf-8") as stream:
            stream.write(FORM.replace("tier: finance", "tier: nonsense"))
    except OSError:
        pytest.skip("this file system takes no such name")
    done = banshi("check", str(tmp_path), "--format", form_of)
    assert done.returncode == 1
    assert done.stderr == ""
    assert "tier-matches-amount" in done.stdout


def test_what_is_no_regular_file_is_refused_at_once(tmp_path: Path, form: Path) -> None:
    for suffix in ("yaml", "json", "jsonl", "csv", "tsv", "xlsx", "xlsm"):
        os.mkfifo(tmp_path / f"a.{suffix}")
        (tmp_path / f"b.{suffix}").symlink_to("/dev/zero")
    done = shell(f"timeout 60 {BANSHI} check {tmp_path}/a.* {tmp_path}/b.* {form}")
    said = done.stdout.decode()
    assert said.count("input/unreadable") == 14, said
    assert "tier-matches-amount" in said
    assert done.returncode == 1


def test_the_same_path_given_twice_is_looked_at_once(form: Path) -> None:
    once = "检查了 1 个文件：错误 1"
    for twice in ((form, form), (form, form.parent), (form.parent, f"{form.parent}/")):
        assert once in banshi("check", *map(str, twice)).stdout
    assert once in banshi("check", "-", "-", stdin=form.read_bytes()).stdout
