"""Where files lie: whole ones under their fingerprint, those on their way under their number."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from portal.files.rules import NoRoom

FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


@dataclass(frozen=True)
class Store:
    """The folders of an installation, and the command that looks for viruses if there is one."""

    data_dir: Path
    scan: tuple[str, ...] = ()

    @property
    def files(self) -> Path:
        """Whole files; part of every backup."""
        return self.data_dir / "files"

    @property
    def uploads(self) -> Path:
        """Files on their way; not part of a backup."""
        return self.data_dir / "uploads"

    def path(self, sha256: str) -> Path:
        """Where the file with this fingerprint lies."""
        return self.files / sha256[:2] / sha256

    def part(self, upload_id: int) -> Path:
        """Where a file on its way lies."""
        return self.uploads / f"{upload_id}.part"

    def put(self, clean: Path, sha256: str) -> None:
        """Give a file that was written beside the store its place; there already, nothing changes."""
        target = self.path(sha256)
        if target.exists():
            os.utime(target)  # young again: nobody takes it for something left behind
            return
        with room():
            target.parent.mkdir(parents=True, exist_ok=True)
            _to_disk(clean)
            clean.replace(target)
            _to_disk(target.parent)

    def write(self, upload_id: int, offset: int, piece: bytes) -> None:
        """Add a piece to a file on its way; if the disk is full, what was there before stays as it was."""
        with room():
            self.uploads.mkdir(parents=True, exist_ok=True)
            file = os.open(self.part(upload_id), os.O_RDWR | os.O_CREAT, 0o600)
            try:
                _write_all(file, offset, piece)
                os.ftruncate(file, offset + len(piece))
            except OSError:
                os.ftruncate(file, offset)
                raise
            finally:
                os.close(file)

    def received(self, upload_id: int) -> int:
        """How much of a file on its way is here."""
        try:
            return self.part(upload_id).stat().st_size
        except FileNotFoundError:
            return 0

    def drop_part(self, upload_id: int) -> None:
        """Forget a file on its way."""
        self.part(upload_id).unlink(missing_ok=True)

    def drop(self, sha256: str) -> None:
        """Remove a whole file."""
        self.path(sha256).unlink(missing_ok=True)

    def all(self) -> Iterator[tuple[str, datetime]]:
        """The fingerprints of what lies here, and since when."""
        for path in sorted(self.files.glob("[0-9a-f][0-9a-f]/*")):
            if path.is_file() and len(path.name) == 64:
                yield path.name, datetime.fromtimestamp(path.stat().st_mtime, UTC)


@contextmanager
def room() -> Iterator[None]:
    """Say in words that the disk is full."""
    try:
        yield
    except OSError as fault:
        if fault.errno in FULL:
            raise NoRoom from fault
        raise


def _write_all(file: int, offset: int, piece: bytes) -> None:
    view = memoryview(piece)
    while view:
        done = os.pwrite(file, view, offset)
        view, offset = view[done:], offset + done


def _to_disk(path: Path) -> None:
    """A name and its bytes survive a power cut only once both were written through."""
    file = os.open(path, os.O_RDONLY)
    try:
        os.fsync(file)
    finally:
        os.close(file)
