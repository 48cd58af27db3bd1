"""A project's own settings: ``banshi.toml``, or ``[tool.banshi]`` in its ``pyproject.toml``."""

import re
from collections.abc import Callable, Mapping
from itertools import accumulate
from pathlib import Path
from typing import Any, Literal

from msgspec import Struct, field

from banshi.base.folders import SETTINGS, inside
from banshi.base.limits import LONGEST_SETTING, MAX_DEPTH, MAX_SETTINGS_BYTES
from banshi.base.patterns import late
from banshi.base.text import did_you_mean
from banshi.files.reading import decode, unreadable
from banshi.files.regular_files import read_bytes

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_MARKUP = late(r"[<>\"'{}\\\x00-\x1f]")
_PLACE = late(r"[a-z][a-z0-9-]*(/[a-z][a-z0-9-]*)*")
_COLOUR = late(r"#[0-9a-fA-F]{6}")
_COLOURS = ("primary", "link")
_LOGOS = (".png", ".jpg", ".jpeg", ".webp")  # an SVG may hold scripts
_LEAST_CONTRAST = 4.5  # of white on a colour, and of a colour on white (WCAG AA)


class SettingsUnusable(Exception):
    """The settings file cannot be used; the text says why."""


class Settings(Struct, frozen=True):
    """What a project says of itself; every key may be left out, and one that means nothing is refused.

    ``name``: of the centre. ``jurisdiction``: whose law is asked where nothing else says so. ``level``: ``city`` or
    ``county``. ``title``, ``logo`` (a picture in the project), ``colours`` (``primary``, ``link``: ``#rrggbb``),
    ``contact``, ``footer`` (what stands at the foot of each page), ``address`` (where it is published): of its site. ``publish``: shipped instruments, or whole jurisdictions, that its site shows beside its own.
    """

    name: str = ""
    jurisdiction: str = ""
    level: Literal["city", "county"] | None = None
    title: str = ""
    logo: str = ""
    colours: Mapping[str, str] = field(default_factory=dict)
    contact: str = ""
    footer: str = ""
    address: str = ""
    publish: tuple[str, ...] = ()

    @classmethod
    def read(cls, project: Path) -> "Settings":
        """The settings of a project's folder; defaults where there are none. Raises ``SettingsUnusable``."""
        table = _table(project / SETTINGS) or _table(project / "pyproject.toml").get("tool", {}).get("banshi", {})
        found = cls.of(table)
        _look_at_logo(project, found.logo)
        return found

    @classmethod
    def of(cls, table: Mapping[str, Any]) -> "Settings":
        """Settings as they are written. Raises ``SettingsUnusable``."""
        if "run_project_rules" in table:
            raise SettingsUnusable(
                "设置里的 run_project_rules 已取消，请删去这一行：项目自己的规则由使用者用 banshi trust 信任后运行"
            )
        if unknown := sorted(set(table) - set(_KEYS)):
            guess = did_you_mean(unknown[0], _KEYS).zh
            raise SettingsUnusable(f"设置里有不认识的项：{'、'.join(unknown)}。{guess}可用：{'、'.join(_KEYS)}")
        return cls(**{key: _KEYS[key](key, value) for key, value in table.items()})

    @property
    def site_name(self) -> str:
        """What its site is called; empty where nothing is said."""
        return self.title or self.name


def _levels(text: str) -> int:
    """How many brackets are open at once; those in texts and comments count too, which no settings of ours come near."""
    steps = ((character in "[{") - (character in "]}") for character in text if character in "[]{}")
    return max(accumulate(steps), default=0)


def _table(path: Path) -> dict[str, Any]:
    if not path.is_file():
        return {}
    if not inside(path, path.parent):
        raise SettingsUnusable(f"{path.name} 是通到项目外面的链接，没有读")
    try:
        text = _decoded(path.name, read_bytes(path, MAX_SETTINGS_BYTES))
        if _levels(text) > MAX_DEPTH:
            raise SettingsUnusable(f"{path.name} 嵌套超过 {MAX_DEPTH} 层")
        import tomllib  # late: many projects have no settings

        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise SettingsUnusable(f"{path.name} 读不出：{_why_not(error, text)}") from None
    except OSError as error:
        raise SettingsUnusable(f"{path.name} 读不出：{unreadable(error).message.zh}") from None


def _decoded(name: str, raw: bytes) -> str:
    """Its text; a byte-order mark, which editors put before it, is none of it."""
    text, problems = decode(raw.removeprefix(_BYTE_ORDER_MARK))
    if text is None:
        place, message = problems[0].place, problems[0].message
        raise SettingsUnusable(f"{name} 第 {place.line} 行：{message.zh}；另存为 UTF-8 再试")
    return text


def _why_not(error: Exception, text: str) -> str:
    """What a parser of TOML says, in words of its users, with the line."""
    found = re.search(r"at line (\d+), column (\d+)", str(error))
    line = int(found[1]) if found else text.count("\n") + 1
    own = (text.split("\n")[line - 1 : line] or [""])[0].partition("#")[0].strip()
    if any(sign in own for sign in "“”‘’＝：［］"):
        why = "有全角的引号、等号或括号；改成半角的"
    elif "overwrite" in str(error) or "twice" in str(error):
        why = "这一项写了两次；留下一个"
    elif "=" not in own and not own.startswith("["):
        why = "写法不对；每行写作 项 = 值"
    else:
        why = '值的写法不对；文字加半角引号，括号和引号成对，如 name = "样例市政务服务中心"'
    return f"第 {line} 行{f'（{own}）' if own else ''}{why}"


def _text(key: str, value: object) -> str:
    if not isinstance(value, str) or _MARKUP.search(value) or len(value) > LONGEST_SETTING:
        raise SettingsUnusable(
            f"设置里的 {key} 应是一行文字（不超过 {LONGEST_SETTING} 字，不含引号、尖括号、花括号），写的是 {value!r}"
        )
    return value.strip()


def _place(key: str, value: object) -> str:
    if not isinstance(value, str) or not _PLACE.fullmatch(value):
        raise SettingsUnusable(
            f"设置里的 {key} 应是标识：小写拼音，市以下的区、县用 / 隔开（如 chengxi/dongcheng），写的是 {value!r}"
        )
    return value


def _level(key: str, value: object) -> Literal["city", "county"]:
    if value == "city":
        return "city"
    if value == "county":
        return "county"
    raise SettingsUnusable(f"设置里的 {key} 应是 city（市）或 county（区、县），写的是 {value!r}")


def _logo(key: str, value: object) -> str:
    if not isinstance(value, str) or not value.lower().endswith(_LOGOS):
        raise SettingsUnusable(f"设置里的 {key} 应是项目里的图片文件（{'、'.join(_LOGOS)}），写的是 {value!r}")
    return value


def _look_at_logo(project: Path, logo: str) -> None:
    path = project / logo
    if logo and not (inside(path, project) and path.is_file() and path.stat().st_size <= MAX_SETTINGS_BYTES):
        raise SettingsUnusable(f"设置里的 logo：{logo} 不是项目里的文件，或者超过 1 MB")


def _colours(key: str, value: object) -> dict[str, str]:
    if not isinstance(value, dict) or set(value) - set(_COLOURS):
        raise SettingsUnusable(f"设置里的 {key} 只有 {'、'.join(_COLOURS)} 两项，写的是 {value!r}")
    for name, colour in value.items():
        if not isinstance(colour, str) or not _COLOUR.fullmatch(colour):
            raise SettingsUnusable(f"设置里的 {key}.{name} 应写成 #rrggbb，写的是 {colour!r}")
        if (found := contrast(colour)) < _LEAST_CONTRAST:
            raise SettingsUnusable(
                f"设置里的 {key}.{name}：{colour} 太浅，和白色的对比度只有 {found:.1f}，至少要 {_LEAST_CONTRAST}，看不清"
            )
    return value


def contrast(colour: str) -> float:
    """The contrast of ``#rrggbb`` with white, from 1 to 21, as WCAG 2 computes it."""
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


def _address(key: str, value: object) -> str:
    if not isinstance(value, str) or not re.fullmatch(r"https?://[A-Za-z0-9.:-]+(/[A-Za-z0-9._~%/-]*)?", value):
        raise SettingsUnusable(f"设置里的 {key} 应是网站发布后的网址，如 https://banshi.example.cn/，写的是 {value!r}")
    return value


def _publish(key: str, value: object) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise SettingsUnusable(f"设置里的 {key} 应是列表，每项是文件的标识（辖区/名称）或整个辖区，写的是 {value!r}")
    return tuple(_place(key, each) for each in value)


_KEYS: dict[str, Callable[[str, object], Any]] = {
    "name": _text,
    "jurisdiction": _place,
    "level": _level,
    "title": _text,
    "logo": _logo,
    "colours": _colours,
    "contact": _text,
    "footer": _text,
    "address": _address,
    "publish": _publish,
}
