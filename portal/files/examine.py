"""Have a file looked at: in a process of its own, then by the installation's own command against viruses."""

from __future__ import annotations

import contextlib
import hashlib
import json
import logging
import secrets
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import BoundedSemaphore
from typing import IO, Any

from portal.files.documents import Fault
from portal.files.rules import POINTS_LIMIT, SIZE_LIMIT, FileKind, NoRoom, Unchecked, check_size
from portal.files.store import Store, room
from portal.kernel.errors import Invalid
from portal.kernel.words import N_

log = logging.getLogger("portal.files")
SECONDS = 40
SCAN_SECONDS = 60
CLEAN, INFECTED = 0, 1  # what scanners such as clamdscan answer
_turns = BoundedSemaphore(2)  # each one may take a gigabyte
_REFUSED = {
    Fault.TYPE: N_(
        "This is neither a PDF nor a PNG or JPEG picture, whatever its name says. "
        "Save it as PDF and choose the new file."
    ),
    Fault.DAMAGED: N_("The file is damaged or cut short. Open it, save it again and choose the new file."),
    Fault.MIXED: N_("This is two kinds of file in one. Save it again, or print it to a PDF, and choose the new file."),
    Fault.SCRIPT: N_(
        "The PDF holds scripts or commands that act by themselves. Print it to a new PDF and choose that one."
    ),
    Fault.EMBEDDED: N_("The PDF holds other files inside. Attach them one by one."),
    Fault.PASSWORD: N_("The PDF is closed by a password. Save it without and choose the new file."),
}


@dataclass(frozen=True)
class Examined:
    """A file that may be kept: what of it, and where it waits."""

    clean: Path
    sha256: str
    kind: FileKind
    size: int


@contextmanager
def examined(store: Store, given: Path) -> Iterator[Examined]:
    """Look at a file; what is kept of it waits beside it and is gone afterwards, unless it was given its place."""
    check_size(given.stat().st_size)
    clean = given.with_name(f"{given.name}.{secrets.token_hex(8)}.clean")
    try:
        kind = _kind(given, clean)
        _scan(store, clean)
        content = clean.read_bytes()
        yield Examined(clean, hashlib.sha256(content).hexdigest(), kind, len(content))
    finally:
        clean.unlink(missing_ok=True)


@contextmanager
def received(store: Store, stream: IO[bytes]) -> Iterator[Path]:
    """A file that came in one piece, as long as it is looked at."""
    path = store.uploads / f"{secrets.token_hex(16)}.given"
    try:
        with room():
            store.uploads.mkdir(parents=True, exist_ok=True)
            path.write_bytes(stream.read(SIZE_LIMIT + 1))
        _check_rest(stream, path.stat().st_size)
        yield path
    finally:
        path.unlink(missing_ok=True)


def _check_rest(stream: IO[bytes], size: int) -> None:
    """Say how large it is in truth."""
    with contextlib.suppress(OSError, ValueError):
        size = max(size, stream.seek(0, 2))
    check_size(size)


def _kind(given: Path, clean: Path) -> FileKind:
    found = _look(given, clean)
    if found.get("errno"):
        raise NoRoom if found["errno"] in {28, 122} else Unchecked
    fault = found.get("fault")
    if fault == Fault.DIMENSIONS:
        raise Invalid(
            N_(
                "The picture has %(width)d by %(height)d points; at most %(limit)d million are allowed. "
                "Make it smaller and choose the new file."
            ),
            code=fault,
            field="file",
            width=found["width"],
            height=found["height"],
            limit=POINTS_LIMIT // 1_000_000,
        )
    if fault:
        raise Invalid(_REFUSED[Fault(fault)], code=fault, field="file")
    return FileKind(found["kind"])


def _look(given: Path, clean: Path) -> dict[str, Any]:
    command = [sys.executable, "-m", "portal.files.examiner", str(given), str(clean)]
    with _turns:
        try:
            done = subprocess.run(command, capture_output=True, timeout=SECONDS, check=True)  # noqa: S603
        except subprocess.SubprocessError as fault:  # it took more time or memory than any honest file
            log.warning("a file could not be read: %s", (getattr(fault, "stderr", None) or b"")[-500:])
            return {"fault": Fault.DAMAGED}
        except OSError as fault:
            raise Unchecked from fault
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def _scan(store: Store, path: Path) -> None:
    """The installation's own command, if it names one: what cannot be checked is not taken."""
    if not store.scan:
        return
    try:
        done = subprocess.run([*store.scan, str(path)], capture_output=True, timeout=SCAN_SECONDS, check=False)  # noqa: S603
    except (OSError, subprocess.SubprocessError) as fault:
        log.error("the command against viruses could not be run: %s", fault)
        raise Unchecked from fault
    if done.returncode == INFECTED:
        raise Invalid(
            N_("The check against viruses stopped this file. Have your computer checked before you send it again."),
            code="virus",
            field="file",
        )
    if done.returncode != CLEAN:
        log.error("the command against viruses failed with %s", done.returncode)
        raise Unchecked
