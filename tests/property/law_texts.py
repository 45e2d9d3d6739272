"""Texts that the laws are tried on: own sentences, in articles and around them."""

from __future__ import annotations

from hypothesis import strategies as st

SENTENCES = (
    "网贷逾期以后，应当先弄清楚自己欠了多少钱，再决定怎样与平台协商还款。",
    "协商时要说明困难的原因，提交收入证明等材料，并且保留全部通话录音。",
    "还款能力不足的，可以提出延期或者分期，把谈好的方案写成书面文件。",
    "催收人员上门时，应当两人以上并且出示证件，没有证件的可以不开门。",
    "遇到辱骂和恐吓，要把时间、号码和原话记下来，再向监管部门投诉。",
    "逾期记录自还清之日起保留五年，期间继续按时还款就能慢慢修复信用。",
    "总之，主动沟通比躲避更有用，拖得越久费用越高，证据也越难找到。",
)
HEADINGS = ("一、先算清账目", "二、怎样谈分期", "三、证据怎样保留", "四、投诉往哪里写")
ITEMS = ("身份证复印件", "最近半年的工资流水", "写明金额的借款合同", "与客服的通话录音")
TITLES = (
    "租手机免押金的平台有哪些",
    "苹果手机回收价格详解",
    "如何关闭先享后付功能",
    "郴州手机分期付款全攻略",
    "黄金回收套路揭秘",
    "游戏账号分期购买全解析",
    "二手车过户需要哪些手续",
    "婚纱照套餐怎么选不踩坑",
)
NEUTRAL = (
    "今天天气很好，适合出门散步。",
    "图书馆周一闭馆，周二照常开放。",
    "春天到了，河边的柳树都绿了。",
    "这条路修好以后，孩子上学近多了。",
)

neutral_lines = st.lists(st.sampled_from(NEUTRAL), max_size=4)


@st.composite
def bodies(draw: st.DrawFn) -> list[tuple[str, str]]:
    """An article's lines as (tag, text): sentences that differ, with headings and items."""
    sentences = draw(st.permutations(SENTENCES))[: draw(st.integers(4, len(SENTENCES)))]
    body: list[tuple[str, str]] = []
    headings = iter(HEADINGS)
    for at, sentence in enumerate(sentences):
        if at and draw(st.booleans()) and (heading := next(headings, "")):
            body.append(("h2", heading))
        body.append(("p", sentence))
    if draw(st.booleans()):
        at = draw(st.integers(1, len(body) - 1))
        # Items behind a sentence, never between a heading and its text.
        at += body[at - 1][0] == "h2"
        body[at:at] = [("li", item) for item in ITEMS[: draw(st.integers(2, len(ITEMS)))]]
    return body
