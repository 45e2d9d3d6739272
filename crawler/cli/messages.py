"""What commands tell a person: one line each on standard error; JSON lines on standard output."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from functools import wraps
from pathlib import Path
from typing import NoReturn, ParamSpec, TypeVar

import click
import orjson

from crawler.errors import ConfigError, CurationError, SeedError
from crawler.logs import FORMATS, log_line

_P = ParamSpec("_P")
_R = TypeVar("_R")

PAGE_FAILED = 1  # exit status: some page failed
BAD_USAGE = 2  # exit status: the command itself cannot run


def tell(message: str) -> None:
    """Writes one line to standard error, its line breaks and control characters made visible.

    With ``ZHIQUAN_LOG_FORMAT=json`` the line is a JSON object that a log collector reads.
    """
    plain = printable(message)
    if os.environ.get("ZHIQUAN_LOG_FORMAT") == "json":
        context = click.get_current_context(silent=True)
        name = f"zhiquan.{context.info_name}" if context else "zhiquan"
        click.echo(log_line("info", name, plain), nl=False, err=True)
    else:
        click.echo(plain, err=True)


def check_log_format() -> None:
    """Ends the command when ``ZHIQUAN_LOG_FORMAT`` names no format."""
    said = os.environ.get("ZHIQUAN_LOG_FORMAT", "text")
    if said not in FORMATS:
        fail(f"ZHIQUAN_LOG_FORMAT={said!r}: give {' or '.join(FORMATS)}")


def printable(message: str) -> str:
    """``message`` on one line, control characters and lone surrogates spelled out."""
    return "".join(
        one if one.isprintable() else one.encode("unicode_escape").decode("ascii")
        for one in message
    )


def counted(number: int, one: str, several: str = "") -> str:
    """The number with its noun: 1 page, 2 pages; ``several`` where more than an s differs."""
    return f"{number} {one if number == 1 else several or one + 's'}"


def encode_line(line: Mapping[str, object]) -> bytes:
    """One JSON line in UTF-8, with its line break."""
    try:
        return orjson.dumps(line, option=orjson.OPT_APPEND_NEWLINE)
    except TypeError:  # a lone surrogate, from an undecodable file name or a broken escape
        return orjson.dumps(_well_formed(line), option=orjson.OPT_APPEND_NEWLINE)


def _well_formed(value: object) -> object:
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode("utf-8")
    if isinstance(value, Mapping):
        return {str(key): _well_formed(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_well_formed(one) for one in value]
    return value


def write_line(encoded: bytes) -> None:
    """Writes a JSON line to standard output at once, so that readers of a pipe see it."""
    sys.stdout.buffer.write(encoded)
    sys.stdout.buffer.flush()


def fail(message: str, status: int = BAD_USAGE) -> NoReturn:
    """Ends the command with one line on standard error."""
    tell(message)
    sys.exit(status)


def reporting_faults(command: Callable[_P, _R]) -> Callable[_P, _R]:
    """The command, with faults shown as lines on standard error and exit status 2.

    Faults are every ``CurationError``, and what the machine refuses: a full or read-only disk.
    """

    @wraps(command)
    def run(*args: _P.args, **kwargs: _P.kwargs) -> _R:
        try:
            return command(*args, **kwargs)
        except SeedError as error:
            for line in error.faults:
                tell(line)
            sys.exit(BAD_USAGE)
        except ConfigError as error:
            for line in str(error).splitlines():
                tell(line)
            sys.exit(BAD_USAGE)
        except CurationError as error:
            fail(str(error))
        except BrokenPipeError:
            raise  # the reader of our output has gone; click ends in silence
        except OSError as error:
            if error.filename is None:
                _give_output_up()
            fail(f"{error.filename or 'writing failed'}: {error.strerror or error}")

    return run


def _give_output_up() -> None:
    """Let Python end without writing again what standard output would not take."""
    with Path(os.devnull).open("wb") as nowhere:
        os.dup2(nowhere.fileno(), 1)
