"""What would have been otherwise, in words and as JSON: what each adverse fact costs, and what the next place takes."""

from collections.abc import Iterator, Sequence
from typing import Any

from banshi.base.money import plain
from banshi.base.text import Text, listed
from banshi.subjects.assessment.case import AssessmentInLaw
from banshi.subjects.assessment.results import WindowScore, shown
from banshi.subjects.assessment.score import Scorer
from banshi.subjects.assessment.sheets import place_said
from banshi.subjects.assessment.sub_items import called
from banshi.subjects.assessment.what_if import Cost, NextPlace, costs, to_next_rank


def what_if_lines(case: AssessmentInLaw, score: WindowScore) -> list[Text]:
    """One line a fact that costs points, then what the next place would take; empty where nothing costs any."""
    found = [_cost(cost, score, determined=_determined(case, cost, score)) for cost in costs(case, score)]
    step = to_next_rank(case, score)
    return [*found, *(_step(step, score) if step else ())]


def what_if_json(case: AssessmentInLaw, score: WindowScore) -> dict[str, Any]:
    """The same with stable keys; ``next_place`` is None where a window is first or not ranked."""
    step = to_next_rank(case, score)
    return {
        "costs": [_cost_json(case, cost, score) for cost in costs(case, score)],
        "next_place": step and _step_json(step),
    }


def _called(cost: Cost, score: WindowScore) -> str:
    """What a cost is about: the fact's name, or the sub-item that a person marked."""
    return next((called(line.placed) for line in score.lines if line.id == cost.subject), cost.name)


def _determined(case: AssessmentInLaw, cost: Cost, score: WindowScore) -> bool:
    """Whether the total is determined once the change is made; else ``cost.total`` is the least that it can be."""
    scorer = Scorer.of(case)
    return scorer is not None and scorer.plain(cost.changed, score.index).total.determined


def _cost(cost: Cost, score: WindowScore, *, determined: bool) -> Text:
    name, more, total = _called(cost, score), shown(cost.points), shown(cost.total)
    if determined and score.total.determined:
        return Text(
            f"若没有“{name}”这一处失分，多得 {more} 分，总分为 {total}",
            f"without what {cost.subject} costs: {more} more, the total would be {total}",
        )
    return Text(
        f"若没有“{name}”这一处失分，至少多得 {more} 分，总分不低于 {total}（别的事实还要一并核对）",
        f"without what {cost.subject} costs: at least {more} more, a total of no less than {total} (other facts matter)",
    )


def _step(step: NextPlace, score: WindowScore) -> Iterator[Text]:
    above = step.above
    yield Text(
        f"与{place_said(step.place)}（{above.window.called}）差 {shown(step.missing)} 分",
        f"{shown(step.missing)} short of {place_said(step.place, 'en')} ({above.window.called})",
    )
    if step.alone:
        names = listed(f"“{_called(cost, score)}”" for cost in step.alone)
        yield Text(f"其中任一处不失分即可持平或超过：{names}", f"one of these would do: {_subjects(step.alone)}")
    elif step.together:
        names = listed(f"“{_called(cost, score)}”" for cost in step.together)
        yield Text(f"这几处都不失分才能持平或超过：{names}", f"these together would do: {_subjects(step.together)}")
    else:
        yield Text("单靠改正失分之处达不到", "no few changes of what was lost would do")


def _subjects(some: Sequence[Cost]) -> str:
    return ", ".join(cost.subject for cost in some)


def _cost_json(case: AssessmentInLaw, cost: Cost, score: WindowScore) -> dict[str, Any]:
    return {
        "subject": cost.subject,
        "name": _called(cost, score),
        "points": plain(cost.points),
        "total": plain(cost.total),
        "determined": _determined(case, cost, score),
        "where": [list(route) for route in cost.routes],
    }


def _step_json(step: NextPlace) -> dict[str, Any]:
    return {
        "place": step.place.place,
        "window": step.above.window.id,
        "missing": plain(step.missing),
        "alone": [cost.subject for cost in step.alone],
        "together": [cost.subject for cost in step.together],
    }
