"""The option that ``crawl`` and ``recurate`` share: which sources publish by themselves."""

from __future__ import annotations

import click

from crawler.errors import ConfigError
from crawler.publication import PUBLISHING, parse_trusts
from crawler.sources import SourceTrust

_DEFAULT = ",".join(trust.value for trust in SourceTrust if trust in PUBLISHING)


def _read(
    _context: click.Context, _parameter: click.Parameter, value: str
) -> frozenset[SourceTrust]:
    try:
        return parse_trusts(value)
    except ConfigError as error:
        raise click.BadParameter(str(error)) from error


PUBLISH_OPTION = click.option(
    "--publish",
    "publishing",
    envvar="ZHIQUAN_PUBLISH_TRUSTS",
    show_envvar=True,
    default=_DEFAULT,
    show_default=True,
    metavar="TRUSTS",
    callback=_read,
    help="Sources of these trusts publish by themselves; pages of others wait in the desk.",
)
