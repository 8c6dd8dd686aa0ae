"""The words of a line of Markdown without their marks, and words written so that they are no marks."""

from __future__ import annotations

import html
import re

_MARK = re.compile(
    r"\\(?P<escaped>[!-/:-@\[-`{-~])"
    r"|(?P<tick>`+)(?P<code>.{1,2000}?)(?<!`)(?P=tick)(?!`)"
    r"|!\[(?P<alt>(?:\\.|[^\]\\]){0,500})\]\((?P<source>(?:\\.|[^()\\\s]){0,1000})(?:\s+\"[^\"]{0,300}\")?\)"
    r"|\[(?P<words>(?:\\.|[^\[\]\\]){1,1000})\]\((?P<address>(?:\\.|[^()\\\s]){0,1000})(?:\s+\"[^\"]{0,300}\")?\)"
    r"|\[\^[^\]\s]{1,60}\]"
    r"|<(?P<auto>https?://[^\s<>]{1,1000})>"
    r"|&(?P<entity>\#\d{1,7}|\#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]{2,31});"
    r"|\*\*(?=\S)(?P<strong>(?:\\.|[^\\]){1,1000}?)(?<=\S)\*\*"
    r"|(?<!\w)__(?=\S)(?P<strong2>(?:\\.|[^\\]){1,1000}?)(?<=\S)__(?!\w)"
    r"|~~(?=\S)(?P<struck>(?:\\.|[^\\~]){1,1000}?)~~"
    r"|\*(?=[^\s*])(?P<em>(?:\\.|[^\\*]){1,1000}?)(?<=\S)\*"
    r"|(?<!\w)_(?=[^\s_])(?P<em2>(?:\\.|[^\\_]){1,1000}?)(?<=\S)_(?!\w)",
    re.DOTALL,
)
_FORMATS = ("strong", "strong2", "struck", "em", "em2")
_ALWAYS = re.compile(r"[\\`*_\[\]<{}|~]")
_ENTITY = re.compile(r"&(?=[#a-zA-Z])")
_FIRST = re.compile(r"(?P<mark>[-+>=:#])|(?P<number>\d{1,9})(?P<after>[.)])")
_LEVELS = 8


def shown(text: str, depth: int = 0) -> tuple[str, list[str], int]:
    """The words, the images that stood among them, and how many marks were taken away."""
    images: list[str] = []
    marks = 0

    def replaced(found: re.Match[str]) -> str:
        nonlocal marks
        if found["escaped"]:
            return found["escaped"]
        if found["entity"]:
            return _character(found)
        if found["alt"] is not None:
            images.append(" ".join(filter(None, (html.unescape(found["alt"]), found["source"]))))
            return ""
        marks += 1
        if found["code"]:
            return found["code"].strip()
        return inner(found)

    def inner(found: re.Match[str]) -> str:
        nonlocal marks
        if found["auto"]:
            return found["auto"]
        words = found["words"] or next((found[name] for name in _FORMATS if found[name]), "")
        if depth < _LEVELS:
            words, more, within = shown(words, depth + 1)
            images.extend(more)
            marks += within
        address = re.sub(r"\\(.)", r"\1", found["address"] or "")
        return f"{words} ({address})" if address.startswith(("http://", "https://")) and address != words else words

    return _MARK.sub(replaced, text), images, marks


def _character(found: re.Match[str]) -> str:
    name = found["entity"]
    if name.startswith("#"):
        number = int(f"0{name[1:]}", 16) if name[1] in "xX" else int(name[1:])
        return chr(number) if 0 < number < 0x110000 and not 0xD800 <= number < 0xE000 else "\ufffd"
    return html.unescape(found[0])


def written(text: str) -> str:
    """One line of words so that Markdown takes it for words; white space at its ends is kept."""
    line = _ENTITY.sub("&amp;", text)
    line = _ALWAYS.sub(lambda found: "\\" + found[0], line)
    kept = line.strip(" \t")
    if not kept:
        return _spaces(line)
    first = _FIRST.match(kept)
    if first:
        kept = f"\\{kept}" if first["mark"] else f"{first['number']}\\{kept[len(first['number']) :]}"
    start = len(line) - len(line.lstrip(" \t"))
    end = len(line.rstrip(" \t"))
    return _spaces(line[:start]) + kept + _spaces(line[end:])


def _spaces(text: str) -> str:
    return "".join(f"&#{ord(char)};" for char in text)
