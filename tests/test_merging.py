"""Two branches changed one version file: what README advises, step by step, in a repository that is in the middle of the merge."""

import subprocess
from pathlib import Path

import pytest
from conftest import ROOT, banshi

FILE = "policies/linjiang/change-rules/2026-01-01.yaml"
VERSION = "linjiang/change-rules/2026-01-01"


def git(folder: Path, *words: str, fails: bool = False) -> str:
    own = ["-c", "user.name=a", "-c", "user.email=a@b", "-c", "commit.gpgsign=false"]
    done = subprocess.run(["git", *own, *words], cwd=folder, capture_output=True, text=True, check=False)
    assert (done.returncode != 0) == fails, done.stderr
    return done.stdout.strip()


def changed(folder: Path, *edits: tuple[str, str]) -> None:
    file = folder / FILE
    text = file.read_text(encoding="utf-8")
    for old, new in edits:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    file.write_text(text, encoding="utf-8")


@pytest.fixture
def merging(tmp_path: Path) -> Path:
    """Theirs moves publicity from seven days to six and splitting to 20, ours publicity to five: a conflict, not resolved."""
    folder = tmp_path / "own"
    (folder / FILE).parent.mkdir(parents=True)
    (folder / FILE).write_bytes((ROOT / "examples/linjiang" / FILE).read_bytes())
    (folder / "banshi.toml").write_bytes((ROOT / "examples/linjiang/banshi.toml").read_bytes())
    git(folder, "init", "-q", "-b", "main")
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "base")
    git(folder, "checkout", "-qb", "theirs")
    changed(folder, (SEVEN, SEVEN.replace("7", "6")), (THIRTY, THIRTY.replace("30", "20")))
    git(folder, "commit", "-qam", "theirs")
    git(folder, "checkout", "-q", "main")
    changed(folder, (SEVEN, SEVEN.replace("7", "5")))
    git(folder, "commit", "-qam", "ours")
    git(folder, "merge", "theirs", fails=True)
    assert "<<<<<<<" in (folder / FILE).read_text(encoding="utf-8")
    return folder


SEVEN = "        length: {value: 7, unit: 工作日}"
THIRTY = "within: {value: 30, unit: 天}"


def told(folder: Path, *words: str) -> str:
    done = banshi("diff", *words, cwd=folder)
    assert done.returncode in (0, 1), done.stderr
    return done.stdout


def test_what_each_branch_did_is_told_though_the_file_is_torn(merging: Path) -> None:
    main = git(merging, "merge-base", "HEAD", "MERGE_HEAD")
    ours, theirs = told(merging, f"{main}:{VERSION}", f"HEAD:{VERSION}"), told(merging, f"{main}:", "MERGE_HEAD:")
    assert "由7个工作日缩短为5个工作日" in ours and "30天" not in ours
    assert "由7个工作日缩短为6个工作日" in theirs and "由30天缩短为20天" in theirs
    torn = banshi("diff", "HEAD", ".", cwd=merging)
    assert torn.returncode == 1 and "没有比较" in torn.stderr and "2026-01-01.yaml" in torn.stderr
    assert "不再有" not in torn.stdout and "删去" not in torn.stdout
    history = banshi("history", "linjiang/change-rules", cwd=merging)
    assert history.returncode in (0, 1, 2) and "Traceback" not in history.stderr
    assert "ours" in history.stdout or "2026-01-01.yaml" in history.stderr
    check = banshi("check", FILE, cwd=merging)
    assert check.returncode == 1 and "<<<<<<<" in check.stdout


def test_both_put_in_show_theirs_and_nothing_else(merging: Path) -> None:
    main = git(merging, "merge-base", "HEAD", "MERGE_HEAD")
    git(merging, "checkout", "--ours", FILE)
    changed(merging, (THIRTY, THIRTY.replace("30", "20")))
    git(merging, "add", "-A")  # still in the middle of the merge
    left = told(merging, "HEAD", ".")
    assert "20" in left and "工作日" not in left
    since = banshi("check", "--since", main, FILE, "--as-of", "2026-01-15", cwd=merging)
    assert since.returncode == 1 and "更正" in since.stdout  # in force: it must say whether it is a correction


def test_who_rests_on_the_torn_file_is_told_where_it_is_as_seen_from_here(merging: Path) -> None:
    """In findings, in refusals, in both languages: the path that one can hand to a command, no inside of the program."""
    (merging / "change").mkdir()
    (merging / "change/riverside.yaml").write_bytes((ROOT / "examples/linjiang/change/riverside.yaml").read_bytes())
    for words in (
        ("check", "change/riverside.yaml"),
        ("tier", "change/riverside.yaml"),
        ("diff", "@2026-06-30", "@2026-07-01"),
        ("text", "linjiang/change-rules", "--on", "2026-05-01"),
    ):
        for lang in ("zh", "en"):
            done = banshi(*words, "--lang", lang, cwd=merging)
            said = done.stdout + done.stderr
            assert done.returncode in (1, 2) and FILE.rpartition("/")[0] in said, said
            assert str(merging) not in said and "Text(" not in said
    below = banshi("check", "riverside.yaml", cwd=merging / "change")
    assert "banshi check ../policies/linjiang/change-rules/2026-01-01.yaml" in below.stdout
