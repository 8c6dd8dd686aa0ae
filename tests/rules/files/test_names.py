"""The names files are shown under, and how large they may be."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.files.rules import NAME_LIMIT, SIZE_LIMIT, FileKind, check_size, kind_of, tidy_name
from portal.kernel.errors import Invalid


@pytest.mark.parametrize(
    ("given_", "kind", "shown"),
    [
        ("Relazione tecnica.PDF", FileKind.PDF, "Relazione tecnica.pdf"),
        ("../../etc/passwd", FileKind.PDF, "passwd.pdf"),
        ("C:\\Users\\Mario\\foto.jpeg", FileKind.JPEG, "foto.jpeg"),
        ("tavola.png", FileKind.JPEG, "tavola.jpg"),
        ("tavola.exe", FileKind.PNG, "tavola.exe.png"),
        ("fattura\u202efdp.exe", FileKind.PDF, "fattura fdp.exe.pdf"),
        ("", FileKind.JPEG, "allegato.jpg"),
        ("...", FileKind.PNG, "allegato.png"),
        (".pdf", FileKind.PDF, "pdf.pdf"),
        ("a\x00b\nc.pdf", FileKind.PDF, "a b c.pdf"),
        ("perche\u0301.pdf", FileKind.PDF, "perché.pdf"),
    ],
)
def test_a_name_is_shown_without_folders_tricks_or_a_false_ending(given_: str, kind: FileKind, shown: str) -> None:
    assert tidy_name(given_, kind) == shown


@given(st.text(max_size=400), st.sampled_from(FileKind))
def test_whatever_it_was_called_a_name_is_short_printable_and_says_what_it_is(given_: str, kind: FileKind) -> None:
    shown = tidy_name(given_, kind)
    assert 5 <= len(shown) <= NAME_LIMIT
    assert not set('/\\\x00\n\r"') & set(shown)
    assert shown.endswith((".pdf", ".png", ".jpg", ".jpeg"))
    assert not shown.startswith((".", " "))


@pytest.mark.parametrize("size", [0, -1, SIZE_LIMIT + 1, 6 * 2**20])
def test_nothing_and_too_much_are_refused(size: int) -> None:
    with pytest.raises(Invalid):
        check_size(size)


def test_five_megabytes_are_allowed_and_a_byte_more_is_told_as_more() -> None:
    check_size(SIZE_LIMIT)
    with pytest.raises(Invalid, match="5,1 MB"):
        check_size(SIZE_LIMIT + 1)


@pytest.mark.parametrize("head", [b"PK\x03\x04", b"<html>", b"", b"\xff\xd8", b" %PDF-1.7", b"MZ", b"GIF89a"])
def test_a_file_is_what_its_first_bytes_say(head: bytes) -> None:
    assert kind_of(head) is None
