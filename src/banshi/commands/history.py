"""``banshi history``: the line of an instrument's texts, amendments, corrections and commits; and where a norm dates from."""

import argparse
import datetime
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from pathlib import Path, PurePosixPath
from typing import Any

from banshi.base.folders import POLICIES, layered, real_path
from banshi.base.limits import MAX_COMMITS
from banshi.base.text import Lang, Text, did_you_mean, listed, same, visible
from banshi.centre.centre import Centre
from banshi.commands.output import add_output, ready, write
from banshi.commands.standing import centre_of, code_options
from banshi.commands.told_wrong import NoReceipt, said, told_wrong
from banshi.files.findings import Citation
from banshi.files.git import NO_PROGRAMS, NoGit, Repository
from banshi.files.reading import read_text
from banshi.law.amending import Amended, come_about
from banshi.law.instruments import Placed, PolicyVersion
from banshi.law.library import Library
from banshi.law.norms import Norm
from banshi.law.repealed import in_force_of
from banshi.law.revisions.lineage import lineage
from banshi.law.texts import Edition
from banshi.output.terminal import refuse

_COMMIT = "--format=%H%x00%an%x00%aI%x00%s%x00"  # no name and no message can hold the character of number 0
_NAME = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")  # of a commit
_NOT_IN_GIT = Text("这个文件不在 git 仓库里，提交的历史不知道", "it is in no git repository: the commits are not known")
_SHALLOW = Text(
    "这是浅克隆：更早的提交没有取来，更早的历史不知道",
    "a shallow clone: older commits were not fetched and are not known",
)
Row = dict[str, Any]
_ONE_DAY = datetime.timedelta(days=1)


def add(parser: argparse.ArgumentParser) -> None:
    """Options."""
    parser.add_argument("instrument", metavar="INSTRUMENT", help="文件，如 辖区/名称")
    parser.add_argument("--blame", metavar="NORM", help="这个规范点从哪一天起这样规定，各行是谁、何时、为什么写的")
    parser.add_argument(
        "--told-wrong",
        type=Path,
        nargs="*",
        metavar="RECEIPT",
        help="更正过的，错了什么、从哪天到哪天这样答复；后面写收据或放收据的文件夹，列出哪些依据了有误的文本",
    )
    code_options(parser)
    add_output(parser, ("text", "json"))


def run(options: argparse.Namespace) -> int:
    """Print; 2 where there is no such instrument or norm."""
    if status := ready(options):
        return status
    centre = centre_of(options)
    library = Library(layered(centre.folder, POLICIES))
    wrong = _unknown(library, options)
    if wrong:
        return refuse(wrong, options.lang)
    if options.told_wrong is not None:
        return _told_wrong(library, centre, options)
    told = _told(library, centre.folder, options)
    return _write(options, centre, told, _text(told, options.lang))


def _write(options: argparse.Namespace, centre: Centre, told: Row, text: str) -> int:
    if options.format == "json":
        whole = {"version": 1, "law": centre.law.as_json(), **told}
        return write(options, json.dumps(whole, ensure_ascii=False, indent=2))
    return write(options, f"{text}\n\n{centre.law.said.say(options.lang)}")


def _told_wrong(library: Library, centre: Centre, options: argparse.Namespace) -> int:
    """Print what was told wrong; 2 where a file is no receipt."""
    try:
        row = told_wrong(library, options.instrument, centre.folder, options.told_wrong)
    except NoReceipt as error:
        return refuse(error.why, options.lang)
    return _write(options, centre, row, "\n".join(map(visible, said(row, options.lang))))


def _unknown(library: Library, options: argparse.Namespace) -> Text | None:
    name = options.instrument
    if not library.files(name):
        guess = did_you_mean(name, library.instruments())
        return Text(f"没有文件 {name}。{guess.zh}", f"there is no instrument {name}. {guess.en}".rstrip())
    if options.told_wrong is not None and options.blame:
        return Text("--told-wrong 和 --blame 一次问一个", "ask --told-wrong and --blame one at a time")
    known = {placed.norm.id for edition in library.versions(name) for placed in edition.text.placed}
    known |= {placed.norm.id for path in library.files(name) for placed in library.load(path).placed}
    if options.blame and options.blame not in known:
        guess = did_you_mean(options.blame, known)
        return Text(
            f"{name} 没有规范点 {options.blame}。{guess.zh}", f"{name} has no norm {options.blame}. {guess.en}".rstrip()
        )
    return None


def _told(library: Library, project: Path, options: argparse.Namespace) -> Row:
    name, norm = options.instrument, options.blame
    files = library.files(name)
    told: Row = {"instrument": name, "title": library.load(files[-1]).title}
    editions = in_force_of(library, name)
    told["texts"] = [_edition(*pair, options.lang) for pair in zip((None, *editions), editions, strict=False)]
    told["corrections"] = [row for path in files for row in _corrections(library, path)]
    ids = set[str]()
    if norm:
        called = _called(editions, norm)
        ids = {norm, *filter(None, called)}
        rows = list(_of_norm(editions, called, options.lang))
        told |= {"norm": norm, "ids": sorted(ids), "readings_of_norm": rows}
    try:
        told |= _from_git(Repository(project).whole, [*files, *_amending(library, name)], ids, options.lang)
    except NoGit as error:
        why = error.why
        told["git"] = Text(f"提交的历史不知道：{why.zh}", f"the commits are not known: {why.en}").say(options.lang)
    return told


def _amending(library: Library, name: str) -> list[Path]:
    """The files that amend an instrument, and those that amend them."""
    by = [each for edition in library.versions(name) for each in edition.text.amended.by]
    instruments = dict.fromkeys(cited.instrument for each in by for cited in (each.by, *each.through))
    return [path for other in instruments for path in library.files(other)]


def _edition(before: Edition | None, edition: Edition, lang: Lang) -> Row:
    text = edition.text
    goes_on = before is not None and (before.text.amended.base or before.text.version) == text.amended.base
    anew, over = come_about(before.text.amended.by if before and goes_on else (), text.amended.by)
    return {
        "since": str(edition.since),
        "until": str(edition.until) if edition.until else None,
        "known": str(text.dates.known) if text.dates.known else None,
        "version": text.amended.base or text.version,
        "amended_by": _once(text.amended.by, lang),
        "amended_anew": _once((each for each, _ in anew), lang),
        "lapsed": _once(over, lang),
        "norms": len(text.placed),
    }


def _once(amended: Iterable[Amended], lang: Lang) -> list[str]:
    """Each thing that was done, once: a field that is set and one that is left out are both 改."""
    return list(dict.fromkeys(_amended_by(each).say(lang) for each in amended))


def _amended_by(each: Amended) -> Text:
    """What amended a text, by which provision, and what has amended that in its turn."""
    through = listed(dict.fromkeys(cited.number or cited.title for cited in each.through))
    zh, en = (f"，经 {through} 修改", f", as amended by {through}") if through else ("", "")
    return Text(f"{each.by.say()}（{each.done.zh}{zh}）", f"{each.by.say()}（{each.done.en}{en}）")


def _corrections(library: Library, path: Path) -> Iterator[Row]:
    for each in library.load(path).corrections:
        yield {
            "id": each.id,
            "version": path.stem,
            "about": each.norm or each.provision or each.reading or each.change,
            "since": str(each.since),
            "told_from": str(each.told_from) if each.told_from else None,
            "told_until": str(each.told_until),
            "note": each.note,
        }


def _of_norm(editions: Sequence[Edition], called: Sequence[str | None], lang: Lang) -> Iterator[Row]:
    """From which day a norm says what it says: the texts in which it reads otherwise than in the one before."""
    before, marks, provision, until = "", list[Amended](), "", None
    for edition, norm in zip(editions, _carried_on(called), strict=True):
        if until is not None and until + _ONE_DAY < edition.since and before:
            yield {"since": str(until + _ONE_DAY), "says": None, "by": []}
            before = ""
        placed: Placed[Norm] | None = next((p for p in edition.text.placed if p.norm.id == norm), None)
        said = placed.statement if placed else ""
        provision = placed.provision.id if placed else provision  # what is away stood where it last did
        now = list(_done_to(edition.text, norm, provision))
        if said != before:
            anew, over = come_about(marks, now)
            by = [_by(each, cited).say(lang) for each, cited in anew]
            by = by or [_over(each).say(lang) for each in over if each.until]
            yield {"since": str(edition.since), "says": said or None, "by": by or [edition.text.cite.say()]}
        before, marks, until = said, now, edition.until
    if until is not None and before:
        yield {"since": str(until + _ONE_DAY), "says": None, "by": []}


def _carried_on(called: Sequence[str | None]) -> Iterator[str]:
    """The ids of a norm; where it does not stand, the one that it last had."""
    last = next(filter(None, called), "")
    for each in called:
        last = each or last
        yield last


def _called(editions: Sequence[Edition], norm: str) -> list[str | None]:
    """The id that a norm has in each text, where it is now called otherwise than it was; None where it does not stand."""
    names = lineage([edition.text for edition in editions])
    own = next((each[norm] for each in reversed(names) if norm in each), None)
    return [next((there for there, called in each.items() if called == own), None) for each in names]


def _done_to(text: PolicyVersion, norm: str, provision: str) -> Iterator[Amended]:
    """What amendments have done to a norm by itself, and what has taken it out or put it back with its provision."""
    yield from text.amended.norms.get(norm, ())
    yield from (each for each in text.amended.provisions.get(provision, ()) if each.do in ("add", "revive"))
    own = {("norm", norm), ("provision", provision)}
    yield from (each.by for each in text.amended.dropped if (each.kind, each.id) in own)


def _by(each: Amended, cited: list[Citation]) -> Text:
    """By what it was done: by an amendment, or by what has amended that one in its turn."""
    by = listed(one.say() for one in cited)
    if cited != [each.by]:
        return Text(f"{by}（修改 {each.by.say()}）", f"{by} (amending {each.by.say()})")
    if each.do in ("remove", "suspend", "revive"):
        return Text(f"{by}（{each.done.zh}）", f"{by} ({each.done.en})")
    return same(by)


def _over(suspended: Amended) -> Text:
    by = suspended.by.say()
    return Text(f"{by} 的暂停期满", f"the suspension by {by} is over")


def _from_git(repository: Repository, files: list[Path], ids: AbstractSet[str], lang: Lang) -> Row:
    """Who committed what, when and why; and who wrote the lines of a norm."""
    top = repository.top
    own = [repository.path_of(path) for path in files if real_path(path).is_relative_to(real_path(top))]
    if not own:
        return {"git": _NOT_IN_GIT.say(lang)}
    head = repository.commit("HEAD")
    commits = list(_commits(repository, head, own))
    found: Row = {"commits": commits[:MAX_COMMITS]}
    if len(commits) > MAX_COMMITS:
        found["older_commits"] = True
    if repository.shallow:
        found["git"] = _SHALLOW.say(lang)
    if ids:
        found["blame"] = [row for path in own for row in _blame(repository, head, path, ids)]
    return found


def _commits(repository: Repository, head: str, paths: list[str]) -> Iterator[Row]:
    words = ("log", *NO_PROGRAMS, "--no-show-signature", f"--max-count={MAX_COMMITS + 1}", _COMMIT, head, "--", *paths)
    told = repository.ask(*words).decode("utf-8", "replace").split("\0")
    for commit, who, when, why in zip(*(told[n:-1:4] for n in range(4)), strict=True):
        yield {"commit": commit.lstrip("\n"), "who": who, "when": when, "why": why}


def _blame(repository: Repository, head: str, path: str, ids: AbstractSet[str]) -> Iterator[Row]:
    """The commits that wrote the lines of a norm, as the last commit has them."""
    listed_files = [blob for name, blob in repository.files(head, path) if name == path]
    content = next(iter(repository.contents(listed_files)), None) if listed_files else None
    spans = list(_spans(content.decode("utf-8", "replace"), ids)) if content else []
    if not spans:
        return
    lines = (f"-L{first},{last}" for first, last in spans)
    # A file that settings name may be any file, and git would print a line of it.
    words = ("blame", "--no-textconv", "--no-ignore-revs-file", "--porcelain", *lines, head, "--", path)
    for commit in _blamed(repository.ask(*words).decode("utf-8", "replace")):
        yield {"file": path, **commit}


def _spans(text: str, ids: AbstractSet[str]) -> Iterator[tuple[int, int]]:
    """The first and last line of a norm in a file's text, and of each change that is made to it."""
    document = read_text(text, "").document
    data = document.data if document else None
    if document is None or not isinstance(data, dict):
        return
    starts = [(document.place((key,)).line, False) for key in data]
    for outer, inner in (("provisions", "norms"), ("amends", "changes")):
        for n, part in enumerate(data.get(outer) or ()):
            starts.append((document.place((outer, n)).line, False))
            own = enumerate(part.get(inner) or ())
            starts += [(document.place((outer, n, inner, m)).line, _is_about(each, ids)) for m, each in own]
    for first in sorted({line for line, own in starts if own}):
        after = min((line for line, _ in starts if line > first), default=text.count("\n") + 2)
        yield first, max(first, after - 1)


def _is_about(part: Row, ids: AbstractSet[str]) -> bool:
    """Whether a part of a file is a norm, by whatever id, or a change made to it."""
    new = part.get("new")
    return bool(ids & {part.get("id"), part.get("norm"), new.get("id") if isinstance(new, dict) else None})


def _blamed(porcelain: str) -> Iterator[Row]:
    """The commits in what ``git blame --porcelain`` prints, each once, with how many lines are of it."""
    found: dict[str, Row] = {}
    commit = ""
    for line in porcelain.split("\n"):  # what else may end a line stands inside one, and git knows nothing of it
        words = line.split(" ")
        if _NAME.fullmatch(words[0]) and len(words) in (3, 4):
            commit = words[0]
            found.setdefault(commit, {"commit": commit, "who": "", "why": "", "lines": 0})
        elif line.startswith("\t"):
            found[commit]["lines"] += 1
        elif words[0] in ("author", "summary"):
            found[commit]["who" if words[0] == "author" else "why"] = line.partition(" ")[2]
        elif words[0] == "author-time":
            found[commit]["when"] = _day(int(words[1]))
    yield from found.values()


def _day(seconds: int) -> str:
    import datetime

    return datetime.datetime.fromtimestamp(seconds, datetime.UTC).isoformat()


def _text(told: Row, lang: Lang) -> str:
    lines = [f"{told['title']}（{told['instrument']}）", "", _TEXTS.say(lang)]
    texts = told["texts"]
    lines += [_edition_said(each).say(lang) for each in texts]
    if not told["texts"]:
        lines.append(Text("  没有施行日期", "  it has no day in force").say(lang))
    if told["corrections"]:
        lines += ["", _CORRECTIONS.say(lang), *(_correction_said(each).say(lang) for each in told["corrections"])]
    if "norm" in told:
        lines += ["", f"{told['norm']}：", *_readings_said(told["readings_of_norm"], lang)]
        lines += [f"  {_file(row)} {row['lines']} {_LINES.say(lang)}  {_commit(row)}" for row in told.get("blame", ())]
    if told.get("commits"):
        lines += ["", _COMMITS.say(lang), *(f"  {_commit(row)}" for row in told["commits"])]
        last = Text(f"  只列最近 {MAX_COMMITS} 次", f"  only the last {MAX_COMMITS}")
        lines += [last.say(lang)] if told.get("older_commits") else []
    if "git" in told:
        lines += ["", told["git"]]
    return "\n".join(visible(line) for line in lines)


_LINES = Text("行", "lines")


def _file(row: Row) -> str:
    """A version file as instrument and version: what is above these is the same in all."""
    return "/".join(PurePosixPath(row["file"]).parts[-2:])


_TEXTS = Text("施行的文本（按数据里的日期）：", "texts in force (by the dates in the data):")
_CORRECTIONS = Text(
    "更正（编码有误，原文一直如此）：", "corrections (the encoding was wrong, the text always said so):"
)
_COMMITS = Text(
    "提交（谁在什么时候改了数据文件，不是施行日期）：", "commits (who changed the files when; no dates of the law):"
)


def _edition_said(each: Row) -> Text:
    until = (f"至 {each['until']}", f"to {each['until']}") if each["until"] else ("起", "on")
    amended = _amended_said(each)
    return Text(
        f"  {each['since']} {until[0]}  版本 {each['version']}，{each['norms']} 个规范点{amended.zh}",
        f"  {each['since']} {until[1]}  version {each['version']}, {each['norms']} norms{amended.en}",
    )


def _amended_said(each: Row) -> Text:
    """What amended a text; of one that goes on from the text before it, what is new and what has lapsed."""
    new, lapsed = listed(each["amended_anew"]), listed(each["lapsed"])
    kept = len(each["amended_by"]) - len(each["amended_anew"])
    if not kept and not lapsed:
        return Text(f"，经 {new}", f", by {new}") if new else same("")
    fresh = (f"，又经 {new}", f", and by {new}") if new else ("", "")
    over = (f"；不再有 {lapsed}", f"; no longer by {lapsed}") if lapsed else ("", "")
    return Text(f"，经此前 {kept} 处修改{fresh[0]}{over[0]}", f", by {kept} of before{fresh[1]}{over[1]}")


def _correction_said(each: Row) -> Text:
    return Text(
        f"  {each['about']}：{each['since']} 起的答复有误，到 {each['told_until']} 为止",
        f"  {each['about']}: answers about {each['since']} and later were wrong until {each['told_until']}",
    )


def _readings_said(rows: list[Row], lang: Lang) -> Iterator[str]:
    """What a norm said from which day, each with what is new among its makers."""
    before: set[str] = set()
    for row in rows:
        by = listed([each for each in row["by"] if each not in before] or row["by"])
        before = set(row["by"])
        if not row["by"]:
            yield Text(f"  {row['since']} 起：全文不再施行", f"  from {row['since']}: no text is in force").say(lang)
            continue
        says = row["says"] or Text("不再有这一条", "it is gone").say(lang)
        yield Text(f"  {row['since']} 起（{by}）：{says}", f"  from {row['since']} ({by}): {says}").say(lang)


def _commit(row: Row) -> str:
    return f"{row.get('when', '')[:10]}  {row['commit'][:10]}  {row['who']}  {row['why']}"
