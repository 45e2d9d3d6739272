"""Who may use the desk: tokens, sessions, and the secret that cookies are signed with.

Of tokens and sessions only digests are stored: whoever reads the database cannot log in.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, delete, insert, select, update

from crawler.errors import DecisionError
from crawler.store.audit import add_entry
from crawler.store.engine import Store
from crawler.store.tables import SECRETS, SESSIONS, TOKENS
from crawler.vocabulary import AuditKind

SESSION_DAYS = 30
"""Days after which a session ends by itself, however much it is used."""

_BYTES = 32  # of a token and of a session: beyond guessing
_LONGEST = 80  # code points of a label


@dataclass(frozen=True, slots=True)
class Token:
    """A token as it is listed; ``used_at`` is when somebody last logged in with it."""

    label: str
    made_at: datetime
    used_at: datetime | None
    revoked_at: datetime | None


def make_token(store: Store, label: str, by: str = "cli") -> str:
    """The secret of a new token, which nothing can show again.

    Raises ``DecisionError`` when the label is empty, too long or in use.
    """
    label = label.strip()
    if not label or len(label) > _LONGEST or not label.isprintable():
        raise DecisionError(f"{label!r}: give a label of 1 to {_LONGEST} printable characters")
    secret = secrets.token_urlsafe(_BYTES)
    with store.begin() as transaction:
        connection = transaction.connection
        if _live(connection, label) is not None:
            raise DecisionError(f"{label}: a token has this label; revoke it, or give another")
        values = {"label": label, "hash": _digest(secret), "made_at": datetime.now(UTC)}
        connection.execute(insert(TOKENS).values(values))
        add_entry(connection, AuditKind.TOKEN_MADE, by, detail=label)
    return secret


def revoke_token(store: Store, label: str, by: str = "cli") -> bool:
    """Whether a token had this label and can no longer be used, nor any session begun with it."""
    with store.begin() as transaction:
        connection = transaction.connection
        number = _live(connection, label.strip())
        if number is None:
            return False
        change = update(TOKENS).where(TOKENS.c.id == number)
        connection.execute(change.values(revoked_at=datetime.now(UTC)))
        connection.execute(delete(SESSIONS).where(SESSIONS.c.token_id == number))
        add_entry(connection, AuditKind.TOKEN_REVOKED, by, detail=label.strip())
    return True


def check_token(store: Store, secret: str) -> str | None:
    """The label of the token with this secret; ``None`` when there is none or it was revoked.

    The digest is looked up, so the time taken tells nothing of a secret that is almost right.
    """
    valid = (TOKENS.c.hash == _digest(secret)) & TOKENS.c.revoked_at.is_(None)
    with store.reading() as reader:
        if reader.connection.execute(select(TOKENS.c.id).where(valid)).first() is None:
            return None  # without a write, so that guesses cannot hold up a crawl
    with store.begin() as transaction:
        change = update(TOKENS).where(valid).values(used_at=datetime.now(UTC))
        statement = change.returning(TOKENS.c.label)
        found = transaction.connection.execute(statement).scalar_one_or_none()
    return None if found is None else str(found)


def list_tokens(store: Store) -> list[Token]:
    """Every token ever made, oldest first."""
    columns = (TOKENS.c.label, TOKENS.c.made_at, TOKENS.c.used_at, TOKENS.c.revoked_at)
    with store.reading() as reader:
        rows = reader.connection.execute(select(*columns).order_by(TOKENS.c.id))
        return [Token(*row) for row in rows]


def start_session(store: Store, label: str) -> str:
    """The id of a new session of the token's holder. Raises ``DecisionError`` without a token."""
    identifier, now = secrets.token_urlsafe(_BYTES), datetime.now(UTC)
    with store.begin() as transaction:
        connection = transaction.connection
        number = _live(connection, label)
        if number is None:
            raise DecisionError(f"{label}: no token has this label")
        connection.execute(delete(SESSIONS).where(SESSIONS.c.started_at < _oldest(now)))
        values = {"hash": _digest(identifier), "token_id": number, "started_at": now}
        connection.execute(insert(SESSIONS).values(values))
    return identifier


def end_session(store: Store, identifier: str) -> None:
    """End the session; nothing happens when there is none."""
    with store.begin() as transaction:
        mine = SESSIONS.c.hash == _digest(identifier)
        transaction.connection.execute(delete(SESSIONS).where(mine))


def session_label(store: Store, identifier: str) -> str | None:
    """The label of the session's token; ``None`` when it ended or the token was revoked."""
    query = (
        select(TOKENS.c.label)
        .join(SESSIONS, SESSIONS.c.token_id == TOKENS.c.id)
        .where(
            SESSIONS.c.hash == _digest(identifier),
            SESSIONS.c.started_at >= _oldest(datetime.now(UTC)),
            TOKENS.c.revoked_at.is_(None),
        )
    )
    with store.reading() as reader:
        found = reader.connection.execute(query).scalar_one_or_none()
    return None if found is None else str(found)


def keep_secret(store: Store, name: str, value: str) -> str:
    """The secret kept under this name: ``value`` when there was none."""
    with store.begin() as transaction:
        connection = transaction.connection
        query = select(SECRETS.c.value).where(SECRETS.c.name == name)
        found = connection.execute(query).scalar_one_or_none()
        if found is None:
            connection.execute(insert(SECRETS).values(name=name, value=value))
    return value if found is None else str(found)


def _live(connection: Connection, label: str) -> int | None:
    query = select(TOKENS.c.id).where(TOKENS.c.label == label, TOKENS.c.revoked_at.is_(None))
    return connection.execute(query).scalar_one_or_none()


def _oldest(now: datetime) -> datetime:
    return now - timedelta(days=SESSION_DAYS)


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
