"""Every norm, unclear place and error of the sources that was listed is encoded, once; and what uses each is told."""

import json
from collections import Counter
from pathlib import Path

import pytest
from conftest import ROOT, banshi, one_line

from banshi.checking.coverage import read_inventory
from banshi.law.library import Library

LIBRARY = Library([ROOT / "policies"])
VERSIONS = [LIBRARY.load(path) for name in LIBRARY.instruments() for path in LIBRARY.files(name)]
INVENTORY = read_inventory(ROOT / "tests/inventory.csv")


def test_every_listed_norm_is_encoded_once() -> None:
    encoded = Counter(p.norm.inventory for v in VERSIONS for p in v.placed if p.norm.inventory)
    assert len(INVENTORY) == 289
    assert encoded == Counter(row.id for row in INVENTORY)


def test_every_unclear_place_has_a_reading_and_every_error_an_erratum() -> None:
    assert {r.inventory for v in VERSIONS for r in v.readings if r.inventory} == {f"AMB-{n:02}" for n in range(1, 88)}
    assert {e.inventory for v in VERSIONS for e in v.errata if e.inventory} == {f"ERR-{n:02}" for n in range(1, 47)}


def test_the_command_tells_what_uses_each_norm() -> None:
    done = banshi("coverage", "--format", "json")
    rows = {row["row"]: row for row in json.loads(done.stdout)["rows"]}
    assert done.returncode == 0
    assert rows["D5-09"]["use"] == "computed"
    assert "change/tier-matches-amount" in rows["D5-09"]["used_by"]
    assert rows["D5-04"]["use"] == "checked"
    assert rows["D6-01"]["use"] == "informative"


def test_a_row_without_a_norm_is_told(tmp_path: Path) -> None:
    listed = tmp_path / "list.csv"
    listed.write_text("id,check\nD5-09,E\nD5-99,E\n", encoding="utf-8")
    done = banshi("coverage", "--all", "--inventory", str(listed))
    assert done.returncode == 1
    assert "D5-99  没有编码" in done.stdout
    assert "1/2" in done.stdout


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (None, "--inventory"),
        ("", "缺少列：id、check"),
        ("a,b\n1,2\n", "缺少列：id、check"),
        ("id,b\nD1-1,2\n", "缺少列：check"),
        ("\ufeffid,check\nD1-1,E\n", "BOM"),
        ("check,id\nE\n", "没有 id"),
        ("id,check\nD1\0-1,E\n", None),
    ],
)
def test_coverage_says_what_is_wrong_with_an_inventory(tmp_path: Path, text: str | None, said: str | None) -> None:
    if text is not None:
        (tmp_path / "i.csv").write_text(text, encoding="utf-8")
    done = banshi("coverage", *(["--inventory", "i.csv"] if text is not None else []), cwd=tmp_path)
    if said is None:  # a byte that some Pythons take for the end of CSV: no crash either way
        assert done.returncode in (1, 2) and "内部错误" not in done.stderr
        return
    assert (done.returncode, done.stdout) == (2, "")
    assert said in one_line(done.stderr)


def test_coverage_of_a_folder_or_of_no_text_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "i.csv").write_bytes(b"id,check\n\xff\xfe,E\n")
    for given in (".", "i.csv"):
        done = banshi("coverage", "--inventory", given, cwd=tmp_path)
        assert (done.returncode, done.stdout) == (2, "")
        assert "清单" in one_line(done.stderr)
