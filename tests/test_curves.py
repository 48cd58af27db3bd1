"""The exponent of a curve, and that one which is too steep is measured again before it is called so."""

import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from conftest import ROOT

SIZES = (100, 200, 400)


@pytest.fixture
def growth(monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    monkeypatch.syspath_prepend(str(ROOT / "benchmarks"))
    import growth

    yield growth
    sys.modules.pop("growth", None)


@pytest.mark.parametrize("power", [1, 1.2, 2])
def test_an_exponent_is_that_of_the_work_without_what_is_done_once(
    power: float, growth: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(
        growth, "spent", lambda words: (0.7 + (0 if words == ["1"] else 0.01 * int(words[0]) ** power), 50)
    )
    found = growth.grow(lambda _, count: [str(count)], SIZES, tmp_path, growth.Growth("行", "again"))
    assert found.exponent == pytest.approx(power, abs=0.01)
    assert [each["count"] for each in found.sizes] == [*SIZES] and "exponent" in growth.said("x", found)


def test_the_least_of_several_counts(growth: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    times = iter([0.0, 1.0, 2.0, 40.0, 0.0, 9.0, 2.0, 4.0])
    monkeypatch.setattr(growth, "spent", lambda _: (next(times), 50))
    found = growth.grow(lambda _, count: [str(count)], SIZES, tmp_path, growth.Growth("行", "again"), tries=2)
    assert found.exponent == 1.0
