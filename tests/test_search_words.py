"""A text's words are those of its pieces: each piece is looked at once, however many pages hold it."""

from collections import Counter

from hypothesis import example, given, settings
from hypothesis import strategies as st

from banshi.site import words as module
from banshi.site.words import words

_PARTS = (
    *(
        "下午五点",
        "九点",
        "至",
        "到",
        "9:30",
        "上午",
        "六点半",
        "三",
        "（四）",
        "第十四条",
        "第二款",
        "附件",
        "1",
        "3",
        "万元",
    ),
    *(
        "百分之",
        "五",
        "￥",
        "500",
        "半",
        "天",
        "推诿",
        "扯皮",
        "、",
        "，",
        "。",
        "；",
        "？",
        "！",
        " ",
        "　",
        "“",
        "”",
        "2011-3-1",
        "art. ",
    ),
    *("Excel", "聯席", "會議", "\uff11", "-", "—", "条", "分", "10", "日", "(", ")", "ﾞ", "\u3099", "Σ"),
)


@settings(max_examples=400, deadline=None)
@given(st.lists(st.sampled_from(_PARTS), max_size=14).map("".join))
@example("下午两点 至 五点")
@example("推诿 扯皮。 第十四条 第二款")
def test_words_of_a_text_are_those_of_its_pieces(text: str) -> None:
    whole = module._of_piece.__wrapped__(text)[1] if text else []
    assert words(text) == Counter(whole)


def test_what_stands_on_many_pages_is_looked_at_once() -> None:
    module._of_piece.cache_clear()
    for number in range(50):
        words(f"原文未载明。材料 份数 形式 说明。第{number}号")
    assert module._of_piece.cache_info().misses <= 5 + 50
