"""Log lines for machines: one JSON object a line, for people a plain line."""

from __future__ import annotations

import logging
from datetime import UTC, datetime

import orjson

FORMATS = ("text", "json")
_OWN = frozenset(logging.LogRecord("", 0, "", 0, "", None, None).__dict__) | {"message", "asctime"}


def log_line(level: str, logger: str, message: str, **fields: object) -> bytes:
    """One JSON line: ``time`` in UTC, ``level``, ``logger``, ``message``, then ``fields``."""
    line = {
        "time": datetime.now(UTC).isoformat(timespec="milliseconds"),
        "level": level,
        "logger": logger,
        "message": message,
    }
    return orjson.dumps(line | fields, option=orjson.OPT_APPEND_NEWLINE, default=str)


class JsonFormatter(logging.Formatter):
    """Records as ``log_line`` spells them; what ``extra`` gave become fields."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, without its line break."""
        fields = {name: value for name, value in record.__dict__.items() if name not in _OWN}
        if record.exc_info:
            fields["exception"] = self.formatException(record.exc_info)
        line = log_line(record.levelname.lower(), record.name, record.getMessage(), **fields)
        return line.decode().rstrip("\n")
