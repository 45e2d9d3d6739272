"""``zhiquan serve``: the API under gunicorn. The only part of the crawler that knows the API."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from crawler.cli.database import DATABASE_OPTION, DEFAULT_DATABASE
from crawler.cli.inputs import SEEDS_OPTION
from crawler.cli.messages import reporting_faults


@click.command()
@DATABASE_OPTION
@click.option("--host", help="Address to listen on; 127.0.0.1 when absent.")
@click.option("--port", type=click.IntRange(0, 65535), help="8000 when absent; 0 takes a free one.")
@click.option("--server", type=click.Choice(["gunicorn", "granian"]), help="gunicorn when absent.")
@SEEDS_OPTION
@reporting_faults
def serve(
    database: str, host: str | None, port: int | None, server: str | None, seeds: Path | None
) -> None:
    """The API, reader and desk under a production WSGI server.

    Its other settings are environment variables; the README lists them.
    """
    from api.config import load_config
    from api.server import serve as run

    if database == DEFAULT_DATABASE:
        Path("var").mkdir(exist_ok=True)
    config = load_config()
    run(
        replace(
            config,
            database_url=database,
            host=host or config.host,
            port=config.port if port is None else port,
            server=server or config.server,
            seeds=seeds or config.seeds,
        )
    )
