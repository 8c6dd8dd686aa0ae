"""What a rendered page must be, whatever it shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from xml.etree.ElementTree import Element

import html5lib

UNLABELLED = {"hidden", "submit", "button", "image", "reset"}


def parse(source: str) -> Element:
    """The document, or the first parse error."""
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    document: Element = parser.parse(source)
    return document


def text_of(element: Element) -> str:
    """The words inside an element."""
    return " ".join("".join(element.itertext()).split())


def faults(source: str) -> list[str]:
    """Everything that is wrong with a page, in words."""
    try:
        page = parse(source)
    except html5lib.html5parser.ParseError as error:
        return [f"does not parse: {error}"]
    checks = (_head, _headings, _ids, _fields, _policy, _names, _forms)
    return [fault for check in checks for fault in check(page)]


def _head(page: Element) -> Iterator[str]:
    if page.get("lang") not in {"it", "en"}:
        yield "has no language"
    title = page.find("./head/title")
    if title is None or len(text_of(title)) < 5:
        yield "has no title"


def _headings(page: Element) -> Iterator[str]:
    headings = {f"h{level}": level for level in range(1, 7)}
    levels = [headings[element.tag] for element in page.iter() if element.tag in headings]
    if levels.count(1) != 1:
        yield f"has {levels.count(1)} h1"
    jumps = [(before, after) for before, after in pairwise(levels) if after > before + 1]
    if jumps:
        yield f"its headings jump: {jumps}"


def _ids(page: Element) -> Iterator[str]:
    count = Counter(e.get("id") for e in page.iter() if e.get("id"))
    yield from (f"id {name!r} occurs {times} times" for name, times in count.items() if times > 1)
    for link in page.iter("a"):
        if link.get("href", "").startswith("#") and link.get("href") != "#" and link.get("href", "")[1:] not in count:
            yield f"the link to {link.get('href')} leads nowhere"
    for element in page.iter():
        for name in ("for", "aria-labelledby", "aria-describedby", "aria-controls", "aria-errormessage", "list"):
            for target in (element.get(name) or "").split():
                if target not in count:
                    yield f"{name}={target!r} points nowhere"


def _fields(page: Element) -> Iterator[str]:
    labelled = {e.get("for") for e in page.iter("label")}
    inside = {id(field) for label in page.iter("label") for field in label.iter()}
    for tag in ("input", "select", "textarea"):
        for field in page.iter(tag):
            if field.get("type") in UNLABELLED:
                continue
            named = field.get("aria-label") or field.get("aria-labelledby")
            if not named and field.get("id") not in labelled and id(field) not in inside:
                yield f"<{tag} name={field.get('name')!r}> has no label"


def _policy(page: Element) -> Iterator[str]:
    for element in page.iter():
        for name in element.keys():  # noqa: SIM118  (an Element is no mapping)
            if name == "style" or name.startswith("on"):
                yield f"<{element.tag} {name}=…> is blocked by the content policy"
        inline = element.tag == "script" and not element.get("src")
        if element.tag == "style" or (inline and element.get("type") != "application/json"):
            yield f"an inline <{element.tag}> is blocked by the content policy"


def _names(page: Element) -> Iterator[str]:
    for tag in ("a", "button"):
        for element in page.iter(tag):
            spoken = text_of(element) or element.get("aria-label") or element.get("title") or element.get("value")
            if not spoken and not any(image.get("alt") for image in element.iter("img")):
                yield f"<{tag} class={element.get('class')!r}> says nothing"
    yield from ("an <img> has no alt" for image in page.iter("img") if image.get("alt") is None)
    yield from ("a table has no caption" for table in page.iter("table") if table.find("caption") is None)


def _forms(page: Element) -> Iterator[str]:
    for form in page.iter("form"):
        names = {field.get("name") for field in form.iter("input")}
        if (form.get("method") or "get").lower() == "post" and "csrf_token" not in names:
            yield f"the form to {form.get('action')!r} has no token against forged requests"
