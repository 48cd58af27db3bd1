"""The examples of a centre's own rules: the good one is free of the finding, the bad one has it."""

import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from banshi.base.folders import inside
from banshi.base.text import NOTHING, Text
from banshi.centre.centre import Centre
from banshi.centre.own_code import RULES
from banshi.checking.checker import Checker
from banshi.checking.examples import base_file, example
from banshi.checking.rules import Rule, load_rules
from banshi.files.findings import Finding


class RuleTried(Struct, frozen=True):
    """A rule whose examples were tried; ``why``: what is wrong with them, if anything is."""

    rule: str
    path: str
    why: Text = NOTHING

    @property
    def holds(self) -> bool:
        """Whether they are as they should be."""
        return self.why == NOTHING


def rules_tried(centre: Centre, checker: Checker) -> Iterator[RuleTried]:
    """The project's own rules, where they may run. Raises ``RuleBroken``."""
    own = centre.folder / RULES
    if not centre.runs(RULES) or not own.is_dir():
        return
    for rule in load_rules([own]):
        if inside(rule.path, own):
            path = Path(os.path.relpath(rule.path)).as_posix()
            yield RuleTried(rule.id, path, _wrong(rule, checker))


def _wrong(rule: Rule, checker: Checker) -> Text:
    if not base_file(rule).is_file():
        name = base_file(rule).name
        return Text(f"旁边没有样例底稿 {name}", f"there is no {name} beside it")
    for text, wanted in ((rule.good, False), (rule.bad, True)):
        called = Text("错的样例", "the bad example") if wanted else Text("对的样例", "the good example")
        try:
            found = _findings(rule, text, checker)
        except ValueError as error:
            return Text(f"{called.zh}读不出：{error}", f"{called.en} cannot be read: {error}")
        unfit = [each for each in found if each.rule.startswith(("shape/", "input/", "engine/"))]
        if unfit:
            rule_id, said = unfit[0].rule, unfit[0].message
            return Text(f"{called.zh}自身有问题：{rule_id} {said.zh}", f"{called.en} is unfit: {rule_id} {said.en}")
        if any(each.rule == rule.id for each in found) is not wanted:
            has = Text("没有", "has not") if wanted else Text("有", "has")
            return Text(f"{called.zh}{has.zh}这条规则的问题", f"{called.en} {has.en} the rule's finding")
    return NOTHING


def _findings(rule: Rule, text: str, checker: Checker) -> list[Finding]:
    with tempfile.TemporaryDirectory(prefix="banshi-") as folder:
        for named in rule.path.parent.glob("_*.yaml"):  # an example may name another file that lies beside it
            shutil.copy(named, folder)
        path = Path(folder) / "example.yaml"
        path.write_text(json.dumps(example(rule, text), ensure_ascii=False, default=str), encoding="utf-8")
        return checker.check([path]).findings
