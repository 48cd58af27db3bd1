"""What ``check`` finds wrong in a centre's own texts, of the law that was applied: no answer that rests on it is reliable.

That a centre's texts are without fault is remembered from run to run, by the digest of all that it depends on; what is
wrong with them is found anew each time. The shipped texts are tested before they are shipped.
"""

import datetime
import hashlib
import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

from banshi.base.folders import POLICIES, real_path, shipped
from banshi.base.text import Text
from banshi.files.all_that_applies import digest
from banshi.files.documents import Place
from banshi.files.findings import Finding, Route, Severity
from banshi.files.locating import finding_at
from banshi.files.regular_files import unnoted
from banshi.law.library import Library
from banshi.law.working_days import FOLDER, WorkingDays

AT_FAULT = Text(
    "适用的规定有上面的错误，这次的结果不可靠：改好规定（banshi check policies 没有错误）再算",
    "the law that was applied has these errors, so nobody may rely on the result: mend it (banshi check policies), ask again",
)
_SHOWN = ("title", "number", "issuers", "subject", "jurisdiction_name", "source", "verification", "forms", "$schema")
_REMEMBERED = 1000  # sets of texts that are known to be without fault


def law_faults(
    project: Path,
    library: Library,
    by: str = "",
    texts: Iterable[Path] = (),
    *,
    every: bool = False,
    checked: Iterable[Path] = (),
) -> list[Finding]:
    """The errors of a project's own texts that a library was asked, as far as they bear on what is computed from them.

    ``by``: the command that computes, as the declared uses call it (any, if not given). ``texts``: these files, besides.
    ``every``: all of the project's own texts, where nobody can tell which were asked. ``checked``: files and folders of
    which all that is wrong is told anyway.
    """
    told: list[Path] = []
    for path in checked:
        with suppress(OSError, ValueError, RuntimeError):  # no file is there: a name that no system can spell
            told.append(real_path(path))
    texts = [path for path in [*_asked(library, every=every), *texts] if not _below(path, told)]
    paths = {Path(os.path.relpath(path)): path for path in texts}
    if not paths:
        return []
    with unnoted():  # the other texts that the rules look at are not what the answer rests on
        known = _place_of(project, paths.values())
        if known is not None and os.path.exists(known):  # also where nobody may look: then it is not known
            return []
        from banshi.checking.checker import Checker  # late: it asks this in its turn

        found = Checker(project, law_too=False).check([*paths]).findings
        # That a rule could not look, since some other text is unusable, is no error of this one.
        errors = [each for each in found if each.severity is Severity.ERROR and each.rule != "engine/policy-unusable"]
        if not errors:
            _remember(known)
            return []
        kinds = _computed(by)
        return [each for each in errors if _bears(each, paths, library, kinds)]


def told_of_law(project: Path, library: Library, checked: Iterable[Path]) -> list[Finding]:
    """What a check of files that rest on faulty texts says besides; nothing of texts that lie below what it ``checked``."""
    faults = law_faults(project, library, checked=checked)
    return [*faults, *map(_unreliable, {each.path: each for each in faults}.values())]


def _unreliable(first: Finding) -> Finding:
    message = Text(
        "这次检查所依据的这个文件有错误，凡依据它的判断都不可靠",
        "what was checked rests on this text, which has errors: nobody may rely on what is judged by it",
    )
    fix = Text(
        "先改好它（banshi check policies 没有错误），再检查。", "Mend it first (banshi check policies), check again."
    )
    said = {"rule": "engine/law-at-fault", "severity": Severity.ERROR, "message": message, "fix": fix}
    return finding_at(first.path, Place(1, 1, 2), "", **said)


def _asked(library: Library, *, every: bool) -> list[Path]:
    """The version files, of a centre's own, of all law that was asked."""
    folders = [real_path(folder) for folder in library.folders if real_path(folder) != real_path(shipped(POLICIES))]
    if not folders:
        return []
    if every:
        files = [path for instrument in library.instruments() for path in library.files(instrument)]
    else:
        files = []
        for instrument, stem in sorted(library.asked):
            own = library.files(instrument)
            files += [path for path in own if path.stem == stem] or own  # one whose name says another day
    return [path for path in files if _below(path, folders)]


def own_calendars(days: WorkingDays) -> list[Path]:
    """The files of working days, of a centre's own, of all years that were asked."""
    ours = [real_path(shipped(POLICIES))]
    return [path for path in sorted(days.asked) if not _below(path, ours)]


def _below(path: Path, places: list[Path]) -> bool:
    whole = real_path(path)
    return any(place == whole or place in whole.parents for place in places)


def _computed(by: str) -> set[str]:
    from banshi.checking.declared_uses import USES  # late: it knows every subject

    return {use.kind for use in USES if by in ("", use.by)}


def _bears(fault: Finding, paths: dict[Path, Path], library: Library, kinds: set[str]) -> bool:
    path = paths.get(Path(fault.path))
    if path is not None and path.parent.name == FOLDER:  # every day of it may be one that was counted
        return True
    data: dict[str, Any] = library.data(path) if path else {}
    return path is not None and _in_kinds(fault.where, data, kinds)


def _in_kinds(where: Route, data: dict[str, Any], kinds: set[str]) -> bool:
    """Whether an error of a policy file is in a norm of these kinds (its wording apart), or in words and relations of texts."""
    match where:
        case ("provisions", int(part), "norms", int(n), *rest) if data:
            return data["provisions"][part]["norms"][n].get("kind") in kinds and rest != ["statement"]
        case ("provisions", *_):
            return False
    return not where or where[0] not in _SHOWN


def _place_of(project: Path, texts: Iterable[Path]) -> Path | None:
    """Where it is kept that these texts are without fault; None where nothing can be kept."""
    name = "LOCALAPPDATA" if os.name == "nt" else "XDG_CACHE_HOME"
    given = os.environ.get(name, "")
    try:
        folder = Path(given) if os.path.isabs(given) else Path.home() / ".cache"
        whole = digest(project, own_rules=False)
    except (OSError, RuntimeError):  # no home, or a text that cannot be read
        return None
    today = datetime.date.today()  # some rules look at it
    key = "\n".join([whole, today.isoformat(), *sorted(os.path.abspath(text) for text in texts)])
    return folder / "banshi/without-fault" / hashlib.sha256(os.fsencode(key)).hexdigest()


def _remember(place: Path | None) -> None:
    if place is None:
        return
    with suppress(OSError):
        place.parent.mkdir(parents=True, exist_ok=True)
        kept = list(place.parent.iterdir())
        for old in kept if len(kept) >= _REMEMBERED else ():
            old.unlink(missing_ok=True)
        place.touch()
