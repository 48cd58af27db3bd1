"""``banshi history --told-wrong``: what was told wrong, when, and which receipts rest on it."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, banshi
from test_diff_command import git

NAME = "linjiang/window-assessment"
FILE = f"policies/{NAME}/2026-01-01.yaml"


def told(folder: Path, *receipts: str) -> dict[str, Any]:
    done = banshi("history", NAME, "--told-wrong", *receipts, "--format", "json", cwd=folder)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def assess(folder: Path, name: str, *words: str) -> None:
    done = banshi("assess", "assessment/2026-01.yaml", *words, "--receipt", f"receipts/{name}", cwd=folder)
    assert done.returncode in (0, 1), done.stderr


@pytest.fixture
def centre(tmp_path: Path) -> Path:
    """A centre that recorded a receipt with the wrong text, committed it, mended it, and recorded another."""
    folder = tmp_path / "centre"
    shutil.copytree(ROOT / "examples/linjiang", folder)
    (folder / "receipts").mkdir()
    mended = (folder / FILE).read_text(encoding="utf-8")
    wrong = mended[: mended.index("\ncorrections:")] + "\n"
    start = wrong.index("id: poor-ratings\n")
    wrong = wrong[:start] + wrong[start:].replace("points: 2", "points: 3", 1)
    assert wrong.count("points: 3") > mended[: mended.index("\ncorrections:")].count("points: 3")
    (folder / FILE).write_text(wrong, encoding="utf-8")
    git(tmp_path, "init", "-q", "-b", "main")  # a folder of a repository
    git(folder, "add", ".")
    git(folder, "commit", "-qm", "录入")
    assess(folder, "1-wrong.json")
    (folder / FILE).write_text(mended, encoding="utf-8")
    git(folder, "commit", "-qam", "更正")
    assess(folder, "2-right.json")
    (folder / "receipts/other.json").write_text("{}", encoding="utf-8")
    return folder


def test_without_receipts_the_correction_is_told(centre: Path) -> None:
    (row,) = told(centre)["told_wrong"]
    assert (row["about"], row["told_until"], row["said"]) == ("poor-ratings", "2026-03-14", {"points": 3})
    assert "receipts" not in row and row["told_from"]
    text = banshi("history", NAME, "--told-wrong", cwd=centre).stdout
    assert (
        "第六条poor-ratings（版本 2026-01-01" in text
        and "“每次减”误作 3" in text
        and "至 2026-03-14 的答复有误" in text
    )
    none = banshi("history", "linjiang/change-rules", "--told-wrong", cwd=centre)
    assert none.returncode == 0 and "没有更正" in none.stdout


def test_receipts_that_rest_on_the_wrong_text_are_told(centre: Path) -> None:
    found = told(centre, "receipts")
    (row,) = found["told_wrong"]
    assert [(each["receipt"], each["text"], each["cited"]) for each in row["receipts"]] == [
        ("receipts/1-wrong.json", "wrong", True),
        ("receipts/2-right.json", "right", True),
    ]
    assert (found["receipts"], found["left_aside"]) == (2, ["receipts/other.json"])
    text = banshi("history", NAME, "--told-wrong", "receipts", cwd=centre).stdout
    assert "1-wrong.json：依据有误的文本，结果用到了这一条" in text and "没有看：receipts/other.json" in text


def test_without_git_a_text_that_is_gone_is_not_known(centre: Path) -> None:
    shutil.rmtree(centre.parent / ".git")
    (row,) = told(centre, "receipts/1-wrong.json", "receipts/2-right.json")["told_wrong"]
    assert [each["text"] for each in row["receipts"]] == ["unknown", "right"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("receipts/other.json",), "不是完好的收据"),
        (("receipts/nothing.json",), "没有文件"),
        (("--blame", "poor-ratings"), "--blame"),
    ],
)
def test_what_cannot_be_told_is_said_in_a_line(words: tuple[str, ...], said: str, centre: Path) -> None:
    done = banshi("history", NAME, "--told-wrong", *words, cwd=centre)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert said in done.stderr
