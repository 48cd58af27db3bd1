"""Which part of one tree is which of another: by its id, else by what it says; the same whichever side is asked first."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from banshi.base.limits import MAX_ALIKE
from banshi.law.revisions.trees import (
    DOCUMENTS,
    NORMS,
    OTHERS,
    PROVISIONS,
    RELATIONS,
    SECTIONS,
    WORDS,
    Part,
    Tree,
    document_of,
    id_of,
)

Pairs = dict[str, str]
Sorts = dict[str, tuple[str, ...]]
_ENOUGH = 0.6  # of what they say, for two parts of different ids to be one


def matched(before: Tree, after: Tree) -> dict[str, Pairs]:
    """For each section, the keys of before with those of after, of what is in both."""
    found = {DOCUMENTS: _documents(before, after)}
    for section in SECTIONS:
        if section not in (DOCUMENTS, PROVISIONS):
            found[section] = _parts(section, before, after, found[DOCUMENTS])
    found[PROVISIONS] = _provisions(before, after, found)
    return found


def _documents(before: Tree, after: Tree) -> Pairs:
    """Documents of one key; then of one name in another place; then those that alone govern the same, with norms of their own.

    One that only repeals others is no later text of what it repeals.
    """
    old, new = before[DOCUMENTS], after[DOCUMENTS]
    pairs = {key: key for key in old if key in new}
    if len(old) == len(new) == 1:  # one version is compared with another
        return dict(zip(old, new, strict=True))
    ruling_before, ruling_after = _ruling(before), _ruling(after)
    for sign, one_side, other_side in ((_tail, old, new), (_governs, ruling_before, ruling_after)):
        left, right = _by(sign, one_side, pairs), _by(sign, other_side, pairs.values())
        pairs |= {left[one]: right[one] for one in left if one in right}
    return pairs


def _ruling(tree: Tree) -> dict[str, Part]:
    """The documents that hold norms."""
    holding = {document_of(key) for key in tree[NORMS]}
    return {key: part for key, part in tree[DOCUMENTS].items() if key in holding}


def _by(sign: Callable[[str, Part], str], parts: Mapping[str, Part], taken: Iterable[str]) -> dict[str, str]:
    """Sign → key, of the signs that one part alone has."""
    gone, found = set(taken), dict[str, list[str]]()
    for key, part in parts.items():
        if key not in gone and (own := sign(key, part)):
            found.setdefault(own, []).append(key)
    return {own: keys[0] for own, keys in found.items() if len(keys) == 1}


def _tail(key: str, _part: Part) -> str:
    return key.partition("/")[2]


def _governs(_key: str, part: Part) -> str:
    return "+".join(part.get("governs", ()))


def _parts(section: str, before: Tree, after: Tree, documents: Pairs) -> Pairs:
    old, new = before[section], after[section]
    moved = {key: f"{documents[document_of(key)]}#{id_of(key)}" for key in old if document_of(key) in documents}
    if not any("#" in key for key in (*old, *new)):  # other files
        moved = {key: key for key in old}
    pairs = {key: own for key, own in moved.items() if own in new}
    if section == NORMS:
        pairs |= _replaced(before, after, pairs)
    sorts = _sorts(section, old, documents), _sorts(section, new, {key: key for key in after[DOCUMENTS]})
    return pairs | _alike(_left(old, pairs), _left(new, pairs.values()), *sorts)


def _left(parts: Mapping[str, Part], taken: Iterable[str]) -> dict[str, Part]:
    gone = set(taken)
    return {key: part for key, part in parts.items() if key not in gone}


def _replaced(before: Tree, after: Tree, pairs: Pairs) -> Pairs:
    """Norms that an instrument says it puts in the place of another's, where that leaves no choice."""
    found: Pairs = {}
    taken = set(pairs.values())
    for old, new in sorted({*_stated(before), *_stated(after)}):
        one, other = (old, new) if old in before[NORMS] else (new, old)
        if (
            one in before[NORMS]
            and other in after[NORMS]
            and one not in pairs
            and one not in found
            and other not in taken
        ):
            found[one] = other
            taken.add(other)
    return found


def _stated(tree: Tree) -> Iterator[tuple[str, str]]:
    for key, relation in tree[RELATIONS].items():
        for old, new in relation.get("replaces", {}).items():
            if len(new) == 1 and "instrument" in relation:
                yield f"{relation['instrument']}#{old}", f"{document_of(key)}#{new[0]}"


def _alike(old: Mapping[str, Part], new: Mapping[str, Part], old_sort: Sorts, new_sort: Sorts) -> Pairs:
    """The parts left over that say nearly the same; the likest first."""
    if not old or not new or len(old) * len(new) > MAX_ALIKE:
        return {}
    signs = {key: _says(part) for key, part in old.items()}, {key: _says(part) for key, part in new.items()}
    scores = [
        (-score, *sorted((one, other)), one, other)
        for one in old
        for other in new
        if old_sort[one] == new_sort[other] and (score := _overlap(signs[0][one], signs[1][other])) >= _ENOUGH
    ]
    return _greedy(scores)


def _greedy(scores: list[tuple[Any, ...]]) -> Pairs:
    pairs: Pairs = {}
    taken: set[str] = set()
    for *_, one, other in sorted(scores):
        if one not in pairs and other not in taken:
            pairs[one] = other
            taken.add(other)
    return pairs


def _sorts(section: str, parts: Mapping[str, Part], documents: Pairs) -> Sorts:
    """What two parts must have in common to be one: their kind; and all but norms, which may move, their document."""
    if section == NORMS:
        return {key: (str(part.get("kind")),) for key, part in parts.items()}
    if section == OTHERS:
        return {key: (str(part.get("kind")), str(part.get("year", ""))) for key, part in parts.items()}
    return {
        key: (
            documents.get(document_of(key), f"-{document_of(key)}"),
            id_of(key).partition("/")[0] if section == WORDS else str(part.get("kind", "")),
        )
        for key, part in parts.items()
    }


def _says(part: Part) -> frozenset[str]:
    """The values of a part with their ways, and the pairs of signs in its longer texts."""
    return frozenset(_walk(part, ""))


def _walk(value: Any, way: str) -> Iterator[str]:
    if isinstance(value, dict):
        for key, each in value.items():
            if key not in ("provision", "inventory", "source"):
                yield from _walk(each, f"{way}.{key}")
    elif isinstance(value, list):
        for each in value:
            yield from _walk(each, f"{way}[]")
    elif isinstance(value, str) and len(value) > 6:
        yield from (value[n : n + 2] for n in range(len(value) - 1))
    else:
        yield f"{way}={value}"


def _overlap(one: frozenset[str], other: frozenset[str]) -> float:
    whole = len(one | other)
    return len(one & other) / whole if whole else 0.0


def _provisions(before: Tree, after: Tree, found: Mapping[str, Pairs]) -> Pairs:
    """Provisions by the norms that they hold, then by their ids: 第四条 that became 第五条 is the same provision."""
    old, new = before[PROVISIONS], after[PROVISIONS]
    documents, norms = found[DOCUMENTS], found[NORMS]
    held = _held(before[NORMS], lambda key: norms.get(key, f"-{key}")), _held(after[NORMS], str)
    scores = []
    for one, mine in held[0].items():
        for other in {place for norm in mine if (place := _place(norm, after[NORMS]))}:
            if one in old and other in new and documents.get(document_of(one)) == document_of(other):
                both, whole = len(mine & held[1][other]), len(mine | held[1][other])
                scores.append((-both / whole, id_of(one) != id_of(other), *sorted((one, other)), one, other))
    pairs = _greedy(scores)
    taken = set(pairs.values())
    for key in old:
        own = f"{documents.get(document_of(key))}#{id_of(key)}"
        if key not in pairs and own in new and own not in taken:
            pairs[key] = own
    return pairs


def _held(norms: Mapping[str, Part], later: Callable[[str], str]) -> dict[str, frozenset[str]]:
    """Provision → its norms, by their later keys."""
    found: dict[str, set[str]] = {}
    for key, norm in norms.items():
        found.setdefault(f"{document_of(key)}#{norm.get('provision')}", set()).add(later(key))
    return {key: frozenset(each) for key, each in found.items()}


def _place(norm: str, norms: Mapping[str, Part]) -> str:
    return f"{document_of(norm)}#{norms[norm].get('provision')}" if norm in norms else ""
