"""``banshi test``: scenarios, and the examples of the centre's own rules: is what comes out what should?"""

import argparse
import json
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, TypeVar

from banshi.base.folders import is_project, real_path
from banshi.base.text import Lang, Text, visible
from banshi.centre.centre import Centre
from banshi.centre.own_code import RULES
from banshi.checking.checker import Checker
from banshi.checking.loaded import LoadedFile
from banshi.commands.filings import law_at_fault
from banshi.commands.standing import centre_of, code_options, say_left_aside
from banshi.files.report import Report
from banshi.output.progress import Progress
from banshi.output.reports.json_report import citation
from banshi.output.saying import reasons_text
from banshi.output.terminal import complain, refuse
from banshi.subjects.scenarios.forms import Scenarios
from banshi.subjects.scenarios.loading import FOLDERS, files_in
from banshi.subjects.scenarios.own_examples import RuleTried, rules_tried
from banshi.subjects.scenarios.trying import Tried, tried

T = TypeVar("T")
_TRIED, _SCENARIOS = Text("已试", "tried"), Text("个情景", "scenarios")


def add(parser: argparse.ArgumentParser) -> None:
    """Options."""
    parser.add_argument(
        "paths", nargs="*", type=Path, metavar="PATH", help="情景文件或文件夹（默认：项目的 tests 和 policies）"
    )
    parser.add_argument("--format", choices=("text", "json"), default="text", help="输出格式")
    code_options(parser)


def run(options: argparse.Namespace) -> int:
    """Try everything; 0 where all is as expected, 1 where something is not, 2 where something could not be tried."""
    lang: Lang = options.lang
    centre = centre_of(options)
    say_left_aside(centre, options, RULES)
    checker = Checker(centre.folder, own_rules=centre.runs(RULES))
    report = Report()
    with Progress(_TRIED, unit=_SCENARIOS, lang=lang, quiet=options.quiet) as progress:
        files = _files(options.paths, centre) if options.paths else _own(_files([], centre), centre, lang)
        found = _counted(_tried(files, checker, report), progress)
        rules = [] if options.paths else _counted(rules_tried(centre, checker), progress)
    if report.findings:
        from banshi.output.reports.text_report import as_text

        sys.stderr.write(as_text(report, lang))
    if not found and not rules and not report.findings:
        return refuse(Text("没有情景，也没有自己的规则可试", "there are no scenarios and no rules of one's own"), lang)
    differ = _differing(found, rules)
    print(_json(found, rules, centre, lang) if options.format == "json" else _text(found, rules, centre, lang))
    at_fault = law_at_fault(checker.loader, lang)
    return 2 if report.failed else max(at_fault, int(differ > 0 or report.summary.errors > 0))


def _counted(tried: Iterable[T], progress: Progress) -> list[T]:
    found = []
    for each in tried:
        found.append(each)
        progress.step()
    return found


def _files(paths: list[Path], centre: Centre) -> list[Path]:
    """The files of scenarios; what is named is taken as it is, folders are looked through."""
    given = paths or [Path(os.path.relpath(centre.folder / name)) for name in FOLDERS]
    found = [each for path in given for each in (files_in(path) if path.is_dir() else [path] if paths else [])]
    return list(dict.fromkeys(found))


def _own(files: list[Path], centre: Centre, lang: Lang) -> list[Path]:
    """Those that are not of a project further below, which has rules of its own; of which these are is said."""
    others: dict[Path, Path] = {}
    for path in files:
        above = [each for each in real_path(path).parents if real_path(centre.folder) in each.parents]
        if own := next((each for each in above if is_project(each)), None):
            others[path] = own
    for folder in dict.fromkeys(others.values()):
        shown = Path(os.path.relpath(folder)).as_posix()
        zh = f"{shown} 是另一个项目，有自己的规定，它的情景没有试：在那里运行 banshi test"
        complain(
            Text(
                zh, f"{shown} is a project with rules of its own, its scenarios were not tried: run banshi test there"
            ).say(lang)
        )
    return [path for path in files if path not in others]


def _tried(files: list[Path], checker: Checker, report: Report) -> Iterator[Tried]:
    for unit in checker.loader.units(files) if files else ():
        for loaded in checker.loader.load(unit, report):
            if isinstance(loaded, LoadedFile) and isinstance(loaded.value, Scenarios):
                yield from tried(loaded.document, loaded.value, checker)


def _differing(found: list[Tried], rules: list[RuleTried]) -> int:
    return sum(not each.holds for each in found) + sum(not each.holds for each in rules)


def _text(found: list[Tried], rules: list[RuleTried], centre: Centre, lang: Lang) -> str:
    lines: list[str] = []
    for each in found:
        if not each.holds:
            lines.append(f"{each.document.path}:{each.line} {Text('不符', 'differs').say(lang)}  {each.scenario.name}")
            lines.append(Text(f"  应得：{each.expected}", f"  expected: {each.expected}").say(lang))
            lines.append(Text(f"  得到：{each.found}", f"  found: {each.found}").say(lang))
            lines += [*reasons_text(each.reasons, lang), ""]
    for rule in rules:
        if not rule.holds:
            lines += [f"{rule.path} {Text('不符', 'differs').say(lang)}  {rule.why.say(lang)}", ""]
    wrong = _differing(found, rules)
    said = Text(
        f"试了 {len(found)} 个情景、{len(rules)} 条自己的规则：{f'不符 {wrong} 个' if wrong else '都相符'}。",
        f"{len(found)} scenarios and {len(rules)} own rules tried: {f'{wrong} differ' if wrong else 'all as expected'}.",
    )
    return "\n".join(map(visible, [*lines, said.say(lang), centre.law.said.say(lang)]))


def _json(found: list[Tried], rules: list[RuleTried], centre: Centre, lang: Lang) -> str:
    scenarios: list[dict[str, Any]] = [
        {
            "path": each.document.path,
            "line": each.line,
            "name": each.scenario.name,
            "holds": each.holds,
            "expected": each.expected,
            "found": each.found,
            "reasons": [
                {"text": r.text.say(lang), "basis": citation(r.basis) if r.basis else None} for r in each.reasons
            ],
        }
        for each in found
    ]
    own = [{"rule": r.rule, "path": r.path, "holds": r.holds, "why": r.why.say(lang)} for r in rules]
    whole = {"version": 1, "law": centre.law.as_json(), "scenarios": scenarios, "rules": own}
    return json.dumps(whole, ensure_ascii=False, indent=2)
