"""Markup: what people write never becomes more than text, paragraphs, lists and links."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import nh3
import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.kernel.markup import TAGS, linked, rich, safe_address

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<a href='javascript:alert(1)'>x</a>",
    '<a href="jav&#x09;ascript:alert(1)">x</a>',
    "<a href='//evil.example/x'>x</a>",
    "<a href='https://user:pass@evil.example/'>x</a>",
    "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
    '<p style="position:fixed" onclick="x()" class="hero">x</p>',
    "<iframe src=https://evil.example></iframe>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<form action=https://evil.example><button>x</button></form>",
    'https://evil.example/"onmouseover="alert(1)',
    "https://evil.example/<b>x</b>",
    "//evil.example/path",
    "<!--<p>--><b>x</b>",
    "<a href='https://good.example/' target=_blank onclick=x()>x</a>",
]


class Seen(HTMLParser):
    """The tags and attributes of a piece of HTML."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str | None]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Remember what opens."""
        self.tags.add(tag)
        self.attributes += attrs


def harmless(html: str) -> bool:
    """Only our tags, only `href` and `rel`, only addresses that name a host over http or https."""
    seen = Seen(html)
    links = [value or "" for name, value in seen.attributes if name == "href"]
    names = {name for name, _ in seen.attributes}
    return seen.tags <= TAGS and names <= {"href", "rel"} and all(map(safe_address, links))


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("render", [linked, rich])
def test_hostile_text_becomes_harmless(render: object, text: str) -> None:
    assert callable(render)
    assert harmless(str(render(text)))


@given(st.text() | st.sampled_from(HOSTILE).flatmap(lambda h: st.text().map(lambda t: t + h)))
def test_no_text_at_all_becomes_more_than_text(text: str) -> None:
    assert harmless(str(linked(text)))
    assert harmless(str(rich(text)))


@pytest.mark.parametrize("text", HOSTILE)
def test_plain_text_is_shown_with_its_brackets_and_rich_text_loses_them(text: str) -> None:
    """Where the two doors differ: one shows what was typed, the other removes what it does not know."""
    assert "<script" not in linked(text) and "<script" not in rich(text)
    shown = nh3.clean(str(linked(text)), tags=set())
    assert ("&lt;" in shown) == ("<" in text)
    if "<script" in text:
        assert "alert" in linked(text) and "alert" not in rich(text)


def test_links_carry_no_referrer_and_leave_the_full_stop_outside() -> None:
    found = linked("Vedi https://comune.example/atti?a=1&b=2.")
    assert '<a href="https://comune.example/atti?a=1&amp;b=2" rel="nofollow noopener noreferrer">' in found
    assert found.endswith("</a>.</p>")


def test_lines_paragraphs_and_lists_are_seen() -> None:
    assert linked("Primo\nrigo\n\nSecondo\n- uno\n- due") == (
        "<p>Primo<br>rigo</p><p>Secondo</p><ul><li>uno</li><li>due</li></ul>"
    )


def test_rich_text_without_a_tag_is_plain_text() -> None:
    assert rich("2 < 3 & 4") == linked("2 < 3 & 4") == "<p>2 &lt; 3 &amp; 4</p>"


def test_the_small_set_of_tags_survives() -> None:
    assert rich("<p>Le <strong>regole</strong></p><ul><li>una</li></ul>") == (
        "<p>Le <strong>regole</strong></p><ul><li>una</li></ul>"
    )


@pytest.mark.parametrize(
    "address", ["//x.example", "ftp://x.example", "https://", "https://a@b.example", "javascript:1"]
)
def test_addresses_without_a_clear_host_are_no_links(address: str) -> None:
    assert not safe_address(address)
    assert re.search(r"<a\b", linked(address)) is None
