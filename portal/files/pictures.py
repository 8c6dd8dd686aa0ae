"""Pictures as they are kept: their points and nothing else. Places, cameras and names inside them are taken away.

Bytes of a stranger: every length is checked before it is believed, and nothing is decoded here.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

PNG_MARK = b"\x89PNG\r\n\x1a\n"
_PNG_KEPT = {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"pHYs", b"bKGD", b"sBIT"}
_SOI, _EOI, _SOS, _COM = 0xD8, 0xD9, 0xDA, 0xFE
_SIZES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}  # the markers that tell width and height
_ALONE = {0x01, *range(0xD0, 0xD8)}  # markers without a length
_TURNED = struct.Struct(">2sHIHHHIHHI")


class Damaged(ValueError):
    """The bytes are not the picture that they say they are."""


@dataclass(frozen=True)
class Picture:
    """What remains of a picture, and how large it is."""

    content: bytes
    width: int
    height: int


def plain_png(data: bytes) -> Picture:
    """A PNG with the chunks that make its points; anything after its end, or a wrong sum, is no PNG."""
    kept, size = [PNG_MARK], None
    for name, body in _chunks(data):
        if name == b"IHDR":
            if len(body) != 13 or size is not None:
                raise Damaged("header")
            size = struct.unpack(">II", body[:8])
        elif size is None:
            raise Damaged("no header")
        if name in _PNG_KEPT:
            kept.append(struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body)))
    if size is None:
        raise Damaged("no header")
    return Picture(b"".join(kept), *size)


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = len(PNG_MARK)
    if not data.startswith(PNG_MARK):
        raise Damaged("mark")
    while True:
        if at + 12 > len(data):
            raise Damaged("cut short")
        (length,) = struct.unpack(">I", data[at : at + 4])
        name, body = data[at + 4 : at + 8], data[at + 8 : at + 8 + length]
        end = at + 12 + length
        if length > len(data) or end > len(data) or data[end - 4 : end] != struct.pack(">I", zlib.crc32(name + body)):
            raise Damaged("chunk")
        yield name, body
        at = end
        if name == b"IEND":
            if at != len(data):
                raise Damaged("more after the end")
            return


def plain_jpeg(data: bytes, turned: int = 1) -> Picture:
    """A JPEG with what makes its points, and which way up it is held; what comes after its end is left out."""
    kept, size = [b"\xff\xd8"], None
    for marker, body, rest in _segments(data):
        if marker in _SIZES:
            if len(body) < 5:
                raise Damaged("header")
            height, width = struct.unpack(">HH", body[1:5])
            size = size or (width, height)
        if marker == _SOS and size is None:
            raise Damaged("no header")
        if _jpeg_kept(marker, body):
            length = b"" if marker in _ALONE else struct.pack(">H", len(body) + 2)
            kept.append(bytes((0xFF, marker)) + length + body + rest)
    if size is None or 0 in size:
        raise Damaged("no header")
    if 1 < turned <= 8:
        kept.insert(1, _held(turned))
    return Picture(b"".join([*kept, b"\xff\xd9"]), *size)


def _jpeg_kept(marker: int, body: bytes) -> bool:
    if marker == 0xE0:
        return body.startswith(b"JFIF\0")
    if marker == 0xE2:
        return body.startswith(b"ICC_PROFILE\0")
    if marker == 0xEE:
        return body.startswith(b"Adobe")
    return marker != _COM and not 0xE0 <= marker <= 0xEF


def _held(turned: int) -> bytes:
    """A block of EXIF that says which way up, and nothing more."""
    body = b"Exif\0\0" + _TURNED.pack(b"MM", 42, 8, 1, 0x0112, 3, 1, turned, 0, 0)
    return b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body


def _segments(data: bytes) -> Iterator[tuple[int, bytes, bytes]]:
    """Each marker up to the end with its body, and the coded points that follow a scan."""
    at = 2
    if not data.startswith(b"\xff\xd8"):
        raise Damaged("mark")
    while True:
        while data[at : at + 2] == b"\xff\xff":  # markers may be filled up
            at += 1
        if at + 2 > len(data) or data[at] != 0xFF:
            raise Damaged("cut short")
        marker = data[at + 1]
        at += 2
        if marker == _EOI:
            return
        if marker in {0x00, _SOI}:
            raise Damaged("marker")
        if marker in _ALONE:
            yield marker, b"", b""
            continue
        length = int.from_bytes(data[at : at + 2], "big")
        if length < 2 or at + length > len(data):
            raise Damaged("segment")
        body = data[at + 2 : at + length]
        at += length
        end = _end_of_scan(data, at) if marker == _SOS else at
        yield marker, body, data[at:end]
        at = end


def _end_of_scan(data: bytes, at: int) -> int:
    while True:
        at = data.find(b"\xff", at)
        if at < 0 or at + 1 >= len(data):
            raise Damaged("cut short")
        following = data[at + 1]
        if following == 0xFF:
            at += 1
        elif following == 0x00 or 0xD0 <= following <= 0xD7:
            at += 2
        else:
            return at
