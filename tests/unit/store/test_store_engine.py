"""Opening: migrations, read-only openings, and one clear line for each fault."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine

from crawler.errors import MigrationError, StoreError
from crawler.model import CuratedArticle
from crawler.store import Store, connections, engine
from crawler.store.tables import METADATA, REVISION

MakePage = Callable[..., CuratedArticle]


@pytest.fixture
def store_url(sqlite_url: str) -> str:
    """These tests look into the file."""
    return sqlite_url


@pytest.mark.parametrize("on", ["sqlite", "postgresql"])
def test_the_tables_are_what_the_migrations_make(on: str, request: pytest.FixtureRequest) -> None:
    url = request.getfixturevalue("sqlite_url" if on == "sqlite" else "postgres_database")
    Store.open(url).close()
    found = create_engine(url)
    with found.connect() as connection:
        context = MigrationContext.configure(connection)
        differences = [
            one
            for one in compare_metadata(context, METADATA)
            if not str(getattr(one[1], "name", "")).startswith("search_")
            and getattr(getattr(one[1], "table", None), "name", "") != "search_entries"
        ]
    found.dispose()
    assert differences == []


def test_a_postgres_reader_cannot_write(postgres_database: str, make_page: MakePage) -> None:
    public = Store.open_readonly(postgres_database)
    with public.reading() as reader, pytest.raises(Exception, match="read-only"):
        reader.connection.exec_driver_sql("DELETE FROM pages")
    public.close()


def test_a_writer_waits_only_so_long_on_postgres(
    postgres_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = Store.open(postgres_database)
    monkeypatch.setattr(connections, "BUSY_SECONDS", 0.05)
    impatient = Store.open(postgres_database)
    with first.begin(), pytest.raises(StoreError, match="another program"), impatient.begin():
        pass
    for store in (first, impatient):
        store.close()


def test_the_revision_is_the_newest_migration() -> None:
    config = Config()
    config.set_main_option("script_location", str(engine._MIGRATIONS))
    assert ScriptDirectory.from_config(config).get_heads() == [REVISION]


def test_opening_again_keeps_what_is_stored(store_url: str, make_page: MakePage) -> None:
    for expected in (0, 1):
        opened = Store.open(store_url)
        with opened.reading() as reader:
            assert reader.counts().pages == expected
        with opened.begin() as transaction:
            transaction.save(make_page())
        opened.close()


def test_a_readonly_store_refuses_writes(store: Store, store_url: str) -> None:
    public = Store.open_readonly(store_url)
    with pytest.raises(StoreError, match="reading only"), public.begin():
        pass
    with public.reading() as reader, pytest.raises(Exception, match="readonly"):
        reader.connection.exec_driver_sql("DELETE FROM pages")
    public.close()


def test_a_readonly_store_sees_later_writes(
    store: Store, store_url: str, make_page: MakePage
) -> None:
    public = Store.open_readonly(store_url)
    with store.begin() as transaction:
        transaction.save(make_page())
    with public.reading() as reader:
        assert reader.counts().pages == 1
    public.close()


def test_a_readonly_store_can_be_opened_after_the_writer_closed(store_url: str) -> None:
    Store.open(store_url).close()
    public = Store.open_readonly(store_url)
    with public.reading() as reader:
        assert reader.counts().pages == 0
    public.close()


def _fault(url: str, *, readonly: bool = False) -> str:
    with pytest.raises(StoreError) as caught:
        (Store.open_readonly if readonly else Store.open)(url).close()
    message = str(caught.value)
    assert "\n" not in message
    return message


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    path = tmp_path / "none" / "zhiquan.db"
    assert str(path.parent) in _fault(f"sqlite:///{path}")


def test_a_folder_is_no_database(tmp_path: Path) -> None:
    assert "is a folder" in _fault(f"sqlite:///{tmp_path}")


def test_a_missing_database_is_not_created_by_a_reader(tmp_path: Path) -> None:
    path = tmp_path / "zhiquan.db"
    assert "no such database" in _fault(f"sqlite:///{path}", readonly=True)
    assert not path.exists()


@pytest.mark.parametrize("readonly", [False, True])
def test_another_file_is_no_database(tmp_path: Path, *, readonly: bool) -> None:
    path = tmp_path / "zhiquan.db"
    path.write_bytes(b"not a database at all" * 100)
    assert "not a database" in _fault(f"sqlite:///{path}", readonly=readonly)
    assert path.read_bytes() == b"not a database at all" * 100


def test_a_damaged_database_is_told(store_url: str, make_page: MakePage) -> None:
    opened = Store.open(store_url)
    with opened.begin() as transaction:
        for number in range(50):
            transaction.save(make_page("很长的一段话。" * 200, url=f"https://a.example/{number}"))
    opened.close()
    path = Path(store_url.removeprefix("sqlite:///"))
    content = bytearray(path.read_bytes())
    content[4096 : len(content) // 2] = b"\xff" * (len(content) // 2 - 4096)
    path.write_bytes(bytes(content))
    with pytest.raises(StoreError, match=r"damaged|malformed"):
        _read_all(store_url)


def _read_all(url: str) -> None:
    opened = Store.open(url)
    try:
        with opened.reading() as reader:
            list(reader.export())
    finally:
        opened.close()


def test_a_newer_schema_is_refused(store_url: str) -> None:
    Store.open(store_url).close()
    connection = sqlite3.connect(store_url.removeprefix("sqlite:///"))
    connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.commit()
    connection.close()
    with pytest.raises(MigrationError, match="newer"):
        Store.open(store_url)
    with pytest.raises(MigrationError, match="newer"):
        Store.open_readonly(store_url)


def test_a_missing_schema_is_told_to_readers(tmp_path: Path) -> None:
    path = tmp_path / "zhiquan.db"
    sqlite3.connect(path).close()
    path.touch()
    with pytest.raises(MigrationError, match="no tables yet"):
        Store.open_readonly(f"sqlite:///{path}")


def test_a_locked_database_is_told(
    store: Store, store_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "BUSY_SECONDS", 0.05)
    impatient = Store.open(store_url)
    with store.begin(), pytest.raises(StoreError, match="another program"), impatient.begin():
        pass
    impatient.close()


@pytest.mark.parametrize(
    "url",
    [
        pytest.param("nonsense", id="no-address"),
        pytest.param("sqlite://", id="memory"),
        pytest.param("mysql://user@host/name", id="other-engine"),
        pytest.param("postgresql+nosuch://host/name", id="unknown-driver"),
    ],
)
def test_an_unusable_address_is_told(url: str) -> None:
    assert _fault(url)


def test_no_message_holds_a_password() -> None:
    assert "secret" not in _fault("mysql://user:secret@host/name")
