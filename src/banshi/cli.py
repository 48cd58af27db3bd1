"""The command line: ``banshi COMMAND …``; a person sees one plain line where the tool cannot do its work."""

import argparse
import importlib
import io
import os
import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any, NoReturn

from banshi import __version__
from banshi.base import environment
from banshi.base.command_names import COMMANDS, WITH_PROGRESS, WITH_RECEIPT
from banshi.base.folders import TemplateBroken
from banshi.base.text import Text, visible
from banshi.base.writing import begin, why_not
from banshi.centre.settings import SettingsUnusable
from banshi.checking.rules import RuleBroken
from banshi.commands.standing import ProjectUnusable
from banshi.files.not_stated import NotStated
from banshi.law.library import PolicyUnreadable
from banshi.output.progress import Interrupted
from banshi.output.terminal import complain, guarded_streams, printing

_EPILOG = "退出码：0 没有问题；1 有问题；2 工具没能完成工作；130 被人中断。"
INTERRUPTED = 130  # as shells have it


class _Once(argparse.Action):
    """A value of an option that is given once: of two, one would be passed over in silence."""

    def __call__(
        self,
        parser: argparse.ArgumentParser,
        namespace: argparse.Namespace,
        values: Any,
        option_string: str | None = None,
    ) -> None:
        """Keep the value; the same one may be said again."""
        given: dict[str, Any] = namespace.__dict__.setdefault(_GIVEN, {})
        if option_string and given.setdefault(self.dest, values) != values:
            parser.error(f"argument {option_string}: 写了两次，只能写一次；要写几样的，看 --help 里怎样写")
        setattr(namespace, self.dest, values)


_GIVEN = " given"  # in a namespace while it is filled: no option is called so


class _Parser(argparse.ArgumentParser):
    """Says what is wrong with an option in one Chinese line."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in (None, "store"):
            self.register("action", name, _Once)

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        """As argparse does, and nothing more is left in what it fills."""
        found, rest = super().parse_known_args(args, namespace)
        found.__dict__.pop(_GIVEN, None)
        return found, rest

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
    """Run a command; the exit status is 0, 1, 2, or 130 where somebody interrupted it."""
    if argv is None:
        environment.in_utf8()
    environment.open_missing_streams()
    _never_fail_to_print()
    begin()
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
    options = options_of(sys.argv[1:] if argv is None else argv)
    wrong = _blank(sys.argv[1:] if argv is None else argv)
    if not environment.stands_somewhere():
        wrong = Text("当前文件夹已经不在了；换到别的文件夹再运行", "the current folder is gone")
    if wrong:
        return _fail(wrong.say(options.lang))
    printing(getattr(options, "format", "text"))
    return _work(options, argv)


def _work(options: argparse.Namespace, argv: Sequence[str] | None) -> int:
    """Run the command that was asked for."""
    module = importlib.import_module(f"banshi.commands.{options.command}")
    try:
        if getattr(options, "receipt", None):
            from banshi.commands.receipts import run_with_receipt

            return run_with_receipt(options, module.run, sys.argv[1:] if argv is None else argv)
        status: int = module.run(options)
        return status
    except (PolicyUnreadable, RuleBroken, SettingsUnusable, TemplateBroken) as error:
        return _fail(str(error))
    except KeyboardInterrupt as error:
        complain(_stopped(error).say(options.lang))
        return INTERRUPTED
    except (ProjectUnusable, NotStated) as error:
        return _fail(_why(error).say(options.lang))
    except Exception as error:
        if isinstance(error, OSError) and error.filename is None:
            raise  # what was written could not be
        return _failed(error, options)


def _blank(words: Sequence[str]) -> Text | None:
    """What is wrong where a value is empty, as a variable that a script never set: it would count as not given."""
    for before, word in zip(("", *words), words, strict=False):
        if not word.strip() or (word.startswith("--") and word.endswith("=")):
            name = word.strip("= ") or (before if before.startswith("-") else "")
            return Text(f"{name or '有一个值'} 是空的", f"{name or 'a value'} is empty")
    return None


def options_of(argv: Sequence[str]) -> argparse.Namespace:
    """The options that a command line gives. Raises ``SystemExit`` where it gives none."""
    wanted = next((word for word in argv if word in COMMANDS), None)
    return _parser(wanted, wanted is not None and argv[0] == wanted).parse_args(argv)


def _stopped(error: KeyboardInterrupt) -> Text:
    """How far the work came that somebody stopped."""
    return error.why if isinstance(error, Interrupted) else Text("已中断", "interrupted")


def _why(error: ProjectUnusable | NotStated) -> Text:
    """A line on what a user did, or did not state."""
    if isinstance(error, NotStated):
        from banshi.commands.filings import not_stated  # late: only a table can leave out what a command needs

        return not_stated(error)
    return error.why


def _failed(error: Exception, options: argparse.Namespace) -> int:
    """A file that the system refuses, or the program's own failure, in a line."""
    if os.environ.get("BANSHI_DEBUG"):
        raise error
    if isinstance(error, OSError):
        return _fail(f"{error.filename}：{why_not(error).say(options.lang)}")
    return _fail(f"内部错误 {type(error).__name__}: {error}（设 BANSHI_DEBUG=1 可看详情）")


def _never_fail_to_print() -> None:
    """A stream that lacks a character gets a question mark instead of losing all; one that knows no Chinese writes UTF-8."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            known = "办事".encode(stream.encoding, "ignore")
            stream.reconfigure(encoding=stream.encoding if known else "utf-8", errors="replace")


def _fail(why: str) -> int:
    complain(why)
    return 2


@cache
def _parser(wanted: str | None, alone: bool = False) -> argparse.ArgumentParser:
    """What reads a command line. ``alone``: one that begins with ``wanted``; of the other commands nothing is asked then."""
    parser = _Parser(prog="banshi", description="办事：政策文件作为数据，校验与指南", epilog=_EPILOG, add_help=True)
    parser.add_argument("--version", action="version", version=f"banshi {__version__}")
    commands = parser.add_subparsers(
        prog="banshi", dest="command", required=True, metavar="COMMAND", parser_class=_Parser
    )
    for name in (wanted,) if wanted and alone else COMMANDS:
        about = COMMANDS[name]
        command = commands.add_parser(name, help=about, description=about, epilog=_EPILOG, allow_abbrev=False)
        command.add_argument("--lang", choices=("zh", "en"), default="zh", help="信息用中文或英文")
        if name == wanted and name in WITH_RECEIPT:
            command.add_argument("--receipt", type=Path, metavar="FILE", help="另写一份收据：所依据的一切和结果")
        if name == wanted and name in WITH_PROGRESS:
            command.add_argument("--quiet", action="store_true", help="在终端上也不显示进度")
        if name == "replay":
            command.set_defaults(understand=options_of)
        if name == wanted:  # a command's options cost imports, so only the wanted one adds them
            importlib.import_module(f"banshi.commands.{name}").add(command)
    return parser
