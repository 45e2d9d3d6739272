"""The text of one line as it is read: its spaces, and the seams between labels that touch."""

from __future__ import annotations

import re

SEAM = "\x01"  # stands where one span touches the next while a line is read
FEWEST_LABELS = 5  # touching spans that a reader sees apart, when each is a label
FEWEST_TITLES, MEAN_TITLE = 4, 9  # the same when they are as long as titles, in code points
SHORTEST_LABEL, LONGEST_LABEL = 4, 45  # code points

_PUNCTUATION = re.compile("[。，、；：]|[,;](?=\\s)")
_SENTENCE = re.compile(f"。|[，、；：,;](?:{SEAM}|$)|{SEAM}[，、；：,;]")
_INVISIBLE = re.compile("[\x01\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff\u00ad]")


def part_labels(text: str) -> str:
    """The line with spaces between touching spans when each is a label of its own.

    Spans also divide sentences, where an editor changed the type; those have punctuation.
    """
    labels = [label.strip() for label in text.split(SEAM)]
    fit = all(SHORTEST_LABEL <= len(label) <= LONGEST_LABEL for label in labels)
    if not fit or len(labels) < FEWEST_TITLES or _SENTENCE.search(text):
        return text
    short = len(labels) >= FEWEST_LABELS and not _PUNCTUATION.search(text)
    long = sum(map(len, labels)) >= MEAN_TITLE * len(labels)
    return text.replace(SEAM, " ") if short or long else text


def tidy(text: str) -> str:
    """The text with single spaces, without characters that show nothing."""
    # Of what shows nothing or parts words only the plain space is printable.
    if text.isprintable() and "  " not in text and text[:1] != " " and text[-1:] != " ":
        return text
    text = _INVISIBLE.sub("", text)
    return " ".join(text.split())
