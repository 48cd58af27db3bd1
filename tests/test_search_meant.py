"""What a reader types instead of a word, on pages made up for it: each finds the page that has the word, first."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from conftest import ROOT
from test_search_through_time import ASSETS, NODE, RUN

from banshi.law.library import Library
from banshi.site.search import index
from banshi.site.search_terms import read_terms
from banshi.site.sections import PageSection
from banshi.site.spelling import SpeltWords, keys, syllables

# Syllables that begin where another might have gone on (变更, 档案), with an n in the middle (当年), or that end alike.
WORDS = (
    "变更",
    "档案",
    "当年",
    "困难",
    "西安",
    "请假",
    "证明",
    "银行",
    "女工",
    "能耐",
    "恩爱",
    "平安",
    "南宁",
    "场内",
    "聘任",
    "成年",
    "工程变更",
    "会勘",
    "参加",
)
OTHERS = {
    "会勘由谁参加": "会勘",  # 会 is part of the word, and not what one can do
    "罚": "处罚",  # the group of words that has the character
    "迟到三次": "迟到",  # so many times, where no text says how many
    "2012年1月10日请假归谁管": "请假",  # a day beside other words says when
    "请价": "请假",
    "我请几天假": "请假",  # a way of asking within a word
    "第二季度": "第2季度",
    "聘乎任兮": "聘任",  # words that stand nowhere, of characters that do
    "打不了卡": "打卡",  # a word said in two parts
    "骂平安": "争吵",  # one character that means what a group does, where a word begins
    "咋个打卡": "打卡",  # said by mouth
    "他们一直拖欠证明": "证明",  # most of it unknown, and where words meet
    "聘任场内": "聘任",  # two words that stand together nowhere
    "三刻钟": "45分钟",
    "两个星期": "14天",
    "50多万": "50万元",
    "50w": "50万元",
    "一个多小时": "1小时",
    "manyilv": "满意率",  # ü, however it is typed
    "manyilu": "满意率",
    "tiaoxiu": "调休",  # a character that is read in two ways
    "diaoxiu": "调休",
    "qingjiax": "请假",  # letters for which nothing stands
    "五十万块钱": "50万元",
    "又一办法第3部分": "三 机关",
    "又一办法§3": "三 机关",
    "二.7": "第二条（七）",
    "2.7": "第二条（七）",  # an article and nothing else
    "第二条第（七）项": "第二条（七）",
    "又一办法 3": "三 机关",  # as readers call what a text numbers otherwise
    "又一办法第三条": "三 机关",
    "一个季度迟到几次": "迟到",  # how long it is counted
    "开一家公司": "注册公司",  # a verb apart from an object of two characters
    "章要在哪里盖": "盖章",  # the object before its verb
    "材料喊人家补": "补正",
    "迟到三四回": "迟到四次",  # about so many times
    "证明迟到给好处": "红包",  # part of a term that no page has
    "ab岗": "代岗",  # letters of a term are no pinyin
    "乱收钱要证明": "收费",  # of a term that no page has, its parts say less than what is like it
    "第一季度从哪个月算起": "第1季度",  # a quarter that is named, not how long it is
    "qingjia zhengming": "请假",  # several words, none of them together anywhere
    "huikanzhengming": "会勘",
    "manyil": "满意率",  # not typed to its end
    "pinan": "平安",  # a letter left out at the end of a syllable
    "pinlgan": "平安",  # letters that are no pinyin: what most of them are
    "公式几天": "公示期5天",  # a slip that is a word of pages for who writes files
}
FOR_WRITERS = ("公式", "好处")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("words")
    for n, word in enumerate(dict.fromkeys((*WORDS, *OTHERS.values()))):
        page = folder / f"instruments/x/{n}/index.html"
        page.parent.mkdir(parents=True)
        said = f"<h2 id='p-1'>{word}</h2><p>{word}的事。</p>".replace("'", '"')
        page.write_text(f'<article><h1 id="page">第{n}页</h1>{said}</article>', encoding="utf-8")
    for word in FOR_WRITERS:
        page = folder / f"rules/x/{word}/index.html"
        page.parent.mkdir(parents=True)
        page.write_text(f'<article><h1 id="page">{word}</h1><p>{word}的样例。</p></article>', encoding="utf-8")
    named = folder / "rules/x/price-ratio/index.html"
    named.parent.mkdir()
    named.write_text('<article><h1 id="page">比例合适</h1><p>price 与 ratio。</p></article>', encoding="utf-8")
    other = folder / "instruments/x/english/index.html"
    other.parent.mkdir()
    said = '<h1 id="page">英文</h1><h2 id="p-1">price</h2><p>price, ratio</p><h2 id="p-2">ratio</h2><p>price</p>'
    other.write_text(f"<article>{said}</article>", encoding="utf-8")
    long = folder / "instruments/x/long/index.html"
    long.parent.mkdir()
    parts = "".join(chr(0x5000 + 3 * n) for n in range(300))
    said = f'<h2 id="p-1">构成</h2><p>分为10个大项、二十九小项。{parts}</p>'
    long.write_text(f'<article><h1 id="page">又一页</h1>{said}</article>', encoding="utf-8")
    number = folder / "instruments/x/number/index.html"
    number.parent.mkdir()
    number.write_text('<article><h1 id="page">第29号</h1><h2 id="p-1">总则</h2><p>略。</p></article>', encoding="utf-8")
    place = folder / "instruments/x/place/index.html"
    place.parent.mkdir()
    said = '<h2 id="p-2-7"><span class="label">第二条（七）</span></h2><p>略。</p>'
    said += '<h2 id="p-3"><span class="label">三</span> 机关</h2><p>略。</p>'
    place.write_text(f'<article><h1 id="page">又一办法</h1>{said}</article>', encoding="utf-8")
    days = folder / "calendar/2012/index.html"
    days.parent.mkdir(parents=True)
    days.write_text('<article><h1 id="page">2012年放假安排</h1><p>2012年1月10日上班。</p></article>', encoding="utf-8")
    index(folder, ROOT / "site_templates/search_terms.yaml")
    for name in ASSETS:
        (folder / "assets").mkdir(exist_ok=True)
        shutil.copy(ROOT / "site_templates/assets" / name, folder / "assets")
    return folder


@pytest.mark.skipif(NODE is None, reason="without Node.js")
def test_what_is_typed_instead_of_a_word_finds_it(site: Path) -> None:
    wanted = {**{"".join(syllables(word)): word for word in WORDS}, **{word: word for word in WORDS}, **OTHERS}
    done = subprocess.run([str(NODE), "-e", RUN, str(site), *wanted], capture_output=True, text=True, check=True)
    told = json.loads(done.stdout)
    missed = {
        typed: word for typed, word in wanted.items() if word not in [each[1] for each in told[typed]["order"][:3]]
    }
    assert not missed, {typed: [each[:2] for each in told[typed]["order"]] for typed in missed}


def test_what_an_instrument_names_is_a_word_however_seldom_a_page_says_it() -> None:
    library = Library([ROOT / "policies"])
    [path] = library.files("unattributed/trading-centre-plan")
    known = read_terms(ROOT / "site_templates/search_terms.yaml", [library.load(path)])
    words = SpeltWords()
    words.add(PageSection("x/", "x", "全文", "列举医用耗材一次"))
    assert "医用耗材" in known.names
    assert "=yiyonhaocai" in keys(words.counted(known.names))


@pytest.mark.skipif(NODE is None, reason="without Node.js")
@pytest.mark.parametrize("figure", ["29小项", "29个小项", "10大项"])
def test_a_figure_with_its_unit_goes_before_the_same_figure_of_something_else(site: Path, figure: str) -> None:
    done = subprocess.run([str(NODE), "-e", RUN, str(site), figure], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout)[figure]["order"][0][1] == "构成"


@pytest.mark.skipif(NODE is None, reason="without Node.js")
def test_a_rule_asked_for_by_its_id_goes_before_sections_that_have_its_words(site: Path) -> None:
    typed = ("price-ratio", "x/price-ratio", "price ratio")
    done = subprocess.run([str(NODE), "-e", RUN, str(site), *typed], capture_output=True, text=True, check=True)
    told = json.loads(done.stdout)
    assert {each: told[each]["order"][0][1] for each in typed} == dict.fromkeys(typed, "比例合适")
