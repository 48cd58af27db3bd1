"""What is wrong in the shape of a document: told, and set aside with all that it makes uncertain."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from banshi.base.text import Text
from banshi.files.blanks import put_back, strange_blanks
from banshi.files.documents import Document
from banshi.files.findings import Severity
from banshi.files.kinds import KINDS
from banshi.files.locating import from_shape
from banshi.files.report import Report
from banshi.files.shape import ShapeProblem, Shapes, places_of


def keep_strange_blanks(document: Document, blanks: Any, kind: str, shapes: Shapes) -> None:
    """Put back into the data what a key that nobody knows was left blank for: it is told, as with any other value.

    ``blanks``: the data before what is blank was left out.
    """
    if blanks is document.data:
        return
    from banshi.files.schema_parts import root  # late: of most files nothing is blank

    put_back(document.data, strange_blanks(blanks, root(shapes, kind)))


def tell(document: Document, problems: Sequence[ShapeProblem], report: Report, blanks: Any = None) -> None:
    """Deviations into the report; of a file of which enough is listed they are counted, which costs next to nothing.
    ``blanks``: the data with what is left blank, where that is told apart from what is missing.
    """
    found, more = report.findings, sum(p.more for p in problems)
    single = [p for p in problems if not p.more]
    for n, problem in enumerate(single):
        if found.full(document.path):
            more += len(single) - n
            break
        found.append(from_shape(document, _blank_or_missing(problem, blanks) if blanks is not None else problem))
    at_least = any(p.at_least for p in problems)
    found.leave(document.path, Severity.ERROR, more, at_least=at_least)


def unread_in(document: Document) -> Callable[[ShapeProblem], bool]:
    """Whether a value is only missing because it was told that it cannot be read."""
    unread = frozenset(document.doubtful)
    return lambda problem: problem.rule == "shape/missing-key" and problem.where in unread


def certain(document: Document | None) -> Any:
    """The data of a document without its keys that are doubtful."""
    return None if document is None else _without(document.data, {where[0] for where in document.doubtful if where})


def certain_entries(document: Document, key: str, numbers: Iterable[int]) -> Iterator[tuple[int, Any]]:
    """The same of entries of a list, each with its number; what is doubtful is looked through once for all of them."""
    doubtful: dict[str | int, set[str | int]] = {}
    for where in document.doubtful:
        if len(where) > 2 and where[0] == key:
            doubtful.setdefault(where[1], set()).add(where[2])
    for n in numbers:
        yield n, _without(document.data[key][n], doubtful.get(n, set()))


def _without(data: Any, doubtful: set[str | int]) -> Any:
    return {key: data[key] for key in data if key not in doubtful} if isinstance(data, dict) else data


def without_the_wrong(
    document: Document,
    kind: str,
    shapes: Shapes,
    problems: list[ShapeProblem],
    unless: Callable[[ShapeProblem], bool] = lambda _: False,
) -> list[ShapeProblem]:
    """What is still wrong once what can be left out is set aside: one that was meant may be missing.

    ``unless``: deviations that are none.
    """
    if KINDS[kind].strange == "top":
        if strange := shapes.strange(document.data, kind):
            document.set_aside(strange)
            problems = list(shapes.check(document.data, kind))
        return without_lost_head(document, kind, shapes, problems)
    from banshi.files.schema_parts import root  # late: most files are as they should be
    from banshi.files.set_aside import filled, lying_aside, weigh

    whole, keep = root(shapes, kind), KINDS[kind].counted
    weigh(document, whole, (*places_of(problems), *document.doubtful), keep)
    if not document.aside:
        return problems
    document.filled = filled(document, whole, keep)
    aside = lying_aside(document, keep)
    if not shapes.deviates(document.filled, kind, lambda problem: aside(problem.where) or unless(problem)):
        return []
    return [problem for problem in shapes.check(document.filled, kind, unless) if not aside(problem.where)]


def without_lost_head(
    document: Document, kind: str, shapes: Shapes, problems: list[ShapeProblem]
) -> list[ShapeProblem]:
    """What is still wrong once keys at the top that the rest does without are set aside where they are wrong or lacking."""
    head = dict(KINDS[kind].head)
    lost = {str(where[0]) for where in (*places_of(problems), *document.doubtful) if where} & head.keys()
    if not lost:
        return problems
    document.lose({key: head[key] for key in lost})
    return [
        problem for problem in shapes.check(document.data, kind) if problem.where[:1] not in {(key,) for key in lost}
    ]


def _blank_or_missing(problem: ShapeProblem, data: Any) -> ShapeProblem:
    """A key that stands there without a value is pointed at, and called blank instead of missing."""
    if problem.rule != "shape/missing-key":
        return problem
    parent = data
    for step in problem.where[:-1]:
        parent = parent[step]
    if not isinstance(parent, dict) or problem.where[-1] not in parent:
        return problem
    message = Text(problem.message.zh.replace("缺少", "没有填写"), problem.message.en.replace("missing", "left blank"))
    return ShapeProblem(problem.rule, problem.where, message, Text("填上内容。", "Fill it in."), at_key=True)
