"""The words of the schema: what a kind of norm, a field and an allowed value are called, for any centre's any kind."""

from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from banshi.base.folders import first_file, layered
from banshi.base.text import Text
from banshi.files.reading import read
from banshi.files.shape import Shapes

Schema = dict[str, Any]
_WHOLE_NAMES = {
    "dates": ("issued", "in_force", "known", "ended")
}  # called by their titles alone: 施行日, not 日期的施行日


class SchemaWords:
    """Titles and labels of the schema of policies, and of that of other files of a centre; ``named``: ids that neither calls."""

    def __init__(self, shapes: Shapes, named: Mapping[str, str] | None = None) -> None:
        """``shapes``: the schemas of a centre."""
        self._shapes = shapes
        self._schema = shapes.schema("policy")
        self.named = dict(named or {})

    @classmethod
    def of(cls, project: Path) -> "SchemaWords":
        """Those of a project."""
        document = read(first_file(project, "site_templates/words.yaml")).document
        words = document.data if document is not None and isinstance(document.data, dict) else {}
        named = {key: name for key, name in words.items() if isinstance(name, str)}
        return cls(Shapes(layered(project, "schemas")), named)

    def of_kind(self, kind: str) -> "SchemaWords":
        """Those of another kind of file."""
        own = SchemaWords(self._shapes, self.named)
        own._schema = self._shapes.schema(kind)
        return own

    @cached_property
    def _kinds(self) -> dict[str, Schema]:
        """Kind of norm → the fields of its own."""
        norm = self._schema.get("$defs", {}).get("norm", {})
        found = {}
        for branch in norm.get("allOf", ()):
            kind = branch.get("if", {}).get("properties", {}).get("kind", {}).get("const")
            found[kind] = {**norm.get("properties", {}), **branch.get("then", {}).get("properties", {})}
        return found

    @property
    def kinds(self) -> dict[str, str]:
        """What the kinds of norm are called."""
        norm = self._schema.get("$defs", {}).get("norm", {}).get("properties", {}).get("kind", {})
        return dict(norm.get("x-labels", {}))

    def kind(self, kind: str) -> Text:
        """What a kind of norm is called."""
        return Text(self.kinds.get(kind, kind), kind.replace("_", " "))

    def of_norm(self, kind: str, path: tuple[str, ...]) -> tuple[Text, dict[str, str]]:
        """The title of a field of a kind (in English its key), and the labels of its values."""
        if path == ("provision",):
            return Text("所在条款", "provision"), {}
        return _said(self._walk({"properties": self._kinds.get(kind, {})}, path), path)

    def of_version(self, path: tuple[str, ...], above: tuple[str, ...] = ()) -> tuple[Text, dict[str, str]]:
        """The same for a key of a version, or of what lies at ``above`` in it."""
        parts = list(self._walk(self._schema, (*above, *path)))
        return _said(iter(parts[len(above) :]), path)

    def _walk(self, schema: Schema, path: tuple[str, ...]) -> Iterator[Schema]:
        for name in path:
            schema = self._whole(schema)
            found = schema.get("properties", {}).get(name)
            if found is None:
                more = schema.get("additionalProperties")
                found = more if isinstance(more, dict) else {}
                found = {key: value for key, value in self._whole(found).items() if key != "title"}
            schema = self._whole(found)
            if "items" in schema:
                schema = self._whole(schema["items"]) | schema
            yield schema

    def _whole(self, schema: Schema) -> Schema:
        """A part with what it refers to."""
        name = str(schema.get("$ref", ""))
        if not name.startswith("#/$defs/"):
            return schema
        return {**self._schema.get("$defs", {}).get(name.removeprefix("#/$defs/"), {}), **schema, "$ref": ""}


def _said(parts: Iterator[Schema], path: tuple[str, ...]) -> tuple[Text, dict[str, str]]:
    titles, labels = list[str](), dict[str, str]()
    for name, part in zip(path, parts, strict=True):
        title = str(part.get("title", name))
        if titles and (name in _WHOLE_NAMES.get(path[0], ()) or title.startswith(titles[-1])):
            titles.pop()
        titles.append(title)
        own = part.get("properties", {}).items()  # of a value that is a mapping, what its keys are called
        labels = part.get("x-labels") or {key: str(each["title"]) for key, each in own if "title" in each}
    return Text("的".join(titles), ".".join(path)), labels
