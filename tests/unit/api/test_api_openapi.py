"""The OpenAPI document is true: it names every route, and real answers fit its schemas."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate

Json = dict[str, Any]


@pytest.fixture
def document(client: FlaskClient) -> Json:
    """The served document."""
    return client.get("/v1/openapi.json").json


def test_the_document_is_valid_openapi(document: Json) -> None:
    validate(document)
    assert document["openapi"].startswith("3.1")


def test_the_document_names_every_route_and_no_other(app: Flask, document: Json) -> None:
    routes = {
        (re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule), method.lower())
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
        if rule.rule.startswith("/v1/")
    }
    documented = {
        (path, method) for path, methods in document["paths"].items() for method in methods
    }
    assert documented == routes


def test_every_parameter_and_schema_is_used(document: Json) -> None:
    text = str(document)
    for part in ("parameters", "schemas"):
        for name in document["components"][part]:
            assert f"#/components/{part}/{name}'" in text, name


def _examples(client: FlaskClient) -> list[tuple[str, str, Json | None]]:
    guidance = client.get("/v1/guidance").json["items"][0]["id"]
    ids = {
        "/v1/lenders/{identifier}": "xiaoying-kadai",
        "/v1/lenders/{identifier}/guidance": "xiaoying-kadai",
        "/v1/guidance/{identifier}": guidance,
        "/v1/guidance/{identifier}/reports": guidance,
        "/v1/guidance/house/{identifier}": "negotiate",
        "/v1/topics/{identifier}": "negotiate",
        "/v1/statutes/{identifier}": "contract-law",
    }
    queries = {
        "/v1/search": "?q=催收",
        "/v1/search/facets": "?q=催收",
        "/v1/suggestions": "?q=xiao",
    }
    bodies = {
        "/v1/guidance/{identifier}/reports": {"kind": "outdated"},
        "/v1/citations/check": {"text": "民法典第1032条"},
        "/v1/lookup": {"urls": ["https://example.org/0"], "lenders": ["weili-dai"]},
    }
    paths = client.get("/v1/openapi.json").json["paths"]
    return [
        (
            path,
            path.replace("{identifier}", ids.get(path, "")) + queries.get(path, ""),
            bodies.get(path),
        )
        for path in paths
    ]


def test_real_answers_fit_their_schemas(client: FlaskClient, document: Json) -> None:
    for path, address, body in _examples(client):
        (operation,) = document["paths"][path].values()
        response = client.post(address, json=body) if body else client.get(address)
        assert response.status_code == 200, (path, response.text)
        schema = operation["responses"]["200"]["content"]["application/json"]["schema"]
        whole = {**schema, "components": document["components"]}
        Draft202012Validator(whole).validate(response.json)


def test_a_problem_fits_its_schema(client: FlaskClient, document: Json) -> None:
    whole = {"$ref": "#/components/schemas/Problem", "components": document["components"]}
    for address in ("/v1/guidance?limit=0", "/v1/nothing", "/v1/lenders/nobody"):
        Draft202012Validator(whole).validate(client.get(address).json)


def test_the_documentation_page_needs_nothing_from_elsewhere(client: FlaskClient) -> None:
    page = client.get("/docs").text
    assert "/v1/guidance/{identifier}" in page
    loaded = re.findall(r'(?:src|href)="([^"]+)"', page)
    assert loaded
    assert all(address.startswith("/") for address in loaded)
