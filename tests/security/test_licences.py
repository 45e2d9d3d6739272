"""What ships depends on nothing whose licence keeps it from being given on under Apache-2.0.

Run as a program it prints the list.
"""

from __future__ import annotations

import re
import sys
import tomllib
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
EXTRAS = ("postgres", "redis")  # what the container and the lock of the release hold

PERMISSIVE = re.compile(
    r"\b(?:MIT|MIT-0|BSD|0BSD|ISC|PSF|PSF-2\.0|CNRI-Python|ZPL|Unlicense|CC0|Zlib|HPND)\b"
    r"|\bApache|\bPython Software Foundation|\bPublic Domain|\bBSD-[23]-Clause",
    re.IGNORECASE,
)
# Weak copyleft: the library stays what it is and can be exchanged, which a wheel leaves to do.
WEAK = re.compile(r"\b(?:MPL|LGPL|Mozilla Public|Lesser General Public)", re.IGNORECASE)
STRONG = re.compile(r"\b(?:A?GPL|General Public License|Affero|SSPL|BUSL|EUPL)", re.IGNORECASE)


def names() -> list[str]:
    """The distributions of the run-time lock that are installed here."""
    lock = (ROOT / "requirements.txt").read_text("utf-8")
    found = re.findall(r"^([A-Za-z0-9_.-]+)==", lock, re.MULTILINE)
    return [one for one in dict.fromkeys(found) if _is_installed(one)]


def _is_installed(name: str) -> bool:
    try:
        distribution(name)
    except PackageNotFoundError:
        return False  # the lock is for every platform
    return True


def licence_of(name: str) -> str:
    """What the distribution says of its licence; classifiers count more than free text."""
    data = distribution(name).metadata
    expression = data.get("License-Expression")
    if expression:
        return str(expression)
    classifiers = data.get_all("Classifier") or []
    licences = [one.rsplit(" :: ", 1)[1] for one in classifiers if one.startswith("License ::")]
    return "; ".join(licences) or (data.get("License") or "").strip().split("\n")[0][:80]


def verdict(licence: str) -> str:
    """``permissive``, ``weak``, ``strong`` or ``unknown``: the worst part, the best choice."""
    ranks = ("permissive", "weak", "strong", "unknown")
    worst = ranks[0]
    for part in re.split(r"\bAND\b", licence):
        choices = [one for one in re.split(r"\bOR\b|;", part) if one.strip()] or [""]
        worst = max(worst, min(map(_verdict, choices), key=ranks.index), key=ranks.index)
    return worst


def _verdict(licence: str) -> str:
    if WEAK.search(licence):
        return "weak"
    if STRONG.search(licence):
        return "strong"
    return "permissive" if PERMISSIVE.search(licence) else "unknown"


@pytest.mark.parametrize("name", names())
def test_the_licence_of_each_dependency_fits_ours(name: str) -> None:
    assert verdict(licence_of(name)) in {"permissive", "weak"}, licence_of(name)


@pytest.mark.parametrize(
    ("licence", "expected"),
    [
        ("Apache-2.0 OR BSD-3-Clause", "permissive"),
        ("MIT License", "permissive"),
        ("LGPL-3.0-only", "weak"),
        ("GNU Lesser General Public License v3 (LGPLv3)", "weak"),
        ("MPL-2.0 AND MIT", "weak"),
        ("GPL-3.0-or-later", "strong"),
        ("GNU General Public License v3 (GPLv3)", "strong"),
        ("GNU Affero General Public License v3", "strong"),
        ("GPL-2.0 OR MIT", "permissive"),
        ("GPL-2.0 AND MIT", "strong"),
        ("MPL-2.0 AND (Apache-2.0 OR MIT)", "weak"),
        ("Proprietary", "unknown"),
        ("", "unknown"),
    ],
)
def test_licences_are_told_apart(licence: str, expected: str) -> None:
    assert verdict(licence) == expected


def test_every_direct_dependency_is_looked_at() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = [one for extra in EXTRAS for one in project["optional-dependencies"][extra]]
    direct = {re.split(r"[\[<>=~! ]", one)[0] for one in (*project["dependencies"], *extras)}
    known = {one.lower().replace("_", "-") for one in names()}
    assert {one.lower() for one in direct} <= known


def test_the_extension_ships_no_library() -> None:
    assert not (ROOT / "extension" / "node_modules").exists()
    package = (ROOT / "package.json").read_text("utf-8")
    assert '"dependencies"' not in package


if __name__ == "__main__":
    for each in names():
        sys.stdout.write(f"{each:24} {verdict(licence_of(each)):12} {licence_of(each)}\n")
