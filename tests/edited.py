"""The shipped policies with one norm taken away, or with another in its place."""

import json
import shutil
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import pytest
from asking import LOAD, NOTES, PROJECT, answer, as_plain, checker_of, first, first_file, plain
from conftest import ROOT

from banshi.files.reading import read
from banshi.law.dotted import find, put, take
from banshi.law.instruments import PolicyVersion
from banshi.law.library import Library
from banshi.law.norms import Norm
from banshi.law.reading_effects import said_by_readings


class Edited:
    """The library with one norm of an instrument taken away, or another in its place; each file is read once.

    ``refused``: what the rules on policies say of the instrument as it stands now.
    """

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.instrument = self.norm_id = ""
        self.other: Norm | None = None
        self.known: dict[str, PolicyVersion] = {}
        self.copies = Path(tempfile.mkdtemp(prefix="banshi-policies-"))
        load = cache(lambda path: LOAD(Library([]), path))
        patch.setattr(Library, "load", lambda _library, path: self._edited(load(path.resolve())))

    def _edited(self, version: PolicyVersion) -> PolicyVersion:
        if version.instrument != self.instrument:
            return version
        if version.version not in self.known:
            self.known[version.version] = replaced(version, self.norm_id, self.other)
        return self.known[version.version]

    def put(self, instrument: str = "", norm_id: str = "", other: Norm | None = None) -> None:
        """From now on: the norm is not there, or ``other`` is in its place."""
        self.instrument, self.norm_id, self.other, self.known = instrument, norm_id, other, {}
        checker_of.cache_clear()

    def refused(self, instrument: str) -> Any:
        """What the rules on policies find in the first version of an instrument, as it is now: errors, and notes for which
        a field is there."""
        centre = instrument.partition("/")[0]
        copy = self.copies / centre
        if not copy.exists():
            shutil.copytree(ROOT / PROJECT.get(centre, ".") / "policies", copy / "policies")
        source = first_file(instrument)
        data = stated(source)
        if self.instrument == instrument:
            data = self._written(data, first(instrument))
        place = copy / "policies" / instrument / source.name
        place.write_text(json.dumps(data, ensure_ascii=False, default=str), encoding="utf-8")
        status, said = answer("check", str(place.relative_to(copy)), project=str(copy))
        return status, [each for each in said["findings"] if each["severity"] == "error" or each["rule"] in NOTES]

    def _written(self, data: Any, version: PolicyVersion) -> Any:
        norm, said = parted(version, self.other) if self.other else (None, {})
        others = [] if norm is None else [plain(norm)]
        for provision in (provisions := [dict(each) for each in data["provisions"]]):
            norms = provision["norms"]
            provision["norms"] = [n for norm in norms for n in ([norm] if norm["id"] != self.norm_id else others)]
        readings = [_saying(each, self.norm_id, said) for each in data.get("readings", [])]
        return {**data, "provisions": provisions, **({"readings": readings} if readings else {})}


@cache
def stated(path: Path) -> Any:
    document = read(path).document
    assert document is not None
    return document.data


def _saying(reading: Any, norm_id: str, said: dict[str, Any]) -> Any:
    """A reading with which a norm has other fields."""
    of_option = reading.get("norms", {}).get(reading["default"], {})
    if norm_id not in of_option:
        return reading
    fields = {path: said.get(path, value) for path, value in of_option[norm_id].items()}
    return {**reading, "norms": {**reading["norms"], reading["default"]: {**of_option, norm_id: fields}}}


def parted(version: PolicyVersion, norm: Norm) -> tuple[Norm, dict[str, Any]]:
    """A norm as its text states it, and what the readings that are taken give it: together they make the norm."""
    fields = said_by_readings(version.readings).get(norm.id, {})
    original = next(each for part in version.provisions for each in part.norms if each.id == norm.id)
    text, whole = as_plain(original), as_plain(norm)
    said = {path: find(whole, path) for path in fields if not path.endswith("-")}
    for path in fields:
        if path.endswith(".-"):  # the reading adds one to a list
            take(whole, f"{path[:-1]}{len(find(whole, path[:-2])) - 1}")
        else:
            put(whole, path, find(text, path))
    return msgspec.convert(whole, type(norm)), said


def replaced(version: PolicyVersion, norm_id: str, other: Norm | None) -> PolicyVersion:
    """A version with another norm, or none, in the place of one, and with what readings say of it."""
    norm, said = parted(version, other) if other else (None, {})
    provisions = tuple(
        msgspec.structs.replace(
            part, norms=tuple(n if n.id != norm_id else norm for n in part.norms if n.id != norm_id or norm)
        )
        for part in version.provisions
    )
    readings = []
    for reading in version.readings:
        norms = _saying({"default": reading.default, "norms": reading.norms}, norm_id, said)["norms"]
        readings.append(msgspec.structs.replace(reading, norms=norms))
    return msgspec.structs.replace(version, provisions=provisions, readings=tuple(readings))
