"""What lateness comes to stands in every form of the answer, and the figures are the same in each."""

import io
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from conftest import ROOT, banshi

CENTRES = {
    "linjiang": ("2026-05", "tests/data/linjiang/attendance/register.yaml"),
    "qinghe": ("2026-03", "tests/data/qinghe/attendance/register.yaml"),
}


def said(centre: str, *options: str) -> Any:
    month, register = CENTRES[centre]
    words = ("attendance", str(ROOT / register), "--month", month, *options)
    done = banshi(*words, cwd=ROOT / f"examples/{centre}")
    assert done.returncode in (0, 1), done.stderr
    return done.stdout


@pytest.mark.parametrize("centre", CENTRES)
def test_every_form_has_the_conversion_with_its_reasons(centre: str, tmp_path: Path) -> None:
    whole = json.loads(said(centre, "--format", "json"))
    people = [person for account in whole["accounts"] for person in account["people"] if person.get("converted")]
    told = {(p["staff"], f"{m['month']}"): m for p in people for m in p["converted"]}
    assert told
    said(centre, "--format", "xlsx", "-o", str(tmp_path / "out.xlsx"))
    said(centre, "--format", "html", "-o", str(tmp_path / "out.html"))
    book = openpyxl.load_workbook(io.BytesIO((tmp_path / "out.xlsx").read_bytes()))
    head, *rows = book["迟到早退折算"].iter_rows(values_only=True)
    assert len(rows) == len(told)
    page = (tmp_path / "out.html").read_text(encoding="utf-8")
    assert page.count("迟到早退的折算") == 1
    for row in rows:
        shown = dict(zip(head, row, strict=True))
        month = next(m for (staff, of), m in told.items() if staff in shown["人员"] and of == shown["月份"])
        assert Decimal(str(shown["次数"])) == Decimal(str(month["times"]))
        assert sum(bool(v) for k, v in shown.items() if k.startswith("折")) == len(month["leave"])
        assert all(reason["text"] in shown["理由和依据"] for reason in month["reasons"])
        assert all(reason["text"] in page for reason in month["reasons"])
