"""Settings: every field from its variable, every fault named at once."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from api.config import _PARSERS, ApiConfig, load_config
from crawler.errors import ConfigError


def test_nothing_set_gives_the_defaults() -> None:
    assert load_config({}) == ApiConfig()


def test_every_field_has_a_variable() -> None:
    assert {one.name for one in fields(ApiConfig)} == set(_PARSERS)


def test_variables_are_read(tmp_path: Path) -> None:
    found = load_config(
        {
            "ZHIQUAN_PORT": "0",
            "ZHIQUAN_PATH_PREFIX": "/zq/",
            "ZHIQUAN_TRUSTED_HOSTS": "a.example, .b.example, [::1], 知权.example",
            "ZHIQUAN_HTTPS": "yes",
            "ZHIQUAN_SEEDS": str(tmp_path),
            "ZHIQUAN_PUBLIC_URL": "https://a.example/zq/",
            "OTHER": "x",
        }
    )
    assert (found.port, found.path_prefix, found.https) == (0, "/zq", True)
    assert found.trusted_hosts == ("a.example", ".b.example", "[::1]", "知权.example")
    assert found.seeds == tmp_path
    assert found.public_url == "https://a.example/zq"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "65536"),
        ("PORT", "-1"),
        ("PORT", "http"),
        ("PORT", "\u0661"),
        ("WORKERS", "0"),
        ("SERVER", "flask"),
        ("HTTPS", "maybe"),
        ("PATH_PREFIX", "zq"),
        ("PATH_PREFIX", "/a b"),
        ("PUBLIC_URL", "a.example"),
        ("TRUSTED_HOSTS", "https://a.example"),
        ("TRUSTED_HOSTS", "a.example b.example"),
        ("TRUSTED_HOSTS", "my_api"),
        ("TRUSTED_HOSTS", "a.example:443"),
        ("DATABASE_URL", ""),
        ("SEEDS", "/no/such/folder"),
    ],
)
def test_a_bad_value_is_named_with_its_variable(name: str, value: str) -> None:
    with pytest.raises(ConfigError, match=f"ZHIQUAN_{name}="):
        load_config({f"ZHIQUAN_{name}": value})


def test_all_faults_are_told_at_once() -> None:
    with pytest.raises(ConfigError) as caught:
        load_config({"ZHIQUAN_PORT": "x", "ZHIQUAN_WORKERS": "x"})
    assert len(str(caught.value).splitlines()) == 2


@pytest.mark.parametrize("name", ["WORKER", "TIMOUT", "TRUSTED_HOST", "PUBLISH_TRUST"])
def test_a_misspelt_setting_is_told(name: str) -> None:
    with pytest.raises(ConfigError, match=f"ZHIQUAN_{name}: there is no such setting"):
        load_config({f"ZHIQUAN_{name}": "1"})


@pytest.mark.parametrize("name", ["BENCH_PAGES", "PICTURES", "REDIS_URL", "CONTACT"])
def test_variables_of_others_are_left_alone(name: str) -> None:
    assert load_config({f"ZHIQUAN_{name}": "1"}) == ApiConfig()
