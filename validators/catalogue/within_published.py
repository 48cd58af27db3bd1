"""事项在本级公布的目录里

通知要求结合本级政府已经公布的审批事项清理、配置。目录里有、公布的清单里没有的，提示核对；原文写的是“结合”，没有写以其为限，所以不算错误。
适用文件有这一条而没有写公布的清单的，也提示一次；写了清单的，一律核对。
"""

from collections.abc import Iterator

from banshi.checking.rules import Problem, Text
from banshi.files.not_stated import each_apart
from banshi.law.norms import Duties
from banshi.subjects.parallel.context import CatalogueFile
from banshi.subjects.parallel.forms import Item

TITLE = Text("事项在本级公布的目录里", "Items are among those made public")
SEVERITY = "note"
BASIS = ("duty of=published_items",)
GOOD = """
published: {document: 样例区公布的事项（虚构）, items: [road-opinion, road-occupation]}
"""
BAD = """
published: {document: 样例区公布的事项（虚构）, items: [road-opinion]}    # 缺占道审批
"""


def check(file: CatalogueFile) -> Iterator[Problem]:
    """Each item against the published list."""
    published = file.catalogue.published
    if published is None:
        if file.law and any(placed.norm.of == "published_items" for placed in file.law.all(Duties)):
            yield Problem(where=("published",), message=_NONE, fix=_GIVE)
        return
    known, document = set(published.items), published.document
    yield from each_apart(_of_item(known, document, n, item) for n, item in enumerate(file.catalogue.items))


def _of_item(known: set[str], document: str, n: int, item: Item) -> Iterator[Problem]:
    if item.id not in known:
        message = Text(f"“{item.name}”不在《{document}》里", f"{item.name} is not among the items made public")
        yield Problem(where=("items", n, "id"), message=message, fix=_FIX)


_NONE = Text("没有写本级政府公布的事项，不能核对", "the items made public are not given, so nothing was compared")
_GIVE = Text("补上 published：公布的文件和事项。", "Add published: the document and its items.")
_FIX = Text("核对公布的清单：漏公布的请补，已经取消的从目录去掉。", "Publish it, or take it off the catalogue.")
