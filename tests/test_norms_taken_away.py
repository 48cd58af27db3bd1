"""The declarations of what computes from norms are true: take a norm away, or change a field, and some answer changes.

By default a sample of each instrument's norms, drawn with a fixed seed; ``make uses`` takes every norm away.
"""

import io
import json
import os
import random
import sys
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import pytest
from conftest import ROOT

from banshi.checking.declared_uses import taking
from banshi.checking.examples import example
from banshi.checking.rules import load_rules
from banshi.cli import main
from banshi.law.instruments import PolicyVersion
from banshi.law.library import Library
from banshi.law.norms import Norm
from banshi.law.uses import GUIDES

WHOLE = bool(os.environ.get("BANSHI_WHOLE"))
SAMPLE = 8  # norms of each instrument
INSTRUMENTS = {
    "luzhou/change-management": "change",
}
# Norms of which no example speaks; why.
UNSEEN = {
    ("luzhou/change-management", "tender-pricing"): "no example is priced by a second tender",
    ("luzhou/change-management", "county-limits"): "no county among the examples has limits of its own",
}
MOST_UNSEEN = 2  # only ever to be lowered
# Keys of an answer that only cite the norm, or name the law: a norm that is cited alone decides nothing.
CITED = ("basis", "law", "cite", "cites", "norm", "provision", "fingerprint")


def without_citations(data: Any) -> Any:
    if isinstance(data, dict):
        return {key: without_citations(value) for key, value in data.items() if key not in CITED}
    return [without_citations(value) for value in data] if isinstance(data, list) else data


def answer(words: list[str]) -> Any:
    """What the command says, in this process, citations left out."""
    stdout, errors, sys.stdout, sys.stderr = sys.stdout, sys.stderr, _stream(), _stream()
    try:
        status = main(words)
        sys.stdout.flush()
        said = sys.stdout.buffer.getvalue().decode()  # type: ignore[attr-defined]
    finally:
        sys.stdout, sys.stderr = stdout, errors
    return status, without_citations(json.loads(said)) if said.startswith(("{", "[")) else said


def _stream() -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(), encoding="utf-8")


FIGURES = ["--bid-price", "5000000", "--provisional-sum", "0", "--on", "2012-03-01"]


def probes(subject: str) -> Iterator[list[str]]:
    """Commands whose answers rest on the norms of a subject, the cheapest and widest first."""
    asked = ["--format", "json"]
    if subject == "change":
        for net in (50000, 100000, 300000, 500000, 600000):
            yield ["tier", "--net", str(net), *FIGURES, *asked]
        yield ["check", "tests/cases/change", "examples/change", str(examples("change")), *asked]
        yield ["due", "--publicity", "2011-11-07", *asked]
    if subject == "attendance":
        yield ["attendance", "examples/attendance", *asked]
        yield ["check", "tests/cases/attendance", "examples/attendance", str(examples("attendance")), *asked]
        yield ["attendance", "examples/attendance", "--quarter", "2010-Q1", *asked]
        yield ["attendance", "examples/attendance", "--year", "2010", *asked]
    if subject == "assessment":
        yield ["assess", "examples/assessment", *asked]
        yield ["check", "tests/cases/assessment", "examples/assessment", str(examples("assessment")), *asked]
    if subject == "parallel":
        yield ["cases", "examples/cases/city/办件登记.yaml", *asked]
        yield ["cases", "examples/cases/yangliqu/办件登记.yaml", *asked]
        yield ["check", "tests/cases/cases", "tests/cases/catalogue", "examples/cases", str(examples("cases")), *asked]
    if subject in ("parallel", "licensing"):
        yield ["schedule", "examples/parallel/investment/case.yaml", *asked]
        yield ["schedule", "examples/parallel/registration/case.yaml", *asked]


@cache
def examples(rules: str) -> Path:
    """The examples of the rules of a folder, as files."""
    folder = Path(tempfile.mkdtemp(prefix="banshi-examples-"))
    for rule in load_rules([ROOT / "validators"], rules):
        for name, text in (("good", rule.good), ("bad", rule.bad)):
            path = folder / f"{rule.id.replace('/', '-')}-{name}.yaml"
            path.write_text(json.dumps(example(rule, text), ensure_ascii=False), encoding="utf-8")
    return folder


class Edited:
    """The library with one norm of an instrument taken away, or another in its place."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.instrument = self.norm_id = ""
        self.other: Norm | None = None
        self.known: dict[str, PolicyVersion] = {}
        load = cache(_load_once)
        patch.setattr(Library, "load", lambda _library, path: self._edited(load(path)))

    def _edited(self, version: PolicyVersion) -> PolicyVersion:
        if version.instrument != self.instrument:
            return version
        if version.version not in self.known:
            self.known[version.version] = _replaced(version, self.norm_id, self.other)
        return self.known[version.version]

    def put(self, instrument: str, norm_id: str, other: Norm | None = None) -> None:
        self.instrument, self.norm_id, self.other, self.known = instrument, norm_id, other, {}


_LOAD = Library.load


def _load_once(path: Path) -> PolicyVersion:
    return _LOAD(Library([]), path)


def _replaced(version: PolicyVersion, norm_id: str, other: Norm | None) -> PolicyVersion:
    provisions = tuple(
        msgspec.structs.replace(
            part, norms=tuple(n if n.id != norm_id else other for n in part.norms if n.id != norm_id or other)
        )
        for part in version.provisions
    )
    return msgspec.structs.replace(version, provisions=provisions)


@cache
def computed(instrument: str) -> list[Norm]:
    """The norms from which something is computed, or against which something is held."""
    library = Library([ROOT / "policies"])
    version = _LOAD(library, library.files(instrument)[-1])
    found = (p.norm for p in version.placed)
    return [n for n in found if any(use.by != GUIDES for use in taking(n, version.subjects))]


def chosen() -> list[tuple[str, Norm]]:
    picked = []
    for instrument in INSTRUMENTS:
        norms = [norm for norm in computed(instrument) if (instrument, norm.id) not in UNSEEN]
        few = norms if WHOLE else random.Random(instrument).sample(norms, min(SAMPLE, len(norms)))
        picked += [(instrument, norm) for norm in few]
    return picked


@cache
def usual(subject: str) -> list[Any]:
    """What the probes say of the law as it is."""
    return [answer(words) for words in probes(subject)]


@pytest.fixture(scope="module")
def edited() -> Iterator[Edited]:
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        yield Edited(patch)


@pytest.mark.xdist_group("norms taken away")
@pytest.mark.parametrize(("instrument", "norm"), chosen(), ids=lambda value: getattr(value, "id", value))
def test_without_a_norm_some_answer_is_another(edited: Edited, instrument: str, norm: Norm) -> None:
    subject = INSTRUMENTS[instrument]
    edited.put("", "")
    before = usual(subject)
    edited.put(instrument, norm.id)
    for words, was in zip(probes(subject), before, strict=True):
        now = answer(words)
        assert "engine/" not in str(now[1])  # and nothing breaks
        if now != was:
            return
    pytest.fail(f"nothing changes without {norm.id} ({norm.kind}): no computation honours it, or no probe looks there")


def test_what_no_probe_sees_is_there_and_grows_no_longer() -> None:
    assert len(UNSEEN) <= MOST_UNSEEN
    assert [key for key in UNSEEN if key[1] not in {norm.id for norm in computed(key[0])}] == []
