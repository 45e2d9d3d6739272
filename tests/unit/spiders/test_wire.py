"""Requests on their way through Redis: what comes out is what went in, and never code."""

from __future__ import annotations

import pickle

import orjson
import pytest
from scrapy import Spider
from scrapy.http import Response
from scrapy.utils.request import request_from_dict

from crawler.spiders.wire import dumps, loads, request_parts
from crawler.store.frontier import Due

DUE = Due(7, "https://a.example/催收", 2, 1, '"tag"', None, "hash")


class _Spider(Spider):
    name = "wire"

    def parse(self, response: Response) -> None:
        """Nothing."""

    def fail(self, failure: object) -> None:
        """Nothing."""


def test_a_request_survives_the_way_through_redis() -> None:
    spider = _Spider()
    request = request_from_dict(request_parts(DUE, dont_filter=True), spider=spider)
    again = request_from_dict(loads(dumps(request.to_dict(spider=spider))), spider=spider)
    assert again.to_dict(spider=spider) == request.to_dict(spider=spider)
    assert again.cb_kwargs["due"] == DUE
    assert again.headers["If-None-Match"] == b'"tag"'
    assert "If-Modified-Since" not in again.headers


def test_a_request_that_may_be_filtered_stays_so() -> None:
    request = {"cb_kwargs": {"due": DUE}, "dont_filter": False}
    assert loads(dumps(request))["dont_filter"] is False


def test_pickles_are_refused() -> None:
    with pytest.raises(orjson.JSONDecodeError):
        loads(pickle.dumps([{}, True]))
