"""``banshi serve``: the site on this machine while one works on it."""

import argparse
import errno
import signal
import socket
from types import FrameType
from typing import NoReturn

from banshi.base.text import Text, same
from banshi.base.writing import why_not
from banshi.commands.standing import centre_of, code_options
from banshi.output.terminal import refuse
from banshi.site.build import Watched
from banshi.site.serve import AddressUnusable, serve


def add(parser: argparse.ArgumentParser) -> None:
    """Options."""
    parser.add_argument("--port", type=int, default=8000, help="端口（默认 8000；0 为任选）")
    parser.add_argument("--host", default="127.0.0.1", help="地址（默认只有本机能看）")
    code_options(parser)


def run(options: argparse.Namespace) -> int:
    """Serve until interrupted; 2 where the address cannot be used or nothing can be watched."""
    for number in _ENDING:
        if signal.getsignal(number) == signal.SIG_DFL:  # what is ignored (nohup) stays so
            signal.signal(number, _interrupt)
    try:
        serve(centre_of(options), options.host, options.port, Watched(options.lang, options.quiet))
        return 0
    except KeyboardInterrupt:
        return 0
    except AddressUnusable as error:
        address, why = f"{options.host}:{options.port}", _why(error.__cause__)
        say = Text(f"地址 {address} 不能用：{why.zh}", f"cannot use {address}: {why.en}")
    except BrokenPipeError:
        raise
    except OSError as error:  # the system allows too few watches, or no new process; or nobody can read where it is
        why = why_not(error)
        say = Text(f"预览不能运行：{why.zh}", f"cannot run the preview: {why.en}")
    return refuse(say, options.lang)


# The end of a terminal or of a session, and what kill sends: without them the processes that build would stay.
_ENDING = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name))


def _interrupt(_number: int, _frame: FrameType | None) -> NoReturn:
    """As Ctrl+C."""
    raise KeyboardInterrupt


def _why(error: BaseException | None) -> Text:
    """Why the server cannot listen, and what to do."""
    if isinstance(error, OverflowError):
        return Text("端口要在 0 到 65535 之间", "a port is between 0 and 65535")
    if isinstance(error, UnicodeError | socket.gaierror):
        return Text("没有这个主机，换一个 --host", "no such host; try another --host")
    number = error.errno if isinstance(error, OSError) else None
    if number == errno.EADDRINUSE:
        return Text("端口已被占用，换一个 --port", "the port is in use; try another --port")
    if number == errno.EADDRNOTAVAIL:
        return Text("不是本机的地址，换一个 --host", "not an address of this machine; try another --host")
    if number == errno.EACCES:
        return Text("没有权限用这个端口，换一个 --port", "no permission for this port; try another --port")
    return same(str(error))
