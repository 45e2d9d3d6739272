"""Phone numbers: which digits are one, and which of them are verified."""

from __future__ import annotations

import pytest

from crawler.contacts import ContactFinder
from crawler.model import ContactStatus
from crawler.seeds import load_references


@pytest.fixture(scope="module")
def finder() -> ContactFinder:
    return ContactFinder(load_references())


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        pytest.param("拨打12378投诉", ["12378"], id="hotline"),
        pytest.param("编号123789", [], id="hotline-inside-longer-number"),
        pytest.param("010-12378", ["010-12378"], id="hotline-with-area-code"),
        pytest.param("第12378号文件", [], id="hotline-digits-as-ordinal"),
        pytest.param("国发〔2020〕12315号", [], id="document-number"),
        pytest.param("核实〔见附件〕12315热线", ["12315"], id="hotline-after-a-bracket"),
        pytest.param("订单号:4001234567", [], id="order-number-after-a-colon"),
        pytest.param("电话号码:4001234567", ["4001234567"], id="phone-after-a-colon"),
        pytest.param("登记号 020-88881234", [], id="register-number"),
        pytest.param("登记 020-88881234", ["020-88881234"], id="phone-after-register"),
        pytest.param("手机13812345678", ["13812345678"], id="mobile"),
        pytest.param("订单号13812345678901", [], id="order-number"),
        pytest.param("138 1234 5678", ["138 1234 5678"], id="mobile-with-spaces"),
        pytest.param("6222 0213 8123 4567 890", [], id="bank-card"),
        pytest.param("+86 138-1234-5678", ["+86 138-1234-5678"], id="mobile-with-country-code"),
        pytest.param("12812345678元", [], id="no-mobile-prefix"),
        pytest.param("来电00852-1234-5678", ["00852-1234-5678"], id="abroad-with-00"),
        pytest.param("流水0085212345678901", [], id="digits-that-begin-with-00"),
        pytest.param("+44 20 7946 0958", ["+44 20 7946 0958"], id="abroad-with-short-area-code"),
        pytest.param("投诉……12378热线", ["12378"], id="hotline-after-an-ellipsis"),
        pytest.param("利率0.12378热线", [], id="hotline-digits-as-decimals"),
        pytest.param("(2024)京0105民初12348号", [], id="case-number"),
        pytest.param("民事纠纷咨询12348", ["12348"], id="hotline-after-civil"),
        pytest.param("95588查卡号,95566问利率", ["95588", "95566"], id="each-before-its-verb"),
        pytest.param("客服400-123-4567", ["400-123-4567"], id="toll-free"),
        pytest.param("共400-123元", [], id="too-short-for-toll-free"),
        pytest.param("4006 0800 99", ["4006 0800 99"], id="toll-free-odd-groups"),
        pytest.param("2024 0405 10", [], id="digits-like-a-date"),
        pytest.param("4００-８００-８８８８", ["400-800-8888"], id="full-width"),
        pytest.param("年化24.00%到36.00%", [], id="rates"),
        pytest.param("021-55556666转801", ["021-55556666"], id="landline-with-extension"),
        pytest.param("2024-04-05 11:45:25", [], id="date-and-time"),
        pytest.param("(010)8888 6666", ["(010)8888 6666"], id="landline-in-parentheses"),
        pytest.param("(2024)8888 6666", [], id="year-in-parentheses"),
        pytest.param("95588", ["95588"], id="bank-hotline"),
        pytest.param("95开头的号码", [], id="only-a-prefix"),
        pytest.param("95588元", [], id="amount"),
        pytest.param("1010-5757", ["1010-5757"], id="1010-number"),
        pytest.param("电话:88123456", ["88123456"], id="local-number-with-cue"),
        pytest.param("金额88123456", [], id="local-digits-without-cue"),
        pytest.param("QQ:13812345678", [], id="qq-number"),
        pytest.param("tel:13812345678", ["13812345678"], id="after-tel"),
        pytest.param("13812345678@qq.com", [], id="mail-address"),
        pytest.param("1 3 8 1 2 3 4 5 6 7 8", ["1 3 8 1 2 3 4 5 6 7 8"], id="spaced-out"),
        pytest.param("1 3 8 1 2 3 4 5 6 7", [], id="spaced-out-too-short"),
        pytest.param("0755 - 8378 8888", ["0755 - 8378 8888"], id="wide-dash"),
        pytest.param("13812345678元", [], id="eleven-digit-amount"),
        pytest.param("打95105105或96006", ["95105105", "96006"], id="list-carries-the-cue"),
        pytest.param("余额或96006", [], id="no-list-no-cue"),
        pytest.param("短信106901234567", ["106901234567"], id="short-message-sender"),
        pytest.param("身份证110101199003071234", [], id="identity-number"),
        pytest.param("立即拨打110报警", ["110"], id="police"),
        pytest.param("共110元,第110条", [], id="110-as-amount-and-provision"),
        pytest.param("www.12315.cn/95588", [], id="address"),
        pytest.param("138****5678", [], id="masked"),
        pytest.param("95588/95599、95566", ["95588", "95599", "95566"], id="list"),
        pytest.param("+852 6123 4567", ["+852 6123 4567"], id="abroad"),
        pytest.param("难受时120,110都可以打", ["120", "110"], id="two-hotlines-and-a-comma"),
        pytest.param("还了120,110元,又还1,120,110", [], id="amounts-of-the-same-digits"),
        pytest.param("找人或者直接110。", ["110"], id="police-said-plainly"),
        pytest.param("直接110块", [], id="amount-said-plainly"),
        pytest.param("110(报警)、120(急救)", ["110", "120"], id="explained-behind"),
        pytest.param("12378/12363/12315", ["12378", "12363", "12315"], id="hotlines-and-slashes"),
        pytest.param("2026/12/12315", [], id="address-and-slashes"),
        pytest.param("热线400-820-5555(7×24小时)", ["400-820-5555"], id="hours-behind"),
        pytest.param("已统一为12356(24小时)", ["12356"], id="hours-behind-a-hotline"),
        pytest.param(
            "010-88881234(13812345678)", ["010-88881234", "13812345678"], id="one-in-parentheses"
        ),
        pytest.param("+86(10)88888888", ["+86(10)88888888"], id="area-code-in-parentheses"),
        pytest.param("尾号12315,尾号为95588", [], id="tail-of-a-number"),
        pytest.param("尾号0755-26550011的", ["0755-26550011"], id="whole-number-called-a-tail"),
        pytest.param("9 5 5 8 8", ["9 5 5 8 8"], id="bank-spaced-out"),
        pytest.param("138.1234.5678", ["138.1234.5678"], id="dots"),
        pytest.param("版本13.81.2345.678,1381234.5678元", [], id="other digits and dots"),
        pytest.param("微信:13812345678", ["13812345678"], id="mobile-as-name-elsewhere"),
        pytest.param("如10690123456789", ["10690123456789"], id="sender-by-its-digits"),
        pytest.param("订单号10690123456789", [], id="order-like-a-sender"),
        pytest.param("打了两次110,来了", ["110"], id="how-often-it-was-called"),
        pytest.param("扣了两次110,", [], id="how-often-it-was-taken"),
        pytest.param("紧急时打「110」", ["110"], id="in-corner-brackets"),
        pytest.param("12378份", [], id="copies"),
        pytest.param("拨打“区号+12348”", ["12348"], id="area-code-in-words"),
        pytest.param("当地区号-12368", ["12368"], id="area-code-in-words-and-a-dash"),
        pytest.param("报警服务台:110;火警:119", ["110", "119"], id="who-answers"),
        pytest.param("还不行110。", ["110"], id="at-last"),
        pytest.param("106575258888发来短信", ["106575258888"], id="sender-named-behind"),
    ],
)
def test_finds_phone_numbers_only(finder: ContactFinder, text: str, numbers: list[str]) -> None:
    assert [contact.number for contact in finder.find_contacts(text)] == numbers


@pytest.mark.parametrize(
    ("text", "status"),
    [
        pytest.param("12378", ContactStatus.VERIFIED, id="public-hotline"),
        pytest.param("010-12378", ContactStatus.VERIFIED, id="public-hotline-with-area-code"),
        pytest.param("95588", ContactStatus.VERIFIED, id="lender-checked"),
        pytest.param("95511", ContactStatus.UNVERIFIED, id="lender-not-checked"),
        pytest.param("12331", ContactStatus.UNVERIFIED, id="hotline-out-of-use"),
        pytest.param("官方客服400-123-4567", ContactStatus.UNVERIFIED, id="text-claims-official"),
        pytest.param("希望24热线400-161-9995", ContactStatus.UNVERIFIED, id="doubtful-hotline"),
        pytest.param("12378-1234567", None, id="hotline-digits-in-longer-number"),
    ],
)
def test_only_checked_numbers_are_verified(
    finder: ContactFinder, text: str, status: ContactStatus | None
) -> None:
    found = finder.find_contacts(text)
    assert [contact.status for contact in found] == ([] if status is None else [status])
    assert all((contact.owner is not None) == (status == "verified") for contact in found)


def test_offsets_point_into_the_original_text(finder: ContactFinder) -> None:
    text = "客服\u200b:４００-１２３-４５６７ 或 12378。"
    assert [text[one.start : one.end] for one in finder.find_contacts(text)] == [
        "４００-１２３-４５６７",
        "12378",
    ]


def test_long_digit_noise_is_fast_and_finds_nothing(finder: ContactFinder) -> None:
    assert finder.find_contacts("- 1" * 20_000) == ()
