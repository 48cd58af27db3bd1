"""Policy rules look at what amendments make of a text, on each day on which something changes, and at what lies over it."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, write_yaml

from banshi.cli import main

HERE = ROOT / "tests/data/through_time/policies"

PROVISION = {"id": "1", "label": "一", "heading": "修改", "source": {"note": "虚构"}}


@pytest.fixture
def centre(tmp_path: Path) -> Path:
    shutil.copytree(HERE, tmp_path / "policies")
    return tmp_path


def amended(centre: Path, amends: list[dict[str, Any]], since: str = "2025-01-01") -> Path:
    version = {
        "kind": "policy",
        "instrument": "yangcheng/extra",
        "version": since,
        "title": "另一个通知",
        "subject": "变更",
        "jurisdiction": "yangcheng",
        "jurisdiction_name": "阳城市（虚构）",
        "normative": True,
        "issuers": ["某局"],
        "dates": {"issued": since, "in_force": since, "known": since},
        "status": "in_force",
        "validity": "unverified",
        "source": {"note": "虚构"},
        "provisions": [PROVISION],
        "amends": amends,
    }
    path = centre / f"policies/yangcheng/extra/{since}.yaml"
    path.parent.mkdir()
    write_yaml(path, version)
    return path


def found(centre: Path, path: Path, capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    main(["check", str(path), "--project", str(centre), "--format", "json"])
    findings = json.loads(capsys.readouterr().out)["findings"]
    return [each for each in findings if each["rule"] == "policy/amended-text-sound"]


def raised(norm: str, key: str, value: int, **more: str) -> dict[str, Any]:
    change = {"do": "set", "norm": norm, "values": {key: value}}
    return {"instrument": "yangcheng/change-rules", "changes": [change], **more}


@pytest.mark.parametrize("file", sorted(HERE.rglob("*.yaml")), ids=lambda path: path.parent.name)
def test_what_is_written_rightly_is_sound(file: Path, centre: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert found(centre, centre / "policies" / file.relative_to(HERE), capsys) == []


def test_a_gap_that_an_amendment_opens_is_found_in_the_amendment(
    centre: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (problem,) = found(centre, amended(centre, [raised("finance-tier", "amount.upper.value", 20)]), capsys)
    assert problem["severity"] == "error" and problem["where"] == ["amends", 0]
    assert "自 2025-01-01 起合并的" in problem["message"] and "policy/tiers-tile" in problem["message"]


def test_what_is_opened_only_when_a_change_ends_is_found_too(centre: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Both ends move together; one of them moves back half a year before the other."""
    path = amended(
        centre,
        [
            raised("finance-tier", "amount.upper.value", 20, until="2025-06-30"),
            raised("government-tier", "amount.lower.value", 20, until="2025-12-31"),
        ],
    )
    problems = found(centre, path, capsys)
    assert {problem["where"][1] for problem in problems} == {0}
    assert all("自 2025-07-01 起合并的" in problem["message"] for problem in problems) and problems


def test_a_county_that_an_amendment_of_the_city_makes_looser_is_found(
    centre: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The county's limit was shorter than the city's until the city's became shorter still."""
    stricter = {"id": "stricter-only", "kind": "local_limit", "statement": "区可以从严。"}
    stricter |= {"overlays": ["limit"], "may_be": "stricter"}
    allowed = {"do": "add", "into": "3", "new": stricter}
    entry = raised("limit", "length.value", 1, since="2025-06-01")
    path = amended(centre, [{"instrument": "yangcheng/change-rules", "changes": [allowed]}, entry])
    (problem,) = found(centre, path, capsys)
    assert "policy/county-limits" in problem["message"] and problem["where"] == ["amends", 1]
