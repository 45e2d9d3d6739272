"""Whether two articles say the same thing about the same lender, and who belongs together.

``find_fingerprint`` reduces an article to comparable text and sampled keys, ``compare``
gives the verdict on a pair, ``find_clusters`` groups pages by their verdicts. All three are
pure: the same input gives the same output, in whatever order pages arrive.
"""

from crawler.dedup.clusters import (
    WITNESSES,
    Edge,
    Member,
    count_outdated,
    count_structure,
    find_clusters,
    find_most_complete,
    find_representative,
)
from crawler.dedup.fingerprint import Fingerprint, find_fingerprint, fingerprint_of
from crawler.dedup.index import MAX_POSTINGS, KeyIndex, rank_candidates
from crawler.dedup.verdict import Relation, Verdict, compare

__all__ = [
    "MAX_POSTINGS",
    "WITNESSES",
    "Edge",
    "Fingerprint",
    "KeyIndex",
    "Member",
    "Relation",
    "Verdict",
    "compare",
    "count_outdated",
    "count_structure",
    "find_clusters",
    "find_fingerprint",
    "find_most_complete",
    "find_representative",
    "fingerprint_of",
    "rank_candidates",
]
