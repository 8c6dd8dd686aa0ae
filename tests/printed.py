"""The words of a PDF, read back as its own fonts say which letter each code means."""

from __future__ import annotations

import re
from io import BytesIO

import pikepdf

_LETTER = re.compile(r"<([0-9a-fA-F]+)> <([0-9a-fA-F]+)>\n")


def printed(content: bytes) -> str:
    """Line after line, as the pages set them."""
    said: list[str] = []
    with pikepdf.open(BytesIO(content)) as document:
        for page in document.pages:
            fonts = {name: _letters(font) for name, font in page.resources.Font.items()}
            known: dict[int, str] = {}
            for each in pikepdf.parse_content_stream(page):
                if str(each.operator) == "Tf":
                    known = fonts[str(each.operands[0])]
                elif str(each.operator) == "TJ":
                    parts = [one for one in each.operands[0] if isinstance(one, pikepdf.String)]
                    said.append("".join(_read(bytes(one), known) for one in parts))
    return "\n".join(said)


def _letters(font: pikepdf.Object) -> dict[int, str]:
    table = font.ToUnicode.read_bytes().decode()
    return {int(code, 16): bytes.fromhex(letter).decode("utf-16-be") for code, letter in _LETTER.findall(table)}


def _read(codes: bytes, letters: dict[int, str]) -> str:
    return "".join(letters.get(int.from_bytes(codes[n : n + 2], "big"), "") for n in range(0, len(codes), 2))
