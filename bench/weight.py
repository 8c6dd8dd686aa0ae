"""What a browser loads when it opens a page for the first time, compressed, with fonts."""

from __future__ import annotations

import gzip
import shutil
from dataclasses import dataclass

from playwright.sync_api import Response, sync_playwright

ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update")
PACKED_ALREADY = (".woff2", ".png", ".jpg", ".webp")


@dataclass(frozen=True)
class Part:
    """One file that the browser asked for."""

    path: str
    size: int


def first_load(address: str) -> list[Part] | None:
    """All files of the page as they travel behind a server that compresses; None without a browser."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        return None
    seen: list[Response] = []

    def keep(response: Response) -> None:
        seen.append(response)

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(ARGUMENTS))
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.on("response", keep)
        page.goto(address, wait_until="networkidle")
        parts = [Part(_path(response.url), _size(response)) for response in seen if response.status == 200]
        browser.close()
    return sorted(parts, key=lambda part: -part.size)


def _path(address: str) -> str:
    return "/" + address.split("/", 3)[3]


def _size(response: Response) -> int:
    body = response.body()
    return len(body) if response.url.endswith(PACKED_ALREADY) else len(gzip.compress(body, 6))
