"""``banshi trust``: let a project's own code run for this user, as it is now; list and take back what was trusted."""

import argparse
import sys
from pathlib import Path

from banshi.base.folders import CONFIG, project_of
from banshi.base.text import Lang, Text, listed, visible
from banshi.centre.centre import Centre
from banshi.centre.own_code import PARTS, OwnCode
from banshi.centre.trust import TrustRecord, TrustUnusable, record
from banshi.output.terminal import complain, refuse


def add(parser: argparse.ArgumentParser) -> None:
    """Options."""
    parser.description = (
        "列出项目自己的规则（validators）、模板（site_templates）和要运行程序的网站设置（mkdocs.yml）；确认后记在"
        "使用者自己的配置文件夹里，记路径和每个文件的内容摘要。文件改过，就要再信任一次。"
    )
    parser.add_argument("folder", nargs="?", type=Path, metavar="FOLDER", help="项目（默认：当前文件夹所在的项目）")
    parser.add_argument("--yes", action="store_true", help="不再询问（已经看过）")
    other = parser.add_mutually_exclusive_group()
    other.add_argument("--list", action="store_true", help="列出信任过的项目")
    other.add_argument("--revoke", action="store_true", help="取消对这个项目的信任")


def run(options: argparse.Namespace) -> int:
    """Show, ask, and keep; 1 where nothing was trusted that could have been."""
    lang: Lang = options.lang
    try:
        known = record()
        if options.list:
            return _list(known, lang)
        folder = options.folder.absolute() if options.folder else project_of(Path.cwd())
        if not folder.is_dir() and not options.revoke:
            return refuse(Text(f"没有文件夹 {folder}", f"there is no folder {folder}"), lang)
        return _revoke(known, folder, lang) if options.revoke else _trust(known, folder, options)
    except TrustUnusable as error:
        return refuse(Text(str(error), str(error)), lang)


def _list(known: TrustRecord, lang: Lang) -> int:
    for path, files in known.projects.items():
        print(Text(f"{visible(path)}（{len(files)} 个文件）", f"{visible(path)} ({len(files)} files)").say(lang))
    if not known.projects:
        print(Text("没有信任过的项目。", "No project is trusted.").say(lang))
    return 0


def _revoke(known: TrustRecord, folder: Path, lang: Lang) -> int:
    left = known.without(folder)
    if len(left.projects) == len(known.projects):
        return refuse(Text(f"没有信任过 {folder}", f"{folder} was not trusted"), lang)
    left.save()
    print(Text(f"已取消对 {folder} 的信任。", f"{folder} is no longer trusted.").say(lang))
    return 0


def _trust(known: TrustRecord, folder: Path, options: argparse.Namespace) -> int:
    lang: Lang = options.lang
    centre = Centre(folder)
    codes = [code for part in PARTS if (code := centre.code(part))]
    if not codes:
        print(Text(f"{folder} 没有自己的程序，不需要信任。", f"{folder} has no code of its own to trust.").say(lang))
        return 0
    for code in codes:
        print("\n".join(_shown(known, folder, code, lang)))
    if bad := [name for code in codes for name in code.unfit]:
        why = Text(
            f"不能信任：{listed(bad)} 是链接、在项目之外或过大；换成项目里的普通文件",
            f"cannot be trusted: {', '.join(bad)}: links, too large or outside the project; use plain files of the project",
        )
        return refuse(why, lang)
    if known.inside(folder):
        why = Text(f"信任记录 {known.place} 在这个项目里面，不能用", f"the record {known.place} lies in this project")
        return refuse(why, lang)
    if not (options.yes or _agreed(folder, lang)):
        return 1
    known.trusting(folder, codes).save()
    print(Text(f"已信任，记在 {known.place}。", f"Trusted; kept in {known.place}.").say(lang))
    return 0


def _shown(known: TrustRecord, folder: Path, code: OwnCode, lang: Lang) -> list[str]:
    """The files of a part with their digests; those that differ from what was trusted are marked."""
    changed = set(known.changed(folder, code))
    keys = f"（{listed(map(visible, code.keys))}）" if code.keys else ""
    mark = Text("，没有信任过或改过", ", new or changed").say(lang)
    files = [f"  {visible(name)}  {digest[:16]}{mark * (name in changed)}" for name, digest in code.files.items()]
    gone = [f"  {visible(name)}  {Text('已删去', 'gone').say(lang)}" for name in sorted(changed - set(code.files))]
    return [f"{code.part if code.part == CONFIG else code.part + '/'}{keys}", *files, *gone]


def _agreed(folder: Path, lang: Lang) -> bool:
    """Whether the person says so; where nobody can be asked, how to say so in advance."""
    if not sys.stdin.isatty():
        said = Text("看过以上文件，信任的加 --yes 再运行。", "If these files are to be trusted, run again with --yes.")
        complain(said.say(lang))
        return False
    asked = Text(f"这些文件会作为程序运行。信任 {folder} 吗？[y/N] ", f"These files will run. Trust {folder}? [y/N] ")
    print(asked.say(lang), end="", flush=True)
    return sys.stdin.readline().strip().lower() in ("y", "yes", "是")
