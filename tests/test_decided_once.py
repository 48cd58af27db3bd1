"""Where a computation takes one norm, two that speak of the same thing are refused, not settled in silence."""

from collections.abc import Iterator
from typing import Any

import msgspec
import pytest
from asking import POLICIES, first, first_file
from conftest import ROOT
from mutations import KINDS
from probes import PROBES

from banshi.checking.declared_uses import SINGLE
from banshi.checking.loaded import PolicyFile
from banshi.checking.rules import load_rules
from banshi.files.reading import read
from banshi.law.instruments import PolicyVersion
from banshi.law.library import Library
from banshi.law.norms import Norm
from banshi.law.uses import Single

[RULE] = [rule for rule in load_rules([ROOT / "validators"], "policy") if rule.id == "policy/decided-once"]
LIBRARY = Library(POLICIES)


def taken() -> Iterator[tuple[str, Single, Norm]]:
    """Of each thing that is decided once, the first norm among the centres that decides it."""
    for single in SINGLE:
        found = ((i, p.norm) for i in PROBES for p in first(i).placed if single.selector.takes(p.norm))
        for instrument, norm in found:
            yield instrument, single, norm
            break


def found(instrument: str, version: PolicyVersion) -> list[Any]:
    document = read(first_file(instrument)).document
    assert document is not None
    library = LIBRARY.holding(first_file(instrument), version, document.data)
    return list(RULE.check(PolicyFile(str(first_file(instrument)), version, document.data, library)))


def beside(instrument: str, norm: Norm, other: Norm) -> PolicyVersion:
    """The version with another norm right after one of its own."""
    version = first(instrument)
    provisions = tuple(
        msgspec.structs.replace(
            part, norms=tuple(n for each in part.norms for n in ((each, other) if each.id == norm.id else (each,)))
        )
        for part in version.provisions
    )
    return msgspec.structs.replace(version, provisions=provisions)


@pytest.mark.parametrize(("instrument", "single", "norm"), [*taken()], ids=lambda value: getattr(value, "selects", ""))
def test_a_second_norm_on_the_same_thing_is_refused(instrument: str, single: Single, norm: Norm) -> None:
    assert found(instrument, first(instrument)) == []
    version = beside(instrument, norm, msgspec.structs.replace(norm, id="second"))
    problems = found(instrument, version)
    assert any("second" in problem.message.zh and norm.id in problem.message.zh for problem in problems)


def test_norms_for_others_or_for_other_days_are_apart() -> None:
    kind = KINDS["working_time"]
    one = {"id": "a", "statement": "每天。", "at_least": {"value": 8, "unit": "小时"}}
    single = next(each for each in SINGLE if each.selects == "working_time")

    def both(**other: object) -> bool:
        known = msgspec.convert({**one, "weekdays": [1, 2], "groups": ["clerks"]}, kind)
        return single.both(known, msgspec.convert({**one, "id": "b", **other}, kind))

    assert both()
    assert both(weekdays=[2, 3])
    assert both(groups=["clerks", "others"])
    assert not both(weekdays=[3, 4])
    assert not both(groups=["others"])
    assert not both(shift="night")


def test_what_is_declared_to_be_decided_once_exists() -> None:
    for single in SINGLE:
        fields = single.selector.kind.__struct_fields__
        assert set(single.same + single.overlap + single.apart) <= set(fields), single.selects
