"""A new centre, as a new user begins: one command, and everything passes; nothing of another centre is in it."""

import json
import re
import shutil
import tomllib
from itertools import combinations
from pathlib import Path

import pytest
from conftest import ROOT, Pages, banshi
from lengths import LONG, longer

from banshi.centre.centre import Centre
from banshi.centre.starters import place_name, schema_files
from banshi.checking.checker import Checker
from banshi.cli import main
from banshi.files.reading import read
from banshi.files.shape import Shapes
from banshi.site.build import build
from banshi.subjects.scenarios.loading import files_in, to_scenarios
from banshi.subjects.scenarios.trying import tried

SUBJECTS = ("change", "attendance", "assessment", "cases", "parallel")
# Each alone, all but one, all; in a long run every combination.
COMBINATIONS = [each for n in (range(1, 6) if LONG else (1, 4, 5)) for each in combinations(SUBJECTS, n)]
ASKED = ("--name", "城西市政务服务中心", "--jurisdiction", "chengxi")


def held(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


@pytest.fixture(scope="module")
def new(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("new") / "城西"
    done = banshi("init", str(folder), *ASKED, "--with", ",".join(SUBJECTS), stdin=b"")
    assert done.returncode == 0, done.stderr
    return folder


@pytest.mark.parametrize("words", [("check",), ("check", "tests"), ("test",)])
def test_everything_passes_at_once(words: tuple[str, ...], new: Path) -> None:
    done = banshi(*words, cwd=new)
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    assert "错误" not in done.stdout and "警告" not in done.stdout


@longer
def test_the_site_is_its_own(new: Path, not_all_pages: set[str]) -> None:
    not_all_pages.add("guides/change-approval.md")
    place = build(Centre(new), new / "site").place
    pages = {p: p.read_text(encoding="utf-8") for p in place.rglob("*.html")}
    assert not [p for p, text in pages.items() if "泸" in text or "luzhou" in text]
    guide = pages[place / "guides/change-approval/index.html"]
    assert "正好10万元，还是业主会商" in guide and "业主会商" in guide.split('id="examples"')[1]
    assert "城西市政务服务中心办事" in pages[place / "index.html"]


@longer
@pytest.mark.parametrize("subjects", COMBINATIONS, ids="+".join)
def test_every_combination_passes_at_once(subjects: tuple[str, ...], tmp_path: Path) -> None:
    folder = tmp_path / "x"
    assert main(["init", str(folder), *ASKED, "--with", ",".join(subjects)]) == 0
    checker = Checker(folder)
    assert [f.message.zh for f in checker.check([folder]).findings] == []
    files = files_in(folder / "tests")
    assert len(files) == len(subjects)
    for path in files:
        document = read(path).document
        assert document is not None
        assert [
            each.scenario.name for each in tried(document, to_scenarios(document.data), checker) if not each.holds
        ] == []


@pytest.mark.parametrize("subjects", [("attendance", "parallel"), ("assessment", "cases")], ids="+".join)
def test_every_subject_has_a_guide_with_worked_examples(subjects: tuple[str, ...], tmp_path: Path) -> None:
    folder = tmp_path / "x"
    assert main(["init", str(folder), *ASKED, "--with", ",".join(subjects)]) == 0
    made = Pages(folder)
    guides = [made(path) for path in made.paths if path.startswith("guides/")]
    assert sum("{ #examples" in guide for guide in guides) == len(subjects)


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("城西市政务服务中心", "a/b/c"),
        ("甲: 乙 #丙 - 县中心", "chengxi"),
        ("&*?|-%@`", "a/b/c"),
        ("yes", "chengxi"),
        ("12", "a/b/c"),
        ("a, b", "chengxi"),
    ],
)
def test_whatever_the_name_it_passes(name: str, place: str, tmp_path: Path) -> None:
    where = ("--name", name, "--jurisdiction", place)
    assert banshi("init", "x", *where, "--with", "change,assessment", cwd=tmp_path, stdin=b"").returncode == 0
    checked = banshi("check", cwd=tmp_path / "x")
    assert checked.returncode == 0, checked.stdout
    tested = banshi("test", cwd=tmp_path / "x")
    assert tested.returncode == 0, tested.stdout


HOSTILE = [
    *(
        "$(touch run)",
        "`touch run`",
        "'; touch run #",
        'a" && touch run && "',
        "${{ github.token }}",
        "{{ 7*7 }}{% raw %}",
    ),
    *(
        "]]></a>--><script>alert(1)</script>",
        "a: [b, {c",
        "!!python/object:os.system x",
        "\\",
        '"""',
        "甲\n[colours]\nx = 1",
    ),
    *("甲\u2028乙", "\u202e甲", "甲\x1b[31m", "a'b", "%APPDATA%", "=cmd|' /C calc'!A0", "x" * 5000),
]


@pytest.mark.parametrize("name", HOSTILE, ids=lambda name: repr(name[:20]))
def test_a_hostile_name_is_words_wherever_it_stands_or_is_refused(name: str, tmp_path: Path) -> None:
    """What is written reads as it should, the name in it whole; what others run (CI, hooks, editors) does not hold it."""
    folder = tmp_path / "a b'$(touch run)`\";&" / "x"
    folder.parent.mkdir()
    words = ["init", str(folder), "--name", name, "--jurisdiction", "chengxi", "--with", ",".join(SUBJECTS)]
    if main(words) == 2:
        assert not folder.exists()
        return
    assert tomllib.loads((folder / "banshi.toml").read_text("utf-8"))["name"] == name
    plain = tmp_path / "plain"
    assert main(["init", str(plain), *words[2:3], "甲中心", *words[4:]]) == 0
    for path in (each for each in plain.rglob("*") if each.is_file()):
        own = folder / path.relative_to(plain)
        reading = read(own) if own.suffix == ".yaml" else None
        assert reading is None or not reading.problems, own
        if own.relative_to(folder).parts[0] in (
            ".github",
            ".workflow",
            ".vscode",
            ".gitlab-ci.yml",
            ".pre-commit-config.yaml",
        ):
            assert own.read_bytes() == path.read_bytes()
    assert not list(tmp_path.rglob("run")) and not Path("run").exists()


def test_every_line_for_editors_leads_to_a_schema(new: Path) -> None:
    found = 0
    for path in new.rglob("*.yaml"):
        line = path.read_text(encoding="utf-8").splitlines()[0]
        schema = re.fullmatch(r"# yaml-language-server: \$schema=(\S+)", line)
        if schema:
            found += 1
            assert json.loads((path.parent / schema[1]).read_text(encoding="utf-8"))["$id"]
    assert found == 23
    named = json.loads((new / ".vscode/settings.json").read_text(encoding="utf-8"))["yaml.schemas"]
    assert all((new / name).is_file() for name in named)


@pytest.mark.parametrize(
    "there",
    ["banshi.toml", "policies/chengxi/attendance/2026-01-01.yaml", ".gitignore", ".banshi/schemas/policy.schema.json"],
)
def test_nothing_is_overwritten(there: str, tmp_path: Path, new: Path) -> None:
    year = next((new / "policies/chengxi/attendance").iterdir()).name
    path = tmp_path / "x" / there.replace("2026-01-01.yaml", year)
    path.parent.mkdir(parents=True)
    path.write_text("不能丢", encoding="utf-8")
    before = held(tmp_path)
    done = banshi("init", "x", *ASKED, "--with", ",".join(SUBJECTS), cwd=tmp_path, stdin=b"")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1 and path.name in done.stderr
    assert held(tmp_path) == before


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "--name"),
        (("--name", "甲"), "--jurisdiction"),
        (("--name", "甲", "--jurisdiction", "../x"), "jurisdiction"),
        (("--name", "甲", "--jurisdiction", "城西"), "jurisdiction"),
        (("--name", '"', "--jurisdiction", "x"), "name"),
        ((*ASKED, "--with", "chnage"), "chnage"),
        ((*ASKED, "--with", ""), "--with"),
        ((*ASKED, "--level", "county"), "市/区县"),
    ],
)
def test_what_is_wrong_is_refused_in_a_line(words: tuple[str, ...], said: str, tmp_path: Path) -> None:
    done = banshi("init", "x", *words, cwd=tmp_path, stdin=b"")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1 and said in done.stderr
    assert not (tmp_path / "x").exists()


def test_no_sample_is_written_beside_own_law_on_the_same(tmp_path: Path) -> None:
    """A sample would contradict it. Asked for, that is refused; else the project is made without."""
    shutil.copytree(ROOT / "tests/data/lanling/policies", tmp_path / "x/policies")
    asked = ("--name", "岚岭市政务服务中心", "--jurisdiction", "lanling")
    before = held(tmp_path)
    for subject in ("change", "cases"):
        refused = banshi("init", "x", *asked, "--with", subject, cwd=tmp_path, stdin=b"")
        assert refused.returncode == 2 and f"去掉 {subject}" in refused.stderr and "lanling/" in refused.stderr
    assert held(tmp_path) == before
    made = banshi("init", "x", *asked, cwd=tmp_path, stdin=b"")
    assert made.returncode == 0 and "工程变更已有 lanling/works-changes" in made.stderr
    assert before.items() <= held(tmp_path).items() and not (tmp_path / "x/examples").exists()
    assert banshi("check", cwd=tmp_path / "x").returncode == 0


def test_it_asks_where_somebody_answers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = iter(["城西市政务服务中心", "chengxi", ""])
    monkeypatch.setattr("builtins.input", lambda _question: next(answers))
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    assert main(["init", str(tmp_path / "x")]) == 0
    assert Centre(tmp_path / "x").jurisdiction == "chengxi"


def test_the_name_of_a_place() -> None:
    assert place_name("城西市政务服务中心") == "城西市"
    assert place_name("东城区政务中心") == "东城区"
    assert place_name("某中心") == "某中心"


# Schemas ------------------------------------------------------------------------------------------------------------


def test_schemas_are_written_whole_and_again(new: Path, tmp_path: Path) -> None:
    out = tmp_path / "schemas"
    assert banshi("schema", str(out), cwd=new).returncode == 0
    assert held(out) == schema_files(new)
    assert banshi("schema", str(out), cwd=new).returncode == 0
    ids = [json.loads(data)["$id"] for data in held(out).values()]
    assert len(set(ids)) == len(ids) and all(i.startswith("https://banshi.invalid/schemas/") for i in ids)
    (out / "policy.schema.json").write_text("{}", encoding="utf-8")
    done = banshi("schema", str(out), cwd=new)
    assert done.returncode == 2 and "--force" in done.stderr
    assert (out / "policy.schema.json").read_text(encoding="utf-8") == "{}"
    assert banshi("schema", str(out), "--force", cwd=new).returncode == 0
    assert held(out) == schema_files(new)


def test_schemas_with_their_ids_are_the_same_schemas(new: Path) -> None:
    shapes = Shapes([new / ".banshi/schemas"])
    for path in (new / "policies").rglob("*.yaml"):
        document = read(path).document
        assert document is not None
        assert list(shapes.check(document.data, document.data["kind"])) == []
        assert list(shapes.check({**document.data, "nosuch": 1}, document.data["kind"]))


def test_an_option_that_is_given_twice_is_refused(tmp_path: Path) -> None:
    """The latter of two values would count and the former be passed over; the same one twice says nothing else."""
    done = banshi("init", str(tmp_path / "a"), "--with", "change", "--with", "attendance")
    assert done.returncode == 2 and "--with: 写了两次" in done.stderr and not (tmp_path / "a").exists()
    assert banshi("check", str(tmp_path), "--lang", "zh", "--lang", "en").returncode == 2
    assert banshi("check", str(tmp_path), "--lang", "zh", "--lang", "zh").returncode != 2
