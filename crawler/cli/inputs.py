"""The arguments that ``extract`` and ``import`` share: which pages, and what HTTP said of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import wraps
from pathlib import Path
from typing import TypeVar

import click

from crawler.cli.messages import tell
from crawler.reading import Fault, Planned, plan_pages
from crawler.seeds import seeds_folder
from crawler.sources import is_web_address, load_sources, trust_ranks

_R = TypeVar("_R")

SEEDS_OPTION = click.option(
    "--seeds",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Another folder of reference data than the bundled one.",
)


def bundled_ranks(seeds: Path | None) -> dict[str, int]:
    """Source id -> rank of its trust, for the sources of the reference data."""
    return trust_ranks(load_sources((seeds or seeds_folder()) / "sources.toml"))


@dataclass(frozen=True, slots=True)
class PageInput:
    """What the user named on the command line."""

    paths: tuple[str, ...]
    manifest: Path | None
    url: str | None
    content_type: str | None

    def planned(self) -> list[Planned | Fault]:
        """The pages in order, with the address and type given on the command line.

        Raises ``click.UsageError`` when no page is named, one address is given to many, or it
        is none.
        """
        if not self.paths and self.manifest is None:
            raise click.UsageError("name at least one PATH, or a --manifest")
        if self.url is not None and not is_web_address(self.url):
            raise click.UsageError(f"--url {self.url!r} is not a web address")
        planned = plan_pages(self.paths, self.manifest)
        if not planned:
            tell(f"{self.manifest}: names no page")
        if self.url is not None and len(planned) != 1:
            raise click.UsageError(f"--url fits one page, and there are {len(planned)}")
        return [self._informed(one) if isinstance(one, Planned) else one for one in planned]

    def _informed(self, planned: Planned) -> Planned:
        return replace(
            planned,
            url=self.url or planned.url,
            content_type=self.content_type or planned.content_type,
        )


def page_input(command: Callable[..., _R]) -> Callable[..., _R]:
    """The command with PATH, --manifest, --url and --content-type gathered as ``pages``."""

    @click.argument("paths", nargs=-1, metavar="[PATH]...")
    @click.option(
        "--manifest",
        type=click.Path(exists=True, dir_okay=False, path_type=Path),
        help="JSON lines that tell each page's url and content_type.",
    )
    @click.option("--url", help="The page's address, when PATH is one page.")
    @click.option("--content-type", help="The Content-Type that HTTP gave for the pages.")
    @wraps(command)
    def gathered(
        paths: tuple[str, ...],
        manifest: Path | None,
        url: str | None,
        content_type: str | None,
        **options: object,
    ) -> _R:
        return command(pages=PageInput(paths, manifest, url, content_type), **options)

    return gathered
