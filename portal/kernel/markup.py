"""The one door for markup: what people typed becomes HTML here, and nothing else may be shown unescaped.

`linked` is for plain text (paragraphs of the plan, remarks): escaped, then given paragraphs, lists and links.
`rich` is for the few texts with tags of their own (rules, notices): bleach cleans and links, nh3 has the last word.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

import bleach
import nh3
from markupsafe import Markup, escape

TAGS = frozenset({"p", "br", "strong", "em", "ul", "ol", "li", "h3", "h4", "a", "blockquote"})
_REL = "nofollow noopener noreferrer"
_ADDRESS = re.compile(r"https?://[^\s<>\"'`\\\x00-\x20\u200b-\u200f\u2028-\u202e\u2066-\u2069]+", re.IGNORECASE)
_TRAILING = ".,;:!?)]}»”’"
_ITEM = re.compile(r"^\s{0,3}[-*•–]\s+(?=\S)")
_TAG = re.compile(r"</?[a-zA-Z]")
_NAME_PART = re.compile(r"[^@/?#]+", re.DOTALL)


def safe_address(address: str) -> bool:
    """True for an absolute http(s) address that names a host; `//host`, credentials and other schemes are refused."""
    try:
        parts = urlsplit(address)
        named = bool(parts.hostname) and not parts.username and not parts.password
    except ValueError:
        return False
    return named and parts.scheme in {"http", "https"} and _NAME_PART.fullmatch(parts.netloc) is not None


def _anchor(match: re.Match[str]) -> str:
    found = match.group()
    address = found.rstrip(_TRAILING)
    if not safe_address(address):
        return str(escape(found))
    rest = found[len(address) :]
    return f'<a href="{escape(address)}" rel="{_REL}">{escape(address)}</a>{escape(rest)}'


def _inline(line: str) -> str:
    pieces, at = [], 0
    for match in _ADDRESS.finditer(line):
        pieces += [str(escape(line[at : match.start()])), _anchor(match)]
        at = match.end()
    return "".join([*pieces, str(escape(line[at:]))])


def _block(lines: list[str]) -> str:
    items = [_ITEM.match(line) for line in lines]
    if not all(items):
        return f"<p>{'<br>'.join(_inline(line) for line in lines)}</p>"
    inner = "".join(f"<li>{_inline(line[m.end() :])}</li>" for line, m in zip(lines, items, strict=True) if m)
    return f"<ul>{inner}</ul>"


def _blocks(text: str) -> list[list[str]]:
    """Lines in groups: an empty line parts them, and so does the passage from prose to a list."""
    blocks: list[list[str]] = []
    listed = fresh = True
    for line in text.split("\n"):
        if not line.strip():
            fresh = True
            continue
        is_item = _ITEM.match(line) is not None
        if fresh or is_item != listed or not blocks:
            blocks.append([])
        blocks[-1].append(line.strip())
        listed, fresh = is_item, False
    return blocks


@lru_cache(maxsize=4096)
def linked(text: str) -> Markup:
    """Plain text as it was typed, escaped, in paragraphs and lists, its https addresses made into links."""
    return Markup("".join(_block(block) for block in _blocks(text)))  # noqa: S704  (every piece was escaped above)


def rich(text: str) -> Markup:
    """A text with a few tags, cleaned by bleach and then by nh3; without any tag it is treated as plain text."""
    return Markup(clean(text)) if _TAG.search(text) else linked(text)  # noqa: S704  (this is what cleans)


@lru_cache(maxsize=256)
def clean(html: str) -> str:
    """Only the small set of tags, only absolute http(s) links; what a script element held goes with it."""
    callbacks: list[Any] = [_only_safe]
    linker = bleach.linkifier.Linker(callbacks=callbacks)
    tidy = bleach.clean(nh3.clean(html, tags=set(TAGS)), tags=TAGS, attributes={"a": ["href"]}, strip=True)
    return nh3.clean(
        linker.linkify(tidy),
        tags=set(TAGS),
        attributes={"a": {"href"}},
        url_schemes={"http", "https"},
        attribute_filter=_only_absolute,
        link_rel=_REL,
    )


def _only_safe(attrs: dict[tuple[str | None, str], str], new: bool = False) -> dict[tuple[str | None, str], str] | None:
    href = attrs.get((None, "href"), "")
    if safe_address(href):
        return attrs
    return None if new else {key: value for key, value in attrs.items() if key != (None, "href")}


def _only_absolute(_tag: str, attribute: str, value: str) -> str | None:
    return value if attribute != "href" or safe_address(value) else None
