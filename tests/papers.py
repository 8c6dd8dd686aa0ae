"""Files as people send them, good and bad, made on the spot."""

from __future__ import annotations

import hashlib
import io
import struct
import zipfile
import zlib
from functools import cache
from pathlib import Path
from typing import Any

import pikepdf
from PIL import Image

from portal.comments import attach
from portal.comments.attachment_models import Attachment
from portal.comments.models import Comment
from portal.db import db
from portal.files import examine
from portal.files.examine import Examined
from portal.files.keep import keep
from portal.files.rules import FileKind
from portal.files.store import Store
from portal.kernel.actor import Actor
from tests import factories
from tests.factories import NOW
from tests.writing import key

GPS, ORIENTATION, MAKER = 0x8825, 0x0112, 0x010F


def png(width: int = 40, height: int = 30, colour: str = "teal") -> bytes:
    """A small picture."""
    made = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(made, "PNG")
    return made.getvalue()


def jpeg(width: int = 64, height: int = 48, turned: int = 1, **more: Any) -> bytes:
    """A photograph that says by whom, where and which way up it was taken."""
    exif = Image.Exif()
    exif[ORIENTATION] = turned
    exif[MAKER] = "Fotocamera di Mario Rossi"
    exif.get_ifd(GPS)[1] = "N"
    made = io.BytesIO()
    Image.effect_noise((width, height), 60).convert("RGB").save(
        made, "JPEG", exif=exif, comment=b"casa di Mario Rossi", **more
    )
    return made.getvalue()


def pdf(*, pages: int = 1, title: str = "", **root: Any) -> bytes:
    """A document of some pages; what is given more goes into its catalogue."""
    document = pikepdf.new()
    for _ in range(pages):
        document.add_blank_page()
    if title:
        document.docinfo["/Title"] = title
    for name, value in root.items():
        document.Root[f"/{name}"] = value
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def action(kind: str, **more: Any) -> pikepdf.Dictionary:
    """What a document does by itself."""
    return pikepdf.Dictionary(Type=pikepdf.Name.Action, S=pikepdf.Name(f"/{kind}"), **more)


def with_script(compressed: bool = False) -> bytes:
    """A document that runs a script when it is opened."""
    document = pikepdf.new()
    document.add_blank_page()
    document.Root.OpenAction = document.make_indirect(action("JavaScript", JS=pikepdf.String("app.alert(1)")))
    made = io.BytesIO()
    mode = pikepdf.ObjectStreamMode.generate if compressed else pikepdf.ObjectStreamMode.disable
    document.save(made, object_stream_mode=mode)
    return made.getvalue()


def locked(password: str = "segreto") -> bytes:
    """A document that asks for a password."""
    document = pikepdf.new()
    document.add_blank_page()
    made = io.BytesIO()
    document.save(made, encryption=pikepdf.Encryption(owner=password, user=password))
    return made.getvalue()


def with_a_file_inside() -> bytes:
    """A document that carries another one."""
    document = pikepdf.new()
    document.add_blank_page()
    document.attachments["altro.txt"] = b"dentro"
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def giant_png(width: int = 60_000, height: int = 60_000) -> bytes:
    """A few bytes that would become gigabytes."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = zlib.compress(bytes(1000), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def archive() -> bytes:
    """A ZIP."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as file:
        file.writestr("pagina.html", "<script>alert(1)</script>")
    return made.getvalue()


@cache
def large_pdf() -> bytes:
    """A good document of more than three megabytes."""
    document = pikepdf.new()
    page = document.add_blank_page()
    page.obj.Contents = document.make_stream(b"% " + bytes(range(33, 126)) * 36_000 + b"\n")
    made = io.BytesIO()
    document.save(made, compress_streams=False)
    return made.getvalue()


def attached(who: Actor, comment_id: int, content: bytes, name: str, folder: Path) -> int:
    """Attach a file to a draft's point as a door would; `folder` is that of the installation."""
    store = Store(folder)
    with examine.received(store, io.BytesIO(content)) as path, examine.examined(store, path) as found:
        return attach.attach(who, comment_id, found, name, key(), store=store, now=NOW)


def hang(comment_id: int, content: bytes, name: str, folder: Path) -> int:
    """Attach a good document to a remark whatever its state, without looking at it."""
    comment, store = db.session.get_one(Comment, comment_id), Store(folder)
    sha256, clean = hashlib.sha256(content).hexdigest(), folder / f"{comment_id}.clean"
    clean.write_bytes(content)
    keep(store, Examined(clean, sha256, FileKind.PDF, len(content)), now=NOW)
    row: Attachment = factories.add(
        Attachment(
            comment_id=comment.id,
            submission_id=comment.submission_id,
            sha256=sha256,
            name=name,
            client_key=key(),
            person_id=comment.submission.person_id,
            added_at=NOW,
        )
    )
    return row.id
