"""``--jurisdiction`` that names a place without texts: it is said by whose law the answer is, or that there is none."""

from pathlib import Path

import pytest
from conftest import ROOT

from banshi.cli import main

CITY = ROOT / "tests/data/xiayu"
ASKED = {
    "tier": ["tier", "--bid-price", "30000000", "--net", "3000000"],
    "due": ["due", "--publicity", "2026-03-02"],
    "cases": ["cases", str(CITY / "log/办件.csv")],
    "attendance": ["attendance", "--template", "OUT"],
    "assess": ["assess", "--template", "OUT", "--period", "2026-H1"],
    "text": ["text", "rota"],
    "new filing": ["new", "filing", "OUT"],
    "diff": ["diff", "@2026-01-01", "@2026-07-01"],
    "impact": ["impact", "@2026-01-01", "@2026-07-01", str(CITY / "filings")],
}


@pytest.mark.parametrize("place", ["mars", "xiayu/nope"])
@pytest.mark.parametrize("command", ASKED)
def test_a_place_without_texts_is_told(
    command: str, place: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = [str(tmp_path / "a.xlsx") if word == "OUT" else word for word in ASKED[command]]
    status = main([*words, "--jurisdiction", place, "--project", str(CITY)])
    err = capsys.readouterr().err
    if command == "text":
        assert status == 2 and f"没有文件 {place}/rota" in err
    elif place == "mars":
        assert "没有 mars 的文件" in err and status
        assert not list(tmp_path.iterdir())  # nothing is begun by no law
    else:
        assert "没有 xiayu/nope 自己的文件，以下只按 xiayu 和上级的文件" in err


@pytest.mark.parametrize("command", ["tier", "cases"])
def test_a_place_with_texts_is_not(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    main([*ASKED[command], "--jurisdiction", "xiayu/dayu", "--project", str(CITY)])
    assert "--jurisdiction" not in capsys.readouterr().err


def test_an_instrument_of_another_place_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["text", "xiayu/rota", "--jurisdiction", "mars", "--project", str(CITY)]) == 2
    assert "xiayu/rota 不是 mars 的文件" in capsys.readouterr().err
