"""What a person decides: each a form, each kept, each to be undone."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from flask import abort, flash, redirect, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from api.desk.guards import curator
from api.desk.queue import tab_of
from api.desk.words import words
from api.knowledge import services
from api.office import room
from crawler.errors import DecisionError, StaleDecisionError
from crawler.model import RejectionReason
from crawler.store.desk import Choice, Desk
from crawler.store.feedback import settle_report
from crawler.vocabulary import DecisionKind, Publication

_LONGEST = 300  # characters of a reason
_MOST_TOPICS = 3
_MOST_LENDERS = 20


def act(uid: str, action: str) -> BaseResponse:
    """The way back to the page, after the decision that the form holds."""
    read = _FORMS.get(action)
    if read is None:
        abort(404)
    desk = room().office.desk()
    choice = read(desk)
    if choice is None:
        flash(words().say("unclear"), "bad")
        return _back(uid)
    copies = _copies(desk, uid) if choice.kind is DecisionKind.REJECT else []
    try:
        desk.decide(uid, choice, curator(), request.form.get("mark") or None)
    except StaleDecisionError:
        flash(words().say("stale"), "bad")
    except DecisionError:
        flash(words().say("impossible"), "bad")
    else:
        flash(words().say("done", what=words().name("decision", choice.kind)), "good")
        if copies:
            _tell_successor(desk, copies)
    return _back(request.form.get("back") or uid)


def _copies(desk: Desk, uid: str) -> list[str]:
    """The other pages of the page's group while it stands for them."""
    dossier = desk.dossier(uid)
    if dossier is None or not dossier.row.representative:
        return []
    return [one.uid for one in dossier.members if one.uid != uid]


def _tell_successor(desk: Desk, copies: Sequence[str]) -> None:
    """Say which copy readers see now instead of the page that was rejected."""
    for copy in copies:
        dossier = desk.dossier(copy)
        row = dossier.row if dossier else None
        if row and row.representative and row.publication is Publication.PUBLISHED:
            title = row.title or row.uid
            flash(words().say("copy_stands", title=title, host=row.host), "note")


def undo(number: int) -> BaseResponse:
    """The way back to the page whose decision is undone."""
    return _again(number, "undone_now", lambda desk: desk.undo(number, curator()))


def confirm(number: int) -> BaseResponse:
    """The way back to the page whose decision holds for today's text, too."""
    return _again(number, "confirmed", lambda desk: desk.confirm(number, curator()))


def settle(number: int) -> BaseResponse:
    """The way back to the page whose readers' report is dealt with."""
    if settle_report(room().office.store(), number, curator()):
        flash(words().say("settled"), "good")
    return _back(request.form.get("back", ""))


def _again(number: int, key: str, change: Callable[[Desk], object]) -> BaseResponse:
    try:
        change(room().office.desk())
    except DecisionError:
        flash(words().say("impossible"), "bad")
    else:
        flash(words().say(key), "good")
    return _back(request.form.get("back", ""))


def _back(uid: str) -> BaseResponse:
    tab = tab_of(request.form.get("tab")).value
    if not uid or len(uid) > 16 or not uid.isalnum():
        return redirect(url_for("desk.queue", tab=tab), 303)
    return redirect(url_for("desk.page", uid=uid, tab=tab), 303)


def _plain(kind: DecisionKind) -> Callable[[Desk], Choice]:
    return lambda _desk: Choice(kind)


def _reject(_desk: Desk) -> Choice | None:
    named = request.form.get("named", "")
    names = (named,) if named in set(RejectionReason) else ()
    reason = " ".join(request.form.get("reason", "").split())[:_LONGEST]
    return Choice(DecisionKind.REJECT, names, reason=reason) if names or reason else None


def _restore(_desk: Desk) -> Choice | None:
    number = request.form.get("block", "")
    if not number.isascii() or not number.isdigit() or len(number) > 6:
        return None
    return Choice(DecisionKind.RESTORE, removed=int(number))


def _topics(_desk: Desk) -> Choice | None:
    known = services().topics
    chosen = tuple(dict.fromkeys(request.form.getlist("topic")))
    if len(chosen) > _MOST_TOPICS or any(one not in known for one in chosen):
        return None
    return Choice(DecisionKind.TOPICS, chosen)


def _lenders(_desk: Desk) -> Choice | None:
    known = services()
    chosen = dict.fromkeys(request.form.getlist("lender"))
    added = request.form.get("add", "").strip()
    if added:
        found = known.names.find_exact(added)
        if found is None:
            return None
        chosen[found] = None
    if len(chosen) > _MOST_LENDERS or any(one not in known.lenders for one in chosen):
        return None
    return Choice(DecisionKind.LENDERS, tuple(chosen))


def _join(desk: Desk) -> Choice | None:
    """The page that the form names by its id or by the address of its page at the desk."""
    other = request.form.get("other", "").strip().partition("?")[0].rstrip("/").rpartition("/")[2]
    if not other.isalnum() or len(other) > 16 or desk.dossier(other) is None:
        return None
    return Choice(DecisionKind.JOIN, (other,))


_FORMS: dict[str, Callable[[Desk], Choice | None]] = {
    "approve": _plain(DecisionKind.APPROVE),
    "reject": _reject,
    "restore": _restore,
    "topics": _topics,
    "lenders": _lenders,
    "split": _plain(DecisionKind.SPLIT),
    "join": _join,
    "represent": _plain(DecisionKind.REPRESENT),
}
