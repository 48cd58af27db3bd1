"""A centre's own project: its settings, whose law its commands ask, what its site shows."""

import re
import shutil
from pathlib import Path

import pytest
from conftest import ROOT, Pages, banshi
from lengths import longer
from test_wheel import OWN

from banshi.centre.centre import Centre
from banshi.centre.settings import Settings, SettingsUnusable, contrast
from banshi.site.build import build
from banshi.site.formats import formats

THEIRS = ("泸", "luzhou", "Luzhou")


@pytest.fixture
def chengxi(tmp_path: Path) -> Path:
    """A project of another city: one policy and its settings."""
    place = tmp_path / "policies/chengxi/change-management"
    place.mkdir(parents=True)
    (place / "2020-01-01.yaml").write_text(OWN, encoding="utf-8")
    settings = (
        'name = "城西市政务服务中心（虚构）"\njurisdiction = "chengxi"\nlevel = "city"\n'
        'title = "城西办事"\ncontact = "电话 000-0000"\nlogo = "logo.png"\n[colours]\nprimary = "#7a1f1f"\n'
    )
    (tmp_path / "banshi.toml").write_text(settings, encoding="utf-8")
    (tmp_path / "logo.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    return tmp_path


TIER = ("tier", "--bid-price", "100", "--net", "5", "--provisional-sum", "0")


def test_commands_ask_the_project_s_law(chengxi: Path) -> None:
    assert "财政批准" in banshi(*TIER, cwd=chengxi).stdout
    (chengxi / "banshi.toml").unlink()  # its own policies are of one jurisdiction
    assert "财政批准" in banshi(*TIER, cwd=chengxi).stdout
    elsewhere = banshi(*TIER, "--jurisdiction", "luzhou", "--on", "2012-03-01", cwd=chengxi)
    assert "泸市府" in elsewhere.stdout


@pytest.mark.parametrize("words", [TIER, ("due", "--publicity", "2012-09-26")])
def test_where_it_is_unclear_they_refuse_in_a_line(words: tuple[str, ...], tmp_path: Path, chengxi: Path) -> None:
    def refused(folder: Path) -> None:
        done = banshi(*words, cwd=folder)
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr.count("\n") == 1 and "--jurisdiction" in done.stderr

    alone = tmp_path / "alone"
    alone.mkdir()
    (alone / "banshi.toml").touch()
    refused(alone)
    (chengxi / "banshi.toml").unlink()
    two = chengxi / "policies/chengdong/change-management"
    shutil.copytree(chengxi / "policies/chengxi/change-management", two)
    (two / "2020-01-01.yaml").write_text(OWN.replace("chengxi", "chengdong"), encoding="utf-8")
    refused(chengxi)
    (two / "2020-01-01.yaml").write_text(
        OWN.replace("chengxi", "chengdong").replace("normative: true", "normative: false"), encoding="utf-8"
    )
    assert banshi(*TIER, cwd=chengxi).returncode == 0, "a paper that is no norm makes no law"


def test_a_template_of_the_assessment_needs_a_jurisdiction(tmp_path: Path) -> None:
    (tmp_path / "banshi.toml").touch()
    done = banshi("assess", "--template", "x.xlsx", "--quarter", "2012-Q1", cwd=tmp_path)
    assert done.returncode == 2 and "jurisdiction" in done.stderr
    assert not (tmp_path / "x.xlsx").exists()


def test_a_county_below_the_project_s_city_is_within_it(chengxi: Path) -> None:
    (chengxi / "banshi.toml").unlink()
    below = chengxi / "policies/chengxi/dongqu/change-management"
    below.mkdir(parents=True)
    own = OWN.replace("instrument: chengxi/", "instrument: chengxi/dongqu/").replace(
        "jurisdiction: chengxi", "jurisdiction: chengxi/dongqu"
    )
    (below / "2020-01-01.yaml").write_text(own, encoding="utf-8")
    assert Centre(chengxi).jurisdiction == "chengxi"
    assert Centre(chengxi).publishes("chengxi/dongqu/change-management")


WRONG = {
    'naem = "x"': "name",
    "name = 3": "name",
    'name = "<b>"': "name",
    'jurisdiction = "Chengxi"': "jurisdiction",
    'level = "市"': "city",
    'logo = "a.svg"': "logo",
    'logo = "../a.png"': "logo",
    'logo = "missing.png"': "logo",
    'colours = "red"': "colours",
    'colours = {other = "#000000"}': "colours",
    'colours = {primary = "red"}': "#rrggbb",
    'colours = {primary = "#ffff00"}': "对比度",
    'publish = "luzhou"': "publish",
    'publish = ["../x"]': "publish",
    'publish = ["luzhou/no-such"]': "no-such",
    'name = "x"\nname = "y"': "banshi.toml",
}


@pytest.mark.parametrize("text", WRONG)
@pytest.mark.parametrize("words", [("check", "policies"), ("build",), ("explain",)])
def test_settings_are_obeyed_or_refused(text: str, words: tuple[str, ...], chengxi: Path) -> None:
    (chengxi / "banshi.toml").write_text(text, encoding="utf-8")
    done = banshi(*words, cwd=chengxi)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1 and WRONG[text] in done.stderr


def test_contrast_is_that_of_the_standard() -> None:
    assert round(contrast("#000000"), 2) == 21 and round(contrast("#ffffff"), 2) == 1
    assert round(contrast("#767676"), 2) == 4.54  # the lightest grey that passes


def test_the_checkout_is_luzhou_s_own_project() -> None:
    ours = Centre(ROOT)
    assert ours.jurisdiction == "luzhou"
    assert all(
        ours.publishes(instrument)
        for instrument in ("luzhou/attendance", "unattributed/x", "cn/administrative-licensing")
    )
    assert Settings.read(ROOT).site_name == "办事"


def shown(place: Path) -> dict[str, str]:
    names = ("*.html", "*.json", "*.md", "*.css", "*.js")
    return {p.relative_to(place).as_posix(): p.read_text(encoding="utf-8") for n in names for p in place.rglob(n)}


@longer
def test_a_site_shows_nothing_of_another_centre(chengxi: Path, not_all_pages: set[str]) -> None:
    not_all_pages |= {"calendar/2012.md", "rules/change/tier-matches-amount.md"}
    place = build(Centre(chengxi), chengxi / "site").place
    pages = shown(place)
    told = {
        name: text for name, text in pages.items() if not name.startswith("search/w")
    }  # characters that sound alike
    assert not [(name, word) for name, text in told.items() for word in THEIRS if word in text]
    assert not [name for name, text in pages.items() if "泸州" in text or "泸市" in text]
    assert not [name for name in pages if name.startswith("instruments/cn/")]  # applied, not published
    assert "calendar/2012/index.html" in pages  # every limit of its own rests on it
    home = pages["index.html"]
    assert "城西办事" in home and "000-0000" in home and "assets/logo.png" in home
    assert "#7a1f1f" in pages["assets/site.css"]
    assert "chengxi" in pages["rules/change/tier-matches-amount/index.html"]


def test_what_publish_names_is_shown_beside_its_own(chengxi: Path) -> None:
    with open(chengxi / "banshi.toml", "r+", encoding="utf-8") as stream:
        rest = stream.read()
        stream.seek(0)
        stream.write('publish = ["luzhou/attendance"]\n' + rest)
    paths = [path for path in Pages(chengxi).paths if path.startswith("instruments/luzhou/")]
    assert paths == ["instruments/luzhou/attendance/2009-12-01.md"]


def test_national_law_is_shown_where_publish_names_it(chengxi: Path) -> None:
    with open(chengxi / "banshi.toml", "r+", encoding="utf-8") as stream:
        rest = stream.read()
        stream.seek(0)
        stream.write('publish = ["cn/administrative-licensing"]\n' + rest)
    named = Pages(chengxi).paths
    assert "instruments/cn/administrative-licensing/2004-07-01.md" in named
    assert Centre(chengxi).applies("cn/administrative-licensing")


def test_explain_shows_the_basis_of_the_project_s_own(chengxi: Path) -> None:
    said = banshi("explain", "change/tier-matches-amount", cwd=chengxi).stdout
    assert "城府发〔2020〕1号" in said and "泸市府" not in said
    assert "泸市府" in banshi("explain", "change/tier-matches-amount").stdout


def test_no_page_of_formats_shows_a_file_of_another_centre(chengxi: Path) -> None:
    """Whole centres are shipped among the examples; what they say of themselves is nobody else's page."""
    others = {path.parent.name for path in (ROOT / "examples").glob("*/policies")}
    assert others
    assert [
        each.kind for each in formats(chengxi) if any(place in each.example for place in (*others, "临江", "清河"))
    ] == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('name = "样例"\nlevel = “city”\n', "第 2 行（level = “city”）有全角的引号"),
        ('level ＝ "city"\n', '第 1 行（level ＝ "city"）有全角的'),
        ('level = "city"\nlevel = "county"\n', '第 2 行（level = "county"）这一项写了两次'),
        ("level: city\n", "第 1 行（level: city）写法不对；每行写作 项 = 值"),
        ("\nname = 样例\n", "第 2 行（name = 样例）值的写法不对"),
        ('name = "样例\n', '第 1 行（name = "样例）值的写法不对'),
        ('name = "样例"\npublish = ["a"\n', "第"),
    ],
)
def test_settings_that_cannot_be_read_say_which_line_in_chinese(text: str, said: str, tmp_path: Path) -> None:
    (tmp_path / "banshi.toml").write_text(text, encoding="utf-8")
    with pytest.raises(SettingsUnusable) as found:
        Settings.read(tmp_path)
    assert said in str(found.value) and not re.search("[a-z]{4,} [a-z]{2,} [a-z]", str(found.value))


def test_settings_as_windows_saves_them(tmp_path: Path) -> None:
    text = 'name = "样例市政务服务中心（虚构）"\n'
    (tmp_path / "banshi.toml").write_bytes(b"\xef\xbb\xbf" + text.encode())
    assert Settings.read(tmp_path).name == "样例市政务服务中心（虚构）"
    (tmp_path / "banshi.toml").write_bytes(text.encode("gbk"))
    with pytest.raises(SettingsUnusable, match="第 1 行：文件不是 UTF-8 编码，看起来是 GBK"):
        Settings.read(tmp_path)
