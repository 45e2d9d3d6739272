"""Grouping stored pages: which say the same, which are one template for another lender.

What people decided (``bonds``) outweighs the verdicts. One new page costs a few indexed
look-ups: pages with the same exact hash, then those that share sampled shingle keys with it.
The keys that many pages share (site boilerplate) are read only up to a bound. Clusters
follow from the pairs alone, so the order in which pages arrive does not matter.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import (
    Connection,
    bindparam,
    select,
)

from crawler.dedup import (
    WITNESSES,
    Edge,
    Fingerprint,
    Relation,
    compare,
    find_fingerprint,
    find_most_complete,
    find_representative,
)
from crawler.dedup.constraints import find_constrained_clusters
from crawler.model import Mention
from crawler.store.bonds import has_bonds, read_bonds
from crawler.store.groups import chosen, cluster_of, in_parts, read_members
from crawler.store.neighbours import (
    cluster_leads,
    find_component,
    has_pairs_outside,
    is_decided,
    most_complete,
    texts_of,
)
from crawler.store.postings import (
    exact_number,
    find_candidates,
    find_first_twins,
    find_twins,
    forget,
    remember,
    write_pairs,
)
from crawler.store.tables import (
    COPIES,
    PAGE_LENDERS,
    PAGES,
    SIBLINGS,
)
from crawler.store.writes import Transaction

_MAX_SIBLINGS = 24
_KEPT_FINGERPRINTS = 1024  # of 10 KB each; candidates of one page are mostly those of the next

_KEPT_RELATIONS = 65_536

# Made once: making a statement costs more than running it.
_VERSIONS = select(PAGES.c.id, PAGES.c.content_hash, PAGES.c.record_hash).where(
    PAGES.c.id.in_(bindparam("pages", expanding=True))
)


@dataclass(frozen=True, slots=True)
class Grouped:
    """What grouping a page found: ids of pages that say the same, and of its siblings."""

    copies: tuple[int, ...]
    siblings: tuple[int, ...]


class Grouping:
    """Groups pages as they are saved; ``places`` are names that differ between templates."""

    def __init__(self, places: frozenset[str] = frozenset()) -> None:
        self._places = places
        self._known: OrderedDict[tuple[int, str], Fingerprint] = OrderedDict()
        self._related: OrderedDict[tuple[str, str, str, str], Relation] = OrderedDict()

    def regroup(self, transaction: Transaction, page_id: int, at: datetime) -> Grouped:
        """Find the page's copies and siblings anew and bring its clusters up to date."""
        connection = transaction.connection
        _, before = cluster_of(connection, page_id)
        ours = self._fingerprint(connection, page_id)
        left = forget(connection, page_id)
        copies, siblings = self._relations(connection, page_id, ours)
        remember(connection, {page_id: ours})
        write_pairs(connection, COPIES.c.copy_id, [(page_id, one) for one in copies])
        write_pairs(connection, SIBLINGS.c.sibling_id, [(page_id, one) for one in siblings])
        if left is not None and left != exact_number(ours):
            # Copies of its former text may have been linked through this page alone.
            heir = next(iter(find_twins(connection, page_id, left, 1)), None)
            if heir is not None and heir > page_id:
                self.regroup(transaction, heir, at)
        if len(before) > 1 or not self._join(transaction, page_id, copies, at):
            self.recluster(transaction, {page_id, *before}, at)
        return Grouped(copies, siblings)

    def group_new(
        self, transaction: Transaction, pages: Mapping[int, Fingerprint], at: datetime
    ) -> None:
        """The same for pages stored just now in this transaction, with their fingerprints.

        Nothing is read that such pages cannot have: a signature, pairs, other members. Each is
        compared with those of lower number, as if they had been stored one after the other.
        """
        connection = transaction.connection
        remember(connection, pages)
        first = find_first_twins(connection, pages)
        found = {
            page: find_candidates(connection, page, ours.keys, newest=page)
            for page, ours in pages.items()
            if ours.bare and page not in first
        }
        known = self._fingerprints(
            connection, sorted({one for many in found.values() for one in many})
        )
        linked: list[tuple[int, int]] = []
        for page, ours in sorted(pages.items()):
            twins = (first[page],) if page in first else ()
            copies, siblings = self._compare(ours, found.get(page, ()), known)
            linked += [(page, other) for other in siblings]
            if twins or copies:
                write_pairs(connection, COPIES.c.copy_id, [(page, one) for one in twins + copies])
                if not self._join(transaction, page, twins + copies, at):
                    self.recluster(transaction, {page}, at)
        write_pairs(connection, SIBLINGS.c.sibling_id, linked)

    def _join(
        self, transaction: Transaction, page_id: int, copies: Sequence[int], at: datetime
    ) -> bool:
        """Whether the page could join its copies' cluster without looking at all members.

        This is what reclustering would find, at a cost that does not grow with the
        cluster: it holds when the copies are of one cluster that no pair leaves, and its
        representative stays.
        """
        connection = transaction.connection
        if has_bonds(connection, page_id):
            return False
        if not copies:
            return True
        leads = cluster_leads(connection, copies)
        if len(leads) != 1:
            return False
        ((cluster, lead),) = leads.items()
        if has_pairs_outside(connection, cluster, page_id):
            return False
        first = most_complete(connection, cluster)
        if len(first) <= WITNESSES or is_decided(connection, cluster):
            return False
        members = read_members(connection, [page_id, lead, *first])
        mine = members[page_id]
        stays = (
            find_representative([mine, members[lead]]) == members[lead].key
            and find_most_complete([mine, members[first[-1]]]) == members[first[-1]].key
            and mine.key > cluster
        )
        if not stays or self._relate(connection, first[0], page_id) is not Relation.SAME:
            return False
        if any(self._relate(connection, one, page_id) is Relation.SIBLING for one in first[1:]):
            return False
        transaction.group(cluster, [page_id], lead, at)
        return True

    def _relations(
        self, connection: Connection, page_id: int, ours: Fingerprint
    ) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Copies and siblings; of pages with one text only the first is compared with others."""
        if not ours.bare:
            return (), ()
        first = find_twins(connection, page_id, exact_number(ours), 1)
        if first and first[0] < page_id:
            return first, ()
        twins = find_twins(connection, page_id, exact_number(ours)) if first else ()
        found = find_candidates(connection, page_id, ours.keys)
        candidates = [one for one in found if one not in twins]
        known = self._fingerprints(connection, candidates)
        copies, siblings = self._compare(ours, candidates, known)
        return twins + copies, siblings

    def _compare(
        self, ours: Fingerprint, candidates: Sequence[int], known: Mapping[int, Fingerprint]
    ) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """The candidates that say the same, and those that are its siblings."""
        copies: list[int] = []
        siblings: list[int] = []
        for other in candidates:
            verdict = compare(ours, known[other], self._places)
            if verdict.relation is Relation.SAME:
                copies.append(other)
            elif verdict.relation is Relation.SIBLING and len(siblings) < _MAX_SIBLINGS:
                siblings.append(other)
        return tuple(copies), tuple(siblings)

    def recluster(self, transaction: Transaction, start: set[int], at: datetime) -> None:
        """Form the clusters of the pages and of all that say the same, by what is stored."""
        connection = transaction.connection
        neighbours = find_component(connection, start)
        members = read_members(connection, neighbours)
        ids = {member.key: page_id for page_id, member in members.items()}
        edges = [
            Edge(members[page].key, members[copy].key)
            for page, copies in neighbours.items()
            for copy in copies
            if page < copy
        ]
        bonds = read_bonds(connection, {page: member.key for page, member in members.items()})

        prints: dict[int, Fingerprint] = {}

        def relate(first: str, second: str) -> Relation:
            if not prints:
                prints.update(self._fingerprints(connection, sorted(members)))
            return self._verdict(prints[ids[first]], prints[ids[second]])

        texts = texts_of(connection, members) if bonds.apart or bonds.hosts else {}
        leads = find_constrained_clusters(
            {m.key: m for m in members.values()}, edges, relate, bonds, texts
        )
        wanted = {leads[members[page].key]: page for page in chosen(connection, members)}
        clusters: dict[str, list[str]] = {}
        for key, lead in leads.items():
            clusters.setdefault(lead, []).append(key)
        for lead, keys in sorted(clusters.items()):
            shown = wanted.get(lead, ids[lead])
            transaction.group(min(keys), [ids[key] for key in keys], shown, at)

    def _relate(self, connection: Connection, first: int, second: int) -> Relation:
        known = self._fingerprints(connection, [first, second])
        return self._verdict(known[first], known[second])

    def _verdict(self, one: Fingerprint, two: Fingerprint) -> Relation:
        """The relation of two pages; those of a much copied text are asked for time and again."""
        pair = (one.digest, one.title, two.digest, two.title)
        known = self._related.get(pair)
        if known is None:
            known = self._related[pair] = compare(one, two, self._places).relation
            if len(self._related) > _KEPT_RELATIONS:
                self._related.popitem(last=False)
        return known

    def _fingerprint(self, connection: Connection, page_id: int) -> Fingerprint:
        return self._fingerprints(connection, [page_id])[page_id]

    def _fingerprints(self, connection: Connection, pages: Sequence[int]) -> dict[int, Fingerprint]:
        found: dict[int, Fingerprint] = {}
        for part in in_parts(pages):
            for row in connection.execute(_VERSIONS, {"pages": part}):
                version = (row.id, row.content_hash + row.record_hash)
                known = self._known.get(version)
                if known is None:
                    known = self._known[version] = _read_fingerprint(connection, row.id)
                    if len(self._known) > _KEPT_FINGERPRINTS:
                        self._known.popitem(last=False)
                found[row.id] = known
        return found


def _read_fingerprint(connection: Connection, page_id: int) -> Fingerprint:
    columns = (PAGES.c.title, PAGES.c.blocks, PAGES.c.mentions)
    row = connection.execute(select(*columns).where(PAGES.c.id == page_id)).one()
    query = select(PAGE_LENDERS.c.lender).where(PAGE_LENDERS.c.page_id == page_id)
    about = connection.execute(query.order_by(PAGE_LENDERS.c.position)).scalars()
    mentions = [Mention(*mention) for mention in row.mentions]
    return find_fingerprint(
        row.title, "\n".join(block[1] for block in row.blocks), mentions, list(about)
    )
