"""Log lines for machines."""

from __future__ import annotations

import json
import logging
import sys

import click
import pytest
from click.testing import CliRunner

from crawler.cli.messages import tell
from crawler.logs import JsonFormatter


def _record(message: str, *values: object, **extra: object) -> dict[str, object]:
    logger = logging.getLogger("zhiquan.access")
    record = logger.makeRecord(
        "zhiquan.access", logging.WARNING, "f.py", 1, message, values, None, extra=extra
    )
    line: dict[str, object] = json.loads(JsonFormatter().format(record))
    return line


def test_a_record_is_one_json_object_with_its_fields() -> None:
    line = _record("%s\n%s", "一", "二", status=404)
    assert (line["level"], line["logger"]) == ("warning", "zhiquan.access")
    assert (line["message"], line["status"]) == ("一\n二", 404)
    assert str(line["time"]).endswith("+00:00")
    assert line.keys() == {"time", "level", "logger", "message", "status"}


def test_an_exception_is_a_field_of_the_same_line() -> None:
    try:
        raise ValueError("no")
    except ValueError:
        record = logging.LogRecord("a", logging.ERROR, "f.py", 1, "failed", (), sys.exc_info())
    formatted = JsonFormatter().format(record)
    assert "\n" not in formatted
    assert json.loads(formatted)["exception"].endswith("ValueError: no")


@pytest.mark.parametrize("form", ["json", "text", None])
def test_what_a_command_tells_is_a_line_for_machines_when_asked(
    form: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("ZHIQUAN_LOG_FORMAT", raising=False)
    if form:
        monkeypatch.setenv("ZHIQUAN_LOG_FORMAT", form)

    @click.command("crawl")
    def command() -> None:
        tell("3 页\n失败")

    said = CliRunner().invoke(command).stderr
    if form == "json":
        line = json.loads(said)
        assert (line["logger"], line["message"]) == ("zhiquan.crawl", "3 页\\n失败")
    else:
        assert said == "3 页\\n失败\n"
