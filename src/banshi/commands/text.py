"""``banshi text INSTRUMENT``: the consolidated text of a day, with what was amended by what."""

import argparse
import datetime
import json
from collections.abc import Iterable

from banshi.base.folders import POLICIES, layered
from banshi.base.text import Text, did_you_mean, listed
from banshi.centre.centre import Centre
from banshi.commands.output import add_output, write
from banshi.commands.standing import centre_of, place_asked, project_option
from banshi.commands.text_said import as_json, as_lines, as_markdown
from banshi.law.library import Library
from banshi.law.repealed import in_force_of
from banshi.law.texts import Edition
from banshi.output.terminal import complain, refuse

FORMATS = ("text", "markdown", "json", "akn")


def add(parser: argparse.ArgumentParser) -> None:
    """Options."""
    parser.add_argument("instrument", metavar="INSTRUMENT", help="文件：辖区/名称，或只写名称")
    day = datetime.date.fromisoformat
    parser.add_argument("--on", type=day, metavar="DATE", help="哪一天的文本（默认今天）")
    parser.add_argument("--known-on", type=day, metavar="DATE", help="按那一天已经知道的；那时录错的，照当时写的印")
    parser.add_argument("--jurisdiction", metavar="PLACE", help="辖区（默认：项目的）")
    add_output(parser, FORMATS)
    project_option(parser)


def run(options: argparse.Namespace) -> int:
    """Print the text; 1 where none was in force, 2 where there is no such instrument."""
    place: str | None = options.jurisdiction
    if place and "/" in options.instrument and not options.instrument.startswith(f"{place}/"):
        return refuse(_elsewhere(options.instrument, place), options.lang)
    centre = centre_of(options)
    library = Library(layered(centre.folder, POLICIES))
    on: datetime.date = options.on or datetime.date.today()
    name = options.instrument if "/" in options.instrument else f"{place_asked(options, centre)}/{options.instrument}"
    if not library.files(name):
        return refuse(_unknown(name, library, centre), options.lang)
    editions = in_force_of(library, name, options.known_on)
    found = next((edition for edition in editions if edition.holds(on)), None)
    if found is None:
        complain(_none(name, on, editions).say(options.lang))
        return 1
    if options.format == "json":
        told = {**as_json(found, on, options.known_on), "law": centre.law.as_json()}
        return write(options, json.dumps(told, ensure_ascii=False, indent=2))
    if options.format == "akn":
        from banshi.commands.text_akn import as_akn  # late: most look at the text themselves

        return write(options, as_akn(found, centre.law.said.zh))
    said = as_markdown if options.format == "markdown" else as_lines
    lines = [*said(found, options.known_on, options.lang), "", centre.law.said.say(options.lang)]
    return write(options, "\n".join(" ".join(line.splitlines()) for line in lines))  # a name with a break adds no line


def _elsewhere(name: str, place: str) -> Text:
    return Text(
        f"{name} 不是 {place} 的文件：去掉 --jurisdiction，或者只写文件的名称",
        f"{name} is no instrument of {place}: leave out --jurisdiction, or give the name alone",
    )


def _unknown(name: str, library: Library, centre: Centre) -> Text:
    known = [each for each in library.instruments() if centre.applies(each)]
    guess = did_you_mean(name, known)
    return Text(
        f"没有文件 {name}。{guess.zh}可用：{listed(known) or '（一个也没有）'}", f"no instrument {name}. {guess.en}"
    )


def _none(name: str, on: datetime.date, editions: Iterable[Edition]) -> Text:
    spans = [f"{edition.since}—{edition.until or ''}" for edition in editions]
    zh = f"施行的日子：{listed(spans)}" if spans else "它没有施行过"
    en = f"it was in force {', '.join(spans)}" if spans else "it never was"
    return Text(f"{on} 没有施行的 {name}；{zh}", f"{name} is not in force on {on}; {en}")
