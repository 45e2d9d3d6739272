"""``zhiquan check-seeds``: all faults of the reference data at once."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from crawler.cli.inputs import SEEDS_OPTION
from crawler.cli.messages import PAGE_FAILED, counted, reporting_faults, tell
from crawler.errors import ConfigError, SeedError
from crawler.seeds import check_seeds as find_faults
from crawler.seeds import seeds_folder
from crawler.sources import load_sources


@click.command("check-seeds")
@SEEDS_OPTION
@reporting_faults
def check_seeds(seeds: Path | None) -> None:
    """Validates the reference data and shows every fault with its file and key."""
    folder = seeds or seeds_folder()
    faults = [*find_faults(folder), *_source_faults(folder)]
    for fault in faults:
        tell(fault)
    tell(f"{folder}: {counted(len(faults), 'fault') if faults else 'no faults'}")
    sys.exit(PAGE_FAILED if faults else 0)


def _source_faults(folder: Path) -> tuple[str, ...]:
    try:
        load_sources(folder / "sources.toml")
    except SeedError as error:
        return error.faults
    except ConfigError as error:
        return (str(error),)
    return ()
