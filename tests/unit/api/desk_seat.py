"""A curator before the desk, over a copy of the small store."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass, replace

from flask import Flask
from flask.testing import FlaskClient

from api.db import Database
from api.desk.session import COOKIE
from api.office import EXTENSION, Office, Room
from api.security import secure
from crawler.store import Store
from crawler.store.access import make_token

FIELD = re.compile(r'name="csrf" value="([^"]+)"')
TITLE = "遇到暴力催收先报警"


@dataclass
class Seat:
    """A curator before the desk."""

    app: Flask
    client: FlaskClient
    token: str
    url: str

    def close(self) -> None:
        """Closes the service's connections to the store."""
        close(self.app)

    def field(self, address: str = "/desk/login") -> str:
        """The token of the forms on a page."""
        found = FIELD.search(self.client.get(address).text)
        assert found
        return found[1]

    def log_in(self, token: str | None = None, query: str = "") -> object:
        """The answer to a login."""
        data = {"csrf": self.field(), "token": self.token if token is None else token}
        return self.client.post(f"/desk/login{query}", data=data)

    def cookie(self) -> str:
        """The session's cookie."""
        found = self.client.get_cookie(COOKIE, path="/desk")
        assert found
        return found.value

    def later(self, seconds: float) -> None:
        """Moves the desk's clock."""
        room: Room = self.app.extensions[EXTENSION]
        now = room.clock()
        self.app.extensions[EXTENSION] = replace(room, clock=lambda: now + seconds)


def uid_of(seat: Seat, title: str = TITLE) -> str:
    """The id of the page with this title."""
    items = seat.client.get("/v1/guidance").json["items"]
    return next(one["id"] for one in items if one["title"].startswith(title))


def take_seat(app: Flask, url: str) -> Seat:
    """A curator with a token before ``app``, which from now on uses the store at ``url``.

    Building the whole service takes a second, so that tests share one; nothing that it
    learnt from another store is left in it.
    """
    store = Store.open(url)
    token = make_token(store, "desk-1")
    store.close()
    known = app.extensions["zhiquan"]
    close(app)
    config = replace(known.config, database_url=url)
    app.extensions["zhiquan"] = replace(known, config=config, database=Database(url))
    now = time.time()  # stands still but for `later`, so that a busy machine refills no limit
    app.extensions[EXTENSION] = Room(Office(url, "", known.references), clock=lambda: now)
    del app.wsgi_app
    secure(app, config)
    return Seat(app, app.test_client(), token, url)


def close(app: Flask) -> None:
    """Closes the connections of a service to its store."""
    app.extensions["zhiquan"].database.close()
    app.extensions[EXTENSION].office.close()
