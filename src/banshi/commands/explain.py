"""``banshi explain RULE``: a rule's page: what it looks for, its basis, a good and a bad example; or a part of an instrument."""

import argparse
import datetime
import json
import sys

from banshi.base.folders import layered
from banshi.base.text import Lang, Text, did_you_mean
from banshi.centre.centre import Centre
from banshi.centre.own_code import RULES
from banshi.checking.rule_basis import basis_of
from banshi.checking.rules import Rule, load_rules
from banshi.commands.standing import centre_of, code_options, say_left_aside, tell_unusable
from banshi.files.builtin import BUILTIN, BuiltIn
from banshi.law.library import Library
from banshi.output.reports.json_report import citation
from banshi.output.terminal import Style, complain, style_for


def add(parser: argparse.ArgumentParser) -> None:
    """Options."""
    parser.add_argument(
        "rule",
        nargs="?",
        metavar="RULE|NORM",
        help="规则标识，如 change/tier-matches-amount；或规范点、口径、用语的标识（几个文件都有的写 文件#标识）；不写则列出全部规则",
    )
    parser.add_argument("--format", choices=("text", "json"), default="text", help="输出格式")
    on = "依据按哪天的规定说（默认今天）"
    parser.add_argument("--on", type=datetime.date.fromisoformat, metavar="DATE", help=on)
    code_options(parser)


def run(options: argparse.Namespace) -> int:
    """Print one rule's page, or the list of rules."""
    lang: Lang = options.lang
    centre = centre_of(options)
    say_left_aside(centre, options, RULES)
    rules = {r.id: r for r in load_rules(centre.rule_folders)}
    if options.rule is None:
        titles = {**{i: r.title for i, r in rules.items()}, **{i: b.title for i, b in BUILTIN.items()}}
        print(_listing(titles, options.format, lang))
        return 0
    if options.rule in rules:
        print(_rule(rules[options.rule], centre, options.on, options.format, lang))
    elif options.rule in BUILTIN:
        print(_builtin(options.rule, BUILTIN[options.rule], centre, options.format, lang))
    else:
        return _part(options, centre, list(rules.values()))
    return 0


def _part(options: argparse.Namespace, centre: Centre, rules: list[Rule]) -> int:
    """Print what an instrument says under an id; 1 where a guide could not be looked at, 2 where nothing has it."""
    from banshi.commands.explain_part import Parts, said_of

    parts = Parts(centre, Library(layered(centre.folder, "policies"), options.on), rules)
    if found := parts.find(options.rule):
        print(said_of(found, options.format, centre, options.lang))
        return tell_unusable(parts.left_out, options.lang)
    guess = did_you_mean(options.rule, [rule.id for rule in rules] + [*BUILTIN]) or parts.guess(options.rule)
    say = Text(f"没有规则、规范点 {options.rule}。{guess.zh}", f"no rule and no norm {options.rule}. {guess.en}")
    complain(say.say(options.lang).strip())
    return 2


def _listing(titles: dict[str, Text], form: str, lang: Lang) -> str:
    if form == "json":
        return json.dumps({i: titles[i].say(lang) for i in sorted(titles)}, ensure_ascii=False, indent=2)
    width = max(map(len, titles))
    return "\n".join(f"{i:<{width}}  {titles[i].say(lang)}" for i in sorted(titles))


def _rule(rule: Rule, centre: Centre, on: datetime.date | None, form: str, lang: Lang) -> str:
    every = basis_of(rule, Library(layered(centre.folder, "policies"), on))
    cited = [placed for placed in every if centre.owns(placed.version.instrument)]
    if form == "json":
        page = {
            "rule": rule.id,
            "law": centre.law.as_json(),
            "title": rule.title.say(lang),
            "severity": rule.severity.value,
            "page": rule.page,
            "basis": [citation(placed.cite) for placed in cited],
            "good": rule.good,
            "bad": rule.bad,
        }
        return json.dumps(page, ensure_ascii=False, indent=2)
    style = style_for(sys.stdout)
    heading = f"{style.paint(rule.id, 'bold')}  {rule.title.say(lang)}（{rule.severity.label.say(lang)}）"
    body = "\n".join(rule.page.splitlines()[1:]).strip()
    basis = "\n".join(f"  {p.cite.say()}  {p.statement}" for p in cited)
    parts = [heading, body]
    if basis:
        parts.append(f"{Text('依据', 'Basis').say(lang)}：\n{basis}")
    return "\n\n".join([*parts, *_examples(rule.good, rule.bad, lang, style), centre.law.said.say(lang)])


def _examples(good: str, bad: str, lang: Lang, style: Style) -> list[str]:
    shown = []
    if good:
        shown.append(style.paint(Text("正确：", "Good:").say(lang), "green") + "\n" + _indented(good))
    if bad:
        shown.append(style.paint(Text("错误：", "Bad:").say(lang), "red") + "\n" + _indented(bad))
    return shown


def _indented(text: str) -> str:
    return "\n".join(f"    {line}".rstrip() for line in text.splitlines())


def _builtin(name: str, page: BuiltIn, centre: Centre, form: str, lang: Lang) -> str:
    if form == "json":
        whole = {
            "rule": name,
            "law": centre.law.as_json(),
            "title": page.title.say(lang),
            "page": page.page,
            "good": page.good,
            "bad": page.bad,
        }
        return json.dumps(whole, ensure_ascii=False, indent=2)
    style = style_for(sys.stdout)
    heading = f"{style.paint(name, 'bold')}  {page.title.say(lang)}"
    return "\n\n".join([heading, page.page, *_examples(page.good, page.bad, lang, style), centre.law.said.say(lang)])
