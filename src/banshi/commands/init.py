"""``banshi init FOLDER``: a centre's own project, with a small worked instrument of each subject asked for."""

import argparse
import datetime
import re
import shlex
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from banshi import __version__
from banshi.base.folders import POLICIES, shipped
from banshi.base.text import Lang, Text, listed, visible
from banshi.centre.settings import Settings, SettingsUnusable
from banshi.centre.starters import SCHEMAS, place_name, schema_files, starter, with_schema
from banshi.commands.output import write_new
from banshi.files.law_used import law_used
from banshi.law.library import NATION, Library, PolicyUnreadable
from banshi.output.terminal import complain, refuse

SUBJECTS = {
    "change": "工程变更",
    "attendance": "考勤请假",
    "assessment": "窗口考核",
    "cases": "办件指标",
    "parallel": "并联审批",
}
_GOVERNED = {"cases": "parallel"}  # what an instrument says that it governs, where it is called otherwise here
SLUGS = {
    "change": ("change-management", "工程变更管理办法"),
    "attendance": ("attendance", "考勤管理办法"),
    "assessment": ("window-assessment", "窗口考核办法"),
    "cases": ("log-goals", "办件指标"),
    "parallel": ("parallel-approval", "并联审批办法"),
}
_QUARTERS = ((1, 1, 3), (2, 4, 6), (3, 7, 9), (4, 10, 12))  # number, first and last month


def add(parser: argparse.ArgumentParser) -> None:
    """Options."""
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="新项目的文件夹（可以已有别的文件，不会覆盖）")
    parser.add_argument("--name", metavar="NAME", help="中心的名称，如 城西市政务服务中心")
    parser.add_argument("--jurisdiction", metavar="PLACE", help="辖区的标识：市写拼音名，区、县写 市/区县")
    parser.add_argument("--level", choices=("city", "county"), help="市还是区、县（默认看辖区）")
    parser.add_argument(
        "--with",
        dest="subjects",
        metavar="A,B",
        help="从哪些开始，标识或名称，逗号隔开（默认 change）："
        + "、".join(f"{key} {name}" for key, name in SUBJECTS.items()),
    )


def run(options: argparse.Namespace) -> int:
    """Ask for what is missing where somebody is there to answer, then write; 2 where nothing could be written."""
    lang: Lang = options.lang
    if sys.stdin is not None and sys.stdin.isatty():
        _ask(options)
    try:
        wrong = _wrong(options) or _there_already(options)
    except PolicyUnreadable as error:
        wrong = error.in_words
    if wrong:
        return refuse(wrong, lang)
    files = {options.folder / path: text.encode() for path, text in _files(options)}
    files |= {options.folder / SCHEMAS / name: data for name, data in schema_files(options.folder).items()}
    if status := write_new(options, files):
        return status
    print(_written(options, len(files)).say(lang))
    print(law_used(options.folder).said.say(lang))
    return 0


def _ask(options: argparse.Namespace) -> None:
    questions = (
        ("name", "中心的名称", ""),
        ("jurisdiction", "辖区的标识（市写拼音名，区、县写 市/区县）", ""),
        ("subjects", f"从哪些开始（{'、'.join(f'{key} {name}' for key, name in SUBJECTS.items())}）", "change"),
    )
    for key, question, default in questions:
        if getattr(options, key) is None:
            shown = f"（直接回车为 {default}）" if default else ""
            setattr(options, key, input(f"{question}{shown}：").strip() or None)


def _wrong(options: argparse.Namespace) -> Text | None:
    """What is wrong with the options; what may be left out is filled in."""
    missing = [f"--{key}" for key in ("name", "jurisdiction") if not getattr(options, key)]
    if missing:
        return Text(f"还缺：{'、'.join(missing)}", f"still missing: {', '.join(missing)}")
    options.level = options.level or ("county" if "/" in options.jurisdiction else "city")
    if options.level == "county" and "/" not in options.jurisdiction:
        return Text(
            f"--level county：区、县的辖区写 市/区县，不能只写 {visible(options.jurisdiction)}",
            f"--level county: a county's jurisdiction is CITY/COUNTY, not {visible(options.jurisdiction)} alone",
        )
    named = {name: key for key, name in SUBJECTS.items()}
    options.chosen = options.subjects is not None
    words = [word.strip() for word in re.split("[,，、]", options.subjects or "change")]
    options.subjects = tuple(dict.fromkeys(named.get(word, word) for word in words))
    unknown = [each for each in options.subjects if each not in SUBJECTS]
    if unknown:
        known = "、".join(f"{key}（{name}）" for key, name in SUBJECTS.items())
        return Text(
            f"--with：没有 {visible(unknown[0])}；可用：{known}", f"--with: no {visible(unknown[0])}; known: {known}"
        )
    if options.folder.exists() and not options.folder.is_dir():
        return Text(f"{options.folder} 是文件，不是文件夹", f"{options.folder} is a file")
    try:
        Settings.of({"name": options.name, "jurisdiction": options.jurisdiction, "level": options.level})
    except SettingsUnusable as error:
        return Text(str(error), str(error))
    return None


def _there_already(options: argparse.Namespace) -> Text | None:
    """What the folder's own law governs already: a sample beside it would contradict it. Where nothing was asked for, none is written.

    Raises ``PolicyUnreadable``.
    """
    folder = options.folder / POLICIES
    own = Library([folder]) if folder.is_dir() else None
    if own is None:
        return None
    place = options.jurisdiction
    found = {key: own.versions_on(place, _GOVERNED.get(key, key)) for key in options.subjects}
    governed = {key: listed(dict.fromkeys(each.instrument for each in texts)) for key, texts in found.items() if texts}
    if not governed:
        return None
    zh = "；".join(f"{SUBJECTS[key]}已有 {names}" for key, names in governed.items())
    en = "; ".join(f"{key} is governed by {names}" for key, names in governed.items())
    if not options.chosen:
        said = Text(f"{zh}：没有再写样例", f"{en}: no sample of it was written")
        complain(said.say(options.lang))
        options.subjects = tuple(key for key in options.subjects if key not in governed)
        return None
    return Text(
        f"{options.folder} 里{zh}，样例会与它冲突：--with 里去掉 {listed(governed)}；都有了的，不写 --with",
        f"in {options.folder} {en}, which a sample would contradict: leave {', '.join(governed)} out of --with;"
        " where nothing is left, give no --with",
    )


def given_for(settings: Settings, place: str) -> dict[str, Any]:
    """What the starters are filled in with for a project."""
    year = _year()
    monday = next(day for n in range(1, 8) if (day := datetime.date(year, 3, n)).weekday() == 0)
    return {
        "name": settings.name or place,
        "called": place_name(settings.name or place),
        "place": place,
        "level": settings.level or ("county" if "/" in place else "city"),
        "day": f"{year}-01-01",
        "filed": f"{year}-03-02",
        "until": f"{year}-03-09",
        "year": year,
        "monday": monday,
        "tuesday": monday + datetime.timedelta(1),
        "later": monday + datetime.timedelta(7),
        "version": __version__,
        "quarters": _QUARTERS,
    }


def _year() -> int:
    """The year that it is; before its working days are published, the last one of which they are known."""
    known = [int(path.stem) for path in shipped(POLICIES).glob(f"{NATION}/working-days/*.yaml")]
    return max(year for year in known if year <= datetime.date.today().year)


def _files(options: argparse.Namespace) -> Iterator[tuple[Path, str]]:
    """Path in the new folder → text."""
    project: Path = options.folder
    settings = Settings.of({"name": options.name, "jurisdiction": options.jurisdiction, "level": options.level})
    given = given_for(settings, options.jurisdiction)
    for path, name in _FRAME.items():
        yield Path(path), starter(f"project/{name}", given)
    for subject in options.subjects:
        slug, title = SLUGS[subject]
        of = {
            **given,
            "slug": slug,
            "title": f"{given['called']}{title}（虚构）",
            "id": "sample-road",
            "guide": "change-approval",
        }
        for path, kind, name in _CONTENT[subject]:
            place = Path(path.format(**of))
            yield place, with_schema(project, project / place, kind, starter(f"{subject}/{name}", of))


_FRAME = {
    "banshi.toml": "banshi.toml",
    ".gitignore": "gitignore",
    ".pre-commit-config.yaml": "pre-commit-config.yaml",
    ".github/workflows/banshi.yml": "ci.yml",
    ".gitlab-ci.yml": "gitlab-ci.yml",
    ".workflow/banshi.yml": "gitee.yml",
    ".vscode/settings.json": "settings.json",
}
_POLICY = ("policies/{place}/{slug}/{day}.yaml", "policy", "policy.yaml")
_CONTENT = {
    "change": (
        _POLICY,
        ("policies/{place}/guides/{guide}.yaml", "guide", "guide.yaml"),
        ("tests/{slug}.yaml", "scenario", "scenario.yaml"),
        ("examples/{id}/project.yaml", "project", "project.yaml"),
        ("examples/{id}/changes/001.yaml", "change", "change.yaml"),
    ),
    "attendance": (
        _POLICY,
        ("policies/{place}/guides/leave.yaml", "guide", "guide.yaml"),
        ("tests/{slug}.yaml", "scenario", "scenario.yaml"),
        ("examples/attendance/register.yaml", "attendance", "register.yaml"),
    ),
    "assessment": (
        _POLICY,
        ("policies/{place}/guides/assessment.yaml", "guide", "guide.yaml"),
        ("tests/{slug}.yaml", "scenario", "scenario.yaml"),
        ("examples/assessment/{year}-Q1.yaml", "assessment", "assessment.yaml"),
    ),
    "cases": (
        _POLICY,
        ("policies/{place}/guides/log-goals.yaml", "guide", "guide.yaml"),
        ("tests/{slug}.yaml", "scenario", "scenario.yaml"),
        ("examples/cases/办件登记.yaml", "cases", "log.yaml"),
    ),
    "parallel": (
        _POLICY,
        ("policies/{place}/guides/parallel.yaml", "guide", "guide.yaml"),
        ("tests/{slug}.yaml", "scenario", "scenario.yaml"),
        ("policies/{place}/catalogues/catalogue.yaml", "catalogue", "catalogue.yaml"),
        ("examples/parallel/catalogue.yaml", "catalogue", "catalogue.yaml"),
        ("examples/parallel/case.yaml", "parallel-case", "case.yaml"),
    ),
}


def _written(options: argparse.Namespace, count: int) -> Text:
    folder, city = options.folder, options.level == "city"
    quoted = shlex.quote(visible(str(folder)))
    guessed = "/" in options.jurisdiction and not city
    level = Text(
        "辖区按区、县写的，是市的改 banshi.toml 里的 level。", "It is taken for a county's (level in banshi.toml)."
    )
    said = level if guessed else Text("", "")
    return Text(
        f"已写好 {visible(str(folder))}（{count} 个文件），内容都是虚构的，请改成自己的。{said.zh}接着：\n"
        f"  cd {quoted}\n  banshi check\n  banshi test\n  banshi build\n  banshi serve",
        f"{visible(str(folder))} is ready ({count} files); everything in it is made up and waits for yours. {said.en} Next:\n"
        f"  cd {quoted}\n  banshi check\n  banshi test\n  banshi build\n  banshi serve",
    )
