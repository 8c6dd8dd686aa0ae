"""A file is what its content is, whole and still; what is refused is refused in words that help."""

from __future__ import annotations

import io
import stat
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from portal.files import examine
from portal.files.examine import Examined
from portal.files.rules import FileKind, Unchecked
from portal.files.store import Store
from portal.kernel.errors import DomainError, Invalid
from tests import papers

pytestmark = pytest.mark.once


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path)


def looked_at(content: bytes, store: Store) -> tuple[Examined, bytes]:
    """What is said of a file, and what would be kept of it."""
    with examine.received(store, io.BytesIO(content)) as path, examine.examined(store, path) as found:
        return found, found.clean.read_bytes()


def refusal(content: bytes, store: Store) -> DomainError:
    with pytest.raises(DomainError) as told:
        looked_at(content, store)
    assert list(store.uploads.iterdir()) == [], "nothing of a refused file stays behind"
    return told.value


@pytest.mark.parametrize(
    ("content", "kind"),
    [(papers.pdf, FileKind.PDF), (papers.png, FileKind.PNG), (papers.jpeg, FileKind.JPEG)],
)
def test_documents_and_pictures_are_taken_for_what_they_are(
    content: Callable[[], bytes], kind: FileKind, store: Store
) -> None:
    found, kept = looked_at(content(), store)
    assert found.kind is kind
    assert found.size == len(kept)


def test_a_document_is_kept_byte_for_byte(store: Store) -> None:
    given = papers.pdf(pages=3, title="Relazione")
    assert looked_at(given, store)[1] == given


def test_a_signed_form_is_a_good_document(store: Store) -> None:
    fields = pikepdf.Dictionary(Fields=pikepdf.Array(), SigFlags=3)
    assert looked_at(papers.pdf(AcroForm=fields), store)[0].kind is FileKind.PDF


def several_pictures() -> bytes:
    """What some phones make: a photograph that carries a second one behind its end."""
    made = io.BytesIO()
    picture = Image.effect_noise((80, 60), 50).convert("RGB")
    picture.save(made, "MPO", save_all=True, append_images=[picture.resize((20, 15))])
    return made.getvalue()


def at_its_first_page() -> bytes:
    """A document that opens where its author wants, which is no script."""
    document = pikepdf.new()
    page = document.add_blank_page()
    document.Root.OpenAction = pikepdf.Array([page.obj, pikepdf.Name.Fit])
    made = io.BytesIO()
    document.save(made, encryption=pikepdf.Encryption(owner="stampa", user=""))
    return made.getvalue()


GOOD: dict[str, tuple[Callable[[], bytes], FileKind]] = {
    "a photograph with another behind it": (several_pictures, FileKind.JPEG),
    "a photograph in several scans": (lambda: papers.jpeg(progressive=True), FileKind.JPEG),
    "a document that may not be printed and opens at a page": (at_its_first_page, FileKind.PDF),
    "a document with a line break behind its end": (lambda: papers.pdf() + b"\r\n", FileKind.PDF),
}


@pytest.mark.parametrize(("content", "kind"), GOOD.values(), ids=GOOD.keys())
def test_what_honest_programs_make_is_taken(content: Callable[[], bytes], kind: FileKind, store: Store) -> None:
    assert looked_at(content(), store)[0].kind is kind


BAD: dict[str, tuple[Callable[[], bytes], str]] = {
    "a page of the net called relazione.pdf": (lambda: b"<html><script>alert(1)</script>", "type"),
    "an archive": (papers.archive, "type"),
    "a program": (lambda: b"MZ" + bytes(500), "type"),
    "a drawing with scripts": (lambda: b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', "type"),
    "nothing": (lambda: b"", "empty"),
    "six megabytes": (lambda: papers.pdf() + bytes(6 * 2**20), "too_large"),
    "a script when it opens": (papers.with_script, "script"),
    "a script packed away": (lambda: papers.with_script(compressed=True), "script"),
    "a program that is started": (lambda: papers.pdf(OpenAction=papers.action("Launch", F="cmd.exe")), "script"),
    "what is filled in sent elsewhere": (lambda: papers.pdf(AA={"/WC": papers.action("SubmitForm")}), "script"),
    "a form of another kind": (lambda: papers.pdf(AcroForm={"/XFA": pikepdf.String("x")}), "script"),
    "another file inside": (papers.with_a_file_inside, "embedded"),
    "a password": (papers.locked, "password"),
    "half a document": (lambda: papers.large_pdf()[:200_000], "damaged"),
    "a document without pages": (lambda: papers.pdf(pages=0), "damaged"),
    "a document in name only": (lambda: b"%PDF-1.7\nnulla\n%%EOF", "damaged"),
    "half a picture": (lambda: papers.png(400, 400)[:300], "damaged"),
    "half a photograph": (lambda: papers.jpeg(400, 400)[:5000], "damaged"),
    "a photograph whose points are noise": (lambda: papers.jpeg()[:400] + bytes(300) + b"\xff\xd9", "damaged"),
    "a picture that would fill the memory": (papers.giant_png, "dimensions"),
    "a picture as high as a tower": (lambda: papers.giant_png(10, 1_000_000), "dimensions"),
    "a picture with too few points": (lambda: papers.giant_png(3000, 3000), "damaged"),
    "a document that is an archive as well": (lambda: papers.pdf() + papers.archive() + b"\n%%EOF", "mixed"),
    "a photograph that is an archive as well": (lambda: papers.jpeg() + papers.archive(), "mixed"),
    "a photograph that begins as a document": (lambda: b"\xff\xd8\xff\xfe\x00\x20%PDF-1.7" + papers.jpeg(), "mixed"),
}


@pytest.mark.parametrize(("content", "code"), BAD.values(), ids=BAD.keys())
def test_what_is_not_what_it_says_or_acts_by_itself_is_refused(
    content: Callable[[], bytes], code: str, store: Store
) -> None:
    assert refusal(content(), store).code == code


def test_the_scanner_of_the_installation_sees_the_file_and_its_no_counts(tmp_path: Path) -> None:
    scanner = program(tmp_path / "scan", 'grep -q EICAR "$1" && exit 1; exit 0')
    assert looked_at(papers.pdf(), Store(tmp_path, (scanner,)))[0].kind is FileKind.PDF
    told = refusal(papers.pdf(title="EICAR"), Store(tmp_path, (scanner,)))
    assert isinstance(told, Invalid)
    assert told.code == "virus"


@pytest.mark.parametrize("command", ["exit 2", "exit 127", "kill -9 $$"])
def test_a_scanner_that_fails_lets_nothing_through(command: str, tmp_path: Path) -> None:
    scanner = program(tmp_path / "scan", command)
    assert isinstance(refusal(papers.pdf(), Store(tmp_path, (scanner,))), Unchecked)


def test_a_scanner_that_is_gone_lets_nothing_through(tmp_path: Path) -> None:
    assert isinstance(refusal(papers.pdf(), Store(tmp_path, (str(tmp_path / "none"),))), Unchecked)


def program(path: Path, words: str) -> str:
    path.write_text(f"#!/bin/sh\n{words}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return str(path)
