"""Lines by the million: the same findings as ``check``, whatever the number of processes and however often it was interrupted."""

import copy
import json
import os
import shutil
import subprocess
import sys
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT
from conftest import banshi as banshi_at
from test_full_disk import nearly_full

from banshi import cli
from banshi.base import limits
from banshi.base.alone import alone
from banshi.batch import inputs, local
from banshi.batch.bundle import packed, unpack
from banshi.batch.job import OtherEngine, job_of, judge_of
from banshi.batch.lines import Judge, check_lines, compare_lines, decide_lines
from banshi.batch.shares import SharedLines
from banshi.batch.state import NotResumed
from banshi.files.all_that_applies import digest
from banshi.files.reading import read

BROKEN = b'{"kind": "ledger", "project": \n'
AS_OF = ("--as-of", "2013-01-01")


def ledgers(count: int) -> list[bytes]:
    """Ledgers: every fifth with a fault, some that cannot be read, several that tell of one project with different forms."""
    document = read(ROOT / "validators/change/_example.yaml").document
    assert document is not None
    lines: list[bytes] = []
    for number in range(count):
        one: Any = copy.deepcopy(document.data)
        one["project"] |= {"id": f"p{number}", "name": "同一条路" if number % 20 == 4 else f"{number} 号路"}
        change = one["changes"][0] | {"project": f"p{number}", "reason": f"第 {number} 次变更"}
        change["amounts"] = change["amounts"] | ({"cumulative": "1"} if number % 5 == 1 else {})
        one["changes"] = [change]
        lines.append(json.dumps(one, ensure_ascii=False, default=str).encode() + b"\n")
        lines += [BROKEN] if number % 15 == 7 else [b"\n"] if number % 15 == 9 else []
    return lines


@pytest.fixture(scope="module")
def lines() -> list[bytes]:
    return ledgers(45)


@pytest.fixture
def here(tmp_path: Path, lines: list[bytes], monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "in.jsonl").write_bytes(b"".join(lines))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(limits, "LINES_AT_ONCE", 20_000)
    return tmp_path


def banshi(*words: str) -> Any:
    return banshi_at(*words, cwd=Path.cwd())


def result(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / "findings.jsonl").read_text(encoding="utf-8").splitlines()]


def said(found: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    return [tuple(each[key] for key in ("path", "line", "rule", "severity", "message", "fix")) for each in found]


def test_it_finds_what_check_finds(here: Path) -> None:
    for jobs in ("1", "2"):
        done = banshi("batch", "in.jsonl", jobs, "--jobs", jobs, *AS_OF)
        assert done.returncode == 1 and "行与别的行写的是同一个项目" in done.stdout, done.stderr
    checked = banshi("check", "in.jsonl", "--all", "--format", "jsonl", *AS_OF).stdout.splitlines()
    assert said(result(here / "1")) == said([json.loads(line) for line in checked[:-1]])
    rules = {each["rule"] for each in result(here / "1")}
    assert {"input/syntax", "input/told-twice", "change/cumulative-adds-up"} <= rules
    names = {"findings.jsonl", "partitions.json", "summary.json", "summary.html"}
    assert {path.name for path in (here / "1").iterdir()} == names, "no state is left"
    for name in names:
        assert (here / "1" / name).read_bytes() == (here / "2" / name).read_bytes()
    summary = json.loads((here / "1/summary.json").read_text(encoding="utf-8"))
    assert sum(summary["severities"].values()) == len(result(here / "1"))


class Stopped:
    """Judges so many shares, then is interrupted as by Ctrl-C."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, after: int) -> None:
        done, left = SharedLines.of_one, [after]

        def of_one(self: SharedLines, unit: Any) -> Any:
            left[0] -= 1
            if left[0] < 0:
                raise KeyboardInterrupt
            return done(self, unit)

        monkeypatch.setattr(SharedLines, "of_one", of_one)


def test_what_was_interrupted_goes_on_to_the_same_bytes(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert banshi("batch", "in.jsonl", "whole", "--jobs", "1", *AS_OF).returncode == 1
    for after in (1, 2, 0):
        with monkeypatch.context() as stopped:
            Stopped(stopped, after)
            resume = ("--resume",) if (here / "out/state.banshi").exists() else ()
            done = banshi("batch", "in.jsonl", "out", "--jobs", "1", *AS_OF, *resume)
        assert done.returncode == cli.INTERRUPTED and "--resume" in done.stderr, done.stderr
        assert [path.name for path in (here / "out").iterdir()] == ["state.banshi"]
        with open(here / "out/state.banshi", "ab") as state:
            state.write(b"\x07\x00")  # what was being written when the power failed
    refused = banshi("batch", "in.jsonl", "out", *AS_OF)
    assert refused.returncode == 2 and "--resume" in refused.stderr
    done = banshi("batch", "in.jsonl", "out", "--jobs", "1", "--resume", *AS_OF)
    assert done.returncode == 1, done.stderr
    for path in (here / "whole").iterdir():
        other = here / "out" / path.name
        assert other.read_bytes() == path.read_bytes()


@pytest.mark.parametrize("what", ["line", "shorter", "day", "state"])
def test_what_is_something_else_is_not_gone_on_with(what: str, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as stopped:
        Stopped(stopped, 2)
        banshi("batch", "in.jsonl", "out", "--jobs", "1", *AS_OF)
    path, day = here / "in.jsonl", AS_OF
    if what == "line":
        path.write_bytes(path.read_bytes().replace("0 号路".encode(), "9 号路".encode(), 1))
    elif what == "shorter":
        path.write_bytes(path.read_bytes()[:30_000])
    elif what == "day":
        day = ("--as-of", "2013-01-02")
    else:
        (here / "out/state.banshi").write_bytes(b"x" * 100)
    done = banshi("batch", "in.jsonl", "out", "--jobs", "1", "--resume", *day)
    assert done.returncode == 2 and "--force" in done.stderr and len(done.stderr.splitlines()) == 1
    assert banshi("batch", "in.jsonl", "out", "--jobs", "1", "--force", *day).returncode in (0, 1)


def test_plain_functions_of_lines(lines: list[bytes]) -> None:
    judge = Judge(ROOT, as_of=date(2013, 1, 1), sides=(date(2011, 1, 1), date(2012, 1, 1)))
    found = list(check_lines(lines[:12], judge, path="x.jsonl", first=5))
    assert {each.path for each in found} == {"x.jsonl"} and {each.line for each in found} >= {6, 13}
    assert any(each.rule == "input/syntax" and each.line == 13 for each in found)
    decided = list(decide_lines(lines[:3], judge))
    assert [each.question for each in decided].count("应走档次") == 3
    moved = list(compare_lines(lines[:1], judge))
    assert {each.answer.question for each in moved} >= {"应走档次"} and all(each.before != each.after for each in moved)
    [bad] = decide_lines([BROKEN], judge)
    assert bad.question == "读不出" and bad.case == "第 1 行"
    with pytest.raises(ValueError, match="sides"):
        Judge(ROOT).moves("x", 1, lines[0])


def test_a_line_that_nobody_foresaw_costs_itself_alone(lines: list[bytes], monkeypatch: pytest.MonkeyPatch) -> None:
    judge = Judge(ROOT)
    done = judge._checker.of_one

    def failing(unit: Any) -> Any:
        if unit.lines[0][0] == 2:
            raise MemoryError
        return done(unit)

    monkeypatch.setattr(judge._checker, "of_one", failing)
    found = list(check_lines(lines[:3], judge))
    assert [each.line for each in found if each.rule == "engine/unit-failed"] == [2]


@pytest.mark.parametrize("what", ["answers", "moves"])
def test_answers_and_moves_are_data_too(what: str, here: Path) -> None:
    words = {"answers": ("--answers",), "moves": ("--moves", "@2011-01-01", "@2012-01-01")}[what]
    done = banshi("batch", "in.jsonl", "out", "--format", "csv", "--jobs", "1", *words, *AS_OF)
    assert done.returncode == 1 and "其中 3 行读不出" in done.stdout, done.stderr
    told = (here / f"out/{what}.csv").read_text(encoding="utf-8").splitlines()
    assert told[0].startswith("subject,path,item,question,") and len(told) > 40
    assert sum("读不出" in line for line in told) == 3
    assert not (here / "out/summary.json").exists()


def test_law_and_rules_travel(tmp_path: Path) -> None:
    own = ROOT / "examples/linjiang"
    bundle = packed(own, own_rules=True)
    assert bundle == packed(own, own_rules=True)
    there = unpack(bundle, tmp_path / "there")
    assert digest(there, own_rules=True) == digest(own, own_rules=True) != digest(ROOT, own_rules=True)
    job = job_of(own, "findings", own_rules=False, as_of=date(2026, 7, 1), lang="zh", sides=None)
    assert judge_of(job) is judge_of(job)
    with pytest.raises(OtherEngine):
        judge_of(type(job)(**{name: getattr(job, name) for name in job.__struct_fields__} | {"version": "0"}))


def seen(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if not path.name.startswith("."))


def test_what_ended_workers_left_is_cleared_away(tmp_path: Path) -> None:
    """Workers of Spark end without clearing away: the next process does, but nothing of one that lives or ended lately."""
    left, lately, lives, of_others = (tmp_path / f"banshi-job-{n}" for n in ("left", "lately", "lives", "link"))
    other = tmp_path / "other"
    for folder in (left, lately, lives, other):
        (folder / "policies").mkdir(parents=True)
    of_others.symlink_to(other)
    for folder in (left, lives, other):
        os.utime(folder, (0, 0))
    work = (
        "import os; from datetime import date; from pathlib import Path; from banshi.batch.job import job_of, judge_of\n"
        f"judge_of(job_of(Path({str(ROOT)!r}), 'findings', own_rules=False, as_of=date(2026, 7, 1), lang='zh', sides=None))\n"
    )
    in_here = {**os.environ, "TMPDIR": str(tmp_path)}
    with alone(lives):
        subprocess.run([sys.executable, "-c", work], env=in_here, check=True)
        assert seen(tmp_path) == ["banshi-job-lately", "banshi-job-link", "banshi-job-lives", "other"]
    subprocess.run([sys.executable, "-c", f"{work}os._exit(0)"], env=in_here, check=True)  # it cannot clear away
    (kept,) = set(tmp_path.glob("banshi-job-*")) - {lately, of_others}
    os.utime(kept, (0, 0))
    subprocess.run([sys.executable, "-c", work], env=in_here, check=True)
    assert seen(tmp_path) == ["banshi-job-lately", "banshi-job-link", "other"]
    assert not list(tmp_path.glob(".*"))  # no lock either
    assert (other / "policies").is_dir()


@pytest.mark.parametrize(
    "words",
    [
        ("missing.jsonl", "out"),
        (".", "out"),
        ("in.jsonl", "out", "--master", "local"),
        ("in.jsonl", "out", "--engine", "spark", "--resume"),
        ("in.jsonl", "out", "--moves", "2011-01-01", "@2012-01-01"),
        ("in.jsonl", "out", "--resume", "--force"),
        ("in.jsonl", "out", "--resume"),
    ],
)
def test_what_makes_no_sense_is_refused_in_a_line(words: tuple[str, ...], here: Path) -> None:
    if words[0] == ".":
        (here / "in.jsonl").rename(here / "in.txt")
    done = banshi("batch", *words)
    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (2, "", 1)


def test_a_mark_at_the_head_and_files_below_a_folder(here: Path, lines: list[bytes]) -> None:
    (here / "in/deep").mkdir(parents=True)
    (here / "in.jsonl").rename(here / "in/b.ndjson")
    (here / "in/deep/c.jsonl").write_bytes(b"\xef\xbb\xbf" + b"".join(lines[:2]))
    (here / "in/_hidden.jsonl").write_bytes(BROKEN)
    assert banshi("batch", "in", "out", "--jobs", "1", *AS_OF).returncode == 1
    found = result(here / "out")
    assert [*dict.fromkeys(each["path"] for each in found)] == ["in/b.ndjson", "in/deep/c.jsonl"]
    assert not any("byte-order" in each["rule"] for each in found)


def test_parquet_in_is_judged_as_text_is(here: Path, lines: list[bytes]) -> None:
    pa = pytest.importorskip("pyarrow", reason="没有 pyarrow：make spark ／ no pyarrow: make spark")
    from pyarrow import parquet

    parquet.write_table(pa.table({"line": [line.decode().strip() for line in lines]}), here / "in.parquet")
    for name in ("in.jsonl", "in.parquet"):
        banshi("batch", name, name[3:], "--jobs", "1", *AS_OF)
    text, other = (said(result(here / name)) for name in ("jsonl", "parquet"))
    assert [each[1:3] for each in text] == [each[1:3] for each in other]


def test_where_the_disk_is_full_it_is_gone_on_with_later(here: Path) -> None:
    with nearly_full(9000):
        done = banshi("batch", "in.jsonl", "out", "--jobs", "1", *AS_OF)
    assert done.returncode == 2 and "超过允许的文件大小" in done.stderr and len(done.stderr.splitlines()) == 1
    assert [path.name for path in (here / "out").iterdir()] == ["state.banshi"]
    assert banshi("batch", "in.jsonl", "out", "--jobs", "1", "--resume", *AS_OF).returncode == 1
    assert banshi("batch", "in.jsonl", "whole", "--jobs", "1", *AS_OF).returncode == 1
    assert (here / "out/findings.jsonl").read_bytes() == (here / "whole/findings.jsonl").read_bytes()


def test_another_file_of_results_is_left_alone(here: Path) -> None:
    (here / "out").mkdir()
    (here / "out/findings.jsonl").write_text("mine", encoding="utf-8")
    done = banshi("batch", "in.jsonl", "out", "--jobs", "1")
    assert done.returncode == 2 and (here / "out/findings.jsonl").read_text(encoding="utf-8") == "mine"
    assert local.State(here / "out" / "state.banshi", "", local.LineShare).path.exists() is False


def test_a_state_of_which_not_even_the_beginning_was_written_is_begun_anew(tmp_path: Path) -> None:
    """As a run leaves it that is killed at its very beginning."""
    state = local.State(tmp_path / "state.banshi", "k", local.LineShare)
    state.begin()
    begun = state.path.read_bytes()
    assert begun
    state.close()
    for length in range(len(begun)):
        state.path.write_bytes(begun[:length])
        state.resume()
        assert list(state.shares()) == [] and state.path.read_bytes() == begun
        state.close()
    with pytest.raises(NotResumed):
        local.State(state.path, "other", local.LineShare).resume()


def test_one_bad_file_of_a_folder_is_told_and_the_others_are_judged(
    here: Path, lines: list[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = here / "in"
    folder.mkdir()
    (folder / "good.jsonl").write_bytes(b"".join(lines[:2]) + BROKEN)
    (here / "secret.jsonl").write_bytes(lines[2])
    bad = {"link": "input/link", "pipe": "input/unreadable", "circle": "input/unreadable", "packed": "input/workbook"}
    (folder / "link.jsonl").symlink_to(here / "secret.jsonl")
    os.mkfifo(folder / "pipe.jsonl")
    (folder / "circle.jsonl").symlink_to(folder / "circle.jsonl")
    with zipfile.ZipFile(folder / "packed.jsonl", "w") as packed:
        packed.writestr("xl/workbook.xml", "<workbook/>")
    (folder / "list.csv").write_text("甲\n", encoding="utf-8")
    (folder / "_SUCCESS").touch()
    done = banshi("batch", "in", "out", "--jobs", "1", *AS_OF)
    assert done.returncode == 1 and "in/list.csv" in done.stderr and "_SUCCESS" not in done.stderr, done.stderr
    found = result(here / "out")
    for name in bad:
        assert len([each for each in found if each["path"] == f"in/{name}.jsonl"]) == 1, name
    alone = here / "alone"
    (alone / "in").mkdir(parents=True)
    shutil.copy(folder / "good.jsonl", alone / "in")
    with monkeypatch.context() as moved:
        moved.chdir(alone)
        assert banshi("batch", "in", "out", "--jobs", "1", *AS_OF).returncode == 1
    assert said(result(alone / "out")) == said([each for each in found if each["path"] == "in/good.jsonl"])
    for words in (["--answers"], ["--moves", "@2011-01-01", "@2012-01-01"]):
        done = banshi("batch", "in", words[0][2:], "--jobs", "2", *AS_OF, *words)
        assert done.returncode == 1 and "其中 5 行读不出" in done.stdout, done.stdout


def test_what_can_be_read_now_and_could_not_be_before_is_not_gone_on_with(
    here: Path, lines: list[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    (here / "in").mkdir()
    os.mkfifo(here / "in/a.jsonl")
    (here / "in/b.jsonl").write_bytes(lines[0])
    with monkeypatch.context() as stopped:
        Stopped(stopped, 1)
        assert banshi("batch", "in", "out", "--jobs", "1", *AS_OF).returncode == cli.INTERRUPTED
    (here / "in/a.jsonl").unlink()
    (here / "in/a.jsonl").write_bytes(b"")
    done = banshi("batch", "in", "out", "--jobs", "1", "--resume", *AS_OF)
    assert done.returncode == 2 and "--force" in done.stderr


def test_lines_may_be_of_any_size(tmp_path: Path) -> None:
    """Only the ends of a file are looked at before its lines are read one by one."""
    with open(tmp_path / "a.jsonl", "wb") as stream:
        stream.write(b"{}\n")
        stream.truncate(limits.MAX_TABLE_BYTES + 1)  # sparse
    first = next(inputs.lines_of(inputs.files_of(tmp_path / "a.jsonl")[0]))
    assert first.lines[0] == (1, b"{}")
    assert first.problem is not None and first.problem.place.line == 2  # which never ends: the size is no matter


@pytest.mark.parametrize("text", [b"", b"\n \n\r\n"])
@pytest.mark.parametrize("kind", [[], ["--answers"]])
def test_where_nothing_is_written_nothing_is_found_sound(text: bytes, kind: list[str], here: Path) -> None:
    (here / "empty.jsonl").write_bytes(text)
    done = banshi("batch", "empty.jsonl", "out", "--jobs", "1", *kind)
    assert done.returncode == 1 and "什么也没有看" in done.stderr
