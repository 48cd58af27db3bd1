"""A rule's examples: a few keys laid over a sound form, so that a reader sees only what matters."""

from pathlib import Path
from typing import Any

from banshi.checking.rules import Rule
from banshi.files.reading import read, read_text

BASE = "_example.yaml"
LAW = "_law"  # beside the rules: what examples rest on where the shipped instruments hold no norm of a kind


def example(rule: Rule, text: str) -> Any:
    """The whole document that an example of a rule stands for: its keys laid over the subject's base document."""
    base = read(base_file(rule)).document
    varied = read_text(text, rule.id)
    if base is None or varied.document is None or varied.problems:
        raise ValueError(f"{rule.id}: {varied.problems}")
    return laid_over(base.data, varied.document.data)


def base_file(rule: Rule) -> Path:
    """The sound document that a rule's examples vary: the one its ``EXAMPLE`` names, its subject's, its folder's."""
    folder = rule.path.parent
    own = folder / f"_example.{getattr(rule.module, 'EXAMPLE', rule.subject)}.yaml"
    return own if own.is_file() else folder / BASE


def laid_over(base: Any, varied: Any) -> Any:
    """Mappings merge key by key; the entries of ``changes`` vary the base's first one; all else is replaced."""
    if not isinstance(base, dict) or not isinstance(varied, dict):
        return varied
    merged = dict(base)
    for key, value in varied.items():
        if key == "changes" and isinstance(value, list) and isinstance(base.get(key), list):
            merged[key] = [laid_over(base[key][0], entry) for entry in value]
        else:
            merged[key] = laid_over(base.get(key), value)
    return merged
