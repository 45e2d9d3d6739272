"""Where a text gives an address to get in touch at."""

from __future__ import annotations

import re
from collections.abc import Iterator

_HANDLE = re.compile(
    r"(?:微信|薇信|威信|徽信|扣扣|企鹅|(?<![a-z])(?:v信|vx|wx|qq|加v|v(?=[::号])))"
    r"(?P<gap>(?:号|群|搜索?|添加|是|为|[::]|[ ]){0,4})(?P<handle>[a-z0-9_-]{5,20})"
)
_MESSENGERS = ("微信", "薇信", "威信", "徽信", "扣扣", "企鹅", "v", "wx", "qq")
"""One of them is in whatever ``_HANDLE`` finds; looking for it first costs a tenth."""

_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_CALL = re.compile(rf"(?:咨询|联系|拨打|热线|电话|加)[::]?[ ]?{_MOBILE.pattern}")


def find_invitations(text: str) -> Iterator[re.Match[str]]:
    """Where the text gives an address to get in touch at."""
    if _MOBILE.search(text):
        yield from _CALL.finditer(text)
    if any(name in text for name in _MESSENGERS):
        yield from filter(_is_handle, _HANDLE.finditer(text))


def _is_handle(found: re.Match[str]) -> bool:
    """Whether what follows the name of a messenger is somebody's name there, not a word."""
    handle = found["handle"]
    return not handle.isalpha() or any(mark in found["gap"] for mark in "::号搜添是为")
