"""What a file is by what stands in it: told under every name and on every way in, and never read as YAML."""

import io
import zipfile
from pathlib import Path

import pytest
from conftest import ROOT, banshi

from banshi.checking.checker import Checker
from banshi.files.discovery import discover
from banshi.files.findings import Severity
from banshi.files.tables.contents import not_a_document, told
from banshi.files.units import TableFile, Trouble

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504


def archive(*names: str, content: bytes = b"x") -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as made:
        for name in names:
            made.writestr(name, content)
    return stream.getvalue()


FILES = {
    "旧格式": OLE + "Workbook".encode("utf-16-le"),
    "旧格式（.xls": b"\x09\x08\x10\x00\x00\x06\x05\x00",
    "密码": OLE + "EncryptedPackage".encode("utf-16-le"),
    "文字文档（.doc": OLE + "WordDocument".encode("utf-16-le"),
    "网页": b'\r\n<html xmlns:x="urn"><table><tr><td>1</td></tr></table></html>',
    "网页（": "\ufeff<!DOCTYPE html><body>考勤</body>".encode(),
    "XML 表格": b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
    ".ods": archive("mimetype", content=b"application/vnd.oasis.opendocument.spreadsheet"),
    ".xlsb": archive("[Content_Types].xml", "xl/workbook.bin"),
    "文字文档（Word": archive("[Content_Types].xml", "word/document.xml"),
    "压缩包（ZIP": archive("a.txt"),
    "压缩包": b"\x1f\x8b\x08\0",
    "PDF": b"%PDF-1.4\n",
    "图片": b"\x89PNG\r\n\x1a\n",
    "RTF": b"{\\rtf1 }",
}
ATTLOG = b"    1\t2010-03-01 08:31:05\t1\t0\t1\t0\r\n    2\t2010-03-01 08:32:05\t1\t0\t1\t0\r\n"


@pytest.mark.parametrize("suffix", [".xls", ".csv", ".yaml", ".jsonl", ".et", ".dat", ".txt", ""])
@pytest.mark.parametrize("name", FILES)
def test_a_file_is_told_as_what_it_is(name: str, suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"a{suffix}"
    path.write_bytes(FILES[name])
    problem = told(path, "text") if suffix == ".csv" else not_a_document(path)
    assert problem is not None and problem.rule == "input/not-a-table"
    assert name in problem.message.zh and problem.fix.zh
    assert "UTF-8" not in problem.fix.zh and "制表符换成" not in problem.fix.zh


def test_the_names_in_a_container_are_found_wherever_they_stand(tmp_path: Path) -> None:
    head = bytearray(OLE)
    head[30:32], head[48:52] = (9).to_bytes(2, "little"), (400).to_bytes(4, "little")
    path = tmp_path / "a.xls"
    path.write_bytes(bytes(head) + b"\0" * 400 * 512 + "Workbook".encode("utf-16-le") + b"\0" * 400_000)
    problem = not_a_document(path)
    assert problem and "旧格式（.xls、.et）的工作簿" in problem.message.zh


@pytest.mark.parametrize("suffix", [".dat", ".txt", ".xls"])
def test_the_log_of_a_machine_and_text_tables_are_told(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"1_attlog{suffix}"
    path.write_bytes(ATTLOG)
    problem = not_a_document(path)
    assert problem and "attlog" in problem.message.zh and ".dat" in problem.fix.zh
    path.write_text("工号\t打卡时间\n001\t2010-03-01 08:31\n", encoding="utf-8")
    problem = not_a_document(path)
    assert problem and "像是表格" in problem.message.zh and ".tsv" in problem.fix.zh


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.yaml", "x: 1\n"),
        ("a.json", '{"kind": "change"}'),
        ("a.txt", "# 说明\nkind: change\n"),
        ("a", '{\n "kind": "change"}'),
        ("a.yaml", "kind: change # 1\t2\n"),
        ("none.yaml", None),
    ],
)
def test_what_may_be_a_document_is_left_to_its_reader(name: str, text: str | None, tmp_path: Path) -> None:
    path = tmp_path / name
    if text is not None:
        path.write_text(text, encoding="utf-8")
    assert not_a_document(path) is None


def test_a_folder_names_the_tables_that_it_cannot_read(tmp_path: Path) -> None:
    (tmp_path / "考勤.et").write_bytes(FILES["旧格式"])
    (tmp_path / "2.dat").write_bytes(b"\x00\x01no log")
    (tmp_path / "1_attlog.dat").write_bytes(ATTLOG)
    (tmp_path / "~$考勤.xls").write_bytes(b"x")
    found = [unit for unit in discover([tmp_path], tmp_path) if isinstance(unit, Trouble)]
    assert [(unit.path.name, unit.severity) for unit in found] == [
        ("2.dat", Severity.ERROR),
        ("考勤.et", Severity.ERROR),
    ]
    tables = [unit.path.name for unit in discover([tmp_path], tmp_path) if isinstance(unit, TableFile)]
    assert tables == ["1_attlog.dat"]


def test_what_may_be_an_attachment_is_a_note(tmp_path: Path) -> None:
    (tmp_path / "attachments").mkdir()
    (tmp_path / "project.yaml").write_text("kind: project\n", encoding="utf-8")
    for folder in (tmp_path, tmp_path / "attachments"):
        (folder / "清单.et").write_bytes(FILES["旧格式"])
    found = [unit for unit in discover([tmp_path], tmp_path) if isinstance(unit, Trouble)]
    assert [unit.severity for unit in found] == [Severity.NOTE, Severity.NOTE]


def test_the_command_tells_it_by_name_on_standard_input_and_twice(tmp_path: Path) -> None:
    path = tmp_path / "考勤.xls"
    path.write_bytes(FILES["网页"])
    for arguments in ([path.name], [path.name, path.name], [path.name, f"./{path.name}"], ["."]):
        done = banshi("check", *arguments, cwd=tmp_path)
        assert done.returncode == 1 and done.stdout.count("[input/not-a-table]") == 1, arguments
        assert "网页" in done.stdout


OTHERS = {"旧格式": FILES["旧格式"], "网页": FILES["网页"], ".ods": FILES[".ods"], "考勤机": ATTLOG}


@pytest.mark.parametrize("suffix", [".jsonl", ".yaml", ".txt", ".docx"])
@pytest.mark.parametrize("name", OTHERS)
def test_every_command_tells_it_and_hands_it_to_no_other_reader(name: str, suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"a{suffix}"
    path.write_bytes(OTHERS[name])
    commands = [["check"], ["tier"], ["batch", str(tmp_path / "out")], ["convert", str(tmp_path / "b.yaml")]]
    for command, *more in [
        *commands,
        ["diff", "luzhou/change-management/2011-11-04"],
        *([] if suffix == ".docx" else [["fix"]]),
    ]:
        done = banshi(command, str(path), *more)
        assert done.returncode in (1, 2), (command, done)
        said = done.stdout + done.stderr
        assert name in said, (command, said)
        assert "UTF-8" not in said and "键: 值" not in said and "都是规范写法" not in said


def test_what_a_file_names_is_told_there_too(tmp_path: Path) -> None:
    (tmp_path / "登记.xls").write_bytes(FILES["旧格式"])
    head = "jurisdiction: luzhou\ncentre: 样例\nquarter: 2012-Q1\nattendance: 登记.xls\nwindows: [{id: W1, name: 甲}]\n"
    (tmp_path / "a.yaml").write_text(f"kind: assessment\nfictional: true\n{head}", encoding="utf-8")
    said = banshi("check", str(tmp_path / "a.yaml")).stdout
    assert "登记.xls 里没有能用的考勤登记：工作簿已损坏" in said


def test_fix_says_what_it_did_not_read(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("kind: change\n  x: [1\n", encoding="utf-8")
    (tmp_path / "b.yaml").write_bytes("kind: 变更\n".encode("gb18030"))
    for name, rule in (("a.yaml", "input/syntax"), ("b.yaml", "input/not-utf8"), ("-", "input/unreadable")):
        done = banshi("fix", str(tmp_path / name) if name != "-" else "-", stdin=b"kind: change\n")
        assert done.returncode == 1 and "读出的没有要改的" in done.stdout and rule in done.stdout + done.stderr


def test_a_path_given_twice_is_checked_once(tmp_path: Path) -> None:
    for name in ("a.csv", "b.jsonl", "c.yaml"):
        (tmp_path / name).write_text("工号\n", encoding="utf-8")
    paths = [tmp_path / "a.csv", tmp_path, tmp_path / "x" / ".." / "c.yaml", tmp_path / "b.jsonl"]
    (tmp_path / "x").mkdir()
    units = list(discover(paths, tmp_path))
    assert sorted(unit.path.name for unit in units if not isinstance(unit, Trouble)) == ["a.csv", "b.jsonl", "c.yaml"]  # type: ignore[union-attr]


@pytest.mark.parametrize("text", ["工号,打卡时间\n001,2010-03-01 08:31\n", "工号\t日期\r\n001\t2010-03-01\r\n"])
def test_a_table_on_standard_input_is_read_as_one(text: str) -> None:
    done = banshi("check", "-", stdin=text.encode())
    assert "shape/" not in done.stdout and "input/syntax" not in done.stdout
    assert "只读了表格" in done.stdout or "看不出这是哪一种表" in done.stdout


def test_what_is_said_of_a_log_without_headings_stands_in_its_first_line(tmp_path: Path) -> None:
    (tmp_path / "1_attlog.dat").write_bytes(ATTLOG)
    found = Checker(ROOT).check([tmp_path / "1_attlog.dat"]).findings
    assert found and {finding.line for finding in found} == {1}
