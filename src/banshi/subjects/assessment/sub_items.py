"""What a sub-item is called: its article's heading; where an article has several, what its own sentence begins with."""

import re
from collections import Counter
from collections.abc import Iterable

from banshi.base.money import plain
from banshi.law.instruments import Placed
from banshi.law.norms import ScoreSubItem

_BEGINNING = re.compile(r"[^，,、；;。：:（(｛{]+")
_MARKS = re.compile(r"(?:的?满分|的?分值|共|计|得|为|是)+$")


def called(placed: Placed[ScoreSubItem]) -> str:
    """办理; 按时办结, where several sub-items stand under 办理; with the id where the sentences begin alike."""
    heading, own = placed.provision.heading, placed.norm.id
    beginnings = {
        norm.id: _beginning(norm.statement) for norm in placed.provision.norms if isinstance(norm, ScoreSubItem)
    }
    beginnings[own] = _beginning(placed.norm.statement)  # as amended
    if len(beginnings) == 1:
        return heading or own
    alone = beginnings[own] and Counter(beginnings.values())[beginnings[own]] == 1
    return beginnings[own] if alone else f"{heading}（{own}）"


def _beginning(statement: str) -> str:
    found = _BEGINNING.match(statement.strip())
    return _MARKS.sub("", found[0].strip()) if found else ""


def with_marks(sub_items: Iterable[Placed[ScoreSubItem]]) -> dict[str, str]:
    """Ids of sub-items and what tells them apart in a table: 按时办结（满分25分）; with the article where two are alike."""
    every = list(sub_items)
    plainly = {placed.norm.id: f"{called(placed)}（满分{plain(placed.norm.marks)}分）" for placed in every}
    several = {name for name, times in Counter(plainly.values()).items() if times > 1}
    labels = {placed.norm.id: placed.provision.label for placed in every}
    by_article = {own: f"{labels[own]} {name}" if name in several else name for own, name in plainly.items()}
    alike = {name for name, times in Counter(by_article.values()).items() if times > 1}
    return {own: f"{name} {own}" if name in alike else name for own, name in by_article.items()}
