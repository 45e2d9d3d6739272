"""``zhiquan demo``, which ``./dev run`` calls: sample site, crawl, API, and what to do next."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections import Counter
from types import FrameType

import click

from crawler.cli.crawl import last_port
from crawler.cli.database import DATABASE_OPTION, open_store
from crawler.cli.messages import PAGE_FAILED, counted, fail, reporting_faults
from crawler.cli.pack import EXTENSION, bundled_data, write_data
from crawler.sample_site import SampleSite

_OWN = (sys.executable, "-m", "crawler.cli")
_NAMING = "mp/weilidai.html"  # a page of the sample site that names a lender


@click.command()
@DATABASE_OPTION
@click.option("--port", type=click.IntRange(0, 65535), help="Port of the API; 0 takes a free one.")
@click.option("--once", is_flag=True, help="End after printing instead of staying until Ctrl-C.")
@reporting_faults
def demo(database: str, port: int | None, *, once: bool) -> None:
    """Crawls the bundled sample site and serves what it found."""
    with open_store(database, writable=True) as store:
        known = last_port(store, "sample")
    with SampleSite(port=known) as site:
        _crawl(database, site)
        _summarise(database)
        if _has_extension():
            write_data(EXTENSION, bundled_data(None))
        _serve(database, port, site, once=once)


def _has_extension() -> bool:
    """Whether this is the project's folder; an installed wheel has no extension."""
    return (EXTENSION / "manifest.json").is_file()


def _crawl(database: str, site: SampleSite) -> None:
    click.echo(f"Sample site: {site.address}")
    # A process of its own: a crawl forks workers, which a process with threads should not.
    command = [*_OWN, "crawl", "--source", "sample", "--site-port", str(site.port)]
    status = subprocess.run([*command, "--database", database], check=False).returncode  # noqa: S603
    if status not in {0, PAGE_FAILED}:
        fail(f"the crawl ended with status {status}", PAGE_FAILED)


def _summarise(database: str) -> None:
    groups: Counter[str] = Counter()
    titles: dict[str, str] = {}
    removed = 0
    with open_store(database, writable=False) as store, store.reading() as reader:
        counts = reader.counts()
        for stored in reader.export():
            removed += len(stored.curated.article.removed)
            if stored.curated.rejected is None:
                groups[stored.cluster] += 1
                if stored.representative:
                    titles[stored.cluster] = stored.curated.article.title or ""
    click.echo(f"Crawled: {counted(counts.pages, 'page')}")
    click.echo(f"Kept: {counted(groups.total(), 'page')} in {counted(len(groups), 'group')}")
    for reason, number in counts.rejected:
        click.echo(f"Rejected: {number} {reason}")
    blocks = counted(removed, "block")
    click.echo(f"Removed: {blocks} in and around the articles, each with its reason")
    for cluster, number in groups.most_common():
        if number > 1:
            click.echo(f"Grouped: {number} pages say the same: {titles.get(cluster, cluster)}")


def _serve(database: str, port: int | None, site: SampleSite, *, once: bool) -> None:
    signal.signal(signal.SIGTERM, _stop)
    server, address = _start(database, port)
    moved = not address and port is None
    if moved:
        server, address = _start(database, 0)
    try:
        if not address:
            fail("the API did not start", PAGE_FAILED)
        _tell_next_steps(address, site.address)
        if moved:
            click.echo(f"The usual port is taken: give {address} to the extension's options.")
        sys.stdout.flush()
        if not once:
            server.wait()
    except KeyboardInterrupt:
        click.echo("")
    finally:
        server.terminate()
        server.wait()


def _start(database: str, port: int | None) -> tuple[subprocess.Popen[str], str]:
    """The service and its address, which is empty when it could not start."""
    chosen = [] if port is None else ["--port", str(port)]
    server = subprocess.Popen(  # noqa: S603 - our own command
        [*_OWN, "serve", "--database", database, *chosen], stdout=subprocess.PIPE, text=True
    )
    return server, server.stdout.readline().strip() if server.stdout else ""


def _stop(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _tell_next_steps(address: str, site: str) -> None:
    click.echo(f"Reader: {address}   API: {address}docs")
    click.echo(f"Desk: {address}desk   (“zhiquan desk token NAME” makes a token for it)")
    if not _has_extension():
        return
    click.echo("Extension: open chrome://extensions, switch on Developer mode, choose")
    click.echo(f"  “Load unpacked” and this folder: {EXTENSION}")
    click.echo(f"Then open {site}{_NAMING}, and allow all sites on the extension's")
    click.echo("  first page or press its icon: names are marked. Ctrl-C ends everything.")
