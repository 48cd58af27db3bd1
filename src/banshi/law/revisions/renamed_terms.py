"""Words that one text replaces throughout: said once, and not again in every sentence that holds them."""

from collections import Counter
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from typing import Any

from banshi.law.revisions.comparing import Difference, Edit
from banshi.law.revisions.trees import DOCUMENTS, WORDS

Terms = dict[str, str]
_TEXTS = ("statement", "heading", "name", "question", "ground", "title", "note", "found", "taken", "label")
_SHORTEST, _LONGEST = 2, 30


def renamed_terms(difference: Difference) -> Terms:
    """Old word → new word: names that changed, in a text, a list or another table too; and what changes alike in two texts."""
    texts = [(e.before, e.after) for e in _text_edits(difference)]
    named = {e.before: e.after for e in _names(difference)}
    times = Counter((e.before, e.after) for e in _names(difference))
    kept = {
        old: new
        for old, new in _shortest(named).items()
        if times[old, new] > 1 or _explained(texts, {old: new}) or _in_lists(difference, {old: new})
    }
    left = [(old, new) for old, new in texts if replaced(old, kept) != new]
    return kept | _throughout(left)


def _throughout(texts: list[tuple[str, str]]) -> Terms:
    """What changes alike in several sentences: the most often, and of those the longest, first."""
    found: Terms = {}
    candidates = _alike(texts)
    while candidates:
        counted = [(_explained(texts, {old: new}), len(old), old, new) for old, new in candidates.items()]
        times, _, old, new = max(counted)
        if times < 2:
            break
        found[old] = new
        texts = [(one, other) for one, other in texts if replaced(one, found) != other]
        candidates.pop(old)
    return found


def _shortest(terms: Terms) -> Terms:
    """Without those that another one explains: 甲部门批准 goes with 甲部门."""
    kept: Terms = {}
    for old, new in sorted(terms.items(), key=lambda term: (len(term[0]), term)):
        if replaced(old, kept) != new:
            kept[old] = new
    return kept


def replaced(text: str, terms: Terms) -> str:
    """A text with every word replaced; one that already holds the new word keeps it."""
    for old, new in terms.items():
        if old in new:
            head, _, tail = new.partition(old)
            text = text.replace(new, "\0").replace(old, new).replace("\0", new) if head or tail else text
        else:
            text = text.replace(old, new)
    return text


def explains(terms: Terms, edit: Edit) -> bool:
    """Whether an edit is nothing but the new words, in a text or anywhere in a list."""
    return bool(terms) and _within(edit.before, terms) == edit.after


def _within(value: Any, terms: Terms) -> Any:
    if isinstance(value, str):
        return replaced(value, terms)
    if isinstance(value, list):
        return [_within(each, terms) for each in value]
    return {key: _within(each, terms) for key, each in value.items()} if isinstance(value, dict) else value


def _names(difference: Difference) -> Iterator[Edit]:
    """Names of offices, steps … that changed."""
    for edit in difference[WORDS].edits if WORDS in difference else ():
        if edit.path == ("name",) and isinstance(edit.before, str) and isinstance(edit.after, str):
            yield edit


def _in_lists(difference: Difference, terms: Terms) -> bool:
    """Whether a list, such as the fields of a form, differs in new words alone."""
    edits = (edit for changes in difference.values() for edit in changes.edits)
    return any(isinstance(edit.before, list) and explains(terms, edit) for edit in edits)


def _text_edits(difference: Difference) -> Iterator[Edit]:
    for section, changes in difference.items():
        for edit in changes.edits:
            plain = isinstance(edit.before, str) and isinstance(edit.after, str)
            if (
                plain
                and section != DOCUMENTS
                and not (section == WORDS and edit.path == ("name",))
                and (edit.path[-1] in _TEXTS or len(str(edit.before)) > 6)
            ):
                yield edit


def _explained(texts: Iterable[tuple[str, str]], terms: Terms) -> int:
    return sum(replaced(old, terms) == new for old, new in texts)


def _alike(texts: list[tuple[str, str]]) -> Terms:
    """Replacements that turn up in several sentences, as long as they read alike around them."""
    found = Counter(pair for old, new in texts for pair in set(_replacements(old, new)))
    return {old: new for (old, new), times in sorted(found.items()) if times > 1}


def _replacements(old: str, new: str) -> Iterator[tuple[str, str]]:
    """What may have been replaced in a sentence: the words that differ, with up to six signs after (or before) them."""
    for tag, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal" or max(j - i, m - k) > _LONGEST:
            continue
        around = ((old[i : j + n], new[k : m + n]) for n in range(7))
        before = ((old[max(0, i - n) : j], new[max(0, k - n) : m]) for n in range(7))
        yield from (pair for pair in (*around, *before) if len(pair[0]) >= _SHORTEST)
