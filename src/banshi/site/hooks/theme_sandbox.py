"""A hook of mkdocs: the theme's templates, a project's overrides among them, run in the same sandbox as our own.

In a folder of its own, because mkdocs lets a hook import what lies beside it.
"""

from collections.abc import Callable
from types import BuiltinFunctionType, MethodType
from typing import Any

import jinja2
from markupsafe import Markup
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import event_priority
from mkdocs.structure.files import Files

from banshi.base.sandbox import Sandbox

_PLAIN = (str, Markup, int, float, bool, dict, list, tuple)  # and not what mkdocs derives from them


class ThemeSandbox(Sandbox):
    """The sandbox, closed also to the methods of mkdocs's own objects: one of them gives an environment without any."""

    def is_safe_callable(self, obj: Any) -> bool:
        """Whether a template may call something: what Jinja brings, and methods of words, numbers and groups of them."""
        return super().is_safe_callable(obj) and _is_plain(obj)


def _is_plain(called: Any) -> bool:
    if isinstance(called, BuiltinFunctionType | MethodType) and type(called.__self__) in _PLAIN:
        return True
    return str(getattr(called, "__module__", None) or type(called).__module__).startswith("jinja2.")


def sandboxed(environment: jinja2.Environment) -> jinja2.Environment:
    """The same environment (loader, extensions, filters, globals) with a sandbox around its templates."""
    boxed = ThemeSandbox()
    own = {name: value for name, value in vars(environment).items() if name != "cache"}
    vars(boxed).update(own, globals={**own["globals"], "range": boxed.globals["range"]})
    vars(boxed)["extensions"] = {name: each.bind(boxed) for name, each in environment.extensions.items()}
    return boxed


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Without what a theme brings for frames of its own: scripts and styles that no page of ours asks for."""
    shipped = [place for place in config.theme.dirs if place != config.theme.custom_dir]
    for file in [file for file in files if file.src_dir in shipped]:
        files.remove(file)
    return files


on_env: Callable[..., jinja2.Environment] = event_priority(-100)(lambda env, **_: sandboxed(env))  # behind all others
