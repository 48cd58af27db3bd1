"""``banshi new WHAT …``: an instrument, a version, a guide, a rule, a filing or scenarios, begun from what is there."""

import argparse
import datetime
import json
import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from banshi.base.folders import POLICIES, layered, shipped
from banshi.base.text import Text, did_you_mean, listed
from banshi.base.today import today
from banshi.centre.centre import Centre
from banshi.centre.own_code import RULES
from banshi.centre.starters import starter, with_schema
from banshi.checking.declared_uses import taking
from banshi.checking.examples import BASE
from banshi.checking.loading import Loader
from banshi.commands.init import given_for
from banshi.commands.new_filing import filing_begun
from banshi.commands.output import write_new
from banshi.commands.standing import centre_of, place_answered, place_asked, place_governed, project_option
from banshi.law.assessment_periods import periods, scored_kinds
from banshi.law.instruments import PolicyVersion
from banshi.law.library import Law, Library
from banshi.law.next_version import next_version, source
from banshi.law.norms import Norm
from banshi.output.terminal import refuse
from banshi.subjects.attendance.begun import day_begun
from banshi.subjects.attendance.rulebook import SUBJECT as ATTENDANCE
from banshi.subjects.cases.vocabulary import vocabulary
from banshi.subjects.change.filing import SUBJECT

_SLUG = re.compile(r"[a-z][a-z0-9-]*")
_FIGURE = re.compile(r"[0-9０-９]+年?")
_PLACE_LINE = re.compile(r"^([ ]*jurisdiction:)[^\n#]*", re.M)


class _Refused(Exception):
    """Nothing can be begun so; ``why`` says it in a line."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(zh)
        self.why = Text(zh, en)


def add(parser: argparse.ArgumentParser) -> None:
    """Options."""
    parser.add_argument(
        "what",
        metavar="WHAT",
        help=f"{'、'.join(_WHAT)}；或者写一个文件（辖区/名称），后面写施行日：开始写修改它的文件，加 --full 写它的新版本",
    )
    parser.add_argument(
        "name",
        metavar="NAME",
        help="施行日（WHAT 是文件时）；标识：文件的名称，或 辖区/名称（version、amendment、guide、scenario 依据的文件）；规则写 管什么/名称；报批写文件夹",
    )
    parser.add_argument("day", metavar="DATE", nargs="?", help="施行日，同 --from")
    parser.add_argument("--title", metavar="TITLE", help="名称（默认用标识）")
    parser.add_argument("--governs", choices=_SCENARIOS, help="管什么（instrument）")
    day = datetime.date.fromisoformat
    parser.add_argument(
        "--from",
        dest="since",
        type=day,
        metavar="DATE",
        help="从哪一天起施行（instrument、version、amendment）；也可以直接写在 NAME 后面",
    )
    parser.add_argument("--jurisdiction", metavar="PLACE", help="辖区（默认：项目的；区、县写 市/区县）")
    parser.add_argument(
        "--full", action="store_true", help="文件 施行日：写整份新版本，从前一天施行的文本开始，注释和排列照旧"
    )
    project_option(parser)


def run(options: argparse.Namespace) -> int:
    """Write it and say where; 2 where it cannot be begun or is there already."""
    centre = centre_of(options)
    try:
        _settle(options)
        files = _WHAT[options.what](options, centre)
    except _Refused as refused:
        return refuse(refused.why, options.lang)
    if status := write_new(options, {path: text.encode() for path, text in files.items()}):
        return status
    shown = listed(Path(os.path.relpath(path)).as_posix() for path in files)
    print(
        Text(f"已写好 {shown}；改好后运行 banshi check。", f"{shown} written; edit, then run banshi check.").say(
            options.lang
        )
    )
    print(centre.law.said.say(options.lang))
    return 0


def _settle(options: argparse.Namespace) -> None:
    """``INSTRUMENT DATE`` means an amendment of it from that day, or with ``--full`` a version.

    ``WHAT NAME DATE`` means ``--from DATE``, which is of use where the law of a day is begun.
    """
    if options.day is not None:
        options.since = _day_given(options)
    if options.since is not None and options.what in _WHAT and options.what not in _FROM_A_DAY:
        raise _Refused(
            f"{options.what} 不写施行日，删去 {options.since}",
            f"{options.what} takes no date: leave out {options.since}",
        )
    if options.what in _WHAT:
        if options.full:
            raise _Refused(
                "--full 写在 文件 施行日 之后，不和别的一起用", "--full goes with INSTRUMENT DATE, with nothing else"
            )
        return
    day = _day(options.name)
    if day is None:
        kinds = listed(_WHAT)
        raise _Refused(
            f"不知道 {options.what} {options.name}：可用 {kinds}；或者写 文件 施行日（年-月-日）",
            f"{options.what} {options.name}: write one of {', '.join(_WHAT)}; or INSTRUMENT DATE (YYYY-MM-DD)",
        )
    if options.since is not None or options.governs is not None:
        raise _Refused(
            "写了 文件 施行日，就不写 --from、--governs", "INSTRUMENT DATE goes without --from and --governs"
        )
    options.what, options.name, options.since = "version" if options.full else "amendment", options.what, day


def _day(text: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        return None


def _day_given(options: argparse.Namespace) -> datetime.date:
    """The day behind the name; where ``--from`` says another one, or it is none, that is refused."""
    day = _day(options.day)
    if day is None or options.since not in (None, day):
        raise _Refused(
            f"{options.name} 后面应写一个施行日（年-月-日），不能是 {options.day}"
            + (f"；--from 已写 {options.since}" if options.since else ""),
            f"one DATE (YYYY-MM-DD) goes behind {options.name}, not {options.day}",
        )
    return day


def _since(options: argparse.Namespace) -> datetime.date:
    day: datetime.date | None = options.since
    if day is None:
        raise _Refused(
            f"还缺施行日：banshi new {options.what} {options.name} --from 年-月-日",
            f"still missing: banshi new {options.what} {options.name} --from DATE",
        )
    return day


_Files = dict[Path, str]


def _beside(folder: Path, slug: str) -> Path:
    """Where a further file on an instrument goes: ``slug.yaml``, or ``slug-2.yaml`` beside what is there."""
    names = (f"{slug}.yaml", *(f"{slug}-{n}.yaml" for n in range(2, 1000)))
    return next((path for name in names if not os.path.lexists(path := folder / name)), folder / names[0])


def _given(options: argparse.Namespace, centre: Centre, place: str, slug: str) -> dict[str, Any]:
    given = given_for(centre.settings, place)
    if options.since:
        given["day"] = options.since.isoformat()
    return {
        **given,
        "slug": slug,
        "title": _line(options.title or slug),
        "subject": options.governs or "",
        "guide": slug,
    }


def _slug(text: str) -> str:
    if not _SLUG.fullmatch(text):
        raise _Refused(f"“{text}”不是标识：小写字母、数字、连字符", f"{text} is no id: small letters, digits, hyphens")
    return text


def _line(title: str) -> str:
    if not title.isprintable() or set(title) & set("\"'\\{}"):
        raise _Refused(
            "--title 应是一行文字，不含引号、反斜杠、花括号", "--title is one line without quotes, backslashes, braces"
        )
    return title


def _yaml(centre: Centre, path: Path, kind: str, text: str) -> _Files:
    return {path: with_schema(centre.folder, path, kind, text)}


def _instrument(options: argparse.Namespace, centre: Centre) -> _Files:
    place = place_answered(options, centre)
    slug = _slug(options.name.removeprefix(f"{place}/"))
    path = centre.folder / POLICIES / place / slug / f"{_since(options)}.yaml"
    return _yaml(centre, path, "policy", starter("new/instrument.yaml", _given(options, centre, place, slug)))


def _known(options: argparse.Namespace, centre: Centre) -> tuple[str, Library]:
    """The instrument that is named, with or without its jurisdiction."""
    library = Library(layered(centre.folder, POLICIES))
    name = options.name if "/" in options.name else f"{place_asked(options, centre)}/{options.name}"
    if not library.files(name):
        known = [each for each in library.instruments() if centre.applies(each)]
        guess = did_you_mean(name, known)
        raise _Refused(
            f"没有文件 {name}。{guess.zh}可用：{listed(known) or '（一个也没有）'}", f"no instrument {name}. {guess.en}"
        )
    return name, library


def _version(options: argparse.Namespace, centre: Centre) -> _Files:
    name, library = _known(options, centre)
    before = source(library, name, _since(options))
    if before is None:
        raise _Refused(
            f"{options.since} 的前一天没有施行的 {name}；新版本的施行日要在已有版本的施行日之后",
            f"nothing of {name} is in force on the day before {options.since}; choose a later day",
        )
    if any(library.load(path).begins == options.since for path in library.files(name)):
        raise _Refused(
            f"{name} 已有 {options.since} 起施行的版本", f"{name} has a version from {options.since} already"
        )
    title = _line(options.title) if options.title else None
    path = centre.folder / POLICIES / name / f"{options.since}.yaml"
    return _yaml(centre, path, "policy", next_version(library, before, options.since, title))


def _amendment(options: argparse.Namespace, centre: Centre) -> _Files:
    """An instrument that amends another, from a day on: its first change sets a statement to what it is."""
    name, library = _known(options, centre)
    amended = library.version_at(name, _since(options))
    if amended is None or not amended.placed:
        raise _Refused(
            f"{options.since} 没有施行的 {name}，或者它没有规范点，没有可改的", f"nothing of {name} is in force then"
        )
    place, _, slug = name.rpartition("/")
    slug, first = f"{slug}-amended-{options.since}", amended.placed[0].norm
    path = centre.folder / POLICIES / place / slug / f"{options.since}.yaml"
    if path.exists():
        shown = Path(os.path.relpath(path)).as_posix()
        raise _Refused(
            f"已有 {shown}，什么也没有写；同一天另有一份修改文件的，先给那一份起自己的标识（改文件夹名和 instrument），再运行",
            f"{shown} exists already; for another one of that day give it an id of its own (folder and instrument) first",
        )
    given = {
        **_given(options, centre, place, slug),
        "title": _line(options.title or f"关于修改{amended.title}的通知"),
        "target": name,
        "place_name": amended.jurisdiction_name,
        "about": amended.subject,
        "known": min(datetime.date.today(), options.since).isoformat(),
        "norm": first.id,
        "statement": json.dumps(first.statement, ensure_ascii=False),
    }
    return _yaml(centre, path, "policy", starter("new/amendment.yaml", given))


def _guide(options: argparse.Namespace, centre: Centre) -> _Files:
    name, library = _known(options, centre)
    place, _, slug = name.rpartition("/")
    newest = library.shown(name) or library.load(library.files(name)[-1])
    editions = [edition.since for edition in library.versions(name) if edition.since <= library.on]
    kinds = list(dict.fromkeys(placed.norm.kind for placed in newest.placed))
    if not kinds:
        raise _Refused(f"{name} 还没有规范点，没有可讲的", f"{name} holds no norms yet")
    given = {
        **_given(options, centre, place, slug),
        "title": _line(options.title or f"{_FIGURE.sub('', newest.title)}指南"),  # a guide restates no figure
        "kinds": kinds,
        "written_for": editions[-1] if editions else newest.dates.in_force,
    }
    path = _beside(centre.folder / POLICIES / place / "guides", slug)
    return _yaml(centre, path, "guide", starter("new/guide.yaml", {**given, "guide": path.stem}))


def _rule(options: argparse.Namespace, centre: Centre) -> _Files:
    found = _RULE.fullmatch(options.name)
    if found is None:
        subjects = listed(_BASES)
        raise _Refused(
            f"规则写成 管什么/名称，如 change/reason-given；管什么可用：{subjects}；名称用小写字母、数字、连字符",
            f"write SUBJECT/NAME, in small letters, digits, hyphens; subjects: {subjects}",
        )
    subject, slug = found[1], found[2]
    folder, place = centre.folder / RULES / subject, place_answered(options, centre)
    given = {**_given(options, centre, place, ""), **_sample(centre, place)}
    title = _line(options.title or slug)
    rule = starter(f"new/rules/{subject}.py", {**given, "title": title, "slug": slug})
    files = {folder / f"{slug.replace('-', '_')}.py": rule}
    if not (folder / BASE).exists():
        files[folder / BASE] = _base(subject, {**given, **_words_of_logs(centre, place)}, place)
    return files


def _sample(centre: Centre, place: str) -> dict[str, Any]:
    """What the sound document that a rule's examples vary is called."""
    called = given_for(centre.settings, place)["called"]
    return {"id": "sample", "slug": "sample", "title": f"{called}样例规定（虚构）"}


def _words_of_logs(centre: Centre, place: str) -> dict[str, Any]:
    """The first kind of case and the first evaluation that the law of a place declares."""
    words = vocabulary(Library(layered(centre.folder, POLICIES)), place)
    return {"case_kind": next(iter(words.kinds)), "evaluation": next(iter(words.evaluations))}


def _base(subject: str, given: dict[str, Any], place: str) -> str:
    """The sound document that the examples of a subject's rules vary."""
    if subject == SUBJECT:
        base = (shipped(RULES) / SUBJECT / BASE).read_text(encoding="utf-8")
        return _PLACE_LINE.sub(rf"\g<1> {place}", base)
    return starter(_BASES[subject], given)


# Which starter the examples of a subject's rules vary; of changes it is the shipped rules' own.
_BASES = {
    SUBJECT: "",
    "attendance": "attendance/register.yaml",
    "assessment": "assessment/assessment.yaml",
    "cases": "cases/log.yaml",
    "catalogue": "parallel/catalogue.yaml",
    "policy": "change/policy.yaml",
}
_RULE = re.compile(rf"({'|'.join(_BASES)})/([a-z][a-z0-9-]*)")


def _filing(options: argparse.Namespace, centre: Centre) -> _Files:
    place = place_governed(options, centre, SUBJECT, Text("工程变更", "changes of works"))
    return filing_begun(Path(options.name), centre, place, _given(options, centre, place, ""))


def _scenario(options: argparse.Namespace, centre: Centre) -> _Files:
    name, library = _known(options, centre)
    place, _, slug = name.rpartition("/")
    newest = library.shown(name) or library.load(library.files(name)[-1])
    subject = next((each for each in newest.subjects if each in _SCENARIOS), SUBJECT)
    given = _given(options, centre, place, slug)
    day = max(today(), newest.begins)
    since = max(given["monday"], newest.begins)
    begun = day_begun(Loader(centre.folder), place, since) if subject == ATTENDANCE else None
    groups = [*(group.name for group in newest.staff_groups.values()), *(o.name for o in newest.offices.values())]
    law = library.at(day, place).law(subject) or Law((newest,), place)
    given |= {
        "day": day.isoformat(),
        "tiers": [label.name for label in law.tier_labels.values()],
        "classes": [label.name for label in law.classes.values()],
        "criteria": law.criteria,
        "period": next(_scored(law, given["year"]), f"{given['year']}-Q1"),
        "group": begun.group if begun else next(iter(groups), "待填"),
        "begun": begun,
        "target": next((placed.norm.id for placed in newest.placed if _of_log(placed.norm, newest)), "待填"),
    }
    text = starter(f"new/scenarios/{subject}.yaml", given)
    return _yaml(centre, _beside(centre.folder / "tests", slug), "scenario", text)


def _scored(law: Law, year: int) -> Iterator[str]:
    """The periods of a year whose facts are judged themselves, as they are asked for."""
    return (str(period) for kind in scored_kinds(law) for period in periods(law, kind, year))


def _of_log(norm: Norm, version: PolicyVersion) -> bool:
    """Whether it is a target that the cases of a log reach or miss."""
    return norm.kind == "target" and any(use.by == "banshi cases" for use in taking(norm, version.subjects))


_SCENARIOS = (SUBJECT, ATTENDANCE, "assessment", "parallel")


_WHAT: dict[str, Callable[[argparse.Namespace, Centre], _Files]] = {
    "instrument": _instrument,
    "version": _version,
    "amendment": _amendment,
    "guide": _guide,
    "rule": _rule,
    "filing": _filing,
    "scenario": _scenario,
}
_FROM_A_DAY = ("instrument", "version", "amendment")
