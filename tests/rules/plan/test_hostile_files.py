"""A file that is not what it says, or that would harm whoever opens it, is refused in words."""

from __future__ import annotations

import contextlib
import io
import struct
import time
import zipfile
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.kernel.errors import Invalid
from portal.plan.documents import read
from tests.plans import SMALL, R, W, p, word

BOMB = '<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
DEEP = "<w:sdt><w:sdtContent>" * 300 + "</w:sdtContent></w:sdt>" * 300


def archive(parts: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, content in parts.items():
            opened.writestr(name, content)
    return made.getvalue()


def outside(kind: str) -> str:
    return f'<Relationship Id="x" Type="{R}/{kind}" Target="https://altrove.example/t.dotm" TargetMode="External"/>'


def lying(data: bytes) -> bytes:
    """The same archive, whose directory says that the text is a few bytes long."""
    at = data.rfind(b"PK\x01\x02", 0, data.rfind(b"word/document.xml"))
    return data[: at + 24] + struct.pack("<I", 10) + data[at + 28 :]


REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "a bomb": (lambda: word(SMALL, {"word/media/a.bin": "0" * (70 * 2**20)}), "far larger"),
    "a bomb in the text": (lambda: word(p("a" * (30 * 2**20))), "far larger"),
    "many parts": (lambda: archive({f"p{n}": b"" for n in range(2_100)}), "far larger"),
    "a size that lies": (lambda: lying(word(SMALL * 50)), "damaged"),
    "macros": (lambda: word(SMALL, {"word/vbaProject.bin": "x"}), "macros"),
    "macros by type": (lambda: word(SMALL, {"[Content_Types].xml": "<T a='macroEnabled.main+xml'/>"}), "macros"),
    "a control that runs": (lambda: word(SMALL, {"word/activeX/activeX1.xml": "<a/>"}), "macros"),
    "a template from elsewhere": (
        lambda: word(SMALL, links=outside("attachedTemplate")),
        "from elsewhere (attachedTemplate)",
    ),
    "an object from elsewhere": (lambda: word(SMALL, links=outside("oleObject")), "from elsewhere"),
    "a frame from elsewhere": (lambda: word(SMALL, links=outside("frame")), "from elsewhere"),
    "entities": (lambda: word("", {"word/document.xml": f"{BOMB}<d>&b;</d>"}), "declares XML entities"),
    "entities beside": (lambda: word(SMALL, {"word/styles.xml": f"{BOMB}<d>&b;</d>"}), "declares XML entities"),
    "broken text": (
        lambda: word("", {"word/document.xml": f'<w:document xmlns:w="{W}"><w:body>'}),
        "not complete (line 1",
    ),
    "no text": (lambda: word("", {"word/document.xml": "<a/>"}), "no Word document"),
    "a spreadsheet": (
        lambda: archive({"[Content_Types].xml": b"<T/>", "xl/workbook.xml": b"<a/>"}),
        "no Word document",
    ),
    "any archive": (lambda: archive({"a.txt": b"a"}), "no Word document"),
    "nested without end": (lambda: word(DEEP), "nested too deeply"),
    "changes within changes": (lambda: word(p("", inner="<w:ins>" * 400 + "</w:ins>" * 400)), "nested too deeply"),
    "elements without end": (lambda: word("<w:p/>" * 700_000), "far larger"),
    "half a document": (lambda: word(SMALL)[:-300], "damaged"),
    "an old document": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old Word"),
    "a PDF": (lambda: b"%PDF-1.7\n", "PDF"),
    "rich text": (lambda: b"{\\rtf1 ciao}", "not read"),
    "a text": (lambda: b"Un testo qualsiasi", "not what its name says"),
    "nothing": (lambda: b"", "not what its name says"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_it_is_refused_in_words(name: str) -> None:
    make, words = REFUSED[name]
    data = make()
    began = time.monotonic()
    with pytest.raises(Invalid) as refused:
        read(data, "piano.docx")
    assert words in str(refused.value.words)
    assert time.monotonic() - began < 10


def test_a_document_as_deep_as_is_allowed_is_read() -> None:
    inner = "<w:ins>" * 140 + "<w:r><w:t>in fondo</w:t></w:r>" + "</w:ins>" * 140
    source = read(word(p("", inner=inner)), "piano.docx")
    assert source.document is not None
    assert [block.text for block in source.document.blocks] == ["in fondo"]


@pytest.mark.parametrize("name", ["piano.md", "piano.json", "piano.pdf", "piano.docm"])
def test_a_false_extension_is_refused(name: str) -> None:
    with pytest.raises(Invalid, match="not what its name says"):
        read(word(SMALL), name)


def test_a_name_that_leads_elsewhere_leads_nowhere() -> None:
    source = read(word(SMALL, {"../../etc/passwd": "x", "/etc/shadow": "y"}), "../../piano.docx")
    assert source.document is not None


@given(cut=st.integers(0, 2_000), value=st.integers(0, 255))
@settings(max_examples=200, deadline=None)
def test_a_document_with_a_wrong_byte_is_read_or_refused(cut: int, value: int) -> None:
    data = bytearray(word(SMALL))
    data[cut % len(data)] = value
    with contextlib.suppress(Invalid):
        read(bytes(data), "piano.docx")
