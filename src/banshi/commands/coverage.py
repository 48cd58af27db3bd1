"""``banshi coverage``: norms encoded, against the inventory of the source documents, and what uses each."""

import argparse
import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

from banshi.base.folders import layered
from banshi.base.text import Lang, Text, listed, visible
from banshi.centre.centre import Centre
from banshi.centre.own_code import RULES
from banshi.checking.checker import Checker
from banshi.checking.coverage import Covered, InventoryRow, cover, read_inventory
from banshi.checking.norm_users import KindOfUse, Users, citing, key_of, users_of_norms
from banshi.checking.rules import load_rules
from banshi.commands.standing import centre_of, code_options, say_left_aside, tell_unusable
from banshi.files.law_used import LawUsed
from banshi.files.reading import unreadable
from banshi.files.regular_files import read_text
from banshi.law.guides import load_guides
from banshi.law.instruments import Placed
from banshi.law.library import Library
from banshi.law.norms import Norm
from banshi.law.unusable import PolicyUnreadable
from banshi.law.working_days import WorkingDays
from banshi.output.terminal import refuse
from banshi.site.calculators.pages import Calculators
from banshi.subjects.impact.recorded import cited_by_cases
from banshi.subjects.scenarios.trying import citations_of

DEFAULT = Path("tests/inventory.csv")
_COLUMNS = ("id", "check")
_USES = {
    KindOfUse.COMPUTED: Text("计算", "computed"),
    KindOfUse.CHECKED: Text("校验", "checked"),
    KindOfUse.CALCULATOR: Text("只入计算器", "calculator only"),
    KindOfUse.GUIDE: Text("只入指南", "guide only"),
    KindOfUse.SCENARIO: Text("只见于情景", "scenario only"),
    KindOfUse.CASE: Text("只见于案例", "recorded case only"),
    KindOfUse.INFORMATIVE: Text("仅供了解", "informative"),
}
# Of which sort each of several uses is.
_SORTS = {
    KindOfUse.COMPUTED: Text("计算", "computed by"),
    KindOfUse.CHECKED: Text("校验", "checked by"),
    KindOfUse.CALCULATOR: Text("计算器", "calculators"),
    KindOfUse.GUIDE: Text("指南", "guides"),
    KindOfUse.SCENARIO: Text("情景", "scenarios"),
    KindOfUse.CASE: Text("案例", "recorded cases"),
}


def add(parser: argparse.ArgumentParser) -> None:
    """Options."""
    parser.add_argument("--inventory", type=Path, default=DEFAULT, metavar="CSV", help=f"清单（默认 {DEFAULT}）")
    parser.add_argument("--norms", action="store_true", help="不对照清单：逐条列出本项目的规范点，各由什么用到")
    parser.add_argument("--unused", action="store_true", help="同上，只列没有什么用到的")
    parser.add_argument("--all", action="store_true", help="逐条列出")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="输出格式")
    code_options(parser)


def run(options: argparse.Namespace) -> int:
    """Print the coverage; exit status 1 where a row has no norm or a guide could not be looked at."""
    lang: Lang = options.lang
    if options.norms or options.unused:
        return _norms(options, lang)
    inventory = _inventory(options.inventory)
    if isinstance(inventory, Text):
        return refuse(inventory, lang)
    centre = centre_of(options)
    say_left_aside(centre, options, RULES)
    policies = layered(centre.folder, "policies")
    rules = load_rules(centre.rule_folders)
    left_out: list[PolicyUnreadable] = []
    rows = cover(inventory, Library(policies), rules, load_guides(policies, left_out.append))
    if options.format == "json":
        print(_as_json(rows, centre.law))
    else:
        print(f"{_as_text(rows, options.all, lang)}\n\n{centre.law.said.say(lang)}")
    return max(tell_unusable(left_out, lang), int(any(row.placed is None for row in rows)))


def _norms(options: argparse.Namespace, lang: Lang) -> int:
    """The norms of the project's texts of the day, each with who uses it."""
    centre = centre_of(options)
    say_left_aside(centre, options, RULES)
    left_out: list[PolicyUnreadable] = []
    users, norms = users_in(centre, left_out.append)
    status = tell_unusable(left_out, lang)
    listed = [placed for placed in norms if not (options.unused and users.get(key_of(placed)))]
    if options.format == "json":
        whole = {"version": 1, "law": centre.law.as_json(), "norms": [_used(p, users) for p in listed]}
        print(json.dumps(whole, ensure_ascii=False, indent=2))
        return status
    for placed in listed:
        print(visible(_used_said(placed, users, lang)))
    unused = sum(not users.get(key_of(placed)) for placed in norms)
    print(Text(f"{len(norms)} 条规范点，{unused} 条没有什么用到", f"{len(norms)} norms, {unused} unused").say(lang))
    print(f"\n{centre.law.said.say(lang)}")
    return status


def users_in(
    centre: Centre, left_out: Callable[[PolicyUnreadable], object] | None = None
) -> tuple[Users, list[Placed[Norm]]]:
    """Who uses which norm of a centre, and the norms of its own texts, as they are shown today.

    ``left_out``: as ``load_guides`` has it.
    """
    policies = layered(centre.folder, "policies")
    library = Library(policies)
    checker = Checker(centre.folder, own_rules=centre.runs(RULES))
    scenarios = citing(KindOfUse.SCENARIO, citations_of([centre.folder / "tests", *policies], checker))
    cases = citing(KindOfUse.CASE, cited_by_cases(centre.folder, checker))
    rules, guides = load_rules(centre.rule_folders), load_guides(policies, left_out)
    calculators = Calculators(library, WorkingDays(policies), guides, lambda _instrument, _version: True).users()
    users = users_of_norms(library, rules, guides, [*calculators, *scenarios, *cases])
    shown = (library.shown(name) for name in library.instruments() if centre.applies(name))
    return users, [placed for text in shown if text for placed in text.placed]


def _used(placed: Placed[Norm], users: Users) -> dict[str, object]:
    uses: dict[str, list[str]] = {}
    for user in users.get(key_of(placed), ()):
        uses.setdefault(user.use.value, []).append(user.name)
    instrument, norm = key_of(placed)
    version, provision = placed.version.version, placed.provision.id
    return {
        "instrument": instrument,
        "version": version,
        "provision": provision,
        "norm": norm,
        "kind": placed.norm.kind,
        "uses": uses,
    }


def _used_said(placed: Placed[Norm], users: Users, lang: Lang) -> str:
    names: dict[str, list[str]] = {}
    for user in users.get(key_of(placed), ()):
        names.setdefault(_SORTS[user.use].say(lang), []).append(user.name)
    said = Text("；", "; ").say(lang).join(f"{use} {listed(dict.fromkeys(own))}" for use, own in names.items())
    instrument, norm = key_of(placed)
    return f"{instrument} {placed.provision.label} {norm}  {said or Text('没有什么用到', 'unused').say(lang)}"


def _inventory(path: Path) -> list[InventoryRow] | Text:
    """The rows of an inventory, or why there are none."""
    try:
        titles = next(csv.reader(io.StringIO(read_text(path), newline="")), [])
        missing = [title for title in _COLUMNS if title not in titles]
        rows = [] if missing else read_inventory(path)
    except FileNotFoundError:
        return Text(
            f"没有清单 {path}。清单是 CSV 文件，列出来源文件的每个规范点（id、check 两列），"
            "本工具的源码里有一份；在别处用 --inventory 给出自己的清单。不对照清单，只看各条由什么用到的：加 --norms",
            f"there is no inventory {path}. An inventory is a CSV file of the norms in the source documents "
            "(columns id and check); this tool's source has one; elsewhere give your own with --inventory. "
            "To see only what uses each norm: --norms",
        )
    except OSError as error:
        why = unreadable(error).message
        return Text(f"清单 {path} {why.zh}", f"the inventory {path} {why.en}")
    except (UnicodeDecodeError, csv.Error):
        return Text(f"清单 {path} 不是 UTF-8 的 CSV 文件", f"the inventory {path} is no CSV file in UTF-8")
    if missing:
        bom = any(title.startswith("\ufeff") for title in titles)
        return Text(
            f"清单 {path} 的首行缺少列：{listed(missing)}" + ("（请存成不带 BOM 的 UTF-8）" if bom else ""),
            f"the first line of the inventory {path} lacks: {', '.join(missing)}" + (" (save it without BOM)" * bom),
        )
    if not all(row.id for row in rows):
        return Text(f"清单 {path} 有的行没有 id", f"the inventory {path} has rows without an id")
    return rows


def _as_json(rows: list[Covered], law: LawUsed) -> str:
    listed = [
        {
            "row": row.row.id,
            "check": row.row.check,
            "norm": row.placed.norm.id if row.placed else None,
            "instrument": row.placed.version.instrument if row.placed else None,
            "use": row.use.value if row.placed else None,
            "used_by": list(row.used_by),
        }
        for row in rows
    ]
    encoded = sum(row.placed is not None for row in rows)
    whole = {"version": 1, "law": law.as_json(), "encoded": encoded, "rows": listed}
    return json.dumps(whole, ensure_ascii=False, indent=2)


def _as_text(rows: list[Covered], every: bool, lang: Lang) -> str:
    documents = list(dict.fromkeys(row.row.id.split("-")[0] for row in rows))
    lines = [_document(name, [r for r in rows if r.row.id.startswith(f"{name}-")], lang) for name in documents]
    done = sum(row.placed is not None for row in rows)
    lines.append(Text(f"合计：{done}/{len(rows)} 条已编码", f"total: {done}/{len(rows)} encoded").say(lang))
    if every:
        lines += ["", *(_row(row, lang) for row in rows)]
    return "\n".join(map(visible, lines))


def _document(name: str, rows: list[Covered], lang: Lang) -> str:
    encoded = [row for row in rows if row.placed]
    title = encoded[0].placed.version.title if encoded and encoded[0].placed else "—"
    uses = "，".join(f"{text.say(lang)} {sum(r.use is use for r in encoded)}" for use, text in _USES.items())
    return f"{name}  {len(encoded)}/{len(rows)}  {title}（{uses}）"


def _row(row: Covered, lang: Lang) -> str:
    if row.placed is None:
        return f"{row.row.id}  {Text('没有编码', 'not encoded').say(lang)}"
    label = f"{row.placed.provision.label} {row.placed.norm.id}"
    return f"{row.row.id}  {label}  {_USES[row.use].say(lang)}  {'、'.join(row.used_by)}".rstrip()
