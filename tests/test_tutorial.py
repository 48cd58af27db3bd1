"""The tutorial is true: its commands run in order, with the edits that it tells of, and come out as it says."""

import re
import shlex
from pathlib import Path

from conftest import ROOT, banshi

TEXT = (ROOT / "site_templates/tutorial.md.j2").read_text(encoding="utf-8")


def blocks(section: str) -> list[list[str]]:
    """The commands of a section, block by block."""
    part = TEXT.split(f"{{ #{section} }}")[1].split("\n## ")[0]
    return [block.strip().splitlines() for block in re.findall(r"~~~~~sh\n(.*?)~~~~~", part, re.DOTALL)]


def run(lines: list[str], folder: Path) -> list[tuple[int, str]]:
    found = []
    for line in lines:
        name, *words = shlex.split(line)
        if name == "cd":
            folder = folder / words[0]
            continue
        assert name == "banshi"
        done = banshi(*words, cwd=folder, stdin=b"")
        found.append((done.returncode, done.stdout + done.stderr))
    return found


def test_the_tutorial(tmp_path: Path, few_pages: set[str]) -> None:
    few_pages.add("guides/change-approval.md")
    assert [status for status, _ in run(blocks("begin")[0], tmp_path)] == [0, 0, 0]
    centre = tmp_path / "chengxi"
    scenarios = centre / "tests/change-management.yaml"
    added = re.search(r"~~~~~yaml\n(.*?)~~~~~", TEXT, re.DOTALL)
    assert added
    with open(scenarios, "a", encoding="utf-8") as stream:
        stream.write(added[1])
    [(status, said)] = run(blocks("scenario")[0], centre)
    assert status == 1 and "不符" in said and "得到：主管部门批准" in said

    policy = next((centre / "policies/chengxi/change-management").glob("*.yaml"))
    text = policy.read_text(encoding="utf-8")
    assert text.count("{value: 10,") == 2
    policy.write_text(text.replace("{value: 10,", "{value: 20,", 1), encoding="utf-8")
    assert run(["banshi check"], centre)[0][0] == 1, "a gap is told"
    policy.write_text(text.replace("{value: 10,", "{value: 20,"), encoding="utf-8")
    (checked, _), (tested, said) = run(blocks("edit")[0], centre)
    assert (checked, tested) == (0, 1) and "多一分钱" in said and "正好20万元" not in said
    scenarios.write_text(scenarios.read_text(encoding="utf-8").replace("100000.01", "200000.01"), encoding="utf-8")
    assert run(blocks("edit")[1], centre)[0][0] == 0

    assert run(blocks("guide")[0], centre)[0][0] == 0
    guide = (centre / "site/guides/change-approval/index.html").read_text(encoding="utf-8")
    assert "20万元" in guide and "正好20万元，业主会商" in guide
    assert [status for status, _ in run(blocks("amend")[0], centre)] == [0, 0]
