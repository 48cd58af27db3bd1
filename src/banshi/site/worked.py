"""Scenarios on the pages of guides: worked examples, each with what came of it when the site was built."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from banshi.checking import Checker
from banshi.decisions import Reason
from banshi.library import Library
from banshi.loaded import LoadedFile, Report
from banshi.money import yuan
from banshi.norms import Names
from banshi.scenarios import FOLDERS, Scenario, Scenarios, files_in, tried
from banshi.text import listed

_FIGURES = {
    "bid_price": "中标价",
    "contract_price": "合同价",
    "provisional_sum": "其中暂列金",
    "net": "本次净额",
    "cumulative": "累计净额",
    "increase": "增加额",
    "decrease": "减少额",
    "cumulative_increase": "累计增加额",
    "cumulative_decrease": "累计减少额",
}


@dataclass(frozen=True, slots=True)
class Worked:
    """A scenario that holds: its name, its facts and its outcome in words, and the reasons."""

    name: str
    facts: str
    outcome: str
    reasons: tuple[Reason, ...]


def worked(project: Path, folders: list[Path], checker: Checker) -> dict[str, list[Worked]]:
    """Instrument → the scenarios about it that hold, of a project's tests and of policy folders."""
    paths = [path for folder in (project / FOLDERS[0], *folders) if folder.is_dir() for path in files_in(folder)]
    found: dict[str, list[Worked]] = {}
    for unit in checker.loader.units(paths) if paths else ():
        for loaded in checker.loader.load(unit, Report()):
            if isinstance(loaded, LoadedFile) and isinstance(loaded.value, Scenarios) and loaded.value.about:
                held = (each for each in tried(loaded.document, loaded.value, checker) if each.holds)
                about = loaded.value.about
                names = _names(checker.loader.library, about)
                shown = [Worked(e.scenario.name, facts_said(e.scenario, names), e.found, e.reasons) for e in held]
                found.setdefault(about, []).extend(shown)
    return found


def _names(library: Library, instrument: str) -> Names:
    """What the ids of an instrument's newest version are called."""
    files = library.files(instrument)
    return library.load(files[-1]).names if files else {}


def facts_said(scenario: Scenario, names: Names) -> str:
    """The facts of a scenario in words; ``names``: what the ids of its instrument are called."""
    return "，".join(_said(scenario, names))


def _said(scenario: Scenario, names: Names) -> Iterator[str]:
    if scenario.on:
        yield f"{scenario.on}"
    if scenario.tier:
        for key, name in _FIGURES.items():
            if (amount := getattr(scenario.tier, key)) is not None:
                yield f"{name} {yuan(amount)}"
        if scenario.tier.criteria:
            yield f"符合 {listed(names.get(one, one) for one in scenario.tier.criteria)}"
        if scenario.tier.change_class:
            yield f"类别 {names.get(scenario.tier.change_class, scenario.tier.change_class)}"
    if scenario.due:
        yield f"“{names.get(scenario.due.step, scenario.due.step)}”的资料 {scenario.due.complete_on} 齐备"
        if scenario.due.accepted_on:
            yield f"{scenario.due.accepted_on} 接受"
        if scenario.due.major:
            yield "是重大设计变更"
    if scenario.publicity:
        of = f"（{names.get(scenario.publicity.tier, scenario.publicity.tier)}）" if scenario.publicity.tier else ""
        yield f"{scenario.publicity.started_on} 开始公示{of}"
    if scenario.file:
        yield f"见 {scenario.file}"
