"""A centre's own colours on its pages: as set on paper and in light, lightened until they can be read in the dark."""

from collections.abc import Mapping

_VARIABLES = {"primary": ("--brand", "--head"), "link": ("--link",)}  # key of the settings → variables of site.css
_IN_THE_DARK = ("--head", "--link")  # drawn on a dark ground there; the bar at the top keeps its colour
_WHITE_SHARE = 0.65  # even black is then read on the ground of site.css at more than 7 : 1


def colours_css(colours: Mapping[str, str]) -> str:
    """Rules after those of site.css; empty where nothing is set. ``colours``: key → ``#rrggbb``."""
    light = {variable: colour for key, colour in sorted(colours.items()) for variable in _VARIABLES[key]}
    if not light:
        return ""
    dark = {variable: lightened(colour) for variable, colour in light.items() if variable in _IN_THE_DARK}
    return f"\n:root {{ {_said(light)} }}\n@media screen and (prefers-color-scheme: dark) {{ :root {{ {_said(dark)} }} }}\n"


def lightened(colour: str) -> str:
    """A colour ``#rrggbb`` with white mixed in."""
    parts = (int(colour[n : n + 2], 16) for n in (1, 3, 5))
    return "#" + "".join(f"{round(part + (255 - part) * _WHITE_SHARE):02x}" for part in parts)


def _said(variables: Mapping[str, str]) -> str:
    return " ".join(f"{name}: {colour};" for name, colour in variables.items())
