"""What is wrong with a YAML text: faults with their places, in the words of who has to mend them."""

import unicodedata
from typing import Any

from banshi.base.limits import MAX_DEPTH, MAX_SHOWN
from banshi.base.patterns import late
from banshi.base.text import NOTHING, Text
from banshi.files.documents import lines_of
from banshi.files.yaml_text import UNSEEN


class YamlFault(Exception):
    """A fault at a place (line and column from 1) that stops the reading, or is collected beside it."""

    def __init__(self, rule: str, line: int, column: int, message: Text, fix: Text = NOTHING) -> None:
        super().__init__(message.en)
        self.rule, self.line, self.column, self.message, self.fix = rule, line, column, message, fix


class TooMuch(YamlFault):
    """The document is deeper, or expands further, than any honest file does."""


def position(mark: Any) -> tuple[int, int]:
    """Line and column of a parser's mark, from 1."""
    return mark.line + 1, mark.column + 1


def fault(rule: str, event: Any, texts: tuple[Text, Text]) -> YamlFault:
    """A fault where an event begins."""
    return YamlFault(rule, *position(event.start_mark), *texts)


def too_deep(line: int, column: int) -> TooMuch:
    """The fault of nesting more than ``MAX_DEPTH`` levels, at the first place beyond."""
    return TooMuch("input/too-deep", line, column, *_TOO_DEEP)


def duplicate(key: str, line: int, column: int) -> YamlFault:
    """A key that stands twice in one mapping."""
    said = key if len(key) <= MAX_SHOWN else key[: MAX_SHOWN - 1] + "…"
    texts = (
        Text(
            f"键 {said} 在同一处写了两次，不知道以哪个为准",
            f"the key {said} stands twice here; which one counts is not known",
        ),
        Text("留下一个，删去另一个。", "Keep one and delete the other."),
    )
    return YamlFault("input/duplicate-key", line, column, *texts)


def refused_tag(event: Any) -> YamlFault:
    """A type tag."""
    tag = event.tag[:MAX_SHOWN]
    texts = (
        Text(f"不支持类型标签 {tag}", f"type tags such as {tag} are not supported"),
        Text("删去标签，直接写值。", "Delete the tag and write the plain value."),
    )
    return fault("input/tag", event, texts)


def no_value(event: Any) -> YamlFault:
    """What programs write for no value, as if it were one."""
    texts = (
        Text(
            f"{event.value} 是程序对“没有值”的写法，不知道本来应是什么",
            f"{event.value} is what a program writes for no value; what it should be is not known",
        ),
        Text(
            "写上内容；确实没有的，删去这个键；就是这几个字的，加引号。",
            "Write the value, or delete the key; quote it if it is a name.",
        ),
    )
    return fault("input/no-value", event, texts)


def unseen(character: str, line: int, column: int) -> YamlFault:
    """A control character, or half of a pair, that an escape put into a value or a key."""
    code = f"U+{ord(character):04X}"
    if unicodedata.category(character) == "Cs":
        said = Text(f"\\u{ord(character):04x} 只是半个字", f"\\u{ord(character):04x} is half a character")
        return YamlFault("input/half-character", line, column, said, _HALF)
    said = Text(f"含有看不见的控制字符（{code}）", f"there is a control character ({code})")
    return YamlFault("input/control-character", line, column, said, _UNSEEN_FIX)


def syntax(error: Exception, text: str) -> YamlFault:
    """The parser's complaint, at the place that a person would point at."""
    lines = lines_of(text)
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    said = f"{getattr(error, 'problem', '') or error}"
    if mark is None:
        return _unreadable_character(text)
    if (torn := _conflict(lines)) is not None:
        return YamlFault("input/syntax", torn, 1, *_CONFLICT)
    line, column = _within(lines, *position(mark))
    if lines[line - 1][column - 1 : column] == "\t":
        return YamlFault("input/tab", line, column, *_TAB)
    slipped = next((n for n in (line, line - 1) if n > 0 and _KEY_COLON.match(lines[n - 1])), None)
    if slipped:
        return YamlFault("input/syntax", slipped, lines[slipped - 1].index("：") + 1, *_FULL_WIDTH_COLON)
    zh = next((chinese for english, chinese in _SYNTAX if english in said), "这里不合 YAML 的写法")
    en = lines_of(said)[0] if said else "this is not valid YAML"
    return YamlFault("input/syntax", line, column, Text(zh, en), _SYNTAX_FIX)


_CONFLICT = (
    Text(
        "这里是 git 合并留下的冲突（<<<<<<<、=======、>>>>>>>）：两个分支都改了这一处",
        "an unresolved conflict of git: both branches changed this place",
    ),
    Text(
        "把两边的改动都写进去，删去这三种标记行；各改了什么，用 banshi diff 看。",
        "Put both changes in and delete the lines with the marks; banshi diff says what each branch did.",
    ),
)
_KEY_COLON = late(r"\s*(- )?[A-Za-z_]+：")


def _conflict(lines: list[str]) -> int | None:
    """The line from which two branches of git stand beside one another, where all three of its marks are there."""
    marks = [n for n, line in enumerate(lines, start=1) if line[:7] in ("<<<<<<<", "=======", ">>>>>>>")]
    whole = {lines[n - 1][:1] for n in marks} == {"<", "=", ">"}
    return marks[0] if whole and lines[marks[0] - 1].startswith("<") else None


def _within(lines: list[str], line: int, column: int) -> tuple[int, int]:
    """A place in the text: what is found missing at its very end belongs to the last line with something in it."""
    last = len(lines) - 1 if len(lines) > 1 and not lines[-1] else len(lines)
    return (line, column) if line <= last else (last, len(lines[last - 1]) + 1)


def _unreadable_character(text: str) -> YamlFault:
    """Where a control character stands: libyaml gives a byte offset that does not count lines."""
    found = UNSEEN.search(text)
    if found is None:
        return YamlFault("input/syntax", 1, 1, Text("这里不合 YAML 的写法", "this is not valid YAML"), _SYNTAX_FIX)
    before = lines_of(text[: found.start()])
    code = f"U+{ord(found[0]):04X}"
    said = Text(f"含有看不见的控制字符（{code}）", f"control characters are not allowed ({code})")
    return YamlFault("input/syntax", len(before), len(before[-1]) + 1, said, _UNSEEN_FIX)


_SYNTAX = (
    ("mapping values are not allowed", "这里不应出现冒号：上一行缩进不齐，或文字里的冒号没有加引号"),
    ("did not find expected key", "这里应是一个键：缩进与同级的键不齐，或上一处引号、括号没有配对"),
    ("did not find expected ',' or '}'", "花括号里缺逗号，或花括号没有闭合"),
    ("did not find expected ',' or ']'", "方括号里缺逗号，或方括号没有闭合"),
    ("did not find expected '-' indicator", "列表里这一行应以“- ”开头，或缩进不齐"),
    ("did not find expected node content", "这里缺内容，或括号没有闭合"),
    ("could not find expected ':'", "键后面缺冒号，或冒号后面缺空格"),
    ("found unexpected end of stream", "文件到此突然结束：引号没有闭合"),
    ("found unexpected document indicator", "引号没有闭合就遇到了文档分隔线"),
    ("found character that cannot start any token", "这个字符不能用在值的开头；请给整个值加引号"),
    ("control characters are not allowed", "含有看不见的控制字符"),
    ("found unknown escape character", "双引号里的反斜杠写法不认识；改用单引号"),
    ("did not find expected alphabetic or numeric character", "& 或 * 后面应是锚点名；若是文字请加引号"),
    ("block sequence entries are not allowed", "列表的“- ”不能写在这里；请换行并缩进"),
    ("did not find expected <document start>", "这里多出了内容：前一部分已经结束"),
    ("found incompatible YAML document", "YAML 版本声明不受支持"),
)
_SYNTAX_FIX = Text(
    "对照上一行检查缩进（用空格）、冒号后的空格和引号、括号是否成对。",
    "Compare with the line above: indent with spaces, a space after each colon, quotes and brackets in pairs.",
)
_FULL_WIDTH_COLON = (
    Text("键后面用了全角冒号（：）", "a key is followed by a full-width colon (：)"),
    Text("改成半角冒号加一个空格，例如 status: approved。", "Write a plain colon and a blank, as in status: approved."),
)
_TAB = (
    Text("这里用了制表符（Tab）缩进", "a tab is used here for indentation"),
    Text("把制表符换成空格，每级缩进两个空格。", "Replace tabs by spaces, two for each level."),
)
_TOO_DEEP = (
    Text(f"嵌套超过 {MAX_DEPTH} 层，没有继续读", f"nested more than {MAX_DEPTH} levels deep; reading stopped"),
    Text("表格没有这么深的层次；检查括号是否成对。", "No form is that deep; check that brackets are paired."),
)
_HALF = Text(
    "重新录入这个字；多半是导出时把一个字截成了两半。",
    "Enter the character again; most likely an export cut it in two.",
)
_UNSEEN_FIX = Text("删去这个字符；多半是从别处粘贴带来的。", "Delete it; most likely it was pasted in from elsewhere.")

ALIAS_BOMB = (
    Text("别名（*）展开后内容过多，没有继续读", "the aliases (*) expand to too much; reading stopped"),
    Text("不要用别名，把内容写全。", "Write the content out instead of using aliases."),
)
SELF_REFERENCE = (
    Text("别名（*）指向包含它自己的内容", "this alias (*) refers to what contains it"),
    Text("不要用别名，把内容写全。", "Write the content out instead of using an alias."),
)
UNKNOWN_ALIAS = (
    Text("别名（*）没有对应的锚点（&）", "this alias (*) has no anchor (&)"),
    Text("若是普通文字，请加引号。", "If it is plain text, put it in quotes."),
)
MERGE = (
    Text("不支持合并键 <<", "merge keys (<<) are not supported"),
    Text("把要合并的各键写全。", "Write out the keys that you want to merge."),
)
COMPLEX_KEY = (
    Text("键应是一个词，不能是列表、映射或别名", "a key must be a word, not a list, a mapping or an alias"),
    Text("若是普通文字，请加引号。", "If it is plain text, put it in quotes."),
)
SEVERAL = (
    Text(
        "一个文件里有几个文档（---），只检查了第一个", "several documents (---) in one file; only the first was checked"
    ),
    Text("一份内容一个文件，把后面的拆出去。", "Move the later ones to files of their own."),
)
