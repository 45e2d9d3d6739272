"""What is made ready before anything is served: the address, the store and the log."""

from __future__ import annotations

import errno
import logging
import socket
import sys
from contextlib import closing
from datetime import UTC, datetime

from api.config import ApiConfig
from crawler.errors import ConfigError, StoreAddressError, StoreError
from crawler.lexicon_json import lexicon_document, part_digests
from crawler.logs import JsonFormatter
from crawler.seeds import load_references
from crawler.store import Store
from crawler.store.lexicons import remember_lexicon

SERVER_NAME = "zhiquan"  # in the Server header: what serves us is nobody's business


def bind(host: str, port: int) -> socket.socket:
    """A listening socket; raises ``ConfigError`` when the address cannot be had."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listener = socket.socket(found[0], socket.SOCK_STREAM)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(found[4])
        listener.listen(2048)
    except OSError as error:
        taken = error.errno in (errno.EADDRINUSE, errno.EACCES)
        remedy = "port" if taken else "address to listen on"
        raise ConfigError(
            f"{host}:{port}: {error.strerror or error}; give another {remedy}"
        ) from error
    return listener


def address_of(listener: socket.socket, config: ApiConfig) -> str:
    """The address under which the service can be asked."""
    host, port = listener.getsockname()[:2]
    shown = f"[{host}]" if ":" in host else host
    return f"http://{shown}:{port}{config.path_prefix}/"


def start_logging(config: ApiConfig) -> None:
    """Lines to standard error, as ``config`` wants them."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        JsonFormatter() if config.log_format == "json" else logging.Formatter("%(message)s")
    )
    logging.basicConfig(level=logging.INFO, handlers=[handler])


def prepare_store(config: ApiConfig) -> None:
    """Migrate the store before the workers open it for reading only.

    The version of the lexicon about to be served is kept there, so that later ones can be
    told as what changed since. Raises ``SeedError``, and ``StoreAddressError`` for an address
    at which there can never be a store.
    """
    document = lexicon_document(load_references(config.seeds))
    version, digests = document["version"], part_digests(document)
    try:
        with closing(Store.open(config.database_url)) as store, store.begin() as transaction:
            remember_lexicon(transaction, version, digests, datetime.now(UTC))
            if store.is_new:
                _tell(f"{store.name}: made, and empty until something is crawled or imported")
    except StoreAddressError:
        raise
    except StoreError as error:
        # A read-only copy can be served as it is; anything else shows as "not ready".
        _tell(str(error))


def _tell(message: str) -> None:
    print(f"zhiquan: {message}", file=sys.stderr, flush=True)
