"""The four reports: the JSON contract, SARIF by its public schema, annotations, and text for a person."""

import json
import os
import re
from pathlib import Path
from typing import Any
from urllib.parse import unquote_to_bytes

import jsonschema
import pytest
from conftest import ROOT, banshi, write_yaml

from banshi.checking.examples import laid_over

DATA = Path(__file__).parent / "data"


@pytest.fixture
def faulty(sound_ledger: dict[str, Any], tmp_path: Path) -> Path:
    path = tmp_path / "一份 台账.yaml"
    write_yaml(path, laid_over(sound_ledger, {"changes": [{"tier": "consultation", "project": "other"}]}))
    return path


def test_json_keeps_its_contract(faulty: Path) -> None:
    done = banshi("check", str(faulty), "--format", "json")
    report = json.loads(done.stdout)
    assert done.returncode == 1
    assert list(report) == ["version", "law", "findings", "summary"]
    assert list(report["law"]) == ["folder", "version", "digest"]
    assert report["version"] == 1
    assert set(report["summary"]) == {"files", "errors", "warnings", "notes"}
    found = next(f for f in report["findings"] if f["rule"] == "change/tier-matches-amount")
    assert list(found) == [
        "rule",
        "severity",
        "path",
        "line",
        "column",
        "where",
        "message",
        "fix",
        "basis",
        "reading_dependent",
    ]
    assert found["where"] == ["changes", 0, "tier"]
    assert found["severity"] == "error"
    lines = faulty.read_text(encoding="utf-8").splitlines()
    assert lines[found["line"] - 1][found["column"] - 1 :].startswith('"consultation"')
    basis = found["basis"][0]
    assert set(basis) == {"instrument", "version", "provision", "label", "norm", "url"}
    assert basis["instrument"] == "luzhou/change-management"
    assert basis["url"] == "instruments/luzhou/change-management/2011-11-04/#p-3-1"


def test_json_lines_hold_what_json_holds(faulty: Path) -> None:
    whole = json.loads(banshi("check", str(faulty), "--format", "json").stdout)
    *found, end = map(json.loads, banshi("check", str(faulty), "--format", "jsonl").stdout.splitlines())
    assert found == whole["findings"]
    assert end == {key: whole[key] for key in ("version", "law", "summary")}


def test_findings_are_ordered_and_repeatable(faulty: Path) -> None:
    first = banshi("check", str(faulty), "--format", "json").stdout
    assert banshi("check", str(faulty), "--format", "json").stdout == first
    places = [(f["path"], f["line"], f["column"], f["rule"]) for f in json.loads(first)["findings"]]
    assert places == sorted(places)
    assert len(places) > 1


def sarif(*words: str, cwd: Path) -> dict[str, Any]:
    """The one run of a log, which is valid by the public schema."""
    log = json.loads(banshi("check", *words, "--format", "sarif", cwd=cwd).stdout)
    schema = json.loads((DATA / "sarif-2.1.0.schema.json").read_text(encoding="utf-8"))
    jsonschema.validate(log, schema, cls=jsonschema.Draft4Validator)
    assert log["version"] == "2.1.0"
    run: dict[str, Any] = log["runs"][0]
    return run


def places(run: dict[str, Any]) -> list[dict[str, Any]]:
    return [result["locations"][0]["physicalLocation"] for result in run["results"]]


def test_sarif_says_of_every_rule_what_a_code_host_shows(faulty: Path) -> None:
    (faulty.parent / "mkdocs.yml").write_text("site_url: https://centre.example/guide\n", encoding="utf-8")
    (faulty.parent / "bad.yaml").write_text("kind: [", encoding="utf-8")
    run = sarif(".", cwd=faulty.parent)
    rules = run["tool"]["driver"]["rules"]
    assert [r["id"] for r in rules] == sorted({r["ruleId"] for r in run["results"]})
    assert {"change/tier-matches-amount", "input/syntax"} <= {r["id"] for r in rules}
    for rule in rules:
        said = [rule[key]["text"] for key in ("shortDescription", "fullDescription", "help")]
        assert all(said) and said[0].endswith("。") and f"banshi explain {rule['id']}" in said[2]
        assert rule["helpUri"] == f"https://centre.example/guide/rules/{rule['id']}/"
        assert re.fullmatch(r"[a-z]+:.+", run["tool"]["driver"]["informationUri"])
    assert all(rules[r["ruleIndex"]]["id"] == r["ruleId"] for r in run["results"])


def test_sarif_places_are_relative_and_show_what_stands_there(faulty: Path) -> None:
    for given in (faulty.name, str(faulty), f"./x/../{faulty.name}"):
        (faulty.parent / "x").mkdir(exist_ok=True)
        run = sarif(given, cwd=faulty.parent)
        assert run["columnKind"] == "unicodeCodePoints" and "%SRCROOT%" in run["originalUriBaseIds"]
        for place in places(run):
            assert place["artifactLocation"] == {
                "uri": "%E4%B8%80%E4%BB%BD%20%E5%8F%B0%E8%B4%A6.yaml",
                "uriBaseId": "%SRCROOT%",
            }
    tier = next(n for n, r in enumerate(run["results"]) if r["ruleId"] == "change/tier-matches-amount")
    place = places(run)[tier]
    assert place["region"]["snippet"]["text"] == '"consultation"'
    assert place["region"]["snippet"]["text"] in place["contextRegion"]["snippet"]["text"]
    outside = sarif(str(faulty), cwd=ROOT)
    assert {p["artifactLocation"]["uri"].partition("/")[0] for p in places(outside)} == {"file:"}
    assert all("uriBaseId" not in p["artifactLocation"] for p in places(outside))


@pytest.mark.parametrize("name", ["a:b.yaml", "a#b?c%20d.yaml", "\u202ea.yaml", b"\xd3\xd0.yaml", "a\nb.yaml"])
def test_sarif_takes_any_name(faulty: Path, name: str | bytes) -> None:
    there = faulty.parent / "d"
    there.mkdir()
    faulty.rename(there / os.fsdecode(name))
    run = sarif(".", cwd=there)
    assert run["results"]
    for place in places(run):
        uri = place["artifactLocation"]["uri"]
        assert unquote_to_bytes(uri) == os.fsencode(name) and uri.isascii() and not set(":#?\n ") & set(uri)


def test_sarif_knows_a_finding_again_where_its_lines_moved(faulty: Path) -> None:
    def prints() -> list[dict[str, str]]:
        return [r["partialFingerprints"] for r in sarif(faulty.name, cwd=faulty.parent)["results"]]

    before = prints()
    assert len({json.dumps(each) for each in before}) == len(before) > 1
    faulty.write_text("# 一行\n\n" + faulty.read_text(encoding="utf-8"), encoding="utf-8")
    assert prints() == before


def test_github_annotations(faulty: Path) -> None:
    lines = banshi("check", str(faulty), "--format", "github").stdout.splitlines()
    assert all(line.startswith(("::error ", "::warning ", "::notice ")) for line in lines)
    assert any("title=change/tier-matches-amount::" in line for line in lines)


def test_text_shows_the_line_the_basis_and_the_fix(faulty: Path) -> None:
    text = banshi("check", str(faulty)).stdout
    assert '"tier": "consultation"' in text
    assert "依据：泸市府办发〔2011〕37号 三（一）" in text
    assert "改法：" in text
    assert "\033[" not in text


def test_messages_in_english(faulty: Path) -> None:
    found = json.loads(banshi("check", str(faulty), "--format", "json", "--lang", "en").stdout)["findings"]
    for finding in found:
        assert not any("\u4e00" <= c <= "\u9fff" for c in finding["message"] if c not in "元万"), finding["message"]


@pytest.mark.parametrize(("fail_on", "status"), [("error", 0), ("warning", 1), ("note", 1)])
def test_exit_status_follows_fail_on(fail_on: str, status: int, sound_ledger: dict[str, Any], tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    write_yaml(
        path,
        laid_over(
            sound_ledger,
            {"changes": [{"tier": "government", "opinions": [], "status": "draft", "implemented_on": None}]},
        ),
    )
    assert banshi("check", str(path), "--fail-on", fail_on).returncode == status


def test_a_rule_that_crashes_is_a_finding_and_the_rest_still_run(faulty: Path, tmp_path: Path) -> None:
    (tmp_path / "validators/change").mkdir(parents=True)
    (tmp_path / "validators/change/broken.py").write_text(
        '"""会出错的规则"""\nfrom banshi.checking.rules import Text\n'
        'TITLE, SEVERITY, BASIS, GOOD, BAD = Text("会出错的规则", "fails"), "error", (), "", ""\n'
        "def check(case):\n    raise RuntimeError('x')\n    yield\n",
        encoding="utf-8",
    )
    done = banshi("check", str(faulty), "--format", "json", "--trust-project", cwd=tmp_path)
    rules = [f["rule"] for f in json.loads(done.stdout)["findings"]]
    assert done.returncode == 2
    assert "engine/rule-crashed" in rules
    assert "change/tier-matches-amount" in rules
    assert "Traceback" not in done.stderr


def test_a_projects_own_rules_run_only_when_trusted(sound_ledger: dict[str, Any], tmp_path: Path) -> None:
    (tmp_path / "validators/change").mkdir(parents=True)
    (tmp_path / "validators/change/evil.py").write_text("raise SystemExit(9)\n", encoding="utf-8")
    write_yaml(tmp_path / "a.yaml", sound_ledger)
    assert banshi("check", "a.yaml", cwd=tmp_path).returncode == 0
