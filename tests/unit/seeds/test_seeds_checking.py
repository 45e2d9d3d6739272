"""Every class of fault in seeds/ is found and named; what looks similar is left alone.

Five hundred of these lines are one table, a fault and its near miss a row.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from crawler.seeds import check_seeds

SOURCED = """
trust = "own_knowledge"
sources = ["编者自有知识"]
checked = 2026-11-22
"""


def lender(name: str, more: str = "", **fields: str) -> str:
    """A lender's row in TOML; ``more`` is put at its end."""
    values = {
        "id": "shi-yong-dai",
        "kind": "loan_facilitation",
        "licence": "facilitator_not_lender_of_record",
        "status": "active",
        **fields,
    }
    lines = "".join(f'{key} = "{value}"\n' for key, value in values.items())
    return f'\n[[lender]]\nname = "{name}"\n{lines}{SOURCED}{more}\n'


def statute(title: str, more: str = "", **fields: str) -> str:
    """A statute's row in TOML."""
    values = {"id": "trial", "issuer": "某机关", "level": "law", "status": "current", **fields}
    lines = "".join(f'{key} = "{value}"\n' for key, value in values.items())
    return f'\n[[statute]]\ntitle = "{title}"\n{lines}{SOURCED}{more}\n'


def hotline(number: str, status: str = "current", more: str = 'accepts = "试验"') -> str:
    """A hotline's row in TOML."""
    return (
        f'\n[[hotline]]\nnumber = "{number}"\nname = "试验热线"\noperator = "某机关"\n'
        f'status = "{status}"\n{SOURCED}{more}\n'
    )


def topic(words: str, more: str = "") -> str:
    """A topic's row in TOML, for the topic whose guidance the tests write."""
    return (
        f'\n[[topic]]\nid = "trial"\nname = "试验"\nname_en = "Trial"\nseverity = 1\n'
        f"strong = {words}\n{more}\n"
    )


def regulator(names: str, more: str = "") -> str:
    """A regulator's row in TOML."""
    return (
        f'\n[[regulator]]\nid = "trial"\nname = "试验监督委员会"\nshort = "试监委"\n'
        f"aliases = {names}\n{SOURCED}{more}\n"
    )


def route(kinds: str) -> str:
    """A complaint route's row in TOML."""
    return (
        f'\n[[route]]\nlender_kinds = {kinds}\nissue = "试验"\n'
        f'first = "先"\nthen = ["再"]\n{SOURCED}'
    )


def phantom(name: str, status: str = "never_in_force") -> str:
    """A phantom's row in TOML."""
    return (
        f'\n[[phantom]]\nid = "trial"\nname = "{name}"\nkind = "citation"\n'
        f'status = "{status}"\nverdict = "nonexistent"\ncorrection = "没有"\n{SOURCED}'
    )


@dataclass(frozen=True)
class Case:
    """Rows appended to a file: ``bad`` must be named with ``says``, ``near`` must pass."""

    name: str
    file: str
    bad: str
    says: str
    near: str


LENDER_CASES = (
    Case(
        "missing name",
        "lenders.toml",
        lender("").replace('name = ""\n', ""),
        "shi-yong-dai: name is missing",
        lender("试用贷"),
    ),
    Case(
        "unknown field",
        "lenders.toml",
        lender("试用贷", 'colour = "red"'),
        "shi-yong-dai: colour is unknown",
        lender("试用贷", 'notes = "红"'),
    ),
    Case(
        "wrong type",
        "lenders.toml",
        lender("试用贷", 'aliases = "试用"'),
        "shi-yong-dai: aliases must be a list of texts",
        lender("试用贷", 'aliases = ["试用借款"]'),
    ),
    Case(
        "unknown kind",
        "lenders.toml",
        lender("试用贷", kind="shark"),
        "shi-yong-dai: kind must be one of",
        lender("试用贷", kind="microloan", licence="locally_licensed"),
    ),
    Case(
        "unknown trust",
        "lenders.toml",
        lender("试用贷").replace("own_knowledge", "certain"),
        "shi-yong-dai: trust must be one of",
        lender("试用贷").replace("own_knowledge", "doubtful"),
    ),
    Case(
        "duplicate id",
        "lenders.toml",
        lender("试用贷") + lender("试用花呀"),
        "shi-yong-dai: this id stands twice",
        lender("试用贷") + lender("试用花呀", id="shi-yong-hua"),
    ),
    Case(
        "unreadable id",
        "lenders.toml",
        lender("试用贷", id="试用"),
        "试用: id must be small letters",
        lender("试用贷", id="shiyong-2"),
    ),
    Case(
        "alias of another lender after folding",
        "lenders.toml",
        lender("试用贷", 'aliases = ["微粒 貸"]'),
        "the name 微粒 貸 also belongs to weili-dai",
        lender("试用贷", 'aliases = ["微粒贷呀"]'),
    ),
    Case(
        "one name twice",
        "lenders.toml",
        lender("试用E贷", 'aliases = ["试用e贷"]'),
        "the name 试用e贷 stands twice",
        lender("试用E贷", 'aliases = ["试用一贷"]'),
    ),
    Case(
        "short name",
        "lenders.toml",
        lender("试"),
        "the name 试 is shorter than 2",
        lender("试贷"),
    ),
    Case(
        "two names in one",
        "lenders.toml",
        lender("试用贷/试借"),
        "holds a separator",
        lender("试用-贷"),
    ),
    Case(
        "context form that is no name",
        "lenders.toml",
        lender("试用贷", 'context_forms = ["试借"]'),
        "context_forms has 试借",
        lender("试用贷", 'context_forms = ["试用贷"]'),
    ),
    Case(
        "context words without forms",
        "lenders.toml",
        lender("试用贷", 'context_any = ["逾期"]'),
        "context_any is of no use",
        lender("试用贷", 'context_any = ["逾期"]\ncontext_forms = ["试用贷"]'),
    ),
    Case(
        "blocked phrase without the name",
        "lenders.toml",
        lender("试用贷", 'blocked_in = ["试用期"]'),
        "blocked_in has 试用期",
        lender("试用贷", 'blocked_in = ["试用贷款"]'),
    ),
    Case(
        "blocked phrase that is the name",
        "lenders.toml",
        lender("试用贷", 'blocked_in = ["试用贷"]'),
        "blocked_in has 试用贷",
        lender("试用贷", 'blocked_in = ["不试用贷"]'),
    ),
    Case(
        "hotline with letters",
        "lenders.toml",
        lender("试用贷", 'hotline = "4OO8OO"').replace("own_knowledge", "verified_secondary"),
        "hotline 4OO8OO must be",
        lender("试用贷", 'hotline = "400800"').replace("own_knowledge", "verified_secondary"),
    ),
    Case(
        "hotline without verification",
        "lenders.toml",
        lender("试用贷", 'hotline = "400800"'),
        "hotline needs a verification",
        lender("试用贷"),
    ),
    Case(
        "operator flag without operator",
        "lenders.toml",
        lender("试用贷", "operator_verified = true"),
        "operator_verified without operator",
        lender("试用贷", 'operator_verified = true\noperator = "试用公司"'),
    ),
    Case(
        "facilitator called licensed",
        "lenders.toml",
        lender("试用贷", licence="licensed"),
        "licence of a loan_facilitation must be",
        lender("试用贷", licence="licensed", kind="bank"),
    ),
    Case(
        "closed without being P2P",
        "lenders.toml",
        lender("试用贷", status="closed"),
        "status closed and kind closed_p2p",
        lender("试用贷", status="closed", kind="closed_p2p", licence="exited"),
    ),
    Case(
        "domain with a path",
        "lenders.toml",
        lender("试用贷", 'domains = ["https://example.com/"]'),
        "is no host name",
        lender("试用贷", 'domains = ["example.com"]'),
    ),
    Case(
        "no source",
        "lenders.toml",
        lender("试用贷").replace('sources = ["编者自有知识"]', "sources = []"),
        "sources is empty",
        lender("试用贷").replace("编者自有知识", "合同"),
    ),
    Case(
        "no date checked",
        "lenders.toml",
        lender("试用贷").replace("checked = 2026-11-22", ""),
        "checked is missing",
        lender("试用贷").replace("2026-11-22", "2026-11-21"),
    ),
    Case(
        "date in quotes",
        "lenders.toml",
        lender("试用贷").replace("2026-11-22", '"2026-11-22"'),
        "checked must be a date",
        lender("试用贷"),
    ),
)

LAW_CASES = (
    Case(
        "dangling successor",
        "statutes.toml",
        statute("试验法", 'successors = ["nowhere"]'),
        "successors names nowhere",
        statute("试验法", 'successors = ["civil-code"]'),
    ),
    Case(
        "dangling predecessor",
        "statutes.toml",
        statute("试验法", 'predecessors = ["nowhere"]'),
        "predecessors names nowhere",
        statute("试验法", 'predecessors = ["contract-law"]'),
    ),
    Case(
        "circle of successions",
        "statutes.toml",
        statute("试验法", 'successors = ["other"]')
        + statute("试行法", 'successors = ["trial"]', id="other"),
        "other: successions go in a circle: other -> trial -> other",
        statute("试验法", 'successors = ["other"]') + statute("试行法", id="other"),
    ),
    Case(
        "ended before it began",
        "statutes.toml",
        statute(
            "试验法",
            'effective = 2020-01-01\nended = 2019-01-01\nsuccessors = ["pipl"]',
            status="repealed",
        ),
        "ended is not after effective",
        statute(
            "试验法",
            'effective = 2019-01-01\nended = 2020-01-01\nsuccessors = ["pipl"]',
            status="repealed",
        ),
    ),
    Case(
        "in force before it was issued",
        "statutes.toml",
        statute("试验法", "issued = 2020-02-01\neffective = 2020-01-01"),
        "effective is before issued",
        statute("试验法", "issued = 2020-01-01\neffective = 2020-01-01"),
    ),
    Case(
        "current but ended",
        "statutes.toml",
        statute("试验法", "ended = 2020-01-01"),
        "is current but has ended",
        statute("试验法", "effective = 2020-01-01"),
    ),
    Case(
        "repealed without a date",
        "statutes.toml",
        statute("试验法", status="repealed"),
        "is repealed but ended is missing",
        statute("试验法", "ended = 2020-01-01", status="repealed"),
    ),
    Case(
        "superseded by nothing",
        "statutes.toml",
        statute("试验法", status="superseded"),
        "is superseded but has no successors",
        statute("试验法", 'successors = ["pipl"]', status="superseded"),
    ),
    Case(
        "draft with a life",
        "statutes.toml",
        statute("试验法", "effective = 2020-01-01", status="never_in_force"),
        "was never in force but has effective",
        statute("试验法", "issued = 2020-01-01", status="never_in_force"),
    ),
    Case(
        "successor older than itself",
        "statutes.toml",
        statute("试验法", 'effective = 2022-01-01\nsuccessors = ["civil-code"]'),
        "its successor civil-code takes effect before",
        statute("试验法", 'effective = 2020-01-01\nsuccessors = ["civil-code"]'),
    ),
    Case(
        "succession that ends in nothing",
        "statutes.toml",
        statute("试验法", 'successors = ["other"]', status="superseded")
        + statute("试行法", "ended = 2020-01-01", id="other", status="repealed"),
        "trial: its successions end in nothing that is in force",
        statute("试验法", 'successors = ["other"]', status="superseded")
        + statute(
            "试行法",
            'ended = 2020-01-01\nsuccessors = ["pipl"]',
            id="other",
            status="repealed",
        ),
    ),
    Case(
        "name of another statute",
        "statutes.toml",
        statute("试验法", 'aliases = ["民法典"]'),
        "the name 民法典 also belongs to civil-code",
        statute("试验法", 'aliases = ["民法典试验"]'),
    ),
    Case(
        "name in title marks",
        "statutes.toml",
        statute("试验法", 'aliases = ["《试验》"]'),
        "stands in 《》",
        statute("试验法", 'aliases = ["关于适用《试验》的解释"]'),
    ),
    Case(
        "same title and version",
        "statutes.toml",
        statute("试验法", version="2020") + statute("试验法", version="2020", id="other"),
        "has the title and version of trial",
        statute("试验法", version="2020") + statute("试验法", version="2024", id="other"),
    ),
    Case(
        "renumbering of another title",
        "statutes.toml",
        statute("试验法", numbered_alike="civil-code"),
        "numbered_alike civil-code is no statute",
        statute("试验法", version="2020")
        + statute("试验法", version="2024", id="other", numbered_alike="trial"),
    ),
    Case(
        "provision map to nowhere",
        "statutes.toml",
        statute("试验法", 'provision_map = { nowhere = { "1" = "2" } }'),
        "provision_map points to nowhere",
        statute("试验法", 'successors = ["pipl"]\nprovision_map = { pipl = { "1" = "2" } }'),
    ),
    Case(
        "provision map to no successor",
        "statutes.toml",
        statute("试验法", 'provision_map = { pipl = { "1" = "2" } }'),
        "pipl, which is no successor",
        statute(
            "试验法", 'successors = ["pipl"]\nprovision_map = { pipl = { "42(5)" = "50.1(5)" } }'
        ),
    ),
    Case(
        "provision in Chinese",
        "statutes.toml",
        statute("试验法", 'successors = ["pipl"]\nprovision_map = { pipl = { "旧40" = "新42" } }'),
        "provision_map has 旧40",
        statute("试验法", 'key_provisions = [["293之1", "主题", "要点"]]'),
    ),
    Case(
        "key provision that is no number",
        "statutes.toml",
        statute("试验法", 'key_provisions = [["—", "主题", "要点"]]'),
        "key_provisions has —",
        statute("试验法", 'key_provisions = [["667-680", "主题", "要点"]]'),
    ),
    Case(
        "key provision without a gist",
        "statutes.toml",
        statute("试验法", 'key_provisions = [["1", "主题"]]'),
        "key_provisions must be a list of lists of 3",
        statute("试验法", 'key_provisions = [["1", "主题", "要点"]]'),
    ),
    Case(
        "phantom with a real name",
        "phantoms.toml",
        phantom("民法典"),
        "the name 民法典 also belongs to civil-code",
        phantom("民法典催收编"),
    ),
    Case(
        "current phantom",
        "phantoms.toml",
        phantom("试验催收法", "current"),
        "a phantom citation cannot be current",
        phantom("试验催收法", "misattributed"),
    ),
)

OTHER_CASES = (
    Case(
        "hotline with letters",
        "hotlines.toml",
        hotline("123A5"),
        "number must be 3 to 12 digits",
        hotline("12395"),
    ),
    Case(
        "current hotline with a successor",
        "hotlines.toml",
        hotline("12395", more='accepts = "试验"\nsuccessor = "12378"'),
        "is current, so successor must be removed",
        hotline("12395", "superseded", 'successor = "12378"'),
    ),
    Case(
        "hotline followed by a dead one",
        "hotlines.toml",
        hotline("12395", "superseded", 'successor = "12331"'),
        "needs a current number as successor",
        hotline("12395", "renamed", 'successor = "12315"'),
    ),
    Case(
        "current hotline for nothing",
        "hotlines.toml",
        hotline("12395", more=""),
        "accepts must say what it is for",
        hotline("12395"),
    ),
    Case(
        "doubtful hotline shown as current",
        "hotlines.toml",
        hotline("12395").replace("own_knowledge", "doubtful"),
        "is doubtful, so it cannot be current",
        hotline("12395", "superseded", 'successor = "12356"').replace("own_knowledge", "doubtful"),
    ),
    Case(
        "hotline twice",
        "hotlines.toml",
        hotline("12378"),
        "12378: this id stands twice",
        hotline("12379"),
    ),
    Case(
        "name of another regulator",
        "regulators.toml",
        regulator('["银保监会"]'),
        "the name 银保监会 also belongs to nfra",
        regulator('["试保监会"]'),
    ),
    Case(
        "former name that ends before it begins",
        "regulators.toml",
        regulator(
            "[]", '[[regulator.former]]\nname = "试验署"\nsince = 2020-01-01\nuntil = 2019-01-01'
        ),
        "the name 试验署 ends before it begins",
        regulator(
            "[]", '[[regulator.former]]\nname = "试验署"\nsince = 2019-01-01\nuntil = 2020-01-01'
        ),
    ),
    Case(
        "former name that outlives the new one",
        "regulators.toml",
        regulator(
            "[]",
            'since = 2019-01-01\n[[regulator.former]]\nname = "试验署"\nuntil = 2020-01-01',
        ),
        "lasts longer than until since",
        regulator(
            "[]",
            'since = 2020-01-01\n[[regulator.former]]\nname = "试验署"\nuntil = 2020-01-01',
        ),
    ),
    Case(
        "former name with an end and a guess at it",
        "regulators.toml",
        regulator(
            "[]", '[[regulator.former]]\nname = "试验署"\nuntil = 2020-01-01\nlasted = 2019-01-01'
        ),
        "试验署 has until, so lasted says nothing",
        regulator("[]", '[[regulator.former]]\nname = "试验署"\nlasted = 2019-01-01'),
    ),
    Case(
        "topic without strong words",
        "topics.toml",
        topic("[]"),
        "trial: has no strong words",
        topic('["试验词"]'),
    ),
    Case(
        "word both strong and weak",
        "topics.toml",
        topic('["试验词"]', 'weak = ["试验词"]'),
        "试验词 is both strong and weak",
        topic('["试验词"]', 'weak = ["试验"]'),
    ),
    Case(
        "word that would never count",
        "topics.toml",
        topic('["试验词"]', 'negative = ["试验词"]'),
        "试验词 is negative",
        topic('["试验词"]', 'negative = ["试验词典"]'),
    ),
    Case(
        "severity out of range",
        "topics.toml",
        topic('["试验词"]').replace("severity = 1", "severity = 101"),
        "severity must be a whole number",
        topic('["试验词"]').replace("severity = 1", "severity = 100"),
    ),
    Case(
        "route for an unknown kind",
        "routes.toml",
        route('["pawnshop"]'),
        "pawnshop is no lender kind",
        route('["bank", "any"]'),
    ),
    Case(
        "source without http",
        "sources.toml",
        '\n[[source]]\nid = "trial"\nstart = ["ftp://example.com/"]\n',
        "is no http address",
        '\n[[source]]\nid = "trial"\nstart = ["https://example.com/"]\n',
    ),
    Case(
        "source twice",
        "sources.toml",
        '\n[[source]]\nid = "sample"\nstart = ["https://example.com/"]\n',
        "sample: this id stands twice",
        '\n[[source]]\nid = "sample-2"\nstart = ["https://example.com/"]\n',
    ),
    Case(
        "label of nothing",
        "labels.toml",
        '\n[[kind]]\nid = "pawnshop"\nzh = "当铺"\nen = "Pawnshop"\n',
        "kind.pawnshop: labels nothing",
        "\n# a comment\n",
    ),
)

CASES = (*LENDER_CASES, *LAW_CASES, *OTHER_CASES)

GUIDANCE = """
topic = "trial"
title = "试验"
title_en = "Trial"
answer = "可以试。"
first = "先试。"
steps = ["再试。"]
checked = 2026-11-22
summary_en = "Try."

[[contact]]
lender_kinds = ["any"]
numbers = ["12348"]
what = "试验"
"""


@pytest.fixture(scope="module")
def small_seeds(tmp_path_factory: pytest.TempPathFactory, project_folder: Path) -> Path:
    """The project's seeds with one lender: the others would only cost time here."""
    copy = tmp_path_factory.mktemp("seeds") / "seeds"
    shutil.copytree(project_folder / "seeds", copy, ignore=shutil.ignore_patterns("site"))
    lenders = copy / "lenders.toml"
    head, *rows = lenders.read_text(encoding="utf-8").split("\n[[lender]]\n")
    one = next(row for row in rows if row.startswith('id = "weili-dai"'))
    lenders.write_text(f"{head}\n[[lender]]\n{one}\n", encoding="utf-8")
    return copy


@pytest.fixture
def folder(tmp_path: Path, small_seeds: Path) -> Path:
    """A copy of the seeds that a test may break."""
    return shutil.copytree(small_seeds, tmp_path / "seeds")


def append(folder: Path, file: str, rows: str) -> list[str]:
    """The faults of the folder after the rows were added to the file."""
    path = folder / file
    path.write_text(path.read_text(encoding="utf-8") + rows, encoding="utf-8")
    if file == "topics.toml":
        (folder / "guidance" / "trial.toml").write_text(GUIDANCE, encoding="utf-8")
    return check_seeds(folder)


def test_real_seeds_have_no_faults(project_folder: Path) -> None:
    assert check_seeds(project_folder / "seeds") == []


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_fault_is_named_with_its_file(folder: Path, case: Case) -> None:
    faults = append(folder, case.file, case.bad)
    assert any(fault.startswith(f"{case.file}: ") and case.says in fault for fault in faults), (
        faults
    )


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_near_miss_is_no_fault(folder: Path, case: Case) -> None:
    assert append(folder, case.file, case.near) == []


def test_all_faults_are_reported_at_once(folder: Path) -> None:
    append(folder, "lenders.toml", lender("试", 'hotline = "x"'))
    append(folder, "statutes.toml", statute("试验法", 'successors = ["nowhere"]'))
    faults = append(folder, "hotlines.toml", hotline("123A5"))
    files = [fault.split(": ")[0] for fault in faults]
    assert files.count("lenders.toml") == 3
    assert files.count("statutes.toml") == 1
    assert files.count("hotlines.toml") == 1


def test_every_fault_has_file_key_and_remedy(folder: Path) -> None:
    for fault in append(folder, "lenders.toml", lender("试/", 'hotline = "x"')):
        assert len(fault.split(": ", 2)) == 3, fault


@pytest.mark.parametrize("file", ["lenders.toml", "statutes.toml", "curation.toml", "frames.toml"])
def test_broken_syntax_is_named_once(folder: Path, file: str) -> None:
    faults = [fault for fault in append(folder, file, "\n[[") if fault.startswith(file)]
    assert len(faults) == 1
    assert "is no valid TOML" in faults[0]


def test_missing_file_is_named(folder: Path) -> None:
    (folder / "hotlines.toml").unlink()
    assert "hotlines.toml: file: is missing; restore it" in check_seeds(folder)


def test_file_in_another_encoding_is_named(folder: Path) -> None:
    (folder / "terms.toml").write_bytes("id = '逾期'".encode("gbk"))
    assert "terms.toml: file: is not UTF-8; save it as UTF-8" in check_seeds(folder)


@pytest.mark.parametrize(
    ("instead", "fault"),
    [
        ("工程 工程", "crossing_before: 工程 stands there twice; keep one"),
        ("工程 工程师", "crossing_before: 工程师 must have two characters"),
        ("工程 流程", None),
    ],
    ids=["twice", "three-characters", "right"],
)
def test_words_across_the_edge_of_a_name(folder: Path, instead: str, fault: str | None) -> None:
    path = folder / "frames.toml"
    text = path.read_text("utf-8")
    assert "工程 流程" in text
    path.write_text(text.replace("工程 流程", instead, 1), "utf-8")
    found = [one for one in check_seeds(folder) if one.startswith("frames.toml")]
    assert [one.endswith(fault) for one in found] == [True] if fault else found == []
