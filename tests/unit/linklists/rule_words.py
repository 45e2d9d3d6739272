"""A few words for the rules, so that seeds may change without changing what a test means."""

from __future__ import annotations

import re
from dataclasses import replace

from crawler.pagewords import page_words

WORDS = replace(
    page_words(),
    trade=re.compile("网贷"),
    title_mark=re.compile("攻略"),
    heading_mark=re.compile("推荐"),
    heading_whole=frozenset({"相关文章"}),
    heading_starts=("延伸",),
    pointers=("点击查看", "更多"),
    lead_in=re.compile("如下|包括"),
    elsewhere=re.compile("文章"),
    others=re.compile("还有|还可以"),
    promise=re.compile("逐条"),
    backs=("以上",),
    paper_end=re.compile("法$"),
    official_hosts=(".gov.cn",),
)
