"""A version in force is not changed without a word of whether it is a correction or an amendment."""

import copy
import json
import re
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, banshi, write_yaml
from test_diff import LINJIANG, norm, plain
from test_diff_command import git, put

from banshi.files.reading import DOCUMENT_SUFFIXES, LINES_SUFFIXES, TABLE_SUFFIXES, YAML_SUFFIXES, read

FILE = "policies/linjiang/change-rules/2026-01-01.yaml"
RULE = "input/changed-in-force"


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    put(tmp_path / FILE, LINJIANG)
    (tmp_path / "banshi.toml").write_text('jurisdiction = "linjiang"\n', encoding="utf-8")
    git(tmp_path, "init", "-q", "-b", "main")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-qm", "first")
    return tmp_path


def found(folder: Path, data: Any = None, on: str = "2026-11-27") -> list[dict[str, Any]]:
    if data is not None:
        write_yaml(folder / FILE, data)
    done = banshi("check", "policies", "--since", "main", "--as-of", on, "--format", "json", cwd=folder)
    assert done.returncode in (0, 1), done.stderr
    return [each for each in json.loads(done.stdout)["findings"] if each["rule"] == RULE]


def raised() -> dict[str, Any]:
    after = copy.deepcopy(LINJIANG)
    norm(after, "larger-single")["amount"]["upper"]["value"] = 50
    norm(after, "major-single")["amount"]["lower"]["value"] = 50
    return after


def test_a_figure_changed_in_silence_is_refused(repository: Path) -> None:
    assert found(repository) == []
    first, second = found(repository, raised())
    assert "larger-single" in first["message"] and first["line"] > 1 and first["fix"]
    assert "major-single" in second["message"]
    assert found(repository, None, "2025-12-31") == [], "not in force yet"


def test_a_correction_says_so(repository: Path) -> None:
    after = raised()
    after["corrections"] = [
        {"id": "c1", "norm": name, "since": "2026-01-01", "told_until": "2026-03-14", "said": {path: 30}}
        for name, path in (("larger-single", "amount.upper.value"), ("major-single", "amount.lower.value"))
    ]
    after["corrections"][1]["id"] = "c2"
    assert found(repository, after) == []
    del after["corrections"][1]
    assert len(found(repository, after)) == 1


def test_a_correction_excuses_what_it_mends_and_nothing_else(repository: Path) -> None:
    after = raised()
    del after["readings"]
    norm(after, "larger-single")["of"] = "net"
    after["corrections"] = [
        {"id": name, "norm": name, "since": "2026-01-01", "told_until": "2026-03-14", "said": {path: 30}}
        for name, path in (("larger-single", "amount.upper.value"), ("major-single", "amount.lower.value"))
    ]
    assert sorted(each["message"].split("，")[1].split()[0] for each in found(repository, after)) == [
        "discounted-unit-price",
        "larger-single",
    ]
    after["corrections"][0]["said"] = {"amount.upper.value": 29}  # that it never said
    after["readings"], norm(after, "larger-single")["of"] = LINJIANG["readings"], "absolute"
    assert [each["line"] > 1 for each in found(repository, after)] == [True]


@pytest.mark.parametrize("change", [{"said": {"points": 4}}, {"told_until": "2026-04-14"}, {"note": "另注"}, None])
def test_a_correction_that_was_recorded_stays_as_it_is(change: dict[str, Any] | None, tmp_path: Path) -> None:
    path = tmp_path / "policies/linjiang/window-assessment/2026-01-01.yaml"
    marks = plain(ROOT / "examples/linjiang/policies/linjiang/window-assessment/2026-01-01.yaml")
    put(path, marks)
    (tmp_path / "banshi.toml").write_text('jurisdiction = "linjiang"\n', encoding="utf-8")
    git(tmp_path, "init", "-q", "-b", "main")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-qm", "first")
    after = copy.deepcopy(marks)
    if change is None:
        del after["corrections"]
    else:
        after["corrections"][0] |= change
    put(path, after)
    told = [(each["severity"], each["line"] > 1) for each in found(tmp_path)]
    assert told == ([] if change and "note" in change else [("warning", change is not None)])


@pytest.mark.parametrize(
    ("where", "value"),
    [
        (("dates", "in_force"), "2026-02-01"),
        (("dates", "ended"), None),
        (("normative",), False),
        (("amends",), [{"instrument": "linjiang/leave-and-hours", "changes": [{"do": "remove", "norm": "x"}]}]),
    ],
)
def test_what_the_version_itself_is_is_not_changed_in_silence(
    where: tuple[str, ...], value: Any, repository: Path
) -> None:
    """Its first day, a stated last day taken back, that it is law, what it amends."""
    before, after = copy.deepcopy(LINJIANG), copy.deepcopy(LINJIANG)
    before["dates"]["ended"] = "2099-12-31"
    put(repository / FILE, before)
    git(repository, "commit", "-qam", "an end")
    after["dates"]["ended"] = "2099-12-31"
    part = after
    for key in where[:-1]:
        part = part[key]
    part[where[-1]] = value
    if value is None:
        del part[where[-1]]
    (problem, *_) = found(repository, after)
    assert where[0] in problem["message"]


def test_an_end_may_be_added(repository: Path) -> None:
    after = copy.deepcopy(LINJIANG)
    after["dates"]["ended"] = "2026-12-31"
    assert found(repository, after) == []


def test_wording_and_layout_are_free(repository: Path) -> None:
    after = copy.deepcopy(LINJIANG)
    norm(after, "larger-single")["statement"] = "{condition}，较大变更。"
    after["provisions"].reverse()
    assert found(repository, after) == []


def test_a_version_taken_away_and_an_amendment_beside_it(repository: Path) -> None:
    other = copy.deepcopy(raised())
    other["version"], other["dates"]["in_force"] = "2026-12-01", "2026-12-01"
    put(repository / "policies/linjiang/change-rules/2026-12-01.yaml", other)
    assert found(repository) == []
    (repository / FILE).unlink()
    [gone] = found(repository)
    assert "现在没有了" in gone["message"]


def test_no_git_or_no_revision_is_one_line(repository: Path) -> None:
    done = banshi("check", "policies", "--since", "nosuch", cwd=repository)
    assert done.returncode == 2 and len(done.stderr.splitlines()) == 1


def test_before_the_first_commit_nothing_was_changed(tmp_path: Path) -> None:
    put(tmp_path / FILE, LINJIANG)
    (tmp_path / "banshi.toml").write_text('jurisdiction = "linjiang"\n', encoding="utf-8")
    assert banshi("check", "policies", "--since", "HEAD", cwd=tmp_path).returncode == 2, "no repository at all"
    git(tmp_path, "init", "-q", "-b", "main")
    assert banshi("check", "policies", "--since", "HEAD", cwd=tmp_path).returncode == 0
    assert banshi("check", "policies", "--since", "main", cwd=tmp_path).returncode == 2
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-qm", "first")
    git(tmp_path, "checkout", "-q", "--orphan", "other")
    assert banshi("check", "policies", "--since", "HEAD", cwd=tmp_path).returncode == 0


@pytest.mark.parametrize("kind", ["chnage", "chang", "changes"])
def test_a_misspelt_kind_is_not_somebody_elses(kind: str, repository: Path) -> None:
    """The keys of a filing stand there, so its kind is misspelt; with other keys it is another tool's word."""
    filing = (ROOT / "examples/change/binhe-road/changes/001.yaml").read_text(encoding="utf-8")
    (repository / "filing.yaml").write_text(filing.replace("kind: change", f"kind: {kind}", 1), encoding="utf-8")
    (repository / "theirs.yaml").write_text(f"kind: {kind}\nname: x\nnumber: 3\nstatus: open\n", encoding="utf-8")
    assert banshi("check", "--ours", "theirs.yaml", cwd=repository).returncode == 0
    done = banshi("check", "--ours", "filing.yaml", "theirs.yaml", cwd=repository)
    assert done.returncode == 1 and "shape/unknown-kind" in done.stdout and "theirs" not in done.stdout


def test_only_files_of_ours_are_taken(repository: Path) -> None:
    others = {
        "deploy.yaml": "kind: Deployment\nspec: [\n",
        "package.json": '{"name": "x", "kind": "other"}',
        "data.csv": "a,b\n1,2\n",
        "broken.yaml": ": : :\n- {",
        "nested.yaml": "apiVersion: v1\nspec:\n  kind: project\n",
        "nested.json": '{"log": {"kind": "change"}, "items": [{"kind": "policy"}]}',
        "nested.jsonl": '{"event": {"kind": "ledger"}}\n{"kind": "ledger"}\n',
        "list.yaml": "- {kind: change}\n",
    }
    for name, text in others.items():
        (repository / name).write_text(text, encoding="utf-8")
    assert banshi("check", "--ours", *others, cwd=repository).stdout == ""
    assert banshi("check", "--ours", *others, cwd=repository).returncode == 0
    done = banshi("check", "--ours", FILE, *others, cwd=repository)
    assert done.returncode == 0 and "检查了 1 个文件" in done.stdout
    (repository / "filing.yaml").write_text("kind: ledger\nproject: {}\n", encoding="utf-8")
    assert banshi("check", "--ours", "filing.yaml", *others, cwd=repository).returncode == 1


def test_the_hooks_are_what_the_command_line_has() -> None:
    from banshi.cli import options_of

    hooks = read(ROOT / ".pre-commit-hooks.yaml").document
    assert hooks is not None
    for hook in hooks.data:
        words = hook["entry"].split()
        assert words[0] == "banshi" and options_of(words[1:]).command == "check"
    for suffix in (*YAML_SUFFIXES, *LINES_SUFFIXES, *TABLE_SUFFIXES, *DOCUMENT_SUFFIXES, ".dat"):
        assert re.search(hooks.data[0]["files"], f"a/b{suffix}"), suffix
    assert re.search(hooks.data[0]["files"], FILE) and re.search(hooks.data[1]["files"], FILE)


@pytest.mark.parametrize("name", ["ci.yml", "gitlab-ci.yml", "gitee.yml"])
def test_the_workflows_run_what_the_command_line_has(name: str) -> None:
    import yaml

    from banshi.cli import options_of

    text = (ROOT / "starters/project" / name).read_text(encoding="utf-8").replace("{{ version }}", "1")
    assert isinstance(yaml.safe_load(text), dict)
    commands = re.findall(r"(?m)(?:^|- |then |run: )\s*banshi ([a-z][^|;\n]*)", text)
    assert {"check", "test", "diff", "impact"} <= {options_of(each.split()).command for each in commands}
    assert any("--since" in each for each in commands)


CALENDAR = "policies/linjiang/working-days/2026.yaml"
CATALOGUE = "policies/linjiang/catalogues/eatery.yaml"
BESIDE: list[tuple[str, str, str, str, list[str]]] = [  # file, day, what stands there, what is written instead, what is said
    (CALENDAR, "2026-11-27", "to: 2026-05-15", "to: 2026-05-16", ["“临江市2026年地方放假安排（虚构）”排的日子改了"]),
    (CALENDAR, "2025-12-04", "to: 2026-05-15", "to: 2026-05-16", []),  # nobody knew it yet
    (CALENDAR, "2026-11-27", "title: 临江市2026年地方放假安排（虚构）\n    issued", "title: 另一个通知\n    issued", ["没有了"]),
    (CALENDAR, "2026-11-27", "confirmed: false", "confirmed: true  # 已核对", []),
    (CATALOGUE, "2026-11-27", "promised: 8", "promised: 5", ["“食品经营许可”改了（limits）"]),
    (CATALOGUE, "2026-11-27", "requires: [licence]", "requires: []", ["“食品经营许可”改了（requires）", "“污水排入排水管网许可”改了（requires）"]),
    (CATALOGUE, "2026-11-27", "note: 标明面积", "note: 标明各间面积", ["“食品经营许可”改了（materials）"]),
    (CATALOGUE, "2026-11-27", "place: 临江市", "place: 新址，临江市", []),
    (CATALOGUE, "2026-11-27", "in_use_from: 2026-01-01", "in_use_from: 2026-12-01", ["in_use_from 改了"]),
    (CATALOGUE, "2025-12-31", "promised: 8", "promised: 5", []),  # not yet in use
]  # fmt: skip


@pytest.mark.parametrize(("file", "on", "old", "new", "said"), BESIDE)
def test_what_lies_beside_the_law_and_was_relied_on_is_not_changed_unnoticed(
    file: str, on: str, old: str, new: str, said: list[str], repository: Path
) -> None:
    text = (ROOT / "examples/linjiang" / file).read_text("utf-8")
    path = repository / file
    path.parent.mkdir(parents=True)
    path.write_text(text, "utf-8")
    git(repository, "add", ".")
    git(repository, "commit", "-qm", "beside")
    assert found(repository, None, on) == []
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")
    told = found(repository, None, on)
    assert [each["severity"] for each in told] == ["warning"] * len(said)
    assert all(part in each["message"] for part, each in zip(said, told, strict=True))
    path.unlink()
    gone = found(repository, None, on)
    assert bool(gone) == (on == "2026-11-27") and all("没有了" in each["message"] for each in gone)
