"""Requests out, answers in: the Scrapy spider of a source."""
