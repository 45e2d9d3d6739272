"""Tokens, sessions, the service's secret, and readers' reports."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select, update

from crawler.errors import DecisionError
from crawler.model import CuratedArticle, RejectionReason
from crawler.store import Store
from crawler.store.access import (
    SESSION_DAYS,
    check_token,
    end_session,
    keep_secret,
    list_tokens,
    make_token,
    revoke_token,
    session_label,
    start_session,
)
from crawler.store.audit import list_entries
from crawler.store.feedback import add_report, list_reports, settle_report
from crawler.store.frontier import Frontier
from crawler.store.runs import find_run, list_runs
from crawler.store.tables import SESSIONS, TOKENS
from crawler.store.writes import uid_of
from crawler.vocabulary import ReportKind

MakePage = Callable[..., CuratedArticle]
DAY = date(2026, 11, 22)


def test_a_token_is_stored_as_a_digest_and_works_until_it_is_revoked(store: Store) -> None:
    secret = make_token(store, "甲")
    with store.reading() as reader:
        rows = reader.connection.execute(select(TOKENS)).all()
    assert secret not in repr(rows)
    assert check_token(store, secret) == "甲"
    assert check_token(store, secret[:-1]) is None
    assert check_token(store, "") is None
    assert list_tokens(store)[0].used_at is not None
    session = start_session(store, "甲")
    assert revoke_token(store, "甲")
    assert not revoke_token(store, "甲")
    assert check_token(store, secret) is None
    assert session_label(store, session) is None
    assert [one.kind.value for one in list_entries(store, 9)] == ["token_revoked", "token_made"]


@pytest.mark.parametrize("label", ["", "  ", "a\nb", "长" * 81])
def test_a_label_must_name_somebody(store: Store, label: str) -> None:
    with pytest.raises(DecisionError):
        make_token(store, label)


def test_a_label_is_free_again_once_its_token_is_revoked(store: Store) -> None:
    first = make_token(store, "甲")
    with pytest.raises(DecisionError):
        make_token(store, " 甲 ")
    revoke_token(store, "甲")
    second = make_token(store, "甲")
    assert (check_token(store, first), check_token(store, second)) == (None, "甲")
    assert len(list_tokens(store)) == 2


def test_a_session_ends_when_asked_and_by_its_age(store: Store) -> None:
    make_token(store, "甲")
    one, other = start_session(store, "甲"), start_session(store, "甲")
    end_session(store, one)
    assert (session_label(store, one), session_label(store, other)) == (None, "甲")
    long_ago = datetime.now(UTC) - timedelta(days=SESSION_DAYS, minutes=1)
    with store.begin() as transaction:
        transaction.connection.execute(update(SESSIONS).values(started_at=long_ago))
    assert session_label(store, other) is None
    with pytest.raises(DecisionError):
        start_session(store, "乙")


def test_a_secret_is_made_once(store: Store) -> None:
    assert keep_secret(store, "key", "first") == "first"
    assert keep_secret(store, "key", "second") == "first"
    assert keep_secret(store, "other", "second") == "second"


def test_reports_are_counted_by_day_until_somebody_sees_to_them(
    store: Store, make_page: MakePage
) -> None:
    with store.begin() as transaction:
        uid = transaction.save(make_page()).uid
        hidden = make_page(
            "广告。", url="https://a.example/2", rejected=RejectionReason.LOAN_ADVERT
        )
        rejected = transaction.save(hidden).uid
    assert not add_report(store, rejected, ReportKind.OUTDATED, DAY)
    assert not add_report(store, uid_of("nowhere"), ReportKind.OUTDATED, DAY)
    for kind, day in (("outdated", 0), ("outdated", 0), ("outdated", 1), ("not_useful", 0)):
        assert add_report(store, uid, ReportKind(kind), DAY + timedelta(days=day))
    found = [(one.kind.value, one.day, one.count) for one in list_reports(store, uid)]
    assert found == [
        ("outdated", DAY + timedelta(days=1), 1),
        ("not_useful", DAY, 1),
        ("outdated", DAY, 2),
    ]
    first = list_reports(store, uid)[-1]
    assert settle_report(store, first.id, "甲")
    assert not settle_report(store, first.id, "甲")
    assert add_report(store, uid, ReportKind.OUTDATED, DAY)
    assert [one.count for one in list_reports(store, uid) if one.day == DAY] == [1, 1]
    assert len(list_reports(store, uid, open_only=False)) == 4


def test_runs_are_listed_newest_first(store: Store) -> None:
    now = datetime(2026, 11, 22, tzinfo=UTC)
    for source in ("one", "two"):
        Frontier.begin(store, source, [], now).finish({"kept": 3}, now)
    newest = Frontier.begin(store, "one", [], now).run
    assert [run.run for run in list_runs(store, 9)] == [newest, newest - 1, newest - 2]
    assert [run.source for run in list_runs(store, 9, before=newest)] == ["two", "one"]
    assert [run.run for run in list_runs(store, 9, source="two")] == [newest - 1]
    found = find_run(store, newest - 1)
    assert found is not None
    assert found.summary == {"kept": 3}
    assert find_run(store, newest + 1) is None
