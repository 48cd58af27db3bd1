"""The one thing to do next that a guide's page names: fill in its form, else go to what answers a person's own case."""

from msgspec import Struct

from banshi.site.guide import GuideView
from banshi.site.pages import version_path

# Parts of the templates that answer a person's own case, in the order in which they help.
_ANSWERING = ("leave", "items", "flow", "results", "score_sub_items", "targets", "procedure", "tiers")


class NextStep(Struct, frozen=True):
    """What it says and where it leads: to an ``anchor`` of ``page``, or of the same page where that is empty."""

    said: str
    anchor: str
    page: str = ""


def next_step(view: GuideView) -> NextStep | None:
    """The next step of a guide; None where it has nothing but rules."""
    section = view.shows("forms")
    for placed in view.norms(section) if section else ():
        for form in placed.version.forms:
            if form.id == getattr(placed.norm, "form", ""):
                return NextStep(f"填写{form.title}", f"form-{form.id}", version_path(placed.version))
    answering = next((found for part in _ANSWERING if (found := view.shows(part))), None)
    return NextStep(f"看“{answering.title}”", answering.id) if answering else None
