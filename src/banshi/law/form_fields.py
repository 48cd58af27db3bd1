"""A form that rules its own fields, as a schema of what is filled in: shape, spelling and layout then come from it."""

from collections.abc import Iterable
from typing import Annotated, Any

from banshi.files.described import Slug, Words, meta
from banshi.law.parts import VersionPart
from banshi.law.version_parts import FormField

_COMMON = "common.schema.json#/$defs/"
_SORTS: dict[str, dict[str, Any]] = {
    "text": {"$ref": f"{_COMMON}text"},
    "long_text": {"$ref": f"{_COMMON}text", "x-long": True},
    "date": {"$ref": f"{_COMMON}date"},
    "amount": {"$ref": f"{_COMMON}amount"},
    "quantity": {"$ref": f"{_COMMON}quantity"},
    "integer": {"type": "integer", "format": "integer"},
    "yes_no": {"type": "boolean", "format": "boolean"},
    "document_number": {"$ref": f"{_COMMON}document_number"},
    "project_code": {"$ref": f"{_COMMON}project_code"},
    "credit_code": {"$ref": f"{_COMMON}credit_code"},
}


class FilledFile(VersionPart, frozen=True, kw_only=True):
    """A filled form that is a file of its own: of which instrument (and version), which form, and what was filled in."""

    about = meta("填好的表", "一份填好的表：哪个文件的哪张表，各栏填了什么；栏目由那张表规定。")

    fictional: Annotated[bool, meta("是否虚构", "样例写 true。")] = False
    instrument: Annotated[Words, meta("文件", "规定这张表的文件的标识。")]
    version: Annotated[Words | None, meta("版本", "那个文件的哪一版；不写的是最新的一版。")] = None
    form: Annotated[Slug, meta("表", "这张表在 forms 里的标识。")]
    values: Annotated[dict[str, Any], meta("填写的内容", "各栏的 key 对应填写的内容。")]


def values_schema(fields: Iterable[FormField]) -> dict[str, Any]:
    """The schema of what is filled in, an object with a property for each field that has a key."""
    keyed = [field for field in fields if field.key]
    return {
        "title": "填写的内容",
        "type": "object",
        "required": [field.key for field in keyed if field.required],
        "properties": {str(field.key): _of(field) for field in keyed},
        "additionalProperties": False,
    }


def _of(field: FormField) -> dict[str, Any]:
    own: dict[str, Any] = {"title": field.label}
    if field.hint:
        own["description"] = field.hint
    if field.columns:
        return {**own, "type": "array", "items": {**values_schema(field.columns), "title": field.label}}
    choices = {"type": "string", "enum": list(field.choices), "x-labels": {each: each for each in field.choices}}
    if field.type == "several":
        return {**own, "type": "array", "items": {"title": field.label, **choices}}
    if field.type == "choice":
        return {**own, **choices}
    if field.max_length is not None:
        own["maxLength"] = field.max_length
    return {**_SORTS[field.type or "text"], **own}
