"""Files that commands write, checked before the work whose result they hold."""

from __future__ import annotations

import os
from pathlib import Path

from crawler.errors import ConfigError


def check_target(file: Path) -> None:
    """Raises ``ConfigError`` when the file could not be written: a crawl may take hours."""
    folder = file.absolute().parent
    if not folder.is_dir():
        raise ConfigError(f"{file}: its folder does not exist; create {file.parent} first")
    if not os.access(file if file.exists() else folder, os.W_OK):
        raise ConfigError(f"{file}: may not be written; change its permissions or give another")


def write_whole(file: Path, content: bytes) -> None:
    """Write the file whole or not at all, unless it is a device or a pipe.

    Raises ``ConfigError`` when that fails; a file that was there before is left as it was.
    """
    odd = file.exists() and not file.is_file()
    place = Path(os.path.realpath(file))  # a link stays one
    target = place if odd else place.with_name(f".{place.name}.partial")
    try:
        target.write_bytes(content)
        if not odd:
            target.replace(place)
    except OSError as error:
        if not odd:
            target.unlink(missing_ok=True)
        raise ConfigError(f"{file}: cannot be written: {error.strerror or error}") from error
