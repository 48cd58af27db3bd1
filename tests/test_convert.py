"""``banshi convert``: YAML, JSON Lines, workbooks and folders, both ways; what would lose anything is refused."""

import json
import shutil
from pathlib import Path

import openpyxl
import pytest
from conftest import ROOT, banshi
from ruamel.yaml import YAML
from test_batch import ledgers
from test_change_tables import EXAMPLE, LEDGERS, check, data_of

from banshi.cli import main
from banshi.commands.convert import _of_the_project, _plain


def filed(path: Path) -> list[tuple[str, str]]:
    return sorted((f.rule, f.message.zh.rpartition("：")[2]) for f in check(path).findings)


def test_every_way_round_gives_the_same_project(tmp_path: Path) -> None:
    book, lines, again, folder = (tmp_path / name for name in ("a.xlsx", "b.jsonl", "c.yaml", "d"))
    assert main(["convert", str(EXAMPLE), str(book)]) == 0
    assert main(["convert", str(book), str(lines)]) == 0
    assert main(["convert", str(lines), str(again)]) == 0
    assert main(["convert", str(again), str(folder)]) == 0
    for path in (book, lines, again, folder):
        assert list(check(path).findings) == []
    own = [data_of(path) for path in sorted((EXAMPLE / "changes").glob("*.yaml"))]
    back = [data_of(path) for path in sorted((folder / "changes").glob("*.yaml"))]
    assert [_plain(each) for each in back] == [_plain(each) for each in own]
    assert _plain(data_of(folder / "project.yaml")) == _plain(data_of(EXAMPLE / "project.yaml"))


@pytest.mark.parametrize("path", LEDGERS, ids=lambda path: path.stem)
def test_a_ledger_comes_back_or_is_refused(path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book, back = tmp_path / "a.xlsx", tmp_path / "b.yaml"
    if main(["convert", str(path), str(book)]) != 0:
        assert not book.exists()
        assert "什么也没有写" in capsys.readouterr().err
        return
    assert main(["convert", str(book), str(back)]) == 0
    assert _plain(data_of(back)) == _plain(_of_the_project(data_of(path)))


def test_other_kinds_go_between_yaml_and_json_lines(tmp_path: Path) -> None:
    for path in (ROOT / "examples/assessment/2012-Q1.yaml", ROOT / "examples/attendance/2010-02/register.yaml"):
        lines, back = tmp_path / f"{path.stem}.jsonl", tmp_path / f"{path.stem}.yaml"
        assert main(["convert", str(path), str(lines)]) == 0
        assert main(["convert", str(lines), str(back)]) == 0
        assert _plain(data_of(back)) == _plain(data_of(path))
        assert main(["convert", str(path), str(tmp_path / f"{path.stem}.xlsx")]) == 0


def test_peoples_words_become_canonical(tmp_path: Path) -> None:
    folder = tmp_path / "p"
    shutil.copytree(EXAMPLE, folder)
    form = folder / "changes/001.yaml"
    form.write_text(form.read_text(encoding="utf-8").replace("status: implemented", "status: 已实施"), encoding="utf-8")
    assert main(["convert", str(folder), str(tmp_path / "a.jsonl")]) == 0
    assert json.loads((tmp_path / "a.jsonl").read_text(encoding="utf-8"))["changes"][0]["status"] == "implemented"


def test_what_would_be_lost_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "p"
    shutil.copytree(EXAMPLE, folder)
    form = folder / "changes/001.yaml"
    form.write_text(form.read_text(encoding="utf-8") + "own_key: 1\n", encoding="utf-8")
    assert main(["convert", str(folder), str(tmp_path / "a.xlsx")]) == 2
    assert "changes.1.own_key" in capsys.readouterr().err
    assert not (tmp_path / "a.xlsx").exists()
    form.write_text("a: [", encoding="utf-8")
    assert main(["convert", str(folder), str(tmp_path / "a.jsonl")]) == 2
    assert not (tmp_path / "a.jsonl").exists()


def test_nothing_of_somebody_else_is_replaced(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "a.xlsx"
    out.write_bytes(b"mine")
    assert main(["convert", str(EXAMPLE), str(out)]) == 2
    assert out.read_bytes() == b"mine"
    assert main(["convert", str(EXAMPLE), str(out), "--force"]) == 0, capsys.readouterr().err


HOSTILE = ["=1+1", "@SUM(A1)", "+1", "-x", "a\tb", "是", "2012-01-01", "0123", "1e3", "null", "~", "- a", "#"]


@pytest.mark.parametrize("hostile", [HOSTILE[:7], HOSTILE[7:]])
def test_hostile_text_comes_back_as_it_was(hostile: list[str], tmp_path: Path) -> None:
    """Each as the reason of a form of its own."""
    folder = tmp_path / "p"
    shutil.copytree(EXAMPLE, folder)
    for form, said in zip(sorted((folder / "changes").glob("*.yaml")), hostile, strict=False):
        text = form.read_text(encoding="utf-8")
        line = next(line for line in text.splitlines() if line.startswith("reason:"))
        form.write_text(text.replace(line, f"reason: {json.dumps(said)}"), encoding="utf-8")
    assert main(["convert", str(folder), str(tmp_path / "a.xlsx")]) == 0
    assert main(["convert", str(tmp_path / "a.xlsx"), str(tmp_path / "b.yaml")]) == 0
    assert [change["reason"] for change in data_of(tmp_path / "b.yaml")["changes"]][: len(hostile)] == hostile
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert all(cell.data_type != "f" for sheet in book for row in sheet.iter_rows() for cell in row)


@pytest.mark.parametrize("out", ["台账.xlsx", "文件夹"])
def test_a_ledger_that_is_fictional_as_a_whole_goes_into_a_table_and_a_folder(out: str, tmp_path: Path) -> None:
    centre = ROOT / "examples/linjiang"
    made = tmp_path / out
    assert main(["convert", str(centre / "change/riverside.yaml"), str(made), "--project", str(centre)]) == 0
    back = tmp_path / "back.yaml"
    assert main(["convert", str(made), str(back), "--project", str(centre)]) == 0
    data = YAML(typ="safe", pure=True).load(back.read_text(encoding="utf-8"))
    assert data["project"]["fictional"] is True and "fictional" not in data
    assert len(data["changes"]) == 6


@pytest.mark.parametrize("out", ["a.xlsx", "b.jsonl", "c"])
def test_lines_that_cannot_be_used_are_told_and_the_others_converted(
    out: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    whole = [line.decode().strip() for line in ledgers(2)]
    bad = ["{", '{"kind": "ledger", "project": 3}', '{"kind": "ledger", "kind": "ledger"}', '{"a": "\\ud800"}']
    source = tmp_path / "in.jsonl"
    source.write_text("\n".join([whole[0], *bad, whole[1], ""]), encoding="utf-8")
    (tmp_path / "good.jsonl").write_text("\n".join([*whole, ""]), encoding="utf-8")
    assert main(["convert", str(source), str(tmp_path / out)]) == 1
    told = capsys.readouterr().err
    assert "有 4 份没有转换" in told and all(f"in.jsonl:{n}" in told for n in (2, 3, 4, 5)), told
    assert main(["convert", str(tmp_path / "good.jsonl"), str(tmp_path / f"good-{out}")]) == 0
    for path, other in ((tmp_path / out, tmp_path / f"good-{out}"),):
        assert filed(path) == filed(other)
    source.write_text("\n".join(bad), encoding="utf-8")
    assert main(["convert", str(source), str(tmp_path / f"none-{out}")]) == 2
    assert not (tmp_path / f"none-{out}").exists() and "什么也没有写" in capsys.readouterr().err


def test_comments_that_stay_behind_are_counted_and_told(tmp_path: Path) -> None:
    source = tmp_path / "a.yaml"
    text = (ROOT / "validators/change/_example.yaml").read_text("utf-8")
    bare = "\n".join(line for line in text.splitlines() if not line.lstrip().startswith("#")).replace(" # ", " ")
    source.write_text(f"# 算法：见纪要\n{bare}\n# 末尾\n#\n", "utf-8")
    for out in ("b.jsonl", "b.yaml", "b.xlsx"):
        done = banshi("convert", str(source), str(tmp_path / out))
        assert done.returncode == 0 and "注释 2 行没有带过去（算法：见纪要……）" in done.stderr, done.stderr
    source.write_text(f"{bare}\n", "utf-8")
    assert "注释" not in banshi("convert", str(source), str(tmp_path / "c.jsonl")).stderr
