"""Windows that lose something of every sort, so that each rule of 泸州's assessment is asked at its very end."""

import json
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

from conftest import ROOT

from banshi.files.reading import read
from banshi.law.instruments import PolicyVersion
from banshi.law.norms import ScoreRule

_COUNTS: tuple[Any, ...] = (
    1,
    2,
    {"count": 3, "exempt": [{"count": 1, "ground": "准许的环节", "evidence": "批复", "stage": "审批"}]},
)
_RATES = ({"count": 9, "of": 10}, {"count": 949, "of": 1000}, {"count": 0, "of": 0})


def every_loss(version: PolicyVersion) -> Path:
    """A quarter in which each fact of the version is once just reached, once passed, once partly exempt.

    Facts of one sub-item stand in windows of their own: one that takes the whole mark would hide the others.
    """
    document = read(ROOT / "validators/assessment/_example.yaml").document
    assert document is not None
    sound = document.data["windows"][0]
    place = _places(version)
    windows = []
    for n in range(max(place.values()) + 1):
        for turn in range(len(_COUNTS)):
            facts = {k: _lost(v, turn) if place.get(k) == n else v for k, v in sound["facts"].items()}
            windows.append({**sound, "id": f"W{n}-{turn}", "name": f"窗口{n}-{turn}", "facts": facts})
    given = {"by": "督察科", "reason": "核对"}
    marks = {
        placed.norm.id: {"mark": 0.5, **given} for placed in version.placed if placed.norm.kind == "score_sub_item"
    }
    windows.append({**sound, "id": "M", "name": "由人评分", "marks": marks})
    folder = Path(tempfile.mkdtemp(prefix="banshi-losses-"))
    written = json.dumps({**document.data, "windows": windows}, ensure_ascii=False, default=str)
    (folder / "a.yaml").write_text(written, encoding="utf-8")
    return folder


def _places(version: PolicyVersion) -> dict[str, int]:
    """By fact: the how many-th of its sub-item."""
    found: dict[str, int] = {}
    counted = Counter[str]()
    for placed in version.placed:
        if isinstance(placed.norm, ScoreRule) and placed.norm.fact and placed.norm.fact not in found:
            found[placed.norm.fact] = counted[placed.norm.sub_item]
            counted[placed.norm.sub_item] += 1
    return found


def _lost(fact: Any, turn: int) -> Any:
    if isinstance(fact, bool):
        return turn != 2
    if isinstance(fact, dict) and "of" in fact:
        return _RATES[turn]
    if isinstance(fact, dict) and "days" in fact:
        return {"days": {"2012-02-01": turn + 1, "2012-02-02": 1}}
    return fact if isinstance(fact, dict) else _COUNTS[turn]
