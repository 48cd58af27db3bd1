"""The wheel carries everything: in a folder that holds only a ``policies/`` of one's own, the commands work."""

import importlib.util
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from conftest import ROOT
from lengths import LONG, longer

OWN = """\
kind: policy
instrument: chengxi/change-management
version: 2020-01-01
title: 城西市工程变更办法（虚构）
number: 城府发〔2020〕1号
jurisdiction: chengxi
jurisdiction_name: 城西市（虚构）
subject: 政府投资工程的变更审批
dates: {issued: 2020-01-01, in_force: 2020-01-01, known: 2020-01-01}
status: historical
validity: unverified
normative: true
source: {lines: [1, 3]}
offices:
  owner: {name: 项目业主, field: owner}
tiers:
  consultation: {name: 会商}
  finance: {name: 财政批准}
provisions:
  - id: "1"
    label: 第一条
    heading: 档次
    source: {lines: [1, 3]}
    norms:
      - id: gate
        kind: approval_gate
        statement: 支出{comparison}中标价的，会商确定。
        tier: consultation
        measure: expenditure_after_change
        against: bid_price
        inclusive: true
        parties: [owner]
      - id: finance-tier
        kind: approval_tier
        statement: "{amount}的，由财政部门批准。"
        tier: finance
        measure: larger_of_single_and_cumulative
        amount: {lower: {value: 0, inclusive: false}, unit: 元}
"""


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel's content, as an empty environment would have it."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", str(folder), str(ROOT)]
    if importlib.util.find_spec("hatchling"):  # the locked one; otherwise pip fetches one
        command.append("--no-build-isolation")
    subprocess.run(command, check=True, capture_output=True)
    with zipfile.ZipFile(next(folder.glob("*.whl"))) as wheel:
        wheel.extractall(folder / "content")
    return folder / "content"


def run(installed: Path, cwd: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run the installed package (never the checkout) in ``cwd``."""
    environment = {**os.environ, "PYTHONPATH": str(installed), "PYTHONUTF8": "1"}
    code = f"import banshi, sys; assert banshi.__file__.startswith({str(installed)!r}); from banshi.cli import main; sys.exit(main())"
    command = [sys.executable, "-c", code, *words]
    return subprocess.run(
        command, cwd=cwd, env=environment, capture_output=True, encoding="utf-8", timeout=300, check=False
    )


@pytest.fixture
def own(tmp_path: Path) -> Path:
    place = tmp_path / "policies/chengxi/change-management"
    place.mkdir(parents=True)
    (place / "2020-01-01.yaml").write_text(OWN, encoding="utf-8")
    return tmp_path


def test_the_wheel_carries_the_content(installed: Path) -> None:
    names = {p.relative_to(installed / "banshi").as_posix() for p in (installed / "banshi").rglob("*") if p.is_file()}
    for folder, suffix in (
        ("policies", "*.yaml"),
        ("schemas", "*.json"),
        ("validators", "*.py"),
        ("site_templates", "*"),
    ):
        here = {p.relative_to(ROOT).as_posix() for p in (ROOT / folder).rglob(suffix) if p.is_file()}
        assert {name for name in here if "__pycache__" not in name} <= names
    assert not (installed / "validators").exists(), "an importable validators would shadow a popular package"


def test_a_folder_with_only_policies(installed: Path, own: Path) -> None:
    checked = run(installed, own, "check")
    assert (checked.returncode, checked.stderr) == (0, "")
    assert "没有问题" in checked.stdout
    decided = run(
        installed,
        own,
        "tier",
        "--bid-price",
        "100",
        "--net",
        "5",
        "--provisional-sum",
        "0",
        "--jurisdiction",
        "chengxi",
    )
    assert "财政批准" in decided.stdout
    assert "change/tier-matches-amount" in run(installed, own, "explain").stdout


@longer
@pytest.mark.skipif(not LONG, reason="make package, and make long, build a site by the wheel")
def test_the_site_of_a_folder_with_only_policies(installed: Path, own: Path) -> None:
    built = run(installed, own, "build")
    assert (built.returncode, built.stderr) == (0, "")
    page = own / "site/instruments/chengxi/change-management/2020-01-01/index.html"
    assert "城西市工程变更办法（虚构）" in page.read_text(encoding="utf-8")
    assert not (own / "site/instruments/luzhou").exists()
