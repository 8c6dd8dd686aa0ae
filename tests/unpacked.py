"""What a file says, whatever it is packed in."""

from __future__ import annotations

import io
import zipfile


def readable(data: bytes) -> str:
    """Its text; of a zip, as spreadsheets are, that of every part of it."""
    if not data.startswith(b"PK"):
        return data.decode("utf-8", "replace")
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        return "\n".join(packed.read(name).decode("utf-8", "replace") for name in packed.namelist())
