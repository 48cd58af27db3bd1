"""Pages that stand alone, and where a command's answer is written."""

import argparse
import io
import sys

import pytest
from conftest import ROOT, banshi, one_line

from banshi.centre.centre import Centre
from banshi.commands.output import add_output, ready, write
from banshi.output.report_pages import TemplateBroken, report_page


@pytest.fixture
def centre(tmp_path):
    folder = tmp_path / "site_templates" / "reports"
    folder.mkdir(parents=True)
    page = '{% extends "reports/base.html.j2" %}{% block body %}<p>{{ said }}</p>{% endblock %}'
    (folder / "own.html.j2").write_text(page, encoding="utf-8")
    (folder / "broken.html.j2").write_text("{% if %}", encoding="utf-8")
    return Centre(tmp_path, vouched=True)


def test_a_page_stands_alone_and_escapes(centre):
    page = report_page("own.html.j2", centre=centre, title="<样>", said="<script>1</script>")
    assert "<script" not in page and "&lt;script&gt;" in page and "<title>&lt;样&gt;</title>" in page
    assert 'lang="zh-CN"' in page and "@page { size: A4" in page and "viewport" in page
    assert "src=" not in page and "http" not in page.replace("http://www.w3.org/2000/svg", "")


def test_fictional_is_marked(centre):
    assert "样例（虚构）" in report_page("own.html.j2", centre=centre, title="样", said="", fictional=True)
    assert "样例（虚构）" not in report_page("own.html.j2", centre=centre, title="样", said="")


def test_a_broken_template_says_where(centre):
    with pytest.raises(TemplateBroken, match=r"broken\.html\.j2 第 1 行"):
        report_page("broken.html.j2", centre=centre, title="样")
    with pytest.raises(TemplateBroken, match="said"):
        report_page("own.html.j2", centre=centre, title="样")


@pytest.mark.parametrize(
    "words",
    [("tier", "change/binhe-road"), ("due", "change/binhe-road"), ("schedule", "parallel/investment/case.yaml")],
)
def test_of_a_broken_template_every_command_says_one_plain_line(centre, words):
    (centre.folder / "site_templates/reports/sections.html.j2").write_text("{% if %}", encoding="utf-8")
    given = (words[0], str(ROOT / "examples" / words[1]), "--format", "html", "--project", str(centre.folder))
    done = banshi(*given, "--trust-project")
    assert (done.returncode, done.stdout) == (2, "") and "sections.html.j2 第 1 行" in one_line(done.stderr)


def options(*given):
    parser = argparse.ArgumentParser()
    add_output(parser)
    return argparse.Namespace(**vars(parser.parse_args(given)), lang="zh")


def test_text_goes_to_a_file_with_one_line_break(tmp_path):
    path = tmp_path / "a.txt"
    assert write(options("-o", str(path)), "一\n\n") == 0
    assert path.read_text(encoding="utf-8") == "一\n"


def test_bytes_go_through_unchanged(tmp_path):
    path = tmp_path / "a.xlsx"
    assert write(options("--format", "xlsx", "-o", str(path)), b"\r\n\x00") == 0
    assert path.read_bytes() == b"\r\n\x00"


@pytest.mark.parametrize(("name", "said"), [("无/a.txt", "没有文件夹"), (".", "是文件夹")])
def test_what_cannot_be_written_is_said_in_one_line(tmp_path, capsys, name, said):
    chosen = options("-o", str(tmp_path / name))
    assert ready(chosen) == 2 and write(chosen, "一") == 2
    told = capsys.readouterr().err
    assert said in told and len(told.splitlines()) == 2


def test_a_workbook_is_not_poured_onto_a_terminal(capsys, monkeypatch):
    class Terminal(io.StringIO):
        def isatty(self):
            return True

    monkeypatch.setattr(sys, "stdout", Terminal())
    assert ready(options("--format", "xlsx")) == 2
    assert ready(options("--format", "json")) == 0
