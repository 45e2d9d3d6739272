"""A loopback site of generated pages: seed-like articles with a hundred unrelated titles each.

``python -m tests.benchmarks.crawl_site PAGES`` prints its address and serves until killed.
"""

from __future__ import annotations

import asyncio
import random
import sys

SUBJECTS = ("小赢卡贷", "微粒贷", "花呗", "拍拍贷", "分期乐", "有钱花", "某小额贷款公司", "信用卡")
ACTS = (
    "上门催收",
    "爆通讯录",
    "电话轰炸",
    "协商还款",
    "被起诉",
    "征信异议",
    "暴力催收",
    "分期减免",
)
SENTENCES = (
    "催收人员应当出示工作证件和授权委托书,说清楚机构名称与合同编号。",
    "未经同意进入住宅的,可以拨打110报警,并保存录像和通话录音。",
    "根据《个人信息保护法》,向他人提供个人信息应当取得单独同意。",
    "对答复不满意的,可以拨打12378金融消费者投诉维权热线。",
    "协商时提出每月能够归还的金额,并要求对方书面答复。",
    "《民法典》规定诉讼时效期间为三年,分期债务从最后一期届满起算。",
    "收到起诉状副本之日起十五日内可以提交答辩状。",
    "不要在空白纸上签字,也不要向个人账户转账。",
)
CHARACTERS = (
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多"
    "定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因"
)
THINGS = (
    "租手机",
    "电动车",
    "空调",
    "话费",
    "会员卡",
    "回收旧书",
    "投影仪",
    "门票",
    "净水器",
    "油卡",
)
FORMS = ("{}怎么选更划算", "{}押金多久退回", "一文看懂{}流程", "{}避坑要点{}", "如何取消{}自动续费")


def own_words(chance: random.Random) -> str:
    """Sentences that no other page has: real pages share subjects, not wording."""
    clauses = ["".join(chance.choices(CHARACTERS, k=chance.randint(6, 14))) for _ in range(5)]
    return ",".join(clauses) + "。"


def make_page(number: int, pages: int) -> bytes:
    """The page's HTML: its own words, so that no two pages are duplicates."""
    chance = random.Random(number)  # noqa: S311 - the same pages every time
    title = f"{chance.choice(SUBJECTS)}{chance.choice(ACTS)}第{number}问"
    paragraphs = "".join(
        f"<p>{part + 1}. {chance.choice(SENTENCES)}{own_words(chance)}</p>" for part in range(12)
    )
    related = "".join(
        f'<li><a href="/out/{chance.random()}">'
        f"{chance.choice(FORMS).format(chance.choice(THINGS), at)}</a></li>"
        for at in range(100)
    )
    children = "".join(
        f'<a href="/{one}">{one}</a>'
        for one in range(number * 10 + 1, number * 10 + 11)
        if one < pages
    )
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title} - 站</title></head><body>'
        f"<nav>{children}</nav><div class='content'><h1>{title}</h1><p>发布时间:2024-04-05</p>"
        f"{paragraphs}<p>相关内容:</p><ul>{related}</ul></div><a>To Top</a></body></html>"
    ).encode()


async def serve(pages: int) -> None:
    """Answers every request from memory, so that the server costs the crawlers little."""
    made = {f"/{number}": make_page(number, pages) for number in range(pages)}
    robots = b"User-agent: *\nDisallow: /out/\n"

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                path = head.split(b" ", 2)[1].decode()
                body = robots if path == "/robots.txt" else made.get(path)
                status = "200 OK" if body is not None else "404 Not Found"
                kind = "text/plain" if path == "/robots.txt" else "text/html; charset=utf-8"
                writer.write(
                    f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n"
                    f"Content-Length: {len(body or b'')}\r\n\r\n".encode()
                    + (body or b"")
                )
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    print(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/0", flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1])))
