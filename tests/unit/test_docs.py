"""The README says what is there: commands, files, routes, and the sample's answer."""

from __future__ import annotations

import json
import re
import tomllib
from datetime import date
from pathlib import Path

import click
import pytest

from crawler.cli import main
from crawler.curation import Curator
from crawler.model import Page
from crawler.seeds import load_references

DOCUMENTS = ("README.md", "README.zh-CN.md", "ARCHITECTURE.md")


@pytest.mark.parametrize("name", DOCUMENTS)
def test_linked_files_exist(project_folder: Path, name: str) -> None:
    text = (project_folder / name).read_text("utf-8")
    targets = re.findall(r"\]\((?!https?:)([^)#]+)", text)
    assert [target for target in targets if not (project_folder / target).exists()] == []


def test_named_commands_exist(project_folder: Path) -> None:
    text = (project_folder / "README.md").read_text("utf-8")
    named = set(re.findall(r"zhiquan ([a-z-]+)(?: |`|$)", text, re.MULTILINE))
    assert named >= {"crawl", "extract", "import", "export", "serve", "check-seeds"}
    assert isinstance(main, click.Group)
    assert named <= set(main.list_commands(click.Context(main)))


def test_named_scripts_of_dev_exist(project_folder: Path) -> None:
    script = (project_folder / "dev").read_text("utf-8")
    for name in DOCUMENTS[:2]:
        text = (project_folder / name).read_text("utf-8")
        for command in re.findall(r"\./dev ([a-z]+)", text):
            assert re.search(rf"^  {command}\)", script, re.MULTILINE), command


def test_the_shown_answer_is_the_real_one(project_folder: Path) -> None:
    shown = (project_folder / "README.md").read_text("utf-8")
    body = (project_folder / "seeds/site/blog/small-loan-visit.html").read_bytes()
    curated = Curator(load_references()).curate(Page("a.html", body), date(2026, 11, 22))
    assert f'"title": "{curated.article.title}"' in shown
    assert f'"topic": "{curated.topics[0]}", "topics": {json.dumps(curated.topics)}' in shown
    assert f'"lenders": {json.dumps(curated.lenders)}' in shown
    assert f'"curate": {json.dumps(curated.rejected is None)}' in shown
    for citation in curated.citations:
        assert f'"text": "{citation.text}"' in shown
        assert f'"status": "{citation.status.value}"' in shown
        assert citation.successor is None or citation.successor in shown


def test_the_architecture_names_what_the_api_imports(project_folder: Path) -> None:
    text = (project_folder / "ARCHITECTURE.md").read_text("utf-8")
    said = text.partition("`api` imports from `crawler`")[2].partition("nothing that fetches")[0]
    imported = {
        module
        for path in (project_folder / "api").rglob("*.py")
        for module in re.findall(r"^\s*from crawler\.(\w+)", path.read_text("utf-8"), re.MULTILINE)
    }
    types = {"model", "vocabulary", "errors"}
    assert set(re.findall(r"`(\w+)`", said)) == imported - types


def test_the_architecture_lists_every_module_of_the_crawler(project_folder: Path) -> None:
    text = (project_folder / "ARCHITECTURE.md").read_text("utf-8")
    table = text.partition("| layer |")[2].partition("The **pure core**")[0]
    modules = {
        path.stem
        for path in (project_folder / "crawler").iterdir()
        if (path.suffix == ".py" and path.stem != "__init__") or (path / "__init__.py").exists()
    }
    named = set(re.findall(r"`([a-z_]+)/?`", table))
    assert named - {"crawler", "zhiquan"} == modules


def test_one_version_is_stated_everywhere(project_folder: Path) -> None:
    def read(name: str) -> str:
        return (project_folder / name).read_text("utf-8")

    version = tomllib.loads(read("pyproject.toml"))["project"]["version"]
    lock = json.loads(read("package-lock.json"))
    stated = [
        json.loads(read("extension/manifest.json"))["version"],
        json.loads(read("package.json"))["version"],
        lock["version"],
        lock["packages"][""]["version"],
        re.findall(r"^## \[(\d[^\]]*)\]", read("CHANGELOG.md"), re.MULTILINE)[0],
    ]
    assert set(stated) == {version}
