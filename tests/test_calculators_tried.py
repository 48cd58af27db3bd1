"""Every calculator of a centre has a made-up question on the page where they are tried, and an answer to it."""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import pytest
from calculating import NODE, script
from conftest import ROOT, banshi

from banshi.centre.centre import Centre
from banshi.site.content import Content

pytestmark = pytest.mark.skipif(NODE is None, reason="no node here: the calculators' script is not asked")
ALL = {"tier", "step", "public", "leave", "punches", "scores", "schedule"}


def read(name: str, written: str) -> Any:
    """What the page makes of a field of an address, in the sorts of fields that made-up questions have."""
    if name == "criteria":
        return [each for each in written.split(",") if each]
    if name == "punched":
        return [int(hour) * 3600 + int(minute) * 60 for hour, minute in (at.split(":") for at in written.split())]
    return written


@pytest.mark.parametrize("name", ["linjiang", "qinghe", "new"])
def test_every_calculator_answers_a_made_up_question(name: str, tmp_path: Path) -> None:
    folder = ROOT / "examples" / name
    if name == "new":
        folder = tmp_path / "new"
        words = ("--jurisdiction", "chengxi", "--with", "change,attendance,assessment,cases,parallel")
        assert banshi("init", str(folder), "--name", "城西", *words).returncode == 0
    of_all = Content(Centre(folder)).calculators
    answered = set()
    with script("calculate-punches.js", "calculate-schedule.js", "calculate-scores.js") as asked:
        for of, data in of_all._data.items():
            for kind in of_all.on(of):
                example = of_all.example(of, kind["id"])
                given = {key: read(key, value) for key, value in parse_qsl(example, keep_blank_values=True)}
                [answer] = asked.answers(data, [(kind["id"], given)])
                assert answer["value"] is not None, (of, kind["id"], example, answer["reasons"])
                answered.add(kind["id"])
    assert answered == ALL
