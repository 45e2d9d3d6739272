"""``zhiquan desk``: who may use the curator's desk."""

from __future__ import annotations

from datetime import datetime

import click

from crawler.cli.database import DATABASE_OPTION, open_store
from crawler.cli.messages import PAGE_FAILED, fail, reporting_faults, tell
from crawler.store.access import list_tokens, make_token, revoke_token


@click.group()
def desk() -> None:
    """Tokens for the curator's desk (/desk of the service)."""


@desk.command()
@click.argument("label")
@DATABASE_OPTION
@reporting_faults
def token(label: str, database: str) -> None:
    """Makes a token named LABEL and prints its secret, which is shown this once.

    LABEL stands beside every decision made with the token: take a person's name or role.
    """
    with open_store(database, writable=True) as store:
        secret = make_token(store, label)
        if store.is_new:
            tell(f"{store.name}: made, and empty until something is crawled or imported")
    tell(f"{label.strip()}: keep this secret; it is not stored and cannot be shown again")
    click.echo(secret)


@desk.command()
@DATABASE_OPTION
@reporting_faults
def tokens(database: str) -> None:
    """Lists the tokens: label, made, last used, revoked."""
    with open_store(database, writable=False) as store:
        known = list_tokens(store)
    if not known:
        tell("no tokens; make one with: zhiquan desk token LABEL")
    for one in known:
        state = f"revoked {_day(one.revoked_at)}" if one.revoked_at else "in use"
        click.echo(f"{one.label}\tmade {_day(one.made_at)}\tlast used {_day(one.used_at)}\t{state}")


@desk.command()
@click.argument("label")
@DATABASE_OPTION
@reporting_faults
def revoke(label: str, database: str) -> None:
    """Revokes the token named LABEL and ends every session begun with it."""
    with open_store(database, writable=True, new=False) as store:
        if not revoke_token(store, label):
            fail(f"{label}: no token in use has this label; see: zhiquan desk tokens", PAGE_FAILED)
    tell(f"{label}: revoked")


def _day(moment: datetime | None) -> str:
    return f"{moment:%Y-%m-%d}" if moment else "never"
