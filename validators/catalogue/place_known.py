"""目录的辖区写对了

目录按它写的辖区找规定：辖区写错了，就没有规定与它核对，考核、指标也不会用它；写成别处的，就按别处的规定核对。
所以放在 `policies/<辖区>/catalogues/` 里的，写的要是这个辖区或它下面的；别处的，辖区要是有规定的，或是本中心自己的。
"""

from collections.abc import Iterator
from pathlib import Path

from banshi.base.text import did_you_mean
from banshi.checking.rules import Problem, Text
from banshi.law.places import NATION, places_above
from banshi.subjects.parallel.context import CatalogueFile
from banshi.subjects.parallel.item_forms import FOLDER

TITLE = Text("目录的辖区写对了", "The catalogue's jurisdiction is one that is known")
SEVERITY = "error"
BASIS = ()
GOOD = """
jurisdiction: luzhou/yangliqu
"""
BAD = """
jurisdiction: luzou/yangliqu     # luzhou 少写了一个字母
"""


def check(file: CatalogueFile) -> Iterator[Problem]:
    """The jurisdiction against the folder that the file lies in, else against the places that have texts."""
    place = file.catalogue.jurisdiction
    above = [each for each in places_above(place) if each != NATION]
    home = _folder(file.path)
    if home is not None:
        if home != NATION and home not in above:
            yield Problem(
                where=("jurisdiction",),
                message=Text(
                    f"目录放在 {home} 的 {FOLDER} 里，写的辖区是 {place}",
                    f"the catalogue lies among those of {home}, and says {place}",
                ),
                fix=Text(f"辖区写 {home}，或把目录移到它的辖区。", f"Write {home}, or move the catalogue."),
            )
        return
    if place == NATION or file.centre in above or any(map(file.library.in_place, above)):
        return
    places = {name.rpartition("/")[0] for name in file.library.instruments()}
    yield Problem(
        where=("jurisdiction",),
        message=Text(
            f"没有辖区 {place} 的任何规定，也不是本中心的辖区：没有什么会用这份目录",
            f"{place} has no text at all and is not the centre's own: nothing uses this catalogue",
        ),
        fix=did_you_mean(above[0], places) or Text("核对辖区。", "Check the jurisdiction."),
    )


def _folder(path: str) -> str | None:
    """The jurisdiction whose folder of catalogues a file lies in; None where it lies elsewhere."""
    parts = Path(path).parts[:-1]
    if FOLDER not in parts[-1:] or "policies" not in parts:
        return None
    return "/".join(parts[len(parts) - parts[::-1].index("policies") : -1]) or None
