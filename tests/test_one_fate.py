"""One unit, one fate: whatever goes wrong with a file, a line, a form or a rule is told there, and the rest is reported."""

import importlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from conftest import ROOT, banshi
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import force_setattr

from banshi.base.limits import MAX_COUNTED, MAX_FINDINGS, MAX_SAID, MAX_STEP
from banshi.base.text import Text
from banshi.checking.checker import Checker
from banshi.checking.loading import Loader
from banshi.files.findings import MORE, Finding, Findings, Severity
from banshi.files.reading import read
from banshi.files.shape import Shapes
from banshi.files.validators import deciding, explaining

FORM = (ROOT / "validators/change/_example.yaml").read_text(encoding="utf-8")
WRONG = FORM.replace("tier: finance", "tier: nonsense")
ERRORS = [
    MemoryError("x"),
    RecursionError("x"),
    ValueError("x"),
    UnicodeEncodeError("utf-8", "\ud800", 0, 1, "x"),
    OSError(5, "x"),
]


def line(name: str) -> str:
    document = read(ROOT / "validators/change/_example.yaml").document
    assert document is not None
    project = {**document.data["project"], "name": name}
    changes = [{**document.data["changes"][0], "tier": "nonsense"}]
    return json.dumps({**document.data, "project": project, "changes": changes})


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("a.yaml", "b.yaml", "c.yaml"):
        (tmp_path / name).write_text(WRONG.replace("样例道路", f"{name} 道路"), encoding="utf-8")
    (tmp_path / "d.jsonl").write_text("\n".join(line(f"第{n}条路") for n in range(3)), encoding="utf-8")
    project = tmp_path / "项目"
    (project / "changes").mkdir(parents=True)
    document = read(ROOT / "validators/change/_example.yaml").document
    assert document is not None
    of_its_own = {**document.data["project"], "name": "另一条路"}
    (project / "project.yaml").write_text(json.dumps(of_its_own), encoding="utf-8")
    for n in (1, 2):
        form = {**document.data["changes"][0], "sequence": n, "number": f"x-{n}"}
        (project / "changes" / f"{n}.yaml").write_text(json.dumps(form), encoding="utf-8")
    return tmp_path


def failing(method: Callable[..., Any], error: Exception, at: Callable[..., bool]) -> Callable[..., Any]:
    """The method, which fails where ``at`` says so."""

    def instead(*args: Any, **kwargs: Any) -> Any:
        if at(*args):
            raise error
        return method(*args, **kwargs)

    return instead


@pytest.mark.parametrize("error", ERRORS, ids=lambda e: type(e).__name__)
@pytest.mark.parametrize("path", ["b.yaml", "项目/changes/1.yaml"])
def test_a_failure_over_one_file_is_told_there(
    error: Exception, path: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = Checker(ROOT).check([folder])
    monkeypatch.setattr(
        Loader, "shaped", failing(Loader.shaped, error, lambda _, reading, *rest: reading.path.endswith(path))
    )
    after = Checker(ROOT).check([folder])
    told = [f for f in after.findings if f.rule == "engine/unit-failed"]
    assert [(f.path, f.severity) for f in told] == [((folder / path).as_posix(), Severity.ERROR)]
    assert after.failed
    elsewhere = [f.order for f in before.findings if "项目" not in f.path and not f.path.endswith(path)]
    assert [f.order for f in after.findings if "项目" not in f.path and f not in told] == elsewhere


@pytest.mark.parametrize("error", ERRORS, ids=lambda e: type(e).__name__)
def test_a_failure_over_one_line_is_told_there(error: Exception, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        Loader,
        "shaped",
        failing(Loader.shaped, error, lambda _, r, *rest: r.path.endswith("d.jsonl") and r.document.first_line == 2),
    )
    report = Checker(ROOT).check([folder / "d.jsonl"])
    assert [(f.rule, f.line) for f in report.findings if f.rule == "engine/unit-failed"] == [("engine/unit-failed", 2)]
    assert {f.line for f in report.findings if f.rule == "change/tier-matches-amount"} == {1, 3}


@pytest.mark.parametrize("error", ERRORS, ids=lambda e: type(e).__name__)
def test_a_failure_of_one_rule_is_told_and_the_others_run(
    error: Exception, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    checker = Checker(ROOT)
    before = [f.order for f in checker.check([folder / "a.yaml"]).findings]
    broken = next(rule for rule in checker.rules("change") if rule.id == "change/row-amounts-add-up")

    def fails(*_: Any) -> Any:
        raise error

    force_setattr(broken, "check", fails)
    after = checker.check([folder / "a.yaml"])
    assert [f.order for f in after.findings if f.rule != "engine/rule-crashed"] == before
    assert [f.severity for f in after.findings if f.rule == "engine/rule-crashed"] == [Severity.ERROR]
    assert after.failed


def test_attacks_of_one_line_leave_the_others(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    bad = [
        "[" * 900 + "]" * 900,
        '{"kind": "\\ud800"}',
        '{"\\ud800": 1}',
        "\ufeff",
        "{",
        "\x00",
        '{"kind": "' + "k" * 10**6 + '"}',
    ]
    path.write_text("\n".join([line("甲路"), *bad, line("乙路")]), encoding="utf-8")
    report = Checker(ROOT).check([path])
    assert not report.failed
    assert {f.line for f in report.findings} == set(range(1, len(bad) + 3))
    assert {f.line for f in report.findings if f.rule == "change/tier-matches-amount"} == {1, len(bad) + 2}


@pytest.mark.parametrize("name", ["x" * 300, "a\x00b", "目录" * 200, "\ud800", "x/" * 3000])
def test_a_name_that_no_system_can_spell(name: str, tmp_path: Path) -> None:
    """In a file that names another, and on the command line."""
    cases = {"kind": "parallel-case", "id": "1", "name": "x", "catalogue": name, "starts_on": "2012-01-16"}
    logs = {"kind": "cases", "jurisdiction": "luzhou", "centre": "x", "level": "city", "log": name}
    attendance = {"kind": "attendance", "centre": "x", "month": "2010-03", "punches": name, "staff": name}
    for n, data in enumerate((cases, logs, attendance)):
        (tmp_path / f"{n}.yaml").write_text(json.dumps(data), encoding="utf-8")
    (tmp_path / "z.yaml").write_text(WRONG, encoding="utf-8")
    report = Checker(ROOT).check([tmp_path])
    assert [f for f in report.findings if f.rule.startswith("engine/")] == []
    assert "change/tier-matches-amount" in {f.rule for f in report.findings}
    found = {Path(f.path).name for f in report.findings if f.severity is Severity.ERROR}
    assert found > {"0.yaml", "2.yaml", "z.yaml"}  # and what the log names, or the log
    assert [f.rule for f in Checker(ROOT).check([Path(name)]).findings] == ["input/unreadable"]


# findings


def finding(path: str, line: int, severity: Severity) -> Finding:
    return Finding(rule="x/y", severity=severity, path=path, line=line, column=1, end_column=2, message=Text("x", "x"))


@given(
    st.lists(st.tuples(st.sampled_from("ab"), st.integers(1, 9), st.sampled_from(Severity)), max_size=40),
    st.one_of(st.none(), st.integers(1, 6)),
)
def test_findings_are_listed_or_counted(found: list[tuple[str, int, Severity]], most: int | None) -> None:
    own, report = Findings(most=most), Findings(most=most)
    own += [finding(*each) for each in found]
    report.take(own)
    for severity in Severity:
        assert report.counted()[severity] == sum(each[2] is severity for each in found)
    for path in "ab":
        listed = [f for f in report if f.path == path]
        assert most is None or len(listed) <= most
    report.settle()
    assert {f.path for f in report if f.rule == MORE} == set(report.left)
    gravest = {path: min(counts, key=lambda s: s.rank) for path, counts in report.left.items()}
    assert {f.path: f.severity for f in report if f.rule == MORE} == gravest


_WRITERS = {
    "text": ("text_report", "_excerpt"),
    "json": ("json_report", "finding_json"),
    "jsonl": ("json_report", "finding_json"),
    "sarif": ("sarif", "_result"),
    "github": ("github", "_line"),
}


@pytest.mark.parametrize("form", _WRITERS)
def test_a_finding_that_cannot_be_told_silences_no_other(
    form: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = banshi("check", str(folder), "--format", form)
    module, name = _WRITERS[form]
    place = f"banshi.output.reports.{module}"
    told = getattr(importlib.import_module(place), name)
    fails = failing(
        told, ValueError("x"), lambda finding, *_: finding.path.endswith("b.yaml") and "tier-" in finding.rule
    )
    monkeypatch.setattr(f"{place}.{name}", fails)
    done = banshi("check", str(folder), "--format", form)
    assert before.returncode == 1 and done.returncode == 2 and not done.stderr
    assert before.stdout.count("change/tier-matches-amount") - 1 <= done.stdout.count("change/tier-matches-amount")
    assert done.stdout.count("engine/unit-failed") and "ValueError: x" in done.stdout
    for path in ("a.yaml", "c.yaml", "d.jsonl"):
        assert path in done.stdout


def test_a_report_that_cannot_be_made_at_all_is_one_line(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("banshi.output.reports.text_report._summary", failing(print, ValueError("x"), lambda *_: True))
    done = banshi("check", str(folder))
    assert done.returncode == 2 and done.stderr.count("\n") == 1 and "ValueError: x" in done.stderr


def test_where_marks_cannot_be_written_what_was_found_is_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with xlsxwriter.Workbook(str(folder / "x.xlsx")) as book:
        book.add_worksheet("报批表").write_row(0, 0, ["项目标识", "编号", "序次", "申报档次"])
        book.worksheets()[0].write_row(1, 0, ["p", "x-1", "1", "没有"])
    monkeypatch.setattr(
        "banshi.output.annotating.workbook.first_page", failing(print, MemoryError("x"), lambda *_: True)
    )
    done = banshi("check", str(folder / "x.xlsx"), "--annotate", str(folder / "y.xlsx"))
    assert done.returncode == 2 and "MemoryError: x" in done.stderr and not (folder / "y.xlsx").exists()
    assert "错误 [input/" in done.stdout


FAULTY: dict[str, Callable[[int], str]] = {
    "duplicates": lambda n: FORM + "x: 1\n" * (n + 1),
    "unknown": lambda n: FORM + "".join(f"key{k}: 1\n" for k in range(n)),
    "escapes": lambda n: FORM + "".join(f'k{k}: "\\0"\n' for k in range(n // 2)),
    "json": lambda n: "{" + ", ".join(['"kind": "ledger"'] + ['"x": 1'] * (n + 1)) + "}",
}


@pytest.mark.parametrize("kind", FAULTY)
def test_at_most_so_many_findings_of_one_file(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    for count in (MAX_FINDINGS // 2, MAX_FINDINGS * 3):
        path.write_text(FAULTY[kind](count), encoding="utf-8")
        few, all_of_them = (Checker(ROOT, most=most).check([path]) for most in (MAX_FINDINGS, None))
        assert MORE not in {f.rule for f in all_of_them.findings}
        assert few.summary == all_of_them.summary
        assert len([f for f in few.findings if f.rule != MORE]) == min(MAX_FINDINGS, len(all_of_them.findings))
        assert (MORE in {f.rule for f in few.findings}) == (len(all_of_them.findings) > MAX_FINDINGS)


def test_beyond_a_limit_deviations_are_at_least_so_many(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(FAULTY["unknown"](MAX_COUNTED + MAX_FINDINGS + 10), encoding="utf-8")
    said = [f.message.zh for f in Checker(ROOT).check([path]).findings if f.rule == MORE]
    assert said == [f"这个文件另有至少 {MAX_COUNTED} 处没有列出（错误 {MAX_COUNTED}）"]


def test_the_option_lists_them_all(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(FAULTY["duplicates"](300), encoding="utf-8")
    few, everything = banshi("check", str(path)), banshi("check", "--all", str(path))
    assert "--all" in few.stdout and "--all" not in everything.stdout
    assert few.stdout.count("input/duplicate-key") == MAX_FINDINGS < everything.stdout.count("input/duplicate-key")
    assert few.returncode == everything.returncode == 1


CASE = '{"id": "B-%d", "kind": "other", "department": "发展改革", "window": "W01", "accepted_on": "2012-01-04"}'
FAULTY_LOGS = {
    "the same case twice": [CASE % 1] * 251,
    "no number": [CASE.replace('"B-%d"', "[]")] * 250,
    "overdue": [(CASE % n)[:-1] + ', "due_on": "2012-01-10", "finished_on": "2012-02-01"}' for n in range(250)],
}


@pytest.mark.parametrize("lines", FAULTY_LOGS.values(), ids=FAULTY_LOGS)
def test_the_option_lists_all_of_a_log(lines: list[str], tmp_path: Path) -> None:
    head = (
        '{"kind": "cases", "jurisdiction": "luzhou", "centre": "样例（虚构）", "level": "city", "as_of": "2012-03-01"}'
    )
    path = tmp_path / "a.jsonl"
    path.write_text("\n".join([head, *lines]) + "\n", encoding="utf-8")
    few, everything = (Checker(ROOT, most=most).check([path]) for most in (MAX_FINDINGS, None))
    assert few.summary == everything.summary
    assert len(everything.findings) == 250 and len([f for f in few.findings if f.rule != MORE]) == MAX_FINDINGS
    assert any("另有 50 处没有列出" in f.message.zh for f in few.findings)
    assert MORE not in {f.rule for f in everything.findings}


def test_what_is_said_is_short_whatever_is_written(tmp_path: Path) -> None:
    long = "长" * 10**6
    texts = [
        f"kind: {long}",
        f"{long}: 1\n{long}: 2",
        FORM.replace("tier: finance", f"tier: {long}"),
        FORM + f"{long}: 1\n",
    ]
    for n, text in enumerate(texts):
        (tmp_path / f"{n}.yaml").write_text(text, encoding="utf-8")
    report = Checker(ROOT).check([tmp_path])
    assert len({f.path for f in report.findings}) == len(texts)
    for each in report.findings:
        assert max(map(len, (*each.message, *each.fix))) <= MAX_SAID
        assert all(len(str(step)) <= MAX_STEP for step in each.where)
    for form in ("text", "json", "github", "sarif"):
        assert len(banshi("check", str(tmp_path), "--format", form).stdout) < 40_000


def test_two_validators_that_disagree_are_no_pass(tmp_path: Path) -> None:
    """A format that one validator looks at and the other does not, in a centre's own schema."""
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "properties": {"kind": {}, "mail": {"type": "string", "format": "email"}},
    }
    (tmp_path / "guide.schema.json").write_text(json.dumps(schema), encoding="utf-8")
    shapes = Shapes([tmp_path, ROOT / "schemas"])
    assert list(shapes.check({"kind": "guide", "mail": "a@example.org"}, "guide")) == []
    found = list(shapes.check({"kind": "guide", "mail": "nobody"}, "guide"))
    assert [(p.rule, p.where) for p in found] == [("shape/wrong-value", ("mail",))]


leaf = st.one_of(
    st.builds(lambda t: {"type": t}, st.sampled_from(["string", "integer", "boolean", "array", "object", "null"])),
    st.builds(lambda n: {"type": "integer", "minimum": n}, st.integers(-3, 3)),
    st.builds(lambda n: {"minLength": n}, st.integers(0, 3)),
    st.just({"enum": ["a", 1, None]}),
    st.just({"const": True}),
    st.just({"type": ["string", "number"], "format": "date"}),
    st.just({"pattern": "^[0-9]{1,3}$"}),
)
schemas = st.recursive(
    leaf,
    lambda inner: st.one_of(
        st.builds(
            lambda p, r, a: {"type": "object", "properties": p, "required": r, "additionalProperties": a},
            st.dictionaries(st.sampled_from("abc"), inner, max_size=3),
            st.lists(st.sampled_from("abc"), unique=True, max_size=2),
            st.booleans(),
        ),
        st.builds(lambda i, n: {"type": "array", "items": i, "minItems": n}, inner, st.integers(0, 2)),
        st.builds(lambda a, b: {"allOf": [{"if": a, "then": b}]}, inner, inner),
    ),
    max_leaves=6,
)
instances = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(-4, 4),
        st.sampled_from(["", "a", "12", "2011-11-04", "2011-02-30", "12\n", "١", "😀😀"]),
    ),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.sampled_from("abcd"), inner, max_size=3)),
    max_leaves=6,
)


@given(schemas, instances)
def test_the_validators_agree(schema: dict[str, Any], instance: Any) -> None:
    whole = {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
    assert deciding(whole, {}).is_valid(instance) == explaining(whole, {}).is_valid(instance)
