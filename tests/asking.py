"""Asking banshi in this process about the shipped centres: commands, and files that touch as many norms as can be.

An answer is plain data without citations: a norm that is only cited decides nothing.
"""

import datetime
import io
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import cache, partial
from pathlib import Path
from typing import Any

import msgspec
from conftest import ROOT
from mutations import written

from banshi.checking.checker import Checker
from banshi.checking.examples import example
from banshi.checking.rules import load_rules
from banshi.cli import main
from banshi.files.documents import Document
from banshi.files.reading import read
from banshi.law.instruments import PolicyVersion
from banshi.law.library import Library
from banshi.law.norms import Norm
from banshi.subjects.scenarios.forms import Scenarios
from banshi.subjects.scenarios.loading import to_scenarios
from banshi.subjects.scenarios.trying import tried

Probe = Callable[[], Any]
CENT = Decimal("0.01")
NOTES = ("policy/values-in-line",)  # what the group of an adjustment is for
CITED = ("basis", "law", "cite", "cites", "norm", "provision", "fingerprint", "statement")
LINJIANG, QINGHE = "examples/linjiang", "examples/qinghe"
ZEZHOU, BAIYUN = "tests/data/zezhou", "tests/data/baiyun"
POLICIES = [ROOT / project / "policies" for project in (LINJIANG, QINGHE, ZEZHOU, BAIYUN, ".")]


cited: list[str] = []  # what was answered with its citations, until somebody clears it


def without_citations(data: Any) -> Any:
    if isinstance(data, dict):
        return {key: without_citations(value) for key, value in data.items() if key not in CITED}
    return [without_citations(value) for value in data] if isinstance(data, list) else data


def answer(*words: str, project: str = ".", form: str = "json", whole: bool = False) -> Any:
    """What the command says in a project's folder, in this process, citations left out unless it is wanted ``whole``."""
    stdout, errors, sys.stdout, sys.stderr = sys.stdout, sys.stderr, _stream(), _stream()
    before = Path.cwd()
    try:
        os.chdir(ROOT / project)
        status = main([*words, "--format", form])
        sys.stdout.flush()
        said = sys.stdout.buffer.getvalue().decode()  # type: ignore[attr-defined]
    except SystemExit:
        sys.stderr.flush()
        raise AssertionError(f"{words}: {sys.stderr.buffer.getvalue().decode()}") from None  # type: ignore[attr-defined]
    finally:
        os.chdir(before)
        sys.stdout, sys.stderr = stdout, errors
    cited.append(said)
    plain = json.loads(said) if said.startswith(("{", "[")) else said
    return status, plain if whole else without_citations(plain)


def _stream() -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(), encoding="utf-8")


def told(rule_id: str, *texts: str) -> Path:
    """Each text laid over the sound document that the examples of a rule vary, as files of a folder."""
    folder = Path(tempfile.mkdtemp(prefix="banshi-told-"))
    rule = next(rule for rule in load_rules([ROOT / "validators"], rule_id.partition("/")[0]) if rule.id == rule_id)
    for n, text in enumerate(texts):
        written = json.dumps(apart(example(rule, text), f"{rule_id.replace('/', '-')}-{n}"), ensure_ascii=False)
        (folder / f"{n}.yaml").write_text(written, encoding="utf-8")
    return folder


@cache
def together(*paths: Path) -> Path:
    """Some files in a folder of their own."""
    folder = Path(tempfile.mkdtemp(prefix="banshi-together-"))
    for path in paths:
        shutil.copy(path, folder)
    return folder


PROJECT = {"linjiang": LINJIANG, "qinghe": QINGHE, "zezhou": ZEZHOU, "baiyun": BAIYUN}


def scenarios(centre: str, *of: str) -> Iterator[Probe]:
    """Everything of a sort once, on both sides of its bounds, with what comes of it worked out by hand."""
    for each in of:
        yield from scenarios_of(f"tests/data/probes/{centre}/scenarios-of-{each}.yaml", PROJECT.get(centre, "."))


def scenarios_of(path: str, project: str) -> Iterator[Probe]:
    """What comes of each scenario of a file, one by one."""
    yield from (partial(scenario, path, project, n) for n in range(len(read_scenarios(path)[1].scenarios)))


@cache
def read_scenarios(path: str) -> tuple[Document, Scenarios]:
    document = read(ROOT / path).document
    assert document is not None
    return document, to_scenarios(document.data)


def scenario(path: str, project: str, n: int) -> Any:
    """Whether a scenario of a file holds, what was expected, what was found, and why."""
    document, found = read_scenarios(path)
    alone = msgspec.structs.replace(found, scenarios=found.scenarios[n : n + 1])
    try:
        (one,) = tried(document, alone, checker_of(project))
    except Exception as failed:  # a law that the rules refuse may break the computation; the command says so with 2
        return 2, repr(failed)
    cited.extend(json.dumps(reason.basis.norm) for reason in one.reasons if reason.basis)
    return int(not one.holds), [one.expected, one.found, [reason.text.zh for reason in one.reasons]]


@cache
def checker_of(project: str) -> Checker:
    """One for all scenarios, until the law is another one."""
    return Checker(ROOT / project)


def inputs(command: str, centre: str) -> Iterator[Probe]:
    """Inputs that were made for this alone: each is judged by its command, and checked."""
    folder = ROOT / "tests/data/probes" / centre
    project = PROJECT.get(centre, ".")
    kind = {"assess": "assessment", "attendance": "attendance", "cases": "cases"}[command]
    for path in sorted(folder.glob(f"{kind}*.yaml")):
        yield partial(answer, command, str(path), project=project)
        yield partial(answer, "check", str(path), project=project)


@cache
def rule_examples(rules: str) -> Path:
    """The examples of the rules of a folder, as files."""
    folder = Path(tempfile.mkdtemp(prefix="banshi-examples-"))
    for rule in load_rules([ROOT / "validators"], rules):
        for name, text in (("good", rule.good), ("bad", rule.bad)):
            path = folder / f"{rule.id.replace('/', '-')}-{name}.yaml"
            path.write_text(json.dumps(apart(example(rule, text), path.stem), ensure_ascii=False), encoding="utf-8")
    return folder


def apart(data: Any, name: str) -> Any:
    """A ledger as a project of its own: one project told twice in a run would be judged nowhere."""
    if not (isinstance(data, dict) and data.get("kind") == "ledger"):
        return data
    project, was = data["project"], data["project"]["id"]
    changes = [{**each, "project": name} if each.get("project") == was else each for each in data["changes"]]
    contract = {**project["contract"], "number": name}
    return {**data, "project": {**project, "id": name, "name": name, "contract": contract}, "changes": changes}


def folder_of(name: str) -> Path:
    """Filings of a centre, sound ones and ones with one thing wrong."""
    return ROOT / "tests/data/probes" / name


LOAD = Library.load


def as_plain(norm: Norm) -> Any:
    def lists(data: Any) -> Any:
        if isinstance(data, dict):
            return {key: lists(value) for key, value in data.items()}
        return [lists(value) for value in data] if isinstance(data, list | tuple) else data

    return lists(msgspec.to_builtins(norm, builtin_types=(Decimal, datetime.date)))


def plain(norm: Norm) -> Any:
    """A norm as a file states it."""
    return {
        "id": norm.id,
        "kind": norm.kind,
        "statement": norm.statement,
        **{key: value for key, value in written(norm).items() if key != "inventory"},
    }


@cache
def first_file(instrument: str) -> Path:
    return Library(POLICIES).files(instrument)[0]


def first(instrument: str) -> PolicyVersion:
    """The first version of an instrument, as it stands in its file."""
    return LOAD(Library([]), first_file(instrument))
