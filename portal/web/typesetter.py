"""Read a printed page from standard input and write it as tagged PDF; run by `portal.web.pdf` as a program."""

from __future__ import annotations

import sys
from pathlib import Path
from urllib.parse import unquote, urlsplit

from weasyprint import HTML
from weasyprint.urls import URLFetcher, URLFetcherResponse

STYLES = Path(__file__).resolve().parents[2] / "static" / "css"
BASE = "https://parere.invalid/"


class OurStyles(URLFetcher):
    """Fetches style sheets of our own folder; a page can name no other file and no address of the net."""

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        """The style sheet, or a refusal."""
        parts = urlsplit(url)
        name = unquote(parts.path).removeprefix("/")
        if not url.startswith(BASE) or "/" in name or not name.endswith(".css"):
            raise ValueError(f"not for a document: {url[:200]}")
        return URLFetcherResponse(url, (STYLES / name).read_bytes(), {"Content-Type": "text/css; charset=utf-8"})


def typeset(html: str) -> bytes:
    """The document, tagged for readers that speak it."""
    page = HTML(string=html, base_url=BASE, url_fetcher=OurStyles())
    made: bytes = page.write_pdf(pdf_variant="pdf/ua-1")
    return made


if __name__ == "__main__":
    sys.stdout.buffer.write(typeset(sys.stdin.buffer.read().decode()))
