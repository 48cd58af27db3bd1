"""Whose law a command applies: the project that one stands in or names; and whether that project's code may run."""

import argparse
import datetime
from collections.abc import Iterable
from pathlib import Path

from banshi.base.folders import POLICIES, brings_any, layered, project_of
from banshi.base.text import Lang, Text, did_you_mean
from banshi.centre.centre import Centre
from banshi.centre.own_code import TEMPLATES
from banshi.law.library import NATION, Library, places_above
from banshi.law.unusable import PolicyUnreadable
from banshi.output.terminal import complain


class ProjectUnusable(Exception):
    """What ``--project`` names is no project; ``why`` says so in a line."""

    def __init__(self, why: Text) -> None:
        super().__init__(why.zh)
        self.why = why


def project_option(parser: argparse.ArgumentParser) -> None:
    """``--project``: whose law, schemas, rules, templates and settings are applied."""
    parser.add_argument(
        "--project", type=Path, metavar="FOLDER", help="按这个项目的规定和设置（默认：当前文件夹所在的项目）"
    )


def known_on_option(parser: argparse.ArgumentParser) -> None:
    """``--known-on``: the law and the working days as they were known on a day."""
    parser.add_argument(
        "--known-on",
        type=datetime.date.fromisoformat,
        metavar="DATE",
        help="只按这一天已经知道的规定和放假安排（以后才公布、才更正的不算）",
    )


def code_options(parser: argparse.ArgumentParser) -> None:
    """``--project``, and ``--trust-project`` for commands that may run code of the project."""
    project_option(parser)
    parser.add_argument(
        "--trust-project",
        action="store_true",
        help="这一次运行该项目自己的规则和模板，不查信任记录（用于自动检查；平时用 banshi trust）",
    )


def within_option(parser: argparse.ArgumentParser) -> None:
    """``--within``: how far the files that a document names may lie."""
    parser.add_argument(
        "--within",
        type=_folder,
        metavar="DIR",
        help="文件里写到的其他文件可以在这个文件夹里（默认：只在各文件自己的文件夹里）",
    )


def _folder(given: str) -> Path:
    if not Path(given).is_dir():
        raise argparse.ArgumentTypeError(f"没有文件夹 {given}")
    return Path(given)


def centre_of(options: argparse.Namespace) -> Centre:
    """The centre that the options name, or that one stands in. Raises ``ProjectUnusable`` or ``SettingsUnusable``."""
    named: Path | None = options.project
    if named is None:
        folder = project_of(Path.cwd())
    elif not brings_any(named):
        raise ProjectUnusable(
            Text(
                f"--project {named}：不是项目，没有 policies 等文件夹，也没有 banshi.toml",
                f"--project {named}: no project; it holds no policies, schemas … and no banshi.toml",
            )
        )
    else:
        folder = named.absolute()
    centre = Centre(folder, vouched=getattr(options, "trust_project", False))
    centre.look_at_settings()
    return centre


def place_asked(options: argparse.Namespace, centre: Centre) -> str:
    """The jurisdiction whose law is asked: the option, else the project's. Raises ``ProjectUnusable`` where it is unclear."""
    place = options.jurisdiction or centre.jurisdiction
    if place is None:
        raise ProjectUnusable(
            Text(
                "不知道问的是哪个辖区的规定：在项目的 banshi.toml 写明 jurisdiction，或者加 --jurisdiction 辖区",
                "whose law is asked? Set jurisdiction in the project's banshi.toml, or give --jurisdiction PLACE",
            )
        )
    return str(place)


def place_answered(options: argparse.Namespace, centre: Centre) -> str:
    """As ``place_asked``, of an answer; it is said where nothing is written for the place that was named."""
    place = place_asked(options, centre)
    if options.jurisdiction:
        say_of_whom(place, centre, options)
    return place


def place_governed(options: argparse.Namespace, centre: Centre, subject: str, said: Text) -> str:
    """As ``place_answered``, of what is begun in the words of the law on a subject, which ``said`` calls by its name.

    Raises ``ProjectUnusable`` where no text governs it in the place or above, on no day.
    """
    place = place_answered(options, centre)
    if Library(layered(centre.folder, POLICIES)).begins(place, subject) is None:
        raise ProjectUnusable(
            Text(
                f"{place} 没有管{said.zh}的文件，没有可依据的用语和规定，什么也没有写",
                f"no instrument of {place} governs {said.en}: there is nothing to write it by, and nothing was written",
            )
        )
    return place


def place_compared(options: argparse.Namespace, centre: Centre, library: Library) -> str:
    """As ``place_answered``, of a law that is compared. Raises ``ProjectUnusable`` where nothing at all is written for the place."""
    place = place_answered(options, centre)
    if not any(library.in_place(each) for each in places_above(place) if each != NATION):
        raise ProjectUnusable(
            Text(
                f"没有 {place} 的文件，没有可比较的", f"no instrument of {place} is known: there is nothing to compare"
            )
        )
    return place


def say_of_whom(place: str, centre: Centre, options: argparse.Namespace) -> None:
    """One line where nothing is written for the place that was named: by whose law the answer is, or that there is none."""
    kept = Library(layered(centre.folder, POLICIES)).instruments()
    if any(each.startswith(f"{place}/") for each in kept):
        return
    city, _, county = place.partition("/")
    of_city = bool(county) and any(each.startswith(f"{city}/") for each in kept)
    why = (
        Text(
            f"没有 {place} 自己的文件，以下只按 {city} 和上级的文件；写错了的，改正 --jurisdiction",
            f"nothing is written for {place} itself: what follows is by the law of {city} and above; correct --jurisdiction if it is misspelt",
        )
        if of_city
        else Text(
            f"没有 {place} 的文件（--jurisdiction）{_guessed(place, kept).zh}",
            f"no instrument of {place} (--jurisdiction) is known. {_guessed(place, kept).en}",
        )
    )
    complain(why.say(options.lang))


def _guessed(place: str, kept: Iterable[str]) -> Text:
    guess = did_you_mean(place, sorted({each.rpartition("/")[0] for each in kept}))
    return Text(f"。{guess.zh}" if guess.zh else "", guess.en)


def say_left_aside(centre: Centre, options: argparse.Namespace, *parts: str) -> None:
    """One line on standard error for each part of the centre's own code that does not run; of a page, its templates too."""
    templates = [TEMPLATES] if getattr(options, "format", "") == "html" else []
    for _, said in centre.left_aside(*parts, *templates):
        complain(said.say(options.lang))


def tell_unusable(left_out: Iterable[PolicyUnreadable], lang: Lang) -> int:
    """One line on standard error for each policy file that was left out; the exit status that they call for."""
    found = list(left_out)
    for why in found:
        complain(why.in_words.say(lang))
    return int(bool(found))
