"""Charts: well-formed SVG with a text alternative, the right lengths, and nothing that a label can break out of."""

import xml.etree.ElementTree as ET
from decimal import Decimal

from banshi.output.charts import Bar, GridLine, GridMark, Stack, bars, grid, stacked

NS = "{http://www.w3.org/2000/svg}"


def rects(svg):
    return list(ET.fromstring(svg).iter(f"{NS}rect"))


def texts(svg):
    return [t.text for t in ET.fromstring(svg).iter(f"{NS}text")]


def test_bars_are_as_long_as_their_values():
    svg = bars("得分", [Bar("甲", Decimal("2"), "2 分"), Bar("乙", Decimal("1"), "1 分"), Bar("丙", 0)])
    assert [r.get("width") for r in rects(svg)] == ["358.0", "179.0", "0.0"]
    assert texts(svg) == ["甲", "2 分", "乙", "1 分", "丙", "0"]


def test_bars_against_a_given_most():
    assert rects(bars("得分", [Bar("甲", 50)], most=100))[0].get("width") == "179.0"


def test_a_negative_bar_is_an_outline():
    assert rects(bars("减分", [Bar("甲", -2)]))[0].get("fill") == "#fff"


def test_every_chart_has_a_name_and_a_text_alternative():
    root = ET.fromstring(bars("得分", [Bar("甲", 2, "2 分")]))
    named = {e.get("id"): e.text for e in root if e.tag in (f"{NS}title", f"{NS}desc")}
    assert root.get("role") == "img"
    assert [named[key] for key in root.get("aria-labelledby").split()] == ["得分", "甲 2 分"]


def test_labels_cannot_break_out():
    svg = bars("<script>", [Bar("<b>&\"'", 1, "</svg>")], desc="<x>")
    assert "<script" not in svg and texts(svg) == ["<b>&\"'", "</svg>"]


def test_parts_of_a_stack_lie_side_by_side():
    svg = stacked("次数", [Stack("甲", {"迟": 3, "早": 1}), Stack("乙", {"早": 2})], ["迟", "早"])
    drawn = [r for r in rects(svg) if r.get("height") == "12"]
    assert [(r.get("x"), r.get("width")) for r in drawn] == [("1", "268.5"), ("269.5", "89.5"), ("1", "179.0")]
    assert drawn[0].get("fill") != drawn[1].get("fill") == drawn[2].get("fill")


def test_a_grid_shows_signs_and_counts_them():
    marks = {"ok": GridMark("有人", "·"), "no": GridMark("空岗", "空", "#000")}
    svg = grid("三月", [GridLine("综合窗口", ["ok", "no", "", "no"])], ["1", "2", "3", "4"], marks)
    cells = [r for r in rects(svg) if r.get("height") == "17"]
    assert [c.get("fill") for c in cells] == ["#fff", "#000", "#000"]
    assert ET.fromstring(svg).find(f"{NS}desc").text == "综合窗口：有人 1、空岗 2"


def test_nothing_to_show_is_no_error():
    for svg in (bars("空", []), stacked("空", [], []), grid("空", [], [], {})):
        ET.fromstring(svg)


def test_same_input_same_bytes():
    assert bars("甲", [Bar("乙", 1)]) == bars("甲", [Bar("乙", 1)])
