"""``zhiquan pack``: store-ready archives of the extension, and the data it carries."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import click
import rjsmin

from crawler.cli.bundle import house_document
from crawler.cli.currency import currency_document
from crawler.cli.inputs import SEEDS_OPTION
from crawler.cli.messages import reporting_faults
from crawler.cli.outputs import write_whole
from crawler.errors import ConfigError
from crawler.lexicon_json import lexicon_document
from crawler.seeds import load_guidance, load_references

EXTENSION = Path(__file__).resolve().parents[2] / "extension"
_SHIPPED = {".html", ".css", ".js", ".json", ".png", ".svg"}
_UNSHIPPED = {"jsconfig.json"}
PAGE_SCRIPTS = ("anchors.js", "children.js", "blocks.js", "scanner.js", "content.js")
"""What runs on every page: shipped without comments, since a browser reads it each time."""

MARK_SCRIPTS = ("lines.js", "matcher.js", "painter.js", "hits.js", "marks.js")
"""What a page asks for when a lender's name may stand in it; without comments too."""

_STAMP = (2020, 1, 1, 0, 0, 0)  # fixed, so that the same input gives the same archive
_GECKO = {
    "gecko": {
        "id": "zhiquan@zhiquan.invalid",
        "strict_min_version": "140.0",
        # Firefox asks authors to state what leaves the device: nothing does.
        "data_collection_permissions": {"required": ["none"]},
    },
    "gecko_android": {"strict_min_version": "142.0"},
}


@click.command()
@click.option(
    "--unpacked",
    type=click.Path(file_okay=False, path_type=Path),
    is_flag=False,
    flag_value=EXTENSION,
    metavar="[FOLDER]",
    help="Only write data/ into a folder that is loaded unpacked (extension/ by default).",
)
@click.option(
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("dist"),
    show_default=True,
    help="Where the archives go.",
)
@SEEDS_OPTION
@reporting_faults
def pack(unpacked: Path | None, output: Path, seeds: Path | None) -> None:
    """Archives of the extension for Chromium and Firefox, with names and house guidance."""
    if not (EXTENSION / "manifest.json").is_file():
        raise ConfigError(f"{EXTENSION}: no extension here; pack from the project's folder")
    data = bundled_data(seeds)
    if unpacked:
        if not (unpacked / "manifest.json").is_file():
            raise ConfigError(f"{unpacked}: no extension here; copy extension/ to it first")
        write_data(unpacked, data)
        click.echo(f"{unpacked / 'data'}")
        return
    output.mkdir(parents=True, exist_ok=True)
    manifest = json.loads((EXTENSION / "manifest.json").read_text("utf-8"))
    for browser, adapted in (("chromium", manifest), ("firefox", firefox_manifest(manifest))):
        archive = output / f"zhiquan-{browser}.zip"
        write_archive(archive, adapted, data)
        click.echo(f"{archive}: {archive.stat().st_size:,} bytes")


def bundled_data(seeds: Path | None) -> dict[str, bytes]:
    """The files of ``data/``: the lexicon, the house guidance, and what is out of date."""
    references = load_references(seeds)
    documents = {
        "lexicon.json": lexicon_document(references),
        "guidance.json": house_document(references, load_guidance(seeds)),
        "currency.json": currency_document(references),
    }
    return {
        name: json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()
        for name, document in documents.items()
    }


def write_data(folder: Path, data: dict[str, bytes]) -> None:
    """Writes the files of ``data/`` into an unpacked copy of the extension."""
    (folder / "data").mkdir(parents=True, exist_ok=True)
    for name, content in data.items():
        write_whole(folder / "data" / name, content)


def firefox_manifest(manifest: dict[str, Any]) -> dict[str, Any]:
    """The manifest as Firefox wants it: an event page and a sidebar instead of a side panel."""
    adapted = {key: value for key, value in manifest.items() if key not in _CHROMIUM_ONLY}
    return {
        **adapted,
        "background": {"scripts": [manifest["background"]["service_worker"]], "type": "module"},
        "permissions": [one for one in manifest["permissions"] if one != "sidePanel"],
        "sidebar_action": {
            "default_panel": manifest["side_panel"]["default_path"],
            "default_title": manifest["name"],
            "default_icon": manifest["icons"],
            "open_at_install": False,
        },
        "browser_specific_settings": _GECKO,
    }


_CHROMIUM_ONLY = {"side_panel", "minimum_chrome_version"}


def shipped_files() -> Iterator[Path]:
    """The extension's own files that ship, in a fixed order, without its data."""
    for path in sorted(EXTENSION.rglob("*")):
        inside = path.relative_to(EXTENSION)
        if inside.parts[0] == "data" or inside.name in {"manifest.json", *_UNSHIPPED}:
            continue
        if path.is_file() and path.suffix in _SHIPPED:
            yield path


def shipped(path: Path) -> bytes:
    """A file's bytes as they ship; names and statements of a script stay as they are."""
    if path.name in (*PAGE_SCRIPTS, *MARK_SCRIPTS):
        return str(rjsmin.jsmin(path.read_text("utf-8"))).encode()
    return path.read_bytes()


def write_archive(archive: Path, manifest: dict[str, Any], data: dict[str, bytes]) -> None:
    """Writes one archive, whole or not at all; the same input gives the same bytes."""
    contents = {
        "manifest.json": json.dumps(manifest, ensure_ascii=False, indent=2).encode(),
        **{path.relative_to(EXTENSION).as_posix(): shipped(path) for path in shipped_files()},
        **{f"data/{name}": content for name, content in data.items()},
    }
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as made:
        for name, content in contents.items():
            entry = zipfile.ZipInfo(name, _STAMP)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            made.writestr(entry, content, compresslevel=9)
    write_whole(archive, packed.getvalue())
