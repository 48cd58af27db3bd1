"""``banshi text``: the consolidated text of a day, marked; what was not in force or is unknown is one plain line."""

import json

from conftest import ROOT, banshi

CENTRE = ROOT / "examples/linjiang"


def test_the_text_of_a_day_says_what_was_amended_by_what() -> None:
    said = banshi("text", "change-rules", "--on", "2026-07-01", cwd=CENTRE).stdout
    assert "2026-07-01 的文本：自 2026-07-01 起\n修改它的文件：临府办〔2026〕30号（2026-07-01 起）" in said
    amended = "单项增减之和超过5万元、50万元以内（含50万元）的，为较大变更。〔2026-07-01 临府办〔2026〕30号第一条改〕"
    assert amended in said and "由项目业主报行业主管部门。" in said
    before = banshi("text", "linjiang/change-rules", "--on", "2026-06-30", cwd=CENTRE).stdout
    assert "自 2026-01-01 起，施行至 2026-06-30" in before and "〔2026-07-01" not in before


def test_as_known_on_a_day_what_was_told_wrongly_is_printed_and_said() -> None:
    words = ("text", "window-assessment", "--on", "2026-02-01")
    assert "每件减2分" in banshi(*words, cwd=CENTRE).stdout.partition("差评（")[2].partition("\n")[0]
    wrong = banshi(*words, "--known-on", "2026-03-14", cwd=CENTRE).stdout
    assert "每件减3分" in wrong.partition("差评（")[2].partition("\n")[0] and "那时录错、后来更正" in wrong
    unknown = banshi("text", "change-rules", "--on", "2026-07-01", "--known-on", "2026-06-11", cwd=CENTRE).stdout
    assert "30万元以内" in unknown and "按 2026-06-11 已经知道的" in unknown


def test_json_and_markdown() -> None:
    words = ("text", "window-assessment", "--on", "2027-01-01", "--format")
    found = json.loads(banshi(*words, "json", cwd=CENTRE).stdout)
    assert (found["version"], found["since"], found["until"]) == ("2027-01-01", "2027-01-01", None)
    assert found["dropped"][0]["said"] == "第八条 环境"
    online = next(p for p in found["provisions"] if p["id"] == "7")["norms"][0]
    assert online["amended"][0]["by"]["instrument"] == "linjiang/centre-rules-amended"
    marked = banshi(*words, "markdown", cwd=CENTRE).stdout
    assert marked.startswith("# 临江市") and "\n\n## 第七条 网办" in marked and "\n- 第八条 环境〔" in marked
    assert all(line == line.strip() for line in marked.splitlines())


def test_what_is_not_there_is_one_plain_line() -> None:
    never = banshi("text", "change-rules", "--on", "2025-12-31", cwd=CENTRE)
    assert (
        never.returncode == 1 and "2025-12-31 没有施行的 linjiang/change-rules；施行的日子：2026-01-01" in never.stderr
    )
    unknown = banshi("text", "change-rule", cwd=CENTRE)
    assert unknown.returncode == 2 and "change-rules" in unknown.stderr and len(unknown.stderr.splitlines()) == 1
