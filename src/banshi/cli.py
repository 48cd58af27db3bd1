"""The command line: ``banshi COMMAND …``; a person sees one plain line where the tool cannot do its work."""

import argparse
import importlib
import io
import os
import sys
from collections.abc import Sequence
from typing import NoReturn

from banshi import __version__, environment
from banshi.commands.standing import ProjectUnusable
from banshi.library import PolicyUnreadable
from banshi.rules import RuleBroken
from banshi.settings import SettingsUnusable
from banshi.terminal import complain, guarded_streams, printing
from banshi.text import Text, visible
from banshi.writing import why_not

COMMANDS = {
    "check": "检查文件和文件夹",
    "build": "检查规则并生成网站",
    "serve": "边改边看：本机预览网站",
    "explain": "说明一条校验规则",
    "tier": "判定审批档次并说明理由",
    "due": "推算办结期限或公示截止日并说明理由",
    "attendance": "核算一个月、一个季度或一年的考勤并说明理由",
    "assess": "给各窗口一个季度的考核评分并说明理由",
    "cases": "统计办件登记：按时、超期、评议、满意、现场办结，与并联审批指标比较",
    "notice": "一次性告知单：材料、先后、办结日",
    "schedule": "排出并联办件的计划：关键线路、机动时间、卡在哪里、比依次办省多少",
    "form": "一张表：把一个办件各事项要填的内容、要交的材料合成一份",
    "init": "新建一个中心自己的项目",
    "new": "新写一份文件、版本、指南、规则、报批表或情景，从已有的开始",
    "schema": "把格式文件（JSON Schema）写到文件夹，供编辑器和别的程序用",
    "test": "试算情景和自己规则的样例：结果是不是应得的",
    "trust": "信任一个项目自己的规则、模板和网站设置，让它们运行",
    "coverage": "来源文件的规范点编码了多少、各用在哪里",
}
_EPILOG = "退出码：0 没有问题；1 有问题；2 工具没能完成工作。"


class _Parser(argparse.ArgumentParser):
    """Says what is wrong with an option in one Chinese line."""

    def error(self, message: str) -> NoReturn:
        for english, chinese in _ARGPARSE:
            message = message.replace(english, chinese)
        self.exit(2, f"banshi: {visible(message)}。用 {self.prog} --help 看用法\n")


_ARGPARSE = (
    ("the following arguments are required:", "还缺："),
    ("unrecognized arguments:", "不认识的选项："),
    ("invalid choice:", "没有这个选择："),
    ("(choose from", "（可选："),
    ("expected one argument", "后面要跟一个值"),
    ("expected at least one argument", "后面至少要跟一个值"),
    ("invalid fromisoformat value:", "不是 YYYY-MM-DD 写法的日期："),
    ("invalid yuan_amount value:", "不是金额："),
    ("argument ", "选项 "),
    ("not allowed with", "不能同时用"),
)


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command; the exit status is 0, 1 or 2."""
    if argv is None:
        environment.in_utf8()
    environment.open_missing_streams()
    _never_fail_to_print()
    with guarded_streams():
        try:
            try:
                return _run(argv)
            finally:
                sys.stdout.flush()
        except BrokenPipeError:
            why = "结果没有写完：接收的一方先关了"
        except OSError as error:
            why = f"结果没有写完：{why_not(error).zh}"
        environment.let_go_of_output()
        return _fail(why)


def _run(argv: Sequence[str] | None) -> int:
    options = _parser(_wanted(argv)).parse_args(argv)
    if not environment.stands_somewhere():
        return _fail(Text("当前文件夹已经不在了；换到别的文件夹再运行", "the current folder is gone").say(options.lang))
    printing(getattr(options, "format", "text"))
    module = importlib.import_module(f"banshi.commands.{options.command}")
    try:
        status: int = module.run(options)
        return status
    except (PolicyUnreadable, RuleBroken, SettingsUnusable) as error:
        return _fail(str(error))
    except (ProjectUnusable, KeyboardInterrupt) as error:
        why = error.why if isinstance(error, ProjectUnusable) else Text("已中断", "interrupted")
        return _fail(why.say(options.lang))
    except Exception as error:
        if isinstance(error, OSError) and error.filename is None:
            raise  # what was written could not be
        return _failed(error, options)


def _failed(error: Exception, options: argparse.Namespace) -> int:
    """A file that the system refuses, or the program's own failure, in a line."""
    if os.environ.get("BANSHI_DEBUG"):
        raise error
    if isinstance(error, OSError):
        return _fail(f"{error.filename}：{why_not(error).say(options.lang)}")
    return _fail(f"内部错误 {type(error).__name__}: {error}（设 BANSHI_DEBUG=1 可看详情）")


def _never_fail_to_print() -> None:
    """A terminal or pipe that lacks a character gets a question mark instead of losing the whole report."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def _fail(why: str) -> int:
    complain(why)
    return 2


def _wanted(argv: Sequence[str] | None) -> str | None:
    words = sys.argv[1:] if argv is None else argv
    return next((word for word in words if word in COMMANDS), None)


def _parser(wanted: str | None) -> argparse.ArgumentParser:
    parser = _Parser(prog="banshi", description="办事：政策文件作为数据，校验与指南", epilog=_EPILOG, add_help=True)
    parser.add_argument("--version", action="version", version=f"banshi {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND", parser_class=_Parser)
    for name, about in COMMANDS.items():
        command = commands.add_parser(name, help=about, description=about, epilog=_EPILOG, allow_abbrev=False)
        command.add_argument("--lang", choices=("zh", "en"), default="zh", help="信息用中文或英文")
        if name == wanted:  # a command's options cost imports, so only the wanted one adds them
            importlib.import_module(f"banshi.commands.{name}").add(command)
    return parser
