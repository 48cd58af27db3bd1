"""Plain data as YAML that our reader takes for the same: amounts and dates stand plain, what looks like another type quoted."""

import re
from typing import Any

import yaml

_KEPT = frozenset(
    ("tag:yaml.org,2002:bool", "tag:yaml.org,2002:int", "tag:yaml.org,2002:null", "tag:yaml.org,2002:merge")
)
_WIDTH = 120


class _Dumper(yaml.SafeDumper):
    """Quotes text only where it would be read as something else: a decimal or a date stays text anyway."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 - it is never asked of what
        """Every value is written where it stands."""
        return True


_Dumper.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag in _KEPT]
    for first, resolvers in yaml.SafeDumper.yaml_implicit_resolvers.items()
}
# An amount is plain text or a whole number, as a person writes it; a code of an item keeps its quotation marks.
_AMOUNT = re.compile(r"-?(0|[1-9]\d{0,11})\.\d{1,6}")


def as_yaml(data: Any, head: str = "") -> str:
    """One document, with a line of comment in front if ``head`` is given."""
    text = yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=_WIDTH, default_flow_style=False)
    return f"{head}\n{text}" if head else str(text)
